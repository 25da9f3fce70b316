//! Finding agents for a job, from the index alone.

use crate::{
	matching::Search,
	runtime_api::{MAX_CANDIDATES, MAX_MATCH_PAGES, MAX_PAGE},
	*,
};
use aitbc_traits::DeadlineClock;
use alloc::vec::Vec;
use core::cmp::Reverse;
use frame_support::traits::Get;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// The agents that meet `requirements`, best first.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says. Looks at pages of the index
	/// from where `requirements` say, round to there, [`MAX_MATCH_PAGES`] at most, and ends before
	/// a page that could bring more than [`MAX_CANDIDATES`]. Beside those pages it reads the tag,
	/// its count, the clock and the heartbeat period.
	pub fn match_agents(requirements: Requirements, limit: u32) -> Result<MatchPage, MatchError> {
		let tag = requirements.tag;
		let rule = Tags::<T>::get(tag).ok_or(MatchError::TagNotFound)?.rule;
		let (now, period) = (T::Clock::now(), T::HeartbeatPeriod::get());
		let search = Search::new(requirements, &rule.scale, now, period)?;
		let pages = Self::page_count(tag);
		let start = search.start(pages).0;
		let mut places = (start..pages).chain(0..start).map(PageIndex);
		let rows_per_page: usize = T::RowsPerPage::get().saturated_into();

		let mut matches = Vec::new();
		let mut pages_read: u32 = 0;
		while pages_read < MAX_MATCH_PAGES
			&& matches.len().saturating_add(rows_per_page) <= MAX_CANDIDATES
		{
			let Some(page) = places.next() else { break };
			let rows = CapabilityPages::<T>::get(tag, page);
			matches.extend(rows.into_iter().filter_map(|row| search.assess(row)));
			pages_read = pages_read.saturating_add(1);
		}
		let candidates = matches.len().saturated_into();
		matches.sort_by_cached_key(|found| (Reverse(found.score), search.lot(found.row.agent)));
		matches.truncate(limit.clamp(1, MAX_PAGE).saturated_into());
		Ok(MatchPage { matches, candidates, pages_read, pages, next: places.next() })
	}
}

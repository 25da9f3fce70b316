//! Reading, for the runtime API.

use crate::{
	runtime_api::{MAX_FEEDS, MAX_PAGE},
	*,
};
use aitbc_traits::ReporterInspect;
use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// Where telemetry stands, and on which terms.
	pub fn telemetry() -> TelemetryInfo {
		let era = T::Reporters::era();
		TelemetryInfo {
			window: Self::present_window(),
			window_length: T::WindowLength::get(),
			era,
			deposit: T::Deposit::get(),
			miss_penalty: T::MissPenalty::get(),
			spam_penalty: T::SpamPenalty::get(),
			era_pot: T::EraPot::get(),
			pot: Self::pot(),
			min_reporters: T::MinReporters::get(),
			points: Eras::<T>::get(era).map_or(0, |pay| pay.points),
		}
	}

	/// What is known of `account` as a reporter, unless it never was one.
	pub fn reporter_info(account: T::AccountId) -> Option<ReporterInfo<T::AccountId>> {
		let worker = Workers::<T>::get(&account);
		if worker.is_none() && !Records::<T>::contains_key(&account) {
			return None;
		}
		Some(ReporterInfo {
			record: Records::<T>::get(&account),
			stake: T::Reporters::stake(&account),
			points: Points::<T>::get(T::Reporters::era(), &account),
			is_covered: worker
				.as_ref()
				.is_some_and(|worker| worker.deposit >= Self::dearest_penalty()),
			worker,
			reporter: account,
		})
	}

	/// The accounts with a worker key, from the one after `after` on.
	pub fn reporters(after: Option<T::AccountId>, limit: u32) -> ReporterPage<T::AccountId> {
		let mut accounts = match after {
			Some(after) => Workers::<T>::iter_keys_from_key(after),
			None => Workers::<T>::iter_keys(),
		};
		let limit = limit.clamp(1, MAX_PAGE).saturated_into();
		let page: Vec<_> = accounts.by_ref().take(limit).collect();
		let next = accounts.next().and(page.last().cloned());
		ReporterPage { reporters: page.into_iter().filter_map(Self::reporter_info).collect(), next }
	}

	/// Whose worker signs with `key`.
	pub fn key_owner(key: WorkerKey) -> Option<T::AccountId> {
		KeyOwners::<T>::get(key)
	}

	/// The feed of `window`, if it is settled, kept, and anybody revealed.
	pub fn feed(window: Window) -> Option<FeedInfo> {
		let feed = Feeds::<T>::get(window)?;
		Some(FeedInfo { window, first_block: Self::first_block(window), feed })
	}

	/// The feeds of the last windows up to `until`, or up to the last settled one, newest first.
	pub fn feeds(until: Option<Window>, limit: u32) -> Vec<FeedInfo> {
		let Some(last) = NextToSettle::<T>::get().and_then(|next| next.checked_sub(1)) else {
			return Vec::new();
		};
		let from = until.map_or(last, |until| until.min(last));
		let limit = limit.clamp(1, MAX_FEEDS).saturated_into();
		let kept = T::KeptFeeds::get().saturated_into();
		(0..=from).rev().take(kept).filter_map(Self::feed).take(limit).collect()
	}

	/// The report with this id, if it is kept.
	pub fn report_info(id: ReportId) -> Option<ReportInfo<T::AccountId>> {
		Some(ReportInfo { id, report: Reports::<T>::get(id)? })
	}

	/// The reports before `before`, or the last ones, newest first.
	pub fn reports(before: Option<ReportId>, limit: u32) -> ReportPage<T::AccountId> {
		let ids = ReportIds::<T>::get();
		let end = before.map_or(ids.next, |before| before.min(ids.next));
		let limit = u64::from(limit.clamp(1, MAX_PAGE));
		let begin = end.0.saturating_sub(limit).max(ids.first.0);
		let reports =
			(begin..end.0).rev().filter_map(|id| Self::report_info(ReportId(id))).collect();
		ReportPage { reports, next: (begin > ids.first.0).then_some(ReportId(begin)) }
	}

	/// What `account` has not claimed, by era.
	pub fn claimable(account: T::AccountId) -> Vec<Claimable> {
		let Some(span) = EraSpan::<T>::get() else { return Vec::new() };
		(span.oldest..=span.present).filter_map(|era| Self::claimable_in(era, &account)).collect()
	}

	/// The bytes that a worker key signs to work for `account`.
	pub fn key_payload(account: T::AccountId) -> Vec<u8> {
		Statement::WorksFor(&account).bytes(&Self::genesis())
	}
}

//! Reading, for the runtime API and the view functions.

use crate::{
	runtime_api::{MAX_PAGE, MAX_SCAN},
	*,
};
use aitbc_core::{AgentId, TagId};
use alloc::vec::Vec;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// The agent with the id `agent`, unless there is none or it left. Five storage reads, and the
	/// clock.
	pub fn agent(agent: AgentId) -> Option<AgentInfo<T::AccountId>> {
		let record = Agents::<T>::get(agent)?;
		let is_live = Self::is_record_live(&record);
		Some(AgentInfo {
			agent,
			owner: record.owner,
			kind: record.kind,
			card_uri: record.card.uri.into_inner(),
			card_hash: record.card.hash,
			status: record.status,
			wallet: Wallets::<T>::get(agent),
			proposed_wallet: ProposedWallets::<T>::get(agent),
			wallet_nonce: record.wallet_nonce,
			deposit: record.deposit,
			bond: record.bond,
			registered_at: record.registered_at,
			attachments: record.attachments,
			capabilities: record.capabilities,
			metadata_entries: record.metadata_entries,
			card_keys: CardKeys::<T>::get(agent).iter().map(|enrolled| enrolled.key).collect(),
			is_live,
			live_until: record.standing.live_until,
			lower_bound: record.standing.lower_bound,
			offered_to: OfferedTransfers::<T>::get(agent),
		})
	}

	/// All agents in the order of their ids, from the one after `after` on.
	///
	/// Fills the page up to `limit`, at least one and at most [`MAX_PAGE`], and looks at
	/// [`MAX_SCAN`] ids at most, so that a long gap cannot make one page read without bound.
	pub fn agents(after: Option<AgentId>, limit: u32) -> AgentPage<T::AccountId> {
		let limit: usize = limit.clamp(1, MAX_PAGE).saturated_into();
		let end = NextAgentId::<T>::get();
		let id_after = |last: Option<AgentId>| {
			last.map_or(Some(AgentId::default()), AgentId::next).filter(|id| *id < end)
		};
		let mut agents = Vec::new();
		let mut last = after;
		for _ in 0..MAX_SCAN {
			let Some(id) = id_after(last).filter(|_| agents.len() < limit) else { break };
			agents.extend(Self::agent(id));
			last = Some(id);
		}
		AgentPage { agents, next: id_after(last).and(last) }
	}

	/// The agents of `owner`, in the order of the index, from the one after `after` on.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says. Reads six entries for each
	/// agent of the page, and two more.
	pub fn agents_of(
		owner: &T::AccountId,
		after: Option<AgentId>,
		limit: u32,
	) -> AgentPage<T::AccountId> {
		let limit = limit.clamp(1, MAX_PAGE).saturated_into();
		let mut ids = match after {
			Some(after) => {
				let key = AgentsByOwner::<T>::hashed_key_for(owner, after);
				AgentsByOwner::<T>::iter_key_prefix_from(owner, key)
			},
			None => AgentsByOwner::<T>::iter_key_prefix(owner),
		};
		let page: Vec<AgentId> = ids.by_ref().take(limit).collect();
		let next = ids.next().and(page.last().copied());
		AgentPage { agents: page.into_iter().filter_map(Self::agent).collect(), next }
	}

	/// What `agent` offers, at most [`Config::MaxCapabilities`].
	pub fn capabilities(agent: AgentId) -> Vec<CapabilityInfo> {
		let info =
			|(tag, Capability { terms, deposit, .. })| CapabilityInfo { tag, terms, deposit };
		Capabilities::<T>::iter_prefix(agent).map(info).collect()
	}

	/// The rows of `tag`, from the one at `from` on.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says.
	pub fn agents_by_capability(tag: TagId, from: Option<RowPlace>, limit: u32) -> RowPage {
		let limit: usize = limit.clamp(1, MAX_PAGE).saturated_into();
		let from = from.unwrap_or_default();
		let Some((first, slot)) = Self::position(from) else {
			return RowPage { rows: Vec::new(), next: None };
		};
		let pages = first.0..Self::page_count(tag);
		let rows: Vec<_> = pages
			.flat_map(|page| CapabilityPages::<T>::get(tag, PageIndex(page)))
			.skip(slot)
			.take(limit)
			.collect();
		let next = from.0.saturating_add(rows.len().saturated_into());
		let has_more = next < CapabilityCounts::<T>::get(tag);
		RowPage { rows, next: has_more.then_some(RowPlace(next)) }
	}

	/// The metadata of `agent`, at most [`Config::MaxMetadataEntries`] keys with their values.
	pub fn metadata(agent: AgentId) -> Vec<(Vec<u8>, Vec<u8>)> {
		let entries = Metadata::<T>::iter_prefix(agent);
		entries.map(|(key, entry)| (key.into_inner(), entry.value.into_inner())).collect()
	}

	/// What the metadata of `agent` says under `key`.
	pub fn metadata_value(agent: AgentId, key: Vec<u8>) -> Option<Vec<u8>> {
		let key = MetadataKeyOf::<T>::try_from(key).ok()?;
		Metadata::<T>::get(agent, key).map(|entry| entry.value.into_inner())
	}

	/// All tags in the order of their ids, from the one after `after` on.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says. Two storage reads for each.
	pub fn tags(after: Option<TagId>, limit: u32) -> TagPage {
		let limit = limit.clamp(1, MAX_PAGE).saturated_into();
		let first = after.map_or(Some(TagId::default()), TagId::next).map_or(u32::MAX, |id| id.0);
		let mut ids = (first..NextTagId::<T>::get().0).map(TagId);
		let tags: Vec<TagInfo> = ids.by_ref().take(limit).filter_map(Self::tag_info).collect();
		let next = ids.next().and(tags.last().map(|info| info.tag));
		TagPage { tags, next }
	}

	/// The tag that people call `name`, retired ones included.
	pub fn tag_by_name(name: Vec<u8>) -> Option<TagInfo> {
		let name = TagNameOf::<T>::try_from(name).ok()?;
		Self::tag_info(TagOfName::<T>::get(name)?)
	}

	/// The tag with the id `tag`, retired ones included.
	pub(crate) fn tag_info(tag: TagId) -> Option<TagInfo> {
		let Tag { name, unit, rule } = Tags::<T>::get(tag)?;
		let (name, unit) = (name.into_inner(), unit.into_inner());
		Some(TagInfo { tag, name, unit, rule, rows: CapabilityCounts::<T>::get(tag) })
	}
}

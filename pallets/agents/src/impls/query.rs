//! Reading, for the runtime API and the view functions.

use crate::{
	runtime_api::{MAX_PAGE, MAX_SCAN},
	*,
};
use aitbc_core::AgentId;
use alloc::vec::Vec;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// The agent with the id `agent`, unless there is none or it left. Three storage reads.
	pub fn agent(agent: AgentId) -> Option<AgentInfo<T::AccountId>> {
		let record = Agents::<T>::get(agent)?;
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
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says. Reads four entries for each
	/// agent of the page, and one more.
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
}

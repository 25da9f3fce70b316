//! What the node's clients may ask about agents.

use crate::types::{AgentInfo, AgentPage, RegistrationCost};
use aitbc_core::{AgentId, BlockNumber};
use alloc::vec::Vec;
use codec::Codec;

/// The most agents on one page.
pub const MAX_PAGE: u32 = 100;

/// The most ids that one page of [`AgentsApi::agents`] looks at, those of agents gone included.
pub const MAX_SCAN: u32 = 1_000;

sp_api::decl_runtime_apis! {
	/// Reads the registry of agents.
	pub trait AgentsApi<AccountId>
	where
		AccountId: Codec,
	{
		/// The agent with this id, or `None` if there is none or it left.
		fn agent(agent: AgentId) -> Option<AgentInfo<AccountId>>;

		/// All agents in the order of their ids, from the one after `after` on.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`]. A page looks at [`MAX_SCAN`] ids at most, so
		/// it may come back short, or empty, with a `next` to go on from.
		fn agents(after: Option<AgentId>, limit: u32) -> AgentPage<AccountId>;

		/// The agents of `owner`, in an order of the chain's own, from the one after `after` on.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`]. `after` may have left since it was given
		/// out: paging goes on behind its place.
		fn agents_of(
			owner: AccountId,
			after: Option<AgentId>,
			limit: u32,
		) -> AgentPage<AccountId>;

		/// The agent that works under `wallet`, if any.
		fn agent_of_wallet(wallet: AccountId) -> Option<AgentId>;

		/// The bytes that `wallet` has to sign now to work for `agent`, or `None` if there is no
		/// such agent. The proof made of them can be used up to the active block `deadline`.
		fn wallet_payload(
			agent: AgentId,
			wallet: AccountId,
			deadline: BlockNumber,
		) -> Option<Vec<u8>>;

		/// What registering now costs with a card URI of `uri_length` bytes.
		///
		/// A length beyond the bound is priced as the bound.
		fn registration_cost(uri_length: u32) -> RegistrationCost;
	}
}

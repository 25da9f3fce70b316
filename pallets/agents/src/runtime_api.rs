//! What the node's clients may ask about agents.

use crate::types::{
	AgentInfo, AgentPage, CapabilityInfo, MatchError, MatchPage, RegistrationCost, Requirements,
	RowPage, RowPlace, TagInfo, TagPage,
};
use aitbc_core::{AgentId, Balance, BlockNumber, TagId};
use alloc::vec::Vec;
use codec::Codec;

/// The most agents, rows or tags on one page.
pub const MAX_PAGE: u32 = 100;

/// The most ids that one page of [`AgentsApi::agents`] looks at, those of agents gone included.
pub const MAX_SCAN: u32 = 1_000;

/// The most pages of the index that one search looks at.
pub const MAX_MATCH_PAGES: u32 = 16;

/// The most candidates that one search ranks.
pub const MAX_CANDIDATES: usize = 256;

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

		/// What `agent` offers, active or not.
		fn capabilities(agent: AgentId) -> Vec<CapabilityInfo>;

		/// The active agents that offer `tag`, in an order of the chain's own, from the place `from`
		/// on, or from the first. Those whose heartbeat ran out are included.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`]. A row that goes is replaced by the last one,
		/// so a list that changes while it is paged may give a row twice or miss one.
		fn agents_by_capability(tag: TagId, from: Option<RowPlace>, limit: u32) -> RowPage;

		/// All metadata of `agent`: keys with their values.
		fn metadata(agent: AgentId) -> Vec<(Vec<u8>, Vec<u8>)>;

		/// What the metadata of `agent` says under `key`, if it says anything.
		fn metadata_value(agent: AgentId, key: Vec<u8>) -> Option<Vec<u8>>;

		/// All tags in the order of their ids, retired ones included, from the one after `after` on.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`].
		fn tags(after: Option<TagId>, limit: u32) -> TagPage;

		/// The tag that is called `name`, retired or not.
		fn tag_by_name(name: Vec<u8>) -> Option<TagInfo>;

		/// The live agents that meet `requirements`, best first.
		///
		/// `limit` is clamped to 1 up to [`MAX_PAGE`]. Looks at [`MAX_MATCH_PAGES`] pages of the
		/// index at most and ranks [`MAX_CANDIDATES`] candidates at most; `next` in the answer says
		/// where to search on.
		fn match_agents(requirements: Requirements, limit: u32) -> Result<MatchPage, MatchError>;

		/// What the deposit for a capability is now, in plancks.
		fn capability_deposit() -> Balance;

		/// What the deposit for a metadata entry with a key and a value of so many bytes is now, in
		/// plancks. Lengths beyond the bounds are priced as the bounds.
		fn metadata_deposit(key_length: u32, value_length: u32) -> Balance;

		/// What the deposit for a card key is now, in plancks.
		fn card_key_deposit() -> Balance;
	}
}

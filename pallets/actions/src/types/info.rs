//! What clients are told.

use super::{
	action::{Action, Model, TrackRecord},
	breaker::{BreakerTerms, Breakers},
	kind::Kind,
};
use aitbc_core::{ActionId, AgentId, Balance, BlockNumber, KindId, Target};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;

/// Where actions stand as a whole, and on which terms.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ActionsInfo<AccountId> {
	/// Whether the kill switch is on.
	pub is_killed: bool,
	/// The breakers.
	pub breakers: Breakers,
	/// When these open and close.
	pub breaker_terms: BreakerTerms,
	/// Who may approve.
	pub approvers: Vec<AccountId>,
	/// The agents that may recommend.
	pub recommenders: Vec<AgentId>,
	/// How many validators there are.
	pub validators: u32,
	/// How many of them are under action.
	pub under_action: u32,
	/// What a recommendation holds, in plancks.
	pub deposit: Balance,
	/// How many open recommendations an account may have.
	pub max_open: u32,
	/// How long ended actions are kept, in blocks.
	pub kept_blocks: BlockNumber,
	/// How many actions there ever were.
	pub count: u64,
}

/// A kind as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct KindInfo {
	/// Its id.
	pub id: KindId,
	/// Which version of the catalogue brought it.
	pub version: u32,
	/// What it is.
	pub kind: Kind,
}

/// An action as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ActionInfo<AccountId> {
	/// Its id.
	pub id: ActionId,
	/// The hash of its order, which approvals and claims name.
	pub hash: [u8; 32],
	/// What the chain knows of it.
	pub action: Action<AccountId>,
}

/// One page of actions.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ActionPage<AccountId> {
	/// Those of this page, newest first.
	pub actions: Vec<ActionInfo<AccountId>>,
	/// Where the next page begins: pass it as `before`. `None` on the last page.
	pub next: Option<ActionId>,
}

/// Which actions.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ActionFilter<AccountId> {
	/// Those on this target.
	pub target: Option<Target<AccountId>>,
	/// Those that have not ended.
	pub is_open: bool,
}

/// A target as clients see it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TargetInfo<AccountId> {
	/// Whether it is there: it validates now, or is registered.
	pub is_there: bool,
	/// Who operates it, or would if it were there.
	pub operator: Option<AccountId>,
	/// The agent that carries actions out on it.
	pub executor: Option<AgentId>,
	/// Whether the operator pulled the brake.
	pub is_braked: bool,
	/// The action that it is under.
	pub under_action: Option<ActionId>,
}

/// What the actions of a kind came to that an agent's model had the idea of.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TrackRecordInfo {
	/// The kind.
	pub kind: KindId,
	/// The agent that recommended them, and says which model it is.
	pub agent: AgentId,
	/// The model.
	pub model: Model,
	/// What they came to.
	pub record: TrackRecord,
}

/// One page of track records.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TrackRecordPage {
	/// Those of this page, in no order.
	pub records: Vec<TrackRecordInfo>,
	/// Where the next page begins: pass it as `after`. `None` on the last page.
	pub next: Option<(AgentId, Model)>,
}

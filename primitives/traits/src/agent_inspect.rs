//! Who an agent is.

use aitbc_core::{AgentId, AgentKind, BlockNumber};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Where an agent stands in its life.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum AgentStatus {
	/// Registered and never yet active.
	#[codec(index = 0)]
	Registered,
	/// Takes work.
	#[codec(index = 1)]
	Active,
	/// Takes no work for now.
	#[codec(index = 2)]
	Inactive,
	/// Left the registry; its bond stays at risk until `bond_until`, in active blocks.
	#[codec(index = 3)]
	Deregistering {
		/// When the bond may be released.
		bond_until: BlockNumber,
	},
	/// Governance or a ruling took it out of business for now.
	#[codec(index = 4)]
	Suspended,
}

/// Reads the registry of agents.
///
/// Asked by whoever deals with agents; answered by agents. Reading changes nothing, and each call
/// is at most three storage reads.
pub trait AgentInspect<AccountId> {
	/// Where `agent` stands, or `None` if there is no such agent (any more).
	fn status(agent: AgentId) -> Option<AgentStatus>;

	/// What `agent` does for a living, unless it left.
	fn kind(agent: AgentId) -> Option<AgentKind>;

	/// Who owns `agent`, also while it is deregistering.
	fn owner(agent: AgentId) -> Option<AccountId>;

	/// The account that works and is paid for `agent`, if it has one.
	fn wallet(agent: AgentId) -> Option<AccountId>;

	/// Whether `agent` is active and its last heartbeat has not run out.
	fn is_live(agent: AgentId) -> bool;

	/// The agent that works under `wallet`, if any. At most one does.
	fn agent_of_wallet(wallet: &AccountId) -> Option<AgentId>;
}

//! The news that an agent changed its owner.

use aitbc_core::AgentId;
use frame_support::weights::Weight;

/// Hears of every agent that changes its owner, exactly once.
///
/// Sent by agents after the agent has its new owner and no wallet. The listener can't refuse.
pub trait OnAgentTransferred<AccountId> {
	/// Takes note that `agent` went from `from` to `to`.
	fn on_agent_transferred(agent: AgentId, from: &AccountId, to: &AccountId);

	/// The most that [`OnAgentTransferred::on_agent_transferred`] can weigh.
	fn weight() -> Weight;
}

impl<AccountId> OnAgentTransferred<AccountId> for () {
	fn on_agent_transferred(_: AgentId, _: &AccountId, _: &AccountId) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}

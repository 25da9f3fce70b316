//! What an agent's reputation comes to.

use aitbc_core::{AgentId, Balance};
use frame_support::weights::Weight;
use sp_runtime::Perbill;

/// Reads agents' reputation, as of now.
///
/// Asked by whoever prefers one agent to another; answered by reputation. Whatever gives an
/// advantage uses [`ReputationInspect::lower_bound`], never the mean, because the mean of little
/// evidence is cheap. A read takes the same time whatever the number of feedback entries.
pub trait ReputationInspect {
	/// What the score is at least, with some confidence: 0 for an agent without evidence.
	fn lower_bound(agent: AgentId) -> Perbill;

	/// The score without regard to how much evidence there is, or `None` when there is none.
	fn mean(agent: AgentId) -> Option<Perbill>;

	/// How much evidence there is: protocol fees paid, decayed, in plancks.
	fn evidence(agent: AgentId) -> Balance;

	/// The most that one of these can weigh.
	fn weight() -> Weight;
}

impl ReputationInspect for () {
	fn lower_bound(_: AgentId) -> Perbill {
		Perbill::zero()
	}

	fn mean(_: AgentId) -> Option<Perbill> {
		None
	}

	fn evidence(_: AgentId) -> Balance {
		0
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

//! What an agent answers with for what was ruled against it.

use aitbc_core::{AgentId, Balance};
use frame_support::weights::Weight;
use sp_runtime::Perbill;

/// Takes from the bonds of agents.
///
/// Asked by whoever finds an agent at fault; answered by agents.
pub trait AgentBondSlash {
	/// Takes `share` of what `agent` has at risk, also while it is leaving, and says how much that came
	/// to, in plancks: nothing if there is no such agent any more. It goes to the treasury.
	fn slash(agent: AgentId, share: Perbill) -> Balance;

	/// The most that [`AgentBondSlash::slash`] can weigh.
	fn weight() -> Weight;
}

//! Whether an agent still owes somebody something.

use aitbc_core::AgentId;
use frame_support::weights::Weight;

/// Counts an agent's open business.
///
/// Asked by agents before it lets an agent go; answered by the pallets that keep contracts, leases,
/// cases and the like, together. Reading changes nothing.
pub trait WorkInspect {
	/// How many pieces of business are open for which `agent` answers, under whatever wallet it took
	/// them on. An agent that never worked has zero.
	fn open_work(agent: AgentId) -> u32;

	/// The most that [`WorkInspect::open_work`] can weigh.
	fn weight() -> Weight;
}

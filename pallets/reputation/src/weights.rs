//! Weights of `pallet_reputation`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_reputation.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls and its answers to other pallets weigh.
pub trait WeightInfo {
	/// Rating with an endpoint and a URI of `b` bytes together.
	fn rate(b: u32) -> Weight;
	/// Revoking feedback.
	fn revoke() -> Weight;
	/// Responding with a URI of `u` bytes.
	fn respond(u: u32) -> Weight;
	/// Erasing feedback that was not revoked, and the response to it.
	fn erase() -> Weight;
	/// Pruning settled work.
	fn prune() -> Weight;
	/// Counting a contract between two agents that closed.
	fn on_contract_closed() -> Weight;
	/// Quartering an agent's evidence.
	fn on_agent_transferred() -> Weight;
	/// Reading an agent's score.
	fn inspect() -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn rate(component: u32) -> Weight {
		Weight::from_parts(1_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn revoke() -> Weight {
		Weight::from_parts(2_000, 0)
	}

	fn respond(component: u32) -> Weight {
		Weight::from_parts(3_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn erase() -> Weight {
		Weight::from_parts(4_000, 0)
	}

	fn prune() -> Weight {
		Weight::from_parts(5_000, 0)
	}

	fn on_contract_closed() -> Weight {
		Weight::from_parts(6_000, 0)
	}

	fn on_agent_transferred() -> Weight {
		Weight::from_parts(7_000, 0)
	}

	fn inspect() -> Weight {
		Weight::from_parts(8_000, 0)
	}
}

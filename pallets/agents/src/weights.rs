//! Weights of `pallet_agents`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_agents.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls weigh.
pub trait WeightInfo {
	/// Registering with a card URI of `u` bytes.
	fn register(u: u32) -> Weight;
	/// Replacing the card by one with a URI of `u` bytes.
	fn update(u: u32) -> Weight;
	/// Setting a wallet that signed.
	fn set_wallet_with_proof() -> Weight;
	/// Proposing a wallet.
	fn set_wallet_without_proof() -> Weight;
	/// Accepting a proposal, in place of another wallet.
	fn accept_wallet() -> Weight;
	/// Removing wallet and proposal.
	fn remove_wallet() -> Weight;
	/// Activating an agent.
	fn activate() -> Weight;
	/// Deactivating an agent.
	fn deactivate() -> Weight;
	/// Deregistering an agent, without asking for its open work.
	fn deregister() -> Weight;
	/// Releasing a bond, without asking for open work.
	fn release_bond() -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn register(component: u32) -> Weight {
		Weight::from_parts(1_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn update(component: u32) -> Weight {
		Weight::from_parts(2_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn set_wallet_with_proof() -> Weight {
		Weight::from_parts(3_000, 0)
	}

	fn set_wallet_without_proof() -> Weight {
		Weight::from_parts(4_000, 0)
	}

	fn accept_wallet() -> Weight {
		Weight::from_parts(5_000, 0)
	}

	fn remove_wallet() -> Weight {
		Weight::from_parts(6_000, 0)
	}

	fn activate() -> Weight {
		Weight::from_parts(7_000, 0)
	}

	fn deactivate() -> Weight {
		Weight::from_parts(8_000, 0)
	}

	fn deregister() -> Weight {
		Weight::from_parts(9_000, 0)
	}

	fn release_bond() -> Weight {
		Weight::from_parts(10_000, 0)
	}
}

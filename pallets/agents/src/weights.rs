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
	/// Removing wallet and proposal of an active agent with `c` capabilities.
	fn remove_wallet(c: u32) -> Weight;
	/// Activating an agent with `c` capabilities.
	fn activate(c: u32) -> Weight;
	/// Deactivating an agent with `c` capabilities.
	fn deactivate(c: u32) -> Weight;
	/// Deregistering an active agent with `c` capabilities and `m` metadata entries, without asking
	/// for its open work.
	fn deregister(c: u32, m: u32) -> Weight;
	/// Releasing a bond, without asking for open work.
	fn release_bond() -> Weight;
	/// Taking note of a heartbeat of an agent with `c` capabilities.
	fn heartbeat(c: u32) -> Weight;
	/// Refreshing the rows of an agent with `c` capabilities.
	fn refresh(c: u32) -> Weight;
	/// Setting a capability of an active agent.
	fn set_capability() -> Weight;
	/// Removing a capability of an active agent.
	fn remove_capability() -> Weight;
	/// Setting a metadata entry with a value of `v` bytes.
	fn set_metadata(v: u32) -> Weight;
	/// Removing a metadata entry.
	fn remove_metadata() -> Weight;
	/// Adding a card key.
	fn add_card_key() -> Weight;
	/// Removing a card key.
	fn remove_card_key() -> Weight;
	/// Offering an agent to another owner, or taking the offer back.
	fn offer_transfer() -> Weight;
	/// Taking over an active agent with `c` capabilities, without asking for its open work and
	/// without telling of it.
	fn accept_transfer(c: u32) -> Weight;
	/// Suspending an active agent with `c` capabilities.
	fn suspend(c: u32) -> Weight;
	/// Reinstating an agent.
	fn reinstate() -> Weight;
	/// Creating a tag.
	fn create_tag() -> Weight;
	/// Retiring a tag.
	fn retire_tag() -> Weight;
	/// Taking from the bond of an agent that is leaving.
	fn slash() -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn register(u: u32) -> Weight {
		Weight::from_parts(1_000, 0).saturating_add(Weight::from_parts(u.into(), 0))
	}

	fn update(u: u32) -> Weight {
		Weight::from_parts(2_000, 0).saturating_add(Weight::from_parts(u.into(), 0))
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

	fn remove_wallet(c: u32) -> Weight {
		Weight::from_parts(6_000, 0).saturating_add(Weight::from_parts(c.into(), 0))
	}

	fn activate(c: u32) -> Weight {
		Weight::from_parts(7_000, 0).saturating_add(Weight::from_parts(c.into(), 0))
	}

	fn deactivate(c: u32) -> Weight {
		Weight::from_parts(8_000, 0).saturating_add(Weight::from_parts(c.into(), 0))
	}

	fn deregister(c: u32, m: u32) -> Weight {
		let metadata = Weight::from_parts(100, 0).saturating_mul(m.into());
		Weight::from_parts(9_000, 0)
			.saturating_add(Weight::from_parts(c.into(), 0))
			.saturating_add(metadata)
	}

	fn release_bond() -> Weight {
		Weight::from_parts(10_000, 0)
	}

	fn heartbeat(c: u32) -> Weight {
		Weight::from_parts(11_000, 0).saturating_add(Weight::from_parts(c.into(), 0))
	}

	fn refresh(c: u32) -> Weight {
		Weight::from_parts(12_000, 0).saturating_add(Weight::from_parts(c.into(), 0))
	}

	fn set_capability() -> Weight {
		Weight::from_parts(13_000, 0)
	}

	fn remove_capability() -> Weight {
		Weight::from_parts(14_000, 0)
	}

	fn set_metadata(v: u32) -> Weight {
		Weight::from_parts(15_000, 0).saturating_add(Weight::from_parts(v.into(), 0))
	}

	fn remove_metadata() -> Weight {
		Weight::from_parts(16_000, 0)
	}

	fn add_card_key() -> Weight {
		Weight::from_parts(17_000, 0)
	}

	fn remove_card_key() -> Weight {
		Weight::from_parts(18_000, 0)
	}

	fn offer_transfer() -> Weight {
		Weight::from_parts(19_000, 0)
	}

	fn accept_transfer(c: u32) -> Weight {
		Weight::from_parts(20_000, 0).saturating_add(Weight::from_parts(c.into(), 0))
	}

	fn suspend(c: u32) -> Weight {
		Weight::from_parts(21_000, 0).saturating_add(Weight::from_parts(c.into(), 0))
	}

	fn reinstate() -> Weight {
		Weight::from_parts(22_000, 0)
	}

	fn create_tag() -> Weight {
		Weight::from_parts(23_000, 0)
	}

	fn retire_tag() -> Weight {
		Weight::from_parts(24_000, 0)
	}

	fn slash() -> Weight {
		Weight::from_parts(25_000, 0)
	}
}

//! Weights of `pallet_bitcoin_anchor`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_bitcoin_anchor.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls and hooks weigh.
pub trait WeightInfo {
	/// Registering a script.
	fn register() -> Weight;
	/// Deregistering a script.
	fn deregister() -> Weight;
	/// Proving a Taproot anchor by a proof of `b` bytes, with as many outputs as these have room for.
	fn prove(b: u32) -> Weight;
	/// Paying a reward for a funding transaction of `b` bytes, with as many outputs as these have room for.
	fn claim(b: u32) -> Weight;
	/// Finding nothing to do in a block, and preparing a task at its end.
	fn watch() -> Weight;
	/// Looking at `n` open tasks, each of which moves without becoming final.
	fn look(n: u32) -> Weight;
	/// Looking at one open task that becomes final.
	fn finish() -> Weight;
	/// Making a task when another is missed and a third one forgotten for it.
	fn make() -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn register() -> Weight {
		Weight::from_parts(1_000, 0)
	}

	fn deregister() -> Weight {
		Weight::from_parts(2_000, 0)
	}

	fn prove(bytes: u32) -> Weight {
		Weight::from_parts(3_000_u64.saturating_add(bytes.into()), 0)
	}

	fn claim(bytes: u32) -> Weight {
		Weight::from_parts(4_000_u64.saturating_add(bytes.into()), 0)
	}

	fn watch() -> Weight {
		Weight::from_parts(100_000, 0)
	}

	fn look(tasks: u32) -> Weight {
		let each = u64::from(tasks).saturating_mul(100);
		Weight::from_parts(200_000_u64.saturating_add(each), 0)
	}

	fn finish() -> Weight {
		Weight::from_parts(1_000_000, 0)
	}

	fn make() -> Weight {
		Weight::from_parts(10_000_000, 0)
	}
}

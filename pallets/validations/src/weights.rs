//! Weights of `pallet_validations`: the interface.
//!
//! The runtime's measured implementation is `runtime/src/weights/pallet_validations.rs`.

use frame_support::weights::Weight;

/// What the pallet's calls weigh.
pub trait WeightInfo {
	/// Requesting the validation of work at a URI of `u` bytes.
	fn request(u: u32) -> Weight;
	/// Answering softly, with evidence at a URI of `u` bytes.
	fn answer_soft(u: u32) -> Weight;
	/// Answering hard, with evidence at a URI of `u` bytes.
	fn answer_hard(u: u32) -> Weight;
	/// Letting a validation expire that was answered softly.
	fn expire() -> Weight;
	/// Releasing a bond.
	fn release_bond() -> Weight;
	/// Slashing a bond.
	fn slash() -> Weight;
	/// Erasing a validation.
	fn erase() -> Weight;
	/// Disputing a hard answer.
	fn dispute() -> Weight;
	/// A ruling that overturns an answer and divides its bond.
	fn on_ruling() -> Weight;
	/// Looking for a fact.
	fn fact() -> Weight;
}

/// For tests: distinct numbers, so that a test can tell which one a call takes.
impl WeightInfo for () {
	fn request(component: u32) -> Weight {
		Weight::from_parts(1_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn answer_soft(component: u32) -> Weight {
		Weight::from_parts(2_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn answer_hard(component: u32) -> Weight {
		Weight::from_parts(3_000, 0).saturating_add(Weight::from_parts(component.into(), 0))
	}

	fn expire() -> Weight {
		Weight::from_parts(4_000, 0)
	}

	fn release_bond() -> Weight {
		Weight::from_parts(5_000, 0)
	}

	fn slash() -> Weight {
		Weight::from_parts(6_000, 0)
	}

	fn erase() -> Weight {
		Weight::from_parts(7_000, 0)
	}

	fn dispute() -> Weight {
		Weight::from_parts(8_000, 0)
	}

	fn on_ruling() -> Weight {
		Weight::from_parts(9_000, 0)
	}

	fn fact() -> Weight {
		Weight::from_parts(10_000, 0)
	}
}

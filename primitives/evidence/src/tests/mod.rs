mod anchor;
mod bitcoin;
mod claim;
mod codec;
mod finality;
mod flips;
mod golden;
mod justification;
mod plan;
mod refused;
mod start;
mod state;
mod verdict;

pub use plan::*;

use crate::*;

/// The time of verification: 2030, after all headers.
pub const NOW: u32 = 1_900_000_000;

/// Why this bundle does not hold.
pub fn refusal(bundle: &Bundle) -> VerifyError {
	bundle.verify(NOW).expect_err("it does not hold")
}

/// What a bundle of the default plan fails with after a change.
pub fn refusal_after(change: impl FnOnce(&mut Bundle)) -> VerifyError {
	let mut bundle = Plan::default().bundle();
	change(&mut bundle);
	refusal(&bundle)
}

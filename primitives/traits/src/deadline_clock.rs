//! The clock that deadlines count on.

use aitbc_core::BlockNumber;

/// Tells the time of the active clock.
///
/// Asked by everything that has a deadline; answered by active-clock. The time never goes back,
/// advances by at most one per block, and stands still in a block that began paused. It is
/// constant within a block.
pub trait DeadlineClock {
	/// The time now, in active blocks since genesis. One storage read.
	fn now() -> BlockNumber;

	/// Sets the clock, so that a benchmark can pass a deadline.
	#[cfg(feature = "runtime-benchmarks")]
	fn set_now(now: BlockNumber);
}

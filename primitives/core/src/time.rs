//! Durations of production networks, in blocks of one slot each.

use crate::{BlockNumber, Moment};

/// The length of a slot, in milliseconds, on every network.
pub const SLOT_MILLIS: Moment = 3_000;

/// A minute, in blocks.
pub const MINUTES: BlockNumber = 20;

/// An hour, in blocks.
pub const HOURS: BlockNumber = 60 * MINUTES;

/// A day, in blocks.
pub const DAYS: BlockNumber = 24 * HOURS;

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn a_minute_should_be_sixty_seconds_of_slots() {
		assert_eq!(Moment::from(MINUTES) * SLOT_MILLIS, 60_000);
		assert_eq!(DAYS, 28_800);
	}
}

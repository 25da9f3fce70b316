//! The time of a chain whose blocks are sealed.

use crate::service::Block;
use sp_consensus_babe::{
	inherents::{BabeCreateInherentDataProviders, InherentDataProvider as SlotInherent},
	Slot, SlotDuration,
};
use sp_timestamp::{InherentDataProvider as TimestampInherent, Timestamp};
use std::sync::{
	atomic::{AtomicU64, Ordering},
	Arc,
};

/// The time up to which a block may be dated: the system's, or the one that sealing has reached if that is
/// later. Without sealing it is the system's.
#[derive(Clone, Default)]
pub struct Clock {
	/// In milliseconds since 1970.
	reached: Arc<AtomicU64>,
}

impl Clock {
	/// Lets sealing reach the beginning of `slot`, which is given.
	pub fn reach(&self, slot: Slot, duration: SlotDuration) -> Timestamp {
		let time = slot.timestamp(duration).unwrap_or(Timestamp::new(u64::MAX));
		self.reached.fetch_max(time.as_millis(), Ordering::Relaxed);
		time
	}

	/// The time now.
	pub fn now(&self) -> Timestamp {
		Timestamp::current().max(Timestamp::new(self.reached.load(Ordering::Relaxed)))
	}

	/// What blocks on their way in are compared with: this time, and its slot.
	pub fn inherents(self, duration: SlotDuration) -> BabeCreateInherentDataProviders<Block> {
		Arc::new(move |_, ()| {
			let now = self.now();
			async move {
				let slot = SlotInherent::from_timestamp_and_slot_duration(now, duration);
				Ok((slot, TimestampInherent::new(now)))
			}
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const SLOT: SlotDuration = SlotDuration::from_millis(3_000);

	#[test]
	fn clock_should_be_the_systems_when_nothing_is_sealed() {
		let clock = Clock::default();
		let before = Timestamp::current();
		let now = clock.now();
		assert!(before <= now && now <= Timestamp::current());
	}

	#[test]
	fn clock_should_run_ahead_with_the_slots_and_never_back() {
		let clock = Clock::default();
		let ahead = Slot::from_timestamp(Timestamp::current(), SLOT).saturating_add(1_000_u64);

		let reached = clock.clone().reach(ahead, SLOT);
		clock.reach(Slot::from(1), SLOT);

		assert_eq!(reached.as_millis(), *ahead * 3_000);
		assert_eq!(clock.now(), reached);
	}
}

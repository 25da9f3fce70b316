//! What happened in each era.

use crate::*;
use aitbc_core::Balance;
use alloc::vec::Vec;
use frame_support::traits::Get;

impl<T: Config> Pallet<T> {
	/// Counts something in the present era. The era that had its place before is gone then.
	pub(crate) fn count(change: impl FnOnce(&mut Counters)) {
		let era = T::Era::get();
		CountersByEra::<T>::mutate(Self::place_of(era), |entry| {
			if entry.era != era {
				*entry = EraCounters { era, counters: Counters::default() };
			}
			change(&mut entry.counters);
		});
	}

	/// What happened in the last `eras` eras, the present one first.
	///
	/// At most [`Config::EraHistory`], whatever `eras` says. One storage read for each.
	pub fn counters(eras: u32) -> Vec<EraCounters> {
		let present = T::Era::get();
		let first = present.saturating_sub(eras.min(T::EraHistory::get()).saturating_sub(1));
		(first..=present).rev().map(Self::counters_of).collect()
	}

	/// What happened in `era`, as far as it is kept.
	fn counters_of(era: u32) -> EraCounters {
		let entry = CountersByEra::<T>::get(Self::place_of(era));
		if entry.era == era {
			return entry;
		}
		EraCounters { era, counters: Counters::default() }
	}

	/// Where `era` is counted.
	pub(crate) fn place_of(era: u32) -> u32 {
		era.checked_rem(T::EraHistory::get()).unwrap_or_default()
	}
}

/// Counts one more.
pub(super) fn add_one(counter: &mut u64) {
	// Nothing happens 2^64 times.
	*counter = counter.saturating_add(1);
}

/// Counts more money.
pub(super) fn add(sum: &mut Balance, amount: Balance) {
	// The same money may come by more than once, but not that often.
	*sum = sum.saturating_add(amount);
}

//! Measured weights of `pallet_active_clock`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-20, steps: 50, repeat: 20,
//! CPU: AMD EPYC. Times are the benchmark's, on one core; storage is charged at the runtime's
//! `DbWeight`.

#![allow(unused_parens, unused_imports, clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_active_clock::WeightInfo for WeightInfo<T> {
	/// Storage: `ActiveClock::Now` (r:1 w:1)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Stopped` (r:1 w:1)
	/// Proof: `ActiveClock::Stopped` (`max_values`: Some(1), `max_size`: Some(0), added: 495, mode: `MaxEncodedLen`)
	fn tick() -> Weight {
		// Proof size, measured: `52`
		// Minimum execution time: 7_230_000 picoseconds.
		Weight::from_parts(7_862_000, 1489)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

//! Measured weights of `pallet_audit_log`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-22, steps: 50, repeat: 20,
//! CPU: AMD EPYC. Times are the benchmark's, on one core; storage is charged at the runtime's
//! `DbWeight`.

#![allow(unused_parens, unused_imports, clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_audit_log::WeightInfo for WeightInfo<T> {
	/// Storage: `AuditLog::Committed` (r:1 w:0)
	/// Proof: `AuditLog::Committed` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	fn commit() -> Weight {
		// Proof size, measured: `132`
		// Minimum execution time: 5_768_000 picoseconds.
		Weight::from_parts(6_459_000, 1525).saturating_add(T::DbWeight::get().reads(1_u64))
	}
	/// Storage: `AuditLog::Committed` (r:1 w:1)
	/// Proof: `AuditLog::Committed` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Nodes` (r:40 w:41)
	/// Proof: `AuditLog::Nodes` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Lists` (r:5 w:5)
	/// Proof: `AuditLog::Lists` (`max_values`: None, `max_size`: Some(66), added: 2541, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Listed` (r:0 w:5)
	/// Proof: `AuditLog::Listed` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Records` (r:0 w:1)
	/// Proof: `AuditLog::Records` (`max_values`: None, `max_size`: Some(271), added: 2746, mode: `MaxEncodedLen`)
	/// The range of component `h` is `[0, 40]`.
	fn append(h: u32) -> Weight {
		// Proof size, measured: `212 + h * (53 ±0)`
		// Minimum execution time: 108_932_000 picoseconds.
		Weight::from_parts(136_119_466, 13695)
			// Standard error: 39_646
			.saturating_add(Weight::from_parts(7_325_042, 0).saturating_mul(h.into()))
			.saturating_add(T::DbWeight::get().reads(9_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(h.into())))
			.saturating_add(T::DbWeight::get().writes(14_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(h.into())))
			.saturating_add(Weight::from_parts(0, 2528).saturating_mul(h.into()))
	}
	/// Storage: `AuditLog::OldestKept` (r:1 w:0)
	/// Proof: `AuditLog::OldestKept` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Records` (r:1 w:0)
	/// Proof: `AuditLog::Records` (`max_values`: None, `max_size`: Some(271), added: 2746, mode: `MaxEncodedLen`)
	fn look() -> Weight {
		// Proof size, measured: `6`
		// Minimum execution time: 3_405_000 picoseconds.
		Weight::from_parts(3_765_000, 3736).saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `AuditLog::Lists` (r:5 w:5)
	/// Proof: `AuditLog::Lists` (`max_values`: None, `max_size`: Some(66), added: 2541, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::OldestKept` (r:0 w:1)
	/// Proof: `AuditLog::OldestKept` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Listed` (r:0 w:5)
	/// Proof: `AuditLog::Listed` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Records` (r:0 w:1)
	/// Proof: `AuditLog::Records` (`max_values`: None, `max_size`: Some(271), added: 2746, mode: `MaxEncodedLen`)
	fn forget() -> Weight {
		// Proof size, measured: `437`
		// Minimum execution time: 40_430_000 picoseconds.
		Weight::from_parts(42_563_000, 13695)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
}

//! Measured weights of `pallet_validations`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-22, steps: 50, repeat: 20,
//! CPU: AMD EPYC. Times are the benchmark's, on one core; storage is charged at the runtime's
//! `DbWeight`.

#![allow(unused_parens, unused_imports, clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_validations::WeightInfo for WeightInfo<T> {
	/// Storage: `Agents::Agents` (r:2 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:2 w:0)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Tags` (r:1 w:0)
	/// Proof: `Agents::Tags` (`max_values`: None, `max_size`: Some(96), added: 2571, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenRequests` (r:1 w:1)
	/// Proof: `Validations::OpenRequests` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// Storage: `Validations::NextValidationId` (r:1 w:1)
	/// Proof: `Validations::NextValidationId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidationsByValidator` (r:0 w:1)
	/// Proof: `Validations::ValidationsByValidator` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidationsBySubject` (r:0 w:1)
	/// Proof: `Validations::ValidationsBySubject` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Validations::Validations` (r:0 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(784), added: 3259, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[3, 256]`.
	fn request(_u: u32) -> Weight {
		// Proof size, measured: `1395`
		// Minimum execution time: 177_132_000 picoseconds.
		Weight::from_parts(193_001_262, 6764)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(784), added: 3259, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:2 w:0)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Agents` (r:2 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:1)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[3, 256]`.
	fn answer_soft(_u: u32) -> Weight {
		// Proof size, measured: `1282`
		// Minimum execution time: 48_832_000 picoseconds.
		Weight::from_parts(55_455_029, 6764)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(784), added: 3259, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:2 w:0)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Agents` (r:2 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:1)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Validations::Summaries` (r:4 w:4)
	/// Proof: `Validations::Summaries` (`max_values`: None, `max_size`: Some(62), added: 2537, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidatorRecords` (r:1 w:1)
	/// Proof: `Validations::ValidatorRecords` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenRequests` (r:0 w:1)
	/// Proof: `Validations::OpenRequests` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[3, 256]`.
	fn answer_hard(u: u32) -> Weight {
		// Proof size, measured: `1740`
		// Minimum execution time: 187_268_000 picoseconds.
		Weight::from_parts(204_497_153, 11138)
			// Standard error: 4_023
			.saturating_add(Weight::from_parts(155, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(19_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(784), added: 3259, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidatorRecords` (r:1 w:1)
	/// Proof: `Validations::ValidatorRecords` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:1)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenRequests` (r:0 w:1)
	/// Proof: `Validations::OpenRequests` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	fn expire() -> Weight {
		// Proof size, measured: `1209`
		// Minimum execution time: 84_826_000 picoseconds.
		Weight::from_parts(92_186_000, 4249)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(784), added: 3259, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:1)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn release_bond() -> Weight {
		// Proof size, measured: `1284`
		// Minimum execution time: 78_226_000 picoseconds.
		Weight::from_parts(85_427_000, 4249)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(784), added: 3259, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Validations::Summaries` (r:4 w:4)
	/// Proof: `Validations::Summaries` (`max_values`: None, `max_size`: Some(62), added: 2537, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidatorRecords` (r:1 w:1)
	/// Proof: `Validations::ValidatorRecords` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:1)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn slash() -> Weight {
		// Proof size, measured: `1637`
		// Minimum execution time: 113_618_000 picoseconds.
		Weight::from_parts(123_523_000, 11138)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(784), added: 3259, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidationsByValidator` (r:0 w:1)
	/// Proof: `Validations::ValidationsByValidator` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidationsBySubject` (r:0 w:1)
	/// Proof: `Validations::ValidationsBySubject` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	fn erase() -> Weight {
		// Proof size, measured: `1150`
		// Minimum execution time: 69_433_000 picoseconds.
		Weight::from_parts(76_083_000, 4249)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(784), added: 3259, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Agents` (r:1 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:0)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::NextCaseId` (r:1 w:1)
	/// Proof: `Disputes::NextCaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:5 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAccount` (r:2 w:2)
	/// Proof: `Disputes::CasesByAccount` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAgent` (r:1 w:1)
	/// Proof: `Disputes::CasesByAgent` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Cases` (r:0 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:0 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	fn dispute() -> Weight {
		// Proof size, measured: `1730`
		// Minimum execution time: 179_796_000 picoseconds.
		Weight::from_parts(205_374_000, 13545)
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(784), added: 3259, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:3)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Validations::Summaries` (r:4 w:4)
	/// Proof: `Validations::Summaries` (`max_values`: None, `max_size`: Some(62), added: 2537, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidatorRecords` (r:1 w:1)
	/// Proof: `Validations::ValidatorRecords` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:1)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn on_ruling() -> Weight {
		// Proof size, measured: `1779`
		// Minimum execution time: 194_328_000 picoseconds.
		Weight::from_parts(204_884_000, 11138)
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(11_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:0)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(784), added: 3259, mode: `MaxEncodedLen`)
	fn fact() -> Weight {
		// Proof size, measured: `976`
		// Minimum execution time: 7_010_000 picoseconds.
		Weight::from_parts(8_262_000, 4249).saturating_add(T::DbWeight::get().reads(1_u64))
	}
}

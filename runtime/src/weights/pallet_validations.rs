//! Measured weights of `pallet_validations`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-21, steps: 50, repeat: 20,
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
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidationsByValidator` (r:0 w:1)
	/// Proof: `Validations::ValidationsByValidator` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidationsBySubject` (r:0 w:1)
	/// Proof: `Validations::ValidationsBySubject` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Validations::Validations` (r:0 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(744), added: 3219, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[3, 256]`.
	fn request(u: u32) -> Weight {
		// Proof size, measured: `1395`
		// Minimum execution time: 172_485_000 picoseconds.
		Weight::from_parts(178_398_853, 6764)
			// Standard error: 5_260
			.saturating_add(Weight::from_parts(121_267, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(744), added: 3219, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:2 w:0)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Agents` (r:2 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:1)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[3, 256]`.
	fn answer_soft(u: u32) -> Weight {
		// Proof size, measured: `1282`
		// Minimum execution time: 47_751_000 picoseconds.
		Weight::from_parts(53_606_993, 6764)
			// Standard error: 1_355
			.saturating_add(Weight::from_parts(984, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(744), added: 3219, mode: `MaxEncodedLen`)
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
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Validations::Summaries` (r:4 w:4)
	/// Proof: `Validations::Summaries` (`max_values`: None, `max_size`: Some(62), added: 2537, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidatorRecords` (r:1 w:1)
	/// Proof: `Validations::ValidatorRecords` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenRequests` (r:0 w:1)
	/// Proof: `Validations::OpenRequests` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[3, 256]`.
	fn answer_hard(_u: u32) -> Weight {
		// Proof size, measured: `1740`
		// Minimum execution time: 183_712_000 picoseconds.
		Weight::from_parts(207_706_296, 11138)
			.saturating_add(T::DbWeight::get().reads(19_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(744), added: 3219, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidatorRecords` (r:1 w:1)
	/// Proof: `Validations::ValidatorRecords` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:1)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenRequests` (r:0 w:1)
	/// Proof: `Validations::OpenRequests` (`max_values`: None, `max_size`: Some(120), added: 2595, mode: `MaxEncodedLen`)
	fn expire() -> Weight {
		// Proof size, measured: `1209`
		// Minimum execution time: 84_685_000 picoseconds.
		Weight::from_parts(90_935_000, 4209)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(744), added: 3219, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:1)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn release_bond() -> Weight {
		// Proof size, measured: `1280`
		// Minimum execution time: 77_225_000 picoseconds.
		Weight::from_parts(81_601_000, 4209)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(744), added: 3219, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Validations::Summaries` (r:4 w:4)
	/// Proof: `Validations::Summaries` (`max_values`: None, `max_size`: Some(62), added: 2537, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidatorRecords` (r:1 w:1)
	/// Proof: `Validations::ValidatorRecords` (`max_values`: None, `max_size`: Some(40), added: 2515, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:1)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	fn slash() -> Weight {
		// Proof size, measured: `1633`
		// Minimum execution time: 109_833_000 picoseconds.
		Weight::from_parts(114_470_000, 11138)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(10_u64))
	}
	/// Storage: `Validations::Validations` (r:1 w:1)
	/// Proof: `Validations::Validations` (`max_values`: None, `max_size`: Some(744), added: 3219, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(301), added: 2776, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidationsByValidator` (r:0 w:1)
	/// Proof: `Validations::ValidationsByValidator` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	/// Storage: `Validations::ValidationsBySubject` (r:0 w:1)
	/// Proof: `Validations::ValidationsBySubject` (`max_values`: None, `max_size`: Some(32), added: 2507, mode: `MaxEncodedLen`)
	fn erase() -> Weight {
		// Proof size, measured: `1150`
		// Minimum execution time: 68_141_000 picoseconds.
		Weight::from_parts(71_686_000, 4209)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	// provisional
	fn dispute() -> Weight {
		Weight::from_parts(170_000_000, 13545)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	// provisional
	fn on_ruling() -> Weight {
		Weight::from_parts(250_000_000, 11138)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(12_u64))
	}
	// provisional
	fn fact() -> Weight {
		Weight::from_parts(15_000_000, 4747).saturating_add(T::DbWeight::get().reads(1_u64))
	}
}

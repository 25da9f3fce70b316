//! Measured weights of `pallet_telemetry`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-22, steps: 20, repeat: 20,
//! CPU: AMD EPYC. Times are the benchmark's, on one core; storage is charged at the runtime's
//! `DbWeight`.

#![allow(unused_parens, unused_imports, clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_telemetry::WeightInfo for WeightInfo<T> {
	/// Storage: `Staking::ActiveEra` (r:1 w:0)
	/// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ErasStakersOverview` (r:1 w:0)
	/// Proof: `Staking::ErasStakersOverview` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::KeyOwners` (r:1 w:2)
	/// Proof: `Telemetry::KeyOwners` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Workers` (r:1 w:1)
	/// Proof: `Telemetry::Workers` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	fn set_worker_key() -> Weight {
		// Proof size, measured: `1278`
		// Minimum execution time: 147_669_000 picoseconds.
		Weight::from_parts(162_321_000, 3838)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Telemetry::Workers` (r:1 w:1)
	/// Proof: `Telemetry::Workers` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Commitments` (r:2 w:0)
	/// Proof: `Telemetry::Commitments` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::KeyOwners` (r:0 w:1)
	/// Proof: `Telemetry::KeyOwners` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	fn remove_worker_key() -> Weight {
		// Proof size, measured: `490`
		// Minimum execution time: 76_604_000 picoseconds.
		Weight::from_parts(80_790_000, 6124)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Telemetry::KeyOwners` (r:1 w:0)
	/// Proof: `Telemetry::KeyOwners` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Workers` (r:1 w:0)
	/// Proof: `Telemetry::Workers` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ActiveEra` (r:1 w:0)
	/// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ErasStakersOverview` (r:1 w:0)
	/// Proof: `Staking::ErasStakersOverview` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Commitments` (r:1 w:1)
	/// Proof: `Telemetry::Commitments` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::CommitmentCount` (r:1 w:1)
	/// Proof: `Telemetry::CommitmentCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Records` (r:1 w:1)
	/// Proof: `Telemetry::Records` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	fn commit() -> Weight {
		// Proof size, measured: `1076`
		// Minimum execution time: 55_121_000 picoseconds.
		Weight::from_parts(60_930_000, 6012)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Telemetry::KeyOwners` (r:1 w:0)
	/// Proof: `Telemetry::KeyOwners` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Workers` (r:1 w:0)
	/// Proof: `Telemetry::Workers` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ActiveEra` (r:1 w:0)
	/// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ErasStakersOverview` (r:1 w:0)
	/// Proof: `Staking::ErasStakersOverview` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Commitments` (r:1 w:0)
	/// Proof: `Telemetry::Commitments` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::CommitmentCount` (r:1 w:0)
	/// Proof: `Telemetry::CommitmentCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_commit() -> Weight {
		// Proof size, measured: `1130`
		// Minimum execution time: 87_250_000 picoseconds.
		Weight::from_parts(92_217_000, 6012).saturating_add(T::DbWeight::get().reads(10_u64))
	}
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Commitments` (r:1 w:0)
	/// Proof: `Telemetry::Commitments` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Revealed` (r:1 w:1)
	/// Proof: `Telemetry::Revealed` (`max_values`: None, `max_size`: Some(87), added: 2562, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Records` (r:1 w:1)
	/// Proof: `Telemetry::Records` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	fn reveal() -> Weight {
		// Proof size, measured: `527`
		// Minimum execution time: 44_215_000 picoseconds.
		Weight::from_parts(48_061_000, 3582)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Commitments` (r:1 w:0)
	/// Proof: `Telemetry::Commitments` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Revealed` (r:1 w:0)
	/// Proof: `Telemetry::Revealed` (`max_values`: None, `max_size`: Some(87), added: 2562, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_reveal() -> Weight {
		// Proof size, measured: `396`
		// Minimum execution time: 29_083_000 picoseconds.
		Weight::from_parts(31_226_000, 3557).saturating_add(T::DbWeight::get().reads(4_u64))
	}
	/// Storage: `Telemetry::KeyOwners` (r:1 w:0)
	/// Proof: `Telemetry::KeyOwners` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Workers` (r:1 w:1)
	/// Proof: `Telemetry::Workers` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ActiveEra` (r:1 w:0)
	/// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ErasStakersOverview` (r:1 w:0)
	/// Proof: `Staking::ErasStakersOverview` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Alarms` (r:1 w:1)
	/// Proof: `Telemetry::Alarms` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::ReportIds` (r:1 w:1)
	/// Proof: `Telemetry::ReportIds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Records` (r:1 w:1)
	/// Proof: `Telemetry::Records` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Reports` (r:0 w:1)
	/// Proof: `Telemetry::Reports` (`max_values`: None, `max_size`: Some(123), added: 2598, mode: `MaxEncodedLen`)
	fn report() -> Weight {
		// Proof size, measured: `1076`
		// Minimum execution time: 66_468_000 picoseconds.
		Weight::from_parts(75_712_000, 6012)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Telemetry::KeyOwners` (r:1 w:0)
	/// Proof: `Telemetry::KeyOwners` (`max_values`: None, `max_size`: Some(80), added: 2555, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Workers` (r:1 w:0)
	/// Proof: `Telemetry::Workers` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ActiveEra` (r:1 w:0)
	/// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ErasStakersOverview` (r:1 w:0)
	/// Proof: `Staking::ErasStakersOverview` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Alarms` (r:1 w:0)
	/// Proof: `Telemetry::Alarms` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn authorize_report() -> Weight {
		// Proof size, measured: `1130`
		// Minimum execution time: 88_642_000 picoseconds.
		Weight::from_parts(96_013_000, 6012).saturating_add(T::DbWeight::get().reads(9_u64))
	}
	/// Storage: `Telemetry::Reports` (r:1 w:1)
	/// Proof: `Telemetry::Reports` (`max_values`: None, `max_size`: Some(123), added: 2598, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Workers` (r:1 w:1)
	/// Proof: `Telemetry::Workers` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Records` (r:1 w:1)
	/// Proof: `Telemetry::Records` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	fn judge_report() -> Weight {
		// Proof size, measured: `894`
		// Minimum execution time: 86_789_000 picoseconds.
		Weight::from_parts(92_718_000, 6196)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Telemetry::Eras` (r:1 w:1)
	/// Proof: `Telemetry::Eras` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Points` (r:1 w:1)
	/// Proof: `Telemetry::Points` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::SetAside` (r:1 w:1)
	/// Proof: `Telemetry::SetAside` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn claim() -> Weight {
		// Proof size, measured: `590`
		// Minimum execution time: 75_322_000 picoseconds.
		Weight::from_parts(79_568_000, 6196)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Telemetry::ReportIds` (r:1 w:0)
	/// Proof: `Telemetry::ReportIds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Reports` (r:1499 w:1499)
	/// Proof: `Telemetry::Reports` (`max_values`: None, `max_size`: Some(123), added: 2598, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::NextToSettle` (r:1 w:1)
	/// Proof: `Telemetry::NextToSettle` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ActiveEra` (r:1 w:0)
	/// Proof: `Staking::ActiveEra` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::EraSpan` (r:1 w:1)
	/// Proof: `Telemetry::EraSpan` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Eras` (r:3 w:3)
	/// Proof: `Telemetry::Eras` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:3 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::SetAside` (r:1 w:1)
	/// Proof: `Telemetry::SetAside` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Points` (r:1000 w:1000)
	/// Proof: `Telemetry::Points` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Commitments` (r:501 w:500)
	/// Proof: `Telemetry::Commitments` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Revealed` (r:500 w:499)
	/// Proof: `Telemetry::Revealed` (`max_values`: None, `max_size`: Some(87), added: 2562, mode: `MaxEncodedLen`)
	/// Storage: `Staking::ErasStakersOverview` (r:500 w:0)
	/// Proof: `Staking::ErasStakersOverview` (`max_values`: None, `max_size`: Some(92), added: 2567, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Workers` (r:500 w:500)
	/// Proof: `Telemetry::Workers` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(373), added: 2848, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Records` (r:500 w:500)
	/// Proof: `Telemetry::Records` (`max_values`: None, `max_size`: Some(117), added: 2592, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Alarms` (r:1500 w:1499)
	/// Proof: `Telemetry::Alarms` (`max_values`: None, `max_size`: Some(77), added: 2552, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Feeds` (r:0 w:1)
	/// Proof: `Telemetry::Feeds` (`max_values`: None, `max_size`: Some(95), added: 2570, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::CommitmentCount` (r:0 w:1)
	/// Proof: `Telemetry::CommitmentCount` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// The range of component `r` is `[0, 500]`.
	/// The range of component `a` is `[0, 1500]`.
	fn settle(r: u32, a: u32) -> Weight {
		// Proof size, measured: `115188 + a * (200 ±0) + r * (226 ±0)`
		// Minimum execution time: 14_348_401_000 picoseconds.
		Weight::from_parts(15_288_815_000, 1296990)
			// Standard error: 2_039_686
			.saturating_add(Weight::from_parts(37_362_679, 0).saturating_mul(r.into()))
			// Standard error: 679_749
			.saturating_add(Weight::from_parts(28_042_195, 0).saturating_mul(a.into()))
			.saturating_add(T::DbWeight::get().reads(888_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(a.into())))
			.saturating_add(T::DbWeight::get().writes(381_u64))
			.saturating_add(T::DbWeight::get().writes((4_u64).saturating_mul(r.into())))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(a.into())))
			.saturating_add(Weight::from_parts(0, 2552).saturating_mul(a.into()))
			.saturating_add(Weight::from_parts(0, 2567).saturating_mul(r.into()))
	}
	/// Storage: `Telemetry::ReportIds` (r:1 w:1)
	/// Proof: `Telemetry::ReportIds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Reports` (r:16 w:16)
	/// Proof: `Telemetry::Reports` (`max_values`: None, `max_size`: Some(123), added: 2598, mode: `MaxEncodedLen`)
	/// Storage: `Telemetry::Workers` (r:16 w:16)
	/// Proof: `Telemetry::Workers` (`max_values`: None, `max_size`: Some(108), added: 2583, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[0, 16]`.
	fn forget_reports(n: u32) -> Weight {
		// Proof size, measured: `297 + n * (240 ±0)`
		// Minimum execution time: 5_558_000 picoseconds.
		Weight::from_parts(8_668_120, 1505)
			// Standard error: 21_404
			.saturating_add(Weight::from_parts(10_793_887, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2598).saturating_mul(n.into()))
	}
}

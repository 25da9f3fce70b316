//! Measured weights of `pallet_disputes`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-22, steps: 50, repeat: 20,
//! CPU: AMD EPYC. Times are the benchmark's, on one core; storage is charged at the runtime's
//! `DbWeight`.

#![allow(unused_parens, unused_imports, clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_disputes::WeightInfo for WeightInfo<T> {
	/// Storage: `Disputes::NextCaseId` (r:1 w:1)
	/// Proof: `Disputes::NextCaseId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:5 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAccount` (r:2 w:2)
	/// Proof: `Disputes::CasesByAccount` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAgent` (r:1 w:1)
	/// Proof: `Disputes::CasesByAgent` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Cases` (r:0 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:0 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	fn open_case() -> Weight {
		// Proof size, measured: `312`
		// Minimum execution time: 137_594_000 picoseconds.
		Weight::from_parts(212_415_000, 13545)
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn offer() -> Weight {
		// Proof size, measured: `342`
		// Minimum execution time: 16_144_000 picoseconds.
		Weight::from_parts(24_827_000, 3684)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAgent` (r:1 w:1)
	/// Proof: `Disputes::CasesByAgent` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Escrow::Contracts` (r:1 w:0)
	/// Proof: `Escrow::Contracts` (`max_values`: None, `max_size`: Some(1282), added: 3757, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAccount` (r:2 w:2)
	/// Proof: `Disputes::CasesByAccount` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	fn accept() -> Weight {
		// Proof size, measured: `1255`
		// Minimum execution time: 237_973_000 picoseconds.
		Weight::from_parts(358_302_000, 6650)
			.saturating_add(T::DbWeight::get().reads(13_u64))
			.saturating_add(T::DbWeight::get().writes(9_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn defend() -> Weight {
		// Proof size, measured: `694`
		// Minimum execution time: 79_138_000 picoseconds.
		Weight::from_parts(119_778_000, 5770)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Evidence` (r:0 w:1)
	/// Proof: `Disputes::Evidence` (`max_values`: None, `max_size`: Some(340), added: 2815, mode: `MaxEncodedLen`)
	fn submit_evidence() -> Weight {
		// Proof size, measured: `570`
		// Minimum execution time: 74_000_000 picoseconds.
		Weight::from_parts(111_225_000, 3820)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAgent` (r:1 w:1)
	/// Proof: `Disputes::CasesByAgent` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Escrow::Contracts` (r:1 w:0)
	/// Proof: `Escrow::Contracts` (`max_values`: None, `max_size`: Some(1282), added: 3757, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Agents` (r:1 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::LeavingAgents` (r:1 w:0)
	/// Proof: `Agents::LeavingAgents` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	fn rule() -> Weight {
		// Proof size, measured: `981`
		// Minimum execution time: 92_527_000 picoseconds.
		Weight::from_parts(137_965_000, 6196)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:0)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn commit() -> Weight {
		// Proof size, measured: `1791`
		// Minimum execution time: 28_502_000 picoseconds.
		Weight::from_parts(40_660_000, 5770)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:0)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn reveal() -> Weight {
		// Proof size, measured: `2837`
		// Minimum execution time: 39_779_000 picoseconds.
		Weight::from_parts(55_923_000, 5770)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:0)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:3 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Jurors` (r:1 w:0)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	fn denounce() -> Weight {
		// Proof size, measured: `2808`
		// Minimum execution time: 72_788_000 picoseconds.
		Weight::from_parts(117_454_000, 8523)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Requests` (r:1 w:1)
	/// Proof: `Jurors::Requests` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::DrawQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::DrawQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::DrawQueue` (r:0 w:1)
	/// Proof: `Jurors::DrawQueue` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	fn appeal() -> Weight {
		// Proof size, measured: `1099`
		// Minimum execution time: 110_654_000 picoseconds.
		Weight::from_parts(177_223_000, 5770)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAgent` (r:1 w:1)
	/// Proof: `Disputes::CasesByAgent` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Escrow::Contracts` (r:1 w:0)
	/// Proof: `Escrow::Contracts` (`max_values`: None, `max_size`: Some(1282), added: 3757, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Agents` (r:1 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::LeavingAgents` (r:1 w:0)
	/// Proof: `Agents::LeavingAgents` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	fn force_rule() -> Weight {
		// Proof size, measured: `1090`
		// Minimum execution time: 104_766_000 picoseconds.
		Weight::from_parts(189_271_000, 6196)
			.saturating_add(T::DbWeight::get().reads(10_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:0)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Requests` (r:1 w:1)
	/// Proof: `Jurors::Requests` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::DrawQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::DrawQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::DrawQueue` (r:0 w:1)
	/// Proof: `Jurors::DrawQueue` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	fn end_settlement() -> Weight {
		// Proof size, measured: `790`
		// Minimum execution time: 38_828_000 picoseconds.
		Weight::from_parts(65_838_000, 5770)
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	fn judge() -> Weight {
		// Proof size, measured: `1904`
		// Minimum execution time: 40_400_000 picoseconds.
		Weight::from_parts(66_018_000, 5770)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Jurors` (r:31 w:0)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAccount` (r:31 w:31)
	/// Proof: `Disputes::CasesByAccount` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Requests` (r:1 w:1)
	/// Proof: `Jurors::Requests` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::DrawQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::DrawQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::DrawQueue` (r:0 w:1)
	/// Proof: `Jurors::DrawQueue` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// The range of component `m` is `[1, 31]`.
	fn dismiss(m: u32) -> Weight {
		// Proof size, measured: `1397 + m * (122 ±0)`
		// Minimum execution time: 91_376_000 picoseconds.
		Weight::from_parts(91_518_683, 6012)
			// Standard error: 197_150
			.saturating_add(Weight::from_parts(32_155_196, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2610).saturating_mul(m.into()))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAgent` (r:1 w:1)
	/// Proof: `Disputes::CasesByAgent` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Escrow::Contracts` (r:1 w:0)
	/// Proof: `Escrow::Contracts` (`max_values`: None, `max_size`: Some(1282), added: 3757, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Agents` (r:1 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::LeavingAgents` (r:1 w:0)
	/// Proof: `Agents::LeavingAgents` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	fn end_appeal() -> Weight {
		// Proof size, measured: `1122`
		// Minimum execution time: 103_073_000 picoseconds.
		Weight::from_parts(179_025_000, 6196)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:3 w:3)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:34 w:34)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Jurors` (r:31 w:0)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAccount` (r:33 w:33)
	/// Proof: `Disputes::CasesByAccount` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// The range of component `m` is `[1, 31]`.
	fn pay(m: u32) -> Weight {
		// Proof size, measured: `2107 + m * (132 ±0)`
		// Minimum execution time: 244_042_000 picoseconds.
		Weight::from_parts(291_622_869, 9480)
			// Standard error: 384_954
			.saturating_add(Weight::from_parts(73_554_457, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(10_u64))
			.saturating_add(T::DbWeight::get().writes((2_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2610).saturating_mul(m.into()))
	}
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Evidence` (r:32 w:32)
	/// Proof: `Disputes::Evidence` (`max_values`: None, `max_size`: Some(340), added: 2815, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAccount` (r:2 w:2)
	/// Proof: `Disputes::CasesByAccount` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Cases` (r:0 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// The range of component `e` is `[0, 32]`.
	fn close(e: u32) -> Weight {
		// Proof size, measured: `1232 + e * (60 ±0)`
		// Minimum execution time: 159_216_000 picoseconds.
		Weight::from_parts(173_249_746, 6650)
			// Standard error: 365_773
			.saturating_add(Weight::from_parts(62_764_064, 0).saturating_mul(e.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(e.into())))
			.saturating_add(T::DbWeight::get().writes(8_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(e.into())))
			.saturating_add(Weight::from_parts(0, 2815).saturating_mul(e.into()))
	}
	/// Storage: `Disputes::Cases` (r:1 w:0)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:3 w:0)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Escrow::Business` (r:4 w:0)
	/// Proof: `Escrow::Business` (`max_values`: None, `max_size`: Some(104), added: 2579, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:5 w:0)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	fn is_excluded() -> Weight {
		// Proof size, measured: `3050`
		// Minimum execution time: 57_375_000 picoseconds.
		Weight::from_parts(89_302_000, 24890).saturating_add(T::DbWeight::get().reads(13_u64))
	}
	/// Storage: `Disputes::Cases` (r:1 w:1)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Rounds` (r:1 w:1)
	/// Proof: `Disputes::Rounds` (`max_values`: None, `max_size`: Some(2305), added: 4780, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAccount` (r:31 w:31)
	/// Proof: `Disputes::CasesByAccount` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// The range of component `m` is `[1, 31]`.
	fn on_jury_drawn(m: u32) -> Weight {
		// Proof size, measured: `1314 + m * (18 ±0)`
		// Minimum execution time: 40_871_000 picoseconds.
		Weight::from_parts(59_873_028, 6012)
			// Standard error: 23_273
			.saturating_add(Weight::from_parts(4_850_381, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2543).saturating_mul(m.into()))
	}
}

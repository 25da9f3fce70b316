//! Measured weights of `pallet_jurors`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-22, steps: 50, repeat: 20,
//! CPU: AMD EPYC. Times are the benchmark's, on one core; storage is charged at the runtime's
//! `DbWeight`.

#![allow(unused_parens, unused_imports, clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_jurors::WeightInfo for WeightInfo<T> {
	/// Storage: `Jurors::Jurors` (r:1 w:1)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:10 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::SlotUse` (r:1 w:1)
	/// Proof: `Jurors::SlotUse` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Slots` (r:1 w:1)
	/// Proof: `Jurors::Slots` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:0)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Standings` (r:1 w:0)
	/// Proof: `Reputation::Standings` (`max_values`: None, `max_size`: Some(280), added: 2755, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::ChangeQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::ChangeQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueue` (r:0 w:1)
	/// Proof: `Jurors::ChangeQueue` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	fn bond() -> Weight {
		// Proof size, measured: `898`
		// Minimum execution time: 131_936_000 picoseconds.
		Weight::from_parts(197_623_000, 26100)
			.saturating_add(T::DbWeight::get().reads(21_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Jurors::Jurors` (r:1 w:1)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:10 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:0)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Standings` (r:1 w:0)
	/// Proof: `Reputation::Standings` (`max_values`: None, `max_size`: Some(280), added: 2755, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueue` (r:1 w:1)
	/// Proof: `Jurors::ChangeQueue` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::ChangeQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::ChangeQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn unbond() -> Weight {
		// Proof size, measured: `962`
		// Minimum execution time: 73_419_000 picoseconds.
		Weight::from_parts(105_867_000, 26100)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Jurors::Jurors` (r:1 w:1)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueueEnds` (r:1 w:0)
	/// Proof: `Jurors::ChangeQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::SlotUse` (r:1 w:1)
	/// Proof: `Jurors::SlotUse` (`max_values`: Some(1), `max_size`: Some(13), added: 508, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Slots` (r:0 w:1)
	/// Proof: `Jurors::Slots` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	fn withdraw() -> Weight {
		// Proof size, measured: `511`
		// Minimum execution time: 71_005_000 picoseconds.
		Weight::from_parts(111_145_000, 3820)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Jurors::Jurors` (r:1 w:1)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:10 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:0)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Standings` (r:1 w:0)
	/// Proof: `Reputation::Standings` (`max_values`: None, `max_size`: Some(280), added: 2755, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueue` (r:1 w:1)
	/// Proof: `Jurors::ChangeQueue` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::ChangeQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::ChangeQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn refresh() -> Weight {
		// Proof size, measured: `999`
		// Minimum execution time: 71_926_000 picoseconds.
		Weight::from_parts(113_558_000, 26100)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Requests` (r:1 w:1)
	/// Proof: `Jurors::Requests` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::DrawQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::DrawQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::DrawQueue` (r:0 w:1)
	/// Proof: `Jurors::DrawQueue` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	fn request() -> Weight {
		// Proof size, measured: `151`
		// Minimum execution time: 14_662_000 picoseconds.
		Weight::from_parts(20_000_000, 3501)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Jurors::Jurors` (r:1 w:1)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:10 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:0)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Standings` (r:1 w:0)
	/// Proof: `Reputation::Standings` (`max_values`: None, `max_size`: Some(280), added: 2755, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueue` (r:1 w:0)
	/// Proof: `Jurors::ChangeQueue` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	fn forfeit() -> Weight {
		// Proof size, measured: `1258`
		// Minimum execution time: 108_851_000 picoseconds.
		Weight::from_parts(117_805_000, 26100)
			.saturating_add(T::DbWeight::get().reads(19_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Jurors::Jurors` (r:1 w:1)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:10 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:0)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Standings` (r:1 w:0)
	/// Proof: `Reputation::Standings` (`max_values`: None, `max_size`: Some(280), added: 2755, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueue` (r:1 w:1)
	/// Proof: `Jurors::ChangeQueue` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::ChangeQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::ChangeQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn unlock() -> Weight {
		// Proof size, measured: `999`
		// Minimum execution time: 68_522_000 picoseconds.
		Weight::from_parts(77_094_000, 26100)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::DrawQueueEnds` (r:1 w:0)
	/// Proof: `Jurors::DrawQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::DrawQueue` (r:1 w:0)
	/// Proof: `Jurors::DrawQueue` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueueEnds` (r:1 w:0)
	/// Proof: `Jurors::ChangeQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueue` (r:1 w:0)
	/// Proof: `Jurors::ChangeQueue` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	fn service() -> Weight {
		// Proof size, measured: `510`
		// Minimum execution time: 17_405_000 picoseconds.
		Weight::from_parts(20_049_000, 3537).saturating_add(T::DbWeight::get().reads(5_u64))
	}
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::DrawQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::DrawQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::DrawQueue` (r:2 w:1)
	/// Proof: `Jurors::DrawQueue` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Nodes` (r:69 w:0)
	/// Proof: `Jurors::Nodes` (`max_values`: None, `max_size`: Some(277), added: 2752, mode: `MaxEncodedLen`)
	/// Storage: `Babe::Randomness` (r:1 w:0)
	/// Proof: `Babe::Randomness` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Babe::EpochStart` (r:1 w:0)
	/// Proof: `Babe::EpochStart` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Slots` (r:214 w:0)
	/// Proof: `Jurors::Slots` (`max_values`: None, `max_size`: Some(45), added: 2520, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Jurors` (r:214 w:0)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::Cases` (r:1 w:0)
	/// Proof: `Disputes::Cases` (`max_values`: None, `max_size`: Some(219), added: 2694, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueueEnds` (r:1 w:0)
	/// Proof: `Jurors::ChangeQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueue` (r:1 w:0)
	/// Proof: `Jurors::ChangeQueue` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Requests` (r:0 w:1)
	/// Proof: `Jurors::Requests` (`max_values`: None, `max_size`: Some(25), added: 2500, mode: `MaxEncodedLen`)
	/// The range of component `s` is `[1, 31]`.
	fn draw(s: u32) -> Weight {
		// Proof size, measured: `25138 + s * (1740 ±0)`
		// Minimum execution time: 435_215_000 picoseconds.
		Weight::from_parts(527_166_465, 73435)
			// Standard error: 1_924_746
			.saturating_add(Weight::from_parts(267_767_793, 0).saturating_mul(s.into()))
			.saturating_add(T::DbWeight::get().reads(45_u64))
			.saturating_add(T::DbWeight::get().reads((15_u64).saturating_mul(s.into())))
			.saturating_add(T::DbWeight::get().writes(3_u64))
			.saturating_add(Weight::from_parts(0, 18017).saturating_mul(s.into()))
	}
	/// Storage: `Parameters::Parameters` (r:10 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Jurors` (r:1 w:1)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:0)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Standings` (r:1 w:0)
	/// Proof: `Reputation::Standings` (`max_values`: None, `max_size`: Some(280), added: 2755, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueue` (r:1 w:1)
	/// Proof: `Jurors::ChangeQueue` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::ChangeQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::ChangeQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	fn seat() -> Weight {
		// Proof size, measured: `962`
		// Minimum execution time: 67_700_000 picoseconds.
		Weight::from_parts(102_682_000, 26100)
			.saturating_add(T::DbWeight::get().reads(18_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Session::CurrentIndex` (r:1 w:0)
	/// Proof: `Session::CurrentIndex` (`max_values`: Some(1), `max_size`: None, mode: `Measured`)
	/// Storage: `Jurors::DrawQueueEnds` (r:1 w:0)
	/// Proof: `Jurors::DrawQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::DrawQueue` (r:1 w:0)
	/// Proof: `Jurors::DrawQueue` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueueEnds` (r:1 w:1)
	/// Proof: `Jurors::ChangeQueueEnds` (`max_values`: Some(1), `max_size`: Some(16), added: 511, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::ChangeQueue` (r:2 w:1)
	/// Proof: `Jurors::ChangeQueue` (`max_values`: None, `max_size`: Some(72), added: 2547, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Jurors` (r:1 w:1)
	/// Proof: `Jurors::Jurors` (`max_values`: None, `max_size`: Some(135), added: 2610, mode: `MaxEncodedLen`)
	/// Storage: `Jurors::Nodes` (r:4 w:4)
	/// Proof: `Jurors::Nodes` (`max_values`: None, `max_size`: Some(277), added: 2752, mode: `MaxEncodedLen`)
	fn apply() -> Weight {
		// Proof size, measured: `3506`
		// Minimum execution time: 118_666_000 picoseconds.
		Weight::from_parts(174_119_000, 11998)
			.saturating_add(T::DbWeight::get().reads(11_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
}

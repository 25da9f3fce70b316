//! Measured weights of `pallet_bitcoin_anchor`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-22, steps: 20, repeat: 10,
//! CPU: AMD EPYC. Times are the benchmark's, on one core; storage is charged at the runtime's
//! `DbWeight`.

#![allow(unused_parens, unused_imports, clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_bitcoin_anchor::WeightInfo for WeightInfo<T> {
	/// Storage: `BitcoinAnchor::Anchorers` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Anchorers` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(409), added: 2884, mode: `MaxEncodedLen`)
	fn register() -> Weight {
		// Proof size, measured: `115`
		// Minimum execution time: 108_621_000 picoseconds.
		Weight::from_parts(114_400_000, 3874)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `BitcoinAnchor::Anchorers` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Anchorers` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(409), added: 2884, mode: `MaxEncodedLen`)
	fn deregister() -> Weight {
		// Proof size, measured: `221`
		// Minimum execution time: 58_186_000 picoseconds.
		Weight::from_parts(63_243_000, 3874)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `BitcoinAnchor::Tasks` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Tasks` (`max_values`: None, `max_size`: Some(224), added: 2699, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Headers` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Headers` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Best` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Best` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::LookedAt` (r:0 w:1)
	/// Proof: `BitcoinAnchor::LookedAt` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 200000]`.
	fn prove(b: u32) -> Weight {
		// Proof size, measured: `656`
		// Minimum execution time: 228_699_000 picoseconds.
		Weight::from_parts(239_388_882, 3702)
			// Standard error: 277
			.saturating_add(Weight::from_parts(34_658, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `BitcoinAnchor::Tasks` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Tasks` (`max_values`: None, `max_size`: Some(224), added: 2699, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Anchorers` (r:1 w:0)
	/// Proof: `BitcoinAnchor::Anchorers` (`max_values`: None, `max_size`: Some(84), added: 2559, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:2 w:2)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[0, 200000]`.
	fn claim(b: u32) -> Weight {
		// Proof size, measured: `612`
		// Minimum execution time: 75_842_000 picoseconds.
		Weight::from_parts(356_545, 6196)
			// Standard error: 166
			.saturating_add(Weight::from_parts(33_058, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `BitcoinLightClient::Tip` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Tip` (`max_values`: Some(1), `max_size`: Some(81), added: 576, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Prepared` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Prepared` (`max_values`: Some(1), `max_size`: Some(45), added: 540, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::LookedAt` (r:1 w:0)
	/// Proof: `BitcoinAnchor::LookedAt` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Grandpa::CurrentSetId` (r:1 w:0)
	/// Proof: `Grandpa::CurrentSetId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	fn watch() -> Weight {
		// Proof size, measured: `541`
		// Minimum execution time: 20_790_000 picoseconds.
		Weight::from_parts(33_840_000, 3501)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `BitcoinLightClient::Tip` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Tip` (`max_values`: Some(1), `max_size`: Some(81), added: 576, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Prepared` (r:1 w:0)
	/// Proof: `BitcoinAnchor::Prepared` (`max_values`: Some(1), `max_size`: Some(45), added: 540, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::LookedAt` (r:1 w:1)
	/// Proof: `BitcoinAnchor::LookedAt` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Open` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Open` (`max_values`: Some(1), `max_size`: Some(129), added: 624, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Tasks` (r:32 w:32)
	/// Proof: `BitcoinAnchor::Tasks` (`max_values`: None, `max_size`: Some(224), added: 2699, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Headers` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Headers` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Best` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Best` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Committed` (r:1 w:0)
	/// Proof: `AuditLog::Committed` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// The range of component `n` is `[0, 32]`.
	fn look(n: u32) -> Weight {
		// Proof size, measured: `935 + n * (231 ±0)`
		// Minimum execution time: 13_340_000 picoseconds.
		Weight::from_parts(39_975_373, 3702)
			// Standard error: 75_898
			.saturating_add(Weight::from_parts(18_929_196, 0).saturating_mul(n.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(n.into())))
			.saturating_add(T::DbWeight::get().writes(2_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(n.into())))
			.saturating_add(Weight::from_parts(0, 2699).saturating_mul(n.into()))
	}
	/// Storage: `BitcoinLightClient::Tip` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Tip` (`max_values`: Some(1), `max_size`: Some(81), added: 576, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Prepared` (r:1 w:0)
	/// Proof: `BitcoinAnchor::Prepared` (`max_values`: Some(1), `max_size`: Some(45), added: 540, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::LookedAt` (r:1 w:1)
	/// Proof: `BitcoinAnchor::LookedAt` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Open` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Open` (`max_values`: Some(1), `max_size`: Some(129), added: 624, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Tasks` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Tasks` (`max_values`: None, `max_size`: Some(224), added: 2699, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Headers` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Headers` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Best` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Best` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::LatestFinal` (r:1 w:1)
	/// Proof: `BitcoinAnchor::LatestFinal` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Committed` (r:1 w:1)
	/// Proof: `AuditLog::Committed` (`max_values`: Some(1), `max_size`: Some(40), added: 535, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Lists` (r:3 w:3)
	/// Proof: `AuditLog::Lists` (`max_values`: None, `max_size`: Some(66), added: 2541, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Nodes` (r:0 w:1)
	/// Proof: `AuditLog::Nodes` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Listed` (r:0 w:3)
	/// Proof: `AuditLog::Listed` (`max_values`: None, `max_size`: Some(74), added: 2549, mode: `MaxEncodedLen`)
	/// Storage: `AuditLog::Records` (r:0 w:1)
	/// Proof: `AuditLog::Records` (`max_values`: None, `max_size`: Some(271), added: 2746, mode: `MaxEncodedLen`)
	fn finish() -> Weight {
		// Proof size, measured: `2172`
		// Minimum execution time: 133_167_000 picoseconds.
		Weight::from_parts(264_232_000, 8613)
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().writes(13_u64))
	}
	/// Storage: `BitcoinAnchor::Prepared` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Prepared` (`max_values`: Some(1), `max_size`: Some(45), added: 540, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Tip` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Tip` (`max_values`: Some(1), `max_size`: Some(81), added: 576, mode: `MaxEncodedLen`)
	/// Storage: `System::ParentHash` (r:1 w:0)
	/// Proof: `System::ParentHash` (`max_values`: Some(1), `max_size`: Some(32), added: 527, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Open` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Open` (`max_values`: Some(1), `max_size`: Some(129), added: 624, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Tasks` (r:32 w:3)
	/// Proof: `BitcoinAnchor::Tasks` (`max_values`: None, `max_size`: Some(224), added: 2699, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinAnchor::Heights` (r:1 w:1)
	/// Proof: `BitcoinAnchor::Heights` (`max_values`: Some(1), `max_size`: Some(4098), added: 4593, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	fn make() -> Weight {
		// Proof size, measured: `21279`
		// Minimum execution time: 263_711_000 picoseconds.
		Weight::from_parts(353_173_000, 87358)
			.saturating_add(T::DbWeight::get().reads(38_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
}

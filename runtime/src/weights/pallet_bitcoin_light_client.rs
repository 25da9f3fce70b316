//! Measured weights of `pallet_bitcoin_light_client`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-22, steps: 20, repeat: 10,
//! CPU: AMD EPYC. Times are the benchmark's, on one core; storage is charged at the runtime's
//! `DbWeight`.

#![allow(unused_parens, unused_imports, clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_bitcoin_light_client::WeightInfo for WeightInfo<T> {
	/// Storage: `BitcoinLightClient::Tip` (r:1 w:1)
	/// Proof: `BitcoinLightClient::Tip` (`max_values`: Some(1), `max_size`: Some(81), added: 576, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Headers` (r:501 w:3500)
	/// Proof: `BitcoinLightClient::Headers` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Best` (r:1001 w:1500)
	/// Proof: `BitcoinLightClient::Best` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Floor` (r:1 w:1)
	/// Proof: `BitcoinLightClient::Floor` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Stale` (r:500 w:500)
	/// Proof: `BitcoinLightClient::Stale` (`max_values`: None, `max_size`: Some(141), added: 2616, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Oldest` (r:1 w:1)
	/// Proof: `BitcoinLightClient::Oldest` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::LastFree` (r:1 w:1)
	/// Proof: `BitcoinLightClient::LastFree` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// The range of component `h` is `[1, 500]`.
	fn submit(h: u32) -> Weight {
		// Proof size, measured: `44234 + h * (462 ±0)`
		// Minimum execution time: 302_358_000 picoseconds.
		Weight::from_parts(325_813_000, 3702)
			// Standard error: 1_297_194
			.saturating_add(Weight::from_parts(76_007_574, 0).saturating_mul(h.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((4_u64).saturating_mul(h.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((11_u64).saturating_mul(h.into())))
			.saturating_add(Weight::from_parts(0, 5038).saturating_mul(h.into()))
	}
	/// Storage: `BitcoinLightClient::Tip` (r:1 w:1)
	/// Proof: `BitcoinLightClient::Tip` (`max_values`: Some(1), `max_size`: Some(81), added: 576, mode: `MaxEncodedLen`)
	/// Storage: `Timestamp::Now` (r:1 w:0)
	/// Proof: `Timestamp::Now` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Headers` (r:200 w:5)
	/// Proof: `BitcoinLightClient::Headers` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Best` (r:100 w:100)
	/// Proof: `BitcoinLightClient::Best` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Floor` (r:1 w:1)
	/// Proof: `BitcoinLightClient::Floor` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Stale` (r:99 w:99)
	/// Proof: `BitcoinLightClient::Stale` (`max_values`: None, `max_size`: Some(141), added: 2616, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Oldest` (r:1 w:1)
	/// Proof: `BitcoinLightClient::Oldest` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// The range of component `m` is `[2, 198]`.
	fn reorganize(m: u32) -> Weight {
		// Proof size, measured: `832 + m * (396 ±0)`
		// Minimum execution time: 79_999_000 picoseconds.
		Weight::from_parts(70_006_361, 6414)
			// Standard error: 303_565
			.saturating_add(Weight::from_parts(19_646_392, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(8_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(5_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 2712).saturating_mul(m.into()))
	}
	/// Storage: `BitcoinLightClient::Headers` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Headers` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Best` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Best` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// The range of component `b` is `[2000, 200000]`.
	fn verify_inclusion(b: u32) -> Weight {
		// Proof size, measured: `537`
		// Minimum execution time: 121_610_000 picoseconds.
		Weight::from_parts(109_355_278, 3702)
			// Standard error: 195
			.saturating_add(Weight::from_parts(15_545, 0).saturating_mul(b.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
	}
	/// Storage: `BitcoinLightClient::Tip` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Tip` (`max_values`: Some(1), `max_size`: Some(81), added: 576, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Headers` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Headers` (`max_values`: None, `max_size`: Some(237), added: 2712, mode: `MaxEncodedLen`)
	/// Storage: `BitcoinLightClient::Best` (r:1 w:0)
	/// Proof: `BitcoinLightClient::Best` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	fn find() -> Weight {
		// Proof size, measured: `608`
		// Minimum execution time: 11_938_000 picoseconds.
		Weight::from_parts(16_575_000, 3702).saturating_add(T::DbWeight::get().reads(3_u64))
	}
}

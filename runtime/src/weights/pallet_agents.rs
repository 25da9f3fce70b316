//! Measured weights of `pallet_agents`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-22, steps: 50, repeat: 20,
//! CPU: AMD EPYC. Times are the benchmark's, on one core; storage is charged at the runtime's
//! `DbWeight`.

#![allow(unused_parens, unused_imports, clippy::unnecessary_cast)]

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_agents::WeightInfo for WeightInfo<T> {
	/// Storage: `Agents::NextAgentId` (r:1 w:1)
	/// Proof: `Agents::NextAgentId` (`max_values`: Some(1), `max_size`: Some(8), added: 503, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:2 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Agents` (r:0 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentsByOwner` (r:0 w:1)
	/// Proof: `Agents::AgentsByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[3, 256]`.
	fn register(u: u32) -> Weight {
		// Proof size, measured: `320`
		// Minimum execution time: 145_997_000 picoseconds.
		Weight::from_parts(194_807_696, 6012)
			// Standard error: 4_006
			.saturating_add(Weight::from_parts(39_956, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[3, 256]`.
	fn update(u: u32) -> Weight {
		// Proof size, measured: `480`
		// Minimum execution time: 15_062_000 picoseconds.
		Weight::from_parts(75_981_583, 3877)
			// Standard error: 2_426
			.saturating_add(Weight::from_parts(8_096, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:2)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `System::BlockHash` (r:1 w:0)
	/// Proof: `System::BlockHash` (`max_values`: None, `max_size`: Some(44), added: 2519, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	/// Proof: `Agents::ProposedWallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn set_wallet_with_proof() -> Weight {
		// Proof size, measured: `830`
		// Minimum execution time: 122_412_000 picoseconds.
		Weight::from_parts(143_884_000, 3877)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:0)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	/// Proof: `Agents::ProposedWallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn set_wallet_without_proof() -> Weight {
		// Proof size, measured: `733`
		// Minimum execution time: 17_866_000 picoseconds.
		Weight::from_parts(20_120_000, 3877)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::ProposedWallets` (r:1 w:1)
	/// Proof: `Agents::ProposedWallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:2)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn accept_wallet() -> Weight {
		// Proof size, measured: `877`
		// Minimum execution time: 32_919_000 picoseconds.
		Weight::from_parts(36_795_000, 3877)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::ProposedWallets` (r:1 w:1)
	/// Proof: `Agents::ProposedWallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Capabilities` (r:33 w:32)
	/// Proof: `Agents::Capabilities` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityCounts` (r:16 w:16)
	/// Proof: `Agents::CapabilityCounts` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityPages` (r:32 w:32)
	/// Proof: `Agents::CapabilityPages` (`max_values`: None, `max_size`: Some(4890), added: 7365, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:0 w:1)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// The range of component `c` is `[0, 16]`.
	fn remove_wallet(c: u32) -> Weight {
		// Proof size, measured: `10781 + c * (200 ±0)`
		// Minimum execution time: 31_857_000 picoseconds.
		Weight::from_parts(97_466_144, 3877)
			// Standard error: 641_019
			.saturating_add(Weight::from_parts(56_206_240, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(4_u64))
			.saturating_add(T::DbWeight::get().writes((5_u64).saturating_mul(c.into())))
			.saturating_add(Weight::from_parts(0, 14730).saturating_mul(c.into()))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:0)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:10 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Standings` (r:1 w:0)
	/// Proof: `Reputation::Standings` (`max_values`: None, `max_size`: Some(280), added: 2755, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Capabilities` (r:17 w:16)
	/// Proof: `Agents::Capabilities` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityCounts` (r:16 w:16)
	/// Proof: `Agents::CapabilityCounts` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityPages` (r:16 w:16)
	/// Proof: `Agents::CapabilityPages` (`max_values`: None, `max_size`: Some(4890), added: 7365, mode: `MaxEncodedLen`)
	/// The range of component `c` is `[0, 16]`.
	fn activate(c: u32) -> Weight {
		// Proof size, measured: `5802 + c * (128 ±0)`
		// Minimum execution time: 58_517_000 picoseconds.
		Weight::from_parts(72_364_478, 26100)
			// Standard error: 160_229
			.saturating_add(Weight::from_parts(22_352_585, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().reads((3_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((3_u64).saturating_mul(c.into())))
			.saturating_add(Weight::from_parts(0, 7365).saturating_mul(c.into()))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Capabilities` (r:33 w:32)
	/// Proof: `Agents::Capabilities` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityCounts` (r:16 w:16)
	/// Proof: `Agents::CapabilityCounts` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityPages` (r:32 w:32)
	/// Proof: `Agents::CapabilityPages` (`max_values`: None, `max_size`: Some(4890), added: 7365, mode: `MaxEncodedLen`)
	/// The range of component `c` is `[0, 16]`.
	fn deactivate(c: u32) -> Weight {
		// Proof size, measured: `10637 + c * (200 ±0)`
		// Minimum execution time: 19_138_000 picoseconds.
		Weight::from_parts(25_493_852, 3877)
			// Standard error: 852_742
			.saturating_add(Weight::from_parts(71_257_881, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((5_u64).saturating_mul(c.into())))
			.saturating_add(Weight::from_parts(0, 14730).saturating_mul(c.into()))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Market::OpenBids` (r:1 w:0)
	/// Proof: `Market::OpenBids` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Escrow::OpenWork` (r:1 w:0)
	/// Proof: `Escrow::OpenWork` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAgent` (r:1 w:0)
	/// Proof: `Disputes::CasesByAgent` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:0)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Capabilities` (r:33 w:32)
	/// Proof: `Agents::Capabilities` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityCounts` (r:16 w:16)
	/// Proof: `Agents::CapabilityCounts` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityPages` (r:32 w:32)
	/// Proof: `Agents::CapabilityPages` (`max_values`: None, `max_size`: Some(4890), added: 7365, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Metadata` (r:33 w:32)
	/// Proof: `Agents::Metadata` (`max_values`: None, `max_size`: Some(1107), added: 3582, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:0 w:1)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CardKeys` (r:0 w:1)
	/// Proof: `Agents::CardKeys` (`max_values`: None, `max_size`: Some(217), added: 2692, mode: `MaxEncodedLen`)
	/// Storage: `Agents::OfferedTransfers` (r:0 w:1)
	/// Proof: `Agents::OfferedTransfers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::LeavingAgents` (r:0 w:1)
	/// Proof: `Agents::LeavingAgents` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	/// Proof: `Agents::ProposedWallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentsByOwner` (r:0 w:1)
	/// Proof: `Agents::AgentsByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `c` is `[0, 16]`.
	/// The range of component `m` is `[0, 32]`.
	fn deregister(c: u32, m: u32) -> Weight {
		// Proof size, measured: `12000 + c * (200 ±0) + m * (87 ±0)`
		// Minimum execution time: 303_310_000 picoseconds.
		Weight::from_parts(344_832_000, 4572)
			// Standard error: 636_481
			.saturating_add(Weight::from_parts(64_393_267, 0).saturating_mul(c.into()))
			// Standard error: 316_790
			.saturating_add(Weight::from_parts(7_720_075, 0).saturating_mul(m.into()))
			.saturating_add(T::DbWeight::get().reads(12_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().reads((1_u64).saturating_mul(m.into())))
			.saturating_add(T::DbWeight::get().writes(9_u64))
			.saturating_add(T::DbWeight::get().writes((5_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(m.into())))
			.saturating_add(Weight::from_parts(0, 14730).saturating_mul(c.into()))
			.saturating_add(Weight::from_parts(0, 3582).saturating_mul(m.into()))
	}
	/// Storage: `Agents::LeavingAgents` (r:1 w:1)
	/// Proof: `Agents::LeavingAgents` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:0)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Escrow::OpenWork` (r:1 w:0)
	/// Proof: `Escrow::OpenWork` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAgent` (r:1 w:0)
	/// Proof: `Disputes::CasesByAgent` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:0)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn release_bond() -> Weight {
		// Proof size, measured: `451`
		// Minimum execution time: 66_608_000 picoseconds.
		Weight::from_parts(99_507_000, 3820)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:0)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:10 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Standings` (r:1 w:0)
	/// Proof: `Reputation::Standings` (`max_values`: None, `max_size`: Some(280), added: 2755, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Capabilities` (r:17 w:0)
	/// Proof: `Agents::Capabilities` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityPages` (r:16 w:16)
	/// Proof: `Agents::CapabilityPages` (`max_values`: None, `max_size`: Some(4890), added: 7365, mode: `MaxEncodedLen`)
	/// The range of component `c` is `[0, 16]`.
	fn heartbeat(c: u32) -> Weight {
		// Proof size, measured: `5950 + c * (132 ±0)`
		// Minimum execution time: 89_993_000 picoseconds.
		Weight::from_parts(131_590_121, 26100)
			// Standard error: 432_560
			.saturating_add(Weight::from_parts(32_741_438, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(16_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(c.into())))
			.saturating_add(Weight::from_parts(0, 7365).saturating_mul(c.into()))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Standings` (r:1 w:0)
	/// Proof: `Reputation::Standings` (`max_values`: None, `max_size`: Some(280), added: 2755, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:9 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Capabilities` (r:17 w:0)
	/// Proof: `Agents::Capabilities` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityPages` (r:16 w:16)
	/// Proof: `Agents::CapabilityPages` (`max_values`: None, `max_size`: Some(4890), added: 7365, mode: `MaxEncodedLen`)
	/// The range of component `c` is `[0, 16]`.
	fn refresh(c: u32) -> Weight {
		// Proof size, measured: `5887 + c * (132 ±0)`
		// Minimum execution time: 52_107_000 picoseconds.
		Weight::from_parts(104_640_768, 23589)
			// Standard error: 458_200
			.saturating_add(Weight::from_parts(33_283_449, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(14_u64))
			.saturating_add(T::DbWeight::get().reads((2_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((1_u64).saturating_mul(c.into())))
			.saturating_add(Weight::from_parts(0, 7365).saturating_mul(c.into()))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Tags` (r:1 w:0)
	/// Proof: `Agents::Tags` (`max_values`: None, `max_size`: Some(96), added: 2571, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Capabilities` (r:1 w:1)
	/// Proof: `Agents::Capabilities` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityCounts` (r:1 w:1)
	/// Proof: `Agents::CapabilityCounts` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityPages` (r:1 w:1)
	/// Proof: `Agents::CapabilityPages` (`max_values`: None, `max_size`: Some(4890), added: 7365, mode: `MaxEncodedLen`)
	fn set_capability() -> Weight {
		// Proof size, measured: `6109`
		// Minimum execution time: 91_946_000 picoseconds.
		Weight::from_parts(119_937_000, 8355)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Capabilities` (r:2 w:2)
	/// Proof: `Agents::Capabilities` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityCounts` (r:1 w:1)
	/// Proof: `Agents::CapabilityCounts` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityPages` (r:2 w:2)
	/// Proof: `Agents::CapabilityPages` (`max_values`: None, `max_size`: Some(4890), added: 7365, mode: `MaxEncodedLen`)
	fn remove_capability() -> Weight {
		// Proof size, measured: `10929`
		// Minimum execution time: 114_861_000 picoseconds.
		Weight::from_parts(175_620_000, 15720)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Metadata` (r:1 w:1)
	/// Proof: `Agents::Metadata` (`max_values`: None, `max_size`: Some(1107), added: 3582, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// The range of component `v` is `[0, 1024]`.
	fn set_metadata(v: u32) -> Weight {
		// Proof size, measured: `1932`
		// Minimum execution time: 25_838_000 picoseconds.
		Weight::from_parts(98_917_250, 4572)
			// Standard error: 675
			.saturating_add(Weight::from_parts(4_472, 0).saturating_mul(v.into()))
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Metadata` (r:1 w:1)
	/// Proof: `Agents::Metadata` (`max_values`: None, `max_size`: Some(1107), added: 3582, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn remove_metadata() -> Weight {
		// Proof size, measured: `1932`
		// Minimum execution time: 65_216_000 picoseconds.
		Weight::from_parts(107_779_000, 4572)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CardKeys` (r:1 w:1)
	/// Proof: `Agents::CardKeys` (`max_values`: None, `max_size`: Some(217), added: 2692, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn add_card_key() -> Weight {
		// Proof size, measured: `994`
		// Minimum execution time: 71_897_000 picoseconds.
		Weight::from_parts(117_014_000, 3877)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CardKeys` (r:1 w:1)
	/// Proof: `Agents::CardKeys` (`max_values`: None, `max_size`: Some(217), added: 2692, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	fn remove_card_key() -> Weight {
		// Proof size, measured: `1044`
		// Minimum execution time: 64_315_000 picoseconds.
		Weight::from_parts(96_824_000, 3877)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::OfferedTransfers` (r:0 w:1)
	/// Proof: `Agents::OfferedTransfers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn offer_transfer() -> Weight {
		// Proof size, measured: `721`
		// Minimum execution time: 14_532_000 picoseconds.
		Weight::from_parts(21_642_000, 3877)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::OfferedTransfers` (r:1 w:1)
	/// Proof: `Agents::OfferedTransfers` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Market::OpenBids` (r:1 w:0)
	/// Proof: `Market::OpenBids` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `Escrow::OpenWork` (r:1 w:0)
	/// Proof: `Escrow::OpenWork` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Disputes::CasesByAgent` (r:1 w:0)
	/// Proof: `Disputes::CasesByAgent` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Validations::OpenValidations` (r:1 w:0)
	/// Proof: `Validations::OpenValidations` (`max_values`: None, `max_size`: Some(20), added: 2495, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CardKeys` (r:1 w:1)
	/// Proof: `Agents::CardKeys` (`max_values`: None, `max_size`: Some(217), added: 2692, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:2 w:2)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Capabilities` (r:33 w:32)
	/// Proof: `Agents::Capabilities` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityCounts` (r:16 w:16)
	/// Proof: `Agents::CapabilityCounts` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityPages` (r:32 w:32)
	/// Proof: `Agents::CapabilityPages` (`max_values`: None, `max_size`: Some(4890), added: 7365, mode: `MaxEncodedLen`)
	/// Storage: `Reputation::Standings` (r:1 w:1)
	/// Proof: `Reputation::Standings` (`max_values`: None, `max_size`: Some(280), added: 2755, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:9 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:0 w:1)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	/// Proof: `Agents::ProposedWallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentsByOwner` (r:0 w:2)
	/// Proof: `Agents::AgentsByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `c` is `[0, 16]`.
	fn accept_transfer(c: u32) -> Weight {
		// Proof size, measured: `11422 + c * (200 ±0)`
		// Minimum execution time: 272_634_000 picoseconds.
		Weight::from_parts(486_262_979, 23589)
			// Standard error: 1_347_228
			.saturating_add(Weight::from_parts(61_628_644, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(24_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(12_u64))
			.saturating_add(T::DbWeight::get().writes((5_u64).saturating_mul(c.into())))
			.saturating_add(Weight::from_parts(0, 14730).saturating_mul(c.into()))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Capabilities` (r:33 w:32)
	/// Proof: `Agents::Capabilities` (`max_values`: None, `max_size`: Some(126), added: 2601, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityCounts` (r:16 w:16)
	/// Proof: `Agents::CapabilityCounts` (`max_values`: None, `max_size`: Some(16), added: 2491, mode: `MaxEncodedLen`)
	/// Storage: `Agents::CapabilityPages` (r:32 w:32)
	/// Proof: `Agents::CapabilityPages` (`max_values`: None, `max_size`: Some(4890), added: 7365, mode: `MaxEncodedLen`)
	/// The range of component `c` is `[0, 16]`.
	fn suspend(c: u32) -> Weight {
		// Proof size, measured: `10637 + c * (200 ±0)`
		// Minimum execution time: 27_871_000 picoseconds.
		Weight::from_parts(62_264_140, 3877)
			// Standard error: 557_126
			.saturating_add(Weight::from_parts(58_064_159, 0).saturating_mul(c.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().reads((5_u64).saturating_mul(c.into())))
			.saturating_add(T::DbWeight::get().writes(1_u64))
			.saturating_add(T::DbWeight::get().writes((5_u64).saturating_mul(c.into())))
			.saturating_add(Weight::from_parts(0, 14730).saturating_mul(c.into()))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	fn reinstate() -> Weight {
		// Proof size, measured: `688`
		// Minimum execution time: 14_632_000 picoseconds.
		Weight::from_parts(17_556_000, 3877)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::TagOfName` (r:1 w:1)
	/// Proof: `Agents::TagOfName` (`max_values`: None, `max_size`: Some(53), added: 2528, mode: `MaxEncodedLen`)
	/// Storage: `Agents::NextTagId` (r:1 w:1)
	/// Proof: `Agents::NextTagId` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Tags` (r:0 w:1)
	/// Proof: `Agents::Tags` (`max_values`: None, `max_size`: Some(96), added: 2571, mode: `MaxEncodedLen`)
	fn create_tag() -> Weight {
		// Proof size, measured: `422`
		// Minimum execution time: 18_328_000 picoseconds.
		Weight::from_parts(27_100_000, 3518)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Agents::Tags` (r:1 w:1)
	/// Proof: `Agents::Tags` (`max_values`: None, `max_size`: Some(96), added: 2571, mode: `MaxEncodedLen`)
	fn retire_tag() -> Weight {
		// Proof size, measured: `511`
		// Minimum execution time: 12_799_000 picoseconds.
		Weight::from_parts(22_584_000, 3561)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(412), added: 2887, mode: `MaxEncodedLen`)
	/// Storage: `Agents::LeavingAgents` (r:1 w:1)
	/// Proof: `Agents::LeavingAgents` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(355), added: 2830, mode: `MaxEncodedLen`)
	/// Storage: `System::Account` (r:1 w:1)
	/// Proof: `System::Account` (`max_values`: None, `max_size`: Some(128), added: 2603, mode: `MaxEncodedLen`)
	fn slash() -> Weight {
		// Proof size, measured: `476`
		// Minimum execution time: 62_402_000 picoseconds.
		Weight::from_parts(78_897_000, 3877)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

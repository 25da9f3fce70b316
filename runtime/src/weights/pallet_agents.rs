//! Measured weights of `pallet_agents`, written by `scripts/benchmark`. Do not edit.
//!
//! Date: 2026-11-20, steps: 50, repeat: 20,
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
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Agents` (r:0 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(380), added: 2855, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentsByOwner` (r:0 w:1)
	/// Proof: `Agents::AgentsByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[3, 256]`.
	fn register(u: u32) -> Weight {
		// Proof size, measured: `237`
		// Minimum execution time: 148_289_000 picoseconds.
		Weight::from_parts(152_455_135, 6012)
			// Standard error: 130
			.saturating_add(Weight::from_parts(1_946, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(380), added: 2855, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// The range of component `u` is `[3, 256]`.
	fn update(u: u32) -> Weight {
		// Proof size, measured: `403`
		// Minimum execution time: 15_033_000 picoseconds.
		Weight::from_parts(61_793_516, 3845)
			// Standard error: 952
			.saturating_add(Weight::from_parts(24_245, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(380), added: 2855, mode: `MaxEncodedLen`)
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
		// Proof size, measured: `753`
		// Minimum execution time: 120_628_000 picoseconds.
		Weight::from_parts(126_057_000, 3845)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:0)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(380), added: 2855, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:0)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	/// Proof: `Agents::ProposedWallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn set_wallet_without_proof() -> Weight {
		// Proof size, measured: `656`
		// Minimum execution time: 17_667_000 picoseconds.
		Weight::from_parts(19_068_000, 3845)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(380), added: 2855, mode: `MaxEncodedLen`)
	/// Storage: `Agents::ProposedWallets` (r:1 w:1)
	/// Proof: `Agents::ProposedWallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:2)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn accept_wallet() -> Weight {
		// Proof size, measured: `766`
		// Minimum execution time: 31_026_000 picoseconds.
		Weight::from_parts(32_668_000, 3845)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(380), added: 2855, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::ProposedWallets` (r:1 w:1)
	/// Proof: `Agents::ProposedWallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:0 w:1)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	fn remove_wallet() -> Weight {
		// Proof size, measured: `721`
		// Minimum execution time: 25_738_000 picoseconds.
		Weight::from_parts(27_812_000, 3845)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(380), added: 2855, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:0)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	fn activate() -> Weight {
		// Proof size, measured: `648`
		// Minimum execution time: 17_466_000 picoseconds.
		Weight::from_parts(18_758_000, 3845)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(380), added: 2855, mode: `MaxEncodedLen`)
	fn deactivate() -> Weight {
		// Proof size, measured: `611`
		// Minimum execution time: 14_461_000 picoseconds.
		Weight::from_parts(15_713_000, 3845)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Proof: `Agents::Agents` (`max_values`: None, `max_size`: Some(380), added: 2855, mode: `MaxEncodedLen`)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Proof: `Agents::Wallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Escrow::OpenWork` (r:1 w:0)
	/// Proof: `Escrow::OpenWork` (`max_values`: None, `max_size`: Some(52), added: 2527, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Parameters::Parameters` (r:1 w:0)
	/// Proof: `Parameters::Parameters` (`max_values`: None, `max_size`: Some(36), added: 2511, mode: `MaxEncodedLen`)
	/// Storage: `NetworkParameters::Constants` (r:1 w:0)
	/// Proof: `NetworkParameters::Constants` (`max_values`: Some(1), `max_size`: Some(20), added: 515, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentOfWallet` (r:0 w:1)
	/// Proof: `Agents::AgentOfWallet` (`max_values`: None, `max_size`: Some(56), added: 2531, mode: `MaxEncodedLen`)
	/// Storage: `Agents::LeavingAgents` (r:0 w:1)
	/// Proof: `Agents::LeavingAgents` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	/// Proof: `Agents::ProposedWallets` (`max_values`: None, `max_size`: Some(48), added: 2523, mode: `MaxEncodedLen`)
	/// Storage: `Agents::AgentsByOwner` (r:0 w:1)
	/// Proof: `Agents::AgentsByOwner` (`max_values`: None, `max_size`: Some(64), added: 2539, mode: `MaxEncodedLen`)
	fn deregister() -> Weight {
		// Proof size, measured: `859`
		// Minimum execution time: 79_037_000 picoseconds.
		Weight::from_parts(81_982_000, 3845)
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(7_u64))
	}
	/// Storage: `Agents::LeavingAgents` (r:1 w:1)
	/// Proof: `Agents::LeavingAgents` (`max_values`: None, `max_size`: Some(68), added: 2543, mode: `MaxEncodedLen`)
	/// Storage: `ActiveClock::Now` (r:1 w:0)
	/// Proof: `ActiveClock::Now` (`max_values`: Some(1), `max_size`: Some(4), added: 499, mode: `MaxEncodedLen`)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Proof: `Balances::Holds` (`max_values`: None, `max_size`: Some(175), added: 2650, mode: `MaxEncodedLen`)
	fn release_bond() -> Weight {
		// Proof size, measured: `326`
		// Minimum execution time: 55_342_000 picoseconds.
		Weight::from_parts(57_816_000, 3640)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(2_u64))
	}
}

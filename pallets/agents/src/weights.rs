//! Weights of `pallet_agents`.
//!
//! PROVISIONAL: numbers by hand, above what is expected, until `benchmark pallet` generates this
//! file. Reads and writes beside the storage listed are parameters and the clock.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(unused_parens)]
#![allow(unused_imports)]
#![allow(missing_docs)]
#![allow(dead_code)]

use frame_support::{traits::Get, weights::{Weight, constants::RocksDbWeight}};
use core::marker::PhantomData;

/// Weight functions needed for `pallet_agents`.
pub trait WeightInfo {
	fn register(u: u32, ) -> Weight;
	fn update(u: u32, ) -> Weight;
	fn set_wallet_with_proof() -> Weight;
	fn set_wallet_without_proof() -> Weight;
	fn accept_wallet() -> Weight;
	fn remove_wallet() -> Weight;
	fn activate() -> Weight;
	fn deactivate() -> Weight;
	fn deregister() -> Weight;
	fn release_bond() -> Weight;
}

/// Weights for `pallet_agents` using the Substrate node and recommended hardware.
pub struct SubstrateWeight<T>(PhantomData<T>);
impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
	/// Storage: `Agents::NextAgentId` (r:1 w:1)
	/// Storage: `Agents::Agents` (r:0 w:1)
	/// Storage: `Agents::AgentsByOwner` (r:0 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:2 w:2)
	/// The range of component `u` is `[3, 256]`.
	fn register(u: u32, ) -> Weight {
		Weight::from_parts(150_000_000, 8_000)
			.saturating_add(Weight::from_parts(20_000, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// The range of component `u` is `[3, 256]`.
	fn update(u: u32, ) -> Weight {
		Weight::from_parts(110_000_000, 8_000)
			.saturating_add(Weight::from_parts(20_000, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:2)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	/// Storage: `System::BlockHash` (r:1 w:0)
	fn set_wallet_with_proof() -> Weight {
		Weight::from_parts(300_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(5_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:0)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:0)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	fn set_wallet_without_proof() -> Weight {
		Weight::from_parts(50_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Agents::ProposedWallets` (r:1 w:1)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:2)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	fn accept_wallet() -> Weight {
		Weight::from_parts(80_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Storage: `Agents::ProposedWallets` (r:1 w:1)
	/// Storage: `Agents::AgentOfWallet` (r:0 w:1)
	fn remove_wallet() -> Weight {
		Weight::from_parts(80_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(3_u64))
			.saturating_add(T::DbWeight::get().writes(4_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Agents::Wallets` (r:1 w:0)
	fn activate() -> Weight {
		Weight::from_parts(50_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(2_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	fn deactivate() -> Weight {
		Weight::from_parts(50_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(1_u64))
			.saturating_add(T::DbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Storage: `Agents::AgentsByOwner` (r:0 w:1)
	/// Storage: `Agents::AgentOfWallet` (r:0 w:1)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	/// Storage: `Agents::LeavingAgents` (r:0 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	fn deregister() -> Weight {
		Weight::from_parts(140_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(6_u64))
			.saturating_add(T::DbWeight::get().writes(8_u64))
	}
	/// Storage: `Agents::LeavingAgents` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	fn release_bond() -> Weight {
		Weight::from_parts(100_000_000, 8_000)
			.saturating_add(T::DbWeight::get().reads(4_u64))
			.saturating_add(T::DbWeight::get().writes(3_u64))
	}
}

// For backwards compatibility and tests.
impl WeightInfo for () {
	/// Storage: `Agents::NextAgentId` (r:1 w:1)
	/// Storage: `Agents::Agents` (r:0 w:1)
	/// Storage: `Agents::AgentsByOwner` (r:0 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:2 w:2)
	/// The range of component `u` is `[3, 256]`.
	fn register(u: u32, ) -> Weight {
		Weight::from_parts(150_000_000, 8_000)
			.saturating_add(Weight::from_parts(20_000, 0).saturating_mul(u.into()))
			.saturating_add(RocksDbWeight::get().reads(7_u64))
			.saturating_add(RocksDbWeight::get().writes(6_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// The range of component `u` is `[3, 256]`.
	fn update(u: u32, ) -> Weight {
		Weight::from_parts(110_000_000, 8_000)
			.saturating_add(Weight::from_parts(20_000, 0).saturating_mul(u.into()))
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:2)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	/// Storage: `System::BlockHash` (r:1 w:0)
	fn set_wallet_with_proof() -> Weight {
		Weight::from_parts(300_000_000, 8_000)
			.saturating_add(RocksDbWeight::get().reads(5_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:0)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:0)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	fn set_wallet_without_proof() -> Weight {
		Weight::from_parts(50_000_000, 8_000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Agents::ProposedWallets` (r:1 w:1)
	/// Storage: `Agents::AgentOfWallet` (r:1 w:2)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	fn accept_wallet() -> Weight {
		Weight::from_parts(80_000_000, 8_000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(5_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Storage: `Agents::ProposedWallets` (r:1 w:1)
	/// Storage: `Agents::AgentOfWallet` (r:0 w:1)
	fn remove_wallet() -> Weight {
		Weight::from_parts(80_000_000, 8_000)
			.saturating_add(RocksDbWeight::get().reads(3_u64))
			.saturating_add(RocksDbWeight::get().writes(4_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Agents::Wallets` (r:1 w:0)
	fn activate() -> Weight {
		Weight::from_parts(50_000_000, 8_000)
			.saturating_add(RocksDbWeight::get().reads(2_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	fn deactivate() -> Weight {
		Weight::from_parts(50_000_000, 8_000)
			.saturating_add(RocksDbWeight::get().reads(1_u64))
			.saturating_add(RocksDbWeight::get().writes(1_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Agents::Wallets` (r:1 w:1)
	/// Storage: `Agents::AgentsByOwner` (r:0 w:1)
	/// Storage: `Agents::AgentOfWallet` (r:0 w:1)
	/// Storage: `Agents::ProposedWallets` (r:0 w:1)
	/// Storage: `Agents::LeavingAgents` (r:0 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	fn deregister() -> Weight {
		Weight::from_parts(140_000_000, 8_000)
			.saturating_add(RocksDbWeight::get().reads(6_u64))
			.saturating_add(RocksDbWeight::get().writes(8_u64))
	}
	/// Storage: `Agents::LeavingAgents` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	fn release_bond() -> Weight {
		Weight::from_parts(100_000_000, 8_000)
			.saturating_add(RocksDbWeight::get().reads(4_u64))
			.saturating_add(RocksDbWeight::get().writes(3_u64))
	}
}

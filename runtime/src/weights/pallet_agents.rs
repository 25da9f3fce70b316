//! Weights of `pallet_agents`, estimated until they are generated.

use core::marker::PhantomData;
use frame_support::{traits::Get, weights::Weight};

/// Weights on the runtime's database.
pub struct WeightInfo<T>(PhantomData<T>);

impl<T: frame_system::Config> pallet_agents::WeightInfo for WeightInfo<T> {
	/// Storage: `Agents::NextAgentId` (r:1 w:1)
	/// Storage: `Agents::Agents` (r:0 w:1)
	/// Storage: `Agents::AgentsByOwner` (r:0 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:2 w:2)
	/// The range of component `u` is `[3, 256]`.
	fn register(u: u32) -> Weight {
		Weight::from_parts(150_000_000, 8_000)
			.saturating_add(Weight::from_parts(20_000, 0).saturating_mul(u.into()))
			.saturating_add(T::DbWeight::get().reads(7_u64))
			.saturating_add(T::DbWeight::get().writes(6_u64))
	}
	/// Storage: `Agents::Agents` (r:1 w:1)
	/// Storage: `Balances::Holds` (r:1 w:1)
	/// Storage: `System::Account` (r:1 w:1)
	/// The range of component `u` is `[3, 256]`.
	fn update(u: u32) -> Weight {
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

//! What it costs to be an agent, and who is asked before one leaves.

use super::{
	money::{StorageDeposit, TreasuryAccount},
	origins::AgentsAdmin,
	parameters::{dynamic_params::agents, PeriodOf, PriceOf},
};
use crate::{
	adapters::OpenWork, weights, ActiveClock, Balances, Reputation, Runtime, RuntimeHoldReason,
	Signature,
};
use frame_support::traits::ConstU32;

impl pallet_agents::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = ActiveClock;
	type Work = OpenWork;
	type Reputation = Reputation;
	type OnTransferred = Reputation;
	type AdminOrigin = AgentsAdmin;
	type FeeReceiver = TreasuryAccount;
	type RegistrationFee = PriceOf<agents::RegistrationFee>;
	type AgentBond = PriceOf<agents::Bond>;
	type BondReleaseDelay = PeriodOf<agents::BondReleaseDelay>;
	type HeartbeatPeriod = PeriodOf<agents::HeartbeatPeriod>;
	type StorageDeposit = StorageDeposit;
	type MaxUriLength = ConstU32<256>;
	type MaxTagNameLength = ConstU32<32>;
	type MaxUnitLength = ConstU32<16>;
	type MaxCapabilities = ConstU32<16>;
	type RowsPerPage = ConstU32<64>;
	type MaxCardKeys = ConstU32<4>;
	type MaxMetadataEntries = ConstU32<32>;
	type MaxMetadataKeyLength = ConstU32<32>;
	type MaxMetadataValueLength = ConstU32<1024>;
	type Signature = Signature;
	type WeightInfo = weights::pallet_agents::WeightInfo<Runtime>;
}

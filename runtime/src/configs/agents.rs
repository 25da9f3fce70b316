//! What it costs to be an agent, and who is asked before one leaves.

use super::{
	money::{StorageDeposit, TreasuryAccount},
	parameters::{dynamic_params::agents, PeriodOf, PriceOf},
};
use crate::{
	adapters::OpenWork, weights, ActiveClock, Balances, Runtime, RuntimeHoldReason, Signature,
};
use frame_support::traits::ConstU32;

impl pallet_agents::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = ActiveClock;
	type Work = OpenWork;
	type FeeReceiver = TreasuryAccount;
	type RegistrationFee = PriceOf<agents::RegistrationFee>;
	type AgentBond = PriceOf<agents::Bond>;
	type BondReleaseDelay = PeriodOf<agents::BondReleaseDelay>;
	type StorageDeposit = StorageDeposit;
	type MaxUriLength = ConstU32<256>;
	type Signature = Signature;
	type WeightInfo = weights::pallet_agents::WeightInfo<Runtime>;
}

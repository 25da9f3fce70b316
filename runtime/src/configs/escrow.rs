//! The terms that escrow contracts may have, and where their fee goes.

use super::{
	money::{StorageDeposit, TreasuryAccount},
	parameters::{dynamic_params::escrow, PeriodOf, ShareOf},
};
use crate::{weights, ActiveClock, Balances, Reputation, Runtime, RuntimeHoldReason};
use frame_support::traits::ConstU32;

impl pallet_escrow::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = ActiveClock;
	// Until the market controls contracts, every one is reputation's to hear of.
	type OnContractClosed = Reputation;
	type FeeReceiver = TreasuryAccount;
	type FeeRate = ShareOf<escrow::Fee>;
	type MinReviewPeriod = PeriodOf<escrow::MinReviewPeriod>;
	type MaxReviewPeriod = PeriodOf<escrow::MaxReviewPeriod>;
	type MaxDuration = PeriodOf<escrow::MaxDuration>;
	type MaxMilestones = ConstU32<10>;
	type StorageDeposit = StorageDeposit;
	type WeightInfo = weights::pallet_escrow::WeightInfo<Runtime>;
}

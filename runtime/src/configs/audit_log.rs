//! What writing things down costs, and how long it is kept in full.

use super::{
	money::TreasuryAccount,
	parameters::{dynamic_params::audit_log, PeriodOf, PriceOf},
};
use crate::{weights, Balances, Runtime, Timestamp};

impl pallet_audit_log::Config for Runtime {
	type Currency = Balances;
	type Time = Timestamp;
	type FeePerByte = PriceOf<audit_log::FeePerByte>;
	type FeeReceiver = TreasuryAccount;
	type KeptBlocks = PeriodOf<audit_log::KeptBlocks>;
	type WeightInfo = weights::pallet_audit_log::WeightInfo<Runtime>;
}

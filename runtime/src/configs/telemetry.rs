//! What validators measure of their nodes, and what that earns.

use super::{
	money::TreasuryAccount,
	origins::TelemetryAdmin,
	parameters::{dynamic_params::telemetry, PayablePriceOf, PriceOf},
};
use crate::{
	adapters::ElectedValidators, weights, Actions, Balances, BlockNumber, Runtime, RuntimeCall,
	RuntimeHoldReason, TxExtension, UncheckedExtrinsic,
};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Get},
	PalletId,
};
use pallet_network_parameters::EpochLength;
use sp_runtime::{generic::Era, traits::SaturatedConversion};

/// How many windows an epoch has, if they don't get too short.
const WINDOWS_PER_EPOCH: BlockNumber = 24;

/// The least blocks of a window: a commitment, and later a digest, must get into a block of one.
const LEAST_WINDOW: BlockNumber = 10;

parameter_types! {
	/// The account that rewards for measuring are paid from.
	pub const TelemetryPotId: PalletId = PalletId(*b"ait/telm");
}

/// How long a window is, in blocks: a 24th of an epoch, and at least ten. Genesis fixes epochs, so it
/// never changes on a chain. With epochs of four hours and blocks of three seconds it is ten minutes.
pub struct WindowLength;

impl Get<BlockNumber> for WindowLength {
	fn get() -> BlockNumber {
		let epoch: BlockNumber = EpochLength::<Runtime>::get().saturated_into();
		epoch.checked_div(WINDOWS_PER_EPOCH).unwrap_or_default().max(LEAST_WINDOW)
	}
}

impl pallet_telemetry::Config for Runtime {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Reporters = ElectedValidators;
	type OnAnomaly = Actions;
	type AdminOrigin = TelemetryAdmin;
	type PenaltyReceiver = TreasuryAccount;
	type WindowLength = WindowLength;
	type Deposit = PayablePriceOf<telemetry::Deposit>;
	type MissPenalty = PriceOf<telemetry::MissPenalty>;
	type SpamPenalty = PriceOf<telemetry::SpamPenalty>;
	type EraPot = PriceOf<telemetry::EraPot>;
	type PotId = TelemetryPotId;
	type MinReporters = ConstU32<3>;
	// Settling so many digests, with three alarms each, weighs less than a fifth of a block.
	type MaxReporters = ConstU32<200>;
	type MaxReports = ConstU32<3>;
	type KeptFeeds = ConstU32<1_024>;
	type KeptReports = ConstU32<1_024>;
	type ClaimEras = ConstU32<84>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ElectedValidators;
	type WeightInfo = weights::pallet_telemetry::WeightInfo<Runtime>;
}

impl<C> frame_system::offchain::CreateTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type Extension = TxExtension;

	fn create_transaction(call: RuntimeCall, extension: TxExtension) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_transaction(call, extension)
	}
}

/// What a worker sends is authorized by the call itself: it has no sender, no nonce and no fee, and how
/// long it is valid the call says.
impl<C> frame_system::offchain::CreateAuthorizedTransaction<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_extension() -> TxExtension {
		(
			frame_system::AuthorizeCall::new(),
			frame_system::CheckNonZeroSender::new(),
			frame_system::CheckSpecVersion::new(),
			frame_system::CheckTxVersion::new(),
			frame_system::CheckGenesis::new(),
			frame_system::CheckMortality::from(Era::Immortal),
			frame_system::CheckNonce::from(0),
			frame_system::CheckWeight::new(),
			pallet_transaction_payment::ChargeTransactionPayment::from(0),
			frame_metadata_hash_extension::CheckMetadataHash::new(false),
			frame_system::WeightReclaim::new(),
		)
	}
}

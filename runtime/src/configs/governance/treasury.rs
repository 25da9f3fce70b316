//! The treasury: who may spend it, how much at a time, and how it is paid.

use super::{origins::of_track, Scaled};
use crate::{
	configs::money::{TreasuryAccount, TreasuryPalletId},
	governance_origins::Origin,
	AccountId, Balance, Balances, Runtime, RuntimeEvent, RuntimeOrigin, System,
};
use aitbc_core::{money::AIT, time::DAYS};
use frame_support::{
	parameter_types,
	traits::{
		fungible::Mutate,
		tokens::{Pay, PaymentStatus, Preservation, UnityAssetBalanceConversion},
		ConstU32, EitherOf, EnsureOrigin,
	},
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};
use sp_runtime::{DispatchError, Permill};

/// The most that one referendum of the small spender's track spends, in plancks.
pub const SMALL_SPEND: Balance = 10_000 * AIT;

/// The most that one referendum of the big spender's track spends, in plancks.
pub const BIG_SPEND: Balance = 1_000_000 * AIT;

parameter_types! {
	/// Root may spend everything.
	pub const AnyAmount: Balance = Balance::MAX;
	/// Nothing is burnt: what is not spent stays.
	pub const Burn: Permill = Permill::zero();
}

/// Takes the spenders' origins, and gives what each may spend at a time, in plancks.
pub struct EnsureSpender;

impl EnsureOrigin<RuntimeOrigin> for EnsureSpender {
	type Success = Balance;

	fn try_origin(origin: RuntimeOrigin) -> Result<Balance, RuntimeOrigin> {
		match of_track(&origin) {
			Some(Origin::SmallSpender) => Ok(SMALL_SPEND),
			Some(Origin::BigSpender) => Ok(BIG_SPEND),
			_ => Err(origin),
		}
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(Origin::BigSpender.into())
	}
}

/// Pays from the treasury's account, and leaves the existential deposit there. The SDK's `PayFromAccount`
/// would empty it; what then comes in below that deposit would be burnt.
pub struct PayFromTreasury;

impl Pay for PayFromTreasury {
	type Balance = Balance;
	type Beneficiary = AccountId;
	type AssetKind = ();
	type Id = ();
	type Error = DispatchError;

	fn pay(who: &AccountId, (): (), amount: Balance) -> Result<(), DispatchError> {
		let preserved = Preservation::Preserve;
		<Balances as Mutate<_>>::transfer(&TreasuryAccount::get(), who, amount, preserved)?;
		Ok(())
	}

	fn check_payment((): ()) -> PaymentStatus {
		PaymentStatus::Success
	}

	#[cfg(feature = "runtime-benchmarks")]
	#[allow(clippy::expect_used, reason = "a benchmark that can't be set up must stop")]
	fn ensure_successful(_: &AccountId, (): (), amount: Balance) {
		Balances::mint_into(&TreasuryAccount::get(), amount).expect("it can be minted");
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn ensure_concluded((): ()) {}
}

impl pallet_treasury::Config for Runtime {
	type Currency = Balances;
	type RejectOrigin = EnsureRoot<AccountId>;
	type RuntimeEvent = RuntimeEvent;
	type SpendPeriod = Scaled<{ 30 * DAYS }>;
	type Burn = Burn;
	type PalletId = TreasuryPalletId;
	type BurnDestination = ();
	type WeightInfo = pallet_treasury::weights::SubstrateWeight<Runtime>;
	type SpendFunds = ();
	// `spend_local` is deprecated. Without room for its queue it fails, and `spend` is the one way.
	type MaxApprovals = ConstU32<0>;
	type SpendOrigin = EitherOf<EnsureRootWithSuccess<AccountId, AnyAmount>, EnsureSpender>;
	type AssetKind = ();
	type Beneficiary = AccountId;
	type BeneficiaryLookup = <Runtime as frame_system::Config>::Lookup;
	type Paymaster = PayFromTreasury;
	type BalanceConverter = UnityAssetBalanceConversion;
	type PayoutPeriod = Scaled<{ 30 * DAYS }>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = ();
	type BlockNumberProvider = System;
}

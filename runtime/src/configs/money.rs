//! Money: balances, the treasury's account, fees and the price of storage.

use crate::{
	AccountId, Authorship, Balance, Balances, Runtime, RuntimeEvent, RuntimeFreezeReason,
	RuntimeHoldReason, System,
};
use aitbc_core::money::{storage_deposit, EXISTENTIAL_DEPOSIT, MICRO_AIT};
use frame_support::{
	derive_impl, parameter_types,
	traits::{
		fungible::{Balanced, Credit},
		ConstU32, ConstU8, Footprint, Imbalance, OnUnbalanced,
	},
	weights::ConstantMultiplier,
	PalletId,
};
use pallet_transaction_payment::{FungibleAdapter, Multiplier, TargetedFeeAdjustment};
use sp_runtime::{
	traits::{AccountIdConversion, Convert},
	FixedPointNumber, Perquintill,
};

/// What a byte of a transaction costs, in plancks.
const BYTE_FEE: Balance = MICRO_AIT;

/// What a picosecond of declared execution costs, in plancks, at a multiplier of one. With the
/// SDK's weights a transfer then costs about 0.001 AIT; a scenario test holds it there.
const PICOSECOND_FEE: Balance = 2;

parameter_types! {
	/// What pallet-treasury derives the treasury's account from.
	pub const TreasuryPalletId: PalletId = PalletId(*b"py/trsry");
	pub TreasuryAccount: AccountId = TreasuryPalletId::get().into_account_truncating();
	pub const ExistentialDeposit: Balance = EXISTENTIAL_DEPOSIT;
	pub const ByteFee: Balance = BYTE_FEE;
	pub const PicosecondFee: Balance = PICOSECOND_FEE;
	/// How full blocks are, of what users may fill, when fees stay as they are.
	pub const TargetBlockFullness: Perquintill = Perquintill::from_percent(25);
	/// How fast fees follow: a day of full blocks of 3 s multiplies them by about 2.6.
	pub AdjustmentVariable: Multiplier = Multiplier::saturating_from_rational(45, 1_000_000);
	pub MinimumMultiplier: Multiplier = Multiplier::saturating_from_rational(1, 10);
	pub MaximumMultiplier: Multiplier = Multiplier::saturating_from_integer(1_000);
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeHoldReason = RuntimeHoldReason;
	type RuntimeFreezeReason = RuntimeFreezeReason;
	type WeightInfo = pallet_balances::weights::SubstrateWeight<Runtime>;
	type Balance = Balance;
	type DustRemoval = ToTreasury;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type ReserveIdentifier = [u8; 8];
	type FreezeIdentifier = RuntimeFreezeReason;
	type MaxLocks = ConstU32<50>;
	type MaxReserves = ConstU32<50>;
	type MaxFreezes = ConstU32<50>;
	type DoneSlashHandler = ();
}

#[derive_impl(pallet_transaction_payment::config_preludes::TestDefaultConfig)]
impl pallet_transaction_payment::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type OnChargeTransaction = FungibleAdapter<Balances, FeesToTreasuryAndAuthor>;
	type OperationalFeeMultiplier = ConstU8<5>;
	type WeightToFee = ConstantMultiplier<Balance, PicosecondFee>;
	type LengthToFee = ConstantMultiplier<Balance, ByteFee>;
	type FeeMultiplierUpdate = TargetedFeeAdjustment<
		Self,
		TargetBlockFullness,
		AdjustmentVariable,
		MinimumMultiplier,
		MaximumMultiplier,
	>;
	type WeightInfo = pallet_transaction_payment::weights::SubstrateWeight<Runtime>;
}

/// Puts money into the treasury's account: the sink of fees, slashes, dust and what eras leave.
pub struct ToTreasury;

impl OnUnbalanced<Credit<AccountId, Balances>> for ToTreasury {
	fn on_nonzero_unbalanced(amount: Credit<AccountId, Balances>) {
		if let Err(lost) = Balances::resolve(&TreasuryAccount::get(), amount) {
			// Genesis endows the account, so it can be credited. If not, the money is burnt here.
			log::error!(
				target: "runtime::money",
				"the treasury's account is gone; {} plancks are burnt",
				lost.peek(),
			);
		}
	}
}

/// Splits a transaction's fee: 80 % to the treasury, 20 % and all of the tip to the block's author.
pub struct FeesToTreasuryAndAuthor;

impl OnUnbalanced<Credit<AccountId, Balances>> for FeesToTreasuryAndAuthor {
	fn on_unbalanceds(mut amounts: impl Iterator<Item = Credit<AccountId, Balances>>) {
		// FungibleAdapter gives the fee first and the tip second.
		let Some(fee) = amounts.next() else { return };
		let (treasury, mut author) = fee.ration(80, 20);
		if let Some(tip) = amounts.next() {
			tip.merge_into(&mut author);
		}
		ToTreasury::on_unbalanced(treasury);
		pay_author(author);
	}
}

/// Pays the block's author, or the treasury where there is none that can be paid.
fn pay_author(amount: Credit<AccountId, Balances>) {
	let unpaid = match Authorship::author() {
		Some(author) => Balances::resolve(&author, amount).err(),
		None => Some(amount),
	};
	if let Some(unpaid) = unpaid {
		ToTreasury::on_unbalanced(unpaid);
	}
}

/// Prices storage: see [`storage_deposit`].
pub struct StorageDeposit;

impl Convert<Footprint, Balance> for StorageDeposit {
	fn convert(footprint: Footprint) -> Balance {
		// A footprint of more than 2^32 bytes fits no block.
		let saturated = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
		storage_deposit(saturated(footprint.count), saturated(footprint.size))
	}
}

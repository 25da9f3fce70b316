//! What money does on this chain: how much there is, what is staked, and what fees are.

use super::{accounts, runtime, staking::eras::EraClock, Block, Error};
use crate::{
	amount::Amount,
	decimal::{portion, Decimal, Share, PARTS},
};
use aitbc_core::{money::AIT, time::DAYS};
use serde::Serialize;
use subxt::utils::AccountId32;

/// The decimals of the fee multiplier, a `FixedU128`.
const MULTIPLIER_DECIMALS: u8 = 18;

/// How many blocks a year of 365 days has.
const YEAR: u32 = 365 * DAYS;

/// How much money there is, and what it does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Economy {
	/// All that there is.
	pub issuance: Amount,
	/// What of it can't vote: the treasury's.
	pub inactive: Amount,
	/// What the validators of the active era and their nominators have at stake.
	pub staked: Amount,
	/// The same as a share of the issuance.
	pub staked_share: Share,
	/// What the treasury has, and can spend.
	pub treasury: Amount,
	/// The treasury's account.
	pub treasury_account: AccountId32,
	/// The last era that has ended.
	pub last_era: Option<EraPayout>,
}

/// What an era paid to stakers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EraPayout {
	/// The era.
	pub era: u32,
	/// What it paid to validators and nominators together, if all of them claim it.
	pub payout: Amount,
	/// What a year of such eras adds to the issuance, as a share of it. The treasury's part is not in it.
	pub inflation_share: Share,
	/// What a year of such eras pays for a stake, as a share of it, before commission.
	pub return_share: Share,
}

/// What transactions cost now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GasPrice {
	/// The fee of a transfer.
	pub transfer: Amount,
	/// What the part of a fee is multiplied with that pays for the call's weight.
	pub multiplier: Decimal,
	/// How full the last block was, as a share of what it can have of users' calls.
	pub fullness_share: Share,
}

/// Reads how much money there is, and what it does.
pub async fn economy(block: &Block, clock: &EraClock) -> Result<Economy, Error> {
	let balances = || runtime::storage().balances();
	let staking = || runtime::storage().staking();
	let issuance = block.value(balances().total_issuance(), ()).await?;
	let staked = block.value(staking().eras_total_stake(), (clock.active,)).await?;
	let treasury_account = block.constant(runtime::constants().treasury().pot_account())?;
	let treasury = accounts::balance(block, &treasury_account).await?.transferable;
	let last_era = match clock.active.checked_sub(1) {
		Some(era) => {
			let paid = block.option(staking().eras_validator_reward(), (era,)).await?;
			let staked = block.value(staking().eras_total_stake(), (era,)).await?;
			paid.map(|paid| EraPayout::new(era, paid, clock.length(), issuance, staked))
		},
		None => None,
	};
	Ok(Economy {
		issuance: Amount(issuance),
		inactive: Amount(block.value(balances().inactive_issuance(), ()).await?),
		staked: Amount(staked),
		staked_share: share(staked, issuance),
		treasury,
		treasury_account,
		last_era,
	})
}

impl EraPayout {
	/// What comes of eras of `length` blocks that pay `paid`.
	fn new(era: u32, paid: u128, length: u32, issuance: u128, staked: u128) -> Self {
		let yearly = portion(paid, YEAR.into(), length.into());
		Self {
			era,
			payout: Amount(paid),
			inflation_share: share(yearly, issuance),
			return_share: share(yearly, staked),
		}
	}
}

/// The share that `part` is of `whole`; more than four wholes are four.
fn share(part: u128, whole: u128) -> Share {
	Share(portion(PARTS.into(), part, whole).try_into().unwrap_or(u32::MAX))
}

/// Reads what transactions cost now.
pub async fn gas_price(block: &Block) -> Result<GasPrice, Error> {
	let multiplier = runtime::storage().transaction_payment().next_fee_multiplier();
	let multiplier = block.value(multiplier, ()).await?.0;
	// The fee of a transfer is the same for whoever sends it to whom.
	let nobody = AccountId32([0; 32]);
	let transfer = block.fee(&accounts::transfer(nobody, Amount(AIT)), &nobody, 0).await?;
	let weight = block.value(runtime::storage().system().block_weight(), ()).await?;
	let limits = block.constant(runtime::constants().system().block_weights())?;
	let most = limits.per_class.normal.max_total.map_or(limits.max_block, |most| most);
	let time = share(weight.normal.ref_time.into(), most.ref_time.into());
	Ok(GasPrice {
		transfer,
		multiplier: Decimal {
			value: i128::try_from(multiplier).unwrap_or(i128::MAX),
			decimals: MULTIPLIER_DECIMALS,
		},
		fullness_share: time,
	})
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn payouts_should_be_told_by_the_year() {
		// A thousandth of the issuance in a tenth of a year is a hundredth in a year.
		let payout = EraPayout::new(3, 1_000, YEAR / 10, 1_000_000, 500_000);
		assert_eq!(payout.inflation_share, Share(PARTS / 100));
		assert_eq!(payout.return_share, Share(PARTS / 50));
	}

	#[test]
	fn shares_of_nothing_should_be_nothing() {
		assert_eq!(share(5, 0), Share(0));
		assert_eq!(share(1, 4), Share(PARTS / 4));
	}
}

//! Balances and transfers.

use super::{runtime, Block, Call, Error};
use crate::amount::Amount;
use serde::Serialize;
use subxt::utils::{AccountId32, MultiAddress};

/// What an account owns.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Balance {
	/// What the account owns in all: free and held.
	pub total: Amount,
	/// What is not held for anything.
	pub free: Amount,
	/// What is held as deposits, bonds and escrow.
	pub held: Amount,
	/// How much of it may not be spent for the time being, by votes or the like. A held amount
	/// can be frozen as well.
	pub frozen: Amount,
	/// What the account can send away and go on existing.
	pub transferable: Amount,
	/// How many transactions of the account are in the chain.
	pub nonce: u32,
}

/// Reads what `account` owns: nothing, if it does not exist.
pub async fn balance(block: &Block, account: &AccountId32) -> Result<Balance, Error> {
	let info = block.value(runtime::storage().system().account(), (*account,)).await?;
	let data = info.data;
	// As pallet-balances does: what is frozen can be covered by what is held.
	let untouchable = data.frozen.saturating_sub(data.reserved).max(if data.free == 0 {
		0
	} else {
		aitbc_core::money::EXISTENTIAL_DEPOSIT
	});
	Ok(Balance {
		total: Amount(data.free.saturating_add(data.reserved)),
		free: Amount(data.free),
		held: Amount(data.reserved),
		frozen: Amount(data.frozen),
		transferable: Amount(data.free.saturating_sub(untouchable)),
		nonce: info.nonce,
	})
}

/// Sends `amount` to `to`, unless that ends the sender's account.
pub fn transfer(to: AccountId32, amount: Amount) -> impl Call {
	runtime::transactions().balances().transfer_keep_alive(MultiAddress::Id(to), amount.0)
}

/// Sends everything to `to`, which ends the sender's account.
pub fn transfer_all(to: AccountId32) -> impl Call {
	runtime::transactions().balances().transfer_all(MultiAddress::Id(to), false)
}

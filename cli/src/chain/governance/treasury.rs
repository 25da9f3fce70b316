//! What governance decided that somebody still has to bring about: payments, and new code.

use crate::{
	amount::Amount,
	chain::{
		runtime, runtime::runtime_types::pallet_preimage::RequestStatus,
		runtime::runtime_types::pallet_treasury::PaymentState, Block, Error,
	},
	digest::Hash,
};
use serde::Serialize;
use subxt::utils::AccountId32;

/// A payment that was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Spend {
	/// Its number.
	pub index: u32,
	/// To whom.
	pub to: AccountId32,
	/// How much.
	pub amount: Amount,
	/// From which block on it can be made.
	pub from: u32,
	/// The block before which it must be.
	pub until: u32,
	/// Whether it was made.
	pub is_paid: bool,
}

/// New code that was decided on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Upgrade {
	/// The code's hash.
	pub code_hash: Hash,
	/// Whether the chain looks at its name and version.
	pub checks_version: bool,
}

/// Bytes of a call that somebody pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Preimage {
	/// Their hash.
	pub hash: Hash,
	/// What is held for them.
	pub deposit: Amount,
}

/// Reads the payments that were decided and not voided, the oldest first.
pub async fn spends(block: &Block) -> Result<Vec<Spend>, Error> {
	let spends = block.entries(runtime::storage().treasury().spends()).await?;
	let spends = spends.into_iter().map(|((index,), spend)| Spend {
		index,
		to: spend.beneficiary,
		amount: Amount(spend.amount),
		from: spend.valid_from,
		until: spend.expire_at,
		is_paid: matches!(spend.status, PaymentState::Attempted { .. }),
	});
	let mut spends: Vec<_> = spends.collect();
	spends.sort_by_key(|spend| spend.index);
	Ok(spends)
}

/// Reads which code may be brought, if any.
pub async fn upgrade(block: &Block) -> Result<Option<Upgrade>, Error> {
	let upgrade = block.option(runtime::storage().system().authorized_upgrade(), ()).await?;
	Ok(upgrade.map(|upgrade| Upgrade {
		code_hash: Hash(upgrade.code_hash.0),
		checks_version: upgrade.check_version,
	}))
}

/// Reads the calls' bytes that `account` pays for and nobody needs any more.
pub async fn idle_preimages(block: &Block, account: AccountId32) -> Result<Vec<Preimage>, Error> {
	let states = block.entries(runtime::storage().preimage().request_status_for()).await?;
	let own = states.into_iter().filter_map(|((hash,), state)| match state {
		RequestStatus::Unrequested { ticket: (owner, _), len } if owner == account => {
			let deposit = Amount(aitbc_core::money::storage_deposit(1, len));
			Some(Preimage { hash: Hash(hash.0), deposit })
		},
		_ => None,
	});
	Ok(own.collect())
}

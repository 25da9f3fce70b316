//! Jurors, and the pool that they make up.

use super::{
	runtime, runtime::runtime_types::pallet_jurors::types as generated, Block, Call, Error,
};
use crate::{amount::Amount, decimal::Share};
use serde::Serialize;
use subxt::utils::AccountId32;

/// How many epochs after it was asked for a jury is drawn, or a weight changes, as pallet-jurors has
/// it.
pub const DELAY: u64 = 3;

/// A weight that a juror will have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct NextWeight {
	/// The weight.
	pub weight: Amount,
	/// The epoch in which it is applied, after that epoch's draws.
	pub epoch: u64,
}

/// Somebody who may be drawn to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Juror {
	/// What is held.
	pub bond: Amount,
	/// What of it is at stake for seats.
	pub locked: Amount,
	/// What of it the juror takes out.
	pub leaving: Amount,
	/// What of that can be withdrawn now.
	pub withdrawable: Amount,
	/// How heavily it counts when juries are drawn.
	pub weight: Amount,
	/// Its share of all weight.
	pub share: Share,
	/// What its weight becomes when all changes that wait are applied.
	pub next: Option<NextWeight>,
}

impl Juror {
	/// What of the bond is neither leaving nor at stake.
	pub fn free(&self) -> Amount {
		Amount(self.bond.0.saturating_sub(self.leaving.0).saturating_sub(self.locked.0))
	}

	/// What of the bond is not leaving yet.
	pub fn staying(&self) -> Amount {
		Amount(self.bond.0.saturating_sub(self.leaving.0))
	}
}

/// A jury that is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct WaitingJury {
	/// What it will judge.
	pub case: u64,
	/// Which round of it.
	pub round: u8,
	/// How many seats it has.
	pub seats: u32,
	/// What each seat puts at stake.
	pub stake: Amount,
	/// The epoch at whose beginning it is drawn.
	pub epoch: u64,
}

/// All jurors together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Pool {
	/// How many there are, those without weight included.
	pub jurors: u32,
	/// The sum of their weights.
	pub weight: Amount,
	/// The least that a juror's bond must be.
	pub min_bond: Amount,
	/// The juries that are to be drawn next.
	pub waiting: Vec<WaitingJury>,
	/// How many there are in all.
	pub waiting_count: u64,
}

impl From<generated::JurorInfo> for Juror {
	fn from(info: generated::JurorInfo) -> Self {
		let next =
			info.next.map(|next| NextWeight { weight: Amount(next.weight), epoch: next.due.0 });
		Self {
			bond: Amount(info.bond),
			locked: Amount(info.locked),
			leaving: Amount(info.leaving),
			withdrawable: Amount(info.withdrawable),
			weight: Amount(info.weight),
			share: Share(info.share.0),
			next,
		}
	}
}

impl From<generated::PoolInfo> for Pool {
	fn from(info: generated::PoolInfo) -> Self {
		let waiting = info.waiting.into_iter().map(|request| WaitingJury {
			case: request.case.0,
			round: request.round.0,
			seats: request.seats,
			stake: Amount(request.stake),
			epoch: request.due.0,
		});
		Self {
			jurors: info.jurors,
			weight: Amount(info.weight),
			min_bond: Amount(info.min_bond),
			waiting: waiting.collect(),
			waiting_count: info.waiting_count,
		}
	}
}

/// Reads the juror that `account` is, if it is one.
pub async fn juror(block: &Block, account: AccountId32) -> Result<Option<Juror>, Error> {
	let api = runtime::runtime_apis().jurors_api();
	Ok(block.call(api.juror(account)).await?.map(Juror::from))
}

/// Reads what all jurors come to.
pub async fn pool(block: &Block) -> Result<Pool, Error> {
	let api = runtime::runtime_apis().jurors_api();
	Ok(block.call(api.pool()).await?.into())
}

/// Makes the sender a juror, or adds to its bond.
pub fn bond(amount: Amount) -> impl Call {
	runtime::transactions().jurors().bond(amount.0)
}

/// Begins to take something out of the sender's bond.
pub fn unbond(amount: Amount) -> impl Call {
	runtime::transactions().jurors().unbond(amount.0)
}

/// Gives what `account` took out back to it.
pub fn withdraw(account: AccountId32) -> impl Call {
	runtime::transactions().jurors().withdraw(account)
}

/// Calculates the weight of `account` anew.
pub fn refresh(account: AccountId32) -> impl Call {
	runtime::transactions().jurors().refresh(account)
}

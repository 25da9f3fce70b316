//! Who has staked what, for whom, and until when.

mod calls;
pub mod eras;
pub mod rewards;

use super::{runtime, runtime::runtime_types::pallet_staking::RewardDestination, Block, Error};
use crate::{amount::Amount, decimal::Share};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

pub use calls::{
	bond, bond_extra, chill, nominate, payout, rebond, unbond, validate, withdraw_unbonded,
};

/// What somebody has bonded, and what for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Staker {
	/// Whose it is.
	pub stash: AccountId32,
	/// All that is bonded, what leaves included.
	pub total: Amount,
	/// What of it does not leave.
	pub active: Amount,
	/// What leaves, the first one first.
	pub unlocking: Vec<Unlocking>,
	/// What it is for.
	pub role: Role,
	/// Where rewards go.
	pub payee: Payee,
}

/// Money that leaves a bond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Unlocking {
	/// How much.
	pub amount: Amount,
	/// From which era on it can be withdrawn.
	pub era: u32,
}

/// What a bond is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Role {
	/// Its owner is a candidate for validating.
	Validator {
		/// Its share of what its nominators earn.
		commission_share: Share,
		/// Whether nobody may nominate it any more.
		blocked: bool,
	},
	/// Its owner nominates candidates.
	Nominator {
		/// Whom.
		targets: Vec<AccountId32>,
		/// Since which era.
		since: u32,
	},
	/// Nothing.
	Idle,
}

/// Where rewards go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Payee {
	/// Into the bond.
	Bond,
	/// To the stash, free.
	Stash,
	/// To an account.
	Account {
		/// Which one.
		account: AccountId32,
	},
	/// Nowhere: they are not made.
	Nobody,
}

impl fmt::Display for Payee {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Bond => f.pad("bonded"),
			Self::Stash => f.pad("to the stash, free"),
			Self::Account { account } => write!(f, "to {account}"),
			Self::Nobody => f.pad("not paid"),
		}
	}
}

impl From<RewardDestination<AccountId32>> for Payee {
	#[allow(deprecated)]
	fn from(destination: RewardDestination<AccountId32>) -> Self {
		match destination {
			RewardDestination::Staked => Self::Bond,
			// The controller is always the stash by now.
			RewardDestination::Stash | RewardDestination::Controller => Self::Stash,
			RewardDestination::Account(account) => Self::Account { account },
			RewardDestination::None => Self::Nobody,
		}
	}
}

impl From<Payee> for RewardDestination<AccountId32> {
	fn from(payee: Payee) -> Self {
		match payee {
			Payee::Bond => Self::Staked,
			Payee::Stash => Self::Stash,
			Payee::Account { account } => Self::Account(account),
			Payee::Nobody => Self::None,
		}
	}
}

/// What staking asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Limits {
	/// The least that a validator must have bonded.
	pub validator_bond: Amount,
	/// The least that a nominator must have bonded.
	pub nominator_bond: Amount,
	/// The least commission that a validator may ask for.
	pub min_commission: Share,
	/// How many validators there are at most.
	pub validators: u32,
	/// How many candidates there are.
	pub candidates: u32,
	/// How many candidates an account may nominate.
	pub nominations: u32,
}

/// Reads what `stash` has bonded, if anything.
pub async fn staker(block: &Block, stash: AccountId32) -> Result<Option<Staker>, Error> {
	let storage = || runtime::storage().staking();
	let Some(ledger) = block.option(storage().ledger(), (stash,)).await? else { return Ok(None) };
	let payee = block.option(storage().payee(), (stash,)).await?;
	let unlocking = ledger.unlocking.0.into_iter();
	let unlocking = unlocking.map(|one| Unlocking { amount: Amount(one.value), era: one.era });
	Ok(Some(Staker {
		stash,
		total: Amount(ledger.total),
		active: Amount(ledger.active),
		unlocking: unlocking.collect(),
		role: role(block, stash).await?,
		payee: payee.map_or(Payee::Nobody, Payee::from),
	}))
}

/// Reads what the bond of `stash` is for.
async fn role(block: &Block, stash: AccountId32) -> Result<Role, Error> {
	let storage = || runtime::storage().staking();
	if let Some(nominations) = block.option(storage().nominators(), (stash,)).await? {
		let (targets, since) = (nominations.targets.0, nominations.submitted_in);
		return Ok(Role::Nominator { targets, since });
	}
	if !is_candidate(block, stash).await? {
		return Ok(Role::Idle);
	}
	let preferences = block.value(storage().validators(), (stash,)).await?;
	Ok(Role::Validator {
		commission_share: Share(preferences.commission.0),
		blocked: preferences.blocked,
	})
}

/// Whether `stash` is a candidate for validating.
pub async fn is_candidate(block: &Block, stash: AccountId32) -> Result<bool, Error> {
	block.holds(runtime::storage().staking().validators(), (stash,)).await
}

/// Reads what staking asks for.
pub async fn limits(block: &Block) -> Result<Limits, Error> {
	let storage = || runtime::storage().staking();
	let quota = runtime::runtime_apis().staking_api().nominations_quota(0);
	Ok(Limits {
		validator_bond: Amount(block.value(storage().min_validator_bond(), ()).await?),
		nominator_bond: Amount(block.value(storage().min_nominator_bond(), ()).await?),
		min_commission: Share(block.value(storage().min_commission(), ()).await?.0),
		validators: block.value(storage().validator_count(), ()).await?,
		candidates: block.value(storage().counter_for_validators(), ()).await?,
		nominations: block.call(quota).await?,
	})
}

/// How many slashing spans `stash` has, which have to be named when its last money leaves.
pub async fn slashing_spans(block: &Block, stash: AccountId32) -> Result<u32, Error> {
	let spans = block.option(runtime::storage().staking().slashing_spans(), (stash,)).await?;
	let count = |spans: usize| u32::try_from(spans).unwrap_or(u32::MAX).saturating_add(1);
	Ok(spans.map_or(0, |spans| count(spans.prior.len())))
}

impl Staker {
	/// What can be withdrawn in `era`.
	pub fn withdrawable(&self, era: u32) -> Amount {
		let free = self.unlocking.iter().filter(|one| one.era <= era);
		Amount(free.fold(0, |sum: u128, one| sum.saturating_add(one.amount.0)))
	}

	/// What leaves in all.
	pub fn leaving(&self) -> Amount {
		self.withdrawable(u32::MAX)
	}

	/// When the next money can be withdrawn, if some waits in `era`.
	pub fn next_unlocking(&self, era: u32) -> Option<Unlocking> {
		self.unlocking.iter().find(|one| one.era > era).copied()
	}

	/// Whether it is a candidate for validating.
	pub fn validates(&self) -> bool {
		matches!(self.role, Role::Validator { .. })
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn withdrawable_should_be_what_has_waited_long_enough() {
		let unlocking =
			[(10, 4), (20, 6)].map(|(amount, era)| Unlocking { amount: Amount(amount), era });
		let staker = Staker {
			stash: AccountId32([1; 32]),
			total: Amount(100),
			active: Amount(70),
			unlocking: unlocking.to_vec(),
			role: Role::Idle,
			payee: Payee::Bond,
		};
		assert_eq!([3, 4, 6].map(|era| staker.withdrawable(era)), [0, 10, 30].map(Amount));
		assert_eq!(staker.leaving(), Amount(30));
		assert_eq!(staker.next_unlocking(4), Some(unlocking[1]));
		assert_eq!(staker.next_unlocking(6), None);
	}
}

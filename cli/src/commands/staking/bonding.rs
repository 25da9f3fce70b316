//! Putting money at stake, and taking it back.

use super::{Known, StakingError};
use crate::{
	amount::Amount,
	chain::{
		accounts,
		staking::{self, eras::EraMoment, Payee, Role},
		Block, ChainCall,
	},
	commands::Context,
	error::Error,
	keys::AccountName,
	transaction::TransactionArgs,
};
use aitbc_core::money::EXISTENTIAL_DEPOSIT;
use clap::Args;
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// What a validator puts at stake.
#[derive(Debug, Args)]
pub struct StakeArgs {
	/// How much more
	amount: Amount,

	/// Take it from what leaves the bond, which stays instead
	#[arg(long)]
	rebond: bool,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What a nominator puts at stake, and for whom.
#[derive(Debug, Args)]
pub struct NominateArgs {
	/// How much, or how much more
	amount: Option<Amount>,

	/// For whom: a candidate's stash; several times for several, in the place of those before
	#[arg(long = "validator", value_name = "ACCOUNT")]
	validators: Vec<AccountName>,

	/// Take the amount from what leaves the bond, which stays instead
	#[arg(long, requires = "amount")]
	rebond: bool,

	/// Have rewards bonded as well, if nothing is bonded yet [default: they are paid to the stash]
	#[arg(long)]
	compound: bool,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What is taken back.
#[derive(Debug, Args)]
pub struct UnstakeArgs {
	#[command(flatten)]
	what: Leaving,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// An amount, all, or what has waited.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct Leaving {
	/// How much begins to leave
	amount: Option<Amount>,

	/// Everything begins to leave, and is neither staked nor nominated with any more
	#[arg(long)]
	all: bool,

	/// Give back what has waited long enough
	#[arg(long)]
	withdraw: bool,
}

/// What becomes of a bond.
#[derive(Clone, Debug, Serialize)]
struct Bonding {
	/// What comes in.
	#[serde(skip_serializing_if = "Option::is_none")]
	amount: Option<Amount>,
	/// What is active then.
	active: Amount,
	/// Who is nominated, if that changes.
	#[serde(skip_serializing_if = "Vec::is_empty")]
	validators: Vec<AccountId32>,
	/// From when on it counts.
	counts_from: EraMoment,
	/// For how many eras it waits when it leaves.
	bonding_eras: u32,
}

impl fmt::Display for Bonding {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { amount, active, validators, counts_from, bonding_eras } = self;
		if let Some(amount) = amount {
			write!(
				f,
				"{amount} are put at risk, {active} in all, and can be slashed if a validator of \
				 theirs is; they count from {counts_from}, and wait for {bonding_eras} eras when they \
				 leave"
			)?;
		}
		if !validators.is_empty() {
			let separator = if amount.is_some() { "; " } else { "" };
			let names: Vec<_> = validators.iter().map(ToString::to_string).collect();
			write!(f, "{separator}nominated from {counts_from}: {}", names.join(", "))?;
		}
		Ok(())
	}
}

/// Adds to a validator's stake.
pub async fn stake(args: StakeArgs, context: &Context) -> Result<(), Error> {
	let known = Known::read(&args.transaction, context).await?;
	known.staker()?;
	let calls = vec![more(&known, args.amount, args.rebond).await?];
	send(&known, calls, Some(args.amount), Vec::new(), context).await
}

/// Stakes for others, or for other ones.
pub async fn nominate(args: NominateArgs, context: &Context) -> Result<(), Error> {
	let keys = context.keys()?;
	let validators = args.validators.iter().map(|name| name.resolve(&keys));
	let validators = validators.collect::<Result<Vec<_>, _>>()?;
	let known = Known::read(&args.transaction, context).await?;
	let mut calls = Vec::new();
	if let Some(amount) = args.amount {
		calls.push(match &known.staker {
			None => {
				let payee = if args.compound { Payee::Bond } else { Payee::Stash };
				new_bond(&known, amount, payee).await?
			},
			Some(_) => more(&known, amount, args.rebond).await?,
		});
	}
	match known.staker.as_ref().map(|staker| &staker.role) {
		Some(Role::Validator { .. }) => return Err(StakingError::IsValidator(known.stash).into()),
		Some(Role::Nominator { .. }) if validators.is_empty() => (),
		_ if validators.is_empty() => {
			return Err(StakingError::NobodyNominated(known.stash).into());
		},
		_ => (),
	}
	for validator in &validators {
		if !staking::is_candidate(&known.block, *validator).await? {
			return Err(StakingError::NoValidator(*validator).into());
		}
	}
	if !validators.is_empty() {
		calls.push(staking::nominate(validators.clone()));
	}
	if calls.is_empty() {
		return Err(StakingError::NothingAsked.into());
	}
	send(&known, calls, args.amount, validators, context).await
}

/// Makes a nominator's bond, which must be large enough.
async fn new_bond(known: &Known<'_>, amount: Amount, payee: Payee) -> Result<ChainCall, Error> {
	let least = staking::limits(&known.block).await?.nominator_bond;
	if amount < least {
		let role = "a nominator";
		return Err(StakingError::BondTooSmall { wanted: amount, role, least }.into());
	}
	ensure_free(&known.block, known.stash, amount).await?;
	Ok(staking::bond(amount, payee))
}

/// Adds to a bond, from what is free or from what leaves.
async fn more(known: &Known<'_>, amount: Amount, rebond: bool) -> Result<ChainCall, Error> {
	if !rebond {
		ensure_free(&known.block, known.stash, amount).await?;
		return Ok(staking::bond_extra(amount));
	}
	let leaving = known.staker()?.leaving();
	if leaving < amount {
		let (account, free) = (known.stash, leaving);
		return Err(StakingError::NotEnough { account, free, wanted: amount }.into());
	}
	Ok(staking::rebond(amount))
}

/// Refuses to bond more than there is: the chain would bond what there is without a word.
pub async fn ensure_free(block: &Block, account: AccountId32, wanted: Amount) -> Result<(), Error> {
	// As pallet-staking's `free_to_stake`: what is frozen can be staked.
	let free = accounts::balance(block, &account).await?.free.0.saturating_sub(EXISTENTIAL_DEPOSIT);
	let free = Amount(free);
	if free < wanted {
		return Err(StakingError::NotEnough { account, free, wanted }.into());
	}
	Ok(())
}

async fn send(
	known: &Known<'_>,
	calls: Vec<ChainCall>,
	amount: Option<Amount>,
	validators: Vec<AccountId32>,
	context: &Context,
) -> Result<(), Error> {
	let active = known.staker.as_ref().map_or(0, |staker| staker.active.0);
	let bonding = Bonding {
		amount,
		active: Amount(active.saturating_add(amount.map_or(0, |amount| amount.0))),
		validators,
		counts_from: known.clock.moment(known.clock.next_election()),
		bonding_eras: known.clock.bonding,
	};
	let call = known.block.all_of(calls)?;
	context.send_knowing(&known.chain, &known.sender, &call, bonding).await
}

/// What leaves, and when it can be had.
#[derive(Clone, Copy, Debug, Serialize)]
struct Unbonding {
	/// How much begins to leave.
	amount: Amount,
	/// What stays.
	active: Amount,
	/// From when on it can be withdrawn.
	free_from: EraMoment,
}

impl fmt::Display for Unbonding {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { amount, active, free_from } = self;
		write!(
			f,
			"{amount} earn nothing any more, and {active} stay; they can be slashed for what has \
			 happened, and be withdrawn from {free_from}, with `--withdraw`"
		)
	}
}

/// What comes back.
#[derive(Clone, Copy, Debug, Serialize)]
struct Withdrawal {
	/// How much.
	amount: Amount,
	/// Whether nothing is bonded any more.
	is_last: bool,
}

impl fmt::Display for Withdrawal {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let last = if self.is_last { "; nothing stays bonded" } else { "" };
		write!(f, "{} can be spent again{last}", self.amount)
	}
}

/// Takes a stake back, or begins to.
pub async fn unstake(args: UnstakeArgs, context: &Context) -> Result<(), Error> {
	let known = Known::read(&args.transaction, context).await?;
	if args.what.withdraw {
		return withdraw(&known, context).await;
	}
	let staker = known.staker()?;
	let amount = match args.what.amount {
		Some(amount) => amount.min(staker.active),
		None => staker.active,
	};
	// Naming all that is bonded also ends what it is for, which an amount alone would be refused for.
	let call = if args.what.all { staking::unbond(staker.total) } else { staking::unbond(amount) };
	let unbonding = Unbonding {
		amount,
		active: Amount(staker.active.0.saturating_sub(amount.0)),
		free_from: known.clock.unbonded(),
	};
	let call = known.block.all_of(vec![call])?;
	context.send_knowing(&known.chain, &known.sender, &call, unbonding).await
}

async fn withdraw(known: &Known<'_>, context: &Context) -> Result<(), Error> {
	let (staker, era) = (known.staker()?, known.clock.planned);
	let amount = staker.withdrawable(era);
	if amount.is_zero() {
		let reason = match staker.next_unlocking(era) {
			Some(next) => format!("{} wait until {}", next.amount, known.clock.moment(next.era)),
			None => "nothing leaves its bond; begin with `--all` or an amount".to_owned(),
		};
		let account = known.stash;
		return Err(StakingError::NothingToWithdraw { account, reason }.into());
	}
	let spans = staking::slashing_spans(&known.block, known.stash).await?;
	let call = known.block.all_of(vec![staking::withdraw_unbonded(spans)])?;
	let withdrawal = Withdrawal { amount, is_last: amount == staker.total };
	context.send_knowing(&known.chain, &known.sender, &call, withdrawal).await
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::AIT;

	const LATER: EraMoment = EraMoment { era: 8, blocks: 30 };

	fn bonding(amount: Option<u128>, validators: Vec<AccountId32>) -> Bonding {
		let amount = amount.map(|ait| Amount(ait * AIT));
		Bonding {
			amount,
			active: Amount(30 * AIT),
			validators,
			counts_from: LATER,
			bonding_eras: 3,
		}
	}

	#[test]
	fn bonding_should_say_from_when_on_it_counts_and_how_long_it_stays() {
		let text = bonding(Some(20), Vec::new()).to_string();
		for words in ["20 AIT are put at risk, 30 AIT in all", "from era 8", "for 3 eras"] {
			assert!(text.contains(words), "{words}: {text}");
		}
	}

	#[test]
	fn bonding_should_name_who_is_nominated() {
		let account = AccountId32([1; 32]);
		let text = bonding(None, vec![account]).to_string();
		assert!(text.starts_with("nominated from era 8"), "{text}");
		assert!(text.contains(&account.to_string()), "{text}");
		assert!(bonding(Some(1), vec![account]).to_string().contains("; nominated from"));
	}

	#[test]
	fn unbonding_should_say_from_when_on_the_money_can_be_had() {
		let unbonding =
			Unbonding { amount: Amount(AIT), active: Amount(2 * AIT), free_from: LATER };
		let text = unbonding.to_string();
		for words in ["1 AIT earn nothing", "2 AIT stay", "era 8, in about 1 min 30 s"] {
			assert!(text.contains(words), "{words}: {text}");
		}
	}

	#[test]
	fn withdrawal_should_say_when_it_is_the_last() {
		let withdrawal = |is_last| Withdrawal { amount: Amount(AIT), is_last }.to_string();
		assert!(withdrawal(true).ends_with("nothing stays bonded"));
		assert!(!withdrawal(false).contains("bonded"));
	}
}

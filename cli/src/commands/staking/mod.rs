//! Stakes and what they earn, for whoever validates and for whoever nominates.

pub mod bonding;
mod error;
pub mod payouts;

pub use error::StakingError;

use crate::{
	chain::{
		staking::{
			self,
			eras::{self, EraClock},
			Staker,
		},
		Block, Chain,
	},
	commands::Context,
	error::Error,
	keys::AccountName,
	transaction::{Sender, TransactionArgs},
};
use clap::{ArgMatches, FromArgMatches};
use subxt::utils::AccountId32;

/// What a command accepts that sends something only when it is asked to.
#[derive(Clone, Debug)]
pub struct MaybeSent(Option<TransactionArgs>);

impl MaybeSent {
	/// Who sends, and how carefully, which has to be said for `option`.
	pub fn needed_for(&self, option: &'static str) -> Result<&TransactionArgs, Error> {
		let missing = || StakingError::NobodySends(option).into();
		self.0.as_ref().ok_or_else(missing)
	}

	/// Who would send, if that was said.
	pub fn known(&self) -> Option<&TransactionArgs> {
		self.0.as_ref()
	}
}

/// The name of the option that says who sends.
const FROM: &str = "from";

impl clap::Args for MaybeSent {
	fn augment_args(command: clap::Command) -> clap::Command {
		TransactionArgs::augment_args(command).mut_arg(FROM, |from| from.required(false))
	}

	fn augment_args_for_update(command: clap::Command) -> clap::Command {
		TransactionArgs::augment_args_for_update(command)
	}
}

impl FromArgMatches for MaybeSent {
	fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
		if !matches.contains_id(FROM) {
			return Ok(Self(None));
		}
		TransactionArgs::from_arg_matches(matches).map(|args| Self(Some(args)))
	}

	fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
		*self = Self::from_arg_matches(matches)?;
		Ok(())
	}
}

/// The account that `name` names, or else that of who would send.
pub fn account(
	name: Option<&AccountName>,
	sent: &MaybeSent,
	context: &Context,
) -> Result<AccountId32, Error> {
	let keys = context.keys()?;
	if let Some(name) = name {
		return Ok(name.resolve(&keys)?);
	}
	let args = sent.known().ok_or(StakingError::NobodyNamed)?;
	if let Some(real) = &args.on_behalf_of {
		return Ok(real.resolve(&keys)?);
	}
	Ok(args.from.resolve(&keys)?)
}

/// A staker that a transaction is about, and what it has.
pub struct Known<'a> {
	/// Who sends.
	pub sender: Sender<'a>,
	/// Where to.
	pub chain: Chain,
	/// The state that was read.
	pub block: Block,
	/// Whose stake.
	pub stash: AccountId32,
	/// Nothing, if it has none.
	pub staker: Option<Staker>,
	/// Which era it is.
	pub clock: EraClock,
}

impl<'a> Known<'a> {
	/// Reads what the stake of who sends by `args` is.
	pub async fn read(args: &'a TransactionArgs, context: &Context) -> Result<Self, Error> {
		let sender = context.sender(args)?;
		let chain = context.connect().await?;
		let (stash, block) = (sender.acts_for(), chain.best().await?);
		let staker = staking::staker(&block, stash).await?;
		let clock = eras::clock(&block).await?;
		Ok(Self { sender, chain, block, stash, staker, clock })
	}

	/// The stake, which has to be there.
	pub fn staker(&self) -> Result<&Staker, Error> {
		let missing = || StakingError::NothingBonded(self.stash).into();
		self.staker.as_ref().ok_or_else(missing)
	}
}

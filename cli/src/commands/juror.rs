//! `aitbc juror`: being drawn to judge, and what that takes.

use super::Context;
use crate::{
	amount::Amount,
	chain::{
		jurors::{self, Juror, Pool, DELAY},
		network::{self, EpochClock},
		Call, Chain,
	},
	error::Error,
	keys::AccountName,
	output::{fields, table, Report},
	quantity::Percent,
	terminal,
	time::Period,
	transaction::{Sender, TransactionArgs},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// What can be done about jurors.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Become a juror, or add to your bond
	///
	/// Each seat that you are drawn for locks a part of it, of which you lose something when your vote is
	/// far from the ruling, and more when you stay silent.
	Bond {
		/// How much
		#[arg(value_name = "AMOUNT", allow_hyphen_values = true)]
		amount: Amount,

		#[command(flatten)]
		transaction: TransactionArgs,
	},

	/// Begin to take out some of your bond, or all of it
	///
	/// Until it can be withdrawn it stays at risk, and you have to judge if you are drawn.
	Unbond(UnbondArgs),

	/// Give what a juror took out back to it, as anybody, when no weight counts it any more
	Withdraw(OfArgs),

	/// Calculate a juror's weight anew, as anybody, because its agent's reputation has changed
	Refresh(OfArgs),

	/// Show a juror: its bond, what of it is at stake, and how likely it is to be drawn
	Status {
		/// The juror: an address, a key's name, or a development key such as //Alice
		account: AccountName,
	},

	/// Show all jurors together, and the juries that are to be drawn
	Pool,
}

/// How much to take out.
#[derive(Debug, Args)]
pub struct UnbondArgs {
	#[command(flatten)]
	amount: HowMuch,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Some or all.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct HowMuch {
	/// How much
	#[arg(value_name = "AMOUNT", allow_hyphen_values = true)]
	amount: Option<Amount>,

	/// All that is not leaving yet: you stop being a juror
	#[arg(long)]
	all: bool,
}

/// Whose juror.
#[derive(Debug, Args)]
pub struct OfArgs {
	/// The juror: an address, a key's name, or a development key such as //Alice [default: you]
	account: Option<AccountName>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Bond { amount, transaction } => bond(amount, &transaction, context).await,
		Command::Unbond(args) => unbond(args, context).await,
		Command::Withdraw(args) => withdraw(args, context).await,
		Command::Refresh(args) => {
			let known = Known::read(&args, context).await?;
			known.send(&jurors::refresh(known.account), context).await
		},
		Command::Status { account } => status(&account, context).await,
		Command::Pool => pool(context).await,
	}
}

/// A juror that a transaction is about.
struct Known<'a> {
	sender: Sender<'a>,
	chain: Chain,
	account: AccountId32,
	/// Nothing, if it is none.
	juror: Option<Juror>,
}

impl<'a> Known<'a> {
	async fn read(args: &'a OfArgs, context: &Context) -> Result<Self, Error> {
		let account = match &args.account {
			Some(account) => Some(account.resolve(&context.keys()?)?),
			None => None,
		};
		let sender = context.sender(&args.transaction)?;
		let chain = context.connect().await?;
		let account = account.unwrap_or_else(|| sender.acts_for());
		let juror = jurors::juror(&chain.best().await?, account).await?;
		Ok(Self { sender, chain, account, juror })
	}

	/// Sends a call that moves no money, or of which the chain says what is wrong.
	async fn send(&self, call: &impl Call, context: &Context) -> Result<(), Error> {
		context.send_to(&self.chain, &self.sender, call).await
	}
}

async fn bond(amount: Amount, args: &TransactionArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let clock = network::epoch_clock(&chain.best().await?).await?;
	let bonding = Bonding { amount, drawn_from: Moment::after(DELAY.saturating_add(1), clock) };
	context.send_knowing(&chain, &sender, &jurors::bond(amount), bonding).await
}

/// When something happens that waits for an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Moment {
	/// The epoch.
	epoch: u64,
	/// In about how many blocks it begins.
	blocks: u32,
}

impl Moment {
	/// So many epochs after the present one.
	fn after(epochs: u64, clock: EpochClock) -> Self {
		Self::at(clock.epoch.saturating_add(epochs), clock)
	}

	/// The beginning of `epoch`.
	fn at(epoch: u64, clock: EpochClock) -> Self {
		Self { epoch, blocks: clock.blocks_until(epoch) }
	}
}

impl fmt::Display for Moment {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { epoch, blocks } = self;
		match blocks {
			0 => write!(f, "epoch {epoch}, which has begun"),
			_ => write!(f, "epoch {epoch}, in about {}", Period(*blocks)),
		}
	}
}

/// What bonding takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Bonding {
	/// What is held at risk.
	amount: Amount,
	/// From when on the juror can be drawn with it.
	drawn_from: Moment,
}

impl fmt::Display for Bonding {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { amount, drawn_from } = self;
		write!(
			f,
			"bonding holds {amount} at risk; you can be drawn with it from {drawn_from}: look at `aitbc \
			 dispute status --mine` then, because silence is slashed"
		)
	}
}

async fn unbond(args: UnbondArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let account = sender.acts_for();
	let juror = jurors::juror(&block, account).await?;
	let amount = match (args.amount.amount, juror) {
		(Some(amount), _) => amount,
		(None, Some(juror)) => juror.staying(),
		(None, None) => return Err(Error::JurorNotFound(account)),
	};
	let clock = network::epoch_clock(&block).await?;
	let unbonding = Unbonding { amount, counted_until: Moment::after(DELAY, clock) };
	context.send_knowing(&chain, &sender, &jurors::unbond(amount), unbonding).await
}

/// What unbonding does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Unbonding {
	/// What leaves.
	amount: Amount,
	/// When no weight counts it any more.
	counted_until: Moment,
}

impl fmt::Display for Unbonding {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { amount, counted_until } = self;
		write!(
			f,
			"{amount} can be withdrawn from {counted_until}, as far as they are at stake for no seat; \
			 until then they stay at risk, and you have to judge if you are drawn"
		)
	}
}

async fn withdraw(args: OfArgs, context: &Context) -> Result<(), Error> {
	let known = Known::read(&args, context).await?;
	let call = jurors::withdraw(known.account);
	match known.juror.filter(|juror| !juror.withdrawable.is_zero()) {
		Some(juror) => {
			let withdrawal = Withdrawal { to: known.account, amount: juror.withdrawable };
			context.send_knowing(&known.chain, &known.sender, &call, withdrawal).await
		},
		None => known.send(&call, context).await,
	}
}

/// What withdrawing does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Withdrawal {
	/// Whose money it is.
	to: AccountId32,
	/// How much.
	amount: Amount,
}

impl fmt::Display for Withdrawal {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { to, amount } = self;
		write!(f, "{amount} of the bond of {to} are its own again")
	}
}

async fn status(account: &AccountName, context: &Context) -> Result<(), Error> {
	let account = account.resolve(&context.keys()?)?;
	let block = context.connect().await?.best().await?;
	let juror = jurors::juror(&block, account).await?.ok_or(Error::JurorNotFound(account))?;
	let epochs = network::epoch_clock(&block).await?;
	let report = StatusReport { account, juror, free: juror.free(), epochs };
	context.print(&report, Some(block.id))
}

#[derive(Serialize)]
struct StatusReport {
	account: AccountId32,
	#[serde(flatten)]
	juror: Juror,
	/// What of the bond is neither leaving nor at stake.
	free: Amount,
	epochs: EpochClock,
}

impl Report for StatusReport {
	const KIND: &'static str = "juror.status";

	fn text(&self) -> String {
		let Juror { bond, locked, leaving, withdrawable, weight, share, next } = self.juror;
		let share = Percent(share);
		let leaving = match leaving.is_zero() {
			true => leaving.to_string(),
			false => format!("{leaving}, of which {withdrawable} can be withdrawn now"),
		};
		let mut rows = vec![
			("juror", self.account.to_string()),
			("bond", bond.to_string()),
			("at stake for seats", locked.to_string()),
			("leaving", leaving),
			("free", self.free.to_string()),
			("weight", format!("{weight}, {share} of the pool's")),
		];
		rows.extend(next.map(|next| {
			let moment = Moment::at(next.epoch, self.epochs);
			("next weight", format!("{} in {moment}", next.weight))
		}));
		rows.push(("epoch", epoch_text(self.epochs)));
		fields(rows)
	}
}

/// The present epoch, and how long it still takes.
fn epoch_text(clock: EpochClock) -> String {
	format!("{}, the next one in about {}", clock.epoch, Period(clock.left))
}

async fn pool(context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let report = PoolReport {
		pool: jurors::pool(&block).await?,
		epochs: network::epoch_clock(&block).await?,
	};
	context.print(&report, Some(block.id))?;
	let PoolReport { pool, .. } = report;
	let left_out = pool.waiting_count.saturating_sub(pool.waiting.len() as u64);
	if left_out > 0 {
		terminal::note(format!("{left_out} more juries wait behind these"));
	}
	Ok(())
}

#[derive(Serialize)]
struct PoolReport {
	#[serde(flatten)]
	pool: Pool,
	epochs: EpochClock,
}

impl Report for PoolReport {
	const KIND: &'static str = "juror.pool";

	fn text(&self) -> String {
		let Pool { jurors, weight, min_bond, waiting, waiting_count } = &self.pool;
		let head = fields([
			("jurors", jurors.to_string()),
			("weight", weight.to_string()),
			("least bond", min_bond.to_string()),
			("juries to draw", waiting_count.to_string()),
			("epoch", epoch_text(self.epochs)),
		]);
		if waiting.is_empty() {
			return head;
		}
		let rows = waiting.iter().map(|jury| {
			[
				jury.case.to_string(),
				jury.round.to_string(),
				jury.seats.to_string(),
				jury.stake.to_string(),
				Moment::at(jury.epoch, self.epochs).to_string(),
			]
		});
		format!(
			"{head}\n\n{}",
			table(["case", "round", "seats", "stake of each", "drawn in"], rows)
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::jurors::{NextWeight, WaitingJury},
		decimal::Share,
	};
	use aitbc_core::money::AIT;

	const CLOCK: EpochClock = EpochClock { epoch: 7, length: 20, left: 10 };

	fn ait(count: u128) -> Amount {
		Amount(count * AIT)
	}

	#[test]
	fn bonding_should_say_from_when_on_one_can_be_drawn() {
		let drawn_from = Moment::after(DELAY + 1, CLOCK);
		let text = Bonding { amount: ait(1_000), drawn_from }.to_string();
		assert!(text.contains("holds 1000 AIT at risk"), "{text}");
		assert!(text.contains("from epoch 11, in about 3 min 30 s"), "{text}");
	}

	#[test]
	fn unbonding_should_say_from_when_on_it_can_be_withdrawn() {
		let counted_until = Moment::after(DELAY, CLOCK);
		let text = Unbonding { amount: ait(5), counted_until }.to_string();
		assert!(
			text.contains("5 AIT can be withdrawn from epoch 10, in about 2 min 30 s"),
			"{text}"
		);
	}

	#[test]
	fn juror_should_be_shown_with_what_changes_and_when() {
		let juror = Juror {
			bond: ait(1_000),
			locked: ait(100),
			leaving: ait(200),
			withdrawable: ait(0),
			weight: ait(450),
			share: Share(250_000_000),
			next: Some(NextWeight { weight: ait(350), epoch: 9 }),
		};
		let account = AccountId32([1; 32]);
		let report = StatusReport { account, juror, free: juror.free(), epochs: CLOCK };
		let text = report.text();
		for words in [
			"200 AIT, of which 0 AIT can be withdrawn now",
			"700 AIT",
			"450 AIT, 25 % of the pool's",
			"350 AIT in epoch 9, in about 1 min 30 s",
			"7, the next one in about 30 s",
		] {
			assert!(text.contains(words), "{words}: {text}");
		}
	}

	#[test]
	fn pool_should_show_when_juries_are_drawn() {
		let jury = |case, epoch| WaitingJury { case, round: 0, seats: 3, stake: ait(100), epoch };
		let pool = Pool {
			jurors: 4,
			weight: ait(2_000),
			min_bond: ait(1_000),
			waiting: vec![jury(3, 7), jury(4, 8)],
			waiting_count: 2,
		};
		let text = PoolReport { pool, epochs: CLOCK }.text();
		assert!(text.contains("epoch 7, which has begun"), "{text}");
		assert!(text.contains("epoch 8, in about 30 s"), "{text}");
	}
}

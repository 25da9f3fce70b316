//! The commands, one file for each noun.

pub mod account;
pub mod action;
pub mod agent;
pub mod anchor;
pub mod audit;
pub mod config;
pub mod contract;
pub mod dispute;
pub mod economics;
pub mod env;
pub mod executor;
pub mod governance;
pub mod job;
pub mod juror;
pub mod network;
mod next;
pub mod node;
pub mod offer;
mod payout;
mod returning;
pub mod staking;
pub mod tag;
pub mod telemetry;
pub mod transaction;
pub mod validation;
pub mod validator;

use crate::{
	args::{Cli, Command, GlobalArgs},
	chain::{BlockId, Call, Chain},
	check::Step,
	digest::Hash,
	error::Error,
	keys::{self, KeyFolder},
	output::{print_line, Report},
	settings::Settings,
	terminal,
	transaction::{DryRun, Sender, Sent, Timeout, TransactionArgs, Written},
};
use clap::{Args, CommandFactory};
use serde::Serialize;
use std::fmt::Display;

/// Does what the command line asks for.
pub async fn run(cli: Cli) -> Result<(), Error> {
	let context = Context { global: cli.global };
	match cli.command {
		Command::Account(command) => account::run(command, &context).await,
		Command::Agent(command) => agent::run(command, &context).await,
		Command::Offer(command) => offer::run(command, &context).await,
		Command::Job(command) => job::run(command, &context).await,
		Command::Contract(command) => contract::run(command, &context).await,
		Command::Dispute(command) => dispute::run(command, &context).await,
		Command::Juror(command) => juror::run(command, &context).await,
		Command::Validation(command) => validation::run(command, &context).await,
		Command::Tag(command) => tag::run(command, &context).await,
		Command::Transaction(command) => transaction::run(command, &context).await,
		Command::Node(command) => node::run(command, &context).await,
		Command::Network(command) => network::run(command, &context).await,
		Command::Action(command) => action::run(command, &context).await,
		Command::Executor(command) => executor::run(command, &context).await,
		Command::Anchor(command) => anchor::run(command, &context).await,
		Command::Audit(command) => audit::run(command, &context).await,
		Command::Telemetry(command) => telemetry::run(command, &context).await,
		Command::Validator(command) => validator::run(command, &context).await,
		Command::Economics(command) => economics::run(command, &context).await,
		Command::Governance(command) => governance::run(command, &context).await,
		Command::Env(command) => env::run(command, &context),
		Command::Config(command) => config::run(command, &context),
		Command::Completion { shell } => complete(shell),
	}
}

/// How long a list may be.
#[derive(Clone, Copy, Debug, Args)]
pub struct Limit {
	/// How many at most
	#[arg(long, value_name = "COUNT", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
	limit: u32,
}

/// What every command works with.
pub struct Context {
	global: GlobalArgs,
}

impl Context {
	/// The folder of the keys.
	fn keys(&self) -> Result<KeyFolder, Error> {
		Ok(KeyFolder::new(self.global.keys.clone())?)
	}

	/// The name of the profile that counts.
	fn profile(&self, settings: &Settings) -> String {
		self.global.profile.clone().unwrap_or_else(|| settings.profile.clone())
	}

	/// How long to wait for what takes its time.
	fn timeout(&self) -> Timeout {
		self.global.timeout
	}

	/// A connection to the node.
	async fn connect(&self) -> Result<Chain, Error> {
		Ok(Chain::connect(&self.global.url, self.global.timeout.0).await?)
	}

	/// Writes what was found out, at `block` if at any.
	fn print(&self, report: &impl Report, block: Option<BlockId>) -> Result<(), Error> {
		Ok(self.global.output.print(report, block)?)
	}

	/// Whoever `args` name, ready to send.
	fn sender<'a>(&self, args: &'a TransactionArgs) -> Result<Sender<'a>, Error> {
		Ok(Sender::new(self.keys()?, args, self.global.timeout)?)
	}

	/// Sends one call, and writes what became of it.
	async fn send(&self, args: &TransactionArgs, call: &impl Call) -> Result<(), Error> {
		let sender = self.sender(args)?;
		let chain = self.connect().await?;
		self.send_to(&chain, &sender, call).await
	}

	/// The same for commands that have asked the chain before.
	async fn send_to(
		&self,
		chain: &Chain,
		sender: &Sender<'_>,
		call: &impl Call,
	) -> Result<(), Error> {
		self.print_sent(sender.send(chain, call).await?)
	}

	/// The same for calls that do more to somebody's money than take a fee: `consequences` says what,
	/// before anybody confirms.
	async fn send_knowing(
		&self,
		chain: &Chain,
		sender: &Sender<'_>,
		call: &impl Call,
		consequences: impl Serialize + Display,
	) -> Result<(), Error> {
		terminal::note(&consequences);
		match sender.send(chain, call).await? {
			Sent::DryRun(dry_run) => self.print_foreseen(dry_run, consequences),
			sent => self.print_sent(sent),
		}
	}

	/// Writes what would become of a call that was looked at, of which people have been told
	/// `consequences`.
	fn print_foreseen(&self, dry_run: DryRun, consequences: impl Serialize) -> Result<(), Error> {
		self.print(&Foreseen { dry_run, consequences }, None)
	}

	/// Writes what became of a call.
	fn print_sent(&self, sent: Sent) -> Result<(), Error> {
		match sent {
			Sent::DryRun(dry_run) => self.print(&dry_run, None),
			Sent::Done { receipt, .. } => {
				self.print(&Written { transactions: vec![receipt], ..Written::default() }, None)
			},
		}
	}
}

/// A call that was looked at and not sent, with what it does to somebody's money beside its fee.
/// People have been told that already.
#[derive(Serialize)]
struct Foreseen<T> {
	#[serde(flatten)]
	dry_run: DryRun,
	consequences: T,
}

impl<T: Serialize> Report for Foreseen<T> {
	const KIND: &'static str = DryRun::KIND;

	fn text(&self) -> String {
		self.dry_run.text()
	}
}

/// Checks that something that was signed counts on `chain`, because it names its first block.
fn network_of(chain: &Chain, genesis: Hash) -> Step {
	let own = Hash(chain.genesis_hash().0);
	if genesis == own {
		return Step::ok("network", format!("its first block is {own}"));
	}
	let url = chain.url();
	Step::failed(
		"network",
		format!("{genesis} is the first block of another network than that of `{url}`, {own}"),
	)
}

/// A hash of nothing that anybody could know beforehand.
fn random_hash() -> Result<Hash, Error> {
	let mut bytes = [0; 32];
	getrandom::fill(&mut bytes).map_err(keys::Error::Random)?;
	Ok(Hash(bytes))
}

/// Writes the completions of `shell`.
fn complete(shell: clap_complete::Shell) -> Result<(), Error> {
	let mut script = Vec::new();
	clap_complete::generate(shell, &mut Cli::command(), "aitbc", &mut script);
	Ok(print_line(&String::from_utf8_lossy(&script))?)
}

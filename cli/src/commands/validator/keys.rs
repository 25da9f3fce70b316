//! Session keys in the validator's own node, and changing them.

use super::waiting;
use crate::{
	chain::{
		self,
		network::{self, EpochClock},
		session::{self, Keys, NewKeys},
		Block, Chain,
	},
	commands::{
		staking::{Known, StakingError},
		Context,
	},
	error::Error,
	output::{fields, or_dash, Report},
	terminal,
	time::Period,
	transaction::{Receipt, Sent, TransactionArgs, Wait},
};
use clap::Args;
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// The validator's own node, which keeps the keys.
#[derive(Debug, Args)]
pub struct Operator {
	/// Address of the validator's own node, which makes and keeps the session keys [default: --url]
	#[arg(long, value_name = "URL", value_parser = crate::args::parse_url)]
	node_url: Option<String>,
}

impl Operator {
	/// A connection to that node, which must be of the same network as `chain`.
	pub async fn connect(&self, chain: &Chain, context: &Context) -> Result<Chain, Error> {
		let url = self.node_url.as_deref().unwrap_or(chain.url());
		let node = Chain::connect(url, context.timeout().0).await?;
		if node.genesis_hash() != chain.genesis_hash() {
			return Err(StakingError::OtherNetwork { url: url.to_owned() }.into());
		}
		Ok(node)
	}

	/// Whether `node` has the secrets of `keys`.
	pub async fn has(&self, node: &Chain, keys: &Keys) -> Result<bool, Error> {
		session::node_has(node, keys).await.map_err(refused)
	}

	/// Has `node` make keys for `owner`.
	pub async fn make(&self, node: &Chain, owner: AccountId32) -> Result<NewKeys, Error> {
		terminal::note(format!("the node at {} makes new session keys", node.url()));
		session::make(node, owner).await.map_err(refused)
	}
}

/// Says what to do when a node does not do what only its operator may ask for.
fn refused(error: chain::Error) -> Error {
	match error {
		chain::Error::Refused { url, reason } => StakingError::UnsafeRefused { url, reason }.into(),
		error => error.into(),
	}
}

/// Whose keys, and in which node.
#[derive(Debug, Args)]
pub struct RotateArgs {
	#[command(flatten)]
	operator: Operator,

	/// Wait until the new keys are used, and the old ones are not needed any more
	#[arg(long)]
	wait_active: bool,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// The beginning of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct SessionMoment {
	session: u64,
	/// In about how many blocks it begins.
	blocks: u32,
}

impl fmt::Display for SessionMoment {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "session {}, in about {}", self.session, Period(self.blocks))
	}
}

/// What became of the keys.
#[derive(Serialize)]
struct RotateReport {
	stash: AccountId32,
	/// The keys that were used before.
	old: Keys,
	/// The keys that come after. None if they were not made.
	new: Option<Keys>,
	/// Whether validators sign with the new ones.
	is_used: bool,
	/// When they do. None if the stash does not validate, or they are used.
	used_from: Option<SessionMoment>,
	transactions: Vec<Receipt>,
}

/// Changes the session keys of a validator. Where that is under way, it is only waited for.
pub async fn rotate(args: RotateArgs, context: &Context) -> Result<(), Error> {
	if args.wait_active && args.transaction.wait == Wait::None {
		return Err(StakingError::WithoutWait.into());
	}
	let known = Known::read(&args.transaction, context).await?;
	let (stash, block) = (known.stash, &known.block);
	let old = session::next_keys(block, stash).await?.ok_or(StakingError::NoKeys(stash))?;
	let node = args.operator.connect(&known.chain, context).await?;
	let has_old = args.operator.has(&node, &old).await?;
	let is_active = session::is_active(block, stash).await?;
	if is_active && has_old && !session::are_used(block, &old).await? {
		terminal::note("a change of keys is under way: nothing is sent");
		return finish(&known, None, old, Vec::new(), &args, context).await;
	}
	if args.transaction.dry_run {
		terminal::note("without `--dry-run` the node makes new keys, which are then set");
		let report = RotateReport {
			stash,
			old,
			new: None,
			is_used: false,
			used_from: used_from(block, stash, None).await?,
			transactions: Vec::new(),
		};
		return context.print(&report, Some(block.id));
	}
	if is_active && !has_old {
		terminal::warn(format!(
			"the node at {} does not have the keys that are used now: leave the machine that has them \
			 running until the new ones are used, and stop it then",
			node.url()
		));
	}
	let new = args.operator.make(&node, stash).await?;
	let keys = new.keys;
	let call = block.all_of(vec![session::set_keys(new)])?;
	match known.sender.send(&known.chain, &call).await? {
		Sent::DryRun(dry_run) => context.print(&dry_run, None),
		Sent::Done { receipt, .. } => {
			finish(&known, Some(old), keys, vec![receipt], &args, context).await
		},
	}
}

/// Waits if asked to, and tells when `new` are used.
async fn finish(
	known: &Known<'_>,
	old: Option<Keys>,
	new: Keys,
	transactions: Vec<Receipt>,
	args: &RotateArgs,
	context: &Context,
) -> Result<(), Error> {
	let stash = known.stash;
	if args.wait_active && session::is_active(&known.block, stash).await? {
		waiting::until_used(new, context).await?;
	}
	let block = known.chain.best().await?;
	let is_used = session::are_used(&block, &new).await?;
	let moment = if is_used { None } else { used_from(&block, stash, Some(new)).await? };
	let old = old.unwrap_or(new);
	let report =
		RotateReport { stash, old, new: Some(new), is_used, used_from: moment, transactions };
	context.print(&report, Some(block.id))
}

/// When `keys` are used, or keys that are set now. Nothing if `stash` does not validate.
async fn used_from(
	block: &Block,
	stash: AccountId32,
	keys: Option<Keys>,
) -> Result<Option<SessionMoment>, Error> {
	if !session::is_active(block, stash).await? {
		return Ok(None);
	}
	let queued = session::queued_keys(block, stash).await?;
	let is_queued = keys.is_some() && queued == keys;
	Ok(Some(in_session(network::epoch_clock(block).await?, is_queued)))
}

/// Keys that are set in a session are queued in the next, and used in the one after.
fn in_session(clock: EpochClock, is_queued: bool) -> SessionMoment {
	let session = clock.epoch.saturating_add(if is_queued { 1 } else { 2 });
	SessionMoment { session, blocks: clock.blocks_until(session) }
}

impl Report for RotateReport {
	const KIND: &'static str = "validator.rotate";

	fn text(&self) -> String {
		let needed = match (self.is_used, self.used_from) {
			(true, _) => "not any more, once this block is final".to_owned(),
			(false, Some(moment)) => {
				format!("until {moment}: keep them in the node, and it running")
			},
			(false, None) => "it does not validate now, so none are used".to_owned(),
		};
		let head = fields([
			("stash", self.stash.to_string()),
			("new keys", or_dash(self.new.map(|keys| keys.digits()))),
			("used", or_dash(self.used_from.map(|moment| format!("from {moment}")))),
			("old keys are needed", needed),
		]);
		let receipts = self.transactions.iter().map(|receipt| receipt.text([]));
		[head].into_iter().chain(receipts).collect::<Vec<_>>().join("\n\n")
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const CLOCK: EpochClock = EpochClock { epoch: 7, length: 20, left: 10 };

	#[test]
	fn keys_should_be_used_in_the_session_after_the_next_when_they_are_set_now() {
		assert_eq!(in_session(CLOCK, false), SessionMoment { session: 9, blocks: 30 });
		assert_eq!(in_session(CLOCK, true), SessionMoment { session: 8, blocks: 10 });
	}
}

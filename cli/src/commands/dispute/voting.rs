//! `aitbc dispute commit`, `reveal` and `denounce`: votes that are secret until all are in.

use super::{found, DisputeError, Target};
use crate::{
	amount::Amount,
	ballot::{self, Choice, Paper, Salt},
	chain::{
		disputes::{self, Ballot, Case, Court, State},
		network, parameters, Block, Chain,
	},
	commands::Context,
	decimal::Share,
	digest::Hash,
	error::Error,
	keys::AccountName,
	quantity::Tenths,
	terminal,
	transaction::{Sender, TransactionArgs},
};
use clap::Args;
use serde::Serialize;
use std::{
	fmt, fs,
	path::{Path, PathBuf},
};
use subxt::utils::AccountId32;

/// A vote.
#[derive(Debug, Args)]
pub struct CommitArgs {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	choice: ChoiceArgs,

	/// Hide the vote by a random salt, and write it to this new file, which `reveal` then needs
	/// [default: a salt that is made from your key]
	#[arg(long, value_name = "FILE")]
	salt_file: Option<PathBuf>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What a vote says.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct ChoiceArgs {
	/// The client's share, in tenths from 0 to 10
	#[arg(long, value_name = "TENTHS")]
	client: Option<Tenths>,

	/// That the case cannot be decided
	#[arg(long)]
	refuse: bool,
}

impl From<ChoiceArgs> for Choice {
	fn from(args: ChoiceArgs) -> Self {
		args.client.map_or(Self::Refuse, Self::ClientTenths)
	}
}

/// Which vote to reveal.
#[derive(Debug, Args)]
pub struct RevealArgs {
	#[command(flatten)]
	target: Target,

	/// The file with the salt, if `commit` wrote one
	#[arg(long, value_name = "FILE")]
	salt_file: Option<PathBuf>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Whose vote became known.
#[derive(Debug, Args)]
pub struct DenounceArgs {
	#[command(flatten)]
	target: Target,

	/// The juror: an address, a key's name, or a development key such as //Alice
	#[arg(long, value_name = "ACCOUNT")]
	juror: AccountName,

	/// The salt of its vote, as `0x` and 64 hexadecimal digits; what it says is found by trying
	#[arg(long, value_name = "SALT")]
	salt: Salt,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Commits to a vote.
pub async fn commit(args: CommitArgs, context: &Context) -> Result<(), Error> {
	let CommitArgs { target, choice, salt_file, transaction: args } = args;
	let sender = context.sender(&args)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let case = found(&block, target.case).await?;
	let session = Session::new(&chain, &case, sender.acts_for())?;
	let court = disputes::court(&block).await?;
	let salt = match &salt_file {
		// What is only looked at needs no salt that lasts.
		Some(_) if args.dry_run => Salt::random().map_err(DisputeError::from)?,
		Some(path) => ballot::create_salt_file(path, session.paper).map_err(DisputeError::from)?,
		None => Salt::derive(&session.paper, &sender.secret()?),
	};
	let call = disputes::commit(target.case, session.paper.commitment(choice.into(), &salt));
	let committing = session.committing(&court);
	terminal::warn(
		"show neither your vote nor its salt to anybody before votes are opened: who sees both can \
		 denounce you, and your seats lose what silence costs",
	);
	let sent = context.send_knowing(&chain, &sender, &call, committing).await;
	if let Some(path) = salt_file.filter(|_| !args.dry_run) {
		keep_or_forget(&path, sent.as_ref().err());
	}
	sent
}

/// Removes the file of a salt if `error` proves that no commitment was sent with it, and says that it
/// has to be kept otherwise.
fn keep_or_forget(path: &Path, error: Option<&Error>) {
	let shown = path.display();
	let was_not_sent = |error: &Error| match error {
		Error::Transaction(error) => error.was_not_sent(),
		_ => false,
	};
	match error {
		None => terminal::note(format!("keep `{shown}`: without it nobody can reveal this vote")),
		Some(error) if was_not_sent(error) => {
			if fs::remove_file(path).is_ok() {
				terminal::note(format!("nothing was committed, and `{shown}` is removed"));
			}
		},
		Some(_) => terminal::warn(format!(
			"keep `{shown}`: the commitment may be in a block, or come into one yet, and without the file \
			 nobody can reveal this vote"
		)),
	}
}

/// Reveals a vote.
pub async fn reveal(args: RevealArgs, context: &Context) -> Result<(), Error> {
	let RevealArgs { target, salt_file, transaction: args } = args;
	let sender = context.sender(&args)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let case = found(&block, target.case).await?;
	let session = Session::new(&chain, &case, sender.acts_for())?;
	let commitment = session.commitment()?;
	// Even a node that only tries the call out would see the vote.
	if let Some(until) = case.secret_until(network::active_clock(&block).await?.now) {
		return Err(DisputeError::TooEarly { case: target.case, until }.into());
	}
	if !session.is_open_in(&chain.finalized().await?).await? {
		return Err(DisputeError::NotFinal(target.case).into());
	}
	let salt = session.salt(&sender, salt_file.as_deref())?;
	let choice = session.open(commitment, &salt)?;
	let call = disputes::reveal(target.case, choice, &salt);
	context.send_knowing(&chain, &sender, &call, Revealing { choice }).await
}

/// Denounces a vote.
pub async fn denounce(args: DenounceArgs, context: &Context) -> Result<(), Error> {
	let DenounceArgs { target, juror, salt, transaction: args } = args;
	let juror = juror.resolve(&context.keys()?)?;
	let sender = context.sender(&args)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let case = found(&block, target.case).await?;
	let session = Session::new(&chain, &case, juror)?;
	let choice = session.open(session.commitment()?, &salt)?;
	if case.secret_until(network::active_clock(&block).await?.now).is_none() {
		return Err(DisputeError::TooLate(target.case).into());
	}
	let court = disputes::court(&block).await?;
	let [loss, wrong] = [court.silence_slash, court.incoherent_slash]
		.map(|share| share.floor_of(session.at_stake.0));
	// Who denounces itself must not lose less than by a wrong vote.
	let most = loss.saturating_sub(wrong);
	let reward = parameters::denounce_reward(&block).await?.floor_of(loss).min(most);
	let call = disputes::denounce(target.case, juror, choice, &salt);
	let denouncing = Denouncing { choice, loss: Amount(loss), reward: Amount(reward) };
	context.send_knowing(&chain, &sender, &call, denouncing).await
}

/// A juror in a jury that sits.
struct Session {
	/// On what it votes.
	paper: Paper,
	/// What it has done.
	ballot: Ballot,
	/// What its seats have at stake.
	at_stake: Amount,
	/// The last active block to reveal.
	reveal_until: u32,
}

impl Session {
	/// Of `juror` in the jury that sits on `case`.
	fn new(chain: &Chain, case: &Case, juror: AccountId32) -> Result<Self, DisputeError> {
		let id = case.case;
		let State::Voting { round, redrawn, reveal_until, .. } = case.state else {
			return Err(DisputeError::NoJury(id));
		};
		let member = case.round(round).and_then(|round| round.member(&juror));
		let member = member.ok_or(DisputeError::NotOnJury { case: id, account: juror })?;
		let seat_stake = case.court.map_or(0, |terms| terms.seat_stake.0);
		let at_stake = Amount(seat_stake.saturating_mul(member.seats.into()));
		let genesis = Hash(chain.genesis_hash().0);
		let paper = Paper { genesis, case: id, round, redrawn, juror };
		Ok(Self { paper, ballot: member.ballot, at_stake, reveal_until })
	}

	/// Whether the votes of this jury are no secret any more in `block`, nor in any that follows it.
	async fn is_open_in(&self, block: &Block) -> Result<bool, Error> {
		let Some(case) = disputes::case(block, self.paper.case).await? else { return Ok(false) };
		let State::Voting { round, redrawn, .. } = case.state else { return Ok(false) };
		let is_same_jury = (round, redrawn) == (self.paper.round, self.paper.redrawn);
		let now = network::active_clock(block).await?.now;
		Ok(is_same_jury && case.secret_until(now).is_none())
	}

	/// What the juror committed to and has not shown.
	fn commitment(&self) -> Result<Hash, DisputeError> {
		let Paper { case, juror: account, .. } = self.paper;
		let has_done = match self.ballot {
			Ballot::Committed { commitment } => return Ok(commitment),
			Ballot::Awaited => "has not committed",
			Ballot::Revealed { .. } => "has revealed",
			Ballot::Denounced { .. } => "was denounced, so that its vote is void",
		};
		Err(DisputeError::NothingCommitted { case, account, has_done })
	}

	/// The salt of the vote, from a file or else from the sender's key.
	fn salt(&self, sender: &Sender<'_>, file: Option<&Path>) -> Result<Salt, Error> {
		Ok(match file {
			Some(path) => ballot::read_salt_file(path, &self.paper).map_err(DisputeError::from)?,
			None => Salt::derive(&self.paper, &sender.secret()?),
		})
	}

	/// What was committed to with `salt`.
	fn open(&self, commitment: Hash, salt: &Salt) -> Result<Choice, DisputeError> {
		let Paper { case, juror: account, .. } = self.paper;
		let choice = self.paper.open(commitment, salt);
		choice.ok_or(DisputeError::NotCommittedTo { case, account })
	}

	/// What committing takes.
	fn committing(&self, court: &Court) -> Committing {
		Committing {
			at_stake: self.at_stake,
			reveal_until: self.reveal_until,
			silence_slash: court.silence_slash,
			incoherent_slash: court.incoherent_slash,
		}
	}
}

/// What committing to a vote takes. It does not say which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Committing {
	/// What the seats have at stake.
	at_stake: Amount,
	/// The last active block to reveal.
	reveal_until: u32,
	/// How much of that silence costs.
	silence_slash: Share,
	/// How much of it a vote costs that is not within one tenth of the ruling.
	incoherent_slash: Share,
}

impl fmt::Display for Committing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { at_stake, reveal_until, silence_slash, incoherent_slash } = self;
		let [silence, wrong] =
			[silence_slash, incoherent_slash].map(|share| Amount(share.floor_of(at_stake.0)));
		write!(
			f,
			"a commitment cannot be replaced; reveal it with `aitbc dispute reveal`, at the latest at \
			 active block {reveal_until}: of {at_stake} at stake silence costs {silence}, and a vote that \
			 is more than one tenth from the ruling {wrong}"
		)
	}
}

/// What revealing does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Revealing {
	/// What the vote says.
	choice: Choice,
}

impl fmt::Display for Revealing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "this shows everybody your vote: {}", self.choice)
	}
}

/// What denouncing does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Denouncing {
	/// What the vote says.
	choice: Choice,
	/// What the juror loses.
	loss: Amount,
	/// What of that the sender gets.
	reward: Amount,
}

impl fmt::Display for Denouncing {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { choice, loss, reward } = self;
		write!(f, "the vote, {choice}, is void: its juror loses {loss}, of which you get {reward}")
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{chain, transaction};
	use aitbc_core::money::AIT;

	#[test]
	fn committing_should_say_what_silence_and_a_wrong_vote_cost() {
		let committing = Committing {
			at_stake: Amount(200 * AIT),
			reveal_until: 300,
			silence_slash: Share(500_000_000),
			incoherent_slash: Share(200_000_000),
		};
		let text = committing.to_string();
		for words in ["active block 300", "silence costs 100 AIT", "from the ruling 40 AIT"] {
			assert!(text.contains(words), "{text}");
		}
	}

	#[test]
	fn salt_should_be_removed_only_when_certainly_nothing_was_sent() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("salt.json");
		let lost = || chain::Error::Lost { url: "ws://node".into(), reason: "reset".into() };
		let hash = subxt::config::substrate::H256::zero();
		let call = || "Disputes.commit".to_owned();
		let seen = || Box::new(transaction::LastSeen { call: call(), hash, block: None });
		let reason = || "stale".to_owned();
		let timeout = transaction::Timeout(std::time::Duration::from_secs(1));
		let wanted = "finalized";
		for (error, is_kept) in [
			(transaction::Error::OutOfSight { seen: seen(), source: lost() }, true),
			(transaction::Error::TimedOut { seen: seen(), wanted, timeout }, true),
			(transaction::Error::GivenUp { seen: seen(), reason: reason() }, true),
			(transaction::Error::Interrupted { seen: seen() }, true),
			(transaction::Error::Dropped { call: call(), hash, reason: reason() }, true),
			(transaction::Error::Refused { call: call(), reason: reason() }, false),
			(transaction::Error::NotConfirmed, false),
			(transaction::Error::InterruptedBefore, false),
			(transaction::Error::Chain(lost()), false),
		] {
			assert_eq!(is_kept_after(&path, Some(&error.into())), is_kept);
		}
		// The transaction is sent, and only what is said of it was not.
		let output = Error::Output(std::io::ErrorKind::BrokenPipe.into());
		assert!(is_kept_after(&path, Some(&output)) && is_kept_after(&path, None));
	}

	fn is_kept_after(path: &Path, error: Option<&Error>) -> bool {
		fs::write(path, "").expect("the folder is writable");
		keep_or_forget(path, error);
		path.exists()
	}
}

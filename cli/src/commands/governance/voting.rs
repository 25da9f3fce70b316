//! Votes, and giving them to somebody else.

use super::{
	naming::track,
	status::{ongoing, referendum},
	GovernanceError,
};
use crate::{
	amount::Amount,
	chain::{
		governance::{
			self,
			voting::{self, Ballot, Conviction},
			Track,
		},
		Block, ChainCall,
	},
	commands::Context,
	error::Error,
	keys::AccountName,
	time::Period,
	transaction::TransactionArgs,
};
use clap::Args;
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// Which way somebody votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Side {
	/// For it
	Aye,
	/// Against it
	Nay,
	/// Neither, which counts for its support
	Abstain,
	/// Several ways, with `--aye`, `--nay` and `--abstain`
	Split,
}

/// What is voted.
#[derive(Debug, Args)]
pub struct VoteArgs {
	/// The referendum's number
	referendum: u32,

	/// Which way
	side: Side,

	/// With how much; it can still be staked and voted with elsewhere, but not be sent away
	amount: Option<Amount>,

	/// From 0, which counts a tenth and is free when the referendum ends, to 6, which counts six times
	/// and is locked for 32 periods after it, if it ends as you vote
	#[arg(long, value_name = "LEVEL", value_parser = parse_conviction)]
	conviction: Option<Conviction>,

	/// How much is for it
	#[arg(long, value_name = "AMOUNT")]
	aye: Option<Amount>,

	/// How much is against it
	#[arg(long, value_name = "AMOUNT")]
	nay: Option<Amount>,

	/// How much is neither
	#[arg(long, value_name = "AMOUNT")]
	abstain: Option<Amount>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which vote.
#[derive(Debug, Args)]
pub struct UnvoteArgs {
	/// The referendum's number
	referendum: u32,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// On which tracks.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub struct OnTracks {
	/// A track's name; several times for several
	#[arg(long = "track", value_name = "TRACK")]
	tracks: Vec<String>,

	/// On all of them
	#[arg(long)]
	all: bool,
}

/// Who votes instead.
#[derive(Debug, Args)]
pub struct DelegateArgs {
	/// Who votes: an address, a key's name, or a development key such as //Alice
	to: AccountName,

	/// With how much of your money
	amount: Amount,

	/// As with `vote`, but counted from when you take your votes back
	#[arg(long, value_name = "LEVEL", default_value = "0", value_parser = parse_conviction)]
	conviction: Conviction,

	#[command(flatten)]
	on: OnTracks,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Whose votes.
#[derive(Debug, Args)]
pub struct UndelegateArgs {
	#[command(flatten)]
	on: OnTracks,

	#[command(flatten)]
	transaction: TransactionArgs,
}

fn parse_conviction(text: &str) -> Result<Conviction, String> {
	let level = text.parse().ok().and_then(Conviction::new);
	level.ok_or_else(|| format!("`{text}` is no conviction: write 0 to {}", Conviction::MAX))
}

impl VoteArgs {
	/// What is voted.
	fn ballot(&self) -> Result<Ballot, GovernanceError> {
		let Self { side, amount, conviction, aye, nay, abstain, .. } = self;
		let is_split = aye.or(*nay).or(*abstain).is_some();
		match side {
			Side::Aye | Side::Nay if !is_split => Ok(Ballot::Standard {
				aye: *side == Side::Aye,
				conviction: conviction.unwrap_or_default(),
				amount: amount.ok_or(GovernanceError::NoAmount)?,
			}),
			Side::Abstain if !is_split && conviction.is_none() => Ok(Ballot::Split {
				aye: Amount(0),
				nay: Amount(0),
				abstain: amount.ok_or(GovernanceError::NoAmount)?,
			}),
			Side::Split if amount.is_none() && conviction.is_none() => {
				if !is_split {
					return Err(GovernanceError::NoAmount);
				}
				let [aye, nay, abstain] = [aye, nay, abstain].map(|one| one.unwrap_or_default());
				Ok(Ballot::Split { aye, nay, abstain })
			},
			_ => Err(GovernanceError::MixedVote),
		}
	}
}

/// What a vote does.
#[derive(Clone, Copy, Debug, Serialize)]
struct Voting {
	#[serde(flatten)]
	vote: Ballot,
	/// How many votes it is, for and against.
	votes: Votes,
	/// For how many blocks it is locked after the referendum, if that ends as it is voted.
	locked_for: u32,
}

/// For and against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Votes {
	ayes: Amount,
	nays: Amount,
}

impl Votes {
	fn of(ballot: Ballot) -> Self {
		let tenth = |amount: Amount| Amount(amount.0 / 10);
		match ballot {
			Ballot::Standard { aye: true, conviction, amount } => {
				Self { ayes: conviction.votes(amount), nays: Amount(0) }
			},
			Ballot::Standard { conviction, amount, .. } => {
				Self { ayes: Amount(0), nays: conviction.votes(amount) }
			},
			Ballot::Split { aye, nay, .. } => Self { ayes: tenth(aye), nays: tenth(nay) },
		}
	}
}

impl fmt::Display for Voting {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { vote, votes, locked_for } = self;
		write!(
			f,
			"{vote}: counts {} for and {} against; {} are locked until the referendum ends",
			votes.ayes,
			votes.nays,
			vote.amount()
		)?;
		match locked_for {
			0 => write!(f, ", and free then"),
			blocks => write!(f, ", and {} longer if it ends as you vote", Period(*blocks)),
		}?;
		write!(f, ": `aitbc governance unlock` frees them")
	}
}

/// Votes, in the place of an earlier vote.
pub async fn vote(args: VoteArgs, context: &Context) -> Result<(), Error> {
	let vote = args.ballot()?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let ongoing = ongoing(&block, args.referendum).await?;
	if let Some(call) = &ongoing.proposal.call {
		crate::terminal::note(format!("referendum {}: {call}", args.referendum));
	}
	let periods = match vote {
		Ballot::Standard { conviction, .. } => conviction.periods(),
		Ballot::Split { .. } => 0,
	};
	let locked_for = voting::lock_period(&block)?.saturating_mul(periods);
	let voting = Voting { vote, votes: Votes::of(vote), locked_for };
	let call = block.all_of(vec![voting::vote(args.referendum, vote)])?;
	context.send_knowing(&chain, &sender, &call, voting).await
}

/// Takes a vote back.
pub async fn unvote(args: UnvoteArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let (account, referendum) = (sender.acts_for(), referendum(&block, args.referendum).await?);
	let tracks = governance::tracks(&block).await?;
	let positions = voting::positions(&block, account, tracks.iter().map(|track| track.id)).await?;
	let position = positions
		.iter()
		.find(|one| one.votes.iter().any(|cast| cast.referendum == referendum.index));
	let missing = GovernanceError::NoVote { account, referendum: referendum.index };
	let track = position.ok_or(missing)?.track;
	let calls = vec![
		voting::remove_vote(track, referendum.index),
		// Frees what nothing else locks.
		voting::unlock(track, account),
	];
	context.send_to(&chain, &sender, &block.all_of(calls)?).await
}

/// The tracks that `on` names.
async fn tracks(block: &Block, on: &OnTracks) -> Result<Vec<Track>, Error> {
	let all = governance::tracks(block).await?;
	if on.all {
		return Ok(all);
	}
	on.tracks.iter().map(|name| track(&all, name).cloned()).collect()
}

/// What giving votes away does.
#[derive(Clone, Debug, Serialize)]
struct Delegating {
	to: AccountId32,
	/// On which tracks.
	tracks: Vec<String>,
	/// With how much.
	amount: Amount,
	/// How many votes that is.
	votes: Amount,
	/// For how many blocks it is locked after the votes are taken back.
	locked_for: u32,
}

impl fmt::Display for Delegating {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { to, tracks, amount, votes, locked_for } = self;
		write!(
			f,
			"{to} votes with {votes} of yours on {}, and you do not; {amount} are locked until you \
			 `undelegate`",
			tracks.join(", ")
		)?;
		match locked_for {
			0 => Ok(()),
			blocks => write!(f, ", and {} longer", Period(*blocks)),
		}
	}
}

/// Has somebody else vote.
pub async fn delegate(args: DelegateArgs, context: &Context) -> Result<(), Error> {
	let to = args.to.resolve(&context.keys()?)?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let tracks = tracks(&block, &args.on).await?;
	let calls = tracks.iter();
	let calls = calls.map(|track| voting::delegate(track.id, to, args.conviction, args.amount));
	let delegating = Delegating {
		to,
		tracks: tracks.iter().map(|track| track.name.clone()).collect(),
		amount: args.amount,
		votes: args.conviction.votes(args.amount),
		locked_for: voting::lock_period(&block)?.saturating_mul(args.conviction.periods()),
	};
	let call = block.all_of(calls.collect())?;
	context.send_knowing(&chain, &sender, &call, delegating).await
}

/// Takes votes back, and frees what nothing locks any more.
pub async fn undelegate(args: UndelegateArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let account = sender.acts_for();
	let tracks = tracks(&block, &args.on).await?;
	let ids = tracks.iter().map(|track| track.id);
	let positions = voting::positions(&block, account, ids).await?;
	let given = positions.iter().filter(|position| position.delegation.is_some());
	let calls: Vec<ChainCall> = given
		.flat_map(|one| [voting::undelegate(one.track), voting::unlock(one.track, account)])
		.collect();
	if calls.is_empty() {
		return Err(GovernanceError::NotDelegating(account).into());
	}
	context.send_to(&chain, &sender, &block.all_of(calls)?).await
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::args::Cli;
	use aitbc_core::money::AIT;
	use clap::Parser;

	/// What `arguments` vote.
	fn ballot(arguments: &str) -> Result<Ballot, String> {
		let words = arguments.split(' ').map(|word| word.replace('_', " "));
		let line = ["aitbc", "governance", "vote", "3"].map(str::to_owned).into_iter().chain(words);
		let line = line.chain(["--from", "//Alice"].map(str::to_owned));
		let cli = Cli::try_parse_from(line).map_err(|error| error.to_string())?;
		match cli.command {
			crate::args::Command::Governance(super::super::Command::Vote(args)) => {
				args.ballot().map_err(|error| error.to_string())
			},
			_ => Err("another command".to_owned()),
		}
	}

	#[test]
	fn votes_should_be_read_one_way_or_several() {
		let standard = |aye, level| Ballot::Standard {
			aye,
			conviction: Conviction::new(level).expect("there is one"),
			amount: Amount(5 * AIT),
		};
		assert_eq!(ballot("aye 5_AIT"), Ok(standard(true, 0)));
		assert_eq!(ballot("nay 5_AIT --conviction 6"), Ok(standard(false, 6)));
		let split = |aye, nay, abstain| Ballot::Split {
			aye: Amount(aye * AIT),
			nay: Amount(nay * AIT),
			abstain: Amount(abstain * AIT),
		};
		assert_eq!(ballot("abstain 5_AIT"), Ok(split(0, 0, 5)));
		assert_eq!(ballot("split --aye 1_AIT --nay 2_AIT"), Ok(split(1, 2, 0)));
	}

	#[test]
	fn votes_should_be_refused_when_they_make_no_sense() {
		for (arguments, words) in [
			("aye", "say how much"),
			("split", "say how much"),
			("aye 5_AIT --nay 1_AIT", "are for `split`"),
			("split 5_AIT --aye 1_AIT", "are for `split`"),
			("abstain 5_AIT --conviction 1", "`--conviction` is for"),
			("aye 5_AIT --conviction 7", "write 0 to 6"),
		] {
			let error = ballot(arguments).expect_err("it makes no sense");
			assert!(error.contains(words), "{arguments}: {error}");
		}
	}

	#[test]
	fn voting_should_say_what_it_counts_and_how_long_it_locks() {
		let vote = ballot("aye 5_AIT --conviction 2").expect("it is a vote");
		let text = Voting { vote, votes: Votes::of(vote), locked_for: 280 }.to_string();
		for words in ["counts 10 AIT for", "5 AIT are locked", "14 min longer", "governance unlock"]
		{
			assert!(text.contains(words), "{words}: {text}");
		}
		let vote = ballot("nay 5_AIT").expect("it is a vote");
		let text = Voting { vote, votes: Votes::of(vote), locked_for: 0 }.to_string();
		assert!(text.contains("0.5 AIT against") && text.contains("free then"), "{text}");
	}
}

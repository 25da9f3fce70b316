//! Getting everything back: locked votes and deposits.

use super::{status::referendum, GovernanceError};
use crate::{
	amount::Amount,
	chain::{
		governance::{
			self, blocks_until, calls,
			treasury::{self, Preimage},
			voting::{self, Ballot, Delegation, Lock, Position},
			Referendum, Track,
		},
		Block, ChainCall,
	},
	commands::Context,
	error::Error,
	keys::AccountName,
	output::{table, Report},
	time::Period,
	transaction::TransactionArgs,
};
use clap::Args;
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// The most calls of one transaction.
const MOST_CALLS: usize = 50;

/// Whose votes.
#[derive(Debug, Args)]
pub struct VotesArgs {
	/// An address, a key's name, or a development key such as //Alice
	account: AccountName,
}

/// Whose money is freed.
#[derive(Debug, Args)]
pub struct UnlockArgs {
	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which deposits.
#[derive(Debug, Args)]
pub struct RefundArgs {
	/// A referendum's number, whoever deposited [default: all that you deposited]
	referendum: Option<u32>,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// A vote, and what became of its referendum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Cast {
	referendum: u32,
	vote: Ballot,
	/// Whether the referendum goes on.
	goes_on: bool,
	/// The block until which it locks. None while the referendum goes on, or if it is free.
	locked_until: Option<u32>,
}

/// What somebody does with its votes of a track, and what that locks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct OnTrack {
	track: String,
	#[serde(skip)]
	id: u16,
	votes: Vec<Cast>,
	delegation: Option<Delegation>,
	/// What stays locked for votes of before.
	earlier: Option<Lock>,
	/// What the chain keeps locked for the track until it is asked to look again.
	locked: Amount,
}

impl OnTrack {
	async fn read(block: &Block, position: Position, tracks: &[Track]) -> Result<Self, Error> {
		let period = voting::lock_period(block)?;
		let mut votes = Vec::new();
		for cast in position.votes {
			let referendum = governance::referendum(block, cast.referendum).await?;
			votes.push(Cast {
				referendum: cast.referendum,
				vote: cast.vote,
				goes_on: referendum.as_ref().is_some_and(Referendum::goes_on),
				locked_until: cast.vote.locked_until(referendum.as_ref(), period),
			});
		}
		let track = tracks.iter().find(|track| track.id == position.track);
		Ok(Self {
			track: track.map_or_else(|| position.track.to_string(), |track| track.name.clone()),
			id: position.track,
			votes,
			delegation: position.delegation,
			earlier: position.earlier,
			locked: position.locked,
		})
	}

	/// What must stay locked after `now`.
	fn needed(&self, now: u64) -> Amount {
		let votes = self.votes.iter().filter(|cast| {
			cast.goes_on || cast.locked_until.is_some_and(|until| u64::from(until) > now)
		});
		let earlier = self.earlier.filter(|lock| u64::from(lock.until) > now);
		let all = votes
			.map(|cast| cast.vote.amount())
			.chain(self.delegation.map(|given| given.amount))
			.chain(earlier.map(|lock| lock.amount));
		all.max().unwrap_or_default()
	}

	/// The votes that lock nothing after `now`, and can be taken away.
	fn idle(&self, now: u64) -> impl Iterator<Item = u32> + '_ {
		let idle = self.votes.iter().filter(move |cast| {
			!cast.goes_on && cast.locked_until.is_none_or(|until| u64::from(until) <= now)
		});
		idle.map(|cast| cast.referendum)
	}

	/// What frees all that can be free after `now`; nothing if nothing can.
	fn freeing(&self, account: AccountId32, now: u64) -> Vec<ChainCall> {
		let idle: Vec<_> = self.idle(now).collect();
		if idle.is_empty() && self.needed(now) >= self.locked {
			return Vec::new();
		}
		let votes = idle.into_iter().map(|referendum| voting::remove_vote(self.id, referendum));
		votes.chain([voting::unlock(self.id, account)]).collect()
	}
}

/// All that `account` does with its votes.
async fn all(block: &Block, account: AccountId32) -> Result<Vec<OnTrack>, Error> {
	let tracks = governance::tracks(block).await?;
	let ids = tracks.iter().map(|track| track.id);
	let mut all = Vec::new();
	for position in voting::positions(block, account, ids).await? {
		all.push(OnTrack::read(block, position, &tracks).await?);
	}
	Ok(all)
}

/// Shows what somebody votes.
pub async fn votes(args: VotesArgs, context: &Context) -> Result<(), Error> {
	let account = args.account.resolve(&context.keys()?)?;
	let block = context.connect().await?.best().await?;
	let tracks = all(&block, account).await?;
	context.print(&VotesReport { now: block.id.number, account, tracks }, Some(block.id))
}

#[derive(Serialize)]
struct VotesReport {
	#[serde(skip)]
	now: u64,
	account: AccountId32,
	tracks: Vec<OnTrack>,
}

impl VotesReport {
	fn rows(&self, on: &OnTrack) -> Vec<[String; 4]> {
		let until = |block: u32| match blocks_until(block, self.now) {
			0 => "can be unlocked now".to_owned(),
			blocks => format!("until block {block}, in about {}", Period(blocks)),
		};
		let votes = on.votes.iter().map(|cast| {
			let lock = match (cast.goes_on, cast.locked_until) {
				(true, _) => "while it goes on".to_owned(),
				(false, None) => "can be unlocked now".to_owned(),
				(false, Some(block)) => until(block),
			};
			let what = format!("referendum {}: {}", cast.referendum, cast.vote);
			[on.track.clone(), what, cast.vote.amount().to_string(), lock]
		});
		let given = on.delegation.map(|given| {
			let lock = "until you `undelegate`".to_owned();
			[on.track.clone(), format!("given to {}", given.to), given.amount.to_string(), lock]
		});
		let earlier = on.earlier.map(|lock| {
			let what = "votes of before".to_owned();
			[on.track.clone(), what, lock.amount.to_string(), until(lock.until)]
		});
		let mut rows: Vec<_> = votes.chain(given).chain(earlier).collect();
		if rows.is_empty() {
			let what = "nothing any more".to_owned();
			rows.push([on.track.clone(), what, on.locked.to_string(), until(0)]);
		}
		rows
	}
}

impl Report for VotesReport {
	const KIND: &'static str = "governance.votes";

	fn text(&self) -> String {
		if self.tracks.is_empty() {
			return format!("{} votes nowhere, and nothing of it is locked by votes", self.account);
		}
		let rows = self.tracks.iter().flat_map(|on| self.rows(on));
		table(["track", "vote", "amount", "locked"], rows)
	}
}

/// What unlocking does.
#[derive(Clone, Copy, Debug, Serialize)]
struct Unlocking {
	/// The greatest lock now: locks of tracks lie above each other.
	locked: Amount,
	/// The greatest after.
	stays: Amount,
}

impl fmt::Display for Unlocking {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { locked, stays } = self;
		write!(f, "{locked} are locked by votes, of which {stays} stay locked")
	}
}

/// Frees what can be free.
pub async fn unlock(args: UnlockArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let (account, now) = (sender.acts_for(), block.id.number);
	let tracks = all(&block, account).await?;
	let calls = tracks.iter().flat_map(|on| on.freeing(account, now));
	let calls: Vec<_> = calls.take(MOST_CALLS).collect();
	if calls.is_empty() {
		return Err(GovernanceError::NothingToUnlock(account).into());
	}
	let most = |amounts: &mut dyn Iterator<Item = Amount>| amounts.max().unwrap_or_default();
	let unlocking = Unlocking {
		locked: most(&mut tracks.iter().map(|on| on.locked)),
		stays: most(&mut tracks.iter().map(|on| on.needed(now))),
	};
	let call = block.all_of(calls)?;
	context.send_knowing(&chain, &sender, &call, unlocking).await
}

/// A deposit that returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Return {
	/// To whom.
	account: AccountId32,
	amount: Amount,
	/// What it was for.
	held_for: &'static str,
	/// For which referendum, if for one.
	#[serde(skip_serializing_if = "Option::is_none")]
	referendum: Option<u32>,
}

/// Deposits that return.
#[derive(Clone, Debug, Serialize)]
struct Refunding {
	returns: Vec<Return>,
}

impl fmt::Display for Refunding {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		for (place, Return { account, amount, held_for, referendum }) in
			self.returns.iter().enumerate()
		{
			let separator = if place > 0 { "\n" } else { "" };
			write!(f, "{separator}{amount} return to {account}: {held_for}")?;
			if let Some(referendum) = referendum {
				write!(f, " of referendum {referendum}")?;
			}
		}
		Ok(())
	}
}

/// What of the deposits of `referendum` can be had now, and how.
fn of_referendum(referendum: &Referendum) -> Vec<(Return, ChainCall)> {
	let index = referendum.index;
	let back = |deposit: governance::Deposit, held_for| Return {
		account: deposit.account,
		amount: deposit.amount,
		held_for,
		referendum: Some(index),
	};
	let submission = referendum.refundable_submission().map(|deposit| {
		(back(deposit, "submission deposit"), calls::refund_submission_deposit(index))
	});
	let decision = referendum
		.refundable_decision()
		.map(|deposit| (back(deposit, "decision deposit"), calls::refund_decision_deposit(index)));
	submission.into_iter().chain(decision).collect()
}

/// What of the bytes that `account` pays for can be removed.
async fn of_preimages(
	block: &Block,
	account: AccountId32,
) -> Result<Vec<(Return, ChainCall)>, Error> {
	let idle = treasury::idle_preimages(block, account).await?.into_iter();
	let back = idle.map(|Preimage { hash, deposit }| {
		let held_for = "storage of a call's bytes";
		let back = Return { account, amount: deposit, held_for, referendum: None };
		(back, calls::unnote_preimage(hash))
	});
	Ok(back.collect())
}

/// Has deposits returned.
pub async fn refund(args: RefundArgs, context: &Context) -> Result<(), Error> {
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let account = sender.acts_for();
	let (found, why) = match args.referendum {
		Some(index) => {
			let referendum = referendum(&block, index).await?;
			let why = match referendum.goes_on() {
				true => format!("referendum {index} goes on"),
				false => format!("those of referendum {index} have returned, or are lost"),
			};
			(of_referendum(&referendum), why)
		},
		None => (all_of(&block, account).await?, format!("{account} has none that can be had")),
	};
	if found.is_empty() {
		return Err(GovernanceError::NothingToRefund(why).into());
	}
	let (returns, calls): (Vec<_>, Vec<_>) = found.into_iter().take(MOST_CALLS).unzip();
	let call = block.all_of(calls)?;
	context.send_knowing(&chain, &sender, &call, Refunding { returns }).await
}

/// Everything that `account` deposited and can have back.
async fn all_of(block: &Block, account: AccountId32) -> Result<Vec<(Return, ChainCall)>, Error> {
	let mut found = Vec::new();
	for index in 0..governance::count(block).await? {
		if let Some(referendum) = governance::referendum(block, index).await? {
			let own = of_referendum(&referendum).into_iter();
			found.extend(own.filter(|(back, _)| back.account == account));
		}
	}
	found.extend(of_preimages(block, account).await?);
	Ok(found)
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::chain::governance::{voting::Conviction, Deposit, State};

	const ACCOUNT: AccountId32 = AccountId32([1; 32]);

	fn cast(referendum: u32, amount: u128, goes_on: bool, locked_until: Option<u32>) -> Cast {
		let conviction = Conviction::new(1).expect("there is one");
		let vote = Ballot::Standard { aye: true, conviction, amount: Amount(amount) };
		Cast { referendum, vote, goes_on, locked_until }
	}

	fn on_track(votes: Vec<Cast>) -> OnTrack {
		OnTrack {
			track: "root".into(),
			id: 0,
			votes,
			delegation: None,
			earlier: Some(Lock { amount: Amount(7), until: 120 }),
			locked: Amount(50),
		}
	}

	#[test]
	fn locks_should_be_the_greatest_that_is_needed() {
		let on = on_track(vec![cast(1, 50, false, Some(110)), cast(2, 20, true, None)]);
		assert_eq!((on.needed(100), on.idle(100).count()), (Amount(50), 0));
		assert_eq!((on.needed(110), on.idle(110).count()), (Amount(20), 1));
		let on = on_track(vec![cast(1, 50, false, None)]);
		assert_eq!((on.needed(100), on.needed(120)), (Amount(7), Amount(0)));
	}

	#[test]
	fn nothing_should_be_sent_when_nothing_can_be_free() {
		let on = on_track(vec![cast(1, 50, true, None)]);
		assert_eq!(on.freeing(ACCOUNT, 100).len(), 0);
		// A vote that is taken away, and the track that is looked at again.
		let on = on_track(vec![cast(1, 50, false, None)]);
		assert_eq!(on.freeing(ACCOUNT, 100).len(), 2);
	}

	#[test]
	fn votes_should_be_shown_with_what_they_lock() {
		let tracks = vec![on_track(vec![cast(1, 50, false, Some(120)), cast(2, 20, true, None)])];
		let text = VotesReport { now: 100, account: ACCOUNT, tracks }.text();
		for words in ["until block 120, in about 1 min", "while it goes on", "votes of before"] {
			assert!(text.contains(words), "{words}: {text}");
		}
		let none = VotesReport { now: 100, account: ACCOUNT, tracks: Vec::new() }.text();
		assert!(none.contains("votes nowhere"), "{none}");
	}

	#[test]
	fn deposits_should_be_found_that_return() {
		let deposit = Some(Deposit { account: ACCOUNT, amount: Amount(5) });
		let referendum = |state| Referendum {
			index: 3,
			state,
			submission_deposit: deposit,
			decision_deposit: deposit,
		};
		let names = |state| {
			let found = of_referendum(&referendum(state)).into_iter();
			found.map(|(back, _)| back.held_for).collect::<Vec<_>>()
		};
		assert_eq!(
			names(State::Approved { at: 5, enacted: None }),
			["submission deposit", "decision deposit"]
		);
		assert_eq!(names(State::Rejected { at: 5 }), ["decision deposit"]);
	}
}

//! Votes, delegations, and what they lock.

use super::Referendum;
use crate::{
	amount::Amount,
	chain::{
		runtime,
		runtime::runtime_types::{
			aitbc_runtime::RuntimeCall,
			pallet_conviction_voting::{
				conviction::Conviction as GeneratedConviction,
				pallet::Call as Voting,
				vote::{AccountVote, Vote, Voting as GeneratedVoting},
			},
		},
		Block, ChainCall, Error,
	},
};
use serde::Serialize;
use std::fmt;
use subxt::utils::{AccountId32, MultiAddress};

/// The bit of a vote that says aye; the others are its conviction.
const AYE: u8 = 0b1000_0000;

/// For how many periods a vote is locked after it won, which is what makes it count more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Conviction(u8);

impl Conviction {
	/// The highest one.
	pub const MAX: u8 = 6;

	/// The conviction `level`, if there is one.
	pub fn new(level: u8) -> Option<Self> {
		(level <= Self::MAX).then_some(Self(level))
	}

	/// For how many periods it locks.
	pub fn periods(self) -> u32 {
		match self.0 {
			0 => 0,
			level => 1u32.checked_shl(u32::from(level).saturating_sub(1)).unwrap_or(u32::MAX),
		}
	}

	/// What `amount` counts with it.
	pub fn votes(self, amount: Amount) -> Amount {
		match self.0 {
			0 => Amount(amount.0 / 10),
			level => Amount(amount.0.saturating_mul(level.into())),
		}
	}

	fn generated(self) -> GeneratedConviction {
		match self.0 {
			0 => GeneratedConviction::None,
			1 => GeneratedConviction::Locked1x,
			2 => GeneratedConviction::Locked2x,
			3 => GeneratedConviction::Locked3x,
			4 => GeneratedConviction::Locked4x,
			5 => GeneratedConviction::Locked5x,
			_ => GeneratedConviction::Locked6x,
		}
	}
}

impl From<GeneratedConviction> for Conviction {
	fn from(conviction: GeneratedConviction) -> Self {
		Self(match conviction {
			GeneratedConviction::None => 0,
			GeneratedConviction::Locked1x => 1,
			GeneratedConviction::Locked2x => 2,
			GeneratedConviction::Locked3x => 3,
			GeneratedConviction::Locked4x => 4,
			GeneratedConviction::Locked5x => 5,
			GeneratedConviction::Locked6x => 6,
		})
	}
}

/// What somebody votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Ballot {
	/// One way.
	Standard {
		/// Which.
		aye: bool,
		/// With which conviction.
		conviction: Conviction,
		/// With how much.
		amount: Amount,
	},
	/// Several ways, without conviction.
	Split {
		/// For it.
		aye: Amount,
		/// Against it.
		nay: Amount,
		/// For there being a vote at all.
		abstain: Amount,
	},
}

impl Ballot {
	/// What it locks.
	pub fn amount(&self) -> Amount {
		match self {
			Self::Standard { amount, .. } => *amount,
			Self::Split { aye, nay, abstain } => {
				Amount(aye.0.saturating_add(nay.0).saturating_add(abstain.0))
			},
		}
	}

	/// The block until which it is locked after `referendum` ended, periods being `period` blocks.
	/// Nothing if it is free then.
	pub fn locked_until(&self, referendum: Option<&Referendum>, period: u32) -> Option<u32> {
		let Self::Standard { aye, conviction, .. } = self else { return None };
		let (at, approved) = referendum?.decided()?;
		let periods = conviction.periods();
		(approved == *aye && periods > 0).then(|| at.saturating_add(period.saturating_mul(periods)))
	}

	fn generated(self) -> AccountVote<u128> {
		match self {
			Self::Standard { aye, conviction, amount } => AccountVote::Standard {
				vote: Vote(conviction.0 | if aye { AYE } else { 0 }),
				balance: amount.0,
			},
			Self::Split { aye, nay, abstain } => {
				AccountVote::SplitAbstain { aye: aye.0, nay: nay.0, abstain: abstain.0 }
			},
		}
	}
}

impl From<AccountVote<u128>> for Ballot {
	fn from(vote: AccountVote<u128>) -> Self {
		let split = |aye, nay, abstain| Self::Split {
			aye: Amount(aye),
			nay: Amount(nay),
			abstain: Amount(abstain),
		};
		match vote {
			AccountVote::Standard { vote: Vote(bits), balance } => Self::Standard {
				aye: bits & AYE != 0,
				conviction: Conviction(bits & !AYE),
				amount: Amount(balance),
			},
			AccountVote::Split { aye, nay } => split(aye, nay, 0),
			AccountVote::SplitAbstain { aye, nay, abstain } => split(aye, nay, abstain),
		}
	}
}

impl fmt::Display for Ballot {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Standard { aye, conviction, amount } => {
				let side = if *aye { "aye" } else { "nay" };
				write!(f, "{side} with {amount}, conviction {}", conviction.0)
			},
			Self::Split { aye, nay, abstain } => {
				write!(f, "{aye} aye, {nay} nay, {abstain} abstaining")
			},
		}
	}
}

/// A vote of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Cast {
	/// On what.
	pub referendum: u32,
	/// What.
	pub vote: Ballot,
}

/// Somebody's votes of a track, given to somebody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Delegation {
	/// Who votes with them.
	pub to: AccountId32,
	/// How much.
	pub amount: Amount,
	/// With which conviction.
	pub conviction: Conviction,
}

/// What somebody does with its votes of a track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Position {
	/// The track.
	pub track: u16,
	/// Its votes.
	pub votes: Vec<Cast>,
	/// To whom it gave them, if it did.
	pub delegation: Option<Delegation>,
	/// What stays locked for votes of before, and until which block.
	pub earlier: Option<Lock>,
	/// What the chain keeps locked for the track now, until it is asked to look again.
	pub locked: Amount,
}

/// Money that is locked until a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Lock {
	/// How much.
	pub amount: Amount,
	/// Until which block.
	pub until: u32,
}

/// Reads what `account` does with its votes of `tracks`, where it does something.
pub async fn positions(
	block: &Block,
	account: AccountId32,
	tracks: impl Iterator<Item = u16>,
) -> Result<Vec<Position>, Error> {
	let storage = || runtime::storage().conviction_voting();
	let locks = block.value(storage().class_locks_for(), (account,)).await?.0;
	let mut positions = Vec::new();
	for track in tracks {
		let Some(voting) = block.option(storage().voting_for(), (account, track)).await? else {
			continue;
		};
		let locked = locks.iter().find(|(class, _)| *class == track);
		let locked = Amount(locked.map_or(0, |(_, amount)| *amount));
		let (votes, delegation, prior) = match voting {
			GeneratedVoting::Casting(casting) => {
				let votes = casting.votes.0.into_iter();
				let votes = votes.map(|(referendum, vote)| Cast { referendum, vote: vote.into() });
				(votes.collect(), None, casting.prior)
			},
			GeneratedVoting::Delegating(given) => {
				let delegation = Delegation {
					to: given.target,
					amount: Amount(given.balance),
					conviction: given.conviction.into(),
				};
				(Vec::new(), Some(delegation), given.prior)
			},
			// Only there for the type.
			GeneratedVoting::__Ignore(_) => continue,
		};
		let earlier = Lock { amount: Amount(prior.1), until: prior.0 };
		let earlier = Some(earlier).filter(|lock| !lock.amount.is_zero());
		if !votes.is_empty() || delegation.is_some() || earlier.is_some() || !locked.is_zero() {
			positions.push(Position { track, votes, delegation, earlier, locked });
		}
	}
	Ok(positions)
}

/// Reads how long a period is for which votes are locked, in blocks.
pub fn lock_period(block: &Block) -> Result<u32, Error> {
	block.constant(runtime::constants().conviction_voting().vote_locking_period())
}

fn voting(call: Voting) -> ChainCall {
	RuntimeCall::ConvictionVoting(call).into()
}

/// Votes on a referendum, in the place of an earlier vote.
pub fn vote(referendum: u32, ballot: Ballot) -> ChainCall {
	voting(Voting::vote { poll_index: referendum, vote: ballot.generated() })
}

/// Takes a vote back. `track` is needed when the referendum has ended.
pub fn remove_vote(track: u16, referendum: u32) -> ChainCall {
	voting(Voting::remove_vote { class: Some(track), index: referendum })
}

/// Has `to` vote with the sender's money.
pub fn delegate(track: u16, to: AccountId32, conviction: Conviction, amount: Amount) -> ChainCall {
	voting(Voting::delegate {
		class: track,
		to: MultiAddress::Id(to),
		conviction: conviction.generated(),
		balance: amount.0,
	})
}

/// Takes the sender's votes back from whom it gave them to.
pub fn undelegate(track: u16) -> ChainCall {
	voting(Voting::undelegate { class: track })
}

/// Frees what of `account` is locked for the track no more.
pub fn unlock(track: u16, account: AccountId32) -> ChainCall {
	voting(Voting::unlock { class: track, target: MultiAddress::Id(account) })
}

#[cfg(test)]
mod tests {
	use super::{super::State, *};

	fn standard(aye: bool, level: u8) -> Ballot {
		let conviction = Conviction::new(level).expect("there is one");
		Ballot::Standard { aye, conviction, amount: Amount(100) }
	}

	fn referendum(state: State) -> Referendum {
		Referendum { index: 0, state, submission_deposit: None, decision_deposit: None }
	}

	#[test]
	fn convictions_should_double_the_time_and_add_votes() {
		let counts = |level| {
			let conviction = Conviction::new(level).expect("there is one");
			(conviction.periods(), conviction.votes(Amount(100)).0)
		};
		let expected = [(0, 10), (1, 100), (2, 200), (4, 300), (8, 400), (16, 500), (32, 600)];
		assert_eq!([0, 1, 2, 3, 4, 5, 6].map(counts), expected);
		assert_eq!(Conviction::new(7), None);
	}

	#[test]
	fn votes_should_survive_their_encoding() {
		for ballot in [standard(true, 0), standard(false, 6), standard(true, 3)] {
			assert_eq!(Ballot::from(ballot.generated()), ballot);
		}
		let split = Ballot::Split { aye: Amount(1), nay: Amount(2), abstain: Amount(3) };
		assert_eq!((Ballot::from(split.generated()), split.amount()), (split, Amount(6)));
	}

	#[test]
	fn votes_should_be_locked_only_when_they_won_and_with_conviction() {
		let approved = referendum(State::Approved { at: 100, enacted: None });
		let rejected = referendum(State::Rejected { at: 100 });
		let cancelled = referendum(State::Cancelled { at: 100 });
		assert_eq!(standard(true, 3).locked_until(Some(&approved), 10), Some(140));
		assert_eq!(standard(false, 1).locked_until(Some(&rejected), 10), Some(110));
		for (ballot, referendum) in [
			(standard(true, 0), &approved),
			(standard(false, 3), &approved),
			(standard(true, 3), &rejected),
			(standard(true, 3), &cancelled),
		] {
			assert_eq!(ballot.locked_until(Some(referendum), 10), None, "{ballot:?}");
		}
	}
}

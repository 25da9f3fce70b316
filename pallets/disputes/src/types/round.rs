//! A round: who staked for it, who judges, and what came of it.

use super::Outcome;
use aitbc_core::{Balance, Choice, Party, Sides};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::Get, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;
use sp_core::H256;

/// What was staked for one side of a round.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Stake<AccountId> {
	/// Who paid it, on whom it is held, and to whom it returns.
	pub payer: AccountId,
	/// How much, in plancks: the round's fee, or twice that of who appealed.
	pub amount: Balance,
	/// The deposit for the round's record, held on the payer too, in plancks.
	pub deposit: Balance,
}

/// What a juror has done with its seats.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Ballot {
	/// Nothing yet.
	#[codec(index = 0)]
	Awaited,
	/// It committed to a vote.
	#[codec(index = 1)]
	Committed(H256),
	/// It showed its vote.
	#[codec(index = 2)]
	Revealed(Choice),
	/// Its vote became known too early, and is void.
	#[codec(index = 3)]
	Denounced {
		/// What of its stake the denouncer got, in plancks.
		reward: Balance,
	},
}

/// A member of a jury.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct JuryMember<AccountId> {
	/// Who.
	pub juror: AccountId,
	/// How many seats it has. Its vote counts as often.
	pub seats: u32,
	/// What it has done.
	pub ballot: Ballot,
}

impl<AccountId> JuryMember<AccountId> {
	/// A juror who has done nothing yet, with so many seats.
	pub(crate) fn new((juror, seats): (AccountId, u32)) -> Self {
		Self { juror, seats, ballot: Ballot::Awaited }
	}

	/// What it has at risk with `seat_stake` plancks for each seat, in plancks. What a denouncer got
	/// of it counts.
	pub fn stake(&self, seat_stake: Balance) -> Balance {
		seat_stake.saturating_mul(self.seats.into())
	}

	/// What of its stake a denouncer got, in plancks.
	pub fn denounced(&self) -> Balance {
		match self.ballot {
			Ballot::Denounced { reward } => reward,
			_ => 0,
		}
	}
}

/// A round.
#[derive(
	CloneNoBound,
	DebugNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxSeats))]
pub struct RoundRecord<AccountId, MaxSeats: Get<u32>>
where
	AccountId: Clone + core::fmt::Debug + PartialEq + Eq,
{
	/// How many seats its jury is to have.
	pub seats: u32,
	/// What was staked for each side. Both are there once a jury is asked for.
	pub stakes: Sides<Option<Stake<AccountId>>>,
	/// Who judges. Empty until it is drawn.
	pub jury: BoundedVec<JuryMember<AccountId>, MaxSeats>,
	/// What its jury came to. `None` as long as it votes, and if it said nothing.
	pub outcome: Option<Outcome>,
}

impl<AccountId, MaxSeats: Get<u32>> RoundRecord<AccountId, MaxSeats>
where
	AccountId: Clone + core::fmt::Debug + PartialEq + Eq,
{
	/// A round of a jury of `seats`, for which nobody has staked.
	pub fn new(seats: u32) -> Self {
		let stakes = Sides { client: None, provider: None };
		Self { seats, stakes, jury: BoundedVec::new(), outcome: None }
	}

	/// Takes note of what was staked for `side`.
	pub(crate) fn stake(&mut self, side: Party, stake: Stake<AccountId>) {
		*self.stakes.of_mut(side) = Some(stake);
	}

	/// Whether `who` staked for a side.
	pub fn has_payer(&self, who: &AccountId) -> bool {
		let stakes = [&self.stakes.client, &self.stakes.provider];
		stakes.into_iter().flatten().any(|stake| stake.payer == *who)
	}

	/// What `juror` does here, if it is a member of the jury.
	pub fn member_mut(&mut self, juror: &AccountId) -> Option<&mut JuryMember<AccountId>> {
		self.jury.iter_mut().find(|member| member.juror == *juror)
	}

	/// Whether every member committed, so that nothing is secret any longer.
	pub fn has_committed(&self) -> bool {
		self.jury.iter().all(|member| member.ballot != Ballot::Awaited)
	}

	/// Whether nobody has anything left to reveal.
	pub fn has_revealed(&self) -> bool {
		let is_open = |ballot| matches!(ballot, Ballot::Awaited | Ballot::Committed(_));
		!self.jury.iter().any(|member| is_open(member.ballot))
	}

	/// Whether more than half of its seats revealed a vote, as an outcome takes.
	pub fn has_quorum(&self) -> bool {
		let seats = self.votes().fold(0u32, |sum, (_, seats)| sum.saturating_add(seats));
		seats > self.seats / 2
	}

	/// The votes that were revealed, and how many seats say so.
	pub fn votes(&self) -> impl Iterator<Item = (Choice, u32)> + '_ {
		self.jury.iter().filter_map(|member| match member.ballot {
			Ballot::Revealed(choice) => Some((choice, member.seats)),
			_ => None,
		})
	}
}

//! What providers bid for a job.

use aitbc_core::{AgentId, Balance, BlockNumber, OfferId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::cmp::Reverse;
use scale_info::TypeInfo;

/// What a client decides on when it takes a bid.
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
pub struct BidTerms {
	/// The offer whose resource, SLA and capacity the bidder would use.
	pub offer: OfferId,
	/// What it asks, in plancks: in all for milestones, for each active block for a stream, for each
	/// unit for a meter.
	pub price: Balance,
	/// What it puts at risk, in plancks.
	pub bond: Balance,
}

/// A provider's bid for a job.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Bid<AccountId> {
	/// The agent that would do the job.
	pub agent: AgentId,
	/// The wallet that bid for it. The bond is held on this account.
	pub account: AccountId,
	/// On what terms.
	pub terms: BidTerms,
	/// Whether it stays, with its bond, when another gets the job, to take over from that one.
	pub stays_as_backup: bool,
	/// When it was made, in active blocks.
	pub at: BlockNumber,
}

impl<AccountId> Bid<AccountId> {
	/// What a full list goes by: the bid with the least key has to go. Of equals, the later.
	pub(crate) fn strength(&self) -> impl Ord {
		(self.terms.bond, Reverse(self.terms.price), Reverse(self.at))
	}

	/// What backups go by: the one with the least key is the first to take over.
	///
	/// The dearest is, since what comes back when a backup fails is that backup's own price: after a
	/// cheap one no dearer one could follow.
	pub(crate) fn turn(&self) -> impl Ord {
		(Reverse(self.terms.price), self.at)
	}
}

/// Why a bid left its job's list.
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
pub enum BidEnd {
	/// The bidder took it back.
	#[codec(index = 0)]
	Withdrawn,
	/// A later bid of the same agent or account took its place.
	#[codec(index = 1)]
	Replaced,
	/// The list was full, and it was the weakest.
	#[codec(index = 2)]
	Evicted,
	/// Another one got the job, and this one does not stay.
	#[codec(index = 3)]
	Lost,
	/// Its turn as a backup came, and it could not take over.
	#[codec(index = 4)]
	Skipped,
	/// The job ended.
	#[codec(index = 5)]
	JobEnded,
}

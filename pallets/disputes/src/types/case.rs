//! A case and how far it has come.

use super::Outcome;
use aitbc_core::{AgentId, Balance, BlockNumber, Fact, Party, Round, Sides, Subject, Tenths};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use core::cmp::Ordering;
use scale_info::TypeInfo;
use sp_runtime::{Perbill, Saturating};

/// What one party would settle for.
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
pub struct SettlementOffer {
	/// Who offers. Only the other party can accept.
	pub by: Party,
	/// What the client shall get. The rest is the provider's.
	pub client_share: Perbill,
}

/// What a seat earns and risks, as it was when the case opened.
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
pub struct CourtTerms {
	/// What each seat of a jury costs the side that loses, in plancks.
	pub seat_fee: Balance,
	/// What each seat puts at risk, in plancks.
	pub seat_stake: Balance,
}

/// Why a case was ruled as it was.
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
pub enum RulingCause {
	/// The chain itself knew.
	#[codec(index = 0)]
	Fact(Fact),
	/// The parties agreed.
	#[codec(index = 1)]
	Settlement,
	/// One side did not defend itself, or did not stake for a further round.
	#[codec(index = 2)]
	Silence {
		/// Which.
		of: Party,
	},
	/// Nobody decided: the case was too small for a court, or the court said nothing.
	#[codec(index = 3)]
	Undecided,
	/// A jury's outcome stands.
	#[codec(index = 4)]
	Jury,
	/// Governance ruled.
	#[codec(index = 5)]
	Governance,
}

/// How far a case has come. All blocks are active blocks.
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
pub enum CaseState {
	/// The parties may still agree, and the respondent may file its claim.
	#[codec(index = 0)]
	Settling {
		/// The last block of it.
		until: BlockNumber,
		/// What a party would settle for.
		offer: Option<SettlementOffer>,
	},
	/// A jury was asked for.
	#[codec(index = 1)]
	Drawing {
		/// Which round it will judge.
		round: Round,
		/// Whether an earlier jury of this round stayed silent.
		redrawn: bool,
		/// The last block at which a party may file evidence.
		evidence_until: BlockNumber,
	},
	/// A jury sits.
	#[codec(index = 2)]
	Voting {
		/// Which round it judges.
		round: Round,
		/// Whether an earlier jury of this round stayed silent.
		redrawn: bool,
		/// The last block at which a party may file evidence. Votes begin after it.
		evidence_until: BlockNumber,
		/// The last block at which a juror may commit.
		commit_until: BlockNumber,
		/// The last block at which a juror may reveal.
		reveal_until: BlockNumber,
	},
	/// A jury that is not the last came to an outcome, and a side may appeal.
	#[codec(index = 3)]
	Appealable {
		/// The round that was judged.
		round: Round,
		/// What came of it.
		outcome: Outcome,
		/// Which side it is against; `None` if both are as far from it.
		loser: Option<Party>,
		/// The last block at which somebody may stake for a side to appeal.
		appeal_until: BlockNumber,
		/// The last block at which somebody may stake for the other side.
		until: BlockNumber,
		/// Which side appealed. Its stake is in the record of the next round.
		appellant: Option<Party>,
	},
	/// The last instance is over, and governance may rule in the jury's place.
	#[codec(index = 4)]
	Overseen {
		/// The last round.
		round: Round,
		/// What stands if governance does not rule: what the last jury came to, or, if it failed, the
		/// one before. `None` if no jury came to anything.
		outcome: Option<Outcome>,
		/// The last block of it. Governance may still rule until somebody takes the next step.
		until: BlockNumber,
	},
	/// It is decided, and its rounds are being paid.
	#[codec(index = 5)]
	Ruled {
		/// The ruling's share of the client.
		client_share: Perbill,
		/// Why it is so.
		cause: RulingCause,
		/// Who pays for the rounds; `None` if each side pays a half.
		loser: Option<Party>,
		/// By what outcome seats are measured; `None` if no jury came to any.
		measure: Option<Outcome>,
		/// The next round to be paid.
		next: Round,
		/// The last round of which there is a record. `None` if there was no court.
		last: Option<Round>,
	},
}

/// A case.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Case<AccountId> {
	/// What it is about.
	pub subject: Subject,
	/// Between whom.
	pub parties: Sides<AccountId>,
	/// Which of them opened it.
	pub opener: Party,
	/// The agent that answers for the provider, whatever becomes of its wallet.
	pub agent: Option<AgentId>,
	/// When, in active blocks.
	pub since: BlockNumber,
	/// How much is at stake, in plancks.
	pub value: Balance,
	/// The client's share that each side says is right. The opener's is there from the start.
	pub claims: Sides<Option<Tenths>>,
	/// What the court costs; `None` if the case is too small for it.
	pub court: Option<CourtTerms>,
	/// The storage deposit, held on the opener, in plancks.
	pub deposit: Balance,
	/// What is held on the opener beside that, in plancks, until the case is ruled: it returns if the
	/// parties settle, and is the treasury's if not.
	pub filing_fee: Balance,
	/// How many pieces of evidence each side has filed.
	pub evidence: Sides<u32>,
	/// How far it has come.
	pub state: CaseState,
}

impl<AccountId> Case<AccountId> {
	/// Who did not open it.
	pub fn respondent(&self) -> Party {
		self.opener.other()
	}

	/// The client's share that `party` claims: everything for itself if it has not said.
	pub fn claim(&self, party: Party) -> Tenths {
		self.claims.of(party).unwrap_or(match party {
			Party::Client => Tenths::ALL,
			Party::Provider => Tenths::NONE,
		})
	}

	/// Whether `claim` of the respondent leaves the opener all that it claims.
	pub fn is_conceded_by(&self, claim: Tenths) -> bool {
		match self.opener {
			Party::Client => claim >= self.claim(Party::Client),
			Party::Provider => claim <= self.claim(Party::Provider),
		}
	}

	/// The middle of both claims.
	pub fn default_split(&self) -> Perbill {
		self.claim(Party::Client).middle(self.claim(Party::Provider))
	}

	/// What `outcome` makes the client's: where a jury refused, the default split.
	pub fn share_of(&self, outcome: Outcome) -> Perbill {
		match outcome {
			Outcome::ClientShare(share) => share,
			Outcome::Refused => self.default_split(),
		}
	}

	/// The side whose claim is further from `client_share`, or `None` if both are as far.
	pub fn loser(&self, client_share: Perbill) -> Option<Party> {
		let distance = |party| self.distance(party, client_share);
		match distance(Party::Client).cmp(&distance(Party::Provider)) {
			Ordering::Greater => Some(Party::Client),
			Ordering::Less => Some(Party::Provider),
			Ordering::Equal => None,
		}
	}

	/// How far the claim of `party` is from `client_share`.
	pub fn distance(&self, party: Party, client_share: Perbill) -> Perbill {
		distance(self.claim(party).into(), client_share)
	}

	/// The round that waits for a jury, has one, or was judged last, if there is one.
	pub fn round(&self) -> Option<Round> {
		match self.state {
			CaseState::Settling { .. } => None,
			CaseState::Drawing { round, .. }
			| CaseState::Voting { round, .. }
			| CaseState::Appealable { round, .. }
			| CaseState::Overseen { round, .. } => Some(round),
			CaseState::Ruled { last, .. } => last,
		}
	}

	/// The last round of which there is, or was, a record: also one that only one side staked for.
	pub fn last_round(&self) -> Option<Round> {
		match self.state {
			CaseState::Settling { .. } => self.court.map(|_| Round::default()),
			CaseState::Appealable { round, appellant: Some(_), .. } => Some(round.next()),
			_ => self.round(),
		}
	}
}

/// How far two shares are apart.
pub(crate) fn distance(one: Perbill, other: Perbill) -> Perbill {
	one.max(other).saturating_sub(one.min(other))
}

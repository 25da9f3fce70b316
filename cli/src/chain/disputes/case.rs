//! A case and how far it has come.

use super::{generated, round::Outcome, wire, Round};
use crate::{amount::Amount, chain::contracts::Party, decimal::Share, quantity::Tenths};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// Something that both sides have one of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sides<T> {
	/// The client's.
	pub client: T,
	/// The provider's.
	pub provider: T,
}

impl<T> Sides<T> {
	/// That of `party`.
	pub fn of(&self, party: Party) -> &T {
		match party {
			Party::Client => &self.client,
			Party::Provider => &self.provider,
		}
	}
}

/// What a case is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Subject {
	/// A milestone of a contract.
	Milestone {
		/// The contract.
		contract: u64,
		/// Its place in the contract, from 0.
		milestone: u32,
	},
	/// What a stream or a meter holds.
	Contract {
		/// The contract.
		contract: u64,
	},
	/// The bond behind a validator's hard answer.
	Validation {
		/// The validation.
		validation: u64,
	},
}

impl Subject {
	/// Whether the chain may know something about it.
	pub fn has_facts(&self) -> bool {
		match self {
			Self::Milestone { .. } | Self::Validation { .. } => true,
			// It knows nothing about streams and meters.
			Self::Contract { .. } => false,
		}
	}
}

impl fmt::Display for Subject {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(&match self {
			Self::Milestone { contract, milestone } => {
				format!("milestone {milestone} of contract {contract}")
			},
			Self::Contract { contract } => format!("what contract {contract} holds"),
			Self::Validation { validation } => format!("the answer to validation {validation}"),
		})
	}
}

/// What a seat earns and risks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CourtTerms {
	/// What each seat of a jury costs the side that loses.
	pub seat_fee: Amount,
	/// What each seat puts at risk.
	pub seat_stake: Amount,
}

impl CourtTerms {
	/// What a jury of `seats` costs.
	pub fn fee(&self, seats: u32) -> Amount {
		Amount(self.seat_fee.0.saturating_mul(seats.into()))
	}
}

/// What a party would settle for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Offer {
	/// Who offers. Only the other party can accept.
	pub by: Party,
	/// What the client shall get. The rest is the provider's.
	pub client_share: Share,
}

/// What the chain itself knows. All of it speaks against the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
	/// The provider shows nothing.
	NothingShown,
	/// The provider's receipt is for other work.
	ForeignReceipt,
}

impl fmt::Display for Fact {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::NothingShown => "the provider showed nothing",
			Self::ForeignReceipt => "the provider's receipt is for other work",
		})
	}
}

/// Why a case was ruled as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
	/// The chain itself knew.
	Fact(Fact),
	/// The parties agreed.
	Settlement,
	/// This side did not defend itself, or nobody staked for it in a further round.
	Silence(Party),
	/// Nobody decided.
	Undecided,
	/// A jury's outcome stands.
	Jury,
	/// Governance ruled.
	Governance,
}

impl fmt::Display for Cause {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Fact(fact) => fact.fmt(f),
			Self::Settlement => f.pad("the parties agreed"),
			Self::Silence(side) => f.pad(&format!("nobody spoke for the {side}")),
			Self::Undecided => f.pad("nobody decided, so that the middle of both claims applies"),
			Self::Jury => f.pad("the jury's outcome stands"),
			Self::Governance => f.pad("governance ruled"),
		}
	}
}

/// How far a case has come. All blocks are active blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
	/// The parties may agree, and the respondent may file its claim.
	Settling {
		/// The last block of it.
		until: u32,
		/// What a party would settle for.
		offer: Option<Offer>,
	},
	/// A jury was asked for.
	Drawing {
		/// Which round it will judge.
		round: u8,
		/// Whether the round's first jury stayed silent.
		redrawn: bool,
		/// The last block for evidence.
		evidence_until: u32,
	},
	/// A jury sits.
	Voting {
		/// Which round it judges.
		round: u8,
		/// Whether the round's first jury stayed silent.
		redrawn: bool,
		/// The last block for evidence. Votes begin after it.
		evidence_until: u32,
		/// The last block to commit.
		commit_until: u32,
		/// The last block to reveal.
		reveal_until: u32,
	},
	/// A jury that is not the last came to an outcome, and a side may appeal.
	Appealable {
		/// The round that was judged.
		round: u8,
		/// What came of it.
		outcome: Outcome,
		/// Which side it is against; neither, if both are as far from it.
		loser: Option<Party>,
		/// The last block to appeal.
		appeal_until: u32,
		/// The last block to stake for the other side.
		until: u32,
		/// Which side appealed.
		appellant: Option<Party>,
	},
	/// The last round is over, and governance may rule in the jury's place.
	Overseen {
		/// The last round.
		round: u8,
		/// What stands if governance does not rule; nothing, if no jury came to anything.
		#[serde(skip_serializing_if = "Option::is_none")]
		outcome: Option<Outcome>,
		/// The last block of it.
		until: u32,
	},
	/// It is decided, and its rounds are being paid.
	Ruled {
		/// The ruling's share of the client.
		client_share: Share,
		/// Why it is so.
		cause: Cause,
		/// Who pays for the rounds; each side a half, if there is none.
		loser: Option<Party>,
	},
}

impl fmt::Display for State {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Settling { .. } => "settling",
			Self::Drawing { .. } => "drawing",
			Self::Voting { .. } => "voting",
			Self::Appealable { .. } => "appealable",
			Self::Overseen { .. } => "overseen",
			Self::Ruled { .. } => "ruled",
		})
	}
}

/// A step that needs nobody's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueStep {
	/// The time to settle ends.
	EndSettlement,
	/// The votes are counted.
	CountVotes,
	/// The time to appeal ends.
	EndAppeal,
	/// The time in which governance may rule ends.
	EndOversight,
	/// A round is paid.
	PayRound,
}

impl fmt::Display for DueStep {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::EndSettlement => "end the time to settle",
			Self::CountVotes => "count the votes",
			Self::EndAppeal => "end the time to appeal",
			Self::EndOversight => "end the time in which governance may rule",
			Self::PayRound => "pay a round",
		})
	}
}

/// What comes next by itself, unless somebody acts before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Due {
	/// What.
	pub step: DueStep,
	/// The first active block at which anybody may do it.
	pub from: u32,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Case {
	/// Its id.
	pub case: u64,
	/// What it is about.
	pub subject: Subject,
	/// Who pays, or who challenges an answer.
	pub client: AccountId32,
	/// Who works, or who gave the answer.
	pub provider: AccountId32,
	/// Who opened it.
	pub opener: Party,
	/// The agent that answers for the provider with its bond, if one did when the case opened.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub agent: Option<u64>,
	/// When, in active blocks.
	pub since: u32,
	/// How much is at stake.
	pub value: Amount,
	/// The client's share that each side says is right.
	pub claims: Sides<Option<Tenths>>,
	/// What the court costs; none, if the case is too small for it.
	pub court: Option<CourtTerms>,
	/// What is held on the opener for storage.
	pub deposit: Amount,
	/// What is held on the opener for opening it. It returns if the parties settle.
	pub filing_fee: Amount,
	/// How many pieces of evidence each side has filed.
	pub filed: Sides<u32>,
	/// How far it has come.
	#[serde(flatten)]
	pub state: State,
	/// Its rounds, as far as they were read and are not paid.
	pub rounds: Vec<Round>,
	/// What comes next by itself. Nothing while a jury is drawn, which ends by itself too.
	pub due: Option<Due>,
}

impl Case {
	/// Which party `account` is.
	pub fn party(&self, account: &AccountId32) -> Option<Party> {
		match account {
			account if *account == self.client => Some(Party::Client),
			account if *account == self.provider => Some(Party::Provider),
			_ => None,
		}
	}

	/// The record of `round`, if it was read and is not paid.
	pub fn round(&self, round: u8) -> Option<&Round> {
		self.rounds.iter().find(|one| one.round == round)
	}

	/// The client's share that `party` claims: everything for itself if it has not said.
	pub fn claim(&self, party: Party) -> Tenths {
		self.claims.of(party).unwrap_or(match party {
			Party::Client => Tenths::ALL,
			Party::Provider => Tenths::NONE,
		})
	}

	/// From which active block on votes are no secret any more, if they still are at `now`. It may be
	/// sooner: as soon as all have committed.
	pub fn secret_until(&self, now: u32) -> Option<u32> {
		let State::Voting { round, commit_until, .. } = self.state else { return None };
		let has_committed = self.round(round).is_some_and(Round::has_committed);
		(now <= commit_until && !has_committed).then_some(commit_until)
	}

	/// What is due when the active clock shows `now`.
	pub fn due_at(&self, now: u32) -> Option<DueStep> {
		self.due.filter(|due| due.from <= now).map(|due| due.step)
	}
}

impl From<Party> for wire::Party {
	fn from(party: Party) -> Self {
		match party {
			Party::Client => Self::Client,
			Party::Provider => Self::Provider,
		}
	}
}

impl From<wire::Subject> for Subject {
	fn from(subject: wire::Subject) -> Self {
		match subject {
			wire::Subject::Milestone { contract, milestone } => {
				Self::Milestone { contract: contract.0, milestone: milestone.0 }
			},
			wire::Subject::Contract(contract) => Self::Contract { contract: contract.0 },
			wire::Subject::Validation(validation) => Self::Validation { validation: validation.0 },
		}
	}
}

impl From<generated::case::CourtTerms> for CourtTerms {
	fn from(terms: generated::case::CourtTerms) -> Self {
		Self { seat_fee: Amount(terms.seat_fee), seat_stake: Amount(terms.seat_stake) }
	}
}

impl From<generated::case::RulingCause> for Cause {
	fn from(cause: generated::case::RulingCause) -> Self {
		use generated::case::RulingCause as Generated;
		match cause {
			Generated::Fact(fact) => Self::Fact(match fact {
				wire::Fact::NothingShown => Fact::NothingShown,
				wire::Fact::ForeignReceipt => Fact::ForeignReceipt,
			}),
			Generated::Settlement => Self::Settlement,
			Generated::Silence { of } => Self::Silence(of.into()),
			Generated::Undecided => Self::Undecided,
			Generated::Jury => Self::Jury,
			Generated::Governance => Self::Governance,
		}
	}
}

impl From<generated::case::CaseState> for State {
	fn from(state: generated::case::CaseState) -> Self {
		use generated::case::CaseState as Generated;
		match state {
			Generated::Settling { until, offer } => {
				let offer = offer.map(|offer| Offer {
					by: offer.by.into(),
					client_share: Share(offer.client_share.0),
				});
				Self::Settling { until, offer }
			},
			Generated::Drawing { round, redrawn, evidence_until } => {
				Self::Drawing { round: round.0, redrawn, evidence_until }
			},
			Generated::Voting { round, redrawn, evidence_until, commit_until, reveal_until } => {
				Self::Voting { round: round.0, redrawn, evidence_until, commit_until, reveal_until }
			},
			Generated::Appealable { round, outcome, loser, appeal_until, until, appellant } => {
				Self::Appealable {
					round: round.0,
					outcome: outcome.into(),
					loser: loser.map(Party::from),
					appeal_until,
					until,
					appellant: appellant.map(Party::from),
				}
			},
			Generated::Overseen { round, outcome, until } => {
				Self::Overseen { round: round.0, outcome: outcome.map(Outcome::from), until }
			},
			Generated::Ruled { client_share, cause, loser, .. } => Self::Ruled {
				client_share: Share(client_share.0),
				cause: cause.into(),
				loser: loser.map(Party::from),
			},
		}
	}
}

impl From<generated::info::NextStep> for Due {
	fn from(next: generated::info::NextStep) -> Self {
		use generated::info::Step as Generated;
		let step = match next.step {
			Generated::EndSettlement => DueStep::EndSettlement,
			Generated::CountVotes => DueStep::CountVotes,
			Generated::EndAppeal => DueStep::EndAppeal,
			Generated::EndOversight => DueStep::EndOversight,
			Generated::PayRound(_) => DueStep::PayRound,
		};
		Self { step, from: next.from }
	}
}

impl From<generated::info::CaseInfo<AccountId32>> for Case {
	fn from(info: generated::info::CaseInfo<AccountId32>) -> Self {
		let case = info.case;
		Self {
			case: info.id.0,
			subject: case.subject.into(),
			client: case.parties.client,
			provider: case.parties.provider,
			opener: case.opener.into(),
			agent: case.agent.map(|agent| agent.0),
			since: case.since,
			value: Amount(case.value),
			claims: Sides {
				client: case.claims.client.map(Tenths::from),
				provider: case.claims.provider.map(Tenths::from),
			},
			court: case.court.map(CourtTerms::from),
			deposit: Amount(case.deposit),
			filing_fee: Amount(case.filing_fee),
			filed: Sides { client: case.evidence.client, provider: case.evidence.provider },
			state: case.state.into(),
			rounds: info.round.into_iter().map(Round::from).collect(),
			due: info.next.map(Due::from),
		}
	}
}

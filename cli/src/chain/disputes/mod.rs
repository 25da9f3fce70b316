//! Cases between two parties, and the court that decides them.

mod calls;
mod case;
mod round;

pub use calls::*;
pub use case::{Case, CourtTerms, DueStep, Sides, State, Subject};
#[cfg(test)]
pub use case::{Cause, Due, Fact, Offer};
#[cfg(test)]
pub use round::Outcome;
pub use round::{Ballot, Member, Round, Stake};

use super::{contracts::Party, runtime, runtime::runtime_types as types, Block, Error};
use crate::{amount::Amount, decimal::Share, digest::Hash};
use aitbc_core::money;
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;
use types::{
	aitbc_core::{dispute as wire, ids::CaseId},
	pallet_disputes::types as generated,
};

/// What a piece of evidence is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
	/// What you say in your own words
	Statement,
	/// What the two of you agreed on
	Terms,
	/// What was delivered
	Deliverable,
	/// A record of a machine: a log, a measurement, an attestation
	Record,
	/// What the two of you wrote each other
	Correspondence,
}

impl fmt::Display for EvidenceKind {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Statement => "statement",
			Self::Terms => "terms",
			Self::Deliverable => "deliverable",
			Self::Record => "record",
			Self::Correspondence => "correspondence",
		})
	}
}

impl From<generated::evidence::EvidenceKind> for EvidenceKind {
	fn from(kind: generated::evidence::EvidenceKind) -> Self {
		use generated::evidence::EvidenceKind as Generated;
		match kind {
			Generated::Statement => Self::Statement,
			Generated::Terms => Self::Terms,
			Generated::Deliverable => Self::Deliverable,
			Generated::Record => Self::Record,
			Generated::Correspondence => Self::Correspondence,
		}
	}
}

impl From<EvidenceKind> for generated::evidence::EvidenceKind {
	fn from(kind: EvidenceKind) -> Self {
		match kind {
			EvidenceKind::Statement => Self::Statement,
			EvidenceKind::Terms => Self::Terms,
			EvidenceKind::Deliverable => Self::Deliverable,
			EvidenceKind::Record => Self::Record,
			EvidenceKind::Correspondence => Self::Correspondence,
		}
	}
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
	/// Its number in the case, from zero.
	pub number: u32,
	/// Who filed it.
	pub by: Party,
	/// What it is.
	pub kind: EvidenceKind,
	/// Where it can be read.
	pub uri: String,
	/// What it must hash to.
	pub hash: Hash,
	/// When it was filed, in active blocks.
	pub filed_at: u32,
	/// What is held for storage.
	pub deposit: Amount,
}

/// As what an account takes part in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "role", rename_all = "kebab-case")]
pub enum Role {
	/// A party.
	Party {
		/// Which.
		side: Party,
	},
	/// A member of a round's jury.
	Juror {
		/// Which round.
		round: u8,
		/// How many seats it has.
		seats: u32,
		/// What it has done.
		#[serde(flatten)]
		ballot: Ballot,
	},
}

impl fmt::Display for Role {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Party { side } => f.pad(&side.to_string()),
			Self::Juror { round, .. } => f.pad(&format!("juror of round {round}")),
		}
	}
}

/// A case in which an account takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Involvement {
	/// The case, with its present round only.
	#[serde(flatten)]
	pub case: Case,
	/// As what the account takes part.
	pub roles: Vec<Role>,
}

/// Some cases, and where the list goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
	/// The cases, by their ids.
	pub cases: Vec<Involvement>,
	/// Where the list goes on, if there are more: the last one in the order of storage.
	pub next: Option<u64>,
}

/// What a case that is opened now costs, and how long it takes. Periods in active blocks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Court {
	/// What opening costs, unless the parties settle.
	pub filing_fee: Amount,
	/// What is held for the storage of a case that has a court.
	pub deposit: Amount,
	/// What a seat earns and risks.
	#[serde(flatten)]
	pub terms: CourtTerms,
	/// How many seats the jury of each round has, from the first to the last appeal's.
	pub seats: Vec<u32>,
	/// What each side stakes for the first round.
	pub fee: Amount,
	/// The least value of a case that has a court.
	pub least_value: Amount,
	/// How much of its stake a seat loses that is not within one tenth of the ruling.
	pub incoherent_slash: Share,
	/// How much of its stake a seat loses that reveals nothing.
	pub silence_slash: Share,
	/// How long the parties may settle.
	pub settlement_period: u32,
	/// How long a round takes evidence.
	pub evidence_period: u32,
	/// How long jurors may commit.
	pub commit_period: u32,
	/// How long jurors may reveal.
	pub reveal_period: u32,
	/// How long sides may stake for an appeal.
	pub appeal_period: u32,
	/// How long governance may rule after the last round.
	pub oversight_period: u32,
}

impl Court {
	/// Whether a case of `value` has a court.
	pub fn takes(&self, value: Amount) -> bool {
		value >= self.least_value
	}

	/// The last round that there can be.
	pub fn last_round(&self) -> u8 {
		u8::try_from(self.seats.len().saturating_sub(1)).unwrap_or(u8::MAX)
	}

	/// How many seats the jury of `round` has.
	pub fn seats_of(&self, round: u8) -> Option<u32> {
		self.seats.get(usize::from(round)).copied()
	}

	/// What is held on who opens a case of `value`, for its storage.
	pub fn deposit_for(&self, value: Amount) -> Amount {
		if self.takes(value) {
			return self.deposit;
		}
		let round = self.seats_of(0).map_or(Amount(0), round_deposit);
		Amount(self.deposit.0.saturating_sub(round.0))
	}
}

/// The bytes of a piece of evidence without its URI: id and number, by whom, kind, length of the URI,
/// hash, when, deposit. As pallet-disputes has it, whose calls have no price for it.
const EVIDENCE_BYTES: u32 = 8 + 4 + 1 + 1 + 2 + 32 + 4 + 16;

/// The bytes of a round without its jury: id and round, seats, two stakes, length of the jury,
/// outcome.
const ROUND_BYTES: u32 = 8 + 1 + 4 + 2 * (1 + 32 + 16 + 16) + 1 + 6;

/// The bytes of a seat: its juror in the round, and in the index of who takes part.
const SEAT_BYTES: u32 = (32 + 4 + 33) + (32 + 8 + 4);

/// What is held for a piece of evidence with a URI of so many bytes.
pub fn evidence_deposit(uri: &str) -> Amount {
	let length = u32::try_from(uri.len()).unwrap_or(u32::MAX);
	Amount(money::storage_deposit(1, EVIDENCE_BYTES.saturating_add(length)))
}

/// What is held for a round with so many seats, on who appeals to it.
pub fn round_deposit(seats: u32) -> Amount {
	let bytes = ROUND_BYTES.saturating_add(SEAT_BYTES.saturating_mul(seats));
	Amount(money::storage_deposit(seats.saturating_add(1), bytes))
}

impl From<generated::info::EvidenceInfo> for Evidence {
	fn from(info: generated::info::EvidenceInfo) -> Self {
		Self {
			number: info.number,
			by: info.by.into(),
			kind: info.kind.into(),
			// The chain takes URIs in ASCII only.
			uri: String::from_utf8_lossy(&info.uri).into_owned(),
			hash: Hash(info.hash.0 .0),
			filed_at: info.at,
			deposit: Amount(info.deposit),
		}
	}
}

impl From<generated::info::Role> for Role {
	fn from(role: generated::info::Role) -> Self {
		match role {
			generated::info::Role::Party(side) => Self::Party { side: side.into() },
			generated::info::Role::Juror { round, seats, ballot } => {
				Self::Juror { round: round.0, seats, ballot: ballot.into() }
			},
		}
	}
}

impl From<generated::info::Involvement<AccountId32>> for Involvement {
	fn from(info: generated::info::Involvement<AccountId32>) -> Self {
		let roles = info.roles.into_iter().map(Role::from);
		Self { case: info.case.into(), roles: roles.collect() }
	}
}

impl From<generated::info::CourtInfo> for Court {
	fn from(info: generated::info::CourtInfo) -> Self {
		Self {
			filing_fee: Amount(info.filing_fee),
			deposit: Amount(info.deposit),
			terms: info.terms.into(),
			seats: info.seats,
			fee: Amount(info.court_fee),
			least_value: Amount(info.least_value),
			incoherent_slash: Share(info.incoherent_slash.0),
			silence_slash: Share(info.silence_slash.0),
			settlement_period: info.settlement_period,
			evidence_period: info.evidence_period,
			commit_period: info.commit_period,
			reveal_period: info.reveal_period,
			appeal_period: info.appeal_period,
			oversight_period: info.oversight_period,
		}
	}
}

/// Reads a case that is not closed, with its present round.
pub async fn case(block: &Block, case: u64) -> Result<Option<Case>, Error> {
	let api = runtime::runtime_apis().disputes_api();
	Ok(block.call(api.case(CaseId(case))).await?.map(Case::from))
}

/// Reads all rounds of a case that are not paid, in their order.
pub async fn rounds(block: &Block, case: u64) -> Result<Vec<Round>, Error> {
	let api = runtime::runtime_apis().disputes_api();
	let rounds = block.call(api.rounds(CaseId(case))).await?;
	Ok(rounds.into_iter().map(Round::from).collect())
}

/// Reads what the parties of a case filed, in the order in which they did.
pub async fn evidence(block: &Block, case: u64) -> Result<Vec<Evidence>, Error> {
	let api = runtime::runtime_apis().disputes_api();
	let evidence = block.call(api.evidence(CaseId(case))).await?;
	Ok(evidence.into_iter().map(Evidence::from).collect())
}

/// Reads what a case that is opened now costs, and how long it takes.
pub async fn court(block: &Block) -> Result<Court, Error> {
	let api = runtime::runtime_apis().disputes_api();
	Ok(block.call(api.court_terms()).await?.into())
}

/// Reads up to `limit` cases in which `account` takes part, from the one after `after` on. Pages
/// follow the order of storage, which is not that of the ids.
pub async fn cases_of(
	block: &Block,
	account: AccountId32,
	after: Option<u64>,
	limit: u32,
) -> Result<Page, Error> {
	let mut page = Page { cases: Vec::new(), next: after };
	loop {
		let read = u32::try_from(page.cases.len()).unwrap_or(u32::MAX);
		let (after, missing) = (page.next.map(CaseId), limit.saturating_sub(read));
		let api = runtime::runtime_apis().disputes_api();
		let more = block.call(api.cases_of(account, after, missing)).await?;
		page.cases.extend(more.cases.into_iter().map(Involvement::from));
		page.next = more.next.map(|next| next.0);
		if page.next.is_none() || page.cases.len() >= limit as usize {
			page.cases.sort_by_key(|one| one.case.case);
			return Ok(page);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_core::money::MILLI_AIT;

	#[test]
	fn deposits_should_grow_with_what_is_stored() {
		assert_eq!(evidence_deposit(""), Amount(168 * MILLI_AIT));
		assert_eq!(evidence_deposit("ipfs://a"), Amount(176 * MILLI_AIT));
		assert_eq!(round_deposit(0), Amount(250 * MILLI_AIT));
		assert_eq!(round_deposit(3), Amount((400 + 150 + 3 * 113) * MILLI_AIT));
	}
}

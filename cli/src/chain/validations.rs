//! Checks of agents' work by validators.

use super::{
	runtime,
	runtime::runtime_types::{
		aitbc_core::ids::{AgentId, DocumentHash, TagId, ValidationId, WorkHash},
		pallet_validations::types as generated,
	},
	Block, Call, Error,
};
use crate::{amount::Amount, decimal::Decimal, digest::Hash, time::Period};
use serde::Serialize;
use std::fmt;
use subxt::utils::AccountId32;

/// What a validator said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
	/// How good it found the work, from 0 to 100.
	pub score: u8,
	/// Where its evidence stands.
	pub evidence_uri: String,
	/// What the evidence must hash to.
	pub evidence_hash: Hash,
	/// When it said so, in active blocks.
	pub answered_at: u32,
}

/// What became of the bond behind a hard answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Bond {
	/// The answer may be disputed.
	Held {
		/// How much is at risk.
		amount: Amount,
		/// From when on the answer may be disputed, in active blocks.
		from: u32,
		/// From when on the bond may be released, and the answer not be disputed any more, in active
		/// blocks.
		until: u32,
	},
	/// A ruling decides about the answer.
	Disputed {
		/// How much is at risk.
		amount: Amount,
		/// Who challenges the answer.
		challenger: AccountId32,
		/// The case that decides.
		case: u64,
		/// How much was left of the challenge period, in active blocks.
		left: u32,
	},
	/// The answer stands for good.
	Released,
	/// The answer is overturned.
	Slashed,
}

impl fmt::Display for Bond {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(&match self {
			Self::Held { amount, until, .. } => {
				format!("{amount} held until active block {until}")
			},
			Self::Disputed { amount, challenger, case, left } => {
				let left = Period(*left);
				format!("{amount} held until case {case} of {challenger} is ruled, then for {left}")
			},
			Self::Released => "released".to_owned(),
			Self::Slashed => "slashed, the answer is overturned".to_owned(),
		})
	}
}

/// Where a validation stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum State {
	/// The validator has said nothing yet.
	Requested,
	/// The validator may say something else yet.
	Soft {
		/// What it said last.
		answer: Answer,
	},
	/// The validator gave its final answer and got the fee.
	Hard {
		/// What it said.
		answer: Answer,
		/// The account that said so.
		wallet: AccountId32,
		/// What became of the bond.
		bond: Bond,
	},
	/// The deadline passed without a hard answer, and the fee went back.
	Expired {
		/// What the validator said last, if anything.
		answer: Option<Answer>,
	},
}

impl State {
	/// What the validator said last.
	pub fn answer(&self) -> Option<&Answer> {
		match self {
			Self::Requested => None,
			Self::Soft { answer } | Self::Hard { answer, .. } => Some(answer),
			Self::Expired { answer } => answer.as_ref(),
		}
	}
}

impl fmt::Display for State {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Requested => "requested",
			Self::Soft { .. } => "soft",
			Self::Hard { bond: Bond::Slashed, .. } => "overturned",
			Self::Hard { bond: Bond::Disputed { .. }, .. } => "disputed",
			Self::Hard { .. } => "hard",
			Self::Expired { .. } => "expired",
		})
	}
}

/// A piece of an agent's work that a validator was asked to check.
#[derive(Clone, Debug, Serialize)]
pub struct Validation {
	/// Its id.
	pub validation: u64,
	/// Who asked.
	pub requester: AccountId32,
	/// The agent that is asked.
	pub validator: u64,
	/// The agent whose work it is.
	pub subject: u64,
	/// Where the work stands.
	pub work_uri: String,
	/// What the work must hash to.
	pub work_hash: Hash,
	/// What it is checked for.
	pub tag: Option<u32>,
	/// What a hard answer earns.
	pub fee: Amount,
	/// The last active block at which the validator may answer.
	pub deadline: u32,
	/// What is held for storage.
	pub deposit: Amount,
	/// Where it stands.
	#[serde(flatten)]
	pub state: State,
}

impl Of {
	/// Whether `validation`, of the subject or to the validator, is wanted.
	fn takes(self, validation: &Validation) -> bool {
		match self {
			Self::Subject(Subject { by: Some(by), .. }) => validation.validator == by,
			Self::Subject(_) | Self::Validator(_) => true,
		}
	}
}

/// Some validations, and where the list goes on.
#[derive(Clone, Debug)]
pub struct Page {
	/// The validations, by their ids.
	pub validations: Vec<Validation>,
	/// Where the list goes on, if there are more: the last one looked at in the order of storage.
	pub next: Option<u64>,
}

/// Which validations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
	/// Those of an agent's work.
	Subject(Subject),
	/// Those that this agent was asked for.
	Validator(u64),
}

/// Whose work, and how far that is narrowed down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
	/// Whose work.
	pub agent: u64,
	/// Only by this validator.
	pub by: Option<u64>,
	/// Only with this tag.
	pub tag: Option<u32>,
}

/// What hard answers about an agent come to.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Summary {
	/// How many stand.
	pub count: u64,
	/// The mean of their scores, to two decimals.
	pub mean: Option<Decimal>,
}

/// What a validator made of the requests that it took up.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Record {
	/// How many hard answers it gave.
	pub answered: u64,
	/// How many requests it left without one.
	pub missed: u64,
	/// How many of its answers were overturned.
	pub overturned: u64,
}

/// A request to be made.
#[derive(Clone, Debug)]
pub struct Request {
	/// The agent that is asked.
	pub validator: u64,
	/// The agent whose work it is.
	pub subject: u64,
	/// Where the work stands.
	pub uri: String,
	/// What the work must hash to.
	pub hash: Hash,
	/// What it is checked for.
	pub tag: Option<u32>,
	/// What a hard answer earns.
	pub fee: Amount,
	/// The last active block at which the validator may answer.
	pub deadline: u32,
}

/// The chain takes URIs in ASCII only.
fn uri(bytes: &[u8]) -> String {
	String::from_utf8_lossy(bytes).into_owned()
}

impl From<generated::Answer<Vec<u8>>> for Answer {
	fn from(answer: generated::Answer<Vec<u8>>) -> Self {
		Self {
			score: answer.score.0,
			evidence_uri: uri(&answer.evidence.uri),
			evidence_hash: Hash(answer.evidence.hash.0 .0),
			answered_at: answer.at,
		}
	}
}

impl From<generated::Bond<AccountId32>> for Bond {
	fn from(bond: generated::Bond<AccountId32>) -> Self {
		match bond {
			generated::Bond::Held { amount, from, until } => {
				Self::Held { amount: Amount(amount), from, until }
			},
			generated::Bond::Disputed { amount, challenger, case, left } => {
				Self::Disputed { amount: Amount(amount), challenger, case: case.0, left }
			},
			generated::Bond::Released => Self::Released,
			generated::Bond::Slashed => Self::Slashed,
		}
	}
}

impl From<generated::ValidationState<AccountId32, Vec<u8>>> for State {
	fn from(state: generated::ValidationState<AccountId32, Vec<u8>>) -> Self {
		use generated::ValidationState as Generated;
		match state {
			Generated::Requested => Self::Requested,
			Generated::Soft { answer } => Self::Soft { answer: answer.into() },
			Generated::Hard { answer, wallet, bond } => {
				Self::Hard { answer: answer.into(), wallet, bond: bond.into() }
			},
			Generated::Expired { soft } => Self::Expired { answer: soft.map(Into::into) },
		}
	}
}

impl From<generated::ValidationInfo<AccountId32>> for Validation {
	fn from(info: generated::ValidationInfo<AccountId32>) -> Self {
		let record = info.record;
		Self {
			validation: info.validation.0,
			requester: record.requester,
			validator: record.validator.0,
			subject: record.subject.0,
			work_uri: uri(&record.work.uri),
			work_hash: Hash(record.work.hash.0 .0),
			tag: record.tag.map(|tag| tag.0),
			fee: Amount(record.fee),
			deadline: record.deadline,
			deposit: Amount(record.deposit),
			state: record.state.into(),
		}
	}
}

/// Reads a validation that is not erased.
pub async fn validation(block: &Block, validation: u64) -> Result<Option<Validation>, Error> {
	let api = runtime::runtime_apis().validations_api();
	Ok(block.call(api.validation(ValidationId(validation))).await?.map(Validation::from))
}

/// Reads up to `limit` validations, from the one after `after` on. Pages follow the order of
/// storage, which is not that of the ids.
pub async fn validations(
	block: &Block,
	of: Of,
	after: Option<u64>,
	limit: u32,
) -> Result<Page, Error> {
	let mut page = Page { validations: Vec::new(), next: after };
	loop {
		let read = u32::try_from(page.validations.len()).unwrap_or(u32::MAX);
		let (after, missing) = (page.next.map(ValidationId), limit.saturating_sub(read));
		let api = runtime::runtime_apis().validations_api();
		let more = match of {
			Of::Subject(Subject { agent, tag, .. }) => {
				let tag = tag.map(TagId);
				block.call(api.validations_of(AgentId(agent), tag, after, missing)).await?
			},
			Of::Validator(agent) => {
				block.call(api.requests_to(AgentId(agent), after, missing)).await?
			},
		};
		let more_validations = more.validations.into_iter().map(Validation::from);
		page.validations.extend(more_validations.filter(|one| of.takes(one)));
		page.next = more.next.map(|next| next.0);
		if page.next.is_none() || page.validations.len() >= limit as usize {
			page.validations.sort_by_key(|validation| validation.validation);
			return Ok(page);
		}
	}
}

/// Reads what the hard answers about `subject` come to.
pub async fn summary(block: &Block, subject: Subject) -> Result<Summary, Error> {
	let Subject { agent, by, tag } = subject;
	let api = runtime::runtime_apis().validations_api();
	let info = block.call(api.summary(AgentId(agent), by.map(AgentId), tag.map(TagId))).await?;
	Ok(Summary { count: info.count, mean: mean(info.sum, info.count) })
}

/// The mean of `count` scores with this sum, rounded down to two decimals.
fn mean(sum: u128, count: u64) -> Option<Decimal> {
	let hundredths = sum.checked_mul(100)?.checked_div(count.into())?;
	let value = hundredths.try_into().ok()?;
	Some(Decimal { value, decimals: 2 })
}

/// Reads what `validator` made of the requests that it took up.
pub async fn record(block: &Block, validator: u64) -> Result<Record, Error> {
	let api = runtime::runtime_apis().validations_api();
	let record = block.call(api.validator_record(AgentId(validator))).await?;
	Ok(Record { answered: record.answered, missed: record.missed, overturned: record.overturned })
}

/// Reads how many requests `validator` took up that have not come to their end.
pub async fn open(block: &Block, validator: u64) -> Result<u32, Error> {
	let storage = runtime::storage().validations().open_validations();
	block.value(storage, (AgentId(validator),)).await
}

/// What is held for a request with a URI of this length, now.
pub async fn request_deposit(block: &Block, uri: &str) -> Result<Amount, Error> {
	let length = u32::try_from(uri.len()).unwrap_or(u32::MAX);
	let api = runtime::runtime_apis().validations_api();
	Ok(Amount(block.call(api.request_deposit(length)).await?))
}

/// Asks a validator to check a piece of work.
pub fn request(request: Request) -> impl Call {
	let Request { validator, subject, uri, hash, tag, fee, deadline } = request;
	let work = generated::Work { uri: uri.into_bytes(), hash: WorkHash(hash.0.into()) };
	runtime::transactions().validations().request(
		AgentId(validator),
		AgentId(subject),
		work,
		tag.map(TagId),
		fee.0,
		deadline,
	)
}

/// Says how good a piece of work is, for good if `hard`.
pub fn answer(validation: u64, score: u8, hard: bool, uri: &str, hash: Hash) -> impl Call {
	let evidence = generated::Document { uri: uri.into(), hash: DocumentHash(hash.0.into()) };
	let finality = if hard { generated::Finality::Hard } else { generated::Finality::Soft };
	let score = generated::Score(score);
	runtime::transactions().validations().answer(
		ValidationId(validation),
		score,
		finality,
		evidence,
	)
}

/// Ends a validation whose deadline passed.
pub fn expire(validation: u64) -> impl Call {
	runtime::transactions().validations().expire(ValidationId(validation))
}

/// Gives the bond behind a hard answer back.
pub fn release_bond(validation: u64) -> impl Call {
	runtime::transactions().validations().release_bond(ValidationId(validation))
}

/// Disputes a hard answer.
pub fn dispute(validation: u64) -> impl Call {
	runtime::transactions().validations().dispute(ValidationId(validation))
}

/// Removes a concluded validation, and returns its deposit.
pub fn erase(validation: u64) -> impl Call {
	runtime::transactions().validations().erase(ValidationId(validation))
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn mean_should_be_rounded_down_to_hundredths() {
		let shown = |sum, count| mean(sum, count).map(|mean| mean.to_string());
		assert_eq!(shown(0, 0), None);
		assert_eq!(shown(200, 3), Some("66.66".into()));
		assert_eq!(shown(170, 2), Some("85".into()));
	}
}

//! `aitbc validation`: letting a validator check an agent's work.

use super::{
	dispute::{self, Opening},
	tag::{self, TagName},
	Context, Foreseen, Limit,
};
use crate::{
	amount::Amount,
	chain::{
		disputes::{self, Court},
		network, parameters, tags,
		validations::{self, Bond, Of, Record, Request, State, Subject, Summary, Validation},
		Call,
	},
	decimal::Share,
	digest::HashOrFile,
	error::Error,
	output::{fields, or_dash, table, Report},
	quantity::Tenths,
	terminal,
	time::Due,
	transaction::{Sent, TransactionArgs, Written},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::fmt;

/// What can be done with validations.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Ask a validator to check a piece of an agent's work
	Request(RequestArgs),

	/// Say how good the work is, as the validator's wallet
	Answer(AnswerArgs),

	/// End a validation whose deadline has passed: the fee goes back to who asked
	Expire(Action),

	/// Give the bond behind a hard answer back, when the challenge period has passed
	ReleaseBond(Action),

	/// Dispute a hard answer in its challenge period: a case decides whether it stands
	///
	/// Anybody may, but for who is behind the validator. The bond then waits for the ruling. If it gives
	/// you more than a half, the answer is overturned, and a part of what is taken of the bond is yours.
	/// Who is further from the ruling pays for the court.
	Dispute(Action),

	/// Remove a concluded validation and get its deposit back, as who asked
	Erase(Action),

	/// Show a validation, and who may do what next
	Status {
		#[command(flatten)]
		target: Target,
	},

	/// List validations, and what they come to
	List(ListArgs),
}

/// Which validation.
#[derive(Clone, Copy, Debug, Args)]
pub struct Target {
	/// Id of the validation
	validation: u64,
}

/// A call that needs nothing but the validation's id.
#[derive(Debug, Args)]
pub struct Action {
	#[command(flatten)]
	target: Target,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// What is to be checked, by whom.
#[derive(Debug, Args)]
pub struct RequestArgs {
	/// Id of the agent that shall check; its kind is validator
	#[arg(long, value_name = "AGENT")]
	validator: u64,

	/// Id of the agent whose work it is
	#[arg(long, value_name = "AGENT")]
	subject: u64,

	/// Where the work can be read
	#[arg(long, value_name = "URI")]
	uri: String,

	/// Hash of the work, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	work: HashOrFile,

	/// What to check it for: name or id of a tag
	#[arg(long, value_name = "TAG")]
	tag: Option<TagName>,

	/// What a hard answer earns
	#[arg(long, value_name = "AMOUNT", default_value = "0 AIT", allow_hyphen_values = true)]
	fee: Amount,

	/// Up to when the validator may answer: an active block (1200), or from now on (+2h)
	#[arg(long, value_name = "DUE")]
	deadline: Due,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// How good the work is.
#[derive(Debug, Args)]
pub struct AnswerArgs {
	#[command(flatten)]
	target: Target,

	/// From 0 to 100
	#[arg(long, value_name = "SCORE", value_parser = clap::value_parser!(u8).range(..=100))]
	score: u8,

	/// Answer for good: it earns the fee, and puts a bond at risk [default: it may be replaced]
	#[arg(long)]
	hard: bool,

	/// Where the evidence can be read
	#[arg(long, value_name = "URI")]
	uri: String,

	/// Hash of the evidence, or the file to hash with SHA-256
	#[arg(long, value_name = "HASH_OR_FILE")]
	evidence: HashOrFile,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// Which validations to list.
#[derive(Debug, Args)]
pub struct ListArgs {
	#[command(flatten)]
	of: OfArgs,

	/// Only by this validator
	#[arg(long, value_name = "AGENT", conflicts_with = "validator")]
	by: Option<u64>,

	/// Only with this tag: its name or id
	#[arg(long, value_name = "TAG", conflicts_with = "validator")]
	tag: Option<TagName>,

	/// Go on where the last page ended: the validation that it named. Pages follow the order of
	/// storage, and the validations of each page their ids
	#[arg(long, value_name = "VALIDATION")]
	after: Option<u64>,

	#[command(flatten)]
	limit: Limit,
}

/// Whose validations.
#[derive(Clone, Copy, Debug, Args)]
#[group(required = true, multiple = false)]
pub struct OfArgs {
	/// Those of this agent's work
	#[arg(long, value_name = "AGENT")]
	subject: Option<u64>,

	/// Those that this agent was asked for
	#[arg(long, value_name = "AGENT")]
	validator: Option<u64>,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Request(args) => request(args, context).await,
		Command::Answer(args) => answer(args, context).await,
		Command::Expire(action) => act(action, validations::expire, context).await,
		Command::ReleaseBond(action) => act(action, validations::release_bond, context).await,
		Command::Dispute(action) => challenge(action, context).await,
		Command::Erase(action) => act(action, validations::erase, context).await,
		Command::Status { target } => status(target.validation, context).await,
		Command::List(args) => list(args, context).await,
	}
}

/// Sends the call that `make` makes of the validation's id.
async fn act<C: Call>(
	action: Action,
	make: impl FnOnce(u64) -> C,
	context: &Context,
) -> Result<(), Error> {
	context.send(&action.transaction, &make(action.target.validation)).await
}

async fn request(args: RequestArgs, context: &Context) -> Result<(), Error> {
	let hash = args.work.hash()?;
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let request = Request {
		validator: args.validator,
		subject: args.subject,
		tag: tag::id_of(args.tag.as_ref(), &block).await?,
		fee: args.fee,
		deadline: args.deadline.after(network::active_clock(&block).await?.now),
		uri: args.uri,
		hash,
	};
	let deposit = validations::request_deposit(&block, &request.uri).await?;
	let consequences = Asking { fee: request.fee, deposit };
	terminal::note(consequences);
	match sender.send(&chain, &validations::request(request)).await? {
		Sent::DryRun(dry_run) => context.print(&Foreseen { dry_run, consequences }, None),
		Sent::Done { receipt, events } => {
			let validation = events.and_then(|events| events.requested_validation());
			let transactions = vec![receipt];
			context.print(&Written { validation, transactions, ..Written::default() }, None)
		},
	}
}

/// What asking for a validation takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Asking {
	/// What is held as the fee.
	fee: Amount,
	/// What is held for storage.
	deposit: Amount,
}

impl fmt::Display for Asking {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { fee, deposit } = self;
		write!(f, "asking holds {fee} as the fee until the answer, and {deposit} for storage")
	}
}

async fn answer(args: AnswerArgs, context: &Context) -> Result<(), Error> {
	let (hash, id) = (args.evidence.hash()?, args.target.validation);
	let call = validations::answer(id, args.score, args.hard, &args.uri, hash);
	if !args.hard {
		return context.send(&args.transaction, &call).await;
	}
	let sender = context.sender(&args.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let now = network::active_clock(&block).await?.now;
	let commitment = Commitment {
		bond: parameters::validation_bond(&block).await?,
		bond_until: now.saturating_add(parameters::challenge_period(&block).await?),
	};
	context.send_knowing(&chain, &sender, &call, commitment).await
}

/// What answering for good takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Commitment {
	/// What is held at risk.
	bond: Amount,
	/// From which active block on it may be released, if the answer came now.
	bond_until: u32,
}

impl fmt::Display for Commitment {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { bond, bond_until } = self;
		write!(
			f,
			"a hard answer cannot be replaced, and holds {bond} at risk until about active block \
			 {bond_until}"
		)
	}
}

async fn challenge(action: Action, context: &Context) -> Result<(), Error> {
	let id = action.target.validation;
	let sender = context.sender(&action.transaction)?;
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let validation = validations::validation(&block, id).await?;
	// Where there is nothing to dispute, the chain says so.
	let foreseen = match validation.map(|validation| validation.state) {
		Some(State::Hard { bond: Bond::Held { amount, .. }, .. }) => {
			let share = parameters::challenger_share(&block).await?;
			let now = network::active_clock(&block).await?.now;
			Some(Challenge::new(amount, share, &disputes::court(&block).await?, now))
		},
		_ => None,
	};
	dispute::open(&chain, &sender, &validations::dispute(id), foreseen, context).await
}

/// What disputing an answer takes, and what comes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Challenge {
	#[serde(flatten)]
	opening: Opening,
	/// The most that the challenger gets: if all of the bond is taken.
	reward: Amount,
}

impl Challenge {
	/// Of a `bond` of which the challenger gets `share` when the active clock shows `now`.
	fn new(bond: Amount, share: Share, court: &Court, now: u32) -> Self {
		let opening = Opening::new(bond, Tenths::ALL, court, now);
		Self { opening, reward: Amount(share.floor_of(bond.0)) }
	}
}

impl fmt::Display for Challenge {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { opening, reward } = self;
		write!(
			f,
			"you are the client of this case, and the wallet that answered the provider: {opening}; if \
			 more than a half is ruled to be yours, the answer is overturned, and you get up to {reward} of \
			 the bond; else the answer stands, and the challenge period goes on"
		)
	}
}

async fn status(validation: u64, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let validation = validations::validation(&block, validation)
		.await?
		.ok_or(Error::ValidationNotFound(validation))?;
	let tag_name = match validation.tag {
		Some(tag) => tags::tag(&block, tag).await?.map(|tag| tag.name),
		None => None,
	};
	let active_block = network::active_clock(&block).await?.now;
	let next = steps(&validation, active_block);
	context.print(&StatusReport { validation, tag_name, active_block, next }, Some(block.id))
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Error> {
	let block = context.connect().await?.best().await?;
	let tag = tag::id_of(args.tag.as_ref(), &block).await?;
	let (of, summary, record) = match (args.of.subject, args.of.validator) {
		(Some(agent), _) => {
			let subject = Subject { agent, by: args.by, tag };
			let summary = validations::summary(&block, subject).await?;
			(Of::Subject(subject), Some(summary), None)
		},
		(None, validator) => {
			let validator = validator.unwrap_or_default();
			let record = validations::record(&block, validator).await?;
			(Of::Validator(validator), None, Some(record))
		},
	};
	let page = validations::validations(&block, of, args.after, args.limit.limit).await?;
	let report = ListReport { validations: page.validations, summary, record, next: page.next };
	context.print(&report, Some(block.id))?;
	if let Some(next) = report.next {
		terminal::note(format!("there are more: go on with `--after {next}`"));
	}
	Ok(())
}

/// Something that can be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct NextStep {
	/// Who may: `validator`, `requester` or `anybody`.
	who: &'static str,
	/// The command, `aitbc validation <step>`.
	step: &'static str,
	/// The first active block at which it can be done, if that is still to come.
	#[serde(skip_serializing_if = "Option::is_none")]
	from: Option<u32>,
	/// The last active block at which it can be done.
	#[serde(skip_serializing_if = "Option::is_none")]
	until: Option<u32>,
}

/// What may be done with `validation` when the active clock shows `now`.
fn steps(validation: &Validation, now: u32) -> Vec<NextStep> {
	let step = |who, step| NextStep { who, step, from: None, until: None };
	match &validation.state {
		State::Requested | State::Soft { .. } if now <= validation.deadline => {
			let answer =
				NextStep { until: Some(validation.deadline), ..step("validator", "answer") };
			let expire = NextStep {
				from: Some(validation.deadline.saturating_add(1)),
				..step("anybody", "expire")
			};
			vec![answer, expire]
		},
		State::Requested | State::Soft { .. } => vec![step("anybody", "expire")],
		State::Hard { bond: Bond::Held { from, until, .. }, .. } if now < *until => {
			let dispute = NextStep {
				from: Some(*from).filter(|from| now < *from),
				until: Some(until.saturating_sub(1)),
				..step("anybody", "dispute")
			};
			let release = NextStep { from: Some(*until), ..step("anybody", "release-bond") };
			vec![dispute, release]
		},
		State::Hard { bond: Bond::Held { .. }, .. } => vec![step("anybody", "release-bond")],
		// What can be done is up to the case.
		State::Hard { bond: Bond::Disputed { .. }, .. } => Vec::new(),
		State::Hard { .. } | State::Expired { .. } => vec![step("requester", "erase")],
	}
}

#[derive(Serialize)]
struct StatusReport {
	#[serde(flatten)]
	validation: Validation,
	tag_name: Option<String>,
	active_block: u32,
	next: Vec<NextStep>,
}

impl Report for StatusReport {
	const KIND: &'static str = "validation.status";

	fn text(&self) -> String {
		let validation = &self.validation;
		let mut rows = vec![
			("validation", validation.validation.to_string()),
			("state", validation.state.to_string()),
			("validator", format!("agent {}", validation.validator)),
			("subject", format!("agent {}", validation.subject)),
			("requester", validation.requester.to_string()),
			("work", validation.work_uri.clone()),
			("work hash", validation.work_hash.to_string()),
			("tag", or_dash(self.tag_name.as_ref())),
			("fee", validation.fee.to_string()),
			("deadline", format!("active block {}", validation.deadline)),
			("deposit", validation.deposit.to_string()),
		];
		if let Some(answer) = validation.state.answer() {
			rows.extend([
				("score", format!("{} of 100", answer.score)),
				("answered at", format!("active block {}", answer.answered_at)),
				("evidence", answer.evidence_uri.clone()),
				("evidence hash", answer.evidence_hash.to_string()),
			]);
		}
		if let State::Hard { wallet, bond, .. } = &validation.state {
			rows.extend([("answered by", wallet.to_string()), ("bond", bond.to_string())]);
		}
		rows.push(("active clock", self.active_block.to_string()));
		let steps = self.next.iter().map(|step| {
			let when = match (step.from, step.until) {
				(Some(from), None) => format!("from active block {from}"),
				(Some(from), Some(until)) => format!("from active block {from} until {until}"),
				(None, Some(until)) => format!("until active block {until}"),
				(None, None) => "now".to_owned(),
			};
			[step.step.to_owned(), step.who.to_owned(), when]
		});
		let next = match validation.state {
			State::Hard { bond: Bond::Disputed { case, .. }, .. } => dispute::case_text(case),
			_ => table(["next", "by", "when"], steps),
		};
		format!("{}\n\n{next}", fields(rows))
	}
}

#[derive(Serialize)]
struct ListReport {
	validations: Vec<Validation>,
	/// What the hard answers about the subject come to.
	#[serde(skip_serializing_if = "Option::is_none")]
	summary: Option<Summary>,
	/// What the validator made of its requests.
	#[serde(skip_serializing_if = "Option::is_none")]
	record: Option<Record>,
	next: Option<u64>,
}

impl Report for ListReport {
	const KIND: &'static str = "validation.list";

	fn text(&self) -> String {
		let rows = self.validations.iter().map(|one| {
			[
				one.validation.to_string(),
				one.state.to_string(),
				one.validator.to_string(),
				one.subject.to_string(),
				or_dash(one.state.answer().map(|answer| answer.score)),
				one.fee.to_string(),
				one.deadline.to_string(),
			]
		});
		let titles = ["validation", "state", "validator", "subject", "score", "fee", "deadline"];
		let summary = self.summary.map(|summary| {
			fields([
				("hard answers", summary.count.to_string()),
				("their mean", or_dash(summary.mean)),
			])
		});
		let record = self.record.map(|record| {
			fields([
				("answered", record.answered.to_string()),
				("missed", record.missed.to_string()),
				("overturned", record.overturned.to_string()),
			])
		});
		let parts = summary.into_iter().chain(record).chain([table(titles, rows)]);
		parts.collect::<Vec<_>>().join("\n\n")
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{
		chain::{disputes::CourtTerms, validations::Answer},
		digest::Hash,
	};
	use subxt::utils::AccountId32;

	const DEADLINE: u32 = 100;

	/// What may be done with a validation in `state`, by whom, from when.
	fn next(state: State, now: u32) -> Vec<(&'static str, &'static str, Option<u32>)> {
		let validation = Validation {
			validation: 0,
			requester: AccountId32([1; 32]),
			validator: 1,
			subject: 2,
			work_uri: "ipfs://work".into(),
			work_hash: Hash([0; 32]),
			tag: None,
			fee: Amount(0),
			deadline: DEADLINE,
			deposit: Amount(0),
			state,
		};
		steps(&validation, now).into_iter().map(|one| (one.who, one.step, one.from)).collect()
	}

	fn hard(bond: Bond) -> State {
		let answer = Answer {
			score: 90,
			evidence_uri: "ipfs://report".into(),
			evidence_hash: Hash([0; 32]),
			answered_at: 50,
		};
		State::Hard { answer, wallet: AccountId32([2; 32]), bond }
	}

	#[test]
	fn requested_validation_should_be_answered_until_its_deadline() {
		assert_eq!(
			next(State::Requested, DEADLINE),
			[("validator", "answer", None), ("anybody", "expire", Some(DEADLINE + 1))]
		);
		assert_eq!(next(State::Requested, DEADLINE + 1), [("anybody", "expire", None)]);
	}

	#[test]
	fn answer_should_be_disputed_until_its_bond_may_be_released() {
		let held = |from| hard(Bond::Held { amount: Amount(1), from, until: 200 });
		let release = ("anybody", "release-bond", Some(200));
		assert_eq!(next(held(50), 199), [("anybody", "dispute", None), release]);
		assert_eq!(next(held(200), 199), [("anybody", "dispute", Some(200)), release]);
		assert_eq!(next(held(50), 200), [("anybody", "release-bond", None)]);
	}

	#[test]
	fn disputed_answer_should_leave_what_is_next_to_the_case() {
		let challenger = AccountId32([3; 32]);
		let bond = Bond::Disputed { amount: Amount(1), challenger, case: 7, left: 20 };
		assert_eq!(next(hard(bond), 199), []);
	}

	#[test]
	fn challenge_should_say_what_it_costs_and_what_it_earns() {
		let court = Court {
			filing_fee: Amount(1),
			deposit: Amount(2),
			terms: CourtTerms { seat_fee: Amount(5), seat_stake: Amount(100) },
			seats: vec![3, 7],
			fee: Amount(15),
			least_value: Amount(75),
			incoherent_slash: Share(200_000_000),
			silence_slash: Share(500_000_000),
			settlement_period: 20,
			evidence_period: 60,
			commit_period: 40,
			reveal_period: 40,
			appeal_period: 40,
			oversight_period: 140,
		};
		let challenge = Challenge::new(Amount(100), Share(500_000_000), &court, 1);
		assert_eq!((challenge.opening.value, challenge.reward), (Amount(100), Amount(50)));
		let text = challenge.to_string();
		for words in ["holds 1 planck as its fee", "15 planck as your stake", "up to 50 planck"] {
			assert!(text.contains(words), "{text}");
		}
	}

	#[test]
	fn concluded_validation_should_be_erased() {
		for state in [hard(Bond::Released), hard(Bond::Slashed), State::Expired { answer: None }] {
			assert_eq!(next(state, 1), [("requester", "erase", None)]);
		}
	}
}

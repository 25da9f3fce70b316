//! `aitbc job receipt`: what a receipt says, and whether it is true.

use super::{
	found,
	record::{self, Money, Record},
	Target,
};
use crate::{
	chain::{Block, BlockId, Chain},
	check::{Checked, Step},
	commands::{network_of, Context},
	digest::Hash,
	error::Error,
	output::{fields, or_dash, table, Report},
	receipt::{self, Content, SignedReceipt},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;

/// What can be done with receipts.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// List the receipts that were filed for a job, with all that the chain knows of them
	///
	/// With `--output json` it writes what `receipt verify --filed` takes.
	List {
		#[command(flatten)]
		target: Target,
	},

	/// Show what a receipt says
	///
	/// Needs the receipt's file, and no node.
	Show {
		/// The receipt's file
		file: PathBuf,
	},

	/// Check a receipt: its form, its signature, that it was filed, by whom, for whom, and the money
	///
	/// Needs no key, and with `--filed` or `--offline` no node. Ends with exit code 7 if it does not
	/// pass, and says which step failed.
	Verify(VerifyArgs),
}

/// Which receipt to check, against what.
#[derive(Debug, Args)]
pub struct VerifyArgs {
	/// The receipt's file
	file: PathBuf,

	/// The hash with which it was filed, if you know it
	#[arg(long, value_name = "HASH")]
	evidence: Option<Hash>,

	/// Check it against what the chain knew when `aitbc job receipt list JOB --output json` wrote
	/// this file, without a node
	#[arg(long, value_name = "FILE")]
	filed: Option<PathBuf>,

	/// Check the form, the signature and the hash alone, without a node
	#[arg(long, conflicts_with = "filed")]
	offline: bool,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::List { target } => list(target.job, context).await,
		Command::Show { file } => {
			let signed = SignedReceipt::read_file(&file)?;
			context.print(&ShowReport::from(&signed), None)
		},
		Command::Verify(args) => verify(args, context).await,
	}
}

async fn list(job: u64, context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let block = chain.best().await?;
	let job = found(&block, job).await?;
	let record = record::read(&chain, &block, &job).await?;
	context.print(&record, Some(block.id))
}

/// Checks a receipt, and fails if a step does.
async fn verify(args: VerifyArgs, context: &Context) -> Result<(), Error> {
	// What it is checked against must be there, whatever the receipt is like.
	let saved = args.filed.as_deref().map(record::read_file).transpose()?;
	let signed = match SignedReceipt::read_file(&args.file) {
		Ok(signed) => signed,
		Err(error @ receipt::Error::Unreadable { .. }) => return Err(error.into()),
		Err(error) => {
			let steps = vec![
				Step::failed("form", error.to_string()),
				Step::skipped("signature", "the receipt could not be read"),
			];
			return conclude(None, steps, None, context);
		},
	};
	let report = ShowReport::from(&signed);
	let mut steps = own_steps(&signed, &report, args.evidence);
	let block = if let Some(saved) = saved {
		steps.push(as_of(saved.block));
		steps.push(same_network(&report.content, &saved.record));
		steps.extend(against(&report, Some(&saved.record)));
		saved.block
	} else if args.offline {
		None
	} else {
		let chain = context.connect().await?;
		let block = chain.best().await?;
		steps.push(network_of(&chain, report.content.genesis));
		let record = known(&chain, &block, report.content.job).await?;
		steps.extend(against(&report, record.as_ref()));
		Some(block.id)
	};
	conclude(Some(report), steps, block, context)
}

/// What the chain knows of the receipts of a job, if it knows the job.
async fn known(chain: &Chain, block: &Block, job: u64) -> Result<Option<Record>, Error> {
	match found(block, job).await {
		Ok(job) => record::read(chain, block, &job).await.map(Some),
		Err(Error::JobNotFound(_)) => Ok(None),
		Err(error) => Err(error),
	}
}

/// Checks what needs nothing but the receipt itself, and its hash if that is `expected`.
fn own_steps(signed: &SignedReceipt, receipt: &ShowReport, expected: Option<Hash>) -> Vec<Step> {
	let ShowReport { content, evidence } = receipt;
	let wallet = content.wallet;
	let mut steps = vec![Step::ok("form", "version 1, in canonical bytes")];
	steps.push(match signed.is_signed() {
		true => Step::ok("signature", format!("by the wallet {wallet}")),
		false => Step::failed(
			"signature",
			format!("not by the wallet {wallet}, or over something else: it is forged or damaged"),
		),
	});
	steps.extend(expected.map(|expected| {
		let detail = format!("{evidence}, and not {expected}: this is another receipt");
		judge("hash", expected == *evidence, format!("{evidence}, as it was filed"), detail)
	}));
	steps
}

/// A step that ends well with `good` if it `holds`, and else badly with `bad`.
fn judge(name: &'static str, holds: bool, good: String, bad: String) -> Step {
	match holds {
		true => Step::ok(name, good),
		false => Step::failed(name, bad),
	}
}

/// How sure it is what the chain knew at `block`.
fn as_of(block: Option<BlockId>) -> Step {
	match block {
		Some(BlockId { number, hash, finalized: true }) => {
			Step::ok("state", format!("of block {number}, {hash:?}, which was finalized"))
		},
		Some(BlockId { number, hash, .. }) => Step::skipped(
			"state",
			format!(
				"of block {number}, {hash:?}, which was not finalized: it may be replaced since"
			),
		),
		None => Step::skipped("state", "of a block that the file does not name"),
	}
}

/// Checks that a receipt counts on the network of which `record` is.
fn same_network(content: &Content, record: &Record) -> Step {
	let (own, known) = (content.genesis, record.genesis);
	let bad = format!("{own} is the first block of another network than the file's, {known}");
	judge("network", own == known, format!("its first block is {own}"), bad)
}

/// Checks what a receipt says against what the chain knows of its job.
fn against(receipt: &ShowReport, record: Option<&Record>) -> Vec<Step> {
	let ShowReport { content, evidence } = receipt;
	let Content { job, contract, milestone, .. } = *content;
	let Some(record) = record.filter(|record| record.job == job) else {
		let detail = format!(
			"nothing is known of job {job}: it was never given to anybody, or it is forgotten"
		);
		return vec![Step::failed("filed", detail)];
	};
	let work = match milestone {
		Some(milestone) => format!("milestone {milestone} of contract {contract} in job {job}"),
		None => format!("contract {contract} in job {job}"),
	};
	let mut entries = record.receipts.iter();
	let entry = entries.find(|one| (one.contract, one.milestone) == (contract, milestone));
	let Some(entry) = entry else {
		return vec![Step::failed("filed", format!("no receipt was filed for {work}"))];
	};
	let filed = entry.evidence;
	let another = format!("{filed} was filed for this work: this receipt is another");
	let provider = format!("agent {} with the wallet {}", entry.agent, entry.account);
	let is_provider = (entry.agent, entry.account) == (content.agent, content.wallet);
	let client = entry.client.to_string();
	vec![
		judge("filed", filed == *evidence, format!("for {work}"), another),
		judge("provider", is_provider, provider.clone(), format!("it was {provider}")),
		judge("client", entry.client == content.client, client.clone(), format!("it was {client}")),
		match record.unit {
			Some(unit) => {
				let detail = format!("the job counts in {unit}s");
				judge("unit", unit == content.unit, detail.clone(), detail)
			},
			None => Step::skipped("unit", "of a settled job the chain does not keep it"),
		},
		paid(content, &entry.money),
	]
}

/// Checks that what a receipt asks for was paid, or can still be.
fn paid(content: &Content, money: &Money) -> Step {
	let Content { contract, price, .. } = *content;
	let asks_all = |amount| match amount == price {
		true => Ok(()),
		false => Err(Step::failed("paid", format!("the milestone pays {amount}, and not {price}"))),
	};
	let step = match money {
		Money::Held { amount: Some(amount) } => asks_all(*amount)
			.map(|()| Step::skipped("paid", format!("not yet: {price} are held in escrow"))),
		Money::Held { amount: None } => {
			Ok(Step::skipped("paid", format!("contract {contract} has not ended yet")))
		},
		Money::Released { amount } => {
			asks_all(*amount).map(|()| Step::ok("paid", format!("{price} were released")))
		},
		Money::Refunded { amount } => asks_all(*amount)
			.and_then(|()| Err(Step::failed("paid", "the money went back to the client"))),
		Money::Divided { amount, released } => asks_all(*amount)
			.map(|()| Step::ok("paid", format!("{released} of {price} were released"))),
		Money::Closed { released, refunded } => Ok(judge(
			"paid",
			*released >= price,
			format!("the contract ended: {released} released, {refunded} refunded"),
			format!("all of the contract paid {released}, and not {price}"),
		)),
	};
	step.unwrap_or_else(|failed| failed)
}

/// Writes what was checked, and fails if a step did.
fn conclude(
	receipt: Option<ShowReport>,
	steps: Vec<Step>,
	block: Option<BlockId>,
	context: &Context,
) -> Result<(), Error> {
	let checked = Checked::new(steps);
	let failed = checked.failed();
	let report = VerifyReport { receipt, passed: failed.is_none(), checked };
	context.print(&report, block)?;
	failed.map_or(Ok(()), |failed| Err(Error::ReceiptNotVerified { failed }))
}

#[derive(Serialize)]
struct ShowReport {
	#[serde(flatten)]
	content: Content,
	/// The hash with which it is filed.
	evidence: Hash,
}

impl From<&SignedReceipt> for ShowReport {
	fn from(signed: &SignedReceipt) -> Self {
		Self { content: Content::from(&signed.receipt), evidence: signed.evidence() }
	}
}

impl Report for ShowReport {
	const KIND: &'static str = "job.receipt";

	fn text(&self) -> String {
		let Self { content, evidence } = self;
		let head = fields([
			("job", content.job.to_string()),
			("contract", content.contract.to_string()),
			("milestone", or_dash(content.milestone)),
			("agent", content.agent.to_string()),
			("wallet", content.wallet.to_string()),
			("client", content.client.to_string()),
			("units", content.unit.count(content.units)),
			("unit price", content.unit_price.to_string()),
			("price", content.price.to_string()),
			("result", content.result.to_string()),
			("started", format!("active block {}", content.started)),
			("finished", format!("active block {}", content.finished)),
			("network", content.genesis.to_string()),
			("evidence", evidence.to_string()),
		]);
		if content.attestations.is_empty() {
			return head;
		}
		let rows = content.attestations.iter();
		let rows = rows.map(|one| [one.kind.to_string(), one.hash.to_string()]);
		format!("{head}\n\n{}", table(["attestation", "hash"], rows))
	}
}

#[derive(Serialize)]
struct VerifyReport {
	receipt: Option<ShowReport>,
	passed: bool,
	#[serde(flatten)]
	checked: Checked,
}

impl Report for VerifyReport {
	const KIND: &'static str = "job.receipt-check";

	fn text(&self) -> String {
		let verdict = if self.passed { "the receipt passes" } else { "the receipt does not pass" };
		let mut rows = vec![("verdict", verdict.to_owned())];
		if let Some(ShowReport { content, evidence }) = &self.receipt {
			rows.push(("job", content.job.to_string()));
			rows.push(("evidence", evidence.to_string()));
		}
		format!("{}\n\n{}", fields(rows), self.checked.text())
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{amount::Amount, chain::market::Unit, check::Outcome};
	use subxt::utils::AccountId32;

	const WALLET: AccountId32 = AccountId32([1; 32]);
	const CLIENT: AccountId32 = AccountId32([2; 32]);
	const PRICE: Amount = Amount(72);

	fn receipt() -> ShowReport {
		let content = Content {
			genesis: Hash([9; 32]),
			job: 2,
			contract: 3,
			milestone: Some(4),
			agent: 5,
			wallet: WALLET,
			client: CLIENT,
			unit: Unit::Token,
			units: 8,
			unit_price: Amount(9),
			price: PRICE,
			result: Hash([10; 32]),
			started: 11,
			finished: 12,
			attestations: Vec::new(),
		};
		ShowReport { content, evidence: Hash([7; 32]) }
	}

	fn known(money: Money) -> Record {
		let entry = record::Entry {
			contract: 3,
			milestone: Some(4),
			evidence: Hash([7; 32]),
			agent: 5,
			account: WALLET,
			client: CLIENT,
			money,
		};
		let (genesis, unit) = (Hash([9; 32]), Some(Unit::Token));
		Record { genesis, job: 2, unit, receipts: vec![entry] }
	}

	/// The steps that fail against a record that `change` has changed.
	fn failed(change: impl FnOnce(&mut Record)) -> Vec<&'static str> {
		let mut record = known(Money::Released { amount: PRICE });
		change(&mut record);
		let steps = against(&receipt(), Some(&record)).into_iter();
		let failed = steps.filter(|step| step.outcome == Outcome::Failed);
		failed.map(|step| step.step).collect()
	}

	#[test]
	fn steps_should_fail_where_the_chain_knows_otherwise() {
		assert!(failed(|_| ()).is_empty());
		assert_eq!(failed(|record| record.job = 1), ["filed"]);
		assert_eq!(failed(|record| record.receipts.clear()), ["filed"]);
		assert_eq!(failed(|record| record.receipts[0].milestone = None), ["filed"]);
		assert_eq!(failed(|record| record.receipts[0].evidence = Hash([8; 32])), ["filed"]);
		assert_eq!(failed(|record| record.receipts[0].agent = 6), ["provider"]);
		assert_eq!(failed(|record| record.receipts[0].account = CLIENT), ["provider"]);
		assert_eq!(failed(|record| record.receipts[0].client = WALLET), ["client"]);
		assert_eq!(failed(|record| record.unit = Some(Unit::Hour)), ["unit"]);
		assert!(failed(|record| record.unit = None).is_empty());
	}

	#[test]
	fn money_should_be_said_to_be_where_it_is() {
		let [more, none] = [Amount(73), Amount(0)];
		for (money, outcome) in [
			(Money::Held { amount: Some(PRICE) }, Outcome::Skipped),
			(Money::Held { amount: Some(more) }, Outcome::Failed),
			(Money::Held { amount: None }, Outcome::Skipped),
			(Money::Released { amount: PRICE }, Outcome::Ok),
			(Money::Released { amount: more }, Outcome::Failed),
			(Money::Refunded { amount: PRICE }, Outcome::Failed),
			(Money::Divided { amount: PRICE, released: none }, Outcome::Ok),
			(Money::Closed { released: more, refunded: none }, Outcome::Ok),
			(Money::Closed { released: none, refunded: more }, Outcome::Failed),
		] {
			assert_eq!(paid(&receipt().content, &money).outcome, outcome, "{money:?}");
		}
	}

	#[test]
	fn saved_state_should_be_of_the_same_network() {
		let record = known(Money::Held { amount: None });
		assert_eq!(same_network(&receipt().content, &record).outcome, Outcome::Ok);
		let elsewhere = Record { genesis: Hash([0; 32]), ..record };
		assert_eq!(same_network(&receipt().content, &elsewhere).outcome, Outcome::Failed);
	}
}

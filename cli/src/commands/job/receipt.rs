//! `aitbc job receipt`: what a receipt says, and whether it is true.

use crate::{
	chain::{
		contracts::{self, Payment, State},
		market::{self, Outcome},
		Block, BlockId,
	},
	check::{Checked, Step},
	commands::{network_of, Context},
	digest::Hash,
	error::Error,
	output::{fields, or_dash, table, Report},
	receipt::{Content, SignedReceipt},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::path::PathBuf;

/// What can be done with receipts.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Show what a receipt says
	///
	/// Needs the receipt's file, and no node.
	Show {
		/// The receipt's file
		file: PathBuf,
	},

	/// Check a receipt: its form, its signature, its hash, and with a node that it was filed
	///
	/// Without `--against-chain` no node is asked. Ends with exit code 7 if it does not pass, and says
	/// which step failed.
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

	/// Check as well that it was filed on the chain that the node knows, by whom, and what was paid
	#[arg(long)]
	against_chain: bool,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Show { file } => {
			let signed = SignedReceipt::read_file(&file)?;
			let content = Content::from(&signed.receipt);
			let evidence = signed.evidence();
			context.print(&ShowReport { content, evidence }, None)
		},
		Command::Verify(args) => verify(args, context).await,
	}
}

async fn verify(args: VerifyArgs, context: &Context) -> Result<(), Error> {
	let signed = match SignedReceipt::read_file(&args.file) {
		Ok(signed) => signed,
		Err(error) => {
			let unread = "the receipt could not be read";
			let steps = vec![
				Step::failed("form", error.to_string()),
				Step::skipped("signature", unread),
				Step::skipped("hash", unread),
			];
			return conclude(None, Checked::new(steps), None, context);
		},
	};
	let content = Content::from(&signed.receipt);
	let mut steps = vec![
		Step::ok("form", "version 1, in canonical bytes"),
		signature(&signed, &content),
		hash(signed.evidence(), args.evidence),
	];
	let block = match args.against_chain {
		true => {
			let chain = context.connect().await?;
			let block = chain.best().await?;
			steps.push(network_of(&chain, content.genesis));
			steps.extend(against(&block, &content, signed.evidence()).await?);
			Some(block.id)
		},
		false => None,
	};
	conclude(Some((content, signed.evidence())), Checked::new(steps), block, context)
}

fn signature(signed: &SignedReceipt, content: &Content) -> Step {
	match signed.is_signed() {
		true => Step::ok("signature", format!("by the wallet {}", content.wallet)),
		false => Step::failed(
			"signature",
			format!(
				"not by the wallet {}, or over something else: the receipt is forged or damaged",
				content.wallet
			),
		),
	}
}

fn hash(own: Hash, expected: Option<Hash>) -> Step {
	match expected {
		None => Step::ok("hash", format!("{own}; what the chain must have filed")),
		Some(expected) if expected == own => Step::ok("hash", format!("{own}, as it was filed")),
		Some(expected) => {
			Step::failed("hash", format!("{own}, and not {expected}: this is another receipt"))
		},
	}
}

/// Checks what a receipt says against the chain.
async fn against(block: &Block, content: &Content, own: Hash) -> Result<Vec<Step>, Error> {
	let Content { job, contract, milestone, .. } = *content;
	let Some(known) = market::job(block, job).await? else {
		let detail = format!(
			"the chain knows no job {job}: it was never given to anybody, or it is forgotten"
		);
		return Ok(vec![Step::failed("filed", detail)]);
	};
	let entries = market::receipts(block, job).await?;
	let of_work = |one: &&market::ReceiptEntry| {
		one.receipt.contract == contract && one.receipt.milestone == milestone
	};
	let Some(entry) = entries.iter().find(of_work) else {
		let detail = format!(
			"no receipt was filed for {} of contract {contract} in job {job}",
			work_of(milestone)
		);
		return Ok(vec![Step::failed("filed", detail)]);
	};
	let step = |name, holds: bool, detail: String| match holds {
		true => Step::ok(name, detail),
		false => Step::failed(name, detail),
	};
	let filed = entry.receipt.evidence;
	let is_filed = filed == own;
	let filed = match is_filed {
		true => format!("for {} of contract {contract} in job {job}", work_of(milestone)),
		false => format!("{filed} was filed for this work: this receipt is another"),
	};
	let is_providers = (entry.agent, entry.account) == (content.agent, content.wallet);
	let mut steps = vec![
		step("filed", is_filed, filed),
		step("provider", is_providers, format!("agent {} with {}", entry.agent, entry.account)),
		step("client", entry.client == content.client, entry.client.to_string()),
	];
	if let Some(live) = &known.live {
		let unit = live.demand.unit;
		steps.push(step("unit", unit == content.unit, format!("the job counts in {unit}s")));
	}
	steps.push(paid(block, content, &known).await?);
	Ok(steps)
}

fn work_of(milestone: Option<u32>) -> String {
	milestone.map_or("the work".to_owned(), |milestone| format!("milestone {milestone}"))
}

/// Checks that the contract pays what the receipt asks, and says whether it has.
async fn paid(block: &Block, content: &Content, job: &market::Job) -> Result<Step, Error> {
	let Content { contract, milestone, price, .. } = *content;
	let open = contracts::contract(block, contract).await?;
	let milestones = open.as_ref().map(|open| &open.payment);
	if let (Some(Payment::Milestones(milestones)), Some(index)) = (milestones, milestone) {
		let Some(found) = milestones.iter().find(|one| one.milestone == index) else {
			return Ok(Step::failed("paid", format!("contract {contract} has no such milestone")));
		};
		if found.amount != price {
			let detail = format!("the milestone pays {}, and not {price}", found.amount);
			return Ok(Step::failed("paid", detail));
		}
		return Ok(match found.state {
			State::Released { .. } => Step::ok("paid", format!("{price} were released")),
			State::Refunded { .. } => Step::failed("paid", "the money went back to the client"),
			State::Ruled { released, .. } | State::Split { released, .. } => {
				Step::ok("paid", format!("{released} of {price} were released"))
			},
			_ => Step::skipped("paid", format!("not yet: {}", found.state)),
		});
	}
	if open.is_some() {
		return Ok(Step::skipped("paid", format!("contract {contract} is not closed yet")));
	}
	Ok(match job.past.iter().find(|past| past.contract == contract) {
		None => Step::failed("paid", format!("contract {contract} is not one of the job's")),
		Some(past) if past.released < price && milestone.is_some() => Step::failed(
			"paid",
			format!("all of the contract paid {}, and not {price}", past.released),
		),
		Some(past) => {
			let whole = match past.outcome {
				Outcome::Completed => "the contract was paid in full",
				_ => "the contract was paid in part",
			};
			Step::ok(
				"paid",
				format!("{whole}: {} released, {} refunded", past.released, past.refunded),
			)
		},
	})
}

/// Writes what was checked, and fails if a step did.
fn conclude(
	receipt: Option<(Content, Hash)>,
	checked: Checked,
	block: Option<BlockId>,
	context: &Context,
) -> Result<(), Error> {
	let failed = checked.failed();
	let receipt = receipt.map(|(content, evidence)| ShowReport { content, evidence });
	let report = VerifyReport { receipt, passed: failed.is_none(), checked };
	context.print(&report, block)?;
	failed.map_or(Ok(()), |failed| Err(Error::ReceiptNotVerified { failed }))
}

#[derive(Serialize)]
struct ShowReport {
	#[serde(flatten)]
	content: Content,
	evidence: Hash,
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
		if let Some(ShowReport { content, .. }) = &self.receipt {
			rows.push(("job", content.job.to_string()));
		}
		format!("{}\n\n{}", fields(rows), self.checked.text())
	}
}

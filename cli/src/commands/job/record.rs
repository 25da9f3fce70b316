//! What the chain knows of the receipts of a job, read from it or from a file.

use crate::{
	amount::Amount,
	chain::{
		contracts::{self, Contract, Payment, State},
		market::{self, Job, ReceiptEntry, Unit},
		Block, BlockId, Chain,
	},
	digest::Hash,
	error::Error,
	output::{or_dash, table, Report},
	receipt,
};
use serde::{Deserialize, Serialize};
use std::{fmt, fs, path::Path};
use subxt::utils::AccountId32;

/// What the chain knows of the receipts of a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
	/// The hash of the chain's first block.
	pub genesis: Hash,
	/// The job.
	pub job: u64,
	/// What is counted, if the job has not ended: then it is not kept.
	pub unit: Option<Unit>,
	/// The receipts.
	pub receipts: Vec<Entry>,
}

/// A receipt that was filed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
	/// The contract under which the work was done.
	pub contract: u64,
	/// Which of the contract's milestones.
	pub milestone: Option<u32>,
	/// The receipt's hash.
	pub evidence: Hash,
	/// The agent that filed it.
	pub agent: u64,
	/// The wallet under which it worked.
	pub account: AccountId32,
	/// Who pays.
	pub client: AccountId32,
	/// Where the money for it is.
	pub money: Money,
}

/// Where the money for work is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Money {
	/// In escrow.
	Held {
		/// What the milestone pays; a stream or a meter pays by and by.
		amount: Option<Amount>,
	},
	/// The milestone was paid.
	Released {
		/// How much it was, the fee included.
		amount: Amount,
	},
	/// The milestone was not paid: the client has its money back.
	Refunded {
		/// How much it was.
		amount: Amount,
	},
	/// The milestone was divided, by agreement or by a ruling.
	Divided {
		/// How much it was.
		amount: Amount,
		/// What of it was paid, the fee included.
		released: Amount,
	},
	/// The contract has ended, and of its milestones nothing is kept.
	Closed {
		/// What all of it paid, the fee included.
		released: Amount,
		/// What went back to the client.
		refunded: Amount,
	},
}

impl fmt::Display for Money {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Held { amount: Some(amount) } => write!(f, "{amount} in escrow"),
			Self::Held { amount: None } => f.write_str("in escrow"),
			Self::Released { amount } => write!(f, "{amount} released"),
			Self::Refunded { amount } => write!(f, "{amount} refunded"),
			Self::Divided { amount, released } => write!(f, "{released} of {amount} released"),
			Self::Closed { released, refunded } => {
				write!(f, "contract ended: {released} released, {refunded} refunded")
			},
		}
	}
}

impl Money {
	/// For the work of `entry` in `job`, whose present contract is `open`.
	fn of(entry: &ReceiptEntry, job: &Job, open: Option<&Contract>) -> Self {
		let ReceiptEntry { receipt, .. } = entry;
		if let Some(contract) = open.filter(|open| open.contract == receipt.contract) {
			return Self::in_contract(contract, receipt.milestone);
		}
		let past = job.past.iter().find(|past| past.contract == receipt.contract);
		match past {
			Some(past) => Self::Closed { released: past.released, refunded: past.refunded },
			None => Self::Held { amount: None },
		}
	}

	fn in_contract(contract: &Contract, milestone: Option<u32>) -> Self {
		let Payment::Milestones(milestones) = &contract.payment else {
			return Self::Held { amount: None };
		};
		let found = milestones.iter().find(|one| Some(one.milestone) == milestone);
		let Some(found) = found else { return Self::Held { amount: None } };
		let amount = found.amount;
		match found.state {
			State::Pending { .. } | State::Submitted { .. } | State::Disputed { .. } => {
				Self::Held { amount: Some(amount) }
			},
			State::Released { .. } => Self::Released { amount },
			State::Refunded { .. } => Self::Refunded { amount },
			State::Ruled { released, .. } | State::Split { released, .. } => {
				Self::Divided { amount, released }
			},
		}
	}
}

/// Reads what `chain` knows at `block` of the receipts of `job`.
pub async fn read(chain: &Chain, block: &Block, job: &Job) -> Result<Record, Error> {
	let open = match job.lease() {
		Some(lease) => contracts::contract(block, lease.contract).await?,
		None => None,
	};
	let entries = market::receipts(block, job.job).await?;
	let receipts = entries.iter().map(|entry| Entry {
		contract: entry.receipt.contract,
		milestone: entry.receipt.milestone,
		evidence: entry.receipt.evidence,
		agent: entry.agent,
		account: entry.account,
		client: entry.client,
		money: Money::of(entry, job, open.as_ref()),
	});
	Ok(Record {
		genesis: Hash(chain.genesis_hash().0),
		job: job.job,
		unit: job.live.as_ref().map(|live| live.demand.unit),
		receipts: receipts.collect(),
	})
}

/// What was saved of the chain.
pub struct Saved {
	/// When it was read.
	pub block: Option<BlockId>,
	/// What was.
	pub record: Record,
}

/// Reads what `aitbc job receipt list --output json` wrote.
pub fn read_file(path: &Path) -> Result<Saved, receipt::Error> {
	let unread = |reason: String| receipt::Error::NoRecord { path: path.to_owned(), reason };
	let text = fs::read_to_string(path).map_err(|error| unread(error.to_string()))?;
	parse(&text).map_err(|error| unread(error.to_string()))
}

fn parse(text: &str) -> Result<Saved, serde_json::Error> {
	#[derive(Deserialize)]
	struct Envelope {
		block: Option<BlockId>,
		data: Record,
	}
	let Envelope { block, data: record } = serde_json::from_str(text)?;
	Ok(Saved { block, record })
}

impl Report for Record {
	const KIND: &'static str = "job.receipts";

	fn text(&self) -> String {
		let rows = self.receipts.iter().map(|entry| {
			[
				entry.contract.to_string(),
				or_dash(entry.milestone),
				entry.agent.to_string(),
				entry.money.to_string(),
				entry.evidence.to_string(),
			]
		});
		table(["contract", "milestone", "agent", "money", "evidence"], rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{chain::contracts::Milestone, output};
	use subxt::config::substrate::H256;

	#[test]
	fn records_should_survive_being_written_and_read() {
		let entry = |money| Entry {
			contract: 3,
			milestone: None,
			evidence: Hash([7; 32]),
			agent: 5,
			account: AccountId32([1; 32]),
			client: AccountId32([2; 32]),
			money,
		};
		let [amount, released] = [Amount(1_000_000_000_000), Amount(1)];
		let receipts = [
			Money::Held { amount: Some(amount) },
			Money::Held { amount: None },
			Money::Released { amount },
			Money::Refunded { amount },
			Money::Divided { amount, released },
			Money::Closed { released, refunded: amount },
		];
		let receipts = receipts.map(entry).to_vec();
		let record =
			Record { genesis: Hash([9; 32]), job: 2, unit: Some(Unit::GpuSecond), receipts };
		let block = BlockId { number: 12, hash: H256::repeat_byte(8), finalized: true };
		let text = output::json(Record::KIND, Some(block), &record).expect("it is JSON");
		let saved = parse(&text).expect("it was written so");
		assert_eq!((saved.block, saved.record), (Some(block), record));
	}

	#[test]
	fn files_should_be_named_when_they_hold_no_record() {
		let file = tempfile::NamedTempFile::new().expect("a temporary file can be made");
		let error = read_file(file.path()).err().expect("it is empty").to_string();
		assert!(error.contains(&file.path().display().to_string()), "{error}");
		assert!(error.contains("aitbc job receipt list"), "{error}");
	}

	#[test]
	fn money_of_a_milestone_should_follow_its_state() {
		let amount = Amount(10);
		let money = |state| {
			let milestone = Milestone { milestone: 0, amount, due: 9, state };
			let contract = Contract::of(Payment::Milestones(vec![milestone]));
			Money::in_contract(&contract, Some(0))
		};
		let fee = Amount(1);
		assert_eq!(money(State::Pending { split: None }), Money::Held { amount: Some(amount) });
		assert_eq!(money(State::Released { fee, on_time: true }), Money::Released { amount });
		assert_eq!(money(State::Refunded { missed: true }), Money::Refunded { amount });
		let released = Amount(4);
		assert_eq!(money(State::Ruled { released, fee }), Money::Divided { amount, released });
	}
}

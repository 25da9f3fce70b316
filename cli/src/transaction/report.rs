//! What a command that sends something tells when it is done.

use super::Offer;
use crate::{
	amount::Amount,
	chain::{BlockId, Event, Events, Included, Value},
	digest::Hash,
	output::{fields, or_dash, table, Report},
};
use serde::Serialize;
use std::fmt;
use subxt::{config::substrate::H256, utils::AccountId32};

/// What would become of a call, if it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prospect {
	/// It would succeed.
	Succeeds,
	/// It would fail as the chain stands, and transactions that wait in the pool may change that.
	Unknown,
}

impl fmt::Display for Prospect {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Succeeds => "it would succeed",
			Self::Unknown => "unknown, before what waits in the pool is in a block",
		})
	}
}

/// A call that was looked at and not sent.
#[derive(Clone, Debug, Serialize)]
pub struct DryRun {
	/// The pallet and its call.
	pub call: String,
	/// The call's arguments.
	pub arguments: Value,
	/// The call's bytes.
	pub call_data: String,
	/// Who would send it.
	pub from: AccountId32,
	/// What sending it would cost.
	pub fee: Amount,
	/// What would become of it.
	pub prospect: Prospect,
	/// The file that it was written to for whoever signs, if it was.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub unsigned: Option<Handover>,
}

/// A transaction's file, for whoever has the key.
#[derive(Clone, Debug, Serialize)]
pub struct Handover {
	/// Its path.
	pub file: String,
	/// The transaction's nonce.
	pub nonce: u64,
	/// The last block that can have it.
	pub valid_until: u64,
}

impl DryRun {
	/// What would become of `offer` if `from` sent it.
	pub(super) fn of(offer: Offer, from: AccountId32, prospect: Prospect) -> Self {
		let Offer { name, arguments, call_data, fee } = offer;
		let call_data = format!("0x{}", hex::encode(call_data));
		Self { call: name, arguments, call_data, from, fee, prospect, unsigned: None }
	}
}

impl Report for DryRun {
	const KIND: &'static str = "dry-run";

	fn text(&self) -> String {
		let arguments = self.arguments.flatten();
		let head = [
			("call", self.call.clone()),
			("from", self.from.to_string()),
			("fee", self.fee.to_string()),
			("prospect", self.prospect.to_string()),
			("call data", self.call_data.clone()),
		];
		let arguments = arguments.iter().map(|(name, value)| (name.as_str(), value.clone()));
		let unsigned = self.unsigned.iter().flat_map(|unsigned| {
			[
				("written to", unsigned.file.clone()),
				("nonce", unsigned.nonce.to_string()),
				("valid until", format!("block {}", unsigned.valid_until)),
			]
		});
		format!("{}\n\n{}", fields(head.into_iter().chain(unsigned)), fields(arguments))
	}
}

/// A transaction that was sent.
#[derive(Clone, Debug, Serialize)]
pub struct Receipt {
	/// The pallet and its call.
	pub call: String,
	/// The transaction's hash.
	pub hash: H256,
	/// Who sent it.
	pub from: AccountId32,
	/// Its block, if that was waited for.
	pub block: Option<BlockId>,
	/// What the sender paid, once it is in a block.
	pub fee: Option<Amount>,
	/// What our pallets did, and transfers.
	pub events: Vec<Event>,
}

impl Receipt {
	/// What the transaction `hash` did, which is in a block.
	pub fn of(hash: H256, included: &Included) -> Self {
		Self {
			call: included.call.clone(),
			hash,
			from: included.from,
			block: Some(included.block),
			fee: Some(included.fee),
			events: included.result.as_ref().map_or_else(|_| Vec::new(), Events::shown),
		}
	}

	/// Shows it to people, with `more` above its events.
	pub fn text(&self, more: impl IntoIterator<Item = (&'static str, String)>) -> String {
		let block = self.block.map(|block| {
			let state = if block.finalized { "finalized" } else { "not finalized yet" };
			format!("{} {:?}, {state}", block.number, block.hash)
		});
		let rows = [
			("call", self.call.clone()),
			("transaction", format!("{:?}", self.hash)),
			("block", or_dash(block)),
			("fee paid", or_dash(self.fee)),
		];
		let head = fields(rows.into_iter().chain(more));
		if self.events.is_empty() {
			return head;
		}
		let rows = self.events.iter().flat_map(event_rows);
		format!("{head}\n\n{}", table(["event", "field", "value"], rows))
	}
}

/// A row for each field of `event`, the first of them with its name.
fn event_rows(event: &Event) -> Vec<[String; 3]> {
	let mut name = format!("{}.{}", event.pallet, event.event);
	let fields = event.fields.flatten();
	if fields.is_empty() {
		return vec![[name, String::new(), String::new()]];
	}
	let rows = fields.into_iter().map(|(field, value)| [std::mem::take(&mut name), field, value]);
	rows.collect()
}

/// What a command sent.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Written {
	/// The agent that was registered, if one was.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub agent: Option<u64>,
	/// The offer that was made, if one was.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub offer: Option<u64>,
	/// The job that was posted, if one was.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub job: Option<u64>,
	/// The contract that was opened, if one was.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub contract: Option<u64>,
	/// The case that was opened, if one was.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub case: Option<u64>,
	/// The validation that was requested, if one was.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub validation: Option<u64>,
	/// The referendum that was proposed, if one was.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub referendum: Option<u64>,
	/// The number of the feedback that was given, if some was.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub feedback: Option<u64>,
	/// The file of the receipt that was filed, if one was.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub receipt: Option<String>,
	/// Its hash.
	#[serde(skip_serializing_if = "Option::is_none")]
	pub evidence: Option<Hash>,
	/// The transactions, in the order they were sent.
	pub transactions: Vec<Receipt>,
}

impl Report for Written {
	const KIND: &'static str = "transactions";

	fn text(&self) -> String {
		let ids = [
			("agent", self.agent),
			("offer", self.offer),
			("job", self.job),
			("contract", self.contract),
			("case", self.case),
			("validation", self.validation),
			("referendum", self.referendum),
			("feedback", self.feedback),
		];
		let ids = ids.into_iter().filter_map(|(name, id)| Some(fields([(name, id?.to_string())])));
		let receipt = self
			.receipt
			.clone()
			.map(|file| fields([("receipt", file), ("evidence", or_dash(self.evidence))]));
		ids.chain(receipt)
			.chain(self.transactions.iter().map(|receipt| receipt.text([])))
			.collect::<Vec<_>>()
			.join("\n\n")
	}
}

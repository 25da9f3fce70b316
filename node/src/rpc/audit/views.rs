//! What clients get to see: the runtime's answers as JSON.
//!
//! A view names everything that the runtime's type holds and adds nothing but a record's bytes.

use super::inputs::{Actor, Event, Subject};
use crate::rpc::{accounts::Accounts, format::Plancks};
use aitbc_audit::Commitment;
use codec::Encode;
use pallet_audit_log::types as chain;
use serde::Serialize;

fn hexadecimal(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// Where the log stands, and on which terms.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Log {
	count: u64,
	root: String,
	oldest_kept: u64,
	kept_blocks: u32,
	fee_per_byte: Plancks,
}

impl From<chain::LogInfo> for Log {
	fn from(info: chain::LogInfo) -> Self {
		let chain::LogInfo { committed, oldest_kept, kept_blocks, fee_per_byte } = info;
		Self {
			count: committed.count,
			root: hexadecimal(committed.root),
			oldest_kept: oldest_kept.0,
			kept_blocks,
			fee_per_byte: Plancks(fee_per_byte),
		}
	}
}

/// A record.
#[derive(Clone, Debug, Serialize)]
pub struct Record {
	record: u64,
	/// The number of the block that wrote it.
	block: u32,
	/// The time of that, in milliseconds since the Unix epoch.
	time: u64,
	event: Event,
	actor: Actor,
	subjects: Vec<Subject>,
	hashes: Vec<String>,
}

impl Record {
	/// Shows a record.
	pub fn new(record: aitbc_audit::Record, accounts: &Accounts) -> Self {
		let aitbc_audit::Record { id, block, time, entry } = record;
		Self {
			record: id.0,
			block,
			time,
			event: Event(entry.event),
			actor: Actor::new(entry.actor, accounts),
			subjects: entry.about().map(|subject| Subject::new(subject, accounts)).collect(),
			hashes: entry.hashes.into_iter().flatten().map(hexadecimal).collect(),
		}
	}
}

/// A proof that the log has a record.
#[derive(Clone, Debug, Serialize)]
pub struct Proof {
	/// How many records the log has to which the block commits.
	count: u64,
	/// What all of them hash to.
	root: String,
	/// Null if its body is not kept any more: who has it proves it all the same.
	record: Option<Record>,
	/// The record's encoding, which the log has the hash of.
	bytes: Option<String>,
	nodes: Vec<String>,
}

impl Proof {
	/// Shows a proof for `committed`.
	pub fn new(committed: Commitment, proven: chain::Proven, accounts: &Accounts) -> Self {
		let chain::Proven { record, proof } = proven;
		Self {
			count: committed.count,
			root: hexadecimal(committed.root),
			bytes: record.as_ref().map(|record| hexadecimal(record.encode())),
			record: record.map(|record| Record::new(record, accounts)),
			nodes: proof.nodes.into_iter().map(hexadecimal).collect(),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_audit::{Entry, RecordId};
	use serde_json::{json, to_value};

	fn record() -> aitbc_audit::Record {
		let subjects = [aitbc_audit::Subject::Case(4), aitbc_audit::Subject::Network];
		let entry =
			Entry::new(aitbc_audit::Event::CaseRuled, aitbc_audit::Actor::Governance, &subjects);
		aitbc_audit::Record {
			id: RecordId(3),
			block: 7,
			time: 1_795_000_000_000,
			entry: entry.with_hashes(&[[1; 32]]),
		}
	}

	fn shown() -> serde_json::Value {
		json!({
			"record": 3,
			"block": 7,
			"time": 1_795_000_000_000u64,
			"event": "case-ruled",
			"actor": { "type": "governance" },
			"subjects": [{ "type": "case", "case": 4 }, { "type": "network" }],
			"hashes": [format!("0x{}", "01".repeat(32))],
		})
	}

	#[test]
	fn record_should_show_all_of_it() {
		let view = Record::new(record(), &Accounts::with_prefix(42));
		assert_eq!(to_value(view).expect("it is JSON"), shown());
	}

	#[test]
	fn proof_should_have_the_bytes_that_are_proven() {
		let proof = aitbc_audit::Proof { count: 4, nodes: vec![[2; 32]] };
		let committed = Commitment { count: 4, root: [3; 32] };
		let view = |record| {
			let proven = chain::Proven { record, proof: proof.clone() };
			to_value(Proof::new(committed, proven, &Accounts::with_prefix(42))).expect("it is JSON")
		};
		let expected = json!({
			"count": 4,
			"root": format!("0x{}", "03".repeat(32)),
			"record": shown(),
			"bytes": hexadecimal(record().encode()),
			"nodes": [format!("0x{}", "02".repeat(32))],
		});
		assert_eq!(view(Some(record())), expected);
		assert_eq!((&view(None)["record"], &view(None)["bytes"]), (&json!(null), &json!(null)));
	}

	#[test]
	fn log_should_show_all_of_it() {
		let info = chain::LogInfo {
			committed: Commitment { count: 2, root: [3; 32] },
			oldest_kept: RecordId(1),
			kept_blocks: 9,
			fee_per_byte: 5,
		};
		let expected = json!({
			"count": 2,
			"root": format!("0x{}", "03".repeat(32)),
			"oldestKept": 1,
			"keptBlocks": 9,
			"feePerByte": "5",
		});
		assert_eq!(to_value(Log::from(info)).expect("it is JSON"), expected);
	}
}

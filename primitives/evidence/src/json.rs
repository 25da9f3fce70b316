//! How parts of a verdict are written in JSON.
//!
//! Bytes and hashes of this chain have `0x` and hexadecimal digits; Bitcoin's hashes are as Bitcoin Core writes them;
//! work is a text, because it has more digits than numbers have room for in many programs. Records have the members
//! that the node's RPC gives them.

use aitbc_audit::{Actor, Record, Subject};
use aitbc_bitcoin::{Commitment, Payload};
use serde::{Serialize, Serializer};
use std::fmt::Display;

fn hexadecimal(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

pub fn text<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.collect_str(value)
}

pub fn bytes<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
	hexadecimal(bytes).serialize(serializer)
}

pub fn optional_bytes<S: Serializer>(
	bytes: &Option<Vec<u8>>,
	serializer: S,
) -> Result<S::Ok, S::Error> {
	bytes.as_ref().map(hexadecimal).serialize(serializer)
}

/// A payload as its 80 bytes.
pub fn payload<S: Serializer>(payload: &Payload, serializer: S) -> Result<S::Ok, S::Error> {
	bytes(&payload.to_bytes(), serializer)
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum CommitmentView {
	OpReturn,
	Taproot { internal_key: String },
}

pub fn commitment<S: Serializer>(
	commitment: &Commitment,
	serializer: S,
) -> Result<S::Ok, S::Error> {
	match commitment {
		Commitment::OpReturn => CommitmentView::OpReturn,
		Commitment::Taproot { internal_key } => {
			CommitmentView::Taproot { internal_key: hex::encode(internal_key.0) }
		},
	}
	.serialize(serializer)
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum ActorView {
	Chain,
	Governance,
	Account { account: String },
}

impl From<Actor> for ActorView {
	fn from(actor: Actor) -> Self {
		match actor {
			Actor::Chain => Self::Chain,
			Actor::Governance => Self::Governance,
			Actor::Account(account) => Self::Account { account: hexadecimal(account) },
		}
	}
}

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum SubjectView {
	Network,
	Validator { account: String },
	Agent { agent: u64 },
	Action { action: u64 },
	ActionKind { kind: u16 },
	Case { case: u64 },
	Anchor { anchor: u64 },
}

impl From<Subject> for SubjectView {
	fn from(subject: Subject) -> Self {
		match subject {
			Subject::Network => Self::Network,
			Subject::Validator(account) => Self::Validator { account: hexadecimal(account) },
			Subject::Agent(agent) => Self::Agent { agent },
			Subject::Action(action) => Self::Action { action },
			Subject::ActionKind(kind) => Self::ActionKind { kind },
			Subject::Case(case) => Self::Case { case },
			Subject::Anchor(anchor) => Self::Anchor { anchor },
		}
	}
}

#[derive(Serialize)]
struct RecordView {
	record: u64,
	block: u32,
	time: u64,
	event: &'static str,
	actor: ActorView,
	subjects: Vec<SubjectView>,
	hashes: Vec<String>,
}

pub fn record<S: Serializer>(record: &Record, serializer: S) -> Result<S::Ok, S::Error> {
	let Record { id, block, time, entry } = *record;
	RecordView {
		record: id.0,
		block,
		time,
		event: entry.event.name(),
		actor: entry.actor.into(),
		subjects: entry.about().map(Into::into).collect(),
		hashes: entry.hashes.into_iter().flatten().map(hexadecimal).collect(),
	}
	.serialize(serializer)
}

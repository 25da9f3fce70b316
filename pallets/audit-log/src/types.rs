//! What the pallet keeps and tells.

use aitbc_audit::{Actor, Commitment, Event, Proof, Record, RecordId, Subject};
use aitbc_core::{Balance, BlockNumber};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What records are listed by.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Topic {
	/// What they are about.
	#[codec(index = 0)]
	Subject(Subject),
	/// Who did it.
	#[codec(index = 1)]
	Actor(Actor),
	/// What happened.
	#[codec(index = 2)]
	Event(Event),
}

/// The filled places of a list.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Span {
	/// The first one.
	pub first: u64,
	/// The one after the last.
	pub next: u64,
}

/// Which records somebody wants to see. What is `None` restricts nothing.
#[derive(
	Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo,
)]
pub struct Query {
	/// Those about it.
	pub subject: Option<Subject>,
	/// Those of what it did.
	pub actor: Option<Actor>,
	/// Those of such events.
	pub event: Option<Event>,
	/// Those from this time on, in milliseconds since the Unix epoch.
	pub since: Option<u64>,
	/// Those up to this time, in milliseconds since the Unix epoch.
	pub until: Option<u64>,
}

/// Some records, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct RecordPage {
	/// The records.
	pub records: Vec<Record>,
	/// Where the next page begins: the records before this one. None if there can be no more.
	pub next: Option<RecordId>,
}

/// Where the log stands, and on which terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct LogInfo {
	/// What commits to all records.
	pub committed: Commitment,
	/// The first record whose body is kept.
	pub oldest_kept: RecordId,
	/// How long bodies are kept, in blocks.
	pub kept_blocks: BlockNumber,
	/// What a byte of a record costs whoever causes it, in plancks.
	pub fee_per_byte: Balance,
}

/// A record with its proof.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Proven {
	/// The record, while its body is kept.
	pub record: Option<Record>,
	/// That a log of so many records has it.
	pub proof: Proof,
}

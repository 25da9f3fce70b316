//! The record as JSON: what is exported and imported, and, with a checksum, the guard file.
//!
//! In the spirit of EIP-3076 ("Slashing Protection Interchange Format"): the chain's genesis hash, and per key what
//! was signed.

use crate::{
	record::{Alarm, Record, Round, UnixTime, Votes},
	vote::{Position, Target},
};
use aitbc_core::Hash;
use serde::{de::Error as _, Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use sp_consensus_babe::{AuthorityId as BabeKey, Slot};
use sp_consensus_grandpa::AuthorityId as GrandpaKey;
use std::collections::BTreeMap;

/// What the field `format` says.
const FORMAT: &str = "aitbc-signing-guard";

/// What the field `version` says. Another one is refused: fields that are not understood may matter.
const VERSION: u32 = 1;

/// What stands before the checksum in the guard file.
const SEAL: &str = "\nsha256 ";

/// The fields that every version has.
#[derive(Debug, Deserialize)]
struct Head {
	format: String,
	version: u32,
}

/// A record, and the chain that it is of.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
	format: String,
	version: u32,
	genesis_hash: Hash,
	alone_until: UnixTime,
	alarm: Option<Alarm>,
	babe: Vec<Blocks>,
	grandpa: Vec<Ballots>,
}

/// What was signed with a BABE key.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Blocks {
	key: Public,
	slot: Option<Slot>,
}

/// What was signed with a GRANDPA key.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ballots {
	key: Public,
	admitted: bool,
	floor: Option<Position>,
	rounds: Vec<Ballot>,
}

/// What was voted in a round.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Ballot {
	set: u64,
	round: u64,
	propose: Option<Target>,
	prevote: Option<Target>,
	precommit: Option<Target>,
}

/// The bytes of a public key, in hexadecimal digits after 0x.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Public([u8; 32]);

impl Serialize for Public {
	fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
		serializer.serialize_str(&format!("0x{}", hex::encode(self.0)))
	}
}

impl<'de> Deserialize<'de> for Public {
	fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
		let text = String::deserialize(deserializer)?;
		let digits = text.strip_prefix("0x").unwrap_or_default();
		let mut bytes = [0; 32];
		match hex::decode_to_slice(digits, &mut bytes) {
			Ok(()) => Ok(Self(bytes)),
			Err(_) => Err(D::Error::custom(format!("`{text}` is no public key of 32 bytes"))),
		}
	}
}

/// Why a text is not the record of a chain.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DocumentError {
	/// It is no JSON, or not of this form.
	#[error("{0}")]
	Malformed(String),
	/// Some other program wrote it, or another version of this one.
	#[error("it says `{format}` version {version}, and not `{FORMAT}` version {VERSION}")]
	OtherFormat {
		/// What it says it is.
		format: String,
		/// Its version.
		version: u32,
	},
	/// It is of another chain.
	#[error("it is of the chain with the genesis {found:?}, and this one's is {expected:?}")]
	OtherChain {
		/// The genesis hash in it.
		found: Hash,
		/// The genesis hash of this node's chain.
		expected: Hash,
	},
	/// A key is there twice.
	#[error("the key 0x{0} is there twice")]
	Twice(String),
	/// A key's rounds contradict its floor, or each other.
	#[error("the rounds of the key 0x{0} are not above its floor, or too many, or there twice")]
	Rounds(String),
	/// The checksum of a guard file is not that of its content.
	#[error("its checksum is wrong")]
	Checksum,
}

/// Writes `record` as JSON, with line breaks and indentation, for people and other nodes.
pub(crate) fn to_json(genesis: Hash, record: &Record) -> Result<String, DocumentError> {
	let text = serde_json::to_string_pretty(&document(genesis, record));
	text.map_err(|error| DocumentError::Malformed(error.to_string()))
}

/// Reads what [`to_json`] writes, of the chain with this genesis.
pub(crate) fn from_json(genesis: Hash, text: &str) -> Result<Record, DocumentError> {
	let document = parse(text)?;
	if document.genesis_hash != genesis {
		let found = document.genesis_hash;
		return Err(DocumentError::OtherChain { found, expected: genesis });
	}
	record(document)
}

/// Writes the guard file: JSON on one line, and its checksum on the next.
pub(crate) fn to_file(genesis: Hash, record: &Record) -> Result<Vec<u8>, DocumentError> {
	let text = serde_json::to_string(&document(genesis, record));
	let mut text = text.map_err(|error| DocumentError::Malformed(error.to_string()))?;
	let checksum = checksum(&text);
	text.push_str(&checksum);
	Ok(text.into_bytes())
}

/// Reads exactly what [`to_file`] writes. Any other byte is an error.
pub(crate) fn from_file(genesis: Hash, bytes: &[u8]) -> Result<Record, DocumentError> {
	from_json(genesis, unsealed(bytes)?)
}

/// The JSON of a guard file with the right checksum.
fn unsealed(bytes: &[u8]) -> Result<&str, DocumentError> {
	let text = std::str::from_utf8(bytes).map_err(|_| DocumentError::Checksum)?;
	let at = text.rfind(SEAL).ok_or(DocumentError::Checksum)?;
	let (json, found) = text.split_at_checked(at).ok_or(DocumentError::Checksum)?;
	match found == checksum(json) {
		true => Ok(json),
		false => Err(DocumentError::Checksum),
	}
}

fn parse(text: &str) -> Result<Document, DocumentError> {
	let malformed = |error: serde_json::Error| DocumentError::Malformed(error.to_string());
	let Head { format, version } = serde_json::from_str(text).map_err(malformed)?;
	if format != FORMAT || version != VERSION {
		return Err(DocumentError::OtherFormat { format, version });
	}
	serde_json::from_str(text).map_err(malformed)
}

/// The genesis hash that a guard file gives.
pub(crate) fn genesis_of(bytes: &[u8]) -> Result<Hash, DocumentError> {
	parse(unsealed(bytes)?).map(|document| document.genesis_hash)
}

/// The end of a guard file that begins with `json`.
fn checksum(json: &str) -> String {
	format!("{SEAL}{}\n", hex::encode(Sha256::digest(json)))
}

fn document(genesis: Hash, record: &Record) -> Document {
	let babe = record.babe.iter().map(|(key, slot)| Blocks { key: bytes(key), slot: *slot });
	let grandpa = record.grandpa.iter().map(|(key, votes)| Ballots {
		key: bytes(key),
		admitted: votes.is_admitted,
		floor: votes.floor(),
		rounds: votes.rounds().map(ballot).collect(),
	});
	Document {
		format: FORMAT.into(),
		version: VERSION,
		genesis_hash: genesis,
		alone_until: record.alone,
		alarm: record.alarm.clone(),
		babe: babe.collect(),
		grandpa: grandpa.collect(),
	}
}

fn ballot((position, round): (Position, &Round)) -> Ballot {
	let Position { set, round: number } = position;
	let Round { propose, prevote, precommit } = *round;
	Ballot { set, round: number, propose, prevote, precommit }
}

fn bytes(key: &impl AsRef<[u8]>) -> Public {
	let mut bytes = [0; 32];
	for (to, from) in bytes.iter_mut().zip(key.as_ref()) {
		*to = *from;
	}
	Public(bytes)
}

fn record(document: Document) -> Result<Record, DocumentError> {
	let Document { alone_until, alarm, babe, grandpa, .. } = document;
	let mut record = Record { alone: alone_until, alarm, ..Default::default() };
	for Blocks { key, slot } in babe {
		let public = BabeKey::from(sp_core::sr25519::Public::from(key.0));
		if record.babe.insert(public, slot).is_some() {
			return Err(DocumentError::Twice(hex::encode(key.0)));
		}
	}
	for Ballots { key, admitted, floor, rounds } in grandpa {
		let count = rounds.len();
		let rounds: BTreeMap<_, _> = rounds.into_iter().map(Ballot::parts).collect();
		let votes =
			Votes::new(admitted, floor, rounds).filter(|votes| votes.rounds().count() == count);
		let votes = votes.ok_or_else(|| DocumentError::Rounds(hex::encode(key.0)))?;
		let public = GrandpaKey::from(sp_core::ed25519::Public::from(key.0));
		if record.grandpa.insert(public, votes).is_some() {
			return Err(DocumentError::Twice(hex::encode(key.0)));
		}
	}
	Ok(record)
}

impl Ballot {
	fn parts(self) -> (Position, Round) {
		let Self { set, round, propose, prevote, precommit } = self;
		(Position { set, round }, Round { propose, prevote, precommit })
	}
}

#[cfg(test)]
mod tests;

//! What the chain has written down, and proofs of it.
//!
//! A node's answers are taken for what they are: the proof is checked here, against the digest of a header.

use super::{Chain, Error};
use crate::{amount::Amount, digest::Hash};
use aitbc_audit::{Commitment, ENGINE_ID};
use codec::DecodeAll;
use serde::{Deserialize, Serialize};
use serde_json::{json, Map, Value};

/// The block that an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct AnsweredAt {
	/// Its hash.
	pub hash: Hash,
	/// Its number.
	pub height: u32,
	/// Whether it was finalized when the answer was given.
	pub finalized: bool,
}

/// An answer, and for which block.
#[derive(Clone, Debug, Deserialize)]
pub struct Answer<T> {
	/// As of when.
	pub block: AnsweredAt,
	/// What was asked for.
	pub result: T,
	/// Where the next page begins.
	pub next: Option<String>,
}

/// Where the log stands, and on which terms.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Log {
	/// How many records there are.
	pub count: u64,
	/// What all of them hash to.
	pub root: Hash,
	/// The first record whose body is kept.
	pub oldest_kept: u64,
	/// How long bodies are kept, in blocks.
	pub kept_blocks: u32,
	/// What a byte of a record costs whoever causes it.
	pub fee_per_byte: Amount,
}

/// A record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Record {
	/// Its place in the log.
	pub record: u64,
	/// The number of the block that wrote it.
	pub block: u32,
	/// The time of that, in milliseconds since the Unix epoch.
	pub time: u64,
	/// What happened.
	pub event: String,
	/// Who did it.
	pub actor: Value,
	/// What it is about.
	pub subjects: Vec<Value>,
	/// What the event says they are.
	pub hashes: Vec<Hash>,
}

/// A proof, as a node gives it.
#[derive(Clone, Debug, Deserialize)]
pub struct Proof {
	/// The record's bytes, while they are kept.
	pub bytes: Option<String>,
	/// The nodes that lead to the root.
	pub nodes: Vec<Hash>,
}

/// Asks for where the log stands.
pub async fn log(chain: &Chain) -> Result<Answer<Log>, Error> {
	chain.request_by_place("audit_log", []).await
}

/// Asks for a record.
pub async fn record(chain: &Chain, id: u64) -> Result<Answer<Option<Record>>, Error> {
	chain.request_by_place("audit_record", [json!(id)]).await
}

/// Asks for the records that `query` wants, newest first, `limit` at most.
pub async fn records(
	chain: &Chain,
	query: &Map<String, Value>,
	limit: usize,
) -> Result<Answer<Vec<Record>>, Error> {
	let (mut records, mut after, mut at) = (Vec::new(), Value::Null, Value::Null);
	loop {
		let left = limit.saturating_sub(records.len());
		let parameters = [json!(query), after, json!(left), at];
		let page: Answer<Vec<Record>> = chain.request_by_place("audit_records", parameters).await?;
		records.extend(page.result);
		if page.next.is_none() || records.len() >= limit {
			return Ok(Answer { result: records, ..page });
		}
		(after, at) = (json!(page.next), json!(page.block.hash));
	}
}

/// Asks for the proof of a record against what the digest of the block `at` commits to.
pub async fn proof(chain: &Chain, id: u64, at: Hash) -> Result<Answer<Option<Proof>>, Error> {
	chain.request_by_place("audit_proof", [json!(id), json!(at)]).await
}

/// The hash of the last finalized block.
pub async fn finalized(chain: &Chain) -> Result<Hash, Error> {
	chain.request("chain_getFinalizedHead").await
}

/// What the digest of the block `at` says of the log, if it says something.
pub async fn commitment(chain: &Chain, at: Hash) -> Result<Option<Commitment>, Error> {
	#[derive(Deserialize)]
	struct Digest {
		logs: Vec<String>,
	}
	#[derive(Deserialize)]
	struct Header {
		digest: Digest,
	}
	let header: Option<Header> = chain.request_with("chain_getHeader", at).await?;
	let items = header.map_or_else(Vec::new, |header| header.digest.logs);
	Ok(items.iter().find_map(|item| in_digest_item(item)))
}

/// The commitment in a digest's item, if it is one: variant 4, `Consensus` (sp-runtime,
/// `generic/digest.rs`), the engine, and bytes with their length.
fn in_digest_item(item: &str) -> Option<Commitment> {
	let bytes = hex::decode(item.strip_prefix("0x")?).ok()?;
	let (kind, engine, data) = <(u8, [u8; 4], Vec<u8>)>::decode_all(&mut &*bytes).ok()?;
	let is_ours = kind == 4 && engine == ENGINE_ID;
	is_ours.then(|| Commitment::decode_all(&mut &*data).ok()).flatten()
}

#[cfg(test)]
mod tests {
	use super::*;
	use codec::Encode;

	#[test]
	fn commitment_should_be_found_among_a_digests_items() {
		let item = |kind: u8, engine: [u8; 4], data: Vec<u8>| {
			in_digest_item(&format!("0x{}", hex::encode((kind, engine, data).encode())))
		};
		let committed = Commitment { count: 5, root: [7; 32] };
		assert_eq!(item(4, *b"AUDT", committed.encode()), Some(committed));
		assert_eq!(item(6, *b"AUDT", committed.encode()), None);
		assert_eq!(item(4, *b"BABE", committed.encode()), None);
		assert_eq!(item(4, *b"AUDT", vec![1]), None);
		assert_eq!(in_digest_item("0x"), None);
	}
}

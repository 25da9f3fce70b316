//! What the operator's own node is asked: how its Bitcoin worker is, and what only that has.

use super::hexadecimal;
use crate::chain::{Chain, Error};
use aitbc_bitcoin::{BlockHash, Txid};
use serde::{Deserialize, Serialize};
use serde_json::{json, Value};
use subxt::utils::AccountId32;

/// How the node's Bitcoin worker is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Worker {
	/// `payload`, `psbt` or `broadcast`.
	pub mode: String,
	/// The account of this chain that pays for its transactions here.
	pub relayer: AccountId32,
	/// Where coins for anchors are expected. None with `payload`.
	pub address: Option<String>,
	/// The hash of that address's key, if the node has it.
	pub key_hash: Option<String>,
	/// What there is to pay with, in satoshi.
	pub balance: Option<u64>,
	/// The height of Bitcoin Core's chain.
	pub core_height: Option<u32>,
	/// The anchor that no block has yet.
	pub waiting: Option<Waiting>,
	/// What is in the way of an anchor.
	pub problem: Option<String>,
	/// Why the last round ended early.
	pub error: Option<String>,
}

/// An anchor that no block has yet.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Waiting {
	/// The block of this chain.
	pub height: u32,
	/// The transaction.
	pub txid: String,
	/// In satoshi for 1,000 virtual bytes.
	pub fee_rate: u64,
	/// The height of Bitcoin's chain when it was made.
	pub since: u32,
}

/// What an account registers the worker's script with, as hexadecimal digits.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
	/// The hash of the key.
	pub key_hash: String,
	/// What the key says to the account.
	pub signature: String,
}

/// An evidence bundle.
#[derive(Clone, Debug, Deserialize)]
pub struct Export {
	/// The anchored block.
	pub height: u32,
	/// The file, as hexadecimal digits.
	pub bundle: String,
}

/// What a bundle is to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
	/// That it is a block of this chain.
	Block,
	/// That the audit log had a record before the block.
	Record(u64),
	/// What the block's state has under a key.
	Storage(Vec<u8>),
}

impl Claim {
	/// As the node wants it.
	fn to_json(&self) -> Value {
		match self {
			Self::Block => json!({ "type": "block" }),
			Self::Record(record) => json!({ "type": "record", "record": record }),
			Self::Storage(key) => json!({ "type": "storage", "key": hexadecimal(key) }),
		}
	}
}

/// Asks how the worker is. None if the node runs none.
pub async fn worker(chain: &Chain) -> Result<Option<Worker>, Error> {
	chain.request("anchor_worker").await
}

/// Has the worker look for coins at its next round.
pub async fn rescan(chain: &Chain) -> Result<(), Error> {
	chain.request("anchor_rescan").await
}

/// Has the worker's key sign so that `account` can register its script.
pub async fn sign_registration(chain: &Chain, account: AccountId32) -> Result<Registration, Error> {
	chain.request_with("anchor_signRegistration", hexadecimal(account.0)).await
}

/// Asks for the proof that a block of Bitcoin has a transaction: SCALE, as hexadecimal digits.
pub async fn proof(chain: &Chain, txid: Txid, block: BlockHash) -> Result<String, Error> {
	let parameters = [json!(txid.to_string()), json!(block.to_string())];
	chain.request_by_place("anchor_proof", parameters).await
}

/// Asks for the bundle of the anchored block `height`, or of the newest that is final.
pub async fn export(chain: &Chain, height: Option<u32>, claim: &Claim) -> Result<Export, Error> {
	chain.request_by_place("anchor_export", [json!(height), claim.to_json()]).await
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::from_value;

	#[test]
	fn worker_should_be_read_as_the_node_shows_it() {
		let shown = json!({
			"mode": "broadcast",
			"relayer": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
			"address": "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080",
			"keyHash": format!("0x{}", "07".repeat(20)),
			"balance": 100_000_000_u64,
			"coreHeight": 107,
			"waiting": { "height": 40, "txid": "ab", "feeRate": 5_000, "since": 106 },
			"problem": null,
			"error": null,
		});
		let worker: Worker = from_value(shown).expect("it is a worker");
		assert_eq!((worker.balance, worker.core_height), (Some(100_000_000), Some(107)));
		assert_eq!(worker.waiting.expect("it waits").fee_rate, 5_000);
		assert_eq!(from_value::<Option<Worker>>(Value::Null).expect("there is none"), None);
	}

	#[test]
	fn claims_should_be_sent_as_the_node_reads_them() {
		for (claim, sent) in [
			(Claim::Block, json!({ "type": "block" })),
			(Claim::Record(3), json!({ "type": "record", "record": 3 })),
			(Claim::Storage(vec![0xab, 1]), json!({ "type": "storage", "key": "0xab01" })),
		] {
			assert_eq!(claim.to_json(), sent);
		}
	}
}

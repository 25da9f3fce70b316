//! Blocks of this chain that are to be on Bitcoin, and Bitcoin as this chain knows it.
//!
//! All of it is read from a block's state. What the operator's own node does for it, [`node`] asks.

mod calls;
pub mod node;

use super::{
	runtime,
	runtime::runtime_types::{
		aitbc_bitcoin::{commitment::Commitment, network, payload::Payload as GeneratedPayload},
		pallet_bitcoin_anchor::types as generated,
		pallet_bitcoin_light_client::types as light_client,
	},
	Block, Error,
};
use crate::{amount::Amount, digest::Hash};
use aitbc_bitcoin::{commitment::op_return_script, BlockHash, Network, Txid};
use serde::{Serialize, Serializer};
use std::fmt::Display;
use subxt::utils::AccountId32;

pub use calls::{claim, deregister, prove, register};

/// The most tasks that are asked for at once: what the runtime API gives at most.
const PAGE: u32 = 100;

/// When tasks are made, and on which terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Schedule {
	/// The Bitcoin network. None if this chain follows no Bitcoin: there are no tasks then.
	pub network: Option<&'static str>,
	/// How far apart blocks with a task are, in blocks.
	pub period: u32,
	/// The next block that will have one.
	pub next: u32,
	/// How long a task may be due, in active blocks.
	pub timeout: u32,
	/// From how many confirmations on a task is confirmed.
	pub confirmations: u32,
	/// From how many confirmations on a task is final.
	pub final_confirmations: u32,
	/// The newest block that is on Bitcoin for good.
	pub latest_final: Option<u32>,
	/// What a final task is worth.
	pub reward: Amount,
	/// What a script holds on its account.
	pub deposit: Amount,
	/// How many bytes a proof, or a funding transaction, may have.
	pub max_proof_bytes: u32,
}

/// What Bitcoin is told of a block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Payload {
	/// The Bitcoin network that it is for.
	pub network: &'static str,
	/// The block's number.
	pub height: u32,
	/// The block's hash.
	pub block_hash: Hash,
	/// The GRANDPA set that finalizes it.
	pub set_id: u32,
	/// The root of the audit log as that block's parent left it, or zeros.
	pub audit_root: Hash,
	/// Its 80 bytes.
	pub bytes: String,
	/// The script of an output that has them in the open.
	pub op_return: String,
}

/// An output of a transaction of Bitcoin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Output {
	/// The transaction.
	#[serde(serialize_with = "as_text")]
	pub txid: Txid,
	/// Which of its outputs, from 0.
	pub index: u32,
}

/// Where an anchor was proven to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Inclusion {
	/// The block of Bitcoin.
	#[serde(serialize_with = "as_text")]
	pub block: BlockHash,
	/// The transaction.
	#[serde(serialize_with = "as_text")]
	pub txid: Txid,
	/// What its first input spends.
	pub funded_by: Output,
	/// The internal key of a Taproot commitment. None if the payload is in the open.
	pub internal_key: Option<String>,
}

/// How far a task has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Status {
	/// It waits for a proof.
	Due {
		/// Since when, in active blocks.
		since: u32,
		/// The last active block in which it may be proven.
		until: Option<u32>,
	},
	/// A block of Bitcoin has it.
	Included {
		/// Where it is.
		#[serde(flatten)]
		inclusion: Inclusion,
		/// How many blocks of Bitcoin there are from that on.
		confirmations: Option<u32>,
	},
	/// That block is deep enough for most purposes.
	Confirmed {
		/// Where it is.
		#[serde(flatten)]
		inclusion: Inclusion,
		/// How many blocks of Bitcoin there are from that on.
		confirmations: Option<u32>,
	},
	/// That block stays.
	Final {
		/// Where it is.
		#[serde(flatten)]
		inclusion: Inclusion,
		/// How many blocks of Bitcoin there are from that on. None when it is old.
		confirmations: Option<u32>,
		/// The block of this chain in which it became final.
		at: u32,
		/// Whether its reward was paid.
		is_paid: bool,
	},
	/// A newer task is final, which covers it.
	Covered {
		/// The height of the newest of these.
		by: u32,
	},
	/// Nobody proved it in time.
	Missed,
}

impl Status {
	/// Its name.
	pub const fn name(&self) -> &'static str {
		match self {
			Self::Due { .. } => "due",
			Self::Included { .. } => "included",
			Self::Confirmed { .. } => "confirmed",
			Self::Final { .. } => "final",
			Self::Covered { .. } => "covered",
			Self::Missed => "missed",
		}
	}

	/// Where its anchor is, if a block of Bitcoin has one.
	pub const fn inclusion(&self) -> Option<&Inclusion> {
		match self {
			Self::Included { inclusion, .. }
			| Self::Confirmed { inclusion, .. }
			| Self::Final { inclusion, .. } => Some(inclusion),
			Self::Due { .. } | Self::Covered { .. } | Self::Missed => None,
		}
	}

	/// How many confirmations its anchor has. None without one, and when its block is old.
	pub const fn confirmations(&self) -> Option<u32> {
		match self {
			Self::Included { confirmations, .. }
			| Self::Confirmed { confirmations, .. }
			| Self::Final { confirmations, .. } => *confirmations,
			Self::Due { .. } | Self::Covered { .. } | Self::Missed => None,
		}
	}
}

/// A block of this chain that is to be on Bitcoin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Task {
	/// What Bitcoin is told.
	pub payload: Payload,
	/// How far that has come.
	pub status: Status,
}

/// Who has a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Anchorer {
	/// Whose rewards its anchors earn.
	pub account: AccountId32,
	/// What is held on that account for it.
	pub deposit: Amount,
}

/// A block of Bitcoin that this chain knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BitcoinBlock {
	/// Its hash.
	#[serde(serialize_with = "as_text")]
	pub hash: BlockHash,
	/// Its height.
	pub height: u32,
	/// In seconds since the Unix epoch, as its miner says.
	pub time: u32,
}

/// How far this chain follows Bitcoin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct LightClient {
	/// Which network.
	pub network: &'static str,
	/// The last block of the best chain.
	pub tip: BitcoinBlock,
	/// The height of the oldest header that is kept.
	pub oldest: u32,
	/// How many blocks a reorganization may displace.
	pub max_reorganization: u32,
}

/// Writes what people know as text: hashes as Bitcoin Core prints them.
fn as_text<S: Serializer>(value: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
	serializer.collect_str(value)
}

fn hexadecimal(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

impl From<network::Network> for Network {
	fn from(network: network::Network) -> Self {
		match network {
			network::Network::Mainnet => Self::Mainnet,
			network::Network::Testnet4 => Self::Testnet4,
			network::Network::Signet => Self::Signet,
			network::Network::Regtest => Self::Regtest,
		}
	}
}

impl From<generated::ScheduleInfo> for Schedule {
	fn from(info: generated::ScheduleInfo) -> Self {
		Self {
			network: info.network.map(|network| Network::from(network).name()),
			period: info.period,
			next: info.next,
			timeout: info.timeout,
			confirmations: info.confirmations,
			final_confirmations: info.final_confirmations,
			latest_final: info.latest_final,
			reward: Amount(info.reward),
			deposit: Amount(info.deposit),
			max_proof_bytes: info.max_proof_bytes,
		}
	}
}

impl From<aitbc_bitcoin::Payload> for Payload {
	fn from(payload: aitbc_bitcoin::Payload) -> Self {
		let aitbc_bitcoin::Payload { network, set_id, height, block_hash, audit_root } = payload;
		Self {
			network: network.name(),
			height,
			block_hash: Hash(block_hash),
			set_id,
			audit_root: Hash(audit_root),
			bytes: hexadecimal(payload.to_bytes()),
			op_return: hexadecimal(op_return_script(&payload)),
		}
	}
}

impl From<GeneratedPayload> for Payload {
	fn from(payload: GeneratedPayload) -> Self {
		let GeneratedPayload { network, set_id, height, block_hash, audit_root } = payload;
		let network = network.into();
		aitbc_bitcoin::Payload { network, set_id, height, block_hash, audit_root }.into()
	}
}

impl From<generated::Inclusion> for Inclusion {
	fn from(inclusion: generated::Inclusion) -> Self {
		let generated::Inclusion { block, txid, commitment, funded_by } = inclusion;
		Self {
			block: BlockHash(block.0),
			txid: Txid(txid.0),
			funded_by: Output { txid: Txid(funded_by.txid.0), index: funded_by.index },
			internal_key: match commitment {
				Commitment::OpReturn => None,
				Commitment::Taproot { internal_key } => Some(hexadecimal(internal_key.0)),
			},
		}
	}
}

impl From<generated::TaskInfo> for Task {
	fn from(info: generated::TaskInfo) -> Self {
		let generated::TaskInfo { task, confirmations, due_until } = info;
		let status = match task.status {
			generated::Status::Due { since } => Status::Due { since, until: due_until },
			generated::Status::Included(inclusion) => {
				Status::Included { inclusion: inclusion.into(), confirmations }
			},
			generated::Status::Confirmed(inclusion) => {
				Status::Confirmed { inclusion: inclusion.into(), confirmations }
			},
			generated::Status::Final { inclusion, at, is_paid } => {
				Status::Final { inclusion: inclusion.into(), confirmations, at, is_paid }
			},
			generated::Status::Covered { by } => Status::Covered { by },
			generated::Status::Missed => Status::Missed,
		};
		Self { payload: task.payload.into(), status }
	}
}

impl From<light_client::HeaderInfo> for BitcoinBlock {
	fn from(header: light_client::HeaderInfo) -> Self {
		Self { hash: BlockHash(header.hash.0), height: header.height, time: header.time }
	}
}

impl From<light_client::LightClientInfo> for LightClient {
	fn from(info: light_client::LightClientInfo) -> Self {
		Self {
			network: Network::from(info.network).name(),
			tip: info.tip.into(),
			oldest: info.oldest,
			max_reorganization: info.max_reorganization,
		}
	}
}

/// Reads when tasks are made.
pub async fn schedule(block: &Block) -> Result<Schedule, Error> {
	let api = runtime::runtime_apis().bitcoin_anchor_api();
	Ok(block.call(api.schedule()).await?.into())
}

/// Reads the task of the block `height`, while it is kept.
pub async fn task(block: &Block, height: u32) -> Result<Option<Task>, Error> {
	let api = runtime::runtime_apis().bitcoin_anchor_api();
	Ok(block.call(api.task(height)).await?.map(Task::from))
}

/// Reads the last tasks, newest first, `limit` at most.
pub async fn tasks(block: &Block, limit: u32) -> Result<Vec<Task>, Error> {
	let (mut tasks, mut before, mut left) = (Vec::new(), None, limit);
	while left > 0 {
		let api = runtime::runtime_apis().bitcoin_anchor_api();
		let page = block.call(api.tasks(before, left.min(PAGE))).await?;
		left = left.saturating_sub(u32::try_from(page.tasks.len()).unwrap_or(u32::MAX));
		tasks.extend(page.tasks.into_iter().map(Task::from));
		before = page.next;
		if before.is_none() {
			break;
		}
	}
	Ok(tasks)
}

/// Reads the newest task.
pub async fn latest(block: &Block) -> Result<Option<Task>, Error> {
	let api = runtime::runtime_apis().bitcoin_anchor_api();
	Ok(block.call(api.latest()).await?.map(Task::from))
}

/// Reads the newest task that is final, while it is kept.
pub async fn latest_final(block: &Block) -> Result<Option<Task>, Error> {
	let api = runtime::runtime_apis().bitcoin_anchor_api();
	Ok(block.call(api.latest_final()).await?.map(Task::from))
}

/// Reads who has the P2WPKH script of the key with this hash.
pub async fn anchorer(block: &Block, key_hash: [u8; 20]) -> Result<Option<Anchorer>, Error> {
	let api = runtime::runtime_apis().bitcoin_anchor_api();
	let anchorer = block.call(api.anchorer(generated::PubkeyHash(key_hash))).await?;
	Ok(anchorer.map(|one| Anchorer { account: one.account, deposit: Amount(one.deposit) }))
}

/// Reads how far this chain follows Bitcoin, if it does.
pub async fn light_client(block: &Block) -> Result<Option<LightClient>, Error> {
	let api = runtime::runtime_apis().bitcoin_api();
	Ok(block.call(api.light_client()).await?.map(LightClient::from))
}

/// Reads a block of Bitcoin, while its header is kept.
pub async fn bitcoin_block(block: &Block, hash: BlockHash) -> Result<Option<BitcoinBlock>, Error> {
	use runtime::runtime_types::aitbc_bitcoin::hash;
	let api = runtime::runtime_apis().bitcoin_api();
	Ok(block.call(api.header(hash::BlockHash(hash.0))).await?.map(BitcoinBlock::from))
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value};

	#[test]
	fn payload_should_be_shown_with_its_bytes_and_script() {
		let payload = aitbc_bitcoin::Payload::new(Network::Regtest, 1, 20, [2; 32], [3; 32]);
		let payload = Payload::from(payload.expect("the set's number is small"));
		// Magic, version, network, and set and height with their lowest byte first.
		let bytes =
			format!("41495442010301000000{}{}{}0000", "14000000", "02".repeat(32), "03".repeat(32));
		assert_eq!(payload.bytes, format!("0x{bytes}"));
		assert_eq!(payload.op_return, format!("0x6a4c50{bytes}"));
		assert_eq!((payload.network, payload.height), ("regtest", 20));
	}

	#[test]
	fn included_status_should_be_one_object_with_hashes_as_bitcoin_core_prints_them() {
		let mut block = [0; 32];
		block[0] = 1;
		let funded_by = Output { txid: Txid([3; 32]), index: 1 };
		let inclusion = Inclusion {
			block: BlockHash(block),
			txid: Txid([2; 32]),
			funded_by,
			internal_key: None,
		};
		let status = Status::Included { inclusion, confirmations: Some(4) };
		let expected = json!({
			"type": "included",
			"block": format!("{}01", "00".repeat(31)),
			"txid": "02".repeat(32),
			"funded_by": { "txid": "03".repeat(32), "index": 1 },
			"internal_key": null,
			"confirmations": 4,
		});
		assert_eq!(to_value(&status).expect("it is JSON"), expected);
		assert_eq!((status.name(), status.confirmations()), ("included", Some(4)));
	}

	#[test]
	fn due_status_should_have_no_anchor() {
		let status = Status::Due { since: 21, until: None };
		assert_eq!(status.inclusion(), None);
		let expected = json!({ "type": "due", "since": 21, "until": null });
		assert_eq!(to_value(&status).expect("it is JSON"), expected);
	}
}

//! What clients get to see: the runtime's answers as JSON.
//!
//! A view names everything that the runtime's type holds, and adds a payload's bytes and scripts. Hashes of Bitcoin
//! are written as Bitcoin Core prints them, those of this chain with `0x`.

#[cfg(test)]
mod tests;

use crate::{
	rpc::{accounts::Accounts, format::Plancks},
	workers::bitcoin::Status as WorkerStatus,
};
use aitbc_bitcoin::Commitment;
use aitbc_runtime::AccountId;
use pallet_bitcoin_anchor::types as chain;
use serde::Serialize;

fn hexadecimal(bytes: impl AsRef<[u8]>) -> String {
	format!("0x{}", hex::encode(bytes))
}

/// When tasks are made, and on which terms.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
	/// Null if this chain follows no Bitcoin: there are no tasks then.
	network: Option<String>,
	/// How far apart blocks with a task are, in blocks.
	period: u32,
	/// The next block that will have one.
	next: u32,
	/// How long a task may be due, in active blocks.
	timeout: u32,
	confirmations: u32,
	final_confirmations: u32,
	/// The newest block that is on Bitcoin for good.
	latest_final: Option<u32>,
	reward: Plancks,
	deposit: Plancks,
	/// How many bytes a proof, or a funding transaction, may have.
	max_proof_bytes: u32,
}

impl From<chain::ScheduleInfo> for Schedule {
	fn from(info: chain::ScheduleInfo) -> Self {
		let chain::ScheduleInfo {
			network,
			period,
			next,
			timeout,
			confirmations,
			final_confirmations,
			latest_final,
			reward,
			deposit,
			max_proof_bytes,
		} = info;
		Self {
			network: network.map(|network| network.to_string()),
			period,
			next,
			timeout,
			confirmations,
			final_confirmations,
			latest_final,
			reward: Plancks(reward),
			deposit: Plancks(deposit),
			max_proof_bytes,
		}
	}
}

/// What an anchor says.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Payload {
	network: String,
	/// The block of this chain.
	height: u32,
	block_hash: String,
	/// The GRANDPA set that finalizes it.
	set_id: u32,
	/// The root of the audit log as that block's parent left it, or zeros.
	audit_root: String,
	/// Its 80 bytes.
	bytes: String,
	/// The script of an output that has them in the open.
	op_return: String,
}

impl From<aitbc_bitcoin::Payload> for Payload {
	fn from(payload: aitbc_bitcoin::Payload) -> Self {
		let aitbc_bitcoin::Payload { network, set_id, height, block_hash, audit_root } = payload;
		Self {
			network: network.to_string(),
			height,
			block_hash: hexadecimal(block_hash),
			set_id,
			audit_root: hexadecimal(audit_root),
			bytes: hexadecimal(payload.to_bytes()),
			op_return: aitbc_bitcoin::Commitment::OpReturn
				.script(&payload)
				.map(hexadecimal)
				.unwrap_or_default(),
		}
	}
}

/// Where an anchor was proven to be.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inclusion {
	/// The block of Bitcoin.
	block: String,
	/// The transaction.
	txid: String,
	/// What its first input spends.
	funded_by: Output,
	/// The internal key of a Taproot commitment; null if the payload is in the open.
	internal_key: Option<String>,
}

/// An output of a transaction of Bitcoin.
#[derive(Clone, Debug, Serialize)]
pub struct Output {
	txid: String,
	index: u32,
}

impl From<chain::Inclusion> for Inclusion {
	fn from(inclusion: chain::Inclusion) -> Self {
		let chain::Inclusion { block, txid, commitment, funded_by } = inclusion;
		Self {
			block: block.to_string(),
			txid: txid.to_string(),
			funded_by: Output { txid: funded_by.txid.to_string(), index: funded_by.index },
			internal_key: match commitment {
				Commitment::OpReturn => None,
				Commitment::Taproot { internal_key } => Some(hexadecimal(internal_key.0)),
			},
		}
	}
}

/// How far a task has come: `{ "type": "covered", "by": 40 }`.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
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
		/// How many blocks of Bitcoin there are from that on; null when it is old.
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

/// A block of this chain that is to be on Bitcoin.
#[derive(Clone, Debug, Serialize)]
pub struct Task {
	payload: Payload,
	status: Status,
}

impl From<chain::TaskInfo> for Task {
	fn from(info: chain::TaskInfo) -> Self {
		let chain::TaskInfo { task, confirmations, due_until } = info;
		let status = match task.status {
			chain::Status::Due { since } => Status::Due { since, until: due_until },
			chain::Status::Included(inclusion) => {
				Status::Included { inclusion: inclusion.into(), confirmations }
			},
			chain::Status::Confirmed(inclusion) => {
				Status::Confirmed { inclusion: inclusion.into(), confirmations }
			},
			chain::Status::Final { inclusion, at, is_paid } => {
				Status::Final { inclusion: inclusion.into(), confirmations, at, is_paid }
			},
			chain::Status::Covered { by } => Status::Covered { by },
			chain::Status::Missed => Status::Missed,
		};
		Self { payload: task.payload.into(), status }
	}
}

/// Who has a script.
#[derive(Clone, Debug, Serialize)]
pub struct Anchorer {
	account: String,
	deposit: Plancks,
}

impl Anchorer {
	/// Shows an anchorer.
	pub fn new(anchorer: chain::Anchorer<AccountId>, accounts: &Accounts) -> Self {
		let chain::Anchorer { account, deposit } = anchorer;
		Self { account: accounts.show(&account), deposit: Plancks(deposit) }
	}
}

/// How this node's own Bitcoin worker is.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Worker {
	/// `payload`, `psbt` or `broadcast`.
	mode: &'static str,
	/// The account of this chain that pays for its transactions here.
	relayer: String,
	/// Where coins for anchors are expected; null with `payload`.
	address: Option<String>,
	/// The hash of that address's key, if this node has it.
	key_hash: Option<String>,
	/// What there is to pay with, in satoshi.
	balance: Option<u64>,
	/// The height of Bitcoin Core's chain.
	core_height: Option<u32>,
	/// The anchor that no block has yet.
	waiting: Option<Waiting>,
	/// What is in the way of an anchor.
	problem: Option<String>,
	/// Why the last round ended early.
	error: Option<String>,
}

/// An anchor that no block has yet.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
	/// The block of this chain.
	height: u32,
	txid: String,
	/// In satoshi for 1,000 virtual bytes.
	fee_rate: u64,
	/// The height of Bitcoin's chain when it was made.
	since: u32,
}

impl Worker {
	/// Shows how the worker is.
	pub fn new(status: WorkerStatus, accounts: &Accounts) -> Self {
		let WorkerStatus {
			mode,
			relayer,
			address,
			key_hash,
			balance,
			core_height,
			waiting,
			problem,
			error,
		} = status;
		Self {
			mode,
			relayer: accounts.show(&relayer),
			address,
			key_hash: key_hash.map(hexadecimal),
			balance: balance.map(|balance| balance.0),
			core_height,
			waiting: waiting.map(|waiting| Waiting {
				height: waiting.payload.height,
				txid: waiting.txid.to_string(),
				fee_rate: waiting.rate.0,
				since: waiting.since,
			}),
			problem,
			error,
		}
	}
}

/// What an account registers the worker's script with.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Registration {
	key_hash: String,
	signature: String,
}

impl Registration {
	/// Shows the hash of a key and what it signed.
	pub fn new(key_hash: [u8; 20], signature: [u8; 65]) -> Self {
		Self { key_hash: hexadecimal(key_hash), signature: hexadecimal(signature) }
	}
}

/// An evidence bundle.
#[derive(Clone, Debug, Serialize)]
pub struct Export {
	/// The anchored block.
	height: u32,
	/// The file.
	bundle: String,
}

impl Export {
	/// Shows the bundle of a block.
	pub fn new(height: u32, bundle: &aitbc_evidence::Bundle) -> Self {
		Self { height, bundle: hexadecimal(bundle.to_bytes()) }
	}
}

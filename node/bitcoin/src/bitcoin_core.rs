//! Bitcoin Core, asked by JSON-RPC. Versions 28 to 31.

mod answers;
mod error;
#[cfg(test)]
mod tests;
mod transport;

pub use error::CoreError;

use crate::{
	coin::{BlockId, Coin, Satoshi},
	credentials::Credentials,
	fees::{FeeRate, RelayFees},
};
use aitbc_bitcoin::{Bits, BlockHash, Header, Network, Txid, Work};
use answers::*;
use serde::de::DeserializeOwned;
use serde_json::{json, Value};
use std::{
	fmt,
	sync::atomic::{AtomicBool, Ordering},
};
use transport::Transport;

/// After how many blocks the coins of a coinbase may be spent: `COINBASE_MATURITY` in Core
/// `src/consensus/consensus.h`.
const COINBASE_MATURITY: u32 = 100;

/// Codes of Core's errors: `src/rpc/protocol.h`.
mod code {
	pub const MISC: i64 = -1;
	pub const INVALID_ADDRESS_OR_KEY: i64 = -5;
	pub const INVALID_PARAMETER: i64 = -8;
	pub const TRANSACTION_ERROR: i64 = -25;
	pub const TRANSACTION_REJECTED: i64 = -26;
	pub const TRANSACTION_ALREADY_IN_CHAIN: i64 = -27;
}

/// The end of the best chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tip {
	/// The last block.
	pub block: BlockId,
	/// The height of the lowest block that Core has whole. 0 unless it prunes.
	pub first_kept: u32,
}

/// A header, and where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderAt {
	/// The header.
	pub header: Header,
	/// How many blocks are before it.
	pub height: u32,
	/// How many blocks confirm it, itself included. `None` if it is not in the best chain.
	pub confirmations: Option<u32>,
	/// The work of it and of all before.
	pub work: Work,
}

/// What a block has, without the transactions' bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockBody {
	/// The block before.
	pub previous: BlockHash,
	/// The ids of its transactions, in their order.
	pub txids: Vec<Txid>,
}

/// An output that is not spent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unspent {
	/// What it holds.
	pub value: Satoshi,
	/// What must be fulfilled to spend it.
	pub script: Vec<u8>,
	/// How many blocks confirm it. 0 if it is in the mempool.
	pub confirmations: u32,
	/// The last block when Core answered.
	pub tip: BlockHash,
}

/// The coins of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
	/// The last block when Core looked.
	pub tip: BlockHash,
	/// What can be spent now.
	pub coins: Vec<Coin>,
}

/// A transaction of Core's mempool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MempoolEntry {
	/// Its virtual bytes.
	pub vsize: u64,
	/// Its fee.
	pub fee: Satoshi,
}

/// What came of a transaction that was given to Core.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Submission {
	/// It is in the mempool now.
	Accepted,
	/// It was in the mempool before.
	AlreadyInMempool,
	/// A block has it.
	AlreadyMined,
	/// What it spends is not there: it never was, or a block has another transaction that spends it.
	MissingInputs,
	/// The mempool has another one that spends the same, and this one does not pay enough to replace it.
	Conflicts {
		/// What Core says.
		reason: String,
	},
	/// It pays less than the mempool takes now.
	FeeTooLow {
		/// What Core says.
		reason: String,
	},
	/// It is refused for another reason.
	Rejected {
		/// What Core says.
		reason: String,
	},
}

/// A Bitcoin Core.
pub struct Core {
	transport: Transport,
	network: Network,
	/// Whether it was seen to be on the right network, and not behind.
	is_checked: AtomicBool,
}

impl fmt::Debug for Core {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.debug_struct("Core").field("url", &self.transport.url).finish_non_exhaustive()
	}
}

impl Core {
	/// A Core at `url`, such as `http://127.0.0.1:8332`; without a port it is the network's. Does not connect yet.
	pub fn new(url: &str, credentials: Credentials, network: Network) -> Result<Self, CoreError> {
		let transport = Transport::new(url, credentials, network)?;
		Ok(Self { transport, network, is_checked: AtomicBool::new(false) })
	}

	/// The network that it should be on.
	pub const fn network(&self) -> Network {
		self.network
	}

	/// The end of the best chain. Fails if Core is on another network, or behind.
	pub fn tip(&self) -> Result<Tip, CoreError> {
		let method = "getblockchaininfo";
		let info: Option<ChainInfo> = self.transport.call(method, &[])?;
		let info = info.ok_or_else(|| self.nothing(method))?;
		let url = || self.transport.url.clone();
		if info.chain != self.network.name() {
			let expected = self.network;
			return Err(CoreError::WrongNetwork { url: url(), expected, found: info.chain });
		}
		if info.initialblockdownload {
			let (blocks, headers) = (info.blocks, info.headers);
			return Err(CoreError::Syncing { url: url(), blocks, headers });
		}
		self.is_checked.store(true, Ordering::Relaxed);
		let block = BlockId { hash: info.bestblockhash.0, height: info.blocks };
		Ok(Tip { block, first_kept: info.pruneheight.unwrap_or_default() })
	}

	/// A header by its hash, of the best chain or of another one that Core knows.
	pub fn header(&self, hash: BlockHash) -> Result<HeaderAt, CoreError> {
		let method = "getblockheader";
		let info: HeaderInfo =
			self.ask(method, &[text(hash), json!(true)]).map_err(about_block(hash))?;
		let malformed = |cause: &str| self.malformed(method, cause);
		let bits = u32::from_str_radix(&info.bits, 16).map_err(|_| malformed("no bits"))?;
		let header = Header {
			version: info.version,
			previous: info.previousblockhash.map(|hash| hash.0).unwrap_or_default(),
			merkle_root: info.merkleroot.0,
			time: info.time,
			bits: Bits(bits),
			nonce: info.nonce,
		};
		if header.hash() != hash {
			return Err(malformed("its header has another hash"));
		}
		let mut work: [u8; 32] =
			info.chainwork.0.try_into().map_err(|_| malformed("no work of 32 bytes"))?;
		work.reverse();
		let mut work = work.as_slice();
		let work = codec::Decode::decode(&mut work).map_err(|_| malformed("no work"))?;
		let confirmations = u32::try_from(info.confirmations).ok();
		Ok(HeaderAt { header, height: info.height, confirmations, work })
	}

	/// The hash of the block at a height of the best chain. `None` if it is not so long.
	pub fn hash_at(&self, height: u32) -> Result<Option<BlockHash>, CoreError> {
		match self.ask::<Text<BlockHash>>("getblockhash", &[json!(height)]) {
			Ok(hash) => Ok(Some(hash.0)),
			Err(CoreError::Refused { code: code::INVALID_PARAMETER, .. }) => Ok(None),
			Err(error) => Err(error),
		}
	}

	/// The ids of a block's transactions, and the block before.
	pub fn block(&self, hash: BlockHash) -> Result<BlockBody, CoreError> {
		let info: BlockInfo =
			self.ask("getblock", &[text(hash), json!(1)]).map_err(about_block(hash))?;
		let previous = info.previousblockhash.map(|hash| hash.0).unwrap_or_default();
		Ok(BlockBody { previous, txids: info.tx.into_iter().map(|txid| txid.0).collect() })
	}

	/// The bytes of a transaction of a block, with its witnesses. Core needs no `txindex` for that.
	pub fn transaction(&self, txid: Txid, block: BlockHash) -> Result<Vec<u8>, CoreError> {
		let parameters = [text(txid), json!(false), text(block)];
		let bytes: Bytes =
			self.ask("getrawtransaction", &parameters).map_err(about_block(block))?;
		Ok(bytes.0)
	}

	/// Gives a transaction to Core, which passes it on to Bitcoin's network.
	pub fn submit(&self, txid: Txid, transaction: &[u8]) -> Result<Submission, CoreError> {
		if self.mempool_entry(txid)?.is_some() {
			return Ok(Submission::AlreadyInMempool);
		}
		// The second parameter turns Core's own bound of the fee off: the operator's cap is what counts.
		let parameters = [json!(hex::encode(transaction)), json!(0)];
		match self.ask::<Text<Txid>>("sendrawtransaction", &parameters) {
			Ok(_) => Ok(Submission::Accepted),
			Err(CoreError::Refused { code, message, method }) => match code {
				code::TRANSACTION_ALREADY_IN_CHAIN => Ok(Submission::AlreadyMined),
				code::TRANSACTION_ERROR | code::TRANSACTION_REJECTED => Ok(rejection(message)),
				code => Err(CoreError::Refused { code, message, method }),
			},
			Err(error) => Err(error),
		}
	}

	/// Whether Core would take a transaction. Nothing is passed on.
	pub fn would_accept(&self, transaction: &[u8]) -> Result<Submission, CoreError> {
		let method = "testmempoolaccept";
		let parameters = [json!([hex::encode(transaction)]), json!(0)];
		let answers: Vec<Acceptance> = self.ask(method, &parameters)?;
		let [answer] = answers.as_slice() else {
			return Err(self.malformed(method, "not one answer"));
		};
		match (answer.allowed, answer.reason.as_deref().unwrap_or_default()) {
			(true, _) => Ok(Submission::Accepted),
			(false, "txn-already-in-mempool") => Ok(Submission::AlreadyInMempool),
			(false, "txn-already-known") => Ok(Submission::AlreadyMined),
			(false, reason) => Ok(rejection(reason.into())),
		}
	}

	/// An output, unless it is spent or does not exist. With `has_mempool` what the mempool creates and spends
	/// counts too.
	pub fn unspent(&self, coin: &Coin, has_mempool: bool) -> Result<Option<Unspent>, CoreError> {
		let parameters = [text(coin.txid), json!(coin.index), json!(has_mempool)];
		let info: Option<OutputInfo> = self.ask_maybe("gettxout", &parameters)?;
		Ok(info.map(|info| Unspent {
			value: info.value,
			script: info.script_pub_key.hex.0,
			confirmations: info.confirmations,
			tip: info.best_block.0,
		}))
	}

	/// A transaction of the mempool. `None` if it is not there.
	pub fn mempool_entry(&self, txid: Txid) -> Result<Option<MempoolEntry>, CoreError> {
		match self.ask::<EntryInfo>("getmempoolentry", &[text(txid)]) {
			Ok(info) => Ok(Some(MempoolEntry { vsize: info.vsize, fee: info.fees.base })),
			Err(CoreError::Refused { code: code::INVALID_ADDRESS_OR_KEY, .. }) => Ok(None),
			Err(error) => Err(error),
		}
	}

	/// What a transaction should pay to be mined within `target` blocks. `None` if Core has seen too little.
	pub fn estimate(&self, target: u16) -> Result<Option<FeeRate>, CoreError> {
		let estimate: Estimate =
			self.ask("estimatesmartfee", &[json!(target), json!("economical")])?;
		Ok(estimate.feerate)
	}

	/// What the mempool asks for now.
	pub fn relay_fees(&self) -> Result<RelayFees, CoreError> {
		let info: MempoolInfo = self.ask("getmempoolinfo", &[])?;
		let minimum = info.mempoolminfee.max(info.minrelaytxfee);
		Ok(RelayFees { minimum, incremental: info.incrementalrelayfee })
	}

	/// The coins of a script that blocks have, and that can be spent now. Takes minutes on mainnet.
	pub fn scan(&self, script: &[u8]) -> Result<Scan, CoreError> {
		let descriptor = format!("raw({})", hex::encode(script));
		let scan = self.ask("scantxoutset", &[json!("start"), json!([descriptor])]);
		let info: ScanInfo = scan.map_err(|error| match error {
			CoreError::Refused { code: code::INVALID_PARAMETER, message, .. }
				if message.contains("already in progress") =>
			{
				CoreError::ScanRunning
			},
			error => error,
		})?;
		if !info.success {
			return Err(CoreError::ScanStopped);
		}
		// It can be spent in the next block if that is 100 later.
		let next = info.height.saturating_add(1);
		let is_mature = |coin: &UnspentInfo| {
			!coin.coinbase || next.saturating_sub(coin.height) >= COINBASE_MATURITY
		};
		let is_ours = |coin: &UnspentInfo| coin.script_pub_key.0 == script;
		let coins = info.unspents.into_iter().filter(|coin| is_mature(coin) && is_ours(coin));
		let coins =
			coins.map(|coin| Coin { txid: coin.txid.0, index: coin.vout, value: coin.amount });
		Ok(Scan { tip: info.bestblock.0, coins: coins.collect() })
	}

	/// Asks what has an answer.
	fn ask<T: DeserializeOwned>(
		&self,
		method: &'static str,
		parameters: &[Value],
	) -> Result<T, CoreError> {
		self.ask_maybe(method, parameters)?.ok_or_else(|| self.nothing(method))
	}

	fn ask_maybe<T: DeserializeOwned>(
		&self,
		method: &'static str,
		parameters: &[Value],
	) -> Result<Option<T>, CoreError> {
		if !self.is_checked.load(Ordering::Relaxed) {
			self.tip()?;
		}
		self.transport.call(method, parameters)
	}

	fn nothing(&self, method: &'static str) -> CoreError {
		self.malformed(method, "it is empty")
	}

	fn malformed(&self, method: &'static str, cause: &str) -> CoreError {
		CoreError::Malformed { url: self.transport.url.clone(), method, cause: cause.into() }
	}
}

fn text(hash: impl fmt::Display) -> Value {
	Value::String(hash.to_string())
}

/// Says what Core's refusal means if it is asked about a block: `src/rpc/blockchain.cpp` `GetBlockChecked`.
fn about_block(hash: BlockHash) -> impl FnOnce(CoreError) -> CoreError {
	move |error| match &error {
		CoreError::Refused { code: code::MISC, message, .. } => match message.as_str() {
			"Block not available (not fully downloaded)" => CoreError::UnknownBlock(hash),
			other if other.starts_with("Block not available") => CoreError::Pruned(hash),
			_ => error,
		},
		CoreError::Refused { code: code::INVALID_ADDRESS_OR_KEY, message, .. }
			if message == "Block not found" || message == "Block hash not found" =>
		{
			CoreError::UnknownBlock(hash)
		},
		_ => error,
	}
}

/// What Core's reason to reject a transaction means: `src/validation.cpp` `MemPoolAccept`, `src/node/transaction.cpp`.
fn rejection(reason: String) -> Submission {
	let has = |part: &str| reason.contains(part);
	if has("missingorspent") || has("missing-inputs") {
		Submission::MissingInputs
	} else if has("txn-mempool-conflict")
		|| has("insufficient fee")
		|| has("replacement-failed")
		|| has("bad-txns-spends-conflicting-tx")
	{
		Submission::Conflicts { reason }
	} else if has("min fee not met") || has("min relay fee not met") || has("mempool full") {
		Submission::FeeTooLow { reason }
	} else {
		Submission::Rejected { reason }
	}
}

//! What the state machine asks of Bitcoin, and has it do. Small, so that tests can stand in for it.

use crate::{
	bitcoin_core::{BlockBody, Core, CoreError, HeaderAt, Scan, Submission, Tip, Unspent},
	coin::Coin,
	fees::{FeeRate, RelayFees},
};
use aitbc_bitcoin::{BlockHash, Txid};

/// A Bitcoin node: [`Core`], whose methods of the same names say more.
pub trait BitcoinNode {
	/// The end of the best chain. Fails if the node is on another network, or behind.
	fn tip(&self) -> Result<Tip, CoreError>;
	/// A header by its hash, of the best chain or of another one.
	fn header(&self, hash: BlockHash) -> Result<HeaderAt, CoreError>;
	/// The block at a height of the best chain. `None` if it is not so long.
	fn hash_at(&self, height: u32) -> Result<Option<BlockHash>, CoreError>;
	/// What a block has.
	fn block(&self, hash: BlockHash) -> Result<BlockBody, CoreError>;
	/// An output, unless it is spent or does not exist; with the mempool or without.
	fn unspent(&self, coin: &Coin, has_mempool: bool) -> Result<Option<Unspent>, CoreError>;
	/// Whether a transaction waits.
	fn is_in_mempool(&self, txid: Txid) -> Result<bool, CoreError>;
	/// What to pay to be mined within so many blocks. `None` if the node can't tell.
	fn estimate(&self, target: u16) -> Result<Option<FeeRate>, CoreError>;
	/// What the mempool asks for now.
	fn relay_fees(&self) -> Result<RelayFees, CoreError>;
	/// The coins of a script. May take minutes.
	fn scan(&self, script: &[u8]) -> Result<Scan, CoreError>;
	/// Sends a transaction, unless it waits already.
	fn submit(&self, txid: Txid, transaction: &[u8]) -> Result<Submission, CoreError>;
}

impl BitcoinNode for Core {
	fn tip(&self) -> Result<Tip, CoreError> {
		Self::tip(self)
	}

	fn header(&self, hash: BlockHash) -> Result<HeaderAt, CoreError> {
		Self::header(self, hash)
	}

	fn hash_at(&self, height: u32) -> Result<Option<BlockHash>, CoreError> {
		Self::hash_at(self, height)
	}

	fn block(&self, hash: BlockHash) -> Result<BlockBody, CoreError> {
		Self::block(self, hash)
	}

	fn unspent(&self, coin: &Coin, has_mempool: bool) -> Result<Option<Unspent>, CoreError> {
		Self::unspent(self, coin, has_mempool)
	}

	fn is_in_mempool(&self, txid: Txid) -> Result<bool, CoreError> {
		Self::mempool_entry(self, txid).map(|entry| entry.is_some())
	}

	fn estimate(&self, target: u16) -> Result<Option<FeeRate>, CoreError> {
		Self::estimate(self, target)
	}

	fn relay_fees(&self) -> Result<RelayFees, CoreError> {
		Self::relay_fees(self)
	}

	fn scan(&self, script: &[u8]) -> Result<Scan, CoreError> {
		Self::scan(self, script)
	}

	fn submit(&self, txid: Txid, transaction: &[u8]) -> Result<Submission, CoreError> {
		Self::submit(self, txid, transaction)
	}
}

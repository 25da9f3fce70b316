//! Where a transaction is that nobody follows any more.

use super::{Chain, Error};
use subxt::{
	config::{
		substrate::{BlakeTwo256, H256},
		Hasher,
	},
	rpcs::methods::legacy::Bytes,
};

/// A block of the best chain, of which the state may not be there any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
	/// Its number.
	pub number: u64,
	/// Its hash.
	pub hash: H256,
}

/// What came of a search through blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Search {
	/// The block that has the transaction, if one has.
	pub found: Option<Place>,
	/// The lowest block that was looked at.
	pub from: u64,
	/// The highest one.
	pub to: u64,
}

impl Chain {
	/// Whether the transaction with this hash waits in the node's pool, ready for a block.
	pub async fn is_pending(&self, transaction: H256) -> Result<bool, Error> {
		let pending: Vec<Bytes> = self.request("author_pendingExtrinsics").await?;
		Ok(pending.iter().any(|bytes| hash_of(bytes) == transaction))
	}

	/// Searches up to `count` blocks for the transaction with this hash, from the best one back. It
	/// reads no state, which nodes keep for fewer blocks than what is in them.
	pub async fn search(&self, transaction: H256, count: u32) -> Result<Search, Error> {
		let best = self.best().await?.id;
		let mut search = Search { found: None, from: best.number, to: best.number };
		let mut hash = best.hash;
		for _ in 0..count {
			// A node that joined late has no old blocks.
			let Some(block) = self.body(hash).await? else { break };
			let number = block.header.number;
			search.from = number;
			if block.extrinsics.iter().any(|bytes| hash_of(bytes) == transaction) {
				search.found = Some(Place { number, hash });
				break;
			}
			if number == 0 {
				break;
			}
			hash = block.header.parent_hash;
		}
		Ok(search)
	}
}

/// How the chain hashes transactions.
fn hash_of(bytes: &[u8]) -> H256 {
	BlakeTwo256.hash(bytes)
}

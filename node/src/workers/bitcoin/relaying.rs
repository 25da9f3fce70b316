//! Which of Bitcoin's headers this chain should be told of.

use super::chain::{Chain, ChainError};
use aitbc_bitcoin::{BlockHash, Header};
use aitbc_node_bitcoin::{bitcoin_core::HeaderAt, Core, CoreError};
use pallet_bitcoin_light_client::{HeaderInfo, LightClientInfo};

/// Why headers can't be relayed now.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
	/// Bitcoin Core.
	#[error(transparent)]
	Core(#[from] CoreError),
	/// This chain.
	#[error(transparent)]
	Chain(#[from] ChainError),
	/// The two chains share no block that is still kept.
	#[error(
		"Bitcoin Core's best chain has none of the last {0} blocks that this chain knows of Bitcoin: one of the \
		 two is on another chain, and this chain never undoes so many"
	)]
	NothingShared(u32),
}

/// Bitcoin, as a node of it knows it.
pub trait Bitcoin {
	/// The last block of its best chain.
	fn tip(&self) -> Result<BlockHash, CoreError>;

	/// A header, if it knows that.
	fn header(&self, hash: BlockHash) -> Result<Option<HeaderAt>, CoreError>;

	/// The block of its best chain at a height.
	fn hash_at(&self, height: u32) -> Result<Option<BlockHash>, CoreError>;
}

impl Bitcoin for Core {
	fn tip(&self) -> Result<BlockHash, CoreError> {
		Ok(Core::tip(self)?.block.hash)
	}

	fn header(&self, hash: BlockHash) -> Result<Option<HeaderAt>, CoreError> {
		match Core::header(self, hash) {
			Ok(header) => Ok(Some(header)),
			Err(CoreError::UnknownBlock(_)) => Ok(None),
			Err(error) => Err(error),
		}
	}

	fn hash_at(&self, height: u32) -> Result<Option<BlockHash>, CoreError> {
		Core::hash_at(self, height)
	}
}

/// Bitcoin, as this chain knows it.
pub trait LightClient {
	/// A header that is kept.
	fn header(&self, hash: BlockHash) -> Result<Option<HeaderInfo>, ChainError>;
}

impl LightClient for Chain {
	fn header(&self, hash: BlockHash) -> Result<Option<HeaderInfo>, ChainError> {
		self.bitcoin_header(hash)
	}
}

/// The next headers to submit, the oldest first, as many as a batch may have. None if this chain knows a chain
/// with as much work.
pub fn missing(
	bitcoin: &impl Bitcoin,
	light_client: &impl LightClient,
	info: &LightClientInfo,
) -> Result<Vec<Header>, RelayError> {
	let Some(tip) = bitcoin.header(bitcoin.tip()?)? else { return Ok(Vec::new()) };
	if tip.work <= info.tip.work {
		return Ok(Vec::new());
	}
	let shared = shared_height(bitcoin, light_client, info)?;
	let last = tip.height.min(shared.saturating_add(info.max_batch));
	let mut headers: Vec<Header> = Vec::new();
	for height in shared.saturating_add(1)..=last {
		let Some(hash) = bitcoin.hash_at(height)? else { break };
		let Some(found) = bitcoin.header(hash)? else { break };
		let follows = headers.last().is_none_or(|last| last.hash() == found.header.previous);
		if !follows {
			// Core has gone over to another chain in the meantime. The next round begins anew.
			return Ok(Vec::new());
		}
		headers.push(found.header);
	}
	Ok(headers)
}

/// The height of the last block of this chain's best chain of Bitcoin that is in Core's as well.
fn shared_height(
	bitcoin: &impl Bitcoin,
	light_client: &impl LightClient,
	info: &LightClientInfo,
) -> Result<u32, RelayError> {
	let mut block = info.tip.clone();
	for _ in 0..=info.max_reorganization {
		let found = bitcoin.header(block.hash)?;
		if found.is_some_and(|found| found.confirmations.is_some()) {
			return Ok(block.height);
		}
		let Some(parent) = light_client.header(block.previous)? else { break };
		block = parent;
	}
	Err(RelayError::NothingShared(info.max_reorganization))
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_bitcoin::{MerkleNode, Network, Work};
	use std::collections::HashMap;

	/// A chain of regtest headers after the first; different tags give different ones. No proofs of work: they are
	/// not looked at here.
	fn chain(after: &Header, tag: u8, length: u32) -> Vec<Header> {
		let mut headers: Vec<Header> = Vec::new();
		for _ in 0..length {
			let parent = headers.last().unwrap_or(after);
			let merkle_root = MerkleNode([tag; 32]);
			headers.push(Header { previous: parent.hash(), merkle_root, ..*parent });
		}
		headers
	}

	fn genesis() -> Header {
		Network::Regtest.genesis()
	}

	/// All headers that a side knows; the best chain is the last one that was added.
	#[derive(Default)]
	struct Side {
		known: HashMap<[u8; 32], HeaderAt>,
		best: Vec<Header>,
	}

	impl Side {
		fn with(chains: &[&[Header]]) -> Self {
			let mut side = Self::default();
			for chain in chains {
				side.best = [&[genesis()], *chain].concat();
				for (header, height) in side.best.iter().zip(0..) {
					let work = Work((2 * (u64::from(height) + 1)).into());
					let at = HeaderAt { header: *header, height, confirmations: None, work };
					side.known.insert(header.hash().0, at);
				}
			}
			side
		}

		fn info(&self, max_batch: u32) -> LightClientInfo {
			let tip = self.best.last().expect("there is the first").hash();
			LightClientInfo {
				network: Network::Regtest,
				tip: LightClient::header(self, tip).expect("it answers").expect("it is known"),
				oldest: 0,
				kept: 100,
				max_reorganization: 5,
				max_batch,
			}
		}
	}

	impl Bitcoin for Side {
		fn tip(&self) -> Result<BlockHash, CoreError> {
			Ok(self.best.last().expect("there is the first").hash())
		}

		fn header(&self, hash: BlockHash) -> Result<Option<HeaderAt>, CoreError> {
			Ok(self.known.get(&hash.0).map(|at| {
				let place = usize::try_from(at.height).expect("it is small");
				let is_best = self.best.get(place).is_some_and(|best| best.hash() == hash);
				HeaderAt { confirmations: is_best.then_some(1), ..*at }
			}))
		}

		fn hash_at(&self, height: u32) -> Result<Option<BlockHash>, CoreError> {
			Ok(self.best.get(usize::try_from(height).expect("it is small")).map(Header::hash))
		}
	}

	impl LightClient for Side {
		fn header(&self, hash: BlockHash) -> Result<Option<HeaderInfo>, ChainError> {
			Ok(self.known.get(&hash.0).map(|at| HeaderInfo {
				hash,
				height: at.height,
				previous: at.header.previous,
				merkle_root: at.header.merkle_root,
				time: at.header.time,
				work: at.work,
				confirmations: None,
			}))
		}
	}

	/// What is missing on `ours` of `theirs`.
	fn found(theirs: &Side, ours: &Side) -> Vec<Header> {
		missing(theirs, ours, &ours.info(10)).expect("both answer")
	}

	#[test]
	fn headers_after_the_tip_should_be_missing_when_core_is_ahead() {
		let best = chain(&genesis(), 1, 8);
		let (theirs, ours) = (Side::with(&[&best]), Side::with(&[&best[..3]]));
		assert_eq!(found(&theirs, &ours), best[3..]);
	}

	#[test]
	fn nothing_should_be_missing_when_core_has_no_more_work() {
		let (best, other) = (chain(&genesis(), 1, 3), chain(&genesis(), 2, 3));
		let ours = Side::with(&[&best]);
		for theirs in [&best[..], &best[..2], &other[..]] {
			assert_eq!(found(&Side::with(&[theirs]), &ours), []);
		}
	}

	#[test]
	fn headers_after_the_fork_should_be_missing_when_core_has_reorganized() {
		let old = chain(&genesis(), 1, 6);
		let new = [&old[..2], &chain(&old[1], 2, 5)].concat();
		let (theirs, ours) = (Side::with(&[&old, &new]), Side::with(&[&old]));
		assert_eq!(found(&theirs, &ours), new[2..]);
		// Also when Core never saw the chain that this one is on.
		assert_eq!(found(&Side::with(&[&new]), &ours), new[2..]);
	}

	#[test]
	fn no_more_headers_should_be_given_than_a_batch_has() {
		let best = chain(&genesis(), 1, 30);
		let (theirs, ours) = (Side::with(&[&best]), Side::with(&[&best[..2]]));
		assert_eq!(found(&theirs, &ours), best[2..12]);
	}

	#[test]
	fn relay_should_fail_when_no_block_is_shared() {
		let (old, new) = (chain(&genesis(), 1, 9), chain(&genesis(), 2, 12));
		let (theirs, ours) = (Side::with(&[&new]), Side::with(&[&old]));
		let error = missing(&theirs, &ours, &ours.info(10)).expect_err("it is too deep");
		assert!(matches!(error, RelayError::NothingShared(5)), "{error}");
	}
}

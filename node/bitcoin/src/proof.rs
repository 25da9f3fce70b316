//! What the chain's light client and its anchors are told, made from what Bitcoin Core has.
//!
//! All of it is checked here as the chain checks it, so that nothing is paid for that the chain refuses.

use crate::{
	bitcoin_core::{Core, CoreError},
	transaction,
};
use aitbc_bitcoin::{
	network::PERIOD, time::MEDIAN_BLOCKS, BlockHash, ChainedHeader, Checkpoint, CheckpointError,
	Header, InclusionError, InclusionProof, MerkleProof, Txid,
};

/// The most headers that are fetched at once: those of a period, some 6 s of requests.
pub const MAX_HEADERS: u32 = PERIOD;

/// Proves that a block has a transaction. The block must be one of those that Core keeps.
pub fn inclusion(core: &Core, txid: Txid, block: BlockHash) -> Result<InclusionProof, ProofError> {
	let header = core.header(block)?.header;
	let txids = core.block(block)?.txids;
	let place = txids.iter().position(|found| *found == txid);
	let place = place.and_then(|place| u32::try_from(place).ok());
	let missing = ProofError::NotInBlock { txid, block };
	let (Some(place), Some(coinbase)) = (place, txids.first()) else { return Err(missing) };
	let (Some(proof), Some(coinbase_proof)) =
		(MerkleProof::new(&txids, place), MerkleProof::new(&txids, 0))
	else {
		return Err(missing);
	};
	let stripped = |txid| {
		let bytes = core.transaction(txid, block)?;
		transaction::without_witnesses(&bytes).ok_or(ProofError::NoTransaction { txid })
	};
	let proof = InclusionProof {
		transaction: stripped(txid)?,
		proof,
		coinbase: stripped(*coinbase)?,
		coinbase_path: coinbase_proof.path,
	};
	let included = proof.verify(header.merkle_root).map_err(|cause| ProofError::Inclusion {
		txid,
		block,
		cause: Box::new(cause),
	})?;
	match included.txid == txid {
		true => Ok(proof),
		false => Err(ProofError::NoTransaction { txid }),
	}
}

/// Where a light client may begin: the block of the best chain at this height.
pub fn checkpoint(core: &Core, height: u32) -> Result<Checkpoint, ProofError> {
	let median = u32::try_from(MEDIAN_BLOCKS).unwrap_or(u32::MAX);
	let first = height.saturating_add(1).saturating_sub(median);
	let headers = headers(core, first, height)?;
	let last = headers.last().ok_or(ProofError::NoBlock { height })?;
	let last = core.header(last.hash())?;
	if last.confirmations.is_none() {
		return Err(ProofError::NoBlock { height });
	}
	let start = height.saturating_sub(height.checked_rem(PERIOD).unwrap_or_default());
	let period_start = core.header(hash_at(core, start)?)?.header;
	let network = core.network();
	let checkpoint = Checkpoint { network, height, work: last.work, period_start, headers };
	ChainedHeader::from_checkpoint(&checkpoint)
		.map_err(|cause| ProofError::Checkpoint { height, cause })?;
	Ok(checkpoint)
}

/// The headers of the best chain from one height to another, both included. They follow each other.
pub fn headers(core: &Core, first: u32, last: u32) -> Result<Vec<Header>, ProofError> {
	let count = last.saturating_add(1).saturating_sub(first);
	if count > MAX_HEADERS {
		return Err(ProofError::TooMany { count });
	}
	let mut headers: Vec<Header> = Vec::new();
	for height in first..=last {
		let header = core.header(hash_at(core, height)?)?.header;
		if headers.last().is_some_and(|before| before.hash() != header.previous) {
			return Err(ProofError::NoBlock { height });
		}
		headers.push(header);
	}
	Ok(headers)
}

fn hash_at(core: &Core, height: u32) -> Result<BlockHash, ProofError> {
	core.hash_at(height)?.ok_or(ProofError::NoBlock { height })
}

/// Why there is no proof.
#[derive(Debug, thiserror::Error)]
pub enum ProofError {
	/// Bitcoin Core gives no answer.
	#[error(transparent)]
	Core(#[from] CoreError),
	/// The block has other transactions.
	#[error("the block {block} does not have the transaction {txid}")]
	NotInBlock {
		/// The transaction.
		txid: Txid,
		/// The block.
		block: BlockHash,
	},
	/// What Core gave is another transaction, or none.
	#[error("what Bitcoin Core gave for the transaction {txid} is another one, or none")]
	NoTransaction {
		/// The transaction.
		txid: Txid,
	},
	/// The proof does not hold. One reason is a transaction of 64 bytes, which can't be proven.
	#[error("the transaction {txid} of the block {block} can't be proven: {cause}")]
	Inclusion {
		/// The transaction.
		txid: Txid,
		/// The block.
		block: BlockHash,
		/// Why.
		cause: Box<InclusionError>,
	},
	/// The best chain has no such block, or has changed in the meantime.
	#[error("Bitcoin's best chain has no block at height {height}, or it has changed; try again")]
	NoBlock {
		/// The height.
		height: u32,
	},
	/// More headers are asked for than are fetched at once.
	#[error("{count} headers are more than {MAX_HEADERS}; ask for fewer at once")]
	TooMany {
		/// How many.
		count: u32,
	},
	/// The headers do not fit together.
	#[error("the block at height {height} is no place to begin: {cause}")]
	Checkpoint {
		/// The height.
		height: u32,
		/// Why.
		cause: CheckpointError,
	},
}

impl ProofError {
	/// Whether the same may succeed later without anybody doing anything.
	pub fn is_transient(&self) -> bool {
		match self {
			Self::Core(error) => error.is_transient(),
			Self::NoBlock { .. } => true,
			Self::NotInBlock { .. }
			| Self::NoTransaction { .. }
			| Self::Inclusion { .. }
			| Self::TooMany { .. }
			| Self::Checkpoint { .. } => false,
		}
	}
}

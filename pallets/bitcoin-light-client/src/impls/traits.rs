//! What other pallets may ask.

use crate::*;
use aitbc_bitcoin::{BlockHash, Included, InclusionProof, Network};
use aitbc_traits::{BitcoinBlock, BitcoinHeaderChain};
use frame_support::{ensure, traits::Get, weights::Weight};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Where a block of the best chain is.
	pub(crate) fn find_block(hash: BlockHash) -> Option<BitcoinBlock> {
		let tip = Tip::<T>::get()?;
		let height = Headers::<T>::get(hash)?.chained.height();
		let confirmations = tip.height().checked_sub(height)?.checked_add(1)?;
		(Best::<T>::get(height) == Some(hash)).then_some(BitcoinBlock { height, confirmations })
	}
}

impl<T: Config> BitcoinHeaderChain for Pallet<T> {
	fn network() -> Option<Network> {
		Tip::<T>::get().map(|tip| tip.network())
	}

	fn tip() -> Option<BlockHash> {
		Tip::<T>::get().map(|tip| tip.hash())
	}

	fn find(block: BlockHash) -> Option<BitcoinBlock> {
		Self::find_block(block)
	}

	fn irreversible() -> u32 {
		T::MaxReorganization::get().saturating_add(1)
	}

	fn verify_inclusion(
		block: BlockHash,
		proof: &InclusionProof,
	) -> Result<Included, DispatchError> {
		let header = Headers::<T>::get(block).ok_or(Error::<T>::NotInBestChain)?;
		let is_best = Best::<T>::get(header.chained.height()) == Some(block);
		ensure!(is_best, Error::<T>::NotInBestChain);
		proof.verify(header.merkle_root).map_err(|_| Error::<T>::NotIncluded.into())
	}

	fn verify_inclusion_weight(bytes: u32) -> Weight {
		T::WeightInfo::verify_inclusion(bytes)
	}

	fn find_weight() -> Weight {
		T::WeightInfo::find()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn benchmark_block(
		transactions: &[aitbc_bitcoin::Transaction],
		confirmations: u32,
	) -> BlockHash {
		crate::benchmarking::put_block::<T>(transactions, confirmations)
	}
}

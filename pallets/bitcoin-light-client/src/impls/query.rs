//! Reading, for the runtime API.

use crate::{runtime_api::MAX_PAGE, *};
use aitbc_bitcoin::BlockHash;
use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// Where the light client stands; none if it follows nothing.
	pub fn info() -> Option<LightClientInfo> {
		let tip = Tip::<T>::get()?;
		Some(LightClientInfo {
			network: tip.network(),
			tip: Self::header(tip.hash())?,
			oldest: Oldest::<T>::get(),
			kept: Self::kept(),
			max_reorganization: T::MaxReorganization::get(),
			max_batch: T::MaxBatch::get(),
		})
	}

	/// The header with this hash, while it is kept.
	pub fn header(hash: BlockHash) -> Option<HeaderInfo> {
		let header = Headers::<T>::get(hash)?;
		let chained = header.chained;
		Some(HeaderInfo {
			hash,
			height: chained.height(),
			previous: header.previous,
			merkle_root: header.merkle_root,
			time: chained.time(),
			work: chained.work(),
			confirmations: Self::find_block(hash).map(|block| block.confirmations),
		})
	}

	/// The block of the best chain at this height, while it is kept.
	pub fn hash_at(height: u32) -> Option<BlockHash> {
		Best::<T>::get(height)
	}

	/// Headers of the best chain from `from` down, or from the tip; at most [`MAX_PAGE`].
	pub fn headers_down(from: Option<u32>, limit: u32) -> Vec<HeaderInfo> {
		let Some(tip) = Tip::<T>::get() else { return Vec::new() };
		let from = from.unwrap_or(tip.height()).min(tip.height());
		(Oldest::<T>::get()..=from)
			.rev()
			.take(limit.clamp(1, MAX_PAGE).saturated_into())
			.filter_map(|height| Self::header(Best::<T>::get(height)?))
			.collect()
	}

	/// The stale headers at this height.
	pub fn stale_at(height: u32) -> Vec<HeaderInfo> {
		Stale::<T>::get(height).into_iter().filter_map(Self::header).collect()
	}
}

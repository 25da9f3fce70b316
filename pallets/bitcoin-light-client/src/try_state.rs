//! What must hold of the storage between any two calls, one function for each invariant.

use crate::*;
use aitbc_bitcoin::ChainedHeader;
use alloc::collections::BTreeSet;
use frame_support::{ensure, traits::Get};
use sp_runtime::{traits::SaturatedConversion, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		let Some(tip) = Tip::<T>::get() else { return Self::try_nothing_there() };
		Self::try_best_chain_whole(&tip)?;
		Self::try_stale_kept(&tip)?;
		Self::try_all_listed()
	}

	/// A chain that follows no Bitcoin has no headers.
	fn try_nothing_there() -> Result<(), TryRuntimeError> {
		let is_empty = Headers::<T>::iter_keys().next().is_none()
			&& Best::<T>::iter_keys().next().is_none()
			&& Stale::<T>::iter_keys().next().is_none();
		ensure!(is_empty, "there are headers without a tip");
		Ok(())
	}

	/// The best chain has no gap, leads to the tip, and its headers follow each other.
	fn try_best_chain_whole(tip: &ChainedHeader) -> Result<(), TryRuntimeError> {
		let mut before: Option<StoredHeader> = None;
		let oldest = Oldest::<T>::get();
		for height in oldest..=tip.height() {
			let hash = Best::<T>::get(height).ok_or("the best chain has a gap")?;
			let header = Headers::<T>::get(hash).ok_or("a header of the best chain is missing")?;
			let chained = header.chained;
			let is_placed = chained.hash() == hash && chained.height() == height;
			ensure!(is_placed, "a header is at another one's place");
			ensure!(chained.network() == tip.network(), "a header is of another network");
			if let Some(before) = before {
				let follows = header.previous == before.chained.hash();
				ensure!(follows, "a header of the best chain does not follow the one before");
				ensure!(chained.work() > before.chained.work(), "work does not grow");
			}
			before = Some(header);
		}
		ensure!(
			before.map(|last| last.chained) == Some(*tip),
			"the best chain does not end at the tip"
		);
		let entries = Best::<T>::iter_keys().count();
		let length = tip.height().saturating_sub(oldest).saturating_add(1);
		ensure!(entries.saturated_into::<u32>() == length, "the best chain has too many entries");
		let reachable = tip.height().saturating_sub(T::MaxReorganization::get());
		ensure!(Floor::<T>::get() >= reachable, "what is irreversible can be undone");
		ensure!(oldest <= Floor::<T>::get(), "what a chain may branch off from is forgotten");
		Ok(())
	}

	/// Stale headers are at their heights, which a reorganization reaches, and have no more work than the tip.
	fn try_stale_kept(tip: &ChainedHeader) -> Result<(), TryRuntimeError> {
		let reach = T::MaxReorganization::get();
		// The highest tip that there was is as many above the lowest fork, and a branch as long again.
		let lowest = Floor::<T>::get();
		let highest = lowest.max(Oldest::<T>::get()).saturating_add(reach.saturating_mul(2));
		for (height, hashes) in Stale::<T>::iter() {
			ensure!(!hashes.is_empty(), "a list of stale headers is empty");
			ensure!(height > lowest && height <= highest, "stale headers are out of reach");
			for hash in hashes {
				let header = Headers::<T>::get(hash).ok_or("a stale header is missing")?;
				let chained = header.chained;
				let is_placed = chained.hash() == hash && chained.height() == height;
				ensure!(is_placed, "a stale header is at another one's place");
				ensure!(chained.work() <= tip.work(), "a stale header has more work than the tip");
				if let Some(parent) = Headers::<T>::get(header.previous) {
					let follows = parent.chained.height().checked_add(1) == Some(height);
					ensure!(follows, "a stale header is not one higher than its parent");
				}
			}
		}
		Ok(())
	}

	/// Each header is listed once, as best or stale.
	fn try_all_listed() -> Result<(), TryRuntimeError> {
		let best = Best::<T>::iter_values();
		let listed: alloc::vec::Vec<_> =
			best.chain(Stale::<T>::iter_values().flatten()).map(|hash| hash.0).collect();
		let different: BTreeSet<_> = listed.iter().copied().collect();
		ensure!(different.len() == listed.len(), "a header is listed twice");
		let stored: BTreeSet<_> = Headers::<T>::iter_keys().map(|hash| hash.0).collect();
		ensure!(stored == different, "a header is in no list");
		Ok(())
	}
}

//! Forgetting headers that are too old to matter.

use crate::*;
use aitbc_bitcoin::ChainedHeader;
use frame_support::traits::Get;

/// How many old headers of the best chain go for each new height. More than one, so that fewer are kept some time
/// after their number was lowered.
const FORGOTTEN_PER_HEIGHT: u32 = 2;

impl<T: Config> Pallet<T> {
	/// How many headers of the best chain are kept: at least those that a reorganization can reach.
	pub(crate) fn kept() -> u32 {
		T::KeptHeaders::get().max(T::MaxReorganization::get().saturating_add(1))
	}

	/// Forgets what is too old after the best chain went on from `old` to `new`.
	pub(crate) fn forget_old(old: &ChainedHeader, new: &ChainedHeader) {
		let floor = Floor::<T>::get();
		let risen = new.height().saturating_sub(T::MaxReorganization::get());
		for height in floor.saturating_add(1)..=risen {
			for hash in Stale::<T>::take(height) {
				Headers::<T>::remove(hash);
			}
		}
		Floor::<T>::put(risen.max(floor));
		let risen = new.height().saturating_sub(old.height());
		let first_kept = new.height().saturating_add(1).saturating_sub(Self::kept());
		let oldest = Oldest::<T>::get();
		let until =
			first_kept.min(oldest.saturating_add(risen.saturating_mul(FORGOTTEN_PER_HEIGHT)));
		for height in oldest..until {
			if let Some(hash) = Best::<T>::take(height) {
				Headers::<T>::remove(hash);
			}
		}
		Oldest::<T>::put(until.max(oldest));
	}
}

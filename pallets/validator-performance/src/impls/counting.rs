//! Who filled the slots of the chain, and who did not.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::{defensive, traits::Get};
use sp_consensus_babe::{AuthorityIndex, Slot};

impl<T: Config> Pallet<T> {
	/// Counts the present block's slot, and those since its parent that nobody filled.
	///
	/// Returns how many of the latter were looked at.
	pub(crate) fn count_slots() -> u32 {
		let Some((slot, author)) = T::Slots::block() else { return 0 };
		let parent = LastSlot::<T>::mutate(|last| last.replace(slot));
		let epoch = T::Slots::epoch();
		if !epoch.has(slot) {
			defensive!("slots are counted before the epoch changes");
			return 0;
		}
		let skipped = Self::skipped(&epoch, parent, slot);
		Self::count(&epoch, author, skipped)
	}

	/// The slots of the present epoch that nobody filled between `parent` and `slot`: the first, and how many.
	///
	/// None if there are more than [`Config::MaxSkipped`], those of the epoch before included. Of the epoch before none
	/// is, since it is too late to tell whose they were: the state knows the present epoch only.
	fn skipped(epoch: &Epoch<T::AccountId>, parent: Option<Slot>, slot: Slot) -> (Slot, u32) {
		let after = parent.map_or(slot, |parent| parent.saturating_add(1u64));
		if *slot.saturating_sub(after) > T::MaxSkipped::get().into() {
			return (slot, 0);
		}
		let first = after.max(epoch.first);
		(first, (*slot.saturating_sub(first)).try_into().unwrap_or_default())
	}

	/// Counts a slot for `author`, and one that was missed for the secondary author of each skipped one.
	pub(crate) fn count(
		epoch: &Epoch<T::AccountId>,
		author: AuthorityIndex,
		(first, skipped): (Slot, u32),
	) -> u32 {
		let mut counts = BTreeMap::from([(author, SlotCount::FILLED)]);
		for place in 0..skipped {
			let slot = first.saturating_add(u64::from(place));
			let Some(author) = epoch.secondary_author(slot) else { continue };
			let count = counts.entry(author).or_default();
			*count = count.plus(SlotCount::MISSED);
		}
		for (index, count) in counts {
			let Some(validator) = epoch.enabled(index) else { continue };
			Counts::<T>::mutate(validator, |slots| {
				*slots = Some(slots.unwrap_or_default().plus(count));
			});
		}
		skipped
	}
}

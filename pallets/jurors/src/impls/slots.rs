//! Who has which slot.
//!
//! A juror keeps its slot until nothing is left of it, and nobody is ever moved. So the order in which
//! weights lie on the line is settled before the randomness is known that picks from it, and no one
//! can alter a draw by leaving at the right time.

use crate::{tree::CAPACITY, *};
use frame_support::{defensive, ensure};

impl<T: Config> Pallet<T> {
	/// The slot that the next juror gets.
	pub(crate) fn next_slot() -> Result<SlotIndex, Error<T>> {
		let table = SlotUse::<T>::get();
		if let Some(slot) = table.next_vacant {
			return Ok(slot);
		}
		ensure!(table.used < CAPACITY, Error::<T>::TooManyJurors);
		Ok(SlotIndex(table.used))
	}

	/// Gives `slot`, which is the next, to `account`.
	pub(crate) fn take_slot(slot: SlotIndex, account: &T::AccountId) {
		SlotUse::<T>::mutate(|table| match Slots::<T>::get(slot) {
			Some(Slot::Vacant { next }) => {
				table.vacant = table.vacant.saturating_sub(1);
				table.next_vacant = next;
			},
			Some(Slot::Taken(_)) => {
				defensive!("the next slot is taken");
			},
			None => table.used = table.used.saturating_add(1),
		});
		Slots::<T>::insert(slot, Slot::Taken(account.clone()));
	}

	/// Makes `slot`, which has no weight, vacant.
	pub(crate) fn vacate_slot(slot: SlotIndex) {
		SlotUse::<T>::mutate(|table| {
			Slots::<T>::insert(slot, Slot::Vacant { next: table.next_vacant });
			table.vacant = table.vacant.saturating_add(1);
			table.next_vacant = Some(slot);
		});
	}
}

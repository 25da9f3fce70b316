//! Forgetting bodies that were kept for long enough.

use super::writing::topics;
use crate::*;
use aitbc_audit::{Record, RecordId};
use aitbc_core::BlockNumber;
use frame_support::{traits::Get, weights::WeightMeter};
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// Forgets the oldest bodies, while they are old enough and there is room.
	pub(crate) fn forget_old(meter: &mut WeightMeter) {
		let step = T::WeightInfo::look().saturating_add(T::WeightInfo::forget());
		while meter.can_consume(step) {
			meter.consume(T::WeightInfo::look());
			let id = OldestKept::<T>::get();
			let Some(record) = Records::<T>::get(id).filter(Self::is_old) else { return };
			meter.consume(T::WeightInfo::forget());
			Self::forget(&record);
		}
	}

	/// Whether the record's body was kept for long enough.
	fn is_old(record: &Record) -> bool {
		let present: BlockNumber = frame_system::Pallet::<T>::block_number().saturated_into();
		record.block.saturating_add(T::KeptBlocks::get()) < present
	}

	/// Removes the body of the oldest record that has one, and takes it off its lists.
	pub(crate) fn forget(record: &Record) {
		Records::<T>::remove(record.id);
		OldestKept::<T>::put(RecordId(record.id.0.saturating_add(1)));
		for topic in topics(&record.entry) {
			let span = Lists::<T>::get(topic);
			// It is the oldest of all, so it is the first of each of its lists.
			Listed::<T>::remove(topic, span.first);
			let first = span.first.saturating_add(1);
			if first < span.next {
				Lists::<T>::insert(topic, Span { first, ..span });
			} else {
				Lists::<T>::remove(topic);
			}
		}
	}
}

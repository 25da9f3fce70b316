//! Writing a record down.

use super::nodes::StoredNodes;
use crate::*;
use aitbc_audit::{Entry, Log, LogError, Record, RecordId};
use aitbc_core::Balance;
use aitbc_traits::AuditLog;
use codec::Encode;
use frame_support::{
	storage::with_storage_layer,
	traits::{fungible::Mutate, tokens::Preservation, Get, UnixTime},
	weights::Weight,
};
use sp_runtime::{traits::SaturatedConversion, DispatchError, DispatchResult};

impl<T: Config> From<LogError> for Error<T> {
	fn from(error: LogError) -> Self {
		match error {
			LogError::Full => Self::Full,
			LogError::MissingNode | LogError::NoRecord => Self::Broken,
		}
	}
}

/// All topics of an entry, each once.
pub(crate) fn topics(entry: &Entry) -> impl Iterator<Item = Topic> + '_ {
	entry.about().map(Topic::Subject).chain([Topic::Actor(entry.actor), Topic::Event(entry.event)])
}

impl<T: Config> Pallet<T> {
	/// The record that `entry` would be now.
	fn record_of(entry: Entry) -> Record {
		Record {
			id: RecordId(Committed::<T>::get().count),
			block: frame_system::Pallet::<T>::block_number().saturated_into(),
			time: T::Time::now().as_millis().saturated_into(),
			entry,
		}
	}

	/// What writing `entry` costs whoever causes it, in plancks.
	pub fn fee_of(entry: Entry) -> Balance {
		let bytes: Balance = Self::record_of(entry).encoded_size().saturated_into();
		T::FeePerByte::get().saturating_mul(bytes)
	}

	/// Writes `entry` down, and has `payer` pay for it.
	pub(crate) fn do_append(
		entry: Entry,
		payer: Option<&T::AccountId>,
	) -> Result<RecordId, DispatchError> {
		let record = Self::record_of(entry);
		if let Some(payer) = payer {
			Self::charge(payer, Self::fee_of(entry))?;
		}
		let log = Log::new(&mut StoredNodes::<T>::new(), record.id.0).append(&record.encode());
		Committed::<T>::put(log.map_err(Error::<T>::from)?);
		Records::<T>::insert(record.id, record);
		for topic in topics(&entry) {
			Self::list(topic, record.id);
		}
		Self::deposit_event(Event::Recorded { record });
		Ok(record.id)
	}

	/// Moves `fee` from `payer` to who gets fees.
	fn charge(payer: &T::AccountId, fee: Balance) -> DispatchResult {
		T::Currency::transfer(payer, &T::FeeReceiver::get(), fee, Preservation::Preserve)?;
		Ok(())
	}

	/// Puts a record at the end of the list of `topic`.
	fn list(topic: Topic, id: RecordId) {
		let span = Lists::<T>::get(topic);
		Listed::<T>::insert(topic, span.next, id);
		Lists::<T>::insert(topic, Span { next: span.next.saturating_add(1), ..span });
	}

	/// How many heights the log has when it has one record more.
	fn heights() -> u32 {
		let next = Committed::<T>::get().count.saturating_add(1);
		u64::BITS.saturating_sub(next.leading_zeros())
	}
}

impl<T: Config> AuditLog<T::AccountId> for Pallet<T> {
	fn append(entry: Entry, payer: Option<&T::AccountId>) -> Result<RecordId, DispatchError> {
		with_storage_layer(|| Self::do_append(entry, payer))
	}

	fn fee(entry: Entry) -> Balance {
		Self::fee_of(entry)
	}

	fn append_weight() -> Weight {
		T::WeightInfo::append(Self::heights())
	}

	fn growth_weight() -> Weight {
		T::WeightInfo::append(Self::heights()).saturating_sub(T::WeightInfo::append(1))
	}
}

//! Whatever else an owner wants to say about its agent.

use super::is_printable;
use crate::*;
use aitbc_core::AgentId;
use alloc::vec::Vec;
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError};

impl<T: Config> Pallet<T> {
	/// Does what [`Pallet::set_metadata`] says.
	pub(crate) fn do_set_metadata(
		who: T::AccountId,
		agent: AgentId,
		key: Vec<u8>,
		value: Vec<u8>,
	) -> DispatchResult {
		let mut record = Self::agent_owned_by(&who, agent)?;
		let key = Self::checked_metadata_key(key)?;
		ensure!(key.as_slice() != RESERVED_METADATA_KEY, Error::<T>::MetadataKeyReserved);
		let value =
			MetadataValueOf::<T>::try_from(value).map_err(|_| Error::<T>::MetadataValueTooLong)?;
		let old = Metadata::<T>::get(agent, &key);
		if old.is_none() {
			let has_room = record.metadata_entries < T::MaxMetadataEntries::get();
			ensure!(has_room, Error::<T>::TooManyMetadataEntries);
			record.metadata_entries =
				record.metadata_entries.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		}

		let lengths = (key.len().saturated_into(), value.len().saturated_into());
		let deposit = Self::metadata_deposit(lengths.0, lengths.1);
		Self::move_attachment(&mut record, old.map_or(0, |old| old.deposit), deposit)?;
		Metadata::<T>::insert(agent, &key, MetadataEntry { value: value.clone(), deposit });
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::MetadataSet { agent, key, value, deposit });
		Ok(())
	}

	/// Does what [`Pallet::remove_metadata`] says.
	pub(crate) fn do_remove_metadata(
		who: T::AccountId,
		agent: AgentId,
		key: Vec<u8>,
	) -> DispatchResult {
		let mut record = Self::agent_owned_by(&who, agent)?;
		let key = Self::checked_metadata_key(key)?;
		let entry = Metadata::<T>::get(agent, &key).ok_or(Error::<T>::MetadataNotFound)?;
		record.metadata_entries =
			record.metadata_entries.checked_sub(1).ok_or(ArithmeticError::Underflow)?;

		Self::move_attachment(&mut record, entry.deposit, 0)?;
		Metadata::<T>::remove(agent, &key);
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::MetadataRemoved { agent, key });
		Ok(())
	}

	/// Takes `key` if it has the form of a metadata key.
	fn checked_metadata_key(key: Vec<u8>) -> Result<MetadataKeyOf<T>, Error<T>> {
		let key =
			MetadataKeyOf::<T>::try_from(key).map_err(|_| Error::<T>::MetadataKeyMalformed)?;
		let is_well_formed = !key.is_empty() && is_printable(&key);
		ensure!(is_well_formed, Error::<T>::MetadataKeyMalformed);
		Ok(key)
	}
}

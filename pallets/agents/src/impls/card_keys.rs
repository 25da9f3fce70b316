//! The keys that sign an agent's card.

use crate::*;
use aitbc_core::AgentId;
use frame_support::{ensure, pallet_prelude::DispatchResult};

impl<T: Config> Pallet<T> {
	/// Does what [`Pallet::add_card_key`] says.
	pub(crate) fn do_add_card_key(
		who: T::AccountId,
		agent: AgentId,
		key: CardKey,
	) -> DispatchResult {
		let mut record = Self::agent_owned_by(&who, agent)?;
		ensure!(key.is_well_formed(), Error::<T>::CardKeyMalformed);
		let mut keys = CardKeys::<T>::get(agent);
		ensure!(keys.iter().all(|enrolled| enrolled.key != key), Error::<T>::CardKeyEnrolled);
		let deposit = Self::card_key_deposit();
		keys.try_push(EnrolledKey { key, deposit }).map_err(|_| Error::<T>::TooManyCardKeys)?;

		Self::move_attachment(&mut record, 0, deposit)?;
		CardKeys::<T>::insert(agent, keys);
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::CardKeyAdded { agent, key, deposit });
		Ok(())
	}

	/// Does what [`Pallet::remove_card_key`] says.
	pub(crate) fn do_remove_card_key(
		who: T::AccountId,
		agent: AgentId,
		key: CardKey,
	) -> DispatchResult {
		let mut record = Self::agent_owned_by(&who, agent)?;
		let mut keys = CardKeys::<T>::get(agent);
		let removed = keys.iter().find(|enrolled| enrolled.key == key).copied();
		let EnrolledKey { deposit, .. } = removed.ok_or(Error::<T>::CardKeyNotFound)?;

		Self::move_attachment(&mut record, deposit, 0)?;
		keys.retain(|enrolled| enrolled.key != key);
		if keys.is_empty() {
			CardKeys::<T>::remove(agent);
		} else {
			CardKeys::<T>::insert(agent, keys);
		}
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::CardKeyRemoved { agent, key });
		Ok(())
	}
}

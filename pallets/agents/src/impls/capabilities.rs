//! What agents offer, and on what terms.

use crate::*;
use aitbc_core::{AgentId, TagId, TagUse};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};
use sp_runtime::ArithmeticError;

impl<T: Config> Pallet<T> {
	/// Does what [`Pallet::set_capability`] says.
	pub(crate) fn do_set_capability(
		who: T::AccountId,
		agent: AgentId,
		tag: TagId,
		terms: CapabilityTerms,
	) -> DispatchResult {
		let mut record = Self::agent_owned_by(&who, agent)?;
		let rule = Tags::<T>::get(tag).ok_or(Error::<T>::TagNotFound)?.rule;
		ensure!(rule.purpose == TagUse::Capability, Error::<T>::TagNotCapability);
		ensure!(terms.capacity > 0, Error::<T>::CapacityZero);
		let performance =
			rule.scale.share_of(terms.performance).ok_or(Error::<T>::PerformanceOffScale)?;
		let old = Capabilities::<T>::get(agent, tag);
		if old.is_none() {
			ensure!(!rule.is_retired, Error::<T>::TagRetired);
			let has_room = record.capabilities < T::MaxCapabilities::get();
			ensure!(has_room, Error::<T>::TooManyCapabilities);
			record.capabilities =
				record.capabilities.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		}

		let deposit = Self::capability_deposit();
		Self::move_attachment(&mut record, old.map_or(0, |old| old.deposit), deposit)?;
		let row = old.and_then(|old| old.row);
		let mut capability = Capability { terms, performance, deposit, row };
		let row = capability.row_of(agent, record.standing);
		match capability.row {
			Some(place) => Self::change_row(tag, place, |old| *old = row)?,
			None if record.status == Lifecycle::Active => {
				capability.row = Some(Self::append_row(tag, row)?);
			},
			None => (),
		}
		Capabilities::<T>::insert(agent, tag, capability);
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::CapabilitySet { agent, tag, terms, deposit });
		Ok(())
	}

	/// Does what [`Pallet::remove_capability`] says.
	pub(crate) fn do_remove_capability(
		who: T::AccountId,
		agent: AgentId,
		tag: TagId,
	) -> DispatchResult {
		let mut record = Self::agent_owned_by(&who, agent)?;
		let capability =
			Capabilities::<T>::get(agent, tag).ok_or(Error::<T>::CapabilityNotFound)?;
		record.capabilities =
			record.capabilities.checked_sub(1).ok_or(ArithmeticError::Underflow)?;

		Self::move_attachment(&mut record, capability.deposit, 0)?;
		if let Some(place) = capability.row {
			Self::remove_row(tag, place);
		}
		Capabilities::<T>::remove(agent, tag);
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::CapabilityRemoved { agent, tag });
		Ok(())
	}
}

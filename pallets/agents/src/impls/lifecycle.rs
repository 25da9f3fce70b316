//! Taking work, and taking none for now.

use crate::*;
use aitbc_core::AgentId;
use frame_support::{ensure, pallet_prelude::DispatchResult};

impl<T: Config> Pallet<T> {
	/// Does what [`Pallet::activate`] says.
	pub(crate) fn do_activate(who: T::AccountId, agent: AgentId) -> DispatchResult {
		let mut record = Self::agent_owned_by(&who, agent)?;
		ensure!(record.status != Lifecycle::Active, Error::<T>::AlreadyActive);
		ensure!(Wallets::<T>::contains_key(agent), Error::<T>::NoWallet);

		record.status = Lifecycle::Active;
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::AgentActivated { agent });
		Ok(())
	}

	/// Does what [`Pallet::deactivate`] says.
	pub(crate) fn do_deactivate(who: T::AccountId, agent: AgentId) -> DispatchResult {
		let mut record = Self::agent_owned_by(&who, agent)?;
		ensure!(record.status == Lifecycle::Active, Error::<T>::NotActive);

		record.status = Lifecycle::Inactive;
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::AgentDeactivated { agent });
		Ok(())
	}
}

//! Taking work, showing that one is there, taking none for now, and being taken out of business.

use crate::*;
use aitbc_core::AgentId;
use aitbc_traits::{DeadlineClock, ReputationInspect};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Get};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// Does what [`Pallet::activate`] says, and says how many rows came.
	pub(crate) fn do_activate(who: T::AccountId, agent: AgentId) -> Result<u32, DispatchError> {
		let mut record = Self::agent_owned_by(&who, agent)?;
		ensure!(record.status != Lifecycle::Active, Error::<T>::AlreadyActive);
		ensure!(record.status != Lifecycle::Suspended, Error::<T>::AgentSuspended);
		ensure!(Wallets::<T>::contains_key(agent), Error::<T>::NoWallet);

		let standing = Self::standing_from_now(agent);
		Self::list(agent, standing)?;
		record.status = Lifecycle::Active;
		record.standing = standing;
		let rows = record.capabilities;
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::AgentActivated { agent, standing });
		Ok(rows)
	}

	/// Does what [`Pallet::deactivate`] says, and says how many rows went.
	pub(crate) fn do_deactivate(who: T::AccountId, agent: AgentId) -> Result<u32, DispatchError> {
		let mut record = Agents::<T>::get(agent).ok_or(Error::<T>::AgentNotFound)?;
		ensure!(record.owner == who || Self::is_record_silent(&record), Error::<T>::NotOwner);
		ensure!(record.status == Lifecycle::Active, Error::<T>::NotActive);

		let rows = Self::drop_rows(agent, &mut record);
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::AgentDeactivated { agent });
		Ok(rows)
	}

	/// Does what [`Pallet::heartbeat`] says, and says how many rows changed.
	pub(crate) fn do_heartbeat(who: T::AccountId, agent: AgentId) -> Result<u32, DispatchError> {
		let mut record = Agents::<T>::get(agent).ok_or(Error::<T>::AgentNotFound)?;
		let may_act = record.owner == who || Wallets::<T>::get(agent).as_ref() == Some(&who);
		ensure!(may_act, Error::<T>::NotOwnerNorWallet);
		ensure!(record.status == Lifecycle::Active, Error::<T>::NotActive);

		let standing = Self::standing_from_now(agent);
		Self::restate(agent, standing)?;
		record.standing = standing;
		let rows = record.capabilities;
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::HeartbeatReceived { agent, standing });
		Ok(rows)
	}

	/// Does what [`Pallet::refresh`] says, and says how many rows changed.
	pub(crate) fn do_refresh(agent: AgentId) -> Result<u32, DispatchError> {
		let mut record = Agents::<T>::get(agent).ok_or(Error::<T>::AgentNotFound)?;
		ensure!(record.status == Lifecycle::Active, Error::<T>::NotActive);

		let lower_bound = T::Reputation::lower_bound(agent);
		let standing = Standing { lower_bound, ..record.standing };
		Self::restate(agent, standing)?;
		record.standing = standing;
		let rows = record.capabilities;
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::AgentRefreshed { agent, lower_bound });
		Ok(rows)
	}

	/// Takes `agent` out of business until [`Pallet::do_reinstate`], and says how many rows went.
	///
	/// For governance by [`Pallet::suspend`], and for whoever else may judge agents. See there for
	/// effect, event and errors.
	pub fn do_suspend(agent: AgentId) -> Result<u32, DispatchError> {
		let mut record = Agents::<T>::get(agent).ok_or(Error::<T>::AgentNotFound)?;
		ensure!(record.status != Lifecycle::Suspended, Error::<T>::AgentSuspended);

		let rows = Self::drop_rows(agent, &mut record);
		record.status = Lifecycle::Suspended;
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::AgentSuspended { agent });
		Ok(rows)
	}

	/// Lets `agent`, which is suspended, go back into business. See [`Pallet::reinstate`].
	pub fn do_reinstate(agent: AgentId) -> DispatchResult {
		let mut record = Agents::<T>::get(agent).ok_or(Error::<T>::AgentNotFound)?;
		ensure!(record.status == Lifecycle::Suspended, Error::<T>::NotSuspended);

		record.status = Lifecycle::Inactive;
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::AgentReinstated { agent });
		Ok(())
	}

	/// Makes an active agent `Inactive`, and says how many rows went. Any other stays as it is. The
	/// caller stores `record`.
	pub(crate) fn drop_rows(agent: AgentId, record: &mut Agent<T>) -> u32 {
		if record.status != Lifecycle::Active {
			return 0;
		}
		Self::unlist(agent);
		record.status = Lifecycle::Inactive;
		record.capabilities
	}

	/// Whether the agent is active and its last heartbeat has not run out.
	pub(crate) fn is_record_live(record: &Agent<T>) -> bool {
		record.status == Lifecycle::Active && T::Clock::now() <= record.standing.live_until
	}

	/// Whether the agent is active, and a whole heartbeat period has passed since it was last live.
	fn is_record_silent(record: &Agent<T>) -> bool {
		let silent_from = record.standing.live_until.saturating_add(T::HeartbeatPeriod::get());
		record.status == Lifecycle::Active && silent_from < T::Clock::now()
	}

	/// What the rows of `agent` say after a heartbeat now.
	fn standing_from_now(agent: AgentId) -> Standing {
		Standing {
			// Saturating: at the clock's end every agent is live for good.
			live_until: T::Clock::now().saturating_add(T::HeartbeatPeriod::get()),
			lower_bound: T::Reputation::lower_bound(agent),
		}
	}
}

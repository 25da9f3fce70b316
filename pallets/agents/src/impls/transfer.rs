//! How an agent changes its owner.

use crate::*;
use aitbc_core::{AgentId, Balance};
use aitbc_traits::{OnAgentTransferred, WorkInspect};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::fungible::MutateHold};
use sp_runtime::{ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	/// Does what [`Pallet::offer_transfer`] says.
	pub(crate) fn do_offer_transfer(
		who: T::AccountId,
		agent: AgentId,
		to: Option<T::AccountId>,
	) -> DispatchResult {
		let record = Self::agent_owned_by(&who, agent)?;
		let Some(to) = to else {
			let to = OfferedTransfers::<T>::get(agent).ok_or(Error::<T>::NoOffer)?;
			OfferedTransfers::<T>::remove(agent);
			Self::deposit_event(Event::TransferWithdrawn { agent, to });
			return Ok(());
		};
		ensure!(record.status != Lifecycle::Suspended, Error::<T>::AgentSuspended);
		ensure!(to != record.owner, Error::<T>::RecipientIsOwner);

		OfferedTransfers::<T>::insert(agent, &to);
		Self::deposit_event(Event::TransferOffered { agent, to });
		Ok(())
	}

	/// Does what [`Pallet::accept_transfer`] says, and says how many rows went.
	pub(crate) fn do_accept_transfer(
		to: T::AccountId,
		agent: AgentId,
	) -> Result<u32, DispatchError> {
		let mut record = Agents::<T>::get(agent).ok_or(Error::<T>::AgentNotFound)?;
		let is_recipient = OfferedTransfers::<T>::get(agent).as_ref() == Some(&to);
		ensure!(is_recipient, Error::<T>::NotRecipient);
		ensure!(record.status != Lifecycle::Suspended, Error::<T>::AgentSuspended);
		ensure!(T::Work::open_work(agent) == 0, Error::<T>::WorkOpen);

		let from = record.owner.clone();
		let deposit = Self::move_holds(agent, &mut record, &to)?;
		let rows = Self::drop_rows(agent, &mut record);
		Self::unlink_wallet(agent, &mut record)?;
		CardKeys::<T>::remove(agent);
		OfferedTransfers::<T>::remove(agent);
		AgentsByOwner::<T>::remove(&from, agent);
		AgentsByOwner::<T>::insert(&to, agent, ());
		let (status, bond, nonce) = (record.status, record.bond, record.wallet_nonce);
		record.owner = to.clone();
		Agents::<T>::insert(agent, record);
		T::OnTransferred::on_agent_transferred(agent, &from, &to);
		Self::deposit_event(Event::AgentTransferred {
			agent,
			from,
			to,
			status,
			deposit,
			bond,
			nonce,
		});
		Ok(rows)
	}

	/// Holds on `to` what `agent` has on hold without its card keys, gives its owner all of it back,
	/// and says what is held on `to` for storage. The caller removes the keys and stores `record`.
	fn move_holds(
		agent: AgentId,
		record: &mut Agent<T>,
		to: &T::AccountId,
	) -> Result<Balance, DispatchError> {
		let keys = CardKeys::<T>::get(agent);
		let of_keys = keys.iter().try_fold(Balance::default(), |sum, enrolled| {
			sum.checked_add(enrolled.deposit).ok_or(ArithmeticError::Overflow)
		})?;
		let released = Self::whole_deposit(record)?;
		record.attachments =
			record.attachments.checked_sub(of_keys).ok_or(ArithmeticError::Underflow)?;
		let deposit = Self::whole_deposit(record)?;

		T::Currency::hold(&HoldReason::Deposit.into(), to, deposit)?;
		T::Currency::hold(&HoldReason::Bond.into(), to, record.bond)?;
		Self::release(HoldReason::Deposit, &record.owner, released)?;
		Self::release(HoldReason::Bond, &record.owner, record.bond)?;
		Ok(deposit)
	}
}

//! Coming into the registry, changing the card, leaving, and getting the bond back.

use crate::*;
use aitbc_core::{AgentId, AgentKind, Balance, CardHash};
use aitbc_traits::{DeadlineClock, WorkInspect};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	pallet_prelude::DispatchResult,
	traits::{
		fungible::{Mutate, MutateHold},
		tokens::Preservation,
		Get,
	},
};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, DispatchError};

impl<T: Config> Pallet<T> {
	/// Does what [`Pallet::register`] says.
	pub(crate) fn do_register(
		owner: T::AccountId,
		kind: AgentKind,
		uri: Vec<u8>,
		hash: CardHash,
	) -> DispatchResult {
		let card = Self::checked_card(uri, hash)?;
		let agent = NextAgentId::<T>::get();
		let next = agent.next().ok_or(ArithmeticError::Overflow)?;
		let RegistrationCost { fee, bond, deposit } = Self::registration_cost(card.uri_length());

		T::Currency::transfer(&owner, &T::FeeReceiver::get(), fee, Preservation::Preserve)?;
		T::Currency::hold(&HoldReason::Deposit.into(), &owner, deposit)?;
		T::Currency::hold(&HoldReason::Bond.into(), &owner, bond)?;
		NextAgentId::<T>::put(next);
		AgentsByOwner::<T>::insert(&owner, agent, ());
		let record = Agent {
			owner: owner.clone(),
			kind,
			card: card.clone(),
			status: Lifecycle::Registered,
			deposit,
			bond,
			wallet_nonce: WalletNonce::default(),
			registered_at: frame_system::Pallet::<T>::block_number().saturated_into(),
			attachments: Balance::default(),
			capabilities: 0,
			metadata_entries: 0,
			standing: Standing::default(),
		};
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::AgentRegistered {
			agent,
			owner,
			kind,
			card,
			deposit,
			bond,
			fee,
		});
		Ok(())
	}

	/// Does what [`Pallet::update`] says.
	pub(crate) fn do_update(
		who: T::AccountId,
		agent: AgentId,
		uri: Vec<u8>,
		hash: CardHash,
	) -> DispatchResult {
		let mut record = Self::agent_owned_by(&who, agent)?;
		let card = Self::checked_card(uri, hash)?;
		let deposit = Self::storage_deposit(card.uri_length());

		Self::move_deposit(&who, record.deposit, deposit)?;
		record.card = card.clone();
		record.deposit = deposit;
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::CardUpdated { agent, card, deposit });
		Ok(())
	}

	/// Does what [`Pallet::deregister`] says, and says how many capabilities and metadata entries
	/// went.
	pub(crate) fn do_deregister(
		who: T::AccountId,
		agent: AgentId,
	) -> Result<(u32, u32), DispatchError> {
		let record = Self::agent_owned_by(&who, agent)?;
		ensure!(T::Work::open_work(agent) == 0, Error::<T>::WorkOpen);
		let deposit = Self::whole_deposit(&record)?;
		// Saturating: a delay that reaches past the clock's end keeps the bond for good, but must
		// not keep the agent from leaving.
		let until = T::Clock::now().saturating_add(T::BondReleaseDelay::get());

		let Agent { owner, bond, capabilities, metadata_entries, .. } = record;
		Self::release(HoldReason::Deposit, &owner, deposit)?;
		Self::remove_attachments(agent);
		Agents::<T>::remove(agent);
		AgentsByOwner::<T>::remove(&owner, agent);
		Wallets::<T>::take(agent).iter().for_each(AgentOfWallet::<T>::remove);
		ProposedWallets::<T>::remove(agent);
		OfferedTransfers::<T>::remove(agent);
		LeavingAgents::<T>::insert(agent, LeavingAgent { owner: owner.clone(), bond, until });
		Self::deposit_event(Event::AgentDeregistered { agent, owner, deposit, bond, until });
		Ok((capabilities, metadata_entries))
	}

	/// Does what [`Pallet::release_bond`] says.
	pub(crate) fn do_release_bond(agent: AgentId) -> DispatchResult {
		let LeavingAgent { owner, bond, until } =
			LeavingAgents::<T>::get(agent).ok_or(Error::<T>::AgentNotLeaving)?;
		ensure!(T::Clock::now() >= until, Error::<T>::BondReleaseDelayNotElapsed);
		ensure!(T::Work::open_work(agent) == 0, Error::<T>::WorkOpen);

		Self::release(HoldReason::Bond, &owner, bond)?;
		LeavingAgents::<T>::remove(agent);
		Self::deposit_event(Event::BondReleased { agent, owner, bond });
		Ok(())
	}

	/// Removes the rows, capabilities, metadata and card keys of `agent`: no more of each than its
	/// record counts.
	fn remove_attachments(agent: AgentId) {
		for (tag, capability) in Capabilities::<T>::drain_prefix(agent) {
			if let Some(place) = capability.row {
				Self::remove_row(tag, place);
			}
		}
		// Draining removes an entry on each step.
		Metadata::<T>::drain_prefix(agent).for_each(drop);
		CardKeys::<T>::remove(agent);
	}

	/// The record of `agent`, if `who` is its owner.
	pub(crate) fn agent_owned_by(who: &T::AccountId, agent: AgentId) -> Result<Agent<T>, Error<T>> {
		let record = Agents::<T>::get(agent).ok_or(Error::<T>::AgentNotFound)?;
		ensure!(record.owner == *who, Error::<T>::NotOwner);
		Ok(record)
	}
}

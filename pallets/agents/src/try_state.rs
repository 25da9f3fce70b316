//! What always holds of the registry, one function per invariant.

use crate::*;
use aitbc_core::{AgentId, Balance};
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::{ArithmeticError, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks every invariant. Reads the whole registry.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::ids_are_below_next()?;
		Self::registered_and_leaving_are_disjoint()?;
		Self::owner_index_matches_registry()?;
		Self::wallets_match_both_ways()?;
		Self::wallets_differ_from_owners()?;
		Self::active_agents_have_wallets()?;
		Self::proposals_are_for_registered_agents()?;
		Self::deposits_are_held()?;
		Self::bonds_are_held()
	}

	/// No id is in use that has not been given out yet.
	fn ids_are_below_next() -> Result<(), TryRuntimeError> {
		let next = NextAgentId::<T>::get();
		let mut ids = Agents::<T>::iter_keys().chain(LeavingAgents::<T>::iter_keys());
		ensure!(ids.all(|agent| agent < next), "an agent's id is not below the next id");
		Ok(())
	}

	/// An agent is registered or leaving, never both.
	fn registered_and_leaving_are_disjoint() -> Result<(), TryRuntimeError> {
		let is_leaving = |agent: AgentId| LeavingAgents::<T>::contains_key(agent);
		ensure!(!Agents::<T>::iter_keys().any(is_leaving), "an agent is registered and leaving");
		Ok(())
	}

	/// The index of owners holds each registered agent under its owner, and nothing else.
	fn owner_index_matches_registry() -> Result<(), TryRuntimeError> {
		for (agent, record) in Agents::<T>::iter() {
			let is_indexed = AgentsByOwner::<T>::contains_key(&record.owner, agent);
			ensure!(is_indexed, "an agent is missing in its owner's index");
		}
		let indexed = AgentsByOwner::<T>::iter_keys().count();
		ensure!(indexed == Agents::<T>::iter_keys().count(), "an owner's index has a stale agent");
		Ok(())
	}

	/// Wallets belong to registered agents, one to one.
	fn wallets_match_both_ways() -> Result<(), TryRuntimeError> {
		for (agent, wallet) in Wallets::<T>::iter() {
			ensure!(Agents::<T>::contains_key(agent), "a wallet is of no registered agent");
			let is_linked = AgentOfWallet::<T>::get(&wallet) == Some(agent);
			ensure!(is_linked, "a wallet does not lead back to its agent");
		}
		let linked = AgentOfWallet::<T>::iter_keys().count();
		ensure!(linked == Wallets::<T>::iter_keys().count(), "an account leads to a stale agent");
		Ok(())
	}

	/// No agent has or is offered its owner's account as wallet.
	fn wallets_differ_from_owners() -> Result<(), TryRuntimeError> {
		for (agent, record) in Agents::<T>::iter() {
			let owner = Some(record.owner);
			let is_separate =
				Wallets::<T>::get(agent) != owner && ProposedWallets::<T>::get(agent) != owner;
			ensure!(is_separate, "an agent's wallet is its owner");
		}
		Ok(())
	}

	/// Whoever is active has a wallet.
	fn active_agents_have_wallets() -> Result<(), TryRuntimeError> {
		for (agent, record) in Agents::<T>::iter() {
			let is_payable =
				record.status != Lifecycle::Active || Wallets::<T>::contains_key(agent);
			ensure!(is_payable, "an active agent has no wallet");
		}
		Ok(())
	}

	/// Proposals are for registered agents only.
	fn proposals_are_for_registered_agents() -> Result<(), TryRuntimeError> {
		let mut agents = ProposedWallets::<T>::iter_keys();
		let are_registered = agents.all(Agents::<T>::contains_key);
		ensure!(are_registered, "a wallet is proposed for no registered agent");
		Ok(())
	}

	/// What each owner has on hold as deposit is the sum over its registered agents.
	fn deposits_are_held() -> Result<(), TryRuntimeError> {
		let deposits = Agents::<T>::iter_values().map(|record| (record.owner, record.deposit));
		let message = "the deposit on hold differs from the sum over the owner's agents";
		Self::ensure_held(HoldReason::Deposit, deposits, message)
	}

	/// What each owner has on hold as bond is the sum over its agents, leaving ones included.
	fn bonds_are_held() -> Result<(), TryRuntimeError> {
		let registered = Agents::<T>::iter_values().map(|record| (record.owner, record.bond));
		let leaving =
			LeavingAgents::<T>::iter_values().map(|leaving| (leaving.owner, leaving.bond));
		let message = "the bond on hold differs from the sum over the owner's agents";
		Self::ensure_held(HoldReason::Bond, registered.chain(leaving), message)
	}

	/// Checks that every owner named in `amounts` has their sum on hold for `reason`.
	fn ensure_held(
		reason: HoldReason,
		amounts: impl Iterator<Item = (T::AccountId, Balance)>,
		message: &'static str,
	) -> Result<(), TryRuntimeError> {
		let mut sums = BTreeMap::<T::AccountId, Balance>::new();
		for (owner, amount) in amounts {
			let sum = sums.entry(owner).or_default();
			*sum = sum.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		}
		let reason = reason.into();
		let are_held =
			sums.iter().all(|(owner, sum)| T::Currency::balance_on_hold(&reason, owner) == *sum);
		ensure!(are_held, message);
		Ok(())
	}
}

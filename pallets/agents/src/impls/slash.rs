//! What an agent answers with for what was ruled against it.

use crate::*;
use aitbc_core::{AgentId, Balance};
use aitbc_traits::AgentBondSlash;
use frame_support::{
	storage::with_storage_layer,
	traits::{
		fungible::MutateHold,
		tokens::{Fortitude, Precision, Restriction},
		Get,
	},
	weights::Weight,
};
use sp_runtime::{ArithmeticError, DispatchError, Perbill};

impl<T: Config> AgentBondSlash for Pallet<T> {
	fn slash(agent: AgentId, share: Perbill) -> Balance {
		with_storage_layer(|| Self::do_slash(agent, share)).unwrap_or_else(|error| {
			log::error!(
				target: LOG_TARGET,
				"agent {} keeps its bond: {error:?}",
				agent.0,
			);
			0
		})
	}

	fn weight() -> Weight {
		T::WeightInfo::slash()
	}
}

impl<T: Config> Pallet<T> {
	/// Takes `share` of what `agent` has at risk, if it is registered or leaving, and says how much
	/// that is.
	fn do_slash(agent: AgentId, share: Perbill) -> Result<Balance, DispatchError> {
		if let Some(mut record) = Agents::<T>::get(agent) {
			let owner = record.owner.clone();
			let amount = Self::take_bond(agent, owner, &mut record.bond, share)?;
			Agents::<T>::insert(agent, record);
			return Ok(amount);
		}
		let Some(mut leaving) = LeavingAgents::<T>::get(agent) else { return Ok(0) };
		let owner = leaving.owner.clone();
		let amount = Self::take_bond(agent, owner, &mut leaving.bond, share)?;
		LeavingAgents::<T>::insert(agent, leaving);
		Ok(amount)
	}

	/// Moves `share` of `bond`, which is held on `owner`, to the treasury, and says how much that is.
	/// The caller stores what is left.
	fn take_bond(
		agent: AgentId,
		owner: T::AccountId,
		bond: &mut Balance,
		share: Perbill,
	) -> Result<Balance, DispatchError> {
		let amount = share.mul_floor(*bond);
		if amount == 0 {
			return Ok(0);
		}
		let left = bond.checked_sub(amount).ok_or(ArithmeticError::Underflow)?;
		T::Currency::transfer_on_hold(
			&HoldReason::Bond.into(),
			&owner,
			&T::FeeReceiver::get(),
			amount,
			Precision::Exact,
			Restriction::Free,
			Fortitude::Force,
		)?;

		*bond = left;
		Self::deposit_event(Event::AgentSlashed { agent, owner, amount, bond: left });
		Ok(amount)
	}
}

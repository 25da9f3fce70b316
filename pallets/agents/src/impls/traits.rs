//! The glue traits that this pallet answers.

use crate::*;
use aitbc_core::AgentId;
use aitbc_traits::{AgentInspect, AgentStatus};

impl<T: Config> AgentInspect<T::AccountId> for Pallet<T> {
	fn status(agent: AgentId) -> Option<AgentStatus> {
		if let Some(record) = Agents::<T>::get(agent) {
			return Some(record.status.into());
		}
		let bond_until = LeavingAgents::<T>::get(agent)?.until;
		Some(AgentStatus::Deregistering { bond_until })
	}

	fn owner(agent: AgentId) -> Option<T::AccountId> {
		if let Some(record) = Agents::<T>::get(agent) {
			return Some(record.owner);
		}
		LeavingAgents::<T>::get(agent).map(|leaving| leaving.owner)
	}

	fn wallet(agent: AgentId) -> Option<T::AccountId> {
		Wallets::<T>::get(agent)
	}

	fn agent_of_wallet(wallet: &T::AccountId) -> Option<AgentId> {
		AgentOfWallet::<T>::get(wallet)
	}
}

//! The glue traits that this pallet answers.

use crate::*;
use aitbc_core::{AgentId, AgentKind, TagId, TagRule};
use aitbc_traits::{AgentInspect, AgentStatus, TagInspect};

impl<T: Config> AgentInspect<T::AccountId> for Pallet<T> {
	fn status(agent: AgentId) -> Option<AgentStatus> {
		if let Some(record) = Agents::<T>::get(agent) {
			return Some(record.status.into());
		}
		let bond_until = LeavingAgents::<T>::get(agent)?.until;
		Some(AgentStatus::Deregistering { bond_until })
	}

	fn kind(agent: AgentId) -> Option<AgentKind> {
		Agents::<T>::get(agent).map(|record| record.kind)
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

	fn is_live(agent: AgentId) -> bool {
		Agents::<T>::get(agent).is_some_and(|record| Self::is_record_live(&record))
	}

	fn agent_of_wallet(wallet: &T::AccountId) -> Option<AgentId> {
		AgentOfWallet::<T>::get(wallet)
	}
}

impl<T: Config> TagInspect for Pallet<T> {
	fn rule(tag: TagId) -> Option<TagRule> {
		Tags::<T>::get(tag).map(|tag| tag.rule)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn create(rule: TagRule) -> TagId {
		let name = alloc::format!("benchmark-{}", NextTagId::<T>::get().0).into_bytes();
		let tag =
			Tag { name: name.try_into().unwrap_or_default(), unit: UnitOf::<T>::default(), rule };
		Self::put_tag(tag).unwrap_or_default()
	}
}

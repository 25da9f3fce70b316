//! How settled work and changes of owner become, and reduce, evidence.

use crate::*;
use aitbc_core::{AgentId, Balance, ClosedContract, WorkId};
use aitbc_reputation::{Outcome, Rules};
use aitbc_traits::{AgentInspect, DeadlineClock};
use frame_support::{defensive, traits::Get};

/// Who stands behind the two sides of a contract.
struct Parties<T: Config> {
	/// The agent whose wallet paid, if it was one.
	client_agent: Option<AgentId>,
	/// Who owns that agent, or else who paid.
	client_owner: T::AccountId,
	/// The agent that answers for the contract.
	agent: AgentId,
	/// Who owns it.
	owner: T::AccountId,
}

impl<T: Config> Pallet<T> {
	/// The numbers by which work becomes a score, as governance has set them.
	pub(crate) fn rules() -> Rules {
		Rules {
			half_life: T::HalfLife::get(),
			unit: T::EvidenceUnit::get(),
			pair_cap: T::PairCap::get(),
			min_fee: T::MinFee::get(),
			weights: T::ComponentWeights::get(),
		}
	}

	/// What the chain thinks of `agent`: nothing in particular, of one it has not heard of.
	pub(crate) fn record_of(agent: AgentId) -> AgentRecord {
		Standings::<T>::get(agent).unwrap_or_default()
	}

	/// Counts a contract that closed, if an agent answers for it and it says something about that.
	///
	/// Nothing is written otherwise: a stranger can close any number of contracts that pay no fee.
	pub(crate) fn count_contract(closed: &ClosedContract<T::AccountId, Balance>) {
		let (rules, outcome) = (Self::rules(), Self::outcome_of(closed));
		// `Standing::note` would find the same, but after the reads.
		if !outcome.accepted || outcome.fee < rules.min_fee {
			return;
		}
		let Some(Parties { client_agent, client_owner, agent, owner }) = Self::parties_of(closed)
		else {
			return;
		};
		let work = WorkId::Contract(closed.contract);
		if SettledWork::<T>::contains_key(work) {
			defensive!("a contract closes once");
			return;
		}

		let at = T::Clock::now();
		let mut record = Self::record_of(agent);
		let mut pair = Pairs::<T>::get(&client_owner, &owner);
		let weight = record.standing.note(&mut pair, &outcome, &rules, at);
		// Only of a pair that has paid absurd amounts.
		if weight == 0 {
			return;
		}
		record.counters.count(&outcome);
		let settled = Settled {
			client: closed.client.clone(),
			client_agent: client_agent.map(Self::present),
			provider: closed.provider.clone(),
			provider_agent: AgentAt { agent, generation: record.generation },
			weight,
			at,
			rated_by_client: false,
			rated_by_provider: false,
		};
		Standings::<T>::insert(agent, record);
		Pairs::<T>::insert(&client_owner, &owner, pair);
		SettledWork::<T>::insert(work, &settled);
		let Settled { client, client_agent, provider, provider_agent, .. } = settled;
		Self::deposit_event(Event::WorkCounted {
			work,
			client,
			client_agent,
			client_owner,
			provider,
			provider_agent,
			provider_owner: owner,
			outcome,
			weight,
			at,
		});
	}

	/// Quarters the evidence on `agent`, which has a new owner.
	///
	/// The summaries of its ratings follow when they are next touched.
	pub(crate) fn quarter_evidence(agent: AgentId) {
		let mut record = Self::record_of(agent);
		record.standing.quarter(&Self::rules(), T::Clock::now());
		// Also of an agent without evidence: work that it had done for it as a client remembers the
		// generation, and may still get it a rating.
		record.generation = record.generation.next();
		let generation = record.generation;
		Standings::<T>::insert(agent, record);
		Self::deposit_event(Event::EvidenceQuartered { agent, generation });
	}

	/// The agent whose wallet `account` is, and who owns that agent.
	pub(crate) fn agent_behind(account: &T::AccountId) -> Option<(AgentId, T::AccountId)> {
		let agent = T::Agents::agent_of_wallet(account)?;
		T::Agents::owner(agent).map(|owner| (agent, owner))
	}

	/// Who stands behind the two sides of a contract, if an agent answers for it, that agent is not
	/// gone, and they are not one.
	fn parties_of(closed: &ClosedContract<T::AccountId, Balance>) -> Option<Parties<T>> {
		let agent = closed.agent?;
		let owner = T::Agents::owner(agent)?;
		let (client_agent, client_owner) = match Self::agent_behind(&closed.client) {
			Some((agent, owner)) => (Some(agent), owner),
			None => (None, closed.client.clone()),
		};
		let is_one = [&client_owner, &closed.client]
			.into_iter()
			.any(|client| *client == owner || *client == closed.provider);
		(!is_one).then_some(Parties { client_agent, client_owner, agent, owner })
	}

	/// `agent` as it is now.
	fn present(agent: AgentId) -> AgentAt {
		AgentAt { agent, generation: Self::record_of(agent).generation }
	}

	/// What a contract that closed says about its provider.
	fn outcome_of(closed: &ClosedContract<T::AccountId, Balance>) -> Outcome {
		Outcome {
			accepted: closed.accepted,
			fee: closed.fee,
			released: closed.released,
			refunded: closed.refunded,
			on_time: closed.on_time,
			missed: closed.missed,
			disputed_lost: closed.disputed_lost,
		}
	}
}

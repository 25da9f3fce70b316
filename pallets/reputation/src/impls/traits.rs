//! The glue traits that this pallet answers, and listens to.

use crate::*;
use aitbc_core::{AgentId, Balance, ClosedContract};
use aitbc_reputation::Score;
use aitbc_traits::{DeadlineClock, OnAgentTransferred, OnContractClosed, ReputationInspect};
use frame_support::weights::Weight;
use sp_runtime::Perbill;

impl<T: Config> Pallet<T> {
	/// The score of `agent` as of now. One read besides the clock and the parameters.
	fn current_score(agent: AgentId) -> Score {
		Self::record_of(agent).standing.score(&Self::rules(), T::Clock::now())
	}
}

impl<T: Config> OnContractClosed<T::AccountId, Balance> for Pallet<T> {
	fn on_contract_closed(closed: &ClosedContract<T::AccountId, Balance>) {
		Self::count_contract(closed);
	}

	fn weight() -> Weight {
		T::WeightInfo::on_contract_closed()
	}
}

impl<T: Config> OnAgentTransferred<T::AccountId> for Pallet<T> {
	fn on_agent_transferred(agent: AgentId, _: &T::AccountId, _: &T::AccountId) {
		Self::quarter_evidence(agent);
	}

	fn weight() -> Weight {
		T::WeightInfo::on_agent_transferred()
	}
}

impl<T: Config> ReputationInspect for Pallet<T> {
	fn lower_bound(agent: AgentId) -> Perbill {
		Self::current_score(agent).lower_bound
	}

	fn mean(agent: AgentId) -> Option<Perbill> {
		Self::current_score(agent).mean
	}

	fn evidence(agent: AgentId) -> Balance {
		Self::current_score(agent).evidence
	}

	fn weight() -> Weight {
		T::WeightInfo::inspect()
	}
}

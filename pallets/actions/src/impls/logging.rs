//! What is written down of actions.

use crate::*;
use aitbc_audit::{Actor, Entry, Event as Logged, Hash, Subject};
use aitbc_core::{ActionId, AgentId, KindId, Target};
use aitbc_traits::AuditLog;
use alloc::vec::Vec;
use frame_support::weights::Weight;
use sp_runtime::DispatchResult;

/// Who does something, and pays for its record if it is somebody.
pub(crate) enum By<'a, AccountId> {
	/// The chain.
	Chain,
	/// Those who govern.
	Governance,
	/// This account.
	Account(&'a AccountId),
}

impl<AccountId> Clone for By<'_, AccountId> {
	fn clone(&self) -> Self {
		*self
	}
}

impl<AccountId> Copy for By<'_, AccountId> {}

impl<'a, AccountId> From<Option<&'a AccountId>> for By<'a, AccountId> {
	/// An account, or governance.
	fn from(who: Option<&'a AccountId>) -> Self {
		who.map_or(Self::Governance, Self::Account)
	}
}

impl<T: Config> Pallet<T> {
	/// Writes down what happened to `action`.
	pub(crate) fn log_action(
		event: Logged,
		by: By<T::AccountId>,
		id: ActionId,
		action: &ActionOf<T>,
		hashes: &[Hash],
	) -> DispatchResult {
		let order = &action.order;
		let kind = Subject::ActionKind(order.kind.0);
		Self::log(event, by, &[Subject::Action(id.0), subject(&order.target), kind], hashes)
	}

	/// The same where the chain does it by its own rules: nobody pays, so only a log that is full or broken
	/// refuses, and what happened stands.
	pub(crate) fn log_by_chain(event: Logged, id: ActionId, action: &ActionOf<T>, hashes: &[Hash]) {
		if let Err(error) = Self::log_action(event, By::Chain, id, action, hashes) {
			Self::log_refused(event, error);
		}
	}

	/// Writes down that breakers moved.
	pub(crate) fn log_moved(event: Logged) {
		if let Err(error) = Self::log(event, By::Chain, &[Subject::Network], &[]) {
			Self::log_refused(event, error);
		}
	}

	fn log_refused(event: Logged, error: sp_runtime::DispatchError) {
		frame_support::defensive!("the audit log takes no record", (event, error));
	}

	/// Writes down what happened to a kind.
	pub(crate) fn log_kind(event: Logged, kind: KindId, hashes: &[Hash]) -> DispatchResult {
		Self::log(event, By::Governance, &[Subject::ActionKind(kind.0)], hashes)
	}

	/// Writes down what happened to a target, by its operator or governance.
	pub(crate) fn log_target(
		event: Logged,
		by: By<T::AccountId>,
		target: &Target<T::AccountId>,
	) -> DispatchResult {
		Self::log(event, by, &[subject(target)], &[])
	}

	/// Writes down which agent carries actions out on a target now, or does so no more.
	pub(crate) fn log_executor(
		event: Logged,
		by: By<T::AccountId>,
		target: &Target<T::AccountId>,
		executor: Option<AgentId>,
	) -> DispatchResult {
		let agent = executor.map(|agent| Subject::Agent(agent.0));
		let about: Vec<_> = [Some(subject(target)), agent].into_iter().flatten().collect();
		Self::log(event, by, &about, &[])
	}

	/// Writes down that governance admitted or dismissed a recommender.
	pub(crate) fn log_recommender(agent: AgentId, is_admitted: bool) -> DispatchResult {
		let event =
			if is_admitted { Logged::RecommenderAdmitted } else { Logged::RecommenderDismissed };
		Self::log(event, By::Governance, &[Subject::Agent(agent.0)], &[])
	}

	/// Writes down what governance did to the network.
	pub(crate) fn log_network(event: Logged, hashes: &[Hash]) -> DispatchResult {
		Self::log(event, By::Governance, &[Subject::Network], hashes)
	}

	fn log(
		event: Logged,
		by: By<T::AccountId>,
		about: &[Subject],
		hashes: &[Hash],
	) -> DispatchResult {
		let (actor, payer) = match by {
			By::Chain => (Actor::Chain, None),
			By::Governance => (Actor::Governance, None),
			By::Account(who) => (Actor::Account(who.clone().into()), Some(who)),
		};
		let entry = Entry::new(event, actor, about).with_hashes(hashes);
		T::Audit::append(entry, payer).map(|_| ())
	}

	/// What takes `weight` where the log is empty, and writes so many records at most.
	pub(crate) fn with_records(count: u64, weight: Weight) -> Weight {
		weight.saturating_add(T::Audit::growth_weight().saturating_mul(count))
	}

	/// The hashes of a recommendation, as [`Logged::ActionRecommended`] has them: what the chain recommends
	/// has no rationale.
	pub(crate) fn hashes_of(action: &ActionOf<T>, evidence: Option<Hash>) -> Vec<Hash> {
		let rationale = action.idea.as_ref().map(|idea| idea.rationale.hash.0 .0);
		[Some(action.order.hash()), rationale, evidence].into_iter().flatten().collect()
	}
}

/// A target, as the log says it.
fn subject<AccountId: Clone + Into<aitbc_audit::Account>>(target: &Target<AccountId>) -> Subject {
	match target {
		Target::Network => Subject::Network,
		Target::Validator(stash) => Subject::Validator(stash.clone().into()),
		Target::Agent(agent) => Subject::Agent(agent.0),
	}
}

//! What must hold of the storage between any two calls, one function for each invariant.

use crate::*;
use aitbc_core::{AgentId, Balance, FeedbackIndex, WorkId};
use alloc::collections::{BTreeMap, BTreeSet};
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::{ArithmeticError, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet. Reads all of its storage.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_evidence_sound()?;
		Self::try_generations_reached()?;
		Self::try_summaries_counted()?;
		Self::try_indices_given_out()?;
		Self::try_settled_work_well_formed()?;
		Self::try_work_rated_once()?;
		Self::try_responses_answer_something()?;
		Self::try_deposits_held()
	}

	/// Every aggregate is one that its operations can leave.
	fn try_evidence_sound() -> Result<(), TryRuntimeError> {
		for record in Standings::<T>::iter_values() {
			ensure!(record.standing.is_sound(), "a standing is unsound");
		}
		for summary in Summaries::<T>::iter_values() {
			ensure!(summary.aggregate.is_sound(), "a summary is unsound");
		}
		Ok(())
	}

	/// Nothing is from a later generation of an agent than the agent itself.
	fn try_generations_reached() -> Result<(), TryRuntimeError> {
		let is_reached =
			|agent: AgentId, generation| generation <= Self::record_of(agent).generation;
		let mut summaries = Summaries::<T>::iter();
		ensure!(
			summaries.all(|(agent, _, summary)| is_reached(agent, summary.generation)),
			"a summary is from a future generation"
		);
		let mut entries = Feedback::<T>::iter();
		ensure!(
			entries.all(|((agent, ..), entry)| is_reached(agent, entry.generation)),
			"feedback is from a future generation"
		);
		for settled in SettledWork::<T>::iter_values() {
			let mut agents = settled.client_agent.into_iter().chain([settled.provider_agent]);
			ensure!(
				agents.all(|one| is_reached(one.agent, one.generation)),
				"settled work is from a future generation"
			);
		}
		Ok(())
	}

	/// Every summary counts the feedback under its topic that is not revoked, and is absent where
	/// there is none.
	fn try_summaries_counted() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<(AgentId, Topic), u64>::new();
		for ((agent, ..), entry) in Feedback::<T>::iter() {
			if !entry.is_revoked {
				for topic in entry.topics() {
					let count = expected.entry((agent, topic)).or_default();
					*count = count.checked_add(1).ok_or(ArithmeticError::Overflow)?;
				}
			}
		}
		let counted: BTreeMap<_, _> = Summaries::<T>::iter()
			.map(|(agent, topic, summary)| ((agent, topic), summary.aggregate.count()))
			.collect();
		ensure!(counted == expected, "a summary miscounts its feedback");
		Ok(())
	}

	/// Every index of feedback was given out, and none before the first.
	fn try_indices_given_out() -> Result<(), TryRuntimeError> {
		for (agent, author, index) in Feedback::<T>::iter_keys() {
			let last = LastFeedbackIndex::<T>::get(agent, author);
			ensure!(
				FeedbackIndex::default() < index && index <= last,
				"feedback has an index that was not given out"
			);
		}
		let mut lasts = LastFeedbackIndex::<T>::iter_values();
		ensure!(lasts.all(|last| last > FeedbackIndex::default()), "a last index is zero");
		Ok(())
	}

	/// Settled work weighs something and has two sides, and only agents were rated for it.
	fn try_settled_work_well_formed() -> Result<(), TryRuntimeError> {
		for settled in SettledWork::<T>::iter_values() {
			ensure!(settled.weight > 0, "settled work weighs nothing");
			ensure!(settled.client != settled.provider, "settled work has one side");
			ensure!(
				settled.client_agent.is_some() || !settled.rated_by_provider,
				"a client without an agent was rated"
			);
		}
		Ok(())
	}

	/// There is at most one feedback for each side of a work, and the work, unless it was pruned,
	/// remembers it.
	fn try_work_rated_once() -> Result<(), TryRuntimeError> {
		let mut seen = BTreeSet::<(WorkId, T::AccountId)>::new();
		for ((agent, author, _), entry) in Feedback::<T>::iter() {
			ensure!(seen.insert((entry.work, author.clone())), "work was rated twice by one side");
			let Some(mut settled) = SettledWork::<T>::get(entry.work) else { continue };
			let side = settled.side_of(&author).ok_or("feedback is by a stranger")?;
			let rated = settled.rated_by(side).map(|rated| rated.agent);
			ensure!(rated == Some(agent), "feedback is on a stranger");
			ensure!(*settled.has_rated(side), "work forgot that it was rated");
			ensure!(
				(entry.weight, entry.settled_at) == (settled.weight, settled.at),
				"feedback weighs something else than its work"
			);
		}
		Ok(())
	}

	/// Every response is to feedback that is there.
	fn try_responses_answer_something() -> Result<(), TryRuntimeError> {
		let mut keys = Responses::<T>::iter_keys();
		ensure!(keys.all(Feedback::<T>::contains_key), "a response is to no feedback");
		Ok(())
	}

	/// What each account has on hold as deposit is the sum over its feedback and its responses.
	fn try_deposits_held() -> Result<(), TryRuntimeError> {
		let authors = Feedback::<T>::iter().map(|((_, author, _), entry)| (author, entry.deposit));
		let responders = Responses::<T>::iter_values().map(|one| (one.responder, one.deposit));
		let mut expected = BTreeMap::<T::AccountId, Balance>::new();
		for (who, deposit) in authors.chain(responders) {
			let sum = expected.entry(who).or_default();
			*sum = sum.checked_add(deposit).ok_or(ArithmeticError::Overflow)?;
		}
		for who in frame_system::Account::<T>::iter_keys() {
			expected.entry(who).or_default();
		}
		let reason = HoldReason::Deposit.into();
		let mut held = expected.into_iter();
		ensure!(
			held.all(|(who, sum)| T::Currency::balance_on_hold(&reason, &who) == sum),
			"deposits held differ from those recorded"
		);
		Ok(())
	}
}

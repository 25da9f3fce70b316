//! Reading, for the runtime API and the view functions.

use crate::{
	runtime_api::{MAX_PAGE, MAX_SCAN},
	*,
};
use aitbc_core::{AgentId, FeedbackIndex, WorkId};
use aitbc_reputation::{Component, Score};
use aitbc_traits::{DeadlineClock, TagInspect};
use alloc::{boxed::Box, vec::Vec};
use sp_runtime::traits::SaturatedConversion;

/// One step through an agent's feedback: where, and what is there.
type Visited<T> =
	(FeedbackCursor<<T as frame_system::Config>::AccountId>, Option<FeedbackEntryOf<T>>);

impl<T: Config> Pallet<T> {
	/// The score of `agent` as of now, and what it is made of.
	///
	/// One storage read besides the clock and the parameters, whatever there is about the agent.
	pub(crate) fn score_of(agent: AgentId) -> ScoreInfo {
		let (rules, now) = (Self::rules(), T::Clock::now());
		let AgentRecord { standing, counters, generation } = Self::record_of(agent);
		let Score { mean, lower_bound, evidence, level } = standing.score(&rules, now);
		let components = Component::ALL
			.into_iter()
			.map(|component| {
				let aggregate = standing.aggregate(component);
				ComponentInfo {
					component,
					mean: aggregate.mean(),
					evidence: aggregate.evidence(now, rules.half_life),
					weight: rules.weights.of(component),
				}
			})
			.collect();
		ScoreInfo { mean, lower_bound, evidence, level, components, counters, generation }
	}

	/// The ratings of `agent` under `topic`, as of now.
	///
	/// Three storage reads besides the clock and the parameters, whatever the number of ratings.
	pub(crate) fn summary_of(agent: AgentId, topic: Topic) -> SummaryInfo {
		let Some(mut summary) = Summaries::<T>::get(agent, topic) else {
			return SummaryInfo::default();
		};
		let (rules, now) = (Self::rules(), T::Clock::now());
		summary.catch_up(Self::record_of(agent).generation, now, rules.half_life);
		let scale = T::Tags::rule(topic.tag).map(|rule| rule.scale);
		SummaryInfo {
			count: summary.aggregate.count(),
			mean: scale.zip(summary.aggregate.mean()).map(|(scale, share)| scale.value_at(share)),
			evidence: summary.aggregate.evidence(now, rules.half_life),
		}
	}

	/// What `author` said about `agent` under `index`, and what was answered. Two storage reads.
	pub fn feedback_entry(
		agent: AgentId,
		author: T::AccountId,
		index: FeedbackIndex,
	) -> Option<FeedbackInfo<T::AccountId>> {
		let entry = Feedback::<T>::get((agent, &author, index))?;
		let response = Responses::<T>::get((agent, &author, index));
		Some(FeedbackInfo::new(author, index, entry, response))
	}

	/// The feedback on `agent` that `filter` takes, from the one after `after` on.
	///
	/// Fills the page up to `limit`, at least one and at most [`MAX_PAGE`], and looks at
	/// [`MAX_SCAN`] entries at most, so that a narrow filter cannot make one page read without
	/// bound. One author's feedback comes in the order of its indices, that of many in an order of
	/// the chain's own.
	pub fn feedback(
		agent: AgentId,
		filter: FeedbackFilter<T::AccountId>,
		after: Option<FeedbackCursor<T::AccountId>>,
		limit: u32,
	) -> FeedbackPage<T::AccountId> {
		let limit: usize = limit.clamp(1, MAX_PAGE).saturated_into();
		let mut visits = match &filter.author {
			Some(author) => Self::feedback_of_author(agent, author.clone(), after),
			None => Self::feedback_of_all(agent, after),
		}
		.peekable();
		let mut feedback = Vec::new();
		let mut last = None;
		for _ in 0..MAX_SCAN {
			if feedback.len() >= limit {
				break;
			}
			let Some((cursor, entry)) = visits.next() else { break };
			let wanted = entry.filter(|entry| filter.takes(entry));
			feedback.extend(wanted.map(|entry| {
				let FeedbackCursor { author, index } = cursor.clone();
				let response = Responses::<T>::get((agent, &author, index));
				FeedbackInfo::new(author, index, entry, response)
			}));
			last = Some(cursor);
		}
		let next = visits.peek().and(last);
		FeedbackPage { feedback, next }
	}

	/// The index of the last feedback of `author` on `agent`, zero if there is none. One storage
	/// read.
	pub fn last_feedback_index(agent: AgentId, author: T::AccountId) -> FeedbackIndex {
		LastFeedbackIndex::<T>::get(agent, author)
	}

	/// Who gave feedback on `agent`, erased feedback included, from the one after `after` on.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says. One storage read for each.
	pub fn clients(
		agent: AgentId,
		after: Option<T::AccountId>,
		limit: u32,
	) -> ClientPage<T::AccountId> {
		let limit = limit.clamp(1, MAX_PAGE).saturated_into();
		let mut authors = match after {
			Some(after) => {
				let key = LastFeedbackIndex::<T>::hashed_key_for(agent, after);
				LastFeedbackIndex::<T>::iter_key_prefix_from(agent, key)
			},
			None => LastFeedbackIndex::<T>::iter_key_prefix(agent),
		};
		let clients: Vec<T::AccountId> = authors.by_ref().take(limit).collect();
		let next = authors.next().and(clients.last().cloned());
		ClientPage { clients, next }
	}

	/// The settled work with this id, if it counted and was not pruned. One storage read.
	pub fn settled_work(work: WorkId) -> Option<Settled<T::AccountId>> {
		SettledWork::<T>::get(work)
	}

	/// All of one author's feedback after a place, in the order of its indices. An index whose
	/// feedback was erased has none.
	fn feedback_of_author(
		agent: AgentId,
		author: T::AccountId,
		after: Option<FeedbackCursor<T::AccountId>>,
	) -> Box<dyn Iterator<Item = Visited<T>>> {
		let last = LastFeedbackIndex::<T>::get(agent, &author);
		let start = after.map_or_else(FeedbackIndex::default, |cursor| cursor.index);
		let following = move |index: &FeedbackIndex| index.next().filter(|next| *next <= last);
		let indices = core::iter::successors(following(&start), following);
		Box::new(indices.map(move |index| {
			let entry = Feedback::<T>::get((agent, &author, index));
			(FeedbackCursor { author: author.clone(), index }, entry)
		}))
	}

	/// All of everybody's feedback after a place, in the order of storage.
	fn feedback_of_all(
		agent: AgentId,
		after: Option<FeedbackCursor<T::AccountId>>,
	) -> Box<dyn Iterator<Item = Visited<T>>> {
		let entries = match after {
			Some(FeedbackCursor { author, index }) => {
				let key = Feedback::<T>::hashed_key_for((agent, author, index));
				Feedback::<T>::iter_prefix_from((agent,), key)
			},
			None => Feedback::<T>::iter_prefix((agent,)),
		};
		Box::new(
			entries.map(|((author, index), entry)| (FeedbackCursor { author, index }, Some(entry))),
		)
	}
}

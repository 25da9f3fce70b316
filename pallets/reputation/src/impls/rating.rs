//! Saying something about an agent, and taking it back.

use crate::*;
use aitbc_core::{uri, AgentId, Decimal, FeedbackIndex, TagId, TagRule, TagUse, WorkId};
use aitbc_reputation::Component;
use aitbc_traits::{AgentInspect, DeadlineClock, TagInspect};
use alloc::vec::Vec;
use frame_support::{ensure, traits::fungible::MutateHold, BoundedVec};
use sp_runtime::{ArithmeticError, DispatchResult, Perbill};

/// What feedback does to the evidence on its agent.
#[derive(Clone, Copy)]
pub(crate) enum Change {
	/// It comes in.
	Add,
	/// It goes out.
	Remove,
}

impl<T: Config> Pallet<T> {
	/// See [`Pallet::rate`].
	pub(crate) fn do_rate(
		author: T::AccountId,
		agent: AgentId,
		work: WorkId,
		rating: Rating,
	) -> DispatchResult {
		let mut settled = SettledWork::<T>::get(work).ok_or(Error::<T>::WorkNotFound)?;
		let AgentAt { generation, .. } = Self::take_turn(&mut settled, &author, agent)?;
		Self::ensure_not_self(&author, agent)?;
		let (component, share) = Self::measure(rating.tag, rating.value)?;
		Self::ensure_capability(rating.about)?;
		let endpoint =
			BoundedVec::try_from(rating.endpoint).map_err(|_| Error::<T>::EndpointTooLong)?;
		let uri = Self::checked_uri(rating.uri)?;
		let index =
			LastFeedbackIndex::<T>::get(agent, &author).next().ok_or(ArithmeticError::Overflow)?;
		let deposit = Self::deposit_for_entry(&endpoint, &uri);
		T::Currency::hold(&HoldReason::Deposit.into(), &author, deposit)?;

		let entry = FeedbackEntry {
			work,
			tag: rating.tag,
			about: rating.about,
			value: rating.value,
			share,
			component,
			endpoint,
			uri,
			hash: rating.hash,
			weight: settled.weight,
			settled_at: settled.at,
			generation,
			given_at: T::Clock::now(),
			is_revoked: false,
			deposit,
		};
		SettledWork::<T>::insert(work, settled);
		LastFeedbackIndex::<T>::insert(agent, &author, index);
		Self::change_evidence(agent, &entry, Change::Add);
		Feedback::<T>::insert((agent, &author, index), &entry);
		Self::deposit_event(Event::FeedbackGiven { agent, author, index, entry });
		Ok(())
	}

	/// See [`Pallet::revoke`].
	pub(crate) fn do_revoke(
		author: T::AccountId,
		agent: AgentId,
		index: FeedbackIndex,
	) -> DispatchResult {
		let mut entry = Self::feedback_by(agent, &author, index)?;
		ensure!(!entry.is_revoked, Error::<T>::AlreadyRevoked);

		entry.is_revoked = true;
		Self::change_evidence(agent, &entry, Change::Remove);
		Feedback::<T>::insert((agent, &author, index), entry);
		Self::deposit_event(Event::FeedbackRevoked { agent, author, index });
		Ok(())
	}

	/// The feedback of `author` on `agent` under `index`.
	pub(crate) fn feedback_by(
		agent: AgentId,
		author: &T::AccountId,
		index: FeedbackIndex,
	) -> Result<FeedbackEntryOf<T>, Error<T>> {
		Feedback::<T>::get((agent, author, index)).ok_or(Error::<T>::FeedbackNotFound)
	}

	/// Puts `entry` into, or takes it out of, the agent's score and the summaries that it is in.
	pub(crate) fn change_evidence(agent: AgentId, entry: &FeedbackEntryOf<T>, change: Change) {
		let (rules, now) = (Self::rules(), T::Clock::now());
		let mut record = Self::record_of(agent);
		let evidence = entry.evidence(record.generation);
		match change {
			Change::Add => record.standing.add(entry.component, evidence, &rules, now),
			Change::Remove => record.standing.remove(entry.component, evidence, &rules, now),
		}
		for topic in entry.topics() {
			let mut summary = Summaries::<T>::get(agent, topic).unwrap_or_default();
			summary.catch_up(record.generation, now, rules.half_life);
			match change {
				Change::Add => summary.aggregate.add(evidence, now, rules.half_life),
				Change::Remove => summary.aggregate.remove(evidence, now, rules.half_life),
			}
			if summary.aggregate.count() > 0 {
				Summaries::<T>::insert(agent, topic, summary);
			} else {
				Summaries::<T>::remove(agent, topic);
			}
		}
		Standings::<T>::insert(agent, record);
	}

	/// The URI as stored, if it has the form of one or is empty.
	pub(crate) fn checked_uri(uri: Vec<u8>) -> Result<BoundedVec<u8, T::MaxUriLength>, Error<T>> {
		let uri = BoundedVec::try_from(uri).map_err(|_| Error::<T>::UriTooLong)?;
		ensure!(uri.is_empty() || uri::is_absolute(&uri), Error::<T>::UriMalformed);
		Ok(uri)
	}

	/// Marks the work as rated by the side of `author`, and tells how `agent`, the other side, was
	/// when the work was settled.
	fn take_turn(
		settled: &mut Settled<T::AccountId>,
		author: &T::AccountId,
		agent: AgentId,
	) -> Result<AgentAt, Error<T>> {
		let side = settled.side_of(author).ok_or(Error::<T>::NotParty)?;
		let rated = settled.rated_by(side).filter(|rated| rated.agent == agent);
		let rated = rated.ok_or(Error::<T>::WrongAgent)?;
		let has_rated = settled.has_rated(side);
		ensure!(!*has_rated, Error::<T>::AlreadyRated);
		*has_rated = true;
		Ok(rated)
	}

	/// Checks that nobody who now stands behind `agent` is `author`, or stands behind it.
	fn ensure_not_self(author: &T::AccountId, agent: AgentId) -> Result<(), Error<T>> {
		let owner = T::Agents::owner(agent).ok_or(Error::<T>::AgentNotFound)?;
		let is_wallet = T::Agents::wallet(agent).as_ref() == Some(author);
		let is_behind = Self::agent_behind(author).is_some_and(|(_, behind)| behind == owner);
		ensure!(*author != owner && !is_wallet && !is_behind, Error::<T>::SelfRating);
		Ok(())
	}

	/// What a value with `tag` says of an agent, and where it lies on the tag's scale.
	fn measure(tag: TagId, value: Decimal) -> Result<(Component, Perbill), Error<T>> {
		let TagRule { purpose, scale, is_retired } =
			T::Tags::rule(tag).ok_or(Error::<T>::UnknownTag)?;
		let component = match purpose {
			TagUse::Capability => return Err(Error::<T>::TagNotForRating),
			TagUse::Quality => Component::Quality,
			TagUse::Feedback => Component::Feedback,
		};
		ensure!(!is_retired, Error::<T>::TagRetired);
		let share = scale.share_of(value).ok_or(Error::<T>::ValueOutOfRange)?;
		Ok((component, share))
	}

	/// Checks that `about` names a capability, if anything.
	fn ensure_capability(about: Option<TagId>) -> Result<(), Error<T>> {
		let Some(about) = about else { return Ok(()) };
		let rule = T::Tags::rule(about).ok_or(Error::<T>::UnknownTag)?;
		ensure!(rule.purpose == TagUse::Capability, Error::<T>::AboutNotCapability);
		ensure!(!rule.is_retired, Error::<T>::TagRetired);
		Ok(())
	}
}

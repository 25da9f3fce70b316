//! Freeing storage when its time has come.

use super::rating::Change;
use crate::*;
use aitbc_core::{AgentId, BlockNumber, FeedbackIndex, WorkId};
use aitbc_traits::{AgentInspect, DeadlineClock};
use frame_support::{ensure, traits::Get};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// See [`Pallet::erase`].
	pub(crate) fn do_erase(
		caller: T::AccountId,
		agent: AgentId,
		author: T::AccountId,
		index: FeedbackIndex,
	) -> DispatchResult {
		let entry = Self::feedback_by(agent, &author, index)?;
		let key = (agent, author.clone(), index);
		let response = Responses::<T>::get(&key).map(|one| (one.responder, one.deposit));
		let is_responder = response.as_ref().is_some_and(|(responder, _)| *responder == caller);
		ensure!(caller == author || is_responder, Error::<T>::NotAuthorNorResponder);
		let is_over = entry.is_revoked
			|| Self::is_retention_over(entry.given_at)
			|| T::Agents::status(agent).is_none();
		ensure!(is_over, Error::<T>::RetentionNotElapsed);
		Self::return_deposit(&author, entry.deposit)?;
		if let Some((responder, deposit)) = &response {
			Self::return_deposit(responder, *deposit)?;
		}

		if !entry.is_revoked {
			Self::change_evidence(agent, &entry, Change::Remove);
		}
		Feedback::<T>::remove(&key);
		Responses::<T>::remove(&key);
		let deposit = entry.deposit;
		Self::deposit_event(Event::FeedbackErased { agent, author, index, deposit, response });
		Ok(())
	}

	/// See [`Pallet::prune`].
	pub(crate) fn do_prune(work: WorkId) -> DispatchResult {
		let settled = SettledWork::<T>::get(work).ok_or(Error::<T>::WorkNotFound)?;
		ensure!(Self::is_retention_over(settled.at), Error::<T>::RetentionNotElapsed);

		SettledWork::<T>::remove(work);
		Self::deposit_event(Event::WorkPruned { work });
		Ok(())
	}

	/// Whether what was stored at `since` has been kept for long enough.
	fn is_retention_over(since: BlockNumber) -> bool {
		// Saturating: with an absurd half-life the period is the clock's whole range.
		let retention = T::HalfLife::get().saturating_mul(RETENTION_HALF_LIVES);
		// The clock never goes back.
		T::Clock::now().saturating_sub(since) >= retention
	}
}

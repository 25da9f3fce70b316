//! Answering feedback.

use crate::*;
use aitbc_core::{AgentId, DocumentHash, FeedbackIndex};
use aitbc_traits::{AgentInspect, DeadlineClock};
use alloc::vec::Vec;
use frame_support::{ensure, traits::fungible::MutateHold};
use sp_runtime::{traits::SaturatedConversion, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::respond`].
	pub(crate) fn do_respond(
		responder: T::AccountId,
		agent: AgentId,
		author: T::AccountId,
		index: FeedbackIndex,
		uri: Vec<u8>,
		hash: DocumentHash,
	) -> DispatchResult {
		let key = (agent, author.clone(), index);
		ensure!(Feedback::<T>::contains_key(&key), Error::<T>::FeedbackNotFound);
		let is_rated = T::Agents::owner(agent).as_ref() == Some(&responder)
			|| T::Agents::wallet(agent).as_ref() == Some(&responder);
		ensure!(is_rated, Error::<T>::NotRatedAgent);
		ensure!(!Responses::<T>::contains_key(&key), Error::<T>::AlreadyResponded);
		ensure!(!uri.is_empty(), Error::<T>::UriEmpty);
		let uri = Self::checked_uri(uri)?;
		let deposit = Self::deposit_for_response(uri.len().saturated_into());
		T::Currency::hold(&HoldReason::Deposit.into(), &responder, deposit)?;

		let at = T::Clock::now();
		let response =
			Response { responder: responder.clone(), uri: uri.clone(), hash, at, deposit };
		Responses::<T>::insert(key, response);
		Self::deposit_event(Event::ResponseGiven {
			agent,
			author,
			index,
			responder,
			uri,
			hash,
			at,
			deposit,
		});
		Ok(())
	}
}

//! The beginning of a validation, and its end: request, expire, erase.

use crate::*;
use aitbc_core::{uri, AgentId, AgentKind, Balance, BlockNumber, TagId, ValidationId};
use aitbc_traits::{AgentInspect, AgentStatus, DeadlineClock, TagInspect};
use alloc::vec::Vec;
use core::iter::once;
use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{fungible::Inspect, Get},
	BoundedVec,
};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::request`].
	pub(crate) fn do_request(
		requester: T::AccountId,
		validator: AgentId,
		subject: AgentId,
		work: Work<Vec<u8>>,
		tag: Option<TagId>,
		fee: Balance,
		deadline: BlockNumber,
	) -> DispatchResult {
		Self::ensure_validator(validator)?;
		Self::ensure_subject(subject)?;
		Self::ensure_independent(validator, subject, &requester)?;
		let work = Work { uri: Self::checked_uri(work.uri)?, hash: work.hash };
		Self::ensure_tag(tag)?;
		Self::ensure_fee(fee)?;
		Self::ensure_deadline(deadline)?;
		let open = (&requester, validator, work.hash);
		ensure!(!OpenRequests::<T>::contains_key(open), Error::<T>::AlreadyRequested);
		let validation = NextValidationId::<T>::get();
		let next = validation.next().ok_or(ArithmeticError::Overflow)?;
		let deposit = Self::request_deposit(work.uri.len().saturated_into());
		with_storage_layer(|| {
			Self::hold(HoldReason::Deposit, &requester, deposit)?;
			Self::hold(HoldReason::Fee, &requester, fee)
		})?;

		NextValidationId::<T>::put(next);
		OpenRequests::<T>::insert(open, validation);
		ValidationsBySubject::<T>::insert(subject, validation, ());
		ValidationsByValidator::<T>::insert(validator, validation, ());
		let record = Validation {
			requester: requester.clone(),
			validator,
			subject,
			work: work.clone(),
			tag,
			fee,
			deadline,
			deposit,
			state: ValidationState::Requested,
		};
		Validations::<T>::insert(validation, record);
		Self::deposit_event(Event::ValidationRequested {
			validation,
			requester,
			validator,
			subject,
			work,
			tag,
			fee,
			deadline,
			deposit,
		});
		Ok(())
	}

	/// See [`Pallet::expire`].
	pub(crate) fn do_expire(validation: ValidationId) -> DispatchResult {
		let mut record = Self::record(validation)?;
		let soft = match record.state {
			ValidationState::Requested => None,
			ValidationState::Soft { answer } => Some(answer),
			ValidationState::Hard { .. } => return Err(Error::<T>::AlreadyAnswered.into()),
			ValidationState::Expired { .. } => return Err(Error::<T>::AlreadyExpired.into()),
		};
		ensure!(record.deadline < T::Clock::now(), Error::<T>::DeadlineNotPassed);
		let (requester, fee) = (record.requester.clone(), record.fee);
		Self::give_back(HoldReason::Fee, &requester, fee)?;

		let is_missed = soft.is_some();
		if is_missed {
			Self::count_missed(record.validator);
			Self::count_open_down(record.validator);
		}
		OpenRequests::<T>::remove((&requester, record.validator, record.work.hash));
		record.state = ValidationState::Expired { soft };
		Validations::<T>::insert(validation, record);
		Self::deposit_event(Event::ValidationExpired { validation, requester, fee, is_missed });
		Ok(())
	}

	/// See [`Pallet::erase`].
	pub(crate) fn do_erase(caller: T::AccountId, validation: ValidationId) -> DispatchResult {
		let Validation { requester, validator, subject, deposit, state, .. } =
			Self::record(validation)?;
		ensure!(caller == requester, Error::<T>::NotRequester);
		ensure!(state.is_concluded(), Error::<T>::NotConcluded);
		Self::give_back(HoldReason::Deposit, &requester, deposit)?;

		Validations::<T>::remove(validation);
		ValidationsBySubject::<T>::remove(subject, validation);
		ValidationsByValidator::<T>::remove(validator, validation);
		Self::deposit_event(Event::ValidationErased { validation, requester, deposit });
		Ok(())
	}

	/// The validation with the id `validation`, unless it is erased.
	pub(crate) fn record(validation: ValidationId) -> Result<ValidationOf<T>, Error<T>> {
		Validations::<T>::get(validation).ok_or(Error::<T>::ValidationNotFound)
	}

	/// Checks that no account stands behind both the validator and whom it judges or is asked by.
	///
	/// It sees accounts, not people: whoever hides behind another account gets past. What keeps such
	/// a one from lying is the bond.
	pub(crate) fn ensure_independent(
		validator: AgentId,
		subject: AgentId,
		requester: &T::AccountId,
	) -> Result<(), Error<T>> {
		let accounts =
			|agent| [T::Agents::owner(agent), T::Agents::wallet(agent)].into_iter().flatten();
		let others: Vec<_> = accounts(subject).chain(once(requester.clone())).collect();
		let is_independent = !accounts(validator).any(|account| others.contains(&account));
		ensure!(is_independent, Error::<T>::ConflictOfInterest);
		Ok(())
	}

	/// Checks the form of a URI, which the chain can't fetch.
	pub(crate) fn checked_uri(uri: Vec<u8>) -> Result<UriOf<T>, Error<T>> {
		let uri = BoundedVec::try_from(uri).map_err(|_| Error::<T>::UriTooLong)?;
		ensure!(!uri.is_empty(), Error::<T>::UriEmpty);
		ensure!(uri::is_absolute(&uri), Error::<T>::UriMalformed);
		Ok(uri)
	}

	/// Checks that `agent` is a validator and takes work.
	fn ensure_validator(agent: AgentId) -> Result<(), Error<T>> {
		let kind = T::Agents::kind(agent).ok_or(Error::<T>::ValidatorNotFound)?;
		ensure!(kind == AgentKind::Validator, Error::<T>::NotAValidator);
		let is_active = T::Agents::status(agent) == Some(AgentStatus::Active);
		ensure!(is_active, Error::<T>::ValidatorNotActive);
		Ok(())
	}

	/// Checks that `agent` is registered, whatever it does now.
	fn ensure_subject(agent: AgentId) -> Result<(), Error<T>> {
		ensure!(T::Agents::kind(agent).is_some(), Error::<T>::SubjectNotFound);
		Ok(())
	}

	/// Checks that new validations may have `tag`.
	fn ensure_tag(tag: Option<TagId>) -> Result<(), Error<T>> {
		let Some(tag) = tag else { return Ok(()) };
		let rule = T::Tags::rule(tag).ok_or(Error::<T>::TagNotFound)?;
		ensure!(!rule.is_retired, Error::<T>::TagRetired);
		Ok(())
	}

	/// Checks that any account could take `fee`.
	fn ensure_fee(fee: Balance) -> Result<(), Error<T>> {
		ensure!(fee == 0 || fee >= T::Currency::minimum_balance(), Error::<T>::FeeTooSmall);
		Ok(())
	}

	/// Checks that `deadline` leaves time to answer, and not for ever.
	fn ensure_deadline(deadline: BlockNumber) -> Result<(), Error<T>> {
		let now = T::Clock::now();
		ensure!(deadline > now, Error::<T>::DeadlineNotInFuture);
		let latest = now.saturating_add(T::MaxResponseTime::get());
		ensure!(deadline <= latest, Error::<T>::DeadlineTooFar);
		Ok(())
	}
}

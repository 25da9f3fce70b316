//! What a validator says: softly, then for good.

use crate::*;
use aitbc_core::ValidationId;
use aitbc_traits::{AgentInspect, AgentStatus, DeadlineClock};
use alloc::vec::Vec;
use frame_support::{ensure, storage::with_storage_layer, traits::Get};
use sp_runtime::{ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::answer`].
	pub(crate) fn do_answer(
		caller: T::AccountId,
		validation: ValidationId,
		score: Score,
		finality: Finality,
		evidence: Document<Vec<u8>>,
	) -> DispatchResult {
		let record = Self::record(validation)?;
		Self::ensure_may_answer(&caller, &record)?;
		let evidence = Document { uri: Self::checked_uri(evidence.uri)?, hash: evidence.hash };
		let answer = Answer { score, evidence, at: T::Clock::now() };
		match finality {
			Finality::Soft => Self::answer_softly(validation, record, answer),
			Finality::Hard => Self::answer_finally(validation, record, answer, caller),
		}
	}

	/// Keeps `answer` until another replaces it.
	fn answer_softly(
		validation: ValidationId,
		mut record: ValidationOf<T>,
		answer: Answer<UriOf<T>>,
	) -> DispatchResult {
		let open = Self::open_with(&record)?;

		OpenValidations::<T>::insert(record.validator, open);
		record.state = ValidationState::Soft { answer: answer.clone() };
		Validations::<T>::insert(validation, record);
		Self::deposit_event(Event::SoftAnswerGiven { validation, answer });
		Ok(())
	}

	/// Takes `answer` as final: pays `wallet`, which gives it, and holds the bond on it.
	fn answer_finally(
		validation: ValidationId,
		mut record: ValidationOf<T>,
		answer: Answer<UriOf<T>>,
		wallet: T::AccountId,
	) -> DispatchResult {
		let open = Self::open_with(&record)?;
		let (fee, bond) = (record.fee, T::Bond::get());
		let until = answer.at.saturating_add(T::ChallengePeriod::get());
		with_storage_layer(|| {
			// The fee comes first, so that it may serve for the bond.
			Self::pay(HoldReason::Fee, &record.requester, &wallet, fee)?;
			Self::hold(HoldReason::Bond, &wallet, bond)
		})?;

		OpenValidations::<T>::insert(record.validator, open);
		OpenRequests::<T>::remove((&record.requester, record.validator, record.work.hash));
		Self::count_answered(&record, &answer.score);
		record.state = ValidationState::Hard {
			answer: answer.clone(),
			wallet: wallet.clone(),
			bond: Bond::Held { amount: bond, from: answer.at, until },
		};
		Validations::<T>::insert(validation, record);
		Self::deposit_event(Event::HardAnswerGiven {
			validation,
			answer,
			wallet,
			fee,
			bond,
			until,
		});
		Ok(())
	}

	/// Checks that `caller` may answer for the validator now.
	///
	/// The validator need not take new work, but must not be suspended. Agents may have changed
	/// hands since the request, so its independence is checked anew.
	fn ensure_may_answer(caller: &T::AccountId, record: &ValidationOf<T>) -> Result<(), Error<T>> {
		let wallet = T::Agents::wallet(record.validator);
		ensure!(wallet.as_ref() == Some(caller), Error::<T>::NotValidator);
		let is_hard = matches!(record.state, ValidationState::Hard { .. });
		ensure!(!is_hard, Error::<T>::AlreadyAnswered);
		// What expired has its deadline behind it, since the clock never goes back.
		ensure!(T::Clock::now() <= record.deadline, Error::<T>::DeadlinePassed);
		let is_suspended = T::Agents::status(record.validator) == Some(AgentStatus::Suspended);
		ensure!(!is_suspended, Error::<T>::ValidatorSuspended);
		Self::ensure_independent(record.validator, record.subject, &record.requester)
	}

	/// How many validations of its validator are open once this one is answered.
	fn open_with(record: &ValidationOf<T>) -> Result<u32, ArithmeticError> {
		let open = OpenValidations::<T>::get(record.validator);
		if record.state.is_taken_up() {
			return Ok(open);
		}
		open.checked_add(1).ok_or(ArithmeticError::Overflow)
	}
}

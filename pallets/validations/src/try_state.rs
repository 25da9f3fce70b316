//! What must hold of the storage between any two calls, one function for each invariant.

use crate::*;
use aitbc_core::{AgentId, Balance};
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::{ArithmeticError, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_validations_well_formed()?;
		Self::try_disputes_sound()?;
		Self::try_ids_below_next()?;
		Self::try_indexes_complete()?;
		Self::try_open_requests_found()?;
		Self::try_open_validations_counted()?;
		Self::try_summaries_count_answers()?;
		Self::try_summaries_add_up()?;
		Self::try_records_count_validations()?;
		Self::try_money_held()
	}

	/// Nobody judges itself, and nobody answered after the deadline.
	fn try_validations_well_formed() -> Result<(), TryRuntimeError> {
		for record in Validations::<T>::iter_values() {
			ensure!(record.validator != record.subject, "a validator judges itself");
			let answer = match &record.state {
				ValidationState::Requested => None,
				ValidationState::Soft { answer } | ValidationState::Hard { answer, .. } => {
					Some(answer)
				},
				ValidationState::Expired { soft } => soft.as_ref(),
			};
			ensure!(
				answer.is_none_or(|answer| answer.at <= record.deadline),
				"an answer came after the deadline"
			);
		}
		Ok(())
	}

	/// Each case decides about one answer, which its own wallet does not challenge, and leaves time to
	/// challenge it again.
	fn try_disputes_sound() -> Result<(), TryRuntimeError> {
		let mut cases = BTreeSet::new();
		for record in Validations::<T>::iter_values() {
			let ValidationState::Hard { wallet, bond, .. } = record.state else { continue };
			let Bond::Disputed { challenger, case, left, .. } = bond else { continue };
			ensure!(cases.insert(case), "a case decides about two answers");
			ensure!(challenger != wallet, "a wallet challenges its own answer");
			ensure!(left > 0, "a dispute began after the challenge period");
		}
		Ok(())
	}

	/// Every id that is in use was given out.
	fn try_ids_below_next() -> Result<(), TryRuntimeError> {
		let next = NextValidationId::<T>::get();
		ensure!(Validations::<T>::iter_keys().all(|id| id < next), "a validation has a future id");
		Ok(())
	}

	/// The indexes name each validation under its subject and under its validator, and nothing else.
	fn try_indexes_complete() -> Result<(), TryRuntimeError> {
		for (id, record) in Validations::<T>::iter() {
			let is_indexed = ValidationsBySubject::<T>::contains_key(record.subject, id)
				&& ValidationsByValidator::<T>::contains_key(record.validator, id);
			ensure!(is_indexed, "an index lacks a validation");
		}
		let validations = Validations::<T>::iter_keys().count();
		ensure!(
			ValidationsBySubject::<T>::iter_keys().count() == validations,
			"the index of subjects names what is not there"
		);
		ensure!(
			ValidationsByValidator::<T>::iter_keys().count() == validations,
			"the index of validators names what is not there"
		);
		Ok(())
	}

	/// `OpenRequests` names each validation that awaits a hard answer, and nothing else.
	fn try_open_requests_found() -> Result<(), TryRuntimeError> {
		let mut awaited = 0usize;
		for (id, record) in Validations::<T>::iter() {
			if record.state.is_awaited() {
				let key = (record.requester, record.validator, record.work.hash);
				ensure!(OpenRequests::<T>::get(key) == Some(id), "an open request can't be found");
				awaited = awaited.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			}
		}
		ensure!(
			OpenRequests::<T>::iter_keys().count() == awaited,
			"OpenRequests names what awaits no answer"
		);
		Ok(())
	}

	/// `OpenValidations` counts what each validator took up and has not ended, and is absent where
	/// there is nothing.
	fn try_open_validations_counted() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<AgentId, u32>::new();
		for record in Validations::<T>::iter_values() {
			if record.state.is_taken_up() {
				let count = expected.entry(record.validator).or_default();
				*count = count.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			}
		}
		let counted: BTreeMap<_, _> = OpenValidations::<T>::iter().collect();
		ensure!(counted == expected, "OpenValidations differs from what was taken up");
		Ok(())
	}

	/// Each summary counts the answers that stand, and beside them only erased ones, with scores
	/// that are possible.
	fn try_summaries_count_answers() -> Result<(), TryRuntimeError> {
		let mut standing = BTreeMap::<(AgentId, SummaryScope), Summary>::new();
		for record in Validations::<T>::iter_values() {
			let Some(answer) = record.state.standing_answer() else { continue };
			for scope in SummaryScope::all_of(record.validator, record.tag) {
				let summary = standing.entry((record.subject, scope)).or_default();
				add(summary, Summary { count: 1, sum: answer.score.get().into() })?;
			}
		}
		for (subject, scope, summary) in Summaries::<T>::iter() {
			ensure!(summary.count > 0, "a summary counts nothing");
			let found = standing.remove(&(subject, scope)).unwrap_or_default();
			ensure!(is_possible(summary, found), "a summary differs from the answers that stand");
		}
		ensure!(standing.is_empty(), "a summary is missing");
		Ok(())
	}

	/// The summaries by each validator make up those by any, and the summaries of tags come to no
	/// more than those of any tag or none.
	fn try_summaries_add_up() -> Result<(), TryRuntimeError> {
		let mut by_any = BTreeMap::<(AgentId, SummaryScope), Summary>::new();
		let mut of_tags = BTreeMap::<(AgentId, SummaryScope), Summary>::new();
		for (subject, scope, summary) in Summaries::<T>::iter() {
			if scope.validator.is_some() {
				let wider = SummaryScope { validator: None, ..scope };
				add(by_any.entry((subject, wider)).or_default(), summary)?;
			}
			if scope.tag.is_some() {
				let wider = SummaryScope { tag: None, ..scope };
				add(of_tags.entry((subject, wider)).or_default(), summary)?;
			}
		}
		for (subject, scope, summary) in Summaries::<T>::iter() {
			if scope.validator.is_none() {
				let parts = by_any.remove(&(subject, scope));
				ensure!(parts == Some(summary), "a summary by any differs from those by each");
			}
		}
		ensure!(by_any.is_empty(), "a summary by any is missing");
		for ((subject, scope), part) in of_tags {
			let whole = Summaries::<T>::get(subject, scope);
			ensure!(is_possible(whole, part), "summaries of tags exceed that of any tag");
		}
		Ok(())
	}

	/// The record of each validator counts its validations, and beside them only erased ones.
	fn try_records_count_validations() -> Result<(), TryRuntimeError> {
		let mut found = BTreeMap::<AgentId, ValidatorRecord>::new();
		for record in Validations::<T>::iter_values() {
			let found = found.entry(record.validator).or_default();
			let counters: Vec<&mut u64> = match record.state {
				ValidationState::Hard { bond: Bond::Slashed, .. } => {
					Vec::from([&mut found.answered, &mut found.overturned])
				},
				ValidationState::Hard { .. } => Vec::from([&mut found.answered]),
				ValidationState::Expired { soft: Some(_) } => Vec::from([&mut found.missed]),
				_ => Vec::new(),
			};
			for counter in counters {
				*counter = counter.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			}
		}
		for (validator, found) in found {
			let counted = ValidatorRecords::<T>::get(validator);
			let is_covered = found.answered <= counted.answered
				&& found.missed <= counted.missed
				&& found.overturned <= counted.overturned;
			ensure!(is_covered, "a validator's record lacks a validation");
		}
		ensure!(
			ValidatorRecords::<T>::iter_values().all(|one| one.overturned <= one.answered),
			"more answers were overturned than given"
		);
		Ok(())
	}

	/// What is held on each account for each reason is what its validations say.
	fn try_money_held() -> Result<(), TryRuntimeError> {
		for (reason, mismatch) in [
			(HoldReason::Deposit, "deposits held differ from those recorded"),
			(HoldReason::Fee, "fees held differ from those offered"),
			(HoldReason::Bond, "bonds held differ from those at risk"),
		] {
			let mut expected = BTreeMap::<T::AccountId, Balance>::new();
			for who in frame_system::Account::<T>::iter_keys() {
				expected.insert(who, 0);
			}
			let holds = Validations::<T>::iter_values().flat_map(|record| record.holds());
			for (_, who, amount) in holds.filter(|(held_for, _, _)| *held_for == reason) {
				let total = expected.entry(who).or_default();
				*total = total.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
			}
			let reason = reason.into();
			for (who, amount) in expected {
				ensure!(T::Currency::balance_on_hold(&reason, &who) == amount, mismatch);
			}
		}
		Ok(())
	}
}

/// Adds `more` to `summary`.
fn add(summary: &mut Summary, more: Summary) -> Result<(), ArithmeticError> {
	summary.count = summary.count.checked_add(more.count).ok_or(ArithmeticError::Overflow)?;
	summary.sum = summary.sum.checked_add(more.sum).ok_or(ArithmeticError::Overflow)?;
	Ok(())
}

/// Whether some number of answers, each with a possible score, makes `whole` of `part`.
fn is_possible(whole: Summary, part: Summary) -> bool {
	match (whole.count.checked_sub(part.count), whole.sum.checked_sub(part.sum)) {
		(Some(count), Some(sum)) => {
			u128::from(count).checked_mul(MAX_SCORE.into()).is_some_and(|most| sum <= most)
		},
		_ => false,
	}
}

//! What answers come to: the summaries of subjects, the records of validators, and the count of
//! what is open.

use crate::*;
use aitbc_core::AgentId;
use frame_support::defensive;

impl<T: Config> Pallet<T> {
	/// Counts a new hard answer for the subject and for the validator.
	pub(crate) fn count_answered(record: &ValidationOf<T>, score: &Score) {
		for scope in SummaryScope::all_of(record.validator, record.tag) {
			// There are fewer than 2^64 validations, each with one score of one byte, so neither
			// number saturates.
			Summaries::<T>::mutate(record.subject, scope, |summary| {
				summary.count = summary.count.saturating_add(1);
				summary.sum = summary.sum.saturating_add(score.get().into());
			});
		}
		Self::count(record.validator, |record| &mut record.answered);
	}

	/// Counts a hard answer no more for the subject, and as overturned for the validator.
	pub(crate) fn count_overturned(record: &ValidationOf<T>, score: &Score) {
		for scope in SummaryScope::all_of(record.validator, record.tag) {
			let Summary { count, sum } = Summaries::<T>::get(record.subject, scope);
			match (count.checked_sub(1), sum.checked_sub(score.get().into())) {
				(Some(0), _) => Summaries::<T>::remove(record.subject, scope),
				(Some(count), Some(sum)) => {
					Summaries::<T>::insert(record.subject, scope, Summary { count, sum });
				},
				_ => {
					defensive!("each hard answer was counted once, and is overturned once");
				},
			}
		}
		Self::count(record.validator, |record| &mut record.overturned);
	}

	/// Counts a request that `validator` took up and left without a hard answer.
	pub(crate) fn count_missed(validator: AgentId) {
		Self::count(validator, |record| &mut record.missed);
	}

	/// Counts one open validation less for `validator`.
	pub(crate) fn count_open_down(validator: AgentId) {
		match OpenValidations::<T>::get(validator).checked_sub(1) {
			Some(0) => OpenValidations::<T>::remove(validator),
			Some(left) => OpenValidations::<T>::insert(validator, left),
			None => {
				defensive!("the first answer counts each validation up, and it ends once");
			},
		}
	}

	/// Counts one more in a field of the record of `validator`.
	fn count(validator: AgentId, field: impl FnOnce(&mut ValidatorRecord) -> &mut u64) {
		ValidatorRecords::<T>::mutate(validator, |record| {
			let counter = field(record);
			// There are fewer than 2^64 validations, and each counts at most once.
			*counter = counter.saturating_add(1);
		});
	}
}

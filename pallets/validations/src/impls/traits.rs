//! What disputes asks of the pallet, and tells it.

use crate::*;
use aitbc_core::{CaseId, DocumentHash, Fact, Ruling, Subject};
use aitbc_traits::{CaseFacts, OnRuling};
use frame_support::weights::Weight;

impl<T: Config> OnRuling for Pallet<T> {
	fn on_ruling(subject: Subject, case: CaseId, ruling: &Ruling) {
		let Subject::Validation(validation) = subject else { return };
		if let Err(reason) = Self::rule(validation, case, ruling) {
			log::error!(
				target: LOG_TARGET,
				"ignored the ruling of case {} on {subject:?}: {reason}",
				case.0,
			);
		}
	}

	fn weight() -> Weight {
		T::WeightInfo::on_ruling()
	}
}

impl<T: Config> CaseFacts for Pallet<T> {
	/// A document says nothing: the chain can't judge evidence.
	fn fact(subject: Subject, _: &[u8]) -> Option<Fact> {
		let Subject::Validation(validation) = subject else { return None };
		let ValidationState::Hard { answer, bond: Bond::Disputed { .. }, .. } =
			Validations::<T>::get(validation)?.state
		else {
			return None;
		};
		(answer.evidence.hash == DocumentHash::default()).then_some(Fact::NothingShown)
	}

	fn weight(_: u32) -> Weight {
		T::WeightInfo::fact()
	}
}

//! What the parties show.

use crate::*;
use aitbc_core::{uri, CaseId, DocumentHash};
use aitbc_traits::DeadlineClock;
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get, BoundedVec};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::submit_evidence`].
	pub(crate) fn do_submit_evidence(
		caller: T::AccountId,
		id: CaseId,
		kind: EvidenceKind,
		uri: Vec<u8>,
		hash: DocumentHash,
	) -> DispatchResult {
		let mut case = Self::case_record(id)?;
		let by = Self::party_of(&case, &caller)?;
		Self::ensure_evidence_open(&case)?;
		let filed = case.evidence.of_mut(by);
		ensure!(*filed < T::MaxEvidence::get(), Error::<T>::TooMuchEvidence);
		let stored = BoundedVec::try_from(uri.clone()).map_err(|_| Error::<T>::UriTooLong)?;
		ensure!(uri::is_absolute(&uri), Error::<T>::UriMalformed);
		*filed = filed.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		let number =
			Self::evidence_count(&case).checked_sub(1).ok_or(ArithmeticError::Underflow)?;
		let deposit = Self::evidence_deposit(uri.len().saturated_into());
		Self::hold(HoldReason::Deposit, &caller, deposit)?;

		let at = T::Clock::now();
		Evidence::<T>::insert(
			id,
			number,
			EvidenceItem { by, kind, uri: stored, hash, at, deposit },
		);
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::EvidenceSubmitted {
			case: id,
			number,
			by,
			kind,
			uri,
			hash,
			deposit,
		});
		Ok(())
	}

	/// Checks that `case` takes evidence: before its first round, and up to the end of each round's.
	fn ensure_evidence_open(case: &CaseOf<T>) -> Result<(), Error<T>> {
		match case.state {
			CaseState::Settling { .. } => Ok(()),
			CaseState::Drawing { evidence_until, .. }
			| CaseState::Voting { evidence_until, .. } => {
				ensure!(T::Clock::now() <= evidence_until, Error::EvidenceClosed);
				Ok(())
			},
			CaseState::Appealable { .. } | CaseState::Overseen { .. } => Err(Error::EvidenceClosed),
			CaseState::Ruled { .. } => Err(Error::AlreadyRuled),
		}
	}

	/// How many pieces of evidence there are.
	pub(crate) fn evidence_count(case: &CaseOf<T>) -> u32 {
		case.evidence.client.saturating_add(case.evidence.provider)
	}

	/// Removes all evidence of `case`, and gives the deposits back.
	pub(crate) fn remove_evidence(id: CaseId, case: &CaseOf<T>) {
		for number in 0..Self::evidence_count(case) {
			if let Some(EvidenceItem { by, deposit, .. }) = Evidence::<T>::take(id, number) {
				let payer = case.parties.of(by);
				Self::give_back(HoldReason::Deposit, payer, deposit);
			}
		}
	}
}

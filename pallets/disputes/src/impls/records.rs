//! Finding a case, its rounds and its parties, and the index of who takes part.

use crate::*;
use aitbc_core::{BlockNumber, CaseId, Party, Round};
use aitbc_traits::DeadlineClock;
use frame_support::{ensure, traits::DefensiveOption};

impl<T: Config> Pallet<T> {
	/// The case with the id `id`.
	pub(crate) fn case_record(id: CaseId) -> Result<CaseOf<T>, Error<T>> {
		Cases::<T>::get(id).ok_or(Error::CaseNotFound)
	}

	/// The record of `round` of a case that has one.
	pub(crate) fn round_record(id: CaseId, round: Round) -> Result<RoundOf<T>, Error<T>> {
		Rounds::<T>::get(id, round).defensive_ok_or(Error::CaseNotFound)
	}

	/// What the court of `case` costs, which must be before it.
	pub(crate) fn terms_of(case: &CaseOf<T>) -> Result<CourtTerms, Error<T>> {
		case.court.defensive_ok_or(Error::CaseNotFound)
	}

	/// Which party of `case` the account `who` is.
	pub(crate) fn party_of(case: &CaseOf<T>, who: &T::AccountId) -> Result<Party, Error<T>> {
		case.parties.party(who).ok_or(Error::NotParty)
	}

	/// Up to when the parties of `case` may settle, and what one of them offers.
	pub(crate) fn settling(
		case: &CaseOf<T>,
	) -> Result<(BlockNumber, Option<SettlementOffer>), Error<T>> {
		match case.state {
			CaseState::Settling { until, offer } => {
				ensure!(T::Clock::now() <= until, Error::SettlementOver);
				Ok((until, offer))
			},
			CaseState::Ruled { .. } => Err(Error::AlreadyRuled),
			_ => Err(Error::SettlementOver),
		}
	}

	/// Takes note that `who` takes part in a case in one more way.
	pub(crate) fn add_role(who: &T::AccountId, id: CaseId) {
		CasesByAccount::<T>::mutate(who, id, |count| *count = count.saturating_add(1));
	}

	/// Takes note that `who` takes part in a case in one way less.
	pub(crate) fn drop_role(who: &T::AccountId, id: CaseId) {
		CasesByAccount::<T>::mutate_exists(who, id, |count| {
			*count = count.and_then(|count| count.checked_sub(1)).filter(|count| *count > 0);
		});
	}
}

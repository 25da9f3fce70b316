//! What the parties, and the chain itself, can end before any juror is asked.

use super::ruling::Verdict;
use crate::*;
use aitbc_core::{CaseId, Round, Tenths};
use aitbc_traits::CaseFacts;
use frame_support::{ensure, traits::Get, weights::Weight};
use sp_runtime::{traits::SaturatedConversion, DispatchError, DispatchResult, Perbill};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::offer`].
	pub(crate) fn do_offer(
		caller: T::AccountId,
		id: CaseId,
		client_share: Perbill,
	) -> DispatchResult {
		let mut case = Self::case_record(id)?;
		let by = Self::party_of(&case, &caller)?;
		let (until, _) = Self::settling(&case)?;

		let offer = Some(SettlementOffer { by, client_share });
		case.state = CaseState::Settling { until, offer };
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::SettlementOffered { case: id, by, client_share });
		Ok(())
	}

	/// See [`Pallet::accept`].
	pub(crate) fn do_accept(
		caller: T::AccountId,
		id: CaseId,
		client_share: Perbill,
	) -> Result<Weight, DispatchError> {
		let case = Self::case_record(id)?;
		let by = Self::party_of(&case, &caller)?;
		let (_, offer) = Self::settling(&case)?;
		let offer = offer.ok_or(Error::<T>::OfferNotFound)?;
		ensure!(offer.by != by, Error::<T>::OwnOffer);
		ensure!(offer.client_share == client_share, Error::<T>::OfferMismatch);

		let closing = Self::rule_unheard(id, case, Verdict::settled(client_share));
		Ok(T::WeightInfo::accept().saturating_add(closing))
	}

	/// See [`Pallet::defend`].
	pub(crate) fn do_defend(
		caller: T::AccountId,
		id: CaseId,
		claim: Tenths,
	) -> Result<Weight, DispatchError> {
		let mut case = Self::case_record(id)?;
		let by = Self::party_of(&case, &caller)?;
		ensure!(by == case.respondent(), Error::<T>::NotRespondent);
		Self::settling(&case)?;
		ensure!(case.claims.of(by).is_none(), Error::<T>::AlreadyDefended);
		if case.is_conceded_by(claim) {
			return Ok(Self::concede(id, case, claim));
		}
		let stake = match case.court {
			Some(terms) => {
				let mut record = Self::round_record(id, Round::default())?;
				let amount = terms.seat_fee.saturating_mul(record.seats.into());
				Self::hold(HoldReason::Stake, &caller, amount)?;
				record.stake(by, Stake { payer: caller, amount, deposit: 0 });
				Rounds::<T>::insert(id, Round::default(), record);
				amount
			},
			None => 0,
		};

		*case.claims.of_mut(by) = Some(claim);
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::CaseDefended { case: id, claim, stake });
		Ok(T::WeightInfo::defend())
	}

	/// The respondent leaves the opener what it claims, or more: they agree on the middle.
	fn concede(id: CaseId, mut case: CaseOf<T>, claim: Tenths) -> Weight {
		let respondent = case.respondent();
		*case.claims.of_mut(respondent) = Some(claim);
		Self::deposit_event(Event::CaseDefended { case: id, claim, stake: 0 });
		let verdict = Verdict::settled(case.default_split());
		T::WeightInfo::defend().saturating_add(Self::rule_unheard(id, case, verdict))
	}

	/// See [`Pallet::rule_by_facts`].
	pub(crate) fn do_rule_by_facts(id: CaseId, document: &[u8]) -> Result<Weight, DispatchError> {
		let case = Self::case_record(id)?;
		Self::settling(&case)?;
		let length: u32 = document.len().saturated_into();
		ensure!(length <= T::MaxDocumentLength::get(), Error::<T>::DocumentTooLong);
		let fact = T::Facts::fact(case.subject, document).ok_or(Error::<T>::NoFact)?;

		let closing = Self::rule_unheard(id, case, Verdict::known(fact));
		Ok(T::Facts::weight(length).saturating_add(closing))
	}

	/// Ends the time to settle of `case`, in which the parties have not: without a defence the
	/// opener's claim stands; without a court nobody decides; else a jury is drawn. Says what that
	/// weighed.
	pub(crate) fn end_settlement(id: CaseId, case: CaseOf<T>) -> Weight {
		let respondent = case.respondent();
		if case.claims.of(respondent).is_none() {
			let verdict = Verdict::silent(&case, respondent, None);
			return Self::rule_unheard(id, case, verdict);
		}
		if case.court.is_none() {
			let verdict = Verdict::undecided(&case);
			return Self::rule_unheard(id, case, verdict);
		}
		Self::begin_round(id, case, Round::default());
		Self::end_settlement_weight()
	}
}

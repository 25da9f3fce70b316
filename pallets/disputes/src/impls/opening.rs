//! How a case begins, and what it costs.

use crate::*;
use aitbc_core::{Balance, CaseId, Round, Sides};
use aitbc_traits::{Arbitration, Complaint, DeadlineClock};
use frame_support::{storage::with_storage_layer, traits::Get, weights::Weight};
use sp_runtime::{ArithmeticError, DispatchError};

impl<T: Config> Arbitration<T::AccountId> for Pallet<T> {
	fn open_case(complaint: Complaint<T::AccountId>) -> Result<CaseId, DispatchError> {
		with_storage_layer(|| Self::do_open_case(complaint))
	}

	fn weight() -> Weight {
		T::WeightInfo::open_case()
	}
}

impl<T: Config> Pallet<T> {
	/// How many seats the jury of `round` has: at first [`Config::Seats`], then always one more than
	/// twice as many.
	pub fn seats_of(round: Round) -> u32 {
		(0..round.0).fold(T::Seats::get(), |seats, _| seats.saturating_mul(2).saturating_add(1))
	}

	/// What the jury of `round` costs with `seat_fee` plancks for each seat, in plancks.
	pub(crate) fn fee_of(round: Round, seat_fee: Balance) -> Balance {
		seat_fee.saturating_mul(Self::seats_of(round).into())
	}

	/// What a seat earns and risks in a case that is opened now.
	pub(crate) fn court_terms() -> CourtTerms {
		CourtTerms { seat_fee: T::SeatFee::get(), seat_stake: T::SeatStake::get() }
	}

	/// See [`Arbitration::open_case`]. What was done before an error, the caller undoes.
	fn do_open_case(complaint: Complaint<T::AccountId>) -> Result<CaseId, DispatchError> {
		let Complaint { subject, parties, agent, opener, claim, value } = complaint;
		let id = NextCaseId::<T>::get();
		let next = id.next().ok_or(ArithmeticError::Overflow)?;
		let terms = Self::court_terms();
		let fee = Self::fee_of(Round::default(), terms.seat_fee);
		let court = (fee <= T::MaxCost::get().mul_floor(value)).then_some(terms);
		let stake = if court.is_some() { fee } else { 0 };
		let deposit = Self::case_deposit(court.is_some());
		let payer = parties.of(opener);
		let filing_fee = T::FilingFee::get();
		let held = deposit.checked_add(filing_fee).ok_or(ArithmeticError::Overflow)?;
		Self::hold(HoldReason::Deposit, payer, held)?;
		Self::hold(HoldReason::Stake, payer, stake)?;

		NextCaseId::<T>::put(next);
		if court.is_some() {
			let mut record = RoundRecord::new(Self::seats_of(Round::default()));
			record.stake(opener, Stake { payer: payer.clone(), amount: stake, deposit: 0 });
			Rounds::<T>::insert(id, Round::default(), record);
		}
		for party in [&parties.client, &parties.provider] {
			Self::add_role(party, id);
		}
		if let Some(agent) = agent {
			CasesByAgent::<T>::mutate(agent, |count| *count = count.saturating_add(1));
		}
		let since = T::Clock::now();
		let settle_until = since.saturating_add(T::SettlementPeriod::get());
		let mut claims = Sides::default();
		*claims.of_mut(opener) = Some(claim);
		let case = Case {
			subject,
			parties: parties.clone(),
			opener,
			agent,
			since,
			value,
			claims,
			court,
			deposit,
			filing_fee,
			evidence: Sides::default(),
			state: CaseState::Settling { until: settle_until, offer: None },
		};
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::CaseOpened {
			case: id,
			subject,
			parties,
			opener,
			agent,
			claim,
			value,
			court,
			settle_until,
			stake,
			deposit,
			filing_fee,
		});
		Ok(id)
	}
}

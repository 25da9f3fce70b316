//! The steps that need nobody's word.

use super::{jury::Draw, paying::Reckoning, ruling::Verdict};
use crate::*;
use aitbc_core::CaseId;
use aitbc_traits::{DeadlineClock, JurorPool};
use frame_support::{ensure, traits::Get, weights::Weight};
use sp_runtime::DispatchError;

impl<T: Config> Pallet<T> {
	/// See [`Pallet::progress`]. Says what the step weighed.
	pub(crate) fn do_progress(id: CaseId) -> Result<Weight, DispatchError> {
		let case = Self::case_record(id)?;
		let next = Self::next_step(id, &case).ok_or(Error::<T>::NothingDue)?;
		ensure!(next.from <= T::Clock::now(), Error::<T>::NothingDue);

		let weight = match case.state {
			CaseState::Settling { .. } => Self::end_settlement(id, case),
			CaseState::Drawing { .. } => return Err(Error::<T>::NothingDue.into()),
			CaseState::Voting { round, redrawn, evidence_until, .. } => {
				Self::count_votes(id, case, Draw { round, redrawn, evidence_until })
			},
			CaseState::Appealable { outcome, appellant, .. } => {
				Self::end_appeal(id, case, outcome, appellant);
				Self::end_appeal_weight()
			},
			CaseState::Overseen { outcome, .. } => {
				let verdict = Verdict::standing(&case, outcome);
				Self::rule(id, case, verdict);
				Self::end_appeal_weight()
			},
			CaseState::Ruled { loser, measure, next, last, .. } => {
				Self::pay_next(id, case, Reckoning { loser, measure }, next, last)
			},
		};
		Ok(weight)
	}

	/// What [`Pallet::progress`] does next with `case`, and from when on. `None` while a jury is
	/// drawn.
	pub(crate) fn next_step(id: CaseId, case: &CaseOf<T>) -> Option<NextStep> {
		let now = T::Clock::now();
		let (step, from) = match case.state {
			CaseState::Settling { until, .. } => (Step::EndSettlement, until.saturating_add(1)),
			CaseState::Drawing { .. } => return None,
			CaseState::Voting { round, reveal_until, .. } => {
				let is_complete =
					Rounds::<T>::get(id, round).is_none_or(|record| record.has_revealed());
				let end = reveal_until.saturating_add(1);
				(Step::CountVotes, if is_complete { now.min(end) } else { end })
			},
			CaseState::Appealable { appeal_until, until, appellant, .. } => {
				let end = if appellant.is_none() { appeal_until } else { until };
				(Step::EndAppeal, end.saturating_add(1))
			},
			CaseState::Overseen { until, .. } => (Step::EndOversight, until.saturating_add(1)),
			CaseState::Ruled { next, .. } => (Step::PayRound(next), now),
		};
		Some(NextStep { step, from })
	}

	/// The most that a step can weigh.
	pub(crate) fn progress_weight() -> Weight {
		let (members, evidence) = (T::MaxSeats::get(), Self::most_evidence());
		let closing = T::WeightInfo::close(evidence);
		Self::end_settlement_weight()
			.max(Self::unheard_weight(evidence))
			.max(T::WeightInfo::judge())
			.max(Self::dismiss_weight(members))
			.max(Self::end_appeal_weight())
			.max(Self::pay_weight(members).saturating_add(closing))
	}

	/// The most pieces of evidence that a case can have.
	pub(crate) fn most_evidence() -> u32 {
		T::MaxEvidence::get().saturating_mul(2)
	}

	/// What ending the time to settle weighs when a jury is asked for.
	pub(crate) fn end_settlement_weight() -> Weight {
		T::WeightInfo::end_settlement().saturating_add(Self::drawing_weight())
	}

	/// What letting a jury of so many members go weighs.
	///
	/// Each transfer ends a debt or a portion: there is one of either for each member, and the
	/// treasury's portion.
	pub(crate) fn dismiss_weight(members: u32) -> Weight {
		T::WeightInfo::dismiss(members)
			.saturating_add(
				T::Jurors::forfeit_weight().saturating_mul(u64::from(members).saturating_add(1)),
			)
			.saturating_add(T::Jurors::unlock_weight().saturating_mul(members.into()))
			.saturating_add(Self::drawing_weight())
	}

	/// What ending the time to appeal, or that of governance, weighs.
	pub(crate) fn end_appeal_weight() -> Weight {
		T::WeightInfo::end_appeal().saturating_add(Self::ruling_weight())
	}

	/// What paying a round with a jury of so many members weighs.
	///
	/// Each transfer ends a debt or a portion: there is one of either for each member, two debts of the
	/// sides, and the treasury's portion.
	pub(crate) fn pay_weight(members: u32) -> Weight {
		T::WeightInfo::pay(members)
			.saturating_add(
				T::Jurors::forfeit_weight().saturating_mul(u64::from(members).saturating_add(3)),
			)
			.saturating_add(T::Jurors::unlock_weight().saturating_mul(members.into()))
	}

	/// The most that asking for a jury weighs: if there is none, the case is ruled.
	pub(crate) fn drawing_weight() -> Weight {
		T::Jurors::request_weight()
			.saturating_add(T::WeightInfo::rule())
			.saturating_add(Self::ruling_weight())
	}
}

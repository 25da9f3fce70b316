//! Juries: asked for, seated, and what becomes of a round without one.

use super::ruling::Verdict;
use crate::*;
use aitbc_core::{BlockNumber, CaseId, Round};
use aitbc_traits::{ConflictInspect, DeadlineClock, JurorPool, OnJuryDrawn, Seated};
use alloc::vec::Vec;
use frame_support::{ensure, traits::Get, weights::Weight, BoundedVec};
use sp_runtime::DispatchError;

impl<T: Config> OnJuryDrawn<T::AccountId> for Pallet<T> {
	fn is_excluded(case: CaseId, juror: &T::AccountId) -> bool {
		let Some(record) = Cases::<T>::get(case) else { return true };
		let parties = [&record.parties.client, &record.parties.provider];
		let is_close = |party| T::Conflicts::are_close(party, juror, record.since);
		parties.into_iter().any(|party| party == juror || is_close(party))
			|| Rounds::<T>::iter_prefix_values(case).any(|round| round.has_payer(juror))
	}

	fn on_jury_drawn(
		case: CaseId,
		round: Round,
		jury: Vec<Seated<T::AccountId>>,
	) -> Result<(), &'static str> {
		Self::take_jury(case, round, jury)
	}

	fn exclusion_weight() -> Weight {
		T::WeightInfo::is_excluded().saturating_add(T::Conflicts::weight().saturating_mul(2))
	}

	fn weight(seats: u32) -> Weight {
		T::WeightInfo::on_jury_drawn(seats)
			.saturating_add(T::Jurors::unlock_weight().saturating_mul(seats.into()))
			.saturating_add(T::WeightInfo::rule())
			.saturating_add(Self::ruling_weight())
	}
}

/// A jury to be drawn.
pub(crate) struct Draw {
	/// Which round it will judge.
	pub(crate) round: Round,
	/// Whether an earlier jury of this round stayed silent.
	pub(crate) redrawn: bool,
	/// The last active block to file evidence.
	pub(crate) evidence_until: BlockNumber,
}

impl<T: Config> Pallet<T> {
	/// Begins `round`, which both sides staked for.
	pub(crate) fn begin_round(id: CaseId, case: CaseOf<T>, round: Round) {
		let evidence_until = T::Clock::now().saturating_add(T::EvidencePeriod::get());
		Self::draw(id, case, Draw { round, redrawn: false, evidence_until });
	}

	/// Asks for a jury. If none can be had, the round fails.
	pub(crate) fn draw(id: CaseId, mut case: CaseOf<T>, draw: Draw) {
		let Draw { round, redrawn, evidence_until } = draw;
		let seats = match Self::request_jury(id, &case, round) {
			Ok(seats) => seats,
			Err(reason) => {
				log::error!(
					target: LOG_TARGET,
					"no jury for round {} of case {}: {reason:?}",
					round.0,
					id.0,
				);
				return Self::fail_round(id, case, round, 0);
			},
		};
		case.state = CaseState::Drawing { round, redrawn, evidence_until };
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::JuryRequested {
			case: id,
			round,
			seats,
			redrawn,
			evidence_until,
		});
	}

	/// Asks the pool for a jury, and says how many seats it is to have.
	fn request_jury(id: CaseId, case: &CaseOf<T>, round: Round) -> Result<u32, DispatchError> {
		let RoundRecord { seats, .. } = Self::round_record(id, round)?;
		let CourtTerms { seat_stake, .. } = Self::terms_of(case)?;
		T::Jurors::request_jury(id, round, seats, seat_stake)?;
		Ok(seats)
	}

	/// Seats the jury that a case waits for. Without a majority of the seats, or with more than there
	/// are, it is let go, and the round fails.
	fn take_jury(
		id: CaseId,
		round: Round,
		drawn: Vec<Seated<T::AccountId>>,
	) -> Result<(), &'static str> {
		let mut case = Cases::<T>::get(id).ok_or("there is no such case")?;
		let mut record = Rounds::<T>::get(id, round).ok_or("there is no such round")?;
		let CourtTerms { seat_stake, .. } = case.court.ok_or("the case has no court")?;
		let CaseState::Drawing { round: awaited, redrawn, evidence_until } = case.state else {
			return Err("the case waits for no jury");
		};
		ensure!(awaited == round, "the case waits for the jury of another round");

		let seated = drawn.iter().fold(0u32, |sum, (_, seats)| sum.saturating_add(*seats));
		let members: Vec<_> = drawn.into_iter().map(JuryMember::new).collect();
		if seated <= record.seats / 2 || seated > record.seats {
			for member in members {
				T::Jurors::unlock(&member.juror, member.stake(seat_stake));
			}
			Self::fail_round(id, case, round, seated);
			return Ok(());
		}
		for member in &members {
			Self::add_role(&member.juror, id);
		}
		// Each member has at least one of the seats, and their number is bounded so.
		record.jury = BoundedVec::truncate_from(members);
		let jury = record.jury.iter().map(|one| (one.juror.clone(), one.seats)).collect();
		Rounds::<T>::insert(id, round, record);
		let begin = evidence_until.max(T::Clock::now());
		let commit_until = begin.saturating_add(T::CommitPeriod::get());
		let reveal_until = commit_until.saturating_add(T::RevealPeriod::get());
		case.state =
			CaseState::Voting { round, redrawn, evidence_until, commit_until, reveal_until };
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::JurySeated {
			case: id,
			round,
			jury,
			commit_until,
			reveal_until,
		});
		Ok(())
	}

	/// Ends a round that nobody judges, and of whose seats `seated` were taken at last: the outcome
	/// before it stands, or, in the first round, nobody decides. After the last instance governance may
	/// rule before that.
	pub(crate) fn fail_round(id: CaseId, mut case: CaseOf<T>, round: Round, seated: u32) {
		let before = round.previous().and_then(|before| Rounds::<T>::get(id, before));
		let outcome = before.and_then(|before| before.outcome);
		if Self::is_last_instance(round) {
			let until = T::Clock::now().saturating_add(T::OversightPeriod::get());
			let oversight_until = Some(until);
			Self::deposit_event(Event::RoundFailed { case: id, round, seated, oversight_until });
			case.state = CaseState::Overseen { round, outcome, until };
			Cases::<T>::insert(id, case);
			return;
		}
		let oversight_until = None;
		Self::deposit_event(Event::RoundFailed { case: id, round, seated, oversight_until });
		let verdict = Verdict::standing(&case, outcome);
		Self::rule(id, case, verdict);
	}
}

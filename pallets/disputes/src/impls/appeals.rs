//! Appeals, and what may be done after the last instance.

use super::ruling::Verdict;
use crate::*;
use aitbc_core::{CaseId, Party, Round};
use aitbc_traits::DeadlineClock;
use frame_support::{ensure, storage::with_storage_layer, traits::Get};
use sp_runtime::{DispatchResult, Perbill};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::appeal`].
	pub(crate) fn do_appeal(caller: T::AccountId, id: CaseId, side: Party) -> DispatchResult {
		let case = Self::case_record(id)?;
		let (round, loser, appeal_until, until, appellant) = match case.state {
			CaseState::Appealable { round, loser, appeal_until, until, appellant, .. } => {
				(round, loser, appeal_until, until, appellant)
			},
			CaseState::Overseen { .. } => return Err(Error::<T>::LastInstance.into()),
			CaseState::Ruled { .. } => return Err(Error::<T>::AlreadyRuled.into()),
			_ => return Err(Error::<T>::NotAppealable.into()),
		};
		let now = T::Clock::now();
		match appellant {
			None => {
				ensure!(loser.is_none_or(|loser| loser == side), Error::<T>::NotLoser);
				ensure!(now <= appeal_until, Error::<T>::AppealOver);
				Self::appeal_first(caller, id, case, side, round.next())
			},
			Some(appellant) => {
				ensure!(appellant != side, Error::<T>::AlreadyStaked);
				ensure!(now <= until, Error::<T>::AppealOver);
				Self::appeal_second(caller, id, case, side, round.next())
			},
		}
	}

	/// Stakes twice the fee of `next` for `side`, which appeals, and the deposit for its record.
	fn appeal_first(
		caller: T::AccountId,
		id: CaseId,
		mut case: CaseOf<T>,
		side: Party,
		next: Round,
	) -> DispatchResult {
		let terms = Self::terms_of(&case)?;
		let amount = Self::fee_of(next, terms.seat_fee).saturating_mul(2);
		let mut record = RoundRecord::new(Self::seats_of(next));
		let deposit = Self::round_deposit(record.seats);
		with_storage_layer(|| {
			Self::hold(HoldReason::Stake, &caller, amount)?;
			Self::hold(HoldReason::Deposit, &caller, deposit)
		})?;

		record.stake(side, Stake { payer: caller.clone(), amount, deposit });
		Rounds::<T>::insert(id, next, record);
		if let CaseState::Appealable { appellant, .. } = &mut case.state {
			*appellant = Some(side);
		}
		Cases::<T>::insert(id, case);
		Self::deposit_event(Event::SideStaked {
			case: id,
			round: next,
			side,
			by: caller,
			amount,
			deposit,
		});
		Ok(())
	}

	/// Stakes the fee of `next` for `side`, against which the other one appealed, and begins `next`.
	fn appeal_second(
		caller: T::AccountId,
		id: CaseId,
		case: CaseOf<T>,
		side: Party,
		next: Round,
	) -> DispatchResult {
		let terms = Self::terms_of(&case)?;
		let mut record = Self::round_record(id, next)?;
		let amount = terms.seat_fee.saturating_mul(record.seats.into());
		Self::hold(HoldReason::Stake, &caller, amount)?;

		record.stake(side, Stake { payer: caller.clone(), amount, deposit: 0 });
		Rounds::<T>::insert(id, next, record);
		Self::deposit_event(Event::SideStaked {
			case: id,
			round: next,
			side,
			by: caller,
			amount,
			deposit: 0,
		});
		Self::begin_round(id, case, next);
		Ok(())
	}

	/// Ends the time to appeal: if one side alone staked, its claim stands, else the outcome.
	pub(crate) fn end_appeal(
		id: CaseId,
		case: CaseOf<T>,
		outcome: Outcome,
		appellant: Option<Party>,
	) {
		let verdict = match appellant {
			Some(appellant) => Verdict::silent(&case, appellant.other(), Some(outcome)),
			None => Verdict::judged(&case, outcome),
		};
		Self::rule(id, case, verdict);
	}

	/// See [`Pallet::force_rule`].
	pub(crate) fn do_force_rule(id: CaseId, client_share: Perbill) -> DispatchResult {
		let case = Self::case_record(id)?;
		match case.state {
			CaseState::Ruled { .. } => return Err(Error::<T>::AlreadyRuled.into()),
			CaseState::Overseen { .. } => (),
			_ => return Err(Error::<T>::NotLastInstance.into()),
		}

		Self::rule(id, case, Verdict::forced(client_share));
		Ok(())
	}

	/// Whether there is no appeal against an outcome of `round`.
	pub(crate) fn is_last_instance(round: Round) -> bool {
		round.0 >= T::MaxAppeals::get()
	}
}

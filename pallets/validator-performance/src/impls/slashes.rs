//! What becomes of offences.

use crate::*;
use aitbc_core::Balance;
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::ensure;
use sp_runtime::DispatchResult;
use sp_staking::EraIndex;

impl<T: Config> Pallet<T> {
	/// Remembers an offence, unless it adds nothing to what is remembered.
	pub(crate) fn record(validator: T::AccountId, record: SlashRecord<T::AccountId>) {
		let until = match record.state {
			SlashState::Deferred { until } => Some(until),
			_ => None,
		};
		let mut history = SlashHistory::<T>::get(&validator);
		// A report has all who did the same at the same time, those of earlier reports included.
		if until.is_none() && history.iter().any(|known| known.covers(&record)) {
			return;
		}
		if history.is_full() {
			let settled =
				|known: &SlashRecord<_>| !matches!(known.state, SlashState::Deferred { .. });
			history.remove(history.iter().position(settled).unwrap_or_default());
		}
		let SlashRecord { offence, era, fraction, amount, .. } = record;
		// There is room now.
		let _ = history.try_push(record);
		SlashHistory::<T>::insert(&validator, history);
		if let Some(until) = until {
			DueSlashes::<T>::insert(until, &validator, ());
		}
		Self::deposit_event(Event::OffenceRecorded {
			validator,
			offence,
			era,
			fraction,
			amount,
			until,
		});
	}

	/// Cancels the slashes of `validator` that wait for offences of `era`.
	pub(crate) fn do_cancel_slash(
		validator: T::AccountId,
		era: EraIndex,
		by: CancelledBy,
	) -> DispatchResult {
		let until = T::Slashes::due(era);
		let cancelled = T::Slashes::cancel(until, &validator);
		ensure!(cancelled > 0, Error::<T>::SlashNotFound);
		let at = T::Validators::era();
		SlashHistory::<T>::mutate(&validator, |history| {
			for record in history.iter_mut().filter(|record| record.state.waits_for(until)) {
				Self::cancelled(&validator, record, until, at, by.clone());
			}
		});
		Ok(())
	}

	/// Marks a slash that waited for `until` as cancelled.
	fn cancelled(
		validator: &T::AccountId,
		record: &mut SlashRecord<T::AccountId>,
		until: EraIndex,
		at: EraIndex,
		by: CancelledBy,
	) {
		record.state = SlashState::Cancelled { until, at, by: by.clone() };
		Self::deposit_event(Event::SlashCancelled {
			validator: validator.clone(),
			era: record.era,
			amount: record.amount,
			by,
		});
	}

	/// Sees which slashes staking applies when `era` is over, and which of those that it should are gone.
	pub(crate) fn settle_slashes(era: EraIndex) {
		let next = era.saturating_add(1);
		let mut waiting = BTreeMap::<T::AccountId, Vec<SlashAmount>>::new();
		for WaitingSlash { validator, amount } in T::Slashes::waiting(next) {
			waiting.entry(validator).or_default().push(amount);
		}
		for (validator, ()) in DueSlashes::<T>::drain_prefix(next) {
			let mut amounts = waiting.remove(&validator).unwrap_or_default();
			let stake = T::Slashes::stake(&validator);
			SlashHistory::<T>::mutate(&validator, |history| {
				for record in history.iter_mut().filter(|record| record.state.waits_for(next)) {
					let Some(place) = amounts.iter().position(|amount| *amount == record.amount)
					else {
						let by = CancelledBy::StakingAdmin;
						Self::cancelled(&validator, record, next, era, by);
						continue;
					};
					amounts.swap_remove(place);
					// Staking tells of no slash that finds nothing to take.
					if record.amount.own == 0 || stake == 0 {
						Self::applied(&validator, record, next, (stake, stake));
					}
				}
			});
		}
	}

	/// Marks a slash as applied, with the stake before and after.
	pub(crate) fn applied(
		validator: &T::AccountId,
		record: &mut SlashRecord<T::AccountId>,
		at: EraIndex,
		(before, after): (Balance, Balance),
	) {
		record.state = SlashState::Applied { at, before, after };
		let (validator, era) = (validator.clone(), record.era);
		Self::deposit_event(Event::SlashApplied { validator, era, before, after });
	}
}

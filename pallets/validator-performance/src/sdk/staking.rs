//! pallet-staking and pallet-session, asked for eras, candidates, points and slashes.

use super::{AccountIdOf, Sdk};
use crate::{Chill, EraPoints, Points, SlashAmount, Slashes, ValidatorInspect, WaitingSlash};
use aitbc_core::Balance;
use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_staking::{EraIndex, SessionIndex, StakingInterface};

/// What a block earns its author: `note_author` in `pallet/impls.rs` of pallet-staking.
const POINTS_PER_BLOCK: u32 = 20;

impl<T> ValidatorInspect<AccountIdOf<T>> for Sdk<T>
where
	T: pallet_staking::Config + pallet_session::Config<ValidatorId = AccountIdOf<T>>,
{
	fn era() -> EraIndex {
		pallet_staking::ActiveEra::<T>::get().map_or(0, |era| era.index)
	}

	fn session() -> SessionIndex {
		pallet_session::CurrentIndex::<T>::get()
	}

	fn active() -> Vec<AccountIdOf<T>> {
		pallet_session::Validators::<T>::get()
	}

	fn candidates() -> u32 {
		pallet_staking::Validators::<T>::count()
	}

	fn minimum() -> u32 {
		pallet_staking::MinimumValidatorCount::<T>::get()
	}
}

impl<T: pallet_staking::Config> Chill<AccountIdOf<T>> for Sdk<T> {
	fn chill(validator: &AccountIdOf<T>) -> bool {
		pallet_staking::Validators::<T>::contains_key(validator)
			&& <pallet_staking::Pallet<T> as StakingInterface>::chill(validator).is_ok()
	}
}

impl<T: pallet_staking::Config> EraPoints<AccountIdOf<T>> for Sdk<T> {
	fn per_block() -> u32 {
		POINTS_PER_BLOCK
	}

	fn get(era: EraIndex) -> Points<AccountIdOf<T>> {
		let points = pallet_staking::ErasRewardPoints::<T>::get(era);
		Points { total: points.total, individual: points.individual }
	}

	fn set(era: EraIndex, points: Points<AccountIdOf<T>>) {
		let Points { total, individual } = points;
		let points = pallet_staking::EraRewardPoints { total, individual };
		pallet_staking::ErasRewardPoints::<T>::insert(era, points);
	}
}

impl<T> Slashes<AccountIdOf<T>> for Sdk<T>
where
	T: pallet_staking::Config<CurrencyBalance = Balance>,
{
	/// The same as `on_offence` of pallet-staking finds.
	fn era_of(session: SessionIndex) -> Option<EraIndex> {
		let eras = pallet_staking::BondedEras::<T>::get();
		let found = eras.iter().rev().find(|(_, first)| *first <= session);
		found.map(|(era, _)| *era)
	}

	/// See `on_offence` of pallet-staking.
	fn due(era: EraIndex) -> EraIndex {
		era.saturating_add(T::SlashDeferDuration::get()).saturating_add(1)
	}

	fn waiting(due: EraIndex) -> Vec<WaitingSlash<AccountIdOf<T>>> {
		let slashes = pallet_staking::UnappliedSlashes::<T>::get(due);
		slashes
			.into_iter()
			.map(|slash| {
				let nominators = slash.others.iter().map(|(_, amount)| *amount);
				let amount = SlashAmount {
					own: slash.own,
					nominators: nominators.fold(0, Balance::saturating_add),
				};
				WaitingSlash { validator: slash.validator, amount }
			})
			.collect()
	}

	fn cancel(due: EraIndex, validator: &AccountIdOf<T>) -> u32 {
		pallet_staking::UnappliedSlashes::<T>::mutate_exists(due, |slashes| {
			let Some(waiting) = slashes else { return 0 };
			let before = waiting.len();
			waiting.retain(|slash| slash.validator != *validator);
			let cancelled = before.saturating_sub(waiting.len());
			if waiting.is_empty() {
				*slashes = None;
			}
			cancelled.try_into().unwrap_or(u32::MAX)
		})
	}

	fn stake(validator: &AccountIdOf<T>) -> Balance {
		<pallet_staking::Pallet<T> as StakingInterface>::stake(validator)
			.map_or(0, |stake| stake.total)
	}
}

//! The end of an era.

use crate::*;
use alloc::{
	collections::{BTreeMap, BTreeSet},
	vec::Vec,
};
use frame_support::traits::Get;
use sp_staking::EraIndex;

impl<T: Config> Pallet<T> {
	/// Closes the present era: settles its points, and sees to silent validators. Does nothing if that was done.
	///
	/// To be called when the era has made its last block, and before the next one begins: see [`ClosesEra`].
	pub fn close_era() {
		let era = T::Validators::era();
		if LastClosed::<T>::get().is_some_and(|last| era <= last) {
			return;
		}
		let active = T::Validators::active();
		let validators = active.len().try_into().unwrap_or(u32::MAX);
		let mut performances = Self::assess(era, active);
		Self::settle_points(era, &mut performances);
		Self::punish_silence(era, validators, &mut performances);

		let slots =
			performances.values().fold(SlotCount::default(), |all, each| all.plus(each.slots));
		let silent = performances.values().filter(|performance| performance.is_silent()).count();
		for (validator, performance) in performances {
			Performances::<T>::insert(era, validator, performance);
		}
		LastClosed::<T>::put(era);
		Self::forget(era);
		Self::settle_slashes(era);
		Self::deposit_event(Event::EraClosed {
			era,
			validators,
			assigned: slots.assigned,
			missed: slots.missed,
			silent: silent.try_into().unwrap_or(u32::MAX),
		});
	}

	/// What the slots of each validator say, points aside. Empties [`Counts`].
	fn assess(era: EraIndex, active: Vec<T::AccountId>) -> BTreeMap<T::AccountId, Performance> {
		let mut counts: BTreeMap<_, _> = Counts::<T>::drain().collect();
		let validators: BTreeSet<_> = active.into_iter().chain(counts.keys().cloned()).collect();
		validators
			.into_iter()
			.map(|validator| {
				let slots = counts.remove(&validator).unwrap_or_default();
				let performance = Self::performance_of(era, &validator, slots);
				(validator, performance)
			})
			.collect()
	}

	/// What these slots of `era` say of a validator, together with those that were carried over.
	pub(crate) fn performance_of(
		era: EraIndex,
		validator: &T::AccountId,
		slots: SlotCount,
	) -> Performance {
		let carried = era
			.checked_sub(1)
			.and_then(|before| Performances::<T>::get(before, validator))
			.map_or_else(SlotCount::default, |before| before.left_over());
		let judged = carried.plus(slots);
		let consequence = match (judged.assigned, judged.filled()) {
			(assigned, _) if assigned < T::MinSlots::get().max(1) => Consequence::CarriedOver,
			(_, 0) => Consequence::Silent { chilled: false },
			_ => Consequence::Nothing,
		};
		Performance { slots, carried, points: PointsChange::default(), consequence }
	}

	/// Pays each validator its part of what its slots were worth, and divides the reward by all of that.
	///
	/// The total grows by the points of the slots that were missed, so what they would have earned goes to nobody.
	fn settle_points(era: EraIndex, performances: &mut BTreeMap<T::AccountId, Performance>) {
		let mut points = T::Points::get(era);
		let reward = Self::reward();
		for (validator, performance) in performances {
			let before = points.individual.get(validator).copied().unwrap_or_default();
			let change = reward.of(before, performance.slots, performance.is_silent());
			points.total = points.total.saturating_add(change.due.saturating_sub(before));
			if change.after != before {
				points.individual.insert(validator.clone(), change.after);
			}
			performance.points = change;
		}
		T::Points::set(era, points);
	}

	/// How points are found now.
	pub(crate) fn reward() -> Reward {
		Reward { per_block: T::Points::per_block(), grace: T::Grace::get() }
	}

	/// Removes the era that is too old to be kept once `era` is.
	fn forget(era: EraIndex) {
		let Some(old) = era.checked_sub(T::HistoryDepth::get()) else { return };
		// An era has no more validators than that.
		let _ = Performances::<T>::clear_prefix(old, T::MaxValidators::get(), None);
	}
}

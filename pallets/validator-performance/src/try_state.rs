//! What must hold of the storage between any two blocks, one function for each invariant.

use crate::*;
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::Get};
use sp_runtime::{traits::SaturatedConversion, TryRuntimeError};
use sp_staking::EraIndex;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_counts_whole()?;
		Self::try_performances_kept()?;
		Self::try_performances_whole()?;
		Self::try_points_settled()?;
		Self::try_slashes_wait()?;
		ensure!(!Reporting::<T>::exists(), "an offence is being reported for ever");
		Ok(())
	}

	/// Nobody missed more slots than it had, and only who had a slot is counted.
	fn try_counts_whole() -> Result<(), TryRuntimeError> {
		for slots in Counts::<T>::iter_values() {
			ensure!(slots.assigned > 0, "nothing is counted");
			ensure!(slots.missed <= slots.assigned, "more slots were missed than assigned");
		}
		let most: usize = T::MaxValidators::get().saturated_into();
		ensure!(Counts::<T>::iter_keys().count() <= most, "too many are counted");
		Ok(())
	}

	/// Of eras that ended, the last ones are kept, and each has no more validators than it can have.
	fn try_performances_kept() -> Result<(), TryRuntimeError> {
		let mut eras = BTreeMap::<EraIndex, u32>::new();
		for (era, _) in Performances::<T>::iter_keys() {
			let count = eras.entry(era).or_default();
			*count = count.saturating_add(1);
		}
		let Some((first, last)) = eras.keys().next().zip(eras.keys().next_back()) else {
			return Ok(());
		};
		let closed = LastClosed::<T>::get().ok_or("no era was closed")?;
		ensure!(*last <= closed, "an era that was not closed is kept");
		let age = closed.saturating_sub(*first);
		ensure!(age < T::HistoryDepth::get(), "an era is kept for too long");
		let most = T::MaxValidators::get();
		ensure!(eras.values().all(|count| *count <= most), "an era has too many validators");
		Ok(())
	}

	/// Counts, points and consequences fit together, and each era begins with what the one before left over.
	fn try_performances_whole() -> Result<(), TryRuntimeError> {
		let first = Performances::<T>::iter_keys().map(|(era, _)| era).min();
		for (era, validator, performance) in Performances::<T>::iter() {
			let Performance { slots, carried, points, .. } = performance;
			ensure!(slots.missed <= slots.assigned, "more slots were missed than assigned");
			ensure!(points.before <= points.due, "less is due than staking counted");
			ensure!(points.after <= points.due, "more is paid than due");
			if performance.is_silent() {
				ensure!(performance.judged().filled() == 0, "who filled a slot was called silent");
				ensure!(points.after == 0, "who was silent is paid");
			}
			if Some(era) > first {
				let before =
					era.checked_sub(1).and_then(|era| Performances::<T>::get(era, &validator));
				let left_over = before.map_or_else(SlotCount::default, |before| before.left_over());
				ensure!(carried == left_over, "other slots were carried over than left over");
			}
		}
		Ok(())
	}

	/// Nobody's points are more than all, and everybody of the last era has those that were settled.
	fn try_points_settled() -> Result<(), TryRuntimeError> {
		let Some(era) = LastClosed::<T>::get() else { return Ok(()) };
		let points = T::Points::get(era);
		let sum =
			points.individual.values().fold(0u64, |sum, own| sum.saturating_add((*own).into()));
		ensure!(sum <= points.total.into(), "all have more points together than there are");
		for (validator, performance) in Performances::<T>::iter_prefix(era) {
			let own = points.individual.get(&validator).copied().unwrap_or_default();
			ensure!(own == performance.points.after, "a validator has other points than settled");
		}
		Ok(())
	}

	/// A slash that waits is due in an era to come, and listed there.
	fn try_slashes_wait() -> Result<(), TryRuntimeError> {
		let era = T::Validators::era();
		for (validator, history) in SlashHistory::<T>::iter() {
			ensure!(!history.is_empty(), "a history is empty");
			for record in history {
				let SlashState::Deferred { until } = record.state else { continue };
				ensure!(until > era, "a slash is overdue");
				let is_listed = DueSlashes::<T>::contains_key(until, &validator);
				ensure!(is_listed, "a slash that waits is not listed");
			}
		}
		let mut due = DueSlashes::<T>::iter_keys().map(|(due, _)| due);
		ensure!(due.all(|due| due > era), "a list of slashes is overdue");
		Ok(())
	}
}

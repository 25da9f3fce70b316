//! Reading, for the runtime API.

use crate::{runtime_api::MAX_WAITING, *};
use frame_support::traits::Get;
use sp_runtime::{traits::SaturatedConversion, Perbill};

impl<T: Config> Pallet<T> {
	/// The juror that `account` is. Reads five entries.
	pub fn juror(account: &T::AccountId) -> Option<JurorInfo> {
		let juror = Jurors::<T>::get(account)?;
		let next =
			Self::last_change(&juror).map(|Change { weight, due, .. }| NextWeight { weight, due });
		Some(JurorInfo {
			bond: juror.bond,
			locked: juror.locked,
			leaving: juror.bond.saturating_sub(juror.staying()),
			withdrawable: Self::withdrawable(&juror).unwrap_or(0),
			weight: juror.weight,
			next,
			share: Perbill::from_rational(juror.weight, Self::tree().total().max(1)),
		})
	}

	/// All jurors together, and the first [`MAX_WAITING`] of the juries that are to be drawn.
	pub fn pool() -> PoolInfo {
		let ends = DrawQueueEnds::<T>::get();
		let waiting = (ends.head.0..ends.tail.0).take(MAX_WAITING.saturated_into());
		PoolInfo {
			jurors: SlotUse::<T>::get().jurors(),
			weight: Self::tree().total(),
			min_bond: T::MinBond::get(),
			waiting: waiting.map(QueuePosition).filter_map(DrawQueue::<T>::get).collect(),
			waiting_count: ends.len(),
		}
	}
}

//! Which blocks have a task, and how one is made.

use crate::*;
use aitbc_audit::{Commitment, ENGINE_ID};
use aitbc_bitcoin::Payload;
use aitbc_core::BlockNumber;
use aitbc_traits::{BitcoinHeaderChain, DeadlineClock};
use frame_support::traits::Get;

impl<T: Config> Pallet<T> {
	/// How far apart blocks with a task are, in blocks.
	pub(crate) fn period() -> BlockNumber {
		T::Period::get().max(MIN_PERIOD)
	}

	/// Announces the next block if it will have a task, with the set that the present state says finalizes it:
	/// a block that changes the set is finalized by the one before. Ends the present block if it was announced.
	pub(crate) fn prepare(now: BlockNumber) {
		match Prepared::<T>::get() {
			Some(Preparation::Announced { height, set_id }) if height == now => {
				let audit_root = Self::audit_root();
				Prepared::<T>::put(Preparation::Ended { height, set_id, audit_root });
			},
			_ => {
				let height = now.saturating_add(1);
				let is_scheduled = height.checked_rem(Self::period()) == Some(0);
				if is_scheduled && T::Bitcoin::network().is_some() {
					let set_id = T::SetId::get();
					Prepared::<T>::put(Preparation::Announced { height, set_id });
				}
			},
		}
	}

	/// The root of the audit log in the digest of the present block, or zeros if that has none.
	fn audit_root() -> [u8; 32] {
		let digest = frame_system::Pallet::<T>::digest();
		let mut items = digest.logs.iter();
		let committed = items.find_map(|item| item.consensus_try_to::<Commitment>(&ENGINE_ID));
		committed.map_or([0; 32], |committed| committed.root)
	}

	/// Makes the task of the block before `now`, if that was prepared. Says whether it was.
	pub(crate) fn make_prepared(now: BlockNumber) -> bool {
		let Some(Preparation::Ended { height, set_id, audit_root }) = Prepared::<T>::get() else {
			return false;
		};
		Prepared::<T>::kill();
		let Some(network) = T::Bitcoin::network() else { return false };
		if height.checked_add(1) != Some(now) {
			// Blocks follow each other, so this can't happen. The parent's hash would be another block's.
			return false;
		}
		let hash = frame_system::Pallet::<T>::parent_hash().0;
		let payload = Payload::new(network, set_id, height, hash, audit_root)
			.map_err(|_| SkipReason::SetIdTooLarge { set_id });
		let event = match payload.and_then(Self::make) {
			Ok(payload) => Event::TaskMade { payload },
			Err(reason) => Event::BlockSkipped { height, reason },
		};
		Self::deposit_event(event);
		true
	}

	/// Makes a task that is due, and room for it.
	fn make(payload: Payload) -> Result<Payload, SkipReason> {
		let height = payload.height;
		Self::give_up_for_newer().ok_or(SkipReason::TooManyOpen)?;
		Self::forget_for_newer();
		Open::<T>::try_append(height).map_err(|()| SkipReason::TooManyOpen)?;
		Heights::<T>::try_append(height).map_err(|()| SkipReason::TooManyOpen)?;
		let status = Status::Due { since: T::Clock::now() };
		Tasks::<T>::insert(height, Task { payload, status });
		Ok(payload)
	}

	/// Makes sure that one more task can be open: if need be, the oldest that is due is missed. `None` if none
	/// is due.
	fn give_up_for_newer() -> Option<()> {
		let open = Open::<T>::get();
		if !open.is_full() {
			return Some(());
		}
		let is_due = |height: &BlockNumber| {
			Tasks::<T>::get(height).is_some_and(|task| matches!(task.status, Status::Due { .. }))
		};
		let oldest = open.into_iter().find(is_due)?;
		Self::give_up(oldest);
		Some(())
	}

	/// Makes an open task one that is missed.
	fn give_up(height: BlockNumber) {
		Open::<T>::mutate(|open| open.retain(|other| *other != height));
		Self::miss(height);
	}

	/// Forgets the oldest task if there are as many as are kept. One that is still open is missed before.
	fn forget_for_newer() {
		let mut heights = Heights::<T>::get();
		let Some(oldest) = heights.first().copied().filter(|_| heights.is_full()) else { return };
		heights.retain(|height| *height != oldest);
		Heights::<T>::put(heights);
		if Open::<T>::get().contains(&oldest) {
			Self::give_up(oldest);
		}
		Tasks::<T>::remove(oldest);
		Self::deposit_event(Event::TaskForgotten { height: oldest });
	}

	/// Sets a task to missed. Whoever calls takes it off the open ones.
	pub(crate) fn miss(height: BlockNumber) {
		Self::set_status(height, Status::Missed);
		Self::deposit_event(Event::TaskMissed { height });
	}

	/// Changes how far a task has come.
	pub(crate) fn set_status(height: BlockNumber, status: Status) {
		Tasks::<T>::mutate_extant(height, |task| task.status = status);
	}
}

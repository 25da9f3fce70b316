//! How open tasks move with Bitcoin's chain, and with time.

use crate::*;
use aitbc_audit::{Actor, Entry, Event as Logged, Subject};
use aitbc_core::BlockNumber;
use aitbc_traits::{AuditLog, BitcoinHeaderChain, DeadlineClock};
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// Looks at open tasks if there may be something to see, then makes the task of the block before. Says what
	/// that weighed, the end of the block included.
	pub(crate) fn advance(now: BlockNumber) -> Weight {
		let mut weight = Self::watch_weight();
		let tip = T::Bitcoin::tip();
		let has_ended = matches!(Prepared::<T>::get(), Some(Preparation::Ended { .. }));
		if has_ended || tip != LookedAt::<T>::get() {
			weight.saturating_accrue(Self::look(now));
			LookedAt::<T>::set(tip);
		}
		if has_ended && Self::make_prepared(now) {
			weight.saturating_accrue(Self::make_weight());
		}
		weight
	}

	/// Looks at all open tasks, and says what that weighed.
	fn look(now: BlockNumber) -> Weight {
		let mut open = Open::<T>::get();
		let looked_at: u32 = open.len().saturated_into();
		let mut finished = 0u32;
		for height in &open {
			finished = finished.saturating_add(Self::follow_anchor(*height, now).into());
		}
		// Only now it is known what is final, and covers what is due.
		let time = T::Clock::now();
		open.retain(|height| Self::is_open_at(*height, time));
		Open::<T>::put(open);
		Self::look_weight(looked_at, finished)
	}

	/// Lets a task move to where its anchor's confirmations put it. Says whether it is final by that.
	fn follow_anchor(height: BlockNumber, now: BlockNumber) -> bool {
		let Some(task) = Tasks::<T>::get(height) else { return false };
		let (Status::Included(inclusion) | Status::Confirmed(inclusion)) = task.status else {
			return false;
		};
		let found = T::Bitcoin::find(inclusion.block).map(|found| found.confirmations);
		let status = match found {
			Some(found) if found >= Self::final_confirmations() => {
				Status::Final { inclusion, at: now, is_paid: false }
			},
			Some(found) if found >= T::Confirmations::get() => Status::Confirmed(inclusion),
			Some(_) => Status::Included(inclusion),
			None => Status::Due { since: T::Clock::now() },
		};
		if status == task.status {
			return false;
		}
		Self::set_status(height, status);
		Self::deposit_event(match status {
			Status::Due { since } => Event::AnchorLost { height, block: inclusion.block, since },
			Status::Confirmed(_) => Event::AnchorConfirmed { height },
			Status::Final { .. } => {
				LatestFinal::<T>::mutate(|latest| *latest = Some(height).max(*latest));
				let record = Self::log_final(&task, &inclusion);
				Event::AnchorFinal { height, inclusion, record }
			},
			_ => Event::AnchorUnconfirmed { height },
		});
		matches!(status, Status::Final { .. })
	}

	/// Covers a due task by the newest final one, or lets it be missed, if it is time for that. Says whether the
	/// task is open then.
	fn is_open_at(height: BlockNumber, time: BlockNumber) -> bool {
		let Some(task) = Tasks::<T>::get(height) else { return false };
		let Status::Due { since } = task.status else { return task.status.is_open() };
		if let Some(by) = LatestFinal::<T>::get().filter(|by| *by > height) {
			Self::set_status(height, Status::Covered { by });
			Self::deposit_event(Event::TaskCovered { height, by });
			return false;
		}
		let is_late = Self::due_until(since) < time;
		if is_late {
			Self::miss(height);
		}
		!is_late
	}

	/// The last active block in which a task may be proven that is due since `since`.
	pub(crate) fn due_until(since: BlockNumber) -> BlockNumber {
		since.saturating_add(T::Timeout::get())
	}

	/// From how many confirmations on a task is final: no fewer than can't be undone.
	pub(crate) fn final_confirmations() -> u32 {
		T::FinalConfirmations::get().max(T::Bitcoin::irreversible())
	}

	/// Writes down that a block is on Bitcoin for good. Nobody pays, so only a log that is full or broken
	/// refuses; what is on Bitcoin is there without it.
	fn log_final(task: &Task, inclusion: &Inclusion) -> Option<aitbc_audit::RecordId> {
		let subjects = [Subject::Anchor(task.payload.height.into())];
		let entry = Entry::new(Logged::AnchorFinal, Actor::Chain, &subjects)
			.with_hashes(&[task.payload.block_hash, inclusion.block.0]);
		T::Audit::append(entry, None).ok()
	}

	/// What a block without anything to do weighs, with its end. Bitcoin's network and tip are asked for.
	fn watch_weight() -> Weight {
		T::WeightInfo::watch().saturating_add(T::Bitcoin::find_weight().saturating_mul(2))
	}

	/// What it weighs to make a task. Bitcoin's network is asked for.
	fn make_weight() -> Weight {
		T::WeightInfo::make().saturating_add(T::Bitcoin::find_weight())
	}

	/// What it weighs to look at so many open tasks, of which so many are final by that.
	fn look_weight(open: u32, finished: u32) -> Weight {
		let finish = T::WeightInfo::finish().saturating_add(T::Audit::growth_weight());
		T::WeightInfo::look(open)
			.saturating_add(T::Bitcoin::find_weight().saturating_mul(open.into()))
			.saturating_add(finish.saturating_mul(finished.into()))
	}

	/// The most that the hooks of a block can weigh.
	pub(crate) fn most_hook_weight() -> Weight {
		let open = T::MaxOpen::get();
		Self::watch_weight()
			.saturating_add(Self::look_weight(open, open))
			.saturating_add(Self::make_weight())
	}
}

//! Reading, for the runtime API.

use crate::{runtime_api::MAX_PAGE, *};
use aitbc_bitcoin::Payload;
use aitbc_core::BlockNumber;
use aitbc_traits::BitcoinHeaderChain;
use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// When tasks are made, and on which terms.
	pub fn schedule() -> ScheduleInfo {
		let period = Self::period();
		let present: BlockNumber = frame_system::Pallet::<T>::block_number().saturated_into();
		let past = present.checked_rem(period).unwrap_or_default();
		ScheduleInfo {
			network: T::Bitcoin::network(),
			period,
			next: present.saturating_sub(past).saturating_add(period),
			timeout: T::Timeout::get(),
			confirmations: T::Confirmations::get(),
			final_confirmations: Self::final_confirmations(),
			latest_final: LatestFinal::<T>::get(),
			reward: T::Reward::get(),
			deposit: T::Deposit::get(),
			max_proof_bytes: T::MaxProofBytes::get(),
		}
	}

	/// The task of the block `height`, while it is kept.
	pub fn task(height: BlockNumber) -> Option<TaskInfo> {
		let task = Tasks::<T>::get(height)?;
		let found = task.status.inclusion().and_then(|inclusion| T::Bitcoin::find(inclusion.block));
		let due_until = match task.status {
			Status::Due { since } => Some(Self::due_until(since)),
			_ => None,
		};
		Some(TaskInfo { task, confirmations: found.map(|found| found.confirmations), due_until })
	}

	/// The tasks before `before`, or the last ones, newest first.
	pub fn tasks(before: Option<BlockNumber>, limit: u32) -> TaskPage {
		let limit: usize = limit.clamp(1, MAX_PAGE).saturated_into();
		let heights = Heights::<T>::get();
		let wanted = |height: &&BlockNumber| before.is_none_or(|before| **height < before);
		let mut rest = heights.iter().rev().filter(wanted).copied();
		let shown: Vec<_> = rest.by_ref().take(limit).collect();
		let next = rest.next().and(shown.last().copied());
		TaskPage { tasks: shown.into_iter().filter_map(Self::task).collect(), next }
	}

	/// The newest task.
	pub fn latest() -> Option<TaskInfo> {
		Self::task(*Heights::<T>::get().last()?)
	}

	/// The newest task that is final, while it is kept.
	pub fn latest_final() -> Option<TaskInfo> {
		Self::task(LatestFinal::<T>::get()?)
	}

	/// What a worker should anchor now: the payload of the newest open task, if it is due.
	pub fn due() -> Option<Payload> {
		let task = Tasks::<T>::get(*Open::<T>::get().last()?)?;
		matches!(task.status, Status::Due { .. }).then_some(task.payload)
	}

	/// Who has this script.
	pub fn anchorer(key_hash: PubkeyHash) -> Option<Anchorer<T::AccountId>> {
		Anchorers::<T>::get(key_hash)
	}
}

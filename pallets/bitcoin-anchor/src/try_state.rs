//! What must hold of the storage between any two calls, one function for each invariant.

use crate::*;
use aitbc_core::{Balance, BlockNumber};
use aitbc_traits::{BitcoinHeaderChain, DeadlineClock};
use alloc::collections::BTreeMap;
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_tasks_listed()?;
		Self::try_open_listed()?;
		Self::try_payloads_own()?;
		Self::try_covered_by_final()?;
		Self::try_times_past()?;
		Self::try_deposits_held()?;
		Self::try_prepared_next()
	}

	/// The tasks are those that are listed, in the order of their heights.
	fn try_tasks_listed() -> Result<(), TryRuntimeError> {
		let heights = Heights::<T>::get();
		ensure!(is_ascending(&heights), "heights are not in order");
		for height in &heights {
			ensure!(Tasks::<T>::contains_key(height), "a task is missing");
		}
		ensure!(Tasks::<T>::iter_keys().count() == heights.len(), "a task is not listed");
		Ok(())
	}

	/// The open tasks are those that are listed as such, in the order of their heights.
	fn try_open_listed() -> Result<(), TryRuntimeError> {
		let open = Open::<T>::get();
		ensure!(is_ascending(&open), "open tasks are not in order");
		for (height, task) in Tasks::<T>::iter() {
			ensure!(
				task.status.is_open() == open.contains(&height),
				"an open task is not listed, or one that is not open is"
			);
		}
		for height in open {
			ensure!(Tasks::<T>::contains_key(height), "an open task is missing");
		}
		Ok(())
	}

	/// Each payload names its own task's height, and the network that is followed.
	fn try_payloads_own() -> Result<(), TryRuntimeError> {
		let network = T::Bitcoin::network();
		for (height, Task { payload, .. }) in Tasks::<T>::iter() {
			ensure!(payload.height == height, "a payload is of another height");
			ensure!(Some(payload.network) == network, "a payload is for another network");
		}
		Ok(())
	}

	/// No due task is older than the newest final one, which no task claims to be newer than. A covered one
	/// is older than what covers it, and that is final.
	fn try_covered_by_final() -> Result<(), TryRuntimeError> {
		let latest = LatestFinal::<T>::get();
		for (height, task) in Tasks::<T>::iter() {
			match task.status {
				Status::Due { .. } => ensure!(Some(height) > latest, "a due task is not covered"),
				Status::Final { .. } => {
					ensure!(Some(height) <= latest, "a final task is newer than the newest")
				},
				Status::Covered { by } => {
					ensure!(height < by, "a task is covered by an older one");
					ensure!(Some(by) <= latest, "a task is covered by one that is not final");
				},
				Status::Included(_) | Status::Confirmed(_) | Status::Missed => (),
			}
		}
		Ok(())
	}

	/// Nothing is due since, or final since, a time to come.
	fn try_times_past() -> Result<(), TryRuntimeError> {
		let (now, time) = (present::<T>(), T::Clock::now());
		for (height, task) in Tasks::<T>::iter() {
			ensure!(height < now, "a task is of a block that has not ended");
			match task.status {
				Status::Due { since } => {
					ensure!(since <= time, "a task is due since a time to come")
				},
				Status::Final { at, .. } => {
					ensure!(height < at && at <= now, "a task is final since a time to come")
				},
				_ => (),
			}
		}
		Ok(())
	}

	/// What is held on each account are the deposits of its scripts.
	fn try_deposits_held() -> Result<(), TryRuntimeError> {
		let mut deposits = BTreeMap::<T::AccountId, Balance>::new();
		for Anchorer { account, deposit } in Anchorers::<T>::iter_values() {
			let sum = deposits.entry(account).or_default();
			*sum = sum.checked_add(deposit).ok_or(ArithmeticError::Overflow)?;
		}
		let reason = HoldReason::Deposit.into();
		for who in frame_system::Account::<T>::iter_keys() {
			let deposit = deposits.remove(&who).unwrap_or_default();
			ensure!(
				T::Currency::balance_on_hold(&reason, &who) == deposit,
				"what is held differs from the deposits"
			);
		}
		ensure!(deposits.is_empty(), "an anchorer has no account");
		Ok(())
	}

	/// What is prepared is for the present block or the next.
	fn try_prepared_next() -> Result<(), TryRuntimeError> {
		let now = present::<T>();
		match Prepared::<T>::get() {
			Some(Preparation::Announced { height, .. }) => ensure!(
				height == now || Some(height) == now.checked_add(1),
				"a block is announced at the wrong time"
			),
			Some(Preparation::Ended { height, .. }) => {
				ensure!(height == now, "a block ended at the wrong time")
			},
			None => (),
		}
		Ok(())
	}
}

/// The number of the present block.
fn present<T: Config>() -> BlockNumber {
	frame_system::Pallet::<T>::block_number().saturated_into()
}

/// Whether each height is above the one before.
fn is_ascending(heights: &[BlockNumber]) -> bool {
	heights.is_sorted_by(|one, next| one < next)
}

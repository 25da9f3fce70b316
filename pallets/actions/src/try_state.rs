//! The invariants, one function for each.

use crate::*;
use aitbc_core::{Balance, Target};
use alloc::{collections::BTreeMap, vec::Vec};
use frame_support::{ensure, traits::fungible::InspectHold};
use sp_runtime::{traits::SaturatedConversion, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks all invariants.
	pub(crate) fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_deposits()?;
		Self::try_agenda()?;
		Self::try_targets()?;
		Self::try_counts()?;
		Self::try_said()?;
		Self::try_catalogue()
	}

	/// What is held on an account is the deposits of its actions that have not ended.
	fn try_deposits() -> Result<(), TryRuntimeError> {
		let mut deposits = BTreeMap::<Vec<u8>, (T::AccountId, Balance)>::new();
		for (_, action) in Actions::<T>::iter() {
			let Source::Account { who, deposit, .. } = action.source else { continue };
			let is_over = matches!(action.state, State::Ended { .. });
			ensure!(!is_over || deposit == 0, "an action that is over has a deposit");
			let entry = deposits.entry(codec::Encode::encode(&who)).or_insert((who, 0));
			entry.1 = entry.1.saturating_add(deposit);
		}
		for (_, (who, deposit)) in deposits {
			let held = T::Currency::balance_on_hold(&HoldReason::Deposit.into(), &who);
			ensure!(held == deposit, "what is held is not what actions say");
		}
		Ok(())
	}

	/// Each action is on the agenda once, at the block its state says, which is not done.
	fn try_agenda() -> Result<(), TryRuntimeError> {
		let entries = Agenda::<T>::iter_keys().count();
		ensure!(entries == Actions::<T>::iter_keys().count(), "the agenda has more or fewer");
		let from = AgendaFrom::<T>::get().unwrap_or_default();
		for (id, action) in Actions::<T>::iter() {
			let due = action.due();
			ensure!(Agenda::<T>::contains_key(due, id), "an action is not on the agenda");
			ensure!(due >= from, "an action is on an agenda that is done");
			ensure!(id < NextActionId::<T>::get(), "an action has an id that is to come");
			ensure!(id >= OldestActionId::<T>::get(), "an action is older than the oldest");
		}
		Ok(())
	}

	/// A target is under action exactly if one on it runs or is watched.
	fn try_targets() -> Result<(), TryRuntimeError> {
		let mut validators = 0u32;
		let mut under_way = 0usize;
		for (id, action) in Actions::<T>::iter() {
			if !action.state.is_under_way() {
				continue;
			}
			under_way = under_way.saturating_add(1);
			let target = action.order.target;
			ensure!(UnderAction::<T>::get(&target) == Some(id), "a target is free that is not");
			if matches!(target, Target::Validator(_)) {
				validators = validators.saturating_add(1);
			}
		}
		ensure!(UnderAction::<T>::iter_keys().count() == under_way, "a target is under no action");
		ensure!(ValidatorsUnderAction::<T>::get() == validators, "validators are miscounted");
		Ok(())
	}

	/// Open recommendations of accounts, and running actions of executors, are as counted.
	fn try_counts() -> Result<(), TryRuntimeError> {
		let mut open = BTreeMap::<Vec<u8>, u32>::new();
		let mut running = BTreeMap::new();
		for (_, action) in Actions::<T>::iter() {
			let is_over = matches!(action.state, State::Ended { .. });
			if let Source::Account { who, .. } = &action.source {
				if !is_over {
					let count = open.entry(codec::Encode::encode(who)).or_default();
					*count = count.saturating_add(1);
				}
			}
			if let State::Running { executor, .. } = &action.state {
				let count = running.entry(executor.agent).or_insert(0u32);
				*count = count.saturating_add(1);
			}
		}
		let counted: BTreeMap<_, _> = OpenCount::<T>::iter()
			.map(|(who, count)| (codec::Encode::encode(&who), count))
			.collect();
		ensure!(counted == open, "open recommendations are miscounted");
		ensure!(
			RunningCount::<T>::iter().collect::<BTreeMap<_, _>>() == running,
			"running actions are miscounted"
		);
		Ok(())
	}

	/// Everybody said a thing once.
	fn try_said() -> Result<(), TryRuntimeError> {
		for (_, action) in Actions::<T>::iter() {
			for set in [&action.approvals, &action.spam] {
				let is_first = |(place, who)| !set.iter().take(place).any(|other| other == who);
				ensure!(set.iter().enumerate().all(is_first), "somebody said a thing twice");
			}
		}
		Ok(())
	}

	/// Names lead to their kinds, kinds are sound, and began no more often than they may.
	fn try_catalogue() -> Result<(), TryRuntimeError> {
		let names = KindNames::<T>::iter().count();
		ensure!(names == Catalogue::<T>::iter_keys().count(), "a name leads to no kind");
		for (id, Listed { kind, .. }) in Catalogue::<T>::iter() {
			ensure!(kind.is_sound(), "a kind is not sound");
			ensure!(KindNames::<T>::get(&kind.name) == Some(id), "a kind's name is not its own");
		}
		for (_, starts) in Starts::<T>::iter() {
			ensure!(starts.is_sorted(), "starts are not in order");
			ensure!(starts.len() <= MAX_KIND_STARTS.saturated_into(), "a kind began too often");
		}
		Ok(())
	}
}

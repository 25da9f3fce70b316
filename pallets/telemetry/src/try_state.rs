//! What must hold of the storage between any two calls, one function for each invariant.

use crate::{
	impls::{COMMIT_LAG, REVEAL_LAG},
	*,
};
use aitbc_core::Balance;
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, TryRuntimeError};

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_keys_owned()?;
		Self::try_deposits_held()?;
		Self::try_digests_due()?;
		Self::try_feeds_kept()?;
		Self::try_points_add_up()?;
		Self::try_pot_covers()?;
		Self::try_reports_numbered()?;
		Self::try_alarms_reported()?;
		Self::try_open_reports_counted()?;
		Self::try_records_possible()
	}

	/// Each worker's key is its own, and nobody else's.
	fn try_keys_owned() -> Result<(), TryRuntimeError> {
		for (reporter, worker) in Workers::<T>::iter() {
			ensure!(
				KeyOwners::<T>::get(worker.key) == Some(reporter),
				"a worker key has another owner"
			);
		}
		ensure!(
			KeyOwners::<T>::iter_keys().count() == Workers::<T>::iter_keys().count(),
			"a key has an owner without a worker"
		);
		Ok(())
	}

	/// What is held on each account is what its worker has at risk.
	fn try_deposits_held() -> Result<(), TryRuntimeError> {
		let reason = HoldReason::Deposit.into();
		for who in frame_system::Account::<T>::iter_keys() {
			let deposit = Workers::<T>::get(&who).map_or(0, |worker| worker.deposit);
			ensure!(
				T::Currency::balance_on_hold(&reason, &who) == deposit,
				"what is held differs from the deposit"
			);
		}
		for (who, worker) in Workers::<T>::iter() {
			ensure!(
				T::Currency::balance_on_hold(&reason, &who) == worker.deposit,
				"what is held differs from the deposit"
			);
		}
		Ok(())
	}

	/// Commitments are to digests of the last windows, each reporter of them has a worker, those of the
	/// last one are counted, and nothing is revealed that was not committed to.
	fn try_digests_due() -> Result<(), TryRuntimeError> {
		let present = Self::present_window();
		for (window, reporter, _) in Commitments::<T>::iter() {
			let age = present.checked_sub(window);
			ensure!(
				age.is_some_and(|age| (1..=REVEAL_LAG).contains(&age)),
				"a commitment is not due"
			);
			ensure!(Workers::<T>::contains_key(reporter), "who committed has no worker");
		}
		let due = present.checked_sub(COMMIT_LAG);
		let committed = due.map_or(0, |due| Commitments::<T>::iter_key_prefix(due).count());
		let counted: usize = CommitmentCount::<T>::get().saturated_into();
		ensure!(committed == counted, "commitments are counted wrong");
		for (window, reporter, _) in Revealed::<T>::iter() {
			ensure!(
				Commitments::<T>::contains_key(window, reporter),
				"a digest was revealed that was not committed to"
			);
		}
		Ok(())
	}

	/// Feeds are of windows that are settled, and no older than they are kept.
	fn try_feeds_kept() -> Result<(), TryRuntimeError> {
		let next = NextToSettle::<T>::get().unwrap_or_default();
		for window in Feeds::<T>::iter_keys() {
			ensure!(window < next, "a feed is of a window that is not settled");
			let age = next.saturating_sub(window);
			ensure!(age <= T::KeptFeeds::get(), "a feed is kept for too long");
		}
		Ok(())
	}

	/// The points of each era that are not paid come to what it counts, less those that were paid.
	fn try_points_add_up() -> Result<(), TryRuntimeError> {
		let mut found = BTreeMap::<EraIndex, u64>::new();
		for (era, _, points) in Points::<T>::iter() {
			ensure!(points > 0, "no points are written down");
			let sum = found.entry(era).or_default();
			*sum = sum.checked_add(points.into()).ok_or(ArithmeticError::Overflow)?;
		}
		for (era, pay) in Eras::<T>::iter() {
			let unpaid = found.remove(&era).unwrap_or_default();
			ensure!(unpaid <= pay.points, "there are more points than counted");
			let is_counted = pay.pot.is_some() || unpaid == pay.points;
			ensure!(is_counted, "points of an era that goes on are missing");
		}
		ensure!(found.is_empty(), "points are of an era that is not counted");
		Ok(())
	}

	/// What is set aside is what closed eras have not paid, and the pot has it.
	fn try_pot_covers() -> Result<(), TryRuntimeError> {
		use frame_support::traits::fungible::Inspect;
		let mut unpaid: Balance = 0;
		for pay in Eras::<T>::iter_values() {
			ensure!(pay.paid <= pay.pot.unwrap_or_default(), "an era has paid more than its pot");
			unpaid = unpaid.checked_add(pay.unpaid()).ok_or(ArithmeticError::Overflow)?;
		}
		let aside = SetAside::<T>::get();
		ensure!(aside == unpaid, "what is set aside differs from what is not paid");
		ensure!(
			aside <= T::Currency::total_balance(&Self::pot_account()),
			"the pot has less than is set aside"
		);
		Ok(())
	}

	/// There is a report for each id from the first to the next, and no other.
	fn try_reports_numbered() -> Result<(), TryRuntimeError> {
		let ids = ReportIds::<T>::get();
		let kept = ids.next.0.checked_sub(ids.first.0).ok_or("ids of reports go backward")?;
		let mut count = 0u64;
		for id in Reports::<T>::iter_keys() {
			ensure!(ids.first <= id && id < ids.next, "a report has an id that is not kept");
			count = count.checked_add(1).ok_or(ArithmeticError::Overflow)?;
		}
		ensure!(count == kept, "a report is missing");
		Ok(())
	}

	/// Each alarm that is remembered names its own report.
	fn try_alarms_reported() -> Result<(), TryRuntimeError> {
		for ((window, series, reporter), id) in Alarms::<T>::iter() {
			let report = Reports::<T>::get(id).ok_or("an alarm has no report")?;
			let is_own =
				(report.window, report.alarm.series, report.reporter) == (window, series, reporter);
			ensure!(is_own, "an alarm has the report of another");
		}
		Ok(())
	}

	/// Each worker counts its open reports.
	fn try_open_reports_counted() -> Result<(), TryRuntimeError> {
		let mut open = BTreeMap::<T::AccountId, u32>::new();
		for report in Reports::<T>::iter_values() {
			if report.state == ReportState::Open {
				let count = open.entry(report.reporter).or_default();
				*count = count.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			}
		}
		for (reporter, worker) in Workers::<T>::iter() {
			let expected = open.remove(&reporter).unwrap_or_default();
			ensure!(worker.open_reports == expected, "open reports are counted wrong");
		}
		ensure!(open.is_empty(), "an open report has no worker");
		Ok(())
	}

	/// Nobody has revealed or missed more digests than it committed to, nor is more known of digests and
	/// reports than there are.
	fn try_records_possible() -> Result<(), TryRuntimeError> {
		for record in Records::<T>::iter_values() {
			let done =
				record.revealed.checked_add(record.missed).ok_or(ArithmeticError::Overflow)?;
			ensure!(done <= record.committed, "more digests came to an end than began");
			let rated =
				record.in_band.checked_add(record.out_of_band).ok_or(ArithmeticError::Overflow)?;
			ensure!(rated <= record.revealed, "more digests were rated than revealed");
			let judged =
				record.confirmed.checked_add(record.dismissed).ok_or(ArithmeticError::Overflow)?;
			ensure!(judged <= record.reported, "more reports were judged than made");
		}
		Ok(())
	}
}

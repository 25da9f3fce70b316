//! Reports of alarms, and what becomes of them.

use super::digests::Topic;
use crate::*;
use aitbc_core::Balance;
use aitbc_telemetry::{Alarm, Series};
use aitbc_traits::{Anomaly, OnAnomaly, ReporterInspect};
use alloc::vec::Vec;
use frame_support::{
	ensure,
	pallet_prelude::{TransactionSource, TransactionValidityWithRefund},
	traits::Get,
};
use sp_runtime::{traits::SaturatedConversion, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::report`].
	pub(crate) fn authorize_report(
		_: TransactionSource,
		key: &WorkerKey,
		window: &Window,
		alarm: &Alarm,
		model: &u16,
		evidence: &RawHash,
		signature: &WorkerSignature,
	) -> TransactionValidityWithRefund {
		let allowed = Self::reporter(key, *window, alarm).and_then(|(reporter, _)| {
			let statement = Statement::Reports(*window, alarm, *model, evidence);
			Self::ensure_signed_by(key, &statement, signature)?;
			Ok(reporter)
		});
		match allowed {
			Ok(reporter) => {
				let series = alarm.series.index().saturated_into();
				Self::authorized(Topic::Report(*window, series, &reporter))
			},
			Err(error) => Self::refused(error),
		}
	}

	/// Who reports `alarm` in `window` by `key`, with its worker, if it may now.
	fn reporter(
		key: &WorkerKey,
		window: Window,
		alarm: &Alarm,
	) -> Result<(T::AccountId, Worker), Error<T>> {
		let (reporter, worker) = Self::sender(key)?;
		ensure!(window == Self::present_window(), Error::<T>::WrongWindow);
		let has_reported = Alarms::<T>::contains_key((window, alarm.series, &reporter));
		ensure!(!has_reported, Error::<T>::AlreadyReported);
		let made = reports_in(&worker, window);
		ensure!(made < T::MaxReports::get(), Error::<T>::TooManyReports);
		Ok((reporter, worker))
	}

	/// See [`Pallet::report`].
	pub(crate) fn do_report(
		key: WorkerKey,
		window: Window,
		alarm: Alarm,
		model: u16,
		evidence: RawHash,
	) -> DispatchResult {
		let (reporter, mut worker) = Self::reporter(&key, window, &alarm)?;

		let id = ReportIds::<T>::mutate(|ids| {
			let id = ids.next;
			ids.next = id.next();
			id
		});
		worker.reported = (window, reports_in(&worker, window).saturating_add(1));
		worker.open_reports = worker.open_reports.saturating_add(1);
		Workers::<T>::insert(&reporter, worker);
		Records::<T>::mutate(&reporter, |record| {
			record.reported = record.reported.saturating_add(1);
		});
		Alarms::<T>::insert((window, alarm.series, &reporter), id);
		let state = ReportState::Open;
		let report = Report { reporter: reporter.clone(), window, alarm, model, evidence, state };
		Reports::<T>::insert(id, report);
		Self::deposit_event(Event::AlarmReported {
			report: id,
			reporter: reporter.clone(),
			window,
			alarm,
			model,
			evidence,
		});
		T::OnAnomaly::on_anomaly(&Anomaly {
			report: id.0,
			reporter,
			series: alarm.series,
			evidence: evidence.0,
		});
		Ok(())
	}

	/// See [`Pallet::judge_report`].
	pub(crate) fn do_judge_report(id: ReportId, is_right: bool) -> DispatchResult {
		let report = Reports::<T>::get(id).ok_or(Error::<T>::ReportNotFound)?;
		ensure!(report.state == ReportState::Open, Error::<T>::AlreadyJudged);
		if is_right {
			Self::confirm(id, report, Confirmation::Governance);
			return Ok(());
		}
		let reporter = report.reporter.clone();
		Self::close(id, report, ReportState::Dismissed);
		let penalty = Self::punish(&reporter, T::SpamPenalty::get());
		Records::<T>::mutate(&reporter, |record| {
			record.dismissed = record.dismissed.saturating_add(1);
		});
		Self::deposit_event(Event::ReportDismissed { report: id, reporter, penalty });
		Ok(())
	}

	/// Confirms an open report, which earns points unless another of its reporter in its window has.
	pub(crate) fn confirm(id: ReportId, report: ReportOf<T>, by: Confirmation) {
		let reporter = report.reporter.clone();
		let window = report.window;
		Self::close(id, report, ReportState::Confirmed(by));
		let is_first = Records::<T>::mutate(&reporter, |record| {
			record.confirmed = record.confirmed.saturating_add(1);
			let is_first = record.last_confirmed != Some(window);
			record.last_confirmed = Some(window);
			is_first
		});
		if is_first {
			Self::earn(&reporter, CONFIRMED_POINTS);
		}
		Self::deposit_event(Event::ReportConfirmed { report: id, reporter, by });
	}

	/// Stores what became of an open report, and counts it as open no more.
	fn close(id: ReportId, mut report: ReportOf<T>, state: ReportState) {
		Self::count_open_down(&report.reporter);
		report.state = state;
		Reports::<T>::insert(id, report);
	}

	/// Counts one open report less for `reporter`.
	fn count_open_down(reporter: &T::AccountId) {
		Workers::<T>::mutate(reporter, |worker| {
			if let Some(worker) = worker {
				worker.open_reports = worker.open_reports.saturating_sub(1);
			}
		});
	}

	/// Removes the oldest reports that are not kept any more, [`MAX_FORGOTTEN`] at most, and says how
	/// many that were.
	pub(crate) fn forget_reports() -> u32 {
		let ids = ReportIds::<T>::get();
		let present = Self::present_window();
		let mut first = ids.first;
		let mut forgotten = 0u32;
		while first < ids.next && forgotten < MAX_FORGOTTEN {
			let Some(report) = Reports::<T>::get(first) else { break };
			if report.window.saturating_add(T::KeptReports::get()) > present {
				break;
			}
			if report.state == ReportState::Open {
				Self::count_open_down(&report.reporter);
			}
			Reports::<T>::remove(first);
			first = first.next();
			forgotten = forgotten.saturating_add(1);
		}
		if forgotten > 0 {
			ReportIds::<T>::put(ReportSpan { first, ..ids });
		}
		forgotten
	}

	/// Confirms the open reports of `window` that others corroborate, by the stake behind its feed, and
	/// forgets who reported what in it. Says how many reports there were. Without stake there is nothing
	/// to be a third of.
	pub(crate) fn settle_alarms(window: Window, feed_stake: Balance) -> u32 {
		let alarms: Vec<_> = Alarms::<T>::drain_prefix((window,)).collect();
		for series in Series::SHARED {
			let of_series: Vec<_> = alarms.iter().filter(|((one, _), _)| *one == series).collect();
			let stake = of_series.iter().fold(0, |sum: Balance, ((_, reporter), _)| {
				sum.saturating_add(T::Reporters::stake(reporter))
			});
			let is_corroborated =
				of_series.len() > 1 && feed_stake > 0 && stake.saturating_mul(3) >= feed_stake;
			if !is_corroborated {
				continue;
			}
			for (_, id) in of_series {
				let report = Reports::<T>::get(id);
				if let Some(report) = report.filter(|one| one.state == ReportState::Open) {
					Self::confirm(*id, report, Confirmation::Corroboration);
				}
			}
		}
		alarms.len().saturated_into()
	}
}

/// How many reports `worker` has made in `window`.
fn reports_in(worker: &Worker, window: Window) -> u32 {
	let (last, count) = worker.reported;
	if last == window {
		count
	} else {
		0
	}
}

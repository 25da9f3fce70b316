//! Each invariant, broken once.

use crate::{
	mock::{Telemetry, *},
	*,
};
use aitbc_telemetry::Series;
use frame_support::{
	assert_ok,
	traits::{
		fungible::{MutateHold, UnbalancedHold},
		tokens::Precision,
	},
};
use sp_runtime::DispatchError;

/// The present window in [`assert_noticed`].
const PRESENT: Window = START + 6;

/// Sets up reporters with commitments, digests, feeds, points of an era that is over and of one that is
/// not, and reports; lets `corrupt` break the storage, and expects to hear `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let all = [ALICE, BOB, CAROL];
		fill_pot(ERA_POT);
		set_keys(&all);
		measure(&all);
		begin_era();
		report(ALICE, Series::Height);
		measure(&all);
		assert_eq!(Telemetry::present_window(), PRESENT);
		commit(&all.map(|who| (who, digest(PRESENT - 1))));
		report(BOB, Series::Cpu);
		let judged = report(CAROL, Series::Cpu);
		assert_ok!(Telemetry::judge_report(RuntimeOrigin::root(), judged, false));
		assert_ok!(Telemetry::claim(signed(BOB), ERA, BOB));
		assert_ok!(Telemetry::do_try_state());

		corrupt();

		assert_eq!(Telemetry::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

fn alter_worker(who: AccountId, change: impl FnOnce(&mut Worker)) {
	Workers::<Test>::mutate(who, |worker| change(worker.as_mut().expect("it has a worker")));
}

fn alter_era(era: EraIndex, change: impl FnOnce(&mut EraPay)) {
	Eras::<Test>::mutate(era, |pay| change(pay.as_mut().expect("the era has points")));
}

fn alter_report(id: u64, change: impl FnOnce(&mut Report<AccountId>)) {
	Reports::<Test>::mutate(ReportId(id), |report| {
		change(report.as_mut().expect("the report is kept"))
	});
}

#[test]
fn try_state_should_notice_when_a_worker_key_has_another_owner() {
	assert_noticed("a worker key has another owner", || {
		KeyOwners::<Test>::insert(key(ALICE), BOB);
	});
	assert_noticed("a worker key has another owner", || {
		KeyOwners::<Test>::remove(key(ALICE));
	});
	assert_noticed("a worker key has another owner", || {
		alter_worker(ALICE, |worker| worker.key = key(BOB));
	});
}

#[test]
fn try_state_should_notice_when_a_key_has_an_owner_without_a_worker() {
	assert_noticed("a key has an owner without a worker", || {
		KeyOwners::<Test>::insert(key(DAVE), DAVE);
	});
}

#[test]
fn try_state_should_notice_when_the_held_money_is_not_the_deposit() {
	let differs = "what is held differs from the deposit";
	let reason = HoldReason::Deposit.into();
	for who in [ALICE, STRANGER] {
		assert_noticed(differs, || {
			assert_ok!(Balances::hold(&reason, &who, 1));
		});
	}
	assert_noticed(differs, || {
		assert_ok!(Balances::decrease_balance_on_hold(&reason, &BOB, 1, Precision::Exact));
	});
	assert_noticed(differs, || alter_worker(CAROL, |worker| worker.deposit += 1));
}

#[test]
fn try_state_should_notice_when_a_worker_without_an_account_has_a_deposit() {
	assert_noticed("what is held differs from the deposit", || {
		KeyOwners::<Test>::insert(key(99), 99);
		let worker = Worker { key: key(99), deposit: 1, open_reports: 0, reported: (0, 0) };
		Workers::<Test>::insert(99, worker);
	});
}

#[test]
fn try_state_should_notice_when_a_commitment_is_not_due() {
	for window in [PRESENT - 3, PRESENT, PRESENT + 1] {
		assert_noticed("a commitment is not due", || {
			Commitments::<Test>::insert(window, ALICE, Commitment([1; 32]));
		});
	}
}

#[test]
fn try_state_should_notice_when_who_committed_has_no_worker() {
	assert_noticed("who committed has no worker", || {
		Commitments::<Test>::insert(PRESENT - 1, DAVE, Commitment([1; 32]));
	});
}

#[test]
fn try_state_should_notice_when_the_commitments_are_not_counted_right() {
	assert_noticed("commitments are counted wrong", || {
		CommitmentCount::<Test>::put(2);
	});
}

#[test]
fn try_state_should_notice_when_a_digest_was_revealed_without_a_commitment() {
	assert_noticed("a digest was revealed that was not committed to", || {
		let values: SharedValues = [None; SHARED];
		Revealed::<Test>::insert(PRESENT - 2, ALICE, values);
	});
}

#[test]
fn try_state_should_notice_when_a_feed_is_of_a_window_that_is_not_settled() {
	assert_noticed("a feed is of a window that is not settled", || {
		Feeds::<Test>::insert(PRESENT - 2, Feed::default());
	});
	assert_noticed("a feed is of a window that is not settled", NextToSettle::<Test>::kill);
}

#[test]
fn try_state_should_notice_when_a_feed_is_kept_for_too_long() {
	assert_noticed("a feed is kept for too long", || {
		Feeds::<Test>::insert(PRESENT - 3 - KEPT_FEEDS, Feed::default());
	});
}

#[test]
fn try_state_should_notice_when_no_points_are_written_down() {
	assert_noticed("no points are written down", || {
		Points::<Test>::insert(ERA, DAVE, 0);
	});
}

#[test]
fn try_state_should_notice_when_points_are_of_an_era_that_is_not_counted() {
	assert_noticed("points are of an era that is not counted", || {
		Points::<Test>::insert(ERA - 1, DAVE, 1);
	});
}

#[test]
fn try_state_should_notice_when_there_are_more_points_than_counted() {
	assert_noticed("there are more points than counted", || {
		Points::<Test>::insert(ERA, DAVE, 2);
	});
}

#[test]
fn try_state_should_notice_when_points_of_an_era_that_goes_on_are_missing() {
	assert_noticed("points of an era that goes on are missing", || {
		Points::<Test>::remove(ERA + 1, ALICE);
	});
	assert_noticed("points of an era that goes on are missing", || {
		let _ = Points::<Test>::clear_prefix(ERA + 1, u32::MAX, None);
	});
}

#[test]
fn try_state_should_notice_when_an_era_has_paid_more_than_its_pot() {
	assert_noticed("an era has paid more than its pot", || {
		alter_era(ERA, |pay| pay.paid = ERA_POT + 1);
	});
	assert_noticed("an era has paid more than its pot", || {
		alter_era(ERA + 1, |pay| pay.paid = 1);
	});
}

#[test]
fn try_state_should_notice_when_what_is_set_aside_is_not_what_is_not_paid() {
	let differs = "what is set aside differs from what is not paid";
	assert_noticed(differs, || SetAside::<Test>::mutate(|sum| *sum += 1));
	assert_noticed(differs, || alter_era(ERA, |pay| pay.paid += 1));
	assert_noticed(differs, || {
		Eras::<Test>::insert(ERA + 9, EraPay { points: 1, pot: Some(1), paid: 0 })
	});
}

#[test]
fn try_state_should_notice_when_the_pot_has_less_than_is_set_aside() {
	assert_noticed("the pot has less than is set aside", || {
		let aside = SetAside::<Test>::get();
		let account = Telemetry::pot_account();
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), account, aside - 1));
	});
}

#[test]
fn try_state_should_notice_when_ids_of_reports_go_backward() {
	assert_noticed("ids of reports go backward", || {
		ReportIds::<Test>::put(ReportSpan { first: ReportId(4), next: ReportId(3) });
	});
}

#[test]
fn try_state_should_notice_when_a_report_has_an_id_that_is_not_kept() {
	for span in [(1, 3), (0, 2)] {
		assert_noticed("a report has an id that is not kept", || {
			let (first, next) = (ReportId(span.0), ReportId(span.1));
			ReportIds::<Test>::put(ReportSpan { first, next });
		});
	}
}

#[test]
fn try_state_should_notice_when_a_report_is_missing() {
	assert_noticed("a report is missing", || Reports::<Test>::remove(ReportId(2)));
	assert_noticed("a report is missing", || {
		ReportIds::<Test>::mutate(|ids| ids.next = ReportId(4));
	});
}

#[test]
fn try_state_should_notice_when_an_alarm_has_no_report() {
	assert_noticed("an alarm has no report", || {
		Alarms::<Test>::insert((PRESENT, Series::Peers, ALICE), ReportId(9));
	});
}

#[test]
fn try_state_should_notice_when_an_alarm_has_the_report_of_another() {
	let complaint = "an alarm has the report of another";
	assert_noticed(complaint, || {
		Alarms::<Test>::insert((PRESENT, Series::Cpu, BOB), ReportId(2));
	});
	assert_noticed(complaint, || alter_report(1, |report| report.window -= 1));
	assert_noticed(complaint, || alter_report(1, |report| report.alarm.series = Series::Peers));
}

#[test]
fn try_state_should_notice_when_open_reports_are_counted_wrong() {
	let complaint = "open reports are counted wrong";
	assert_noticed(complaint, || alter_worker(ALICE, |worker| worker.open_reports = 2));
	assert_noticed(complaint, || alter_worker(CAROL, |worker| worker.open_reports = 1));
	assert_noticed(complaint, || {
		alter_report(0, |report| report.state = ReportState::Dismissed);
	});
}

#[test]
fn try_state_should_notice_when_an_open_report_has_no_worker() {
	assert_noticed("an open report has no worker", || {
		// It is not remembered as an alarm any more.
		alter_report(0, |report| report.reporter = DAVE);
		alter_worker(ALICE, |worker| worker.open_reports = 0);
	});
}

#[test]
fn try_state_should_notice_when_more_digests_came_to_an_end_than_began() {
	for change in [
		|record: &mut ReporterRecord| record.missed += 2,
		|record: &mut ReporterRecord| record.revealed += 2,
	] {
		assert_noticed("more digests came to an end than began", || {
			Records::<Test>::mutate(ALICE, change);
		});
	}
}

#[test]
fn try_state_should_notice_when_more_digests_were_rated_than_revealed() {
	for change in [
		|record: &mut ReporterRecord| record.in_band += 1,
		|record: &mut ReporterRecord| record.out_of_band += 1,
	] {
		assert_noticed("more digests were rated than revealed", || {
			Records::<Test>::mutate(ALICE, change);
		});
	}
}

#[test]
fn try_state_should_notice_when_more_reports_were_judged_than_made() {
	for change in [
		|record: &mut ReporterRecord| record.confirmed += 1,
		|record: &mut ReporterRecord| record.dismissed += 1,
	] {
		assert_noticed("more reports were judged than made", || {
			Records::<Test>::mutate(CAROL, change);
		});
	}
}

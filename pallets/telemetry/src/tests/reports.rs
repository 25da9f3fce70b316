//! Tests of `report`, of `judge_report`, of corroboration, and of how reports are forgotten.

use crate::{
	mock::{Telemetry, *},
	*,
};
use aitbc_core::Balance;
use aitbc_telemetry::{Series, MODEL};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_core::{Pair, H256};

type W = <Test as Config>::WeightInfo;

fn judge(report: ReportId, is_right: bool) -> DispatchResult {
	Telemetry::judge_report(RuntimeOrigin::root(), report, is_right)
}

/// Has `revealers` measure the present window, whose reports are settled with it.
fn settle_with(revealers: &[AccountId]) {
	measure(revealers);
}

/// What became of each report.
fn states(reports: &[ReportId]) -> Vec<ReportState> {
	reports.iter().map(|id| stored(*id).state).collect()
}

const CORROBORATED: ReportState = ReportState::Confirmed(Confirmation::Corroboration);
const CONFIRMED: ReportState = ReportState::Confirmed(Confirmation::Governance);

#[test]
fn report_should_be_stored() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		let alarm = alarm(Series::DiskFree);

		assert_ok!(send(&report_call(ALICE, START, alarm)));

		let id = ReportId(0);
		let expected = Report {
			reporter: ALICE,
			window: START,
			alarm,
			model: MODEL,
			evidence: EVIDENCE,
			state: ReportState::Open,
		};
		assert_eq!(Reports::<Test>::iter().collect::<Vec<_>>(), [(id, expected)]);
		let alarms: Vec<_> = Alarms::<Test>::iter().collect();
		assert_eq!(alarms, [((START, Series::DiskFree, ALICE), id)]);
		assert_eq!(ReportIds::<Test>::get(), ReportSpan { first: id, next: ReportId(1) });
		let worker = worker(ALICE);
		assert_eq!((worker.open_reports, worker.reported), (1, (START, 1)));
		assert_eq!(record(ALICE), ReporterRecord { reported: 1, ..Default::default() });
		assert_eq!(held(ALICE), DEPOSIT);
		let reported = Event::AlarmReported {
			report: id,
			reporter: ALICE,
			window: START,
			alarm,
			model: MODEL,
			evidence: EVIDENCE,
		};
		assert_eq!(events(), [reported]);
		assert_eq!(Heard::get(), [(0, ALICE, Series::DiskFree, EVIDENCE.0)]);
	});
}

#[test]
fn report_should_be_refused_when_nobody_has_the_key() {
	build_and_execute(|| {
		assert_refused(&report_call(ALICE, START, alarm(Series::Cpu)), Error::UnknownKey);
	});
}

#[test]
fn report_should_be_refused_when_the_reporter_does_not_validate_any_more() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		set_stake(ALICE, 0);
		let call = report_call(ALICE, START, alarm(Series::Cpu));
		assert_refused(&call, Error::ReporterNotActive);
	});
}

#[test]
fn report_should_be_refused_when_the_deposit_does_not_cover_the_dearest_penalty() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		SpamPenalty::set(&(DEPOSIT + 1));
		let call = report_call(ALICE, START, alarm(Series::Cpu));
		assert_refused(&call, Error::DepositTooLow);
		SpamPenalty::set(&DEPOSIT);
		assert_ok!(send(&call));
	});
}

#[test]
fn report_should_be_refused_when_it_is_not_of_the_present_window() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		for window in [0, START - 1, START + 1, Window::MAX] {
			let call = report_call(ALICE, window, alarm(Series::Cpu));
			assert_refused(&call, Error::WrongWindow);
		}
	});
}

#[test]
fn report_should_be_refused_when_the_series_was_reported_in_the_window() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB]);
		report(ALICE, Series::Cpu);
		let mut other = alarm(Series::Cpu);
		other.at += 1;
		assert_refused(&report_call(ALICE, START, other), Error::AlreadyReported);
		report(BOB, Series::Cpu);
		next_window();
		report(ALICE, Series::Cpu);
	});
}

#[test]
fn report_should_be_refused_when_there_were_too_many_in_the_window() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		for window in [START, START + 1] {
			report(ALICE, Series::Cpu);
			report(ALICE, Series::Peers);
			assert_eq!(worker(ALICE).reported, (window, MAX_REPORTS));
			let call = report_call(ALICE, window, alarm(Series::DiskFree));
			assert_refused(&call, Error::TooManyReports);
			next_window();
		}
		assert_eq!(worker(ALICE).open_reports, 2 * MAX_REPORTS);
	});
}

#[test]
fn report_should_be_refused_when_the_signature_is_over_something_else() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB]);
		let right = alarm(Series::Cpu);
		let mut other = right;
		other.at += 1;
		let statement = Statement::Reports(START, &right, MODEL, &EVIDENCE);
		let evidence = RawHash([6; 32]);
		for signature in [
			sign(BOB, &statement),
			sign(ALICE, &Statement::Reports(START + 1, &right, MODEL, &EVIDENCE)),
			sign(ALICE, &Statement::Reports(START, &other, MODEL, &EVIDENCE)),
			sign(ALICE, &Statement::Reports(START, &right, MODEL + 1, &EVIDENCE)),
			sign(ALICE, &Statement::Reports(START, &right, MODEL, &evidence)),
			pair(ALICE).sign(&statement.bytes(&H256::zero())).into(),
		] {
			assert_forged(&Call::report {
				key: key(ALICE),
				window: START,
				alarm: right,
				model: MODEL,
				evidence: EVIDENCE,
				signature,
			});
		}
	});
}

#[test]
fn report_should_be_confirmed_when_others_corroborate_it() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		let alices = report(ALICE, Series::FinalityLag);
		let bobs = report(BOB, Series::FinalityLag);

		settle_with(&[ALICE, BOB, CAROL]);

		assert_eq!(states(&[alices, bobs]), [CORROBORATED; 2]);
		for who in [ALICE, BOB] {
			let record = record(who);
			assert_eq!((record.reported, record.confirmed, record.dismissed), (1, 1, 0));
			assert_eq!(record.last_confirmed, Some(START));
			assert_eq!(worker(who).open_reports, 0);
			assert_eq!(points(who), 1 + CONFIRMED_POINTS);
		}
		assert_eq!(points(CAROL), 1);
		assert_eq!(Eras::<Test>::get(ERA).unwrap().points, 3 + 2 * u64::from(CONFIRMED_POINTS));
		assert_eq!(Alarms::<Test>::iter().count(), 0);
		let by = Confirmation::Corroboration;
		let mut seen = events().split_off(1);
		let mut expected = vec![
			Event::ReportConfirmed { report: alices, reporter: ALICE, by },
			Event::ReportConfirmed { report: bobs, reporter: BOB, by },
		];
		// They are settled in the order of storage.
		seen.sort_by_key(codec::Encode::encode);
		expected.sort_by_key(codec::Encode::encode);
		assert_eq!(seen, expected);
	});
}

/// Has [`ALICE`] and [`BOB`] with a stake of one each report in one window, whose feed is of three
/// others with this stake together, and says whether they corroborate each other.
fn is_corroborated(feed_stake: Balance) -> bool {
	let mut outcome = false;
	build_and_execute(|| {
		let others = [CAROL, DAVE, 5];
		for (who, stake) in others.into_iter().zip([1, 1, feed_stake - 2]) {
			set_stake(who, stake);
		}
		set_stake(ALICE, 1);
		set_stake(BOB, 1);
		set_keys(&[ALICE, BOB, CAROL, DAVE, 5]);
		let reports = [ALICE, BOB].map(|who| report(who, Series::BlockTime));
		settle_with(&others);
		assert_eq!(Feeds::<Test>::get(START).unwrap().stake, feed_stake);
		outcome = states(&reports) == [CORROBORATED; 2];
		assert_eq!(points(ALICE), if outcome { CONFIRMED_POINTS } else { 0 });
	});
	outcome
}

#[test]
fn reports_should_be_corroborated_when_they_have_a_third_of_the_stake() {
	assert!(is_corroborated(6));
	assert!(is_corroborated(5));
}

#[test]
fn reports_should_stay_open_when_they_have_less_than_a_third_of_the_stake() {
	assert!(!is_corroborated(7));
}

#[test]
fn reports_should_stay_open_when_too_few_revealed_to_compare_them_with() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB]);
		let reports = [ALICE, BOB].map(|who| report(who, Series::Height));
		settle_with(&[ALICE, BOB]);
		assert_eq!(Feeds::<Test>::get(START).unwrap().reporters, 2);
		assert_eq!(states(&reports), [ReportState::Open; 2]);
		assert_eq!((points(ALICE), points(BOB)), (0, 0));
	});
}

#[test]
fn report_should_stay_open_when_one_alone_has_all_the_stake() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		set_stake(ALICE, 1_000 * STAKE);
		let id = report(ALICE, Series::FinalityLag);
		settle_with(&[ALICE, BOB, CAROL]);
		assert_eq!(stored(id).state, ReportState::Open);
		assert_eq!(worker(ALICE).open_reports, 1);
		assert_eq!(Alarms::<Test>::iter().count(), 0);
	});
}

#[test]
fn reports_should_stay_open_when_they_are_of_different_series_or_windows() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		let mut ids = vec![report(ALICE, Series::FinalityLag), report(BOB, Series::BlockTime)];
		let all = [ALICE, BOB, CAROL];
		next_window();
		ids.push(report(BOB, Series::FinalityLag));
		for window in [START, START + 1] {
			let digests = all.map(|who| (who, digest(window)));
			commit(&digests);
			next_window();
			reveal(&digests);
		}
		next_window();
		assert_eq!(NextToSettle::<Test>::get(), Some(START + 2));
		assert_eq!(states(&ids), [ReportState::Open; 3]);
	});
}

#[test]
fn reports_should_stay_open_when_they_are_of_a_local_series() {
	build_and_execute(|| {
		let all = [ALICE, BOB, CAROL, DAVE];
		set_keys(&all);
		let ids = all.map(|who| report(who, Series::DiskFree));
		settle_with(&all);
		assert_eq!(states(&ids), [ReportState::Open; 4]);
		assert_eq!(points(ALICE), 1);
		assert_eq!(Alarms::<Test>::iter().count(), 0);
	});
}

#[test]
fn reports_should_stay_open_when_the_window_has_no_feed() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB]);
		let ids = [ALICE, BOB].map(|who| report(who, Series::FinalityLag));
		enter(START + 3);
		assert_eq!(NextToSettle::<Test>::get(), Some(START + 1));
		assert_eq!(states(&ids), [ReportState::Open; 2]);
		assert_eq!(points(ALICE), 0);
	});
}

#[test]
fn reports_should_stay_open_when_their_reporters_have_no_stake_any_more() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		let ids = [ALICE, BOB].map(|who| report(who, Series::FinalityLag));
		for who in [ALICE, BOB] {
			set_stake(who, 0);
		}
		settle_with(&[CAROL]);
		assert_eq!(states(&ids), [ReportState::Open; 2]);
	});
}

#[test]
fn reporter_should_earn_points_once_in_a_window_when_two_reports_are_confirmed() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		for who in [ALICE, BOB] {
			report(who, Series::FinalityLag);
			report(who, Series::BlockTime);
		}
		settle_with(&[ALICE, BOB, CAROL]);
		assert_eq!((record(ALICE).confirmed, points(ALICE)), (2, 1 + CONFIRMED_POINTS));
		let next = report(ALICE, Series::Cpu);
		assert_ok!(judge(next, true));
		assert_eq!((record(ALICE).confirmed, points(ALICE)), (3, 1 + 2 * CONFIRMED_POINTS));
		let same = report(ALICE, Series::Peers);
		assert_ok!(judge(same, true));
		assert_eq!((record(ALICE).confirmed, points(ALICE)), (4, 1 + 2 * CONFIRMED_POINTS));
	});
}

#[test]
fn judge_report_should_confirm_it_when_it_is_right() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		let id = report(ALICE, Series::DiskFree);
		let before = stored(id);
		reset_events();

		assert_ok!(judge(id, true));

		assert_eq!(stored(id), Report { state: CONFIRMED, ..before });
		assert_eq!(worker(ALICE).open_reports, 0);
		let expected = ReporterRecord {
			reported: 1,
			confirmed: 1,
			last_confirmed: Some(START),
			..Default::default()
		};
		assert_eq!((record(ALICE), points(ALICE)), (expected, CONFIRMED_POINTS));
		assert_eq!(held(ALICE), DEPOSIT);
		let by = Confirmation::Governance;
		assert_eq!(events(), [Event::ReportConfirmed { report: id, reporter: ALICE, by }]);
	});
}

#[test]
fn judge_report_should_take_a_penalty_when_it_is_spam() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		let id = report(ALICE, Series::DiskFree);
		let before = stored(id);
		reset_events();

		assert_ok!(judge(id, false));

		assert_eq!(stored(id), Report { state: ReportState::Dismissed, ..before });
		let worker = worker(ALICE);
		assert_eq!((worker.open_reports, worker.deposit), (0, DEPOSIT - SPAM));
		assert_eq!((held(ALICE), free(ALICE)), (DEPOSIT - SPAM, WEALTH - DEPOSIT));
		assert_eq!(free(TREASURY), ED + SPAM);
		let expected = ReporterRecord { reported: 1, dismissed: 1, ..Default::default() };
		assert_eq!((record(ALICE), points(ALICE)), (expected, 0));
		let dismissed = Event::ReportDismissed { report: id, reporter: ALICE, penalty: SPAM };
		assert_eq!(events(), [dismissed]);
	});
}

#[test]
fn judge_report_should_take_what_is_left_when_the_deposit_is_less() {
	build_and_execute(|| {
		MaxReports::set(&3);
		set_keys(&[ALICE]);
		let ids = [Series::Cpu, Series::Peers, Series::PoolSize].map(|one| report(ALICE, one));
		reset_events();
		for id in ids {
			assert_ok!(judge(id, false));
		}
		let penalties = events().into_iter().map(|event| match event {
			Event::ReportDismissed { penalty, .. } => penalty,
			event => panic!("{event:?}"),
		});
		assert_eq!(penalties.collect::<Vec<_>>(), [SPAM, SPAM, DEPOSIT - 2 * SPAM]);
		assert_eq!((worker(ALICE).deposit, held(ALICE)), (0, 0));
	});
}

#[test]
fn judge_report_should_take_nothing_when_the_treasury_can_not_take_it() {
	build_and_execute(|| {
		SpamPenalty::set(&(ED - 1));
		set_keys(&[ALICE]);
		drain(TREASURY);
		let id = report(ALICE, Series::Cpu);
		reset_events();
		assert_ok!(judge(id, false));
		assert_eq!((worker(ALICE).deposit, held(ALICE)), (DEPOSIT, DEPOSIT));
		assert_eq!(record(ALICE).dismissed, 1);
		let dismissed = Event::ReportDismissed { report: id, reporter: ALICE, penalty: 0 };
		assert_eq!(events(), [dismissed]);
	});
}

#[test]
fn judge_report_should_fail_when_there_is_no_such_report() {
	build_and_execute(|| {
		assert_noop!(judge(ReportId(0), true), Error::<Test>::ReportNotFound);
		assert_noop!(judge(ReportId(u64::MAX), false), Error::<Test>::ReportNotFound);
	});
}

#[test]
fn judge_report_should_fail_when_it_was_judged() {
	build_and_execute(|| {
		let all = [ALICE, BOB, CAROL];
		set_keys(&all);
		let right = report(ALICE, Series::Cpu);
		let spam = report(BOB, Series::Cpu);
		let shared = [ALICE, BOB].map(|who| report(who, Series::FinalityLag));
		assert_ok!(judge(right, true));
		assert_ok!(judge(spam, false));
		settle_with(&all);
		for id in [right, spam, shared[0], shared[1]] {
			for is_right in [true, false] {
				assert_noop!(judge(id, is_right), Error::<Test>::AlreadyJudged);
			}
		}
	});
}

#[test]
fn report_should_stay_as_it_was_judged_when_others_corroborate_it() {
	build_and_execute(|| {
		let all = [ALICE, BOB, CAROL];
		set_keys(&all);
		let ids = all.map(|who| report(who, Series::FinalityLag));
		assert_ok!(judge(ids[0], true));
		assert_ok!(judge(ids[1], false));
		settle_with(&all);
		assert_eq!(states(&ids), [CONFIRMED, ReportState::Dismissed, CORROBORATED]);
		assert_eq!((points(ALICE), points(BOB)), (1 + CONFIRMED_POINTS, 1));
		assert_eq!(record(ALICE).confirmed, 1);
	});
}

#[test]
fn report_should_be_forgotten_when_it_is_as_old_as_reports_are_kept() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		let open = report(ALICE, Series::Cpu);
		let judged = report(ALICE, Series::Peers);
		assert_ok!(judge(judged, true));
		next_window();
		let next = report(ALICE, Series::Cpu);
		enter(START + KEPT_REPORTS - 1);
		while System::block_number() + 1 < Telemetry::first_block(START + KEPT_REPORTS) {
			next_block();
		}
		assert_eq!(worker(ALICE).open_reports, 2);
		assert_eq!(states(&[open, judged]), [ReportState::Open, CONFIRMED]);

		next_block();

		assert_eq!(Reports::<Test>::iter_keys().collect::<Vec<_>>(), [next]);
		assert_eq!(ReportIds::<Test>::get(), ReportSpan { first: next, next: ReportId(3) });
		assert_eq!(worker(ALICE).open_reports, 1);
		assert_noop!(judge(open, true), Error::<Test>::ReportNotFound);
		next_window();
		assert_eq!(worker(ALICE).open_reports, 0);
		let none = ReportSpan { first: ReportId(3), next: ReportId(3) };
		assert_eq!(ReportIds::<Test>::get(), none);
		assert_eq!(report(ALICE, Series::Cpu), ReportId(3));
	});
}

#[test]
fn reports_should_be_forgotten_block_by_block_when_they_are_many() {
	build_and_execute(|| {
		MaxReports::set(&5);
		set_keys(&VALIDATORS);
		for who in VALIDATORS {
			for series in &Series::ALL[3..8] {
				report(who, *series);
			}
		}
		assert_eq!(Reports::<Test>::iter().count(), 20);
		let weight = enter(START + KEPT_REPORTS);
		assert_eq!(weight, W::forget_reports(MAX_FORGOTTEN) + W::settle(0, 0));
		assert_eq!(Reports::<Test>::iter().count(), 4);
		assert_ok!(Telemetry::do_try_state());
		assert_eq!(next_block(), W::forget_reports(4));
		assert_eq!(next_block(), W::forget_reports(0));
		assert_eq!(Reports::<Test>::iter().count(), 0);
		assert!(VALIDATORS.iter().all(|who| worker(*who).open_reports == 0));
	});
}

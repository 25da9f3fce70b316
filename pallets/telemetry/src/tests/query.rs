//! Tests of what clients can ask.

use crate::{
	mock::{Telemetry, *},
	runtime_api::{MAX_FEEDS, MAX_PAGE},
	*,
};
use aitbc_telemetry::Series;
use frame_support::assert_ok;

#[test]
fn telemetry_should_show_where_it_stands() {
	build_and_execute(|| {
		let mut expected = TelemetryInfo {
			window: START,
			window_length: WINDOW,
			era: ERA,
			deposit: DEPOSIT,
			miss_penalty: MISS,
			spam_penalty: SPAM,
			era_pot: ERA_POT,
			pot: 0,
			min_reporters: 3,
			points: 0,
		};
		assert_eq!(Telemetry::telemetry(), expected);
		fill_pot(3 * ERA_POT);
		set_keys(&[ALICE, BOB, CAROL]);
		measure(&[ALICE, BOB, CAROL]);
		(expected.window, expected.pot, expected.points) = (START + 3, 3 * ERA_POT, 3);
		assert_eq!(Telemetry::telemetry(), expected);
		begin_era();
		next_window();
		(expected.window, expected.era) = (START + 4, ERA + 1);
		(expected.pot, expected.points) = (2 * ERA_POT, 0);
		assert_eq!(Telemetry::telemetry(), expected);
	});
}

#[test]
fn reporter_should_show_what_is_stored() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		measure(&[ALICE, BOB, CAROL]);
		let mut expected = ReporterInfo {
			reporter: ALICE,
			worker: Some(worker(ALICE)),
			record: record(ALICE),
			stake: STAKE,
			points: 1,
			is_covered: true,
		};
		assert_eq!(Telemetry::reporter_info(ALICE), Some(expected.clone()));
		SpamPenalty::set(&(DEPOSIT + 1));
		expected.is_covered = false;
		assert_eq!(Telemetry::reporter_info(ALICE), Some(expected.clone()));
		assert_ok!(Telemetry::remove_worker_key(signed(ALICE)));
		set_stake(ALICE, 0);
		begin_era();
		(expected.worker, expected.stake, expected.points) = (None, 0, 0);
		assert_eq!(Telemetry::reporter_info(ALICE), Some(expected));
	});
}

#[test]
fn reporter_should_show_nothing_when_the_account_never_was_one() {
	build_and_execute(|| {
		assert_eq!(Telemetry::reporter_info(ALICE), None);
		set_keys(&[ALICE]);
		assert_eq!(Telemetry::reporter_info(ALICE).unwrap().record, ReporterRecord::default());
		assert_eq!(Telemetry::reporter_info(BOB), None);
	});
}

/// All pages of reporters of this size.
fn reporter_pages(limit: u32) -> Vec<Vec<AccountId>> {
	let mut pages = Vec::new();
	let mut after = None;
	loop {
		let page = Telemetry::reporters(after, limit);
		pages.push(page.reporters.into_iter().map(|info| info.reporter).collect());
		after = page.next;
		if after.is_none() {
			return pages;
		}
	}
}

#[test]
fn reporters_should_come_in_pages() {
	build_and_execute(|| {
		assert_eq!(reporter_pages(10), [vec![0; 0]]);
		set_keys(&VALIDATORS);
		let [all] = &reporter_pages(10)[..] else { panic!() };
		let mut sorted = all.clone();
		sorted.sort();
		assert_eq!(sorted, VALIDATORS);
		assert_eq!(reporter_pages(4), core::slice::from_ref(all));
		assert_eq!(reporter_pages(3), [all[..3].to_vec(), all[3..].to_vec()]);
		assert_eq!(reporter_pages(2), [all[..2].to_vec(), all[2..].to_vec()]);
		// None is one, and too many are as many as can be.
		assert_eq!(reporter_pages(0).len(), 4);
		assert_eq!(reporter_pages(u32::MAX), core::slice::from_ref(all));
	});
}

#[test]
fn reporters_should_be_no_more_than_a_page_has_when_more_are_asked_for() {
	new_test_ext().execute_with(|| {
		for who in 0..u64::from(MAX_PAGE) + 1 {
			let deposit = 0;
			let worker = Worker { key: key(who), deposit, open_reports: 0, reported: (0, 0) };
			Workers::<Test>::insert(who, worker);
		}
		let sizes: Vec<_> = reporter_pages(u32::MAX).iter().map(Vec::len).collect();
		assert_eq!(sizes, [MAX_PAGE as usize, 1]);
	});
}

#[test]
fn key_owner_should_be_whose_worker_signs_with_it() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		assert_eq!(Telemetry::key_owner(key(ALICE)), Some(ALICE));
		assert_eq!(Telemetry::key_owner(key(BOB)), None);
	});
}

/// Puts a feed in storage for each of these windows, and has them settled.
fn put_feeds(windows: impl IntoIterator<Item = Window>) {
	for window in windows {
		let feed = Feed { reporters: window, ..Default::default() };
		Feeds::<Test>::insert(window, feed);
		NextToSettle::<Test>::put(window + 1);
	}
}

#[test]
fn feed_should_show_what_a_window_came_to() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		measure(&[ALICE]);
		let feed = Feeds::<Test>::get(START).unwrap();
		let expected = FeedInfo { window: START, first_block: START * WINDOW, feed };
		assert_eq!(Telemetry::feed(START), Some(expected));
		assert_eq!(Telemetry::feed(START + 1), None);
	});
}

#[test]
fn feeds_should_come_newest_first() {
	build_and_execute(|| {
		let windows = |until, limit| -> Vec<_> {
			Telemetry::feeds(until, limit).into_iter().map(|info| info.window).collect()
		};
		// One of them has none.
		put_feeds([20, 21, 23, 24]);
		assert_eq!(windows(None, 10), [24, 23, 21, 20]);
		assert_eq!(windows(None, 3), [24, 23, 21]);
		assert_eq!(windows(None, 0), [24]);
		assert_eq!(windows(Some(22), 10), [21, 20]);
		assert_eq!(windows(Some(99), 1), [24]);
		assert_eq!(windows(Some(19), 10), [0; 0]);
		assert_eq!(windows(Some(0), 10), [0; 0]);
	});
}

#[test]
fn feeds_should_be_none_when_no_window_was_settled() {
	build_and_execute(|| {
		NextToSettle::<Test>::kill();
		assert_eq!(Telemetry::feeds(None, 10), []);
		NextToSettle::<Test>::put(0);
		assert_eq!(Telemetry::feeds(Some(3), 10), []);
	});
}

#[test]
fn feeds_should_be_no_more_than_an_answer_has_when_more_are_asked_for() {
	build_and_execute(|| {
		KeptFeeds::set(&(2 * MAX_FEEDS));
		put_feeds(0..MAX_FEEDS + 1);
		assert_eq!(Telemetry::feeds(None, u32::MAX).len(), MAX_FEEDS as usize);
	});
}

#[test]
fn reports_should_come_in_pages_newest_first() {
	build_and_execute(|| {
		let ids = |before: Option<u64>, limit| {
			let page = Telemetry::reports(before.map(ReportId), limit);
			let ids: Vec<_> = page.reports.into_iter().map(|info| info.id.0).collect();
			(ids, page.next.map(|next| next.0))
		};
		assert_eq!(ids(None, 10), (vec![], None));
		set_keys(&[ALICE, BOB]);
		for who in [ALICE, BOB] {
			report(who, Series::Cpu);
			report(who, Series::Peers);
		}
		enter(START + 1);
		report(ALICE, Series::Cpu);
		assert_eq!(ids(None, 10), (vec![4, 3, 2, 1, 0], None));
		assert_eq!(ids(None, 5), (vec![4, 3, 2, 1, 0], None));
		assert_eq!(ids(None, 2), (vec![4, 3], Some(3)));
		assert_eq!(ids(Some(3), 2), (vec![2, 1], Some(1)));
		assert_eq!(ids(Some(1), 2), (vec![0], None));
		assert_eq!(ids(Some(0), 2), (vec![], None));
		assert_eq!(ids(Some(u64::MAX), 0), (vec![4], Some(4)));
		enter(START + KEPT_REPORTS);
		assert_eq!(ids(None, 10), (vec![4], None));
		assert_eq!(ids(Some(2), 10), (vec![], None));
		let report = stored(ReportId(4));
		let info = ReportInfo { id: ReportId(4), report };
		assert_eq!(Telemetry::report_info(ReportId(4)), Some(info));
		assert_eq!(Telemetry::report_info(ReportId(3)), None);
	});
}

#[test]
fn reports_should_be_no_more_than_a_page_has_when_more_are_asked_for() {
	build_and_execute(|| {
		MaxReports::set(&11);
		for who in 1..=10 {
			set_stake(who, STAKE);
			set_keys(&[who]);
			for series in Series::ALL {
				report(who, series);
			}
		}
		let page = Telemetry::reports(None, u32::MAX);
		assert_eq!(page.reports.len(), MAX_PAGE as usize);
		assert_eq!(page.next, Some(ReportId(10)));
	});
}

#[test]
fn claimable_should_show_what_each_era_is_worth() {
	build_and_execute(|| {
		fill_pot(3 * ERA_POT);
		assert_eq!(Telemetry::claimable(ALICE), []);
		Telemetry::earn(&ALICE, 1);
		Telemetry::earn(&BOB, 3);
		begin_era();
		next_window();
		begin_era();
		next_window();
		Telemetry::earn(&ALICE, 2);
		let closed = Claimable { era: ERA, points: 1, amount: Some(ERA_POT / 4) };
		let open = Claimable { era: ERA + 2, points: 2, amount: None };
		assert_eq!(Telemetry::claimable(ALICE), [closed, open.clone()]);
		assert_ok!(Telemetry::claim(signed(BOB), ERA, ALICE));
		assert_eq!(Telemetry::claimable(ALICE), [open]);
		EraSpan::<Test>::kill();
		assert_eq!(Telemetry::claimable(ALICE), []);
	});
}

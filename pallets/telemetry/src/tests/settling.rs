//! Tests of what a window comes to: the feed, points, penalties.

use crate::{
	mock::{Telemetry, *},
	*,
};
use aitbc_telemetry::{Digest, FeedValue, Series};
use frame_support::{assert_ok, assert_storage_noop, traits::Hooks, weights::Weight};

type W = <Test as Config>::WeightInfo;

/// Has each reveal a digest of the present window with this height, and settles that window.
fn settle_heights(heights: &[(AccountId, i64)]) -> Feed {
	let window = Telemetry::present_window();
	let digests: Vec<_> = heights
		.iter()
		.map(|(who, height)| (*who, digest_of(window, [Some(*height), Some(2), Some(3)])))
		.collect();
	settle(&digests);
	Feeds::<Test>::get(window).expect("somebody revealed")
}

/// The median height of a feed.
fn height(feed: &Feed) -> i64 {
	feed.values[0].expect("somebody saw it").median.millionths() / 1_000_000
}

/// A value of a feed on which all agree.
fn agreed(ones: i64, reporters: u32) -> Option<FeedValue> {
	Some(FeedValue { median: value(ones), spread: value(0), reporters })
}

/// Whether the last digest of each of the first three was in the band.
fn in_band() -> [bool; 3] {
	[ALICE, BOB, CAROL].map(|who| points(who) > 0)
}

#[test]
fn window_should_be_settled_when_nobody_can_reveal_any_more() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);

		measure(&[ALICE, BOB, CAROL]);

		let feed = Feed {
			reporters: 3,
			stake: 3 * STAKE,
			values: [agreed(1_000, 3), agreed(2, 3), agreed(3, 3)],
		};
		assert_eq!(Feeds::<Test>::iter().collect::<Vec<_>>(), [(START, feed)]);
		assert_eq!(NextToSettle::<Test>::get(), Some(START + 1));
		assert_eq!(Commitments::<Test>::iter().count(), 0);
		assert_eq!(Revealed::<Test>::iter().count(), 0);
		assert_eq!(CommitmentCount::<Test>::get(), 0);
		let expected =
			ReporterRecord { committed: 1, revealed: 1, in_band: 1, ..Default::default() };
		for who in [ALICE, BOB, CAROL] {
			assert_eq!((record(who), points(who)), (expected, 1));
			assert_eq!((held(who), free(who)), (DEPOSIT, WEALTH - DEPOSIT));
		}
		let pay = EraPay { points: 3, pot: None, paid: 0 };
		assert_eq!(Eras::<Test>::iter().collect::<Vec<_>>(), [(ERA, pay)]);
		assert_eq!(events(), [Event::FeedSettled { window: START, feed, points: 3 }]);
	});
}

#[test]
fn window_should_have_no_feed_when_nobody_committed() {
	build_and_execute(|| {
		enter(START + 3);
		assert_eq!(Feeds::<Test>::iter().count(), 0);
		assert_eq!(NextToSettle::<Test>::get(), Some(START + 1));
		assert_eq!(events(), []);
	});
}

#[test]
fn windows_should_overlap_when_each_is_measured() {
	build_and_execute(|| {
		let all = [ALICE, BOB, CAROL];
		set_keys(&all);
		let digests =
			|window| all.map(|who| (who, digest_of(window, [Some(window.into()), None, None])));
		for present in START + 1..START + 9 {
			enter(present);
			commit(&digests(present - 1));
			if present > START + 1 {
				reveal(&digests(present - 2));
			}
			assert_eq!(CommitmentCount::<Test>::get(), 3);
			assert_ok!(Telemetry::do_try_state());
		}
		let settled = START..=START + 5;
		for window in settled.clone().skip(1) {
			assert_eq!(height(&Feeds::<Test>::get(window).unwrap()), i64::from(window));
		}
		assert_eq!(points(ALICE), settled.count() as u32);
		let record = record(ALICE);
		assert_eq!((record.committed, record.revealed, record.in_band), (8, 7, 6));
	});
}

#[test]
fn median_should_not_move_when_a_liar_has_less_than_half_of_the_stake() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		set_stake(CAROL, 2 * STAKE - 1);
		let feed = settle_heights(&[(ALICE, 1_000), (BOB, 1_001), (CAROL, 9_999)]);
		assert_eq!(height(&feed), 1_001);
		assert_eq!(in_band(), [true, true, false]);
		assert_eq!((record(CAROL).in_band, record(CAROL).out_of_band), (0, 1));
		let [Event::FeedSettled { points: 2, .. }] = events()[..] else { panic!() };
	});
}

/// The control of the test above.
#[test]
fn median_should_move_when_a_liar_has_more_than_half_of_the_stake() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		set_stake(CAROL, 2 * STAKE + 1);
		let feed = settle_heights(&[(ALICE, 1_000), (BOB, 1_001), (CAROL, 9_999)]);
		assert_eq!(height(&feed), 9_999);
		assert_eq!(in_band(), [false, false, true]);
	});
}

#[test]
fn digest_should_earn_a_point_when_it_is_within_the_tolerance() {
	for (heights, expected) in [
		([1_000, 1_000, 1_003], [true, true, true]),
		([1_000, 1_000, 1_004], [true, true, false]),
		([1_000, 1_000, 997], [true, true, true]),
		([1_000, 1_000, 996], [true, true, false]),
	] {
		build_and_execute(|| {
			set_keys(&[ALICE, BOB, CAROL]);
			let [alice, bob, carol] = heights;
			settle_heights(&[(ALICE, alice), (BOB, bob), (CAROL, carol)]);
			assert_eq!(in_band(), expected, "{heights:?}");
		});
	}
}

#[test]
fn digest_should_earn_a_point_when_it_is_within_three_deviations() {
	// The median is 1,000 and the spread 10, so the band reaches 44.478 to either side.
	for (last, expected) in [(1_044, true), (1_045, false), (956, true), (955, false)] {
		build_and_execute(|| {
			set_stake(5, STAKE);
			set_keys(&[ALICE, BOB, CAROL, DAVE, 5]);
			let feed = settle_heights(&[
				(ALICE, 990),
				(BOB, 1_000),
				(CAROL, 1_000),
				(DAVE, 1_010),
				(5, last),
			]);
			assert_eq!(height(&feed), 1_000);
			assert_eq!(feed.values[0].unwrap().spread, value(10), "{last}");
			assert_eq!(points(5) == 1, expected, "{last}");
		});
	}
}

#[test]
fn digest_should_earn_nothing_when_one_of_its_shared_values_is_out_of_the_band() {
	for shared in [
		[Some(2_000), Some(2), Some(3)],
		[Some(1_000), Some(6), Some(3)],
		[Some(1_000), Some(2), Some(5)],
	] {
		build_and_execute(|| {
			set_keys(&[ALICE, BOB, CAROL]);
			let good = digest(START);
			settle(&[(ALICE, good), (BOB, good), (CAROL, digest_of(START, shared))]);
			assert_eq!(in_band(), [true, true, false], "{shared:?}");
		});
	}
}

#[test]
fn digest_should_earn_a_point_when_it_gives_one_shared_value_that_is_in_the_band() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		let (good, one) = (digest(START), digest_of(START, [None, Some(2), None]));
		settle(&[(ALICE, good), (BOB, good), (CAROL, one)]);
		assert_eq!(in_band(), [true, true, true]);
		let feed = Feeds::<Test>::get(START).unwrap();
		assert_eq!(feed.reporters, 3);
		assert_eq!(feed.values, [agreed(1_000, 2), agreed(2, 3), agreed(3, 2)]);
	});
}

#[test]
fn digest_should_earn_nothing_when_it_gives_no_shared_value() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		let (good, none) = (digest(START), digest_of(START, [None; SHARED]));
		settle(&[(ALICE, good), (BOB, good), (CAROL, none)]);
		assert_eq!(in_band(), [true, true, false]);
		assert_eq!(record(CAROL).out_of_band, 1);
	});
}

#[test]
fn feed_should_have_no_value_when_nobody_gives_one() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		let none = digest_of(START, [None; SHARED]);
		settle(&[(ALICE, none), (BOB, none), (CAROL, none)]);
		let feed = Feed { reporters: 3, stake: 3 * STAKE, values: [None; SHARED] };
		assert_eq!(events(), [Event::FeedSettled { window: START, feed, points: 0 }]);
		assert_eq!(Eras::<Test>::iter().count(), 0);
	});
}

#[test]
fn window_should_earn_no_points_when_there_are_too_few_digests() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB]);
		measure(&[ALICE, BOB]);
		let feed = Feeds::<Test>::get(START).unwrap();
		assert_eq!((feed.reporters, height(&feed)), (2, 1_000));
		assert_eq!(events(), [Event::FeedSettled { window: START, feed, points: 0 }]);
		for who in [ALICE, BOB] {
			let record = record(who);
			assert_eq!((record.revealed, record.in_band, record.out_of_band), (1, 0, 0));
			assert_eq!(points(who), 0);
		}
	});
}

#[test]
fn digest_should_count_for_nothing_when_its_reporter_has_no_stake_any_more() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		next_window();
		let digests = [(ALICE, 1_000), (BOB, 1_000), (CAROL, 1)]
			.map(|(who, height)| (who, digest_of(START, [Some(height), Some(2), Some(3)])));
		commit(&digests);
		next_window();
		reveal(&digests);
		set_stake(CAROL, 0);
		next_window();
		let feed = Feeds::<Test>::get(START).unwrap();
		assert_eq!((feed.reporters, feed.stake), (3, 2 * STAKE));
		assert_eq!(feed.values[0], agreed(1_000, 2));
	});
}

#[test]
fn feed_should_have_no_value_when_nobody_has_stake_any_more() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		next_window();
		let digests = [ALICE, BOB, CAROL].map(|who| (who, digest(START)));
		commit(&digests);
		next_window();
		reveal(&digests);
		for (who, _) in digests {
			set_stake(who, 0);
		}
		next_window();
		let feed = Feed { reporters: 3, stake: 0, values: [None; SHARED] };
		assert_eq!(Feeds::<Test>::get(START), Some(feed));
		assert_eq!(in_band(), [false; 3]);
	});
}

/// Has [`ALICE`] miss the digest of the present window, while `others` reveal theirs.
fn miss(others: &[AccountId]) {
	let window = Telemetry::present_window();
	let digests: Vec<(AccountId, Digest)> =
		others.iter().map(|who| (*who, digest(window))).collect();
	next_window();
	commit(&[(ALICE, digest(window))]);
	commit(&digests);
	next_window();
	reveal(&digests);
	reset_events();
	next_window();
}

#[test]
fn digest_should_cost_a_penalty_when_it_is_not_revealed() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB, CAROL, DAVE]);

		miss(&[BOB, CAROL, DAVE]);

		let feed = Feeds::<Test>::get(START).unwrap();
		assert_eq!((feed.reporters, feed.stake), (3, 3 * STAKE));
		assert_eq!((worker(ALICE).deposit, held(ALICE)), (DEPOSIT - MISS, DEPOSIT - MISS));
		assert_eq!(free(ALICE), WEALTH - DEPOSIT);
		assert_eq!(free(TREASURY), ED + MISS);
		let expected = ReporterRecord { committed: 1, missed: 1, ..Default::default() };
		assert_eq!((record(ALICE), points(ALICE)), (expected, 0));
		assert_eq!(Commitments::<Test>::iter().count(), 0);
		let missed = Event::DigestMissed { reporter: ALICE, window: START, penalty: MISS };
		let settled = Event::FeedSettled { window: START, feed, points: 3 };
		assert_eq!(events(), [missed, settled]);
	});
}

#[test]
fn window_should_have_no_feed_when_nobody_revealed() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		miss(&[]);
		assert_eq!(Feeds::<Test>::iter().count(), 0);
		let missed = Event::DigestMissed { reporter: ALICE, window: START, penalty: MISS };
		assert_eq!(events(), [missed]);
	});
}

#[test]
fn penalty_should_be_what_is_left_when_the_deposit_is_less() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		next_window();
		commit(&[(ALICE, digest(START))]);
		MissPenalty::set(&(3 * DEPOSIT));
		enter(START + 3);
		assert_eq!((worker(ALICE).deposit, held(ALICE)), (0, 0));
		assert_eq!(free(TREASURY), ED + DEPOSIT);
		let missed = Event::DigestMissed { reporter: ALICE, window: START, penalty: DEPOSIT };
		assert_eq!(events().last(), Some(&missed));
	});
}

#[test]
fn penalty_should_stay_with_its_payer_when_the_treasury_can_not_take_it() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		drain(TREASURY);
		MissPenalty::set(&(ED - 1));
		miss(&[]);
		assert_eq!((worker(ALICE).deposit, held(ALICE)), (DEPOSIT, DEPOSIT));
		assert_eq!(record(ALICE).missed, 1);
		let missed = Event::DigestMissed { reporter: ALICE, window: START, penalty: 0 };
		assert_eq!(events(), [missed]);
		assert_eq!(free(TREASURY), 0);
	});
}

#[test]
fn penalty_should_be_nothing_when_it_is_set_to_nothing() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		MissPenalty::set(&0);
		miss(&[]);
		assert_eq!(held(ALICE), DEPOSIT);
		assert_eq!(record(ALICE).missed, 1);
	});
}

#[test]
fn feed_should_be_forgotten_when_it_is_as_old_as_feeds_are_kept() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		let last = START + KEPT_FEEDS + 2;
		for present in START + 1..=last + 3 {
			enter(present);
			let due = present - 1;
			if due <= last {
				commit(&[(ALICE, digest(due))]);
			}
			if present > START + 1 && due - 1 <= last {
				reveal(&[(ALICE, digest(due - 1))]);
			}
		}
		let mut kept: Vec<_> = Feeds::<Test>::iter_keys().collect();
		kept.sort();
		assert_eq!(kept, Vec::from_iter(last + 1 - KEPT_FEEDS..=last));
		// Nobody measures any more, and the last ones go, too.
		enter(last + 3 + KEPT_FEEDS);
		assert_eq!(Feeds::<Test>::iter().count(), 0);
	});
}

#[test]
fn hook_should_do_nothing_when_no_window_begins() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		report(ALICE, Series::Height);
		enter(START + 1);
		commit(&[(ALICE, digest(START))]);
		for _ in 1..WINDOW {
			let block = System::block_number() + 1;
			System::set_block_number(block);
			assert_storage_noop!({
				assert_eq!(Telemetry::on_initialize(block), W::forget_reports(0));
			});
		}
	});
}

#[test]
fn hook_should_weigh_what_it_settles() {
	build_and_execute(|| {
		let all = [ALICE, BOB, CAROL];
		set_keys(&all);
		assert_eq!(next_window(), W::forget_reports(0) + W::settle(0, 0));
		let window = Telemetry::present_window();
		report(ALICE, Series::Cpu);
		report(BOB, Series::Height);
		next_window();
		// Two of three reveal: who does not is settled, too.
		let digests = all.map(|who| (who, digest(window)));
		commit(&digests);
		next_window();
		reveal(&digests[1..]);
		assert_eq!(next_window(), W::forget_reports(0) + W::settle(3, 2));
		assert_eq!(enter(window + KEPT_REPORTS), W::forget_reports(2) + W::settle(0, 0));
	});
}

#[test]
fn hook_should_weigh_those_who_had_points_when_an_era_expires() {
	let mut ext = new_test_ext();
	ext.execute_with(|| {
		set_keys(&[ALICE, BOB, CAROL]);
		measure(&[ALICE, BOB, CAROL]);
		Era::set(&(ERA + CLAIM_ERAS + 1));
	});
	// What is removed of an era was written in earlier blocks.
	ext.commit_all().expect("no transaction is open");
	ext.execute_with(|| {
		assert_eq!(next_window(), W::forget_reports(0) + W::settle(3, 0));
		assert_eq!(next_window(), W::forget_reports(0) + W::settle(0, 0));
		assert_ok!(Telemetry::do_try_state());
	});
}

#[test]
fn first_windows_of_a_chain_should_be_settled_when_they_are_due() {
	build_and_execute(|| {
		NextToSettle::<Test>::kill();
		EraSpan::<Test>::kill();
		System::set_block_number(1);
		set_keys(&[ALICE, BOB, CAROL]);
		let mut weight = Weight::zero();
		for block in [WINDOW, 2 * WINDOW] {
			System::set_block_number(block);
			weight = Telemetry::on_initialize(block);
			assert_eq!(NextToSettle::<Test>::get(), None);
		}
		assert_eq!(weight, W::forget_reports(0));
		System::set_block_number(1);
		measure(&[ALICE, BOB, CAROL]);
		assert_eq!(NextToSettle::<Test>::get(), Some(1));
		assert!(Feeds::<Test>::contains_key(0));
		assert_eq!(points(ALICE), 1);
	});
}

#[test]
fn settling_should_begin_where_the_chain_is_when_it_ran_before() {
	build_and_execute(|| {
		NextToSettle::<Test>::kill();
		// The pallet comes in the middle of a window.
		System::set_block_number(1_000 * WINDOW + 3);
		Telemetry::on_initialize(System::block_number());
		assert_eq!(NextToSettle::<Test>::get(), Some(998));
		set_keys(&[ALICE, BOB, CAROL]);
		measure(&[ALICE, BOB, CAROL]);
		assert_eq!(points(ALICE), 1);
		assert_eq!(NextToSettle::<Test>::get(), Some(1_001));
	});
}

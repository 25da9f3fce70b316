//! Tests of what is counted in each era.

use crate::{mock::*, *};

fn post_one() {
	Posting::default().post();
}

#[test]
fn counters_should_be_those_of_the_era_in_which_it_happened() {
	build_and_execute(|| {
		post_one();
		Era::set(&8);
		post_one();
		post_one();
		let posted: Vec<_> =
			Market::counters(3).iter().map(|one| (one.era, one.counters.posted)).collect();
		assert_eq!(posted, [(8, 2), (7, 1), (6, 0)]);
	});
}

#[test]
fn counters_should_make_room_when_an_era_falls_out_of_history() {
	build_and_execute(|| {
		post_one();
		Era::set(&(7 + HISTORY));
		// Nothing was counted in this era, so what stands in its place is of another.
		assert_eq!(Market::counters(1)[0].counters, Counters::default());
		post_one();
		assert_eq!(CountersByEra::<Test>::iter().count(), 1);
		assert_eq!(Market::counters(1)[0].counters.posted, 1);
	});
}

#[test]
fn counters_should_never_take_more_places_than_there_are() {
	build_and_execute(|| {
		for era in 0..3 * HISTORY {
			Era::set(&era);
			post_one();
		}
		assert_eq!(CountersByEra::<Test>::iter().count() as u32, HISTORY);
	});
}

#[test]
fn counters_should_be_clamped_to_what_is_kept() {
	build_and_execute(|| {
		assert_eq!(Market::counters(0).len(), 1);
		assert_eq!(Market::counters(u32::MAX).len() as u32, HISTORY);
		Era::set(&1);
		let eras: Vec<_> = Market::counters(u32::MAX).iter().map(|one| one.era).collect();
		assert_eq!(eras, [1, 0]);
	});
}

#[test]
fn counters_should_count_the_outcomes_of_jobs() {
	build_and_execute(|| {
		let one = || Posting::paid_by(milestones(&[(50, 20), (50, 20)])).assign(PRICE, &[]);
		let jobs = [one(), one()];
		for milestone in [0, 1] {
			frame_support::assert_ok!(MockEscrow::release(contract(jobs[0]), milestone));
		}
		frame_support::assert_ok!(MockEscrow::release(contract(jobs[1]), 0));
		give_up(jobs[1]);
		give_up(one());
		let expected = Counters {
			posted: 3,
			assigned: 3,
			completed: 1,
			partial: 1,
			refunded: 1,
			value_settled: PRICE + PRICE / 2,
			..Default::default()
		};
		assert_eq!(counted(), expected);
	});
}

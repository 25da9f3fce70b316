//! Tests of the hook when weight is short.

use crate::{
	mock::{Jurors, *},
	*,
};
use aitbc_core::CaseId;
use frame_support::{assert_ok, weights::Weight};

/// Asks for juries of the cases from 0 on, three seats each, and lets them be due.
fn due_juries(count: u64) {
	for case in (0..count).map(CaseId) {
		assert_ok!(request(case, FIRST, 3, 1));
	}
	for _ in 0..DELAY {
		begin_epoch();
	}
}

/// The cases whose juries were drawn, in order.
fn drawn() -> Vec<u64> {
	Heard::get().into_iter().map(|(case, _, _)| case.0).collect()
}

#[test]
fn hook_should_do_nothing_when_not_even_looking_fits() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		due_juries(1);
		let short = <()>::service() - Weight::from_parts(1, 0);
		assert_eq!(poll_with(short), Weight::zero());
		assert!(drawn().is_empty());
	});
}

#[test]
fn hook_should_weigh_little_when_nothing_is_due() {
	build_and_execute(|| {
		join(JUROR, BOND);
		assert_ok!(request(CASE, FIRST, 3, 1));
		assert_eq!(poll_with(Weight::MAX), <()>::service());
	});
}

#[test]
fn hook_should_not_begin_a_draw_that_does_not_fit() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		due_juries(1);
		let enough = <()>::service() + Jurors::draw_weight(3);
		assert_eq!(poll_with(enough - Weight::from_parts(1, 0)), <()>::service());
		assert!(drawn().is_empty());
		assert_eq!(poll_with(enough), enough);
		assert_eq!(drawn(), [0]);
	});
}

#[test]
fn hook_should_resume_where_it_stopped_when_the_weight_of_a_block_is_used_up() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		due_juries(5);
		join(OTHER, BOND);
		for _ in 0..DELAY {
			begin_epoch();
		}
		let two = <()>::service() + Jurors::draw_weight(3).saturating_mul(2);
		let expected: [&[u64]; 3] = [&[0, 1], &[0, 1, 2, 3], &[0, 1, 2, 3, 4]];
		for cases in expected {
			assert_eq!(weight(OTHER), 0);
			assert!(poll_with(two).all_lte(two));
			assert_eq!(drawn(), cases);
			assert_ok!(Jurors::do_try_state());
		}
		assert_eq!(weight(OTHER), BOND / 2);
	});
}

#[test]
fn hook_should_apply_changes_over_several_blocks_when_there_are_many() {
	build_and_execute(|| {
		for who in [JUROR, OTHER, THIRD] {
			join(who, BOND);
		}
		for _ in 0..DELAY {
			begin_epoch();
		}
		let one = <()>::service() + <()>::apply();
		for counted in 0..=3 {
			let weights = [JUROR, OTHER, THIRD].map(weight);
			assert_eq!(weights.iter().filter(|weight| **weight > 0).count(), counted);
			assert_ok!(Jurors::do_try_state());
			poll_with(one);
		}
		assert_eq!(ChangeQueue::<Test>::iter().count(), 0);
	});
}

#[test]
fn hook_should_take_no_more_than_its_own_limit() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		due_juries(2);
		let one = <()>::service() + Jurors::draw_weight(3);
		ServiceWeight::set(&one);
		assert_eq!(poll_with(Weight::MAX), one);
		assert_eq!(drawn(), [0]);
		assert_eq!(poll_with(Weight::MAX), one);
		assert_eq!(drawn(), [0, 1]);
	});
}

//! Tests of asking for a jury.

use crate::{
	mock::{Jurors, *},
	*,
};
use aitbc_core::{CaseId, Round};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::ArithmeticError;

#[test]
fn request_should_put_the_jury_into_the_queue() {
	build_and_execute(|| {
		assert_ok!(request(CASE, FIRST, 3, STAKE));

		let due = Epoch(START + DELAY);
		let position = QueuePosition(0);
		let waiting = JuryRequest { case: CASE, round: FIRST, seats: 3, stake: STAKE, due };
		assert_eq!(DrawQueue::<Test>::get(position), Some(waiting));
		assert!(Requests::<Test>::contains_key(CASE, FIRST));
		let ends = QueueEnds { head: position, tail: QueuePosition(1) };
		assert_eq!(DrawQueueEnds::<Test>::get(), ends);
		let requested =
			Event::JuryRequested { case: CASE, round: FIRST, seats: 3, stake: STAKE, due };
		assert_eq!(events(), [requested]);
	});
}

#[test]
fn request_should_fail_when_this_round_of_the_case_waits_already() {
	build_and_execute(|| {
		assert_ok!(request(CASE, FIRST, 3, STAKE));
		assert_noop!(request(CASE, FIRST, 5, STAKE), Error::<Test>::AlreadyRequested);
		assert_ok!(request(CASE, Round(1), 3, STAKE));
		assert_ok!(request(CaseId(8), FIRST, 3, STAKE));
	});
}

#[test]
fn request_should_pass_again_when_the_jury_is_drawn() {
	build_and_execute(|| {
		assert_eq!(draw(CASE, 3, STAKE), []);
		assert!(!Requests::<Test>::contains_key(CASE, FIRST));
		assert_ok!(request(CASE, FIRST, 3, STAKE));
	});
}

#[test]
fn request_should_fail_when_the_jury_has_no_seats_or_too_many() {
	build_and_execute(|| {
		for seats in [0, MAX_SEATS + 1, u32::MAX] {
			assert_noop!(request(CASE, FIRST, seats, STAKE), Error::<Test>::SeatsOutOfRange);
		}
		assert_ok!(request(CASE, FIRST, MAX_SEATS, STAKE));
		assert_ok!(request(CASE, Round(1), 1, STAKE));
	});
}

#[test]
fn request_should_fail_when_all_positions_are_used_up() {
	new_test_ext().execute_with(|| {
		let end = QueuePosition(u64::MAX);
		DrawQueueEnds::<Test>::put(QueueEnds { head: end, tail: end });
		assert_noop!(request(CASE, FIRST, 3, STAKE), ArithmeticError::Overflow);
	});
}

#[test]
fn request_should_be_served_once_the_listener_asks_while_it_hears_of_a_jury() {
	build_and_execute(|| {
		AsksAgain::set(&true);
		assert_ok!(request(CASE, FIRST, 3, STAKE));
		join(JUROR, BOND);
		wait_epochs(DELAY);
		assert_eq!(Heard::get(), [(CASE, FIRST, vec![])]);
		assert!(Requests::<Test>::contains_key(CASE, FIRST));
		wait_epochs(DELAY);
		assert_eq!(Heard::get()[1..], [(CASE, FIRST, vec![(JUROR, 3)])]);
		assert!(Jurors::pool().waiting.is_empty());
	});
}

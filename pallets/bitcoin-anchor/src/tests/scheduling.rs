//! Which blocks have a task, and what it says.

use crate::{
	mock::{Anchor, *},
	*,
};
use aitbc_bitcoin::{Network, Payload};
use frame_support::assert_ok;

#[test]
fn task_should_be_made_in_the_block_after_its_own_when_that_is_scheduled() {
	run(|| {
		run_to(20);
		assert_eq!(Tasks::<Test>::iter().count(), 0);
		next_block();

		let payload = Payload {
			network: Network::Regtest,
			set_id: 3,
			height: 20,
			block_hash: hash(20).0,
			audit_root: [0xaa; 32],
		};
		assert_eq!(task(20), Task { payload, status: Status::Due { since: 21 } });
		assert_eq!(
			(Heights::<Test>::get().to_vec(), Open::<Test>::get().to_vec()),
			(vec![20], vec![20])
		);
		assert_eq!(Prepared::<Test>::get(), None);
		assert_eq!(events(), [Event::TaskMade { payload }]);
		run_to(60);
		assert_eq!(Heights::<Test>::get().to_vec(), [20, 40]);
	});
}

#[test]
fn payload_should_have_the_set_that_finalizes_when_its_block_changes_the_set() {
	run(|| {
		run_to(20);
		// As a new session does when the block begins.
		SetId::set(&4);
		next_block();
		assert_eq!(payload(20).set_id, 3);
		run_to(39);
		SetId::set(&5);
		run_to(41);
		assert_eq!(payload(40).set_id, 5);
	});
}

#[test]
fn payload_should_have_the_root_in_its_own_blocks_digest() {
	run(|| {
		run_to(19);
		LogRoot::set(&Some([0xbb; 32]));
		next_block();
		LogRoot::set(&Some([0xcc; 32]));
		next_block();
		assert_eq!(payload(20).audit_root, [0xbb; 32]);
	});
}

#[test]
fn payload_should_have_zeros_when_the_digest_has_no_root() {
	run(|| {
		run_to(19);
		LogRoot::set(&None);
		run_to(21);
		assert_eq!(payload(20).audit_root, [0; 32]);
	});
}

#[test]
fn block_should_be_skipped_when_the_set_has_no_room() {
	run(|| {
		SetId::set(&u64::from(u32::MAX));
		run_to(21);
		assert_eq!(payload(20).set_id, u32::MAX);
		let set_id = u64::from(u32::MAX) + 1;
		SetId::set(&set_id);

		run_to(41);

		assert_eq!(Tasks::<Test>::get(40), None);
		let reason = SkipReason::SetIdTooLarge { set_id };
		assert_eq!(events(), [Event::BlockSkipped { height: 40, reason }]);
	});
}

#[test]
fn no_task_should_be_made_when_no_bitcoin_is_followed() {
	run(|| {
		Follows::set(&None);
		run_to(41);
		assert_eq!(Tasks::<Test>::iter().count(), 0);
		assert_eq!((Prepared::<Test>::get(), LookedAt::<Test>::get()), (None, None));
	});
}

#[test]
fn blocks_should_be_multiples_of_the_period_when_it_changes() {
	run(|| {
		run_to(30);
		Period::set(&7);
		run_to(44);
		assert_eq!(Heights::<Test>::get().to_vec(), [20, 35, 42]);
	});
}

#[test]
fn period_should_be_two_when_it_is_set_to_less() {
	for period in [0, 1, 2] {
		run(|| {
			Period::set(&period);
			run_to(8);
			assert_eq!(Heights::<Test>::get().to_vec(), [2, 4, 6]);
		});
	}
}

#[test]
fn announced_block_should_have_its_task_when_the_period_changes_in_it() {
	run(|| {
		run_to(20);
		// The next block would be one, but the task of this one is prepared.
		Period::set(&21);
		run_to(22);
		assert_eq!(Heights::<Test>::get().to_vec(), [20]);
	});
}

#[test]
fn oldest_due_task_should_be_missed_when_too_many_are_open() {
	run(|| {
		Timeout::set(&1_000);
		make_tasks(4);
		include(20, 1);
		run_to(100);
		assert_eq!(Open::<Test>::get().to_vec(), [20, 40, 60, 80]);
		next_block();

		assert_eq!(status(40), Status::Missed);
		assert_eq!(Open::<Test>::get().to_vec(), [20, 60, 80, 100]);
		let made = Event::TaskMade { payload: payload(100) };
		assert_eq!(events(), [Event::TaskMissed { height: 40 }, made]);
	});
}

#[test]
fn block_should_be_skipped_when_as_many_as_may_be_open_are_on_bitcoin() {
	run(|| {
		Timeout::set(&1_000);
		make_tasks(4);
		for height in [20, 40, 60, 80] {
			include(height, 1);
		}
		run_to(101);

		assert_eq!(Open::<Test>::get().to_vec(), [20, 40, 60, 80]);
		assert_eq!(Heights::<Test>::get().to_vec(), [20, 40, 60, 80]);
		let reason = SkipReason::TooManyOpen;
		assert_eq!(events(), [Event::BlockSkipped { height: 100, reason }]);
		// One of them is final: there is room again.
		mine(FINAL - 4);
		run_to(121);
		assert_eq!(Open::<Test>::get().to_vec(), [40, 60, 80, 120]);
	});
}

#[test]
fn oldest_task_should_be_forgotten_when_there_are_enough() {
	run(|| {
		run_to(180);
		assert_eq!(Heights::<Test>::get().len(), 8);
		run_to(200);
		assert_eq!(Heights::<Test>::get().len(), 9);
		assert_eq!(status(20), Status::Missed);
		next_block();

		assert_eq!(Tasks::<Test>::get(20), None);
		assert_eq!(Heights::<Test>::get().len(), 9);
		let missed = Event::TaskMissed { height: 120 };
		let made = Event::TaskMade { payload: payload(200) };
		assert_eq!(events(), [missed, Event::TaskForgotten { height: 20 }, made]);
	});
}

#[test]
fn oldest_task_should_be_missed_first_when_it_is_forgotten_while_open() {
	run(|| {
		make_tasks(1);
		// No header comes any more, so it stays as it is.
		include(20, 1);
		run_to(200);
		assert!(matches!(status(20), Status::Included(_)));
		next_block();

		assert_eq!(Tasks::<Test>::get(20), None);
		assert!(!Open::<Test>::get().contains(&20));
		assert!(events().contains(&Event::TaskMissed { height: 20 }));
		assert_ok!(Anchor::do_try_state());
	});
}

#[test]
fn block_should_be_skipped_over_when_another_follows_it_than_its_own() {
	run(|| {
		run_to(20);
		Anchor::prepare(20);
		// As if blocks 21 to 24 had been left out.
		System::set_block_number(24);
		begin(25);
		assert_eq!((Prepared::<Test>::get(), Tasks::<Test>::get(20)), (None, None));
	});
}

#[test]
fn block_should_be_announced_when_an_announcement_is_left_over() {
	run(|| {
		run_to(39);
		// As if block 30 had never ended.
		Prepared::<Test>::put(Preparation::Announced { height: 30, set_id: 1 });
		run_to(41);
		assert_eq!(Heights::<Test>::get().to_vec(), [20, 40]);
	});
}

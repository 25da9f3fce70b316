//! How tasks move.

use crate::{
	mock::{Anchor, *},
	*,
};
use aitbc_audit::{Actor, Entry, Event as E, RecordId, Subject};
use frame_support::{assert_ok, weights::Weight};

#[test]
fn task_should_be_confirmed_and_final_when_its_block_is_deep_enough() {
	run(|| {
		let height = make_tasks(1);
		let inclusion = include(height, 1);
		mine(CONFIRMED - 2);
		next_block();
		assert_eq!(status(height), Status::Included(inclusion));
		assert_eq!(events(), []);
		mine(1);
		next_block();
		assert_eq!(status(height), Status::Confirmed(inclusion));
		assert_eq!(events(), [Event::AnchorConfirmed { height }]);
		mine(FINAL - CONFIRMED - 1);
		next_block();
		assert_eq!(status(height), Status::Confirmed(inclusion));
		mine(1);
		next_block();

		let at = present();
		assert_eq!(status(height), Status::Final { inclusion, at, is_paid: false });
		assert_eq!((LatestFinal::<Test>::get(), Open::<Test>::get().len()), (Some(height), 0));
		let record = Some(RecordId(0));
		assert_eq!(events(), [Event::AnchorFinal { height, inclusion, record }]);
		let entry = Entry::new(E::AnchorFinal, Actor::Chain, &[Subject::Anchor(20)]);
		assert_eq!(Logged::get(), [entry.with_hashes(&[hash(20).0, inclusion.block.0])]);
	});
}

#[test]
fn task_should_be_final_at_once_when_its_block_is_deep_already() {
	run(|| {
		let height = make_tasks(1);
		let (block, proof) = mine_anchor(anchor(1, &payload(height)));
		mine(FINAL);
		next_block();
		assert_ok!(prove(height, block, proof));
		assert!(matches!(status(height), Status::Included(_)));
		next_block();
		assert!(matches!(status(height), Status::Final { .. }));
	});
}

#[test]
fn final_should_take_what_cannot_be_undone_when_that_is_more() {
	run(|| {
		Irreversible::set(&(FINAL + 2));
		let height = make_tasks(1);
		include(height, 1);
		mine(FINAL);
		next_block();
		assert!(matches!(status(height), Status::Confirmed(_)));
		mine(1);
		next_block();
		assert!(matches!(status(height), Status::Final { .. }));
	});
}

#[test]
fn task_should_be_final_without_a_record_when_the_log_refuses() {
	run(|| {
		LogIsFull::set(&true);
		let height = make_tasks(1);
		let inclusion = finish(height, 1);
		assert_eq!(events(), [Event::AnchorFinal { height, inclusion, record: None }]);
		assert_eq!(Logged::get(), []);
	});
}

#[test]
fn task_should_be_due_again_with_all_its_time_when_its_block_leaves_the_best_chain() {
	run(|| {
		let height = make_tasks(1);
		let inclusion = include(height, 1);
		run_to(60);
		reorganize(1, 2);
		next_block();

		assert_eq!(status(height), Status::Due { since: 61 });
		let lost = Event::AnchorLost { height, block: inclusion.block, since: 61 };
		assert_eq!(events()[0], lost);
		assert!(Open::<Test>::get().contains(&height));
		let again = include(height, 1);
		assert_ne!(again.block, inclusion.block);
		assert_eq!(again.txid, inclusion.txid);
	});
}

#[test]
fn confirmed_task_should_be_due_again_when_its_block_leaves_the_best_chain() {
	run(|| {
		let height = make_tasks(1);
		let inclusion = include(height, 1);
		mine(CONFIRMED);
		next_block();
		assert_eq!(status(height), Status::Confirmed(inclusion));
		reorganize(CONFIRMED + 1, CONFIRMED + 2);
		next_block();
		assert_eq!(status(height), Status::Due { since: present() });
	});
}

#[test]
fn task_should_be_due_again_when_its_block_is_forgotten() {
	run(|| {
		let height = make_tasks(1);
		include(height, 1);
		mine(20);
		OldestHeight::set(&10);
		next_block();
		assert_eq!(status(height), Status::Due { since: present() });
	});
}

#[test]
fn task_should_not_be_confirmed_any_more_when_the_best_chain_is_shorter() {
	run(|| {
		let height = make_tasks(1);
		let inclusion = include(height, 1);
		mine(CONFIRMED);
		next_block();
		// Less blocks can have more work.
		reorganize(CONFIRMED, 1);
		next_block();
		assert_eq!(status(height), Status::Included(inclusion));
		assert_eq!(events(), [Event::AnchorUnconfirmed { height }]);
	});
}

#[test]
fn final_task_should_stay_when_bitcoin_is_not_what_it_was() {
	run(|| {
		let height = make_tasks(1);
		finish(height, 1);
		let before = task(height);
		reorganize(FINAL, 1);
		OldestHeight::set(&100);
		next_block();
		assert_eq!(task(height), before);
	});
}

#[test]
fn due_tasks_should_be_covered_when_a_newer_one_is_final() {
	run(|| {
		Timeout::set(&1_000);
		make_tasks(3);
		let older = include(20, 2);
		mine(1);
		let inclusion = include(60, 1);
		make_tasks(1);
		mine(FINAL - 1);
		next_block();

		let by = 60;
		assert_eq!(status(40), Status::Covered { by });
		assert_eq!(status(80), Status::Due { since: 81 });
		assert!(matches!(status(20), Status::Final { .. }), "what is on Bitcoin is not covered");
		assert_eq!(Open::<Test>::get().to_vec(), [80]);
		let expected = [
			Event::AnchorFinal { height: 20, inclusion: older, record: Some(RecordId(0)) },
			Event::AnchorFinal { height: 60, inclusion, record: Some(RecordId(1)) },
			Event::TaskCovered { height: 40, by },
		];
		assert_eq!(events(), expected);
	});
}

#[test]
fn lost_task_should_be_covered_when_a_newer_one_is_final_already() {
	run(|| {
		make_tasks(2);
		include(40, 1);
		mine(FINAL - 4);
		let inclusion = include(20, 1);
		mine(3);
		next_block();
		assert!(matches!(status(40), Status::Final { .. }));
		assert_eq!(status(20), Status::Confirmed(inclusion));
		reorganize(4, 5);
		next_block();

		assert_eq!(status(20), Status::Covered { by: 40 });
		let since = present();
		let lost = Event::AnchorLost { height: 20, block: inclusion.block, since };
		assert_eq!(events(), [lost, Event::TaskCovered { height: 20, by: 40 }]);
	});
}

#[test]
fn newest_final_height_should_stay_when_an_older_task_becomes_final() {
	run(|| {
		make_tasks(2);
		include(40, 1);
		include(20, 1);
		mine(FINAL - 2);
		next_block();
		assert!(matches!(status(20), Status::Confirmed(_)));
		mine(1);
		next_block();
		assert!(matches!(status(20), Status::Final { .. }));
		assert_eq!(LatestFinal::<Test>::get(), Some(40));
	});
}

#[test]
fn task_should_be_missed_when_it_was_due_for_too_long() {
	run(|| {
		let height = make_tasks(1);
		run_to(21 + TIMEOUT);
		mine(1);
		run_to(present());
		assert_eq!(status(height), Status::Due { since: 21 });
		next_block();
		assert_eq!(status(height), Status::Missed);
		assert_eq!(events(), [Event::TaskMissed { height }]);
		assert!(!Open::<Test>::get().contains(&height));
	});
}

#[test]
fn task_should_be_due_to_the_last_block_of_its_time() {
	run(|| {
		let height = make_tasks(1);
		run_to(20 + TIMEOUT);
		mine(1);
		next_block();
		assert_eq!((present(), status(height)), (21 + TIMEOUT, Status::Due { since: 21 }));
		let (block, proof) = mine_anchor(anchor(1, &payload(height)));
		assert_ok!(prove(height, block, proof));
	});
}

#[test]
fn task_should_be_missed_with_the_next_one_when_no_header_comes() {
	run(|| {
		MaxOpen::set(&6);
		make_tasks(1);
		run_to(100);
		assert_eq!(status(20), Status::Due { since: 21 });
		next_block();
		assert_eq!(status(20), Status::Missed);
		assert_eq!(Open::<Test>::get().to_vec(), [40, 60, 80, 100]);
	});
}

#[test]
fn time_should_stand_still_for_tasks_when_the_chain_is_paused() {
	run(|| {
		make_tasks(1);
		Period::set(&1_000);
		run_to(60);
		for paused in 1..=30 {
			Paused::set(&paused);
			next_block();
		}
		run_to(20 + TIMEOUT + 30);
		mine(1);
		next_block();
		assert_eq!(status(20), Status::Due { since: 21 });
		mine(1);
		next_block();
		assert_eq!(status(20), Status::Missed);
	});
}

#[test]
fn hook_should_weigh_what_it_did() {
	run(|| {
		type W = <Test as Config>::WeightInfo;
		let find = Weight::from_parts(7, 0);
		let watch = W::watch() + find * 2;
		let make = W::make() + find;
		run_to(19);
		assert_eq!(next_block(), watch);
		assert_eq!(next_block(), watch + W::look(0) + make);
		assert_eq!(next_block(), watch);
		include(20, 1);
		assert_eq!(next_block(), watch + W::look(1) + find);
		assert_eq!(next_block(), watch);
		mine(FINAL - 1);
		let finish = W::finish() + Weight::from_parts(50_000, 0);
		assert_eq!(next_block(), watch + W::look(1) + find + finish);
		assert_eq!(next_block(), watch);
		let most = watch + W::look(4) + find * 4 + finish * 4 + make;
		assert_eq!(Anchor::most_hook_weight(), most);
	});
}

//! Reading.

use crate::{
	mock::{Anchor, *},
	runtime_api::MAX_PAGE,
	*,
};
use aitbc_bitcoin::Network;
use frame_support::assert_ok;

#[test]
fn schedule_should_tell_the_terms() {
	run(|| {
		let expected = ScheduleInfo {
			network: Some(Network::Regtest),
			period: PERIOD,
			next: 20,
			timeout: TIMEOUT,
			confirmations: CONFIRMED,
			final_confirmations: FINAL,
			latest_final: None,
			reward: REWARD,
			deposit: DEPOSIT,
			max_proof_bytes: MAX_PROOF,
		};
		assert_eq!(Anchor::schedule(), expected);
		run_to(19);
		assert_eq!(Anchor::schedule().next, 20);
		next_block();
		assert_eq!(Anchor::schedule().next, 40);
		Irreversible::set(&100);
		Period::set(&0);
		assert_eq!(Anchor::schedule().period, MIN_PERIOD);
		assert_eq!(Anchor::schedule().final_confirmations, 100);
	});
}

#[test]
fn task_should_tell_its_confirmations_and_its_time() {
	run(|| {
		make_tasks(2);
		assert_eq!(Anchor::task(21), None);
		let due = Anchor::task(20).unwrap();
		assert_eq!(due, TaskInfo { task: task(20), confirmations: None, due_until: Some(91) });
		include(40, 1);
		mine(1);
		let included = Anchor::task(40).unwrap();
		let expected = TaskInfo { task: task(40), confirmations: Some(2), due_until: None };
		assert_eq!(included, expected);
		mine(FINAL);
		next_block();
		assert_eq!(Anchor::task(40).unwrap().confirmations, Some(FINAL + 2));
		OldestHeight::set(&10);
		assert_eq!(Anchor::task(40).unwrap().confirmations, None);
		assert_eq!(Anchor::task(20).unwrap().due_until, None);
	});
}

#[test]
fn tasks_should_come_newest_first_by_pages() {
	run(|| {
		assert_eq!(Anchor::tasks(None, 5), TaskPage { tasks: vec![], next: None });
		run_to(121);
		let heights = |page: &TaskPage| {
			page.tasks.iter().map(|info| info.task.payload.height).collect::<Vec<_>>()
		};
		for limit in [1, 2, 4, 5, 6, 7] {
			let (mut found, mut before) = (Vec::new(), None);
			loop {
				let page = Anchor::tasks(before, limit);
				assert!(page.tasks.len() <= limit as usize);
				found.extend(heights(&page));
				before = page.next;
				if before.is_none() {
					break;
				}
			}
			assert_eq!(found, [120, 100, 80, 60, 40, 20], "{limit}");
		}
		assert_eq!(heights(&Anchor::tasks(Some(61), 2)), [60, 40]);
		assert_eq!(heights(&Anchor::tasks(Some(20), 2)), [0; 0]);
	});
}

#[test]
fn page_should_be_as_long_as_it_may_be() {
	run(|| {
		run_to(61);
		assert_eq!(Anchor::tasks(None, 0).tasks.len(), 1);
		assert_eq!(Anchor::tasks(None, u32::MAX).tasks.len(), 3);
		assert_eq!(MAX_PAGE, 100);
	});
}

#[test]
fn latest_should_be_the_newest_task_and_the_newest_final_one() {
	run(|| {
		assert_eq!((Anchor::latest(), Anchor::latest_final()), (None, None));
		make_tasks(2);
		finish(20, 1);
		assert_eq!(Anchor::latest(), Anchor::task(40));
		assert_eq!(Anchor::latest_final(), Anchor::task(20));
		assert_eq!(Anchor::schedule().latest_final, Some(20));
		run_to(221);
		assert_eq!((Anchor::latest(), Anchor::latest_final()), (Anchor::task(220), None));
		assert_eq!(Anchor::schedule().latest_final, Some(20));
	});
}

#[test]
fn due_should_be_the_newest_payload_unless_it_is_on_bitcoin() {
	run(|| {
		assert_eq!(Anchor::due(), None);
		make_tasks(2);
		assert_eq!(Anchor::due(), Some(payload(40)));
		let (block, proof) = mine_anchor(anchor(1, &payload(20)));
		assert_ok!(prove(20, block, proof));
		assert_eq!(Anchor::due(), Some(payload(40)));
		include(40, 1);
		assert_eq!(Anchor::due(), None);
		make_tasks(1);
		assert_eq!(Anchor::due(), Some(payload(60)));
		include(60, 1);
		reorganize(1, 2);
		next_block();
		assert_eq!(Anchor::due(), Some(payload(60)));
		finish(60, 1);
		assert_eq!(Anchor::due(), None);
	});
}

#[test]
fn anchorer_should_be_who_has_the_script() {
	run(|| {
		assert_eq!(Anchor::anchorer(key_hash(1)), None);
		register(1, ANCHORER);
		let expected = Anchorer { account: ANCHORER, deposit: DEPOSIT };
		assert_eq!(Anchor::anchorer(key_hash(1)), Some(expected));
	});
}

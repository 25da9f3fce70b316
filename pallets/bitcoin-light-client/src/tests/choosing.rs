//! Which chain is the best.

use crate::{mock::*, *};
use aitbc_bitcoin::{Header, Work};
use frame_support::{assert_noop, assert_ok};

/// The stale headers at a height.
fn stale(height: u32) -> Vec<aitbc_bitcoin::BlockHash> {
	Stale::<Test>::get(height).into_inner()
}

#[test]
fn headers_should_be_stale_when_they_have_as_much_work_as_the_best() {
	run(|| {
		let (first, second) = (chain(&genesis(), 1, 2), chain(&genesis(), 2, 2));
		assert_ok!(submit(&first));

		assert_ok!(submit(&second));

		assert_eq!(tip(), (first[1].hash(), 2));
		assert_last_event(Event::Forked { last: second[1].hash(), height: 2, added: 2 });
		assert_eq!((stale(1), stale(2)), (vec![second[0].hash()], vec![second[1].hash()]));
	});
}

#[test]
fn chain_should_become_the_best_when_its_work_is_more() {
	run(|| {
		let (first, second) = (chain(&genesis(), 1, 2), chain(&genesis(), 2, 3));
		assert_ok!(submit(&first));
		assert_ok!(submit(&second[..2]));

		assert_ok!(submit(&second[2..]));

		assert_eq!(tip(), (second[2].hash(), 3));
		assert_last_event(Event::Reorganized {
			tip: second[2].hash(),
			height: 3,
			added: 1,
			fork: 0,
			old_tip: first[1].hash(),
		});
		assert_eq!((stale(1), stale(2)), (vec![first[0].hash()], vec![first[1].hash()]));
		for (header, height) in second.iter().zip(1..) {
			assert_eq!(Best::<Test>::get(height), Some(header.hash()));
		}
	});
}

#[test]
fn chain_should_become_the_best_again_when_it_grows() {
	run(|| {
		let (first, second) = (chain(&genesis(), 1, 4), chain(&genesis(), 2, 3));
		assert_ok!(submit(&first[..2]));
		assert_ok!(submit(&second));
		assert_eq!(tip(), (second[2].hash(), 3));

		assert_ok!(submit(&first[2..]));

		assert_eq!(tip(), (first[3].hash(), 4));
		assert_eq!(stale(3), vec![second[2].hash()]);
		assert_eq!(stale(4), vec![]);
	});
}

#[test]
fn chain_should_stay_the_best_when_another_has_more_headers_and_less_work() {
	run(|| {
		let (first, second) = (chain(&genesis(), 1, 1), chain(&genesis(), 2, 4));
		assert_ok!(submit(&first));
		// As if its one header had a harder target: no test can make the work of a real one.
		give_work(first[0].hash(), Work(1_000.into()));
		Tip::<Test>::put(Headers::<Test>::get(first[0].hash()).expect("it is kept").chained);

		assert_ok!(submit(&second));

		assert_eq!(tip(), (first[0].hash(), 1));
		assert_last_event(Event::Forked { last: second[3].hash(), height: 4, added: 4 });
	});
}

#[test]
fn best_chain_should_get_shorter_when_fewer_headers_have_more_work() {
	run(|| {
		let (first, second) = (chain(&genesis(), 1, 4), chain(&genesis(), 2, 2));
		assert_ok!(submit(&first));
		assert_ok!(submit(&second[..1]));
		give_work(second[0].hash(), Work(9.into()));

		assert_ok!(submit(&second[1..]));

		assert_eq!(tip(), (second[1].hash(), 2));
		assert_eq!((Best::<Test>::get(3), Best::<Test>::get(4)), (None, None));
		assert_eq!(stale(4), vec![first[3].hash()]);
	});
}

#[test]
fn fork_should_be_followed_when_it_is_as_deep_as_may_be() {
	run(|| {
		let first = chain(&genesis(), 1, REORGANIZATION + 1);
		assert_ok!(submit(&first));

		let deepest = chain(&first[0], 2, REORGANIZATION + 1);
		assert_ok!(submit(&deepest));

		assert_eq!(tip(), (deepest.last().unwrap().hash(), REORGANIZATION + 2));
	});
}

#[test]
fn fork_should_be_refused_when_it_is_too_deep() {
	run(|| {
		let first = chain(&genesis(), 1, REORGANIZATION + 1);
		assert_ok!(submit(&first));

		let deeper = chain(&genesis(), 2, REORGANIZATION + 20);

		assert_noop!(try_submit(&deeper), Error::<Test>::ForkTooDeep);
		assert_noop!(try_submit(&deeper[..1]), Error::<Test>::ForkTooDeep);
	});
}

#[test]
fn fork_should_be_refused_when_it_is_too_long_to_be_stale() {
	run(|| {
		let first = chain(&genesis(), 1, 1);
		assert_ok!(submit(&first));
		give_work(first[0].hash(), Work(1_000.into()));
		Tip::<Test>::put(Headers::<Test>::get(first[0].hash()).expect("it is kept").chained);
		let second = chain(&genesis(), 2, REORGANIZATION + 1);

		assert_noop!(try_submit(&second), Error::<Test>::ForkTooLong);
		assert_ok!(submit(&second[..REORGANIZATION as usize]));
		assert_noop!(try_submit(&second), Error::<Test>::ForkTooLong);
	});
}

#[test]
fn fork_should_be_refused_when_there_are_as_many_with_as_much_work() {
	run(|| {
		assert_ok!(submit(&chain(&genesis(), 1, 2)));
		assert_ok!(submit(&chain(&genesis(), 2, 1)));
		assert_ok!(submit(&chain(&genesis(), 3, 1)));

		assert_noop!(try_submit(&chain(&genesis(), 4, 1)), Error::<Test>::TooManyForks);
		// With more work than the best it needs no room.
		assert_ok!(submit(&chain(&genesis(), 4, 3)));
	});
}

#[test]
fn stale_header_should_be_forgotten_when_one_with_more_work_comes() {
	run(|| {
		let best = chain(&genesis(), 1, 3);
		assert_ok!(submit(&best));
		let weak: Vec<_> = (2..4).map(|tag| chain(&genesis(), tag, 1)).collect();
		for headers in &weak {
			assert_ok!(submit(headers));
		}
		give_work(weak[0][0].hash(), Work(3.into()));
		give_work(weak[1][0].hash(), Work(3.into()));

		let strong = chain(&genesis(), 4, 1);
		assert_ok!(submit(&strong));

		// Of those with the least work the last one goes.
		assert_eq!(stale(1), vec![weak[0][0].hash(), strong[0].hash()]);
		assert_eq!(Headers::<Test>::get(weak[1][0].hash()), None);
	});
}

#[test]
fn displaced_header_should_be_forgotten_when_others_have_as_much_work() {
	run(|| {
		let first = chain(&genesis(), 1, 1);
		assert_ok!(submit(&first));
		assert_ok!(submit(&chain(&genesis(), 2, 1)));
		assert_ok!(submit(&chain(&genesis(), 3, 1)));

		assert_ok!(submit(&chain(&genesis(), 4, 2)));

		assert_eq!(Headers::<Test>::get(first[0].hash()), None);
		assert_eq!(stale(1).len(), 2);
	});
}

/// A stale chain of two whose first header is pushed out, so that its second one hangs in the air.
fn broken_branch() -> Vec<Header> {
	let best = chain(&genesis(), 1, 3);
	assert_ok!(submit(&best));
	let broken = chain(&genesis(), 2, 2);
	assert_ok!(submit(&broken));
	give_work(broken[0].hash(), Work(3.into()));
	for tag in 3..5 {
		assert_ok!(submit(&chain(&genesis(), tag, 1)));
	}
	assert_eq!(Headers::<Test>::get(broken[0].hash()), None);
	broken
}

#[test]
fn branch_should_be_refused_when_an_earlier_header_is_gone() {
	run(|| {
		let broken = broken_branch();
		let more = chain(&broken[1], 2, 3);
		assert_noop!(try_submit(&more), Error::<Test>::ForkTooDeep);
	});
}

#[test]
fn branch_should_become_the_best_when_what_is_gone_comes_again() {
	run(|| {
		let broken = broken_branch();
		let whole: Vec<_> = broken.iter().copied().chain(chain(&broken[1], 2, 2)).collect();

		assert_ok!(submit(&whole));

		assert_eq!(tip(), (whole[3].hash(), 4));
		// One was here.
		let Some(RuntimeEvent::LightClient(Event::Reorganized { added, .. })) =
			System::events().pop().map(|record| record.event)
		else {
			panic!("it becomes the best");
		};
		assert_eq!(added, 3);
		assert!(!stale(2).contains(&whole[1].hash()));
	});
}

#[test]
fn irreversible_block_should_stay_when_the_best_chain_gets_shorter() {
	run(|| {
		let first = chain(&genesis(), 1, REORGANIZATION + 3);
		assert_ok!(submit(&first));
		let floor = Floor::<Test>::get();
		assert_eq!(floor, 3);
		// The block at height 3 can't be undone any more. One header after it has more work than all the others.
		let heavy = chain(&first[2], 2, 2);
		assert_ok!(submit(&heavy[..1]));
		give_work(heavy[0].hash(), Work(900.into()));
		assert_ok!(submit(&heavy[1..]));
		assert_eq!(tip(), (heavy[1].hash(), 5));

		// Counted from the tip, a fork at height 2 would not be deep now.
		let lower = chain(&first[1], 3, 2);
		assert_noop!(try_submit(&lower), Error::<Test>::ForkTooDeep);
		assert_eq!(Floor::<Test>::get(), floor);
		assert_ok!(submit(&chain(&first[2], 4, 1)));
	});
}

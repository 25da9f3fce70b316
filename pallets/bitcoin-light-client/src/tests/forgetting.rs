//! What is forgotten.

use crate::{mock::*, *};
use frame_support::assert_ok;

#[test]
fn old_headers_should_go_when_there_are_more_than_are_kept() {
	run(|| {
		let headers = chain(&genesis(), 1, KEPT + 5);
		for header in &headers {
			assert_ok!(submit(&[*header]));
		}
		assert_eq!(Best::<Test>::iter().count() as u32, KEPT);
		assert_eq!(Headers::<Test>::iter().count() as u32, KEPT);
		assert_eq!(Oldest::<Test>::get(), 6);
		assert_eq!(Best::<Test>::get(5), None);
		assert_eq!(Headers::<Test>::get(headers[4].hash()), None);
	});
}

#[test]
fn old_headers_should_go_two_at_a_time_when_fewer_are_kept_than_before() {
	run(|| {
		let headers = chain(&genesis(), 1, KEPT + 8);
		assert_ok!(submit(&headers[..KEPT as usize - 1]));
		KeptHeaders::set(&(REORGANIZATION + 2));
		let mut counts = Vec::new();
		for header in &headers[KEPT as usize - 1..] {
			assert_ok!(submit(&[*header]));
			counts.push(Best::<Test>::iter().count());
		}
		assert_eq!(counts, [19, 18, 17, 16, 15, 14, 13, 12, 11]);
	});
}

#[test]
fn headers_that_a_reorganization_reaches_should_be_kept_whatever_the_number() {
	run(|| {
		KeptHeaders::set(&1);
		let headers = chain(&genesis(), 1, 30);
		for header in &headers {
			assert_ok!(submit(&[*header]));
		}
		assert_eq!(Best::<Test>::iter().count() as u32, REORGANIZATION + 1);

		let deepest = chain(&headers[29 - REORGANIZATION as usize], 2, REORGANIZATION + 1);
		assert_ok!(submit(&deepest));
		assert_eq!(tip().1, 31);
	});
}

#[test]
fn stale_headers_should_go_when_no_reorganization_reaches_them() {
	run(|| {
		let best = chain(&genesis(), 1, REORGANIZATION + 2);
		let other = chain(&genesis(), 2, 2);
		assert_ok!(submit(&best[..2]));
		assert_ok!(submit(&other));
		for header in &best[2..REORGANIZATION as usize] {
			assert_ok!(submit(&[*header]));
		}
		// The tip is 8 high: a chain may branch off at height 0.
		assert_eq!(Stale::<Test>::iter_keys().count(), 2);
		assert_ok!(submit(&best[REORGANIZATION as usize..][..1]));
		assert_eq!(Stale::<Test>::iter_keys().collect::<Vec<_>>(), [2]);
		assert_eq!(Headers::<Test>::get(other[0].hash()), None);
		assert_ok!(submit(&best[REORGANIZATION as usize + 1..]));
		assert_eq!(Stale::<Test>::iter_keys().count(), 0);
		assert_eq!(Headers::<Test>::get(other[1].hash()), None);
	});
}

#[test]
fn displaced_headers_should_go_when_the_new_chain_is_much_longer() {
	run(|| {
		assert_ok!(submit(&chain(&genesis(), 1, 3)));
		let long = chain(&genesis(), 2, 3 * REORGANIZATION);
		assert_ok!(submit(&long));
		assert_eq!(Stale::<Test>::iter_keys().count(), 0);
		assert_eq!(Headers::<Test>::iter().count() as u32, KEPT);
	});
}

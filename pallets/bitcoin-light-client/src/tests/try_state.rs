//! Each invariant notices what breaks it.

use crate::{mock::*, *};
use aitbc_bitcoin::{BlockHash, Work};
use frame_support::{assert_err, assert_ok};

/// Breaks the state of a chain of five with a stale header at height 2, and says what the check finds.
fn broken(change: impl FnOnce(), expected: &'static str) {
	new_test_ext().execute_with(|| {
		let best = chain(&genesis(), 1, 5);
		assert_ok!(submit(&best));
		assert_ok!(submit(&chain(&best[0], 2, 1)));
		assert_ok!(LightClient::do_try_state());
		change();
		assert_err!(LightClient::do_try_state(), expected);
	});
}

/// The header of the best chain at a height.
fn best(height: u32) -> BlockHash {
	Best::<Test>::get(height).expect("it is there")
}

/// The stale header.
fn stale() -> BlockHash {
	Stale::<Test>::get(2)[0]
}

#[test]
fn best_chain_should_be_whole() {
	broken(|| Best::<Test>::remove(3), "the best chain has a gap");
	broken(|| Headers::<Test>::remove(best(3)), "a header of the best chain is missing");
	broken(|| Best::<Test>::insert(3, best(2)), "a header is at another one's place");
	broken(|| Best::<Test>::insert(9, best(2)), "the best chain has too many entries");
	broken(|| Oldest::<Test>::put(1), "the best chain has too many entries");
	broken(
		|| {
			Best::<Test>::remove(0);
			Oldest::<Test>::put(1);
		},
		"what a chain may branch off from is forgotten",
	);
	broken(|| give_work(best(3), Work(3.into())), "work does not grow");
	broken(|| give_work(best(5), Work(90.into())), "the best chain does not end at the tip");
	broken(
		|| {
			let mut header = Headers::<Test>::get(best(3)).expect("it is there");
			header.previous = stale();
			Headers::<Test>::insert(best(3), header);
		},
		"a header of the best chain does not follow the one before",
	);
}

#[test]
fn irreversible_blocks_should_be_out_of_reach() {
	new_test_ext().execute_with(|| {
		assert_ok!(submit(&chain(&genesis(), 1, REORGANIZATION + 2)));
		Floor::<Test>::put(1);
		assert_err!(LightClient::do_try_state(), "what is irreversible can be undone");
	});
}

#[test]
fn network_should_be_the_same_for_all() {
	broken(
		|| {
			use codec::{Decode, Encode};
			let mut header = Headers::<Test>::get(best(3)).expect("it is there");
			let mut bytes = header.chained.encode();
			bytes[0] = 0;
			header.chained = Decode::decode(&mut &bytes[..]).expect("it is one");
			Headers::<Test>::insert(best(3), header);
		},
		"a header is of another network",
	);
}

#[test]
fn stale_headers_should_be_where_they_belong() {
	broken(|| Stale::<Test>::insert(3, Stale::<Test>::get(9)), "a list of stale headers is empty");
	broken(|| Headers::<Test>::remove(stale()), "a stale header is missing");
	broken(
		|| Stale::<Test>::insert(3, Stale::<Test>::take(2)),
		"a stale header is at another one's place",
	);
	broken(|| give_work(stale(), Work(99.into())), "a stale header has more work than the tip");
	broken(
		|| {
			let mut header = Headers::<Test>::get(stale()).expect("it is there");
			header.previous = best(3);
			Headers::<Test>::insert(stale(), header);
		},
		"a stale header is not one higher than its parent",
	);
	broken(
		|| Stale::<Test>::insert(2 * REORGANIZATION + 1, Stale::<Test>::take(2)),
		"stale headers are out of reach",
	);
}

#[test]
fn headers_should_be_listed_once() {
	broken(|| Stale::<Test>::remove(2), "a header is in no list");
	broken(
		|| Stale::<Test>::mutate(2, |list| list.try_push(best(2)).expect("there is room")),
		"a header is listed twice",
	);
}

#[test]
fn nothing_should_be_there_without_a_tip() {
	broken(Tip::<Test>::kill, "there are headers without a tip");
}

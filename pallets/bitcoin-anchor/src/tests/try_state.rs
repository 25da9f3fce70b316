//! Each invariant, broken once.

use crate::{
	mock::{Anchor, *},
	*,
};
use aitbc_bitcoin::Network;
use frame_support::{assert_ok, traits::fungible::MutateHold};
use sp_runtime::DispatchError;

/// Makes a task of each kind but missed, and two anchorers: 20 is covered by 40, which is final; 60 is included,
/// 80 due. Lets `corrupt` break the storage, and expects to hear `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		register(1, ANCHORER);
		register(2, OTHER);
		make_tasks(2);
		finish(40, 1);
		make_tasks(2);
		include(60, 2);
		assert_eq!(status(20), Status::Covered { by: 40 });
		assert_eq!(status(80), Status::Due { since: 81 });
		assert_ok!(Anchor::do_try_state());

		corrupt();

		assert_eq!(Anchor::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

/// Changes a task behind the pallet's back.
fn alter(height: u32, change: impl FnOnce(&mut Task)) {
	Tasks::<Test>::mutate(height, |task| change(task.as_mut().expect("it is there")));
}

#[test]
fn try_state_should_notice_when_tasks_are_not_those_that_are_listed() {
	assert_noticed("heights are not in order", || {
		Heights::<Test>::mutate(|heights| heights.as_mut().swap(0, 1));
	});
	assert_noticed("heights are not in order", || {
		assert_ok!(Heights::<Test>::try_append(80));
	});
	assert_noticed("a task is missing", || Tasks::<Test>::remove(20));
	assert_noticed("a task is not listed", || Tasks::<Test>::insert(70, task(20)));
}

#[test]
fn try_state_should_notice_when_open_tasks_are_not_those_that_are_listed() {
	assert_noticed("open tasks are not in order", || {
		Open::<Test>::mutate(|open| open.as_mut().swap(0, 1));
	});
	let complaint = "an open task is not listed, or one that is not open is";
	assert_noticed(complaint, || Open::<Test>::mutate(|open| open.retain(|height| *height != 60)));
	assert_noticed(complaint, || alter(80, |task| task.status = Status::Missed));
	assert_noticed("an open task is missing", || {
		assert_ok!(Open::<Test>::try_append(90));
	});
}

#[test]
fn try_state_should_notice_when_a_payload_is_another_tasks() {
	assert_noticed("a payload is of another height", || {
		alter(20, |task| task.payload.height = 40);
	});
	assert_noticed("a payload is for another network", || {
		alter(20, |task| task.payload.network = Network::Mainnet);
	});
	assert_noticed("a payload is for another network", || Follows::set(&None));
}

#[test]
fn try_state_should_notice_when_covering_is_wrong() {
	assert_noticed("a due task is not covered", || LatestFinal::<Test>::put(80));
	assert_noticed("a final task is newer than the newest", || LatestFinal::<Test>::put(20));
	assert_noticed("a task is covered by an older one", || {
		alter(20, |task| task.status = Status::Covered { by: 20 });
	});
	assert_noticed("a task is covered by one that is not final", || {
		alter(20, |task| task.status = Status::Covered { by: 60 });
	});
}

#[test]
fn try_state_should_notice_when_something_happened_in_a_time_to_come() {
	assert_noticed("a task is due since a time to come", || {
		alter(80, |task| task.status = Status::Due { since: present() + 1 });
	});
	for at in [40, 1_000] {
		assert_noticed("a task is final since a time to come", || {
			alter(40, |task| {
				let inclusion = task.status.inclusion().expect("it is final");
				task.status = Status::Final { inclusion, at, is_paid: false };
			});
		});
	}
	assert_noticed("a task is of a block that has not ended", || System::set_block_number(80));
}

#[test]
fn try_state_should_notice_when_the_held_money_is_not_the_deposit() {
	let complaint = "what is held differs from the deposits";
	for who in [ANCHORER, STRANGER] {
		assert_noticed(complaint, || {
			assert_ok!(Balances::hold(&HoldReason::Deposit.into(), &who, 1));
		});
	}
	assert_noticed(complaint, || Anchorers::<Test>::remove(key_hash(1)));
	assert_noticed("an anchorer has no account", || {
		let nobody = Anchorer { account: 77, deposit: 1 };
		Anchorers::<Test>::insert(key_hash(3), nobody);
	});
}

#[test]
fn try_state_should_notice_when_another_block_is_prepared() {
	let announced = |height| Preparation::Announced { height, set_id: 1 };
	let ended = |height| Preparation::Ended { height, set_id: 1, audit_root: [0; 32] };
	for height in [80, 83] {
		assert_noticed("a block is announced at the wrong time", || {
			assert_eq!(present(), 81);
			Prepared::<Test>::put(announced(height));
		});
	}
	for height in [80, 82] {
		assert_noticed("a block ended at the wrong time", || Prepared::<Test>::put(ended(height)));
	}
}

//! Each invariant, broken once.

use crate::{
	mock::{Jurors, *},
	tree::{Node, CAPACITY},
	*,
};
use aitbc_core::{CaseId, Round};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{MutateHold, UnbalancedHold},
		tokens::Precision,
	},
};
use sp_runtime::DispatchError;

/// Where the change of [`OTHER`] waits.
const OTHERS: QueuePosition = QueuePosition(4);
/// Where the change of [`JUROR`] waits, which is due an epoch later.
const JURORS: QueuePosition = QueuePosition(5);

/// Sets up jurors with and without weight, a vacant slot, a juror with a stake and something
/// leaving, and both queues; lets `corrupt` break the storage, and expects to hear `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		jurors(&[(JUROR, 3 * BOND), (OTHER, BOND), (THIRD, BOND)]);
		assert_ok!(Jurors::unbond(signed(THIRD), BOND));
		wait_epochs(DELAY);
		assert_ok!(Jurors::withdraw(signed(STRANGER), THIRD));
		begin_epoch();
		join(OTHER, BOND);
		begin_epoch();
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		Jurors::lock(&JUROR, STAKE);
		assert_ok!(request(CASE, FIRST, 3, STAKE));
		begin_epoch();
		assert_ok!(request(CASE, Round(1), 3, STAKE));
		assert_ok!(Jurors::do_try_state());

		corrupt();

		assert_eq!(Jurors::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

/// Changes a juror behind the pallet's back.
fn alter(who: AccountId, change: impl FnOnce(&mut Juror)) {
	crate::Jurors::<Test>::mutate(who, |juror| {
		change(juror.as_mut().expect("the account is a juror"))
	});
}

/// Changes a change that waits behind the pallet's back.
fn alter_change(position: QueuePosition, change: impl FnOnce(&mut Change<AccountId>)) {
	ChangeQueue::<Test>::mutate(position, |queued| {
		change(queued.as_mut().expect("the change waits"))
	});
}

/// Changes a jury that waits behind the pallet's back.
fn alter_jury(position: u64, change: impl FnOnce(&mut JuryRequest)) {
	DrawQueue::<Test>::mutate(QueuePosition(position), |queued| {
		change(queued.as_mut().expect("the jury waits"))
	});
}

#[test]
fn try_state_should_notice_when_more_is_at_stake_than_bonded() {
	assert_noticed("a juror has more at stake than its bond", || {
		alter(JUROR, |juror| juror.locked = juror.bond + 1);
	});
}

#[test]
fn try_state_should_notice_when_nothing_is_leaving() {
	assert_noticed("nothing is leaving", || {
		alter(OTHER, |juror| juror.leaving = Some(Leaving { amount: 0, behind: None }));
	});
}

#[test]
fn try_state_should_notice_when_more_is_leaving_than_bonded() {
	assert_noticed("a juror takes out more than its bond", || {
		let amount = 3 * BOND + 1;
		alter(JUROR, |juror| juror.leaving = Some(Leaving { amount, behind: None }));
	});
}

#[test]
fn try_state_should_notice_when_a_juror_waits_for_a_change_that_never_was() {
	assert_noticed("a juror waits for a change that was never asked for", || {
		let behind = Some(ChangeQueueEnds::<Test>::get().tail);
		alter(JUROR, |juror| juror.leaving = Some(Leaving { amount: BOND, behind }));
	});
}

#[test]
fn try_state_should_notice_when_the_held_money_is_not_the_bond() {
	let reason = HoldReason::Bond.into();
	for who in [JUROR, STRANGER] {
		assert_noticed("what is held differs from the bond", || {
			assert_ok!(Balances::hold(&reason, &who, 1));
		});
	}
	assert_noticed("what is held differs from the bond", || {
		assert_ok!(Balances::decrease_balance_on_hold(&reason, &OTHER, 1, Precision::Exact));
	});
}

#[test]
fn try_state_should_notice_when_a_juror_without_an_account_has_a_bond() {
	assert_noticed("what is held differs from the bond", || {
		let juror = Juror { bond: BOND, ..Juror::new(SlotIndex(2)) };
		crate::Jurors::<Test>::insert(99, juror);
	});
}

#[test]
fn try_state_should_notice_when_a_slot_does_not_name_its_juror() {
	assert_noticed("a juror's slot does not name it", || {
		Slots::<Test>::insert(SlotIndex(0), Slot::Taken(OTHER));
	});
	assert_noticed("a juror's slot does not name it", || alter(JUROR, |juror| juror.slot.0 = 1));
}

#[test]
fn try_state_should_notice_when_a_slot_names_who_is_no_juror() {
	assert_noticed("a slot names who is no juror", || {
		Slots::<Test>::insert(SlotIndex(2), Slot::Taken(THIRD));
	});
}

#[test]
fn try_state_should_notice_when_there_are_too_many_slots() {
	assert_noticed("there are more slots than the tree has", || {
		SlotUse::<Test>::mutate(|table| table.used = CAPACITY + 1);
	});
}

#[test]
fn try_state_should_notice_when_the_slots_are_not_those_given_out() {
	assert_noticed("the slots are not those that were given out", || {
		SlotUse::<Test>::mutate(|table| table.used += 1);
	});
	assert_noticed("the slots are not those that were given out", || {
		Slots::<Test>::remove(SlotIndex(2));
	});
}

#[test]
fn try_state_should_notice_when_the_vacant_slots_do_not_hang_together() {
	let own = Some(SlotIndex(2));
	assert_noticed("the vacant slots go round in a circle", || {
		Slots::<Test>::insert(SlotIndex(2), Slot::Vacant { next: own });
	});
	assert_noticed("the list of vacant slots has one that is not", || {
		Slots::<Test>::insert(SlotIndex(2), Slot::Vacant { next: Some(SlotIndex(0)) });
	});
	assert_noticed("a vacant slot is not in the list", || {
		SlotUse::<Test>::mutate(|table| table.next_vacant = None);
	});
	assert_noticed("vacant slots are not counted right", || {
		SlotUse::<Test>::mutate(|table| table.vacant += 1);
	});
}

#[test]
fn try_state_should_notice_when_the_tree_is_wrong_at_any_level() {
	let differs = "the tree differs from the jurors' weights";
	for level in 0..tree::LEVELS {
		assert_noticed(differs, || {
			Nodes::<Test>::mutate(level, 0, |node| node.0[0] += 1);
		});
	}
	assert_noticed(differs, || Nodes::<Test>::insert(3, 7, Node::default()));
	assert_noticed(differs, || Nodes::<Test>::remove(3, 0));
	assert_noticed(differs, || alter(OTHER, |juror| juror.weight += 1));
}

#[test]
fn try_state_should_notice_when_a_weight_is_not_backed() {
	assert_noticed("a weight is not backed by a bond", || {
		alter_change(JURORS, |change| change.weight = 3 * BOND);
	});
}

#[test]
fn try_state_should_notice_when_the_queue_of_juries_differs_from_its_ends() {
	let differs = "the queue of juries differs from its ends";
	assert_noticed(differs, || DrawQueueEnds::<Test>::mutate(|ends| ends.tail.0 += 1));
	assert_noticed(differs, || DrawQueueEnds::<Test>::mutate(|ends| ends.head.0 += 1));
	assert_noticed(differs, || DrawQueue::<Test>::remove(QueuePosition(0)));
}

#[test]
fn try_state_should_notice_when_juries_are_out_of_order() {
	assert_noticed("a jury is due before one that was asked for earlier", || {
		alter_jury(1, |request| request.due.0 -= 2);
	});
	assert_noticed("a jury is due too late", || alter_jury(1, |request| request.due.0 += 1));
}

#[test]
fn try_state_should_notice_when_a_jury_has_no_seats() {
	assert_noticed("a jury has no seats", || alter_jury(0, |request| request.seats = 0));
}

#[test]
fn try_state_should_notice_when_juries_and_cases_do_not_agree() {
	assert_noticed("a jury that waits is not found by its case", || {
		alter_jury(0, |request| request.case = CaseId(99));
	});
	assert_noticed("a jury that waits is not found by its case", || {
		Requests::<Test>::remove(CASE, FIRST);
	});
	assert_noticed("a case waits for no jury", || {
		Requests::<Test>::insert(CaseId(99), FIRST, ());
	});
}

#[test]
fn try_state_should_notice_when_the_queue_of_changes_differs_from_its_ends() {
	let differs = "the queue of changes differs from its ends";
	assert_noticed(differs, || ChangeQueueEnds::<Test>::mutate(|ends| ends.tail.0 += 1));
	assert_noticed(differs, || ChangeQueueEnds::<Test>::mutate(|ends| ends.head.0 += 1));
	assert_noticed(differs, || {
		let change = Change { juror: OTHER, weight: 0, due: Epoch(1) };
		ChangeQueue::<Test>::insert(QueuePosition(9), change);
	});
}

#[test]
fn try_state_should_notice_when_changes_are_out_of_order() {
	assert_noticed("a change is due before one that was asked for earlier", || {
		alter_change(JURORS, |change| change.due.0 -= 2);
	});
	assert_noticed("a change is due too late", || {
		alter_change(JURORS, |change| change.due.0 += 2);
	});
}

#[test]
fn try_state_should_notice_when_nobodys_weight_is_to_change() {
	assert_noticed("the weight of nobody is to change", || {
		alter_change(OTHERS, |change| change.juror = STRANGER);
	});
}

#[test]
fn try_state_should_notice_when_a_juror_has_two_changes_for_one_epoch() {
	assert_noticed("a juror has two changes for one epoch", || {
		let due = ChangeQueue::<Test>::get(OTHERS).expect("the change waits").due;
		alter_change(JURORS, |change| (change.juror, change.due) = (OTHER, due));
	});
}

#[test]
fn try_state_should_notice_when_a_juror_does_not_know_its_last_change() {
	assert_noticed("a juror does not know its last change", || {
		alter(OTHER, |juror| juror.change = None);
	});
	assert_noticed("a juror does not know its last change", || {
		alter_change(OTHERS, |change| change.juror = JUROR);
	});
}

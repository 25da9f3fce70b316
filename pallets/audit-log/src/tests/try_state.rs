//! Each invariant, broken once.

use crate::{
	mock::{AuditLog, *},
	*,
};
use aitbc_audit::{Event as E, RecordId, Subject};
use frame_support::{assert_ok, weights::Weight};
use sp_runtime::DispatchError;

/// Writes records, of which some are forgotten; lets `corrupt` break the storage, and expects to hear
/// `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		begin(1);
		append_many(5);
		begin(9);
		append_many(6);
		begin(2 + u64::from(KEPT));
		idle(Weight::MAX);
		assert_eq!(OldestKept::<Test>::get(), RecordId(5));
		assert_ok!(AuditLog::do_try_state());

		corrupt();

		assert_eq!(AuditLog::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

#[test]
fn nodes_should_be_noticed_when_they_are_not_those_of_the_log() {
	let complaint = "the log has too many nodes or too few";
	assert_noticed(complaint, || Nodes::<Test>::remove(3));
	assert_noticed(complaint, || Nodes::<Test>::insert(1_000, [0; 32]));
	let complaint = "the root is not that of the nodes";
	assert_noticed(complaint, || Committed::<Test>::mutate(|committed| committed.root = [0; 32]));
	assert_noticed(complaint, || Nodes::<Test>::insert(14, [0; 32]));
}

#[test]
fn records_should_be_noticed_when_they_are_not_the_last_ones() {
	assert_noticed("records are forgotten that were never written", || {
		OldestKept::<Test>::put(RecordId(12));
	});
	assert_noticed("a record is missing", || Records::<Test>::remove(RecordId(7)));
	assert_noticed("a record is at another one's place", || {
		Records::<Test>::insert(RecordId(7), Records::<Test>::get(RecordId(8)).unwrap());
	});
	assert_noticed("a record is left over", || {
		Records::<Test>::insert(RecordId(2), Records::<Test>::get(RecordId(8)).unwrap());
	});
}

#[test]
fn record_should_be_noticed_when_it_was_changed() {
	assert_noticed("a record was changed", || {
		Records::<Test>::mutate(RecordId(7), |record| {
			record.as_mut().unwrap().time += 1;
		});
	});
}

#[test]
fn lists_should_be_noticed_when_they_differ_from_the_records() {
	let topic = Topic::Event(E::ActionRecommended);
	let complaint = "a list differs from the records of its topic";
	assert_noticed(complaint, || Lists::<Test>::mutate(topic, |span| span.next += 1));
	assert_noticed(complaint, || {
		Listed::<Test>::insert(topic, Lists::<Test>::get(topic).first, RecordId(10));
	});
	let other = Topic::Subject(Subject::Network);
	assert_noticed(complaint, || Lists::<Test>::insert(other, Span { first: 0, next: 0 }));
	assert_noticed("a topic has no list", || {
		let span = Lists::<Test>::take(topic);
		for place in span.first..span.next {
			Listed::<Test>::remove(topic, place);
		}
	});
	assert_noticed("an entry is in no list", || Listed::<Test>::insert(other, 0, RecordId(7)));
}

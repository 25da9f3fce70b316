//! Forgetting bodies.

use crate::{
	mock::{AuditLog, *},
	*,
};
use aitbc_audit::{Event as E, RecordId, Subject};
use frame_support::weights::Weight;

#[test]
fn body_should_be_forgotten_when_it_was_kept_for_long_enough() {
	run(|| {
		begin(1);
		append_many(3);
		begin(2);
		append(entry(E::ActionExpired, 9, 9, 9));
		begin(1 + u64::from(KEPT));
		assert_eq!(idle(Weight::MAX), <() as WeightInfo>::look());
		assert_eq!(OldestKept::<Test>::get(), RecordId(0));

		begin(2 + u64::from(KEPT));
		let step = <() as WeightInfo>::look() + <() as WeightInfo>::forget();
		assert_eq!(idle(Weight::MAX), step * 3 + <() as WeightInfo>::look());

		assert_eq!(OldestKept::<Test>::get(), RecordId(3));
		assert_eq!(Records::<Test>::iter_keys().collect::<Vec<_>>(), [RecordId(3)]);
		assert_eq!(Lists::<Test>::iter_keys().count(), 4);
		assert_eq!(Nodes::<Test>::iter_keys().count(), 7);
		assert_eq!(Committed::<Test>::get().count, 4);
	});
}

#[test]
fn forgetting_should_go_on_later_when_there_is_no_room() {
	run(|| {
		begin(1);
		append_many(5);
		begin(2 + u64::from(KEPT));
		let step = <() as WeightInfo>::look() + <() as WeightInfo>::forget();
		assert_eq!(idle(step - Weight::from_parts(1, 0)), Weight::zero());
		assert_eq!(idle(step * 2), step * 2);
		assert_eq!(OldestKept::<Test>::get(), RecordId(2));
		idle(Weight::MAX);
		assert_eq!(OldestKept::<Test>::get(), RecordId(5));
		assert_eq!(Records::<Test>::iter_keys().count() + Lists::<Test>::iter_keys().count(), 0);
	});
}

#[test]
fn lists_should_go_on_when_their_first_records_are_forgotten() {
	run(|| {
		let restarted = |action| entry(E::ActionSucceeded, 1, 1, action);
		begin(1);
		append(restarted(0));
		begin(6);
		append(restarted(1));
		begin(2 + u64::from(KEPT));
		idle(Weight::MAX);
		append(restarted(2));
		let topic = Topic::Subject(Subject::Validator([1; 32]));
		assert_eq!(Lists::<Test>::get(topic), Span { first: 1, next: 3 });
		let query = Query { subject: Some(Subject::Validator([1; 32])), ..Default::default() };
		let page = AuditLog::records(query, None, 10);
		let ids: Vec<_> = page.records.iter().map(|record| record.id.0).collect();
		assert_eq!((ids, page.next), (vec![2, 1], None));
	});
}

#[test]
fn bodies_should_stay_longer_when_governance_says_so() {
	run(|| {
		begin(1);
		append_many(2);
		KeptBlocks::set(&100);
		begin(50);
		idle(Weight::MAX);
		assert_eq!(Records::<Test>::iter_keys().count(), 2);
	});
}

//! Reading.

use crate::{
	mock::{AuditLog, *},
	runtime_api::{MAX_PAGE, MAX_SCANNED},
	*,
};
use aitbc_audit::{Actor, Commitment, Event as E, RecordId, Subject};

/// The ids of all records that the query wants, by pages of `limit`.
fn ids(query: Query, limit: u32) -> Vec<u64> {
	let mut ids = Vec::new();
	let mut before = None;
	loop {
		let page = AuditLog::records(query, before, limit);
		assert!(page.records.len() <= limit as usize);
		ids.extend(page.records.iter().map(|record| record.id.0));
		match page.next {
			Some(next) => {
				assert!(before.is_none_or(|before| next < before), "it goes on");
				before = Some(next);
			},
			None => return ids,
		}
	}
}

/// A hundred records, two in a block.
fn write() {
	for number in 0..50 {
		begin(number + 1);
		for number in [number * 2, number * 2 + 1] {
			let event = if number % 3 == 0 { E::ActionFailed } else { E::ActionSucceeded };
			append(entry(event, number as u8 % 4, number as u8 % 5, number));
		}
	}
}

fn expected(wants: impl Fn(u64) -> bool) -> Vec<u64> {
	(0..100).rev().filter(|id| wants(*id)).collect()
}

#[test]
fn records_should_be_those_that_are_wanted_newest_first() {
	run(|| {
		KeptBlocks::set(&1_000);
		write();
		let validator = Some(Subject::Validator([2; 32]));
		let actor = Some(Actor::Account([3; 32]));
		let event = Some(E::ActionFailed);
		let all = Query::default();
		for limit in [1, 7, 100] {
			assert_eq!(ids(all, limit), expected(|_| true));
			assert_eq!(ids(Query { subject: validator, ..all }, limit), expected(|id| id % 5 == 2));
			assert_eq!(ids(Query { actor, ..all }, limit), expected(|id| id % 4 == 3));
			assert_eq!(ids(Query { event, ..all }, limit), expected(|id| id % 3 == 0));
			let both = Query { subject: validator, event, ..all };
			assert_eq!(ids(both, limit), expected(|id| id % 5 == 2 && id % 3 == 0));
			let each = Query { subject: Some(Subject::Action(63)), actor, event, ..all };
			assert_eq!(ids(each, limit), [63]);
			assert!(ids(Query { subject: Some(Subject::Network), ..all }, limit).is_empty());
		}
	});
}

#[test]
fn records_should_be_those_of_a_time_when_one_is_given() {
	run(|| {
		KeptBlocks::set(&1_000);
		write();
		let at = |block: u64| Some(EPOCH + block * 3_000);
		let all = Query::default();
		assert_eq!(ids(Query { since: at(50), ..all }, 100), [99, 98]);
		assert_eq!(ids(Query { until: at(2), ..all }, 100), [3, 2, 1, 0]);
		assert_eq!(ids(Query { since: at(10), until: at(11), ..all }, 1), [21, 20, 19, 18]);
		let subject = Some(Subject::Validator([4; 32]));
		let query = Query { subject, since: at(10), until: at(14), ..all };
		assert_eq!(ids(query, 1), [24, 19]);
		assert!(ids(Query { since: at(51), ..all }, 10).is_empty());
		assert!(ids(Query { until: at(0), ..all }, 10).is_empty());
		assert!(ids(Query { since: at(20), until: at(10), ..all }, 10).is_empty());
	});
}

#[test]
fn page_should_say_where_to_go_on_when_many_records_are_not_wanted() {
	run(|| {
		append(entry(E::ActionVetoed, 1, 1, 0));
		for action in 1..=u64::from(MAX_SCANNED) + 5 {
			append(entry(E::ActionApproved, 1, 1, action));
		}
		let actor = Some(Actor::Account([1; 32]));
		let query = Query { actor, event: Some(E::ActionVetoed), ..Default::default() };
		let first = AuditLog::records(query, None, 10);
		assert_eq!((first.records.len(), first.next), (0, Some(RecordId(6))));
		assert_eq!(ids(query, 10), [0]);
	});
}

#[test]
fn page_should_be_as_long_as_it_may_be() {
	run(|| {
		append_many(150);
		let length = |limit| AuditLog::records(Query::default(), None, limit).records.len();
		assert_eq!((length(0), length(u32::MAX)), (1, MAX_PAGE as usize));
		let beyond = AuditLog::records(Query::default(), Some(RecordId(u64::MAX)), 1);
		assert_eq!(beyond.records[0].id, RecordId(149));
		let before_all = AuditLog::records(Query::default(), Some(RecordId(0)), 1);
		assert_eq!((before_all.records.len(), before_all.next), (0, None));
	});
}

#[test]
fn log_should_say_where_it_stands() {
	run(|| {
		let info = AuditLog::audit_log();
		assert_eq!((info.committed, info.oldest_kept), (Commitment::empty(), RecordId(0)));
		assert_eq!((info.kept_blocks, info.fee_per_byte), (KEPT, 3));
		append_many(3);
		assert_eq!(AuditLog::audit_log().committed, Committed::<Test>::get());
		assert_eq!(AuditLog::record(RecordId(2)), Records::<Test>::get(RecordId(2)));
		assert_eq!(AuditLog::record(RecordId(3)), None);
	});
}

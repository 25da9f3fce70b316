//! Writing down.

use crate::{
	mock::{AuditLog, *},
	*,
};
use aitbc_audit::{
	leaf, Actor, Commitment, Entry, Event as E, Record, RecordId, Subject, ENGINE_ID,
};
use aitbc_traits::AuditLog as _;
use codec::{Decode, Encode};
use frame_support::assert_noop;
use sp_runtime::{DigestItem, TokenError};

#[test]
fn record_should_be_kept_listed_and_told_when_it_is_written() {
	run(|| {
		begin(5);
		let entry = entry(E::ActionSucceeded, 2, 7, 4).with_hashes(&[[8; 32]]);

		assert_eq!(AuditLog::append(entry, None), Ok(RecordId(0)));

		let record = Record { id: RecordId(0), block: 5, time: EPOCH + 15_000, entry };
		assert_eq!(Records::<Test>::get(RecordId(0)), Some(record));
		let node = leaf(&record.encode());
		assert_eq!(Nodes::<Test>::iter().collect::<Vec<_>>(), [(0, node)]);
		assert_eq!(Committed::<Test>::get().count, 1);
		for topic in [
			Topic::Subject(Subject::Action(4)),
			Topic::Subject(Subject::Validator([7; 32])),
			Topic::Actor(Actor::Account([2; 32])),
			Topic::Event(E::ActionSucceeded),
		] {
			assert_eq!(Lists::<Test>::get(topic), Span { first: 0, next: 1 });
			assert_eq!(Listed::<Test>::get(topic, 0), Some(RecordId(0)));
		}
		assert_eq!(Lists::<Test>::iter_keys().count(), 4);
		System::assert_last_event(Event::Recorded { record }.into());
		assert_eq!(Balances::free_balance(PAYER), WEALTH);
	});
}

#[test]
fn record_should_be_listed_once_when_a_subject_is_named_twice() {
	run(|| {
		let entry =
			Entry::new(E::KillSwitchOn, Actor::Chain, &[Subject::Network, Subject::Network]);
		append(entry);
		let topic = Topic::Subject(Subject::Network);
		assert_eq!(Lists::<Test>::get(topic), Span { first: 0, next: 1 });
	});
}

#[test]
fn payer_should_pay_for_each_byte_when_it_causes_a_record() {
	run(|| {
		let entry = entry(E::ActionApproved, 1, 1, 1);
		let bytes = 20 + 1 + 33 + (1 + 9) + (1 + 33) + 1 + 3;
		assert_eq!(AuditLog::fee(entry), 3 * bytes);

		AuditLog::append(entry, Some(&PAYER)).unwrap();

		assert_eq!(Balances::free_balance(PAYER), WEALTH - 3 * bytes);
		assert_eq!(Balances::free_balance(TREASURY), ED + 3 * bytes);
		let record = Records::<Test>::get(RecordId(0)).unwrap();
		assert_eq!(record.encoded_size() as u128, bytes);
	});
}

#[test]
fn nothing_should_be_written_when_the_payer_cannot_pay() {
	run(|| {
		let entry = entry(E::ActionApproved, 1, 1, 1);
		let keep = ED + AuditLog::fee(entry) - 1;
		Balances::force_set_balance(RuntimeOrigin::root(), PAYER, keep).unwrap();
		// It would be below the existential deposit.
		assert_noop!(AuditLog::append(entry, Some(&PAYER)), TokenError::NotExpendable);
		assert_noop!(AuditLog::append(entry, Some(&77)), TokenError::FundsUnavailable);
	});
}

#[test]
fn fee_should_be_none_when_governance_says_so() {
	run(|| {
		FeePerByte::set(&0);
		AuditLog::append(entry(E::ActionApproved, 1, 1, 1), Some(&PAYER)).unwrap();
		assert_eq!(Balances::free_balance(PAYER), WEALTH);
	});
}

#[test]
fn nothing_should_be_written_when_the_log_is_full_or_broken() {
	new_test_ext().execute_with(|| {
		append_many(3);
		let Commitment { root, .. } = Committed::<Test>::get();
		Committed::<Test>::put(Commitment { count: aitbc_audit::MAX_RECORDS, root });
		assert_noop!(
			AuditLog::append(entry(E::ActionApproved, 1, 1, 1), Some(&PAYER)),
			Error::<Test>::Full
		);
		Committed::<Test>::put(Commitment { count: 3, root });
		Nodes::<Test>::remove(3);
		assert_noop!(
			AuditLog::append(entry(E::ActionApproved, 1, 1, 1), Some(&PAYER)),
			Error::<Test>::Broken
		);
	});
}

#[test]
fn digest_should_have_what_commits_to_the_log_as_the_parent_left_it() {
	run(|| {
		begin(1);
		let in_digest = || {
			let digest = System::digest();
			let [DigestItem::Consensus(ENGINE_ID, bytes)] = &digest.logs[..] else {
				panic!("{digest:?}")
			};
			Commitment::decode(&mut &**bytes).unwrap()
		};
		assert_eq!(in_digest(), Commitment::empty());
		append_many(5);
		let parent = Committed::<Test>::get();
		assert_eq!(in_digest(), Commitment::empty());
		begin(2);
		append_many(2);
		assert_eq!(in_digest(), parent);
		assert_eq!(parent.count, 5);
	});
}

#[test]
fn weight_should_follow_the_heights_of_the_log() {
	run(|| {
		for (count, heights) in [(0, 1), (1, 2), (2, 2), (3, 3), (6, 3), (7, 4)] {
			while Committed::<Test>::get().count < count {
				append_many(1);
			}
			let expected = <() as WeightInfo>::append(heights);
			assert_eq!(AuditLog::append_weight(), expected, "{count}");
			let growth = expected - <() as WeightInfo>::append(1);
			assert_eq!(AuditLog::growth_weight(), growth, "{count}");
		}
	});
}

//! Changes of the authorities, and the headers from the anchored block to the finalized one.

use super::*;
use crate::verdict::Block;
use ::codec::Encode;
use aitbc_core::{BlockNumber, Hash};
use sp_consensus_grandpa::{ConsensusLog, ScheduledChange};
use sp_core::Pair as _;
use sp_runtime::DigestItem;

/// A bundle whose change is announced by a header with these items, which the old set signed.
fn with_change(items: Vec<DigestItem>) -> Bundle {
	let mut bundle = Plan::default().bundle();
	let header = header(10, Hash::zero(), items);
	let justification = justify(0, &voters(0), &header, &[]);
	bundle.changes = vec![SetChange { header, justification }];
	bundle
}

/// A bundle whose finality has these headers, which the last set signed.
fn with_headers(headers: Vec<Header>) -> Bundle {
	let mut bundle = Plan::default().bundle();
	let justification = justify(1, &voters(1), headers.last().unwrap(), &[]);
	bundle.finality = Finality { headers, justification };
	bundle
}

fn scheduled(delay: BlockNumber) -> ScheduledChange<BlockNumber> {
	ScheduledChange { next_authorities: authorities(1), delay }
}

#[test]
fn set_should_follow_from_its_changes() {
	for changes in 0..5 {
		let plan = Plan { changes, ..Plan::default() };
		let finality = plan.bundle().verify(NOW).unwrap().finality;
		assert_eq!((finality.changes, finality.set_id), (changes.into(), changes.into()));
	}
}

#[test]
fn change_should_be_refused_when_its_digest_is_not_taken() {
	let number = 10;
	for (items, error) in [
		(vec![grandpa(ConsensusLog::ForcedChange(9, scheduled(0)))], DigestError::ForcedChange),
		(
			vec![change(1), grandpa(ConsensusLog::ForcedChange(9, scheduled(0)))],
			DigestError::ForcedChange,
		),
		(
			vec![grandpa(ConsensusLog::ScheduledChange(scheduled(1)))],
			DigestError::DelayedChange { delay: 1 },
		),
		(vec![change(1), change(1)], DigestError::SeveralChanges),
		(vec![DigestItem::Consensus(*b"FRNK", vec![9])], DigestError::Grandpa),
		(
			vec![DigestItem::Consensus(*b"FRNK", [change(1).encode(), vec![0]].concat())],
			DigestError::Grandpa,
		),
	] {
		assert_eq!(refusal(&with_change(items)), VerifyError::Digest { number, error });
	}
}

#[test]
fn change_should_hold_when_its_digest_says_more() {
	let others = [ConsensusLog::OnDisabled(1), ConsensusLog::Pause(1), ConsensusLog::Resume(1)];
	let items = others.map(grandpa).into_iter().chain([change(1)]).collect();
	assert!(with_change(items).verify(NOW).is_ok());
}

#[test]
fn change_should_be_refused_when_nothing_announces_it() {
	let error = VerifyError::NoChange { number: 10 };
	assert_eq!(refusal(&with_change(vec![])), error);
	let DigestItem::Consensus(engine, bytes) = change(1) else { panic!("it is one") };
	for item in [
		DigestItem::PreRuntime(engine, bytes.clone()),
		DigestItem::Seal(engine, bytes.clone()),
		DigestItem::Consensus(*b"BABE", bytes),
	] {
		assert_eq!(refusal(&with_change(vec![item])), error);
	}
}

#[test]
fn change_should_be_refused_when_the_old_set_did_not_finalize_it() {
	let mut bundle = with_change(vec![change(1)]);
	let change = &mut bundle.changes[0];
	change.justification = justify(1, &voters(1), &change.header, &[]);
	let error = JustificationError::UnknownVoter(Hash::from(pair(1, 0).public().0));
	assert_eq!(refusal(&bundle), VerifyError::Justification { number: 10, set: 0, error });
}

#[test]
fn change_should_be_refused_when_it_is_not_after_the_one_before() {
	let mut bundle = Plan { changes: 2, ..Plan::default() }.bundle();
	for (number, parent) in [(10, 1), (9, 2)] {
		let header = header(number, Hash::repeat_byte(parent), vec![change(2)]);
		let justification = justify(1, &voters(1), &header, &[]);
		bundle.changes[1] = SetChange { header, justification };
		assert_eq!(refusal(&bundle), VerifyError::NotAfterChange { change: 10, number });
	}
}

#[test]
fn change_should_be_refused_when_one_is_left_out() {
	let mut bundle = Plan { changes: 2, ..Plan::default() }.bundle();
	bundle.changes.remove(0);
	assert!(matches!(refusal(&bundle), VerifyError::Justification { number: 20, set: 0, .. }));
	let error = refusal_after(|bundle| bundle.changes.clear());
	assert!(matches!(error, VerifyError::Justification { number: 22, set: 0, .. }));
}

#[test]
fn finality_should_hold_when_the_anchored_block_is_the_finalized_one() {
	let verdict = Plan { later: 0, ..Plan::default() }.bundle().verify(NOW).unwrap();
	assert_eq!(verdict.finality.target, verdict.block.block);
}

#[test]
fn finality_should_name_the_target_when_it_is_a_later_block() {
	let verdict = Plan::default().bundle().verify(NOW).unwrap();
	assert_eq!(verdict.finality.target, Block::of(&chain(20, 2)[2]));
	assert_eq!(verdict.block.block, Block::of(&chain(20, 0)[0]));
}

#[test]
fn finality_should_be_refused_when_there_is_no_header() {
	let error = refusal_after(|bundle| bundle.finality.headers.clear());
	assert_eq!(error, VerifyError::NoHeaders);
}

#[test]
fn finality_should_be_refused_when_a_header_does_not_follow_the_one_before() {
	let mut gap = chain(20, 2);
	let hash = gap[2].hash();
	gap.remove(1);
	assert_eq!(refusal(&with_headers(gap)), VerifyError::NotConnected { number: 22, hash });
	let mut jump = chain(20, 1);
	jump[1].number = 22;
	let hash = jump[1].hash();
	assert_eq!(refusal(&with_headers(jump)), VerifyError::NotConnected { number: 22, hash });
}

#[test]
fn finality_should_be_refused_when_the_authorities_change_on_the_way() {
	let first = header(20, Hash::zero(), vec![]);
	let second = header(21, first.hash(), vec![change(2)]);
	let third = header(22, second.hash(), vec![]);
	let headers = vec![first.clone(), second.clone(), third];
	assert_eq!(refusal(&with_headers(headers)), VerifyError::ChangeBetween { number: 21 });
	// The last one may: it is still the old set's.
	let bundle = with_headers(vec![first, second]);
	assert_eq!(refusal(&bundle), VerifyError::WrongScript { output: 1 });
}

#[test]
fn finality_should_be_refused_when_a_digest_on_the_way_is_not_taken() {
	let forced = grandpa(ConsensusLog::ForcedChange(9, scheduled(0)));
	let first = header(20, Hash::zero(), vec![forced]);
	let second = header(21, first.hash(), vec![]);
	let error = VerifyError::Digest { number: 20, error: DigestError::ForcedChange };
	assert_eq!(refusal(&with_headers(vec![first, second])), error);
}

#[test]
fn finality_should_be_refused_when_the_block_is_not_after_the_last_change() {
	for number in [9, 10] {
		let error = VerifyError::NotAfterChange { change: 10, number };
		assert_eq!(refusal(&with_headers(chain(number, 1))), error);
	}
}

#[test]
fn finality_should_be_refused_when_the_target_is_not_the_last_header() {
	let error = refusal_after(|bundle| {
		bundle.finality.headers.pop();
	});
	let wrong = JustificationError::WrongTarget { number: 22, hash: chain(20, 2)[2].hash() };
	assert_eq!(error, VerifyError::Justification { number: 21, set: 1, error: wrong });
}

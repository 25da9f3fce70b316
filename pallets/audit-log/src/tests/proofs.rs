//! Proofs of what is written.

use crate::mock::{AuditLog, *};
use crate::*;
use aitbc_audit::{ProofError, RecordId};
use codec::Encode;
use frame_support::weights::Weight;

#[test]
fn record_should_be_proven_against_any_block_after_it() {
	run(|| {
		let mut commitments = Vec::new();
		for number in 0..20 {
			begin(number + 1);
			append_many(number % 4);
			commitments.push(Committed::<Test>::get());
		}
		for commitment in commitments {
			for id in (0..commitment.count).map(RecordId) {
				let proven = AuditLog::prove(id, Some(commitment.count)).unwrap();
				let record = Records::<Test>::get(id).unwrap();
				assert_eq!(proven.record, Some(record));
				assert_eq!(proven.proof.verify(&record.encode(), &commitment.root), Ok(record));
			}
			assert_eq!(AuditLog::prove(RecordId(commitment.count), Some(commitment.count)), None);
		}
		let all = Committed::<Test>::get();
		assert_eq!(
			AuditLog::prove(RecordId(3), None),
			AuditLog::prove(RecordId(3), Some(all.count))
		);
		assert_eq!(AuditLog::prove(RecordId(3), Some(all.count + 1)), None);
		assert_eq!(AuditLog::prove(RecordId(0), Some(0)), None);
	});
}

#[test]
fn record_should_be_proven_when_its_body_is_forgotten() {
	run(|| {
		begin(1);
		append_many(6);
		let kept = Records::<Test>::get(RecordId(4)).unwrap();
		begin(2 + u64::from(KEPT));
		idle(Weight::MAX);
		let proven = AuditLog::prove(RecordId(4), None).unwrap();
		assert_eq!(proven.record, None);
		let root = Committed::<Test>::get().root;
		assert_eq!(proven.proof.verify(&kept.encode(), &root), Ok(kept));
	});
}

#[test]
fn proof_should_fail_when_the_record_is_another() {
	run(|| {
		append_many(6);
		let root = Committed::<Test>::get().root;
		let proven = AuditLog::prove(RecordId(4), None).unwrap();
		let mut changed = proven.record.unwrap();
		changed.time += 1;
		assert_eq!(proven.proof.verify(&changed.encode(), &root), Err(ProofError::WrongRoot));
	});
}

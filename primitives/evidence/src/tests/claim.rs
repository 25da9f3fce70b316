//! What is claimed of the anchored block.

use super::*;
use crate::verdict::Proven;
use ::codec::Encode;
use aitbc_audit::{ProofError, RecordId};
use aitbc_core::Hash;

/// The verdict on a claim.
fn proven(wanted: Wanted) -> Proven {
	Plan { wanted, ..Plan::default() }.bundle().verify(NOW).unwrap().claim
}

/// Why this claim does not hold of the default bundle's block.
fn refused(claim: Claim) -> VerifyError {
	refusal_after(|bundle| bundle.claim = claim)
}

#[test]
fn claim_should_hold_when_it_is_true() {
	assert_eq!(proven(Wanted::Block), Proven::Block);
	for id in 0..RECORDS {
		let expected = Proven::Record { record: record(id), count: RECORDS };
		assert_eq!(proven(Wanted::Record(id)), expected);
	}
	for (key, value) in [(LONG, Some(vec![0x11; 40])), (SHORT, Some(vec![0x22; 8])), (ABSENT, None)]
	{
		let expected = Proven::Storage { key: key.into(), value };
		assert_eq!(proven(Wanted::Storage(key)), expected);
	}
}

#[test]
fn record_should_be_refused_when_it_is_another() {
	let Claim::Record { proof, .. } = Plan::default().bundle().claim else { panic!("it is one") };
	let mut other = record(3);
	other.time += 1;
	let claim = |record: Vec<u8>| Claim::Record { record, proof: proof.clone() };
	let error = refused(claim(other.encode()));
	assert_eq!(error, VerifyError::Record(ProofError::WrongRoot));
	let error = refused(claim([record(3).encode(), vec![0]].concat()));
	assert_eq!(error, VerifyError::Record(ProofError::NotARecord));
	other.id = RecordId(RECORDS);
	let not_in_log = ProofError::NotInLog { id: other.id, count: RECORDS };
	assert_eq!(refused(claim(other.encode())), VerifyError::Record(not_in_log));
}

#[test]
fn record_should_be_refused_when_its_proof_has_a_surplus_node() {
	let Claim::Record { record, mut proof } = Plan::default().bundle().claim else {
		panic!("it is one")
	};
	proof.nodes.push([0; 32]);
	let error = refused(Claim::Record { record, proof });
	assert_eq!(error, VerifyError::Record(ProofError::WrongLength));
}

#[test]
fn record_should_be_refused_when_the_block_has_no_audit_log() {
	let mut bundle = Plan { later: 0, ..Plan::default() }.bundle();
	let header = &mut bundle.finality.headers[0];
	header.digest.logs.clear();
	bundle.finality.justification = justify(1, &voters(1), header, &[]);
	(bundle.bitcoin, bundle.anchor) = Plan::default().anchor(header);
	assert_eq!(refusal(&bundle), VerifyError::NoAuditLog { number: 20 });
}

#[test]
fn storage_should_be_refused_when_the_proof_is_of_another_key_or_state() {
	let error = refused(Claim::Storage { key: LONG.into(), proof: state_proof(&AUTHORITIES_KEY) });
	assert!(matches!(error, VerifyError::State { number: 20, .. }), "{error}");
	let mut proof = state_proof(LONG);
	*proof.0.last_mut().unwrap() = vec![0x12; 40];
	let missing = StateError::MissingNode(Hash::from(sp_io::hashing::blake2_256(&[0x11; 40])));
	let error = refused(Claim::Storage { key: LONG.into(), proof });
	assert_eq!(error, VerifyError::State { number: 20, error: missing });
}

#[test]
fn storage_should_be_refused_when_the_proof_has_a_surplus_node() {
	let mut proof = state_proof(LONG);
	let used = proof.0.len();
	proof.0.push(vec![0]);
	let surplus = StateError::OtherNodes { used, given: used + 1 };
	let error = refused(Claim::Storage { key: LONG.into(), proof });
	assert_eq!(error, VerifyError::State { number: 20, error: surplus });
}

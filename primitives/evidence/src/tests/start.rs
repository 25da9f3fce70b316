//! Where a verification begins.

use super::*;
use crate::verdict::TrustedStart;
use ::codec::Encode;
use aitbc_core::Hash;
use sp_core::Pair as _;
use sp_io::hashing::twox_128;

#[test]
fn authorities_key_should_be_that_of_pallet_grandpa() {
	assert_eq!(AUTHORITIES_KEY[..], [twox_128(b"Grandpa"), twox_128(b"Authorities")].concat());
}

#[test]
fn start_should_trust_the_genesis_hash_when_it_is_a_genesis_block() {
	let bundle = Plan::default().bundle();
	let verdict = bundle.verify(NOW).unwrap();
	let hash = header(0, Hash::zero(), vec![]).hash();
	assert_eq!(verdict.trust.start, TrustedStart::Genesis { hash });
	assert_eq!((verdict.finality.set_id, verdict.finality.changes), (1, 1));
}

#[test]
fn start_should_trust_the_set_when_it_is_given() {
	let plan = Plan { trusted: Some(7), ..Plan::default() };
	let verdict = plan.bundle().verify(NOW).unwrap();
	let hash = sp_io::hashing::blake2_256(&(7u64, authorities(0)).encode()).into();
	assert_eq!(verdict.trust.start, TrustedStart::Set { set_id: 7, hash });
	assert_eq!((verdict.finality.set_id, verdict.finality.changes), (8, 1));
}

/// Changes the genesis block of the default plan.
fn with_genesis(change: impl FnOnce(&mut Header, &mut StateProof)) -> VerifyError {
	refusal_after(|bundle| match &mut bundle.start {
		Start::Genesis { header, authorities } => change(header, authorities),
		Start::Trusted(_) => panic!("the plan begins with a genesis block"),
	})
}

#[test]
fn start_should_be_refused_when_the_genesis_block_is_a_later_one() {
	let error = with_genesis(|header, _| header.number = 1);
	assert_eq!(error, VerifyError::NotGenesis { number: 1 });
}

#[test]
fn start_should_be_refused_when_the_state_is_another() {
	let other = Hash::repeat_byte(1);
	let error = with_genesis(|header, _| header.state_root = other);
	assert_eq!(error, VerifyError::GenesisState(StateError::MissingNode(other)));
}

#[test]
fn start_should_be_refused_when_the_proof_leads_to_another_key() {
	let error = with_genesis(|_, authorities| *authorities = state_proof(ABSENT));
	assert!(matches!(error, VerifyError::GenesisState(_)), "{error}");
}

#[test]
fn start_should_be_refused_when_the_state_has_no_authorities() {
	let empty = vec![0];
	let error = with_genesis(|header, authorities| {
		header.state_root = sp_io::hashing::blake2_256(&empty).into();
		*authorities = StateProof(vec![empty]);
	});
	assert_eq!(error, VerifyError::NoAuthorities);
}

#[test]
fn start_should_be_refused_when_the_set_has_no_voters() {
	let mut bundle = Plan { trusted: Some(7), ..Plan::default() }.bundle();
	for weight in [0, u64::MAX] {
		let mut set = set(7, 0);
		set.authorities.iter_mut().for_each(|authority| authority.1 = weight);
		bundle.start = Start::Trusted(set);
		let error = JustificationError::NoVoters { set: 7 };
		assert_eq!(refusal(&bundle), VerifyError::Justification { number: 10, set: 7, error });
	}
}

#[test]
fn start_should_be_refused_when_the_set_is_the_last() {
	let bundle = Plan { trusted: Some(7), ..Plan::default() }.bundle();
	let start = Start::Trusted(set(u64::MAX, 0));
	assert_eq!(refusal(&Bundle { start, ..bundle }), VerifyError::LastSet);
}

#[test]
fn start_should_be_refused_when_the_set_has_another_number() {
	let bundle = Plan { trusted: Some(7), ..Plan::default() }.bundle();
	let error = JustificationError::BadSignature(Hash::from(pair(0, 0).public().0));
	for id in [6, 8] {
		let bundle = Bundle { start: Start::Trusted(set(id, 0)), ..bundle.clone() };
		assert_eq!(refusal(&bundle), VerifyError::Justification { number: 10, set: id, error });
	}
}

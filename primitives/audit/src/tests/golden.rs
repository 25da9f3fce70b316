//! Bytes that must never change: what was anchored has to be verified for as long as Bitcoin is there.

use super::*;
use codec::{DecodeAll, MaxEncodedLen};
use hex_literal::hex;

#[test]
fn record_should_be_encoded_as_ever() {
	let mut expected = Vec::new();
	// Index, block, time.
	expected.extend(hex!("0300000000000000 0d000000 288156eea1010000"));
	// What happened, and by whom.
	expected.extend(hex!("06 02"));
	expected.extend([7; 32]);
	// About an action and a validator.
	expected.extend(hex!("01 03 0300000000000000 01 01"));
	expected.extend([5; 32]);
	expected.extend(hex!("00"));
	// One hash.
	expected.extend(hex!("01"));
	expected.extend([9; 32]);
	expected.extend(hex!("00 00"));
	assert_eq!(record(3).encode(), expected);
}

#[test]
fn size_should_be_what_the_readme_says() {
	assert_eq!(Record::max_encoded_len(), 20 + 1 + 33 + 3 * 34 + 3 * 33);
	assert_eq!(Commitment::max_encoded_len(), 40);
}

#[test]
fn events_should_keep_their_numbers_and_names() {
	let found: Vec<_> = Event::ALL.iter().map(|event| (event.encode()[0], event.name())).collect();
	let expected = [
		(0, "action-recommended"),
		(1, "action-approved"),
		(2, "action-verified"),
		(3, "action-vetoed"),
		(4, "action-spam"),
		(5, "action-claimed"),
		(6, "action-succeeded"),
		(7, "action-failed"),
		(8, "action-unknown"),
		(9, "action-expired"),
		(10, "action-blocked"),
		(11, "action-helped"),
		(12, "action-no-effect"),
		(13, "action-worse"),
		(14, "action-simulated"),
		(15, "action-refuted"),
		(16, "action-unjudged"),
		(32, "breaker-opened"),
		(33, "breaker-half-opened"),
		(34, "breaker-closed"),
		(35, "kill-switch-on"),
		(36, "kill-switch-off"),
		(37, "brake-on"),
		(38, "brake-off"),
		(48, "kind-set"),
		(49, "kind-removed"),
		(50, "approvers-set"),
		(51, "recommender-admitted"),
		(52, "recommender-dismissed"),
		(53, "reflex-set"),
		(54, "executor-bound"),
		(55, "executor-released"),
		(64, "case-ruled"),
		(80, "anchor-final"),
	];
	assert_eq!(found, expected);
	for event in Event::ALL {
		assert_eq!(event.to_string().parse(), Ok(event));
		assert_eq!(Event::decode_all(&mut &*event.encode()), Ok(event));
	}
	let error = "restarted".parse::<Event>().unwrap_err().to_string();
	assert!(error.starts_with("no such event; there are action-recommended, "), "{error}");
}

#[test]
fn actors_and_subjects_should_be_encoded_as_ever() {
	assert_eq!(Actor::Chain.encode(), [0]);
	assert_eq!(Actor::Governance.encode(), [1]);
	assert_eq!(Actor::Account([1; 32]).encode(), [&[2][..], &[1; 32]].concat());
	assert_eq!(Subject::Network.encode(), [0]);
	assert_eq!(Subject::Validator([1; 32]).encode(), [&[1][..], &[1; 32]].concat());
	assert_eq!(Subject::Agent(5).encode(), [2, 5, 0, 0, 0, 0, 0, 0, 0]);
	assert_eq!(Subject::Action(5).encode(), [3, 5, 0, 0, 0, 0, 0, 0, 0]);
	assert_eq!(Subject::ActionKind(5).encode(), [4, 5, 0]);
	assert_eq!(Subject::Case(5).encode(), [5, 5, 0, 0, 0, 0, 0, 0, 0]);
	assert_eq!(Subject::Anchor(5).encode(), [6, 5, 0, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn subjects_should_be_told_once_each() {
	let twice = [Subject::Action(1), Subject::Network, Subject::Action(1)];
	let entry = Entry::new(Event::ActionVerified, Actor::Chain, &twice);
	assert_eq!(entry.about().collect::<Vec<_>>(), twice[..2]);
	let many = [Subject::Case(1), Subject::Case(2), Subject::Case(3), Subject::Case(4)];
	let entry = Entry::new(Event::CaseRuled, Actor::Chain, &many);
	assert_eq!(entry.about().collect::<Vec<_>>(), many[..3]);
}

#[test]
fn roots_should_be_as_ever() {
	let roots = [0, 1, 2, 3, 7, 8].map(|count| log(count).1.root);
	// Written down by a program of its own, in Python, from the README.
	let expected = [
		hex!("fe77ddcac4d1164d2e4e74f7ebe7cd94fc2495a40ab3d07df7cfdd4137df05b2"),
		hex!("259c654d31ab4207944cff49b6b583ce18d39aa15c51af79aa40109b0b0d37f4"),
		hex!("94e62d7a5f18dc04b517c267b8bc5bc93ce1eb16d0686db632db64c4de57f0a7"),
		hex!("a3ec9753155d5413184a89159d149a960d4e6698d3bfab2d27c72a6089987eda"),
		hex!("9afcf5251239ef15ac5ae008ce5d55ee9fef01632dfe1b9a42c7dc36152f13bc"),
		hex!("c2358e62469d3055b340c16b2524ed084dc0474a5843051a2a4f06cf7e2eb8af"),
	];
	assert_eq!(roots, expected);
}

#[test]
fn proof_should_be_encoded_as_ever() {
	let (mut nodes, _) = log(3);
	let proof = Log::new(&mut nodes, 3).prove(RecordId(0)).unwrap();
	let expected = [&hex!("0300000000000000 08")[..], &nodes.0[&1], &nodes.0[&3]].concat();
	assert_eq!(proof.encode(), expected);
	assert_eq!(Proof::decode_all(&mut &*expected), Ok(proof));
}

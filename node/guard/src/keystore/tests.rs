//! What each method of the keystore lets through.

use super::*;
use crate::{
	file::memory::Memory,
	guard::tests::world::{at, target, vote, Node, SEED},
	refused::Reason,
	vote::Kind,
};
use aitbc_core::Hash;
use sp_application_crypto::key_types::AUTHORITY_DISCOVERY;
use sp_core::sr25519::vrf::{VrfInput, VrfTranscript};
use sp_keystore::testing::MemoryKeystore;

const HASH: [u8; 32] = [0xab; 32];

/// A node at genesis, whose keys may sign.
fn node() -> Node {
	Node::at_genesis(&Memory::default())
}

/// A node whose keys wait, because they came later.
fn node_with_waiting_keys() -> Node {
	let mut node = Node::start_with(crate::guard::tests::world::keystore(), &Memory::default(), 0);
	// Nothing has ticked, so nothing is admitted.
	node.tick.best = 1_000;
	node
}

fn both(node: &Node) -> [KeystorePtr; 2] {
	[node.guard.for_consensus(), node.guard.for_others()]
}

fn transcript() -> VrfTranscript {
	VrfTranscript::new(b"test", &[])
}

#[test]
fn keys_should_be_hidden_from_consensus_alone_when_they_must_not_be_used() {
	let node = node_with_waiting_keys();
	let keys = [(node.babe.to_raw_vec(), BABE), (node.grandpa.to_raw_vec(), GRANDPA)];
	for (keystore, count) in both(&node).into_iter().zip([0, 1]) {
		assert_eq!(keystore.sr25519_public_keys(BABE).len(), count);
		assert_eq!(keystore.ed25519_public_keys(GRANDPA).len(), count);
		assert_eq!(keystore.keys(BABE).unwrap().len(), count);
		assert_eq!(keystore.keys(GRANDPA).unwrap().len(), count);
		for key in &keys {
			assert_eq!(keystore.has_keys(std::slice::from_ref(key)), count == 1);
		}
		assert!(keystore.has_keys(&[]));
		let public = node.babe.as_ref();
		let data = transcript().into_sign_data();
		assert_eq!(keystore.sr25519_vrf_sign(BABE, public, &data).unwrap().is_some(), count == 1);
		let input = VrfInput::from(transcript());
		assert_eq!(
			keystore.sr25519_vrf_pre_output(BABE, public, &input).unwrap().is_some(),
			count == 1
		);
	}
}

#[test]
fn keys_should_be_there_when_they_may_be_used() {
	let node = node();
	for keystore in both(&node) {
		assert_eq!(keystore.keys(BABE).unwrap(), [node.babe.to_raw_vec()]);
		assert_eq!(keystore.keys(GRANDPA).unwrap(), [node.grandpa.to_raw_vec()]);
		let keys = [(node.babe.to_raw_vec(), BABE), (node.grandpa.to_raw_vec(), GRANDPA)];
		assert!(keystore.has_keys(&keys));
		let data = transcript().into_sign_data();
		for _ in 0..2 {
			let signature = keystore.sr25519_vrf_sign(BABE, node.babe.as_ref(), &data);
			assert!(signature.unwrap().is_some());
		}
	}
}

#[test]
fn has_keys_should_be_false_when_the_inner_keystore_has_one_not() {
	let node = node();
	let missing = (vec![9; 32], BABE);
	for keystore in both(&node) {
		assert!(!keystore.has_keys(&[(node.grandpa.to_raw_vec(), GRANDPA), missing.clone()]));
	}
}

#[test]
fn other_key_types_should_pass_whatever_is_asked() {
	let node = node_with_waiting_keys();
	let own = KeyTypeId(*b"tele");
	for key_type in [AUTHORITY_DISCOVERY, own] {
		for keystore in both(&node) {
			let sr = keystore.sr25519_generate_new(key_type, Some(SEED)).unwrap();
			let ed = keystore.ed25519_generate_new(key_type, Some(SEED)).unwrap();
			let ec = keystore.ecdsa_generate_new(key_type, Some(SEED)).unwrap();
			let data = transcript().into_sign_data();
			let input = VrfInput::from(transcript());

			assert!(keystore.sr25519_sign(key_type, &sr, b"any").unwrap().is_some());
			assert!(keystore.ed25519_sign(key_type, &ed, b"any").unwrap().is_some());
			assert!(keystore.ecdsa_sign(key_type, &ec, b"any").unwrap().is_some());
			assert!(keystore.ecdsa_sign_prehashed(key_type, &ec, &HASH).unwrap().is_some());
			assert!(keystore.sr25519_vrf_sign(key_type, &sr, &data).unwrap().is_some());
			assert!(keystore.sr25519_vrf_pre_output(key_type, &sr, &input).unwrap().is_some());
			assert_eq!(keystore.sr25519_public_keys(key_type), [sr]);
			assert_eq!(keystore.ed25519_public_keys(key_type).len(), 1);
			assert_eq!(keystore.ecdsa_public_keys(key_type), [ec]);
			for (scheme, public) in [
				(sr25519::CRYPTO_ID, sr.to_raw_vec()),
				(ed25519::CRYPTO_ID, ed.to_raw_vec()),
				(ecdsa::CRYPTO_ID, ec.to_raw_vec()),
			] {
				let signed = keystore.sign_with(key_type, scheme, &public, b"any").unwrap();
				assert!(signed.is_some());
			}
		}
	}
}

#[test]
fn schemes_should_be_refused_when_consensus_does_not_use_them() {
	let node = node();
	let seed = Some(SEED);
	let mut refusals = 0;
	for keystore in both(&node) {
		let sr = keystore.sr25519_generate_new(GRANDPA, seed).unwrap();
		let ed = keystore.ed25519_generate_new(BABE, seed).unwrap();
		let data = transcript().into_sign_data();
		let input = VrfInput::from(transcript());
		assert!(keystore.sr25519_sign(GRANDPA, &sr, b"POP_").is_err());
		assert!(keystore.sr25519_vrf_sign(GRANDPA, &sr, &data).is_err());
		assert!(keystore.sr25519_vrf_pre_output(GRANDPA, &sr, &input).is_err());
		assert!(keystore.ed25519_sign(BABE, &ed, b"POP_").is_err());
		assert!(keystore.sign_with(GRANDPA, sr25519::CRYPTO_ID, &sr, b"POP_").is_err());
		assert!(keystore.sign_with(BABE, ed25519::CRYPTO_ID, &ed, b"POP_").is_err());
		for key_type in [BABE, GRANDPA] {
			let ec = keystore.ecdsa_generate_new(key_type, seed).unwrap();
			assert!(keystore.ecdsa_sign(key_type, &ec, b"POP_").is_err());
			assert!(keystore.ecdsa_sign_prehashed(key_type, &ec, &HASH).is_err());
			assert!(keystore.sign_with(key_type, ecdsa::CRYPTO_ID, &ec, b"POP_").is_err());
			let unknown = CryptoTypeId(*b"none");
			assert!(keystore.sign_with(key_type, unknown, &ec, b"POP_").is_err());
		}
		refusals += 14;
	}
	assert_eq!(node.guard.counts().refusals[&Reason::WrongScheme], refusals);
}

#[test]
fn sign_with_should_be_guarded_like_the_methods_that_it_stands_for() {
	let node = node();
	let keystore = node.guard.for_others();
	let cast = |number: u32| {
		let payload = vote(at(0, 1), Kind::Prevote, number).payload();
		keystore.sign_with(GRANDPA, ed25519::CRYPTO_ID, node.grandpa.as_ref(), &payload)
	};
	let seal =
		|message: &[u8]| keystore.sign_with(BABE, sr25519::CRYPTO_ID, node.babe.as_ref(), message);

	let signature = cast(1).unwrap().expect("the key is there");
	let public = ed25519::Public::from_slice(node.grandpa.as_ref()).unwrap();
	let signature = ed25519::Signature::try_from(&signature[..]).unwrap();
	let payload = vote(at(0, 1), Kind::Prevote, 1).payload();
	assert!(<ed25519::Pair as sp_core::Pair>::verify(&signature, payload, &public));
	assert!(cast(2).is_err());
	assert!(seal(&HASH).is_err());
	node.guard.begin_slot(&node.babe, 1_000_000_000.into()).unwrap().allow_seal(HASH.into());
	assert!(seal(&HASH).unwrap().is_some());
	assert!(seal(&HASH).is_err());
	assert!(keystore.sign_with(BABE, sr25519::CRYPTO_ID, b"short", &HASH).is_err());
}

#[test]
fn signature_should_be_the_inner_keystores() {
	let node = node();
	let prevote = vote(at(0, 1), Kind::Prevote, 1);
	let message = finality_grandpa::Message::Prevote(finality_grandpa::Prevote {
		target_hash: target(1).hash,
		target_number: target(1).number,
	});

	let signed = sp_consensus_grandpa::sign_message::<Hash, u32>(
		node.consensus.clone(),
		message,
		node.grandpa.clone(),
		prevote.position.round,
		prevote.position.set,
	);

	let signed = signed.expect("it is allowed");
	let result = sp_consensus_grandpa::check_message_signature(
		&signed.message,
		&signed.id,
		&signed.signature,
		1,
		0,
	);
	assert!(result.is_valid());
}

#[test]
fn sign_should_be_none_when_the_key_is_not_there() {
	let node = node();
	for keystore in both(&node) {
		let other = ed25519::Public::from([7; 32]);
		let proof = keystore.ed25519_sign(GRANDPA, &other, b"POP_").unwrap();
		assert!(proof.is_none());
	}
}

#[test]
fn insert_should_reach_the_inner_keystore_and_wait() {
	let mut node = node();
	let seed = SEED.replace("01", "03");
	let pair: sr25519::Pair = sp_core::Pair::from_string(&seed, None).unwrap();
	let public = sp_core::Pair::public(&pair);

	node.guard.for_others().insert(BABE, &seed, &public).unwrap();
	node.pass(1);

	assert!(node.keystore.has_keys(&[(public.to_raw_vec(), BABE)]));
	assert!(!node.consensus.has_keys(&[(public.to_raw_vec(), BABE)]));
	assert!(node.can_claim(), "the key that was there goes on");
	let refused = node.guard.begin_slot(&public.into(), 1_000_000_000.into()).map(drop);
	assert!(refused.is_err());
}

#[test]
fn keystores_should_be_the_inner_one_when_the_guard_is_disabled() {
	let inner = MemoryKeystore::new();
	let public = inner.ed25519_generate_new(GRANDPA, Some(SEED)).unwrap();
	let guard = Guard::disabled(std::sync::Arc::new(inner));
	for keystore in [guard.for_consensus(), guard.for_others()] {
		assert!(keystore.ed25519_sign(GRANDPA, &public, b"any").unwrap().is_some());
	}
}

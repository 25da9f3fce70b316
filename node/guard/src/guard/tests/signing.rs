//! What is signed, and what is refused.

use super::world::{at, keystore, target, vote, Node, GENESIS};
use crate::{
	file::memory::{Fate, Memory},
	guard::Guard,
	refused::{Reason, Refused},
	store::GuardError,
	vote::{Kind, Vote},
	FileError,
};
use aitbc_core::Hash;
use futures::FutureExt;
use sp_application_crypto::key_types::{BABE, GRANDPA};
use sp_core::proof_of_possession::statement_of_ownership;
use sp_keystore::Keystore;
use std::{collections::BTreeSet, sync::Arc, thread};

const HASH: Hash = Hash::repeat_byte(0xab);

fn node() -> Node {
	Node::at_genesis(&Memory::default())
}

/// How often something was refused for `reason`.
fn refused(node: &Node, reason: Reason) -> u64 {
	node.guard.counts().refusals[&reason]
}

#[test]
fn block_should_be_sealed_once() {
	let node = node();
	node.guard.begin_slot(&node.babe, 1_000_000_000.into()).unwrap().allow_seal(HASH);

	assert!(node.seal(HASH.as_bytes()));
	// A second signature differs, as sr25519 has it, and would make another block of the same.
	assert!(!node.seal(HASH.as_bytes()));
	assert_eq!(refused(&node, Reason::NoPermit), 1);
}

#[test]
fn block_should_not_be_sealed_when_it_is_another_one() {
	let node = node();
	node.guard.begin_slot(&node.babe, 1_000_000_000.into()).unwrap().allow_seal(HASH);

	for message in [&[0; 32][..], &HASH[..31], b"", &[HASH.as_bytes(), &[0]].concat()] {
		assert!(!node.seal(message), "{message:?}");
	}
	assert!(node.seal(HASH.as_bytes()), "the right one still is");
}

#[test]
fn block_should_not_be_sealed_when_its_permit_was_dropped_or_replaced() {
	let node = node();
	drop(node.guard.begin_slot(&node.babe, 1_000_000_000.into()).unwrap());
	assert!(!node.seal(HASH.as_bytes()));

	node.guard.begin_slot(&node.babe, 1_000_000_001.into()).unwrap().allow_seal(HASH);
	let _permit = node.guard.begin_slot(&node.babe, 1_000_000_002.into()).unwrap();
	assert!(!node.seal(HASH.as_bytes()));
}

#[test]
fn slot_should_be_begun_once_whatever_became_of_it() {
	let disk = Memory::default();
	let node = Node::at_genesis(&disk);
	let slot = 1_000_000_000.into();
	drop(node.guard.begin_slot(&node.babe, slot).unwrap());

	let again = node.guard.begin_slot(&node.babe, slot).map(drop).unwrap_err();
	assert!(matches!(again, Refused::SlotTaken { .. }), "{again}");
	drop(node);
	let mut node = Node::start(&disk, 10);
	node.pass(20);
	assert!(node.guard.begin_slot(&node.babe, slot).is_err());
	assert!(node.guard.begin_slot(&node.babe, slot + 1).is_ok());
	assert_eq!(node.guard.counts().last_slot, Some(slot + 1));
}

#[test]
fn slot_should_be_durable_before_there_is_a_permit() {
	let disk = Memory::default();
	let node = Node::at_genesis(&disk);
	for fate in [Fate::FailsBefore, Fate::FailsAfter] {
		disk.decide(fate);
		let refused =
			node.guard.begin_slot(&node.babe, 1_000_000_000.into()).map(drop).unwrap_err();
		assert!(matches!(refused, Refused::NotWritten(_)), "{refused}");
	}
	let writes = disk.writes();
	let _permit = node.guard.begin_slot(&node.babe, 1_000_000_000.into()).unwrap();
	assert_eq!(disk.writes(), writes + 1);
}

#[test]
fn vote_should_be_durable_before_it_is_signed() {
	let disk = Memory::default();
	let node = Node::at_genesis(&disk);
	let prevote = vote(at(0, 1), Kind::Prevote, 7);
	for fate in [Fate::FailsBefore, Fate::FailsAfter] {
		disk.decide(fate);
		assert!(!node.cast(&prevote), "{fate:?}");
	}
	let writes = disk.writes();

	assert!(node.cast(&prevote));

	assert_eq!(disk.writes(), writes + 1);
	assert_eq!(refused(&node, Reason::NotWritten), 2);
	assert!(node.cast(&prevote), "the same again");
	assert_eq!(disk.writes(), writes + 1, "is written already");
}

#[test]
fn vote_should_be_remembered_when_the_signature_never_left() {
	let disk = Memory::default();
	let node = Node::at_genesis(&disk);
	let prevote = vote(at(0, 1), Kind::Prevote, 7);
	// As if the process ended before the inner keystore is asked.
	node.guard.check_vote(&node.grandpa, &prevote.payload()).unwrap();
	drop(node);

	let mut node = Node::start(&disk, 10);
	node.pass(20);

	assert!(!node.cast(&vote(at(0, 1), Kind::Prevote, 8)));
	assert!(node.cast(&prevote));
}

#[test]
fn vote_should_be_refused_when_it_contradicts_another() {
	let node = node();
	assert!(node.cast(&vote(at(2, 9), Kind::Prevote, 7)));

	assert!(!node.cast(&vote(at(2, 9), Kind::Prevote, 8)));
	assert!(node.cast(&vote(at(2, 9), Kind::Precommit, 8)));

	assert_eq!(refused(&node, Reason::Conflict), 1);
	assert_eq!(node.guard.counts().last_vote, Some(at(2, 9)));
}

#[test]
fn bytes_should_be_refused_when_they_are_no_vote() {
	let node = node();
	let vote = vote(at(2, 9), Kind::Prevote, 7).payload();
	for bytes in [&b""[..], b"POP", &vote[1..], &[&vote[..], b"x"].concat(), HASH.as_bytes()] {
		let signed = node.consensus.ed25519_sign(GRANDPA, node.grandpa.as_ref(), bytes);
		assert!(signed.is_err(), "{bytes:?}");
	}
	assert_eq!(refused(&node, Reason::NotAVote), 5);
}

#[test]
fn possession_should_be_proven_even_while_the_node_waits() {
	let mut node = Node::start(&Memory::default(), 0);
	node.pass(1);
	for keystore in [node.guard.for_consensus(), node.guard.for_others()] {
		for owner in [&b""[..], b"owner", &[7; 32]] {
			let proof = statement_of_ownership(owner);
			let vote = keystore.ed25519_sign(GRANDPA, node.grandpa.as_ref(), &proof).unwrap();
			let seal = keystore.sr25519_sign(BABE, node.babe.as_ref(), &proof).unwrap();
			assert!(vote.is_some() && seal.is_some(), "{owner:?}");
		}
	}
}

#[test]
fn possession_should_not_be_proven_by_what_could_be_a_header() {
	let node = node();
	let proof = statement_of_ownership(&[7; 28]);
	assert_eq!(proof.len(), 32);

	assert!(!node.seal(&proof));
	// A header whose hash happens to begin like this is sealed all the same.
	let hash = Hash::from_slice(&proof);
	node.guard.begin_slot(&node.babe, 1_000_000_000.into()).unwrap().allow_seal(hash);
	assert!(node.seal(&proof));
}

#[test]
fn only_one_should_win_when_threads_cast_votes_that_conflict() {
	let node = Arc::new(node());
	let cast = |number: u32| {
		let node = node.clone();
		thread::spawn(move || {
			let votes = (1..200).map(|round| vote(at(0, round), Kind::Prevote, number));
			votes.filter(|vote| node.cast(vote)).map(|vote| vote.position).collect::<Vec<_>>()
		})
	};

	let threads = [cast(1), cast(2), cast(3)];
	let won: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();

	let rounds: BTreeSet<_> = won.iter().copied().collect();
	assert_eq!(rounds.len(), won.len(), "a round was won twice");
	assert!(!won.is_empty());
}

#[test]
fn only_one_should_win_when_threads_begin_the_same_slots() {
	let node = Arc::new(node());
	let begin = || {
		let node = node.clone();
		thread::spawn(move || {
			let slots = 1_000_000_000..1_000_000_200_u64;
			slots
				.filter(|slot| node.guard.begin_slot(&node.babe, (*slot).into()).is_ok())
				.collect::<Vec<_>>()
		})
	};

	let threads = [begin(), begin(), begin()];
	let won: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();

	let slots: BTreeSet<_> = won.iter().copied().collect();
	assert_eq!(slots.len(), won.len(), "a slot was won twice");
}

#[test]
fn guard_should_refuse_nothing_when_it_is_disabled() {
	let keystore = Arc::new(keystore());
	let guard = Guard::disabled(keystore.clone());
	let grandpa = keystore.ed25519_public_keys(GRANDPA)[0];
	let babe = keystore.sr25519_public_keys(BABE)[0];
	assert!(guard.gate().opened().now_or_never().is_some());
	assert_eq!(guard.reconcile(Some(b"any")).unwrap(), None);

	let cast = |target| {
		let vote = Vote { target, ..vote(at(0, 1), Kind::Prevote, 0) };
		guard.for_consensus().ed25519_sign(GRANDPA, &grandpa, &vote.payload()).unwrap().is_some()
	};
	assert!(cast(target(1)) && cast(target(2)));
	for _ in 0..2 {
		guard.begin_slot(&babe.into(), 7.into()).unwrap().allow_seal(HASH);
	}
	let seal = guard.for_others().sr25519_sign(BABE, &babe, &[1; 32]).unwrap();
	assert!(seal.is_some());
	assert_eq!(guard.counts(), Default::default());
}

#[test]
fn guard_should_be_opened_once_at_a_time() {
	let folder = tempfile::tempdir().unwrap();
	let place = folder.path().join("guard");
	let open = |genesis| Guard::open(&place, genesis, Arc::new(keystore()));
	let first = open(GENESIS).unwrap();

	for genesis in [GENESIS, Hash::repeat_byte(0x22)] {
		let second = open(genesis).err().expect("the first is there");
		assert!(matches!(second, GuardError::File(FileError::InUse { .. })), "{second}");
	}
	// Keystores and permits keep it.
	let keystore = first.for_consensus();
	drop(first);
	assert!(open(GENESIS).is_err());
	drop(keystore);
	open(GENESIS).unwrap();
}

#[test]
fn counts_should_have_every_reason_when_nothing_was_refused() {
	let counts = node().guard.counts();
	assert_eq!(counts.refusals.len(), Reason::ALL.len());
	assert_eq!(counts.refusals.values().sum::<u64>(), 0);
	assert_eq!(counts.writes.done, 1, "that the keys are there");
}

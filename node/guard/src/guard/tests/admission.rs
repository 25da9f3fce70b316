//! Who may sign since when: the wait at the start, the gate, hidden keys, twins.

use super::world::{at, keystore, target, vote, Node, EPOCH, SEED};
use crate::{
	file::memory::Memory,
	refused::{Reason, Refused},
	twin::{MAX_AGE, WAIT},
	vote::Kind,
};
use aitbc_core::Hash;
use sp_application_crypto::key_types::{BABE, GRANDPA};
use sp_core::{ed25519, ByteArray};
use sp_keystore::{testing::MemoryKeystore, Keystore};

const HASH: Hash = Hash::repeat_byte(0xab);

/// A disk with the file of a node that has signed last in second 9.
fn used_disk() -> Memory {
	let disk = Memory::default();
	let mut node = Node::at_genesis(&disk);
	node.pass(8);
	assert!(node.cast(&vote(at(2, 50), Kind::Prevote, 7)));
	assert!(node.author(HASH).unwrap());
	disk
}

/// Asserts that `node` signs nothing, and would not have its keys asked.
fn assert_waits(node: &Node) {
	assert!(!node.can_claim(), "it claims slots");
	assert!(!node.is_open(), "it lets votes pass");
	assert!(!node.cast(&vote(at(9, 1), Kind::Prevote, 7)), "it votes");
	assert!(matches!(node.author(HASH), Err(Refused::Waiting { .. })), "it begins a block");
}

fn assert_signs(node: &Node) {
	assert!(node.can_claim() && node.has_vote() && node.is_open());
	assert!(node.cast(&vote(at(9, 1), Kind::Prevote, 7)));
	assert!(node.author(HASH).unwrap());
}

#[test]
fn node_should_sign_when_the_chain_begins() {
	assert_signs(&Node::at_genesis(&Memory::default()));
}

#[test]
fn node_should_not_sign_before_the_first_tick() {
	let node = Node::start(&used_disk(), 20);
	assert_waits(&node);
	assert!(!node.has_vote());
}

#[test]
fn node_should_wait_two_minutes_when_there_is_no_guard_file() {
	let mut node = Node::start(&Memory::default(), 0);
	// One tick to see that the node is synced.
	node.pass(1 + WAIT.as_secs());
	assert_waits(&node);

	node.pass(1);

	assert_signs(&node);
}

#[test]
fn node_should_have_its_vote_while_it_waits_so_that_no_round_is_lost() {
	let mut node = Node::start(&Memory::default(), 0);
	node.pass(1);
	assert!(node.has_vote());
	assert!(!node.is_open());
}

#[test]
fn proposal_should_be_signed_while_the_node_waits() {
	let mut node = Node::start(&Memory::default(), 0);
	node.pass(5);
	assert!(node.cast(&vote(at(2, 50), Kind::Propose, 7)));
	assert!(!node.cast(&vote(at(2, 50), Kind::Propose, 8)), "but one only");
}

#[test]
fn node_should_wait_only_while_it_is_synced() {
	let mut node = Node::start(&Memory::default(), 0);
	node.pass(50);
	node.tick.synced = false;
	node.pass(1_000);
	assert_waits(&node);
	node.tick.synced = true;
	// 49 of the first seconds count, and the last one before it was synced again does not.
	node.pass(1 + WAIT.as_secs() - 49);
	assert_waits(&node);
	node.pass(1);
	assert_signs(&node);
}

#[test]
fn node_should_wait_when_its_database_is_empty_but_the_chain_is_not() {
	let mut node = Node::start(&Memory::default(), 0);
	node.best(0);
	node.tick.synced = false;
	node.pass(30);
	node.best(1_000);
	node.tick.synced = true;
	node.pass(10);
	assert_waits(&node);
}

#[test]
fn node_should_not_take_one_tick_for_being_synced() {
	let mut node = Node::start(&Memory::default(), 0);
	node.best(0);
	for _ in 0..10 {
		node.tick.synced = true;
		node.pass(1);
		node.tick.synced = false;
		node.pass(1);
	}
	assert_waits(&node);
}

#[test]
fn node_should_sign_again_soon_when_it_was_restarted() {
	let mut node = Node::start(&used_disk(), 20);
	node.pass(12);
	assert!(node.can_claim(), "slots are as new as the clock is");
	assert!(!node.is_open(), "but the voter may be behind");

	node.pass(1);

	assert_signs(&node);
}

#[test]
fn gate_should_stay_closed_when_it_is_not_known_where_the_voter_is() {
	let mut node = Node::start(&used_disk(), 20);
	node.tick.position = None;
	node.pass(30);
	assert!(!node.is_open());
	node.move_to(at(2, 53));
	node.pass(2);
	assert!(node.is_open());
}

#[test]
fn gate_should_stay_closed_in_a_round_that_has_a_vote_which_is_not_known() {
	// Database and guard file were restored, and finality stands still in a round with a vote from before.
	let mut node = Node::start(&used_disk(), 20);
	node.move_to(at(2, 60));
	node.pass(5);
	node.see_vote(at(2, 60), Kind::Prevote, None);
	node.pass(50);
	assert!(!node.is_open() && node.has_vote());
	assert!(!node.guard.counts().has_twin);

	node.move_to(at(2, 61));
	node.pass(1);

	assert_signs(&node);
	assert!(!node.cast(&vote(at(2, 60), Kind::Precommit, 7)));
}

#[test]
fn gate_should_stay_open_when_a_vote_of_the_past_is_seen_late() {
	let mut node = watching_node();
	node.see_vote(at(2, 40), Kind::Prevote, None);
	node.pass(1);
	assert_signs(&node);
}

#[test]
fn node_should_wait_when_its_guard_file_is_old() {
	let age = MAX_AGE.as_secs();
	let mut node = Node::start(&used_disk(), 9 + age);
	node.pass(20);
	assert_signs(&node);

	let mut node = Node::start(&used_disk(), 10 + age);
	node.pass(20);
	assert_waits(&node);
	node.pass(WAIT.as_secs());
	assert_signs(&node);
}

#[test]
fn node_should_wait_when_its_guard_file_is_from_the_future() {
	let disk = Memory::default();
	let mut node = Node::at_genesis(&disk);
	node.tick.now.0 += 2 * MAX_AGE.as_secs();
	node.pass(1);
	node.author(HASH).unwrap();

	let mut node = Node::start(&disk, 10);
	node.pass(20);

	assert_waits(&node);
}

#[test]
fn node_should_not_wait_again_when_it_has_waited_and_is_restarted() {
	let disk = Memory::default();
	let mut node = Node::start(&disk, 0);
	node.pass(130);
	drop(node);

	let mut node = Node::start(&disk, 140);
	node.pass(20);

	assert_signs(&node);
}

#[test]
fn key_should_wait_alone_when_it_is_added_later() {
	let keystore = keystore();
	let mut node = Node::start_with(keystore.clone(), &used_disk(), 20);
	node.pass(10);
	let seed = SEED.replace("01", "02");
	let pair: ed25519::Pair = sp_core::Pair::from_string(&seed, None).unwrap();
	let public = sp_core::Pair::public(&pair).to_raw_vec();
	node.guard.for_others().insert(GRANDPA, &seed, &public).unwrap();
	let has = |node: &Node| node.consensus.has_keys(&[(public.clone(), GRANDPA)]);
	assert!(!has(&node));

	node.pass(WAIT.as_secs());
	assert!(!has(&node));
	assert_signs(&node);
	node.pass(1);
	assert!(has(&node));
}

#[test]
fn key_should_sign_at_once_when_this_process_has_made_it() {
	let named = SEED.replace("01", "02");
	for seed in [None, Some(&*named)] {
		let disk = used_disk();
		let mut node = Node::start(&disk, 20);
		node.pass(10);
		let others = node.guard.for_others();

		let seal = others.sr25519_generate_new(BABE, seed).unwrap();
		let vote = others.ed25519_generate_new(GRANDPA, seed).unwrap();

		let keys = [(seal.to_raw_vec(), BABE), (vote.to_raw_vec(), GRANDPA)];
		assert!(node.consensus.has_keys(&keys));
		// And it is known after a restart.
		let keystore = node.keystore.clone();
		drop((others, node));
		let mut node = Node::start_with(keystore, &disk, 40);
		node.pass(1);
		assert!(node.consensus.has_keys(&keys));
	}
}

#[test]
fn nothing_should_wait_when_the_keystore_is_empty() {
	let disk = Memory::default();
	let empty = MemoryKeystore::new();
	let mut node = Node::start(&disk, 0);
	let guard = crate::guard::Guard::with_disk(
		Box::new(Memory::default()),
		super::world::GENESIS,
		std::sync::Arc::new(empty),
	)
	.unwrap();
	guard.tick(node.tick);
	node.tick.uptime += std::time::Duration::from_secs(1);
	guard.tick(node.tick);
	assert_eq!(guard.counts().waiting, 0);
}

/// A node that signs, at second 40, in round 50.
fn watching_node() -> Node {
	let mut node = Node::start(&used_disk(), 20);
	node.pass(20);
	node
}

#[test]
fn node_should_stop_when_a_twin_makes_a_block() {
	let node = watching_node();
	node.see_block((EPOCH + 40) / 3, HASH);

	assert!(node.guard.counts().has_twin);
	assert!(!node.can_claim() && !node.has_vote() && !node.is_open());
	assert!(!node.cast(&vote(at(9, 1), Kind::Precommit, 7)));
	assert!(!node.cast(&vote(at(9, 1), Kind::Propose, 7)));
	assert!(matches!(node.author(HASH), Err(Refused::Twin { .. })));
	assert_eq!(node.guard.counts().refusals[&Reason::Twin], 3);
}

#[test]
fn seal_should_be_refused_when_the_twin_came_while_the_block_was_made() {
	let node = watching_node();
	node.guard.begin_slot(&node.babe, node.tick.slot).unwrap().allow_seal(HASH);

	node.see_block((EPOCH + 40) / 3, Hash::repeat_byte(1));

	assert!(!node.seal(HASH.as_bytes()));
}

#[test]
fn node_should_stop_when_a_twin_votes() {
	for target in [None, Some(target(7))] {
		let mut node = watching_node();
		node.move_to(at(2, 53));
		node.pass(1);
		node.see_vote(at(2, 52), Kind::Prevote, target);
		assert!(!node.guard.counts().has_twin, "it may be from before");
		node.see_vote(at(2, 53), Kind::Prevote, target);
		assert!(node.guard.counts().has_twin && !node.is_open() && !node.has_vote());
	}
}

#[test]
fn node_should_go_on_when_it_sees_what_it_signed_itself() {
	let mut node = watching_node();
	node.move_to(at(2, 51));
	node.pass(2);
	let prevote = vote(at(2, 51), Kind::Prevote, 9);
	assert!(node.cast(&prevote));
	assert!(node.author(HASH).unwrap());

	node.see_vote(at(2, 51), Kind::Prevote, None);
	node.see_vote(at(2, 51), Kind::Prevote, Some(prevote.target));
	node.see_block(*node.tick.slot, HASH);

	assert_signs(&Node { tick: crate::Tick { slot: node.tick.slot + 1, ..node.tick }, ..node });
}

#[test]
fn node_should_go_on_when_it_sees_its_own_past() {
	let node = watching_node();
	// Blocks that it lost with its database, and votes in the round in which it was restarted.
	node.see_block((EPOCH + 20) / 3, HASH);
	node.see_vote(at(2, 50), Kind::Precommit, Some(target(7)));
	node.see_vote(at(1, 5_000), Kind::Precommit, None);

	assert!(!node.guard.counts().has_twin);
	assert_signs(&node);
}

#[test]
fn node_should_go_on_when_it_sees_others() {
	let node = watching_node();
	let other = sp_core::sr25519::Public::from([7; 32]).into();
	let slot = node.tick.slot + 1;
	node.guard.see(&crate::Sighting::Block { key: other, slot, pre_hash: HASH });
	assert_signs(&node);
}

#[test]
fn node_should_wait_after_a_restart_when_it_had_seen_a_twin() {
	let disk = used_disk();
	let mut node = Node::start(&disk, 20);
	node.pass(20);
	node.see_block((EPOCH + 40) / 3, HASH);
	node.pass(1_000);
	assert!(!node.can_claim() && !node.is_open(), "it never goes on by itself");
	drop(node);

	let mut node = Node::start(&disk, 40);
	node.pass(30);
	assert_waits(&node);
	node.pass(WAIT.as_secs());
	assert_signs(&node);
	node.pass(1);
	drop(node);
	let mut node = Node::start(&disk, 220);
	node.move_to(at(9, 1));
	node.pass(20);
	assert_signs(&node);
}

#[test]
fn alarm_should_stand_when_it_cannot_be_written() {
	let disk = used_disk();
	let mut node = Node::start(&disk, 20);
	node.pass(10);
	disk.decide(crate::file::memory::Fate::FailsBefore);
	node.see_block((EPOCH + 40) / 3, HASH);
	assert!(!node.can_claim() && !node.is_open());
}

#[test]
fn key_should_be_hidden_until_the_voter_is_past_its_votes() {
	let disk = used_disk();
	let mut node = Node::start(&disk, 20);
	// As the database is empty, the node has to find out what it voted.
	assert_eq!(node.guard.reconcile(None).unwrap(), None);
	node.move_to(at(0, 1));
	node.pass(10);
	assert!(!node.has_vote());
	assert_eq!(node.guard.counts().behind, 1);
	assert!(node.can_claim(), "blocks are not concerned");

	node.move_to(at(2, 48));
	node.pass(5);
	node.move_to(at(2, 49));
	node.pass(2);
	assert!(!node.has_vote());
	node.move_to(at(2, 50));
	node.pass(1);

	assert!(node.has_vote());
	assert_eq!(node.guard.counts().behind, 0);
}

#[test]
fn key_should_stay_hidden_when_only_the_number_of_the_set_has_changed() {
	let disk = used_disk();
	let mut node = Node::start(&disk, 20);
	node.guard.reconcile(None).unwrap();
	node.move_to(at(1, 4_000));
	node.pass(10);

	// The voter has not begun the new set yet, or its rounds are never shown.
	node.move_to(at(2, 4_000));
	node.pass(20);
	assert!(!node.has_vote());
	node.move_to(at(2, 1));
	node.pass(5);
	assert!(!node.has_vote());
	node.move_to(at(2, 50));
	node.pass(1);
	assert!(node.has_vote());
}

#[test]
fn set_should_be_believed_when_its_rounds_go_on() {
	let disk = used_disk();
	let mut node = Node::start(&disk, 20);
	node.guard.reconcile(None).unwrap();
	node.move_to(at(1, 1));
	node.pass(10);
	// The voter has caught up at once.
	for round in 60..63 {
		assert!(!node.has_vote());
		node.move_to(at(2, round));
		node.pass(2);
	}
	assert!(node.has_vote());
}

#[test]
fn vote_should_not_count_when_its_set_and_round_do_not_belong_together() {
	let mut node = watching_node();
	for round in 51..80 {
		node.move_to(at(2, round));
		node.pass(1);
		assert!(node.cast(&vote(at(2, round), Kind::Prevote, 7)));
	}
	// The rounds that are shown stay those of the former set.
	node.move_to(at(3, 79));
	for round in 1..200 {
		node.pass(1);
		node.see_vote(at(3, 79), Kind::Prevote, None);
		assert!(node.is_open() && node.has_vote());
		assert!(node.cast(&vote(at(3, round), Kind::Prevote, 7)), "round {round}");
	}
	assert!(!node.guard.counts().has_twin);
}

#[test]
fn vote_should_not_count_when_the_voter_has_not_reached_its_round() {
	let node = watching_node();
	node.see_vote(at(2, 51), Kind::Prevote, None);
	node.see_vote(at(3, 1), Kind::Prevote, None);
	assert!(!node.guard.counts().has_twin);
	assert_signs(&node);
}

#[test]
fn key_should_be_there_when_the_database_knows_its_votes() {
	let disk = Memory::default();
	let node = Node::at_genesis(&disk);
	// What the database of a node that was killed has; see the tests of `voter`.
	let stored = hex::decode(include_str!("../../voter/stored.hex").trim()).unwrap();
	let prevote = vote(at(0, 45), Kind::Prevote, 19);
	assert!(node.cast(&vote(at(0, 44), Kind::Precommit, 18)) && node.cast(&prevote));
	drop(node);

	let mut node = Node::start(&disk, 20);
	let repaired = node.guard.reconcile(Some(&stored)).unwrap();
	node.pass(1);

	// Its precommit in round 44 has no prevote beside it, which no voter does.
	assert_eq!(repaired, None);
	assert!(!node.has_vote());
	drop(node);

	let disk = Memory::default();
	let node = Node::at_genesis(&disk);
	assert!(node.cast(&prevote));
	drop(node);
	let mut node = Node::start(&disk, 20);
	assert!(node.guard.reconcile(Some(&stored)).unwrap().is_some());
	node.pass(20);
	assert!(node.has_vote() && node.cast(&prevote));
}

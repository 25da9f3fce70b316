//! What is by a twin, and what is not.

use super::*;
use crate::vote::Vote;
use sp_core::sr25519;

fn babe() -> BabeKey {
	sr25519::Public::from([1; 32]).into()
}

fn hash(byte: u8) -> Hash {
	Hash::repeat_byte(byte)
}

fn at(round: u64) -> Position {
	Position { set: 4, round }
}

fn target(number: u32) -> Target {
	Target { hash: hash(9), number }
}

/// A process that began in slot 100, and whose voter had settled in round 8: votes count after round 10.
fn watch() -> Watch {
	let mut watch = Watch::default();
	watch.at_slot(100.into());
	watch.at_position(at(8));
	watch
}

fn of_block(watch: &Watch, slot: u64, pre_hash: Hash) -> Origin {
	watch.origin_of_block(&babe(), slot.into(), pre_hash)
}

#[test]
fn block_should_be_a_twins_when_this_process_made_none_in_the_slot() {
	let mut watch = watch();
	assert_eq!(of_block(&watch, 101, hash(1)), Origin::Twin);
	watch.made(&babe(), 102.into(), hash(2));
	assert_eq!(of_block(&watch, 101, hash(1)), Origin::Twin);
	assert_eq!(of_block(&watch, 103, hash(1)), Origin::Twin);
}

#[test]
fn block_should_be_a_twins_when_this_process_made_another() {
	let mut watch = watch();
	watch.made(&babe(), 101.into(), hash(1));
	assert_eq!(of_block(&watch, 101, hash(1)), Origin::Own);
	assert_eq!(of_block(&watch, 101, hash(2)), Origin::Twin);
}

#[test]
fn block_should_be_of_the_past_when_its_slot_began_before_the_process() {
	let mut watch = watch();
	// The first slot stays.
	watch.at_slot(105.into());
	for slot in [0, 99, 100] {
		assert_eq!(of_block(&watch, slot, hash(1)), Origin::Past, "{slot}");
	}
	assert_eq!(of_block(&watch, 101, hash(1)), Origin::Twin);
	// As long as the slot is not known.
	assert_eq!(of_block(&Watch::default(), 101, hash(1)), Origin::Past);
}

#[test]
fn block_should_be_of_the_past_when_it_is_too_long_ago_to_remember() {
	let mut watch = watch();
	for slot in 101..=101 + u64::try_from(KEPT_BLOCKS).unwrap() {
		watch.made(&babe(), slot.into(), hash(1));
	}
	assert_eq!(of_block(&watch, 101, hash(1)), Origin::Past);
	assert_eq!(of_block(&watch, 101, hash(2)), Origin::Past);
	assert_eq!(of_block(&watch, 102, hash(2)), Origin::Twin);
}

fn votes(cast: &[(u64, Kind, u32)]) -> Votes {
	let mut votes = Votes::default();
	for (round, kind, number) in cast {
		let vote = Vote { position: at(*round), kind: *kind, target: target(*number) };
		votes.cast(&vote).unwrap();
	}
	votes
}

#[test]
fn vote_should_be_a_twins_when_this_node_cast_none() {
	let own = votes(&[(11, Kind::Prevote, 1)]);
	let origin = |own, kind| watch().origin_of_vote(own, at(11), kind, None);

	assert_eq!(origin(Some(&own), Kind::Prevote), Origin::Own);
	assert_eq!(origin(Some(&own), Kind::Precommit), Origin::Twin);
	assert_eq!(origin(None, Kind::Prevote), Origin::Twin);
}

#[test]
fn vote_should_be_a_twins_when_this_node_voted_for_another_block() {
	let own = votes(&[(11, Kind::Prevote, 1)]);
	let origin =
		|number| watch().origin_of_vote(Some(&own), at(11), Kind::Prevote, Some(target(number)));

	assert_eq!(origin(1), Origin::Own);
	assert_eq!(origin(2), Origin::Twin);
}

#[test]
fn vote_should_be_of_the_past_when_its_round_began_before() {
	let mut watch = watch();
	watch.at_position(at(20));
	let own = votes(&[(9, Kind::Prevote, 1)]);
	let origin = |position| watch.origin_of_vote(Some(&own), position, Kind::Prevote, None);

	assert_eq!(origin(Position { set: 3, round: 99 }), Origin::Past);
	assert_eq!(origin(at(9)), Origin::Own);
	assert_eq!(origin(at(10)), Origin::Past);
	assert_eq!(origin(at(11)), Origin::Twin);
	assert_eq!(origin(Position { set: 5, round: 1 }), Origin::Twin);
	let early = Watch::default().origin_of_vote(None, at(11), Kind::Prevote, None);
	assert_eq!(early, Origin::Past);
}

#[test]
fn vote_should_be_of_the_past_when_it_is_too_long_ago_to_remember() {
	let cast: Vec<_> = (11..31).map(|round| (round, Kind::Prevote, 1)).collect();
	let own = votes(&cast);
	let origin =
		|round| watch().origin_of_vote(Some(&own), at(round), Kind::Prevote, Some(target(2)));

	assert_eq!(own.floor(), Some(at(14)));
	assert_eq!(origin(14), Origin::Past);
	assert_eq!(origin(15), Origin::Twin);
}

#[test]
fn sighting_should_say_what_was_signed_and_by_which_key() {
	let block = Sighting::Block { key: babe(), slot: 7.into(), pre_hash: hash(0xab) };
	let key = sp_core::ed25519::Public::from([1; 32]).into();
	let vote = Sighting::Vote { key, position: at(7), kind: Kind::Prevote, target: None };

	let (block, vote) = (block.to_string(), vote.to_string());

	assert!(block.contains("slot 7") && block.contains("0xabab"), "{block}");
	assert!(block.ends_with(&format!("babe 0x{}", "01".repeat(32))), "{block}");
	assert!(vote.starts_with("a prevote in round 7 of set 4, signed with gran 0x01"), "{vote}");
}

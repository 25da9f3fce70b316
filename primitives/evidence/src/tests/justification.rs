//! What finalizes a block, and what does not.

use super::*;
use crate::justification::verify;
use aitbc_core::Hash;
use sp_core::Pair as _;

const SET: u64 = 5;

fn voter(index: u8) -> Hash {
	Hash::from(pair(0, index).public().0)
}

/// A target, a child and a grandchild of it, and another child.
fn family() -> [Header; 4] {
	let target = header(7, Hash::repeat_byte(1), vec![]);
	let child = header(8, target.hash(), vec![]);
	let grandchild = header(9, child.hash(), vec![]);
	let other = header(8, target.hash(), vec![change(3)]);
	[target, child, grandchild, other]
}

fn check(justification: &Justification) -> Result<Votes, JustificationError> {
	verify(justification, &family()[0], &set(SET, 0))
}

/// A justification of the target by three of four.
fn usual() -> Justification {
	justify(SET, &voters(0), &family()[0], &[])
}

#[test]
fn justification_should_hold_when_enough_voters_sign() {
	let votes = Votes { voters: 3, of: 4, weight: 3, threshold: 3, total: 4 };
	assert_eq!(check(&usual()), Ok(votes));
	let all: Vec<_> = (0..4).map(|index| pair(0, index)).collect();
	let votes = Votes { voters: 4, weight: 4, ..votes };
	assert_eq!(check(&justify(SET, &all, &family()[0], &[])), Ok(votes));
}

#[test]
fn justification_should_hold_when_some_sign_later_blocks() {
	let [target, child, grandchild, other] = family();
	let ahead = [(pair(0, 2), grandchild), (pair(0, 3), other)];
	let mut justification = justify(SET, &voters(0)[..2], &target, &ahead);
	justification.votes_ancestries.push(child);
	assert_eq!(check(&justification).map(|votes| votes.voters), Ok(4));
}

#[test]
fn justification_should_be_refused_when_it_is_for_another_block() {
	let [target, child, ..] = family();
	let justification = justify(SET, &voters(0), &child, &[]);
	let error = JustificationError::WrongTarget { number: 8, hash: child.hash() };
	assert_eq!(check(&justification), Err(error));
	let mut justification = usual();
	justification.commit.target_number += 1;
	let error = JustificationError::WrongTarget { number: 8, hash: target.hash() };
	assert_eq!(check(&justification), Err(error));
}

#[test]
fn justification_should_be_refused_when_a_voter_is_unknown() {
	let mut all = voters(0);
	all.push(pair(1, 0));
	let error = JustificationError::UnknownVoter(Hash::from(pair(1, 0).public().0));
	assert_eq!(check(&justify(SET, &all, &family()[0], &[])), Err(error));
}

#[test]
fn justification_should_be_refused_when_a_voter_has_no_weight() {
	let mut set = set(SET, 0);
	set.authorities[2].1 = 0;
	let error = JustificationError::UnknownVoter(voter(2));
	assert_eq!(verify(&usual(), &family()[0], &set), Err(error));
}

#[test]
fn justification_should_be_refused_when_a_voter_votes_twice() {
	let [target, child, ..] = family();
	let error = JustificationError::VotesTwice(voter(0));
	let mut justification = usual();
	justification.commit.precommits.push(vote(SET, &pair(0, 0), &target));
	assert_eq!(check(&justification), Err(error));
	let equivocation = justify(SET, &voters(0), &target, &[(pair(0, 0), child)]);
	assert_eq!(check(&equivocation), Err(error));
}

#[test]
fn justification_should_be_refused_when_a_signature_is_wrong() {
	let error = JustificationError::BadSignature(voter(1));
	for other in [
		vote(SET - 1, &pair(0, 1), &family()[0]),
		vote(SET + 1, &pair(0, 1), &family()[0]),
		vote(SET, &pair(0, 2), &family()[0]),
		vote(SET, &pair(0, 1), &family()[1]),
	] {
		let mut justification = usual();
		justification.commit.precommits[1].signature = other.signature;
		assert_eq!(check(&justification), Err(error));
	}
	let mut justification = usual();
	justification.round += 1;
	assert_eq!(check(&justification), Err(JustificationError::BadSignature(voter(0))));
}

#[test]
fn justification_should_be_refused_when_a_vote_is_for_no_block_after_the_target() {
	let [target, child, ..] = family();
	let error = JustificationError::UnrelatedVote(voter(3));
	let before = header(6, Hash::zero(), vec![]);
	let beside = header(7, Hash::repeat_byte(1), vec![change(3)]);
	for other in [before, beside, child] {
		let mut justification = justify(SET, &voters(0), &target, &[]);
		justification.commit.precommits.push(vote(SET, &pair(0, 3), &other));
		assert_eq!(check(&justification), Err(error));
	}
}

#[test]
fn justification_should_be_refused_when_a_vote_has_another_number_than_its_block() {
	let [target, child, ..] = family();
	let sign = |mut block: Header, number| {
		let hash = block.hash();
		block.number = number;
		let precommit = finality_grandpa::Precommit { target_hash: hash, target_number: number };
		let message = finality_grandpa::Message::Precommit(precommit.clone());
		let message = sp_consensus_grandpa::localized_payload(ROUND, SET, &message);
		let signature = pair(0, 3).sign(&message).into();
		let id = pair(0, 3).public().into();
		finality_grandpa::SignedPrecommit { precommit, signature, id }
	};
	for (block, number) in [(&target, 8), (&child, 9)] {
		let mut justification = usual();
		justification.commit.precommits.push(sign(block.clone(), number));
		justification.votes_ancestries = vec![child.clone()];
		let error = JustificationError::UnrelatedVote(voter(3));
		assert_eq!(check(&justification), Err(error));
	}
}

#[test]
fn justification_should_be_refused_when_a_header_is_not_needed() {
	let [target, child, grandchild, other] = family();
	for surplus in [&target, &child, &other] {
		let mut justification = usual();
		justification.votes_ancestries.push(surplus.clone());
		let error = JustificationError::UnusedHeader(surplus.hash());
		assert_eq!(check(&justification), Err(error));
	}
	let mut justification = justify(SET, &voters(0), &target, &[(pair(0, 3), child.clone())]);
	justification.votes_ancestries.push(child.clone());
	assert_eq!(check(&justification), Err(JustificationError::UnusedHeader(child.hash())));
	justification.votes_ancestries[1] = grandchild.clone();
	assert_eq!(check(&justification), Err(JustificationError::UnusedHeader(grandchild.hash())));
}

#[test]
fn justification_should_be_refused_when_the_votes_weigh_too_little() {
	let error = JustificationError::NotEnoughVotes { weight: 2, threshold: 3 };
	assert_eq!(check(&justify(SET, &voters(0)[..2], &family()[0], &[])), Err(error));
	let mut heavy = set(SET, 0);
	heavy.authorities[3].1 = 2;
	let error = JustificationError::NotEnoughVotes { weight: 3, threshold: 4 };
	assert_eq!(verify(&usual(), &family()[0], &heavy), Err(error));
	let error = JustificationError::NotEnoughVotes { weight: 0, threshold: 3 };
	assert_eq!(check(&justify(SET, &[], &family()[0], &[])), Err(error));
}

#[test]
fn justification_should_be_refused_when_the_votes_finalize_a_later_block() {
	let [target, child, grandchild, other] = family();
	let ahead = [0, 1, 2].map(|index| (pair(0, index), child.clone()));
	let mut justification = justify(SET, &[pair(0, 3)], &target, &ahead);
	justification.votes_ancestries.truncate(1);
	assert_eq!(check(&justification), Err(JustificationError::AnotherBlock));
	// Nobody signs the target, so it is not what GRANDPA finalized.
	let ahead = [(pair(0, 0), grandchild), (pair(0, 1), child), (pair(0, 2), other)];
	let justification = justify(SET, &[], &target, &ahead);
	assert_eq!(check(&justification), Err(JustificationError::AnotherBlock));
}

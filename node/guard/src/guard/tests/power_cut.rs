//! That four validators, all of which are guarded, get finality going again after all of them ended at once.

use super::world::{at, keystore_of, target, Node};
use crate::{
	file::memory::Memory,
	record::Round,
	vote::{Kind, Target, Vote},
	voter::tests::{state, votes_in},
};
use std::collections::BTreeMap;

/// The set in which all of it happens.
const SET: u64 = 2;

/// How many of the four have to vote.
const QUORUM: usize = 3;

/// A validator. Its database has all its votes since the round that it has completed.
struct Validator {
	seed: u8,
	disk: Memory,
	completed: u64,
	votes: BTreeMap<u64, Round>,
	/// What it is and voted since it runs, and whether its voter has found the key.
	node: Node,
	has_key: bool,
	voted: Round,
}

impl Validator {
	/// Starts a validator whose database has forgotten everything since it had completed that round.
	fn start(seed: u8, disk: Memory, completed: u64, now: u64) -> Self {
		let node = Node::start_with(keystore_of(seed), &disk, now);
		let (votes, has_key, voted) = Default::default();
		let mut validator = Self { seed, disk, completed, votes, node, has_key, voted };
		let stored = state(&validator.node.grandpa, SET, completed, &validator.votes);
		if let Some(repaired) = validator.node.guard.reconcile(Some(&stored)).unwrap() {
			validator.votes = votes_in(&validator.node.grandpa, &repaired);
		}
		validator.node.move_to(at(SET, completed + 1));
		validator.node.pass(1);
		validator.begin(completed);
		validator
	}

	/// Begins the round after this one.
	fn begin(&mut self, completed: u64) {
		self.completed = completed;
		self.voted = Round::default();
		self.has_key = self.node.has_vote();
		self.node.move_to(at(SET, completed + 1));
	}

	/// Casts what it can in its round.
	fn vote(&mut self, number: u32) {
		let round = self.completed + 1;
		for kind in [Kind::Prevote, Kind::Precommit] {
			let is_held_back = kind == Kind::Prevote && !self.node.is_open();
			if !self.has_key || self.voted.get(kind).is_some() || is_held_back {
				continue;
			}
			if kind == Kind::Precommit && self.voted.prevote.is_none() {
				return;
			}
			let stored = self.votes.entry(round).or_default().get_mut(kind);
			let target = *stored.get_or_insert(target(number));
			let vote = Vote { position: at(SET, round), kind, target };
			assert!(self.node.cast(&vote), "the voter of {} ends", self.seed);
			*self.voted.get_mut(kind) = Some(target);
		}
	}
}

/// Everything that was sent: round, kind and validator -> for which block.
type Sent = BTreeMap<(u64, Kind, u8), Target>;

/// Lets seconds pass. The number of a block in a vote depends on `salt`, so that votes that are cast anew differ.
fn pass(validators: &mut [Validator], seconds: u64, salt: u32, sent: &mut Sent) {
	for second in 0..seconds {
		for validator in &mut *validators {
			validator.node.pass(1);
			validator.vote(salt + u32::try_from(second).unwrap());
			let Validator { seed, completed, voted, .. } = *validator;
			for kind in [Kind::Prevote, Kind::Precommit] {
				let Some(target) = voted.get(kind) else { continue };
				let before = sent.insert((completed + 1, kind, seed), target);
				assert!(before.is_none_or(|before| before == target), "{seed} voted twice");
			}
		}
		let has_quorum = |round: u64| {
			let precommits =
				validators.iter().map(|validator| (round, Kind::Precommit, validator.seed));
			precommits.filter(|vote| sent.contains_key(vote)).count() >= QUORUM
		};
		// Whoever has not seen the end of a round gets to it by catching up.
		let last = (1..10_000).take_while(|round| has_quorum(*round)).last().unwrap_or(0);
		for validator in &mut *validators {
			if validator.completed < last {
				validator.begin(last);
			}
		}
	}
}

/// Has all end at once. Each forgets so many rounds, and they start again after so many seconds.
fn power_cut(forgotten: [u64; 4], pause: u64) {
	let mut sent = Sent::new();
	let start = |(seed, disk): (u8, Memory), completed| Validator::start(seed, disk, completed, 0);
	let disks = (1..=4).map(|seed| (seed, Memory::default()));
	let mut validators: Vec<_> = disks.map(|disk| start(disk, 0)).collect();
	for validator in &mut validators {
		validator.node.best(0);
	}
	pass(&mut validators, 40, 0, &mut sent);
	// In the middle of a round, in which some have voted.
	validators[0].vote(77);
	validators[1].vote(78);
	let before = validators[0].completed;
	assert!(before > 20, "finality goes on");
	for Validator { seed, completed, voted, .. } in &validators {
		for kind in [Kind::Prevote, Kind::Precommit] {
			if let Some(target) = voted.get(kind) {
				sent.insert((completed + 1, kind, *seed), target);
			}
		}
	}

	let disks: Vec<_> = validators.into_iter().map(|v| (v.seed, v.disk, v.completed)).collect();
	let restart = |((seed, disk, completed), forgotten): ((u8, Memory, u64), u64)| {
		Validator::start(seed, disk, completed - forgotten, 40 + pause)
	};
	let mut validators: Vec<_> = disks.into_iter().zip(forgotten).map(restart).collect();
	pass(&mut validators, 200, 1_000, &mut sent);

	let after = validators[0].completed;
	assert!(after > before + 20, "round {before} before, {after} after");
}

#[test]
fn finality_should_go_on_when_all_were_restarted_soon() {
	power_cut([0, 0, 0, 0], 5);
}

#[test]
fn finality_should_go_on_when_all_were_away_for_an_hour() {
	power_cut([0, 0, 0, 0], 3_600);
}

#[test]
fn finality_should_go_on_when_all_databases_lost_rounds() {
	for pause in [5, 3_600] {
		power_cut([1, 1, 1, 1], pause);
		power_cut([3, 0, 2, 1], pause);
		power_cut([10, 10, 10, 10], pause);
	}
}

#[test]
fn finality_should_go_on_when_one_database_lost_everything() {
	power_cut([20, 0, 0, 1], 5);
}

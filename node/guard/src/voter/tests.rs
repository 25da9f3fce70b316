//! What database and record make of each other.
//!
//! `stored.hex` is what a development node of this chain had in its database when it was killed, between prevote and
//! precommit of round 44 of set 0.

use super::*;
use crate::refused::Refused;
use sp_core::ed25519;

/// The state of a voter of this set that has completed this round, with these votes of `key` in the rounds since.
pub(crate) fn state(
	key: &GrandpaKey,
	set: SetId,
	completed: RoundNumber,
	votes: &BTreeMap<RoundNumber, Round>,
) -> Vec<u8> {
	let base = (Hash::zero(), 0);
	let round = CompletedRound {
		number: completed,
		state: RoundState::genesis(base),
		base,
		votes: Vec::new(),
	};
	let completed = CompletedRounds { rounds: vec![round], set, voters: vec![key.clone()] };
	let voted = |round: &Round| match Ballot::of(round) {
		Some(ballot) => HasVoted::Yes(key.clone(), ballot),
		None => HasVoted::No,
	};
	let current = votes.iter().map(|(number, round)| (*number, voted(round))).collect();
	VoterState::Live { completed, current }.encode()
}

/// The votes of `key` in a state.
pub(crate) fn votes_in(key: &GrandpaKey, bytes: &[u8]) -> BTreeMap<RoundNumber, Round> {
	let mut rounds = BTreeMap::<_, Round>::new();
	for (number, voted) in current(bytes) {
		let HasVoted::Yes(owner, ballot) = voted else { continue };
		assert_eq!(owner, *key);
		for (kind, target) in ballot.votes() {
			*rounds.entry(number).or_default().get_mut(kind) = Some(target);
		}
	}
	rounds
}

/// The set and the round in which the node was killed.
const KILLED_IN: Position = Position { set: 0, round: 44 };

fn stored() -> Vec<u8> {
	hex::decode(include_str!("stored.hex").trim()).unwrap()
}

/// The GRANDPA key of //Alice.
fn alice() -> GrandpaKey {
	let key =
		hex::decode("88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee").unwrap();
	ed25519::Public::try_from(&key[..]).unwrap().into()
}

fn bob() -> GrandpaKey {
	ed25519::Public::from([2; 32]).into()
}

/// What the node prevoted for.
fn block_18() -> Target {
	let hash = "0d3c300c08b44d8a9998ddb69b28f9e929c7568c8d4935d6ebdfc097503726a3";
	Target { hash: Hash::from_slice(&hex::decode(hash).unwrap()), number: 18 }
}

fn target(number: u32) -> Target {
	Target { hash: Hash::from_low_u64_be(number.into()), number }
}

fn vote(round: u64, kind: Kind, target: Target) -> Vote {
	Vote { position: Position { set: 0, round }, kind, target }
}

fn record_of(key: &GrandpaKey, votes: &[Vote]) -> Record {
	let mut record = Record::default();
	for vote in votes {
		record.cast(key, vote).unwrap();
	}
	record
}

/// What the voter will find of its own votes in each round.
fn current(bytes: &[u8]) -> BTreeMap<RoundNumber, HasVoted> {
	match VoterState::decode_all(&mut &bytes[..]).unwrap() {
		VoterState::Live { current, .. } => current,
		VoterState::Paused { .. } => panic!("it is live"),
	}
}

fn yes(ballot: Ballot) -> HasVoted {
	HasVoted::Yes(alice(), ballot)
}

#[test]
fn state_should_be_read_and_written_as_the_voter_does() {
	let state = VoterState::decode_all(&mut &stored()[..]).unwrap();

	assert_eq!(state.encode(), stored());
	let VoterState::Live { completed, current } = state else { panic!("it is live") };
	assert_eq!(completed.voters, [alice()]);
	let rounds: Vec<_> = completed.rounds.iter().map(|round| round.number).collect();
	assert_eq!(rounds, [43, 42]);
	assert_eq!(current, [(44, yes(Ballot::Prevote(None, block_18())))].into());
}

#[test]
fn record_should_learn_what_only_the_database_has() {
	let mut record = Record::default();

	let reconciled = reconcile(Some(&stored()), &mut record);

	assert_eq!(reconciled, Reconciled { stored: None, is_unknown: false, behind: BTreeMap::new() });
	assert_eq!(record.grandpa[&alice()].get(KILLED_IN, Kind::Prevote), Some(block_18()));
	let refused = record.cast(&alice(), &vote(44, Kind::Prevote, target(19))).unwrap_err();
	assert!(matches!(refused, Refused::Conflict { .. }), "{refused}");
}

#[test]
fn nothing_should_change_when_both_say_the_same() {
	let mut record = record_of(&alice(), &[vote(44, Kind::Prevote, block_18())]);
	let before = record.clone();

	let reconciled = reconcile(Some(&stored()), &mut record);

	assert_eq!(reconciled.stored, None);
	assert_eq!(reconciled.behind, BTreeMap::new());
	assert_eq!(record, before);
}

#[test]
fn votes_should_be_put_back_when_the_database_lost_them() {
	let cast = [
		vote(43, Kind::Precommit, target(17)),
		vote(44, Kind::Propose, target(16)),
		vote(44, Kind::Prevote, block_18()),
		vote(44, Kind::Precommit, target(18)),
		vote(45, Kind::Prevote, target(19)),
		vote(46, Kind::Propose, target(18)),
	];
	let mut record = record_of(&alice(), &cast);

	let reconciled = reconcile(Some(&stored()), &mut record);

	let found = current(&reconciled.stored.expect("some were lost"));
	let expected = [
		(44, yes(Ballot::Precommit(Some(target(16)), block_18(), target(18)))),
		(45, yes(Ballot::Prevote(None, target(19)))),
		(46, yes(Ballot::Propose(target(18)))),
	];
	assert_eq!(found, expected.into());
	assert_eq!(reconciled.behind, BTreeMap::new());
}

#[test]
fn the_rest_of_the_state_should_stay_when_votes_are_put_back() {
	let mut record = record_of(&alice(), &[vote(44, Kind::Prevote, target(9))]);

	let bytes = reconcile(Some(&stored()), &mut record).stored.expect("the vote differs");

	let (VoterState::Live { completed, .. }, VoterState::Live { completed: before, .. }) = (
		VoterState::decode_all(&mut &bytes[..]).unwrap(),
		VoterState::decode_all(&mut &stored()[..]).unwrap(),
	) else {
		panic!("both are live")
	};
	assert_eq!(completed, before);
}

#[test]
fn record_should_be_right_when_the_votes_differ() {
	// The node was killed once before the database had its vote, and once more when that was refused.
	let mut record = record_of(&alice(), &[vote(44, Kind::Prevote, target(9))]);

	let reconciled = reconcile(Some(&stored()), &mut record);

	let found = current(&reconciled.stored.expect("the vote differs"));
	assert_eq!(found[&44], yes(Ballot::Prevote(None, target(9))));
}

#[test]
fn voter_should_be_kept_from_voting_when_the_database_is_too_old() {
	let mut record = Record::default();
	for round in 44..44 + 20 {
		record.cast(&alice(), &vote(round, Kind::Prevote, target(18))).unwrap();
	}
	let floor = record.grandpa[&alice()].floor().unwrap();
	assert!(floor >= KILLED_IN);

	let reconciled = reconcile(Some(&stored()), &mut record);

	assert_eq!(reconciled.stored, None);
	assert_eq!(reconciled.behind, [(alice(), Position { set: 0, round: 63 })].into());
}

#[test]
fn voter_should_be_kept_from_voting_when_the_votes_are_in_a_later_set() {
	let position = Position { set: 1, round: 2 };
	let cast = Vote { position, kind: Kind::Prevote, target: target(30) };
	let mut record = record_of(&alice(), &[cast]);

	let reconciled = reconcile(Some(&stored()), &mut record);

	assert_eq!(reconciled.behind, [(alice(), position)].into());
}

#[test]
fn voter_should_be_kept_from_voting_when_the_votes_make_no_ballot() {
	// As after an import of a file that somebody has edited.
	let mut record = record_of(&bob(), &[vote(45, Kind::Precommit, target(30))]);

	let reconciled = reconcile(Some(&stored()), &mut record);

	assert_eq!(reconciled.behind, [(bob(), Position { set: 0, round: 45 })].into());
	assert_eq!(reconciled.stored, None);
}

#[test]
fn voter_should_be_kept_from_voting_when_another_key_has_the_round() {
	let mut record = record_of(&bob(), &[vote(44, Kind::Prevote, target(30))]);

	let reconciled = reconcile(Some(&stored()), &mut record);

	assert_eq!(reconciled.behind, [(bob(), KILLED_IN)].into());
	assert_eq!(reconciled.stored, None);
}

#[test]
fn votes_in_rounds_that_are_over_should_be_left_alone() {
	let cast = [vote(42, Kind::Prevote, target(1)), vote(43, Kind::Prevote, target(2))];
	let mut record = record_of(&bob(), &cast);

	let reconciled = reconcile(Some(&stored()), &mut record);

	assert_eq!(reconciled, Reconciled { stored: None, is_unknown: false, behind: BTreeMap::new() });
}

#[test]
fn voter_should_be_kept_from_voting_when_the_database_is_empty() {
	let mut record = record_of(&alice(), &[vote(1, Kind::Prevote, target(1))]);
	record.admit(&crate::record::Key::Grandpa(bob()));

	let reconciled = reconcile(None, &mut record);

	let behind = [(alice(), Position { set: 0, round: 1 })].into();
	assert_eq!(reconciled, Reconciled { stored: None, is_unknown: false, behind });
}

#[test]
fn voter_should_be_kept_from_voting_when_the_state_is_unknown() {
	let VoterState::Live { completed, .. } = VoterState::decode_all(&mut &stored()[..]).unwrap()
	else {
		panic!("it is live")
	};
	let paused = VoterState::Paused { completed }.encode();
	let cut = stored()[..stored().len() - 1].to_vec();
	for bytes in [paused, cut, [stored(), vec![0]].concat(), Vec::new()] {
		let mut record = record_of(&alice(), &[vote(7, Kind::Prevote, target(1))]);

		let reconciled = reconcile(Some(&bytes), &mut record);

		assert!(reconciled.is_unknown);
		assert_eq!(reconciled.stored, None);
		assert_eq!(reconciled.behind, [(alice(), Position { set: 0, round: 7 })].into());
	}
}

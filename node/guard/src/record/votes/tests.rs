//! Which votes may be cast after which.

use super::*;
use aitbc_core::Hash;
use proptest::prelude::*;

fn at(set: u64, round: u64) -> Position {
	Position { set, round }
}

fn target(number: u32) -> Target {
	Target { hash: Hash::from_low_u64_be(number.into()), number }
}

fn vote(position: Position, kind: Kind, number: u32) -> Vote {
	Vote { position, kind, target: target(number) }
}

#[test]
fn cast_should_be_new_once_and_the_same_again() {
	let mut votes = Votes::default();
	let prevote = vote(at(0, 1), Kind::Prevote, 7);

	assert!(matches!(votes.cast(&prevote), Ok(Cast::New)));
	let before = votes.clone();
	assert!(matches!(votes.cast(&prevote), Ok(Cast::Again)));

	assert_eq!(votes, before);
}

#[test]
fn cast_should_be_refused_when_the_same_kind_was_cast_for_another_block() {
	for kind in Kind::ALL {
		let mut votes = Votes::default();
		votes.cast(&vote(at(0, 1), kind, 7)).unwrap();
		let before = votes.clone();

		let other = vote(at(0, 1), kind, 8);
		let refused = votes.cast(&other).unwrap_err();

		assert!(
			matches!(refused, Refused::Conflict { vote, signed } if vote == other && signed == target(7)),
			"{refused}"
		);
		assert_eq!(votes, before);
	}
}

#[test]
fn cast_should_be_refused_when_hash_or_number_alone_differs() {
	let mut votes = Votes::default();
	let cast = vote(at(0, 1), Kind::Precommit, 7);
	votes.cast(&cast).unwrap();

	for other in [Target { number: 8, ..target(7) }, Target { number: 7, ..target(8) }] {
		assert!(votes.cast(&Vote { target: other, ..cast }).is_err(), "{other}");
	}
}

#[test]
fn kinds_and_sets_should_not_be_in_each_others_way() {
	let mut votes = Votes::default();
	for (number, position) in [at(1, 1), at(0, 1), at(0, 2)].into_iter().enumerate() {
		for (index, kind) in Kind::ALL.into_iter().enumerate() {
			let number = u32::try_from(3 * number + index).unwrap();
			votes.cast(&vote(position, kind, number)).unwrap();
		}
	}
	assert_eq!(votes.rounds().count(), 3);
	assert_eq!(votes.top(), Some(at(1, 1)));
	assert_eq!(votes.get(at(0, 2), Kind::Prevote), Some(target(7)));
}

#[test]
fn cast_should_be_allowed_in_an_earlier_round_that_has_no_vote() {
	let mut votes = Votes::default();
	votes.cast(&vote(at(0, 9), Kind::Prevote, 9)).unwrap();

	// As a round in the background does, after the voter has caught up.
	assert!(matches!(votes.cast(&vote(at(0, 5), Kind::Precommit, 5)), Ok(Cast::New)));
}

#[test]
fn cast_should_be_refused_when_the_round_is_forgotten() {
	let mut votes = Votes::default();
	let first = vote(at(3, 1), Kind::Prevote, 0);
	votes.cast(&first).unwrap();
	for round in 2..=u64::try_from(KEPT_ROUNDS).unwrap() {
		votes.cast(&vote(at(3, round), Kind::Prevote, 0)).unwrap();
	}
	assert_eq!(votes.floor(), None);
	votes.cast(&first).unwrap();

	votes.cast(&vote(at(4, 1), Kind::Prevote, 0)).unwrap();

	assert_eq!(votes.floor(), Some(at(3, 1)));
	assert_eq!(votes.rounds().count(), KEPT_ROUNDS);
	for position in [at(0, 999), at(3, 0), at(3, 1)] {
		let refused = votes.cast(&vote(position, Kind::Prevote, 0)).unwrap_err();
		assert!(
			matches!(refused, Refused::Forgotten { floor, .. } if floor == at(3, 1)),
			"{refused}"
		);
	}
}

#[test]
fn cast_should_be_forgotten_at_once_when_it_is_the_lowest_of_too_many() {
	let mut votes = Votes::default();
	for round in 10..10 + u64::try_from(KEPT_ROUNDS).unwrap() {
		votes.cast(&vote(at(0, round), Kind::Prevote, 0)).unwrap();
	}

	let late = vote(at(0, 3), Kind::Precommit, 0);
	assert!(matches!(votes.cast(&late), Ok(Cast::New)));

	assert_eq!(votes.floor(), Some(at(0, 3)));
	assert!(matches!(votes.cast(&late), Err(Refused::Forgotten { .. })));
}

#[test]
fn merge_should_spoil_the_round_when_the_votes_differ() {
	let (mut ours, mut theirs) = (Votes::default(), Votes::default());
	ours.cast(&vote(at(0, 1), Kind::Prevote, 1)).unwrap();
	ours.cast(&vote(at(0, 2), Kind::Prevote, 2)).unwrap();
	ours.cast(&vote(at(0, 3), Kind::Prevote, 3)).unwrap();
	theirs.cast(&vote(at(0, 2), Kind::Prevote, 20)).unwrap();

	let conflicts = ours.merge(&theirs);

	let conflict = (vote(at(0, 2), Kind::Prevote, 2), vote(at(0, 2), Kind::Prevote, 20));
	assert_eq!(conflicts, [conflict]);
	assert_eq!(ours.floor(), Some(at(0, 2)));
	assert_eq!(ours.get(at(0, 3), Kind::Prevote), Some(target(3)));
}

#[test]
fn new_should_refuse_what_no_votes_can_be() {
	let rounds = |from: u64, count: usize| {
		(from..).take(count).map(|round| (at(0, round), Round::default())).collect()
	};

	assert!(Votes::new(true, Some(at(0, 4)), rounds(5, KEPT_ROUNDS)).is_some());
	assert!(Votes::new(true, Some(at(0, 5)), rounds(5, KEPT_ROUNDS)).is_none());
	assert!(Votes::new(true, None, rounds(5, KEPT_ROUNDS + 1)).is_none());
}

/// Any vote of a small world, so that many meet.
fn any_vote() -> impl Strategy<Value = Vote> {
	let kind = proptest::sample::select(&Kind::ALL[..]);
	(0..3_u64, 1..12_u64, kind, 0..3_u32)
		.prop_map(|(set, round, kind, number)| vote(at(set, round), kind, number))
}

fn any_votes() -> impl Strategy<Value = (Votes, Vec<Vote>)> {
	proptest::collection::vec(any_vote(), 0..60).prop_map(|attempts| {
		let mut votes = Votes::default();
		let cast = attempts.into_iter().filter(|vote| votes.cast(vote).is_ok()).collect();
		(votes, cast)
	})
}

proptest! {
	#[test]
	fn no_two_votes_that_were_cast_should_conflict((votes, cast) in any_votes()) {
		for (index, first) in cast.iter().enumerate() {
			for second in &cast[index..] {
				let is_same_place = first.position == second.position && first.kind == second.kind;
				prop_assert!(!is_same_place || first.target == second.target);
			}
		}
		prop_assert!(votes.rounds().count() <= KEPT_ROUNDS);
		prop_assert!(votes.rounds().all(|(position, _)| Some(position) > votes.floor()));
	}

	#[test]
	fn merged_votes_should_refuse_what_either_refuses(
		(ours, _) in any_votes(),
		(theirs, _) in any_votes(),
		next in any_vote(),
	) {
		let mut merged = ours.clone();
		merged.merge(&theirs);

		let is_refused = |votes: &Votes| votes.clone().cast(&next).is_err();
		if is_refused(&ours) || is_refused(&theirs) {
			prop_assert!(is_refused(&merged));
		}
		prop_assert!(merged.floor() >= ours.floor().max(theirs.floor()));
		prop_assert!(merged.rounds().count() <= KEPT_ROUNDS);
	}

	#[test]
	fn merged_votes_should_be_the_same_when_merged_again((ours, _) in any_votes(), (theirs, _) in any_votes()) {
		let mut merged = ours;
		merged.merge(&theirs);
		let mut again = merged.clone();

		prop_assert_eq!(again.merge(&theirs), Vec::new());
		prop_assert_eq!(again, merged);
	}
}

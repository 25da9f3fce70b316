//! Tests of what a jury comes to, and of which votes agree with it.

use crate::{mock::*, *};
use aitbc_core::{Choice, Sides};
use sp_runtime::Perbill;

/// What votes come to of which each has so many seats.
fn of(votes: &[(Choice, u32)]) -> Option<Outcome> {
	Outcome::of(votes.iter().copied())
}

/// A refusal by so many seats.
fn refuse(seats: u32) -> (Choice, u32) {
	(Choice::Refuse, seats)
}

#[test]
fn outcome_should_be_the_median_when_there_are_votes() {
	for (votes, percent) in [
		(&[(3, 1)][..], 30),
		(&[(10, 1), (9, 1), (2, 1)], 90),
		(&[(0, 1), (10, 1), (0, 1)], 0),
		(&[(0, 1), (5, 1), (10, 1)], 50),
		// Of an even number, the middle of the two in the middle.
		(&[(10, 1), (0, 1)], 50),
		(&[(10, 1), (9, 1)], 95),
		(&[(1, 1), (2, 1), (7, 1), (9, 1)], 45),
		// Seats count, whoever has them.
		(&[(10, 2), (0, 1)], 100),
		(&[(0, 1), (10, 1), (4, 2)], 40),
		(&[(0, 2), (10, 2)], 50),
		(&[(0, 3), (10, 2), (9, 2)], 90),
		(&[(0, 3), (10, 2), (9, 1)], 45),
		(&[(1, 8), (9, 7)], 10),
	] {
		let mut votes: Vec<_> = votes.iter().map(|(said, seats)| (share(*said), *seats)).collect();
		for _ in 0..votes.len() {
			assert_eq!(of(&votes), Some(outcome(percent)), "{votes:?}");
			votes.rotate_left(1);
		}
		votes.reverse();
		assert_eq!(of(&votes), Some(outcome(percent)), "{votes:?}");
	}
}

#[test]
fn outcome_should_be_a_refusal_when_more_than_half_refuse() {
	for (votes, expected) in [
		(&[refuse(1)][..], Outcome::Refused),
		(&[refuse(2), (share(10), 1)], Outcome::Refused),
		(&[refuse(1), (share(10), 1), refuse(1)], Outcome::Refused),
		(&[refuse(1), (share(10), 1)], outcome(100)),
		(&[refuse(1), (share(10), 1), (share(2), 1)], outcome(60)),
		(&[refuse(3), (share(10), 1), (share(2), 2)], outcome(20)),
		(&[refuse(4), (share(10), 1), (share(2), 2)], Outcome::Refused),
	] {
		assert_eq!(of(votes), Some(expected), "{votes:?}");
	}
}

#[test]
fn outcome_should_be_none_when_nobody_votes() {
	assert_eq!(of(&[]), None);
}

#[test]
fn votes_should_agree_when_they_are_within_a_tenth() {
	for (percent, agreeing) in [
		(0, 0..=1),
		(50, 4..=6),
		(100, 9..=10),
		// The middle of two votes that are one tenth apart, and of two that are further apart.
		(55, 5..=6),
		(45, 4..=5),
	] {
		for said in 0..=10 {
			assert_eq!(
				outcome(percent).agrees_with(share(said)),
				agreeing.contains(&said),
				"{said} tenths and {percent} percent"
			);
		}
		assert!(!outcome(percent).agrees_with(Choice::Refuse));
		assert!(!Outcome::Refused.agrees_with(share(percent as u8 / 10)));
	}
	assert!(Outcome::Refused.agrees_with(Choice::Refuse));
}

#[test]
fn votes_should_not_agree_when_they_are_a_billionth_too_far() {
	let measure = |parts| Outcome::ClientShare(Perbill::from_parts(parts));
	assert!(measure(300_000_000).agrees_with(share(2)));
	assert!(!measure(300_000_001).agrees_with(share(2)));
	assert!(measure(100_000_000).agrees_with(share(2)));
	assert!(!measure(99_999_999).agrees_with(share(2)));
}

#[test]
fn claims_should_decide_who_loses() {
	use aitbc_core::Party::{Client, Provider};
	build_and_execute(|| {
		for (client, provider, percent, loser) in [
			(10, 0, 90, Some(Provider)),
			(10, 0, 10, Some(Client)),
			(10, 0, 50, None),
			(8, 3, 55, None),
			(8, 3, 54, Some(Client)),
			(8, 3, 100, Some(Provider)),
			(5, 5, 0, None),
			// Each leaves the other more than it asks for.
			(2, 9, 20, Some(Provider)),
		] {
			let case = case(Trial::claiming(client, provider).open());
			let claims = Sides { client: Some(tenths(client)), provider: Some(tenths(provider)) };
			let case = Case { claims, ..case };
			assert_eq!(case.loser(Perbill::from_percent(percent)), loser);
		}
	});
}

#[test]
fn claims_should_be_for_everything_when_none_is_filed() {
	use aitbc_core::Party::{Client, Provider};
	build_and_execute(|| {
		let case_of = |opener| case(Trial::claiming(6, 2).by(opener).open());
		assert_eq!(case_of(Client).claim(Provider), tenths(0));
		assert_eq!(case_of(Client).default_split(), Perbill::from_percent(30));
		assert_eq!(case_of(Provider).claim(Client), tenths(10));
		assert_eq!(case_of(Provider).default_split(), Perbill::from_percent(60));
	});
}

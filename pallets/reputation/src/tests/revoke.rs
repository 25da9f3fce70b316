//! Tests of `revoke`.

use crate::{mock::*, *};
use aitbc_reputation::Component;
use frame_support::{assert_noop, assert_ok};

#[test]
fn revoke_should_flag_the_feedback_and_take_its_evidence_out_when_the_author_asks() {
	build_and_execute(|| {
		let before = record(AGENT);
		give_feedback(CLIENT, rating());
		reset_events();

		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));

		assert!(entry(CLIENT, FIRST).is_revoked);
		assert_eq!(component(AGENT, Component::Quality), (0, None));
		assert_eq!(component(AGENT, Component::Completion), (WEIGHT, percent(100)));
		assert_eq!(Summaries::<Test>::iter().count(), 0);
		assert_eq!(held(CLIENT), feedback_deposit(ENDPOINT.len(), URI.len()));
		assert_eq!(record(AGENT).generation, before.generation);
		let revoked = Event::FeedbackRevoked { agent: AGENT, author: CLIENT, index: FIRST };
		assert_eq!(events(), [revoked]);
	});
}

#[test]
fn revoke_should_leave_the_other_ratings_when_there_are_some() {
	build_and_execute(|| {
		give_feedback(CLIENT, rated(0));
		give_feedback(STRANGER, rated(90));
		wait(321);

		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));

		let (evidence, mean) = component(AGENT, Component::Quality);
		let alone = aitbc_reputation::retained(321, HALF_LIFE).floor(WEIGHT);
		assert!(evidence.abs_diff(alone) < 5);
		let (mean, ninety) = (mean.expect("one is left"), percent(90).expect("some"));
		assert!(mean <= ninety && (ninety - mean).deconstruct() < 2, "{mean:?}");
		for topic in [ALL_ACCURACY, TRANSLATION_ACCURACY] {
			let summary = Summaries::<Test>::get(AGENT, topic).expect("one is left");
			assert_eq!(summary.aggregate.count(), 1);
		}
	});
}

#[test]
fn revoke_should_take_out_a_quarter_when_the_agent_was_sold_since() {
	build_and_execute(|| {
		give_feedback(CLIENT, rated(0));
		give_feedback(STRANGER, rated(100));
		transfer(AGENT, BUYER);

		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));

		let (evidence, mean) = component(AGENT, Component::Quality);
		assert_eq!((evidence, mean), (WEIGHT / 4, percent(100)));
		let summary = Summaries::<Test>::get(AGENT, ALL_ACCURACY).expect("one is left");
		assert_eq!(summary.generation, Generation(1));
		assert_eq!(summary.aggregate.evidence(START, HALF_LIFE), WEIGHT / 4);
		assert_eq!(summary.aggregate.mean(), percent(100));
	});
}

#[test]
fn revoke_should_work_when_the_agent_is_gone() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		remove_agent(AGENT);
		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));
	});
}

/// The half-life is governed; what a revocation takes out goes by the present one, and may then be
/// more than what is left.
#[test]
fn revoke_should_leave_sound_evidence_when_the_half_life_changed() {
	for half_life in [1, HALF_LIFE / 2, 2 * HALF_LIFE, u32::MAX] {
		new_test_ext().execute_with(|| {
			give_feedback(CLIENT, rated(100));
			give_feedback(STRANGER, rated(50));
			wait(HALF_LIFE);
			HalfLife::set(&half_life);

			assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));

			assert_ok!(Reputation::do_try_state());
		});
	}
}

#[test]
fn revoke_should_fail_when_there_is_no_such_feedback() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		for (author, agent, index) in [
			(CLIENT, AGENT, SECOND),
			(CLIENT, AGENT, Default::default()),
			(CLIENT, HIRER, FIRST),
			(STRANGER, AGENT, FIRST),
			(OWNER, AGENT, FIRST),
			(WALLET, AGENT, FIRST),
		] {
			assert_noop!(
				Reputation::revoke(signed(author), agent, index),
				Error::<Test>::FeedbackNotFound
			);
		}
	});
}

#[test]
fn revoke_should_fail_when_the_feedback_is_revoked() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));
		assert_noop!(
			Reputation::revoke(signed(CLIENT), AGENT, FIRST),
			Error::<Test>::AlreadyRevoked
		);
	});
}

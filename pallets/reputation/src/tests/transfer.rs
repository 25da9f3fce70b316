//! Tests of what a change of owner does.

use crate::{mock::*, *};
use aitbc_reputation::Component;
use aitbc_traits::ReputationInspect;
use frame_support::assert_ok;

#[test]
fn transfer_should_quarter_the_standing_and_keep_the_means() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		let counters = record(AGENT).counters;
		reset_events();

		transfer(AGENT, BUYER);

		assert_eq!(component(AGENT, Component::Completion), (WEIGHT / 4, percent(100)));
		assert_eq!(component(AGENT, Component::Quality), (WEIGHT / 4, percent(80)));
		assert_eq!(record(AGENT).counters, counters);
		assert_eq!(record(AGENT).generation, Generation(1));
		let quartered = Event::EvidenceQuartered { agent: AGENT, generation: Generation(1) };
		assert_eq!(events(), [quartered]);
	});
}

#[test]
fn transfer_should_lower_the_lower_bound_and_keep_the_mean() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		let (mean, bound) = (Reputation::mean(AGENT), Reputation::lower_bound(AGENT));

		transfer(AGENT, BUYER);

		assert_eq!(Reputation::mean(AGENT), mean);
		assert!(Reputation::lower_bound(AGENT) < bound);
	});
}

#[test]
fn transfer_should_quarter_the_summaries_when_they_are_read() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		for quarterings in 1..=3 {
			transfer(AGENT, BUYER);
			let summary = Reputation::summary(AGENT, ACCURACY, None);
			assert_eq!(summary.count, 1);
			assert_eq!(summary.evidence, WEIGHT >> (2 * quarterings));
		}
		let stored = Summaries::<Test>::get(AGENT, ALL_ACCURACY).expect("it is summed up");
		assert_eq!(stored.generation, Generation(0), "reading writes nothing");
	});
}

#[test]
fn transfer_should_quarter_the_summaries_for_good_when_they_are_written() {
	build_and_execute(|| {
		give_feedback(CLIENT, rated(0));
		transfer(AGENT, BUYER);
		set_agent(AGENT, BUYER, Some(WALLET));

		give_feedback(STRANGER, rated(100));

		let stored = Summaries::<Test>::get(AGENT, ALL_ACCURACY).expect("it is summed up");
		assert_eq!(stored.generation, Generation(1));
		// A quarter of the old evidence, at 0, and all of the new, at 100.
		assert_eq!(stored.aggregate.evidence(START, HALF_LIFE), WEIGHT / 4 + WEIGHT);
		assert_eq!(stored.aggregate.mean(), percent(80));
		assert_eq!(component(AGENT, Component::Quality), (WEIGHT / 4 + WEIGHT, percent(80)));
	});
}

#[test]
fn transfer_should_leave_evidence_that_can_be_taken_out_when_there_were_very_many() {
	build_and_execute(|| {
		give_feedback(CLIENT, rated(0));
		for _ in 0..70 {
			transfer(AGENT, BUYER);
		}
		set_agent(AGENT, BUYER, Some(WALLET));
		give_feedback(STRANGER, rated(100));

		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));

		assert_eq!(component(AGENT, Component::Quality), (WEIGHT, percent(100)));
		assert_eq!(Reputation::summary(AGENT, ACCURACY, None).count, 1);
	});
}

#[test]
fn transfer_should_be_remembered_when_there_is_no_evidence_yet() {
	build_and_execute(|| {
		transfer(AGENT, BUYER);
		assert_eq!(record(AGENT).generation, Generation(1));
		assert_eq!(Reputation::evidence(AGENT), 0);
	});
}

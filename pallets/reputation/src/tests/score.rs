//! Tests of scores and summaries.

use crate::{mock::*, *};
use aitbc_core::{money::AIT, Decimal};
use aitbc_reputation::{lower_bound, Component, Level};
use aitbc_traits::ReputationInspect;
use frame_support::assert_ok;
use sp_runtime::Perbill;

/// A number with 18 decimals, as summaries have it.
fn decimal(whole: i128) -> Option<Decimal> {
	Some(Decimal { value: whole * 10i128.pow(18), decimals: 18 })
}

#[test]
fn score_should_be_the_lowest_when_nothing_is_known() {
	build_and_execute(|| {
		let score = Reputation::score(AGENT);
		assert_eq!((score.mean, score.lower_bound), (None, Perbill::zero()));
		assert_eq!((score.evidence, score.level), (0, Level::Beginner));
		assert_eq!(score.counters, Counters::default());
		assert!(score.components.iter().all(|one| one.mean.is_none() && one.evidence == 0));
		assert_eq!(Reputation::lower_bound(AGENT), Perbill::zero());
		assert_eq!(Reputation::mean(AGENT), None);
		assert_eq!(Reputation::evidence(AGENT), 0);
	});
}

#[test]
fn score_should_tell_what_it_is_made_of() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());

		let score = Reputation::score(AGENT);

		// Of weights .30, .25, .20 and .15, only quality is at 80: 0.85 / 0.90.
		let mean = Perbill::from_parts(944_444_444);
		assert_eq!(score.mean, Some(mean));
		// 0.90 of the weight, since nobody has said anything on feedback.
		let evidence = WEIGHT / 10 * 9;
		assert_eq!(score.evidence, evidence);
		assert_eq!(score.lower_bound, lower_bound(mean, evidence, 10 * AIT));
		assert_eq!(score.level, Level::of(score.lower_bound));
		assert_eq!(score.generation, Generation(0));
		assert_eq!(score.counters.completed, 1);
		let expected = [
			(Component::Completion, percent(100), WEIGHT, 30),
			(Component::Quality, percent(80), WEIGHT, 25),
			(Component::Timeliness, percent(100), WEIGHT, 20),
			(Component::Disputes, percent(100), WEIGHT, 15),
			(Component::Feedback, None, 0, 10),
		]
		.map(|(component, mean, evidence, weight)| ComponentInfo {
			component,
			mean,
			evidence,
			weight: Perbill::from_percent(weight),
		});
		assert_eq!(score.components, expected);
	});
}

#[test]
fn inspection_should_agree_with_the_score() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		wait(123);
		let score = Reputation::score(AGENT);
		assert_eq!(Reputation::mean(AGENT), score.mean);
		assert_eq!(Reputation::lower_bound(AGENT), score.lower_bound);
		assert_eq!(Reputation::evidence(AGENT), score.evidence);
	});
}

#[test]
fn lower_bound_should_fall_and_the_mean_stay_when_time_passes() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		let (mean, mut bound) = (Reputation::mean(AGENT), Reputation::lower_bound(AGENT));
		for _ in 0..10 {
			wait(HALF_LIFE);
			let later = Reputation::lower_bound(AGENT);
			assert!(later < bound);
			assert_eq!(Reputation::mean(AGENT), mean);
			bound = later;
		}
	});
}

#[test]
fn lower_bound_should_rise_when_many_pay_for_good_work() {
	build_and_execute(|| {
		let mut bound = Perbill::zero();
		for client in 100..140 {
			Deal::by(client).close();
			let higher = Reputation::lower_bound(AGENT);
			assert!(higher > bound);
			bound = higher;
		}
		assert_eq!(Level::of(bound), Level::Expert);
	});
}

#[test]
fn lower_bound_should_be_that_of_one_client_when_one_client_pays_again_and_again() {
	build_and_execute(|| {
		for _ in 0..100 {
			Deal::default().close();
		}
		// At most the cap of 25 AIT, and three of five components, by weight .65.
		assert!(Reputation::evidence(AGENT) < PairCap::get() / 100 * 65);
	});
}

#[test]
fn summary_should_give_the_mean_on_the_scale_of_the_tag() {
	build_and_execute(|| {
		give_feedback(CLIENT, courtesy(-10));
		give_feedback(STRANGER, courtesy(30));

		let summary = Reputation::summary(AGENT, COURTESY, None);

		let expected = SummaryInfo { count: 2, mean: decimal(10), evidence: 2 * WEIGHT };
		assert_eq!(summary, expected);
	});
}

#[test]
fn summary_should_tell_capabilities_apart() {
	build_and_execute(|| {
		give_feedback(CLIENT, Rating { about: Some(TRANSLATION), ..rated(100) });
		give_feedback(STRANGER, Rating { about: Some(SUMMARY), ..rated(50) });
		give_feedback(BUYER, Rating { about: None, ..rated(0) });

		let mean = |about| Reputation::summary(AGENT, ACCURACY, about).mean;

		assert_eq!(mean(Some(TRANSLATION)), decimal(100));
		assert_eq!(mean(Some(SUMMARY)), decimal(50));
		assert_eq!(mean(None), decimal(50));
		assert_eq!(Reputation::summary(AGENT, ACCURACY, None).count, 3);
		assert_eq!(Reputation::summary(AGENT, COURTESY, None), SummaryInfo::default());
	});
}

#[test]
fn summary_should_be_empty_when_all_feedback_is_revoked() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));
		assert_eq!(Reputation::summary(AGENT, ACCURACY, None), SummaryInfo::default());
	});
}

#[test]
fn summary_should_lose_evidence_and_keep_the_mean_when_time_passes() {
	build_and_execute(|| {
		give_feedback(CLIENT, rated(60));
		wait(HALF_LIFE);
		let expected = SummaryInfo { count: 1, mean: decimal(60), evidence: WEIGHT / 2 };
		assert_eq!(Reputation::summary(AGENT, ACCURACY, Some(TRANSLATION)), expected);
	});
}

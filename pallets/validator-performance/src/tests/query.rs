//! What clients are told.

use crate::{
	mock::{ValidatorPerformance, *},
	runtime_api::MAX_PAGE,
	*,
};
use sp_runtime::Perbill;
use std::collections::BTreeSet;

/// All pages of an era, with `limit` validators on each: who is on them, and how many pages there are.
fn pages(era: u32, limit: u32) -> (Vec<AccountId>, usize) {
	let (mut after, mut all, mut count) = (None, Vec::new(), 0);
	loop {
		let page = ValidatorPerformance::performances(era, after, limit);
		all.extend(page.performances.iter().map(|info| info.validator));
		count += 1;
		after = page.next;
		if after.is_none() {
			return (all, count);
		}
	}
}

#[test]
fn performance_should_tell_all_when_the_era_has_ended() {
	build_and_execute(|| {
		let_count(ALICE, 8, 2);
		end_era();
		let_count(ALICE, 20, 5);
		end_era();
		assert_eq!(
			ValidatorPerformance::performance(ALICE, ERA + 1),
			Some(PerformanceInfo {
				validator: ALICE,
				era: ERA + 1,
				slots: SlotCount { assigned: 20, missed: 5 },
				carried: SlotCount { assigned: 8, missed: 2 },
				uptime: Perbill::from_percent(75),
				factor: Perbill::from_percent(85),
				points: PointsChange { before: 300, due: 400, after: 340 },
				consequence: Some(Consequence::Nothing),
			})
		);
	});
}

#[test]
fn performance_should_tell_what_would_be_when_the_era_goes_on() {
	build_and_execute(|| {
		let_count(ALICE, 8, 8);
		end_era();
		let_count(ALICE, 2, 2);
		let told = PerformanceInfo {
			validator: ALICE,
			era: ERA + 1,
			slots: SlotCount { assigned: 2, missed: 2 },
			carried: SlotCount { assigned: 8, missed: 8 },
			uptime: Perbill::zero(),
			factor: Perbill::zero(),
			points: PointsChange { before: 0, due: 40, after: 0 },
			consequence: None,
		};
		assert_eq!(ValidatorPerformance::performance(ALICE, ERA + 1), Some(told));
		let_count(BOB, 20, 5);
		let told = ValidatorPerformance::performance(BOB, ERA + 1).expect("it has slots");
		assert_eq!(told.points, PointsChange { before: 300, due: 400, after: 340 });
	});
}

#[test]
fn performance_should_be_none_when_the_era_or_the_validator_is_unknown() {
	build_and_execute(|| {
		let_count(ALICE, 20, 0);
		end_era();
		assert_eq!(ValidatorPerformance::performance(ALICE, ERA - 1), None);
		assert_eq!(ValidatorPerformance::performance(ALICE, ERA + 1), None, "it has no slot yet");
		assert_eq!(ValidatorPerformance::performance(ALICE, ERA + 2), None);
		assert_eq!(ValidatorPerformance::performance(ADMIN, ERA), None);
		assert!(ValidatorPerformance::performance(BOB, ERA).is_some(), "it validated");
	});
}

#[test]
fn performances_should_have_everybody_once_when_all_pages_are_read() {
	build_and_execute(|| {
		let everybody: BTreeSet<_> = validators(7).into_iter().collect();
		for validator in &everybody {
			let_count(*validator, 20, 0);
		}
		let assert_whole = |era| {
			for (limit, expected) in [(0, 7), (1, 7), (2, 4), (6, 2), (7, 1), (u32::MAX, 1)] {
				let (all, count) = pages(era, limit);
				assert_eq!(count, expected, "{limit}");
				assert_eq!(all.len(), 7);
				assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), everybody);
			}
		};
		assert_whole(ERA);
		end_era();
		assert_whole(ERA);
		assert_eq!(pages(ERA + 1, 3), (Vec::new(), 1));
	});
}

#[test]
fn pages_should_be_short_when_more_is_asked_for() {
	build_and_execute(|| {
		let count = MAX_PAGE + 1;
		MaxValidators::set(&count);
		for validator in validators(count.into()) {
			let_count(validator, 20, 0);
		}
		end_era();
		let page = ValidatorPerformance::performances(ERA, None, u32::MAX);
		assert_eq!(page.performances.len(), MAX_PAGE as usize);
		assert_eq!(page.next, page.performances.last().map(|info| info.validator));
	});
}

#[test]
fn slash_history_should_be_empty_when_nothing_was_reported() {
	build_and_execute(|| {
		assert_eq!(ValidatorPerformance::slash_history(ALICE), []);
	});
}

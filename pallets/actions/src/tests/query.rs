//! Tests of what clients can ask.

use crate::{
	mock::{Actions, *},
	runtime_api::{MAX_PAGE, MAX_SCANNED},
	*,
};
use aitbc_core::{ActionId, Target};
use frame_support::assert_ok;

#[test]
fn info_should_show_where_actions_stand() {
	build_and_execute(|| {
		let mut expected = ActionsInfo {
			is_killed: false,
			breakers: Breakers::default(),
			breaker_terms: BreakerTerms {
				failures: MAX_FAILURES,
				starts: MAX_STARTS,
				period: PERIOD,
				recoveries: RECOVERIES,
			},
			approvers: vec![ANN, BEN, CLEO],
			recommenders: vec![ADVISOR],
			validators: 4,
			under_action: 0,
			deposit: DEPOSIT,
			max_open: MAX_OPEN,
			kept_blocks: KEPT,
			count: 0,
		};
		assert_eq!(Actions::info(), expected);
		failed(restart(ALICE));
		running(restart(BOB));
		assert_ok!(Actions::set_kill_switch(root(), true));
		set_stake(DAVE, 0);
		expected.is_killed = true;
		expected.breakers = AllBreakers::<Test>::get();
		(expected.validators, expected.under_action, expected.count) = (3, 1, 2);
		assert_eq!(Actions::info(), expected);
		BreakerPeriod::set(&0);
		assert_eq!(Actions::info().breaker_terms.period, 1);
	});
}

#[test]
fn kinds_should_show_the_catalogue_by_id() {
	build_and_execute(|| {
		let ids: Vec<_> = Actions::kinds().into_iter().map(|info| info.id).collect();
		let expected =
			[ALERT, LOOK, RESTART, RECONFIGURE, RESTORE, SET_LEVEL, RESET_LEVEL, TUNE, REPLACE];
		assert_eq!(ids, expected);
		let Listed { version, kind } = listed(RESTART);
		let restart = KindInfo { id: RESTART, version, kind };
		assert_eq!(Actions::kinds()[2], restart);
		assert_eq!(Actions::kind_info(RESTART), Some(restart));
		assert_eq!(Actions::kind_info(NO_KIND), None);
	});
}

#[test]
fn action_should_show_what_is_stored() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		let expected = ActionInfo { id, hash: hash_of(id), action: stored(id) };
		assert_eq!(Actions::action_info(id), Some(expected));
		assert_eq!(Actions::action_info(SECOND), None);
	});
}

/// Each of them, of whatever target.
const ANY: ActionFilter<AccountId> = ActionFilter { target: None, is_open: false };

/// The ids of all pages of this size.
fn pages(filter: &ActionFilter<AccountId>, limit: u32) -> Vec<Vec<u64>> {
	let mut pages = Vec::new();
	let mut before = None;
	loop {
		let ActionPage { actions, next } = Actions::actions(filter, before, limit);
		pages.push(actions.into_iter().map(|info| info.id.0).collect());
		assert!(next.is_none() || before.is_none() || next < before, "it goes on");
		before = next;
		if next.is_none() {
			return pages;
		}
	}
}

#[test]
fn actions_should_come_in_pages_newest_first() {
	build_and_execute(|| {
		assert_eq!(pages(&ANY, 10), [[0u64; 0]]);
		for stash in [ALICE, BOB, CAROL, DAVE] {
			recommend(restart(stash));
		}
		assert_ok!(try_recommend(ALICE, restart(ALICE)));
		assert_eq!(pages(&ANY, 10), [[4, 3, 2, 1, 0]]);
		assert_eq!(pages(&ANY, 2), [vec![4, 3], vec![2, 1], vec![0]]);
		assert_eq!(pages(&ANY, 1), [[4], [3], [2], [1], [0]]);
		assert_eq!(pages(&ANY, 0), pages(&ANY, 1));
		assert_eq!(pages(&ANY, 5), [[4, 3, 2, 1, 0]]);
		let page = Actions::actions(&ANY, Some(ActionId(3)), 2);
		assert_eq!(page.actions.iter().map(|info| info.id.0).collect::<Vec<_>>(), [2, 1]);
		assert_eq!(page.next, Some(SECOND));
		// An id that is to come is as good as none.
		assert_eq!(Actions::actions(&ANY, Some(ActionId(99)), 2), Actions::actions(&ANY, None, 2));
		let none = ActionPage { actions: vec![], next: None };
		assert_eq!(Actions::actions(&ANY, Some(FIRST), 2), none);
	});
}

#[test]
fn actions_should_be_those_that_the_filter_wants() {
	build_and_execute(|| {
		done(restart(ALICE));
		recommend(restart(BOB));
		recommend(reconfigure(ALICE));
		recommend(tune());
		let of = |target, is_open| ActionFilter { target, is_open };
		assert_eq!(pages(&of(None, true), 10), [[3, 2, 1]]);
		assert_eq!(pages(&of(Some(Target::Validator(ALICE)), false), 10), [[2, 0]]);
		assert_eq!(pages(&of(Some(Target::Validator(ALICE)), true), 10), [[2]]);
		assert_eq!(pages(&of(Some(Target::Agent(SERVICE)), false), 10), [[3]]);
		assert_eq!(pages(&of(Some(Target::Network), false), 10), [[0u64; 0]]);
	});
}

#[test]
fn actions_should_come_in_pages_when_there_are_many_and_some_are_forgotten() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		let action = stored(id);
		assert_ok!(Actions::veto(root(), id, REASON));
		pass_blocks(KEPT);
		assert_eq!(crate::Actions::<Test>::iter_keys().count(), 0);
		let count = u64::from(MAX_SCANNED) + 5;
		NextActionId::<Test>::put(ActionId(count));
		// All but the first are forgotten: a page looks at so many, and may be empty.
		crate::Actions::<Test>::insert(FIRST, &action);
		let page = Actions::actions(&ANY, None, 10);
		assert_eq!(page, ActionPage { actions: vec![], next: Some(ActionId(5)) });
		assert_eq!(pages(&ANY, 10), [vec![], vec![0]]);
		for number in 0..200 {
			crate::Actions::<Test>::insert(ActionId(number), &action);
		}
		let page = Actions::actions(&ANY, Some(ActionId(200)), u32::MAX);
		assert_eq!(page.actions.len(), MAX_PAGE as usize);
		assert_eq!(page.next, Some(ActionId(100)));
		for number in 0..200 {
			crate::Actions::<Test>::remove(ActionId(number));
		}
	});
}

#[test]
fn target_should_show_what_is_known_of_it() {
	build_and_execute(|| {
		let target = || Target::Validator(ALICE);
		let mut expected = TargetInfo {
			operator: Some(ALICE),
			executor: Some(EXECUTOR),
			is_braked: false,
			under_action: None,
		};
		assert_eq!(Actions::target_info(target()), expected);
		let id = running(restart(ALICE));
		assert_ok!(Actions::set_brake(signed(ALICE), target(), true));
		(expected.is_braked, expected.under_action) = (true, Some(id));
		assert_eq!(Actions::target_info(target()), expected);
		assert_eq!(Actions::target_info(Target::Network).operator, None);
		let of_agent = Actions::target_info(Target::Agent(SERVICE));
		assert_eq!(of_agent.operator, Some(SERVICE_OWNER));
		assert_eq!(
			Actions::target_info(Target::Agent(NOBODY)),
			TargetInfo { operator: None, executor: None, is_braked: false, under_action: None }
		);
	});
}

#[test]
fn track_records_should_show_what_came_of_the_models_of_a_kind() {
	build_and_execute(|| {
		assert_eq!(Actions::track_records(RESTART), []);
		done(restart(ALICE));
		done(restart(BOB));
		failed(reconfigure(ALICE));
		let record = TrackRecord { unjudged: 2, ..Default::default() };
		let expected = TrackRecordInfo { kind: RESTART, model: model(), record };
		assert_eq!(Actions::track_records(RESTART), [expected]);
		for version in 0..MAX_PAGE + 5 {
			let model = Model { name: word("many"), version };
			TrackRecords::<Test>::insert(TUNE, model, record);
		}
		assert_eq!(Actions::track_records(TUNE).len(), MAX_PAGE as usize);
	});
}

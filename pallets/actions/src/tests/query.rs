//! Tests of what clients can ask.

use crate::{
	mock::{Actions, *},
	runtime_api::{MAX_PAGE, MAX_SCANNED},
	*,
};
use aitbc_core::{ActionId, AgentId, Target};
use aitbc_traits::AgentStatus;
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

/// Keeps `action` under each of these ids.
fn keep_as(action: &ActionOf<Test>, numbers: impl IntoIterator<Item = u64>) {
	for number in numbers {
		crate::Actions::<Test>::insert(ActionId(number), action);
	}
}

#[test]
fn actions_should_come_in_pages_when_there_are_many_and_some_are_forgotten() {
	build_and_execute(|| {
		let action = stored(recommend(restart(ALICE)));
		assert_ok!(Actions::veto(root(), FIRST, REASON));
		pass_blocks(KEPT);
		assert_eq!(crate::Actions::<Test>::iter_keys().count(), 0);
		OldestActionId::<Test>::kill();
		NextActionId::<Test>::put(ActionId(u64::from(MAX_SCANNED) + 5));
		// All but the first are forgotten: a page looks at so many, and may be empty.
		keep_as(&action, [0]);
		let page = Actions::actions(&ANY, None, 10);
		assert_eq!(page, ActionPage { actions: vec![], next: Some(ActionId(5)) });
		assert_eq!(pages(&ANY, 10), [vec![], vec![0]]);
		keep_as(&action, 0..200);
		let page = Actions::actions(&ANY, Some(ActionId(200)), u32::MAX);
		assert_eq!(page.actions.len(), MAX_PAGE as usize);
		assert_eq!(page.next, Some(ActionId(100)));
		let _ = crate::Actions::<Test>::clear(u32::MAX, None);
	});
}

#[test]
fn actions_should_come_in_pages_that_stop_at_the_oldest() {
	build_and_execute(|| {
		MaxOpen::set(&10);
		for _ in 0..6 {
			recommend(restart(ALICE));
		}
		for number in 0..3 {
			assert_ok!(Actions::veto(root(), ActionId(number), REASON));
			pass_blocks(1);
		}
		// These end later, and are kept when the first are forgotten.
		for number in 3..6 {
			assert_ok!(Actions::veto(root(), ActionId(number), REASON));
		}
		pass_blocks(KEPT - 1);
		assert_eq!(OldestActionId::<Test>::get(), ActionId(3));
		assert_eq!(pages(&ANY, 10), [[5, 4, 3]]);
		assert_eq!(pages(&ANY, 2), [vec![5, 4], vec![3]]);
		assert_eq!(pages(&ANY, 3), [[5, 4, 3]]);
		// Nothing before it is looked for.
		keep_as(&stored(ActionId(3)), 0..3);
		assert_eq!(pages(&ANY, 10), [[5, 4, 3]]);
		for number in 0..3 {
			crate::Actions::<Test>::remove(ActionId(number));
		}
		let none = ActionPage { actions: vec![], next: None };
		for before in 0..=3 {
			assert_eq!(Actions::actions(&ANY, Some(ActionId(before)), 2), none);
		}
		pass_blocks(1);
		assert_eq!(pages(&ANY, 10), [[0u64; 0]]);
	});
}

#[test]
fn target_should_show_what_is_known_of_it() {
	build_and_execute(|| {
		let target = || Target::Validator(ALICE);
		let mut expected = TargetInfo {
			is_there: true,
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
		let network = Actions::target_info(Target::Network);
		assert_eq!((network.is_there, network.operator), (true, None));
		let of_agent = Actions::target_info(Target::Agent(SERVICE));
		assert_eq!((of_agent.is_there, of_agent.operator), (true, Some(SERVICE_OWNER)));
	});
}

#[test]
fn target_should_show_that_it_is_not_there() {
	build_and_execute(|| {
		let mut nothing = TargetInfo {
			is_there: false,
			operator: None,
			executor: None,
			is_braked: false,
			under_action: None,
		};
		assert_eq!(Actions::target_info(Target::Agent(NOBODY)), nothing);
		nothing.operator = Some(STRANGER);
		assert_eq!(Actions::target_info(Target::Validator(STRANGER)), nothing);
		// What was decided of it stays until somebody clears it.
		set_stake(ALICE, 0);
		alter_agent(SERVICE, |agent| agent.status = AgentStatus::Deregistering { bond_until: 9 });
		nothing.executor = Some(EXECUTOR);
		nothing.operator = Some(ALICE);
		assert_eq!(Actions::target_info(Target::Validator(ALICE)), nothing);
		nothing.operator = Some(SERVICE_OWNER);
		assert_eq!(Actions::target_info(Target::Agent(SERVICE)), nothing);
	});
}

#[test]
fn track_records_should_show_what_came_of_the_agents_and_models_of_a_kind() {
	build_and_execute(|| {
		let none = TrackRecordPage { records: vec![], next: None };
		assert_eq!(Actions::track_records(RESTART, None, 10), none);
		done(restart(ALICE));
		done(restart(BOB));
		failed(reconfigure(ALICE));
		let record = TrackRecord { unjudged: 2, ..Default::default() };
		let expected = TrackRecordInfo { kind: RESTART, agent: ADVISOR, model: model(), record };
		let page = TrackRecordPage { records: vec![expected], next: None };
		assert_eq!(Actions::track_records(RESTART, None, 10), page);
	});
}

/// Has so many models of this agent a track record of [`TUNE`], each another.
fn put_records(agent: AgentId, count: u32) -> Vec<TrackRecordInfo> {
	let records = (0..count).map(|number| {
		let model = Model { name: word("many"), version: number };
		let record = TrackRecord { helped: number, ..Default::default() };
		TrackRecords::<Test>::insert((TUNE, agent, &model), record);
		TrackRecordInfo { kind: TUNE, agent, model, record }
	});
	records.collect()
}

/// All pages of this size of the track records of [`TUNE`].
fn record_pages(limit: u32) -> Vec<Vec<TrackRecordInfo>> {
	let mut pages = Vec::new();
	let mut after = None;
	loop {
		let TrackRecordPage { records, next } = Actions::track_records(TUNE, after, limit);
		assert!(pages.len() < 1_000, "it goes on");
		pages.push(records);
		if next.is_none() {
			return pages;
		}
		after = next;
	}
}

#[test]
fn track_records_should_come_in_pages() {
	build_and_execute(|| {
		// Some of other kinds are before and after these.
		for kind in [RESTART, REPLACE] {
			TrackRecords::<Test>::insert((kind, ADVISOR, model()), TrackRecord::default());
		}
		let mut expected = put_records(ADVISOR, 4);
		expected.extend(put_records(SERVICE, 3));
		let in_order = |mut records: Vec<TrackRecordInfo>| {
			records.sort_by_key(|info| (info.agent, info.model.clone()));
			records
		};
		for (limit, sizes) in [
			(1, vec![1; 7]),
			(2, vec![2, 2, 2, 1]),
			(6, vec![6, 1]),
			// The last page is known to be the last when it is full, too.
			(7, vec![7]),
			(8, vec![7]),
		] {
			let pages = record_pages(limit);
			assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), sizes);
			assert_eq!(in_order(pages.concat()), expected);
		}
	});
}

#[test]
fn track_records_should_come_in_pages_no_larger_than_the_largest() {
	build_and_execute(|| {
		put_records(ADVISOR, MAX_PAGE + 5);
		let sizes = |limit| record_pages(limit).iter().map(Vec::len).collect::<Vec<_>>();
		assert_eq!(sizes(u32::MAX), [MAX_PAGE as usize, 5]);
		assert_eq!(sizes(0), vec![1; MAX_PAGE as usize + 5]);
	});
}

#[test]
fn track_records_should_go_on_when_the_one_they_go_on_after_is_not_there() {
	build_and_execute(|| {
		put_records(ADVISOR, 5);
		let TrackRecordPage { next, .. } = Actions::track_records(TUNE, None, 2);
		let rest = Actions::track_records(TUNE, next.clone(), 10);
		assert_eq!((rest.records.len(), rest.next.clone()), (3, None));
		let (agent, model) = next.clone().expect("there are more");
		TrackRecords::<Test>::remove((TUNE, agent, model));
		assert_eq!(Actions::track_records(TUNE, next, 10), rest);
	});
}

use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AgentId, TagId};
use frame_support::assert_ok;
use sp_runtime::StateVersion;

/// `count` active agents of Alice that offer [`INFERENCE`], in the order of their rows.
fn listed(count: usize) -> Vec<AgentId> {
	let agents: Vec<_> = (0..count).map(|_| free_agent(alice())).collect();
	agents.iter().for_each(|agent| offer(*agent, INFERENCE));
	agents
}

fn deactivate(agent: AgentId) {
	assert_ok!(Agents::deactivate(signed(alice()), agent));
}

#[test]
fn rows_should_fill_one_page_after_the_other() {
	ExtBuilder.build_and_execute(|| {
		listed(7);

		assert_eq!(pages(INFERENCE), [vec![0, 1, 2], vec![3, 4, 5], vec![6]]);
		assert_eq!(CapabilityCounts::<Test>::get(INFERENCE), 7);
	});
}

#[test]
fn removed_rows_should_be_replaced_by_the_last_one() {
	ExtBuilder.build_and_execute(|| {
		let agents = listed(7);

		deactivate(agents[1]);
		assert_eq!(pages(INFERENCE), [vec![0, 6, 2], vec![3, 4, 5]]);
		deactivate(agents[4]);
		assert_eq!(pages(INFERENCE), [vec![0, 6, 2], vec![3, 5]]);
		deactivate(agents[5]);
		assert_eq!(pages(INFERENCE), [vec![0, 6, 2], vec![3]]);
		deactivate(agents[6]);
		assert_eq!(pages(INFERENCE), [vec![0, 3, 2]]);
	});
}

#[test]
fn moved_rows_should_be_found_by_their_agents() {
	ExtBuilder.build_and_execute(|| {
		let agents = listed(7);
		deactivate(agents[0]);
		let before = row(agents[6], INFERENCE).expect("it is active");
		Now::set(&(Now::get() + 1));

		assert_ok!(Agents::heartbeat(signed(alice()), agents[6]));

		let standing = Standing { live_until: Now::get() + PERIOD, ..before.standing };
		assert_eq!(row(agents[6], INFERENCE), Some(CapabilityRow { standing, ..before }));
		let capability = Capabilities::<Test>::get(agents[6], INFERENCE).expect("it offers it");
		assert_eq!(capability.row, Some(RowPlace(0)));
		deactivate(agents[6]);
		assert_eq!(pages(INFERENCE), [vec![5, 1, 2], vec![3, 4]]);
	});
}

#[test]
fn the_index_should_be_as_if_new_when_all_rows_went() {
	ExtBuilder.build_and_execute(|| {
		let agents = listed(7);

		for place in [3, 0, 6, 1, 2, 5, 4] {
			deactivate(agents[place]);
		}

		assert_eq!(CapabilityPages::<Test>::iter().count(), 0);
		assert!(!CapabilityCounts::<Test>::contains_key(INFERENCE));
		let root = || {
			System::reset_events();
			sp_io::storage::root(StateVersion::V1)
		};
		let before = root();
		assert_ok!(Agents::activate(signed(alice()), agents[3]));
		assert_eq!(pages(INFERENCE), [[3]]);
		deactivate(agents[3]);
		assert_eq!(root(), before);
	});
}

#[test]
fn tags_should_have_rows_of_their_own() {
	ExtBuilder.build_and_execute(|| {
		let agents = listed(4);
		offer(agents[2], FORECAST);
		offer(agents[0], FORECAST);

		deactivate(agents[2]);

		assert_eq!(pages(INFERENCE), [vec![0, 1, 3]]);
		assert_eq!(pages(FORECAST), [vec![0]]);
	});
}

#[test]
fn activate_should_give_every_capability_a_row() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let tags: Vec<TagId> =
			(0..MAX_CAPABILITIES).map(|number| create_tag(&format!("tag-{number}"))).collect();
		tags.iter().for_each(|tag| offer(agent, *tag));
		give_wallet(alice(), agent, charlie());
		let holds = held(&alice());
		LowerBounds::set(&vec![(agent, percent(64))]);

		assert_ok!(Agents::activate(signed(alice()), agent));

		let standing = Standing { live_until: Now::get() + PERIOD, lower_bound: percent(64) };
		for tag in &tags {
			assert_eq!(row(agent, *tag).map(|row| row.standing), Some(standing));
		}
		assert_ok!(Agents::remove_wallet(signed(charlie()), agent));
		assert!(tags.iter().all(|tag| pages(*tag).is_empty()));
		assert_eq!(held(&alice()), holds, "rows are paid for from the start");
	});
}

#[test]
fn agents_that_leave_should_take_their_rows_with_them() {
	ExtBuilder.build_and_execute(|| {
		let agents = listed(5);
		offer(agents[1], FORECAST);

		assert_ok!(Agents::deregister(signed(alice()), agents[1]));

		assert_eq!(pages(INFERENCE), [vec![0, 4, 2], vec![3]]);
		assert_eq!(pages(FORECAST), Vec::<Vec<u64>>::new());
		assert_eq!(Capabilities::<Test>::iter_prefix(agents[1]).count(), 0);
	});
}

#[test]
fn missed_heartbeats_should_leave_rows_where_they_are() {
	ExtBuilder.build_and_execute(|| {
		let agents = listed(2);
		Now::set(&(Now::get() + PERIOD + 1));

		assert_eq!(pages(INFERENCE), [[0, 1]]);
		assert!(agents.iter().all(|agent| !Agents::is_live(*agent)));
	});
}

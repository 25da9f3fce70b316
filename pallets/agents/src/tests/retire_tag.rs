use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::TagId;
use aitbc_traits::TagInspect;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn retire_tag_should_keep_what_uses_it() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, INFERENCE);
		let (capability, row_before) = (Agents::capabilities(agent), row(agent, INFERENCE));
		let before = Tags::<Test>::get(INFERENCE).expect("it exists");

		let events = events_of(|| Agents::retire_tag(RuntimeOrigin::root(), INFERENCE));

		let rule = aitbc_core::TagRule { is_retired: true, ..before.rule };
		assert_eq!(Tags::<Test>::get(INFERENCE), Some(Tag { rule, ..before }));
		assert_eq!(<Agents as TagInspect>::rule(INFERENCE), Some(rule));
		assert_eq!((Agents::capabilities(agent), row(agent, INFERENCE)), (capability, row_before));
		assert_eq!(events, [Event::TagRetired { tag: INFERENCE }]);
	});
}

#[test]
fn retired_tags_should_get_and_lose_rows_with_their_agents() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, INFERENCE);
		assert_ok!(Agents::retire_tag(RuntimeOrigin::root(), INFERENCE));

		assert_ok!(Agents::deactivate(signed(alice()), agent));
		assert_eq!(row(agent, INFERENCE), None);
		assert_ok!(Agents::activate(signed(alice()), agent));
		assert!(row(agent, INFERENCE).is_some());
	});
}

#[test]
fn retire_tag_should_fail_when_it_is_retired() {
	ExtBuilder.build_and_execute(|| {
		assert_ok!(Agents::retire_tag(RuntimeOrigin::root(), INFERENCE));

		let call = Agents::retire_tag(RuntimeOrigin::root(), INFERENCE);
		assert_noop!(call, Error::<Test>::TagRetired);
	});
}

#[test]
fn retire_tag_should_fail_when_there_is_none() {
	ExtBuilder.build_and_execute(|| {
		let call = Agents::retire_tag(RuntimeOrigin::root(), TagId(3));
		assert_noop!(call, Error::<Test>::TagNotFound);
	});
}

#[test]
fn retire_tag_should_fail_when_the_origin_is_not_the_administration() {
	ExtBuilder.build_and_execute(|| {
		for origin in [signed(alice()), RuntimeOrigin::none()] {
			assert_noop!(Agents::retire_tag(origin, INFERENCE), BadOrigin);
		}
	});
}

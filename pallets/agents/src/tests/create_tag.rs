use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{Decimal, TagId, TagRule, TagUse};
use aitbc_traits::TagInspect;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, ArithmeticError, DispatchResult};

fn create(name: &str, unit: &str, min: Decimal, max: Decimal) -> DispatchResult {
	let (root, name, unit) = (RuntimeOrigin::root(), name.into(), unit.into());
	Agents::create_tag(root, name, unit, TagUse::Feedback, min, max)
}

fn create_named(name: &str) -> DispatchResult {
	create(name, "", Decimal::whole(0), Decimal::whole(1))
}

#[test]
fn create_tag_should_store_it_under_the_next_id() {
	ExtBuilder.build_and_execute(|| {
		let max = Decimal { value: 105, decimals: 1 };

		let events = events_of(|| create("uptime", "%", Decimal::whole(-3), max));

		let tag = TagId(3);
		let (name, unit) = (tag_name(b"uptime"), b"%".to_vec());
		let unit: UnitOf<Test> = unit.try_into().expect("it is short");
		let scale = aitbc_core::Scale::new(Decimal::whole(-3), max).expect("in order");
		let rule = TagRule { purpose: TagUse::Feedback, scale, is_retired: false };
		let expected = Tag { name: name.clone(), unit: unit.clone(), rule };
		assert_eq!(Tags::<Test>::get(tag), Some(expected));
		assert_eq!(TagOfName::<Test>::get(&name), Some(tag));
		assert_eq!(NextTagId::<Test>::get(), TagId(4));
		assert_eq!(<Agents as TagInspect>::rule(tag), Some(rule));
		assert_eq!(events, [Event::TagCreated { tag, name, unit, rule }]);
	});
}

#[test]
fn create_tag_should_take_a_name_when_its_form_is_right() {
	ExtBuilder.build_and_execute(|| {
		for name in ["a", "z9", "text.generation-v2_large", &"n".repeat(32)] {
			assert_ok!(create_named(name));
		}
	});
}

#[test]
fn create_tag_should_fail_when_the_name_is_malformed() {
	ExtBuilder.build_and_execute(|| {
		for name in
			["", "9a", ".a", "-a", "_a", "A", "aB", "a b", "a/b", "ä", "a\0", &"n".repeat(33)]
		{
			assert_noop!(create_named(name), Error::<Test>::TagNameMalformed);
		}
	});
}

#[test]
fn create_tag_should_fail_when_the_name_is_taken() {
	ExtBuilder.build_and_execute(|| {
		assert_noop!(create_named("inference"), Error::<Test>::TagNameTaken);

		assert_ok!(Agents::retire_tag(RuntimeOrigin::root(), INFERENCE));
		assert_noop!(create_named("inference"), Error::<Test>::TagNameTaken);
	});
}

#[test]
fn create_tag_should_fail_when_the_unit_is_malformed() {
	ExtBuilder.build_and_execute(|| {
		let (zero, one) = (Decimal::whole(0), Decimal::whole(1));
		for (place, unit) in ["", "AIT per hour", " ~", &"u".repeat(16)].into_iter().enumerate() {
			assert_ok!(create(&format!("tag-{place}"), unit, zero, one));
		}
		for unit in ["°C", "a\n", &"u".repeat(17)] {
			assert_noop!(create("celsius", unit, zero, one), Error::<Test>::TagUnitMalformed);
		}
	});
}

#[test]
fn create_tag_should_fail_when_the_scale_is_none() {
	ExtBuilder.build_and_execute(|| {
		let (zero, one) = (Decimal::whole(0), Decimal::whole(1));
		let too_fine = Decimal { value: 1, decimals: 19 };
		for (min, max) in
			[(one, zero), (one, one), (too_fine, one), (zero, Decimal::whole(i128::MAX))]
		{
			assert_noop!(create("scale", "", min, max), Error::<Test>::TagScaleInvalid);
		}
	});
}

#[test]
fn create_tag_should_fail_when_all_ids_are_used_up() {
	ExtBuilder.build_and_execute(|| {
		NextTagId::<Test>::put(TagId(u32::MAX));

		assert_noop!(create_named("last"), ArithmeticError::Overflow);
	});
}

#[test]
fn create_tag_should_fail_when_the_origin_is_not_the_administration() {
	ExtBuilder.build_and_execute(|| {
		let (min, max) = (Decimal::whole(0), Decimal::whole(1));
		for origin in [signed(alice()), RuntimeOrigin::none()] {
			let name = b"name".to_vec();
			let call = Agents::create_tag(origin, name, vec![], TagUse::Feedback, min, max);
			assert_noop!(call, BadOrigin);
		}
	});
}

use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{Decimal, TagId, TagUse};
use frame_support::{assert_ok, traits::BuildGenesisConfig};
use sp_io::TestExternalities;

/// Builds a chain that starts with `tags`.
fn build(tags: Vec<GenesisTag>) {
	TestExternalities::default()
		.execute_with(|| GenesisConfig::<Test> { tags, ..Default::default() }.build());
}

#[test]
fn genesis_should_create_its_tags_in_order() {
	ExtBuilder.build_and_execute(|| {
		let page = Agents::tags(None, 9);

		let found: Vec<_> = page.tags.into_iter().map(|info| (info.tag, info.name)).collect();
		let named = |id, name: &[u8]| (TagId(id), name.to_vec());
		assert_eq!(found, [named(0, b"inference"), named(1, b"forecast"), named(2, b"accuracy")]);
		assert_eq!(page.next, None);
		assert_eq!(NextTagId::<Test>::get(), TagId(3));
		assert_ok!(Agents::do_try_state());
	});
}

#[test]
fn genesis_should_emit_no_event() {
	ExtBuilder.build_and_execute(|| assert_eq!(System::events(), []));
}

#[test]
#[should_panic(expected = "invalid tag `Inference` in genesis: Module")]
fn genesis_should_panic_when_a_name_is_malformed() {
	let mut tags = first_tags();
	tags[1].name = "Inference".into();
	build(tags);
}

#[test]
#[should_panic(expected = "invalid tag `inference` in genesis: Module")]
fn genesis_should_panic_when_a_name_is_there_twice() {
	let mut tags = first_tags();
	tags[1].name = "inference".into();
	build(tags);
}

#[test]
#[should_panic(expected = "invalid tag `forecast` in genesis: Module")]
fn genesis_should_panic_when_a_scale_is_invalid() {
	let mut tags = first_tags();
	tags[1].max = tags[1].min;
	build(tags);
}

#[test]
fn genesis_tags_should_be_read_from_json() {
	let json = r#"{
		"name": "forecast", "unit": "", "purpose": "Capability",
		"min": { "value": -1, "decimals": 0 }, "max": { "value": 15, "decimals": 1 }
	}"#;
	let expected = GenesisTag {
		name: "forecast".into(),
		unit: "".into(),
		purpose: TagUse::Capability,
		min: Decimal::whole(-1),
		max: Decimal { value: 15, decimals: 1 },
	};
	assert_eq!(serde_json::from_str::<GenesisTag>(json).expect("valid JSON"), expected);
	let value = serde_json::to_value(&expected).expect("its numbers are small");
	assert_eq!(serde_json::from_value::<GenesisTag>(value).expect("the same"), expected);
	let unknown = json.replacen("unit", "units", 1);
	assert!(serde_json::from_str::<GenesisTag>(&unknown).is_err());
}

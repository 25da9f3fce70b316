//! Governed parameters: their defaults follow the network's time scale, governance sets them, and
//! their bounds can't be passed.

use crate::{
	network::{as_root, events, genesis, on_development_network, pass_blocks, submit},
	wire_format::table,
};
use aitbc_core::{money::AIT, time::DAYS};
use aitbc_runtime::{
	configs::parameters::{dynamic_params, Price, RuntimeParameters},
	genesis_config_presets::DEVELOPMENT,
	Agents, Parameters, Runtime, RuntimeCall, RuntimeEvent,
};
use codec::DecodeAll;
use frame_support::traits::{Get, PalletInfoAccess};
use scale_info::{MetaType, PortableRegistry, Registry, TypeDef};
use sp_keyring::Sr25519Keyring::Bob;
use sp_runtime::{DispatchError, Perbill};
use std::collections::BTreeMap;

/// The call that sets the registration fee to `plancks`.
pub fn set_registration_fee(plancks: u128) -> RuntimeCall {
	use dynamic_params::agents::{Parameters, RegistrationFee};
	let value = Some(Price::clamped(plancks));
	let key_value = RuntimeParameters::Agents(Parameters::RegistrationFee(RegistrationFee, value));
	pallet_parameters::Call::set_parameter { key_value }.into()
}

#[test]
fn periods_should_be_productions_divided_by_the_time_scale() {
	let periods = || {
		(
			<Runtime as pallet_agents::Config>::BondReleaseDelay::get(),
			<Runtime as pallet_escrow::Config>::MinReviewPeriod::get(),
			<Runtime as pallet_escrow::Config>::MaxReviewPeriod::get(),
			<Runtime as pallet_escrow::Config>::MaxDuration::get(),
			<Runtime as pallet_safe_mode::Config>::EnterDuration::get(),
		)
	};
	genesis(DEVELOPMENT).execute_with(|| assert_eq!(periods(), (600, 20, 1_800, 14_600, 20)));
	sp_io::TestExternalities::new_empty().execute_with(|| {
		assert_eq!(periods(), (864_000, 28_800, 2_592_000, 21_024_000, 28_800));
		let fee: Perbill = <Runtime as pallet_escrow::Config>::FeeRate::get();
		assert_eq!(fee, Perbill::from_parts(25_000_000));
	});
}

#[test]
fn root_should_set_a_parameter_and_nobody_else() {
	on_development_network(|| {
		assert_eq!(Agents::registration_cost(10).fee, 5 * AIT);
		assert_eq!(
			submit(Bob, set_registration_fee(7 * AIT)).expect("valid"),
			Err(DispatchError::BadOrigin)
		);
		as_root(set_registration_fee(7 * AIT));
		assert_eq!(Agents::registration_cost(10).fee, 7 * AIT);
	});
}

/// A row of docs/wire-format.md: where a parameter stands, what it is called, and its bounds.
struct Documented {
	name: String,
	index: [u8; 2],
	least: u128,
	most: u128,
	/// How many bytes a value takes.
	width: usize,
}

impl Documented {
	fn all() -> Vec<Self> {
		let rows = table("Governed parameters");
		rows.into_iter().map(|row| Self::read(row[0], row[1], row[3])).collect()
	}

	/// Reads `index`, "0, 3", `name` and `bounds`, "1 block to 5 years" or "up to 20 %".
	fn read(index: &str, name: &str, bounds: &str) -> Self {
		let index: Vec<u8> =
			index.split(", ").map(|part| part.parse().expect("a number")).collect();
		let (least, most) = match bounds.strip_prefix("up to ") {
			Some(most) => (0, most),
			None => {
				let (least, most) = bounds.split_once(" to ").expect("it has two ends");
				(number(least), most)
			},
		};
		// Balances are u128, everything else is u32.
		let width = if most.ends_with(" AIT") { 16 } else { 4 };
		let index = index.try_into().expect("area and parameter");
		Self { name: type_name(name), index, least, most: number(most), width }
	}

	/// The call that sets the parameter to `value`, as it is sent.
	fn call(&self, value: u128) -> Vec<u8> {
		let pallet = u8::try_from(Parameters::index()).expect("it is one byte on the wire");
		let value = &value.to_le_bytes()[..self.width];
		[&[pallet, 0][..], &self.index, &[1], value].concat()
	}

	/// The same call, if it decodes.
	fn decoded(&self, value: u128) -> Option<RuntimeCall> {
		RuntimeCall::decode_all(&mut &self.call(value)[..]).ok()
	}
}

/// What the code's types call the parameter that people call `name`: "AuditLog.KeptBlocks" for "audit_log.KeptBlocks".
fn type_name(name: &str) -> String {
	let (area, parameter) = name.split_once('.').expect("an area, a dot, a parameter");
	let words = area.split('_').map(|word| word[..1].to_uppercase() + &word[1..]);
	format!("{}.{parameter}", words.collect::<String>())
}

/// Reads a number that is written with its unit, such as "0.01 AIT", "5 years" or "2,016".
fn number(text: &str) -> u128 {
	let (digits, unit) = text.split_once(' ').unwrap_or((text, ""));
	let one = match unit {
		"AIT" => AIT,
		"%" => 10_000_000,
		"" | "block" | "blocks" => 1,
		"days" => DAYS.into(),
		"years" => (365 * DAYS).into(),
		unit => panic!("{unit} is no unit"),
	};
	let digits = digits.replace(',', "");
	let (whole, part) = digits.split_once('.').unwrap_or((&digits, ""));
	let scale = 10_u128.pow(u32::try_from(part.len()).expect("it is short"));
	let digits: u128 = format!("{whole}{part}").parse().expect("a number");
	digits * one / scale
}

/// The parameters that the runtime's types have, by area and name, with their places.
fn declared() -> BTreeMap<String, [u8; 2]> {
	let mut registry = Registry::new();
	registry.register_type(&MetaType::new::<RuntimeParameters>());
	let types = PortableRegistry::from(registry);
	let variants = |id| match &types.resolve(id).expect("it was registered").type_def {
		TypeDef::Variant(variants) => variants.variants.clone(),
		other => panic!("{other:?} has no variants"),
	};
	let all = types
		.types
		.iter()
		.find(|one| one.ty.path.segments.last().is_some_and(|name| name == "RuntimeParameters"));
	let areas = variants(all.expect("it was registered").id).into_iter();
	areas
		.flat_map(|area| {
			let parameters = variants(area.fields[0].ty.id);
			parameters
				.into_iter()
				.map(move |one| (format!("{}.{}", area.name, one.name), [area.index, one.index]))
		})
		.collect()
}

#[test]
fn parameters_should_be_the_documented_ones() {
	let documented = Documented::all().into_iter().map(|one| (one.name, one.index)).collect();
	assert_eq!(declared(), documented);
}

#[test]
fn values_outside_their_bounds_should_not_decode() {
	for parameter in Documented::all() {
		let Documented { name, least, most, width, .. } = &parameter;
		let decodes = |value| parameter.decoded(value).is_some();
		assert!(decodes(*least) && decodes(*most), "{name} can be {least} and {most}");
		assert!(*least == 0 || !decodes(least - 1), "{name} can be less than {least}");
		assert!(!decodes(most + 1), "{name} can be more than {most}");
		let greatest = u128::MAX >> (128 - 8 * width);
		assert!(!decodes(greatest), "{name} can be {greatest}");
	}
}

/// Sets every parameter to one of its bounds, and lets the chain go on into its second era.
fn at_its_bounds(bound: impl Fn(&Documented) -> u128) {
	const BLOCKS: u32 = 70;
	on_development_network(|| {
		let documented = Documented::all();
		let set = |one: &Documented| one.decoded(bound(one)).expect("a bound is within the bounds");
		let calls = documented.iter().map(set).collect();
		as_root(pallet_utility::Call::batch_all { calls });
		let updated = events().into_iter().filter(|event| {
			matches!(event, RuntimeEvent::Parameters(pallet_parameters::Event::Updated { .. }))
		});
		assert_eq!(updated.count(), documented.len());
		pass_blocks(BLOCKS);
	});
}

#[test]
fn chain_should_go_on_when_every_parameter_is_at_its_least() {
	at_its_bounds(|parameter| parameter.least);
}

#[test]
fn chain_should_go_on_when_every_parameter_is_at_its_most() {
	at_its_bounds(|parameter| parameter.most);
}

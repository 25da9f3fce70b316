//! What every network's agents and operators find from the start: tags, and kinds of operations.

use aitbc_core::{
	time::{HOURS, MINUTES},
	Decimal, KindId, RiskClass, TagUse, Word,
};
use alloc::vec::Vec;
use pallet_actions::{
	Kind, ParameterBounds, ParameterRule, Performer, RateLimit, Targets, Verification,
};
use pallet_agents::GenesisTag;
use sp_runtime::Perbill;

/// What agents offer from the start: the tag's name, and the unit that is sold. Performance lies on
/// a scale from 0 to 100.
const CAPABILITIES: [(&str, &str); 8] = [
	("inference.text", "token"),
	("inference.image", "request"),
	("training.gpu", "gpu_second"),
	("data.feed", "request"),
	("storage.blob", "megabyte"),
	("oracle.price", "request"),
	("validation.work", "request"),
	("operations.execute", "request"),
];

/// With what clients rate from the start: the tag's name, the unit of its values, what it counts as
/// and its greatest value; the least is 0.
const RATINGS: [(&str, &str, TagUse, i128); 6] = [
	("quality", "percent", TagUse::Quality, 100),
	("satisfaction", "percent", TagUse::Feedback, 100),
	("communication", "percent", TagUse::Feedback, 100),
	("reachable", "", TagUse::Feedback, 1),
	("uptime", "percent", TagUse::Feedback, 100),
	("success-rate", "percent", TagUse::Feedback, 100),
];

/// The first tags, capabilities before ratings.
pub fn tags() -> Vec<GenesisTag> {
	let tag = |name: &str, unit: &str, purpose, max| GenesisTag {
		name: name.into(),
		unit: unit.into(),
		purpose,
		min: Decimal::whole(0),
		max: Decimal::whole(max),
	};
	let capabilities =
		CAPABILITIES.iter().map(|(name, unit)| tag(name, unit, TagUse::Capability, 100));
	let ratings = RATINGS.iter().map(|(name, unit, purpose, max)| tag(name, unit, *purpose, *max));
	capabilities.chain(ratings).collect()
}

/// A kind of action on a validator's node that one in a quarter of the validators at a time may be under,
/// and of which twelve may begin in an hour.
fn kind(name: &str, class: RiskClass, performer: Performer) -> Option<Kind> {
	Some(Kind {
		name: Word::new(name.as_bytes())?,
		class,
		performer,
		targets: Targets::Validators,
		verification: Verification::Approvers(2),
		rate_limit: RateLimit { count: 12, period: HOURS },
		cooldown: 2 * MINUTES,
		blast_radius: Perbill::from_percent(25),
		time_to_live: 20 * MINUTES,
		lease: 4 * MINUTES,
		watch: 3 * MINUTES,
		needs_simulation: false,
		reversible_by: None,
	})
}

/// What an executor's command is given: words of which each parameter is one.
fn words(parameters: &[(&str, &[&str])]) -> Performer {
	let word = |text: &&str| Word::new(text.as_bytes());
	let rule = |(name, words): &(&str, &[&str])| {
		let words: Vec<_> = words.iter().filter_map(word).collect();
		let bounds = ParameterBounds::Word(words.try_into().ok()?);
		Some(ParameterRule { name: word(name)?, bounds })
	};
	let parameters: Vec<_> = parameters.iter().filter_map(rule).collect();
	Performer::Executor { parameters: parameters.try_into().unwrap_or_default() }
}

/// The operations that there are from the start, none of which destroys anything. Their ids are their places,
/// from one on.
pub fn kinds() -> Vec<Kind> {
	/// Where `tx-pause` and its calls stand: see docs/wire-format.md.
	const TX_PAUSE: u8 = 61;
	let call = |call| Performer::Chain { pallet: TX_PAUSE, call };
	let services = words(&[("service", &["node", "monitor"])]);
	let note = kind("raise-alert", RiskClass::Info, Performer::Nobody);
	let on_network = |kind: Option<Kind>, needed| {
		let verification = Verification::Approvers(needed);
		kind.map(|kind| Kind { targets: Targets::Network, verification, ..kind })
	};
	let reversed =
		|kind: Option<Kind>, by| kind.map(|kind| Kind { reversible_by: Some(KindId(by)), ..kind });
	let kinds = [
		note.map(|kind| Kind { verification: Verification::Nobody, ..kind }),
		kind("restart-service", RiskClass::Low, services),
		kind("rotate-peers", RiskClass::Low, words(&[])),
		kind("prune", RiskClass::Medium, words(&[])),
		kind("resume-rpc", RiskClass::Low, words(&[])),
		reversed(kind("pause-rpc", RiskClass::Medium, words(&[])), 5),
		on_network(kind("unpause-call", RiskClass::High, call(1)), 2),
		reversed(on_network(kind("pause-call", RiskClass::High, call(0)), 3), 7),
	];
	kinds.into_iter().flatten().collect()
}

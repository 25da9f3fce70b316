//! What governance decides: the catalogue, who approves, and what reports lead to.

use super::{series, text, Proposal};
use crate::chain::{
	runtime,
	runtime::runtime_types::{
		aitbc_core::{
			action::{Parameter as GeneratedParameter, RiskClass},
			ids::KindId,
		},
		bounded_collections::bounded_vec::BoundedVec,
		pallet_actions::types::{
			action::{self, Reflex},
			breaker::Scope as GeneratedScope,
			kind as generated,
		},
		sp_arithmetic::per_things::Perbill,
	},
	Call,
};
use serde::Deserialize;
use subxt::utils::AccountId32;

/// A kind of action as governance lists it: what `aitbc action kind` shows of one. Lengths of time are in
/// blocks.
#[derive(Clone, Debug, Deserialize)]
pub struct KindEntry {
	/// What it is called.
	pub name: aitbc_core::Word,
	/// How much harm it can do.
	class: Class,
	/// Who does it.
	performer: Performer,
	/// What it is done to.
	targets: Targets,
	/// Who has to agree.
	verification: Verification,
	/// How often it may begin.
	rate_limit: RateLimit,
	/// How long a target is left alone after one.
	cooldown: u32,
	/// The most validators under action at a time, as a share of all.
	blast_radius: Share,
	/// How far ahead a recommendation may expire.
	time_to_live: u32,
	/// How long an executor has.
	lease: u32,
	/// How long after its end the effect is looked at.
	watch: u32,
	/// Whether the executor has to simulate it first.
	needs_simulation: bool,
	/// The kind that reverses it.
	reversible_by: Option<u16>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Class {
	Info,
	Low,
	Medium,
	High,
}

impl Class {
	fn generated(self) -> RiskClass {
		match self {
			Self::Info => RiskClass::Info,
			Self::Low => RiskClass::Low,
			Self::Medium => RiskClass::Medium,
			Self::High => RiskClass::High,
		}
	}
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
enum Performer {
	Nobody {},
	Executor {
		#[serde(default)]
		parameters: Vec<Rule>,
	},
	Chain {
		pallet: u8,
		call: u8,
	},
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
	name: aitbc_core::Word,
	bounds: Bounds,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
enum Bounds {
	Integer { least: Whole, greatest: Whole },
	Flag {},
	Word { words: Vec<aitbc_core::Word> },
}

/// A whole number: a number, or a text as the node writes those of 64 bits.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "serde_json::Value")]
struct Whole(i64);

impl TryFrom<serde_json::Value> for Whole {
	type Error = String;

	fn try_from(value: serde_json::Value) -> Result<Self, String> {
		let number = value.as_str().map_or_else(|| value.as_i64(), |text| text.parse().ok());
		number.map(Self).ok_or_else(|| format!("`{value}` is no whole number of 64 bits"))
	}
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Targets {
	Network,
	Validators,
	Agents,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case", deny_unknown_fields)]
enum Verification {
	Nobody {},
	Operator {},
	Approvers { needed: u32 },
	Governance {},
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RateLimit {
	count: u32,
	period: u32,
}

/// A share from 0 to 1, as a decimal number with at most nine places.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Share(u32);

impl TryFrom<String> for Share {
	type Error = String;

	fn try_from(text: String) -> Result<Self, String> {
		let parts = || {
			let (whole, places) = text.split_once('.').unwrap_or((&text, ""));
			let is_plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
			let is_share = matches!(whole, "0" | "1") && places.len() <= 9 && is_plain(places);
			let billionths: u32 = format!("{whole}{places:0<9}").parse().ok()?;
			(is_share && billionths <= 1_000_000_000).then_some(Self(billionths))
		};
		parts().ok_or_else(|| {
			format!("`{text}` is no share: write one from \"0\" to \"1\", as \"0.25\"")
		})
	}
}

impl KindEntry {
	fn generated(&self) -> generated::Kind {
		generated::Kind {
			name: text(self.name.as_str()),
			class: self.class.generated(),
			performer: match &self.performer {
				Performer::Nobody {} => generated::Performer::Nobody,
				Performer::Executor { parameters } => generated::Performer::Executor {
					parameters: BoundedVec(parameters.iter().map(Rule::generated).collect()),
				},
				Performer::Chain { pallet, call } => {
					generated::Performer::Chain { pallet: *pallet, call: *call }
				},
			},
			targets: match self.targets {
				Targets::Network => generated::Targets::Network,
				Targets::Validators => generated::Targets::Validators,
				Targets::Agents => generated::Targets::Agents,
			},
			verification: match self.verification {
				Verification::Nobody {} => generated::Verification::Nobody,
				Verification::Operator {} => generated::Verification::Operator,
				Verification::Approvers { needed } => generated::Verification::Approvers(needed),
				Verification::Governance {} => generated::Verification::Governance,
			},
			rate_limit: generated::RateLimit {
				count: self.rate_limit.count,
				period: self.rate_limit.period,
			},
			cooldown: self.cooldown,
			blast_radius: Perbill(self.blast_radius.0),
			time_to_live: self.time_to_live,
			lease: self.lease,
			watch: self.watch,
			needs_simulation: self.needs_simulation,
			reversible_by: self.reversible_by.map(KindId),
		}
	}
}

impl Rule {
	fn generated(&self) -> generated::ParameterRule {
		let bounds = match &self.bounds {
			Bounds::Integer { least, greatest } => {
				generated::ParameterBounds::Integer { least: least.0, greatest: greatest.0 }
			},
			Bounds::Flag {} => generated::ParameterBounds::Flag,
			Bounds::Word { words } => generated::ParameterBounds::Word(BoundedVec(
				words.iter().map(|word| text(word.as_str())).collect(),
			)),
		};
		generated::ParameterRule { name: text(self.name.as_str()), bounds }
	}
}

/// Which breaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Scope {
	/// That of all actions
	All,
	/// That of the class info
	Info,
	/// That of the class low
	Low,
	/// That of the class medium
	Medium,
	/// That of the class high
	High,
}

/// Puts a kind into the catalogue, as the sudo key.
pub fn set_kind(id: u16, entry: &KindEntry) -> impl Call {
	runtime::transactions().actions().set_kind(KindId(id), entry.generated())
}

/// Takes a kind out of the catalogue, as the sudo key.
pub fn remove_kind(id: u16) -> impl Call {
	runtime::transactions().actions().remove_kind(KindId(id))
}

/// Names all who may approve, as the sudo key.
pub fn set_approvers(approvers: Vec<AccountId32>) -> impl Call {
	runtime::transactions().actions().set_approvers(BoundedVec(approvers))
}

/// Says what a report of `of` leads to, as the sudo key: a kind with what it is given, or nothing.
pub fn set_reflex(of: aitbc_telemetry::Series, leads_to: Option<(u16, Proposal)>) -> impl Call {
	let reflex = leads_to.map(|(kind, proposal)| Reflex {
		kind: KindId(kind),
		parameters: match proposal.generated() {
			action::Proposal::Command(parameters) => parameters,
			_ => BoundedVec(Vec::<GeneratedParameter>::new()),
		},
	});
	runtime::transactions().actions().set_reflex(series(of), reflex)
}

/// Opens a breaker by half, as the sudo key.
pub fn open_by_half(scope: Scope) -> impl Call {
	let scope = match scope {
		Scope::All => GeneratedScope::All,
		Scope::Info => GeneratedScope::Class(RiskClass::Info),
		Scope::Low => GeneratedScope::Class(RiskClass::Low),
		Scope::Medium => GeneratedScope::Class(RiskClass::Medium),
		Scope::High => GeneratedScope::Class(RiskClass::High),
	};
	runtime::transactions().actions().open_by_half(scope)
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json, Value};

	fn entry() -> Value {
		json!({
			"name": "restart-service", "class": "low",
			"performer": { "type": "executor", "parameters": [
				{ "name": "service", "bounds": { "type": "word", "words": ["node"] } },
				{ "name": "delay", "bounds": { "type": "integer", "least": "-1", "greatest": 60 } },
				{ "name": "force", "bounds": { "type": "flag" } },
			] },
			"targets": "validators", "verification": { "type": "approvers", "needed": 2 },
			"rate_limit": { "count": 12, "period": 1200 }, "cooldown": 40,
			"blast_radius": "0.250000000", "time_to_live": 400, "lease": 80, "watch": 60,
			"needs_simulation": false, "reversible_by": 5,
			"kind": 2, "version": 2, "models": [],
		})
	}

	#[test]
	fn kind_should_be_read_as_it_is_shown() {
		let read: KindEntry = from_value(entry()).expect("it is one");
		let kind = read.generated();

		assert_eq!((kind.cooldown, kind.watch), (40, 60));
		assert_eq!((kind.time_to_live, kind.lease), (400, 80));
		assert_eq!((kind.rate_limit.count, kind.rate_limit.period), (12, 1_200));
		assert_eq!(kind.blast_radius.0, 250_000_000);
		assert_eq!(kind.reversible_by.map(|id| id.0), Some(5));
		assert!(matches!(kind.class, RiskClass::Low));
		assert!(matches!(kind.targets, generated::Targets::Validators));
		assert!(matches!(kind.verification, generated::Verification::Approvers(2)));
		let generated::Performer::Executor { parameters } = kind.performer else {
			panic!("an executor does it");
		};
		let [service, delay, force] = &parameters.0[..] else { panic!("there are three") };
		assert_eq!(service.name.0 .0, b"service");
		let bounds = &delay.bounds;
		let generated::ParameterBounds::Integer { least, greatest } = bounds else {
			panic!("it is a number");
		};
		assert_eq!((*least, *greatest), (-1, 60));
		assert!(matches!(force.bounds, generated::ParameterBounds::Flag));
	}

	#[test]
	fn kind_should_be_refused_with_what_is_wrong() {
		for (member, value, words) in [
			("name", json!("Restart"), "lower-case"),
			("class", json!("huge"), "unknown variant `huge`"),
			("performer", json!({ "type": "robot" }), "unknown variant `robot`"),
			("performer", json!({ "type": "chain", "pallet": 256, "call": 0 }), "256"),
			("targets", json!("all"), "unknown variant `all`"),
			("verification", json!({ "type": "approvers" }), "missing field `needed`"),
			("blast_radius", json!("1.1"), "is no share"),
			("blast_radius", json!("0.0000000001"), "is no share"),
			("blast_radius", json!("-0"), "is no share"),
			("cooldown", json!(-1), "invalid number"),
		] {
			let mut wrong = entry();
			wrong[member] = value;
			let error = from_value::<KindEntry>(wrong).expect_err("it is wrong");
			assert!(error.to_string().contains(words), "{member}: {error}");
		}
		for (share, billionths) in [("0", 0), ("1", 1_000_000_000), ("0.5", 500_000_000)] {
			let share = Share::try_from(share.to_owned()).expect("it is one");
			assert_eq!(share.0, billionths);
		}
	}
}

//! What clients send with a question about the market.

use super::terms::resource::Requirements;
use crate::rpc::{
	format::{Plancks, Quantity},
	tags::Tag,
};
use aitbc_core::{OfferId, TagId, Unit};
use aitbc_runtime::Hash;
use pallet_market::types as chain;
use serde::Deserialize;

/// What somebody looks for among the offers.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OfferQuery {
	/// What must be offered.
	pub capability: Tag,
	/// What is counted.
	pub unit: Unit,
	/// How many units it must take.
	pub units: Quantity,
	/// The most that a unit may cost.
	pub max_price: Plancks,
	/// What else is needed.
	#[serde(default)]
	pub requirements: Requirements,
	/// Says where the search starts, and who goes first of equals.
	pub seed: Hash,
}

impl OfferQuery {
	/// The same as the runtime takes it, but for the capability, which the caller has looked up, and
	/// the offer to search on from.
	pub fn of(self, capability: TagId, after: Option<OfferId>) -> chain::OfferQuery {
		chain::OfferQuery {
			capability,
			unit: self.unit,
			units: self.units.0,
			max_price: self.max_price.0,
			requirements: self.requirements.into(),
			seed: self.seed,
			after,
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json, Value};

	/// What a query must say, and then `more`.
	fn query(more: Value) -> serde_json::Result<OfferQuery> {
		let mut json = json!({
			"capability": "inference.text",
			"unit": "gpu_second",
			"units": "18446744073709551615",
			"maxPrice": "500",
			"seed": format!("0x{}", "07".repeat(32)),
		});
		let (members, more) = (json.as_object_mut(), more.as_object().cloned());
		members.expect("it is an object").extend(more.expect("it is an object"));
		from_value(json)
	}

	#[test]
	fn queries_should_reach_the_runtime_unchanged() {
		let more = json!({ "requirements": { "resource": { "cpuCores": 8 } } });
		let query = query(more).expect("the query is complete");
		assert_eq!(query.capability, Tag::Name("inference.text".into()));

		let asked = query.of(TagId(4), Some(OfferId(9)));

		let mut requirements = chain::Requirements::default();
		requirements.resource.cpu_cores = 8;
		assert_eq!(
			asked,
			chain::OfferQuery {
				capability: TagId(4),
				unit: Unit::GpuSecond,
				units: u64::MAX,
				max_price: 500,
				requirements,
				seed: Hash::repeat_byte(7),
				after: Some(OfferId(9)),
			}
		);
	}

	#[test]
	fn queries_should_require_nothing_when_nothing_is_said() {
		let query = query(json!({})).expect("the query is complete");

		assert_eq!(query.of(TagId(4), None).requirements, chain::Requirements::default());
	}

	#[test]
	fn queries_should_refuse_what_they_do_not_know() {
		for more in [
			json!({ "after": 1 }),
			json!({ "unit": "second" }),
			json!({ "units": 1 }),
			json!({ "maxPrice": 500 }),
			json!({ "requirements": { "gpu": null } }),
		] {
			assert!(query(more.clone()).is_err(), "{more}");
		}
	}
}

//! Offers.

use crate::rpc::{
	accounts::Accounts,
	format::{Plancks, Quantity},
	market::terms::resource::{Resource, Sla},
};
use aitbc_core::{AgentId, OfferId, TagId, Unit};
use aitbc_runtime::AccountId;
use pallet_market::types as chain;
use serde::Serialize;

/// What an agent sells.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Offer {
	offer: OfferId,
	agent: AgentId,
	account: String,
	terms: Terms,
	in_use: Quantity,
	status: &'static str,
	is_backed: bool,
	deposit: Plancks,
}

/// On what terms it is sold.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Terms {
	capability: TagId,
	resource: Resource,
	unit: Unit,
	price: Plancks,
	min_units: Quantity,
	max_units: Quantity,
	sla: Sla,
	capacity: Quantity,
}

impl Offer {
	/// Shows `info`, its account as `accounts` writes it.
	pub fn new(info: chain::OfferInfo<AccountId>, accounts: &Accounts) -> Self {
		let chain::OfferInfo { offer, record, is_backed } = info;
		let chain::Offer { agent, account, terms, in_use, status, deposit } = record;
		Self {
			offer,
			agent,
			account: accounts.show(&account),
			terms: terms.into(),
			in_use: Quantity(in_use),
			status: status_name(status),
			is_backed,
			deposit: Plancks(deposit),
		}
	}
}

/// Shows `offers`.
pub fn all(offers: Vec<chain::OfferInfo<AccountId>>, accounts: &Accounts) -> Vec<Offer> {
	offers.into_iter().map(|info| Offer::new(info, accounts)).collect()
}

impl From<chain::OfferTerms> for Terms {
	fn from(terms: chain::OfferTerms) -> Self {
		let chain::OfferTerms {
			capability,
			resource,
			unit,
			price,
			min_units,
			max_units,
			sla,
			capacity,
		} = terms;
		Self {
			capability,
			resource: resource.into(),
			unit,
			price: Plancks(price),
			min_units: Quantity(min_units),
			max_units: Quantity(max_units),
			sla: sla.into(),
			capacity: Quantity(capacity),
		}
	}
}

fn status_name(status: chain::OfferStatus) -> &'static str {
	match status {
		chain::OfferStatus::Open => "open",
		chain::OfferStatus::Paused => "paused",
	}
}

#[cfg(test)]
pub mod tests {
	use super::*;
	use aitbc_core::PrivacyClass;
	use serde_json::{json, to_value, Value};
	use sp_keyring::Sr25519Keyring::Alice;
	use sp_runtime::Perbill;

	/// An offer.
	pub fn info() -> chain::OfferInfo<AccountId> {
		chain::OfferInfo {
			offer: OfferId(3),
			record: chain::Offer {
				agent: AgentId(7),
				account: Alice.to_account_id(),
				terms: chain::OfferTerms {
					capability: TagId(1),
					resource: chain::Resource { cpu_cores: 8, ..Default::default() },
					unit: Unit::Hour,
					price: 5,
					min_units: 1,
					max_units: 10,
					sla: chain::Sla { latency_ms: 20, availability: Perbill::from_percent(99) },
					capacity: u64::MAX,
				},
				in_use: 4,
				status: chain::OfferStatus::Open,
				deposit: 6,
			},
			is_backed: true,
		}
	}

	/// The same as JSON.
	pub fn info_json() -> Value {
		json!({
			"offer": 3,
			"agent": 7,
			"account": "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY",
			"terms": {
				"capability": 1,
				"resource": {
					"gpu": null,
					"cpuCores": 8,
					"memoryMib": 0,
					"bandwidthMbps": 0,
					"models": [],
					"region": null,
					"privacy": PrivacyClass::Shared,
				},
				"unit": "hour",
				"price": "5",
				"minUnits": "1",
				"maxUnits": "10",
				"sla": { "latencyMs": 20, "availability": "0.990000000" },
				"capacity": "18446744073709551615",
			},
			"inUse": "4",
			"status": "open",
			"isBacked": true,
			"deposit": "6",
		})
	}

	#[test]
	fn offers_should_keep_their_golden_form() {
		let offers = all(vec![info()], &Accounts::with_prefix(42));

		assert_eq!(to_value(offers).expect("offers are JSON"), json!([info_json()]));
	}

	#[test]
	fn names_of_states_should_keep_their_golden_form() {
		let states = [chain::OfferStatus::Open, chain::OfferStatus::Paused];
		assert_eq!(states.map(status_name), ["open", "paused"]);
	}
}

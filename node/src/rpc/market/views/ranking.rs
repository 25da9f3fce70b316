//! Bids, and how well offers and bids fit what a client asks for.

use super::offer::Offer;
use crate::rpc::{
	accounts::Accounts,
	format::{Plancks, Share},
};
use aitbc_core::{AgentId, OfferId};
use aitbc_runtime::{AccountId, BlockNumber};
use pallet_market::types as chain;
use serde::Serialize;

/// A provider's bid for a job.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bid {
	agent: AgentId,
	account: String,
	terms: BidTerms,
	stays_as_backup: bool,
	at: BlockNumber,
}

/// On what terms it would do the job.
#[derive(Clone, Debug, Serialize)]
struct BidTerms {
	offer: OfferId,
	price: Plancks,
	bond: Plancks,
}

/// How well a candidate fits, from 0 to 1 in each respect.
#[derive(Clone, Debug, Serialize)]
struct Fit {
	resource: Share,
	performance: Share,
	cost: Share,
	availability: Share,
	bond: Share,
}

/// A bid, and what it is worth to the client.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RankedBid {
	score: Share,
	fit: Fit,
	lower_bound: Share,
	is_available: bool,
	bid: Bid,
}

/// An offer that meets the requirements.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct RankedOffer {
	score: Share,
	fit: Fit,
	lower_bound: Share,
	offer: Offer,
}

/// What a search among offers found.
#[derive(Clone, Debug, Serialize)]
pub struct Ranking {
	offers: Vec<RankedOffer>,
	candidates: u32,
	seen: u32,
}

impl Bid {
	/// Shows `bid`, its account as `accounts` writes it.
	pub fn new(bid: chain::Bid<AccountId>, accounts: &Accounts) -> Self {
		let chain::Bid { agent, account, terms, stays_as_backup, at } = bid;
		let chain::BidTerms { offer, price, bond } = terms;
		Self {
			agent,
			account: accounts.show(&account),
			terms: BidTerms { offer, price: Plancks(price), bond: Plancks(bond) },
			stays_as_backup,
			at,
		}
	}
}

impl RankedBid {
	/// Shows `ranked`, its account as `accounts` writes it.
	pub fn new(ranked: chain::RankedBid<AccountId>, accounts: &Accounts) -> Self {
		let chain::RankedBid { score, fit, lower_bound, is_available, bid } = ranked;
		Self {
			score: Share(score),
			fit: fit.into(),
			lower_bound: Share(lower_bound),
			is_available,
			bid: Bid::new(bid, accounts),
		}
	}
}

impl RankedOffer {
	fn new(ranked: chain::RankedOffer<AccountId>, accounts: &Accounts) -> Self {
		let chain::RankedOffer { score, fit, lower_bound, offer } = ranked;
		Self {
			score: Share(score),
			fit: fit.into(),
			lower_bound: Share(lower_bound),
			offer: Offer::new(offer, accounts),
		}
	}
}

impl Ranking {
	/// Shows `ranking`, its accounts as `accounts` writes them.
	pub fn new(ranking: chain::OfferRanking<AccountId>, accounts: &Accounts) -> Self {
		let chain::OfferRanking { offers, candidates, seen, next: _ } = ranking;
		let offers = offers.into_iter().map(|ranked| RankedOffer::new(ranked, accounts));
		Self { offers: offers.collect(), candidates, seen }
	}
}

impl From<chain::Fit> for Fit {
	fn from(fit: chain::Fit) -> Self {
		let chain::Fit { resource, performance, cost, availability, bond } = fit;
		Self {
			resource: Share(resource),
			performance: Share(performance),
			cost: Share(cost),
			availability: Share(availability),
			bond: Share(bond),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::rpc::market::views::offer;
	use serde_json::{json, to_value, Value};
	use sp_keyring::Sr25519Keyring::Bob;
	use sp_runtime::Perbill;

	fn fit() -> chain::Fit {
		let percent = Perbill::from_percent;
		chain::Fit {
			resource: percent(10),
			performance: percent(20),
			cost: percent(30),
			availability: percent(40),
			bond: percent(50),
		}
	}

	fn fit_json() -> Value {
		json!({
			"resource": "0.100000000",
			"performance": "0.200000000",
			"cost": "0.300000000",
			"availability": "0.400000000",
			"bond": "0.500000000",
		})
	}

	#[test]
	fn bids_should_keep_their_golden_form() {
		let bid = chain::Bid {
			agent: AgentId(7),
			account: Bob.to_account_id(),
			terms: chain::BidTerms { offer: OfferId(3), price: 60, bond: 6 },
			stays_as_backup: true,
			at: 12,
		};
		let ranked = chain::RankedBid {
			score: Perbill::from_percent(21),
			fit: fit(),
			lower_bound: Perbill::from_percent(0),
			is_available: false,
			bid,
		};

		assert_eq!(
			to_value(RankedBid::new(ranked, &Accounts::with_prefix(42))).expect("a bid is JSON"),
			json!({
				"score": "0.210000000",
				"fit": fit_json(),
				"lowerBound": "0.000000000",
				"isAvailable": false,
				"bid": {
					"agent": 7,
					"account": "5FHneW46xGXgs5mUiveU4sbTyGBzmstUspZC92UhjJM694ty",
					"terms": { "offer": 3, "price": "60", "bond": "6" },
					"staysAsBackup": true,
					"at": 12,
				},
			})
		);
	}

	#[test]
	fn rankings_should_keep_their_golden_form() {
		let ranked = chain::RankedOffer {
			score: Perbill::from_percent(30),
			fit: fit(),
			lower_bound: Perbill::from_percent(100),
			offer: offer::tests::info(),
		};
		let ranking = chain::OfferRanking {
			offers: vec![ranked],
			candidates: 2,
			seen: 3,
			next: Some(OfferId(4)),
		};

		assert_eq!(
			to_value(Ranking::new(ranking, &Accounts::with_prefix(42))).expect("it is JSON"),
			json!({
				"offers": [{
					"score": "0.300000000",
					"fit": fit_json(),
					"lowerBound": "1.000000000",
					"offer": offer::tests::info_json(),
				}],
				"candidates": 2,
				"seen": 3,
			})
		);
	}
}

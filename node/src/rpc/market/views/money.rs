//! What things cost, and what waits to be released.

use crate::rpc::format::Plancks;
use aitbc_core::Balance;
use pallet_market::types as chain;
use serde::Serialize;

/// What it takes to hire by an offer.
#[derive(Clone, Debug, Serialize)]
pub struct Quote {
	price: Plancks,
	total: Plancks,
	bond: Plancks,
	deposits: JobDeposits,
}

/// What is held on a client for the storage of a job.
#[derive(Clone, Debug, Serialize)]
pub struct JobDeposits {
	job: Plancks,
	record: Plancks,
}

/// An account's own money that could not be released yet.
#[derive(Clone, Debug, Serialize)]
pub struct Claim {
	kind: &'static str,
	amount: Plancks,
}

impl From<chain::Quote> for Quote {
	fn from(quote: chain::Quote) -> Self {
		let chain::Quote { price, total, bond, deposits } = quote;
		Self {
			price: Plancks(price),
			total: Plancks(total),
			bond: Plancks(bond),
			deposits: deposits.into(),
		}
	}
}

impl From<chain::JobDeposits> for JobDeposits {
	fn from(deposits: chain::JobDeposits) -> Self {
		let chain::JobDeposits { job, record } = deposits;
		Self { job: Plancks(job), record: Plancks(record) }
	}
}

impl From<(chain::ClaimKind, Balance)> for Claim {
	fn from((kind, amount): (chain::ClaimKind, Balance)) -> Self {
		let kind = match kind {
			chain::ClaimKind::Deposit => "deposit",
			chain::ClaimKind::Bond => "bond",
		};
		Self { kind, amount: Plancks(amount) }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value};

	#[test]
	fn quotes_should_keep_their_golden_form() {
		let deposits = chain::JobDeposits { job: 4, record: 5 };
		let quote = chain::Quote { price: 1, total: 2, bond: 3, deposits };

		assert_eq!(
			to_value(Quote::from(quote)).expect("a quote is JSON"),
			json!({
				"price": "1",
				"total": "2",
				"bond": "3",
				"deposits": { "job": "4", "record": "5" },
			})
		);
	}

	#[test]
	fn claims_should_keep_their_golden_form() {
		let claims = [(chain::ClaimKind::Deposit, 1), (chain::ClaimKind::Bond, 2)];

		assert_eq!(
			to_value(claims.map(Claim::from)).expect("claims are JSON"),
			json!([{ "kind": "deposit", "amount": "1" }, { "kind": "bond", "amount": "2" }])
		);
	}
}

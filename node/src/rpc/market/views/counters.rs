//! What happened on the market, and the rates that can be read off that.

use crate::rpc::format::{Plancks, Share};
use aitbc_core::Balance;
use pallet_market::types as chain;
use serde::Serialize;
use sp_runtime::Perbill;

/// What happened in some eras.
#[derive(Clone, Debug, Serialize)]
pub struct Activity {
	/// In all of them together.
	total: Counters,
	/// In each.
	eras: Vec<EraCounters>,
}

/// What happened in one era.
#[derive(Clone, Debug, Serialize)]
struct EraCounters {
	era: u32,
	#[serde(flatten)]
	counters: Counters,
}

/// What happened.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Counters {
	posted: u64,
	assigned: u64,
	completed: u64,
	partial: u64,
	refunded: u64,
	reassigned: u64,
	disputed: u64,
	expired: u64,
	cancelled: u64,
	value_settled: Plancks,
	/// Null when no job ended that somebody had.
	completion_rate: Option<Share>,
	/// Null when no lease ended.
	dispute_rate: Option<Share>,
}

impl From<Vec<chain::EraCounters>> for Activity {
	fn from(eras: Vec<chain::EraCounters>) -> Self {
		let total = eras.iter().map(|era| era.counters).fold(chain::Counters::default(), sum);
		Self { total: total.into(), eras: eras.into_iter().map(Into::into).collect() }
	}
}

impl From<chain::EraCounters> for EraCounters {
	fn from(era: chain::EraCounters) -> Self {
		let chain::EraCounters { era, counters } = era;
		Self { era, counters: counters.into() }
	}
}

impl From<chain::Counters> for Counters {
	fn from(counters: chain::Counters) -> Self {
		let completion_rate = completion_rate(&counters);
		let dispute_rate = dispute_rate(&counters);
		let chain::Counters {
			posted,
			assigned,
			completed,
			partial,
			refunded,
			reassigned,
			disputed,
			expired,
			cancelled,
			value_settled,
		} = counters;
		Self {
			posted,
			assigned,
			completed,
			partial,
			refunded,
			reassigned,
			disputed,
			expired,
			cancelled,
			value_settled: Plancks(value_settled),
			completion_rate: completion_rate.map(Share),
			dispute_rate: dispute_rate.map(Share),
		}
	}
}

/// Which share of the jobs that ended, and that somebody had, was paid in full.
fn completion_rate(counters: &chain::Counters) -> Option<Perbill> {
	rate(counters.completed, ended_jobs(counters))
}

/// About which share of the leases that ended there was a ruling.
///
/// Each lease that ends either goes on to a backup or ends its job, and is counted as that in the
/// same era.
fn dispute_rate(counters: &chain::Counters) -> Option<Perbill> {
	rate(counters.disputed, ended_jobs(counters).saturating_add(counters.reassigned.into()))
}

/// How many jobs ended that somebody had.
fn ended_jobs(counters: &chain::Counters) -> u128 {
	let chain::Counters { completed, partial, refunded, .. } = *counters;
	[completed, partial, refunded].into_iter().map(u128::from).sum()
}

/// The share `part` of `whole`, rounded down, or `None` of nothing.
fn rate(part: u64, whole: u128) -> Option<Perbill> {
	(whole > 0).then(|| Perbill::from_rational(part.into(), whole))
}

/// What two counted together.
fn sum(one: chain::Counters, other: chain::Counters) -> chain::Counters {
	let count = |of: fn(&chain::Counters) -> u64| of(&one).saturating_add(of(&other));
	chain::Counters {
		posted: count(|counters| counters.posted),
		assigned: count(|counters| counters.assigned),
		completed: count(|counters| counters.completed),
		partial: count(|counters| counters.partial),
		refunded: count(|counters| counters.refunded),
		reassigned: count(|counters| counters.reassigned),
		disputed: count(|counters| counters.disputed),
		expired: count(|counters| counters.expired),
		cancelled: count(|counters| counters.cancelled),
		value_settled: Balance::saturating_add(one.value_settled, other.value_settled),
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{json, to_value, Value};

	fn counters() -> chain::Counters {
		chain::Counters {
			posted: 20,
			assigned: 12,
			completed: 6,
			partial: 2,
			refunded: 1,
			reassigned: 3,
			disputed: 4,
			expired: 5,
			cancelled: 7,
			value_settled: 1_000,
		}
	}

	fn activity(eras: Vec<chain::EraCounters>) -> Value {
		to_value(Activity::from(eras)).expect("it is JSON")
	}

	#[test]
	fn activity_should_keep_its_golden_form() {
		let eras = vec![
			chain::EraCounters { era: 8, counters: counters() },
			chain::EraCounters { era: 7, counters: counters() },
		];
		let of_era = |era| {
			json!({
				"era": era,
				"posted": 20,
				"assigned": 12,
				"completed": 6,
				"partial": 2,
				"refunded": 1,
				"reassigned": 3,
				"disputed": 4,
				"expired": 5,
				"cancelled": 7,
				"valueSettled": "1000",
				"completionRate": "0.666666666",
				"disputeRate": "0.333333333",
			})
		};

		assert_eq!(
			activity(eras),
			json!({
				"total": {
					"posted": 40,
					"assigned": 24,
					"completed": 12,
					"partial": 4,
					"refunded": 2,
					"reassigned": 6,
					"disputed": 8,
					"expired": 10,
					"cancelled": 14,
					"valueSettled": "2000",
					"completionRate": "0.666666666",
					"disputeRate": "0.333333333",
				},
				"eras": [of_era(8), of_era(7)],
			})
		);
	}

	#[test]
	fn rates_should_be_absent_when_nothing_ended() {
		let waiting = chain::Counters { posted: 3, assigned: 2, expired: 1, ..Default::default() };
		let total =
			activity(vec![chain::EraCounters { era: 0, counters: waiting }])["total"].take();

		assert_eq!((&total["completionRate"], &total["disputeRate"]), (&Value::Null, &Value::Null));
	}

	#[test]
	fn rates_should_count_leases_apart_from_jobs() {
		// A job is under way whose first lease a ruling ended.
		let passed_on = chain::Counters { reassigned: 1, disputed: 1, ..Default::default() };
		assert_eq!(completion_rate(&passed_on), None);
		assert_eq!(dispute_rate(&passed_on), Some(Perbill::one()));

		let completed = chain::Counters { completed: 1, ..passed_on };
		assert_eq!(completion_rate(&completed), Some(Perbill::one()));
		assert_eq!(dispute_rate(&completed), Some(Perbill::from_percent(50)));
	}

	#[test]
	fn sums_should_not_overflow() {
		let most = chain::Counters {
			completed: u64::MAX,
			partial: u64::MAX,
			reassigned: u64::MAX,
			value_settled: Balance::MAX,
			..Default::default()
		};

		let total = sum(most, most);

		assert_eq!(total, most);
		assert_eq!(completion_rate(&total), Some(Perbill::from_percent(50)));
	}
}

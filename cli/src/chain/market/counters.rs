//! What happened on the market, era by era.

use super::generated;
use crate::{
	amount::Amount,
	chain::{runtime, Block, Error},
	decimal::{portion, Share, PARTS},
};
use serde::Serialize;

/// What happened on the market.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
	/// Jobs that were posted, direct ones included.
	pub posted: u64,
	/// Jobs that somebody got.
	pub assigned: u64,
	/// Jobs that ended with everything paid that was put in for the last lease.
	pub completed: u64,
	/// Jobs that ended with something paid and something back.
	pub partial: u64,
	/// Jobs that ended with nothing paid.
	pub refunded: u64,
	/// How often a job went on to a backup.
	pub reassigned: u64,
	/// Leases that ended, and about which there was a ruling, in whosever favour.
	pub disputed: u64,
	/// Jobs that nobody got in time.
	pub expired: u64,
	/// Jobs that their client took back before anybody got them.
	pub cancelled: u64,
	/// What clients paid for leases that ended, fees included.
	pub value_settled: Amount,
}

/// What happened in one era.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct EraCounters {
	/// The era.
	pub era: u32,
	/// What happened in it.
	#[serde(flatten)]
	pub counters: Counters,
}

impl Counters {
	/// Which share of the jobs that somebody had and that ended is completed, if any ended.
	pub fn completion_rate(&self) -> Option<Share> {
		rate(self.completed, self.ended())
	}

	/// About which share of the leases that ended there was a ruling, if any ended: of a job its last
	/// one, and one for each time that it went on to a backup.
	pub fn dispute_rate(&self) -> Option<Share> {
		rate(self.disputed, self.ended().saturating_add(self.reassigned))
	}

	/// Jobs that somebody had and that ended.
	fn ended(&self) -> u64 {
		self.completed.saturating_add(self.partial).saturating_add(self.refunded)
	}

	/// These and those of `other`.
	pub fn with(&self, other: &Self) -> Self {
		let value = self.value_settled.0.saturating_add(other.value_settled.0);
		Self {
			posted: self.posted.saturating_add(other.posted),
			assigned: self.assigned.saturating_add(other.assigned),
			completed: self.completed.saturating_add(other.completed),
			partial: self.partial.saturating_add(other.partial),
			refunded: self.refunded.saturating_add(other.refunded),
			reassigned: self.reassigned.saturating_add(other.reassigned),
			disputed: self.disputed.saturating_add(other.disputed),
			expired: self.expired.saturating_add(other.expired),
			cancelled: self.cancelled.saturating_add(other.cancelled),
			value_settled: Amount(value),
		}
	}
}

/// The share that `part` is of `whole`, all of it at most.
fn rate(part: u64, whole: u64) -> Option<Share> {
	if whole == 0 {
		return None;
	}
	let parts = portion(PARTS.into(), part.into(), whole.into());
	Some(Share(u32::try_from(parts).map_or(PARTS, |parts| parts.min(PARTS))))
}

impl From<generated::money::EraCounters> for EraCounters {
	fn from(of_era: generated::money::EraCounters) -> Self {
		let generated::money::EraCounters { era, counters } = of_era;
		let counters = Counters {
			posted: counters.posted,
			assigned: counters.assigned,
			completed: counters.completed,
			partial: counters.partial,
			refunded: counters.refunded,
			reassigned: counters.reassigned,
			disputed: counters.disputed,
			expired: counters.expired,
			cancelled: counters.cancelled,
			value_settled: Amount(counters.value_settled),
		};
		Self { era, counters }
	}
}

/// Reads what happened in the last `eras` eras, the present one first; in as many as are kept, at
/// most.
pub async fn counters(block: &Block, eras: u32) -> Result<Vec<EraCounters>, Error> {
	let eras = block.call(runtime::runtime_apis().market_api().counters(eras)).await?;
	Ok(eras.into_iter().map(EraCounters::from).collect())
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn rates_should_be_of_the_jobs_and_leases_that_ended() {
		let none = Counters { posted: 9, expired: 4, ..Counters::default() };
		assert_eq!((none.completion_rate(), none.dispute_rate()), (None, None));
		let some = Counters { completed: 6, partial: 1, refunded: 1, disputed: 1, ..none };
		assert_eq!(some.completion_rate(), Some(Share(750_000_000)));
		assert_eq!(some.dispute_rate(), Some(Share(125_000_000)));
		let again = Counters { reassigned: 2, ..some };
		assert_eq!(again.dispute_rate(), Some(Share(100_000_000)));
		let many = Counters { disputed: 9, ..some };
		assert_eq!(many.dispute_rate(), Some(Share(PARTS)), "no rate is above one");
		assert_eq!(some.with(&none).posted, 18);
	}
}

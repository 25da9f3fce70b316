//! How well an agent fits what somebody looks for. Pure: it sees a row and the requirements only.

use crate::types::{
	AgentMatch, CapabilityRow, CapabilityVersion, Fit, MatchError, PageIndex, Requirements,
};
use aitbc_core::{AgentId, BlockNumber, Scale};
use core::cmp::Ordering;
use frame_support::Hashable;
use sp_runtime::{PerThing, Perbill, Saturating};

/// The part of a score that an agent without any reputation keeps.
const WITHOUT_REPUTATION: Perbill = Perbill::from_percent(70);

/// The part of a score that reputation decides on.
const BY_REPUTATION: Perbill = Perbill::from_percent(30);

/// How much a newer major version is worth: it may break who relies on the one asked for.
const NEWER_MAJOR: Perbill = Perbill::from_percent(50);

/// A search for agents at one time.
pub struct Search {
	/// What is looked for.
	requirements: Requirements,
	/// Where on the tag's scale the least performance asked for lies.
	least_performance: Option<Perbill>,
	/// The time now, in active blocks.
	now: BlockNumber,
	/// How long a heartbeat keeps an agent live, in active blocks.
	heartbeat_period: BlockNumber,
}

impl Search {
	/// A search for what meets `requirements` at the time `now`, with performance on `scale`.
	pub fn new(
		requirements: Requirements,
		scale: &Scale,
		now: BlockNumber,
		heartbeat_period: BlockNumber,
	) -> Result<Self, MatchError> {
		let least_performance = match requirements.performance {
			Some(least) => Some(scale.share_of(least).ok_or(MatchError::PerformanceOffScale)?),
			None => None,
		};
		Ok(Self { requirements, least_performance, now, heartbeat_period })
	}

	/// The first page to look at, of `pages`: the one asked for, or the one that the seed says, so
	/// that no agent is seen first by everybody. Zero when there are none.
	pub fn start(&self, pages: u32) -> PageIndex {
		let start = match self.requirements.start {
			Some(start) => start.0,
			None => {
				let [a, b, c, d, ..] = self.requirements.seed.blake2_256();
				u32::from_le_bytes([a, b, c, d])
			},
		};
		PageIndex(start.checked_rem(pages).unwrap_or_default())
	}

	/// Where `agent` stands among agents of the same score. It depends on the seed, so that an old
	/// id is no advantage.
	pub fn lot(&self, agent: AgentId) -> [u8; 32] {
		(self.requirements.seed, agent).blake2_256()
	}

	/// What `row` is worth, or `None` if its agent is not live or does not meet a requirement.
	pub fn assess(&self, row: CapabilityRow) -> Option<AgentMatch> {
		let fit = self.fit(&row)?;
		let by_reputation = BY_REPUTATION.saturating_mul(row.standing.lower_bound);
		let trust = WITHOUT_REPUTATION.saturating_add(by_reputation);
		Some(AgentMatch { score: fit.mean().saturating_mul(trust), fit, row })
	}

	/// How well `row` fits, or `None` if its agent is not live or does not meet a requirement.
	fn fit(&self, row: &CapabilityRow) -> Option<Fit> {
		let Requirements { version, parameters, max_price, capacity, .. } = self.requirements;
		let left = row.standing.live_until.checked_sub(self.now)?;
		let saved = max_price.checked_sub(row.price)?;
		if row.capacity < capacity {
			return None;
		}
		let has_parameters = parameters.is_none_or(|wanted| wanted == row.parameters);
		Some(Fit {
			version: version_fit(row.version, version)?,
			parameters: if has_parameters { Perbill::one() } else { Perbill::zero() },
			performance: performance_fit(row.performance, self.least_performance)?,
			// Of a price of zero, all is saved: the share of nothing is one.
			cost: Perbill::from_rational(saved, max_price),
			// Twice the share that is left: who sends a heartbeat every half period is fully
			// available, and sending more of them buys nothing.
			availability: Perbill::from_rational(left.saturating_mul(2), self.heartbeat_period),
		})
	}
}

impl Fit {
	/// The mean of the five components, rounded down.
	fn mean(&self) -> Perbill {
		let Self { version, parameters, performance, cost, availability } = *self;
		let parts = [version, parameters, performance, cost, availability];
		let sum: u64 = parts.iter().map(|part| u64::from(part.deconstruct())).sum();
		Perbill::from_rational(sum, FULL_MARKS)
	}
}

/// The sum of five components of one each, in parts per billion.
const FULL_MARKS: u64 = 5_000_000_000;

/// What `offered` is worth to somebody who needs `least`, or `None` if it is older.
fn version_fit(offered: CapabilityVersion, least: CapabilityVersion) -> Option<Perbill> {
	match offered.major.cmp(&least.major) {
		Ordering::Less => None,
		Ordering::Equal => (offered.minor >= least.minor).then_some(Perbill::one()),
		Ordering::Greater => Some(NEWER_MAJOR),
	}
}

/// How far `offered` is on the way from `least` to the top of the scale, or from the bottom when
/// nothing is asked for; `None` if it is less. At the top of the scale it is one.
fn performance_fit(offered: Perbill, least: Option<Perbill>) -> Option<Perbill> {
	let least = least.unwrap_or_default();
	let above = offered.deconstruct().checked_sub(least.deconstruct())?;
	Some(Perbill::from_rational(above, least.left_from_one().deconstruct()))
}

//! How well a provider fits what somebody looks for. Pure: it sees what it is given only.

use crate::types::{Fit, Requirements, Resource, ResourceMinimum, Sla};
use aitbc_core::{AgentId, Balance};
use alloc::vec::Vec;
use codec::Codec;
use frame_support::Hashable;
use sp_runtime::{Perbill, Saturating};

/// The part of a score that an agent without any reputation keeps.
const WITHOUT_REPUTATION: Perbill = Perbill::from_percent(70);

/// The part of a score that reputation decides on.
const BY_REPUTATION: Perbill = Perbill::from_percent(30);

/// What somebody looks for, and what it may cost.
pub struct Ask<'a> {
	/// What the provider must have at least.
	pub requirements: &'a Requirements,
	/// The most that it may cost, in plancks.
	pub price_limit: Balance,
}

/// What a provider has, and what it asks.
pub struct Candidate<'a> {
	/// What it works with.
	pub resource: &'a Resource,
	/// How quickly, and how surely.
	pub sla: &'a Sla,
	/// What it asks, in plancks, of the same as [`Ask::price_limit`].
	pub price: Balance,
	/// What it has at risk, in plancks.
	pub bond: Balance,
	/// What it costs in all, in plancks.
	pub total: Balance,
	/// Whether its agent is live.
	pub is_live: bool,
}

impl Ask<'_> {
	/// How well `candidate`, which meets the requirements, fits.
	pub fn fit(&self, candidate: &Candidate) -> Fit {
		let Requirements { resource, sla, .. } = self.requirements;
		let availability =
			if candidate.is_live { candidate.sla.availability } else { Perbill::zero() };
		Fit {
			resource: resource_fit(candidate.resource, resource),
			performance: saved(candidate.sla.latency_ms.into(), sla.latency_ms.into()),
			cost: saved(candidate.price, self.price_limit),
			availability,
			bond: Perbill::from_rational(candidate.bond, candidate.total),
		}
	}
}

impl Fit {
	/// What a provider of this fit is worth, given the lower bound of its agent's reputation: the mean
	/// of the five components, times 0.7 + 0.3 x the bound, rounded down in each step.
	pub fn score(&self, lower_bound: Perbill) -> Perbill {
		let Self { resource, performance, cost, availability, bond } = *self;
		let by_reputation = BY_REPUTATION.saturating_mul(lower_bound);
		let trust = WITHOUT_REPUTATION.saturating_add(by_reputation);
		mean(&[resource, performance, cost, availability, bond]).saturating_mul(trust)
	}
}

/// Where `agent` stands among candidates of the same score. It depends on the seed, so that an old id
/// is no advantage.
pub fn lot(seed: impl Codec, agent: AgentId) -> [u8; 32] {
	(seed, agent).blake2_256()
}

/// How much more `offered` is than `least`: the mean over all that `least` counts of the share of it
/// that is beyond; one when it counts nothing.
fn resource_fit(offered: &Resource, least: &ResourceMinimum) -> Perbill {
	let gpu = offered.gpu.as_ref().zip(least.gpu.as_ref());
	let gpus = gpu.map(|(offered, least)| {
		[(u32::from(offered.count), u32::from(least.count)), (offered.vram_mib, least.vram_mib)]
	});
	let others = [
		(u32::from(offered.cpu_cores), u32::from(least.cpu_cores)),
		(offered.memory_mib, least.memory_mib),
		(offered.bandwidth_mbps, least.bandwidth_mbps),
	];
	let counted = gpus.into_iter().flatten().chain(others).filter(|(_, least)| *least > 0);
	let beyond: Vec<Perbill> =
		counted.map(|(offered, least)| saved(least.into(), offered.into())).collect();
	if beyond.is_empty() {
		return Perbill::one();
	}
	mean(&beyond)
}

/// Which share of `most` is left when `used` of it is used, rounded down. Of nothing, all is left.
fn saved(used: u128, most: u128) -> Perbill {
	Perbill::from_rational(most.saturating_sub(used), most)
}

/// The mean of `parts`, rounded down; zero of none.
fn mean(parts: &[Perbill]) -> Perbill {
	let one = u64::from(Perbill::one().deconstruct());
	let sum: u64 = parts.iter().map(|part| u64::from(part.deconstruct())).sum();
	let full = u64::try_from(parts.len()).unwrap_or(u64::MAX).saturating_mul(one);
	if full == 0 {
		return Perbill::zero();
	}
	Perbill::from_rational(sum, full)
}

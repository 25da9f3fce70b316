//! What providers sell, and what clients need at least.

use super::{MAX_MODELS, MAX_NAME, MAX_REGION};
use aitbc_core::{AgentId, Balance, PrivacyClass, TagId, Unit};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use sp_runtime::Perbill;

/// What people call a GPU or a model, in printable ASCII.
pub type Name = BoundedVec<u8, ConstU32<MAX_NAME>>;

/// The names of several models.
pub type Names = BoundedVec<Name, ConstU32<MAX_MODELS>>;

/// Where machines stand, in printable ASCII; empty for anywhere.
pub type Region = BoundedVec<u8, ConstU32<MAX_REGION>>;

/// The GPUs of a resource, which are all alike.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Gpu {
	/// What people call one.
	pub model: Name,
	/// How many there are. At least one.
	pub count: u16,
	/// The memory of each, in MiB.
	pub vram_mib: u32,
}

/// What a provider works with.
#[derive(
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Resource {
	/// The GPUs, if there are any.
	pub gpu: Option<Gpu>,
	/// How many cores.
	pub cpu_cores: u16,
	/// How much memory, in MiB.
	pub memory_mib: u32,
	/// How much goes over its network, in megabits per second.
	pub bandwidth_mbps: u32,
	/// The models that it serves.
	pub models: Names,
	/// Where it stands; empty when the provider does not say.
	pub region: Region,
	/// Who may see what is computed.
	pub privacy: PrivacyClass,
}

/// The GPUs that somebody needs at least.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct GpuMinimum {
	/// Which kind, if it matters.
	pub model: Option<Name>,
	/// How many.
	pub count: u16,
	/// The memory of each, in MiB.
	pub vram_mib: u32,
}

/// What somebody needs at least to have work done.
#[derive(
	Clone,
	Debug,
	Default,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct ResourceMinimum {
	/// The GPUs, if any are needed.
	pub gpu: Option<GpuMinimum>,
	/// How many cores.
	pub cpu_cores: u16,
	/// How much memory, in MiB.
	pub memory_mib: u32,
	/// How much must go over the network, in megabits per second.
	pub bandwidth_mbps: u32,
	/// The models that must all be served.
	pub models: Names,
	/// Where it must stand; empty for anywhere.
	pub region: Region,
	/// The least protection.
	pub privacy: PrivacyClass,
}

/// How quickly, and how surely.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Sla {
	/// How long an answer takes at most, in milliseconds.
	pub latency_ms: u32,
	/// The share of the time in which there is one.
	pub availability: Perbill,
}

impl Sla {
	/// The one that every other meets.
	pub const LAX: Self = Self { latency_ms: u32::MAX, availability: Perbill::zero() };

	/// Whether this is at least as good as `least`.
	pub fn meets(&self, least: &Self) -> bool {
		self.latency_ms <= least.latency_ms && self.availability >= least.availability
	}
}

/// What a client needs at least of whoever gets its job.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Requirements {
	/// What to work with.
	pub resource: ResourceMinimum,
	/// How quickly, and how surely.
	pub sla: Sla,
	/// The lower bound of the agent's reputation.
	pub min_lower_bound: Perbill,
}

impl Default for Requirements {
	/// Requires nothing.
	fn default() -> Self {
		Self {
			resource: ResourceMinimum::default(),
			sla: Sla::LAX,
			min_lower_bound: Perbill::zero(),
		}
	}
}

impl Requirements {
	/// Whether an offer on `terms` meets all of this but for the reputation.
	pub fn are_met_by(&self, terms: &OfferTerms) -> bool {
		terms.sla.meets(&self.sla) && terms.resource.covers(&self.resource)
	}
}

impl Resource {
	/// Whether this is at least `least`.
	pub fn covers(&self, least: &ResourceMinimum) -> bool {
		let has_gpu = least
			.gpu
			.as_ref()
			.is_none_or(|least| self.gpu.as_ref().is_some_and(|gpu| gpu.covers(least)));
		has_gpu
			&& self.cpu_cores >= least.cpu_cores
			&& self.memory_mib >= least.memory_mib
			&& self.bandwidth_mbps >= least.bandwidth_mbps
			&& least.models.iter().all(|model| self.models.contains(model))
			&& (least.region.is_empty() || self.region == least.region)
			&& self.privacy >= least.privacy
	}
}

impl Gpu {
	/// Whether this is at least `least`.
	fn covers(&self, least: &GpuMinimum) -> bool {
		self.count >= least.count
			&& self.vram_mib >= least.vram_mib
			&& least.model.as_ref().is_none_or(|model| *model == self.model)
	}
}

/// What a provider offers, on what terms. They never change: a new price is a new offer.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct OfferTerms {
	/// What it can do: a tag for capabilities.
	pub capability: TagId,
	/// What it works with.
	pub resource: Resource,
	/// What is counted.
	pub unit: Unit,
	/// What a unit costs a client that hires by this offer, in plancks.
	pub price: Balance,
	/// The fewest units of a job. At least one.
	pub min_units: u64,
	/// The most units of a job. At least `min_units`.
	pub max_units: u64,
	/// How quickly, and how surely.
	pub sla: Sla,
	/// How many units may be in work at once, of all jobs together. At least `max_units`.
	pub capacity: u64,
}

/// Whether an offer takes new work.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum OfferStatus {
	/// It does.
	#[codec(index = 0)]
	Open,
	/// It does not for now. Work under way goes on.
	#[codec(index = 1)]
	Paused,
}

/// What an agent sells.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Offer<AccountId> {
	/// Whose offer it is.
	pub agent: AgentId,
	/// The agent's wallet that made it. The deposit is held on this account.
	pub account: AccountId,
	/// What is offered.
	pub terms: OfferTerms,
	/// The units in work now, of all leases together. At most the capacity.
	pub in_use: u64,
	/// Whether it takes new work.
	pub status: OfferStatus,
	/// The storage deposit, in plancks.
	pub deposit: Balance,
}

impl<AccountId> Offer<AccountId> {
	/// How many units more may be in work.
	pub fn free_units(&self) -> u64 {
		// Never more are in use than there are.
		self.terms.capacity.saturating_sub(self.in_use)
	}
}

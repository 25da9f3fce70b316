//! What providers sell, and what clients need at least.

use super::types;
use crate::decimal::Share;
use serde::{Deserialize, Serialize};
use std::fmt;
use types::{
	aitbc_core::market as core, bounded_collections::bounded_vec::BoundedVec,
	pallet_market::types::offer as generated, sp_arithmetic::per_things::Perbill,
};

/// What is counted when work is paid for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
	/// A second of one GPU
	GpuSecond,
	/// A token that a model read or wrote
	Token,
	/// A request that was answered
	Request,
	/// 10^6 bytes, moved or kept
	Megabyte,
	/// An hour of the whole resource
	Hour,
}

impl Unit {
	/// So many of it, in words.
	pub fn count(self, units: u64) -> String {
		format!("{units} {self}{}", if units == 1 { "" } else { "s" })
	}
}

impl fmt::Display for Unit {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::GpuSecond => "gpu-second",
			Self::Token => "token",
			Self::Request => "request",
			Self::Megabyte => "megabyte",
			Self::Hour => "hour",
		})
	}
}

/// Who may see what is computed, from the least to the most protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Privacy {
	/// The provider, and others on the same machine
	#[default]
	Shared,
	/// The provider only
	Dedicated,
	/// Nobody but the client: the work runs in an attested enclave
	Confidential,
}

impl fmt::Display for Privacy {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		f.pad(match self {
			Self::Shared => "shared",
			Self::Dedicated => "dedicated",
			Self::Confidential => "confidential",
		})
	}
}

/// GPUs that are all alike.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gpu {
	/// What people call one. A client to whom it does not matter names none.
	pub model: Option<String>,
	/// How many.
	pub count: u16,
	/// The memory of each, in MiB.
	pub vram_mib: u32,
}

/// What a provider works with, or what a client needs at least.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Resource {
	/// The GPUs, if there are any.
	pub gpu: Option<Gpu>,
	/// How many cores.
	pub cpu_cores: u16,
	/// How much memory, in MiB.
	pub memory_mib: u32,
	/// How much goes over the network, in megabits per second.
	pub bandwidth_mbps: u32,
	/// The models that are served.
	pub models: Vec<String>,
	/// Where it stands; nothing for anywhere.
	pub region: Option<String>,
	/// How well the work is protected.
	pub privacy: Privacy,
}

/// How quickly, and how surely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Sla {
	/// How long an answer takes at most, in milliseconds.
	pub latency_ms: u32,
	/// The share of the time in which there is one.
	pub availability: Share,
}

/// What a client needs at least of whoever gets its job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Requirements {
	/// What to work with.
	pub resource: Resource,
	/// How quickly, and how surely.
	pub sla: Sla,
	/// The lower bound of the agent's reputation.
	pub min_reputation: Share,
}

/// The text in `bytes`, which the chain takes in printable ASCII only.
fn text(bytes: &BoundedVec<u8>) -> String {
	String::from_utf8_lossy(&bytes.0).into_owned()
}

fn bytes(text: &str) -> BoundedVec<u8> {
	BoundedVec(text.as_bytes().to_vec())
}

fn texts(list: BoundedVec<BoundedVec<u8>>) -> Vec<String> {
	list.0.iter().map(text).collect()
}

fn names(list: &[String]) -> BoundedVec<BoundedVec<u8>> {
	BoundedVec(list.iter().map(|name| bytes(name)).collect())
}

fn region(bytes: &BoundedVec<u8>) -> Option<String> {
	Some(text(bytes)).filter(|region| !region.is_empty())
}

impl From<core::Unit> for Unit {
	fn from(unit: core::Unit) -> Self {
		match unit {
			core::Unit::GpuSecond => Self::GpuSecond,
			core::Unit::Token => Self::Token,
			core::Unit::Request => Self::Request,
			core::Unit::Megabyte => Self::Megabyte,
			core::Unit::Hour => Self::Hour,
		}
	}
}

impl From<Unit> for core::Unit {
	fn from(unit: Unit) -> Self {
		match unit {
			Unit::GpuSecond => Self::GpuSecond,
			Unit::Token => Self::Token,
			Unit::Request => Self::Request,
			Unit::Megabyte => Self::Megabyte,
			Unit::Hour => Self::Hour,
		}
	}
}

/// The same for receipts, which are read without a chain.
impl From<aitbc_core::Unit> for Unit {
	fn from(unit: aitbc_core::Unit) -> Self {
		match unit {
			aitbc_core::Unit::GpuSecond => Self::GpuSecond,
			aitbc_core::Unit::Token => Self::Token,
			aitbc_core::Unit::Request => Self::Request,
			aitbc_core::Unit::Megabyte => Self::Megabyte,
			aitbc_core::Unit::Hour => Self::Hour,
		}
	}
}

impl From<Unit> for aitbc_core::Unit {
	fn from(unit: Unit) -> Self {
		match unit {
			Unit::GpuSecond => Self::GpuSecond,
			Unit::Token => Self::Token,
			Unit::Request => Self::Request,
			Unit::Megabyte => Self::Megabyte,
			Unit::Hour => Self::Hour,
		}
	}
}

impl From<core::PrivacyClass> for Privacy {
	fn from(class: core::PrivacyClass) -> Self {
		match class {
			core::PrivacyClass::Shared => Self::Shared,
			core::PrivacyClass::Dedicated => Self::Dedicated,
			core::PrivacyClass::Confidential => Self::Confidential,
		}
	}
}

impl From<Privacy> for core::PrivacyClass {
	fn from(privacy: Privacy) -> Self {
		match privacy {
			Privacy::Shared => Self::Shared,
			Privacy::Dedicated => Self::Dedicated,
			Privacy::Confidential => Self::Confidential,
		}
	}
}

impl From<generated::Resource> for Resource {
	fn from(resource: generated::Resource) -> Self {
		let gpu = resource.gpu.map(|gpu| Gpu {
			model: Some(text(&gpu.model)),
			count: gpu.count,
			vram_mib: gpu.vram_mib,
		});
		Self {
			gpu,
			cpu_cores: resource.cpu_cores,
			memory_mib: resource.memory_mib,
			bandwidth_mbps: resource.bandwidth_mbps,
			models: texts(resource.models),
			region: region(&resource.region),
			privacy: resource.privacy.into(),
		}
	}
}

impl From<&Resource> for generated::Resource {
	fn from(resource: &Resource) -> Self {
		let gpu = resource.gpu.as_ref().map(|gpu| generated::Gpu {
			model: bytes(gpu.model.as_deref().unwrap_or_default()),
			count: gpu.count,
			vram_mib: gpu.vram_mib,
		});
		Self {
			gpu,
			cpu_cores: resource.cpu_cores,
			memory_mib: resource.memory_mib,
			bandwidth_mbps: resource.bandwidth_mbps,
			models: names(&resource.models),
			region: bytes(resource.region.as_deref().unwrap_or_default()),
			privacy: resource.privacy.into(),
		}
	}
}

impl From<generated::ResourceMinimum> for Resource {
	fn from(least: generated::ResourceMinimum) -> Self {
		let gpu = least.gpu.map(|gpu| Gpu {
			model: gpu.model.as_ref().map(text),
			count: gpu.count,
			vram_mib: gpu.vram_mib,
		});
		Self {
			gpu,
			cpu_cores: least.cpu_cores,
			memory_mib: least.memory_mib,
			bandwidth_mbps: least.bandwidth_mbps,
			models: texts(least.models),
			region: region(&least.region),
			privacy: least.privacy.into(),
		}
	}
}

impl From<&Resource> for generated::ResourceMinimum {
	fn from(least: &Resource) -> Self {
		let gpu = least.gpu.as_ref().map(|gpu| generated::GpuMinimum {
			model: gpu.model.as_deref().map(bytes),
			count: gpu.count,
			vram_mib: gpu.vram_mib,
		});
		Self {
			gpu,
			cpu_cores: least.cpu_cores,
			memory_mib: least.memory_mib,
			bandwidth_mbps: least.bandwidth_mbps,
			models: names(&least.models),
			region: bytes(least.region.as_deref().unwrap_or_default()),
			privacy: least.privacy.into(),
		}
	}
}

impl From<generated::Sla> for Sla {
	fn from(sla: generated::Sla) -> Self {
		Self { latency_ms: sla.latency_ms, availability: Share(sla.availability.0) }
	}
}

impl From<Sla> for generated::Sla {
	fn from(sla: Sla) -> Self {
		Self { latency_ms: sla.latency_ms, availability: Perbill(sla.availability.0) }
	}
}

impl From<generated::Requirements> for Requirements {
	fn from(requirements: generated::Requirements) -> Self {
		Self {
			resource: requirements.resource.into(),
			sla: requirements.sla.into(),
			min_reputation: Share(requirements.min_lower_bound.0),
		}
	}
}

impl From<&Requirements> for generated::Requirements {
	fn from(requirements: &Requirements) -> Self {
		Self {
			resource: (&requirements.resource).into(),
			sla: requirements.sla.into(),
			min_lower_bound: Perbill(requirements.min_reputation.0),
		}
	}
}

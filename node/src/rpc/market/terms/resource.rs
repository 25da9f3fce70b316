//! What providers work with, and what clients need at least.

use crate::rpc::{
	bounded::{Few, Text},
	format::Share,
};
use aitbc_core::PrivacyClass;
use pallet_market::types::{self as chain, MAX_MODELS, MAX_NAME, MAX_REGION};
use serde::{Deserialize, Serialize};

/// What people call a GPU or a model.
type Name = Text<MAX_NAME>;

/// The names of several models.
type Names = Few<Name, MAX_MODELS>;

/// Where machines stand.
type Region = Text<MAX_REGION>;

/// The GPUs of a resource, which are all alike.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Gpu {
	model: Name,
	count: u16,
	vram_mib: u32,
}

/// What a provider works with.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
	gpu: Option<Gpu>,
	cpu_cores: u16,
	memory_mib: u32,
	bandwidth_mbps: u32,
	models: Names,
	/// Null if the provider does not say.
	region: Option<Region>,
	privacy: PrivacyClass,
}

/// The GPUs that somebody needs at least.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct GpuMinimum {
	/// Null if it does not matter.
	model: Option<Name>,
	count: u16,
	vram_mib: u32,
}

/// What somebody needs at least to have work done.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ResourceMinimum {
	gpu: Option<GpuMinimum>,
	cpu_cores: u16,
	memory_mib: u32,
	bandwidth_mbps: u32,
	models: Names,
	/// Null for anywhere.
	region: Option<Region>,
	privacy: PrivacyClass,
}

/// How quickly, and how surely.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Sla {
	latency_ms: u32,
	availability: Share,
}

/// What a client needs at least of whoever gets its job.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Requirements {
	resource: ResourceMinimum,
	sla: Sla,
	min_lower_bound: Share,
}

impl From<chain::Resource> for Resource {
	fn from(resource: chain::Resource) -> Self {
		let chain::Resource { gpu, cpu_cores, memory_mib, bandwidth_mbps, models, region, privacy } =
			resource;
		let gpu = gpu.map(|chain::Gpu { model, count, vram_mib }| Gpu {
			model: model.into(),
			count,
			vram_mib,
		});
		Self {
			gpu,
			cpu_cores,
			memory_mib,
			bandwidth_mbps,
			models: Names::show(models, Into::into),
			region: Region::unless_empty(region),
			privacy,
		}
	}
}

impl From<chain::ResourceMinimum> for ResourceMinimum {
	fn from(least: chain::ResourceMinimum) -> Self {
		let chain::ResourceMinimum {
			gpu,
			cpu_cores,
			memory_mib,
			bandwidth_mbps,
			models,
			region,
			privacy,
		} = least;
		let gpu = gpu.map(|chain::GpuMinimum { model, count, vram_mib }| GpuMinimum {
			model: model.map(Into::into),
			count,
			vram_mib,
		});
		Self {
			gpu,
			cpu_cores,
			memory_mib,
			bandwidth_mbps,
			models: Names::show(models, Into::into),
			region: Region::unless_empty(region),
			privacy,
		}
	}
}

impl From<ResourceMinimum> for chain::ResourceMinimum {
	fn from(least: ResourceMinimum) -> Self {
		let ResourceMinimum { gpu, cpu_cores, memory_mib, bandwidth_mbps, models, region, privacy } =
			least;
		let gpu = gpu.map(|GpuMinimum { model, count, vram_mib }| chain::GpuMinimum {
			model: model.map(Into::into),
			count,
			vram_mib,
		});
		Self {
			gpu,
			cpu_cores,
			memory_mib,
			bandwidth_mbps,
			models: models.keep(Into::into),
			region: region.map(Into::into).unwrap_or_default(),
			privacy,
		}
	}
}

impl Default for Sla {
	/// The one that every other meets.
	fn default() -> Self {
		chain::Sla::LAX.into()
	}
}

impl From<chain::Sla> for Sla {
	fn from(sla: chain::Sla) -> Self {
		let chain::Sla { latency_ms, availability } = sla;
		Self { latency_ms, availability: Share(availability) }
	}
}

impl From<Sla> for chain::Sla {
	fn from(sla: Sla) -> Self {
		let Sla { latency_ms, availability: Share(availability) } = sla;
		Self { latency_ms, availability }
	}
}

impl Default for Requirements {
	/// Requires nothing.
	fn default() -> Self {
		chain::Requirements::default().into()
	}
}

impl From<chain::Requirements> for Requirements {
	fn from(requirements: chain::Requirements) -> Self {
		let chain::Requirements { resource, sla, min_lower_bound } = requirements;
		Self { resource: resource.into(), sla: sla.into(), min_lower_bound: Share(min_lower_bound) }
	}
}

impl From<Requirements> for chain::Requirements {
	fn from(requirements: Requirements) -> Self {
		let Requirements { resource, sla, min_lower_bound: Share(min_lower_bound) } = requirements;
		Self { resource: resource.into(), sla: sla.into(), min_lower_bound }
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::{from_value, json, to_value, Value};
	use sp_runtime::{BoundedVec, Perbill};

	fn bounded<const MOST: u32>(text: &str) -> BoundedVec<u8, sp_core::ConstU32<MOST>> {
		BoundedVec::truncate_from(text.into())
	}

	fn least() -> chain::Requirements {
		chain::Requirements {
			resource: chain::ResourceMinimum {
				gpu: Some(chain::GpuMinimum {
					model: Some(bounded("H100")),
					count: 2,
					vram_mib: 80_000,
				}),
				cpu_cores: 8,
				memory_mib: 65_536,
				bandwidth_mbps: 1_000,
				models: BoundedVec::truncate_from(vec![bounded("sdxl")]),
				region: bounded("eu-west"),
				privacy: PrivacyClass::Confidential,
			},
			sla: chain::Sla { latency_ms: 2_000, availability: Perbill::from_percent(99) },
			min_lower_bound: Perbill::from_percent(50),
		}
	}

	fn least_json() -> Value {
		json!({
			"resource": {
				"gpu": { "model": "H100", "count": 2, "vramMib": 80_000 },
				"cpuCores": 8,
				"memoryMib": 65_536,
				"bandwidthMbps": 1_000,
				"models": ["sdxl"],
				"region": "eu-west",
				"privacy": "confidential",
			},
			"sla": { "latencyMs": 2_000, "availability": "0.990000000" },
			"minLowerBound": "0.500000000",
		})
	}

	#[test]
	fn resources_should_keep_their_golden_form() {
		let resource = chain::Resource {
			gpu: Some(chain::Gpu { model: bounded("H100"), count: 2, vram_mib: 80_000 }),
			cpu_cores: 8,
			memory_mib: 65_536,
			bandwidth_mbps: 1_000,
			models: BoundedVec::truncate_from(vec![bounded("sdxl"), bounded("flux")]),
			region: bounded(""),
			privacy: PrivacyClass::Dedicated,
		};

		assert_eq!(
			to_value(Resource::from(resource)).expect("a resource is JSON"),
			json!({
				"gpu": { "model": "H100", "count": 2, "vramMib": 80_000 },
				"cpuCores": 8,
				"memoryMib": 65_536,
				"bandwidthMbps": 1_000,
				"models": ["sdxl", "flux"],
				"region": null,
				"privacy": "dedicated",
			})
		);
	}

	#[test]
	fn requirements_should_keep_their_golden_form_both_ways() {
		let shown = to_value(Requirements::from(least())).expect("requirements are JSON");
		let read = from_value::<Requirements>(least_json()).expect("they are requirements");

		assert_eq!(shown, least_json());
		assert_eq!(chain::Requirements::from(read), least());
	}

	#[test]
	fn requirements_should_ask_for_nothing_when_nothing_is_said() {
		for nothing in [
			json!({}),
			json!({ "resource": {}, "sla": {} }),
			json!({ "resource": { "gpu": null, "region": null } }),
		] {
			let read = from_value::<Requirements>(nothing).expect("nothing is required");
			assert_eq!(chain::Requirements::from(read), chain::Requirements::default());
		}
	}

	#[test]
	fn requirements_should_refuse_what_they_do_not_know() {
		let long = "x".repeat(33);
		let models = vec!["sdxl"; 9];
		for json in [
			json!({ "latency": 1 }),
			json!({ "sla": { "latency": 1 } }),
			json!({ "sla": { "availability": "99%" } }),
			json!({ "resource": { "cpu_cores": 1 } }),
			json!({ "resource": { "gpu": { "count": 1 } } }),
			json!({ "resource": { "gpu": { "model": long, "count": 1, "vramMib": 1 } } }),
			json!({ "resource": { "models": models } }),
			json!({ "resource": { "region": "antarctica" } }),
			json!({ "resource": { "privacy": "secret" } }),
			json!({ "resource": { "cpuCores": 65_536 } }),
			json!({ "minLowerBound": "1.5" }),
		] {
			assert!(from_value::<Requirements>(json.clone()).is_err(), "{json}");
		}
	}
}

//! What a provider works with, and what a client needs at least, as arguments and for people.

use crate::{
	chain::market::{Gpu, Privacy, Requirements, Resource, Sla},
	decimal::Share,
	error::Error,
	quantity::{Latency, Memory, Percent},
};
use aitbc_core::market::{MAX_MODELS, MAX_NAME, MAX_REGION};
use clap::Args;

/// What a provider works with, or what a client needs at least of it.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Resource")]
pub struct ResourceArgs {
	/// What the GPUs are called
	#[arg(long, value_name = "MODEL", requires = "gpus", value_parser = name)]
	gpu: Option<String>,

	/// How many GPUs
	#[arg(long, value_name = "COUNT")]
	gpus: Option<u16>,

	/// The memory of each GPU, as `80GiB`
	#[arg(long, value_name = "MEMORY", requires = "gpus", default_value = "0MiB")]
	vram: Memory,

	/// How many cores
	#[arg(long, value_name = "COUNT", default_value_t = 0)]
	cpu_cores: u16,

	/// How much memory, as `16GiB`
	#[arg(long, value_name = "MEMORY", default_value = "0MiB")]
	memory: Memory,

	/// How much goes over the network, in megabits per second
	#[arg(long, value_name = "MBPS", default_value_t = 0)]
	bandwidth: u32,

	/// A model that is served, for each
	#[arg(long = "model", value_name = "NAME", value_parser = name)]
	models: Vec<String>,

	/// Where it stands, such as `eu` [default: anywhere]
	#[arg(long, value_name = "REGION", value_parser = region)]
	region: Option<String>,

	/// Who may see what is computed
	#[arg(long, default_value = "shared")]
	privacy: Privacy,
}

/// What a client needs at least of whoever gets its job.
#[derive(Clone, Debug, Args)]
pub struct RequirementArgs {
	#[command(flatten)]
	resource: ResourceArgs,

	/// How long an answer may take at most, as `250ms` or `2s` [default: any time]
	#[arg(long, value_name = "TIME")]
	latency: Option<Latency>,

	/// The least share of the time in which there must be an answer, as `99%`
	#[arg(long, value_name = "PERCENT", default_value = "0%")]
	availability: Percent,

	/// The least that the agent's reputation must be sure of, as `60%`: its lower bound
	#[arg(long, value_name = "PERCENT", default_value = "0%")]
	min_reputation: Percent,
}

/// That a text is longer than any call can carry.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` has more than {most} bytes: shorten it")]
struct TooLong {
	text: String,
	most: u32,
}

/// Takes a text of `most` bytes at most.
fn bounded(text: &str, most: u32) -> Result<String, TooLong> {
	let text = text.to_owned();
	if text.len() > most as usize {
		return Err(TooLong { text, most });
	}
	Ok(text)
}

/// Takes the name of a GPU or a model.
fn name(text: &str) -> Result<String, TooLong> {
	bounded(text, MAX_NAME)
}

/// Takes the name of a region.
fn region(text: &str) -> Result<String, TooLong> {
	bounded(text, MAX_REGION)
}

impl ResourceArgs {
	/// The resource that is meant.
	pub fn resource(&self) -> Result<Resource, Error> {
		let Self { gpu, gpus, vram, cpu_cores, memory, bandwidth, models, region, privacy } =
			self.clone();
		if models.len() > MAX_MODELS as usize {
			let count = models.len();
			return Err(Error::Usage(format!(
				"{count} models are too many: name {MAX_MODELS} at most"
			)));
		}
		Ok(Resource {
			gpu: gpus.map(|count| Gpu { model: gpu, count, vram_mib: vram.0 }),
			cpu_cores,
			memory_mib: memory.0,
			bandwidth_mbps: bandwidth,
			models,
			region,
			privacy,
		})
	}
}

impl RequirementArgs {
	/// The requirements that are meant.
	pub fn requirements(&self) -> Result<Requirements, Error> {
		let Share(availability) = self.availability.0;
		Ok(Requirements {
			resource: self.resource.resource()?,
			sla: Sla {
				latency_ms: self.latency.map_or(u32::MAX, |latency| latency.0),
				availability: Share(availability),
			},
			min_reputation: self.min_reputation.0,
		})
	}
}

/// A resource for people: what there is nothing of is left out.
pub fn rows(resource: &Resource) -> Vec<(&'static str, String)> {
	let mut rows = Vec::new();
	if let Some(gpu) = &resource.gpu {
		let model = gpu.model.as_ref().map(|model| format!(" x {model}")).unwrap_or_default();
		let vram = Memory(gpu.vram_mib);
		let vram = if vram.0 > 0 { format!(", {vram} each") } else { String::new() };
		rows.push(("GPUs", format!("{}{model}{vram}", gpu.count)));
	}
	let mut add = |is_there: bool, name, text: String| {
		if is_there {
			rows.push((name, text));
		}
	};
	add(resource.cpu_cores > 0, "cores", resource.cpu_cores.to_string());
	add(resource.memory_mib > 0, "memory", Memory(resource.memory_mib).to_string());
	add(resource.bandwidth_mbps > 0, "bandwidth", format!("{} Mbit/s", resource.bandwidth_mbps));
	add(!resource.models.is_empty(), "models", resource.models.join(", "));
	add(resource.region.is_some(), "region", resource.region.clone().unwrap_or_default());
	add(true, "privacy", resource.privacy.to_string());
	rows
}

/// Requirements for people: what is not asked for is left out.
pub fn requirement_rows(requirements: &Requirements) -> Vec<(&'static str, String)> {
	let Requirements { resource, sla, min_reputation } = requirements;
	let mut rows = rows(resource);
	rows.retain(|(name, _)| *name != "privacy" || resource.privacy != Privacy::Shared);
	if sla.latency_ms < u32::MAX {
		rows.push(("latency", Latency(sla.latency_ms).to_string()));
	}
	for (name, share) in [("availability", sla.availability), ("reputation", *min_reputation)] {
		if share.0 > 0 {
			rows.push((name, Percent(share).to_string()));
		}
	}
	rows
}

#[cfg(test)]
mod tests {
	use super::*;
	use clap::Parser;

	#[derive(Debug, Parser)]
	struct Line {
		#[command(flatten)]
		requirements: RequirementArgs,
	}

	fn requirements(line: &[&str]) -> Requirements {
		let line = Line::try_parse_from([&["aitbc"], line].concat()).expect("it is well formed");
		line.requirements.requirements().expect("there are few models")
	}

	#[test]
	fn nothing_should_be_required_when_nothing_is_asked_for() {
		let none = requirements(&[]);
		assert_eq!(none.resource, Resource::default());
		assert_eq!(none.sla, Sla { latency_ms: u32::MAX, availability: Share(0) });
		assert_eq!(requirement_rows(&none), []);
	}

	#[test]
	fn resources_should_be_read_and_shown() {
		let line = ["--gpu", "H100", "--gpus", "8", "--vram", "80GiB", "--memory", "1TiB"];
		let more = ["--cpu-cores", "64", "--model", "a", "--model", "b", "--latency", "2s"];
		let rest = ["--region", "eu", "--availability", "99.9%", "--bandwidth", "1000"];
		let asked = requirements(&[&line[..], &more, &rest].concat());
		let gpu = Gpu { model: Some("H100".into()), count: 8, vram_mib: 81_920 };
		assert_eq!(asked.resource.gpu, Some(gpu));
		let rows: Vec<_> = requirement_rows(&asked);
		let rows: Vec<_> = rows.iter().map(|(name, text)| (*name, text.as_str())).collect();
		assert_eq!(
			rows,
			[
				("GPUs", "8 x H100, 80 GiB each"),
				("cores", "64"),
				("memory", "1 TiB"),
				("bandwidth", "1000 Mbit/s"),
				("models", "a, b"),
				("region", "eu"),
				("latency", "2000 ms"),
				("availability", "99.9 %"),
			]
		);
	}

	#[test]
	fn names_should_be_no_longer_and_no_more_than_a_call_can_carry() {
		let line = |more: &[&str]| Line::try_parse_from([&["aitbc"], more].concat());
		let (name, region) = ("n".repeat(32), "r".repeat(8));
		assert!(line(&["--model", &name, "--region", &region]).is_ok());
		let long = line(&["--model", &(name + "n")]).expect_err("it has 33 bytes").to_string();
		assert!(long.contains("has more than 32 bytes: shorten it"), "{long}");
		assert!(line(&["--region", &(region + "r")]).is_err());
		let nine = line(&["--model", "a"].repeat(9)).expect("each is short enough");
		let many = nine.requirements.requirements().expect_err("eight are the most").to_string();
		assert!(many.contains("9 models are too many"), "{many}");
	}

	#[test]
	fn gpus_should_be_counted_when_one_is_named() {
		for line in [&["--gpu", "H100"][..], &["--vram", "80GiB"]] {
			let line = [&["aitbc"], line].concat();
			assert!(Line::try_parse_from(&line).is_err(), "{line:?}");
		}
	}
}

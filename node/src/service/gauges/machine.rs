//! What this process uses of its machine, read anew each time that somebody asks for the metrics.
//!
//! What cannot be read is missing from the metrics, rather than zero, and is warned of once.

#[cfg(target_os = "linux")]
mod linux;

use std::{
	io,
	path::{Path, PathBuf},
	sync::{Arc, Once},
};
use substrate_prometheus_endpoint::{
	prometheus::core::Number, register as add, MetricSource, Opts, PrometheusError, Registry,
	SourcedCounter, SourcedGauge,
};

/// Processor time of this process.
const CPU: Opening = Opening {
	name: "aitbc_cpu_seconds_total",
	help: "Processor time of this process in seconds, user and system, since it started",
};

/// Memory of this process.
const RESIDENT_MEMORY: Opening = Opening {
	name: "aitbc_resident_memory_bytes",
	help: "Physical memory that this process occupies",
};

/// Memory that there is.
const TOTAL_MEMORY: Opening = Opening {
	name: "aitbc_memory_total_bytes",
	help: "Physical memory of the machine, or what the control group allows if that is less",
};

/// Disk space that there still is.
const FREE_DISK: Opening = Opening {
	name: "aitbc_disk_free_bytes",
	help: "What the file system of the database still has for this process",
};

/// Why a metric is missing.
#[derive(Debug, thiserror::Error)]
enum Error {
	/// The operating system refuses.
	#[error("cannot read {path}: {cause}")]
	Unreadable {
		/// What was read, or whose file system was asked.
		path: PathBuf,
		/// Why it failed.
		cause: io::Error,
	},
	/// The operating system writes something that we do not understand.
	#[error("{path} does not say {value} as expected")]
	Malformed {
		/// What was read.
		path: PathBuf,
		/// What should have been in it.
		value: &'static str,
	},
}

/// Puts what can be measured of this process into `registry`, and the disk that `database` is on.
pub fn register(registry: &Registry, database: Option<&Path>) -> Result<(), PrometheusError> {
	#[cfg(target_os = "linux")]
	{
		add(SourcedCounter::new(&CPU.opts(), CPU.read_by(|| Ok(linux::cpu_seconds())))?, registry)?;
		let resident = RESIDENT_MEMORY.read_by(linux::resident_memory);
		add(SourcedGauge::new(&RESIDENT_MEMORY.opts(), resident)?, registry)?;
		let total = TOTAL_MEMORY.read_by(linux::total_memory);
		add(SourcedGauge::new(&TOTAL_MEMORY.opts(), total)?, registry)?;
	}
	#[cfg(not(target_os = "linux"))]
	log::warn!(
		"{}, {} and {} are missing from the metrics: they are measured on Linux only",
		CPU.name,
		RESIDENT_MEMORY.name,
		TOTAL_MEMORY.name
	);
	if let Some(path) = database.map(Path::to_path_buf) {
		let free = FREE_DISK.read_by(move || free_disk(&path));
		add(SourcedGauge::new(&FREE_DISK.opts(), free)?, registry)?;
	}
	Ok(())
}

/// What a process without privileges may still write to the file system of `path`, in bytes.
fn free_disk(path: &Path) -> Result<u64, Error> {
	fs4::available_space(path).map_err(|cause| Error::Unreadable { path: path.into(), cause })
}

/// How a metric is introduced.
struct Opening {
	name: &'static str,
	help: &'static str,
}

impl Opening {
	fn opts(&self) -> Opts {
		Opts::new(self.name, self.help)
	}

	/// The metric's values, as `read` finds them.
	fn read_by<N: Number>(
		&self,
		read: impl Fn() -> Result<N, Error> + Send + Sync + 'static,
	) -> Source<N> {
		Source(Arc::new(Reading { name: self.name, read: Box::new(read), warning: Once::new() }))
	}
}

/// Where a metric's values come from.
struct Source<N>(Arc<Reading<N>>);

struct Reading<N> {
	/// The metric's name.
	name: &'static str,
	read: Box<dyn Fn() -> Result<N, Error> + Send + Sync>,
	/// Whether a warning was given that the metric is missing.
	warning: Once,
}

impl<N> Clone for Source<N> {
	fn clone(&self) -> Self {
		Self(self.0.clone())
	}
}

impl<N: Number> MetricSource for Source<N> {
	type N = N;

	fn collect(&self, mut set: impl FnMut(&[&str], N)) {
		let Reading { name, read, warning } = &*self.0;
		match read() {
			Ok(value) => set(&[], value),
			Err(error) => warning.call_once(|| {
				log::warn!("{name} is missing from the metrics: {error}");
			}),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use substrate_prometheus_endpoint::prometheus::proto::MetricType;

	/// What `registry` says of the metric `name`.
	fn value(registry: &Registry, name: &str) -> Option<f64> {
		let families = registry.gather();
		let family = families.iter().find(|family| family.get_name() == name)?;
		let [metric] = family.get_metric() else { panic!("{name} has one value: {family:?}") };
		Some(match family.get_field_type() {
			MetricType::COUNTER => metric.get_counter().get_value(),
			_ => metric.get_gauge().get_value(),
		})
	}

	#[cfg(target_os = "linux")]
	#[test]
	fn metrics_should_be_plausible_for_this_process() {
		let registry = Registry::new();
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		register(&registry, Some(folder.path())).expect("the registry is empty");
		let of = |opening: Opening| value(&registry, opening.name).expect("Linux says it");

		let cpu = of(CPU);
		let resident = of(RESIDENT_MEMORY);
		let total = of(TOTAL_MEMORY);
		let free = of(FREE_DISK);

		assert!(cpu > 0.0 && cpu < 100_000.0, "{cpu} s");
		assert!(resident > 1e6 && resident < total, "{resident} of {total} bytes");
		assert!(total > 1e8 && total < 1e15, "{total} bytes");
		assert!(free > 0.0 && free < 1e18, "{free} bytes");
	}

	#[cfg(target_os = "linux")]
	#[test]
	fn cpu_seconds_should_grow_when_the_process_works() {
		let registry = Registry::new();
		register(&registry, None).expect("the registry is empty");
		let before = value(&registry, CPU.name).expect("Linux says it");

		let start = std::time::Instant::now();
		while start.elapsed() < std::time::Duration::from_millis(50) {
			std::hint::spin_loop();
		}

		let after = value(&registry, CPU.name).expect("Linux says it");
		assert!(after > before, "{before} s, {after} s");
	}

	#[test]
	fn metric_should_come_and_go_with_what_it_reads() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("database");
		let registry = Registry::new();
		register(&registry, Some(&path)).expect("the registry is empty");

		assert_eq!(value(&registry, FREE_DISK.name), None);
		std::fs::create_dir(&path).expect("the folder is writable");
		assert!(value(&registry, FREE_DISK.name).is_some());
	}

	#[test]
	fn warning_should_be_given_once_when_a_metric_is_missing() {
		let source = FREE_DISK.read_by(|| free_disk(Path::new("/there/is/no/such/folder")));
		let mut values = 0;

		source.collect(|_, _| values += 1);
		assert!(source.0.warning.is_completed());
		source.clone().collect(|_, _| values += 1);

		assert_eq!(values, 0);
	}

	#[test]
	fn warning_should_not_be_given_when_the_metric_is_there() {
		let source = FREE_DISK.read_by(|| Ok(7_u64));
		let mut values = Vec::new();

		source.collect(|labels, value| values.push((labels.len(), value)));

		assert_eq!(values, [(0, 7)]);
		assert!(!source.0.warning.is_completed());
	}

	#[test]
	fn disk_should_be_absent_when_there_is_no_database() {
		let registry = Registry::new();

		register(&registry, None).expect("the registry is empty");

		assert_eq!(value(&registry, FREE_DISK.name), None);
	}

	#[test]
	fn register_should_fail_when_the_registry_has_the_metrics() {
		let registry = Registry::new();
		let path = Path::new("/");
		register(&registry, Some(path)).expect("the registry is empty");

		assert!(register(&registry, Some(path)).is_err());
	}
}

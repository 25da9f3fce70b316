//! What the signing guard did and waits for, read anew each time that somebody asks for the metrics.

use aitbc_node_guard::{Counts, Guard, Reason};
use substrate_prometheus_endpoint::{
	prometheus::core::Number, register as add, MetricSource, Opts, PrometheusError, Registry,
	SourcedCounter, SourcedGauge,
};

/// Puts the guard's metrics into `registry`.
pub fn register(registry: &Registry, guard: &Guard) -> Result<(), PrometheusError> {
	let refusals = Opts::new(
		"aitbc_guard_refusals_total",
		"Signatures that the signing guard has refused, since the node started",
	)
	.variable_label("reason");
	add(SourcedCounter::new(&refusals, Refusals(guard.clone()))?, registry)?;
	for Figure { name, help, read } in COUNTERS {
		let source = Source { guard: guard.clone(), read };
		add(SourcedCounter::new(&Opts::new(name, help), source)?, registry)?;
	}
	let Figure { name, help, read } = WRITE_TIME;
	let source = Source { guard: guard.clone(), read };
	add(SourcedCounter::new(&Opts::new(name, help), source)?, registry)?;
	for Figure { name, help, read } in GAUGES {
		let source = Source { guard: guard.clone(), read };
		add(SourcedGauge::new(&Opts::new(name, help), source)?, registry)?;
	}
	Ok(())
}

/// A metric, and how it is read. Without a value it is missing from the page.
struct Figure<N> {
	name: &'static str,
	help: &'static str,
	read: fn(&Counts) -> Option<N>,
}

const COUNTERS: [Figure<u64>; 2] = [
	Figure {
		name: "aitbc_guard_writes_total",
		help: "How often the guard file was written, since the node started",
		read: |counts| Some(counts.writes.done),
	},
	Figure {
		name: "aitbc_guard_write_failures_total",
		help: "How often the guard file could not be written, since the node started",
		read: |counts| Some(counts.writes.failed),
	},
];

const WRITE_TIME: Figure<f64> = Figure {
	name: "aitbc_guard_write_seconds_total",
	help:
		"How long writing the guard file took, with the wait for the disk, since the node started",
	read: |counts| Some(counts.writes.time.as_secs_f64()),
};

const GAUGES: [Figure<u64>; 6] = [
	Figure {
		name: "aitbc_guard_last_slot",
		help: "The highest slot for which a block was begun with any key of this node",
		read: |counts| counts.last_slot.map(u64::from),
	},
	Figure {
		name: "aitbc_guard_last_set",
		help: "The GRANDPA set of the latest vote with any key of this node",
		read: |counts| counts.last_vote.map(|position| position.set),
	},
	Figure {
		name: "aitbc_guard_last_round",
		help: "The GRANDPA round of the latest vote with any key of this node",
		read: |counts| counts.last_vote.map(|position| position.round),
	},
	Figure {
		name: "aitbc_guard_keys_waiting",
		help: "Session keys that do not sign before it is known that no other node has them",
		read: |counts| u64::try_from(counts.waiting).ok(),
	},
	Figure {
		name: "aitbc_guard_keys_behind",
		help: "GRANDPA keys that do not vote before the voter has caught up with their votes",
		read: |counts| u64::try_from(counts.behind).ok(),
	},
	Figure {
		name: "aitbc_guard_twin",
		help:
			"1 when another node has signed with this node's keys, so that this one signs nothing",
		read: |counts| Some(u64::from(counts.has_twin)),
	},
];

/// Where a figure's values come from.
struct Source<N> {
	guard: Guard,
	read: fn(&Counts) -> Option<N>,
}

impl<N> Clone for Source<N> {
	fn clone(&self) -> Self {
		Self { guard: self.guard.clone(), read: self.read }
	}
}

impl<N: Number> MetricSource for Source<N> {
	type N = N;

	fn collect(&self, mut set: impl FnMut(&[&str], N)) {
		if let Some(value) = (self.read)(&self.guard.counts()) {
			set(&[], value);
		}
	}
}

/// Where the numbers of refusals come from.
#[derive(Clone)]
struct Refusals(Guard);

impl MetricSource for Refusals {
	type N = u64;

	fn collect(&self, mut set: impl FnMut(&[&str], u64)) {
		let counts = self.0.counts();
		for (reason, label) in Reason::ALL {
			set(&[label], counts.refusals.get(&reason).copied().unwrap_or_default());
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use sp_keystore::testing::MemoryKeystore;
	use std::sync::Arc;

	/// The names and numbers of series in the registry.
	fn found(registry: &Registry) -> Vec<(String, usize)> {
		let families = registry.gather();
		families
			.iter()
			.map(|family| (family.get_name().into(), family.get_metric().len()))
			.collect()
	}

	#[test]
	fn metrics_should_be_in_the_registry_when_nothing_was_signed() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let keystore = Arc::new(MemoryKeystore::new());
		let guard = Guard::open(folder.path(), Default::default(), keystore).expect("it is free");
		let registry = Registry::new();

		register(&registry, &guard).expect("the registry is empty");

		let expected = [
			("aitbc_guard_keys_behind", 1),
			("aitbc_guard_keys_waiting", 1),
			("aitbc_guard_refusals_total", Reason::ALL.len()),
			("aitbc_guard_twin", 1),
			("aitbc_guard_write_failures_total", 1),
			("aitbc_guard_write_seconds_total", 1),
			("aitbc_guard_writes_total", 1),
		];
		assert_eq!(found(&registry), expected.map(|(name, count)| (name.to_owned(), count)));
	}
}

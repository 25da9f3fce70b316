//! What was done to whom, and when: `labels.json`, beside the recordings of the nodes that it names.

use crate::rows::{self, Row, RowsError};
use aitbc_telemetry::Series;
use serde::{Deserialize, Deserializer};
use std::{
	collections::{BTreeMap, BTreeSet},
	fs::File,
	io::{self, BufReader},
	path::{Path, PathBuf},
};

/// Why a folder is no fault set.
#[derive(Debug, thiserror::Error)]
pub enum LabelsError {
	/// A file can't be read.
	#[error("{path}: {cause}")]
	Unreadable {
		/// The file.
		path: PathBuf,
		/// Why.
		cause: io::Error,
	},
	/// The labels are no JSON of the expected form.
	#[error("{path}: {cause}")]
	Malformed {
		/// The file.
		path: PathBuf,
		/// What is wrong with it.
		cause: serde_json::Error,
	},
	/// The labels contradict themselves.
	#[error("{path}: the fault {fault} {problem}")]
	Contradiction {
		/// The file.
		path: PathBuf,
		/// Which fault.
		fault: String,
		/// What is wrong with it.
		problem: &'static str,
	},
	/// A recording is none.
	#[error("{path}: {cause}")]
	Rows {
		/// The file.
		path: PathBuf,
		/// What is wrong with it.
		cause: RowsError,
	},
}

/// A fault that was injected.
#[derive(Clone, Debug, Deserialize)]
pub struct Fault {
	/// What kind it is.
	pub fault: String,
	/// The nodes that should notice it.
	pub nodes: Vec<String>,
	/// When it began, in milliseconds since the Unix epoch.
	pub start: u64,
	/// When it was taken back.
	pub end: u64,
	/// The series that it shows in, as was written down before anything was recorded.
	#[serde(deserialize_with = "series")]
	pub series: Vec<Series>,
	/// How it was injected.
	pub how: String,
}

fn series<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Series>, D::Error> {
	let names = Vec::<String>::deserialize(deserializer)?;
	names.iter().map(|name| name.parse().map_err(serde::de::Error::custom)).collect()
}

/// What was done while the nodes were recorded.
#[derive(Clone, Debug, Deserialize)]
pub struct Labels {
	/// All nodes, each of which has a recording.
	pub nodes: Vec<String>,
	/// When the recording began, in milliseconds since the Unix epoch.
	pub began: u64,
	/// When it ended.
	pub ended: u64,
	/// In the order of their times.
	pub faults: Vec<Fault>,
}

/// A fault set: recordings of nodes, with labels.
#[derive(Clone, Debug)]
pub struct FaultSet {
	/// What was done.
	pub labels: Labels,
	/// What each node said.
	pub recordings: BTreeMap<String, Vec<Row>>,
}

impl Labels {
	/// Looks for what would make a score meaningless.
	fn check(&self) -> Result<(), (String, &'static str)> {
		let known: BTreeSet<_> = self.nodes.iter().collect();
		let mut last = self.began;
		for fault in &self.faults {
			let problem = if fault.nodes.is_empty() {
				"has no nodes"
			} else if !fault.nodes.iter().all(|node| known.contains(node)) {
				"has a node that was not recorded"
			} else if fault.start < last {
				"begins before the recording or the end of the one before"
			} else if fault.end <= fault.start || fault.end > self.ended {
				"ends before it began, or after the recording"
			} else {
				last = fault.end;
				continue;
			};
			return Err((fault.fault.clone(), problem));
		}
		Ok(())
	}
}

impl FaultSet {
	/// Reads a folder.
	pub fn load(folder: &Path) -> Result<Self, LabelsError> {
		let open = |path: &Path| match File::open(path) {
			Ok(file) => Ok(BufReader::new(file)),
			Err(cause) => Err(LabelsError::Unreadable { path: path.into(), cause }),
		};
		let path = folder.join("labels.json");
		let labels: Labels = serde_json::from_reader(open(&path)?)
			.map_err(|cause| LabelsError::Malformed { path: path.clone(), cause })?;
		labels.check().map_err(|(fault, problem)| LabelsError::Contradiction {
			path,
			fault,
			problem,
		})?;
		let recording = |node: &String| {
			let path = folder.join(format!("{node}.csv"));
			let rows = rows::read(open(&path)?);
			Ok((node.clone(), rows.map_err(|cause| LabelsError::Rows { path, cause })?))
		};
		let recordings = labels.nodes.iter().map(recording).collect::<Result<_, _>>()?;
		Ok(Self { labels, recordings })
	}

	/// The same with these nodes only. Faults that no node of them should notice are left out.
	pub fn of_nodes(mut self, nodes: &[String]) -> Self {
		let is_kept = |node: &String| nodes.contains(node);
		self.labels.nodes.retain(is_kept);
		self.recordings.retain(|node, _| is_kept(node));
		for fault in &mut self.labels.faults {
			fault.nodes.retain(is_kept);
		}
		self.labels.faults.retain(|fault| !fault.nodes.is_empty());
		self
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::fs;

	/// What is wrong with a folder that has these labels, and a recording of alice.
	fn load(labels: &str) -> Result<FaultSet, String> {
		let folder = tempfile::tempdir().unwrap();
		fs::write(folder.path().join("labels.json"), labels).unwrap();
		let mut rows = Vec::new();
		rows::write_header(&mut rows).unwrap();
		fs::write(folder.path().join("alice.csv"), rows).unwrap();
		FaultSet::load(folder.path()).map_err(|error| error.to_string())
	}

	fn labels(nodes: &str, start: u64, end: u64, series: &str) -> String {
		format!(
			r#"{{"nodes": ["alice"], "began": 10, "ended": 99, "seed": 1, "faults": [{{"fault": "spam",
			"nodes": {nodes}, "start": {start}, "end": {end}, "series": ["{series}"], "how": "so"}}]}}"#
		)
	}

	#[test]
	fn set_should_be_read_when_it_is_whole() {
		let set = load(&labels(r#"["alice"]"#, 20, 30, "pool-size")).unwrap();
		assert_eq!(set.labels.faults[0].series, [Series::PoolSize]);
		assert_eq!(set.recordings["alice"], []);
		assert_eq!(set.clone().of_nodes(&["alice".into()]).labels.faults.len(), 1);
		assert_eq!(set.of_nodes(&["bob".into()]).labels.faults.len(), 0);
	}

	#[test]
	fn error_should_say_what_is_wrong_when_the_labels_are() {
		let error = |labels: String| load(&labels).unwrap_err();
		let alice = r#"["alice"]"#;
		assert!(error(labels("[]", 20, 30, "cpu")).ends_with("spam has no nodes"));
		assert!(
			error(labels(r#"["bob"]"#, 20, 30, "cpu")).ends_with("a node that was not recorded")
		);
		assert!(error(labels(alice, 5, 30, "cpu")).contains("begins before the recording"));
		assert!(error(labels(alice, 20, 100, "cpu")).ends_with("after the recording"));
		assert!(error(labels(alice, 20, 20, "cpu")).contains("ends before it began"));
		assert!(error(labels(alice, 20, 30, "heat")).contains("no such series"));
		assert!(error("[".into()).contains("labels.json: "));
		let missing =
			labels(alice, 20, 30, "cpu").replacen(r#"["alice"]"#, r#"["alice", "bob"]"#, 1);
		assert!(error(missing).contains("bob.csv: No such file"));
	}
}

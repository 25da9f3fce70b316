//! A corpus in NAB's layout: `windows.json`, and the files that it names beside it.

use crate::{
	series::{self, SeriesError},
	time,
};
use aitbc_anomaly::{Point, Timestamp};
use std::{
	fs::{self, File},
	io::{self, BufReader},
	ops::RangeInclusive,
	path::{Path, PathBuf},
};

/// The labels' file.
pub const LABELS: &str = "windows.json";

/// Why a folder is no corpus.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
	/// A file can't be read.
	#[error("cannot read {path}: {source}; the folder should be laid out as NAB's data, with windows.json")]
	Read {
		/// The file.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// The labels are no JSON.
	#[error("{path}: {source}")]
	Json {
		/// The labels' file.
		path: PathBuf,
		/// Where it stops being JSON.
		source: serde_json::Error,
	},
	/// The labels aren't a map of files to windows.
	#[error("{path}: {what}")]
	Labels {
		/// The labels' file.
		path: PathBuf,
		/// What is wrong.
		what: String,
	},
	/// A series is none.
	#[error("{path}: {source}")]
	Series {
		/// The series' file.
		path: PathBuf,
		/// What is wrong.
		source: SeriesError,
	},
}

/// A series with its labels.
#[derive(Clone, Debug)]
pub struct Series {
	/// The folder that it is in.
	pub category: String,
	/// The file's name.
	pub name: String,
	/// What was measured.
	pub points: Vec<Point>,
	/// The rows of each anomaly, in ascending order.
	pub windows: Vec<RangeInclusive<usize>>,
}

/// Reads all series that the labels name, in ascending order of their paths.
pub fn load(folder: &Path) -> Result<Vec<Series>, CorpusError> {
	let path = folder.join(LABELS);
	let text = fs::read_to_string(&path)
		.map_err(|source| CorpusError::Read { path: path.clone(), source })?;
	let labels: serde_json::Value = serde_json::from_str(&text)
		.map_err(|source| CorpusError::Json { path: path.clone(), source })?;
	let wrong = |what: String| CorpusError::Labels { path: path.clone(), what };
	let labels = labels.as_object().ok_or_else(|| wrong("no map of files to windows".into()))?;
	let mut files: Vec<_> = labels.iter().collect();
	files.sort_by_key(|(file, _)| *file);
	let mut corpus = Vec::new();
	for (file, windows) in files {
		let times = window_times(windows)
			.ok_or_else(|| wrong(format!("{file}: the windows are no pairs of times")))?;
		let points = load_points(&folder.join(file))?;
		let windows = times
			.iter()
			.map(|window| window_rows(&points, window))
			.collect::<Option<Vec<_>>>()
			.ok_or_else(|| wrong(format!("{file}: a window has no rows")))?;
		if windows.windows(2).any(|two| two[0].end() >= two[1].start()) {
			return Err(wrong(format!("{file}: windows overlap, or are not in order")));
		}
		let (category, name) = file.rsplit_once('/').unwrap_or(("", file));
		corpus.push(Series { category: category.into(), name: name.into(), points, windows });
	}
	Ok(corpus)
}

fn load_points(path: &Path) -> Result<Vec<Point>, CorpusError> {
	let file =
		File::open(path).map_err(|source| CorpusError::Read { path: path.into(), source })?;
	series::rows(BufReader::new(file))
		.map(|row| row.map(|row| row.point))
		.collect::<Result<_, _>>()
		.map_err(|source| CorpusError::Series { path: path.into(), source })
}

fn window_times(windows: &serde_json::Value) -> Option<Vec<RangeInclusive<Timestamp>>> {
	let time = |value: &serde_json::Value| time::parse(value.as_str()?);
	let window = |window: &serde_json::Value| match window.as_array()?.as_slice() {
		[start, end] => Some(time(start)?..=time(end)?),
		_ => None,
	};
	windows.as_array()?.iter().map(window).collect()
}

/// The rows from the first to the last whose time is in `window`.
fn window_rows(
	points: &[Point],
	window: &RangeInclusive<Timestamp>,
) -> Option<RangeInclusive<usize>> {
	let inside = |point: &Point| point.at.is_some_and(|at| window.contains(&at));
	Some(points.iter().position(inside)?..=points.iter().rposition(inside)?)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn folder(labels: &str) -> tempfile::TempDir {
		let folder = tempfile::tempdir().unwrap();
		fs::write(folder.path().join(LABELS), labels).unwrap();
		fs::create_dir(folder.path().join("real")).unwrap();
		let rows: String = (0..10).map(|i| format!("2014-04-01 00:0{i}:00,{i}\n")).collect();
		fs::write(folder.path().join("real/a.csv"), format!("timestamp,value\n{rows}")).unwrap();
		folder
	}

	fn error(labels: &str) -> String {
		load(folder(labels).path()).unwrap_err().to_string()
	}

	#[test]
	fn corpus_should_be_read_when_it_is_laid_out_as_nab() {
		let labels =
			r#"{"real/a.csv": [["2014-04-01 00:02:00.000000", "2014-04-01 00:04:00.000000"]]}"#;
		let corpus = load(folder(labels).path()).unwrap();
		assert_eq!((&*corpus[0].category, &*corpus[0].name), ("real", "a.csv"));
		assert_eq!(corpus[0].points.len(), 10);
		assert_eq!(corpus[0].windows, [2..=4]);
	}

	#[test]
	fn error_should_name_the_file_when_the_corpus_is_broken() {
		assert!(error("[]").ends_with("windows.json: no map of files to windows"));
		assert!(error("{").contains("windows.json: EOF"));
		assert!(error(r#"{"real/b.csv": []}"#).contains("real/b.csv: No such file"));
		assert!(error(r#"{"real/a.csv": [["x", "y"]]}"#)
			.ends_with("real/a.csv: the windows are no pairs of times"));
		let beyond = r#"{"real/a.csv": [["2015-04-01 00:00:00", "2015-04-01 00:01:00"]]}"#;
		assert!(error(beyond).ends_with("real/a.csv: a window has no rows"));
		let twice = r#"{"real/a.csv": [["2014-04-01 00:00:00", "2014-04-01 00:01:00"],
			["2014-04-01 00:01:00", "2014-04-01 00:02:00"]]}"#;
		assert!(error(twice).ends_with("real/a.csv: windows overlap, or are not in order"));
	}
}

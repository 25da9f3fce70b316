//! A series as a CSV file: `timestamp,value`, with a header.

use crate::time;
use aitbc_anomaly::{Point, Value};
use std::io::{self, BufRead, Write};

/// Why a text is no series.
#[derive(Debug, thiserror::Error)]
pub enum SeriesError {
	/// Reading failed.
	#[error("line {line}: {source}")]
	Read {
		/// Counted from 1.
		line: usize,
		/// What the system says.
		source: io::Error,
	},
	/// There is no first line.
	#[error("line 1: no header; it should be `timestamp,value`")]
	NoHeader,
	/// The first line names other columns.
	#[error("line 1: the header is `{0}`; it should be `timestamp,value`")]
	WrongHeader(String),
	/// A line hasn't two columns.
	#[error("line {line}: `{text}` has not exactly two columns, timestamp and value")]
	WrongColumns {
		/// Counted from 1.
		line: usize,
		/// The line.
		text: String,
	},
	/// The first column is no time.
	#[error("line {line}: `{text}` is no time like 2014-04-01 00:05:00")]
	WrongTime {
		/// Counted from 1.
		line: usize,
		/// The column.
		text: String,
	},
	/// The second column is no number.
	#[error("line {line}: `{text}` is not a decimal number")]
	WrongValue {
		/// Counted from 1.
		line: usize,
		/// The column.
		text: String,
	},
}

/// One row of a series.
#[derive(Clone, Debug)]
pub struct Row {
	/// The time as it was written.
	pub time: String,
	/// The value as it was written.
	pub text: String,
	/// What the detectors see.
	pub point: Point,
}

/// Reads rows as they come; stops being useful after the first error.
pub fn rows(input: impl BufRead) -> impl Iterator<Item = Result<Row, SeriesError>> {
	let mut lines = input.lines().zip(1..);
	let header = match lines.next() {
		None => Some(SeriesError::NoHeader),
		Some((Err(source), line)) => Some(SeriesError::Read { line, source }),
		Some((Ok(header), _)) if is_header(&header) => None,
		Some((Ok(header), _)) => Some(SeriesError::WrongHeader(header)),
	};
	let rows = lines
		.map(|(text, line)| row(&text.map_err(|source| SeriesError::Read { line, source })?, line));
	header.map(Err).into_iter().chain(rows)
}

/// Whether a line names the two columns; a byte order mark before it is left out.
fn is_header(line: &str) -> bool {
	let mut names = line.trim_start_matches('\u{feff}').split(',').map(str::trim);
	names.next() == Some("timestamp") && names.next() == Some("value") && names.next().is_none()
}

fn row(text: &str, line: usize) -> Result<Row, SeriesError> {
	let wrong = || SeriesError::WrongColumns { line, text: text.into() };
	let (time, value) = text.split_once(',').ok_or_else(wrong)?;
	if value.contains(',') {
		return Err(wrong());
	}
	let (time, value) = (time.trim(), value.trim());
	let at = time::parse(time).ok_or_else(|| SeriesError::WrongTime { line, text: time.into() })?;
	let parsed: Value =
		value.parse().map_err(|_| SeriesError::WrongValue { line, text: value.into() })?;
	let point = Point { value: parsed, at: Some(at) };
	Ok(Row { time: time.into(), text: value.into(), point })
}

/// Why a series wasn't scored.
#[derive(Debug, thiserror::Error)]
pub enum ScoreError {
	/// It is none.
	#[error(transparent)]
	Series(#[from] SeriesError),
	/// Its scores couldn't be written.
	#[error("cannot write the scores: {0}")]
	Write(#[from] io::Error),
}

/// Reads `timestamp,value`, and writes `timestamp,value,anomaly_score` as NAB's scorer reads it.
///
/// Each row is judged by those before it, and written before the next one is read.
pub fn score(input: impl BufRead, mut output: impl Write) -> Result<(), ScoreError> {
	let mut monitor = Box::<aitbc_anomaly::Monitor>::default();
	let mut rows = rows(input).peekable();
	if let Some(Err(_)) = rows.peek() {
		rows.next().transpose()?;
	}
	writeln!(output, "timestamp,value,anomaly_score")?;
	for row in rows {
		let Row { time, text, point } = row?;
		writeln!(output, "{time},{text},{}", monitor.observe(&point).score)?;
	}
	Ok(output.flush()?)
}

#[cfg(test)]
mod tests {
	use super::*;

	fn error(input: &str) -> String {
		rows(input.as_bytes()).find_map(Result::err).map(|error| error.to_string()).unwrap()
	}

	#[test]
	fn rows_should_be_read_when_the_file_is_as_nab_writes_it() {
		let input = "timestamp,value\r\n2014-04-01 00:00:00,20.5\r\n2014-04-01 00:05:00, -1e3\r\n";
		let rows: Vec<_> = rows(input.as_bytes()).map(Result::unwrap).collect();
		assert_eq!(rows[0].point.value.millionths(), 20_500_000);
		assert_eq!(rows[1].point.value.millionths(), -1_000_000_000);
		assert_eq!(rows[1].text, "-1e3");
	}

	#[test]
	fn error_should_name_the_line_when_the_input_is_bad() {
		let header = "timestamp,value\n2014-04-01 00:00:00,1\n";
		for (input, message) in [
			("", "line 1: no header; it should be `timestamp,value`"),
			("a,b\n", "line 1: the header is `a,b`; it should be `timestamp,value`"),
			(&format!("{header}x,1\n"), "line 3: `x` is no time like 2014-04-01 00:05:00"),
			(
				&format!("{header}2014-04-01 00:00:00,NaN\n"),
				"line 3: `NaN` is not a decimal number",
			),
			(
				&format!("{header}2014-04-01 00:00:00\n"),
				"line 3: `2014-04-01 00:00:00` has not exactly two columns, timestamp and value",
			),
			(&format!("{header}\n"), "line 3: `` has not exactly two columns, timestamp and value"),
		] {
			assert_eq!(error(input), message);
		}
	}

	#[test]
	fn scores_should_be_written_beside_the_rows() {
		let input = "timestamp,value\n2014-04-01 00:00:00,20.0\n2014-04-01 00:05:00,7\n";
		let mut output = Vec::new();
		score(input.as_bytes(), &mut output).unwrap();
		let expected = "timestamp,value,anomaly_score\n\
			2014-04-01 00:00:00,20.0,0.000000\n2014-04-01 00:05:00,7,0.000000\n";
		assert_eq!(String::from_utf8(output).unwrap(), expected);
	}

	#[test]
	fn nothing_should_be_written_when_the_header_is_bad() {
		let mut output = Vec::new();
		assert!(score(&b"nonsense\n"[..], &mut output).is_err());
		assert!(output.is_empty());
	}
}

//! A node's recording as a CSV file: one row for each poll.
//!
//! The columns are the time in milliseconds since the Unix epoch, the series in the order of
//! [`Series::ALL`], and the machine's memory, which the limit of the resident memory is made of. What is
//! not known is empty; where the node gave no page, all of a row but its time is.

use aitbc_anomaly::Value;
use aitbc_telemetry::{Readings, Sample, Series};
use std::io::{self, BufRead, Write};

/// Why a text is no recording.
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
	/// Reading failed.
	#[error("line {line}: {source}")]
	Read {
		/// Counted from 1.
		line: usize,
		/// What the system says.
		source: io::Error,
	},
	/// The first line does not name the columns.
	#[error("line 1: the header should be `{}`", header())]
	WrongHeader,
	/// A line has more or fewer columns than the header.
	#[error("line {line}: it has {columns} columns, and the header {}", Series::COUNT + 2)]
	WrongColumns {
		/// Counted from 1.
		line: usize,
		/// How many there are.
		columns: usize,
	},
	/// A time is none, or not after the one before.
	#[error("line {line}: `{text}` is no time after that of the line before")]
	WrongTime {
		/// Counted from 1.
		line: usize,
		/// The column.
		text: String,
	},
	/// A value is none.
	#[error("line {line}: `{text}` is not a decimal number")]
	WrongValue {
		/// Counted from 1.
		line: usize,
		/// The column.
		text: String,
	},
}

/// What came of one poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
	/// When, in milliseconds since the Unix epoch.
	pub at: u64,
	/// The sample that was made of the node's page. Nothing where there was none, or it said nothing.
	pub sample: Option<Sample>,
	/// The memory that the machine has, in MiB.
	pub memory: Option<Value>,
}

impl Row {
	/// The readings as far as a watcher needs them beside the sample.
	pub fn readings(&self) -> Readings {
		Readings { memory: self.memory, ..Default::default() }
	}
}

fn header() -> String {
	let names = Series::ALL.map(Series::name).join(",");
	format!("at_ms,{names},memory")
}

/// Writes the names of the columns.
pub fn write_header(mut output: impl Write) -> io::Result<()> {
	writeln!(output, "{}", header())
}

/// Writes a row.
pub fn write(row: &Row, mut output: impl Write) -> io::Result<()> {
	write!(output, "{}", row.at)?;
	let values = row.sample.map_or([None; Series::COUNT], |sample| sample.values);
	for value in values.into_iter().chain([row.memory]) {
		match value {
			Some(value) => write!(output, ",{}", shortest(value))?,
			None => write!(output, ",")?,
		}
	}
	writeln!(output)
}

/// A value without the decimals that say nothing.
fn shortest(value: Value) -> String {
	value.to_string().trim_end_matches('0').trim_end_matches('.').into()
}

/// Reads a whole recording.
pub fn read(input: impl BufRead) -> Result<Vec<Row>, RowsError> {
	let mut lines = input.lines().zip(1..);
	match lines.next() {
		Some((Ok(line), _)) if line == header() => (),
		Some((Err(source), line)) => return Err(RowsError::Read { line, source }),
		_ => return Err(RowsError::WrongHeader),
	}
	let mut rows = Vec::<Row>::new();
	for (text, line) in lines {
		let text = text.map_err(|source| RowsError::Read { line, source })?;
		let row = parse(&text, line)?;
		if rows.last().is_some_and(|last| last.at >= row.at) {
			return Err(RowsError::WrongTime { line, text: row.at.to_string() });
		}
		rows.push(row);
	}
	Ok(rows)
}

fn parse(text: &str, line: usize) -> Result<Row, RowsError> {
	let columns: Vec<_> = text.split(',').collect();
	let [at, values @ .., memory] = &columns[..] else {
		return Err(RowsError::WrongColumns { line, columns: columns.len() });
	};
	let values: &[_; Series::COUNT] =
		values.try_into().map_err(|_| RowsError::WrongColumns { line, columns: columns.len() })?;
	let at = at.parse().map_err(|_| RowsError::WrongTime { line, text: at.to_string() })?;
	let value = |text: &str| match text {
		"" => Ok(None),
		text => match text.parse::<Value>() {
			Ok(value) => Ok(Some(value)),
			Err(_) => Err(RowsError::WrongValue { line, text: text.into() }),
		},
	};
	let mut sample = Sample { at, values: [None; Series::COUNT] };
	for (slot, text) in sample.values.iter_mut().zip(values) {
		*slot = value(text)?;
	}
	let is_known = sample.values.iter().any(Option::is_some);
	Ok(Row { at, sample: is_known.then_some(sample), memory: value(memory)? })
}

#[cfg(test)]
mod tests {
	use super::*;

	const HEADER: &str = "at_ms,height,finality-lag,block-time,peers,import-time,pool-size,\
		missed-slots,rpc-errors,cpu,resident-memory,disk-free,memory\n";

	fn error(rows: &str) -> String {
		read(format!("{HEADER}{rows}").as_bytes()).unwrap_err().to_string()
	}

	#[test]
	fn rows_should_be_those_that_were_written() {
		let mut sample = Sample { at: 5, values: [None; Series::COUNT] };
		sample.values[Series::Height.index()] = Some(Value::from_integer(120));
		sample.values[Series::Cpu.index()] = Some(Value::from_millionths(250_000));
		sample.values[Series::Peers.index()] = Some(Value::from_integer(0));
		let rows = [
			Row { at: 5, sample: Some(sample), memory: Some(Value::from_integer(4_096)) },
			Row { at: 8, sample: None, memory: None },
		];
		let mut text = Vec::new();
		write_header(&mut text).unwrap();
		rows.iter().for_each(|row| write(row, &mut text).unwrap());
		let expected = format!("{HEADER}5,120,,,0,,,,,0.25,,,4096\n8,,,,,,,,,,,,\n");
		assert_eq!(std::str::from_utf8(&text), Ok(&*expected));
		assert_eq!(read(&text[..]).unwrap(), rows);
	}

	#[test]
	fn error_should_name_the_line_when_the_recording_is_broken() {
		let good = "5,,,,,,,,,,,,\n";
		assert!(read(&b""[..])
			.unwrap_err()
			.to_string()
			.starts_with("line 1: the header should be"));
		assert_eq!(error("5,1\n"), "line 2: it has 2 columns, and the header 13");
		assert_eq!(
			error(&format!("{good}{good}")),
			"line 3: `5` is no time after that of the line before"
		);
		assert_eq!(
			error("x,,,,,,,,,,,,\n"),
			"line 2: `x` is no time after that of the line before"
		);
		assert_eq!(error("5,NaN,,,,,,,,,,,\n"), "line 2: `NaN` is not a decimal number");
	}
}

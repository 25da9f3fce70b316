//! Data on standard output, as a table for people or as JSON for programs.

use crate::chain::BlockId;
use comfy_table::{presets, Table};
use serde::Serialize;
use std::{
	fmt::Display,
	io::{self, Write},
};

/// The version of the JSON. Members may be added within it; none is removed or changes its meaning.
pub const SCHEMA: &str = "aitbc/v1";

/// How data is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
	/// Aligned columns
	#[default]
	Table,
	/// One JSON object
	Json,
}

/// What a command found out or did.
pub trait Report: Serialize {
	/// What the JSON's `data` is.
	const KIND: &'static str;

	/// Writes it for people.
	fn text(&self) -> String;
}

/// A report as JSON.
#[derive(Serialize)]
struct Envelope<'a, T> {
	schema: &'static str,
	kind: &'static str,
	#[serde(skip_serializing_if = "Option::is_none")]
	block: Option<BlockId>,
	data: &'a T,
}

impl Format {
	/// Writes `report`, which was read at `block` if at any.
	pub fn print<T: Report>(self, report: &T, block: Option<BlockId>) -> io::Result<()> {
		let text = match self {
			Self::Table => report.text(),
			Self::Json => json(T::KIND, block, report)?,
		};
		print_line(&text)
	}
}

/// Whether tables go to a terminal, whose lines can be written over.
pub fn is_terminal() -> bool {
	io::IsTerminal::is_terminal(&io::stdout())
}

/// Clears the terminal, for a table that takes the place of the last one.
pub fn clear() -> io::Result<()> {
	console::Term::stdout().clear_screen()
}

/// Writes `data` as JSON.
pub fn json<T: Serialize>(
	kind: &'static str,
	block: Option<BlockId>,
	data: &T,
) -> io::Result<String> {
	Ok(serde_json::to_string_pretty(&Envelope { schema: SCHEMA, kind, block, data })?)
}

/// Writes `text` and a line's end. Nobody reading any more, as with `| head`, is no error.
pub fn print_line(text: &str) -> io::Result<()> {
	match writeln!(io::stdout().lock(), "{}", text.trim_end()) {
		Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
		result => result,
	}
}

/// A table with a title over each column.
pub fn table<const N: usize>(
	titles: [&str; N],
	rows: impl IntoIterator<Item = [String; N]>,
) -> String {
	let mut table = Table::new();
	table.load_preset(presets::NOTHING).set_header(titles.map(str::to_uppercase)).add_rows(rows);
	trim_lines(&table)
}

/// A table of names and values, one under the other.
pub fn fields<'a>(fields: impl IntoIterator<Item = (&'a str, String)>) -> String {
	let mut table = Table::new();
	table
		.load_preset(presets::NOTHING)
		.add_rows(fields.into_iter().map(|(name, value)| [name.to_owned(), value]));
	trim_lines(&table)
}

/// A value that may be missing.
pub fn or_dash(value: Option<impl Display>) -> String {
	value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

fn trim_lines(table: &Table) -> String {
	let text = table.to_string();
	let lines: Vec<_> = text.lines().map(str::trim_end).collect();
	lines.join("\n")
}

#[cfg(test)]
mod tests {
	use super::*;

	#[derive(Serialize)]
	struct Answer {
		number: u8,
	}

	#[test]
	fn json_should_carry_schema_and_kind() {
		let text = json("answer", None, &Answer { number: 42 }).expect("it is JSON");
		let parsed: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
		let expected = serde_json::json!({
			"schema": "aitbc/v1", "kind": "answer", "data": { "number": 42 }
		});
		assert_eq!(parsed, expected);
	}

	#[test]
	fn tables_should_have_no_frame_and_no_trailing_space() {
		let text = table(["id", "name"], [["1".into(), "one".into()], ["22".into(), "two".into()]]);
		assert_eq!(text, " ID  NAME\n 1   one\n 22  two");
		assert_eq!(fields([("name", "one".into()), ("id", "1".into())]), " name  one\n id    1");
	}
}

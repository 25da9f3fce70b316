//! Tables in pages that the scorer writes: `<!-- fault-TABLE:begin SET -->` to `<!-- fault-TABLE:end -->`.

use crate::report::Table;
use clap::ValueEnum;

/// Why a page can't be filled.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DocsError {
	/// There is no such table.
	#[error("line {line}: there is no table `{table}`")]
	UnknownTable {
		/// Counted from 1.
		line: usize,
		/// Its name.
		table: String,
	},
	/// A table that begins has no end.
	#[error("line {0}: the table that begins here has no end")]
	NoEnd(usize),
}

/// A table that begins on a line, and the name of the set that it is of.
fn begin(line: &str) -> Option<(&str, &str)> {
	let inner = line.strip_prefix("<!-- fault-")?.strip_suffix(" -->")?;
	inner.split_once(":begin ")
}

/// The page with its tables anew, where `render` knows the set.
pub fn filled(
	page: &str,
	render: impl Fn(&str, Table) -> Option<String>,
) -> Result<String, DocsError> {
	let mut filled = String::new();
	let mut lines = page.lines().zip(1..);
	while let Some((text, line)) = lines.next() {
		filled += text;
		filled += "\n";
		let Some((table, set)) = begin(text) else { continue };
		let kind = Table::from_str(table, false)
			.map_err(|_| DocsError::UnknownTable { line, table: table.into() })?;
		let end = format!("<!-- fault-{table}:end -->");
		let mut old = String::new();
		loop {
			let (text, _) = lines.next().ok_or(DocsError::NoEnd(line))?;
			if text == end {
				break;
			}
			old += text;
			old += "\n";
		}
		filled += &render(set, kind).unwrap_or(old);
		filled += &end;
		filled += "\n";
	}
	Ok(filled)
}

#[cfg(test)]
mod tests {
	use super::*;

	const PAGE: &str =
		"# A\n<!-- fault-overall:begin one -->\nold\n<!-- fault-overall:end -->\nB\n";

	#[test]
	fn tables_should_be_new_where_their_set_is_known() {
		let render = |set: &str, table| {
			(set == "one" && table == Table::Overall).then(|| String::from("new\n"))
		};
		assert_eq!(filled(PAGE, render), Ok(PAGE.replace("old", "new")));
		assert_eq!(filled(PAGE, |_, _| None).as_deref(), Ok(PAGE));
	}

	#[test]
	fn page_should_be_refused_when_a_table_is_unknown_or_has_no_end() {
		let line = 2;
		let unknown = DocsError::UnknownTable { line, table: "weather".into() };
		assert_eq!(filled(&PAGE.replace("overall", "weather"), |_, _| None), Err(unknown));
		assert_eq!(filled(&PAGE.replace(":end", ""), |_, _| None), Err(DocsError::NoEnd(line)));
	}
}

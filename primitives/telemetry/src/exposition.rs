//! A node's Prometheus page, and what is read of it.
//!
//! The page's form is version 0.0.4 of the text format, "Text format details" of
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>. Where that leaves a choice, this does
//! as Prometheus' own parser does (github.com/prometheus/common, `expfmt/text_parse.go`).

use crate::{
	fixed,
	number::{self, Number},
};
use aitbc_anomaly::Value;
use codec::{Decode, Encode, MaxEncodedLen};
use core::fmt;
use scale_info::TypeInfo;

/// The longest page that is read, in bytes: 512 KiB.
pub const MAX_PAGE: usize = 512 * 1_024;

/// Why a page is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpositionError {
	/// It has so many bytes, which is more than [`MAX_PAGE`].
	TooLong(usize),
	/// This line, counted from 1, is not UTF-8.
	NotUtf8(u32),
	/// This line, counted from 1, is neither blank, nor a comment, nor a sample.
	Malformed(u32),
	/// Its last line does not end, so the rest of it is missing.
	CutShort,
	/// None of its samples is one of ours.
	NothingKnown,
}

impl fmt::Display for ExpositionError {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::TooLong(bytes) => write!(
				f,
				"the metrics page has {bytes} bytes, and at most {MAX_PAGE} are read; check that \
				 the port is the node's own --prometheus-port"
			),
			Self::NotUtf8(line) => write!(
				f,
				"line {line} of the metrics page is not UTF-8; check that the port is the node's own \
				 --prometheus-port"
			),
			Self::Malformed(line) => write!(
				f,
				"line {line} of the metrics page is no sample in the Prometheus text format 0.0.4; \
				 check that the port is the node's own --prometheus-port"
			),
			Self::CutShort => f.write_str(
				"the metrics page ends within a line; fetch it again, with a longer deadline if that \
				 happens often",
			),
			Self::NothingKnown => f.write_str(
				"the metrics page has none of a node's metrics; check that the port is the node's own \
				 --prometheus-port, and that the node runs without --no-prometheus",
			),
		}
	}
}

impl core::error::Error for ExpositionError {}

/// What a node's page says, each in the unit of the series that it is made for. Counters and sums are
/// those since the node's start. What the page does not say, or not as a finite number, is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Readings {
	/// The number of the best block.
	pub best: Option<Value>,
	/// The number of the last finalized block.
	pub finalized: Option<Value>,
	/// Peers that the node is connected to.
	pub peers: Option<Value>,
	/// The time that verifying and importing blocks of others took, in seconds.
	pub import_time: Option<Value>,
	/// How many blocks of others were verified and imported.
	pub imports: Option<Value>,
	/// Transactions that are ready to be included.
	pub ready_transactions: Option<Value>,
	/// RPC calls that ended in an error.
	pub rpc_errors: Option<Value>,
	/// Slots that the node had the right to author a block in.
	pub slots_claimed: Option<Value>,
	/// Blocks that the node authored.
	pub blocks_authored: Option<Value>,
	/// The time that processor cores were busy with the node, in seconds.
	pub cpu: Option<Value>,
	/// The memory that the node holds, in MiB.
	pub resident_memory: Option<Value>,
	/// The memory that the machine has, in MiB.
	pub memory: Option<Value>,
	/// Free space on the disk of the node's database, in MiB.
	pub disk_free: Option<Value>,
}

/// What is read of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Metric {
	Best,
	Finalized,
	Peers,
	ImportTime,
	Imports,
	ReadyTransactions,
	/// Says that RPC calls are counted, even before there was one.
	RpcSessions,
	RpcErrors,
	SlotsClaimed,
	BlocksAuthored,
	Cpu,
	ResidentMemory,
	Memory,
	DiskFree,
}

/// The labels of a sample that say which metric it is. Others may be there, as `chain` is on every one
/// of a node's (sc-service, `src/config.rs`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Labels<'a> {
	/// As it is written: a value with escapes is none of ours.
	status: Option<&'a str>,
	/// As it is written.
	is_error: Option<&'a str>,
}

/// One line of the page, neither blank nor a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line<'a> {
	name: &'a str,
	labels: Labels<'a>,
	number: Number,
}

impl Readings {
	/// Reads a page. One pass, and no memory.
	///
	/// Where samples of one metric differ in other labels only, the last one counts; RPC errors of all
	/// methods are added up.
	pub fn parse(page: &[u8]) -> Result<Self, ExpositionError> {
		if page.len() > MAX_PAGE {
			return Err(ExpositionError::TooLong(page.len()));
		}
		let page = core::str::from_utf8(page).map_err(|error| {
			let valid = page.get(..error.valid_up_to()).unwrap_or_default();
			let ended = valid.iter().filter(|byte| **byte == b'\n').count();
			ExpositionError::NotUtf8(u32::try_from(ended).unwrap_or(u32::MAX).saturating_add(1))
		})?;
		let mut readings = Self::default();
		let mut errors = RpcErrors::default();
		let mut is_known = false;
		for (line, number) in page.split_inclusive('\n').zip(1u32..) {
			let line = line.strip_suffix('\n').ok_or(ExpositionError::CutShort)?;
			let rest = line.trim_matches(BLANKS);
			if rest.is_empty() || rest.starts_with('#') {
				continue;
			}
			let sample = Line::parse(rest).ok_or(ExpositionError::Malformed(number))?;
			let Some(metric) = sample.metric() else { continue };
			is_known = true;
			match metric {
				Metric::RpcSessions => errors.is_counted = true,
				Metric::RpcErrors => errors.add(sample.number),
				metric => readings.set(metric, sample.number),
			}
		}
		readings.rpc_errors = errors.reading();
		is_known.then_some(readings).ok_or(ExpositionError::NothingKnown)
	}

	/// Takes a metric's number in, in the unit of its reading.
	fn set(&mut self, metric: Metric, number: Number) {
		let plain = match number {
			Number::Finite(millionths) => Some(fixed::value(millionths)),
			Number::NotFinite => None,
		};
		let mebibytes = match number {
			Number::Finite(millionths) => fixed::rounded(millionths, 1 << 20).map(fixed::value),
			Number::NotFinite => None,
		};
		match metric {
			Metric::Best => self.best = plain,
			Metric::Finalized => self.finalized = plain,
			Metric::Peers => self.peers = plain,
			Metric::ImportTime => self.import_time = plain,
			Metric::Imports => self.imports = plain,
			Metric::ReadyTransactions => self.ready_transactions = plain,
			Metric::RpcSessions => (),
			Metric::RpcErrors => self.rpc_errors = plain,
			Metric::SlotsClaimed => self.slots_claimed = plain,
			Metric::BlocksAuthored => self.blocks_authored = plain,
			Metric::Cpu => self.cpu = plain,
			Metric::ResidentMemory => self.resident_memory = mebibytes,
			Metric::Memory => self.memory = mebibytes,
			Metric::DiskFree => self.disk_free = mebibytes,
		}
	}
}

/// The sum of RPC errors. A metric by labels is on the page from its first count on, so no line means no
/// error where RPC calls are counted at all.
#[derive(Clone, Copy, Debug, Default)]
struct RpcErrors {
	sum: i128,
	is_counted: bool,
	is_spoilt: bool,
}

impl RpcErrors {
	fn add(&mut self, number: Number) {
		self.is_counted = true;
		match number {
			Number::Finite(millionths) => self.sum = self.sum.saturating_add(millionths),
			Number::NotFinite => self.is_spoilt = true,
		}
	}

	fn reading(self) -> Option<Value> {
		(self.is_counted && !self.is_spoilt).then(|| fixed::value(self.sum))
	}
}

/// What separates the tokens of a line.
const BLANKS: [char; 2] = [' ', '\t'];

impl<'a> Line<'a> {
	/// Reads `name{label="value",...} number timestamp`, of which labels and timestamp may be absent.
	fn parse(line: &'a str) -> Option<Self> {
		let (name, rest) = split_name(line, |c| c == ':')?;
		let after = rest.trim_start_matches(BLANKS);
		let (labels, rest) = match after.strip_prefix('{') {
			Some(inner) => Labels::parse(inner)?,
			// A number that follows a name has to be apart from it.
			None if after.len() < rest.len() => (Labels::default(), after),
			None => return None,
		};
		let mut tokens = rest.split(BLANKS).filter(|token| !token.is_empty());
		let number = number::parse(tokens.next()?)?;
		if let Some(timestamp) = tokens.next() {
			timestamp.parse::<i64>().ok()?;
		}
		tokens.next().is_none().then_some(Self { name, labels, number })
	}

	/// Which of ours it is.
	fn metric(&self) -> Option<Metric> {
		Some(match self.name {
			// sc-service, `src/metrics.rs`. They follow the chain every five seconds.
			"substrate_block_height" => match self.labels.status? {
				"best" => Metric::Best,
				"finalized" => Metric::Finalized,
				_ => return None,
			},
			"substrate_ready_transactions_number" => Metric::ReadyTransactions,
			// sc-network, `src/service/metrics.rs`.
			"substrate_sub_libp2p_peers_count" => Metric::Peers,
			// sc-consensus, `src/metrics.rs`: a histogram of the import queue, where blocks of others are.
			"substrate_block_verification_and_import_time_sum" => Metric::ImportTime,
			"substrate_block_verification_and_import_time_count" => Metric::Imports,
			// sc-rpc-server, `src/middleware/metrics.rs`.
			"substrate_rpc_sessions_opened" => Metric::RpcSessions,
			"substrate_rpc_calls_finished" if self.labels.is_error == Some("true") => {
				Metric::RpcErrors
			},
			// AITBC's own node.
			"aitbc_slots_claimed_total" => Metric::SlotsClaimed,
			"aitbc_blocks_authored_total" => Metric::BlocksAuthored,
			"aitbc_cpu_seconds_total" => Metric::Cpu,
			"aitbc_resident_memory_bytes" => Metric::ResidentMemory,
			"aitbc_memory_total_bytes" => Metric::Memory,
			"aitbc_disk_free_bytes" => Metric::DiskFree,
			_ => return None,
		})
	}
}

impl<'a> Labels<'a> {
	/// Reads what is after the opening brace, and gives what is after the closing one.
	fn parse(text: &'a str) -> Option<(Self, &'a str)> {
		let mut labels = Self::default();
		let mut rest = text.trim_start_matches(BLANKS);
		loop {
			if let Some(after) = rest.strip_prefix('}') {
				return Some((labels, after));
			}
			let (name, after) = split_name(rest, |_| false)?;
			let value = after.trim_start_matches(BLANKS).strip_prefix('=')?;
			let (value, after) = split_quoted(value.trim_start_matches(BLANKS))?;
			match name {
				"status" => labels.status = Some(value),
				"is_error" => labels.is_error = Some(value),
				_ => (),
			}
			let after = after.trim_start_matches(BLANKS);
			rest = match after.strip_prefix(',') {
				Some(next) => next.trim_start_matches(BLANKS),
				None if after.starts_with('}') => after,
				None => return None,
			};
		}
	}
}

/// The name that `text` begins with, and what is after it: letters, digits, underscores and what else
/// `is_allowed`, and no digit at first.
fn split_name(text: &str, is_allowed: impl Fn(char) -> bool) -> Option<(&str, &str)> {
	let is_inner = |c: char| c.is_ascii_alphanumeric() || c == '_' || is_allowed(c);
	let end = text.find(|c| !is_inner(c)).unwrap_or(text.len());
	let (name, rest) = text.split_at_checked(end)?;
	(!name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit())).then_some((name, rest))
}

/// The text between the quotes that `text` begins with, as it is written, and what is after them. A
/// backslash, a quote and a line feed are escaped by a backslash; nothing else may be.
fn split_quoted(text: &str) -> Option<(&str, &str)> {
	let inner = text.strip_prefix('"')?;
	let mut rest = inner;
	loop {
		let stop = rest.find(['"', '\\'])?;
		let (_, found) = rest.split_at_checked(stop)?;
		if let Some(after) = found.strip_prefix('"') {
			let length = inner.len().checked_sub(found.len())?;
			return inner.get(..length).map(|value| (value, after));
		}
		rest = found.strip_prefix('\\')?.strip_prefix(['\\', '"', 'n'])?;
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn parse(page: &str) -> Result<Readings, ExpositionError> {
		Readings::parse(page.as_bytes())
	}

	/// The readings of a page that has a line of ours, and this one.
	fn with(line: &str) -> Result<Readings, ExpositionError> {
		parse(&format!("substrate_sub_libp2p_peers_count 7\n{line}\n"))
	}

	fn integer(ones: i64) -> Option<Value> {
		Some(Value::from_integer(ones))
	}

	#[test]
	fn line_should_be_read_when_it_is_a_sample() {
		for line in [
			"a 1",
			"a{} 1",
			"a{}1",
			"a {} 1",
			" \ta\t 1 \t",
			"a:b_9 1 1395066363000",
			"a 1 -5",
			"_{_a9=\"\"} -1.5e-3",
			"a{b=\"c\",} NaN",
			"a { b = \"c\" , d = \"e\" } +Inf",
			r#"a{b="quote \" brace } comma , backslash \\ feed \n",c="\\"} 1"#,
			"a{b=\"été\u{2028}\"} 1",
			"# HELP a anything { at \"all",
			"  # comment",
			"#",
			"",
			" \t ",
		] {
			assert_eq!(with(line).map(|readings| readings.peers), Ok(integer(7)), "{line}");
		}
	}

	#[test]
	fn line_should_be_refused_with_its_number_when_it_is_no_sample() {
		for line in [
			"a",
			"a ",
			"1a 1",
			"é 1",
			"a-b 1",
			"{} 1",
			"a 1 2 3",
			"a 1 1.5",
			"a x",
			"a 0x10",
			"a{ 1",
			"a{,} 1",
			"a{b} 1",
			"a{b=c} 1",
			"a{b=\"c} 1",
			"a{b=\"c\"",
			"a{b=\"c\"} ",
			"a{b=\"c\",,} 1",
			"a{b=\"c\" d=\"e\"} 1",
			"a{b:c=\"d\"} 1",
			"a{9=\"d\"} 1",
			"a{=\"d\"} 1",
			r#"a{b="c\"} 1"#,
			r#"a{b="\t"} 1"#,
			r#"a{b="\"#,
			"a 1\r",
			"<html>",
			"HTTP/1.1 200 OK",
		] {
			assert_eq!(with(line), Err(ExpositionError::Malformed(2)), "{line}");
		}
	}

	#[test]
	fn page_should_be_refused_when_it_is_too_long() {
		let line = "substrate_sub_libp2p_peers_count 7\n";
		let page = |length: usize| format!("{line}#{}\n", "x".repeat(length - line.len() - 2));
		assert_eq!(parse(&page(MAX_PAGE)).map(|readings| readings.peers), Ok(integer(7)));
		assert_eq!(parse(&page(MAX_PAGE + 1)), Err(ExpositionError::TooLong(MAX_PAGE + 1)));
	}

	#[test]
	fn page_should_be_refused_with_the_line_when_it_is_not_utf8() {
		assert_eq!(Readings::parse(b"a 1\n# \xff\n"), Err(ExpositionError::NotUtf8(2)));
		assert_eq!(Readings::parse(b"\xff"), Err(ExpositionError::NotUtf8(1)));
	}

	#[test]
	fn page_should_be_refused_when_it_ends_within_a_line() {
		let page = "substrate_sub_libp2p_peers_count 7\nsubstrate_block_height{status=\"best\"} 12";
		assert_eq!(parse(page), Err(ExpositionError::CutShort));
	}

	#[test]
	fn page_should_be_refused_when_nothing_of_it_is_ours() {
		for page in ["", "\n", "# substrate_sub_libp2p_peers_count 7\n", "up 1\n"] {
			assert_eq!(parse(page), Err(ExpositionError::NothingKnown), "{page}");
		}
		let other = "substrate_block_height{status=\"sync_target\"} 5\nsubstrate_block_height 5\n";
		assert_eq!(parse(other), Err(ExpositionError::NothingKnown));
	}

	#[test]
	fn error_should_tell_what_to_do() {
		for (error, says) in [
			(ExpositionError::TooLong(600_000), "has 600000 bytes, and at most 524288 are read"),
			(ExpositionError::NotUtf8(3), "line 3 of the metrics page is not UTF-8"),
			(ExpositionError::Malformed(4), "line 4 of the metrics page is no sample"),
			(ExpositionError::CutShort, "fetch it again"),
			(ExpositionError::NothingKnown, "runs without --no-prometheus"),
		] {
			assert!(error.to_string().contains(says), "{error}");
		}
	}

	#[test]
	fn reading_should_be_nothing_when_it_is_not_finite() {
		for number in ["NaN", "+Inf", "-Inf"] {
			let page =
				format!("aitbc_cpu_seconds_total {number}\naitbc_disk_free_bytes {number}\n");
			assert_eq!(parse(&page), Ok(Readings::default()), "{number}");
		}
	}

	#[test]
	fn height_should_be_told_by_its_label_wherever_that_is() {
		let page = "substrate_block_height{chain=\"a\\\"}\",status=\"best\"} 12\n\
			 substrate_block_height{status=\"finalized\",chain=\"status=\"} 9\n\
			 substrate_block_height{chain=\"best\"} 99\n\
			 substrate_block_height{status=\"\\\"best\"} 99\n";
		let readings = parse(page).unwrap();
		assert_eq!((readings.best, readings.finalized), (integer(12), integer(9)));
	}

	#[test]
	fn last_sample_should_count_when_there_are_several() {
		let page = "aitbc_cpu_seconds_total{a=\"1\"} 1\naitbc_cpu_seconds_total{a=\"2\"} 2\n";
		assert_eq!(parse(page).unwrap().cpu, integer(2));
	}

	#[test]
	fn bytes_should_become_mebibytes_to_the_nearest_millionth() {
		for (bytes, millionths) in [
			("0", 0),
			("1", 1),
			("1048576", 1_000_000),
			("1048577", 1_000_001),
			("1572864", 1_500_000),
			("4398046511104", 4_194_304_000_000),
			("4.398046511104e+12", 4_194_304_000_000),
			// 2^60 bytes, and all that 64 bits count.
			("1152921504606846976", 1_099_511_627_776_000_000),
			("18446744073709551615", Value::LIMIT),
		] {
			let readings = parse(&format!("aitbc_disk_free_bytes {bytes}\n")).unwrap();
			assert_eq!(readings.disk_free, Some(Value::from_millionths(millionths)), "{bytes}");
		}
	}

	#[test]
	fn rpc_errors_should_be_those_of_all_methods() {
		let page =
			"substrate_rpc_calls_finished{is_error=\"true\",method=\"a\",protocol=\"http\"} 2\n\
			 substrate_rpc_calls_finished{is_error=\"false\",method=\"a\",protocol=\"http\"} 100\n\
			 substrate_rpc_calls_finished{is_error=\"true\",method=\"a\",protocol=\"ws\"} 3\n\
			 substrate_rpc_calls_finished{is_error=\"true\",method=\"b\",protocol=\"ws\"} 4\n";
		assert_eq!(parse(page).unwrap().rpc_errors, integer(9));
		let spoilt = format!("{page}substrate_rpc_calls_finished{{is_error=\"true\"}} NaN\n");
		assert_eq!(parse(&spoilt).unwrap().rpc_errors, None);
	}

	#[test]
	fn rpc_errors_should_be_none_yet_when_calls_are_counted_only() {
		assert_eq!(parse("substrate_rpc_sessions_opened 0\n").unwrap().rpc_errors, integer(0));
		assert_eq!(parse("aitbc_cpu_seconds_total 0\n").unwrap().rpc_errors, None);
	}
}

//! Recording: polls the pages of nodes, makes samples of them as a node's own worker does, and writes
//! them down.
//!
//! A worker samples once a block. This samples by the clock, so it also sees a chain that makes none.

use crate::{
	http::{self, HttpError},
	pace::Pace,
	rows::{self, Row},
};
use aitbc_telemetry::{ExpositionError, Readings, Sampler, MAX_PAGE};
use std::{
	io::{self, Write},
	str::FromStr,
	thread,
	time::{Duration, SystemTime, UNIX_EPOCH},
};
use ureq::http::Uri;

/// A node, and where its page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
	/// What its recording is named after.
	pub name: String,
	/// Such as `http://127.0.0.1:9615/metrics`.
	pub page: Uri,
}

/// Why a text is no [`Target`].
#[derive(Debug, thiserror::Error)]
#[error("expected NAME=ADDRESS, such as alice=http://127.0.0.1:9615/metrics")]
pub struct WrongTarget;

impl FromStr for Target {
	type Err = WrongTarget;

	fn from_str(text: &str) -> Result<Self, WrongTarget> {
		let (name, page) = text.split_once('=').ok_or(WrongTarget)?;
		let is_name = |c: char| c.is_ascii_alphanumeric() || c == '-';
		if name.is_empty() || !name.chars().all(is_name) {
			return Err(WrongTarget);
		}
		Ok(Self { name: name.into(), page: page.parse().map_err(|_| WrongTarget)? })
	}
}

/// Why a poll gave no readings.
#[derive(Debug, thiserror::Error)]
pub enum PollError {
	/// There was no page.
	#[error(transparent)]
	Http(#[from] HttpError),
	/// The page is none of a node.
	#[error("{page}: {cause}")]
	Page {
		/// Where it is.
		page: Uri,
		/// What is wrong with it.
		cause: ExpositionError,
	},
}

fn readings(page: &Uri) -> Result<Readings, PollError> {
	let body = http::get(page, MAX_PAGE)?;
	Readings::parse(&body).map_err(|cause| PollError::Page { page: page.clone(), cause })
}

/// One node's recording.
pub struct Recorder<W> {
	target: Target,
	sampler: Sampler,
	output: W,
	is_failing: bool,
}

impl<W: Write> Recorder<W> {
	/// Begins a recording: writes its header.
	pub fn new(target: Target, mut output: W) -> io::Result<Self> {
		rows::write_header(&mut output)?;
		Ok(Self { target, sampler: Sampler::default(), output, is_failing: false })
	}

	/// Polls once, and writes a row, unless the clock did not go on.
	pub fn poll(&mut self) -> io::Result<()> {
		let answer = readings(&self.target.page);
		let at = now();
		// A failure is told when it begins: nodes that are stopped on purpose fail for minutes.
		if let Err(error) = &answer {
			if !self.is_failing {
				eprintln!("aitbc-telemetry-record: {}: {error}", self.target.name);
			}
		}
		self.is_failing = answer.is_err();
		self.write(at, answer.ok())
	}

	/// Without readings there is no sample, as a worker makes none of a page that it can't read.
	fn write(&mut self, at: u64, readings: Option<Readings>) -> io::Result<()> {
		let row = match readings {
			None => Row { at, sample: None, memory: None },
			Some(readings) => match self.sampler.observe(at, readings) {
				None => return Ok(()),
				sample => Row { at, sample, memory: readings.memory },
			},
		};
		// At once, so that a recorder that is killed leaves whole rows.
		let mut line = Vec::new();
		rows::write(&row, &mut line)?;
		self.output.write_all(&line)
	}
}

/// The time in milliseconds since the Unix epoch.
fn now() -> u64 {
	let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
	u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Polls all targets every `period`, until writing fails.
///
/// A poll takes less than the period, because its deadline is [`http::DEADLINE`]; should the machine be
/// that slow all the same, the next polls are late.
pub fn record<W: Write + Send>(mut recorders: Vec<Recorder<W>>, period: Duration) -> io::Error {
	let mut pace = Pace::new(period);
	loop {
		pace.wait();
		let polled = thread::scope(|scope| {
			let poll = |recorder| scope.spawn(|| Recorder::poll(recorder));
			let polls: Vec<_> = recorders.iter_mut().map(poll).collect();
			let join = |poll: thread::ScopedJoinHandle<_>| poll.join().unwrap_or_else(panicked);
			polls.into_iter().try_for_each(join)
		});
		if let Err(error) = polled {
			return error;
		}
	}
}

fn panicked(_: Box<dyn std::any::Any + Send>) -> io::Result<()> {
	Err(io::Error::other("a poll panicked"))
}

#[cfg(test)]
mod tests {
	use super::*;
	use aitbc_telemetry::Series;
	use std::{
		io::Read,
		net::{TcpListener, TcpStream},
	};

	/// A node whose pages are these, one for each poll.
	fn node(pages: &'static [&'static str]) -> Uri {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let address = format!("http://{}/metrics", listener.local_addr().unwrap());
		thread::spawn(move || {
			for page in pages {
				let (mut stream, _): (TcpStream, _) = listener.accept().unwrap();
				let _ = stream.read(&mut [0; 1_024]).unwrap();
				let answer =
					format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{page}", page.len());
				stream.write_all(answer.as_bytes()).unwrap();
			}
		});
		address.parse().unwrap()
	}

	#[test]
	fn rows_should_be_samples_and_empty_where_there_was_no_page() {
		let page = node(&[
			"substrate_sub_libp2p_peers_count 4\naitbc_memory_total_bytes 1048576\n",
			"nonsense\n",
			"substrate_sub_libp2p_peers_count 3\n",
		]);
		let mut text = Vec::new();
		let mut recorder = Recorder::new(Target { name: "alice".into(), page }, &mut text).unwrap();
		// After the third page, nobody listens.
		for _ in 0..4 {
			thread::sleep(Duration::from_millis(5));
			recorder.poll().unwrap();
		}
		let rows = rows::read(&text[..]).unwrap();
		let peers = |row: &rows::Row| Some(row.sample?.value(Series::Peers)?.to_string());
		let peers: Vec<_> = rows.iter().map(peers).collect();
		assert_eq!(peers, [Some("4.000000".into()), None, Some("3.000000".into()), None]);
		assert_eq!(rows[0].memory.map(|memory| memory.to_string()), Some("1.000000".into()));
	}

	#[test]
	fn recording_should_end_when_a_row_cannot_be_written() {
		/// Takes the header, and no row.
		struct Full(usize);

		impl Write for Full {
			fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
				let left = self.0.min(bytes.len());
				self.0 -= left;
				Ok(left)
			}

			fn flush(&mut self) -> io::Result<()> {
				Ok(())
			}
		}

		let mut header = Vec::new();
		rows::write_header(&mut header).unwrap();
		let target = Target { name: "alice".into(), page: node(&[]) };
		let recorder = Recorder::new(target, Full(header.len())).unwrap();
		let error = record(vec![recorder], Duration::from_millis(5));
		assert_eq!(error.kind(), io::ErrorKind::WriteZero);
	}

	#[test]
	fn target_should_be_read_when_it_has_a_name_and_an_address() {
		let target: Target = "full-1=http://127.0.0.1:9615/metrics".parse().unwrap();
		assert_eq!(target.name, "full-1");
		assert_eq!(target.page, "http://127.0.0.1:9615/metrics");
	}

	#[test]
	fn target_should_be_refused_when_its_name_is_no_file_name() {
		for text in ["alice", "=http://127.0.0.1/", "../x=http://127.0.0.1/", "alice=a b"] {
			assert!(text.parse::<Target>().is_err(), "{text}");
		}
	}
}

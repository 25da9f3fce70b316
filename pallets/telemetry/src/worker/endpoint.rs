//! The node's own Prometheus page.

use aitbc_telemetry::{ExpositionError, MAX_PAGE};
use alloc::{format, vec, vec::Vec};
use core::fmt;
use sp_runtime::offchain::{http::Request, Duration, HttpError, Timestamp};

/// How long the page may take, in milliseconds: all of it.
pub const DEADLINE_MILLIS: u64 = 2_000;

/// How much of the page is read at once, in bytes.
const CHUNK: usize = 16 * 1_024;

/// Why there are no readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
	/// Nobody answers.
	Unreachable,
	/// It took longer than it may.
	TooSlow,
	/// The answer is another one than 200.
	Refused {
		/// Which.
		code: u16,
	},
	/// The page is longer than it may be.
	TooLong,
	/// The answer broke off.
	Broken,
	/// The page is not one of metrics, or none of them is known.
	Page(ExpositionError),
}

impl fmt::Display for Problem {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Unreachable => f.write_str("nobody answers; is --prometheus-port right?"),
			Self::TooSlow => {
				f.write_str("it took more than two seconds; is the machine overloaded?")
			},
			Self::Refused { code } => {
				write!(f, "it answers {code} instead of 200; is another program at that port?")
			},
			Self::TooLong => {
				f.write_str("it is longer than 512 KiB; is another program at that port?")
			},
			Self::Broken => f.write_str("the answer broke off"),
			Self::Page(error) => error.fmt(f),
		}
	}
}

/// The page at this port of 127.0.0.1.
///
/// Takes at most [`DEADLINE_MILLIS`], and reads at most [`MAX_PAGE`] bytes and one chunk.
pub fn fetch(port: u16) -> Result<Vec<u8>, Problem> {
	let deadline = sp_io::offchain::timestamp().add(Duration::from_millis(DEADLINE_MILLIS));
	let url = format!("http://127.0.0.1:{port}/metrics");
	let request = Request::get(&url).deadline(deadline).send().map_err(|_| Problem::Unreachable)?;
	let response = request
		.try_wait(deadline)
		.map_err(|_| Problem::TooSlow)?
		.map_err(|_| Problem::Unreachable)?;
	if response.code != 200 {
		return Err(Problem::Refused { code: response.code });
	}
	body(response.id, deadline)
}

/// The body of the response with this id.
fn body(id: sp_runtime::offchain::HttpRequestId, deadline: Timestamp) -> Result<Vec<u8>, Problem> {
	let mut page = Vec::new();
	let mut chunk = vec![0u8; CHUNK];
	loop {
		let read = sp_io::offchain::http_response_read_body(id, &mut chunk, Some(deadline));
		let length = match read {
			Ok(0) => return Ok(page),
			Ok(length) => usize::try_from(length).unwrap_or_default(),
			Err(HttpError::DeadlineReached) => return Err(Problem::TooSlow),
			Err(_) => return Err(Problem::Broken),
		};
		page.extend(chunk.iter().take(length));
		if page.len() > MAX_PAGE {
			return Err(Problem::TooLong);
		}
		// A body that trickles gives a piece each time, and the deadline is asked for by pieces.
		if sp_io::offchain::timestamp() > deadline {
			return Err(Problem::TooSlow);
		}
	}
}

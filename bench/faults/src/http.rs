//! One request, one deadline.

use std::time::Duration;
use ureq::{
	http::{Response, Uri},
	Agent, Body, Error,
};

/// How long an answer may take, from connecting to its last byte.
pub const DEADLINE: Duration = Duration::from_secs(2);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
#[error("cannot fetch {address}: {cause}")]
pub struct HttpError {
	/// What was fetched.
	address: Uri,
	/// Why that failed.
	cause: Box<Error>,
}

/// Gets `address`, at most `limit` bytes of it, within [`DEADLINE`].
pub fn get(address: &Uri, limit: usize) -> Result<Vec<u8>, HttpError> {
	exchange(address, limit, |agent| agent.get(address).call())
}

/// Posts JSON to `address`, and gives at most `limit` bytes of the answer, within [`DEADLINE`].
pub fn post(address: &Uri, json: &[u8], limit: usize) -> Result<Vec<u8>, HttpError> {
	exchange(address, limit, |agent| {
		agent.post(address).header("Content-Type", "application/json").send(json)
	})
}

fn exchange(
	address: &Uri,
	limit: usize,
	send: impl FnOnce(&Agent) -> Result<Response<Body>, Error>,
) -> Result<Vec<u8>, HttpError> {
	// Each request has a connection of its own, as a scraper's has that comes now and then; neither
	// redirects nor proxies: what answers is the node itself.
	let agent = Agent::config_builder()
		.timeout_global(Some(DEADLINE))
		.max_redirects(0)
		.max_idle_connections(0)
		.proxy(None)
		.build()
		.new_agent();
	let limit = u64::try_from(limit).unwrap_or(u64::MAX);
	send(&agent)
		.and_then(|mut answer| answer.body_mut().with_config().limit(limit).read_to_vec())
		.map_err(|cause| HttpError { address: address.clone(), cause: Box::new(cause) })
}

#[cfg(test)]
mod tests {
	use super::*;
	use std::{
		io::{Read, Write},
		net::TcpListener,
		thread,
	};

	/// What comes of asking a server that answers with these bytes and then closes, or holds on.
	fn asked(answer: &'static str, holds_on: bool) -> Result<Vec<u8>, HttpError> {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let address = format!("http://{}/metrics", listener.local_addr().unwrap());
		let server = thread::spawn(move || {
			let (mut stream, _) = listener.accept().unwrap();
			let mut request = vec![0; 1_024];
			let read = stream.read(&mut request).unwrap();
			assert!(request[..read].starts_with(b"GET /metrics HTTP/1.1\r\n"));
			stream.write_all(answer.as_bytes()).unwrap();
			if holds_on {
				// Until the client goes.
				let _ = stream.read(&mut request);
			}
		});
		let answer = get(&address.parse().unwrap(), 10);
		server.join().unwrap();
		answer
	}

	/// Why there is no answer.
	fn refused(answer: &'static str, holds_on: bool) -> Error {
		*asked(answer, holds_on).unwrap_err().cause
	}

	#[test]
	fn answer_should_be_the_body_when_it_is_whole() {
		let body = asked("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", false);
		assert_eq!(body.unwrap(), b"hello");
	}

	#[test]
	fn answer_should_be_refused_when_it_is_too_long() {
		let error = refused("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world", false);
		assert!(matches!(error, Error::BodyExceedsLimit(10)), "{error}");
	}

	#[test]
	fn answer_should_be_refused_when_it_is_cut_short() {
		let error = refused("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello", false);
		assert!(matches!(error, Error::Io(_)), "{error}");
	}

	#[test]
	fn answer_should_be_refused_when_its_status_is_another() {
		let error = refused("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", false);
		assert!(matches!(error, Error::StatusCode(404)), "{error}");
	}

	#[test]
	fn answer_should_be_late_when_the_server_hangs() {
		let error = refused("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", true);
		assert!(matches!(error, Error::Timeout(_)), "{error}");
	}

	#[test]
	fn address_should_be_refused_when_it_is_of_another_scheme() {
		for address in ["https://127.0.0.1:1/", "/metrics", "127.0.0.1:9615"] {
			let error = get(&address.parse().unwrap(), 10).unwrap_err();
			assert!(error.to_string().starts_with("cannot fetch "), "{error}");
		}
	}
}

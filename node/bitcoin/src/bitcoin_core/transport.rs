//! JSON-RPC over HTTP: one request, one connection, one deadline.

use super::CoreError;
use crate::credentials::Credentials;
use aitbc_bitcoin::Network;
use serde::{de::DeserializeOwned, Deserialize};
use serde_json::{json, Value};
use std::time::Duration;
use ureq::{
	http::{StatusCode, Uri},
	Agent, Error as HttpError,
};

/// How long Core may take to accept a connection.
const CONNECT: Duration = Duration::from_secs(5);

/// How long an answer may take, from connecting to its last byte.
const DEADLINE: Duration = Duration::from_secs(30);

/// How long a scan of all coins may take. It reads some 10 GB on mainnet, minutes from a fast disk.
const SCAN_DEADLINE: Duration = Duration::from_secs(30 * 60);

/// How many bytes an answer may have. The ids of a block's 16,666 transactions have about 1 MB as JSON, a block as
/// hexadecimal digits 8 MB.
const LIMIT: u64 = 64 << 20;

/// `RPC_IN_WARMUP` in Core `src/rpc/protocol.h`.
const IN_WARMUP: i64 = -28;

/// What Core says about a request.
#[derive(Deserialize)]
struct Answer<T> {
	// `null` is an answer too, as of an output that is spent.
	#[serde(default = "Option::default")]
	result: Option<T>,
	#[serde(default)]
	error: Option<Failure>,
}

#[derive(Deserialize)]
struct Failure {
	code: i64,
	message: String,
}

/// Where Core is, and how to ask it.
pub(super) struct Transport {
	uri: Uri,
	/// The same as text.
	pub(super) url: String,
	credentials: Credentials,
}

impl Transport {
	/// Does not connect yet.
	pub(super) fn new(
		url: &str,
		credentials: Credentials,
		network: Network,
	) -> Result<Self, CoreError> {
		let given: Uri = url.parse().map_err(|_| CoreError::BadUrl)?;
		let authority = given.authority().ok_or(CoreError::BadUrl)?;
		let is_plain = given.scheme_str() == Some("http") && given.query().is_none();
		if !is_plain || authority.as_str().contains('@') {
			return Err(CoreError::BadUrl);
		}
		let port = given.port_u16().unwrap_or(default_port(network));
		let url = format!("http://{}:{port}{}", authority.host(), given.path());
		let uri = url.parse().map_err(|_| CoreError::BadUrl)?;
		Ok(Self { uri, url, credentials })
	}

	/// Asks, and gives the answer. `None` if Core says `null`.
	pub(super) fn call<T: DeserializeOwned>(
		&self,
		method: &'static str,
		parameters: &[Value],
	) -> Result<Option<T>, CoreError> {
		let deadline = match method {
			"scantxoutset" => SCAN_DEADLINE,
			_ => DEADLINE,
		};
		let (status, body) = self.exchange(method, parameters, deadline)?;
		let malformed =
			|cause: String| CoreError::Malformed { url: self.url.clone(), method, cause };
		match status {
			StatusCode::UNAUTHORIZED => {
				let path = self.credentials.path().into();
				return Err(CoreError::Unauthorized { url: self.url.clone(), path });
			},
			StatusCode::FORBIDDEN => {
				return Err(CoreError::Forbidden { url: self.url.clone(), method })
			},
			StatusCode::SERVICE_UNAVAILABLE => {
				return Err(CoreError::Busy { url: self.url.clone() });
			},
			// Core says what went wrong in the body, with these too.
			StatusCode::OK | StatusCode::NOT_FOUND | StatusCode::INTERNAL_SERVER_ERROR => {},
			other => return Err(malformed(format!("HTTP status {other}"))),
		}
		let answer: Answer<T> = serde_json::from_slice(&body).map_err(|error| match status {
			StatusCode::OK => malformed(error.to_string()),
			other => malformed(format!("HTTP status {other}")),
		})?;
		match answer.error {
			None => Ok(answer.result),
			Some(Failure { code: IN_WARMUP, message }) => {
				Err(CoreError::WarmingUp { url: self.url.clone(), message })
			},
			Some(Failure { code, message }) => Err(CoreError::Refused { method, code, message }),
		}
	}

	fn exchange(
		&self,
		method: &'static str,
		parameters: &[Value],
		deadline: Duration,
	) -> Result<(StatusCode, Vec<u8>), CoreError> {
		let header = self.credentials.header()?;
		// A version 2.0 is answered with status 200 also where Core refuses, from version 28 on.
		let request = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": parameters });
		// A connection for each request: Core may have restarted since. Neither redirects nor proxies: what answers
		// must be Core itself, which gets the password.
		let agent: Agent = Agent::config_builder()
			.timeout_connect(Some(CONNECT))
			.timeout_global(Some(deadline))
			.max_redirects(0)
			.max_idle_connections(0)
			.proxy(None)
			.http_status_as_error(false)
			.build()
			.new_agent();
		let sent = agent
			.post(&self.uri)
			.header("Content-Type", "application/json")
			.header("Authorization", header.as_str())
			.send(request.to_string());
		let answered = sent.and_then(|mut answer| {
			let body = answer.body_mut().with_config().limit(LIMIT).read_to_vec()?;
			Ok((answer.status(), body))
		});
		answered.map_err(|error| match error {
			HttpError::Timeout(ureq::Timeout::Connect) => CoreError::Unreachable {
				url: self.url.clone(),
				cause: "the connection takes too long".into(),
			},
			HttpError::Timeout(_) => CoreError::TimedOut { url: self.url.clone(), method },
			HttpError::BodyExceedsLimit(_) => CoreError::TooLong { method, limit: LIMIT },
			HttpError::Protocol(_) | HttpError::Http(_) => {
				CoreError::Malformed { url: self.url.clone(), method, cause: error.to_string() }
			},
			_ => CoreError::Unreachable { url: self.url.clone(), cause: error.to_string() },
		})
	}
}

/// The port of Core's RPC: `src/chainparamsbase.cpp` `CreateBaseChainParams`.
const fn default_port(network: Network) -> u16 {
	match network {
		Network::Mainnet => 8332,
		Network::Testnet4 => 48332,
		Network::Signet => 38332,
		Network::Regtest => 18443,
	}
}

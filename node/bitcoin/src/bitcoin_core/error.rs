//! Why Bitcoin Core gives no answer.

use crate::credentials::CredentialsError;
use aitbc_bitcoin::{BlockHash, Network};
use std::path::PathBuf;

/// Why Bitcoin Core gives no answer, or none that can be used.
#[derive(Debug, thiserror::Error)]
pub enum CoreError {
	/// The address is none of Core's. It is not shown: it may have a password in it.
	#[error(
		"the address of Bitcoin Core is no http://HOST:PORT; user and password belong in a file"
	)]
	BadUrl,
	/// There are no user and password.
	#[error(transparent)]
	Credentials(#[from] CredentialsError),
	/// Nobody answers.
	#[error("cannot reach Bitcoin Core at {url}: {cause}; is it running, with server=1?")]
	Unreachable {
		/// Where.
		url: String,
		/// Why.
		cause: String,
	},
	/// The answer takes too long.
	#[error("Bitcoin Core at {url} did not answer {method} in time")]
	TimedOut {
		/// Where.
		url: String,
		/// What was asked.
		method: &'static str,
	},
	/// User or password are wrong.
	#[error("Bitcoin Core at {url} does not take what {path} has; is it of this Bitcoin Core?")]
	Unauthorized {
		/// Where.
		url: String,
		/// The file of user and password.
		path: PathBuf,
	},
	/// This machine or this user may not ask that.
	#[error("Bitcoin Core at {url} forbids {method}; see its rpcallowip and rpcwhitelist")]
	Forbidden {
		/// Where.
		url: String,
		/// What was asked.
		method: &'static str,
	},
	/// It starts, and answers later: `RPC_IN_WARMUP` in Core `src/rpc/protocol.h`.
	#[error("Bitcoin Core at {url} is starting: {message}")]
	WarmingUp {
		/// Where.
		url: String,
		/// What it does.
		message: String,
	},
	/// It has too many requests at once (`rpcworkqueue`).
	#[error("Bitcoin Core at {url} has too much to do")]
	Busy {
		/// Where.
		url: String,
	},
	/// It is behind the rest of the network.
	#[error("Bitcoin Core at {url} is still fetching the chain: {blocks} of {headers} blocks")]
	Syncing {
		/// Where.
		url: String,
		/// How many it has.
		blocks: u32,
		/// How many there are, as far as it knows.
		headers: u32,
	},
	/// It follows another network than it should.
	#[error("Bitcoin Core at {url} is on the network {found} and should be on {expected}")]
	WrongNetwork {
		/// Where.
		url: String,
		/// The network that it should be on.
		expected: Network,
		/// How it names its own.
		found: String,
	},
	/// The answer is longer than any that is right.
	#[error("Bitcoin Core's answer to {method} is longer than {limit} bytes")]
	TooLong {
		/// What was asked.
		method: &'static str,
		/// How many bytes an answer may have.
		limit: u64,
	},
	/// The answer is no answer to what was asked.
	#[error("the answer of {url} to {method} is none of Bitcoin Core's: {cause}")]
	Malformed {
		/// Where.
		url: String,
		/// What was asked.
		method: &'static str,
		/// Why.
		cause: String,
	},
	/// It says that it can't.
	#[error("Bitcoin Core refuses {method}: {message} ({code})")]
	Refused {
		/// What was asked.
		method: &'static str,
		/// Core's code of the error: `src/rpc/protocol.h`.
		code: i64,
		/// What Core says.
		message: String,
	},
	/// It does not know a block.
	#[error("Bitcoin Core does not know the block {0}")]
	UnknownBlock(BlockHash),
	/// It had a block, and does not keep it (`prune`).
	#[error("Bitcoin Core has pruned the block {0}; a node that proves anchors keeps more blocks")]
	Pruned(BlockHash),
	/// Somebody looks for coins already, and Core does so for one at a time.
	#[error("Bitcoin Core is scanning its coins for somebody else; try again when that is done")]
	ScanRunning,
	/// Somebody stopped it from looking for coins.
	#[error("Bitcoin Core's scan for coins was stopped; try again")]
	ScanStopped,
}

impl CoreError {
	/// Whether the same may succeed later without anybody doing anything.
	pub fn is_transient(&self) -> bool {
		match self {
			Self::Credentials(error) => error.is_transient(),
			Self::Unreachable { .. }
			| Self::TimedOut { .. }
			| Self::WarmingUp { .. }
			| Self::Busy { .. }
			| Self::Syncing { .. }
			| Self::UnknownBlock(_)
			| Self::ScanRunning
			| Self::ScanStopped => true,
			Self::BadUrl
			| Self::Unauthorized { .. }
			| Self::Forbidden { .. }
			| Self::WrongNetwork { .. }
			| Self::TooLong { .. }
			| Self::Malformed { .. }
			| Self::Refused { .. }
			| Self::Pruned(_) => false,
		}
	}
}

//! What the operator chose.

use aitbc_bitcoin::Network;
use aitbc_node_bitcoin::{Credentials, FeePolicy};
use std::path::PathBuf;

/// How far the worker goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
	/// It relays headers and keeps evidence. What is due anybody can read and anchor.
	Payload,
	/// It also writes a transaction for somebody else to sign, whose coins are at this address.
	Psbt {
		/// The address.
		address: String,
	},
	/// It also signs and broadcasts, with a key of its own.
	Broadcast,
}

/// What the operator chose.
#[derive(Debug, Default)]
pub struct Options {
	/// The Bitcoin Core to work with. Without one there is no worker.
	pub core: Option<CoreOptions>,
}

/// What the operator chose, with a Bitcoin Core.
#[derive(Debug)]
pub struct CoreOptions {
	/// Where it is.
	pub url: String,
	/// What it asks for.
	pub credentials: Credentials,
	/// How far to go.
	pub mode: Mode,
	/// What an anchor may cost.
	pub fees: FeePolicy,
	/// Whether to look for coins at the start even if some are known.
	pub rescan: bool,
	/// The file of the account that pays for transactions on this chain, if not the worker's own.
	pub relayer: Option<PathBuf>,
	/// Whether the node's folder, with the keys in it, is removed when it ends.
	pub is_temporary: bool,
}

impl CoreOptions {
	/// Fails if the node would make a key for coins of real value, and lose it when it ends.
	pub fn check_folder(&self, network: Network) -> Result<(), OptionsError> {
		let has_key = self.mode == Mode::Broadcast && network != Network::Regtest;
		match self.is_temporary && has_key {
			true => Err(OptionsError::TemporaryFolder),
			false => Ok(()),
		}
	}
}

/// Why the worker can't run.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
	/// A Bitcoin Core can't be asked without credentials.
	#[error(
		"--bitcoin-rpc-url needs --bitcoin-cookie-file (Bitcoin Core writes it into its data folder), or \
		 --bitcoin-password-file with a user and a password on two lines"
	)]
	NoCredentials,
	/// Something is asked of a worker that does not run.
	#[error("{0} is for the Bitcoin worker, which runs with --bitcoin-rpc-url only")]
	NoCore(&'static str),
	/// Nobody could sign.
	#[error("--anchor-mode psbt needs --anchor-address: where the coins are that pay for anchors")]
	NoAddress,
	/// An address that is not used.
	#[error("--anchor-address is for --anchor-mode psbt; with `broadcast` the node has a key of its own")]
	UnusedAddress,
	/// The anchor's key would go with the node's folder.
	#[error(
		"--anchor-mode broadcast keeps a key for bitcoin in this node's folder, which is removed when the node \
		 ends: choose a folder with --base-path"
	)]
	TemporaryFolder,
}

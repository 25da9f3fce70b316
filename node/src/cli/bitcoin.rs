//! The Bitcoin worker's options.

use crate::workers::bitcoin::{CoreOptions, Mode, Options, OptionsError};
use aitbc_node_bitcoin::{fees::FeeRate, Credentials, FeePolicy};
use sc_cli::Error;
use std::path::PathBuf;

/// What the Bitcoin worker does.
#[derive(Debug, clap::Args)]
pub struct BitcoinParams {
	/// Work with the Bitcoin Core at this address, such as http://127.0.0.1:8332
	///
	/// The node then tells the chain of Bitcoin's headers, and keeps what proves anchored blocks offline. The chain
	/// says which Bitcoin network it follows; Bitcoin Core must be on the same.
	#[arg(long, value_name = "URL")]
	pub bitcoin_rpc_url: Option<String>,

	/// Bitcoin Core's cookie file, in its data folder
	#[arg(long, value_name = "FILE", conflicts_with = "bitcoin_password_file")]
	pub bitcoin_cookie_file: Option<PathBuf>,

	/// A file with a user and a password for Bitcoin Core on two lines, which only you may read
	#[arg(long, value_name = "FILE")]
	pub bitcoin_password_file: Option<PathBuf>,

	/// The file of the secret of the account that pays for transactions on this chain
	///
	/// A phrase or a seed, in a file that only you may read. Without it the node makes an account of its own, and
	/// says which in its log: send it some money. What is useful to all costs it nothing.
	#[arg(long, value_name = "FILE")]
	pub bitcoin_relayer_key_file: Option<PathBuf>,

	/// How far the node goes to get this chain's blocks into Bitcoin
	#[arg(long, value_name = "MODE", value_enum, default_value_t = AnchorMode::Payload)]
	pub anchor_mode: AnchorMode,

	/// Where the coins are that pay for anchors, with `psbt`
	#[arg(long, value_name = "ADDRESS")]
	pub anchor_address: Option<String>,

	/// The most that an anchor pays, in satoshi for each virtual byte
	#[arg(long, value_name = "SATOSHI", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=10_000))]
	pub anchor_max_fee_rate: u64,

	/// What an anchor pays while Bitcoin Core can't estimate, in satoshi for each virtual byte
	#[arg(long, value_name = "SATOSHI", default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=10_000))]
	pub anchor_fallback_fee_rate: u64,

	/// Look for coins at the start, even if some are known
	#[arg(long)]
	pub anchor_rescan: bool,
}

/// How far the node goes to get this chain's blocks into Bitcoin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum AnchorMode {
	/// It anchors nothing; what is due anybody can read and anchor
	Payload,
	/// It writes a transaction (PSBT) into a file for somebody else to sign and broadcast
	Psbt,
	/// It signs with a key of its own, in a file that it makes, and broadcasts
	Broadcast,
}

impl BitcoinParams {
	/// What they choose, if that makes sense, on a node whose folder goes with it or stays.
	pub fn read(self, is_temporary: bool) -> Result<Options, Error> {
		self.choose(is_temporary).map_err(|error| Error::Application(Box::new(error)))
	}

	fn choose(self, is_temporary: bool) -> Result<Options, OptionsError> {
		let Some(url) = self.bitcoin_rpc_url else {
			let stray = [
				(self.bitcoin_cookie_file.is_some(), "--bitcoin-cookie-file"),
				(self.bitcoin_password_file.is_some(), "--bitcoin-password-file"),
				(self.bitcoin_relayer_key_file.is_some(), "--bitcoin-relayer-key-file"),
				(self.anchor_mode != AnchorMode::Payload, "--anchor-mode"),
				(self.anchor_address.is_some(), "--anchor-address"),
				(self.anchor_rescan, "--anchor-rescan"),
			];
			return match stray.into_iter().find(|(is_there, _)| *is_there) {
				Some((_, name)) => Err(OptionsError::NoCore(name)),
				None => Ok(Options::default()),
			};
		};
		let credentials = match (self.bitcoin_cookie_file, self.bitcoin_password_file) {
			(Some(file), _) => Credentials::Cookie(file),
			(None, Some(file)) => Credentials::File(file),
			(None, None) => return Err(OptionsError::NoCredentials),
		};
		let mode = match (self.anchor_mode, self.anchor_address) {
			(AnchorMode::Psbt, Some(address)) => Mode::Psbt { address },
			(AnchorMode::Psbt, None) => return Err(OptionsError::NoAddress),
			(_, Some(_)) => return Err(OptionsError::UnusedAddress),
			(AnchorMode::Payload, None) => Mode::Payload,
			(AnchorMode::Broadcast, None) => Mode::Broadcast,
		};
		let cap = FeeRate::from_sat_per_vbyte(self.anchor_max_fee_rate);
		let fallback = FeeRate::from_sat_per_vbyte(self.anchor_fallback_fee_rate).min(cap);
		let fees = FeePolicy { cap, fallback, ..FeePolicy::default() };
		let (rescan, relayer) = (self.anchor_rescan, self.bitcoin_relayer_key_file);
		let core = CoreOptions { url, credentials, mode, fees, rescan, relayer, is_temporary };
		Ok(Options { core: Some(core) })
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::cli::Cli;
	use aitbc_bitcoin::Network;
	use clap::Parser;

	/// What these arguments after `--dev` choose.
	fn chosen(arguments: &[&str]) -> Result<Options, String> {
		let node = ["aitbc-node", "--dev"];
		let cli = Cli::try_parse_from([&node[..], arguments].concat());
		cli.map_err(|error| error.to_string())?
			.bitcoin
			.choose(false)
			.map_err(|error| error.to_string())
	}

	const CORE: [&str; 4] =
		["--bitcoin-rpc-url", "http://127.0.0.1:18443", "--bitcoin-cookie-file", "/b/.cookie"];

	/// The same with a Bitcoin Core.
	fn with_core(arguments: &[&str]) -> Result<CoreOptions, String> {
		chosen(&[&CORE[..], arguments].concat()).map(|options| options.core.expect("there is one"))
	}

	#[test]
	fn worker_should_be_off_when_no_core_is_named() {
		assert!(chosen(&[]).expect("it is valid").core.is_none());
	}

	#[test]
	fn nothing_should_be_broadcast_when_nobody_says_so() {
		let options = with_core(&[]).expect("it is valid");
		assert_eq!(options.mode, Mode::Payload);
		assert_eq!(options.url, "http://127.0.0.1:18443");
		assert_eq!(options.fees, FeePolicy::default());
	}

	#[test]
	fn mode_should_be_as_chosen() {
		assert_eq!(
			with_core(&["--anchor-mode", "broadcast"]).expect("it is valid").mode,
			Mode::Broadcast
		);
		let psbt = with_core(&["--anchor-mode", "psbt", "--anchor-address", "bc1q"]);
		assert_eq!(psbt.expect("it is valid").mode, Mode::Psbt { address: "bc1q".into() });
	}

	#[test]
	fn key_should_not_be_made_when_it_would_be_lost_with_coins_of_value() {
		let options = |mode, is_temporary| {
			let options = with_core(&["--anchor-mode", mode]).expect("it is valid");
			CoreOptions { is_temporary, ..options }
		};
		let error = options("broadcast", true).check_folder(Network::Mainnet);
		assert!(error.expect_err("it would be lost").to_string().contains("--base-path"));
		for (mode, is_temporary, network) in [
			("broadcast", false, Network::Mainnet),
			("broadcast", true, Network::Regtest),
			("payload", true, Network::Mainnet),
		] {
			assert!(options(mode, is_temporary).check_folder(network).is_ok());
		}
	}

	#[test]
	fn fallback_should_not_be_above_the_cap() {
		let fees = with_core(&["--anchor-max-fee-rate", "3"]).expect("it is valid").fees;
		assert_eq!(fees.fallback, FeeRate::from_sat_per_vbyte(3));
		assert!(with_core(&["--anchor-max-fee-rate", "0"]).is_err());
	}

	#[test]
	fn options_should_be_refused_when_they_make_no_sense() {
		for (arguments, words) in [
			(&["--bitcoin-rpc-url", "http://127.0.0.1"][..], "needs --bitcoin-cookie-file"),
			(&["--anchor-mode", "broadcast"], "--anchor-mode is for the Bitcoin worker"),
			(&["--bitcoin-cookie-file", "/b"], "--bitcoin-cookie-file is for the Bitcoin worker"),
			(&["--anchor-rescan"], "--anchor-rescan is for the Bitcoin worker"),
			(
				&["--bitcoin-cookie-file", "/b", "--bitcoin-password-file", "/c"],
				"cannot be used with",
			),
		] {
			let error = chosen(arguments).expect_err("it makes no sense");
			assert!(error.contains(words), "{arguments:?}: {error}");
		}
		for (arguments, words) in [
			(&["--anchor-mode", "psbt"][..], "needs --anchor-address"),
			(&["--anchor-address", "bc1q"], "is for --anchor-mode psbt"),
		] {
			let error = with_core(arguments).expect_err("it makes no sense");
			assert!(error.contains(words), "{arguments:?}: {error}");
		}
	}
}

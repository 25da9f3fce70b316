//! An operator's file: whose keys and money a network begins with.
//!
//! It is read strictly, and everything that is wrong with it is said at once, each with its line. What it
//! says is laid over the parameters of a preset.

mod amount;
mod check;
mod genesis;
mod known;
mod point;
mod problem;
mod reach;
#[cfg(test)]
mod tests;
mod text;

pub use problem::{Fault, Problem};

use aitbc_core::{AccountId, Balance};
use pallet_bitcoin_light_client::StatedCheckpoint;
use sc_network::config::MultiaddrWithPeerId;
use sp_core::{ed25519, sr25519};
use sp_runtime::Perbill;
use std::{
	fs,
	path::{Path, PathBuf},
};

/// What a preset asks of its networks.
#[derive(Clone, Debug)]
pub struct Rules {
	/// The preset's name.
	pub preset: &'static str,
	/// Whether the network may be thrown away: it may have a sudo key, a faucet, and a Bitcoin that proves
	/// nothing.
	pub is_for_tests: bool,
	/// The fewest validators.
	pub fewest_validators: usize,
	/// The most validators.
	pub most_validators: usize,
	/// The least that a validator bonds, in plancks.
	pub least_bond: Balance,
	/// The least commission of a validator.
	pub least_commission: Perbill,
	/// What all balances come to, in plancks.
	pub supply: Balance,
	/// The most members of the technical committee.
	pub most_members: usize,
	/// The most approvers.
	pub most_approvers: usize,
	/// The most that a faucet begins with, in plancks.
	pub most_faucet: Balance,
	/// The least that an account must own, in plancks.
	pub existential_deposit: Balance,
	/// The treasury's account.
	pub treasury: AccountId,
	/// The prefix of addresses.
	pub ss58_prefix: u16,
}

/// A network as its operator describes it.
#[derive(Clone, Debug)]
pub struct Network {
	/// What people call it.
	pub name: String,
	/// What folders are called after it.
	pub id: String,
	/// Nodes to begin with.
	pub boot_nodes: Vec<MultiaddrWithPeerId>,
	/// Who makes the first blocks.
	pub validators: Vec<Validator>,
	/// Who owns what, the treasury and the faucet included.
	pub balances: Vec<(AccountId, Balance)>,
	/// The technical committee.
	pub committee: Vec<AccountId>,
	/// Who approves operations.
	pub approvers: Vec<AccountId>,
	/// Who may do everything.
	pub sudo: Option<AccountId>,
	/// Where the Bitcoin light client begins.
	pub checkpoint: StatedCheckpoint,
}

/// A validator of the first block.
#[derive(Clone, Debug)]
pub struct Validator {
	/// Whose money is bonded.
	pub stash: AccountId,
	/// How much of it, in plancks.
	pub bond: Balance,
	/// What it takes before its nominators get their share.
	pub commission: Perbill,
	/// What it finalizes with.
	pub grandpa: ed25519::Public,
	/// What it authors with.
	pub babe: sr25519::Public,
	/// What others find it by.
	pub authority_discovery: sr25519::Public,
}

/// Why a file makes no network.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// It can't be read.
	#[error("cannot read the network file {}: {cause}; pass --from with a file that you may read", path.display())]
	Unreadable {
		/// The file.
		path: PathBuf,
		/// What the system said.
		cause: std::io::Error,
	},
	/// It is no TOML, lacks a field, or has one that is not known.
	#[error("{path} is no network file: {reason}")]
	Malformed {
		/// The file.
		path: PathBuf,
		/// What the parser said, with the line.
		reason: String,
	},
	/// What it says makes no safe network.
	#[error(
		"{path} makes no network of the preset `{preset}`, for {} reason{}:{}",
		problems.len(),
		if problems.len() == 1 { "" } else { "s" },
		problems.iter().map(|problem| format!("\n  {problem}")).collect::<String>()
	)]
	Refused {
		/// The file.
		path: PathBuf,
		/// The preset.
		preset: &'static str,
		/// What is wrong, from the first line on.
		problems: Vec<Problem>,
	},
}

/// Reads the file at `path` for a network under `rules`.
pub fn read(path: &Path, rules: &Rules) -> Result<Network, Error> {
	let text =
		fs::read_to_string(path).map_err(|cause| Error::Unreadable { path: path.into(), cause })?;
	parse(&text, path, rules)
}

/// Reads `text`, which is the content of the file at `path`.
fn parse(text: &str, path: &Path, rules: &Rules) -> Result<Network, Error> {
	let document = toml::from_str(text).map_err(|error| Error::Malformed {
		path: path.into(),
		reason: error.to_string().trim_end().into(),
	})?;
	check::network(&document, text, rules).map_err(|problems| Error::Refused {
		path: path.into(),
		preset: rules.preset,
		problems,
	})
}

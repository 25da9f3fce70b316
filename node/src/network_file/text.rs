//! The file as it is written: tables and strings, each with its place.

use serde::Deserialize;
use toml::Spanned;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
	/// What people call the network.
	pub name: Spanned<String>,
	/// What folders are called after it.
	pub id: Spanned<String>,
	/// Multiaddresses that end with a peer id, and lead to it from elsewhere.
	#[serde(default)]
	pub boot_nodes: Vec<Spanned<String>>,
	/// What the treasury owns.
	pub treasury: Spanned<String>,
	/// What the account has whose key everybody knows.
	pub faucet: Option<Spanned<String>>,
	/// The technical committee.
	pub committee: Spanned<Vec<Spanned<String>>>,
	/// Who approves operations.
	pub approvers: Spanned<Vec<Spanned<String>>>,
	/// Who may do everything.
	pub sudo: Option<Spanned<String>>,
	/// Which Bitcoin, and from where on.
	pub bitcoin: Bitcoin,
	/// Who owns what.
	pub balances: Vec<Owner>,
	/// Who makes the first blocks.
	pub validators: Vec<Validator>,
}

/// Which Bitcoin the chain follows.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bitcoin {
	/// Its name, as Bitcoin Core writes it.
	pub network: Spanned<String>,
	/// The block to begin at; its first one if there is none.
	pub checkpoint: Option<Spanned<Checkpoint>>,
}

/// A block of Bitcoin, in the words of Bitcoin Core.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checkpoint {
	/// The height of the last of the headers.
	pub height: u32,
	/// The work up to it.
	pub chainwork: String,
	/// The first header of its period of 2,016.
	pub period_start: String,
	/// The last 11 headers, the oldest first.
	pub headers: Vec<String>,
}

/// An account with money.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
	/// Whose.
	pub account: Spanned<String>,
	/// How much.
	pub amount: Spanned<String>,
}

/// A validator of the first block.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Validator {
	/// Its cold account.
	pub stash: Spanned<String>,
	/// What it puts at risk.
	pub bond: Spanned<String>,
	/// What it takes first.
	pub commission: Spanned<String>,
	/// Its GRANDPA key, ed25519.
	pub grandpa: Spanned<String>,
	/// Its BABE key, sr25519.
	pub babe: Spanned<String>,
	/// Its key for authority discovery, sr25519.
	pub authority_discovery: Spanned<String>,
	/// That it possesses the three keys: the `proof` of `author_rotateKeysWithOwner`. In production it has to be there.
	pub proof: Option<Spanned<String>>,
}

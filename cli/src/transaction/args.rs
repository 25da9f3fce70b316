//! What every command that sends something accepts.

use crate::{
	chain::offline::{is_lifetime, LONGEST_LIFETIME},
	keys::{AccountName, PasswordArgs, SenderName},
};
use std::{fmt, path::PathBuf, str::FromStr, time::Duration};

/// Who sends, and how carefully.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Transaction")]
pub struct TransactionArgs {
	/// Key that signs: a name in the key folder, or a development key such as //Alice. With --offline or
	/// --dry-run an address will do
	#[arg(long, env = "AITBC_FROM", value_name = "KEY")]
	pub from: SenderName,

	#[command(flatten)]
	pub password: PasswordArgs,

	/// Act for this account, as its proxy: the sender pays the fee and nothing else
	#[arg(long = "for", value_name = "ACCOUNT")]
	pub on_behalf_of: Option<AccountName>,

	/// Show the decoded call, its fee and whether it would succeed, and send nothing
	#[arg(long)]
	pub dry_run: bool,

	/// Send without asking
	#[arg(long, short)]
	pub yes: bool,

	/// How far to follow the transaction
	#[arg(long, value_name = "HOW_FAR", default_value = "finalized")]
	pub wait: Wait,

	#[command(flatten)]
	pub offline: OfflineArgs,
}

impl TransactionArgs {
	/// Whether the call is only looked at or written to a file.
	pub fn sends_nothing(&self) -> bool {
		self.dry_run || self.offline.file.is_some()
	}

	/// Whether nobody waits for the block that has the transaction, so that nothing can follow from it.
	pub fn is_never_seen(&self) -> bool {
		self.wait == Wait::None || self.offline.file.is_some()
	}
}

/// How a transaction is prepared that is signed elsewhere.
#[derive(Clone, Debug, clap::Args)]
pub struct OfflineArgs {
	/// Send nothing, and write the transaction to this new file for `aitbc transaction sign`, on a machine
	/// that needs no network
	#[arg(
		id = "offline",
		long = "offline",
		value_name = "FILE",
		conflicts_with_all = ["dry_run", "yes"]
	)]
	pub file: Option<PathBuf>,

	/// With --offline: the transaction's nonce, if some come before it that are not sent yet
	#[arg(long, value_name = "COUNT", requires = "offline")]
	pub nonce: Option<u64>,

	/// With --offline: for how many blocks the transaction counts, a power of two
	#[arg(
		id = "valid_for",
		long = "valid-for",
		value_name = "BLOCKS",
		requires = "offline",
		default_value_t = LONGEST_LIFETIME,
		value_parser = parse_lifetime
	)]
	pub lifetime: u32,
}

impl Default for OfflineArgs {
	fn default() -> Self {
		Self { file: None, nonce: None, lifetime: LONGEST_LIFETIME }
	}
}

/// Takes a number of blocks for which a transaction can count.
fn parse_lifetime(text: &str) -> Result<u32, String> {
	let lifetime = text.parse().ok().filter(|blocks| is_lifetime(*blocks));
	lifetime.ok_or_else(|| {
		format!("`{text}` is no lifetime: write a power of two from 4 to {LONGEST_LIFETIME} blocks")
	})
}

/// How far a transaction is followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Wait {
	/// Until the node's pool has it
	None,
	/// Until the best block has it, which may be replaced
	Best,
	/// Until a finalized block has it
	Finalized,
}

impl Wait {
	/// What is waited for, in words.
	pub fn wanted(self) -> Option<&'static str> {
		match self {
			Self::None => None,
			Self::Best => Some("in a block"),
			Self::Finalized => Some("finalized"),
		}
	}
}

/// For how long somebody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// Why a text is no timeout.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no timeout: write it as `90s` or `5m`")]
pub struct ParseTimeoutError(String);

impl FromStr for Timeout {
	type Err = ParseTimeoutError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let seconds = match (text.strip_suffix('s'), text.strip_suffix('m')) {
			(Some(seconds), _) => seconds.parse().ok(),
			(_, Some(minutes)) => minutes.parse().ok().and_then(|count: u64| count.checked_mul(60)),
			(None, None) => None,
		};
		let seconds = seconds.ok_or_else(|| ParseTimeoutError(text.to_owned()))?;
		Ok(Self(Duration::from_secs(seconds)))
	}
}

impl fmt::Display for Timeout {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		write!(f, "{} s", self.0.as_secs())
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn lifetimes_should_be_powers_of_two() {
		assert_eq!(parse_lifetime("64"), Ok(64));
		for text in ["0", "100", "8192", "1h"] {
			let error = parse_lifetime(text).expect_err("it is none");
			assert!(error.contains("power of two from 4 to 4096"), "{error}");
		}
	}

	#[test]
	fn timeouts_should_parse_with_a_unit_only() {
		assert_eq!("90s".parse(), Ok(Timeout(Duration::from_secs(90))));
		assert_eq!("5m".parse(), Ok(Timeout(Duration::from_secs(300))));
		for text in ["", "s", "5", "-1s", "1.5m", "5h", "999999999999999999999s"] {
			assert_eq!(text.parse::<Timeout>(), Err(ParseTimeoutError(text.into())), "{text}");
		}
	}
}

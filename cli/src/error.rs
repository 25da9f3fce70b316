//! How a command ends when it fails.

use crate::{
	card, chain,
	decimal::Decimal,
	digest, keys,
	output::{json, Format},
	terminal, transaction,
};
use serde::Serialize;
use std::{io, process::ExitCode};
use subxt::utils::AccountId32;

/// Why a command failed. Every message names what failed, why, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// With a key.
	#[error(transparent)]
	Keys(#[from] keys::Error),
	/// With an agent card.
	#[error(transparent)]
	Card(#[from] card::Error),
	/// With signing an agent card.
	#[error(transparent)]
	Signing(#[from] card::SigningError),
	/// With a file to hash.
	#[error(transparent)]
	File(#[from] digest::FileError),
	/// On the way to the chain.
	#[error(transparent)]
	Chain(#[from] chain::Error),
	/// With a transaction.
	#[error(transparent)]
	Transaction(#[from] transaction::Error),
	/// With standard output.
	#[error("cannot write to standard output: {0}; see where it leads")]
	Output(#[from] io::Error),
	/// There is no such agent.
	#[error("there is no agent {0}: it never registered, or it left; see `aitbc agent list`")]
	AgentNotFound(u64),
	/// There is no such contract.
	#[error(
		"there is no contract {0}: it closed, or was never opened; see `aitbc contract list \
		 ACCOUNT`"
	)]
	ContractNotFound(u64),
	/// There is no such validation.
	#[error("there is no validation {0}: it was never requested, or it is erased")]
	ValidationNotFound(u64),
	/// There is no such tag.
	#[error("there is no tag `{0}`; see `aitbc tag list`")]
	TagNotFound(String),
	/// A search was for a performance that nobody can have.
	#[error("the performance {performance} is not on the scale of `{tag}`, {min} to {max}")]
	PerformanceOffScale {
		/// The tag.
		tag: String,
		/// What was asked for.
		performance: Decimal,
		/// The least value.
		min: Decimal,
		/// The greatest value.
		max: Decimal,
	},
	/// An agent that is not active cannot be kept live.
	#[error("agent {0} is not active, so that no heartbeat counts; see `aitbc agent activate`")]
	AgentNotActive(u64),
	/// Nobody can be asked for consent again and again.
	#[error("heartbeats that are sent one after the other cannot be confirmed; give `--yes`")]
	EveryWithoutYes,
	/// Heartbeats must be seen in a block.
	#[error(
		"whether heartbeats keep the agent live, only their blocks tell; leave out `--wait none`"
	)]
	EveryWithoutWait,
	/// Metadata needs the id of the agent, which is not known.
	#[error(
		"`--metadata` needs the id of the agent, which only its block tells; leave out `--wait none`"
	)]
	MetadataWithoutWait,
	/// The chain did not say who was registered.
	#[error(
		"the agent was registered, but its block does not tell its id; see `aitbc agent list \
		 --owner`, and set its metadata with `aitbc agent metadata set`"
	)]
	NoAgentId,
	/// The key that shall sign for a wallet is another account's.
	#[error(
		"the key `{key}` signs for {signs}, not for the wallet {wallet}; name the wallet's key"
	)]
	NotWalletKey {
		/// The key.
		key: String,
		/// Its account.
		signs: AccountId32,
		/// The wallet.
		wallet: AccountId32,
	},
	/// A phrase was to be read, and there is nobody to type it.
	#[error(
		"no recovery phrase: standard input is no terminal to ask on; give `--phrase-file` or \
		 `--json`"
	)]
	NoPhrase,
	/// A card was checked, and it is not what it should be.
	#[error("the card does not pass: {failed} failed; its row says why and what to do")]
	CardNotVerified {
		/// The steps that failed.
		failed: String,
	},
	/// Nothing can follow a transaction that is not waited for.
	#[error(
		"`--fund` needs the id of the contract, which only its block tells; leave out `--wait \
		 none`"
	)]
	FundWithoutWait,
	/// The chain did not say what was opened.
	#[error(
		"the contract was opened, but its block does not tell its id; see `aitbc contract list`, \
		 and fund it with `aitbc contract fund`"
	)]
	NoContractId,
}

/// An exit code, which scripts can rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
	/// Something on this machine failed, or what was asked for does not exist.
	Failed,
	/// The arguments are wrong. Clap uses the same code.
	Usage,
	/// No connection to the node.
	Connection,
	/// The transaction pool refused or dropped the transaction.
	Refused,
	/// The transaction failed in its block.
	Dispatch,
	/// It took too long.
	TimedOut,
	/// What was to be checked does not hold. The data that was written says what.
	CheckFailed,
}

impl From<Exit> for u8 {
	fn from(exit: Exit) -> Self {
		match exit {
			Exit::Failed => 1,
			Exit::Usage => 2,
			Exit::Connection => 3,
			Exit::Refused => 4,
			Exit::Dispatch => 5,
			Exit::TimedOut => 6,
			Exit::CheckFailed => 7,
		}
	}
}

impl From<Exit> for ExitCode {
	fn from(exit: Exit) -> Self {
		Self::from(u8::from(exit))
	}
}

/// An error as JSON.
#[derive(Serialize)]
struct Explanation {
	exit_code: u8,
	message: String,
	/// The chain's name for it, `Escrow::NotClient`, if it failed there.
	#[serde(skip_serializing_if = "Option::is_none")]
	dispatch_error: Option<String>,
}

impl Error {
	/// The exit code.
	pub fn exit(&self) -> Exit {
		match self {
			Self::Keys(error) => Self::exit_of_keys(error),
			Self::Chain(error) => Self::exit_of_chain(error),
			Self::Transaction(error) => Self::exit_of_transaction(error),
			Self::CardNotVerified { .. } => Exit::CheckFailed,
			Self::Card(_)
			| Self::Signing(_)
			| Self::File(_)
			| Self::NotWalletKey { .. }
			| Self::NoPhrase
			| Self::PerformanceOffScale { .. }
			| Self::EveryWithoutYes
			| Self::EveryWithoutWait
			| Self::MetadataWithoutWait
			| Self::FundWithoutWait => Exit::Usage,
			Self::Output(_)
			| Self::AgentNotFound(_)
			| Self::AgentNotActive(_)
			| Self::ValidationNotFound(_)
			| Self::TagNotFound(_)
			| Self::NoAgentId
			| Self::ContractNotFound(_)
			| Self::NoContractId => Exit::Failed,
		}
	}

	fn exit_of_keys(error: &keys::Error) -> Exit {
		if error.is_usage() {
			Exit::Usage
		} else {
			Exit::Failed
		}
	}

	fn exit_of_chain(error: &chain::Error) -> Exit {
		if error.is_connection() {
			Exit::Connection
		} else {
			Exit::Failed
		}
	}

	fn exit_of_transaction(error: &transaction::Error) -> Exit {
		use transaction::Error::*;
		match error {
			Keys(error) => Self::exit_of_keys(error),
			Chain(error) => Self::exit_of_chain(error),
			NoTerminal => Exit::Usage,
			Terminal(_) | NotConfirmed | Lock { .. } => Exit::Failed,
			Refused { .. } | Dropped { .. } => Exit::Refused,
			Failed { .. } => Exit::Dispatch,
			TimedOut { .. } | LockTimedOut(_) => Exit::TimedOut,
		}
	}

	/// Whether the same may work later without anybody doing anything.
	pub fn is_transient(&self) -> bool {
		matches!(self.exit(), Exit::Connection | Exit::Refused | Exit::TimedOut)
	}

	/// Writes the error to standard error, for people or for programs.
	pub fn report(&self, format: Format) {
		let explained = match format {
			Format::Table => None,
			Format::Json => json("error", None, &self.explanation()).ok(),
		};
		match explained {
			Some(json) => eprintln!("{json}"),
			None => terminal::error(self),
		}
	}

	fn explanation(&self) -> Explanation {
		let dispatch_error = match self {
			Self::Transaction(transaction::Error::Failed { failure, .. }) => {
				Some(failure.name.clone())
			},
			_ => None,
		};
		Explanation { exit_code: self.exit().into(), message: self.to_string(), dispatch_error }
	}
}

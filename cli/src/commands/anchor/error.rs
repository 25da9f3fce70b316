//! Why a command about anchors has nothing to do, or cannot do it.

use aitbc_bitcoin::Txid;
use aitbc_evidence::{DecodeError, VerifyError};
use std::{io, path::PathBuf};

/// What is wrong, and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// There is no such task.
	#[error(
		"block {0} is not to be on Bitcoin, or that was forgotten; see `aitbc anchor history` for those \
		 that are"
	)]
	TaskNotFound(u32),
	/// Nobody can be asked.
	#[error(
		"this node runs no Bitcoin worker: start it with --bitcoin-rpc-url, or name one that does with \
		 `--url`"
	)]
	NoWorker,
	/// There is no wallet.
	#[error(
		"this node looks for no coins: its worker's mode is `payload`; start it with --anchor-mode \
		 broadcast, or psbt"
	)]
	NoWallet,
	/// A file can't be read.
	#[error(
		"cannot read `{}`: {source}; give a readable file, or the transaction itself as hexadecimal \
		 digits",
		path.display()
	)]
	Unreadable {
		/// The file.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// Text is no hexadecimal.
	#[error(
		"`{}` has no hexadecimal digits; put there what `bitcoin-cli getrawtransaction TXID` prints",
		.0.display()
	)]
	NotHexadecimal(PathBuf),
	/// Bytes are no transaction.
	#[error(
		"this is no transaction of Bitcoin: {0}; give what `bitcoin-cli getrawtransaction TXID` prints for \
		 the one whose output the anchor spends"
	)]
	BadTransaction(String),
	/// A transaction is another one.
	#[error(
		"this is transaction {found}, and the anchor of block {height} spends an output of {expected}; \
		 give that one"
	)]
	OtherFunding {
		/// The task.
		height: u32,
		/// The one that is needed.
		expected: Txid,
		/// The one that was given.
		found: Txid,
	},
	/// A transaction says nothing about this chain.
	#[error(
		"no output of transaction {0} has a payload of this chain in the open; if it commits to one by \
		 Taproot, name the block with `--height` and the key with `--internal-key`"
	)]
	NoPayload(Txid),
	/// A node's bundle is none.
	#[error("nothing was written: what the node gave is no evidence: {0}; ask another node with `--url`")]
	NoBundle(DecodeError),
	/// A node's bundle does not hold.
	#[error("nothing was written: the node's evidence does not hold: {0}; ask another node with `--url`")]
	DoesNotHold(VerifyError),
	/// A node's bundle shows something else.
	#[error("nothing was written: the node's evidence is {0}; ask another node with `--url`")]
	OtherEvidence(&'static str),
	/// A file is in the way.
	#[error("nothing was written: `{}` exists; name another file, or overwrite it with `--force`", .0.display())]
	Exists(PathBuf),
	/// A file can't be written.
	#[error("cannot write `{}`: {source}; name another file with `--to`", path.display())]
	Unwritable {
		/// The file.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
}

impl Error {
	/// Whether the command line is at fault.
	pub const fn is_usage(&self) -> bool {
		matches!(
			self,
			Self::Unreadable { .. }
				| Self::NotHexadecimal(_)
				| Self::BadTransaction(_)
				| Self::OtherFunding { .. }
				| Self::NoPayload(_)
				| Self::Exists(_)
				| Self::Unwritable { .. }
		)
	}

	/// Whether something was checked, and does not hold.
	pub const fn is_check(&self) -> bool {
		matches!(self, Self::NoBundle(_) | Self::DoesNotHold(_) | Self::OtherEvidence(_))
	}
}

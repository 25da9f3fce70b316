//! Why a transaction's file is of no use.

use crate::digest::Hash;
use std::{
	io,
	path::{Path, PathBuf},
};
use subxt::{config::substrate::H256, utils::AccountId32};

/// What to do with a file that has become useless.
const AGAIN: &str = "write it again with `--offline FILE`, and have it signed again";

/// Why a transaction's file is of no use, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// It cannot be read.
	#[error("cannot read `{path}`: {source}; name a file that you can read", path = path.display())]
	Unreadable {
		/// Its path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// It cannot be written.
	#[error("cannot write `{path}`: {source}; name another file", path = path.display())]
	Unwritable {
		/// Its path.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// It has something else in it.
	#[error("`{path}` is no `{what}`: {reason}; {advice}", path = path.display())]
	Malformed {
		/// Its path.
		path: PathBuf,
		/// What it should have.
		what: &'static str,
		/// What is wrong with it.
		reason: String,
		/// Who makes such files.
		advice: &'static str,
	},
	/// It does not say what its bytes are.
	#[error("`{path}` was altered: {reason}; trust nothing in it, and {AGAIN}", path = path.display())]
	Altered {
		/// Its path.
		path: PathBuf,
		/// What does not fit.
		reason: String,
	},
	/// It is for another runtime than this program's.
	#[error(
		"`{path}` is for version {its} of the runtime{}, and this program knows version {own}: sign it \
		 with the `aitbc` of the runtime's release",
		if its == own { " with other metadata" } else { "" },
		path = path.display()
	)]
	OtherProgram {
		/// Its path.
		path: PathBuf,
		/// The version that it is for.
		its: u32,
		/// This program's.
		own: u32,
	},
	/// It is for another network.
	#[error(
		"`{path}` is for the network with the first block {its:?}, and not for {own}; ask a node of its \
		 network with `--url`, or {AGAIN}",
		path = path.display()
	)]
	OtherNetwork {
		/// Its path.
		path: PathBuf,
		/// The first block of its network.
		its: H256,
		/// That of the network that is wanted.
		own: Hash,
	},
	/// The network's runtime has changed.
	#[error(
		"`{path}` was signed for version {its} of the runtime, and the chain has version {own} now; \
		 {AGAIN}",
		path = path.display()
	)]
	OtherRuntime {
		/// Its path.
		path: PathBuf,
		/// The version that it is for.
		its: u32,
		/// The chain's.
		own: u32,
	},
	/// A key was to sign for another's account.
	#[error(
		"the key `{key}` signs for {signs}, and `{path}` is to be signed by {from}: name that account's \
		 key with `--key`",
		path = path.display()
	)]
	OtherKey {
		/// Its path.
		path: PathBuf,
		/// The key.
		key: String,
		/// Its account.
		signs: AccountId32,
		/// The account that is to sign.
		from: AccountId32,
	},
	/// Its signature is not the account's, or not for this.
	#[error(
		"the signature in `{path}` is not that of {from} under what the file says: somebody altered it, \
		 or signed something else; trust nothing in it, and {AGAIN}",
		path = path.display()
	)]
	BadSignature {
		/// Its path.
		path: PathBuf,
		/// Who should have signed.
		from: AccountId32,
	},
	/// It is too late for it.
	#[error(
		"`{path}` counted up to block {last}, and the chain is at block {best}; {AGAIN}, `--valid-for` \
		 says for how long",
		path = path.display()
	)]
	Expired {
		/// Its path.
		path: PathBuf,
		/// The last block that could have it.
		last: u64,
		/// The chain's best block.
		best: u64,
	},
	/// The chain has another block where it begins to count, or none.
	#[error(
		"`{path}` counts from block {birth} on, which the node {}; {}",
		if *is_other { "knows with another hash" } else { "does not have yet" },
		if *is_other { AGAIN } else { "wait until it has, or ask another with `--url`" },
		path = path.display()
	)]
	BirthNotThere {
		/// Its path.
		path: PathBuf,
		/// The block's number.
		birth: u64,
		/// Whether there is another one in its place.
		is_other: bool,
	},
	/// Its nonce is taken.
	#[error(
		"the nonce {nonce} of `{path}` is taken, the account's next is {next}: `aitbc transaction status \
		 {hash:?}` says whether it was this transaction that took it; if not, {AGAIN}",
		path = path.display()
	)]
	NonceTaken {
		/// Its path.
		path: PathBuf,
		/// Its nonce.
		nonce: u64,
		/// The account's next.
		next: u64,
		/// The transaction.
		hash: H256,
	},
	/// Others have to come before it.
	#[error(
		"`{path}` has the nonce {nonce}, and the account's next is {next}: submit what comes before it \
		 first, or write it again with `--nonce {next}`",
		path = path.display()
	)]
	NonceAhead {
		/// Its path.
		path: PathBuf,
		/// Its nonce.
		nonce: u64,
		/// The account's next.
		next: u64,
	},
	/// Nobody could be asked for consent.
	#[error("nobody can confirm it, because this is no terminal; look at what is shown above, and give `--yes` to sign it")]
	NoTerminal,
	/// Somebody did not consent.
	#[error("nothing was signed: nobody confirmed it")]
	NotConfirmed,
	/// This program's own metadata is of no use.
	#[error("cannot sign `{path}`: {reason}; use another build of this program", path = path.display())]
	Unsignable {
		/// Its path.
		path: PathBuf,
		/// What is wrong.
		reason: String,
	},
}

impl Error {
	/// Says that the file at `path` can't be read.
	pub(super) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
		|source| Self::Unreadable { path: path.to_owned(), source }
	}

	/// Says that the file at `path` can't be written.
	pub(super) fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
		|source| Self::Unwritable { path: path.to_owned(), source }
	}

	/// Whether the chain would refuse the transaction. Else it is the arguments that are at fault, or what
	/// they name.
	pub fn is_refusal(&self) -> bool {
		matches!(
			self,
			Self::OtherRuntime { .. }
				| Self::Expired { .. }
				| Self::BirthNotThere { .. }
				| Self::NonceTaken { .. }
				| Self::NonceAhead { .. }
		)
	}
}

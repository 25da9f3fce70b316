//! Why a call had no effect, or nobody knows whether it had one.

use super::Timeout;
use crate::{
	amount::Amount,
	chain::{self, BlockId, Failure},
	keys,
};
use std::{fmt, io, path::PathBuf};
use subxt::config::substrate::H256;

/// Why a call had no effect, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The key could not be had.
	#[error(transparent)]
	Keys(#[from] keys::Error),
	/// The node could not be asked. Nothing was sent.
	#[error(transparent)]
	Chain(#[from] chain::Error),
	/// A transaction's file is of no use. Nothing was sent.
	#[error(transparent)]
	Offline(Box<super::offline::Error>),
	/// The call would fail, so that it was not sent.
	#[error(
		"{call} would fail: {}\n  {}\n  it was not sent, and no fee is paid",
		failure.name, failure.meaning
	)]
	WouldFail {
		/// What was called.
		call: String,
		/// Why it would.
		failure: Failure,
	},
	/// No block could have the call, so that it was not sent.
	#[error("no block could have {call}: {reason}; {}", advice(reason))]
	Unacceptable {
		/// What was called.
		call: String,
		/// What the chain says.
		reason: String,
	},
	/// Nobody could be asked for consent.
	#[error(
		"nobody can confirm the transaction, because this is no terminal; give `--yes` to send \
		 it, or `--dry-run` to look at it"
	)]
	NoTerminal,
	/// The terminal failed.
	#[error("cannot ask on the terminal: {0}; give `--yes` to send without being asked")]
	Terminal(io::Error),
	/// Somebody did not consent.
	#[error("the transaction was not sent: nobody confirmed it")]
	NotConfirmed,
	/// The lock on the account's nonce could not be had.
	#[error(
		"cannot lock the account's nonce with `{path}`: {source}; make the folder writable, or \
		 name another with `XDG_STATE_HOME`",
		path = path.display()
	)]
	Lock {
		/// The lock's file.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// Another command held the lock all the time.
	#[error(
		"another `aitbc` has been sending from this account for {0}; wait for it, or give a \
		 longer `--timeout`"
	)]
	LockTimedOut(Timeout),
	/// The pool refused the transaction.
	#[error("the node's pool refused {call}: {reason}; {}", advice(reason))]
	Refused {
		/// What was called.
		call: String,
		/// What the pool says.
		reason: String,
	},
	/// The pool dropped a transaction that was in no block.
	#[error("the node's pool dropped {call}: {reason}; {}", advice(reason))]
	Dropped {
		/// What was called.
		call: String,
		/// The transaction.
		hash: H256,
		/// What the pool says.
		reason: String,
	},
	/// The transaction is in a block, and failed there.
	#[error(transparent)]
	Failed(#[from] Box<FailedInBlock>),
	/// The transaction did not come as far as was asked in time.
	#[error("{} was not {wanted} within {timeout}\n  {seen}", seen.call)]
	TimedOut {
		/// What is known of it.
		seen: Box<LastSeen>,
		/// What was waited for.
		wanted: &'static str,
		/// For how long.
		timeout: Timeout,
	},
	/// The node could not be asked any more, while the transaction was on its way.
	#[error("cannot tell what became of {}: {}\n  {seen}", seen.call, source.problem())]
	OutOfSight {
		/// What is known of it.
		seen: Box<LastSeen>,
		/// Why the node could not be asked.
		source: chain::Error,
	},
	/// The pool gave up a transaction that was in a block.
	#[error("the node's pool no longer follows {}: {reason}\n  {seen}", seen.call)]
	GivenUp {
		/// What is known of it.
		seen: Box<LastSeen>,
		/// What the pool says.
		reason: String,
	},
	/// Somebody ended the program while the transaction was on its way.
	#[error("interrupted while {} was on its way\n  {seen}", seen.call)]
	Interrupted {
		/// What is known of it.
		seen: Box<LastSeen>,
	},
	/// Somebody ended the program before a transaction was sent that belongs to one before.
	#[error("interrupted: it was not sent")]
	InterruptedBefore,
}

/// A transaction that is in a block, and had no effect but its fee.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
	"{call} failed in block {}: {}\n  {}\n  the fee of {fee} is paid",
	block.number, failure.name, failure.meaning
)]
pub struct FailedInBlock {
	/// What was called.
	pub call: String,
	/// The transaction.
	pub hash: H256,
	/// In which block.
	pub block: BlockId,
	/// What it cost nevertheless.
	pub fee: Amount,
	/// Why.
	pub failure: Failure,
}

/// What was last known of a transaction that is not followed any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastSeen {
	/// What was called.
	pub call: String,
	/// The transaction.
	pub hash: H256,
	/// The block it was in, if it was seen in one.
	pub block: Option<BlockId>,
}

impl fmt::Display for LastSeen {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self.block {
			None => f.write_str("it was sent and seen in no block, and may come into one yet")?,
			Some(BlockId { number, hash, finalized: true }) => {
				write!(f, "it is in block {number} ({hash:?}), which is finalized")?;
			},
			Some(BlockId { number, hash, finalized: false }) => write!(
				f,
				"it was seen in block {number} ({hash:?}), which was not finalized and may still be \
				 replaced"
			)?,
		}
		write!(f, "\n  `aitbc transaction status {:?}` tells what became of it", self.hash)
	}
}

impl From<super::offline::Error> for Error {
	fn from(error: super::offline::Error) -> Self {
		Self::Offline(Box::new(error))
	}
}

impl Error {
	/// The transaction that may be in a block, and the block if it is known.
	pub fn transaction(&self) -> Option<(H256, Option<BlockId>)> {
		match self {
			Self::Dropped { hash, .. } => Some((*hash, None)),
			Self::Failed(failed) => Some((failed.hash, Some(failed.block))),
			Self::TimedOut { seen, .. }
			| Self::OutOfSight { seen, .. }
			| Self::GivenUp { seen, .. }
			| Self::Interrupted { seen } => Some((seen.hash, seen.block)),
			_ => None,
		}
	}

	/// The chain's name for why the call failed or would fail, if it does.
	pub fn dispatch_error(&self) -> Option<&str> {
		match self {
			Self::WouldFail { failure, .. } => Some(&failure.name),
			Self::Failed(failed) => Some(&failed.failure.name),
			_ => None,
		}
	}

	/// Whether the transaction certainly was handed to no node, or the node did not take it.
	pub fn was_not_sent(&self) -> bool {
		match self {
			Self::Keys(_)
			| Self::Chain(_)
			| Self::Offline(_)
			| Self::WouldFail { .. }
			| Self::Unacceptable { .. }
			| Self::NoTerminal
			| Self::Terminal(_)
			| Self::NotConfirmed
			| Self::Lock { .. }
			| Self::LockTimedOut(_)
			| Self::Refused { .. }
			| Self::InterruptedBefore => true,
			Self::Dropped { .. }
			| Self::Failed(_)
			| Self::TimedOut { .. }
			| Self::OutOfSight { .. }
			| Self::GivenUp { .. }
			| Self::Interrupted { .. } => false,
		}
	}

	/// Whether the call may have an effect all the same.
	pub fn may_have_effect(&self) -> bool {
		matches!(
			self,
			Self::TimedOut { .. }
				| Self::OutOfSight { .. }
				| Self::GivenUp { .. }
				| Self::Interrupted { .. }
		)
	}
}

/// What to do about a pool's reason. Pools give no codes for them, only words.
fn advice(reason: &str) -> &'static str {
	let says = |words: &[&str]| words.iter().any(|word| reason.contains(word));
	if says(&["inability to pay", "balance too low"]) {
		"send the account enough for the fee with `aitbc account transfer`"
	} else if says(&["outdated", "stale", "priority is too low", "usurped"]) {
		"another transaction of the account took its nonce, so send it again"
	} else if says(&["already imported"]) {
		"the same transaction is on its way already"
	} else if says(&["bad signature", "ancient birth block"]) {
		"the chain has changed since it was signed, so send it again"
	} else if says(&["exhaust"]) {
		"it is too large for a block, so do less at once"
	} else {
		"look at the node's log, and send it again later"
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn seen(block: Option<BlockId>) -> Box<LastSeen> {
		Box::new(LastSeen { call: "Escrow.fund".into(), hash: H256::repeat_byte(7), block })
	}

	/// How every message ends about a transaction that may be in a block.
	fn look_it_up() -> String {
		let hash = format!("0x{}", "07".repeat(32));
		format!("\n  `aitbc transaction status {hash}` tells what became of it")
	}

	#[test]
	fn advice_should_fit_what_the_pool_says() {
		let poor = "invalid transaction: inability to pay some fees (e.g. account balance too low)";
		assert!(advice(poor).contains("aitbc account transfer"));
		assert!(advice("transaction is outdated").contains("nonce"));
		assert!(advice("it would exhaust a block").contains("too large"));
		assert!(advice("the moon is full").contains("log"));
	}

	#[test]
	fn lost_connections_should_not_be_taken_for_dropped_transactions() {
		let source = chain::Error::Lost { url: "ws://node".into(), reason: "reset".into() };
		let error = Error::OutOfSight { seen: seen(None), source };
		assert_eq!(
			error.to_string(),
			"cannot tell what became of Escrow.fund: lost the connection to `ws://node`: reset\n  \
			 it was sent and seen in no block, and may come into one yet"
				.to_owned() + &look_it_up()
		);
		assert_eq!(error.transaction(), Some((H256::repeat_byte(7), None)));
	}

	#[test]
	fn interruptions_and_timeouts_should_name_the_block_that_was_seen() {
		let block = BlockId { number: 12, hash: H256::repeat_byte(9), finalized: false };
		let timeout = Timeout(std::time::Duration::from_secs(1));
		for error in [
			Error::Interrupted { seen: seen(Some(block)) },
			Error::TimedOut { seen: seen(Some(block)), wanted: "finalized", timeout },
		] {
			let text = error.to_string();
			assert!(text.contains("it was seen in block 12 (0x0909"), "{text}");
			assert!(text.ends_with(&look_it_up()), "{text}");
			assert_eq!(error.transaction(), Some((H256::repeat_byte(7), Some(block))));
			assert!(error.may_have_effect());
		}
	}
}

//! What a step tells the node.

use super::{BitcoinNode, Outcome};
use crate::{
	bitcoin_core::{CoreError, Tip},
	coin::{BlockId, Coin, Satoshi},
	fees::FeeRate,
	journal::{JournalError, Store},
	signer::SignerError,
};
use aitbc_bitcoin::{Network, Payload, Txid};
use std::{fmt, path::PathBuf};

/// A payload that a block of Bitcoin's best chain has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mined {
	/// The payload.
	pub payload: Payload,
	/// The transaction that says it.
	pub txid: Txid,
	/// The block that has the transaction.
	pub block: BlockId,
	/// How many blocks confirm it, this one included.
	pub confirmations: u32,
}

/// A transaction that no block has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
	/// What it says.
	pub payload: Payload,
	/// Its id.
	pub txid: Txid,
	/// What it pays.
	pub rate: FeeRate,
	/// The height of Bitcoin's chain when it was made.
	pub since: u32,
}

/// What a step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
	/// Nothing: all is as it should be, or something is in the way.
	Nothing,
	/// It looked at blocks, and will act when it has seen all.
	Followed,
	/// It gave a transaction to Bitcoin Core, for the first time or again.
	Sent {
		/// The transaction.
		txid: Txid,
	},
	/// It replaced a transaction that was not mined.
	Replaced {
		/// The one before.
		former: Txid,
		/// The transaction.
		txid: Txid,
	},
	/// There is a file to be signed.
	Offered {
		/// The transaction.
		txid: Txid,
		/// The file.
		path: PathBuf,
	},
}

/// What is in the way of an anchor. None of it stops the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
	/// There is too little to pay with.
	Unfunded {
		/// Where to send bitcoin.
		address: String,
		/// What there is.
		balance: Satoshi,
	},
	/// An anchor should pay more than the operator allows.
	CapBinds {
		/// The operator's cap.
		cap: FeeRate,
	},
	/// The coin to spend is not there: somebody else spent it, or a reorganization took it.
	CoinMissing {
		/// The coin.
		coin: Coin,
	},
	/// Bitcoin Core does not take a transaction.
	Rejected {
		/// The transaction.
		txid: Txid,
		/// What it says.
		reason: String,
	},
	/// What says this payload spends a coin that was there before a rescan, and may still be mined.
	Bound {
		/// The payload.
		payload: Payload,
	},
	/// A coin was tried to be spent too often.
	TooManyAttempts {
		/// The coin.
		coin: Coin,
	},
	/// The chain has not been done with a payload for too long.
	JournalFull,
}

impl fmt::Display for Problem {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Unfunded { address, balance } => write!(
				f,
				"{balance} are too little for an anchor: send some to {address}, wait for a block, and rescan"
			),
			Self::CapBinds { cap } => {
				write!(f, "an anchor should pay more than {cap}; raise the cap, or wait")
			},
			Self::CoinMissing { coin } => {
				write!(f, "the coin {coin} is not there; if you have spent it elsewhere, rescan")
			},
			Self::Rejected { txid, reason } => {
				write!(f, "Bitcoin Core does not take the transaction {txid}: {reason}")
			},
			Self::Bound { payload } => write!(
				f,
				"block {} waits for the next: a transaction of a former coin says it and may be mined",
				payload.height
			),
			Self::TooManyAttempts { coin } => {
				write!(f, "the coin {coin} has been spent too often; one of these must be mined")
			},
			Self::JournalFull => f.write_str(
				"too many anchors are not settled; does the chain finalize, and hear of them?",
			),
		}
	}
}

/// How things are after a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
	/// The last block of Bitcoin.
	pub tip: BlockId,
	/// How many blocks are still to be looked at. Nothing is sent before.
	pub behind: u32,
	/// What blocks have and the chain is not done with, the oldest block first.
	pub mined: Vec<Mined>,
	/// What no block has yet.
	pub waiting: Option<Waiting>,
	/// What there is to pay with, when what waits is mined.
	pub balance: Satoshi,
	/// What the step did.
	pub action: Action,
	/// What is in the way.
	pub problem: Option<Problem>,
}

impl<N: BitcoinNode, S: Store> super::Anchorer<N, S> {
	pub(super) fn report(
		&self,
		tip: Tip,
		behind: u32,
		settled: impl Fn(&Payload) -> bool,
		(action, problem): Outcome,
	) -> Report {
		let found = self.state.spends.iter().filter_map(|spend| spend.mined_attempt());
		let found = found.filter(|(attempt, _)| !settled(&attempt.payload));
		let mut mined: Vec<_> = found
			.map(|(attempt, block)| Mined {
				payload: attempt.payload,
				txid: attempt.txid,
				block,
				confirmations: block.confirmations(tip.block.height),
			})
			.collect();
		mined.sort_unstable_by_key(|mined| mined.block.height);
		let kind = self.signer.kind();
		let pending = self.state.path().and_then(|path| path.pending?.attempts.last());
		let waiting = pending.map(|attempt| Waiting {
			payload: attempt.payload,
			txid: attempt.txid,
			rate: FeeRate::of(attempt.fee(), kind.vsize(attempt.inputs.len())),
			since: attempt.since,
		});
		let (balance, tip) = (self.balance(), tip.block);
		Report { tip, behind, mined, waiting, balance, action, problem }
	}
}

/// Why a step did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum AnchorerError {
	/// Bitcoin Core gives no answer.
	#[error(transparent)]
	Core(#[from] CoreError),
	/// What is to be sent can't be made durable.
	#[error(transparent)]
	Journal(#[from] JournalError),
	/// Nothing can be signed.
	#[error(transparent)]
	Signer(#[from] SignerError),
	/// The chain wants something anchored in another network than this node does.
	#[error("the chain anchors in the Bitcoin network {found}, and this node in {expected}")]
	ForeignPayload {
		/// This node's.
		expected: Network,
		/// The chain's.
		found: Network,
	},
	/// Blocks went away while they were looked at.
	#[error("Bitcoin's chain has no block at height {height} any more; the next step looks again")]
	ChainShrank {
		/// The height.
		height: u32,
	},
	/// What was signed is not what should have been. A mistake of this program.
	#[error("the transaction {txid} is not what it should be; please report this")]
	Inconsistent {
		/// The transaction.
		txid: Txid,
	},
}

impl AnchorerError {
	/// Whether a later step may succeed without anybody doing anything.
	pub fn is_transient(&self) -> bool {
		match self {
			Self::Core(error) => error.is_transient(),
			Self::Journal(error) => error.is_transient(),
			Self::ChainShrank { .. } => true,
			Self::Signer(_) | Self::ForeignPayload { .. } | Self::Inconsistent { .. } => false,
		}
	}
}

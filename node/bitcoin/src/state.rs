//! What has been signed: a tree of coins, and of the transactions that spend them.
//!
//! At most one of the transactions that spend a coin is ever mined, and all that come after spend its change. So
//! whatever blocks come and go, two transactions of different coins are never mined for the same payload.

use crate::{
	coin::{BlockId, Coin, Satoshi},
	fees::Paid,
	transaction::{self, ScriptKind, CHANGE, MAX_INPUTS},
};
use aitbc_bitcoin::{commitment::op_return_script, Network, Payload, Txid};
use bitcoin::Transaction;
use codec::{Decode, Encode};
use std::collections::{BTreeMap, BTreeSet};

/// After how many blocks a transaction is taken to stay: Bitcoin's own measure for coinbases. A reorganization never
/// came near.
pub const BURIED: u32 = 100;

/// The most transactions that may spend a coin. Each pays more than the one before.
pub const MAX_ATTEMPTS: usize = 100;

/// The most coins of which a spend is kept. A block has one at most, and each is forgotten when it is buried and the
/// chain is done with its payload.
pub const MAX_SPENDS: usize = 1_000;

/// The most other coins that are kept to be added.
pub const MAX_RESERVE: usize = 100;

/// A transaction that was signed, or given out to be signed. It may be mined as long as its coins are there, whether
/// it was replaced or not.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Attempt {
	/// What it says.
	pub payload: Payload,
	/// Its bytes, with the witnesses if this node signed it.
	pub transaction: Vec<u8>,
	/// Its id.
	pub txid: Txid,
	/// What it spends. All attempts to spend a coin begin with it.
	pub inputs: Vec<Coin>,
	/// What comes back.
	pub change: Coin,
	/// The height of Bitcoin's chain when it was made.
	pub since: u32,
}

impl Attempt {
	/// A transaction that spends `inputs` to say `payload`, with the change to `script`. `None` if it is another one.
	pub fn new(
		payload: Payload,
		inputs: Vec<Coin>,
		transaction: &Transaction,
		script: &[u8],
		since: u32,
	) -> Option<Self> {
		let spends = transaction.input.iter().map(|input| input.previous_output);
		let [commitment, change] = transaction.output.as_slice() else { return None };
		let is_right = spends.eq(inputs.iter().map(Coin::outpoint))
			&& commitment.script_pubkey.as_bytes() == op_return_script(&payload)
			&& commitment.value == bitcoin::Amount::ZERO
			&& change.script_pubkey.as_bytes() == script;
		let txid = transaction::txid(transaction);
		let change = Coin { txid, index: CHANGE, value: Satoshi(change.value.to_sat()) };
		Satoshi::total(inputs.iter().map(|coin| coin.value)).minus(change.value)?;
		let transaction = transaction::to_bytes(transaction);
		is_right.then_some(Self { payload, transaction, txid, inputs, change, since })
	}

	/// What it pays to whoever mines it.
	pub fn fee(&self) -> Satoshi {
		let spent = Satoshi::total(self.inputs.iter().map(|coin| coin.value));
		spent.minus(self.change.value).unwrap_or_default()
	}

	/// What it pays, for how many bytes, and how long it waits at this height.
	pub(crate) fn paid(&self, kind: ScriptKind, height: u32) -> Paid {
		let vsize = kind.vsize(self.inputs.len());
		Paid { fee: self.fee(), vsize, waited: height.saturating_sub(self.since) }
	}
}

/// A block that has a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct MinedAt {
	/// The transaction.
	pub txid: Txid,
	/// The block, which was in the best chain when it was looked at.
	pub block: BlockId,
}

/// A coin, and what was signed to spend it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Spend {
	/// The coin.
	pub coin: Coin,
	/// What spends it, the oldest first. Never empty.
	pub attempts: Vec<Attempt>,
	/// Which of them was mined.
	pub mined: Option<MinedAt>,
}

impl Spend {
	/// The attempt that was mined.
	pub fn mined_attempt(&self) -> Option<(&Attempt, BlockId)> {
		let mined = self.mined?;
		let attempt = self.attempts.iter().find(|attempt| attempt.txid == mined.txid)?;
		Some((attempt, mined.block))
	}
}

/// The coins that lead from the root to the one that is spent next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path<'a> {
	/// Spends that another one follows on, and with which attempt. They are mined, or were.
	pub passed: Vec<(&'a Spend, &'a Attempt)>,
	/// The coin at the end.
	pub coin: Coin,
	/// Its spend, if it has one. That is not mined.
	pub pending: Option<&'a Spend>,
}

/// All that must survive a restart.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct State {
	/// The network.
	pub network: Network,
	/// The script of all coins.
	pub script: Vec<u8>,
	/// The block up to which mined transactions were looked for.
	pub cursor: Option<BlockId>,
	/// The coin that everything follows from. `None` as long as there is none.
	pub root: Option<Coin>,
	/// Coins that are added when one is not enough.
	pub reserve: Vec<Coin>,
	/// What was signed.
	pub spends: Vec<Spend>,
}

impl State {
	/// Nothing was signed.
	pub const fn new(network: Network, script: Vec<u8>) -> Self {
		Self { network, script, cursor: None, root: None, reserve: Vec::new(), spends: Vec::new() }
	}

	/// What was signed to spend a coin.
	pub fn spend_of(&self, coin: &Coin) -> Option<&Spend> {
		self.spends.iter().find(|spend| spend.coin == *coin)
	}

	/// The way from the root to the coin that is spent next. `None` if there is no root.
	///
	/// After a reorganization a spend may not be mined any more that others follow on. They are kept: all of them are
	/// likely to be mined again.
	pub fn path(&self) -> Option<Path<'_>> {
		let mut coin = self.root?;
		let mut passed = Vec::new();
		// A change is the output of a hash of what it follows on, so there is no circle.
		for _ in 0..=self.spends.len() {
			let Some(spend) = self.spend_of(&coin) else { break };
			let followed = |attempt: &&Attempt| self.spend_of(&attempt.change).is_some();
			let mined = spend.mined_attempt().map(|(attempt, _)| attempt);
			let Some(attempt) = mined.or_else(|| spend.attempts.iter().rev().find(followed)) else {
				return Some(Path { passed, coin, pending: Some(spend) });
			};
			passed.push((spend, attempt));
			coin = attempt.change;
		}
		Some(Path { passed, coin, pending: None })
	}

	/// The coins of which a spend follows from `coin`, whatever was mined; itself included.
	fn tree(&self, coin: Coin) -> BTreeSet<Coin> {
		let mut tree = BTreeSet::new();
		let mut next = vec![coin];
		while let Some(coin) = next.pop() {
			let Some(spend) = self.spend_of(&coin).filter(|_| tree.insert(coin)) else { continue };
			next.extend(spend.attempts.iter().map(|attempt| attempt.change));
		}
		tree
	}

	/// Takes what something mined follows on for mined too. Its own block is not known, so the block of what follows
	/// stands for it: it was not later.
	pub fn infer_mined(&mut self) {
		for _ in 0..self.spends.len() {
			let mined =
				self.spends.iter().filter_map(|spend| Some((spend.coin, spend.mined?.block)));
			let mined: BTreeMap<_, _> = mined.collect();
			let mut has_changed = false;
			for spend in self.spends.iter_mut().filter(|spend| spend.mined.is_none()) {
				let mut attempts = spend.attempts.iter();
				spend.mined = attempts.find_map(|attempt| {
					let block = *mined.get(&attempt.change)?;
					Some(MinedAt { txid: attempt.txid, block })
				});
				has_changed |= spend.mined.is_some();
			}
			if !has_changed {
				break;
			}
		}
	}

	/// Whether something that does not follow from the root says `payload`. It may be mined whatever becomes of the root,
	/// so nothing else may say the same.
	pub fn is_bound_elsewhere(&self, payload: &Payload) -> bool {
		let tree = self.root.map(|root| self.tree(root)).unwrap_or_default();
		let mut elsewhere = self.spends.iter().filter(|spend| !tree.contains(&spend.coin));
		elsewhere.any(|spend| spend.attempts.iter().any(|attempt| attempt.payload == *payload))
	}

	/// Forgets what can't matter any more: spends that are buried, and of whose payload the chain is done.
	pub fn forget(&mut self, height: u32, settled: impl Fn(&Payload) -> bool) {
		for _ in 0..self.spends.len() {
			let spend = self.root.and_then(|root| self.spend_of(&root));
			let Some((attempt, block)) = spend.and_then(Spend::mined_attempt) else { break };
			if block.confirmations(height) < BURIED || !settled(&attempt.payload) {
				break;
			}
			// What follows on the other attempts can't be mined, because they can't.
			let (next, past) = (attempt.change, self.root.map(|root| self.tree(root)));
			let kept = self.tree(next);
			let is_past = |coin: &Coin| past.as_ref().is_some_and(|past| past.contains(coin));
			self.spends.retain(|spend| kept.contains(&spend.coin) || !is_past(&spend.coin));
			self.root = Some(next);
		}
		let tree = self.root.map(|root| self.tree(root)).unwrap_or_default();
		let is_settled = |spend: &Spend| {
			spend.attempts.iter().all(|attempt| settled(&attempt.payload))
				&& spend.mined.is_none_or(|mined| mined.block.confirmations(height) >= BURIED)
		};
		self.spends.retain(|spend| tree.contains(&spend.coin) || !is_settled(spend));
	}

	/// Whether it could have been written by [`Self::encode`] of something that was made here.
	pub fn check(&self) -> Result<(), StateError> {
		ScriptKind::of(&self.script).ok_or(StateError::Script)?;
		if self.spends.len() > MAX_SPENDS || self.reserve.len() > MAX_RESERVE {
			return Err(StateError::TooMany);
		}
		let coins: BTreeSet<_> = self.spends.iter().map(|spend| spend.coin).collect();
		if coins.len() != self.spends.len() {
			return Err(StateError::SpentTwice);
		}
		self.spends.iter().try_for_each(|spend| self.check_spend(spend))
	}

	fn check_spend(&self, spend: &Spend) -> Result<(), StateError> {
		let count = spend.attempts.len();
		if count == 0 || count > MAX_ATTEMPTS {
			return Err(StateError::TooMany);
		}
		if spend.mined.is_some() && spend.mined_attempt().is_none() {
			return Err(StateError::UnknownMined);
		}
		for attempt in &spend.attempts {
			let Attempt { payload, transaction, inputs, since, .. } = attempt;
			let read = transaction::from_bytes(transaction).and_then(|transaction| {
				Attempt::new(*payload, inputs.clone(), &transaction, &self.script, *since)
			});
			let is_ours = inputs.first() == Some(&spend.coin)
				&& inputs.len() <= MAX_INPUTS
				&& payload.network == self.network;
			if !is_ours || read.as_ref() != Some(attempt) {
				return Err(StateError::Attempt(attempt.txid));
			}
		}
		Ok(())
	}
}

/// Why a state is none that was made here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StateError {
	/// The script is none whose coins an anchor can spend.
	#[error("its script is none of a key's hash or a Taproot key")]
	Script,
	/// A list is longer than one can become, or empty where it can't be.
	#[error("it has more or fewer entries than there can be")]
	TooMany,
	/// Two spends are of one coin.
	#[error("it has a coin twice")]
	SpentTwice,
	/// What was mined is none of the attempts.
	#[error("it has something mined that was never signed")]
	UnknownMined,
	/// A transaction does not say or spend what it should.
	#[error("its transaction {0} is not what it should be")]
	Attempt(Txid),
}

#[cfg(test)]
pub(crate) mod tests;

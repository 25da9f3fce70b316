//! A model of Bitcoin: blocks, a mempool with Core's rules for replacements, and miners who keep everything.

use crate::{
	bitcoin_core::Submission,
	coin::{from_bitcoin, Satoshi},
	fees::FeeRate,
	transaction,
};
use aitbc_bitcoin::{BlockHash, Header, Network, Txid};
use bitcoin::{OutPoint, Transaction, TxOut};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub struct Block {
	pub header: Header,
	pub height: u32,
	pub transactions: Vec<Transaction>,
}

/// Everything outside of the process: Bitcoin, a Bitcoin Core, and a disk.
pub struct Model {
	pub blocks: HashMap<BlockHash, Block>,
	/// The best chain, from the first block on.
	pub active: Vec<BlockHash>,
	pub mempool: BTreeMap<Txid, Transaction>,
	/// All that was ever given to the network: miners may have kept it.
	pub ever: BTreeMap<Txid, Transaction>,
	pub minimum: FeeRate,
	pub estimate: Option<FeeRate>,
	pub is_down: bool,
	/// The lowest block that the node has whole.
	pub first_kept: u32,
	/// After how many effects the process ends. Saving and sending count before and after.
	pub fuse: Option<u32>,
	/// What the disk has.
	pub disk: Vec<u8>,
	/// How often coins were looked for.
	pub scans: u32,
	/// How often the disk was written.
	pub saves: u32,
	pub next_nonce: u32,
	pub next_funding: u32,
	pub script: Vec<u8>,
}

impl Model {
	pub fn height(&self) -> u32 {
		u32::try_from(self.active.len()).unwrap() - 1
	}

	pub fn connect(&mut self, transactions: Vec<Transaction>) {
		self.next_nonce += 1;
		let previous = self.active.last().copied().unwrap_or_default();
		let header = Header { nonce: self.next_nonce, previous, ..Network::Regtest.genesis() };
		for transaction in &transactions {
			self.mempool.remove(&transaction::txid(transaction));
			for gone in self.conflicts(transaction) {
				self.mempool.remove(&gone);
			}
		}
		self.active.push(header.hash());
		let block = Block { header, height: self.height(), transactions };
		self.blocks.insert(header.hash(), block);
	}

	/// The coins of the best chain, and the heights since which they are there.
	pub fn coins(&self) -> BTreeMap<OutPoint, (TxOut, u32)> {
		let mut coins = BTreeMap::new();
		for block in self.active.iter().map(|hash| &self.blocks[hash]) {
			for transaction in &block.transactions {
				for input in &transaction.input {
					coins.remove(&input.previous_output);
				}
				let txid = transaction.compute_txid();
				for (vout, output) in (0..).zip(&transaction.output) {
					coins.insert(OutPoint { txid, vout }, (output.clone(), block.height));
				}
			}
		}
		coins
	}

	pub fn output(&self, outpoint: &OutPoint) -> Option<TxOut> {
		let waiting = self.mempool.get(&from_bitcoin(outpoint.txid));
		let waiting = waiting.and_then(|found| found.output.get(outpoint.vout as usize)).cloned();
		waiting.or_else(|| Some(self.coins().get(outpoint)?.0.clone()))
	}

	pub fn has_inputs(&self, transaction: &Transaction) -> bool {
		transaction.input.iter().all(|input| self.output(&input.previous_output).is_some())
	}

	/// What waits and spends the same, with all that follows on it.
	pub fn conflicts(&self, transaction: &Transaction) -> BTreeSet<Txid> {
		let spent: BTreeSet<_> =
			transaction.input.iter().map(|input| input.previous_output).collect();
		let own = transaction::txid(transaction);
		let mut gone = BTreeSet::new();
		loop {
			let before = gone.len();
			for (txid, other) in &self.mempool {
				let conflicts = other.input.iter().any(|input| {
					spent.contains(&input.previous_output)
						|| gone.contains(&from_bitcoin(input.previous_output.txid))
				});
				if conflicts && *txid != own {
					gone.insert(*txid);
				}
			}
			if gone.len() == before {
				return gone;
			}
		}
	}

	/// What waits, each after what it spends.
	pub fn mempool_in_order(&self) -> Vec<Transaction> {
		let mut ordered: Vec<Transaction> = Vec::new();
		let mut rest: Vec<_> = self.mempool.values().cloned().collect();
		while !rest.is_empty() {
			let names: BTreeSet<_> = rest.iter().map(|waiting| waiting.compute_txid()).collect();
			let (later, now): (Vec<_>, Vec<_>) = rest.into_iter().partition(|waiting| {
				waiting.input.iter().any(|input| names.contains(&input.previous_output.txid))
			});
			ordered.extend(now);
			rest = later;
		}
		ordered
	}

	pub fn fee(&self, transaction: &Transaction) -> Satoshi {
		let spent =
			transaction.input.iter().filter_map(|input| self.output(&input.previous_output));
		let spent: u64 = spent.map(|output| output.value.to_sat()).sum();
		let paid: u64 = transaction.output.iter().map(|output| output.value.to_sat()).sum();
		Satoshi(spent - paid)
	}

	pub fn accept(&mut self, transaction: Transaction) -> Submission {
		if !self.has_inputs(&transaction) {
			return Submission::MissingInputs;
		}
		let vsize = u64::try_from(transaction.vsize()).unwrap();
		let fee = self.fee(&transaction);
		if fee < self.minimum.fee(vsize) {
			return Submission::FeeTooLow { reason: "mempool min fee not met".into() };
		}
		let conflicts = self.conflicts(&transaction);
		let replaced = conflicts.iter().map(|txid| self.fee(&self.mempool[txid]));
		let least = Satoshi::total(replaced).plus(FeeRate(1_000).fee(vsize));
		if !conflicts.is_empty() && fee < least {
			return Submission::Conflicts { reason: "insufficient fee".into() };
		}
		self.mempool.retain(|txid, _| !conflicts.contains(txid));
		self.mempool.insert(transaction::txid(&transaction), transaction);
		Submission::Accepted
	}

	/// Whether there may be a chain with both: nothing that one of them needs spends what something that the other
	/// needs spends.
	pub fn can_both_be_mined(&self, first: &Transaction, second: &Transaction) -> bool {
		let mut needed = BTreeMap::new();
		let mut next = vec![first.clone(), second.clone()];
		while let Some(transaction) = next.pop() {
			for input in &transaction.input {
				let before = self.ever.get(&from_bitcoin(input.previous_output.txid));
				next.extend(before.cloned());
			}
			needed.insert(transaction.compute_txid(), transaction);
		}
		let mut spent = BTreeSet::new();
		let mut inputs = needed.values().flat_map(|needed| &needed.input);
		inputs.all(|input| spent.insert(input.previous_output))
	}
}

//! A Bitcoin Core on the model and a disk, which fail when they are told to.

use super::model::Model;
use crate::{
	anchorer::{Anchorer, AnchorerError, BitcoinNode, Report},
	bitcoin_core::{BlockBody, CoreError, HeaderAt, Scan, Submission, Tip, Unspent},
	coin::{from_bitcoin, BlockId, Coin, Satoshi},
	fees::{FeePolicy, FeeRate, RelayFees},
	journal::{self, JournalError, Store},
	signer::Signer,
	state::State,
	transaction::{self, ScriptKind},
	wallet::Wallet,
};
use aitbc_bitcoin::{commitment::read_op_return, BlockHash, Network, Payload, Txid, Work};
use bitcoin::{secp256k1::SecretKey, Transaction, TxOut};
use std::{
	cell::RefCell,
	collections::{BTreeMap, BTreeSet, HashMap},
	path::PathBuf,
	rc::Rc,
};

/// The rate of everything that is not said otherwise.
pub const RATE: FeeRate = FeeRate::from_sat_per_vbyte(10);

#[derive(Clone)]
pub struct World(pub Rc<RefCell<Model>>);

/// The disk, as the state machine sees it.
pub struct Disk(World);

pub type Machine = Anchorer<World, Disk>;

/// The wallet of all tests.
pub fn wallet() -> Wallet {
	Wallet::of(SecretKey::from_slice(&[1; 32]).unwrap(), Network::Regtest).unwrap()
}

/// A payload of the block at this height.
pub fn payload(height: u32) -> Payload {
	let block_hash = [u8::try_from(height % 256).unwrap(); 32];
	Payload { network: Network::Regtest, set_id: 1, height, block_hash, audit_root: [0; 32] }
}

/// What a transaction says.
pub fn said(transaction: &Transaction) -> Option<Payload> {
	read_op_return(transaction.output.first()?.script_pubkey.as_bytes())?.ok()
}

impl World {
	/// One block, with one coin of a million satoshi.
	pub fn new() -> Self {
		let script = wallet().script();
		let disk = journal::encode(&State::new(Network::Regtest, script.clone()));
		let world = Self(Rc::new(RefCell::new(Model {
			blocks: HashMap::new(),
			active: Vec::new(),
			mempool: BTreeMap::new(),
			ever: BTreeMap::new(),
			minimum: FeeRate(1_000),
			estimate: Some(RATE),
			is_down: false,
			first_kept: 0,
			fuse: None,
			disk,
			scans: 0,
			saves: 0,
			next_nonce: 0,
			next_funding: 0,
			script,
		})));
		world.fund(1_000_000);
		world
	}

	/// Starts the process on what the disk has.
	pub fn start(&self) -> Machine {
		self.start_with(FeePolicy::default())
	}

	pub fn start_with(&self, policy: FeePolicy) -> Machine {
		self.start_as(Signer::Wallet(wallet()), policy)
	}

	pub fn start_as(&self, signer: Signer, policy: FeePolicy) -> Machine {
		let state = journal::decode(&self.0.borrow().disk).unwrap();
		Anchorer::new(self.clone(), Disk(self.clone()), state, signer, policy)
	}

	/// Pays to the wallet, in a block.
	pub fn fund(&self, value: u64) -> Coin {
		let mut inner = self.0.borrow_mut();
		inner.next_funding += 1;
		let source = Coin { txid: Txid([0xee; 32]), index: inner.next_funding, value: Satoshi(0) };
		let script = inner.script.clone();
		let transaction = transaction::unsigned(&[source], &payload(0), &script, Satoshi(value));
		let transaction = Transaction { output: transaction.output[1..].to_vec(), ..transaction };
		let txid = transaction::txid(&transaction);
		inner.connect(vec![transaction]);
		Coin { txid, index: 0, value: Satoshi(value) }
	}

	/// Mines all that waits.
	pub fn mine(&self) {
		let mut inner = self.0.borrow_mut();
		let waiting = inner.mempool_in_order();
		inner.connect(waiting);
	}

	pub fn mine_empty(&self, count: u32) {
		(0..count).for_each(|_| self.0.borrow_mut().connect(Vec::new()));
	}

	/// Mines a transaction that a miner has kept, and whether there was one.
	pub fn mine_kept(&self, choice: usize) -> bool {
		let mut inner = self.0.borrow_mut();
		let coins = inner.coins();
		let is_valid = |transaction: &&Transaction| {
			transaction.input.iter().all(|input| coins.contains_key(&input.previous_output))
		};
		let valid: Vec<_> = inner.ever.values().filter(is_valid).cloned().collect();
		let Some(chosen) = valid.get(choice % valid.len().max(1)) else { return false };
		let chosen = chosen.clone();
		inner.connect(vec![chosen]);
		true
	}

	/// Replaces the last blocks by one more without transactions. What they had waits again, if `keeps`.
	pub fn reorganize(&self, depth: usize, keeps: bool) {
		let mut inner = self.0.borrow_mut();
		let depth = depth.min(inner.active.len() - 1);
		let length = inner.active.len() - depth;
		let gone = inner.active.split_off(length);
		let mut waiting: Vec<_> =
			gone.iter().flat_map(|hash| inner.blocks[hash].transactions.clone()).collect();
		if keeps {
			waiting.extend(inner.mempool_in_order());
		} else {
			waiting = inner.mempool_in_order();
		}
		inner.mempool.clear();
		for transaction in waiting {
			if inner.conflicts(&transaction).is_empty() && inner.has_inputs(&transaction) {
				inner.mempool.insert(transaction::txid(&transaction), transaction);
			}
		}
		(0..=depth).for_each(|_| inner.connect(Vec::new()));
	}

	/// A transaction that spends a coin of the wallet for something else, in a block.
	pub fn spend_elsewhere(&self, coin: Coin) {
		let mut inner = self.0.borrow_mut();
		let elsewhere = [&[0, 20][..], &[0x55; 20]].concat();
		let transaction = transaction::unsigned(&[coin], &payload(0), &elsewhere, Satoshi(1_000));
		let output = transaction.output[1..].to_vec();
		inner.connect(vec![Transaction { output, ..transaction }]);
	}

	/// Whether a coin is in the best chain.
	pub fn has(&self, coin: &Coin) -> bool {
		self.0.borrow().coins().contains_key(&coin.outpoint())
	}

	/// Bitcoin Core is set up anew: it knows nothing but the best chain.
	pub fn forget_stale(&self) {
		let mut inner = self.0.borrow_mut();
		let active = inner.active.clone();
		inner.blocks.retain(|hash, _| active.contains(hash));
	}

	/// Bitcoin Core keeps the last blocks only.
	pub fn prune(&self, kept: u32) {
		let mut inner = self.0.borrow_mut();
		inner.first_kept = inner.first_kept.max(inner.height().saturating_sub(kept));
	}

	pub fn evict(&self) {
		self.0.borrow_mut().mempool.clear();
	}

	pub fn waiting(&self) -> Vec<Transaction> {
		self.0.borrow().mempool_in_order()
	}

	/// What the best chain says, the oldest first.
	pub fn anchored(&self) -> Vec<Payload> {
		let inner = self.0.borrow();
		let blocks = inner.active.iter().map(|hash| &inner.blocks[hash]);
		blocks.flat_map(|block| &block.transactions).filter_map(said).collect()
	}

	pub fn length(&self) -> u32 {
		self.0.borrow().height()
	}

	/// Checks that no two transactions can ever be mined together that say the same and spend different coins.
	pub fn check(&self) {
		let inner = self.0.borrow();
		let all: Vec<_> = inner.ever.values().collect();
		for (place, first) in all.iter().enumerate() {
			for second in &all[place + 1..] {
				let is_same = said(first).is_some() && said(first) == said(second);
				if is_same && first.input[0].previous_output != second.input[0].previous_output {
					assert!(!inner.can_both_be_mined(first, second), "{first:?} and {second:?}");
				}
			}
		}
		drop(inner);
		let anchored = self.anchored();
		let different: BTreeSet<_> = anchored.iter().map(|payload| payload.height).collect();
		assert_eq!(different.len(), anchored.len(), "a payload was mined twice");
	}

	/// Checks that a process that has seen all blocks knows exactly what they have.
	pub fn check_report(&self, report: &Report, state: &State) {
		let inner = self.0.borrow();
		if report.behind > 0 {
			return;
		}
		let mut known = BTreeMap::new();
		for block in inner.active.iter().map(|hash| &inner.blocks[hash]) {
			let id = BlockId { hash: block.header.hash(), height: block.height };
			let txids = block.transactions.iter().map(transaction::txid);
			known.extend(txids.map(|txid| (txid, id)));
		}
		for spend in &state.spends {
			let mut attempts = spend.attempts.iter();
			let expected =
				attempts.find_map(|attempt| Some((attempt.txid, *known.get(&attempt.txid)?)));
			let found = spend.mined.map(|mined| (mined.txid, mined.block));
			match inner.first_kept {
				0 => assert_eq!(found, expected),
				// The blocks of some can't be known, nor what had its change spent elsewhere.
				_ => {
					assert!(found.is_none_or(|found| Some(found.0) == expected.map(|known| known.0)))
				},
			}
		}
	}

	/// Counts an effect. Fails if the process has ended, or Bitcoin Core does not answer.
	fn effect(&self) -> Result<(), CoreError> {
		let mut inner = self.0.borrow_mut();
		let unreachable = CoreError::Unreachable { url: "model".into(), cause: "told to".into() };
		match inner.fuse {
			Some(0) => return Err(unreachable),
			Some(left) => inner.fuse = Some(left - 1),
			None => {},
		}
		match inner.is_down {
			true => Err(unreachable),
			false => Ok(()),
		}
	}
}

impl Store for Disk {
	fn save(&mut self, state: &State) -> Result<(), JournalError> {
		let path = PathBuf::from("model");
		let ended = |_| JournalError::InUse { path: path.clone() };
		let was_down = std::mem::take(&mut self.0 .0.borrow_mut().is_down);
		let before = self.0.effect().map_err(ended);
		if before.is_ok() {
			state.check().unwrap();
			let mut inner = self.0 .0.borrow_mut();
			inner.disk = journal::encode(state);
			inner.saves += 1;
		}
		let after = before.and_then(|()| self.0.effect().map_err(ended));
		self.0 .0.borrow_mut().is_down = was_down;
		after
	}
}

impl BitcoinNode for World {
	fn tip(&self) -> Result<Tip, CoreError> {
		self.effect()?;
		let inner = self.0.borrow();
		let block = BlockId { hash: *inner.active.last().unwrap(), height: inner.height() };
		Ok(Tip { block, first_kept: inner.first_kept })
	}

	fn header(&self, hash: BlockHash) -> Result<HeaderAt, CoreError> {
		self.effect()?;
		let inner = self.0.borrow();
		let block = inner.blocks.get(&hash).ok_or(CoreError::UnknownBlock(hash))?;
		let confirmations = inner.active.contains(&hash).then(|| inner.height() - block.height + 1);
		let (header, height, work) = (block.header, block.height, Work::default());
		Ok(HeaderAt { header, height, confirmations, work })
	}

	fn hash_at(&self, height: u32) -> Result<Option<BlockHash>, CoreError> {
		self.effect()?;
		Ok(self.0.borrow().active.get(height as usize).copied())
	}

	fn block(&self, hash: BlockHash) -> Result<BlockBody, CoreError> {
		self.effect()?;
		let inner = self.0.borrow();
		let block = inner.blocks.get(&hash).ok_or(CoreError::UnknownBlock(hash))?;
		if block.height < inner.first_kept {
			return Err(CoreError::Pruned(hash));
		}
		let txids = block.transactions.iter().map(transaction::txid).collect();
		Ok(BlockBody { previous: block.header.previous, txids })
	}

	fn unspent(&self, coin: &Coin, has_mempool: bool) -> Result<Option<Unspent>, CoreError> {
		self.effect()?;
		let inner = self.0.borrow();
		let outpoint = coin.outpoint();
		let tip = *inner.active.last().unwrap();
		let answer = |output: TxOut, confirmations| Unspent {
			value: Satoshi(output.value.to_sat()),
			script: output.script_pubkey.into_bytes(),
			confirmations,
			tip,
		};
		let mut inputs = inner.mempool.values().flat_map(|waiting| &waiting.input);
		if has_mempool && inputs.any(|input| input.previous_output == outpoint) {
			return Ok(None);
		}
		if let Some((output, height)) = inner.coins().get(&outpoint) {
			return Ok(Some(answer(output.clone(), inner.height() - height + 1)));
		}
		let waiting = has_mempool.then(|| inner.output(&outpoint)).flatten();
		Ok(waiting.map(|output| answer(output, 0)))
	}

	fn is_in_mempool(&self, txid: Txid) -> Result<bool, CoreError> {
		self.effect()?;
		Ok(self.0.borrow().mempool.contains_key(&txid))
	}

	fn estimate(&self, _: u16) -> Result<Option<FeeRate>, CoreError> {
		self.effect()?;
		Ok(self.0.borrow().estimate)
	}

	fn relay_fees(&self) -> Result<RelayFees, CoreError> {
		self.effect()?;
		Ok(RelayFees { minimum: self.0.borrow().minimum, incremental: FeeRate(1_000) })
	}

	fn scan(&self, script: &[u8]) -> Result<Scan, CoreError> {
		self.effect()?;
		let mut inner = self.0.borrow_mut();
		inner.scans += 1;
		let coins = inner.coins().into_iter();
		let ours = coins.filter(|(_, (output, _))| output.script_pubkey.as_bytes() == script);
		let coins = ours.map(|(outpoint, (output, _))| Coin {
			txid: from_bitcoin(outpoint.txid),
			index: outpoint.vout,
			value: Satoshi(output.value.to_sat()),
		});
		Ok(Scan { tip: *inner.active.last().unwrap(), coins: coins.collect() })
	}

	fn submit(&self, txid: Txid, transaction: &[u8]) -> Result<Submission, CoreError> {
		self.effect()?;
		let submission = {
			let mut inner = self.0.borrow_mut();
			let on_disk = journal::decode(&inner.disk).unwrap();
			let mut stored = on_disk.spends.iter().flat_map(|spend| &spend.attempts);
			let is_stored = stored.any(|attempt| attempt.transaction == transaction);
			assert!(is_stored, "{txid} is sent before it is durable");
			let read = transaction::from_bytes(transaction).unwrap();
			assert!(
				u64::try_from(read.vsize()).unwrap() <= ScriptKind::P2wpkh.vsize(read.input.len())
			);
			inner.ever.insert(txid, read.clone());
			match inner.mempool.contains_key(&txid) {
				true => Submission::AlreadyInMempool,
				false => inner.accept(read),
			}
		};
		self.effect()?;
		Ok(submission)
	}
}

/// A step of a process that nothing is wrong with.
pub fn step(machine: &mut Machine, due: Option<Payload>) -> Report {
	try_step(machine, due).unwrap()
}

pub fn try_step(machine: &mut Machine, due: Option<Payload>) -> Result<Report, AnchorerError> {
	machine.step(due, |_| false)
}

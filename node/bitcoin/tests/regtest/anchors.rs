//! What becomes of anchors.

use crate::world::{paying, payload, step, World};
use aitbc_bitcoin::{BlockHash, Commitment, Txid};
use aitbc_node_bitcoin::{
	anchorer::BitcoinNode,
	bitcoin_core::{BlockBody, HeaderAt, Scan, Submission, Tip, Unspent},
	fees::RelayFees,
	proof, Action, Anchorer, Coin, Core, CoreError, FeeRate, Journal, Problem, Signer,
};

pub fn anchor_should_be_mined_and_proven_when_all_goes_well() {
	let world = World::funded(&[]);
	let mut machine = world.start();
	let report = step(&mut machine, 1);
	let Action::Sent { txid } = report.action else { panic!("{report:?}") };
	assert_eq!(world.bitcoind.mempool(), [txid.to_string()]);
	// Core sees the rate that is reported: less bytes than the most there may be, so never less.
	let entry = world.core().mempool_entry(txid).unwrap().unwrap();
	assert!(FeeRate::of(entry.fee, entry.vsize) >= report.waiting.unwrap().rate);
	assert_eq!(step(&mut machine, 1).action, Action::Nothing);

	world.bitcoind.mine(1);
	let report = step(&mut machine, 1);
	let [mined] = report.mined[..] else { panic!("{report:?}") };
	assert_eq!((mined.payload, mined.txid, mined.confirmations), (payload(1), txid, 1));
	let proof = proof::inclusion(&world.core(), txid, mined.block.hash).unwrap();
	let header = world.core().header(mined.block.hash).unwrap().header;
	let included = proof.verify(header.merkle_root).unwrap();
	let outputs = &included.transaction.outputs;
	assert_eq!(Commitment::OpReturn.verify(&payload(1), outputs), Ok(0));

	// The next one spends the change.
	step(&mut machine, 2);
	world.bitcoind.mine(1);
	let report = step(&mut machine, 2);
	assert_eq!(report.mined.len(), 2);
	assert_eq!(machine.state().spends[1].coin.txid, txid);
}

pub fn anchor_should_wait_again_when_a_reorganization_drops_it() {
	let world = World::funded(&[]);
	let mut machine = world.start();
	step(&mut machine, 1);
	let block = world.bitcoind.mine(1);
	step(&mut machine, 2);
	world.bitcoind.mine(1);
	assert_eq!(step(&mut machine, 2).mined.len(), 2);

	world.bitcoind.ask("invalidateblock", &[&block]);
	(0..3).for_each(|_| drop(world.bitcoind.mine_only(&[])));
	let report = step(&mut machine, 2);
	assert!(report.mined.is_empty(), "{report:?}");
	assert_eq!(world.bitcoind.mempool().len(), 2);

	world.bitcoind.mine(1);
	let report = step(&mut machine, 2);
	assert_eq!(report.mined.len(), 2);
	assert!(report.mined.iter().all(|mined| mined.block == report.tip));
	// Both chains come back and go: the marks follow.
	world.bitcoind.ask("reconsiderblock", &[&block]);
	assert_eq!(step(&mut machine, 2).mined.len(), 2);
}

pub fn same_bytes_should_be_sent_again_when_bitcoind_restarts_without_its_mempool() {
	let mut world = World::funded(&["-persistmempool=0"]);
	let mut machine = world.start();
	step(&mut machine, 1);
	let before = world.bitcoind.mempool();
	world.bitcoind.stop();
	world.bitcoind.resume();
	assert!(world.bitcoind.mempool().is_empty());
	let report = step(&mut machine, 1);
	assert!(matches!(report.action, Action::Sent { .. }));
	assert_eq!(world.bitcoind.mempool(), before);
	assert_eq!(machine.state().spends[0].attempts.len(), 1);
}

pub fn anchor_should_be_mined_once_when_bitcoind_is_killed_and_loses_its_block() {
	let mut world = World::funded(&[]);
	// It has written the coin.
	world.bitcoind.stop();
	world.bitcoind.resume();
	let mut machine = world.start();
	let report = step(&mut machine, 1);
	let Action::Sent { txid } = report.action else { panic!("{report:?}") };
	world.bitcoind.mine(1);
	let mined = step(&mut machine, 1).mined[0].block;

	world.bitcoind.kill();
	world.bitcoind.resume();
	let error = world.core().header(mined.hash).unwrap_err();
	assert!(matches!(error, CoreError::UnknownBlock(_)), "{error}");
	let mut report = step(&mut machine, 1);
	while report.behind > 0 {
		report = step(&mut machine, 1);
	}
	assert!(report.mined.is_empty());
	assert_eq!(report.action, Action::Sent { txid });
	world.bitcoind.mine(1);
	let report = step(&mut machine, 1);
	assert_eq!((report.mined[0].txid, report.mined[0].confirmations), (txid, 1));
}

pub fn nothing_should_be_lost_when_bitcoind_is_down() {
	let mut world = World::funded(&[]);
	let mut machine = world.start();
	step(&mut machine, 1);
	world.bitcoind.stop();
	for _ in 0..3 {
		let error = machine.step(Some(payload(2)), |_| false).unwrap_err();
		assert!(error.is_transient(), "{error}");
	}
	world.bitcoind.resume();
	world.bitcoind.mine(1);
	let report = step(&mut machine, 2);
	assert_eq!(report.mined[0].payload, payload(1));
	assert_eq!(report.waiting.unwrap().payload, payload(2));
}

pub fn fee_should_be_raised_when_fees_rise() {
	let world = World::funded(&[]);
	let report = step(&mut world.start_paying(5), 1);
	let Action::Sent { txid: former } = report.action else { panic!("{report:?}") };
	let report = step(&mut world.start_paying(50), 1);
	let Action::Replaced { former: replaced, txid } = report.action else { panic!("{report:?}") };
	assert_eq!(former, replaced);
	assert_eq!(world.bitcoind.mempool(), [txid.to_string()]);
	assert_eq!(report.waiting.unwrap().rate, FeeRate::from_sat_per_vbyte(50));
	// Never above the cap, which is 100.
	let report = step(&mut world.start_paying(5_000), 1);
	assert_eq!(report.waiting.unwrap().rate, FeeRate::from_sat_per_vbyte(100));
	assert!(matches!(report.problem, Some(Problem::CapBinds { .. })));
	world.bitcoind.mine(1);
	assert_eq!(step(&mut world.start(), 1).mined.len(), 1);
}

/// A Core that the process loses when it sends.
struct Losing {
	core: Core,
	/// Whether Core has got what was sent.
	has_sent: bool,
}

impl BitcoinNode for Losing {
	fn tip(&self) -> Result<Tip, CoreError> {
		self.core.tip()
	}
	fn header(&self, hash: BlockHash) -> Result<HeaderAt, CoreError> {
		self.core.header(hash)
	}
	fn hash_at(&self, height: u32) -> Result<Option<BlockHash>, CoreError> {
		self.core.hash_at(height)
	}
	fn block(&self, hash: BlockHash) -> Result<BlockBody, CoreError> {
		self.core.block(hash)
	}
	fn unspent(&self, coin: &Coin, has_mempool: bool) -> Result<Option<Unspent>, CoreError> {
		self.core.unspent(coin, has_mempool)
	}
	fn is_in_mempool(&self, txid: Txid) -> Result<bool, CoreError> {
		self.core.mempool_entry(txid).map(|entry| entry.is_some())
	}
	fn estimate(&self, target: u16) -> Result<Option<FeeRate>, CoreError> {
		self.core.estimate(target)
	}
	fn relay_fees(&self) -> Result<RelayFees, CoreError> {
		self.core.relay_fees()
	}
	fn scan(&self, script: &[u8]) -> Result<Scan, CoreError> {
		self.core.scan(script)
	}
	fn submit(&self, txid: Txid, transaction: &[u8]) -> Result<Submission, CoreError> {
		if self.has_sent {
			self.core.submit(txid, transaction)?;
		}
		Err(CoreError::Unreachable { url: "test".into(), cause: "the process ends".into() })
	}
}

pub fn payload_should_be_spent_once_when_the_node_ends_before_or_after_sending() {
	let world = World::funded(&[]);
	let mut height = 0;
	for has_sent in [false, true] {
		height += 1;
		let signer = Signer::Wallet(world.wallet());
		let (journal, state) =
			Journal::open(&world.journal(), aitbc_bitcoin::Network::Regtest, &signer.script())
				.unwrap();
		let losing = Losing { core: world.core(), has_sent };
		let mut machine = Anchorer::new(losing, journal, state, signer, paying(10));
		machine.step(Some(payload(height)), |_| false).unwrap_err();
		let signed = machine.state().spends.last().unwrap().attempts[0].txid;
		drop(machine);
		assert_eq!(world.bitcoind.mempool().len(), usize::from(has_sent));

		let mut machine = world.start();
		step(&mut machine, height);
		assert_eq!(world.bitcoind.mempool(), [signed.to_string()]);
		world.bitcoind.mine(1);
		assert_eq!(step(&mut machine, height).mined.last().unwrap().txid, signed);
	}
}

pub fn newer_payload_should_replace_when_the_former_waits() {
	let world = World::funded(&[]);
	let mut machine = world.start();
	step(&mut machine, 1);
	let report = step(&mut machine, 2);
	let Action::Replaced { txid, .. } = report.action else { panic!("{report:?}") };
	assert_eq!(world.bitcoind.mempool(), [txid.to_string()]);
	// Ten times, as Core's rules for replacements allow.
	for height in 3..13 {
		assert!(matches!(step(&mut machine, height).action, Action::Replaced { .. }));
	}
	world.bitcoind.mine(1);
	let report = step(&mut machine, 12);
	assert_eq!(report.mined.len(), 1);
	assert_eq!(report.mined[0].payload, payload(12));
}

pub fn replaced_anchor_should_count_when_a_miner_has_kept_it() {
	let world = World::funded(&[]);
	let mut machine = world.start();
	step(&mut machine, 1);
	step(&mut machine, 2);
	let kept = hex::encode(&machine.state().spends[0].attempts[0].transaction);
	let block = world.bitcoind.mine_only(&[kept]);

	let report = step(&mut machine, 2);
	assert_eq!(report.mined[0].payload, payload(1));
	assert_eq!(report.mined[0].block.hash.to_string(), block);
	assert_eq!(report.waiting.unwrap().payload, payload(2));
	world.bitcoind.mine(1);
	let report = step(&mut machine, 2);
	assert_eq!(report.mined[1].payload, payload(2));

	// Now the other one is mined instead, and what followed is void.
	let other = hex::encode(&machine.state().spends[0].attempts[1].transaction);
	world.bitcoind.ask("invalidateblock", &[&block]);
	world.bitcoind.mine_only(&[other]);
	(0..2).for_each(|_| drop(world.bitcoind.mine_only(&[])));
	let report = step(&mut machine, 2);
	let [mined] = report.mined[..] else { panic!("{report:?}") };
	assert_eq!(mined.payload, payload(2));
	step(&mut machine, 3);
	world.bitcoind.mine(1);
	assert_eq!(step(&mut machine, 3).mined[1].payload, payload(3));
}

pub fn coins_should_be_found_when_somebody_pays_and_asks_for_it() {
	let world = World { bitcoind: crate::bitcoind::Bitcoind::start(&[]) };
	world.bitcoind.mine(1);
	let mut machine = world.start();
	let address = machine.signer().address();
	let report = step(&mut machine, 1);
	assert!(matches!(report.problem, Some(Problem::Unfunded { .. })), "{report:?}");
	world.bitcoind.mine_to(2, &address);
	world.bitcoind.mine(97);
	machine.rescan();
	// A coinbase can be spent by the hundredth block after it, which is not the next one.
	assert!(matches!(step(&mut machine, 1).problem, Some(Problem::Unfunded { .. })));
	world.bitcoind.mine(1);
	machine.rescan();
	assert!(matches!(step(&mut machine, 1).action, Action::Sent { .. }));
	assert!(machine.state().reserve.is_empty());
	world.bitcoind.mine(1);
	machine.rescan();
	step(&mut machine, 1);
	assert_eq!(machine.state().reserve.len(), 1);
}

pub fn anchor_should_be_found_when_its_block_was_pruned() {
	// The smallest files there are, so that there is something to prune.
	let world = World::funded(&["-prune=1", "-fastprune"]);
	let mut machine = world.start();
	step(&mut machine, 1);
	let before = machine.node().tip().unwrap().block.height;
	world.bitcoind.mine(1_200);
	world.bitcoind.ask("pruneblockchain", &[&(before + 700).to_string()]);
	assert!(machine.node().tip().unwrap().first_kept > before + 1);
	let mut report = step(&mut machine, 1);
	while report.behind > 0 {
		report = step(&mut machine, 1);
	}
	assert_eq!(report.mined[0].block.height, before + 1);
	let error = proof::inclusion(&world.core(), report.mined[0].txid, report.mined[0].block.hash);
	assert!(error.unwrap_err().to_string().contains("pruned"));
	step(&mut machine, 2);
	world.bitcoind.mine(1);
	assert_eq!(step(&mut machine, 2).mined.len(), 2);
}

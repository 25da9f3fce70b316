//! What Bitcoin Core is asked, and what is made of it.

use crate::{
	bitcoind::Bitcoind,
	world::{payload, World},
};
use aitbc_bitcoin::{ChainedHeader, Network, RecentTimes, Txid};
use aitbc_node_bitcoin::{
	bitcoin_core::Submission,
	file,
	proof::{self, ProofError},
	transaction, Coin, Core, CoreError, Credentials, Satoshi,
};
use std::time::{SystemTime, UNIX_EPOCH};

pub fn chain_should_be_refused_when_it_is_not_the_one_to_follow() {
	let bitcoind = Bitcoind::start(&[]);
	let core = |network| {
		Core::new(&bitcoind.url(), Credentials::Cookie(bitcoind.cookie()), network).unwrap()
	};
	for network in [Network::Mainnet, Network::Testnet4, Network::Signet] {
		// Whatever is asked first.
		let error = core(network).hash_at(0).unwrap_err();
		assert!(
			matches!(&error, CoreError::WrongNetwork { .. }) && !error.is_transient(),
			"{error}"
		);
	}
	// The first block is years old.
	let error = core(Network::Regtest).hash_at(0).unwrap_err();
	assert!(matches!(&error, CoreError::Syncing { .. }) && error.is_transient(), "{error}");
	bitcoind.mine(1);
	assert_eq!(core(Network::Regtest).tip().unwrap().block.height, 1);
}

pub fn answer_should_be_missing_when_core_does_not_let_us_in() {
	let mut bitcoind = Bitcoind::start(&[]);
	bitcoind.mine(1);
	let path = bitcoind.folder().join("password");
	file::create(&path, b"somebody\nhunter2\n").unwrap();
	let new = |credentials| Core::new(&bitcoind.url(), credentials, Network::Regtest).unwrap();
	let error = new(Credentials::File(path)).tip().unwrap_err();
	assert!(matches!(&error, CoreError::Unauthorized { .. }) && !error.is_transient(), "{error}");
	assert!(!format!("{error} {error:?}").contains("hunter2"));

	let core = new(Credentials::Cookie(bitcoind.cookie()));
	core.tip().unwrap();
	bitcoind.stop();
	// Core has removed its cookie.
	assert!(core.tip().unwrap_err().is_transient());
	bitcoind.resume();
	core.tip().unwrap();
	let missing = Txid([1; 32]);
	let unknown = core.transaction(missing, core.tip().unwrap().block.hash).unwrap_err();
	assert!(matches!(unknown, CoreError::Refused { .. }), "{unknown}");
	let unknown = core.block(aitbc_bitcoin::BlockHash([1; 32])).unwrap_err();
	assert!(matches!(unknown, CoreError::UnknownBlock(_)), "{unknown}");
	assert_eq!(core.hash_at(5_000).unwrap(), None);
	assert_eq!(core.mempool_entry(missing).unwrap(), None);
	assert_eq!(core.estimate(6).unwrap(), None);
	let relay = core.relay_fees().unwrap();
	assert!(relay.minimum.0 > 0 && relay.incremental.0 > 0);
	let cookie = Credentials::Cookie(bitcoind.cookie());
	let nobody = Core::new("http://127.0.0.1:1", cookie, Network::Regtest).unwrap();
	let error = nobody.tip().unwrap_err();
	assert!(matches!(&error, CoreError::Unreachable { .. }) && error.is_transient(), "{error}");
}

pub fn proofs_should_hold_when_blocks_have_any_number_of_transactions() {
	let world = World::funded(&[]);
	let core = world.core();
	let script = world.wallet().script();
	let mut proven = 0;
	for count in 1..9 {
		let mut coin = core.scan(&script).unwrap().coins[0];
		for _ in 0..count {
			coin = spend(&world, coin);
		}
		world.bitcoind.mine(1);
		let block = core.tip().unwrap().block;
		let txids = core.block(block.hash).unwrap().txids;
		assert_eq!(txids.len(), count + 1);
		for txid in &txids {
			let proof = proof::inclusion(&core, *txid, block.hash).unwrap();
			let root = core.header(block.hash).unwrap().header.merkle_root;
			assert_eq!(proof.verify(root).unwrap().txid, *txid);
			proven += 1;
		}
		let error = proof::inclusion(&core, Txid([9; 32]), block.hash).unwrap_err();
		assert!(matches!(error, ProofError::NotInBlock { .. }), "{error}");
	}
	assert_eq!(proven, (2..10).sum::<usize>());
}

/// Spends a coin back to the wallet, and gives the change.
fn spend(world: &World, coin: Coin) -> Coin {
	let (core, wallet) = (world.core(), world.wallet());
	let value = coin.value.minus(Satoshi(2_000)).unwrap();
	let unsigned = transaction::unsigned(&[coin], &payload(99), &wallet.script(), value);
	let signed = wallet.sign(unsigned, &[coin]).unwrap();
	let (txid, bytes) = (transaction::txid(&signed), transaction::to_bytes(&signed));
	assert_eq!(core.submit(txid, &bytes).unwrap(), Submission::Accepted);
	Coin { txid, index: transaction::CHANGE, value }
}

pub fn checkpoint_should_be_the_chain_s_own_when_its_rules_hold() {
	let bitcoind = Bitcoind::start(&[]);
	bitcoind.mine(2_030);
	let cookie = Credentials::Cookie(bitcoind.cookie());
	let core = Core::new(&bitcoind.url(), cookie, Network::Regtest).unwrap();
	let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
	let now = u32::try_from(now).unwrap();
	for height in [0, 1, 9, 10, 11, 2_015, 2_016, 2_020] {
		let checkpoint = proof::checkpoint(&core, height).unwrap();
		assert_eq!(checkpoint.headers.len(), usize::try_from(height.min(10)).unwrap() + 1);
		let (mut chained, mut times): (ChainedHeader, RecentTimes) =
			ChainedHeader::from_checkpoint(&checkpoint).unwrap();
		for header in proof::headers(&core, height + 1, height + 5).unwrap() {
			chained = chained.next(&header, times.median(), now).unwrap();
			times.push(header.time);
		}
		let at = core.header(chained.hash()).unwrap();
		assert_eq!((at.height, at.work), (height + 5, chained.work()));
	}
	assert!(proof::checkpoint(&core, 2_031).unwrap_err().is_transient());
	let error = proof::headers(&core, 0, 2_016).unwrap_err();
	assert!(matches!(error, ProofError::TooMany { count: 2_017 }), "{error}");
}

pub fn submission_should_say_what_came_of_it_when_core_judges() {
	let world = World::funded(&[]);
	let (core, wallet) = (world.core(), world.wallet());
	let scan = core.scan(&wallet.script()).unwrap();
	assert_eq!(scan.tip, core.tip().unwrap().block.hash);
	let [coin] = scan.coins[..] else { panic!("{scan:?}") };
	let make = |coin: Coin, fee| {
		let change = coin.value.minus(Satoshi(fee)).unwrap();
		let unsigned = transaction::unsigned(&[coin], &payload(1), &wallet.script(), change);
		let signed = wallet.sign(unsigned, &[coin]).unwrap();
		(transaction::txid(&signed), transaction::to_bytes(&signed))
	};
	let submit = |coin, fee| {
		let (txid, bytes) = make(coin, fee);
		core.submit(txid, &bytes).unwrap()
	};
	assert!(matches!(submit(coin, 1), Submission::FeeTooLow { .. }));
	let (txid, bytes) = make(coin, 2_000);
	assert_eq!(core.would_accept(&bytes).unwrap(), Submission::Accepted);
	assert_eq!(submit(coin, 2_000), Submission::Accepted);
	assert_eq!(submit(coin, 2_000), Submission::AlreadyInMempool);
	assert_eq!(core.would_accept(&bytes).unwrap(), Submission::AlreadyInMempool);
	assert!(matches!(submit(coin, 2_001), Submission::Conflicts { .. }));
	let entry = core.mempool_entry(txid).unwrap().unwrap();
	let most = transaction::ScriptKind::P2wpkh.vsize(1);
	assert!(entry.fee == Satoshi(2_000) && entry.vsize <= most && entry.vsize + 1 >= most);
	assert_eq!(core.unspent(&coin, true).unwrap(), None);
	let unspent = core.unspent(&coin, false).unwrap().unwrap();
	assert_eq!((unspent.value, unspent.confirmations), (coin.value, 101));
	let unsigned = transaction::unsigned(&[coin], &payload(1), &wallet.script(), Satoshi(1));
	let bad = transaction::to_bytes(&unsigned);
	let outcome = core.submit(transaction::txid(&unsigned), &bad).unwrap();
	assert!(matches!(outcome, Submission::Rejected { .. }), "{outcome:?}");
	world.bitcoind.mine(1);
	assert_eq!(submit(coin, 2_000), Submission::AlreadyMined);
	assert_eq!(submit(coin, 2_001), Submission::MissingInputs);
	let kept = core.transaction(txid, core.tip().unwrap().block.hash).unwrap();
	assert_eq!(kept, bytes);
}

//! Beginning at a checkpoint.

use crate::{mock::*, *};
use aitbc_bitcoin::{BlockHash, ChainedHeader, Checkpoint, Header, Network, Work};
use frame_support::assert_ok;
use sp_io::TestExternalities;

/// What starting says, and that a failure leaves nothing behind.
fn start(stated: &StatedCheckpoint) -> Result<(), String> {
	TestExternalities::default().execute_with(|| {
		let started = LightClient::start(stated);
		assert_eq!(Tip::<Test>::exists(), started.is_ok());
		assert_ok!(LightClient::do_try_state());
		started
	})
}

/// A checkpoint of regtest, after so many headers.
fn checkpoint(height: u32) -> (StatedCheckpoint, Header) {
	let headers: Vec<_> = [genesis()].into_iter().chain(chain(&genesis(), 1, height)).collect();
	let last = *headers.last().expect("there is one");
	let work = Work((2 * (u64::from(height) + 1)).into());
	let from = headers.len().saturating_sub(11);
	let checkpoint = Checkpoint {
		network: Network::Regtest,
		height,
		work,
		period_start: genesis(),
		headers: headers[from..].to_vec(),
	};
	(StatedCheckpoint::from(&checkpoint), last)
}

#[test]
fn chain_should_follow_nothing_when_there_is_no_checkpoint() {
	run_from(None, || {
		assert_eq!(Tip::<Test>::get(), None);
		assert_eq!(Headers::<Test>::iter().count(), 0);
	});
}

#[test]
fn chain_should_begin_at_the_checkpoint() {
	let (stated, last) = checkpoint(20);
	run_from(Some(stated), || {
		assert_eq!(tip(), (last.hash(), 20));
		assert_eq!(Oldest::<Test>::get(), 20);
		assert_eq!(Best::<Test>::iter().collect::<Vec<_>>(), [(20, last.hash())]);
		let stored = Headers::<Test>::get(last.hash()).expect("it is kept");
		assert_eq!(stored.chained.work(), Work(42.into()));
		assert_eq!((stored.previous, stored.merkle_root), (last.previous, last.merkle_root));
		assert_ok!(submit(&chain(&last, 2, 3)));
	});
}

#[test]
fn median_time_should_be_that_of_the_checkpoints_headers() {
	let (stated, last) = checkpoint(20);
	run_from(Some(stated), || {
		// The median is five blocks back.
		let at = |time| mine(Header { time, ..child(&last, 2) });
		let median = last.time - 5 * 600;
		assert!(submit(&[at(median)]).is_err());
		assert_ok!(submit(&[at(median + 1)]));
	});
}

#[test]
fn genesis_of_each_network_should_be_a_checkpoint() {
	for network in Network::ALL {
		let stated = StatedCheckpoint::genesis(network);
		assert_eq!(start(&stated), Ok(()));
		assert_eq!(StatedCheckpoint::from(&stated.read().expect("it is one")), stated);
	}
}

#[test]
fn networks_but_mainnet_should_be_refused_when_the_chain_is_not_for_tests() {
	for network in Network::ALL {
		TestExternalities::default().execute_with(|| {
			AllowsTestNetworks::set(&false);
			let started = LightClient::start(&StatedCheckpoint::genesis(network));
			assert_eq!(started.is_ok(), network == Network::Mainnet, "{network}");
		});
	}
}

#[test]
fn checkpoint_should_be_refused_when_its_parts_do_not_fit() {
	let (stated, _) = checkpoint(20);
	let mut wrong = stated.clone();
	wrong.headers.pop();
	assert_eq!(start(&wrong), Err("there should be 11 headers and not 10".into()));
	let wrong = StatedCheckpoint { chainwork: "00".repeat(32), ..stated };
	assert_eq!(start(&wrong), Err("the work is not that of the headers and those before".into()));
}

#[test]
fn checkpoint_should_be_refused_when_it_can_not_be_read() {
	let (stated, _) = checkpoint(3);
	let cases = [
		(
			StatedCheckpoint { network: "mainnet".into(), ..stated.clone() },
			"there is no network \"mainnet\"",
		),
		(
			StatedCheckpoint { chainwork: "2a".into(), ..stated.clone() },
			"chainwork has 32 bytes in hex",
		),
		(
			StatedCheckpoint { period_start: "xy".repeat(80), ..stated.clone() },
			"a header has 80 bytes in hex",
		),
		(
			StatedCheckpoint { headers: vec!["00".repeat(79)], ..stated },
			"a header has 80 bytes in hex",
		),
	];
	for (stated, expected) in cases {
		let found = start(&stated).expect_err("it can't be read");
		assert!(found.starts_with(expected), "{found}");
	}
}

#[test]
fn checkpoint_should_read_as_bitcoin_core_prints() {
	let json = r#"{
		"network": "regtest",
		"height": 0,
		"chainwork": "0000000000000000000000000000000000000000000000000000000000000002",
		"periodStart": "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000",
		"headers": ["0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4adae5494dffff7f2002000000"]
	}"#;
	let stated: StatedCheckpoint = serde_json::from_str(json).expect("it is one");
	assert_eq!(stated, StatedCheckpoint::genesis(Network::Regtest));
	let hash: BlockHash =
		"0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206".parse().unwrap();
	assert_eq!(ChainedHeader::genesis(Network::Regtest).hash(), hash);
	let unknown = json.replace("\"height\": 0,", "\"height\": 0, \"check\": false,");
	assert!(serde_json::from_str::<StatedCheckpoint>(&unknown).is_err());
}

#[test]
#[should_panic(expected = "invalid Bitcoin checkpoint in genesis: there is no network \"moon\"")]
fn genesis_should_panic_when_the_checkpoint_is_wrong() {
	let stated = StatedCheckpoint::genesis(Network::Regtest);
	ext_from(Some(StatedCheckpoint { network: "moon".into(), ..stated }));
}

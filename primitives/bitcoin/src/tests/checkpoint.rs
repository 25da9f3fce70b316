//! Where a light client begins.

use super::*;
use primitive_types::U256;

const LONG: &[u8] = include_bytes!("../../vectors/mainnet-741793.bin");

/// Mainnet from 741,793 on, where the period's first block is not among the headers.
fn inside() -> Checkpoint {
	let headers = headers(LONG);
	Checkpoint {
		network: Network::Mainnet,
		height: 741_803,
		work: Work(U256::one() << 94),
		period_start: headers[0],
		headers: headers[1..12].to_vec(),
	}
}

/// Mainnet around 741,888, which is among the headers.
fn across() -> Checkpoint {
	let headers = headers(LONG);
	Checkpoint {
		height: 741_891,
		period_start: headers[96],
		headers: headers[89..100].to_vec(),
		..inside()
	}
}

/// The first blocks of a network.
fn genesis(network: Network) -> Checkpoint {
	let header = network.genesis();
	Checkpoint {
		network,
		height: 0,
		work: header.bits.target().unwrap().work(),
		period_start: header,
		headers: vec![header],
	}
}

fn error(checkpoint: Checkpoint) -> CheckpointError {
	ChainedHeader::from_checkpoint(&checkpoint).expect_err("it is wrong")
}

#[test]
fn checkpoint_should_be_accepted_when_its_parts_fit() {
	for (checkpoint, start) in [(inside(), 739_872), (across(), 741_888)] {
		let (chained, times) = ChainedHeader::from_checkpoint(&checkpoint).unwrap();
		let last = checkpoint.headers[10];
		assert_eq!(chained.hash(), last.hash(), "{start}");
		assert_eq!((chained.height(), chained.work()), (checkpoint.height, checkpoint.work));
		assert_eq!((chained.time(), chained.network()), (last.time, Network::Mainnet));
		assert_eq!(chained.period(), Period::of(&checkpoint.period_start));
		let expected = RecentTimes::of(checkpoint.headers.iter().map(|header| header.time));
		assert_eq!(Some(times), expected);
	}
}

#[test]
fn checkpoint_should_be_the_first_block_when_it_is_at_height_zero() {
	for network in Network::ALL {
		let (chained, times) = ChainedHeader::from_checkpoint(&genesis(network)).unwrap();
		assert_eq!(chained, ChainedHeader::genesis(network));
		assert_eq!(times, RecentTimes::new(chained.time()));
	}
}

#[test]
fn checkpoint_should_be_refused_when_it_has_more_or_fewer_headers_than_it_must() {
	let mut checkpoint = inside();
	let first = checkpoint.headers.remove(0);
	assert_eq!(error(checkpoint.clone()), CheckpointError::WrongCount { expected: 11, found: 10 });
	checkpoint.headers.extend([first; 2]);
	assert_eq!(error(checkpoint), CheckpointError::WrongCount { expected: 11, found: 12 });
	let none = Checkpoint { headers: vec![], ..genesis(Network::Regtest) };
	assert_eq!(error(none), CheckpointError::WrongCount { expected: 1, found: 0 });
	let second = Checkpoint { height: 1, ..genesis(Network::Regtest) };
	assert_eq!(error(second), CheckpointError::WrongCount { expected: 2, found: 1 });
}

#[test]
fn checkpoint_should_be_refused_when_a_header_has_no_proof_of_work() {
	let mut checkpoint = inside();
	checkpoint.headers[4].nonce ^= 1;
	assert!(matches!(error(checkpoint), CheckpointError::ProofOfWork(_)));
	let mut checkpoint = inside();
	checkpoint.period_start.nonce ^= 1;
	assert!(matches!(error(checkpoint), CheckpointError::ProofOfWork(_)));
}

#[test]
fn checkpoint_should_be_refused_when_its_headers_do_not_follow_each_other() {
	let mut checkpoint = inside();
	checkpoint.headers.swap(4, 5);
	assert_eq!(error(checkpoint), CheckpointError::NotConnected { height: 741_797 });
}

#[test]
fn checkpoint_should_be_refused_when_it_begins_with_another_first_block() {
	let mut checkpoint = genesis(Network::Mainnet);
	checkpoint.network = Network::Testnet4;
	let network = Network::Testnet4;
	assert_eq!(error(checkpoint), CheckpointError::WrongGenesis { network });
}

#[test]
fn checkpoint_should_be_refused_when_the_periods_first_header_is_another() {
	let mut checkpoint = across();
	checkpoint.period_start = headers(LONG)[97];
	assert_eq!(error(checkpoint), CheckpointError::WrongPeriodStart { height: 741_888 });
}

#[test]
fn checkpoint_should_be_refused_when_a_header_has_not_its_periods_bits() {
	let before = headers(LONG);
	let mut checkpoint = inside();
	checkpoint.period_start = before[96];
	let (expected, found) = (before[96].bits, before[1].bits);
	assert_ne!(expected, found);
	assert_eq!(error(checkpoint), CheckpointError::WrongBits { height: 741_793, expected, found });
}

#[test]
fn checkpoint_should_be_refused_when_its_work_is_not_that_of_its_headers() {
	let header_work = inside().headers[0].bits.target().unwrap().work().0;
	let enough = Work(header_work * 11);
	assert!(ChainedHeader::from_checkpoint(&Checkpoint { work: enough, ..inside() }).is_ok());
	let less = Work(enough.0 - 1);
	assert_eq!(error(Checkpoint { work: less, ..inside() }), CheckpointError::WrongWork);
	let mut more = genesis(Network::Mainnet);
	more.work.0 += U256::one();
	assert_eq!(error(more), CheckpointError::WrongWork);
}

#[test]
fn checkpoint_should_be_as_the_chain_when_it_is_anywhere_in_it() {
	let mut tip = ChainedHeader::genesis(Network::Regtest);
	let mut times = RecentTimes::new(tip.time());
	let mut headers = vec![Network::Regtest.genesis()];
	for _ in 0..30 {
		let header = mined(child(&tip, tip.time() + 1));
		tip = tip.next(&header, times.median(), LATE).unwrap();
		times.push(header.time);
		headers.push(header);
		let checkpoint = Checkpoint {
			network: Network::Regtest,
			height: tip.height(),
			work: tip.work(),
			period_start: headers[0],
			headers: headers[headers.len().saturating_sub(11)..].to_vec(),
		};
		let (chained, recent) = ChainedHeader::from_checkpoint(&checkpoint).unwrap();
		assert_eq!((chained, recent.median()), (tip, times.median()));
	}
}

#[test]
fn errors_should_say_what_is_wrong() {
	let (expected, found) = (Bits(1), Bits(2));
	for (error, text) in [
		(
			CheckpointError::WrongCount { expected: 11, found: 10 },
			"there should be 11 headers and not 10",
		),
		(
			ProofOfWorkError::NoTarget(Bits(0), BitsError::Zero).into(),
			"no proof of work: the bits 00000000 are no target: it is zero",
		),
		(
			CheckpointError::NotConnected { height: 3 },
			"the header at height 3 does not follow the one before",
		),
		(
			CheckpointError::WrongGenesis { network: Network::Testnet4 },
			"the first block is not that of the network testnet4",
		),
		(
			CheckpointError::WrongPeriodStart { height: 3 },
			"the header at height 3 is not the one given as the period's first",
		),
		(
			CheckpointError::WrongBits { height: 3, expected, found },
			"the header at height 3 has the bits 00000002 and should have 00000001",
		),
		(CheckpointError::WrongWork, "the work is not that of the headers and those before"),
	] {
		assert_eq!(error.to_string(), text);
	}
}

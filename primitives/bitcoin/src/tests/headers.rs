//! Real headers, and those of BIP 54. Their origins are in vectors/README.md.

use super::*;

const BIP54: &[u8] = include_bytes!("../../vectors/bip54-timestamps.bin");
const BIP54_CASES: &str = include_str!("../../vectors/bip54-timestamps.txt");
const REORGANISATION: &[u8] = include_bytes!("../../vectors/mainnet-437466.bin");
const RETARGET: &[u8] = include_bytes!("../../vectors/mainnet-554390.bin");
const LONG: &[u8] = include_bytes!("../../vectors/mainnet-741793.bin");

/// A real header of mainnet with the first one of its period. The work before it is not known, and the median
/// is that of the headers that are.
fn start(height: u32, period: &Header, header: &Header) -> Tree {
	let chained = ChainedHeader {
		network: Network::Mainnet,
		height,
		hash: header.hash(),
		time: header.time,
		work: header.bits.target().expect("it is one").work(),
		period: Period::of(period),
	};
	Tree([(header.hash(), (chained, RecentTimes::new(header.time)))].into())
}

#[test]
fn chains_of_bip54_should_be_accepted_when_todays_rules_hold() {
	let headers = headers(BIP54);
	assert_eq!(headers[0], Network::Mainnet.genesis());
	let mut tree = Tree::genesis(Network::Mainnet);
	for header in &headers[1..] {
		tree.add(header).unwrap_or_else(|error| panic!("{}: {error}", header.hash()));
	}
	assert_eq!(tree.0.len(), 4_040);
	let mut cases = 0;
	for case in BIP54_CASES.lines() {
		let mut words = case.split(' ');
		let (height, hash) = (words.next().unwrap(), words.next().unwrap());
		let (chained, _) = tree.0[&hash.parse().unwrap()];
		assert_eq!(chained.height(), height.parse::<u32>().unwrap(), "{case}");
		cases += 1;
	}
	assert_eq!(cases, 9);
}

#[test]
fn retarget_should_be_exact_when_the_headers_are_mainnets() {
	let headers = headers(RETARGET);
	let (period, first, rest) = (&headers[0], &headers[1], &headers[2..]);
	let mut tree = start(554_390, period, first);
	for header in rest {
		tree.add(header).unwrap_or_else(|error| panic!("{}: {error}", header.hash()));
	}
	let last = tree.0[&rest[17].hash()].0;
	assert_eq!((rest.len(), last.height()), (18, 554_408));
	assert_eq!(last.period(), Period::of(&rest[9]));
	assert_ne!(rest[9].bits, period.bits);
}

#[test]
fn header_should_be_refused_when_it_keeps_the_bits_of_the_period_before() {
	let headers = headers(RETARGET);
	let (before, mut first) = (headers[10], headers[11]);
	let tree = start(554_399, &headers[0], &before);
	let (parent, times) = tree.0[&before.hash()];
	let expected = first.bits;
	first.bits = before.bits;
	let target = first.bits.target().unwrap();
	assert_eq!(
		parent.extend(&first, first.hash(), target, times.median(), LATE),
		Err(HeaderError::WrongBits { expected, found: before.bits })
	);
}

#[test]
fn long_chain_should_be_accepted_when_it_begins_at_a_checkpoint() {
	let headers = headers(LONG);
	let (period_start, chain) = (headers[0], &headers[1..]);
	let checkpoint = Checkpoint {
		network: Network::Mainnet,
		height: 741_803,
		work: Work(primitive_types::U256::one() << 94),
		period_start,
		headers: chain[..11].to_vec(),
	};
	let (chained, times) = ChainedHeader::from_checkpoint(&checkpoint).unwrap();
	let mut tree = Tree([(chained.hash(), (chained, times))].into());
	for header in &chain[11..] {
		tree.add(header).unwrap_or_else(|error| panic!("{}: {error}", header.hash()));
	}
	let last = tree.0[&chain[197].hash()].0;
	assert_eq!((tree.0.len(), last.height()), (188, 741_990));
	// It has a retarget, at 741,888.
	assert_eq!(last.period(), Period::of(&chain[95]));
	assert!(last.work() > chained.work());
}

#[test]
fn fork_should_have_less_work_when_a_real_orphan_lost() {
	let headers = headers(REORGANISATION);
	let (period, first, best, orphan) = (&headers[0], &headers[1], &headers[2..15], &headers[15]);
	let mut tree = start(437_466, period, first);
	for header in best {
		tree.add(header).unwrap_or_else(|error| panic!("{}: {error}", header.hash()));
	}
	let orphan = tree.add(orphan).unwrap();
	let (sibling, last) = (tree.0[&best[11].hash()].0, tree.0[&best[12].hash()].0);
	assert_eq!((orphan.height(), sibling.height(), last.height()), (437_478, 437_478, 437_479));
	assert_ne!(orphan.hash(), sibling.hash());
	assert_eq!(orphan.work(), sibling.work());
	assert!(last.work() > orphan.work());
}

#[test]
fn genesis_should_have_the_hash_that_core_has() {
	// Core `src/kernel/chainparams.cpp`, `hashGenesisBlock`.
	let hashes = [
		"000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f",
		"00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043",
		"00000008819873e925422c1ff0f99f7cc9bbb232af63a077a480a3633bee1ef6",
		"0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206",
	];
	for (network, hash) in Network::ALL.into_iter().zip(hashes) {
		let genesis = network.genesis();
		assert_eq!(genesis.hash().to_string(), hash, "{network}");
		let target = genesis.bits.check(genesis.hash(), network.limit()).unwrap();
		assert_eq!(genesis.bits, network.limit().to_bits(), "{network}");
		let chained = ChainedHeader::genesis(network);
		assert_eq!((chained.work(), chained.hash()), (target.work(), genesis.hash()), "{network}");
		assert_eq!(
			(chained.network(), chained.height(), chained.time()),
			(network, 0, genesis.time)
		);
	}
}

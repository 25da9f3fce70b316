//! Each rule of a header, on regtest, where a proof of work is found at once.

use super::*;
use crate::chain::FUTURE_SECONDS;

const START: u32 = 1_296_688_602;

fn genesis() -> (ChainedHeader, RecentTimes) {
	(ChainedHeader::genesis(Network::Regtest), RecentTimes::new(START))
}

/// What becomes of a header that follows regtest's first block, after `change`.
fn next(change: impl Fn(&mut Header)) -> Result<ChainedHeader, HeaderError> {
	let (chained, times) = genesis();
	let mut header = child(&chained, START + 1);
	change(&mut header);
	chained.next(&mined(header), times.median(), START)
}

#[test]
fn header_should_be_accepted_when_all_rules_hold() {
	let chained = next(|_| ()).unwrap();
	assert_eq!((chained.height(), chained.time()), (1, START + 1));
	assert_eq!(chained.work(), Work(4.into()));
	assert_eq!(chained.period(), genesis().0.period());
}

#[test]
fn header_should_be_refused_when_its_hash_does_not_meet_its_target() {
	let (chained, times) = genesis();
	let mut header = child(&chained, START + 1);
	while header.bits.check(header.hash(), Network::Regtest.limit()).is_ok() {
		header.nonce += 1;
	}
	let (hash, bits) = (header.hash(), header.bits);
	let error = ProofOfWorkError::HashAboveTarget { hash, bits };
	assert_eq!(chained.next(&header, times.median(), START), Err(error.into()));
}

#[test]
fn header_should_be_refused_when_its_bits_are_no_target() {
	let (chained, times) = genesis();
	for (bits, error) in [
		(0x0000_0000, BitsError::Zero),
		(0x2000_0000, BitsError::Zero),
		(0x0012_3456, BitsError::Zero),
		(0x0492_3456, BitsError::Negative),
		(0x2101_0000, BitsError::Overflow),
		(0xff12_3456, BitsError::Overflow),
	] {
		let bits = Bits(bits);
		let header = Header { bits, ..child(&chained, START + 1) };
		let error = ProofOfWorkError::NoTarget(bits, error);
		assert_eq!(chained.next(&header, times.median(), START), Err(error.into()), "{bits}");
	}
}

#[test]
fn header_should_be_refused_when_its_target_is_above_the_networks_limit() {
	for (network, found, limit) in [
		(Network::Mainnet, 0x1d01_0000, 0x1d00_ffff),
		(Network::Testnet4, 0x207f_ffff, 0x1d00_ffff),
		(Network::Signet, 0x1e03_77af, 0x1e03_77ae),
		(Network::Regtest, 0x2100_8000, 0x207f_ffff),
	] {
		let (found, limit) = (Bits(found), Bits(limit));
		let chained = ChainedHeader::genesis(network);
		let header = Header { bits: found, ..child(&chained, chained.time() + 1) };
		let median = RecentTimes::new(chained.time()).median();
		let error = ProofOfWorkError::TargetAboveLimit { found, limit };
		assert_eq!(chained.next(&header, median, LATE), Err(error.into()), "{network}");
	}
}

#[test]
fn header_should_be_refused_when_it_follows_another_block() {
	let (expected, found) = (genesis().0.hash(), BlockHash([1; 32]));
	assert_eq!(
		next(|header| header.previous = found),
		Err(HeaderError::WrongParent { expected, found })
	);
}

#[test]
fn header_should_be_refused_when_its_bits_are_harder() {
	let (expected, found) = (Bits(0x207f_ffff), Bits(0x207f_fffe));
	let error = HeaderError::WrongBits { expected, found };
	assert_eq!(next(|header| header.bits = found), Err(error));
}

#[test]
fn header_should_be_refused_when_its_bits_are_another_form_of_the_same_target() {
	let (expected, found) = (Bits(0x2000_1000), Bits(0x1f10_0000));
	assert_eq!(found.target(), expected.target());
	let (genesis, times) = genesis();
	let chained = ChainedHeader { period: Period { bits: expected, time: 0 }, ..genesis };
	let header = Header { bits: found, ..child(&chained, START + 1) };
	let target = found.target().unwrap();
	assert_eq!(
		chained.extend(&header, header.hash(), target, times.median(), START),
		Err(HeaderError::WrongBits { expected, found })
	);
}

#[test]
fn header_should_be_refused_when_it_is_not_later_than_the_median() {
	let (_, times) = genesis();
	let error = HeaderError::TimeTooOld { median: times.median(), found: START };
	assert_eq!(next(|header| header.time = START), Err(error));
	assert!(next(|header| header.time = START + 1).is_ok());
}

#[test]
fn header_should_be_refused_when_it_is_more_than_two_hours_ahead_of_the_clock() {
	let latest = START + FUTURE_SECONDS;
	assert!(next(|header| header.time = latest).is_ok());
	assert_eq!(
		next(|header| header.time = latest + 1),
		Err(HeaderError::TimeTooNew { latest, found: latest + 1 })
	);
}

#[test]
fn header_should_be_refused_when_its_version_is_too_old_for_its_height() {
	for found in [3, 1, 0, -1, i32::MIN] {
		let error = HeaderError::VersionTooOld { least: 4, found };
		assert_eq!(next(|header| header.version = found), Err(error));
	}
	assert!(next(|header| header.version = i32::MAX).is_ok());
}

#[test]
fn least_version_should_rise_at_the_heights_of_core() {
	// Core `src/kernel/chainparams.cpp`, `BIP34Height`, `BIP66Height`, `BIP65Height`.
	for (height, least) in [
		(0, i32::MIN),
		(227_930, i32::MIN),
		(227_931, 2),
		(363_724, 2),
		(363_725, 3),
		(388_380, 3),
		(388_381, 4),
		(u32::MAX, 4),
	] {
		assert_eq!(Network::Mainnet.least_version(height), least, "{height}");
	}
	for network in [Network::Testnet4, Network::Signet, Network::Regtest] {
		assert_eq!(network.least_version(0), i32::MIN);
		assert_eq!(network.least_version(1), 4);
	}
}

#[test]
fn header_should_be_refused_when_there_is_no_room_for_its_height_or_work() {
	let (genesis, times) = genesis();
	let high = ChainedHeader { height: u32::MAX, ..genesis };
	let header = mined(child(&high, START + 1));
	let error = HeaderError::Exhausted { height: u32::MAX };
	assert_eq!(high.next(&header, times.median(), START), Err(error));
	let heavy = ChainedHeader { work: Work(primitive_types::U256::MAX), ..genesis };
	let error = HeaderError::Exhausted { height: 0 };
	assert_eq!(heavy.next(&header, times.median(), START), Err(error));
}

#[test]
fn regtest_should_keep_its_bits_when_a_period_ends_or_a_block_is_late() {
	let mut chain = Unmined::genesis(Network::Regtest);
	for height in 1..=2 * 2016 {
		chain.after(if height % 3 == 0 { 5_000 } else { 1 });
		assert_eq!(chain.tip.period().bits, Bits(0x207f_ffff));
	}
	assert_eq!(chain.tip.period(), Period::of(&chain.headers[4032]));
}

#[test]
fn median_should_be_the_later_of_two_when_there_are_as_many_before_as_after() {
	let mut times = RecentTimes::new(5);
	assert_eq!(times.median().seconds(), 5);
	// In order: 3 5, 3 5 9, 2 3 5 9, 1 2 3 5 9.
	for (time, median) in [(3, 5), (9, 5), (2, 5), (1, 3)] {
		times.push(time);
		assert_eq!(times.median().seconds(), median);
	}
	// The first 5 and all others but the last 11 no longer count.
	(10..21).for_each(|time| times.push(time));
	assert_eq!(times.median().to_string(), "15");
	assert_eq!(RecentTimes::of([]), None);
	assert_eq!(RecentTimes::of([5, 3]).map(|times| times.median().seconds()), Some(5));
}

#[test]
fn errors_should_say_what_is_wrong() {
	let hash = BlockHash([0xab; 32]);
	let zeros = "0".repeat(64);
	let other = "ab".repeat(32);
	let bits = Bits(0x1d00_ffff);
	let median = RecentTimes::new(7).median();
	let cases: [(HeaderError, String); 11] = [
		(
			ProofOfWorkError::NoTarget(Bits(0), BitsError::Zero).into(),
			"no proof of work: the bits 00000000 are no target: it is zero".into(),
		),
		(
			ProofOfWorkError::NoTarget(bits, BitsError::Negative).into(),
			"no proof of work: the bits 1d00ffff are no target: it is negative".into(),
		),
		(
			ProofOfWorkError::TargetAboveLimit { found: Bits(0x207f_ffff), limit: bits }.into(),
			"no proof of work: the bits 207fffff are easier than the network's limit 1d00ffff"
				.into(),
		),
		(
			ProofOfWorkError::HashAboveTarget { hash, bits }.into(),
			format!("no proof of work: the hash {other} is above the target of the bits 1d00ffff"),
		),
		(
			HeaderError::WrongParent { expected: hash, found: BlockHash::default() },
			format!("the header follows {zeros} and should follow {other}"),
		),
		(
			HeaderError::WrongBits { expected: bits, found: Bits(1) },
			"the header has the bits 00000001 and should have 1d00ffff".into(),
		),
		(
			HeaderError::TimeTooOld { median, found: 6 },
			"the time 6 is not later than the median 7".into(),
		),
		(
			HeaderError::TimeWarp { earliest: 9, found: 8 },
			"the time 8 of a period's first block is before 9".into(),
		),
		(
			HeaderError::TimeTooNew { latest: 8, found: 9 },
			"the time 9 is after 8, too far in the future".into(),
		),
		(HeaderError::VersionTooOld { least: 4, found: -1 }, "the version -1 is below 4".into()),
		(HeaderError::Exhausted { height: 5 }, "the chain can't go on after height 5".into()),
	];
	for (error, text) in cases {
		assert_eq!(error.to_string(), text);
	}
	assert_eq!(BitsError::Overflow.to_string(), "it has more than 256 bits");
}

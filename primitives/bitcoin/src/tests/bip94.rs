//! Testnet4, by hand: the time warp bound and the retarget of BIP 94, and blocks that may be easy.

use super::*;
use bitcoin::{pow::CompactTarget, Network as Oracle};

const EASY: Bits = Bits(0x1d00_ffff);

/// A chain of testnet4 up to the block before the second period, whose target is a quarter of the first.
fn second_period() -> Unmined {
	let mut chain = Unmined::genesis(Network::Testnet4);
	// The fastest that the median allows makes the target as low as it can get in one period.
	(1..2016).for_each(|_| chain.after(1));
	chain.after(600);
	assert_eq!(chain.tip.height(), 2016);
	assert_eq!(chain.tip.period().bits, Bits(0x1c3f_ffc0));
	chain
}

#[test]
fn first_block_of_a_period_should_be_accepted_when_it_is_600_seconds_earlier() {
	let mut chain = Unmined::genesis(Network::Testnet4);
	(1..2015).for_each(|_| chain.after(600));
	// The last block of the period is far ahead, so 600 seconds before it is still later than the median.
	chain.after(1200);
	let last = chain.tip.time();
	let bits = chain.tip.next_bits(last - 600);
	let late = chain.header(last - 601, bits);
	let error = HeaderError::TimeWarp { earliest: last - 600, found: last - 601 };
	assert_eq!(chain.push(late), Err(error));
	assert_eq!(chain.push(chain.header(last - 600, bits)), Ok(()));
	assert_eq!(chain.tip.height(), 2016);
}

#[test]
fn time_warp_should_not_be_checked_when_the_block_is_not_the_first_of_a_period() {
	let mut chain = Unmined::genesis(Network::Testnet4);
	(1..100).for_each(|_| chain.after(600));
	chain.after(1200);
	let time = chain.tip.time() - 1000;
	assert_eq!(chain.push(chain.header(time, EASY)), Ok(()));
}

#[test]
fn time_warp_should_not_be_checked_when_the_network_has_no_bip94() {
	for network in [Network::Mainnet, Network::Signet, Network::Regtest] {
		let mut chain = Unmined::genesis(network);
		(1..2015).for_each(|_| chain.after(600));
		chain.after(1200);
		let time = chain.tip.time() - 601;
		let bits = chain.tip.next_bits(time);
		assert_eq!(chain.push(chain.header(time, bits)), Ok(()), "{network}");
	}
}

#[test]
fn block_should_be_easy_only_when_it_comes_more_than_twenty_minutes_later() {
	let chain = second_period();
	let normal = chain.tip.period().bits;
	let time = chain.tip.time();
	for (seconds, expected) in [(1, normal), (1199, normal), (1200, normal), (1201, EASY)] {
		let mut chain = chain.clone();
		let found = if expected == EASY { normal } else { EASY };
		let wrong = chain.header(time + seconds, found);
		assert_eq!(
			chain.push(wrong),
			Err(HeaderError::WrongBits { expected, found }),
			"{seconds} seconds"
		);
		assert_eq!(chain.push(chain.header(time + seconds, expected)), Ok(()));
	}
}

#[test]
fn block_should_have_the_periods_bits_when_it_follows_easy_ones() {
	let mut chain = second_period();
	let normal = chain.tip.period().bits;
	for _ in 0..20 {
		chain.after(1201);
		assert_eq!(chain.headers.last().map(|header| header.bits), Some(EASY));
	}
	chain.after(1200);
	assert_eq!(chain.headers.last().map(|header| header.bits), Some(normal));
}

#[test]
fn first_block_of_a_period_should_not_be_easy_when_it_is_late() {
	let mut chain = second_period();
	let first = chain.tip.period();
	(1..2016).for_each(|_| chain.after(600));
	let time = chain.tip.time() + 10_000;
	let expected = chain.tip.next_bits(time);
	assert_ne!(expected, EASY);
	let wrong = chain.header(time, EASY);
	assert_eq!(chain.push(wrong), Err(HeaderError::WrongBits { expected, found: EASY }));
	assert_eq!(chain.push(chain.header(time, expected)), Ok(()));
	// 2015 steps of 600 seconds, where 2016 would keep the target.
	let oracle = CompactTarget::from_next_work_required(
		CompactTarget::from_consensus(first.bits.0),
		2015 * 600,
		Oracle::Testnet4,
	);
	assert_eq!(expected.0, oracle.to_consensus());
}

#[test]
fn retarget_should_begin_with_the_first_blocks_bits_when_the_last_is_easy() {
	let mut chain = second_period();
	let first = chain.tip.period();
	(1..2015).for_each(|_| chain.after(600));
	chain.after(1201);
	assert_eq!(chain.headers.last().map(|header| header.bits), Some(EASY));
	let span = chain.tip.time() - first.time;
	let from = |bits: Bits| {
		let last = CompactTarget::from_consensus(bits.0);
		let next = CompactTarget::from_next_work_required(last, span.into(), Oracle::Testnet4);
		Bits(next.to_consensus())
	};
	let (expected, old) = (from(first.bits), from(EASY));
	assert_ne!(expected, old);
	let time = chain.tip.time() + 600;
	let wrong = chain.header(time, old);
	assert_eq!(chain.push(wrong), Err(HeaderError::WrongBits { expected, found: old }));
	assert_eq!(chain.push(chain.header(time, expected)), Ok(()));
}

/// The bits of the next block by going back as Core does: `src/pow.cpp` `GetNextWorkRequired`.
fn bits_by_going_back(headers: &[Header], time: u32) -> Bits {
	let height = headers.len();
	let last = headers[height - 1];
	if height.is_multiple_of(2016) {
		let first = headers[height - 2016];
		let span = i64::from(last.time) - i64::from(first.time);
		let next = CompactTarget::from_next_work_required(
			CompactTarget::from_consensus(first.bits.0),
			span.max(0) as u64,
			Oracle::Testnet4,
		);
		return Bits(next.to_consensus());
	}
	if i64::from(time) > i64::from(last.time) + 1200 {
		return EASY;
	}
	let mut place = height - 1;
	while !place.is_multiple_of(2016) && headers[place].bits == EASY {
		place -= 1;
	}
	headers[place].bits
}

#[test]
fn bits_should_be_those_of_going_back_when_blocks_come_at_random() {
	for seed in [1u64, 0x00a1_7bc0, u64::MAX / 3] {
		let mut chain = Unmined::genesis(Network::Testnet4);
		let mut state = seed;
		let mut easy = 0;
		for _ in 0..4 * 2016 + 5 {
			// Knuth's linear congruential generator.
			state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
			let random = (state >> 33) as u32;
			let seconds = match random % 8 {
				0 => 1201 + random % 3000,
				1 => 1200,
				_ => 1 + random % 200,
			};
			let time = chain.tip.time() + seconds;
			let expected = bits_by_going_back(&chain.headers, time);
			assert_eq!(chain.tip.next_bits(time), expected, "seed {seed}");
			chain.push(chain.header(time, expected)).unwrap();
			easy += u32::from(expected == EASY && chain.tip.period().bits != EASY);
		}
		assert!(easy > 100, "seed {seed}: {easy} easy blocks");
	}
}

//! The exact bits of a fixed series' scores, so that another machine, or Wasm, can't give others.

use crate::*;
use codec::{Decode, Encode, MaxEncodedLen};

/// Ten days of five-minute points: a daily pattern with noise, a spike, a level that stays for a while,
/// and a hole in the times.
pub(super) fn series() -> impl Iterator<Item = Point> {
	let mut chance = 1u64;
	(0..2_880u64).map(move |i| {
		chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
		let noise = (chance >> 40) as i64 % 3_000_000;
		let daily = if (96..216).contains(&(i % 288)) { 80_000_000 } else { 20_000_000 };
		let anomaly = match i {
			1_500 => 150_000_000,
			2_200..2_260 => 35_000_000,
			_ => 0,
		};
		let late = if i < 1_000 { 0 } else { 7_200 };
		Point {
			value: Value::from_millionths(daily + noise + anomaly),
			at: Some(Timestamp(1_396_310_400 + i * 300 + late)),
		}
	})
}

/// FNV-1a of 64 bits.
fn hash(bytes: &[u8]) -> u64 {
	bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
		(hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
	})
}

#[test]
fn scores_should_be_these_bits_when_the_series_is_this_one() {
	let mut monitor = Monitor::default();
	let scores: Vec<_> = series().map(|point| monitor.observe(&point).score).collect();
	let alarms: Vec<_> = (0usize..)
		.zip(&scores)
		.filter(|(_, score)| **score >= Score::ALARM)
		.map(|(i, score)| (i, score.parts()))
		.collect();
	// The first ones are its first day. 1224 is the first evening after the hole, two hours early; then
	// come the spike, and the level.
	let expected = [
		(66, 22_259),
		(70, 24_108),
		(71, 24_960),
		(73, 32_849),
		(74, 35_343),
		(96, 64_524),
		(216, 54_327),
		(1_224, 49_979),
		(1_500, 61_179),
		(2_200, 27_203),
		(2_208, 50_763),
	];
	assert_eq!(alarms, expected);
	assert_eq!(hash(&scores.encode()), 0x76c4_8436_943e_9747);
	assert_eq!(hash(&monitor.encode()), 0x7ee4_832d_b902_1ca9);
}

#[test]
fn state_should_go_on_as_before_when_it_was_stored_in_between() {
	let mut kept = Monitor::default();
	let mut stored = Monitor::default();
	for (i, point) in series().take(600).enumerate() {
		if i % 100 == 0 {
			stored = Monitor::decode(&mut &*stored.encode()).unwrap();
		}
		assert_eq!(kept.observe(&point), stored.observe(&point));
	}
}

#[test]
fn state_should_take_a_few_kilobytes_and_always_the_same() {
	let mut monitor = Monitor::default();
	assert_eq!(monitor.encoded_size(), Monitor::max_encoded_len());
	for point in series().take(500) {
		monitor.observe(&point);
	}
	assert_eq!(monitor.encoded_size(), Monitor::max_encoded_len());
	assert!(Monitor::max_encoded_len() <= 9_000, "{}", Monitor::max_encoded_len());
	assert_eq!(Trend::max_encoded_len(), 513);
}

//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::*;
use codec::{Decode, Encode, MaxEncodedLen};
use core::fmt::{Debug, Write};
use sp_arithmetic::Perbill;

#[track_caller]
fn assert_golden<V: Encode + Decode + MaxEncodedLen + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	let mut hex = String::new();
	for byte in &bytes {
		write!(hex, "{byte:02x}").expect("a string takes what is written");
	}
	assert_eq!(hex, golden.replace(' ', ""));
	assert!(bytes.len() <= V::max_encoded_len());
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

/// 1,000 as 128 bits.
const WEIGHT_HEX: &str = "e8030000000000000000000000000000";
/// 258 as 32 bits.
const TIME_HEX: &str = "02010000";

fn entry() -> Entry {
	Entry { value: Perbill::from_percent(50), weight: 1_000, since: 258 }
}

fn aggregate() -> Aggregate {
	let mut aggregate = Aggregate::default();
	aggregate.add(entry(), 258, 10);
	aggregate
}

/// Count, weight, sum (500 billion) and time.
fn aggregate_hex() -> String {
	format!("0100000000000000 {WEIGHT_HEX} 0088526a74000000 0000000000000000 {TIME_HEX}")
}

#[test]
fn entries_should_keep_their_encoding() {
	assert_golden(entry(), &format!("0065cd1d {WEIGHT_HEX} {TIME_HEX}"));
}

#[test]
fn aggregates_should_keep_their_encoding() {
	assert_golden(aggregate(), &aggregate_hex());
	assert_eq!(aggregate().encoded_size(), Aggregate::max_encoded_len());
}

#[test]
fn pairs_should_keep_their_encoding() {
	let mut pair = PairEvidence::default();
	pair.credit(1_000, 25_000, 258, 10);
	assert_golden(pair, &format!("{WEIGHT_HEX} {TIME_HEX}"));
}

#[test]
fn standings_should_keep_their_encoding() {
	let empty = "00".repeat(44);
	let places = [0, 1, 2, 3, 4].map(|place| {
		let mut places = vec![empty.clone(); 5];
		places[place] = aggregate_hex();
		places.concat()
	});
	for (component, golden) in Component::ALL.into_iter().zip(places) {
		let mut standing = Standing::default();
		let rules = Rules { half_life: 10, ..Rules::default() };
		standing.add(component, entry(), &rules, 258);
		assert_golden(standing, &golden);
	}
}

#[test]
fn components_and_levels_should_keep_their_encoding() {
	for (component, golden) in Component::ALL.into_iter().zip(["00", "01", "02", "03", "04"]) {
		assert_golden(component, golden);
	}
	assert_golden(Level::Beginner, "00");
	assert_golden(Level::Intermediate, "01");
	assert_golden(Level::Advanced, "02");
	assert_golden(Level::Expert, "03");
	assert_golden(Level::Master, "04");
}

#[test]
fn scores_should_keep_their_encoding() {
	assert_golden(
		Score {
			mean: Some(Perbill::from_percent(50)),
			lower_bound: Perbill::from_percent(10),
			evidence: 1_000,
			level: Level::Beginner,
		},
		&format!("01 0065cd1d 00e1f505 {WEIGHT_HEX} 00"),
	);
	assert_golden(
		Standing::default().score(&Rules::default(), 0),
		&format!("00 00000000 {} 00", "00".repeat(16)),
	);
}

#[test]
fn outcomes_should_keep_their_encoding() {
	let amount = |number: u8| format!("{number:02x}{}", "00".repeat(15));
	assert_golden(
		Outcome {
			accepted: true,
			fee: 1,
			released: 6,
			refunded: 5,
			on_time: 4,
			missed: 3,
			disputed_lost: 2,
		},
		&format!("01 {}", [1, 6, 5, 4, 3, 2].map(amount).concat()),
	);
}

#[test]
fn rules_should_keep_their_encoding() {
	let weights = "00a3e111 80b2e60e 00c2eb0b 80d1f008 00e1f505";
	assert_golden(ComponentWeights::default(), weights);
	assert_golden(
		Rules { half_life: 258, unit: 1_000, pair_cap: 1_000, min_fee: 1_000, ..Rules::default() },
		&format!("{TIME_HEX} {} {weights}", WEIGHT_HEX.repeat(3)),
	);
}

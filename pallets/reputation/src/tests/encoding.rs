//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::{mock::*, *};
use aitbc_reputation::{Component, Level};
use codec::{Decode, Encode, MaxEncodedLen};
use core::fmt::Debug;
use frame_support::assert_ok;
use sp_core::bytes::to_hex;
use sp_runtime::Perbill;

#[track_caller]
fn assert_golden<V: Encode + Decode + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false), format!("0x{}", golden.replace(' ', "")));
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

/// 12.5 AIT as 128 bits.
const WEIGHT_HEX: &str = "00480f625e0b00000000000000000000";
/// 25 AIT as 128 bits.
const FEE_HEX: &str = "00901ec4bc1600000000000000000000";
/// 1,000 AIT as 128 bits.
const RELEASED_HEX: &str = "0080c6a47e8d03000000000000000000";
/// 12.5 AIT x 10^9.
const WHOLE_SUM: &str = "0000d05e29fc58a0a502000000000000";
/// 12.5 AIT x 8 x 10^8.
const RATED_SUM: &str = "000040b2bac9e0191e02000000000000";
const ZERO: &str = "00000000000000000000000000000000";
/// The work of a test: contract 0.
const WORK_HEX: &str = "00 0000000000000000";
/// Accuracy of translations.
const TOPIC: &str = "00000000 01 02000000";
/// 80, and where it lies on a scale from 0 to 100.
const VALUE: &str = "50000000000000000000000000000000 00";
const SHARE: &str = "0008af2f";
const TEXTS: &str = "64 68747470733a2f2f6167656e742e6578616d706c652f613261 \
	 3c 697066733a2f2f666565646261636b";
const HASH_1: &str = "0101010101010101010101010101010101010101010101010101010101010101";
const HASH_2: &str = "0202020202020202020202020202020202020202020202020202020202020202";
/// The deposit of the feedback: 195 plancks.
const DEPOSIT: &str = "c3000000000000000000000000000000";
/// The response of [`OWNER`] at [`START`], with a deposit of 111 plancks.
const RESPONSE: &str = "0200000000000000 3c 697066733a2f2f666565646261636b \
	 0202020202020202020202020202020202020202020202020202020202020202 \
	 0a000000 6f000000000000000000000000000000";

/// An aggregate of one entry at [`START`]: its count, weight, sum and time.
fn aggregate(sum: &str) -> String {
	format!("0100000000000000 {WEIGHT_HEX} {sum} 0a000000")
}

/// The counters after one contract.
fn counters() -> String {
	format!("01000000 00000000 {RELEASED_HEX} {ZERO}")
}

#[test]
fn small_types_should_keep_their_encoding() {
	assert_golden(Generation(258), "02010000");
	assert_golden(AgentAt { agent: HIRER, generation: Generation(2) }, "0100000000000000 02000000");
	let counters = Counters { completed: 1, partial: 2, released: 3, refunded: 4 };
	let (three, four) = (format!("03{}", "00".repeat(15)), format!("04{}", "00".repeat(15)));
	assert_golden(counters, &format!("01000000 02000000 {three} {four}"));
}

#[test]
fn evidence_should_keep_its_encoding() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());

		let (whole, rated) = (aggregate(WHOLE_SUM), aggregate(RATED_SUM));
		let nothing = "00".repeat(8 + 16 + 16 + 4);
		assert_golden(
			record(AGENT),
			&format!("{whole} {rated} {whole} {whole} {nothing} {} 00000000", counters()),
		);
		let summary = Summaries::<Test>::get(AGENT, ALL_ACCURACY).expect("it is summed up");
		assert_golden(summary, &format!("{rated} 00000000"));
		assert_golden(Pairs::<Test>::get(CLIENT, OWNER), &format!("{FEE_HEX} 0a000000"));
	});
}

#[test]
fn settled_work_should_keep_its_encoding() {
	build_and_execute(|| {
		let work = Deal::by(HIRER_WALLET).close();
		transfer(HIRER, BUYER);
		assert_ok!(Reputation::rate(signed(WALLET), HIRER, work, courtesy(1)));

		assert_golden(work, WORK_HEX);
		assert_golden(
			SettledWork::<Test>::get(work).expect("it counted"),
			&format!(
				"0600000000000000 01 0100000000000000 00000000 \
				 0300000000000000 0000000000000000 00000000 {WEIGHT_HEX} 0a000000 00 01"
			),
		);
	});
}

#[test]
fn feedback_should_keep_its_encoding() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(respond(OWNER, FIRST));

		assert_golden(rating(), &format!("{TOPIC} {VALUE} {TEXTS} {HASH_1}"));
		assert_golden(
			entry(CLIENT, FIRST),
			&format!(
				"{WORK_HEX} {TOPIC} {VALUE} {SHARE} 01 {TEXTS} {HASH_1} {WEIGHT_HEX} \
				 0a000000 00000000 0a000000 00 {DEPOSIT}"
			),
		);
		let response = Responses::<Test>::get((AGENT, CLIENT, FIRST)).expect("it is stored");
		assert_golden(response, RESPONSE);
		assert!(RESPONSE.contains(HASH_2));
	});
}

#[test]
fn largest_feedback_and_response_should_fit_their_bounds() {
	build_and_execute(|| {
		let longest = MAX_URI as usize;
		let mut uri = b"x:".to_vec();
		uri.resize(longest, b'y');
		let texts = Rating { endpoint: vec![0; longest], uri: uri.clone(), ..rating() };
		give_feedback(CLIENT, texts);
		assert_ok!(Reputation::respond(signed(OWNER), AGENT, CLIENT, FIRST, uri, hash(2)));

		let entry = entry(CLIENT, FIRST);
		assert_eq!(entry.encoded_size(), FeedbackEntryOf::<Test>::max_encoded_len());
		let response = Responses::<Test>::get((AGENT, CLIENT, FIRST)).expect("it is stored");
		assert_eq!(response.encoded_size(), Response::<Test>::max_encoded_len());
	});
}

#[test]
fn questions_should_keep_their_encoding() {
	let filter = FeedbackFilter {
		author: Some(CLIENT),
		tag: Some(ACCURACY),
		about: Some(TRANSLATION),
		include_revoked: true,
	};
	assert_golden(filter, "01 0100000000000000 01 00000000 01 02000000 01");
	assert_golden(FeedbackFilter::<AccountId>::default(), "00 00 00 00");
	let cursor = FeedbackCursor { author: CLIENT, index: SECOND };
	assert_golden(cursor, "0100000000000000 0200000000000000");
}

#[test]
fn answers_should_keep_their_encoding() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(respond(OWNER, FIRST));

		let info = format!(
			"0100000000000000 0100000000000000 {WORK_HEX} {TOPIC} {VALUE} 01 {TEXTS} {HASH_1} \
			 {WEIGHT_HEX} 0a000000 00000000 0a000000 00 {DEPOSIT} 01 {RESPONSE}"
		);
		let page = Reputation::feedback(AGENT, FeedbackFilter::default(), None, 1);
		assert_golden(page, &format!("04 {info} 00"));
		let next = Some(FeedbackCursor { author: CLIENT, index: FIRST });
		let empty = FeedbackPage::<AccountId> { feedback: vec![], next };
		assert_golden(empty, "00 01 0100000000000000 0100000000000000");
		let clients = Reputation::clients(AGENT, None, 1);
		assert_golden(clients, "04 0100000000000000 00");
		// 80 in units of 10^-18.
		let eighty = "0000404f241839560400000000000000 12";
		assert_golden(
			Reputation::summary(AGENT, ACCURACY, None),
			&format!("0100000000000000 01 {eighty} {WEIGHT_HEX}"),
		);
	});
}

#[test]
fn score_should_keep_its_encoding() {
	let info = ScoreInfo {
		mean: Some(Perbill::from_percent(80)),
		lower_bound: Perbill::from_parts(258),
		evidence: WEIGHT,
		level: Level::Intermediate,
		components: vec![ComponentInfo {
			component: Component::Timeliness,
			mean: None,
			evidence: WEIGHT,
			weight: Perbill::from_parts(1),
		}],
		counters: Counters { completed: 1, released: RELEASED, ..Counters::default() },
		generation: Generation(3),
	};
	assert_golden(
		info,
		&format!(
			"01 {SHARE} 02010000 {WEIGHT_HEX} 01 04 02 00 {WEIGHT_HEX} 01000000 {} 03000000",
			counters()
		),
	);
}

//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::{mock::*, tree::Node, *};
use codec::{Decode, Encode, MaxEncodedLen};
use core::fmt::Debug;
use sp_core::bytes::to_hex;
use sp_runtime::Perbill;

#[track_caller]
fn assert_golden<V: Encode + Decode + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false), golden.replace(' ', ""));
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

/// 2,000 as 128 bits.
const BOND_HEX: &str = "d0070000000000000000000000000000";
/// 100 as 128 bits.
const STAKE_HEX: &str = "64000000000000000000000000000000";
/// 1,000 as 128 bits.
const WEIGHT_HEX: &str = "e8030000000000000000000000000000";

#[test]
fn numbers_should_keep_their_encoding() {
	assert_golden(Epoch(258), "0x0201000000000000");
	assert_golden(SlotIndex(258), "0x02010000");
	assert_golden(QueuePosition(258), "0x0201000000000000");
}

#[test]
fn slots_should_keep_their_encoding() {
	assert_golden(Slot::Taken(JUROR), "0x00 0100000000000000");
	assert_golden(Slot::<AccountId>::Vacant { next: None }, "0x01 00");
	assert_golden(Slot::<AccountId>::Vacant { next: Some(SlotIndex(3)) }, "0x01 01 03000000");
	assert_golden(
		SlotTable { used: 3, vacant: 1, next_vacant: Some(SlotIndex(2)) },
		"0x03000000 01000000 01 02000000",
	);
}

#[test]
fn nodes_should_keep_their_encoding() {
	let mut node = Node::default();
	node.0[1] = STAKE;
	node.0[15] = BOND;
	let zero = "00".repeat(16);
	let golden = format!("0x{zero} {STAKE_HEX} {} {BOND_HEX}", zero.repeat(13));
	assert_golden(node, &golden);
	assert_eq!(Node::max_encoded_len(), 256);
}

#[test]
fn queue_ends_should_keep_their_encoding() {
	assert_golden(
		QueueEnds { head: QueuePosition(1), tail: QueuePosition(2) },
		"0x0100000000000000 0200000000000000",
	);
}

#[test]
fn jurors_should_keep_their_encoding() {
	assert_golden(
		Leaving { amount: STAKE, behind: Some(QueuePosition(2)) },
		&format!("0x{STAKE_HEX} 01 0200000000000000"),
	);
	let largest = Juror {
		slot: SlotIndex(3),
		bond: BOND,
		locked: STAKE,
		leaving: Some(Leaving { amount: STAKE, behind: Some(QueuePosition(2)) }),
		weight: 1_000,
		change: Some(QueuePosition(4)),
	};
	let golden = format!(
		"0x03000000 {BOND_HEX} {STAKE_HEX} 01 {STAKE_HEX} 01 0200000000000000 {WEIGHT_HEX} 01 \
		 0400000000000000"
	);
	assert_golden(largest, &golden);
	assert_eq!(largest.encoded_size(), Juror::max_encoded_len());
	let zero = "00".repeat(16);
	assert_golden(Juror::new(SlotIndex(3)), &format!("0x03000000 {zero} {zero} 00 {zero} 00"));
}

#[test]
fn queued_items_should_keep_their_encoding() {
	assert_golden(
		Change { juror: JUROR, weight: 1_000, due: Epoch(13) },
		&format!("0x0100000000000000 {WEIGHT_HEX} 0d00000000000000"),
	);
	assert_golden(waiting(), &format!("0x{}", waiting_hex()));
}

/// A jury that waits.
fn waiting() -> JuryRequest {
	JuryRequest { case: CASE, round: FIRST, seats: 3, stake: STAKE, due: Epoch(13) }
}

fn waiting_hex() -> String {
	format!("0700000000000000 00 03000000 {STAKE_HEX} 0d00000000000000")
}

#[test]
fn what_clients_get_should_keep_its_encoding() {
	let next = NextWeight { weight: 1_000, due: Epoch(13) };
	let next_hex = format!("{WEIGHT_HEX} 0d00000000000000");
	assert_golden(next, &format!("0x{next_hex}"));
	assert_golden(
		JurorInfo {
			bond: BOND,
			locked: STAKE,
			leaving: STAKE,
			withdrawable: 0,
			weight: 1_000,
			next: Some(next),
			share: Perbill::from_percent(50),
		},
		&format!(
			"0x{BOND_HEX} {STAKE_HEX} {STAKE_HEX} {} {WEIGHT_HEX} 01 {next_hex} 0065cd1d",
			"00".repeat(16)
		),
	);
	assert_golden(
		PoolInfo {
			jurors: 3,
			weight: BOND,
			min_bond: MIN_BOND,
			waiting: vec![waiting()],
			waiting_count: 1,
		},
		&format!("0x03000000 {BOND_HEX} {WEIGHT_HEX} 04 {} 0100000000000000", waiting_hex()),
	);
}

#[test]
fn randomness_should_be_asked_for_with_a_context_of_its_own() {
	assert_eq!(DRAW_CONTEXT, b"aitbc/jury");
	assert_eq!((DELAY, MAX_ATTEMPTS), (3, 8));
}

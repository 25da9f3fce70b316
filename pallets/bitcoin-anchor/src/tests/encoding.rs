//! Golden encodings of every type that is stored or travels. A change here is a change of the wire format and
//! needs a migration.

use crate::{mock::*, *};
use aitbc_bitcoin::{BlockHash, Commitment, InternalKey, OutPoint, Payload, Txid};
use codec::{Decode, Encode, MaxEncodedLen};
use core::fmt::Debug;
use sp_core::bytes::to_hex;

#[track_caller]
fn assert_golden<V: Encode + Decode + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false)[2..], golden.replace(' ', ""));
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

fn hex_of(byte: &str) -> String {
	byte.repeat(32)
}

fn payload() -> Payload {
	let (block_hash, audit_root) = ([0xb1; 32], [0xa1; 32]);
	Payload { network: NETWORK, set_id: 3, height: 20, block_hash, audit_root }
}

fn payload_hex() -> String {
	format!("03 03000000 14000000 {} {}", hex_of("b1"), hex_of("a1"))
}

fn inclusion() -> Inclusion {
	Inclusion {
		block: BlockHash([0xb2; 32]),
		txid: Txid([0xc1; 32]),
		commitment: Commitment::Taproot { internal_key: InternalKey([0xd1; 32]) },
		funded_by: OutPoint { txid: Txid([0xe1; 32]), index: 258 }.into(),
	}
}

fn inclusion_hex() -> String {
	let [block, txid, key, funding] = ["b2", "c1", "d1", "e1"].map(hex_of);
	format!("{block} {txid} 01 {key} {funding} 02010000")
}

#[test]
fn statuses_should_keep_their_encoding() {
	let inclusion_hex = inclusion_hex();
	assert_golden(Status::Due { since: 21 }, "00 15000000");
	assert_golden(Status::Included(inclusion()), &format!("01 {inclusion_hex}"));
	assert_golden(Status::Confirmed(inclusion()), &format!("02 {inclusion_hex}"));
	let last = Status::Final { inclusion: inclusion(), at: 99, is_paid: true };
	assert_golden(last, &format!("03 {inclusion_hex} 63000000 01"));
	assert_golden(Status::Covered { by: 40 }, "04 28000000");
	assert_golden(Status::Missed, "05");
	let open = Inclusion { commitment: Commitment::OpReturn, ..inclusion() };
	assert_eq!(open.encode().len(), 101);
}

#[test]
fn tasks_should_keep_their_encoding() {
	let due = Task { payload: payload(), status: Status::Missed };
	assert_golden(due, &format!("{} 05", payload_hex()));
	// As the README counts.
	assert_eq!(Task::max_encoded_len(), 212);
}

#[test]
fn preparations_should_keep_their_encoding() {
	let announced = Preparation::Announced { height: 20, set_id: 3 };
	assert_golden(announced, "00 14000000 0300000000000000");
	let ended = Preparation::Ended { height: 20, set_id: 3, audit_root: [0xa1; 32] };
	assert_golden(ended, &format!("01 14000000 0300000000000000 {}", hex_of("a1")));
	assert_eq!(Preparation::max_encoded_len(), 45);
}

#[test]
fn reasons_should_keep_their_encoding() {
	assert_golden(SkipReason::SetIdTooLarge { set_id: 1 << 32 }, "00 0000000001000000");
	assert_golden(SkipReason::TooManyOpen, "01");
}

#[test]
fn anchorers_should_keep_their_encoding() {
	assert_golden(PubkeyHash([0xf1; 20]), &"f1".repeat(20));
	assert_golden(KeySignature([0xf2; 65]), &"f2".repeat(65));
	let anchorer = Anchorer { account: ANCHORER, deposit: DEPOSIT };
	assert_golden(anchorer, "0100000000000000 f4010000000000000000000000000000");
	assert_eq!(Anchorer::<[u8; 32]>::max_encoded_len(), 48);
}

#[test]
fn what_clients_get_should_keep_its_encoding() {
	let task = Task { payload: payload(), status: Status::Due { since: 21 } };
	let info = TaskInfo { task, confirmations: Some(2), due_until: Some(91) };
	let info_hex = format!("{} 00 15000000 01 02000000 01 5b000000", payload_hex());
	assert_golden(info, &info_hex);
	let page = TaskPage { tasks: vec![info], next: Some(20) };
	assert_golden(page, &format!("04 {info_hex} 01 14000000"));
	let schedule = ScheduleInfo {
		network: Some(NETWORK),
		period: 20,
		next: 40,
		timeout: 70,
		confirmations: 3,
		final_confirmations: 8,
		latest_final: Some(20),
		reward: 1,
		deposit: 2,
		max_proof_bytes: 4_000,
	};
	let (reward, deposit) = (format!("01{}", "00".repeat(15)), format!("02{}", "00".repeat(15)));
	let golden = format!(
		"01 03 14000000 28000000 46000000 03000000 08000000 01 14000000 {reward} {deposit} a00f0000"
	);
	assert_golden(schedule, &golden);
}

#[test]
fn tag_should_stay_what_it_is() {
	assert_eq!(REGISTRATION_TAG, b"aitbc/anchorer/1");
}

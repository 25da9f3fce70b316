//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::{mock::*, *};
use codec::{Decode, Encode, MaxEncodedLen};
use core::fmt::Debug;
use frame_support::BoundedVec;
use sp_core::bytes::to_hex;
use sp_runtime::Perbill;

#[track_caller]
fn assert_golden<V: Encode + Decode + PartialEq + Debug>(value: V, golden: &str) {
	let bytes = value.encode();
	assert_eq!(to_hex(&bytes, false), golden.replace(' ', ""));
	assert_eq!(V::decode(&mut &bytes[..]), Ok(value));
}

const TERMS: &str = "7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e7e";
const EVIDENCE: &str = "edededededededededededededededededededededededededededededededed";
/// 1,001 as 128 bits.
const AMOUNT_HEX: &str = "e9030000000000000000000000000000";

#[test]
fn milestone_states_should_keep_their_encoding() {
	assert_golden(MilestoneState::Pending, "0x00");
	assert_golden(
		MilestoneState::Submitted { at: 258, evidence: evidence() },
		&format!("0x01 02010000 {EVIDENCE}"),
	);
	assert_golden(
		MilestoneState::Released { fee: 26, on_time: true },
		"0x03 1a000000000000000000000000000000 01",
	);
	assert_golden(MilestoneState::Refunded { missed: false }, "0x04 00");
}

#[test]
fn milestones_should_keep_their_encoding() {
	assert_golden(MilestoneIndex(258), "0x02010000");
	assert_golden(MilestoneTerms { amount: AMOUNT, due: DUE }, &format!("0x{AMOUNT_HEX} 32000000"));
	assert_golden(
		Milestone { amount: AMOUNT, due: DUE, state: MilestoneState::Refunded { missed: true } },
		&format!("0x{AMOUNT_HEX} 32000000 04 01"),
	);
}

fn contract(state: ContractState<Test>) -> Contract<Test> {
	Contract {
		client: CLIENT,
		provider: PROVIDER,
		terms: terms(),
		review_period: REVIEW,
		fee_rate: Perbill::from_parts(25_000_000),
		deposit: 197,
		state,
	}
}

/// A contract up to its state.
fn head() -> String {
	format!(
		"0x 0100000000000000 0200000000000000 {TERMS} 14000000 40787d01 \
		 c5000000000000000000000000000000"
	)
}

#[test]
fn contracts_should_keep_their_encoding() {
	let terms = MilestoneTerms { amount: AMOUNT, due: DUE };
	assert_golden(
		contract(ContractState::Open { milestones: BoundedVec::truncate_from(vec![terms]) }),
		&format!("{} 00 04 {AMOUNT_HEX} 32000000", head()),
	);
	let milestone = Milestone { amount: AMOUNT, due: DUE, state: MilestoneState::Pending };
	let milestones = BoundedVec::truncate_from(vec![milestone; 2]);
	assert_golden(
		contract(ContractState::Funded { since: 11, accepted: true, milestones }),
		&format!("{} 01 0b000000 01 08 {AMOUNT_HEX} 32000000 00 {AMOUNT_HEX} 32000000 00", head()),
	);
}

#[test]
fn contracts_should_fit_their_bound_when_every_milestone_is_submitted() {
	let state = MilestoneState::Submitted { at: START, evidence: evidence() };
	let milestones =
		BoundedVec::truncate_from(vec![Milestone { amount: AMOUNT, due: DUE, state }; 10]);
	let largest = contract(ContractState::Funded { since: START, accepted: true, milestones });
	assert_eq!(largest.encoded_size(), Contract::<Test>::max_encoded_len());
}

#[test]
fn claims_should_keep_their_encoding() {
	assert_golden(ClaimKind::Payment, "0x00");
	assert_golden(ClaimKind::Refund, "0x01");
	assert_golden(ClaimKind::Deposit, "0x02");
	assert_golden(
		Claim { payer: CLIENT, payee: PROVIDER, amount: AMOUNT },
		&format!("0x0100000000000000 0200000000000000 {AMOUNT_HEX}"),
	);
}

#[test]
fn causes_should_keep_their_encoding() {
	assert_golden(ReleaseCause::Approval, "0x00");
	assert_golden(ReleaseCause::Silence, "0x01");
	assert_golden(RefundCause::Withdrawal, "0x00");
	assert_golden(RefundCause::MissedDue, "0x01");
}

#[test]
fn answers_should_keep_their_encoding() {
	let info = ContractInfo {
		contract: FIRST,
		client: CLIENT,
		provider: PROVIDER,
		terms: terms(),
		review_period: REVIEW,
		fee_rate: Perbill::from_parts(25_000_000),
		deposit: 197,
		funded_since: Some(11),
		accepted: true,
		milestones: vec![],
	};
	let golden = head().replace("0x ", "0000000000000000");
	assert_golden(info.clone(), &format!("0x{golden} 010b000000 01 00"));
	assert_golden(
		ContractPage { contracts: vec![info], next: Some(FIRST) },
		&format!("0x04 {golden} 010b000000 01 00 010000000000000000"),
	);
}

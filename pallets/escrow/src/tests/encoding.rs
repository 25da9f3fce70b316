//! Golden encodings of every type that is stored or travels. A change here is a change of the wire
//! format and needs a migration.

use crate::{mock::*, *};
use aitbc_core::{AgentId, Approvers, Bonds, CaseId, JobId, StreamTerms};
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
const CLIENT_HEX: &str = "0101010101010101010101010101010101010101010101010101010101010101";
const PROVIDER_HEX: &str = "0202020202020202020202020202020202020202020202020202020202020202";
const APPROVER_HEX: &str = "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b";
/// The public key of Alice, who signs vouchers.
const SIGNER_HEX: &str = "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d";
/// 1,001 as 128 bits.
const AMOUNT_HEX: &str = "e9030000000000000000000000000000";
/// [`BONDS`]: 300 and 401 as 128 bits.
const BONDS_HEX: &str = "2c010000000000000000000000000000 91010000000000000000000000000000";

/// A small number as 128 bits.
fn wide(number: u8) -> String {
	format!("{number:02x}{}", "0".repeat(30))
}

/// A case that waits for its ruling.
fn dispute() -> Dispute {
	Dispute { case: CaseId(3), since: 258 }
}

/// The same.
const DISPUTE_HEX: &str = "0300000000000000 02010000";

#[test]
fn milestone_states_should_keep_their_encoding() {
	let offer = Some(SplitOffer { by: Party::Client, provider_share: 9 });
	assert_golden(MilestoneState::PENDING, "0x00 00");
	assert_golden(MilestoneState::Pending { offer }, &format!("0x00 01 00 {}", wide(9)));
	assert_golden(
		MilestoneState::Submitted {
			at: 258,
			evidence: evidence(),
			approvals: Approvals(5),
			offer: None,
		},
		&format!("0x01 02010000 {EVIDENCE} 05000000 00"),
	);
	assert_golden(
		MilestoneState::Disputed { at: 7, evidence: evidence(), dispute: dispute() },
		&format!("0x02 07000000 {EVIDENCE} {DISPUTE_HEX}"),
	);
	assert_golden(
		MilestoneState::Released { fee: 26, on_time: true },
		&format!("0x03 {} 01", wide(26)),
	);
	assert_golden(MilestoneState::Refunded { missed: false }, "0x04 00");
	assert_golden(
		MilestoneState::Ruled { released: 40, fee: 1 },
		&format!("0x05 {} {}", wide(40), wide(1)),
	);
	assert_golden(
		MilestoneState::Split { released: 40, fee: 1, on_time: false },
		&format!("0x06 {} {} 00", wide(40), wide(1)),
	);
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

/// A stream that is under way.
fn running_stream() -> Stream {
	Stream {
		rate: RATE,
		until: DUE,
		held: 40,
		paid: 50,
		fee: 2,
		settled_at: Some(11),
		dispute: None,
	}
}

/// The same, up to its dispute.
fn stream_hex() -> String {
	format!("{} 32000000 {} {} {} 01 0b000000", wide(100), wide(40), wide(50), wide(2))
}

/// A meter that is under way.
fn running_meter() -> Meter<AccountId> {
	Meter { terms: meter_terms(), billed: 30, sequence: 4, fee: 8, phase: MeterPhase::Running }
}

/// The same, up to its phase.
fn meter_hex() -> String {
	format!(
		"{} c800000000000000 32000000 {SIGNER_HEX} 1e00000000000000 0400000000000000 {}",
		wide(10),
		wide(8)
	)
}

#[test]
fn streams_should_keep_their_encoding() {
	assert_golden(running_stream(), &format!("0x{} 00", stream_hex()));
	assert_golden(
		Stream { dispute: Some(dispute()), ..running_stream() },
		&format!("0x{} 01 {DISPUTE_HEX}", stream_hex()),
	);
}

#[test]
fn meters_should_keep_their_encoding() {
	assert_golden(running_meter(), &format!("0x{} 00", meter_hex()));
	assert_golden(
		Meter { phase: MeterPhase::Stopping { since: 258 }, ..running_meter() },
		&format!("0x{} 01 02010000", meter_hex()),
	);
	assert_golden(
		Meter { phase: MeterPhase::Disputed(dispute()), ..running_meter() },
		&format!("0x{} 02 {DISPUTE_HEX}", meter_hex()),
	);
}

/// A contract of a job, with approvers and bonds, in this state.
fn contract(state: ContractState<Test>) -> Contract<Test> {
	let accounts = BoundedVec::truncate_from(vec![APPROVERS[0].clone()]);
	Contract {
		client: CLIENT,
		provider: PROVIDER,
		agent: Some(AgentId(258)),
		job: Some(JobId(7)),
		terms: terms(),
		review_period: REVIEW,
		approvers: Some(ApproverSet { accounts, threshold: 1 }),
		bonds: BONDS,
		fee_rate: Perbill::from_parts(25_000_000),
		deposit: 197,
		state,
	}
}

/// A contract up to its state.
fn head() -> String {
	format!(
		"0x {CLIENT_HEX} {PROVIDER_HEX} 01 0201000000000000 01 0700000000000000 {TERMS} 14000000 \
		 01 04 {APPROVER_HEX} 01000000 {BONDS_HEX} 40787d01 {}",
		wide(197)
	)
}

#[test]
fn open_contracts_should_keep_their_encoding() {
	let open = |accepted, payment| contract(ContractState::Open { accepted, payment });
	let milestones = BoundedVec::truncate_from(vec![MilestoneTerms { amount: AMOUNT, due: DUE }]);
	assert_golden(
		open(false, Payment::Milestones(milestones)),
		&format!("{} 00 00 00 04 {AMOUNT_HEX} 32000000", head()),
	);
	let terms = StreamTerms { rate: RATE, amount: AMOUNT, until: DUE };
	assert_golden(
		open(true, Payment::Stream(terms)),
		&format!("{} 00 01 01 {} {AMOUNT_HEX} 32000000", head(), wide(100)),
	);
	assert_golden(
		open(true, Payment::Metered(meter_terms())),
		&format!("{} 00 01 02 {} c800000000000000 32000000 {SIGNER_HEX}", head(), wide(10)),
	);
}

#[test]
fn funded_contracts_should_keep_their_encoding() {
	let funded = |commitment, progress| {
		let bonds = Bonds { client: 1, provider: 2 };
		contract(ContractState::Funded(Funded { since: 11, commitment, bonds, progress }))
	};
	let bonds = format!("{} {}", wide(1), wide(2));
	let milestone = Milestone { amount: AMOUNT, due: DUE, state: MilestoneState::PENDING };
	let milestones = BoundedVec::truncate_from(vec![milestone; 2]);
	let milestone = format!("{AMOUNT_HEX} 32000000 00 00");
	assert_golden(
		funded(Commitment::None, Progress::Milestones(milestones)),
		&format!("{} 01 0b000000 00 {bonds} 00 08 {milestone} {milestone}", head()),
	);
	assert_golden(
		funded(Commitment::Accepted, Progress::Stream(running_stream())),
		&format!("{} 01 0b000000 01 {bonds} 01 {} 00", head(), stream_hex()),
	);
	assert_golden(
		funded(Commitment::Started { at: 12 }, Progress::Metered(running_meter())),
		&format!("{} 01 0b000000 02 0c000000 {bonds} 02 {} 00", head(), meter_hex()),
	);
}

#[test]
fn contracts_should_fit_their_bound_when_every_milestone_is_submitted() {
	let offer = Some(SplitOffer { by: Party::Client, provider_share: 9 });
	let approvals = Approvals::default();
	let state = MilestoneState::Submitted { at: START, evidence: evidence(), approvals, offer };
	let milestones =
		BoundedVec::truncate_from(vec![Milestone { amount: AMOUNT, due: DUE, state }; 10]);
	let largest = Contract {
		approvers: Some(ApproverSet {
			accounts: BoundedVec::truncate_from(vec![CLIENT; 8]),
			threshold: 1,
		}),
		..contract(ContractState::Funded(Funded {
			since: START,
			commitment: Commitment::Started { at: START },
			bonds: BONDS,
			progress: Progress::Milestones(milestones),
		}))
	};
	assert_eq!(largest.encoded_size(), Contract::<Test>::max_encoded_len());
}

#[test]
fn business_should_keep_its_encoding() {
	assert_golden(OpenBusiness { contracts: 258, since: 7 }, "0x02010000 07000000");
}

#[test]
fn claims_should_keep_their_encoding() {
	let kinds = [
		ClaimKind::Payment,
		ClaimKind::Refund,
		ClaimKind::Deposit,
		ClaimKind::ProviderBond,
		ClaimKind::ClientBond,
		ClaimKind::Penalty,
		ClaimKind::Compensation,
	];
	for (index, kind) in kinds.into_iter().enumerate() {
		assert_golden(kind, &format!("0x{index:02x}"));
	}
	assert_golden(
		Claim { payer: CLIENT, payee: PROVIDER, amount: AMOUNT },
		&format!("0x{CLIENT_HEX} {PROVIDER_HEX} {AMOUNT_HEX}"),
	);
}

#[test]
fn causes_should_keep_their_encoding() {
	assert_golden(ReleaseCause::Approval, "0x00");
	assert_golden(ReleaseCause::Silence, "0x01");
	assert_golden(ReleaseCause::Approvers, "0x02");
	assert_golden(RefundCause::Withdrawal, "0x00");
	assert_golden(RefundCause::MissedDue, "0x01");
	assert_golden(RefundCause::Termination, "0x02");
}

/// A contract, as clients see it, that pays so.
fn info(payment: PaymentInfo<AccountId>) -> ContractInfo<AccountId> {
	ContractInfo {
		contract: FIRST,
		job: Some(JobId(7)),
		client: CLIENT,
		provider: PROVIDER,
		agent: Some(AgentId(258)),
		terms: terms(),
		review_period: REVIEW,
		approvers: Some(Approvers { accounts: vec![APPROVERS[0].clone()], threshold: 1 }),
		bonds: BONDS,
		bonds_held: Bonds { client: 1, provider: 2 },
		fee_rate: Perbill::from_parts(25_000_000),
		deposit: 197,
		funded_since: Some(11),
		accepted: true,
		started: Some(12),
		payment,
	}
}

/// The same, up to its payment.
fn info_hex() -> String {
	format!(
		"0000000000000000 01 0700000000000000 {CLIENT_HEX} {PROVIDER_HEX} 01 0201000000000000 \
		 {TERMS} 14000000 01 04 {APPROVER_HEX} 01000000 {BONDS_HEX} {} {} 40787d01 {} 01 0b000000 01 01 0c000000",
		wide(1),
		wide(2),
		wide(197)
	)
}

#[test]
fn answers_should_keep_their_encoding() {
	let milestones = info(PaymentInfo::Milestones(vec![]));
	assert_golden(milestones.clone(), &format!("0x{} 00 00", info_hex()));
	assert_golden(
		ContractPage { contracts: vec![milestones], next: Some(FIRST) },
		&format!("0x04 {} 00 00 01 0000000000000000", info_hex()),
	);
	let stream = StreamInfo {
		rate: RATE,
		until: DUE,
		held: 40,
		earned: 30,
		paid: 50,
		fee: 2,
		settled_at: Some(11),
		runs_out_at: Some(12),
		paused_since: None,
		dispute: None,
	};
	assert_golden(
		info(PaymentInfo::Stream(stream)),
		&format!(
			"0x{} 01 {} 32000000 {} {} {} {} 01 0b000000 01 0c000000 00 00",
			info_hex(),
			wide(100),
			wide(40),
			wide(30),
			wide(50),
			wide(2)
		),
	);
	let meter = MeterInfo {
		terms: meter_terms(),
		held: 40,
		billed: 30,
		paid: 50,
		fee: 2,
		sequence: 4,
		phase: MeterPhase::Running,
		vouchers_until: Some(70),
	};
	assert_golden(
		info(PaymentInfo::Metered(meter)),
		&format!(
			"0x{} 02 {} c800000000000000 32000000 {SIGNER_HEX} {} 1e00000000000000 {} {} \
			 0400000000000000 00 01 46000000",
			info_hex(),
			wide(10),
			wide(40),
			wide(50),
			wide(2)
		),
	);
}

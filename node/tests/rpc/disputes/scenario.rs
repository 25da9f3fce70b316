//! A chain on which every method about disputes and jurors has something to tell.
//!
//! Bob and Dave become jurors. Charlie has Eve work under two contracts, and they fall out:
//!
//! | case | contract | what becomes of it |
//! |---|---|---|
//! | 0 | 10, of which Eve submitted the only milestone | Charlie opened it, and a jury is to be drawn |
//! | 1 | 11, a stream | Charlie opened it; it is too small for a court, and they may still settle |
//! | 2 | 12, a stream | they settled, and the case is gone; the audit log knows of it |
//!
//! For the first case governance shortens the time to settle, so that nobody has to wait for its end.

use crate::{
	agents::scenario::{heartbeat, CHECKER, RENDERER},
	harness::{wait_until, Node},
	transactions::{send, send_together},
};
use aitbc_core::{
	money::AIT, Agreement, Balance, BlockNumber, Bonds, CaseId, ContractId, DocumentHash,
	EvidenceHash, Hash, MilestoneIndex, MilestoneTerms, PaymentTerms, StreamTerms, Tenths,
	TermsHash,
};
use aitbc_runtime::{
	configs::parameters::{
		dynamic_params::disputes::{Parameters, SettlementPeriod},
		Period, RuntimeParameters,
	},
	AccountId, RuntimeCall,
};
use pallet_disputes::types::EvidenceKind;
use serde_json::json;
use sp_keyring::Sr25519Keyring::{Alice, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::Perbill;

/// The contracts.
const SUBMITTED: ContractId = ContractId(10);
const STREAM: ContractId = ContractId(11);
const SETTLED_STREAM: ContractId = ContractId(12);

/// What they pay.
const PRICE: Balance = 400 * AIT;
const SMALL: Balance = 20 * AIT;

/// The cases.
const IN_COURT: CaseId = CaseId(0);
const SETTLING: CaseId = CaseId(1);
const SETTLED: CaseId = CaseId(2);

/// How long the parties of the first case may settle, in active blocks: long enough for the other one
/// to defend itself on a loaded machine.
const SHORT: BlockNumber = 6;

/// An active block that is far enough for all dues, and near enough to be allowed.
const DUE: BlockNumber = 500;

/// The only milestone.
const FIRST: MilestoneIndex = MilestoneIndex(0);

/// Plays it.
pub fn play(node: &Node) {
	begin(node);
	let evidence = EvidenceHash(Hash::repeat_byte(0xe1));
	let submit = pallet_escrow::Call::submit { contract: SUBMITTED, milestone: FIRST, evidence };
	send(node, Eve, vec![submit.into(), pallet_escrow::Call::start { contract: STREAM }.into()]);
	send(node, Charlie, vec![dispute(SUBMITTED, Some(FIRST))]);
	argue(node);
	send(node, Charlie, vec![dispute(STREAM, None)]);
	let client_share = Perbill::from_percent(25);
	let offer = pallet_disputes::Call::offer { case: SETTLING, client_share };
	send(node, Eve, vec![offer.into()]);
	settle(node);
	enter_court(node);
}

/// Eve and Charlie fall out about a third contract, and agree.
fn settle(node: &Node) {
	let stream = PaymentTerms::Stream(StreamTerms { rate: AIT / 10, amount: SMALL, until: DUE });
	let fund = pallet_escrow::Call::fund { contract: SETTLED_STREAM, expected: SMALL };
	send(node, Charlie, vec![open(stream), fund.into()]);
	send(node, Eve, vec![pallet_escrow::Call::start { contract: SETTLED_STREAM }.into()]);
	send(node, Charlie, vec![dispute(SETTLED_STREAM, None)]);
	let client_share = Perbill::from_percent(50);
	let offer = pallet_disputes::Call::offer { case: SETTLED, client_share };
	send(node, Eve, vec![offer.into()]);
	let accept = pallet_disputes::Call::accept { case: SETTLED, client_share };
	send(node, Charlie, vec![accept.into()]);
}

/// The parties agree on their contracts, and two others become jurors, of whom one takes some of its
/// bond out again.
fn begin(node: &Node) {
	let milestones = PaymentTerms::Milestones(vec![MilestoneTerms { amount: PRICE, due: DUE }]);
	let stream = PaymentTerms::Stream(StreamTerms { rate: AIT / 10, amount: SMALL, until: DUE });
	let client = vec![
		open(milestones),
		open(stream),
		pallet_escrow::Call::fund { contract: SUBMITTED, expected: PRICE }.into(),
		pallet_escrow::Call::fund { contract: STREAM, expected: SMALL }.into(),
	];
	let unbond = pallet_jurors::Call::unbond { amount: 1_000 * AIT };
	send_together(
		node,
		[
			(Alice, vec![settle_within(Some(Period::clamped(SHORT)))]),
			(Charlie, client),
			(Bob, vec![bond(5_000 * AIT), unbond.into()]),
			(Dave, vec![bond(2_000 * AIT)]),
		],
	);
}

/// Eve defends herself, and both sides show what they have.
fn argue(node: &Node) {
	let claim = Tenths::new(3).expect("it is no more than all");
	let defend = pallet_disputes::Call::defend { case: IN_COURT, claim };
	let eve = vec![
		defend.into(),
		show(EvidenceKind::Deliverable, "https://providers.example/model.safetensors", 1),
		show(EvidenceKind::Record, "https://providers.example/run.log", 2),
	];
	let charlie = vec![show(EvidenceKind::Statement, "https://clients.example/complaint.md", 3)];
	send_together(node, [(Eve, eve), (Charlie, charlie), (Alice, vec![settle_within(None)])]);
}

/// The time to settle ends, and the first case goes to court.
fn enter_court(node: &Node) {
	wait_until("the time to settle to end", || {
		let answer = node.get("disputes_case", json!([IN_COURT]));
		let from = answer["result"]["next"]["from"].as_u64();
		(answer["block"]["height"].as_u64() > from).then_some(())
	});
	let progress = pallet_disputes::Call::progress { case: IN_COURT }.into();
	let live = heartbeat(CHECKER);
	send_together(node, [(Dave, vec![progress, heartbeat(RENDERER)]), (Ferdie, vec![live])]);
}

fn open(payment: PaymentTerms<AccountId>) -> RuntimeCall {
	let agreement = Agreement {
		terms: TermsHash(Hash::repeat_byte(9)),
		payment,
		review_period: 20,
		approvers: None,
		bonds: Bonds::default(),
	};
	pallet_escrow::Call::open { provider: Eve.to_account_id(), agreement }.into()
}

fn dispute(contract: ContractId, milestone: Option<MilestoneIndex>) -> RuntimeCall {
	pallet_escrow::Call::dispute { contract, milestone, claim: Tenths::ALL }.into()
}

fn show(kind: EvidenceKind, uri: &str, number: u8) -> RuntimeCall {
	let hash = DocumentHash(Hash::repeat_byte(number));
	pallet_disputes::Call::submit_evidence { case: IN_COURT, kind, uri: uri.into(), hash }.into()
}

fn bond(amount: Balance) -> RuntimeCall {
	pallet_jurors::Call::bond { amount }.into()
}

/// Governance fixes how long parties may settle; `None` restores what it was.
fn settle_within(period: Option<Period>) -> RuntimeCall {
	let key_value =
		RuntimeParameters::Disputes(Parameters::SettlementPeriod(SettlementPeriod, period));
	let call: RuntimeCall = pallet_parameters::Call::set_parameter { key_value }.into();
	pallet_sudo::Call::sudo { call: Box::new(call) }.into()
}

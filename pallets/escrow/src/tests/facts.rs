//! Tests of what the chain itself can say about disputed work.

use crate::mock::*;
use aitbc_core::{
	AgentId, ContractId, EvidenceHash, Fact, JobId, Receipt, ReceiptV1, Subject, Unit,
	ValidationId, WorkHash,
};
use aitbc_traits::{CaseFacts, Escrow as Controller};
use codec::Encode;
use frame_support::{assert_ok, assert_storage_noop};
use sp_core::H256;

/// A change to a receipt.
type Change = fn(&mut ReceiptV1);

/// The receipt for the first milestone of `contract`.
fn receipt(contract: ContractId) -> ReceiptV1 {
	ReceiptV1 {
		genesis: System::block_hash(0),
		job: JOB,
		contract,
		milestone: Some(M0),
		provider: AgentId(1),
		wallet: PROVIDER,
		client: CLIENT,
		unit: Unit::Hour,
		units: 7,
		unit_price: 143,
		price: AMOUNT,
		result: WorkHash(H256::repeat_byte(1)),
		started: START,
		finished: START,
		attestations: Vec::new(),
	}
}

/// A contract of the job whose first milestone was submitted with `evidence` and is disputed.
fn disputed(evidence: impl FnOnce(ContractId) -> EvidenceHash) -> ContractId {
	let contract = Deal::of(2).engage();
	let evidence = evidence(contract);
	assert_ok!(<Escrow as Controller<_>>::submit(JOB, contract, M0, evidence));
	assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M0), CLAIM));
	contract
}

/// What the chain says about a milestone when it is shown `document`. Asking changes nothing.
fn fact(contract: ContractId, document: &[u8]) -> Option<Fact> {
	let subject = Subject::Milestone { contract, milestone: M0 };
	assert_storage_noop!(Escrow::fact(subject, document));
	Escrow::fact(subject, document)
}

/// What it says when the provider submitted, and somebody shows, the receipt with this change.
fn fact_of_receipt(change: Change) -> Option<Fact> {
	let mut shown = Vec::new();
	let contract = disputed(|contract| {
		let mut changed = receipt(contract);
		change(&mut changed);
		let receipt = Receipt::V1(changed);
		shown = receipt.encode();
		receipt.evidence()
	});
	fact(contract, &shown)
}

#[test]
fn fact_should_be_that_nothing_is_shown_when_the_evidence_is_zero() {
	build_and_execute(|| {
		let contract = disputed(|_| EvidenceHash::default());
		assert_eq!(fact(contract, &[]), Some(Fact::NothingShown));
	});
}

#[test]
fn fact_should_be_that_the_receipt_is_foreign_when_it_is_for_something_else() {
	let changes: [Change; 6] = [
		|receipt| receipt.genesis = H256::repeat_byte(9),
		|receipt| receipt.job = JobId(8),
		|receipt| receipt.contract = ContractId(99),
		|receipt| receipt.milestone = Some(M1),
		|receipt| receipt.wallet = STRANGER,
		|receipt| receipt.client = STRANGER,
	];
	for change in changes {
		build_and_execute(|| assert_eq!(fact_of_receipt(change), Some(Fact::ForeignReceipt)));
	}
}

#[test]
fn fact_should_be_none_when_the_receipt_is_in_order() {
	let changes: [Change; 4] = [
		|_| (),
		|receipt| receipt.price = 1,
		|receipt| receipt.price += 1,
		|receipt| (receipt.units, receipt.unit_price) = (1, 1),
	];
	for change in changes {
		build_and_execute(|| assert_eq!(fact_of_receipt(change), None));
	}
}

#[test]
fn fact_should_be_none_when_the_document_is_not_what_was_submitted() {
	build_and_execute(|| {
		let contract = disputed(|contract| Receipt::V1(receipt(contract)).evidence());
		let foreign = Receipt::V1(ReceiptV1 { client: STRANGER, ..receipt(contract) });
		for document in [Vec::new(), b"no receipt".to_vec(), foreign.encode()] {
			assert_eq!(fact(contract, &document), None);
		}
	});
}

#[test]
fn fact_should_be_none_when_the_contract_is_of_no_job() {
	build_and_execute(|| {
		let contract = Deal::of(2).fund();
		let foreign = Receipt::V1(ReceiptV1 { client: STRANGER, ..receipt(contract) });
		assert_ok!(Escrow::submit(signed(PROVIDER), contract, M0, foreign.evidence()));
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M0), CLAIM));
		assert_eq!(fact(contract, &foreign.encode()), None);
	});
}

#[test]
fn fact_should_be_none_when_nothing_is_disputed() {
	build_and_execute(|| {
		let open = Deal::default().open();
		let stream = Deal::stream().dispute();
		let undisputed = Deal::default().fund();
		assert_ok!(Escrow::submit(signed(PROVIDER), undisputed, M0, EvidenceHash::default()));
		for contract in [open, stream, undisputed, ContractId(99)] {
			assert_eq!(fact(contract, &[]), None);
			assert_eq!(Escrow::fact(Subject::Contract(contract), &[]), None);
			assert_eq!(Escrow::fact(Subject::Validation(ValidationId(0)), &[]), None);
		}
	});
}

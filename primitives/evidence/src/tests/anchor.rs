//! The anchor in Bitcoin.

use super::*;
use aitbc_bitcoin::{Commitment, CommitmentError, InclusionError, InternalKey, SetIdTooLarge};
use aitbc_core::Hash;
use sp_runtime::DigestItem;

/// The default bundle with another block, set or digest than its anchor is for.
fn with_block(header: Header) -> Bundle {
	let mut bundle = Plan::default().bundle();
	let justification = justify(1, &voters(1), &header, &[]);
	bundle.finality = Finality { headers: vec![header], justification };
	bundle
}

#[test]
fn anchor_should_state_what_bitcoin_has() {
	let taproot = Commitment::Taproot { internal_key: INTERNAL_KEY };
	for commitment in [Commitment::OpReturn, taproot] {
		let plan = Plan { commitment, ..Plan::default() };
		let bundle = plan.bundle();
		let anchor = bundle.verify(NOW).unwrap().anchor;
		assert_eq!(anchor.payload, plan.payload(&bundle.finality.headers[0]));
		assert_eq!((anchor.commitment, anchor.output), (commitment, 1));
		assert_eq!((anchor.block.height, anchor.confirmations), (22, 5));
		let header = bundle.bitcoin.headers[1];
		assert_eq!((anchor.block.hash, anchor.time), (header.hash(), header.time));
	}
}

#[test]
fn anchor_should_be_refused_when_its_height_has_no_header() {
	for height in [0, 20, 27, u32::MAX] {
		let error = refusal_after(|bundle| bundle.anchor.height = height);
		assert_eq!(error, VerifyError::NoBitcoinHeader { height });
	}
	let error = refusal_after(|bundle| bundle.bitcoin.headers.clear());
	assert_eq!(error, VerifyError::NoBitcoinHeader { height: 22 });
}

#[test]
fn anchor_should_be_refused_when_another_block_has_it() {
	for height in [21, 23, 26] {
		let error = refusal_after(|bundle| bundle.anchor.height = height);
		let VerifyError::Inclusion { height: found, .. } = error else { panic!("{error}") };
		assert_eq!(found, height);
	}
}

#[test]
fn anchor_should_be_refused_when_the_coinbase_proof_is_of_another_depth() {
	let error = refusal_after(|bundle| {
		bundle.anchor.inclusion.coinbase_path.pop();
	});
	let wrong = InclusionError::DepthsDiffer { depth: 3, coinbase_depth: 2 };
	assert_eq!(error, VerifyError::Inclusion { height: 22, error: wrong });
}

#[test]
fn anchor_should_be_refused_when_the_output_is_another() {
	let error = refusal_after(|bundle| bundle.anchor.output = 0);
	assert_eq!(error, VerifyError::WrongScript { output: 0 });
	for output in [2, u32::MAX] {
		let error = refusal_after(|bundle| bundle.anchor.output = output);
		assert_eq!(error, VerifyError::NoOutput { output, outputs: 2 });
	}
}

#[test]
fn anchor_should_be_refused_when_it_commits_in_another_way() {
	let error = refusal_after(|bundle| {
		bundle.anchor.commitment = Commitment::Taproot { internal_key: INTERNAL_KEY };
	});
	assert_eq!(error, VerifyError::WrongScript { output: 1 });
	let error = refusal_after(|bundle| {
		let internal_key = InternalKey([0xff; 32]);
		bundle.anchor.commitment = Commitment::Taproot { internal_key };
	});
	assert_eq!(error, VerifyError::Commitment(CommitmentError::InvalidInternalKey));
}

#[test]
fn anchor_should_be_refused_when_it_is_for_another_block() {
	let wrong = VerifyError::WrongScript { output: 1 };
	let mut other = chain(20, 0).remove(0);
	other.extrinsics_root = Hash::zero();
	assert_eq!(refusal(&with_block(other)), wrong);
	assert_eq!(refusal(&with_block(chain(21, 0).remove(0))), wrong);
}

#[test]
fn anchor_should_be_refused_when_it_is_for_another_set() {
	let mut bundle = Plan { trusted: Some(7), changes: 0, later: 0, ..Plan::default() }.bundle();
	bundle.start = Start::Trusted(set(6, 0));
	let target = bundle.finality.headers[0].clone();
	bundle.finality.justification = justify(6, &voters(0), &target, &[]);
	assert_eq!(refusal(&bundle), VerifyError::WrongScript { output: 1 });
}

#[test]
fn anchor_should_be_refused_when_the_set_has_no_room_in_a_payload() {
	let mut bundle = Plan { trusted: Some(7), changes: 0, later: 0, ..Plan::default() }.bundle();
	let id = 1 << 32;
	bundle.start = Start::Trusted(set(id, 0));
	let target = bundle.finality.headers[0].clone();
	bundle.finality.justification = justify(id, &voters(0), &target, &[]);
	assert_eq!(refusal(&bundle), VerifyError::Payload(SetIdTooLarge(id)));
}

/// The default bundle with a block whose digest has only these items, and with its own anchor.
fn with_digest(logs: Vec<DigestItem>) -> Bundle {
	let mut header = chain(20, 0).remove(0);
	header.digest.logs = logs;
	let mut bundle = with_block(header.clone());
	let plan = Plan { wanted: Wanted::Block, ..Plan::default() };
	if crate::digest::audit_log(&header).is_ok() {
		(bundle.bitcoin, bundle.anchor) = plan.anchor(&header);
	}
	bundle.claim = Claim::Block;
	bundle
}

#[test]
fn audit_root_should_be_zero_when_the_block_has_none() {
	let header = chain(20, 0).remove(0);
	let verdict = with_digest(vec![]).verify(NOW).unwrap();
	assert_eq!((verdict.block.audit_root, verdict.anchor.payload.audit_root), (None, [0; 32]));
	assert_ne!(verdict.block.block.hash, header.hash());
	let root = with_digest(header.digest.logs).verify(NOW).unwrap().anchor.payload.audit_root;
	assert_eq!(root, log().1.root);
}

#[test]
fn audit_root_should_be_refused_when_it_is_unclear() {
	let item = chain(20, 0)[0].digest.logs[1].clone();
	let number = 20;
	for (logs, error) in [
		(vec![item.clone(), item], DigestError::SeveralAuditLogs),
		(vec![DigestItem::Consensus(*b"AUDT", vec![1; 39])], DigestError::AuditLog),
		(vec![DigestItem::Consensus(*b"AUDT", vec![1; 41])], DigestError::AuditLog),
	] {
		assert_eq!(refusal(&with_digest(logs)), VerifyError::Digest { number, error });
	}
}

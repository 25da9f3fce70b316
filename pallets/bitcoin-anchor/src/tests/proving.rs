//! Tests of `prove`.

use crate::{
	mock::{Anchor, *},
	*,
};
use aitbc_bitcoin::{
	BlockHash, Commitment, InclusionProof, InternalKey, Network, Output, Payload, Transaction,
};
use frame_support::{assert_noop, assert_ok, dispatch::Pays};
use hex_literal::hex;
use sp_runtime::{DispatchError, DispatchErrorWithPostInfo};

/// The internal key of the first test vector of BIP 341.
const KEY: InternalKey =
	InternalKey(hex!("d6889cb081036e0faefa3a35157ad71086b123b2b144b649798b494c300a961d"));

/// Proves, expecting an error, whose fee is kept.
#[track_caller]
fn assert_refused(
	height: u32,
	(block, proof): (BlockHash, InclusionProof),
	commitment: Commitment,
	error: impl Into<DispatchError>,
) {
	let result = Anchor::prove(signed(STRANGER), height, block, Box::new(proof), commitment);
	let error = error.into();
	let expected = DispatchErrorWithPostInfo { post_info: Default::default(), error };
	assert_noop!(result, expected);
	assert_eq!(expected.post_info.pays_fee, Pays::Yes);
}

#[test]
fn prove_should_include_the_task_when_a_block_has_its_payload() {
	run(|| {
		let height = make_tasks(1);
		let transaction = anchor(1, &payload(height));
		let txid = transaction.txid();
		let (block, proof) = mine_anchor(transaction);
		System::reset_events();

		let info = prove(height, block, proof).unwrap();

		assert_eq!((info.pays_fee, info.actual_weight), (Pays::No, None));
		let funded_by = SpentOutput { txid: funding(1).txid(), index: 1 };
		let commitment = Commitment::OpReturn;
		let inclusion = Inclusion { block, txid, commitment, funded_by };
		assert_eq!(status(height), Status::Included(inclusion));
		assert_eq!(Open::<Test>::get().to_vec(), [height]);
		assert_eq!(events(), [Event::AnchorIncluded { height, inclusion, prover: STRANGER }]);
	});
}

#[test]
fn prove_should_include_the_task_when_a_taproot_output_commits_to_it() {
	run(|| {
		let height = make_tasks(1);
		let commitment = Commitment::Taproot { internal_key: KEY };
		let script = commitment.script(&payload(height)).unwrap();
		let (block, proof) = mine_anchor(spend(1, script));
		let proof = Box::new(proof);
		assert_ok!(Anchor::prove(signed(OTHER), height, block, proof, commitment));
		assert_eq!(
			status(height).inclusion().map(|inclusion| inclusion.commitment),
			Some(commitment)
		);
	});
}

#[test]
fn prove_should_include_the_task_when_the_coinbase_commits_to_it() {
	run(|| {
		let height = make_tasks(1);
		let script = Commitment::OpReturn.script(&payload(height)).unwrap();
		let mut first = coinbase(1);
		first.outputs.push(Output { script, ..first.outputs[0].clone() });
		let transactions = [first];
		let block = mine_block(&transactions);
		assert_ok!(prove(height, block, proof_of(&transactions, 0)));
		let funded_by = status(height).inclusion().unwrap().funded_by;
		assert_eq!(funded_by, aitbc_bitcoin::OutPoint::NULL.into());
	});
}

#[test]
fn prove_should_fail_when_there_is_no_such_task() {
	run(|| {
		let height = make_tasks(1);
		let mined = mine_anchor(anchor(1, &payload(height)));
		assert_refused(21, mined, Commitment::OpReturn, Error::<Test>::TaskNotFound);
	});
}

#[test]
fn prove_should_fail_when_the_task_is_not_due() {
	run(|| {
		let height = make_tasks(2);
		let open = Commitment::OpReturn;
		let older = mine_anchor(anchor(1, &payload(20)));
		let mined = mine_anchor(anchor(1, &payload(height)));
		assert_ok!(prove(height, mined.0, mined.1.clone()));
		assert_refused(height, mined.clone(), open, Error::<Test>::AlreadyIncluded);
		mine(CONFIRMED);
		next_block();
		assert!(matches!(status(height), Status::Confirmed(_)));
		assert_refused(height, mined.clone(), open, Error::<Test>::AlreadyIncluded);
		mine(FINAL);
		next_block();
		assert_refused(height, mined, open, Error::<Test>::AlreadyFinal);
		assert_refused(20, older, open, Error::<Test>::TaskCovered);
	});
}

#[test]
fn prove_should_fail_when_the_task_was_missed() {
	run(|| {
		let height = make_tasks(1);
		let mined = mine_anchor(anchor(1, &payload(height)));
		run_to(101);
		assert_eq!(status(height), Status::Missed);
		assert_refused(height, mined, Commitment::OpReturn, Error::<Test>::TaskMissed);
	});
}

#[test]
fn prove_should_fail_when_the_block_is_not_in_the_best_chain() {
	run(|| {
		let height = make_tasks(1);
		let (block, proof) = mine_anchor(anchor(1, &payload(height)));
		let unknown = (BlockHash([9; 32]), proof.clone());
		assert_refused(height, unknown, Commitment::OpReturn, NOT_IN_BEST_CHAIN);
		reorganize(1, 2);
		assert_refused(height, (block, proof), Commitment::OpReturn, NOT_IN_BEST_CHAIN);
	});
}

#[test]
fn prove_should_fail_when_the_block_has_no_such_transaction() {
	run(|| {
		let height = make_tasks(1);
		let (block, mut proof) = mine_anchor(spend(1, vec![0x51]));
		// Nobody mined it.
		proof.transaction = anchor(1, &payload(height)).to_bytes();
		assert_refused(height, (block, proof), Commitment::OpReturn, NOT_INCLUDED);
	});
}

#[test]
fn prove_should_fail_when_no_output_commits_to_anything() {
	run(|| {
		let height = make_tasks(1);
		let mined = mine_anchor(spend(1, vec![0x6a, 1, 2]));
		assert_refused(height, mined, Commitment::OpReturn, Error::<Test>::NotCommitted);
	});
}

#[test]
fn prove_should_fail_when_the_payload_is_pushed_in_another_way() {
	run(|| {
		let height = make_tasks(1);
		let bytes = payload(height).to_bytes();
		// OP_PUSHDATA2; and one byte too many.
		let pushed = [&[0x6a, 0x4d, 80, 0][..], &bytes].concat();
		let longer = [&[0x6a, 0x4c, 80][..], &bytes, &[0]].concat();
		for script in [pushed, longer] {
			let mined = mine_anchor(spend(1, script));
			assert_refused(height, mined, Commitment::OpReturn, Error::<Test>::NotCommitted);
		}
	});
}

#[test]
fn prove_should_fail_when_the_commitment_is_of_another_kind_or_key() {
	run(|| {
		let height = make_tasks(1);
		let taproot = Commitment::Taproot { internal_key: KEY };
		let open = mine_anchor(anchor(1, &payload(height)));
		assert_refused(height, open.clone(), taproot, Error::<Test>::NotCommitted);
		let hidden = mine_anchor(spend(1, taproot.script(&payload(height)).unwrap()));
		assert_refused(height, hidden, Commitment::OpReturn, Error::<Test>::NotCommitted);
		let none = Commitment::Taproot { internal_key: InternalKey([0xff; 32]) };
		assert_refused(height, open, none, Error::<Test>::InvalidInternalKey);
	});
}

#[test]
fn prove_should_fail_when_the_payload_is_another() {
	run(|| {
		let height = make_tasks(2);
		let own = payload(height);
		let foreign = Payload { network: Network::Mainnet, ..own };
		let forged = [
			Payload { block_hash: [1; 32], ..own },
			Payload { audit_root: [1; 32], ..own },
			Payload { set_id: 4, ..own },
		];
		let refuse = |other: &Payload, error: Error<Test>| {
			assert_refused(height, mine_anchor(anchor(1, other)), Commitment::OpReturn, error);
		};
		refuse(&foreign, Error::<Test>::ForeignNetwork);
		refuse(&payload(20), Error::<Test>::OtherHeight);
		for other in forged {
			refuse(&other, Error::<Test>::ForgedPayload);
		}
	});
}

#[test]
fn prove_should_include_the_task_when_another_payload_is_beside_its_own() {
	run(|| {
		let height = make_tasks(1);
		let mut transaction = anchor(1, &Payload { set_id: 4, ..payload(height) });
		let script = Commitment::OpReturn.script(&payload(height)).unwrap();
		transaction.outputs.push(Output { script, ..transaction.outputs[0].clone() });
		let (block, proof) = mine_anchor(transaction);
		assert_ok!(prove(height, block, proof));
	});
}

#[test]
fn prove_should_fail_when_the_proof_is_too_large() {
	run(|| {
		let height = make_tasks(1);
		let sized = |padding: usize| -> Transaction {
			let mut transaction = anchor(1, &payload(height));
			transaction.inputs[0].script_sig = vec![0; padding];
			transaction
		};
		let mined = |padding| mine_anchor(sized(padding));
		let least = Anchor::proof_bytes(&mined(300).1);
		let fits = 300 + (MAX_PROOF - least) as usize;
		assert_eq!(Anchor::proof_bytes(&mined(fits).1), MAX_PROOF);
		let error = Error::<Test>::ProofTooLarge;
		assert_refused(height, mined(fits + 1), Commitment::OpReturn, error);
		let (block, proof) = mined(fits);
		assert_ok!(prove(height, block, proof));
	});
}

#[test]
fn fee_should_return_again_when_the_task_is_proven_again() {
	run(|| {
		let height = make_tasks(1);
		include(height, 1);
		reorganize(1, 2);
		next_block();
		let (block, proof) = mine_anchor(anchor(2, &payload(height)));
		assert_eq!(prove(height, block, proof.clone()).unwrap().pays_fee, Pays::No);
		let error = Error::<Test>::AlreadyIncluded;
		assert_refused(height, (block, proof), Commitment::OpReturn, error);
	});
}

//! Tests of `integrity_test`, origins, weights and indices.

use crate::{
	mock::{Anchor, *},
	*,
};
use aitbc_bitcoin::{BlockHash, Commitment, Txid};
use codec::Encode;
use frame_support::{
	assert_noop,
	dispatch::GetDispatchInfo,
	traits::{GetCallIndex, GetCallName, Hooks},
	weights::Weight,
};
use sp_runtime::{traits::Dispatchable, BoundedVec, DispatchError};

#[test]
fn integrity_test_should_pass_when_the_config_is_sound() {
	new_test_ext().execute_with(Anchor::integrity_test);
}

#[test]
#[should_panic(expected = "what is final must be irreversible")]
fn integrity_test_should_fail_when_a_final_block_could_be_undone() {
	new_test_ext().execute_with(|| {
		Irreversible::set(&(FINAL + 1));
		Anchor::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a task must be confirmed before it is final")]
fn integrity_test_should_fail_when_it_takes_as_much_to_be_confirmed_as_to_be_final() {
	new_test_ext().execute_with(|| {
		Confirmations::set(&FINAL);
		Anchor::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a task must be confirmed before it is final")]
fn integrity_test_should_fail_when_nothing_is_needed_to_be_confirmed() {
	new_test_ext().execute_with(|| {
		Confirmations::set(&0);
		Anchor::integrity_test();
	});
}

#[test]
#[should_panic(expected = "nobody could prove in time")]
fn integrity_test_should_fail_when_there_is_no_time() {
	new_test_ext().execute_with(|| {
		Timeout::set(&0);
		Anchor::integrity_test();
	});
}

#[test]
#[should_panic(expected = "a deposit must be creditable")]
fn integrity_test_should_fail_when_the_deposit_is_below_the_existential_deposit() {
	new_test_ext().execute_with(|| {
		Deposit::set(&(ED - 1));
		Anchor::integrity_test();
	});
}

#[test]
#[should_panic(expected = "no task could be open")]
fn integrity_test_should_fail_when_no_task_may_be_open() {
	new_test_ext().execute_with(|| {
		MaxOpen::set(&0);
		Anchor::integrity_test();
	});
}

#[test]
#[should_panic(expected = "open tasks must be kept")]
fn integrity_test_should_fail_when_only_open_tasks_are_kept() {
	new_test_ext().execute_with(|| {
		MaxKept::set(&MAX_OPEN);
		Anchor::integrity_test();
	});
}

#[test]
#[should_panic(expected = "the hooks must leave three quarters of a block")]
fn integrity_test_should_fail_when_the_hooks_could_fill_a_block() {
	new_test_ext().execute_with(|| {
		MaxOpen::set(&1_000_000);
		MaxKept::set(&1_000_001);
		Anchor::integrity_test();
	});
}

#[test]
#[should_panic(expected = "the largest proof must fit into a block")]
fn integrity_test_should_fail_when_a_proof_could_fill_a_block() {
	new_test_ext().execute_with(|| {
		VerifyWeight::set(&(u64::MAX / 2));
		Anchor::integrity_test();
	});
}

/// Every call, in the order of its index.
fn calls() -> Vec<Call<Test>> {
	let proof = Box::new(proof_of(&[coinbase(0), spend(1, vec![0x51])], 1));
	let (block, commitment) = (BlockHash([1; 32]), Commitment::OpReturn);
	vec![
		Call::prove { height: 20, block, proof, commitment },
		Call::claim { height: 20, funding: BoundedVec::truncate_from(vec![1; 77]) },
		Call::register { key_hash: key_hash(1), signature: KeySignature([1; 65]) },
		Call::deregister { key_hash: key_hash(1) },
	]
}

#[test]
fn calls_should_fail_when_the_origin_is_wrong() {
	run(|| {
		for call in calls() {
			for origin in [RuntimeOrigin::root(), RuntimeOrigin::none()] {
				let call = RuntimeCall::from(call.clone());
				assert_noop!(
					call.dispatch(origin).map_err(|failure| failure.error),
					DispatchError::BadOrigin
				);
			}
		}
	});
}

#[test]
fn calls_should_keep_their_indices() {
	let names: Vec<_> = calls().iter().map(GetCallName::get_call_name).collect();
	assert_eq!(names, ["prove", "claim", "register", "deregister"]);
	let indices: Vec<_> = calls().iter().map(GetCallIndex::get_call_index).collect();
	assert_eq!(indices, [0, 1, 2, 3]);
}

#[test]
fn hold_reasons_and_errors_should_keep_their_indices() {
	assert_eq!(HoldReason::Deposit.encode(), [0]);
	let errors = [
		Error::TaskNotFound,
		Error::AlreadyIncluded,
		Error::AlreadyFinal,
		Error::TaskCovered,
		Error::TaskMissed,
		Error::ProofTooLarge,
		Error::InvalidInternalKey,
		Error::NotCommitted,
		Error::ForeignNetwork,
		Error::OtherHeight,
		Error::ForgedPayload,
		Error::AlreadyRegistered,
		Error::InvalidSignature,
		Error::AnchorerNotFound,
		Error::NotOwner,
		Error::PayeeNotCreditable,
		Error::NotFinal,
		Error::AlreadyPaid,
		Error::InvalidFunding,
		Error::WrongFunding,
		Error::<Test>::UnpayableScript,
	];
	for (index, error) in (0u8..).zip(errors) {
		assert_eq!(error.encode(), [index]);
	}
}

#[test]
fn events_should_keep_their_indices() {
	let (height, key_hash) = (20, key_hash(1));
	let block = BlockHash([1; 32]);
	let spent = SpentOutput { txid: Txid([2; 32]), index: 1 };
	let commitment = Commitment::OpReturn;
	let inclusion = Inclusion { block, txid: Txid([3; 32]), commitment, funded_by: spent };
	let payload = aitbc_bitcoin::Payload {
		network: NETWORK,
		set_id: 1,
		height,
		block_hash: [1; 32],
		audit_root: [2; 32],
	};
	let events: Vec<Event<Test>> = vec![
		Event::TaskMade { payload },
		Event::BlockSkipped { height, reason: SkipReason::TooManyOpen },
		Event::AnchorIncluded { height, inclusion, prover: STRANGER },
		Event::AnchorConfirmed { height },
		Event::AnchorUnconfirmed { height },
		Event::AnchorFinal { height, inclusion, record: None },
		Event::AnchorLost { height, block, since: 1 },
		Event::TaskCovered { height, by: 40 },
		Event::TaskMissed { height },
		Event::TaskForgotten { height },
		Event::RewardPaid { height, key_hash, anchorer: ANCHORER, amount: 1 },
		Event::AnchorerRegistered { anchorer: ANCHORER, key_hash, deposit: 1 },
		Event::AnchorerDeregistered { anchorer: ANCHORER, key_hash, deposit: 1 },
	];
	for (index, event) in (0u8..).zip(events) {
		assert_eq!(event.encode()[0], index);
	}
}

#[test]
fn calls_should_weigh_what_they_ask() {
	run(|| {
		type W = <Test as Config>::WeightInfo;
		let calls = calls();
		let Call::prove { proof, .. } = &calls[0] else { panic!("it is the first") };
		let bytes = proof.encoded_size() as u32;
		let verifying = Weight::from_parts(30_000 + u64::from(bytes), 0);
		let expected = [W::prove(bytes) + verifying, W::claim(77), W::register(), W::deregister()];
		let weights: Vec<_> =
			calls.iter().map(|call| call.get_dispatch_info().call_weight).collect();
		assert_eq!(weights, expected);
		// What is not looked at costs no more.
		let most = W::prove(MAX_PROOF) + Weight::from_parts(30_000 + u64::from(MAX_PROOF), 0);
		assert_eq!(Anchor::prove_weight(u32::MAX), most);
	});
}

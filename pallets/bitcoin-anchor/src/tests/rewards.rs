//! Tests of `claim`.

use crate::{
	mock::{Anchor, *},
	*,
};
use frame_support::{assert_noop, assert_ok, dispatch::Pays};
use sp_runtime::{BoundedVec, TokenError};

#[test]
fn claim_should_pay_the_anchorer_who_funded_the_anchor() {
	run(|| {
		register(1, ANCHORER);
		let height = make_tasks(1);
		let inclusion = finish(height, 1);
		let at = present();
		let (before, source) = (free(ANCHORER), free(TREASURY));
		System::reset_events();

		let info = claim(height, 1).unwrap();

		assert_eq!(info.pays_fee, Pays::No);
		assert_eq!(status(height), Status::Final { inclusion, at, is_paid: true });
		assert_eq!((free(ANCHORER), free(TREASURY)), (before + REWARD, source - REWARD));
		assert_eq!(held(ANCHORER), DEPOSIT);
		let (key_hash, anchorer, amount) = (key_hash(1), ANCHORER, REWARD);
		assert_eq!(events(), [Event::RewardPaid { height, key_hash, anchorer, amount }]);
	});
}

#[test]
fn claim_should_fail_when_the_reward_was_paid() {
	run(|| {
		register(1, ANCHORER);
		let height = make_tasks(1);
		finish(height, 1);
		assert_ok!(claim(height, 1));
		assert_noop!(claim(height, 1), Error::<Test>::AlreadyPaid);
	});
}

#[test]
fn claim_should_fail_when_the_task_is_not_final() {
	run(|| {
		register(1, ANCHORER);
		assert_noop!(claim(20, 1), Error::<Test>::TaskNotFound);
		make_tasks(1);
		assert_noop!(claim(20, 1), Error::<Test>::NotFinal);
		include(20, 1);
		assert_noop!(claim(20, 1), Error::<Test>::NotFinal);
		mine(FINAL - 2);
		next_block();
		assert!(matches!(status(20), Status::Confirmed(_)));
		assert_noop!(claim(20, 1), Error::<Test>::NotFinal);
	});
}

#[test]
fn claim_should_fail_when_the_funding_is_none() {
	run(|| {
		register(1, ANCHORER);
		register(2, OTHER);
		let height = make_tasks(1);
		finish(height, 1);
		let bytes = BoundedVec::truncate_from(vec![1; 70]);
		let call = Anchor::claim(signed(STRANGER), height, bytes);
		assert_noop!(call, Error::<Test>::InvalidFunding);
		// Somebody else's.
		assert_noop!(claim(height, 2), Error::<Test>::WrongFunding);
	});
}

#[test]
fn claim_should_fail_when_the_output_is_none() {
	run(|| {
		register(1, ANCHORER);
		let height = make_tasks(1);
		let mut transaction = anchor(1, &payload(height));
		// No valid transaction spends what is not there.
		transaction.inputs[0].previous.index = 2;
		let (block, proof) = mine_anchor(transaction);
		assert_ok!(prove(height, block, proof));
		mine(FINAL);
		next_block();
		assert_noop!(claim(height, 1), Error::<Test>::WrongFunding);
	});
}

#[test]
fn claim_should_fail_when_the_script_can_have_no_anchorer() {
	run(|| {
		register(1, ANCHORER);
		let height = make_tasks(1);
		let mut transaction = anchor(1, &payload(height));
		transaction.inputs[0].previous.index = 0;
		let (block, proof) = mine_anchor(transaction);
		assert_ok!(prove(height, block, proof));
		mine(FINAL);
		next_block();
		assert_noop!(claim(height, 1), Error::<Test>::UnpayableScript);
	});
}

#[test]
fn claim_should_fail_when_the_anchor_is_a_coinbase() {
	run(|| {
		register(1, ANCHORER);
		let height = make_tasks(1);
		let mut transaction = anchor(1, &payload(height));
		transaction.inputs[0].previous = aitbc_bitcoin::OutPoint::NULL;
		let block = mine_block(std::slice::from_ref(&transaction));
		assert_ok!(prove(height, block, proof_of(&[transaction], 0)));
		mine(FINAL);
		next_block();
		assert_noop!(claim(height, 1), Error::<Test>::WrongFunding);
	});
}

#[test]
fn claim_should_pay_later_when_the_script_is_registered_then() {
	run(|| {
		let height = make_tasks(1);
		finish(height, 1);
		assert_noop!(claim(height, 1), Error::<Test>::AnchorerNotFound);
		register(1, ANCHORER);
		assert_ok!(claim(height, 1));
	});
}

#[test]
fn claim_should_fail_when_the_task_is_forgotten() {
	run(|| {
		register(1, ANCHORER);
		finish(make_tasks(1), 1);
		run_to(201);
		assert_noop!(claim(20, 1), Error::<Test>::TaskNotFound);
	});
}

#[test]
fn claim_should_fail_and_pay_later_when_the_source_has_too_little() {
	run(|| {
		register(1, ANCHORER);
		let height = make_tasks(1);
		finish(height, 1);
		let rest = REWARD + ED - 1;
		assert_ok!(Balances::transfer_allow_death(signed(TREASURY), OTHER, WEALTH - rest));
		assert_noop!(claim(height, 1), TokenError::NotExpendable);
		assert_ok!(Balances::transfer_allow_death(signed(OTHER), TREASURY, 1));
		assert_ok!(claim(height, 1));
		assert_eq!(free(TREASURY), ED);
	});
}

#[test]
fn claim_should_fail_when_the_anchorer_cannot_take_the_reward() {
	run(|| {
		register(1, ANCHORER);
		let height = make_tasks(1);
		finish(height, 1);
		System::inc_providers(&ANCHORER);
		assert_ok!(Balances::transfer_all(signed(ANCHORER), OTHER, false));
		assert_eq!(free(ANCHORER), 0);
		Reward::set(&(ED - 1));
		assert_noop!(claim(height, 1), TokenError::BelowMinimum);
		Reward::set(&ED);
		assert_ok!(claim(height, 1));
	});
}

#[test]
fn claim_should_pay_nothing_when_there_is_no_reward() {
	run(|| {
		register(1, ANCHORER);
		let height = make_tasks(1);
		finish(height, 1);
		Reward::set(&0);
		let before = (free(ANCHORER), free(TREASURY));
		assert_ok!(claim(height, 1));
		assert_eq!((free(ANCHORER), free(TREASURY)), before);
		assert_noop!(claim(height, 1), Error::<Test>::AlreadyPaid);
	});
}

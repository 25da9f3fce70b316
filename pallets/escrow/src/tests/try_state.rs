//! Each invariant, broken once.

use crate::{mock::*, *};
use aitbc_core::ContractId;
use frame_support::{
	assert_ok,
	traits::{
		fungible::{MutateHold, UnbalancedHold},
		tokens::Precision,
	},
	BoundedVec,
};
use sp_runtime::DispatchError;

const OPEN: ContractId = ContractId(0);
const FUNDED: ContractId = ContractId(1);
const CLAIMED: ContractId = ContractId(2);

/// Sets up an open contract, a funded one and a claim of a closed one; lets `corrupt` break the
/// storage, and expects to hear `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		Deal::default().open();
		Deal::of(2).fund();
		Deal { provider: STRANGER, ..Deal::default() }.fund();
		drain(STRANGER);
		set_existential_deposit(AMOUNT);
		assert_ok!(Escrow::release(signed(CLIENT), CLAIMED, M0));
		assert!(Claims::<Test>::contains_key(CLAIMED, ClaimKind::Payment));
		assert_ok!(Escrow::do_try_state());

		corrupt();

		assert_eq!(Escrow::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

/// Changes a contract behind the pallet's back.
fn alter(contract: ContractId, change: impl FnOnce(&mut Contract<Test>)) {
	Contracts::<Test>::mutate(contract, |record| {
		change(record.as_mut().expect("the contract is in storage"))
	});
}

#[test]
fn try_state_should_notice_when_a_client_hired_itself() {
	assert_noticed("a client hired itself", || {
		alter(OPEN, |record| record.provider = record.client);
	});
}

#[test]
fn try_state_should_notice_when_a_contract_has_no_milestone() {
	assert_noticed("a contract has no milestone, or too many", || {
		alter(OPEN, |record| {
			record.state = ContractState::Open { milestones: BoundedVec::default() };
		});
	});
}

#[test]
fn try_state_should_notice_when_a_milestone_pays_nothing() {
	assert_noticed("a milestone pays nothing", || {
		alter(OPEN, |record| {
			let milestones =
				BoundedVec::truncate_from(vec![MilestoneTerms { amount: 0, due: DUE }]);
			record.state = ContractState::Open { milestones };
		});
	});
}

#[test]
fn try_state_should_notice_when_a_finished_contract_is_not_closed() {
	assert_noticed("a contract without outstanding milestones is not closed", || {
		alter(FUNDED, |record| {
			let state = MilestoneState::Refunded { missed: false };
			let milestones =
				BoundedVec::truncate_from(vec![Milestone { amount: AMOUNT, due: DUE, state }]);
			record.state = ContractState::Funded { since: START, accepted: false, milestones };
		});
	});
}

#[test]
fn try_state_should_notice_when_a_contract_has_a_future_id() {
	assert_noticed("a contract has a future id", || NextContractId::<Test>::put(FUNDED));
}

#[test]
fn try_state_should_notice_when_a_claim_has_a_future_id() {
	assert_noticed("a claim belongs to a future contract", || {
		NextContractId::<Test>::put(CLAIMED);
	});
}

#[test]
fn try_state_should_notice_when_the_index_lacks_a_contract() {
	for party in [CLIENT, PROVIDER] {
		assert_noticed("the index lacks a contract", || {
			ContractsByParty::<Test>::remove(party, OPEN);
		});
	}
}

#[test]
fn try_state_should_notice_when_the_index_names_a_closed_contract() {
	assert_noticed("the index names a closed contract", || {
		ContractsByParty::<Test>::insert(CLIENT, CLAIMED, ());
	});
}

#[test]
fn try_state_should_notice_when_the_index_names_a_stranger() {
	assert_noticed("the index names a stranger", || {
		ContractsByParty::<Test>::insert(STRANGER, OPEN, ());
	});
}

#[test]
fn try_state_should_notice_when_work_is_miscounted() {
	let complaint = "OpenWork differs from the number of funded contracts";
	assert_noticed(complaint, || OpenWork::<Test>::insert(PROVIDER, 2));
	assert_noticed(complaint, || OpenWork::<Test>::remove(PROVIDER));
	assert_noticed(complaint, || OpenWork::<Test>::insert(STRANGER, 0));
}

#[test]
fn try_state_should_notice_when_a_claim_is_empty() {
	assert_noticed("a claim is empty", || {
		Claims::<Test>::mutate(CLAIMED, ClaimKind::Payment, |claim| {
			claim.as_mut().expect("the claim is in storage").amount = 0;
		});
	});
}

#[test]
fn try_state_should_notice_when_a_claim_has_the_wrong_payee() {
	assert_noticed("a claim has the wrong payee", || {
		let claim = Claims::<Test>::take(CLAIMED, ClaimKind::Payment).expect("it is in storage");
		Claims::<Test>::insert(CLAIMED, ClaimKind::Refund, claim);
	});
}

#[test]
fn try_state_should_notice_when_escrow_is_not_held() {
	let complaint = "escrow held differs from what is owed";
	let reason = HoldReason::Escrow.into();
	assert_noticed(complaint, || {
		assert_ok!(Balances::release(&reason, &CLIENT, 1, Precision::Exact));
	});
	assert_noticed(complaint, || {
		assert_ok!(Balances::hold(&reason, &BANK, 1));
	});
	assert_noticed(complaint, || {
		Claims::<Test>::remove(CLAIMED, ClaimKind::Payment);
	});
}

#[test]
fn try_state_should_notice_when_a_deposit_is_not_held() {
	let complaint = "deposits held differ from those recorded";
	let reason = HoldReason::Deposit.into();
	assert_noticed(complaint, || {
		assert_ok!(Balances::decrease_balance_on_hold(&reason, &CLIENT, 1, Precision::Exact));
	});
	assert_noticed(complaint, || alter(OPEN, |record| record.deposit += 1));
}

//! Each invariant, broken once.

use crate::{mock::*, *};
use aitbc_core::{ContractId, MeterTerms, StreamTerms};
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
const STREAM: ContractId = ContractId(2);
const METER: ContractId = ContractId(3);
const CLAIMED: ContractId = ContractId(4);

/// Sets up an open contract, a funded one with approvers of which a milestone is submitted, a claim
/// of a closed one, a stream and a meter that have started, all with bonds; lets `corrupt` break the
/// storage, and expects to hear `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		Deal::default().open();
		Deal::of(2).approved_by(2).bonded().fund();
		assert_ok!(Escrow::submit(signed(PROVIDER), FUNDED, M0, evidence()));
		Deal::stream().bonded().start();
		Deal::metered().bonded().start();
		Deal::default().between(CLIENT, STRANGER).fund();
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

/// Changes what is funded of a contract behind the pallet's back.
fn alter_funded(contract: ContractId, change: impl FnOnce(&mut Funded<Test>)) {
	alter(contract, |record| match &mut record.state {
		ContractState::Funded(funded) => change(funded),
		ContractState::Open { .. } => panic!("the contract is funded"),
	});
}

/// Changes the first milestone of a funded contract behind the pallet's back.
fn alter_milestone(change: impl FnOnce(&mut Milestone)) {
	alter_funded(FUNDED, |funded| {
		let milestones = funded.milestones_mut().expect("it pays by milestones");
		change(&mut milestones[0]);
	});
}

/// Changes a stream behind the pallet's back.
fn alter_stream(change: impl FnOnce(&mut Stream)) {
	alter_funded(STREAM, |funded| change(funded.stream_mut().expect("it pays for time")));
}

/// Changes a meter behind the pallet's back.
fn alter_meter(change: impl FnOnce(&mut Meter<AccountId>)) {
	alter_funded(METER, |funded| change(funded.meter_mut().expect("it pays for units")));
}

/// An open contract that pays so.
fn offer(payment: Payment<Test>) -> ContractState<Test> {
	ContractState::Open { accepted: false, payment }
}

#[test]
fn try_state_should_notice_when_a_client_hired_itself() {
	assert_noticed("a client hired itself", || {
		alter(OPEN, |record| record.provider = record.client.clone());
	});
}

#[test]
fn try_state_should_notice_when_a_contract_has_no_milestone() {
	let complaint = "a contract has no milestone, or too many";
	assert_noticed(complaint, || {
		alter(OPEN, |record| record.state = offer(Payment::Milestones(BoundedVec::default())));
	});
	assert_noticed(complaint, || {
		alter_funded(FUNDED, |funded| {
			funded.progress = Progress::Milestones(BoundedVec::default());
		});
	});
}

#[test]
fn try_state_should_notice_when_a_milestone_pays_nothing() {
	assert_noticed("a milestone pays nothing", || {
		let milestones = BoundedVec::truncate_from(vec![MilestoneTerms { amount: 0, due: DUE }]);
		alter(OPEN, |record| record.state = offer(Payment::Milestones(milestones)));
	});
	assert_noticed("a milestone pays nothing", || alter_milestone(|one| one.amount = 0));
}

#[test]
fn try_state_should_notice_when_a_stream_or_a_meter_pays_nothing() {
	let complaint = "a stream or a meter pays nothing";
	let offers = [
		Payment::Stream(StreamTerms { rate: 0, ..stream_terms() }),
		Payment::Stream(StreamTerms { amount: 0, ..stream_terms() }),
		Payment::Metered(MeterTerms { unit_price: 0, ..meter_terms() }),
		Payment::Metered(MeterTerms { units: 0, ..meter_terms() }),
	];
	for payment in offers {
		assert_noticed(complaint, || alter(OPEN, |record| record.state = offer(payment)));
	}
	assert_noticed(complaint, || alter_stream(|stream| stream.rate = 0));
	assert_noticed(complaint, || alter_meter(|meter| meter.terms.unit_price = 0));
}

#[test]
fn try_state_should_notice_when_a_finished_contract_is_not_closed() {
	assert_noticed("a contract without outstanding milestones is not closed", || {
		alter_funded(FUNDED, |funded| {
			let state = MilestoneState::Refunded { missed: false };
			let milestone = Milestone { amount: AMOUNT, due: DUE, state };
			funded.progress = Progress::Milestones(BoundedVec::truncate_from(vec![milestone]));
		});
	});
	assert_noticed("a meter that billed all is not closed", || {
		alter_meter(|meter| meter.billed = UNITS);
	});
}

#[test]
fn try_state_should_notice_when_more_is_offered_than_a_milestone_pays() {
	assert_noticed("more is offered than a milestone pays", || {
		alter_milestone(|one| {
			let offer = one.state.offer_mut().expect("it is outstanding");
			*offer = Some(SplitOffer { by: Party::Client, provider_share: AMOUNT + 1 });
		});
	});
}

#[test]
fn try_state_should_notice_when_the_past_of_a_stream_or_a_meter_does_not_fit() {
	assert_noticed("a fee is more than was paid", || alter_stream(|stream| stream.fee = 1));
	assert_noticed("a fee is more than was paid", || alter_meter(|meter| meter.fee = 1));
	assert_noticed("a stream was paid beyond its end", || {
		alter_stream(|stream| stream.settled_at = Some(DUE + 1));
	});
}

#[test]
fn try_state_should_notice_when_the_provider_of_a_funded_contract_has_no_bond() {
	assert_noticed("a contract is funded whose provider has not put up its bond", || {
		alter_funded(FUNDED, |funded| funded.commitment = Commitment::None);
	});
}

#[test]
fn try_state_should_notice_when_a_jobs_contract_is_not_funded() {
	assert_noticed("a job's contract is not funded", || {
		alter(OPEN, |record| record.job = Some(JOB));
	});
}

#[test]
fn try_state_should_notice_when_more_is_at_risk_than_was_agreed_on() {
	let complaint = "more is at risk than was agreed on";
	assert_noticed(complaint, || alter_funded(FUNDED, |funded| funded.bonds.client += 1));
	assert_noticed(complaint, || alter_funded(FUNDED, |funded| funded.bonds.provider += 1));
}

#[test]
fn try_state_should_notice_when_work_went_on_without_a_start() {
	let complaint = "work went on without a start";
	for contract in [FUNDED, STREAM] {
		assert_noticed(complaint, || {
			alter_funded(contract, |funded| funded.commitment = Commitment::Accepted);
		});
	}
	assert_noticed(complaint, || alter_stream(|stream| stream.settled_at = None));
	assert_noticed(complaint, || {
		alter_meter(|meter| meter.billed = 1);
		alter_funded(METER, |funded| funded.commitment = Commitment::Accepted);
	});
}

#[test]
fn try_state_should_notice_when_a_contract_can_not_have_its_approvers() {
	let complaint = "a contract has approvers that it can't have";
	let set = |accounts: &[AccountId], threshold| ApproverSet {
		accounts: BoundedVec::truncate_from(accounts.to_vec()),
		threshold,
	};
	let [first, second, _] = APPROVERS;
	let sets = [
		set(&[first.clone(), first.clone()], 2),
		set(&[first.clone(), CLIENT], 2),
		set(&[first.clone(), PROVIDER], 2),
		set(&[first.clone(), second.clone()], 0),
		set(&[first, second], 3),
		set(&[], 1),
	];
	for approvers in sets {
		assert_noticed(complaint, || alter(FUNDED, |record| record.approvers = Some(approvers)));
	}
	for contract in [STREAM, METER] {
		assert_noticed(complaint, || {
			alter(contract, |record| record.approvers = Some(set(&APPROVERS, 1)));
		});
	}
}

/// Changes who approved the first milestone behind the pallet's back.
fn alter_approvals(bits: u32) {
	alter_milestone(|one| match &mut one.state {
		MilestoneState::Submitted { approvals, .. } => *approvals = Approvals(bits),
		_ => panic!("it is submitted"),
	});
}

#[test]
fn try_state_should_notice_when_somebody_approved_who_is_no_approver() {
	let complaint = "somebody approved who is no approver";
	assert_noticed(complaint, || alter_approvals(0b1000));
	assert_noticed(complaint, || {
		alter_approvals(1);
		alter(FUNDED, |record| record.approvers = None);
	});
}

#[test]
fn try_state_should_notice_when_a_milestone_is_not_released_that_enough_approved() {
	assert_noticed("a milestone is not released that enough approved", || alter_approvals(0b101));
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
	assert_noticed(complaint, || OpenWork::<Test>::insert(AGENT, 2));
	assert_noticed(complaint, || OpenWork::<Test>::remove(AGENT));
	assert_noticed(complaint, || OpenWork::<Test>::insert(OTHER_AGENT, 0));
	assert_noticed(complaint, || alter(FUNDED, |record| record.agent = None));
}

/// Changes what is open between [`CLIENT`] and [`PROVIDER`] behind the pallet's back.
fn alter_business(change: impl FnOnce(&mut OpenBusiness)) {
	Business::<Test>::mutate(PROVIDER, CLIENT, |open| {
		change(open.as_mut().expect("the two are in business"));
	});
}

#[test]
fn try_state_should_notice_when_business_is_miscounted() {
	let complaint = "Business differs from the number of contracts with consent";
	assert_noticed(complaint, || alter_business(|open| open.contracts += 1));
	assert_noticed(complaint, || Business::<Test>::remove(PROVIDER, CLIENT));
	assert_noticed(complaint, || {
		let open = OpenBusiness { contracts: 0, since: START };
		Business::<Test>::insert(STRANGER, CLIENT, open);
	});
	assert_noticed(complaint, || {
		alter_funded(METER, |funded| funded.commitment = Commitment::None);
		alter(METER, |record| record.bonds.provider = 0);
		alter_funded(METER, |funded| funded.bonds.provider = 0);
	});
}

#[test]
fn try_state_should_notice_when_business_began_after_its_first_contract() {
	assert_noticed("business began after its first contract", || {
		alter_business(|open| open.since = START + 1);
	});
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

#[test]
fn try_state_should_notice_when_a_bond_is_not_held() {
	let complaint = "bonds held differ from what is at risk";
	let reason = HoldReason::Bond.into();
	for party in [CLIENT, PROVIDER] {
		assert_noticed(complaint, || {
			assert_ok!(Balances::decrease_balance_on_hold(&reason, &party, 1, Precision::Exact));
		});
	}
	assert_noticed(complaint, || alter_funded(FUNDED, |funded| funded.bonds.client -= 1));
	assert_noticed(complaint, || {
		assert_ok!(Balances::hold(&reason, &BANK, 1));
	});
}

//! Tests of `approve`.

use crate::{mock::*, *};
use aitbc_core::{ClosedContract, ContractOutcome};
use frame_support::{assert_noop, assert_ok};

#[test]
fn approve_should_count_the_approver_when_others_are_needed() {
	build_and_execute(|| {
		let contract = Deal::of(2).approved_by(2).submit();
		let [_, approver, _] = APPROVERS;
		reset_events();

		assert_ok!(Escrow::approve(signed(approver.clone()), contract, M1));

		let MilestoneState::Submitted { approvals, .. } = milestone(contract, M1) else {
			panic!("it takes two");
		};
		assert_eq!(approvals, Approvals(0b10));
		assert_eq!(held(HoldReason::Escrow, CLIENT), 2 * AMOUNT);
		let approved = Event::MilestoneApproved { contract, milestone: M1, approver, approvals: 1 };
		assert_eq!(events(), [approved]);
	});
}

#[test]
fn approve_should_release_the_milestone_when_it_is_the_last_that_it_takes() {
	build_and_execute(|| {
		let contract = Deal::default().approved_by(2).submit();
		let [first, _, last] = APPROVERS;
		assert_ok!(Escrow::approve(signed(first), contract, M0));
		reset_events();

		assert_ok!(Escrow::approve(signed(last.clone()), contract, M0));

		let closed = ClosedContract {
			outcome: ContractOutcome::Completed,
			accepted: true,
			released: AMOUNT,
			fee: FEE,
			on_time: AMOUNT,
			..closed(contract)
		};
		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
		assert_eq!(free(CLIENT), WEALTH - AMOUNT);
		let approved =
			Event::MilestoneApproved { contract, milestone: M0, approver: last, approvals: 2 };
		let released = Event::MilestoneReleased {
			contract,
			milestone: M0,
			provider: PROVIDER,
			amount: AMOUNT,
			fee: FEE,
			cause: ReleaseCause::Approvers,
			on_time: true,
		};
		assert_eq!(events(), [approved, released, Event::ContractClosed { closed }]);
	});
}

#[test]
fn approve_should_leave_the_client_and_silence_their_say_when_approvers_wait() {
	build_and_execute(|| {
		let contract = Deal::of(2).approved_by(3).submit();
		assert_ok!(Escrow::approve(signed(APPROVERS[0].clone()), contract, M0));

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		set_now(START + REVIEW);
		assert_ok!(Escrow::settle(signed(STRANGER), contract, M1));

		assert_eq!(free(PROVIDER), WEALTH + 2 * (AMOUNT - FEE));
	});
}

#[test]
fn approve_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(
			Escrow::approve(signed(APPROVERS[0].clone()), FIRST, M0),
			Error::<Test>::ContractNotFound
		);
	});
}

#[test]
fn approve_should_fail_when_the_caller_is_no_approver() {
	build_and_execute(|| {
		let approved = Deal::default().approved_by(1).submit();
		let others = [Deal::default().submit(), Deal::stream().start(), Deal::metered().start()];
		for contract in others.into_iter().chain([approved]) {
			for caller in [CLIENT, PROVIDER, STRANGER] {
				assert_noop!(
					Escrow::approve(signed(caller), contract, M0),
					Error::<Test>::NotApprover
				);
			}
		}
	});
}

#[test]
fn approve_should_fail_when_the_approver_did_before() {
	build_and_execute(|| {
		let contract = Deal::default().approved_by(2).submit();
		let [approver, ..] = APPROVERS;
		assert_ok!(Escrow::approve(signed(approver.clone()), contract, M0));
		assert_noop!(
			Escrow::approve(signed(approver), contract, M0),
			Error::<Test>::AlreadyApproved
		);
	});
}

/// An approver whose approval would release.
fn approver() -> RuntimeOrigin {
	signed(APPROVERS[0].clone())
}

#[test]
fn approve_should_fail_when_the_contract_is_not_funded() {
	build_and_execute(|| {
		let contract = Deal::default().approved_by(1).open();
		assert_noop!(Escrow::approve(approver(), contract, M0), Error::<Test>::NotFunded);
	});
}

#[test]
fn approve_should_fail_when_nothing_was_submitted() {
	build_and_execute(|| {
		let contract = Deal::default().approved_by(1).fund();
		assert_noop!(Escrow::approve(approver(), contract, M0), Error::<Test>::NotSubmitted);
	});
}

#[test]
fn approve_should_fail_when_there_is_no_such_milestone() {
	build_and_execute(|| {
		let contract = Deal::default().approved_by(1).submit();
		assert_noop!(Escrow::approve(approver(), contract, M1), Error::<Test>::MilestoneNotFound);
	});
}

#[test]
fn approve_should_fail_when_the_milestone_is_concluded() {
	build_and_execute(|| {
		let contract = Deal::of(2).approved_by(1).submit();
		assert_ok!(Escrow::approve(approver(), contract, M0));
		assert_noop!(Escrow::approve(approver(), contract, M0), Error::<Test>::MilestoneConcluded);
	});
}

#[test]
fn approve_should_fail_when_the_milestone_is_under_dispute() {
	build_and_execute(|| {
		let contract = Deal::default().approved_by(1).dispute();
		assert_noop!(Escrow::approve(approver(), contract, M0), Error::<Test>::UnderDispute);
	});
}

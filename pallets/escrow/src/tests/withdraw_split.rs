//! Tests of `withdraw_split`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn withdraw_split_should_remove_the_offer_when_it_is_the_callers() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		assert_ok!(Escrow::offer_split(signed(PROVIDER), contract, M0, 400));
		reset_events();

		assert_ok!(Escrow::withdraw_split(signed(PROVIDER), contract, M0));

		assert_eq!(milestone(contract, M0).offer(), None);
		assert_eq!(events(), [Event::SplitWithdrawn { contract, milestone: M0 }]);
	});
}

#[test]
fn withdraw_split_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(
			Escrow::withdraw_split(signed(CLIENT), FIRST, M0),
			Error::<Test>::ContractNotFound
		);
	});
}

#[test]
fn withdraw_split_should_fail_when_the_caller_is_no_party() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert_ok!(Escrow::offer_split(signed(CLIENT), contract, M0, 400));
		assert_noop!(
			Escrow::withdraw_split(signed(STRANGER), contract, M0),
			Error::<Test>::NotParty
		);
	});
}

#[test]
fn withdraw_split_should_fail_when_there_is_no_offer_or_it_is_the_other_partys() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		let withdraw = || Escrow::withdraw_split(signed(CLIENT), contract, M0);
		assert_noop!(withdraw(), Error::<Test>::SplitNotFound);
		assert_ok!(Escrow::offer_split(signed(PROVIDER), contract, M0, 400));
		assert_noop!(withdraw(), Error::<Test>::SplitNotFound);
	});
}

#[test]
fn withdraw_split_should_fail_when_the_milestone_can_not_be_divided_any_more() {
	build_and_execute(|| {
		let contract = Deal::of(2).submit();
		let withdraw = |milestone| Escrow::withdraw_split(signed(CLIENT), contract, milestone);
		for milestone in [M0, M1] {
			assert_ok!(Escrow::offer_split(signed(CLIENT), contract, milestone, 400));
		}
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_noop!(withdraw(M0), Error::<Test>::MilestoneConcluded);
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M1), CLAIM));
		assert_noop!(withdraw(M1), Error::<Test>::UnderDispute);
		assert_noop!(withdraw(MilestoneIndex(2)), Error::<Test>::MilestoneNotFound);
	});
}

#[test]
fn withdraw_split_should_fail_when_the_contract_is_not_funded_or_has_no_milestones() {
	build_and_execute(|| {
		let withdraw = |contract| Escrow::withdraw_split(signed(CLIENT), contract, M0);
		let (open, stream) = (Deal::default().open(), Deal::stream().fund());
		assert_noop!(withdraw(open), Error::<Test>::NotFunded);
		assert_noop!(withdraw(stream), Error::<Test>::NotPaidByMilestones);
	});
}

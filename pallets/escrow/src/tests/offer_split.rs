//! Tests of `offer_split`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn offer_split_should_record_the_offer_when_the_milestone_is_outstanding() {
	for (caller, by) in [(CLIENT, Party::Client), (PROVIDER, Party::Provider)] {
		for deal in [Deal::fund as fn(&Deal) -> _, Deal::submit] {
			build_and_execute(|| {
				let contract = deal(&Deal::default());
				reset_events();

				assert_ok!(Escrow::offer_split(signed(caller.clone()), contract, M0, 400));

				let offer = SplitOffer { by, provider_share: 400 };
				assert_eq!(milestone(contract, M0).offer(), Some(offer));
				assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT);
				let offered =
					Event::SplitOffered { contract, milestone: M0, by, provider_share: 400 };
				assert_eq!(events(), [offered]);
			});
		}
	}
}

#[test]
fn offer_split_should_replace_the_offer_when_there_is_one() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		for (caller, by, share) in [
			(CLIENT, Party::Client, 0),
			(CLIENT, Party::Client, 100),
			(PROVIDER, Party::Provider, AMOUNT),
		] {
			assert_ok!(Escrow::offer_split(signed(caller), contract, M0, share));
			let offer = SplitOffer { by, provider_share: share };
			assert_eq!(milestone(contract, M0).offer(), Some(offer));
		}
	});
}

#[test]
fn offer_split_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(
			Escrow::offer_split(signed(CLIENT), FIRST, M0, 400),
			Error::<Test>::ContractNotFound
		);
	});
}

#[test]
fn offer_split_should_fail_when_the_caller_is_no_party() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert_noop!(
			Escrow::offer_split(signed(STRANGER), contract, M0, 400),
			Error::<Test>::NotParty
		);
	});
}

#[test]
fn offer_split_should_fail_when_the_share_is_more_than_the_amount() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert_noop!(
			Escrow::offer_split(signed(CLIENT), contract, M0, AMOUNT + 1),
			Error::<Test>::ShareTooLarge
		);
	});
}

#[test]
fn offer_split_should_fail_when_the_contract_is_not_funded() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		assert_noop!(
			Escrow::offer_split(signed(CLIENT), contract, M0, 400),
			Error::<Test>::NotFunded
		);
	});
}

#[test]
fn offer_split_should_fail_when_there_is_no_such_milestone() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert_noop!(
			Escrow::offer_split(signed(CLIENT), contract, M1, 400),
			Error::<Test>::MilestoneNotFound
		);
	});
}

#[test]
fn offer_split_should_fail_when_the_contract_does_not_pay_by_milestones() {
	build_and_execute(|| {
		for contract in [Deal::stream().fund(), Deal::metered().fund()] {
			assert_noop!(
				Escrow::offer_split(signed(CLIENT), contract, M0, 400),
				Error::<Test>::NotPaidByMilestones
			);
		}
	});
}

#[test]
fn offer_split_should_fail_when_the_milestone_is_concluded() {
	build_and_execute(|| {
		let contract = Deal::of(2).fund();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_noop!(
			Escrow::offer_split(signed(CLIENT), contract, M0, 400),
			Error::<Test>::MilestoneConcluded
		);
	});
}

#[test]
fn offer_split_should_fail_when_the_milestone_is_under_dispute() {
	build_and_execute(|| {
		let contract = Deal::default().dispute();
		assert_noop!(
			Escrow::offer_split(signed(CLIENT), contract, M0, 400),
			Error::<Test>::UnderDispute
		);
	});
}

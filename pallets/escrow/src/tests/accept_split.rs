//! Tests of `accept_split`.

use crate::{mock::*, *};
use aitbc_core::{Balance, ClosedContract, ContractId, ContractOutcome};
use frame_support::{assert_noop, assert_ok};

/// The client offers the provider this share of the first milestone.
fn offered(deal: &Deal, share: Balance) -> ContractId {
	let contract = deal.submit();
	assert_ok!(Escrow::offer_split(signed(CLIENT), contract, M0, share));
	reset_events();
	contract
}

#[test]
fn accept_split_should_divide_the_milestone_when_the_other_party_accepts() {
	build_and_execute(|| {
		let contract = offered(&Deal::of(2).bonded(), 401);

		assert_ok!(Escrow::accept_split(signed(PROVIDER), contract, M0, 401));

		// 2.5 % of 401 is 10.025, rounded up.
		let (released, fee, refunded, on_time) = (401, 11, 600, true);
		assert_eq!(milestone(contract, M0), MilestoneState::Split { released, fee, on_time });
		assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT);
		assert_eq!(held(HoldReason::Bond, PROVIDER), BONDS.provider);
		assert_eq!(free(PROVIDER), WEALTH - BONDS.provider + 390);
		assert_eq!(free(TREASURY), ED + 11);
		assert_eq!(free(CLIENT), WEALTH - deposit_of(2) - BONDS.client - 401 - AMOUNT);
		let split =
			Event::MilestoneSplit { contract, milestone: M0, released, fee, refunded, on_time };
		assert_eq!(events(), [split]);
	});
}

#[test]
fn accept_split_should_close_the_contract_when_it_is_the_last_milestone() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		assert_ok!(Escrow::offer_split(signed(PROVIDER), contract, M0, 401));
		set_now(DUE + 1);

		assert_ok!(Escrow::accept_split(signed(CLIENT), contract, M0, 401));

		// Nothing was submitted, and the due block has passed.
		let closed = ClosedContract {
			outcome: ContractOutcome::Partial,
			released: 401,
			refunded: 600,
			fee: 11,
			..closed(contract)
		};
		assert_eq!(Heard::get(), [closed]);
		assert_eq!(free(CLIENT), WEALTH - 401);
	});
}

#[test]
fn accept_split_should_slash_nothing_when_the_milestone_was_missed() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().start();
		set_now(DUE + 1);
		assert_ok!(Escrow::offer_split(signed(CLIENT), contract, M0, 0));

		assert_ok!(Escrow::accept_split(signed(PROVIDER), contract, M0, 0));

		assert_eq!(free(PROVIDER), WEALTH);
		assert_eq!(free(CLIENT), WEALTH);
		let closed = last_heard();
		assert_eq!((closed.missed, closed.slashed), (0, 0));
		assert_eq!(closed.outcome, ContractOutcome::Refunded);
	});
}

#[test]
fn accept_split_should_pay_all_when_the_share_is_all() {
	build_and_execute(|| {
		let contract = offered(&Deal::default(), AMOUNT);

		assert_ok!(Escrow::accept_split(signed(PROVIDER), contract, M0, AMOUNT));

		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
		assert_eq!(last_heard().outcome, ContractOutcome::Completed);
	});
}

#[test]
fn accept_split_should_fail_when_the_offer_is_not_the_expected_one() {
	build_and_execute(|| {
		let contract = offered(&Deal::default(), 401);
		// The client lowers its offer while the provider's acceptance is under way.
		assert_ok!(Escrow::offer_split(signed(CLIENT), contract, M0, 400));
		assert_noop!(
			Escrow::accept_split(signed(PROVIDER), contract, M0, 401),
			Error::<Test>::SplitMismatch
		);
	});
}

#[test]
fn accept_split_should_fail_when_the_offer_is_the_callers_own() {
	build_and_execute(|| {
		let contract = offered(&Deal::default(), 401);
		assert_noop!(
			Escrow::accept_split(signed(CLIENT), contract, M0, 401),
			Error::<Test>::OwnSplit
		);
	});
}

#[test]
fn accept_split_should_fail_when_there_is_no_offer() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		assert_noop!(
			Escrow::accept_split(signed(PROVIDER), contract, M0, 0),
			Error::<Test>::SplitNotFound
		);
	});
}

#[test]
fn accept_split_should_fail_when_the_caller_is_no_party() {
	build_and_execute(|| {
		let contract = offered(&Deal::default(), 401);
		assert_noop!(
			Escrow::accept_split(signed(STRANGER), contract, M0, 401),
			Error::<Test>::NotParty
		);
	});
}

#[test]
fn accept_split_should_fail_when_there_is_nothing_to_divide() {
	build_and_execute(|| {
		let accept = |contract, index| Escrow::accept_split(signed(PROVIDER), contract, index, 401);
		assert_noop!(accept(FIRST, M0), Error::<Test>::ContractNotFound);
		let (open, stream) = (Deal::default().open(), Deal::stream().fund());
		assert_noop!(accept(open, M0), Error::<Test>::NotFunded);
		assert_noop!(accept(stream, M0), Error::<Test>::NotPaidByMilestones);
		let contract = offered(&Deal::of(2), 401);
		assert_noop!(accept(contract, MilestoneIndex(2)), Error::<Test>::MilestoneNotFound);
		assert_ok!(accept(contract, M0));
		assert_noop!(accept(contract, M0), Error::<Test>::MilestoneConcluded);
	});
}

#[test]
fn accept_split_should_fail_when_the_milestone_is_under_dispute() {
	build_and_execute(|| {
		let contract = offered(&Deal::default(), 401);
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M0), CLAIM));
		assert_noop!(
			Escrow::accept_split(signed(PROVIDER), contract, M0, 401),
			Error::<Test>::UnderDispute
		);
	});
}

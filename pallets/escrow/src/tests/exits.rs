//! Tests of the ways out of a hold when a party does what it can to block them.

use crate::mock::*;
use frame_support::assert_ok;

#[test]
fn release_should_pay_when_the_client_froze_everything() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		freeze_all(CLIENT);

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
		assert_eq!(free(CLIENT), WEALTH - AMOUNT);
	});
}

#[test]
fn settle_should_pay_when_the_client_froze_everything() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		freeze_all(CLIENT);
		set_now(START + REVIEW);

		assert_ok!(Escrow::settle(signed(PROVIDER), contract, M0));

		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
	});
}

#[test]
fn refund_should_return_the_money_when_the_client_froze_everything() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		freeze_all(CLIENT);

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));

		assert_eq!(free(CLIENT), WEALTH);
	});
}

#[test]
fn cancel_should_return_the_deposit_when_the_client_froze_everything() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		freeze_all(CLIENT);

		assert_ok!(Escrow::cancel(signed(CLIENT), contract));

		assert_eq!(free(CLIENT), WEALTH);
	});
}

#[test]
fn settle_should_pay_when_the_client_owns_only_what_is_held() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		keep_only_holds(CLIENT);
		set_now(START + REVIEW);

		assert_ok!(Escrow::settle(signed(PROVIDER), contract, M0));

		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
		assert_eq!(free(CLIENT), deposit_of(1));
	});
}

#[test]
fn refund_should_return_the_money_when_the_client_owns_only_what_is_held() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		keep_only_holds(CLIENT);

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));

		assert_eq!(free(CLIENT), AMOUNT + deposit_of(1));
	});
}

#[test]
fn release_should_pay_when_the_providers_account_was_reaped() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		drain(PROVIDER);
		assert!(!System::account_exists(&PROVIDER));

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(free(PROVIDER), AMOUNT - FEE);
	});
}

#[test]
fn release_should_pay_when_the_provider_froze_everything() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		freeze_all(PROVIDER);

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
	});
}

//! Ways out of the holds, when accounts are frozen, empty or gone.

use crate::{
	mock::{Validations, *},
	*,
};
use aitbc_core::Balance;
use frame_support::{assert_noop, assert_ok};

/// An existential deposit that no fee, bond or deposit of a test reaches.
const HIGH_ED: u128 = 20_000;

#[test]
fn answer_should_be_paid_when_the_requester_froze_everything() {
	build_and_execute(|| {
		let validation = Request::default().request();
		freeze_all(REQUESTER);

		assert_ok!(try_answer(WALLET, validation, 50, Finality::Hard));

		assert_eq!(free(WALLET), WEALTH + FEE - BOND);
	});
}

#[test]
fn answer_should_be_paid_when_the_requester_owns_only_what_is_held() {
	build_and_execute(|| {
		let validation = Request::default().request();
		keep_only_holds(REQUESTER);

		assert_ok!(try_answer(WALLET, validation, 50, Finality::Hard));

		assert_eq!(free(WALLET), WEALTH + FEE - BOND);
		assert_eq!(held(HoldReason::Deposit, REQUESTER), deposit());
	});
}

#[test]
fn expire_should_return_the_fee_when_the_requester_owns_only_what_is_held() {
	build_and_execute(|| {
		let validation = Request::default().soft(50);
		keep_only_holds(REQUESTER);
		set_now(DEADLINE + 1);

		assert_ok!(Validations::expire(signed(STRANGER), validation));

		assert_eq!(free(REQUESTER), FEE);
	});
}

#[test]
fn expire_should_wait_when_the_requester_can_not_be_credited() {
	build_and_execute(|| {
		let validation = Request::default().soft(50);
		keep_only_holds(REQUESTER);
		set_existential_deposit(HIGH_ED);
		set_now(DEADLINE + 1);
		assert_noop!(
			Validations::expire(signed(STRANGER), validation),
			Error::<Test>::PayeeNotCreditable
		);

		assert_ok!(Balances::transfer_allow_death(signed(BANK), REQUESTER, HIGH_ED));
		assert_ok!(Validations::expire(signed(STRANGER), validation));

		assert_eq!(free(REQUESTER), HIGH_ED + FEE);
	});
}

#[test]
fn release_bond_should_return_the_bond_when_the_wallet_froze_everything() {
	build_and_execute(|| {
		let validation = Request::default().hard(50);
		freeze_all(WALLET);

		release_bond(validation);

		assert_eq!(free(WALLET), WEALTH + FEE);
	});
}

#[test]
fn release_bond_should_wait_when_the_wallet_can_not_be_credited() {
	build_and_execute(|| {
		let validation = Request::default().hard(50);
		keep_only_holds(WALLET);
		set_existential_deposit(HIGH_ED);
		set_now(START + CHALLENGE);
		assert_noop!(
			Validations::release_bond(signed(STRANGER), validation),
			Error::<Test>::PayeeNotCreditable
		);

		assert_ok!(Balances::transfer_allow_death(signed(BANK), WALLET, HIGH_ED));
		assert_ok!(Validations::release_bond(signed(STRANGER), validation));

		assert_eq!(free(WALLET), HIGH_ED + BOND);
	});
}

#[test]
fn slash_should_take_the_bond_when_the_wallet_froze_everything() {
	build_and_execute(|| {
		let validation = Request::default().hard(50);
		freeze_all(WALLET);

		slash(validation);

		assert_eq!(free(TREASURY), ED + BOND);
	});
}

#[test]
fn slash_should_take_the_bond_when_the_wallet_owns_nothing_else() {
	build_and_execute(|| {
		let validation = Request::default().hard(50);
		keep_only_holds(WALLET);

		slash(validation);

		assert_eq!(free(TREASURY), ED + BOND);
	});
}

/// What a ruling took of a bond, what of it the challenger got, and what returned, in plancks.
fn overturned() -> (Balance, Balance, Balance) {
	match events().as_slice() {
		[.., Event::AnswerOverturned { bond, rewarded, returned, .. }] => {
			(*bond, *rewarded, *returned)
		},
		other => panic!("the last event is another: {other:?}"),
	}
}

#[test]
fn ruling_should_divide_the_bond_when_the_wallet_froze_everything() {
	build_and_execute(|| {
		Request::default().disputed(50);
		freeze_all(WALLET);

		rule(80);

		assert_eq!(overturned(), (4_000, 2_400, 1_000));
		assert_eq!(free(WALLET), WEALTH + FEE - 4_000);
		assert_eq!(free(STRANGER), WEALTH + 2_400);
		assert_eq!(free(TREASURY), ED + 1_600);
	});
}

#[test]
fn ruling_should_divide_the_bond_when_the_wallet_owns_nothing_else() {
	build_and_execute(|| {
		Request::default().disputed(50);
		keep_only_holds(WALLET);

		rule(80);

		assert_eq!(overturned(), (4_000, 2_400, 1_000));
		assert_eq!((free(WALLET), held(HoldReason::Bond, WALLET)), (1_000, 0));
	});
}

#[test]
fn ruling_should_pay_the_treasury_when_the_challenger_can_not_be_credited() {
	build_and_execute(|| {
		Request::default().disputed(50);
		drain(STRANGER);
		set_existential_deposit(HIGH_ED);
		let treasury = free(TREASURY);

		rule(80);

		assert_eq!(overturned(), (4_000, 0, 1_000));
		assert_eq!(free(STRANGER), 0);
		assert_eq!(free(TREASURY), treasury + 4_000);
		assert_eq!(free(WALLET), WEALTH + FEE - 4_000);
		assert_eq!(held(HoldReason::Bond, WALLET), 0);
	});
}

#[test]
fn ruling_should_leave_the_bond_to_the_wallet_when_nobody_else_can_be_credited() {
	build_and_execute(|| {
		let validation = Request::default().disputed(50);
		drain(STRANGER);
		ExistentialDeposit::set(&HIGH_ED);

		rule(80);

		assert_eq!(overturned(), (0, 0, BOND));
		assert_eq!(free(WALLET), WEALTH + FEE);
		assert_eq!(held(HoldReason::Bond, WALLET), 0);
		assert_eq!(Summaries::<Test>::iter().count(), 0);
		assert!(state(validation).is_concluded());
	});
}

#[test]
fn ruling_should_sweep_the_rest_to_the_treasury_when_it_is_dust_to_the_wallet() {
	build_and_execute(|| {
		Request::default().disputed(50);
		keep_only_holds(WALLET);
		set_existential_deposit(HIGH_ED);
		let treasury = free(TREASURY);

		rule(80);

		assert_eq!(overturned(), (4_000, 2_400, 0));
		assert_eq!((free(WALLET), held(HoldReason::Bond, WALLET)), (0, 0));
		assert_eq!(free(TREASURY), treasury + BOND - 2_400);
	});
}

#[test]
fn ruling_should_burn_the_rest_when_it_is_dust_to_the_treasury_too() {
	new_test_ext().execute_with(|| {
		Request::default().disputed(50);
		keep_only_holds(WALLET);
		ExistentialDeposit::set(&HIGH_ED);
		let issuance = Balances::total_issuance();

		rule(80);

		// The challenger is rich enough to take its part.
		assert_eq!(overturned(), (2_400, 2_400, 0));
		assert_eq!((free(WALLET), held(HoldReason::Bond, WALLET)), (0, 0));
		assert_eq!(Balances::total_issuance(), issuance - (BOND - 2_400));
		assert_ok!(Validations::do_try_state());
	});
}

#[test]
fn ruling_should_return_the_rest_when_the_wallet_has_dust_beside_it() {
	for dust in [1, 50, 999] {
		build_and_execute(|| {
			Request::default().disputed(50);
			System::inc_providers(&WALLET);
			let spare = free(WALLET) - dust;
			assert_ok!(Balances::transfer_allow_death(signed(WALLET), BANK, spare));
			set_existential_deposit(1_000);

			rule(80);

			assert_eq!(overturned(), (4_000, 2_400, 1_000));
			assert_eq!(held(HoldReason::Bond, WALLET), 0);
			assert!(free(WALLET) >= 1_000);
		});
	}
}

#[test]
fn erase_should_return_the_deposit_when_the_requester_froze_everything() {
	build_and_execute(|| {
		let validation = Request::default().expired();
		freeze_all(REQUESTER);

		assert_ok!(Validations::erase(signed(REQUESTER), validation));

		assert_eq!(free(REQUESTER), WEALTH);
	});
}

/// See `keeping_total`: without its check the requester would lose its 50 plancks to dust here, and
/// with the highest existential deposit its storage deposit as well.
#[test]
fn erase_should_wait_when_returning_the_deposit_would_turn_money_to_dust() {
	for existential_deposit in [100, deposit() + 20, HIGH_ED] {
		build_and_execute(|| {
			let validation = Request::default().expired();
			let spare = free(REQUESTER) - 50;
			assert_ok!(Balances::transfer_allow_death(signed(REQUESTER), BANK, spare));
			set_existential_deposit(existential_deposit);
			assert_noop!(
				Validations::erase(signed(REQUESTER), validation),
				Error::<Test>::PayeeNotCreditable
			);

			let more = existential_deposit;
			assert_ok!(Balances::transfer_allow_death(signed(BANK), REQUESTER, more));
			assert_ok!(Validations::erase(signed(REQUESTER), validation));

			assert_eq!(free(REQUESTER), 50 + existential_deposit + deposit());
		});
	}
}

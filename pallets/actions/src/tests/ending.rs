//! Tests of how deposits return.

use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_core::{ActionId, Balance};
use frame_support::assert_ok;

/// How an action can come to its end that holds a deposit.
fn endings() -> [(Outcome, fn()); 10] {
	[
		(Outcome::Vetoed, || {
			assert_ok!(Actions::veto(root(), recommend(restart(ALICE)), REASON));
		}),
		(Outcome::Expired, || {
			verified(restart(ALICE));
			pass_blocks(21);
		}),
		(Outcome::Refuted, || {
			let id = recommend(replace(ALICE));
			let hash = hash_of(id);
			assert_ok!(Actions::simulate(signed(HAND), id, hash, false, EVIDENCE));
		}),
		(Outcome::Failed, || {
			failed(restart(ALICE));
		}),
		(Outcome::Unknown, || {
			let id = running(restart(ALICE));
			report(id, Verdict::Unknown);
		}),
		(Outcome::Unknown, || {
			running(restart(ALICE));
			pass_blocks(11);
		}),
		(Outcome::Unjudged, || {
			done(restart(ALICE));
		}),
		(Outcome::Helped, || {
			judged(restart(ALICE), -20);
		}),
		(Outcome::NoEffect, || {
			judged(restart(ALICE), 0);
		}),
		(Outcome::Worse, || {
			judged(reconfigure(ALICE), 20);
		}),
	]
}

#[test]
fn deposit_should_return_when_the_action_ends_however_it_ends() {
	for (expected, end) in endings() {
		build_and_execute(|| {
			end();
			assert_eq!(outcome(FIRST), expected);
			assert_eq!((held(SAGE), free(SAGE)), (0, WEALTH - FEE), "{expected:?}");
			assert_eq!(OpenCount::<Test>::iter_keys().count(), 0);
			assert!(events().contains(&told_return(FIRST, expected)), "{expected:?}");
		});
	}
}

/// Has a recommendation end as spam, and says how much returned.
fn end_as_spam(id: ActionId) -> Balance {
	for who in [ANN, BEN] {
		assert_ok!(Actions::declare_spam(signed(who), id));
	}
	returned(id, Outcome::Spam)
}

/// Has a recommendation end by a veto of governance, and says how much returned.
fn end_by_veto(id: ActionId) -> Balance {
	assert_ok!(Actions::veto(root(), id, REASON));
	returned(id, Outcome::Vetoed)
}

/// How much returned when an action ended a moment ago.
#[track_caller]
fn returned(id: ActionId, expected: Outcome) -> Balance {
	assert_eq!(outcome(id), expected);
	match events().pop() {
		Some(Event::ActionEnded { action, outcome, returned }) => {
			assert_eq!((action, outcome), (id, expected));
			returned
		},
		other => panic!("{other:?}"),
	}
}

#[test]
fn deposit_should_return_or_be_taken_when_the_account_is_frozen() {
	build_and_execute(|| {
		let (spam, sound) = (recommend(restart(ALICE)), recommend(restart(BOB)));
		freeze(SAGE, 2 * WEALTH);
		assert_eq!(end_by_veto(sound), DEPOSIT);
		assert_eq!(held(SAGE), DEPOSIT);
		assert_eq!(end_as_spam(spam), 0);
		assert_eq!((held(SAGE), free(SAGE)), (0, WEALTH - DEPOSIT - 2 * FEE));
		assert_eq!(free(TREASURY), ED + DEPOSIT + 4 * FEE);
	});
}

#[test]
fn deposit_should_return_when_the_account_has_nothing_else() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		keep_only_holds(SAGE);
		assert_eq!(end_by_veto(id), DEPOSIT);
		assert_eq!((held(SAGE), free(SAGE)), (0, DEPOSIT));
	});
}

#[test]
fn deposit_should_go_to_the_treasury_when_the_account_could_not_live_on_it() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		keep_only_holds(SAGE);
		fund_treasury();
		ExistentialDeposit::set(&(DEPOSIT + 1));
		let treasury = free(TREASURY);
		assert_eq!(end_by_veto(id), 0);
		assert_eq!((held(SAGE), free(SAGE)), (0, 0));
		assert_eq!(free(TREASURY), treasury + DEPOSIT);
	});
}

#[test]
fn deposit_of_spam_should_return_when_the_treasury_cant_take_it() {
	build_and_execute(|| {
		let id = recommend(restart(ALICE));
		// Fees go elsewhere.
		fund_treasury();
		Treasury::set(&extra(20));
		keep_only_holds(extra(20));
		ExistentialDeposit::set(&(DEPOSIT + 1));
		assert_eq!(end_as_spam(id), DEPOSIT);
		assert_eq!((held(SAGE), free(SAGE)), (0, WEALTH - FEE));
	});
}

#[test]
fn deposits_should_not_be_mixed_up_when_an_account_has_many() {
	build_and_execute(|| {
		let mut expected = 0;
		let mut ids = Vec::new();
		for factor in 1..=4 {
			Deposit::set(&(factor * DEPOSIT));
			ids.push(recommend(restart(ALICE)));
			expected += factor * DEPOSIT;
			assert_eq!(held(SAGE), expected);
		}
		for (factor, id) in (1..).zip(ids) {
			assert_eq!(end_by_veto(id), factor * DEPOSIT);
			expected -= factor * DEPOSIT;
			assert_eq!(held(SAGE), expected);
			assert_ok!(Actions::do_try_state());
		}
	});
}

/// Gives the treasury enough for any existential deposit of a test.
fn fund_treasury() {
	assert_ok!(Balances::transfer_allow_death(signed(BANK), TREASURY, WEALTH));
}

//! Tests of eras: what their points share, and `claim`.

use crate::{
	mock::{Telemetry, *},
	*,
};
use aitbc_core::Balance;
use aitbc_telemetry::Series;
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};

fn claim(era: EraIndex, reporter: AccountId) -> DispatchResult {
	Telemetry::claim(signed(STRANGER), era, reporter)
}

/// Gives each so many points in the present era.
fn earn(points: &[(AccountId, u32)]) {
	for (who, points) in points {
		Telemetry::earn(who, *points);
	}
}

/// Ends the present era.
fn close_era() {
	begin_era();
	reset_events();
	next_window();
}

/// What the pot owns, in plancks.
fn pot() -> Balance {
	free(Telemetry::pot_account())
}

fn pay(era: EraIndex) -> EraPay {
	Eras::<Test>::get(era).expect("the era has points")
}

#[test]
fn era_should_set_a_pot_aside_when_it_is_over() {
	build_and_execute(|| {
		fill_pot(3 * ERA_POT);
		earn(&[(ALICE, 1), (BOB, 3)]);

		close_era();

		assert_eq!(pay(ERA), EraPay { points: 4, pot: Some(ERA_POT), paid: 0 });
		assert_eq!(SetAside::<Test>::get(), ERA_POT);
		assert_eq!(pot(), ED + 3 * ERA_POT);
		assert_eq!(Telemetry::pot(), 2 * ERA_POT);
		let span = Span { oldest: ERA, present: ERA + 1 };
		assert_eq!(EraSpan::<Test>::get(), Some(span));
		assert_eq!(events(), [Event::EraClosed { era: ERA, points: 4, pot: ERA_POT }]);
	});
}

#[test]
fn era_should_go_on_when_no_window_has_begun_since_it_ended() {
	build_and_execute(|| {
		fill_pot(ERA_POT);
		begin_era();
		next_block();
		earn(&[(ALICE, 1)]);
		assert_eq!(pay(ERA), EraPay { points: 1, pot: None, paid: 0 });
		next_window();
		assert_eq!(pay(ERA).pot, Some(ERA_POT));
		earn(&[(ALICE, 2)]);
		assert_eq!(pay(ERA + 1).points, 2);
	});
}

#[test]
fn points_of_a_window_should_be_of_the_era_in_which_it_is_settled() {
	build_and_execute(|| {
		let all = [ALICE, BOB, CAROL];
		set_keys(&all);
		let digests = all.map(|who| (who, digest(START)));
		next_window();
		commit(&digests);
		next_window();
		reveal(&digests);
		begin_era();
		next_window();
		assert_eq!(Eras::<Test>::get(ERA), None);
		assert_eq!(pay(ERA + 1).points, 3);
	});
}

#[test]
fn era_should_share_what_there_is_when_the_pot_has_less() {
	build_and_execute(|| {
		fill_pot(300);
		earn(&[(ALICE, 1), (BOB, 2)]);
		close_era();
		assert_eq!(events(), [Event::EraClosed { era: ERA, points: 3, pot: 300 }]);
		assert_ok!(claim(ERA, BOB));
		assert_ok!(claim(ERA, ALICE));
		assert_eq!((free(ALICE), free(BOB)), (WEALTH + 100, WEALTH + 200));
		// The existential deposit stays.
		assert_eq!(pot(), ED);
	});
}

#[test]
fn era_should_share_nothing_when_the_pot_is_empty() {
	for is_there in [false, true] {
		build_and_execute(|| {
			if is_there {
				fill_pot(0);
			}
			earn(&[(ALICE, 1)]);
			close_era();
			assert_eq!(events(), [Event::EraClosed { era: ERA, points: 1, pot: 0 }]);
			reset_events();
			assert_ok!(claim(ERA, ALICE));
			let paid = Event::RewardPaid { era: ERA, reporter: ALICE, points: 1, amount: 0 };
			assert_eq!(events(), [paid]);
			assert_noop!(claim(ERA, ALICE), Error::<Test>::NothingToClaim);
		});
	}
}

#[test]
fn era_should_close_without_a_trace_when_it_had_no_points() {
	build_and_execute(|| {
		fill_pot(ERA_POT);
		close_era();
		assert_eq!(Eras::<Test>::iter().count(), 0);
		assert_eq!((SetAside::<Test>::get(), events()), (0, vec![]));
	});
}

#[test]
fn claim_should_pay_the_share_of_the_points() {
	build_and_execute(|| {
		fill_pot(3 * ERA_POT);
		earn(&[(ALICE, 1), (BOB, 2)]);
		close_era();
		reset_events();

		assert_ok!(claim(ERA, BOB));

		let amount = ERA_POT * 2 / 3;
		assert_eq!(free(BOB), WEALTH + amount);
		assert_eq!(pot(), ED + 3 * ERA_POT - amount);
		assert_eq!(pay(ERA), EraPay { points: 3, pot: Some(ERA_POT), paid: amount });
		assert_eq!(SetAside::<Test>::get(), ERA_POT - amount);
		assert!(!Points::<Test>::contains_key(ERA, BOB));
		let paid = Event::RewardPaid { era: ERA, reporter: BOB, points: 2, amount };
		assert_eq!(events(), [paid]);
	});
}

#[test]
fn shares_should_come_to_at_most_the_pot() {
	build_and_execute(|| {
		fill_pot(ERA_POT);
		let shares = [(ALICE, 1), (BOB, 7), (CAROL, 3), (DAVE, 2)];
		earn(&shares);
		close_era();
		let mut sum = 0;
		for (who, points) in shares {
			assert_ok!(claim(ERA, who));
			let share = ERA_POT * Balance::from(points) / 13;
			assert_eq!(free(who), WEALTH + share);
			sum += share;
		}
		assert_eq!(sum, ERA_POT - 2);
		assert_eq!(SetAside::<Test>::get(), 2);
		assert_eq!(pay(ERA).paid, sum);
	});
}

#[test]
fn shares_should_be_exact_when_the_pot_is_all_the_money_there_can_be() {
	new_test_ext().execute_with(|| {
		let pot = Balance::MAX - Balances::total_issuance();
		EraPot::set(&Balance::MAX);
		let account = Telemetry::pot_account();
		assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), account, pot));
		earn(&[(ALICE, u32::MAX), (BOB, u32::MAX - 1)]);
		close_era();
		assert_ok!(claim(ERA, ALICE));
		assert_ok!(claim(ERA, BOB));
		assert!(free(account) <= ED + 1, "{}", free(account));
		assert_ok!(Telemetry::do_try_state());
	});
}

#[test]
fn claim_should_fail_when_the_era_is_not_over() {
	build_and_execute(|| {
		earn(&[(ALICE, 1)]);
		assert_noop!(claim(ERA, ALICE), Error::<Test>::EraNotOver);
		begin_era();
		assert_noop!(claim(ERA, ALICE), Error::<Test>::EraNotOver);
	});
}

#[test]
fn claim_should_fail_when_the_era_had_no_points() {
	build_and_execute(|| {
		for era in [0, ERA, ERA + 1, EraIndex::MAX] {
			assert_noop!(claim(era, ALICE), Error::<Test>::EraNotFound);
		}
	});
}

#[test]
fn claim_should_fail_when_there_is_nothing_to_claim() {
	build_and_execute(|| {
		fill_pot(ERA_POT);
		earn(&[(ALICE, 1)]);
		close_era();
		assert_noop!(claim(ERA, BOB), Error::<Test>::NothingToClaim);
		assert_ok!(claim(ERA, ALICE));
		assert_noop!(claim(ERA, ALICE), Error::<Test>::NothingToClaim);
	});
}

#[test]
fn claim_should_fail_when_the_payee_would_stay_below_the_existential_deposit() {
	build_and_execute(|| {
		const POOR: AccountId = 99;
		fill_pot(ERA_POT);
		earn(&[(POOR, 1), (ALICE, 9_999)]);
		close_era();
		assert_noop!(claim(ERA, POOR), Error::<Test>::PayeeNotCreditable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), POOR, ED));
		assert_ok!(claim(ERA, POOR));
		assert_eq!(free(POOR), ED + 1);
	});
}

#[test]
fn era_should_expire_when_it_can_not_be_claimed_any_more() {
	build_and_execute(|| {
		fill_pot(ERA_POT);
		earn(&[(ALICE, 1), (BOB, 3), (CAROL, 4)]);
		close_era();
		assert_ok!(claim(ERA, ALICE));
		let paid = ERA_POT / 8;
		Era::set(&(ERA + CLAIM_ERAS));
		next_window();
		assert_ok!(claim(ERA, BOB));
		let paid = paid + ERA_POT * 3 / 8;
		assert_eq!(EraSpan::<Test>::get(), Some(Span { oldest: ERA, present: ERA + CLAIM_ERAS }));

		close_era();

		assert_eq!(Eras::<Test>::iter().count(), 0);
		assert_eq!(Points::<Test>::iter().count(), 0);
		assert_eq!(SetAside::<Test>::get(), 0);
		assert_eq!(Telemetry::pot(), ERA_POT - paid);
		let unclaimed = ERA_POT - paid;
		assert_eq!(events(), [Event::EraExpired { era: ERA, unclaimed }]);
		let present = ERA + CLAIM_ERAS + 1;
		assert_eq!(EraSpan::<Test>::get(), Some(Span { oldest: ERA + 1, present }));
		assert_noop!(claim(ERA, CAROL), Error::<Test>::EraNotFound);
	});
}

#[test]
fn eras_should_expire_one_by_one_when_many_are_due() {
	build_and_execute(|| {
		fill_pot(4 * ERA_POT);
		for _ in 0..2 {
			earn(&[(ALICE, 1)]);
			close_era();
		}
		earn(&[(ALICE, 1)]);
		// No window began for long.
		Era::set(&(ERA + 20));
		reset_events();
		next_window();
		let closed = Event::EraClosed { era: ERA + 2, points: 1, pot: ERA_POT };
		assert_eq!(events()[0], closed);
		for era in ERA..ERA + 20 - CLAIM_ERAS {
			assert_eq!(EraSpan::<Test>::get().unwrap().oldest, era + 1);
			assert_ok!(Telemetry::do_try_state());
			next_window();
		}
		let last = Span { oldest: ERA + 20 - CLAIM_ERAS, present: ERA + 20 };
		assert_eq!(EraSpan::<Test>::get(), Some(last));
		assert_eq!(Eras::<Test>::iter().count(), 0);
		assert_eq!(Telemetry::pot(), 4 * ERA_POT);
	});
}

#[test]
fn eras_should_be_claimed_apart_when_two_are_open() {
	build_and_execute(|| {
		fill_pot(3 * ERA_POT);
		earn(&[(ALICE, 1), (BOB, 1)]);
		close_era();
		earn(&[(ALICE, 3), (BOB, 1)]);
		close_era();
		assert_eq!(SetAside::<Test>::get(), 2 * ERA_POT);
		assert_ok!(claim(ERA + 1, ALICE));
		assert_eq!(free(ALICE), WEALTH + ERA_POT * 3 / 4);
		assert_ok!(claim(ERA, ALICE));
		assert_eq!(free(ALICE), WEALTH + ERA_POT * 3 / 4 + ERA_POT / 2);
		assert_eq!((pay(ERA).paid, pay(ERA + 1).paid), (ERA_POT / 2, ERA_POT * 3 / 4));
		assert_eq!(SetAside::<Test>::get(), ERA_POT * 3 / 4);
		assert_eq!(Telemetry::pot(), ERA_POT);
	});
}

#[test]
fn era_should_leave_money_alone_that_is_set_aside_for_another() {
	build_and_execute(|| {
		ClaimEras::set(&3);
		fill_pot(ERA_POT + 500);
		earn(&[(ALICE, 1)]);
		close_era();
		earn(&[(BOB, 1)]);
		close_era();
		assert_eq!(pay(ERA + 1).pot, Some(500));
		earn(&[(CAROL, 1)]);
		close_era();
		assert_eq!(pay(ERA + 2).pot, Some(0));
		for (era, who, amount) in [(0, ALICE, ERA_POT), (1, BOB, 500), (2, CAROL, 0)] {
			assert_ok!(claim(ERA + era, who));
			assert_eq!(free(who), WEALTH + amount);
		}
		assert_eq!(pot(), ED);
	});
}

#[test]
fn points_should_earn_nothing_when_no_era_is_counted_yet() {
	build_and_execute(|| {
		NextToSettle::<Test>::kill();
		EraSpan::<Test>::kill();
		System::set_block_number(1);
		set_keys(&[ALICE]);
		let id = report(ALICE, Series::Cpu);
		assert_ok!(Telemetry::judge_report(RuntimeOrigin::root(), id, true));
		assert_eq!((record(ALICE).confirmed, points(ALICE)), (1, 0));
		assert_eq!(Eras::<Test>::iter().count(), 0);
	});
}

#[test]
fn anybody_should_be_able_to_fill_the_pot() {
	build_and_execute(|| {
		let account = Telemetry::pot_account();
		assert_ok!(Balances::transfer_allow_death(signed(STRANGER), account, ED + 5));
		assert_eq!(Telemetry::pot(), 5);
	});
}

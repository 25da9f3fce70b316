//! Tests of `start`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn start_should_commit_the_provider_when_the_contract_is_funded() {
	for deal in [Deal::of(2), Deal::of(2).bonded(), Deal::metered()] {
		build_and_execute(|| {
			let contract = deal.fund();
			let before = funded(contract);
			set_now(START + 3);
			reset_events();

			assert_ok!(Escrow::start(signed(PROVIDER), contract));

			let commitment = Commitment::Started { at: START + 3 };
			assert_eq!(funded(contract), Funded { commitment, ..before });
			assert_eq!(events(), [Event::ContractStarted { contract, at: START + 3 }]);
		});
	}
}

#[test]
fn start_should_let_time_cost_from_here_on_when_the_contract_is_a_stream() {
	build_and_execute(|| {
		let contract = Deal::stream().fund();
		set_now(START + 3);

		assert_ok!(Escrow::start(signed(PROVIDER), contract));

		assert_eq!(stream(contract).settled_at, Some(START + 3));
		assert_eq!(stream(contract).earned(START + 3), 0);
		assert_eq!(stream(contract).earned(START + 5), 2 * RATE);
	});
}

#[test]
fn start_should_succeed_when_there_is_time_for_some_of_the_work() {
	build_and_execute(|| {
		let contract = Deal::due(&[DUE, DUE + 2]).fund();
		set_now(DUE + 2);
		assert_ok!(Escrow::start(signed(PROVIDER), contract));
	});
}

#[test]
fn start_should_fail_when_it_is_too_late_for_all_of_the_work() {
	for (deal, last) in
		[(Deal::due(&[DUE - 2, DUE]), DUE), (Deal::stream(), DUE - 1), (Deal::metered(), DUE)]
	{
		build_and_execute(|| {
			let contract = deal.fund();
			set_now(last + 1);
			assert_noop!(Escrow::start(signed(PROVIDER), contract), Error::<Test>::DuePassed);
			set_now(last);
			assert_ok!(Escrow::start(signed(PROVIDER), contract));
		});
	}
}

#[test]
fn start_should_fail_when_there_is_no_such_contract() {
	build_and_execute(|| {
		assert_noop!(Escrow::start(signed(PROVIDER), FIRST), Error::<Test>::ContractNotFound);
	});
}

#[test]
fn start_should_fail_when_the_caller_is_not_the_provider() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		for caller in [CLIENT, STRANGER] {
			assert_noop!(Escrow::start(signed(caller), contract), Error::<Test>::NotProvider);
		}
	});
}

#[test]
fn start_should_fail_when_the_contract_is_not_funded() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		assert_noop!(Escrow::start(signed(PROVIDER), contract), Error::<Test>::NotFunded);
	});
}

#[test]
fn start_should_fail_when_the_provider_started_before() {
	build_and_execute(|| {
		for contract in [Deal::default().start(), Deal::of(2).submit(), Deal::stream().start()] {
			assert_noop!(Escrow::start(signed(PROVIDER), contract), Error::<Test>::AlreadyStarted);
		}
	});
}

#[test]
fn start_should_fail_when_the_contract_has_a_controller() {
	build_and_execute(|| {
		let contract = Deal::default().engage();
		assert_noop!(Escrow::start(signed(PROVIDER), contract), Error::<Test>::Controlled);
	});
}

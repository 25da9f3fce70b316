//! Tests of the ways out: one for each row of the README's table of states and silent parties, and
//! some in which a party does what it can to block them.

use crate::{mock::*, *};
use aitbc_core::{BlockNumber, ContractId};
use aitbc_traits::Escrow as Controller;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::Dispatchable;

/// The last block of the review of what is submitted at the start.
const REVIEWED: BlockNumber = START + REVIEW;

/// What ends a contract: when, who, and how.
type Way = (BlockNumber, AccountId, Call<Test>);

/// Checks that each of `ways` ends the contract that `begin` sets up, and that nothing of it stays
/// held, whoever does nothing all that time.
#[track_caller]
fn assert_ends(begin: impl Fn() -> ContractId, ways: &[Way]) {
	for (at, who, call) in ways {
		build_and_execute(|| {
			let contract = begin();
			set_now(*at);
			assert_ok!(RuntimeCall::from(call.clone()).dispatch(signed(who.clone())));
			assert!(!Contracts::<Test>::contains_key(contract), "{call:?} left it open");
			assert_eq!(Claims::<Test>::iter().count(), 0);
			for who in [CLIENT, PROVIDER] {
				for reason in [HoldReason::Deposit, HoldReason::Escrow, HoldReason::Bond] {
					assert_eq!(held(reason, who.clone()), 0);
				}
			}
		});
	}
}

/// Checks that nobody else can do `call` on the contract that `begin` sets up: who tries at this
/// time is refused.
#[track_caller]
fn assert_refused(begin: impl Fn() -> ContractId, ways: &[Way]) {
	for (at, who, call) in ways {
		build_and_execute(|| {
			begin();
			set_now(*at);
			let done = RuntimeCall::from(call.clone()).dispatch(signed(who.clone()));
			assert!(done.is_err(), "{call:?} was open to {who:?}");
		});
	}
}

fn cancel() -> Call<Test> {
	Call::cancel { contract: FIRST }
}

fn release() -> Call<Test> {
	Call::release { contract: FIRST, milestone: M0 }
}

fn refund() -> Call<Test> {
	Call::refund { contract: FIRST, milestone: M0 }
}

fn settle() -> Call<Test> {
	Call::settle { contract: FIRST, milestone: M0 }
}

fn stop() -> Call<Test> {
	Call::stop { contract: FIRST }
}

#[test]
fn open_contract_should_end_whoever_is_silent() {
	for deal in [Deal::default(), Deal::stream(), Deal::metered()] {
		let ways =
			[(START, PROVIDER, cancel()), (START, CLIENT, cancel()), (DUE + 1, STRANGER, cancel())];
		assert_ends(|| deal.open(), &ways);
		assert_refused(|| deal.open(), &[(DUE, STRANGER, cancel())]);
	}
}

#[test]
fn accepted_contract_should_end_whoever_is_silent() {
	let begin = || {
		let deal = Deal::default().bonded();
		let contract = deal.open();
		assert_ok!(deal.try_accept(contract));
		contract
	};
	let ways =
		[(START, PROVIDER, cancel()), (START, CLIENT, cancel()), (DUE + 1, STRANGER, cancel())];
	assert_ends(begin, &ways);
}

#[test]
fn pending_milestone_should_end_before_the_start_whoever_is_silent() {
	let deal = Deal::default().bonded();
	let ways = [
		(START, PROVIDER, cancel()),
		(START, PROVIDER, refund()),
		(START, CLIENT, release()),
		(DUE + 1, CLIENT, refund()),
		(DUE + 1, STRANGER, refund()),
	];
	assert_ends(|| deal.fund(), &ways);
	let refused = [(DUE, CLIENT, cancel()), (DUE, CLIENT, refund()), (DUE, STRANGER, refund())];
	assert_refused(|| deal.fund(), &refused);
}

#[test]
fn pending_milestone_should_end_after_the_start_whoever_is_silent() {
	let deal = Deal::default().bonded();
	let ways = [
		(START, PROVIDER, refund()),
		(START, CLIENT, release()),
		(DUE + 1, PROVIDER, refund()),
		(DUE + 1, CLIENT, refund()),
		(DUE + 1, CLIENT, release()),
		(DUE + 1, STRANGER, refund()),
	];
	assert_ends(|| deal.start(), &ways);
	let refused = [(DUE, CLIENT, refund()), (DUE, STRANGER, refund()), (START, PROVIDER, cancel())];
	assert_refused(|| deal.start(), &refused);
}

#[test]
fn submitted_milestone_should_end_in_its_review_whoever_is_silent() {
	let deal = Deal::default().bonded().approved_by(1);
	let approve = Call::approve { contract: FIRST, milestone: M0 };
	let ways = [
		(START, PROVIDER, refund()),
		(START, CLIENT, release()),
		(START, APPROVERS[1].clone(), approve),
	];
	assert_ends(|| deal.submit(), &ways);
	let refused = [
		(REVIEWED - 1, PROVIDER, settle()),
		(REVIEWED - 1, STRANGER, settle()),
		(REVIEWED - 1, CLIENT, refund()),
	];
	assert_refused(|| deal.submit(), &refused);
}

#[test]
fn submitted_milestone_should_end_after_its_review_whoever_is_silent() {
	// Approvers that say nothing, or that can't agree, keep nobody.
	let begin = || {
		let contract = Deal::default().bonded().approved_by(3).submit();
		assert_ok!(Escrow::approve(signed(APPROVERS[0].clone()), contract, M0));
		contract
	};
	let ways = [CLIENT, PROVIDER, STRANGER].map(|who| (REVIEWED, who, settle()));
	assert_ends(begin, &ways);
}

#[test]
fn offered_split_should_keep_nobody_whoever_is_silent() {
	let begin = || {
		let contract = Deal::default().submit();
		assert_ok!(Escrow::offer_split(signed(CLIENT), contract, M0, 0));
		contract
	};
	let accept = Call::accept_split { contract: FIRST, milestone: M0, expected: 0 };
	let ways = [
		(START, PROVIDER, accept.clone()),
		(START, CLIENT, release()),
		(REVIEWED, STRANGER, settle()),
	];
	assert_ends(begin, &ways);
	assert_refused(begin, &[(START, CLIENT, accept.clone()), (START, STRANGER, accept)]);
}

#[test]
fn disputed_money_should_wait_for_the_ruling_whoever_is_silent() {
	for deal in [Deal::default(), Deal::stream(), Deal::metered()] {
		let deal = deal.bonded();
		let late = DUE + 10 * REVIEW;
		let calls = [release(), refund(), settle(), stop(), cancel()];
		for who in [CLIENT, PROVIDER, STRANGER] {
			let ways: Vec<_> = calls.iter().map(|call| (late, who.clone(), call.clone())).collect();
			assert_refused(|| deal.dispute(), &ways);
		}
		build_and_execute(|| {
			let contract = deal.dispute();
			set_now(late);
			rule(ruling(50, 50, 50));
			assert!(!Contracts::<Test>::contains_key(contract));
			for who in [CLIENT, PROVIDER] {
				assert_eq!(held(HoldReason::Escrow, who.clone()), 0);
				assert_eq!(held(HoldReason::Bond, who), 0);
			}
		});
	}
}

#[test]
fn stream_should_end_before_the_start_whoever_is_silent() {
	let deal = Deal::stream().bonded();
	let ways = [
		(START, PROVIDER, cancel()),
		(START, PROVIDER, stop()),
		(START, CLIENT, stop()),
		(DUE + 1, STRANGER, stop()),
	];
	assert_ends(|| deal.fund(), &ways);
	assert_refused(|| deal.fund(), &[(DUE, STRANGER, stop())]);
}

#[test]
fn stream_should_end_while_it_runs_whoever_is_silent() {
	let deal = Deal::stream().bonded();
	let ways =
		[(START + 5, PROVIDER, stop()), (START + 5, CLIENT, stop()), (DUE + 1, STRANGER, stop())];
	assert_ends(|| deal.start(), &ways);
	assert_refused(|| deal.start(), &[(DUE, STRANGER, stop())]);
}

#[test]
fn stream_should_end_while_it_is_paused_whoever_is_silent() {
	let begin = || {
		let contract = Deal::stream().bonded().start();
		set_now(START + 20);
		assert_ok!(Escrow::settle_stream(signed(STRANGER), contract));
		contract
	};
	let ways =
		[(START + 20, PROVIDER, stop()), (START + 20, CLIENT, stop()), (DUE + 1, STRANGER, stop())];
	assert_ends(begin, &ways);
}

#[test]
fn meter_should_end_whoever_is_silent() {
	for begin in [Deal::fund as fn(&Deal) -> ContractId, Deal::start] {
		let deal = Deal::metered().bonded();
		let late = DUE + REVIEW + 1;
		let ways = [
			(START, PROVIDER, stop()),
			(late, CLIENT, stop()),
			(late, PROVIDER, stop()),
			(late, STRANGER, stop()),
		];
		assert_ends(|| begin(&deal), &ways);
		assert_refused(|| begin(&deal), &[(late - 1, STRANGER, stop())]);
	}
}

#[test]
fn meter_should_end_after_a_notice_whoever_is_silent() {
	let begin = || {
		let contract = Deal::metered().bonded().start();
		assert_ok!(Escrow::stop(signed(CLIENT), contract));
		contract
	};
	let ways = [
		(START, PROVIDER, stop()),
		(REVIEWED + 1, CLIENT, stop()),
		(REVIEWED + 1, STRANGER, stop()),
	];
	assert_ends(begin, &ways);
	assert_refused(begin, &[(REVIEWED, CLIENT, stop()), (REVIEWED, STRANGER, stop())]);
}

#[test]
fn controlled_contract_should_end_by_its_controller_whoever_is_silent() {
	for deal in [Deal::default(), Deal::stream(), Deal::metered()] {
		let deal = deal.bonded();
		for start in [false, true] {
			build_and_execute(|| {
				let contract = deal.engage();
				if start {
					assert_ok!(<Escrow as Controller<_>>::start(JOB, contract));
				}
				set_now(DUE + 1);
				assert_ok!(<Escrow as Controller<_>>::terminate(JOB, contract));
				assert_eq!(held(HoldReason::Escrow, CLIENT), 0);
				assert_eq!(held(HoldReason::Bond, PROVIDER), 0);
			});
		}
	}
	// What is submitted needs no controller.
	let submitted = || {
		let contract = Deal::default().bonded().engage();
		assert_ok!(<Escrow as Controller<_>>::submit(JOB, contract, M0, evidence()));
		contract
	};
	let ways = [(START, CLIENT, release()), (REVIEWED, STRANGER, settle())];
	assert_ends(submitted, &ways);
	// Nor what is over by itself.
	assert_ends(|| Deal::stream().engage(), &[(DUE + 1, STRANGER, stop())]);
	assert_ends(|| Deal::metered().engage(), &[(DUE + REVIEW + 1, STRANGER, stop())]);
}

#[test]
fn claim_should_end_whoever_is_silent() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		drain(PROVIDER);
		set_existential_deposit(5_000);
		set_now(REVIEWED);
		assert_ok!(Escrow::settle(signed(STRANGER), contract, M0));
		let collect = || Escrow::collect(signed(STRANGER), contract, ClaimKind::Payment);
		assert_noop!(collect(), Error::<Test>::PayeeNotCreditable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), PROVIDER, 5_000));
		assert_ok!(collect());
		assert_eq!(held(HoldReason::Escrow, CLIENT), 0);
	});
}

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

#[test]
fn streams_and_meters_should_pay_when_both_parties_froze_everything() {
	build_and_execute(|| {
		let stream = Deal::stream().bonded().start();
		let meter = Deal::metered().bonded().start();
		freeze_all(CLIENT);
		freeze_all(PROVIDER);
		set_now(DUE + 1);

		assert_ok!(redeem(meter, UNITS, 1));
		assert_ok!(Escrow::stop(signed(STRANGER), stream));

		assert_eq!(free(PROVIDER), WEALTH + 2_000 - 50 + POT - 26);
		assert_eq!(free(CLIENT), WEALTH - 2_000 - POT);
	});
}

#[test]
fn bonds_should_be_slashed_when_their_owner_froze_everything() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().start();
		freeze_all(PROVIDER);
		set_now(DUE + 1);

		assert_ok!(Escrow::refund(signed(STRANGER), contract, M0));

		// Half of 401 is 200, and half of that is the client's.
		assert_eq!(free(CLIENT), WEALTH + 100);
		assert_eq!(free(PROVIDER), WEALTH - 200);
	});
}

#[test]
fn bonds_should_return_when_their_owner_owns_only_what_is_held() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().submit();
		keep_only_holds(PROVIDER);
		keep_only_holds(CLIENT);
		set_now(REVIEWED);

		assert_ok!(Escrow::settle(signed(STRANGER), contract, M0));

		assert_eq!(free(PROVIDER), BONDS.provider + AMOUNT - FEE);
		assert_eq!(free(CLIENT), BONDS.client + deposit_of(1));
	});
}

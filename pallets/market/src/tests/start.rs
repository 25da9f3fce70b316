//! Tests of `start`.

use crate::{mock::*, *};
use aitbc_traits::Escrow;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

#[test]
fn start_should_start_the_contract() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		wait(3);
		reset_events();

		assert_ok!(Market::start(by(PROVIDER), job));

		let standing = MockEscrow::standing(contract(job)).expect("it is engaged");
		assert_eq!(standing.started, Some(START + 3));
		assert_eq!(events(), [Event::JobStarted { job, contract: contract(job) }]);
	});
}

#[test]
fn start_should_pass_late_when_nobody_reported_it() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		wait(START_WITHIN + 1);
		assert_ok!(Market::start(by(PROVIDER), job));
		assert_noop!(
			Market::report(signed(STRANGER), job).map_err(|failure| failure.error),
			Error::<Test>::NotOverdue
		);
	});
}

#[test]
fn start_should_be_the_leases_account_whatever_wallet_the_agent_has() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		alter_agent(PROVIDER, |agent| agent.wallet = Some(STRANGER));
		assert_noop!(Market::start(signed(STRANGER), job), Error::<Test>::NotProvider);
		assert_ok!(Market::start(by(PROVIDER), job));
	});
}

#[test]
fn start_should_fail_when_there_is_no_such_job() {
	build_and_execute(|| {
		assert_noop!(Market::start(by(PROVIDER), JOB), Error::<Test>::JobNotFound);
	});
}

#[test]
fn start_should_fail_when_nobody_has_the_job() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		assert_noop!(Market::start(by(PROVIDER), job), Error::<Test>::NotAssigned);
	});
}

#[test]
fn start_should_fail_when_the_caller_does_not_have_the_job() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		for caller in [wallet(RIVAL), owner(PROVIDER), CLIENT] {
			assert_noop!(Market::start(signed(caller), job), Error::<Test>::NotProvider);
		}
	});
}

#[test]
fn start_should_fail_when_the_provider_started_before() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		start(job);
		assert_noop!(Market::start(by(PROVIDER), job), DispatchError::Other("started before"));
	});
}

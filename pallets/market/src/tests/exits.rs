//! Ways out of the holds, when accounts are frozen, empty or gone.

use crate::{mock::*, *};
use aitbc_core::{Balance, JobId};
use frame_support::assert_ok;

/// A job with bids, whose bidders and client froze all that they own.
fn frozen() -> JobId {
	let job = Posting::default().post();
	for agent in [PROVIDER, RIVAL] {
		place(job, agent, PRICE);
		freeze_all(wallet(agent));
	}
	freeze_all(CLIENT);
	job
}

fn bonds() -> Balance {
	bond_held(wallet(PROVIDER)) + bond_held(wallet(RIVAL))
}

#[test]
fn every_bond_should_return_when_everybody_froze_everything() {
	type End = fn(JobId);
	let ends: [End; 4] = [
		|job| {
			assert_ok!(Market::cancel(signed(CLIENT), job));
		},
		|job| {
			wait(51);
			assert_ok!(Market::expire(signed(STRANGER), job));
		},
		|job| {
			assert_ok!(Market::withdraw_bid(by(PROVIDER), job));
			assert_ok!(Market::withdraw_bid(by(RIVAL), job));
		},
		|job| {
			award(job, PROVIDER);
			give_up(job);
			give_up(job);
		},
	];
	for end in ends {
		build_and_execute(|| {
			let job = frozen();
			end(job);
			assert_eq!(bonds(), 0);
			assert_eq!(Claims::<Test>::iter().count(), 0);
		});
	}
}

#[test]
fn job_should_be_done_and_paid_when_everybody_froze_everything() {
	build_and_execute(|| {
		let job = frozen();
		award(job, PROVIDER);
		start(job);
		for place in 0..3 {
			submit(job, place);
		}
		let (contract, before) = (contract(job), free(wallet(PROVIDER)));
		wait(REVIEW);
		for milestone in 0..3 {
			assert_ok!(MockEscrow::settle(contract, milestone));
		}
		assert_eq!(free(wallet(PROVIDER)), before + PRICE - PRICE / 40 + PRICE / 10);
		assert_eq!(bonds(), 0);
	});
}

#[test]
fn every_bond_should_return_when_everybody_owns_only_what_is_held() {
	build_and_execute(|| {
		let job = Posting::default().post();
		for agent in [PROVIDER, RIVAL] {
			place(job, agent, PRICE);
			keep_only_holds(wallet(agent));
		}
		keep_only_holds(CLIENT);

		assert_ok!(Market::cancel(signed(CLIENT), job));

		assert_eq!((bonds(), deposit_held(CLIENT)), (0, 0));
		assert_eq!(free(CLIENT), deposits(2).total());
		assert_eq!(free(wallet(RIVAL)), PRICE / 10);
	});
}

#[test]
fn job_should_go_on_to_a_backup_when_the_client_owns_only_what_is_held() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		keep_only_holds(CLIENT);
		wait(START_WITHIN + 1);

		assert_ok!(Market::report(signed(STRANGER), job));

		// What came back pays for it all, the contract's deposit included.
		assert_eq!(lease(job).agent, RIVAL);
		assert_eq!(free(CLIENT), 0);
	});
}

#[test]
fn job_should_end_when_the_client_can_not_be_credited_with_the_refund() {
	build_and_execute(|| {
		let job = Posting::default().assign(1_000, &[(RIVAL, 1_000)]);
		keep_only(CLIENT, 50);
		ExistentialDeposit::set(&500_000);
		wait(START_WITHIN + 1);

		assert_ok!(Market::report(signed(STRANGER), job));

		// The escrow keeps the refund as a claim, and nothing can be put in for the backup.
		assert_eq!(settled(job).outcome, JobOutcome::Refunded);
		assert_eq!(bond_held(wallet(RIVAL)), 0);
		assert!(!escrow::Unpaid::<Test>::get().is_empty());
	});
}

#[test]
fn job_should_be_settled_when_the_providers_account_was_reaped() {
	build_and_execute(|| {
		// Who has an offer or a lease has something on hold, so its account stays; its free money
		// can go.
		let job = Posting::paid_by(milestones(&[(100, 20)])).assign(PRICE, &[]);
		start(job);
		submit(job, 0);
		keep_only_holds(wallet(PROVIDER));
		assert_ok!(MockEscrow::release(contract(job), 0));
		assert_eq!(settled(job).outcome, JobOutcome::Completed);
		assert_eq!(free(wallet(PROVIDER)), PRICE - PRICE / 40 + PRICE / 10);
	});
}

//! The README's table of who can move what when somebody is silent: a test for each row.
//!
//! Each row names a state and shows what can be done in it when the client, the provider, or everybody
//! is silent, and that nobody's money stays.

use crate::{mock::*, *};
use aitbc_core::JobId;
use aitbc_traits::AgentStatus;
use frame_support::{
	assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo, hypothetically,
	traits::fungible::InspectHold,
};

/// Checks that nothing is left of a job but what is kept of it, and not that any more after the
/// retention period.
#[track_caller]
fn assert_over(job: JobId) {
	assert!(!Jobs::<Test>::contains_key(job), "the job has not ended");
	assert_eq!(Bids::<Test>::iter().count(), 0);
	assert_eq!(escrow::Contracts::<Test>::iter().count(), 0);
	wait(RETENTION);
	if SettledJobs::<Test>::contains_key(job) {
		assert_ok!(Market::forget(signed(STRANGER), job));
	}
	for who in [CLIENT, wallet(PROVIDER), wallet(RIVAL)] {
		let offers: u128 = Offers::<Test>::iter_values()
			.filter(|offer| offer.account == who)
			.map(|offer| offer.deposit)
			.sum();
		let reserved = Balances::total_balance_on_hold(&who);
		assert_eq!(reserved, offers, "money of {who} is stuck");
	}
	assert_ok!(Market::do_try_state());
}

#[track_caller]
fn refused(result: DispatchResultWithPostInfo, error: Error<Test>) {
	assert_eq!(result.map_err(|failure| failure.error).map(|_| ()), Err(error.into()));
}

/// Bidding, up to `assign_by`.
#[test]
fn bidding_should_need_one_party_or_the_end_of_the_window() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		place(job, RIVAL, PRICE);
		hypothetically!({
			// The client is silent: each bidder has its bond back when it likes.
			assert_ok!(Market::withdraw_bid(by(PROVIDER), job));
			assert_ok!(Market::withdraw_bid(by(RIVAL), job));
			assert_eq!(bond_held(wallet(PROVIDER)) + bond_held(wallet(RIVAL)), 0);
		});
		hypothetically!({
			// The bidders are silent: the client takes one, or takes the job back.
			award(job, RIVAL);
		});
		hypothetically!({
			assert_ok!(Market::cancel(signed(CLIENT), job));
			assert_over(job);
		});
		// All are silent: wait for the end.
		refused(Market::expire(signed(STRANGER), job), Error::<Test>::AssignmentNotEnded);
	});
}

/// Bidding, after `assign_by`.
#[test]
fn bidding_should_be_ended_by_anybody_after_its_window() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		wait(51);
		assert_ok!(Market::expire(signed(STRANGER), job));
		assert_over(job);
	});
}

/// Assigned and not started, up to the latest start.
#[test]
fn assigned_should_need_the_provider_or_the_latest_start() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		hypothetically!({
			// The client is silent: the provider works.
			start(job);
			submit(job, 0);
		});
		hypothetically!({
			// Or it gives up, and so do the backups.
			give_up(job);
			give_up(job);
			assert_over(job);
		});
		// The provider is silent: nobody can do anything before the latest start.
		refused(Market::report(signed(CLIENT), job), Error::<Test>::NotOverdue);
		refused(Market::cancel(signed(CLIENT), job), Error::<Test>::AlreadyAssigned);
	});
}

/// Assigned and not started, after the latest start.
#[test]
fn assigned_should_be_reported_by_anybody_after_the_latest_start() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		wait(START_WITHIN + 1);
		hypothetically!({
			// Everybody else is silent: the provider is still in time as long as nobody reports it.
			start(job);
		});
		hypothetically!({
			// Or it gives up, and so does the backup.
			give_up(job);
			give_up(job);
			assert_over(job);
		});
		// The backup gets it, and is reported as well.
		assert_ok!(Market::report(signed(STRANGER), job));
		wait(START_WITHIN + 1);
		assert_ok!(Market::report(signed(STRANGER), job));
		assert_over(job);
	});
}

/// Running, with a milestone pending up to its due block.
#[test]
fn running_should_need_one_party_or_the_due_block() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		start(job);
		hypothetically!({
			// The client is silent: the provider submits, or gives up.
			submit(job, 0);
		});
		hypothetically!({
			give_up(job);
			assert_over(job);
		});
		hypothetically!({
			// The provider is silent: the client may release on the escrow.
			for milestone in 0..3 {
				assert_ok!(MockEscrow::release(aitbc_core::ContractId(0), milestone));
			}
			assert_over(job);
		});
		// All are silent: wait for the due block.
		refused(Market::report(signed(STRANGER), job), Error::<Test>::NotOverdue);
	});
}

/// Running, with a milestone pending after its due block.
#[test]
fn running_should_be_reported_by_anybody_after_a_due_block() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		start(job);
		wait(START_WITHIN + 21);
		assert_ok!(Market::report(signed(STRANGER), job));
		start(job);
		wait(START_WITHIN + 21);
		assert_ok!(Market::report(signed(STRANGER), job));
		assert_over(job);
	});
}

/// Submitted work, in and after its review period.
#[test]
fn submitted_should_be_settled_by_anybody_after_its_review_period() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		start(job);
		submit(job, 0);
		let contract = contract(job);
		hypothetically!({
			// The provider is silent: the client releases.
			assert_ok!(MockEscrow::release(contract, 0));
		});
		// In the review period everybody else waits.
		refused(Market::report(signed(STRANGER), job), Error::<Test>::UnderReview);
		refused(Market::give_up(by(PROVIDER), job), Error::<Test>::UnderReview);
		wait(REVIEW);
		assert_ok!(MockEscrow::settle(contract, 0));
		// Then the rest goes on as if it had been there alone.
		wait(START_WITHIN + 21);
		assert_ok!(Market::report(signed(STRANGER), job));
		wait(START_WITHIN + 1);
		assert_ok!(Market::report(signed(STRANGER), job));
		assert_over(job);
	});
}

/// Under dispute: the court's ruling ends it, whoever is silent.
#[test]
fn disputed_should_go_on_after_the_ruling() {
	for payment in [STREAM, METER] {
		build_and_execute(|| {
			let job = Posting::paid_by(payment).assign(15, &[(RIVAL, 15)]);
			start(job);
			assert_ok!(MockEscrow::dispute_rest(contract(job)));
			wait(500);
			refused(Market::report(signed(STRANGER), job), Error::<Test>::UnderReview);
			refused(Market::give_up(by(PROVIDER), job), Error::<Test>::UnderReview);
			assert_ok!(MockEscrow::rule_rest(contract(job), percent(50)));
			assert_over(job);
		});
	}
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		start(job);
		submit(job, 0);
		let contract = contract(job);
		assert_ok!(MockEscrow::dispute(contract, 0));
		wait(500);
		refused(Market::report(signed(STRANGER), job), Error::<Test>::UnderReview);
		assert_ok!(MockEscrow::rule(contract, 0, percent(50)));
		assert_ok!(Market::report(signed(STRANGER), job));
		assert_over(job);
	});
}

/// A stream or a meter that runs.
#[test]
fn streams_and_meters_should_be_ended_on_the_escrow() {
	for payment in [STREAM, METER] {
		build_and_execute(|| {
			let job = Posting::paid_by(payment).assign(15, &[(RIVAL, 15)]);
			start(job);
			wait(5);
			hypothetically!({
				// The client is silent: the provider gives up, and so does the backup.
				give_up(job);
				give_up(job);
				assert_over(job);
			});
			hypothetically!({
				// The provider is silent: the client stops it, a meter after its notice.
				let contract = contract(job);
				assert_ok!(MockEscrow::stop(contract));
				if escrow::Contracts::<Test>::contains_key(contract) {
					wait(REVIEW + 1);
					assert_ok!(MockEscrow::stop(contract));
				}
				assert_over(job);
			});
			// All are silent: anybody stops it when its time is over.
			refused(Market::report(signed(STRANGER), job), Error::<Test>::NotOverdue);
			wait(START_WITHIN + 100 + REVIEW);
			refused(Market::report(signed(STRANGER), job), Error::<Test>::NotOverdue);
			assert_ok!(MockEscrow::stop_late(contract(job)));
			assert_over(job);
		});
	}
}

/// A meter to which the client gave notice.
#[test]
fn meters_under_notice_should_be_ended_on_the_escrow() {
	build_and_execute(|| {
		let job = Posting::paid_by(METER).assign(15, &[]);
		start(job);
		assert_ok!(MockEscrow::stop(contract(job)));
		hypothetically!({
			// The client is silent: the provider gives up.
			give_up(job);
			assert_over(job);
		});
		// The provider is silent, or all are: anybody stops it when the notice is over.
		refused(Market::report(signed(STRANGER), job), Error::<Test>::NotOverdue);
		wait(REVIEW + 1);
		assert_ok!(MockEscrow::stop_late(contract(job)));
		assert_over(job);
	});
}

/// A bid that stays as a backup.
#[test]
fn backups_should_be_free_to_go() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		// Everybody else is silent.
		assert_ok!(Market::withdraw_bid(by(RIVAL), job));
		assert_eq!(bond_held(wallet(RIVAL)), 0);
		give_up(job);
		assert_over(job);
	});
}

/// What is kept of a settled job.
#[test]
fn settled_should_be_forgotten_by_anybody_after_the_retention_period() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		give_up(job);
		assert_noop!(Market::forget(signed(CLIENT), job), Error::<Test>::RetentionPeriodNotElapsed);
		wait(RETENTION);
		assert_ok!(Market::forget(signed(STRANGER), job));
		assert_eq!(deposit_held(CLIENT), 0);
	});
}

/// An offer by which nobody works.
#[test]
fn offers_should_be_withdrawn_by_their_account_or_when_abandoned_by_anybody() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		hypothetically!({
			assert_ok!(Market::withdraw_offer(by(PROVIDER), offer));
			assert_eq!(deposit_held(wallet(PROVIDER)), 0);
		});
		assert_noop!(
			Market::withdraw_offer(signed(STRANGER), offer),
			Error::<Test>::NotOfferAccount
		);
		let status = AgentStatus::Deregistering { bond_until: 500 };
		alter_agent(PROVIDER, |agent| agent.status = status);
		assert_ok!(Market::withdraw_offer(signed(STRANGER), offer));
		assert_eq!(deposit_held(wallet(PROVIDER)), 0);
	});
}

/// Money that could not be released.
#[test]
fn claims_should_be_collected_by_anybody_once_the_account_can_be_credited() {
	build_and_execute(|| {
		let job = Posting::default().post();
		keep_only(CLIENT, 50);
		ExistentialDeposit::set(&500_000);
		assert_ok!(Market::cancel(signed(CLIENT), job));
		assert!(deposit_held(CLIENT) > 0);
		assert_noop!(
			Market::collect(signed(STRANGER), CLIENT, ClaimKind::Deposit),
			Error::<Test>::PayeeNotCreditable
		);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), CLIENT, 500_000));
		assert_ok!(Market::collect(signed(STRANGER), CLIENT, ClaimKind::Deposit));
		assert_eq!(deposit_held(CLIENT), 0);
	});
}

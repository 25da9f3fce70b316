//! Tests of `assign`.

use crate::{
	mock::{escrow::HoldReason as EscrowHold, *},
	*,
};
use aitbc_core::{AgentId, Balance, ContractId, JobId};
use aitbc_traits::{AgentStatus, Escrow};
use frame_support::{
	assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo, traits::fungible::InspectHold,
};
use sp_runtime::{DispatchError, TokenError};

/// What the escrow holds on `who` for `reason`, in plancks.
fn escrowed(reason: EscrowHold, who: AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), &who)
}

/// Lets the client assign the job to [`PROVIDER`], as it bid.
fn try_award(job: JobId) -> DispatchResultWithPostInfo {
	let terms = bid_of(job, PROVIDER).expect("it bid").terms;
	Market::assign(signed(CLIENT), job, PROVIDER, terms)
}

/// The error of a call that must fail, without its weight.
#[track_caller]
fn assert_refused(
	result: impl FnOnce() -> DispatchResultWithPostInfo,
	error: impl Into<DispatchError>,
) {
	assert_noop!(result().map_err(|failure| failure.error), error.into());
}

#[test]
fn assign_should_move_all_money_to_the_escrow_when_all_is_sound() {
	build_and_execute(|| {
		let job = Posting::default().post();
		let terms = place(job, PROVIDER, PRICE);
		let (client, provider) = (free(CLIENT), free(wallet(PROVIDER)));
		wait(5);
		reset_events();

		assert_ok!(Market::assign(signed(CLIENT), job, PROVIDER, terms));

		let lease = Lease {
			agent: PROVIDER,
			account: wallet(PROVIDER),
			offer: OFFER,
			contract: ContractId(0),
			price: PRICE,
			scope: work().whole(),
			units: UNITS,
			since: START + 5,
		};
		let start_by = START + 5 + START_WITHIN;
		let state = JobState::Assigned { lease: lease.clone(), start_by };
		assert_eq!(live(job).state, state);
		assert_eq!(Market::bids(job), []);
		assert_eq!(Market::open_bids_of(&wallet(PROVIDER)), 0);
		assert_eq!(bond_held(wallet(PROVIDER)), 0);
		assert_eq!(escrowed(EscrowHold::Bond, wallet(PROVIDER)), terms.bond);
		assert_eq!(free(wallet(PROVIDER)), provider);
		assert_eq!(escrowed(EscrowHold::Money, CLIENT), PRICE);
		assert_eq!(free(CLIENT), client - PRICE - escrow::DEPOSIT);
		assert_eq!(in_use(PROVIDER), UNITS);
		assert!(!OpenJobs::<Test>::contains_key(TAG, job));
		assert!(JobsByParty::<Test>::contains_key(wallet(PROVIDER), job));
		assert_eq!(counted(), Counters { posted: 1, assigned: 1, ..Default::default() });
		let assigned = Event::JobAssigned { job, lease, bond: terms.bond, start_by };
		assert_eq!(events(), [assigned]);
	});
}

#[test]
fn assign_should_engage_on_the_terms_of_the_job() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE + 3, &[]);
		let record = escrow::Contracts::<Test>::get(contract(job)).expect("it is engaged");
		let escrow::Payment::Milestones(milestones) = record.payment else {
			panic!("the job has milestones");
		};
		let terms: Vec<_> =
			milestones.iter().map(|one| (one.terms.amount, one.terms.due)).collect();
		// The last one pays what rounding left; dues count from the latest start.
		let first_due = START + START_WITHIN;
		assert_eq!(
			terms,
			[(5_001, first_due + 20), (3_000, first_due + 40), (2_002, first_due + 60)]
		);
		assert_eq!((record.review_period, record.bond), (REVIEW, 1_001));
	});
}

#[test]
fn assign_should_engage_a_stream_and_a_meter_for_their_time() {
	build_and_execute(|| {
		let until = START + START_WITHIN + 100;
		let job = Posting::paid_by(STREAM).assign(150, &[]);
		let payment = escrow::Contracts::<Test>::get(contract(job)).expect("engaged").payment;
		let escrow::Payment::Stream { terms, .. } = payment else { panic!("it is a stream") };
		assert_eq!((terms.rate, terms.amount, terms.until), (150, 15_000, until));

		let job = Posting::paid_by(METER).assign(12, &[]);
		let payment = escrow::Contracts::<Test>::get(contract(job)).expect("engaged").payment;
		let escrow::Payment::Meter { terms, .. } = payment else { panic!("it is a meter") };
		assert_eq!((terms.unit_price, terms.units, terms.until), (12, UNITS, until));
		assert_eq!(terms.signer, CLIENT);
	});
}

#[test]
fn assign_should_keep_the_dearest_backups_that_want_to_stay_and_ask_for_no_more() {
	build_and_execute(|| {
		let job = Posting::default().post();
		let bids = [(0, 12_000, true), (1, 9_000, true), (2, 11_500, false), (3, 11_000, true)];
		for (agent, price, stays) in bids {
			let terms = terms_for(job, AgentId(agent), price);
			assert_ok!(Market::bid(by(AgentId(agent)), job, terms, stays));
		}
		// As dear as another, but later; and dearer than the winner.
		wait(1);
		place(job, AgentId(4), 11_000);
		place(job, AgentId(5), 15_000);
		reset_events();

		award(job, PROVIDER);

		assert_eq!(bidders(job), [FOURTH, AgentId(4)]);
		for (agent, held) in [(1, 0), (2, 0), (3, 1_100), (4, 1_100), (5, 0)] {
			assert_eq!(bond_held(wallet(AgentId(agent))), held, "agent {agent}");
			let open = u32::from(held > 0);
			assert_eq!(Market::open_bids_of(&wallet(AgentId(agent))), open);
		}
		let lost = |agent, bond| Event::BidReleased {
			job,
			agent,
			account: wallet(agent),
			bond,
			cause: BidEnd::Lost,
		};
		let released = [lost(THIRD, 1_150), lost(AgentId(5), 1_500), lost(RIVAL, 900)];
		assert_eq!(events()[..3], released);
		assert_eq!(events().len(), 4);
	});
}

#[test]
fn assign_should_keep_nobody_when_the_job_asks_for_no_backups() {
	build_and_execute(|| {
		let job = Posting::with_backups(0).assign(PRICE, &[(RIVAL, PRICE)]);
		assert_eq!(Market::bids(job), []);
		assert_eq!(bond_held(wallet(RIVAL)), 0);
	});
}

#[test]
fn assign_should_weigh_by_the_number_of_bids() {
	build_and_execute(|| {
		let job = Posting::default().post();
		for agent in [PROVIDER, RIVAL, THIRD] {
			place(job, agent, PRICE);
		}
		let weight = try_award(job).expect("it is sound").actual_weight;
		assert_eq!(weight, Some(<()>::assign(3) + escrow::ENGAGE_WEIGHT));
	});
}

#[test]
fn assign_should_pass_before_and_after_the_end_of_bidding() {
	build_and_execute(|| {
		for wait_for in [0, 30, 50] {
			let job = Posting::default().post();
			place(job, PROVIDER, 1_000);
			wait(wait_for);
			assert_ok!(try_award(job));
			give_up(job);
		}
	});
}

#[test]
fn assign_should_fail_when_there_is_no_such_job() {
	build_and_execute(|| {
		let terms = BidTerms { offer: OFFER, price: PRICE, bond: PRICE };
		assert_refused(
			|| Market::assign(signed(CLIENT), JOB, PROVIDER, terms),
			Error::<Test>::JobNotFound,
		);
	});
}

#[test]
fn assign_should_fail_when_the_caller_is_not_the_client() {
	build_and_execute(|| {
		let job = Posting::default().post();
		let terms = place(job, PROVIDER, PRICE);
		for caller in [wallet(PROVIDER), STRANGER] {
			assert_refused(
				|| Market::assign(signed(caller), job, PROVIDER, terms),
				Error::<Test>::NotClient,
			);
		}
	});
}

#[test]
fn assign_should_fail_when_somebody_has_the_job() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		let terms = bid_of(job, RIVAL).expect("it stayed").terms;
		assert_refused(
			|| Market::assign(signed(CLIENT), job, RIVAL, terms),
			Error::<Test>::AlreadyAssigned,
		);
	});
}

#[test]
fn assign_should_fail_when_the_time_to_decide_has_passed() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		wait(51);
		assert_refused(|| try_award(job), Error::<Test>::AssignmentEnded);
	});
}

#[test]
fn assign_should_fail_when_the_agent_did_not_bid_or_withdrew() {
	build_and_execute(|| {
		let job = Posting::default().post();
		let terms = place(job, PROVIDER, PRICE);
		assert_refused(
			|| Market::assign(signed(CLIENT), job, RIVAL, terms),
			Error::<Test>::BidNotFound,
		);
		assert_ok!(Market::withdraw_bid(by(PROVIDER), job));
		assert_refused(
			|| Market::assign(signed(CLIENT), job, PROVIDER, terms),
			Error::<Test>::BidNotFound,
		);
	});
}

#[test]
fn assign_should_fail_when_the_bid_is_not_the_one_that_the_client_saw() {
	build_and_execute(|| {
		let job = Posting::default().post();
		let seen = place(job, PROVIDER, PRICE);
		for changed in [
			BidTerms { price: seen.price + 1, bond: seen.bond + 1, ..seen },
			BidTerms { bond: seen.bond + 1, ..seen },
			BidTerms { offer: offer(PROVIDER), ..seen },
		] {
			assert_ok!(Market::bid(by(PROVIDER), job, changed, false));
			assert_refused(
				|| Market::assign(signed(CLIENT), job, PROVIDER, seen),
				Error::<Test>::BidChanged,
			);
		}
	});
}

#[test]
fn assign_should_fail_when_the_agent_works_under_another_wallet_or_none() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		for other in [None, Some(STRANGER)] {
			alter_agent(PROVIDER, |agent| agent.wallet = other);
			assert_refused(|| try_award(job), Error::<Test>::WalletChanged);
		}
		// Also when it left the registry for good.
		Registry::set(&Default::default());
		assert_refused(|| try_award(job), Error::<Test>::WalletChanged);
	});
}

#[test]
fn assign_should_fail_when_the_agent_is_not_active_any_more() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		for status in [
			AgentStatus::Inactive,
			AgentStatus::Suspended,
			AgentStatus::Deregistering { bond_until: 900 },
		] {
			alter_agent(PROVIDER, |agent| agent.status = status);
			assert_refused(|| try_award(job), Error::<Test>::AgentNotActive);
		}
	});
}

#[test]
fn assign_should_fail_when_the_client_bought_the_agent() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		alter_agent(PROVIDER, |agent| agent.owner = CLIENT);
		assert_refused(|| try_award(job), Error::<Test>::OwnJob);
	});
}

#[test]
fn assign_should_fail_when_the_offer_is_paused_or_withdrawn() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		assert_ok!(Market::pause_offer(by(PROVIDER), OFFER));
		assert_refused(|| try_award(job), Error::<Test>::OfferNotOpen);
		assert_ok!(Market::withdraw_offer(by(PROVIDER), OFFER));
		assert_refused(|| try_award(job), Error::<Test>::OfferNotFound);
	});
}

#[test]
fn assign_should_fail_when_other_jobs_took_the_capacity() {
	build_and_execute(|| {
		let jobs: Vec<_> = (0..3).map(|_| Posting::default().post()).collect();
		for job in &jobs {
			place(*job, PROVIDER, PRICE);
		}
		assert_ok!(try_award(jobs[0]));
		assert_ok!(try_award(jobs[1]));
		assert_refused(|| try_award(jobs[2]), Error::<Test>::OfferExhausted);
		assert_eq!(in_use(PROVIDER), 2_000);
		give_up(jobs[0]);
		assert_ok!(try_award(jobs[2]));
	});
}

#[test]
fn assign_should_fail_and_change_nothing_when_the_client_can_not_pay() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		keep_only(CLIENT, PRICE + escrow::DEPOSIT + ED - 1);
		assert_refused(|| try_award(job), TokenError::FundsUnavailable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), CLIENT, 1));
		assert_ok!(try_award(job));
	});
}

#[test]
fn assign_should_fail_and_change_nothing_when_the_escrow_refuses() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		MockEscrow::refuse(wallet(PROVIDER));
		assert_refused(|| try_award(job), DispatchError::Other("refused"));
	});
}

#[test]
fn assign_should_fail_when_the_escrow_would_not_allow_the_job_any_more() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		MaxDuration::set(&(START_WITHIN + 59));
		assert_refused(|| try_award(job), DispatchError::Other("due"));
		assert_ok!(Market::cancel(signed(CLIENT), job));
	});
}

#[test]
fn assign_should_pass_when_the_provider_owns_only_what_is_held() {
	build_and_execute(|| {
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		keep_only_holds(wallet(PROVIDER));
		assert_ok!(try_award(job));
		assert_eq!(free(wallet(PROVIDER)), 0);
	});
}

#[test]
fn assign_should_fail_when_releasing_the_bond_would_turn_money_to_dust() {
	build_and_execute(|| {
		let job = Posting::default().post();
		// Nothing but the bond is held on the provider.
		BytePrice::set(&0);
		place(job, PROVIDER, PRICE);
		keep_only(wallet(PROVIDER), 5);
		ExistentialDeposit::set(&1_900);
		assert_refused(|| try_award(job), Error::<Test>::PayeeNotCreditable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), wallet(PROVIDER), 1_900));
		assert_ok!(try_award(job));
	});
}

#[test]
fn assign_should_let_the_provider_start_once() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		let standing = MockEscrow::standing(contract(job)).expect("it is engaged");
		assert_eq!((standing.started, standing.outstanding), (None, PRICE));
		start(job);
	});
}

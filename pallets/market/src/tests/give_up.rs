//! Tests of `give_up`, and of how a job goes on to its backups.

use crate::{
	mock::{escrow::HoldReason as EscrowHold, *},
	*,
};
use aitbc_core::{AgentId, Balance, ContractId, ContractOutcome, JobId, MilestoneIndex};
use aitbc_traits::{AgentStatus, Escrow, OnContractClosed};
use frame_support::{
	assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo, traits::fungible::InspectHold,
};
use sp_runtime::DispatchError;

fn try_give_up(caller: AccountId, job: JobId) -> DispatchResultWithPostInfo {
	Market::give_up(signed(caller), job)
}

#[track_caller]
fn assert_refused(caller: AccountId, job: JobId, error: impl Into<DispatchError>) {
	assert_noop!(try_give_up(caller, job).map_err(|failure| failure.error), error.into());
}

fn past(
	agent: AgentId,
	contract: u64,
	released: Balance,
	refunded: Balance,
) -> PastLease<AccountId> {
	let outcome = match (released, refunded) {
		(_, 0) => ContractOutcome::Completed,
		(0, _) => ContractOutcome::Refunded,
		_ => ContractOutcome::Partial,
	};
	let (account, contract) = (wallet(agent), ContractId(contract));
	PastLease { agent, account, contract, outcome, released, refunded }
}

/// The providers of whose contracts the listener heard, in order.
fn heard() -> Vec<AccountId> {
	Heard::get().into_iter().map(|(_, closed)| closed.provider).collect()
}

/// The scope of the milestones of the plan at these places.
fn scope(places: &[u32]) -> Scope {
	let places: Vec<_> = places.iter().copied().map(PlanIndex).collect();
	Scope::Milestones(places.try_into().expect("few enough"))
}

#[test]
fn give_up_should_refund_and_end_the_job_when_there_is_no_backup() {
	build_and_execute(|| {
		let (client, provider) = (free(CLIENT), free(wallet(PROVIDER)));
		let job = Posting::default().assign(PRICE, &[]);
		reset_events();

		let weight = try_give_up(wallet(PROVIDER), job).expect("it has the job").actual_weight;

		let deposits = deposits(2);
		let settled_job = SettledJob {
			client: CLIENT,
			specification: specification(),
			leases: vec![past(PROVIDER, 0, 0, PRICE)].try_into().expect("few enough"),
			receipts: Default::default(),
			outcome: JobOutcome::Refunded,
			settled_at: START,
			deposit: deposits.record,
		};
		assert_eq!(settled(job), settled_job);
		assert!(!Jobs::<Test>::contains_key(job));
		assert_eq!(free(CLIENT), client - deposits.record);
		assert_eq!(deposit_held(CLIENT), deposits.record);
		assert_eq!(free(wallet(PROVIDER)), provider - Market::offer_deposit());
		assert_eq!(in_use(PROVIDER), 0);
		assert_eq!(heard(), [wallet(PROVIDER)]);
		let counters = Counters { posted: 1, assigned: 1, refunded: 1, ..Default::default() };
		assert_eq!(counted(), counters);
		let ended =
			Event::LeaseEnded { job, lease: past(PROVIDER, 0, 0, PRICE), cause: LeaseEnd::GivenUp };
		let outcome = JobOutcome::Refunded;
		let settled = Event::JobSettled { job, client: CLIENT, outcome, paid: 0, at: START };
		assert_eq!(events(), [ended, settled]);
		let own = <()>::give_up(0) + escrow::TERMINATE_WEIGHT;
		let listener = <Market as OnContractClosed<AccountId, Balance>>::weight();
		assert_eq!(weight, Some(own + listener));
	});
}

#[test]
fn give_up_should_give_the_job_to_the_first_backup() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, 7_000), (THIRD, 8_000)]);
		let (client, third) = (free(CLIENT), free(wallet(THIRD)));
		wait(4);
		reset_events();

		let weight = try_give_up(wallet(PROVIDER), job).expect("it has the job").actual_weight;

		let lease = Lease {
			agent: THIRD,
			account: wallet(THIRD),
			offer: offers_of(THIRD),
			contract: ContractId(1),
			price: 8_000,
			scope: scope(&[0, 1, 2]),
			units: UNITS,
			since: START + 4,
		};
		let start_by = START + 4 + START_WITHIN;
		let record = live(job);
		assert_eq!(record.state, JobState::Assigned { lease: lease.clone(), start_by });
		assert_eq!(record.past, vec![past(PROVIDER, 0, 0, PRICE)]);
		assert_eq!(bidders(job), [RIVAL]);
		assert_eq!((in_use(PROVIDER), in_use(THIRD), in_use(RIVAL)), (0, UNITS, 0));
		assert_eq!(free(CLIENT), client + PRICE - 8_000);
		// The bond moved from the market to the escrow.
		assert_eq!((bond_held(wallet(THIRD)), free(wallet(THIRD))), (0, third));
		let bond = Balances::balance_on_hold(&EscrowHold::Bond.into(), &wallet(THIRD));
		assert_eq!((bond, Market::open_bids_of(&wallet(THIRD))), (800, 0));
		assert!(JobsByParty::<Test>::contains_key(wallet(THIRD), job));
		let counters = Counters { posted: 1, assigned: 1, reassigned: 1, ..Default::default() };
		assert_eq!(counted(), counters);
		let ended =
			Event::LeaseEnded { job, lease: past(PROVIDER, 0, 0, PRICE), cause: LeaseEnd::GivenUp };
		assert_eq!(events(), [ended, Event::JobAssigned { job, lease, bond: 800, start_by }]);
		assert_eq!(heard(), [wallet(PROVIDER)]);
		let own = <()>::give_up(2) + escrow::TERMINATE_WEIGHT + escrow::ENGAGE_WEIGHT * 2;
		let listener = <Market as OnContractClosed<AccountId, Balance>>::weight();
		assert_eq!(weight, Some(own + listener));
	});
}

/// The only offer of `agent`.
fn offers_of(agent: AgentId) -> aitbc_core::OfferId {
	OffersByAgent::<Test>::iter_key_prefix(agent).next().expect("it has one")
}

#[test]
fn give_up_should_leave_finished_milestones_paid_and_pass_on_the_rest() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, 9_999)]);
		start(job);
		for place in [0, 1] {
			submit(job, place);
			assert_ok!(MockEscrow::release(contract(job), place));
		}
		let paid = free(wallet(PROVIDER));
		wait(5);

		give_up(job);

		// The last fifth of 9,999, rounded down: what came back is enough, whatever was rounded.
		let lease = lease(job);
		assert_eq!((lease.agent, lease.scope.clone()), (RIVAL, scope(&[2])));
		let record = escrow::Contracts::<Test>::get(lease.contract).expect("it is engaged");
		let escrow::Payment::Milestones(milestones) = record.payment else {
			panic!("the job has milestones");
		};
		let terms: Vec<_> =
			milestones.iter().map(|one| (one.terms.amount, one.terms.due)).collect();
		let rest = 1_999;
		assert_eq!(terms, [(rest, START + 5 + START_WITHIN + 60)]);
		assert_eq!(live(job).past, vec![past(PROVIDER, 0, 8_000, 2_000)]);
		assert_eq!(free(wallet(PROVIDER)), paid + PRICE / 10);
	});
}

#[test]
fn give_up_should_complete_the_job_in_the_end_when_the_backup_does_the_rest() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, 9_999)]);
		start(job);
		submit(job, 0);
		assert_ok!(MockEscrow::release(contract(job), 0));
		give_up(job);
		start(job);
		submit(job, 1);
		submit(job, 2);
		reset_events();

		for milestone in [0, 1] {
			assert_ok!(MockEscrow::release(contract_of(RIVAL, job), milestone));
		}

		let record = settled(job);
		assert_eq!(record.outcome, JobOutcome::Completed);
		assert_eq!(record.paid(), 5_000 + 2_999 + 1_999);
		assert_eq!(record.leases, vec![past(PROVIDER, 0, 5_000, 5_000), past(RIVAL, 1, 4_998, 0)]);
		let receipts: Vec<_> =
			record.receipts.iter().map(|one| (one.contract.0, one.milestone)).collect();
		let place = |index| Some(MilestoneIndex(index));
		assert_eq!(receipts, [(0, place(0)), (1, place(0)), (1, place(1))]);
		assert_eq!(heard(), [wallet(PROVIDER), wallet(RIVAL)]);
		assert_eq!(counted().value_settled, 9_998);
		assert_eq!((counted().completed, counted().reassigned), (1, 1));
	});
}

/// The contract under which `agent` has the job.
fn contract_of(agent: AgentId, job: JobId) -> ContractId {
	assert_eq!(lease(job).agent, agent);
	contract(job)
}

#[test]
fn give_up_should_go_on_when_two_fail_in_a_row() {
	build_and_execute(|| {
		let backups = [(RIVAL, 9_000), (THIRD, 9_500)];
		let job = Posting::default().assign(PRICE, &backups);
		give_up(job);
		assert_eq!(lease(job).agent, THIRD);
		give_up(job);
		// What came back from the dearer backup is enough for the other.
		assert_eq!(lease(job).agent, RIVAL);
		give_up(job);
		assert_eq!(
			settled(job).leases,
			vec![past(PROVIDER, 0, 0, PRICE), past(THIRD, 1, 0, 9_500), past(RIVAL, 2, 0, 9_000)]
		);
		assert_eq!(settled(job).outcome, JobOutcome::Refunded);
		assert_eq!(Heard::get().len(), 3);
	});
}

#[test]
fn give_up_should_skip_backups_that_can_not_take_over_and_release_them() {
	type Disturb = fn();
	let disturbances: [(&str, Disturb); 8] = [
		("paused", || {
			assert_ok!(Market::pause_offer(by(RIVAL), offers_of(RIVAL)));
		}),
		("withdrawn", || {
			assert_ok!(Market::withdraw_offer(by(RIVAL), offers_of(RIVAL)));
		}),
		("inactive", || alter_agent(RIVAL, |agent| agent.status = AgentStatus::Inactive)),
		("suspended", || alter_agent(RIVAL, |agent| agent.status = AgentStatus::Suspended)),
		("deregistered", || {
			let status = AgentStatus::Deregistering { bond_until: 500 };
			alter_agent(RIVAL, |agent| agent.status = status);
		}),
		("with another wallet", || alter_agent(RIVAL, |agent| agent.wallet = Some(STRANGER))),
		("sold to the client", || alter_agent(RIVAL, |agent| agent.owner = CLIENT)),
		("refused by the escrow", || MockEscrow::refuse(wallet(RIVAL))),
	];
	for (name, disturb) in disturbances {
		build_and_execute(|| {
			let job = Posting::default().assign(PRICE, &[(RIVAL, 9_000), (THIRD, 8_500)]);
			disturb();
			reset_events();

			give_up(job);

			assert_eq!(lease(job).agent, THIRD, "{name}");
			assert_eq!(bidders(job), []);
			assert_eq!(bond_held(wallet(RIVAL)), 0);
			assert_eq!(Market::open_bids_of(&wallet(RIVAL)), 0);
			let skipped = Event::BidReleased {
				job,
				agent: RIVAL,
				account: wallet(RIVAL),
				bond: 900,
				cause: BidEnd::Skipped,
			};
			assert_eq!(events()[1], skipped);
			assert_eq!(Heard::get().len(), 1, "a backup that never had the job is not evidence");
		});
	}
}

#[test]
fn give_up_should_skip_a_backup_whose_bond_would_turn_to_dust_and_keep_it_as_a_claim() {
	build_and_execute(|| {
		// Nothing but the bond is held on the backup.
		BytePrice::set(&0);
		let job = Posting::default().assign(PRICE, &[(RIVAL, 9_000), (THIRD, 8_500)]);
		keep_only(wallet(RIVAL), 50);
		ExistentialDeposit::set(&1_000);

		give_up(job);

		assert_eq!(lease(job).agent, THIRD);
		assert_eq!(Market::claims(&wallet(RIVAL)), [(ClaimKind::Bond, 900)]);
		assert_eq!((bond_held(wallet(RIVAL)), free(wallet(RIVAL))), (900, 50));
	});
}

#[test]
fn give_up_should_skip_a_backup_whose_capacity_is_in_use() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, 9_000)]);
		for _ in 0..2 {
			let other = Posting::default().post();
			place(other, RIVAL, PRICE);
			award(other, RIVAL);
		}
		give_up(job);
		assert_eq!(settled(job).outcome, JobOutcome::Refunded);
		assert_eq!(bond_held(wallet(RIVAL)), 0);
		assert_eq!(in_use(RIVAL), 2 * UNITS);
	});
}

#[test]
fn give_up_should_skip_backups_that_ask_for_more_than_is_left() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE), (THIRD, PRICE)]);
		assert_eq!(bidders(job), [RIVAL, THIRD]);
		// Nothing that happens makes a backup as dear as that.
		Bids::<Test>::mutate(job, |bids| {
			bids.iter_mut().for_each(|bid| bid.terms.price += 1);
		});
		give_up(job);
		assert_eq!(settled(job).outcome, JobOutcome::Refunded);
		assert_eq!((bond_held(wallet(RIVAL)), bond_held(wallet(THIRD))), (0, 0));
	});
}

#[test]
fn give_up_should_refund_when_every_backup_fails_to_engage() {
	build_and_execute(|| {
		let backups = [(RIVAL, 9_000), (THIRD, 9_000), (FOURTH, 9_000)];
		let job = Posting::with_backups(3).assign(PRICE, &backups);
		for (agent, _) in backups {
			MockEscrow::refuse(wallet(agent));
		}
		let before = free(CLIENT);

		give_up(job);

		assert_eq!(settled(job).outcome, JobOutcome::Refunded);
		let returned = PRICE + escrow::DEPOSIT + deposits(3).job;
		assert_eq!(free(CLIENT), before + returned);
		for (agent, _) in backups {
			assert_eq!((bond_held(wallet(agent)), in_use(agent)), (0, 0));
		}
	});
}

#[test]
fn give_up_should_refund_when_the_escrow_would_not_allow_the_job_any_more() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		MaxDuration::set(&(START_WITHIN + 59));
		give_up(job);
		assert_eq!(settled(job).outcome, JobOutcome::Refunded);
		assert_eq!(bond_held(wallet(RIVAL)), 0);
	});
}

#[test]
fn give_up_should_end_the_job_when_the_client_gave_notice() {
	build_and_execute(|| {
		let job = Posting::paid_by(METER).assign(15, &[(RIVAL, 15)]);
		start(job);
		assert_ok!(MockEscrow::bill(contract(job), 400));
		assert_ok!(MockEscrow::stop(contract(job)));
		let (client, rival, deposits) = (free(CLIENT), free(wallet(RIVAL)), live(job).deposits);
		reset_events();

		give_up(job);

		let lease = past(PROVIDER, 0, 6_000, 9_000);
		assert_eq!(settled(job).leases, vec![lease.clone()]);
		assert_eq!(settled(job).outcome, JobOutcome::Partial);
		assert_eq!(free(CLIENT), client + 9_000 + escrow::DEPOSIT + deposits.job);
		assert_eq!((bond_held(wallet(RIVAL)), free(wallet(RIVAL))), (0, rival + 1_500));
		assert_eq!(counted().reassigned, 0);
		let backup = Event::BidReleased {
			job,
			agent: RIVAL,
			account: wallet(RIVAL),
			bond: 1_500,
			cause: BidEnd::JobEnded,
		};
		let outcome = JobOutcome::Partial;
		let expected = [
			Event::LeaseEnded { job, lease, cause: LeaseEnd::GivenUp },
			backup,
			Event::JobSettled { job, client: CLIENT, outcome, paid: 6_000, at: START },
		];
		assert_eq!(events(), expected);
	});
}

#[test]
fn give_up_should_pass_on_the_time_that_a_stream_has_left() {
	build_and_execute(|| {
		let job = Posting::paid_by(STREAM).assign(150, &[(RIVAL, 140)]);
		start(job);
		wait(30);

		give_up(job);

		assert_eq!(live(job).past, vec![past(PROVIDER, 0, 30 * 150, 70 * 150)]);
		assert_eq!(lease(job).scope, Scope::Stream { blocks: 70 });
		let payment = escrow::Contracts::<Test>::get(contract(job)).expect("engaged").payment;
		let escrow::Payment::Stream { terms, .. } = payment else { panic!("it is a stream") };
		let until = START + 30 + START_WITHIN + 70;
		assert_eq!((terms.rate, terms.amount, terms.until), (140, 70 * 140, until));
	});
}

#[test]
fn give_up_should_pass_on_no_more_time_than_was_asked_for_when_a_stream_was_topped_up() {
	build_and_execute(|| {
		let job = Posting::paid_by(STREAM).assign(150, &[(RIVAL, 140)]);
		assert_ok!(MockEscrow::top_up(contract(job), 5_000));
		give_up(job);
		assert_eq!(lease(job).scope, Scope::Stream { blocks: 100 });
	});
}

#[test]
fn give_up_should_end_the_job_when_a_stream_has_no_money_left() {
	build_and_execute(|| {
		let job = Posting::paid_by(STREAM).assign(150, &[(RIVAL, 140)]);
		start(job);
		wait(100);
		give_up(job);
		assert_eq!(settled(job).outcome, JobOutcome::Completed);
		assert_eq!(bond_held(wallet(RIVAL)), 0);
	});
}

#[test]
fn give_up_should_end_the_job_when_the_time_of_a_stream_or_a_meter_is_over() {
	for payment in [STREAM, METER] {
		build_and_execute(|| {
			let job = Posting::paid_by(payment).assign(15, &[(RIVAL, 15)]);
			// It started late, so some of it is left.
			wait(START_WITHIN + 5);
			start(job);
			wait(96 + REVIEW);
			give_up(job);
			assert!(settled(job).leases[0].refunded > 0);
			assert_eq!(bond_held(wallet(RIVAL)), 0);
		});
	}
}

#[test]
fn give_up_should_pass_on_the_units_that_a_meter_has_left() {
	build_and_execute(|| {
		let job = Posting::paid_by(METER).assign(15, &[(RIVAL, 14)]);
		start(job);
		assert_ok!(MockEscrow::bill(contract(job), 400));
		wait(30);

		give_up(job);

		assert_eq!(live(job).past, vec![past(PROVIDER, 0, 6_000, 9_000)]);
		assert_eq!(lease(job).scope, Scope::Metered { units: 600 });
		assert_eq!((in_use(PROVIDER), in_use(RIVAL)), (0, 600));
		let payment = escrow::Contracts::<Test>::get(contract(job)).expect("engaged").payment;
		let escrow::Payment::Meter { terms, .. } = payment else { panic!("it is a meter") };
		let until = START + 30 + START_WITHIN + 100;
		assert_eq!((terms.unit_price, terms.units, terms.until), (14, 600, until));
	});
}

#[test]
fn give_up_should_cost_nothing_but_the_job_when_nothing_is_overdue() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		start(job);
		wait(15);
		give_up(job);
		assert_eq!(Heard::get()[0].1.slashed, 0);
	});
}

#[test]
fn give_up_should_fail_when_there_is_no_such_job_or_nobody_has_it() {
	build_and_execute(|| {
		assert_refused(wallet(PROVIDER), JOB, Error::<Test>::JobNotFound);
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		assert_refused(wallet(PROVIDER), job, Error::<Test>::NotAssigned);
	});
}

#[test]
fn give_up_should_fail_when_the_caller_does_not_have_the_job() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		for caller in [CLIENT, wallet(RIVAL), STRANGER] {
			assert_refused(caller, job, Error::<Test>::NotProvider);
		}
	});
}

#[test]
fn give_up_should_fail_when_submitted_work_awaits_review_or_ruling() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		start(job);
		submit(job, 0);
		assert_refused(wallet(PROVIDER), job, Error::<Test>::UnderReview);
		assert_ok!(MockEscrow::dispute(contract(job), 0));
		assert_refused(wallet(PROVIDER), job, Error::<Test>::UnderReview);
		assert_ok!(MockEscrow::rule(contract(job), 0, percent(40)));
		give_up(job);
		assert_eq!(settled(job).leases, vec![past(PROVIDER, 0, 2_000, 8_000)]);
	});
}

/// An escrow that closed a contract without a word would otherwise make the job two leases at once.
#[test]
fn give_up_should_fail_when_the_contract_is_gone() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		MockEscrow::vanish(contract(job));
		assert!(MockEscrow::standing(contract(job)).is_none());
		assert_refused(wallet(PROVIDER), job, DispatchError::Other("no contract"));
		assert_ok!(Market::report(signed(STRANGER), job));
	});
}

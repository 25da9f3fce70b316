//! Jobs on which somebody fails, falls silent or can't be paid. Nobody's money stays behind.

use crate::{
	books::Books,
	deals::{
		a_provider, account, all_is_settled, assigned, barred, bid, client, contract,
		contract_deposit, counted, deliver, deposits, did, empty, ended, endowed, evidence, fee,
		give, governed, hired, lease, names, part, pass, pass_to, posted_by, providers, release,
		settle, settled, stranger, submission, submit, treasury, work, EscrowCall, EscrowError,
		MarketCall, MarketError, Provider, BOND, PLAN, PRICE, START_WITHIN,
	},
	network::on_development_network,
	work::{agreement, FIRST, REVIEW},
};
use aitbc_core::{
	money::{AIT, EXISTENTIAL_DEPOSIT, MILLI_AIT},
	Agreement, Balance, ContractId, ContractOutcome, JobId, MilestoneIndex, PaymentTerms,
	StreamTerms,
};
use aitbc_runtime::{
	AccountId, ActiveClock, Balances, BlockNumber, Escrow, Market, Runtime, RuntimeEvent, SafeMode,
};
use frame_support::traits::{LockableCurrency, WithdrawReasons};
use pallet_escrow::{ClaimKind, HoldReason as EscrowHold};
use pallet_market::{
	BidEnd, Counters, Event as MarketEvent, HoldReason as MarketHold, JobOutcome, LeaseEnd,
	PlanIndex, Scope,
};
use sp_runtime::TokenError;

/// The last active block at which whoever has the job may start before anybody may report it.
fn start_by(job: JobId) -> BlockNumber {
	lease(job).since + START_WITHIN
}

/// The due block of the milestone at `place` of the plan.
fn due(job: JobId, place: usize) -> BlockNumber {
	start_by(job) + PLAN[place].1
}

/// Lets a stranger report the job, and gives what was told.
fn reported(job: JobId) -> Vec<RuntimeEvent> {
	did(&stranger(), MarketCall::report { job })
}

/// Why the lease ended of which `told` tells.
fn lease_end(told: &[RuntimeEvent]) -> LeaseEnd {
	let cause = told.iter().find_map(|event| match event {
		RuntimeEvent::Market(MarketEvent::LeaseEnded { cause, .. }) => Some(*cause),
		_ => None,
	});
	cause.expect("a lease ended")
}

/// Which bids left the list, and why, of what `told` tells.
fn bids_gone(told: &[RuntimeEvent]) -> Vec<(AccountId, BidEnd)> {
	let gone = |event: &RuntimeEvent| match event {
		RuntimeEvent::Market(MarketEvent::BidReleased { account, cause, .. }) => {
			Some((account.clone(), *cause))
		},
		_ => None,
	};
	told.iter().filter_map(gone).collect()
}

/// Checks who has the job, for which milestones of the plan, and that nothing but that one's bond is
/// at risk.
fn has(job: JobId, provider: &Provider, places: &[u32]) {
	let lease = lease(job);
	assert_eq!((lease.agent, &lease.account), (provider.agent, &provider.wallet));
	let places: Vec<_> = places.iter().copied().map(PlanIndex).collect();
	assert_eq!(lease.scope, Scope::Milestones(places.try_into().expect("few enough")));
	assert_eq!(lease.since, ActiveClock::now());
	assert_eq!(Books::now().of(&provider.wallet).held.get("Market(HoldReason::Bond)"), None);
}

#[test]
fn job_should_go_on_to_a_backup_when_its_provider_never_starts() {
	on_development_network(|| {
		let [first, second, third] = providers();
		let (dear, cheap) = (390 * AIT, 380 * AIT);
		let job = assigned(&first, &[(&second, cheap), (&third, dear)]);
		let old = contract_deposit(contract(job));
		pass_to(start_by(job));
		barred(&stranger(), MarketCall::report { job }, MarketError::NotOverdue);
		pass(1);

		let before = Books::now();
		let told = reported(job);

		// The dearer backup has the job now, so that the other could follow, and the first provider has lost nothing but the job.
		let refunded = ["Escrow.MilestoneRefunded"; 3];
		let rest = [
			"Escrow.ContractClosed",
			"Market.LeaseEnded",
			"Escrow.ContractOpened",
			"Escrow.ContractAccepted",
			"Escrow.ContractFunded",
			"Market.JobAssigned",
		];
		assert_eq!(names(&told), [&refunded[..], &rest[..]].concat());
		assert_eq!(lease_end(&told), LeaseEnd::StartMissed);
		has(job, &third, &[0, 1, 2]);
		let new = contract_deposit(contract(job));
		before
			.disengage(&client(), &first.wallet, PRICE, BOND, old)
			.release(&third.wallet, MarketHold::Bond, dear / 10)
			.engage(&client(), &third.wallet, dear, dear / 10, new)
			.check();

		deliver(job, &[0, 1, 2]);
		ended(job, JobOutcome::Completed, &[&first, &third]);
		let expected = Counters {
			posted: 1,
			assigned: 1,
			completed: 1,
			reassigned: 1,
			value_settled: dear,
			..Counters::default()
		};
		assert_eq!(counted(), expected);
		all_is_settled();
	});
}

#[test]
fn finished_milestones_should_stay_paid_when_the_provider_fails_in_the_middle() {
	on_development_network(|| {
		let [first, second, third] = providers();
		let job = assigned(&first, &[(&second, PRICE), (&third, PRICE - AIT)]);
		let begun = Books::now();
		let (old, old_deposit) = (contract(job), contract_deposit(contract(job)));
		deliver(job, &[0, 1]);
		let paid = part(70);
		let before = begun
			.pay_for_work(&client(), &first.wallet, part(40), fee(part(40)))
			.pay_for_work(&client(), &first.wallet, part(30), fee(part(30)));
		before.clone().check();
		pass_to(due(job, 2));
		barred(&stranger(), MarketCall::report { job }, MarketError::NotOverdue);
		let minted = pass(1);
		assert_eq!(minted, 0, "no era ends here");

		let before = Books::now();
		let told = reported(job);

		// The missed milestone is 30 % of the contract, and costs half of that share of the bond.
		assert_eq!(lease_end(&told), LeaseEnd::DueMissed);
		has(job, &second, &[2]);
		let (penalty, new) = (6 * AIT, contract(job));
		before
			.slash(&client(), &first.wallet, penalty)
			.disengage(&client(), &first.wallet, part(30), BOND - penalty, old_deposit)
			.release(&second.wallet, MarketHold::Bond, BOND)
			.engage(&client(), &second.wallet, part(30), BOND, contract_deposit(new))
			.check();
		assert_ne!(old, new);

		// What is done is done: only the last milestone can be submitted, by who has the job now.
		barred(&first.wallet, submission(job, 2), MarketError::NotProvider);
		barred(&second.wallet, submission(job, 0), MarketError::MilestoneNotFound);
		let (before, new_deposit) = (Books::now(), contract_deposit(new));
		submit(job, 2);
		let told = did(&client(), release(new, 0));
		assert_eq!(bids_gone(&told), [(third.wallet.clone(), BidEnd::JobEnded)]);
		before
			.pay_for_work(&client(), &second.wallet, part(30), fee(part(30)))
			.disengage(&client(), &second.wallet, 0, BOND, new_deposit)
			.release(&third.wallet, MarketHold::Bond, BOND - AIT / 10)
			.release(&client(), MarketHold::Deposit, deposits(2).job)
			.check();
		ended(job, JobOutcome::Completed, &[&first, &second]);
		let settled = settled(job);
		let leases: Vec<_> =
			settled.leases.iter().map(|lease| (lease.released, lease.refunded)).collect();
		assert_eq!(leases, [(paid, part(30)), (part(30), 0)]);
		assert_eq!(settled.paid(), PRICE);
		let receipts: Vec<_> = settled
			.receipts
			.iter()
			.map(|receipt| (receipt.contract, receipt.milestone, receipt.evidence))
			.collect();
		let (one, two) = (Some(MilestoneIndex(0)), Some(MilestoneIndex(1)));
		assert_eq!(
			receipts,
			[(old, one, evidence(0)), (old, two, evidence(1)), (new, one, evidence(2))]
		);
		all_is_settled();
	});
}

#[test]
fn bidder_should_be_free_when_it_asks_for_more_than_who_has_the_job() {
	on_development_network(|| {
		let [first, second] = providers();
		let price = PRICE + AIT;
		let job = assigned(&first, &[(&second, price)]);
		assert_eq!((Market::bids(job), Market::open_bids_of(&second.wallet)), (vec![], 0));
		let deposit = contract_deposit(contract(job));
		deliver(job, &[0, 1]);

		let before = Books::now();
		let told = did(&first.wallet, MarketCall::give_up { job });

		// What is left is 120 AIT, and the other one asked 120.3. It gave up before the due block.
		assert_eq!(lease_end(&told), LeaseEnd::GivenUp);
		assert_eq!(bids_gone(&told), []);
		before
			.disengage(&client(), &first.wallet, part(30), BOND, deposit)
			.release(&client(), MarketHold::Deposit, deposits(1).job)
			.check();
		ended(job, JobOutcome::Partial, &[&first]);
		let expected = Counters {
			posted: 1,
			assigned: 1,
			partial: 1,
			value_settled: part(70),
			..Counters::default()
		};
		assert_eq!(counted(), expected);
		all_is_settled();
	});
}

#[test]
fn job_should_reach_the_second_backup_when_two_providers_fail_in_a_row() {
	on_development_network(|| {
		let [first, second, third] = providers();
		let begun = Books::now();
		let (price, bond) = (380 * AIT, 38 * AIT);
		let job = assigned(&first, &[(&second, price), (&third, price)]);
		pass_to(start_by(job) + 1);
		assert_eq!(lease_end(&reported(job)), LeaseEnd::StartMissed);
		has(job, &second, &[0, 1, 2]);
		did(&second.wallet, MarketCall::start { job });
		// Its time counts anew from when it took over.
		barred(&stranger(), MarketCall::report { job }, MarketError::NotOverdue);
		pass_to(due(job, 0) + 1);

		assert_eq!(lease_end(&reported(job)), LeaseEnd::DueMissed);
		has(job, &third, &[0, 1, 2]);
		deliver(job, &[0, 1, 2]);

		ended(job, JobOutcome::Completed, &[&first, &second, &third]);
		// Half of what 40 % of the bond is, and half of that to the client.
		let half = bond * 40 / 100 / 2 / 2;
		begun
			.give(&second.wallet, &client(), half)
			.give(&second.wallet, &treasury(), half)
			.give(&client(), &third.wallet, price - fee(price))
			.give(&client(), &treasury(), fee(price))
			.hold(&client(), MarketHold::Deposit, deposits(2).record)
			.check();
		assert_eq!((counted().reassigned, counted().completed), (2, 1));
		all_is_settled();
	});
}

#[test]
fn client_should_have_its_money_back_when_every_provider_fails() {
	on_development_network(|| {
		let [first, second, third] = providers();
		let begun = Books::now();
		let (price, bond) = (380 * AIT, 38 * AIT);
		let job = assigned(&first, &[(&second, price), (&third, price)]);
		pass_to(start_by(job) + 1);
		reported(job);
		did(&second.wallet, MarketCall::start { job });
		pass_to(due(job, 0) + 1);
		reported(job);
		did(&third.wallet, MarketCall::start { job });

		let told = did(&third.wallet, MarketCall::give_up { job });

		assert_eq!(lease_end(&told), LeaseEnd::GivenUp);
		ended(job, JobOutcome::Refunded, &[&first, &second, &third]);
		let half = bond * 40 / 100 / 2 / 2;
		begun
			.give(&second.wallet, &client(), half)
			.give(&second.wallet, &treasury(), half)
			.hold(&client(), MarketHold::Deposit, deposits(2).record)
			.check();
		let expected =
			Counters { posted: 1, assigned: 1, refunded: 1, reassigned: 2, ..Counters::default() };
		assert_eq!(counted(), expected);
		all_is_settled();
	});
}

#[test]
fn provider_should_be_paid_when_the_client_falls_silent() {
	on_development_network(|| {
		let provider = a_provider();
		let job = assigned(&provider, &[]);
		let (contract, deposit) = (contract(job), contract_deposit(contract(job)));
		for place in 0..3 {
			submit(job, place);
		}
		let at = ActiveClock::now();
		pass_to(at + REVIEW - 1);
		let early = EscrowError::ReviewPeriodNotElapsed;
		barred(&stranger(), settle(contract, 0), early);
		barred(&stranger(), MarketCall::report { job }, MarketError::UnderReview);
		barred(&provider.wallet, MarketCall::give_up { job }, MarketError::UnderReview);
		barred(&client(), MarketCall::cancel { job }, MarketError::AlreadyAssigned);
		pass(1);

		let before = Books::now();
		did(&stranger(), settle(contract, 0));
		did(&stranger(), settle(contract, 2));
		let told = did(&stranger(), settle(contract, 1));

		assert_eq!(
			names(&told),
			[
				"Escrow.MilestoneReleased",
				"Escrow.ContractClosed",
				"Market.LeaseEnded",
				"Market.JobSettled"
			]
		);
		assert_eq!(lease_end(&told), LeaseEnd::Closed);
		before
			.pay_for_work(&client(), &provider.wallet, PRICE, fee(PRICE))
			.disengage(&client(), &provider.wallet, 0, BOND, deposit)
			.release(&client(), MarketHold::Deposit, deposits(0).job)
			.check();
		ended(job, JobOutcome::Completed, &[&provider]);
		all_is_settled();
	});
}

#[test]
fn strangers_should_end_the_job_when_both_are_silent_from_the_start() {
	on_development_network(|| {
		let provider = a_provider();
		let begun = Books::now();
		let job = assigned(&provider, &[]);
		pass_to(start_by(job) + 1);

		assert_eq!(lease_end(&reported(job)), LeaseEnd::StartMissed);

		ended(job, JobOutcome::Refunded, &[&provider]);
		begun.hold(&client(), MarketHold::Deposit, deposits(0).record).check();
		barred(&stranger(), MarketCall::report { job }, MarketError::JobNotFound);
		all_is_settled();
	});
}

#[test]
fn strangers_should_end_the_job_when_both_fall_silent_in_the_middle() {
	on_development_network(|| {
		let provider = a_provider();
		let job = assigned(&provider, &[]);
		let (contract, deposit) = (contract(job), contract_deposit(contract(job)));
		pass(7);
		submit(job, 0);
		pass_to(due(job, 1) + 1);
		// What is submitted comes first.
		barred(&stranger(), MarketCall::report { job }, MarketError::UnderReview);
		pass(1);

		let before = Books::now();
		did(&stranger(), settle(contract, 0));
		assert_eq!(lease_end(&reported(job)), LeaseEnd::DueMissed);

		// Only the second of three milestones is overdue: half of 30 % of the bond.
		let penalty = 6 * AIT;
		before
			.pay_for_work(&client(), &provider.wallet, part(40), fee(part(40)))
			.slash(&client(), &provider.wallet, penalty)
			.disengage(&client(), &provider.wallet, part(60), BOND - penalty, deposit)
			.release(&client(), MarketHold::Deposit, deposits(0).job)
			.check();
		ended(job, JobOutcome::Partial, &[&provider]);
		all_is_settled();

		// What is kept of the job goes with its deposit, which anybody may return.
		let forget = MarketCall::forget { job };
		let at = settled(job).settled_at;
		pass_to(at + 599);
		barred(&stranger(), forget.clone(), MarketError::RetentionPeriodNotElapsed);
		pass(1);
		let before = Books::now();
		did(&stranger(), forget);
		before.release(&client(), MarketHold::Deposit, deposits(0).record).check();
		assert_eq!(Market::job(job), None);
		assert_eq!(pallet_market::JobsByParty::<Runtime>::iter_keys().count(), 0);
		assert_eq!(Books::now().of(&client()).held.len(), 0);
	});
}

#[test]
fn provider_should_be_paid_when_it_emptied_its_wallet() {
	on_development_network(|| {
		let provider = a_provider();
		let job = assigned(&provider, &[]);
		did(&provider.wallet, MarketCall::start { job });
		empty(&provider.wallet);
		assert_eq!(Books::now().of(&provider.wallet).free, EXISTENTIAL_DEPOSIT);

		let (before, deposit) = (Books::now(), contract_deposit(contract(job)));
		deliver(job, &[0, 1, 2]);

		before
			.pay_for_work(&client(), &provider.wallet, PRICE, fee(PRICE))
			.disengage(&client(), &provider.wallet, 0, BOND, deposit)
			.release(&client(), MarketHold::Deposit, deposits(0).job)
			.check();
		all_is_settled();
	});
}

/// A stranger to the market who owns 1 AIT.
fn a_freelancer() -> AccountId {
	endowed(0xc0, 0, AIT)
}

const CONTRACT: ContractId = ContractId(0);

/// Lets Bob open and fund a contract of two parties alone.
fn contracted(provider: &AccountId, agreement: Agreement<AccountId>, total: Balance) {
	did(&client(), EscrowCall::open { provider: provider.clone(), agreement });
	did(&client(), EscrowCall::fund { contract: CONTRACT, expected: total });
}

#[test]
fn payee_should_be_paid_when_its_account_was_reaped() {
	on_development_network(|| {
		let provider = a_freelancer();
		contracted(&provider, agreement(40 * AIT), 40 * AIT);
		did(
			&provider,
			EscrowCall::submit { contract: CONTRACT, milestone: FIRST, evidence: evidence(1) },
		);
		empty(&provider);
		assert_eq!(Books::now().of(&provider).total(), 0);
		pass(REVIEW);

		let (before, deposit) = (Books::now(), contract_deposit(CONTRACT));
		did(&stranger(), settle(CONTRACT, 0));

		before
			.pay_for_work(&client(), &provider, 40 * AIT, AIT)
			.release(&client(), EscrowHold::Deposit, deposit)
			.check();
		all_is_settled();
	});
}

#[test]
fn pay_should_wait_when_the_payee_is_below_the_existential_deposit() {
	on_development_network(|| {
		let provider = a_freelancer();
		let (rate, amount) = (5 * MILLI_AIT, 500 * MILLI_AIT);
		let stream = StreamTerms { rate, amount, until: ActiveClock::now() + 100 };
		let agreement = Agreement { payment: PaymentTerms::Stream(stream), ..agreement(AIT) };
		contracted(&provider, agreement, amount);
		did(&provider, EscrowCall::start { contract: CONTRACT });
		empty(&provider);
		pass(1);

		let (before, deposit) = (Books::now(), contract_deposit(CONTRACT));
		let told = did(&client(), EscrowCall::stop { contract: CONTRACT });

		// One block's pay can't make an account. The contract ends all the same.
		let net = rate - fee(rate);
		assert!(net < EXISTENTIAL_DEPOSIT);
		assert_eq!(
			names(&told),
			[
				"Escrow.ClaimOpened",
				"Escrow.StreamPaid",
				"Escrow.RemainderRefunded",
				"Escrow.ContractClosed"
			]
		);
		let waiting = before
			.pay(&client(), &treasury(), EscrowHold::Escrow, fee(rate))
			.release(&client(), EscrowHold::Escrow, amount - rate)
			.release(&client(), EscrowHold::Deposit, deposit);
		waiting.clone().check();
		let claims: Vec<_> =
			Escrow::claims(CONTRACT).into_iter().map(|(kind, one)| (kind, one.amount)).collect();
		assert_eq!(claims, [(ClaimKind::Payment, net)]);
		let collect = EscrowCall::collect { contract: CONTRACT, kind: ClaimKind::Payment };
		barred(&stranger(), collect.clone(), EscrowError::PayeeNotCreditable);

		give(&stranger(), &provider, EXISTENTIAL_DEPOSIT);
		did(&stranger(), collect);
		waiting
			.give(&stranger(), &provider, EXISTENTIAL_DEPOSIT)
			.pay(&client(), &provider, EscrowHold::Escrow, net)
			.check();
		all_is_settled();
	});
}

#[test]
fn contract_should_be_refused_when_the_payee_does_not_exist() {
	on_development_network(|| {
		let open = EscrowCall::open { provider: account(0xc0, 0), agreement: agreement(AIT) };
		barred(&client(), open, EscrowError::ProviderNotFound);
	});
}

/// Locks all that `who` has, as a vote does.
fn freeze(who: &AccountId) {
	Balances::set_lock(*b"scenario", who, Balance::MAX, WithdrawReasons::all());
	let dest = stranger().into();
	let give = pallet_balances::Call::transfer_allow_death { dest, value: AIT };
	barred(who, give, TokenError::Frozen);
}

#[test]
fn frozen_balances_should_block_nothing() {
	on_development_network(|| {
		let [first, second] = providers();
		let job = assigned(&first, &[(&second, PRICE)]);
		let (old, begun) = (contract_deposit(contract(job)), Books::now());
		freeze(&client());
		freeze(&first.wallet);
		freeze(&second.wallet);

		deliver(job, &[0]);
		did(&first.wallet, MarketCall::give_up { job });
		has(job, &second, &[1, 2]);
		let new = contract_deposit(contract(job));
		let handed_over = begun
			.pay_for_work(&client(), &first.wallet, part(40), fee(part(40)))
			.disengage(&client(), &first.wallet, part(60), BOND, old)
			.release(&second.wallet, MarketHold::Bond, BOND)
			.engage(&client(), &second.wallet, part(60), BOND, new);
		handed_over.clone().check();
		deliver(job, &[1]);
		did(&second.wallet, MarketCall::give_up { job });

		handed_over
			.pay_for_work(&client(), &second.wallet, part(30), fee(part(30)))
			.disengage(&client(), &second.wallet, part(30), BOND, new)
			.release(&client(), MarketHold::Deposit, deposits(1).job)
			.check();
		ended(job, JobOutcome::Partial, &[&first, &second]);
		all_is_settled();
	});
}

#[test]
fn market_should_notice_when_the_client_releases_on_the_escrow_itself() {
	on_development_network(|| {
		let [first, second] = providers();
		let job = assigned(&first, &[(&second, PRICE)]);
		let (contract, deposit) = (contract(job), contract_deposit(contract(job)));
		let before = Books::now();
		did(&client(), release(contract, 2));
		did(&client(), release(contract, 0));

		let told = did(&client(), release(contract, 1));

		assert_eq!(
			names(&told),
			[
				"Escrow.MilestoneReleased",
				"Escrow.ContractClosed",
				"Market.LeaseEnded",
				"Market.BidReleased",
				"Market.JobSettled"
			]
		);
		assert_eq!(bids_gone(&told), [(second.wallet.clone(), BidEnd::JobEnded)]);
		before
			.pay_for_work(&client(), &first.wallet, PRICE, fee(PRICE))
			.disengage(&client(), &first.wallet, 0, BOND, deposit)
			.release(&second.wallet, MarketHold::Bond, BOND)
			.release(&client(), MarketHold::Deposit, deposits(1).job)
			.check();
		ended(job, JobOutcome::Completed, &[&first]);
		let lease = &settled(job).leases[0];
		assert_eq!((lease.contract, lease.outcome), (contract, ContractOutcome::Completed));
		assert_eq!(Market::offer(first.offer).map(|offer| offer.record.in_use), Some(0));
		all_is_settled();
	});
}

#[test]
fn provider_should_go_through_the_market_when_it_would_end_or_change_the_work() {
	on_development_network(|| {
		let provider = a_provider();
		let job = assigned(&provider, &[]);
		let contract = contract(job);
		let calls = [
			EscrowCall::cancel { contract },
			EscrowCall::start { contract },
			EscrowCall::submit { contract, milestone: FIRST, evidence: evidence(1) },
			EscrowCall::refund { contract, milestone: FIRST },
		];
		for call in calls {
			barred(&provider.wallet, call, EscrowError::Controlled);
		}
		barred(&client(), EscrowCall::cancel { contract }, EscrowError::NotProvider);

		// A refund of what is overdue is the market's as well, because it may have a backup.
		did(&provider.wallet, MarketCall::start { job });
		pass_to(due(job, 2) + 1);
		let refund = EscrowCall::refund { contract, milestone: FIRST };
		barred(&stranger(), refund, EscrowError::Controlled);
		reported(job);
		ended(job, JobOutcome::Refunded, &[&provider]);
		all_is_settled();
	});
}

#[test]
fn review_should_wait_when_the_chain_is_paused_in_the_middle_of_it() {
	on_development_network(|| {
		let provider = a_provider();
		let job = assigned(&provider, &[]);
		let contract = contract(job);
		submit(job, 0);
		let at = ActiveClock::now();
		pass(10);
		governed(pallet_safe_mode::Call::<Runtime>::force_enter {});
		pass(20);
		assert!(SafeMode::is_entered());
		assert_eq!(ActiveClock::now(), at + 10);

		// Thirty blocks after the submission, but only ten of them counted. Ways out work meanwhile,
		// and nothing begins.
		barred(&stranger(), settle(contract, 0), EscrowError::ReviewPeriodNotElapsed);
		let filtered = frame_system::Error::<Runtime>::CallFiltered;
		barred(&provider.wallet, MarketCall::start { job }, filtered);
		let before = Books::now();
		submit(job, 1);
		did(&client(), release(contract, 1));
		let (amount, taken) = (part(30), fee(part(30)));
		before.pay_for_work(&client(), &provider.wallet, amount, taken).check();

		pass(1);
		assert!(!SafeMode::is_entered());
		pass_to(at + REVIEW - 1);
		barred(&stranger(), settle(contract, 0), EscrowError::ReviewPeriodNotElapsed);
		pass(1);
		let before = Books::now();
		did(&stranger(), settle(contract, 0));
		let (amount, taken) = (part(40), fee(part(40)));
		before.pay_for_work(&client(), &provider.wallet, amount, taken).check();
		deliver(job, &[2]);
		ended(job, JobOutcome::Completed, &[&provider]);
		all_is_settled();
	});
}

#[test]
fn hired_provider_should_be_free_to_decline_and_be_free_again() {
	on_development_network(|| {
		let provider = a_provider();
		let begun = Books::now();
		let job = hired(&client(), &provider, work());
		assert_eq!(Market::offer(provider.offer).map(|offer| offer.record.in_use), Some(1_000));
		barred(&client(), MarketCall::cancel { job }, MarketError::AlreadyAssigned);

		did(&provider.wallet, MarketCall::give_up { job });

		ended(job, JobOutcome::Refunded, &[&provider]);
		assert_eq!(Market::offer(provider.offer).map(|offer| offer.record.in_use), Some(0));
		begun.hold(&client(), MarketHold::Deposit, deposits(0).record).check();
		all_is_settled();
	});
}

#[test]
fn lease_should_stay_the_old_wallets_when_the_agent_gets_another() {
	on_development_network(|| {
		let [first, second] = providers();
		let job = assigned(&first, &[(&second, PRICE)]);
		let wallet = endowed(0xc0, 1, AIT);
		let agent = first.agent;
		let set = pallet_agents::Call::set_wallet { agent, wallet: wallet.clone(), proof: None };
		did(&first.owner, set);
		did(&wallet, pallet_agents::Call::accept_wallet { agent });
		barred(&wallet, MarketCall::start { job }, MarketError::NotProvider);

		let (before, deposit) = (Books::now(), contract_deposit(contract(job)));
		deliver(job, &[0]);
		did(&first.wallet, MarketCall::give_up { job });

		has(job, &second, &[1, 2]);
		before
			.pay_for_work(&client(), &first.wallet, part(40), fee(part(40)))
			.disengage(&client(), &first.wallet, part(60), BOND, deposit)
			.release(&second.wallet, MarketHold::Bond, BOND)
			.engage(&client(), &second.wallet, part(60), BOND, contract_deposit(contract(job)))
			.check();
		deliver(job, &[1, 2]);
		all_is_settled();
		// The offer belongs to a wallet that works for nobody, so anybody may clear it away.
		let deposit = Market::offer_deposit();
		let before = Books::now();
		did(&stranger(), MarketCall::withdraw_offer { offer: first.offer });
		before.release(&first.wallet, MarketHold::Deposit, deposit).check();
	});
}

#[test]
fn backup_should_be_passed_over_when_its_wallet_changed_or_its_offer_is_paused() {
	on_development_network(|| {
		let [first, second, third] = providers();
		let job = assigned(&first, &[(&second, PRICE), (&third, PRICE)]);
		did(&second.owner, pallet_agents::Call::remove_wallet { agent: second.agent });
		did(&third.wallet, MarketCall::pause_offer { offer: third.offer });

		let (before, deposit) = (Books::now(), contract_deposit(contract(job)));
		let told = did(&first.wallet, MarketCall::give_up { job });

		let skipped = [&second, &third].map(|one| (one.wallet.clone(), BidEnd::Skipped));
		assert_eq!(bids_gone(&told), skipped);
		before
			.disengage(&client(), &first.wallet, PRICE, BOND, deposit)
			.release(&second.wallet, MarketHold::Bond, BOND)
			.release(&third.wallet, MarketHold::Bond, BOND)
			.release(&client(), MarketHold::Deposit, deposits(2).job)
			.check();
		ended(job, JobOutcome::Refunded, &[&first]);
		all_is_settled();
	});
}

#[test]
fn backup_should_be_free_to_go_when_the_job_is_under_way() {
	on_development_network(|| {
		let [first, second] = providers();
		let job = assigned(&first, &[(&second, PRICE)]);
		let before = Books::now();
		let told = did(&second.wallet, MarketCall::withdraw_bid { job });
		assert_eq!(bids_gone(&told), [(second.wallet.clone(), BidEnd::Withdrawn)]);
		before.release(&second.wallet, MarketHold::Bond, BOND).check();
		// The winner's bid is none any more.
		barred(&first.wallet, MarketCall::withdraw_bid { job }, MarketError::BidNotFound);
		did(&first.wallet, MarketCall::give_up { job });
		ended(job, JobOutcome::Refunded, &[&first]);
		all_is_settled();
	});
}

#[test]
fn bids_should_return_when_the_client_cancels() {
	on_development_network(|| {
		let [first, second] = providers();
		let begun = Books::now();
		let job = posted_by(&client(), 1);
		bid(job, &first, PRICE);
		bid(job, &second, PRICE);
		barred(&stranger(), MarketCall::cancel { job }, MarketError::NotClient);
		did(&client(), MarketCall::cancel { job });
		begun.check();
		assert_eq!(Market::job(job), None);
		assert_eq!((counted().posted, counted().cancelled), (1, 1));
		all_is_settled();
	});
}

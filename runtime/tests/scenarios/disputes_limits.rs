//! Cases at the edges: the last block, a hundred at once, work that goes on, money that flows, and a
//! chain that is paused.

use crate::{
	books::Books,
	court::{
		court_is_closed, jurors, ruled, share, tenths, Deal, DisputesCall, DisputesError,
		DisputesEvent, JurorsCall, Trial, APPEAL, COURT_FEE, FILING_FEE, JUROR_BOND, SETTLEMENT,
	},
	deals::{
		a_provider, assigned, barred, client, contract, counted, deposits, did, ended, endowed,
		evidence, fee, governed, hired, names, part, pass, release, settle, stranger, submit,
		treasury, work, work_paid_by, EscrowCall, EscrowError, MarketCall, MarketError, Provider,
		BOND, PRICE, UNIT_PRICE,
	},
	network::{events, on_development_network},
	work::{agreement, FIRST, REVIEW},
};
use aitbc_core::{
	money::AIT, CaseId, ContractId, DocumentHash, JobId, MilestoneIndex, Party, Voucher,
};
use aitbc_runtime::{
	AccountId, ActiveClock, Balance, Disputes, Escrow, Market, Runtime, RuntimeEvent, SafeMode,
};
use pallet_agents::HoldReason as AgentsHold;
use pallet_disputes::{CaseState, EvidenceKind, HoldReason as CaseHold};
use pallet_market::{HoldReason as MarketHold, JobOutcome, PaymentPlan};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::Bob;
use sp_runtime::{MultiSignature, Perbill};
use std::collections::BTreeSet;

#[test]
fn case_should_open_on_the_last_block_of_the_review_and_not_after() {
	on_development_network(|| {
		jurors(20);
		let provider = a_provider();
		let begun = Books::now();
		let job = assigned(&provider, &[]);
		let contract = contract(job);
		for place in 0..3 {
			submit(job, place);
		}
		let mut minted = pass(REVIEW - 1);
		let mut trial = Trial::open(&client(), contract, Some(FIRST), 10);
		minted += pass(1);
		let (milestone, claim) = (Some(MilestoneIndex(1)), tenths(10));
		let late = EscrowCall::dispute { contract, milestone, claim };
		barred(&client(), late, EscrowError::DisputeTooLate);
		// What is under dispute can't be settled, released, or disputed again.
		let (milestone, under) = (Some(FIRST), EscrowError::UnderDispute);
		barred(&stranger(), settle(contract, 0), under);
		barred(&client(), release(contract, 0), EscrowError::UnderDispute);
		let again = EscrowCall::dispute { contract, milestone, claim };
		barred(&client(), again, EscrowError::UnderDispute);
		for place in 1..3 {
			did(&stranger(), settle(contract, place));
		}
		trial.defend(&provider.wallet, 0);
		trial.go_to_court();
		trial.vote_all(share(7));
		trial.step();
		trial.pay();
		trial.minted += minted;
		let deal = Deal { provider, job, contract, begun };
		deal.after(&trial, 7, 7)
			.judged(&[(&deal.provider.wallet, COURT_FEE)], &trial.said[0], share(7))
			.check();
		court_is_closed();
	});
}

#[test]
fn defence_should_count_on_the_last_block_of_the_settlement() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::disputed(10);
		let at = ActiveClock::now();
		trial.pass_to(at + SETTLEMENT);
		trial.defend(&deal.provider.wallet, 0);
		trial.pass_to(at + SETTLEMENT + 1);
		let (case, client_share) = (trial.case, Perbill::one());
		let offer = DisputesCall::offer { case, client_share };
		barred(&client(), offer, DisputesError::SettlementOver);
		let facts = DisputesCall::rule_by_facts { case, document: Vec::new() };
		barred(&stranger(), facts, DisputesError::SettlementOver);
		trial.go_to_court();
		trial.vote_all(share(7));
		trial.step();
		trial.pay();
		deal.after(&trial, 7, 7)
			.judged(&[(&deal.provider.wallet, COURT_FEE)], &trial.said[0], share(7))
			.check();
		court_is_closed();
	});
}

#[test]
fn other_milestones_should_go_on_while_one_is_before_the_court() {
	on_development_network(|| {
		jurors(20);
		let provider = a_provider();
		let begun = Books::now();
		let job = assigned(&provider, &[]);
		let contract = contract(job);
		submit(job, 0);
		let mut trial = Trial::open(&client(), contract, Some(FIRST), 10);
		trial.defend(&provider.wallet, 0);
		submit(job, 1);
		did(&client(), release(contract, 1));
		trial.step();
		// The third is submitted when the jury is awaited, and settled by a stranger while it sits.
		submit(job, 2);
		trial.await_jury();
		barred(&client(), MarketCall::cancel { job }, MarketError::AlreadyAssigned);
		barred(&stranger(), MarketCall::report { job }, MarketError::UnderReview);
		barred(&provider.wallet, MarketCall::give_up { job }, MarketError::UnderReview);
		did(&stranger(), settle(contract, 2));
		assert!(Market::job(job).is_some());
		assert_eq!(counted().disputed, 0);
		trial.open_votes();
		trial.vote_all(share(10));

		let told = trial.step();

		assert!(names(&told).contains(&"Market.JobSettled".into()));
		trial.pay();
		let deal = Deal { provider, job, contract, begun };
		deal.after(&trial, 10, 10)
			.judged(&[(&deal.provider.wallet, COURT_FEE)], &trial.said[0], share(10))
			.check();
		ended(job, JobOutcome::Partial, &[&deal.provider]);
		assert_eq!((counted().disputed, counted().partial), (1, 1));
		court_is_closed();
	});
}

#[test]
fn two_milestones_should_be_ruled_apart_when_both_are_disputed() {
	on_development_network(|| {
		jurors(20);
		let provider = a_provider();
		let begun = Books::now();
		let job = assigned(&provider, &[]);
		let contract = contract(job);
		for place in 0..3 {
			submit(job, place);
		}
		let mut first = Trial::open(&client(), contract, Some(FIRST), 10);
		let second_milestone = Some(MilestoneIndex(1));
		let mut second = Trial::open(&client(), contract, second_milestone, 10);
		did(&client(), release(contract, 2));
		first.defend(&provider.wallet, 0);
		second.defend(&provider.wallet, 0);
		first.step();
		second.step();
		first.seat();
		second.open_votes();
		first.vote_all(share(10));
		second.vote_all(share(0));
		first.step();
		// The contract goes on until the last milestone is ruled.
		assert!(Escrow::contract(contract).is_some());
		second.step();
		assert!(Escrow::contract(contract).is_none());
		first.pay();
		second.pay();

		let (client, wallet) = (client(), &provider.wallet);
		let fees = 2 * fee(part(30));
		begun
			.mint(first.minted + second.minted)
			.give(&client, &treasury(), 2 * FILING_FEE + fees)
			// A half of the first milestone's part of the bond, which is 40 %.
			.give(wallet, &treasury(), BOND / 10)
			.give(wallet, &client, BOND / 10)
			.give(&client, wallet, part(60) - fees)
			.pay(&provider.owner, &treasury(), AgentsHold::Bond, 5 * AIT)
			.judged(&[(wallet, COURT_FEE)], &first.said[0], share(10))
			.judged(&[(&client, COURT_FEE)], &second.said[0], share(0))
			.hold(&client, MarketHold::Deposit, deposits(0).record)
			.check();
		assert_eq!((counted().disputed, counted().value_settled), (1, part(60)));
		court_is_closed();
	});
}

/// Bob's job that pays by `plan`, and what is held for a market's job of that kind after it ended.
fn flowing(provider: &Provider, plan: PaymentPlan<AccountId>) -> (ContractId, Balance) {
	let job = hired(&client(), provider, work_paid_by(plan));
	let uri_length = work().specification.uri.len() as u32;
	(contract(job), Market::job_deposits(uri_length, 0, 0).record)
}

/// Bob's books after `paid` of a contract was paid out in all, the provider was wrong by so many tenths
/// with a bond of `bond`, and the case was Bob's.
fn after_flow(
	begun: Books,
	provider: &Provider,
	(paid, bond): (Balance, Balance),
	wrong: u8,
	minted: Balance,
) -> Books {
	let (client, wallet) = (client(), &provider.wallet);
	let slashed = bond / 2 * Balance::from(wrong) / 10;
	let of_agent = 5 * AIT * Balance::from(wrong) / 10;
	begun
		.mint(minted)
		.give(&client, &treasury(), FILING_FEE + fee(paid))
		.give(&client, wallet, paid - fee(paid))
		.give(wallet, &client, slashed / 2)
		.give(wallet, &treasury(), slashed - slashed / 2)
		.pay(&provider.owner, &treasury(), AgentsHold::Bond, of_agent)
}

#[test]
fn stream_should_stand_still_under_dispute_and_end_as_ruled() {
	on_development_network(|| {
		jurors(20);
		let provider = a_provider();
		let begun = Books::now();
		let (contract, record) = flowing(&provider, PaymentPlan::Stream { blocks: 30 });
		let job = JobId(0);
		let (rate, total) = (PRICE / 30, PRICE / 30 * 30);
		did(&provider.wallet, MarketCall::start { job });
		let mut minted = pass(10);
		did(&stranger(), EscrowCall::settle_stream { contract });
		minted += pass(5);
		// What was earned since is at stake as well.
		let mut trial = Trial::open(&client(), contract, None, 10);
		assert_eq!(trial.info().case.value, total - 10 * rate);
		trial.defend(&provider.wallet, 0);
		for (who, call) in [
			(stranger(), EscrowCall::settle_stream { contract }),
			(client(), EscrowCall::stop { contract }),
			(stranger(), EscrowCall::top_up { contract, amount: rate }),
		] {
			barred(&who, call, EscrowError::UnderDispute);
		}
		trial.go_to_court();
		trial.vote_all(share(8));
		let told = trial.step();
		assert!(names(&told).contains(&"Escrow.ContractClosed".into()));
		trial.pay();

		let disputed = total - 10 * rate;
		let released = Perbill::from_percent(20).mul_floor(disputed);
		let paid = (10 * rate + released, total / 10);
		after_flow(begun, &provider, paid, 8, trial.minted + minted)
			.judged(&[(&provider.wallet, COURT_FEE)], &trial.said[0], share(8))
			.hold(&client(), MarketHold::Deposit, record)
			.check();
		ended(job, JobOutcome::Partial, &[&provider]);
		assert_eq!(counted().disputed, 1);
		court_is_closed();
	});
}

#[test]
fn meter_should_end_as_ruled_when_its_units_are_disputed() {
	on_development_network(|| {
		jurors(20);
		let provider = a_provider();
		let begun = Books::now();
		let plan = PaymentPlan::Metered { blocks: 30, signer: Bob.to_account_id() };
		let (contract, record) = flowing(&provider, plan);
		let voucher = |units, sequence| {
			let voucher = Voucher { contract, units, sequence };
			let signature = MultiSignature::Sr25519(Bob.sign(&Escrow::voucher_payload(voucher)));
			EscrowCall::redeem { contract, voucher, signature }
		};
		did(&provider.wallet, voucher(250, 1));
		let billed = 250 * UNIT_PRICE;
		// The client says that no more was done, and the provider that all was.
		let mut trial = Trial::open(&client(), contract, None, 10);
		assert_eq!(trial.info().case.value, PRICE - billed);
		barred(&provider.wallet, voucher(500, 2), EscrowError::UnderDispute);
		trial.defend(&provider.wallet, 0);
		trial.go_to_court();
		trial.vote_all(share(1));
		trial.step();
		trial.pay();

		let released = (PRICE - billed) * 9 / 10;
		after_flow(begun, &provider, (billed + released, BOND), 0, trial.minted)
			.judged(&[(&client(), COURT_FEE)], &trial.said[0], share(1))
			.hold(&client(), MarketHold::Deposit, record)
			.check();
		assert_eq!(counted().disputed, 1);
		court_is_closed();
	});
}

#[test]
fn hundred_cases_should_be_judged_at_once() {
	on_development_network(|| {
		const CASES: u64 = 100;
		let jurors = jurors(20);
		let provider = endowed(0xc0, 0, 5_000 * AIT);
		let value = 100 * AIT;
		let begun = Books::now();
		let mut trials: Vec<_> = (0..CASES)
			.map(|number| {
				let contract = ContractId(number);
				let payee = provider.clone();
				let agreement = agreement(value);
				did(&client(), EscrowCall::open { provider: payee, agreement });
				did(&client(), EscrowCall::fund { contract, expected: value });
				let (milestone, evidence) = (FIRST, evidence(1));
				did(&provider, EscrowCall::submit { contract, milestone, evidence });
				let trial = Trial::open(&client(), contract, Some(FIRST), 10);
				trial.defend(&provider, 0);
				trial
			})
			.collect();
		assert_eq!(trials.last().map(|trial| trial.case), Some(CaseId(CASES - 1)));
		let stakes = 2 * COURT_FEE * Balance::from(CASES);
		assert_eq!(Books::now().held_for(CaseHold::Stake), stakes);

		let mut minted = pass(SETTLEMENT + 1);
		for trial in &mut trials {
			trial.step();
		}
		let (mut blocks, mut juries) = (Vec::new(), BTreeSet::new());
		while Disputes::case(CaseId(CASES - 1))
			.is_some_and(|info| matches!(info.case.state, CaseState::Drawing { .. }))
		{
			minted += pass(1);
			let drawn = drawn_now();
			blocks.extend((drawn > 0).then_some(drawn));
		}
		println!("a hundred juries were drawn in blocks of {blocks:?}");
		assert_eq!(blocks.iter().sum::<usize>(), 100);
		for trial in &mut trials {
			let jury: Vec<_> = trial.jury().into_iter().map(|one| (one.juror, one.seats)).collect();
			juries.insert(jury);
		}
		assert!(juries.len() > 90, "there are only {} juries", juries.len());
		trials[0].open_votes();
		for trial in &mut trials {
			// The jurors of even numbers are lenient.
			let place = |juror: &AccountId| jurors.iter().position(|one| one == juror);
			trial.vote(|juror| Some(share(if place(juror)? % 2 == 0 { 4 } else { 9 })));
		}
		minted += pass(APPEAL / 2 + 1);
		let mut books = begun.clone();
		for trial in &mut trials {
			let DisputesEvent::CaseRuled { ruling, loser, .. } = ruled(&trial.step()) else {
				unreachable!()
			};
			trial.pay();
			let tenths = u8::try_from(ruling.client.deconstruct() / 100_000_000).expect("tenths");
			let (released, payer) = match loser {
				Some(Party::Provider) => (value * Balance::from(10 - tenths) / 10, &provider),
				Some(Party::Client) => (value * Balance::from(10 - tenths) / 10, &client()),
				None => unreachable!("no jury says five tenths"),
			};
			books = books
				.give(&client(), &treasury(), FILING_FEE + fee(released))
				.give(&client(), &provider, released - fee(released))
				.judged(&[(payer, COURT_FEE)], &trial.said[0], share(tenths));
			minted += trial.minted;
		}
		books.mint(minted).check();
		court_is_closed();
	});
}

/// How many juries this block has drawn.
fn drawn_now() -> usize {
	let is_draw = |event: &RuntimeEvent| {
		matches!(event, RuntimeEvent::Jurors(pallet_jurors::Event::JuryDrawn { .. }))
	};
	events().iter().filter(|event| is_draw(event)).count()
}

#[test]
fn deadlines_should_wait_and_ways_out_work_when_the_chain_is_paused_while_jurors_vote() {
	on_development_network(|| {
		let jurors = jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.go_to_court();
		let least = trial.least();
		let others = trial.others(&least);
		trial.note(|_| Some(share(10)));
		trial.commit_all(std::slice::from_ref(&least), share(10));
		let CaseState::Voting { commit_until, reveal_until, .. } = trial.state() else {
			panic!("a jury sits")
		};
		trial.pass_to(commit_until);
		governed(pallet_safe_mode::Call::<Runtime>::force_enter {});
		trial.minted += pass(20);
		assert!(SafeMode::is_entered());
		assert_eq!(ActiveClock::now(), commit_until);

		// The last block to commit has lasted for twenty, and everything goes on but what costs money.
		trial.commit_all(&others, share(10));
		trial.reveal_all(&[least], share(10));
		let idle = jurors.iter().find(|juror| !trial.jury().iter().any(|one| one.juror == **juror));
		did(idle.expect("seventeen are"), JurorsCall::unbond { amount: JUROR_BOND });
		let filtered = || frame_system::Error::<Runtime>::CallFiltered;
		let bond = JurorsCall::bond { amount: JUROR_BOND };
		barred(&stranger(), bond, filtered());
		trial.minted += pass(1);
		assert!(!SafeMode::is_entered());
		trial.pass_to(reveal_until);
		trial.reveal_all(&others, share(10));
		assert_eq!(names(&trial.step()), ["Disputes.RoundJudged"]);

		// While it is paused again, nobody can appeal, and nobody's time to appeal passes.
		let at = ActiveClock::now();
		governed(pallet_safe_mode::Call::<Runtime>::force_enter {});
		let appeal = DisputesCall::appeal { case: trial.case, side: Party::Provider };
		barred(&deal.provider.wallet, appeal, filtered());
		trial.minted += pass(20);
		assert_eq!(ActiveClock::now(), at);
		let progress = DisputesCall::progress { case: trial.case };
		barred(&stranger(), progress, DisputesError::NothingDue);
		trial.minted += pass(1);
		trial.step();
		trial.pay();
		deal.after(&trial, 10, 10)
			.judged(&[(&deal.provider.wallet, COURT_FEE)], &trial.said[0], share(10))
			.check();
		court_is_closed();
	});
}

#[test]
fn pausing_a_call_that_meets_a_courts_deadline_should_stop_the_clock() {
	on_development_network(|| {
		let name = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
		for call in ["offer", "defend", "appeal"] {
			let before = ActiveClock::now();
			let full_name = (name("Disputes"), name(call));
			governed(pallet_tx_pause::Call::<Runtime>::pause { full_name: full_name.clone() });
			pass(3);
			assert_eq!(ActiveClock::now(), before, "{call}");
			governed(pallet_tx_pause::Call::<Runtime>::unpause { ident: full_name });
			pass(1);
			assert_eq!(ActiveClock::now(), before + 1);
		}
	});
}

#[test]
fn all_evidence_should_return_its_deposits_when_the_case_closes() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		let case = trial.case;
		let file = |who: &AccountId, byte| {
			let kind = EvidenceKind::Statement;
			let uri = b"https://evidence.example/2".to_vec();
			let hash = DocumentHash(H256::repeat_byte(byte));
			(who.clone(), DisputesCall::submit_evidence { case, kind, uri, hash })
		};
		for who in [client(), deal.provider.wallet.clone()] {
			for byte in 0..16 {
				let (who, call) = file(&who, byte);
				did(&who, call);
			}
			let (who, call) = file(&who, 16);
			barred(&who, call, DisputesError::TooMuchEvidence);
		}
		assert_eq!(Disputes::evidence(case).len(), 32);
		let (who, call) = file(&stranger(), 0);
		barred(&who, call, DisputesError::NotParty);
		trial.go_to_court();
		let (who, call) = file(&client(), 0);
		barred(&who, call, DisputesError::EvidenceClosed);
		trial.vote_all(share(10));
		trial.step();
		trial.pay();
		deal.after(&trial, 10, 10)
			.judged(&[(&deal.provider.wallet, COURT_FEE)], &trial.said[0], share(10))
			.check();
		court_is_closed();
	});
}

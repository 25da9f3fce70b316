//! Each tier decides a case: what the chain knows, the parties, a jury, silence, and an appeal's jury.

use crate::{
	books::Books,
	court::{
		at_stake, court_is_closed, jurors, ruled, share, tenths, Deal, DisputesCall, DisputesError,
		DisputesEvent, Trial, COURT_FEE, FILING_FEE, SEAT_STAKE,
	},
	deals::{
		a_provider, assigned, barred, client, contract, counted, deposits, did, ended, endowed,
		evidence, fee, names, part, release, stranger, submit, treasury, EscrowCall, EscrowError,
		MarketCall, Provider,
	},
	market_evidence::{is_about, mean},
	network::{events, on_development_network, pass_blocks},
	work::{agreement, FIRST},
};
use aitbc_audit::{Actor, Commitment, Entry, RecordId, ENGINE_ID};
use aitbc_core::{
	money::AIT, Choice, ContractId, DocumentHash, EvidenceHash, Fact, JobId, Party, Receipt,
	ReceiptV1, Ruling, Subject, Unit, WorkHash,
};
use aitbc_reputation::Component;
use aitbc_runtime::{
	AccountId, AuditLog, Balance, Disputes, Reputation, Runtime, RuntimeEvent, System,
};
use codec::{Decode, Encode};
use pallet_agents::HoldReason as AgentsHold;
use pallet_disputes::{CaseState, EvidenceKind, HoldReason as CaseHold, Outcome, RulingCause};
use pallet_market::{HoldReason as MarketHold, JobOutcome, PlanIndex};
use sp_core::H256;
use sp_io::hashing::blake2_256;
use sp_keyring::Sr25519Keyring::Ferdie;
use sp_runtime::{DigestItem, Perbill};

/// What a ruling says that gives the client so many percent, and slashes so much of the provider's
/// bond.
fn ruling(client: u32, provider_slash: Perbill) -> Ruling {
	Ruling {
		client: Perbill::from_percent(client),
		provider: Perbill::from_percent(100 - client),
		client_slash: Perbill::zero(),
		provider_slash,
	}
}

/// What is told when the case about the first milestone of `deal` is ruled.
fn case_ruled(
	deal: &Deal,
	trial: &Trial,
	cause: RulingCause,
	ruling: Ruling,
	loser: Option<Party>,
	agent_slashed: Balance,
) -> DisputesEvent {
	let subject = Subject::Milestone { contract: deal.contract, milestone: FIRST };
	DisputesEvent::CaseRuled { case: trial.case, subject, cause, ruling, loser, agent_slashed }
}

/// Bob's job, of which the first milestone was submitted with `shown` and is under dispute: Bob says
/// that so many tenths are his. The others are paid.
fn a_job_shown_by(shown: impl Fn(JobId, &Provider) -> EvidenceHash, claim: u8) -> (Deal, Trial) {
	let provider = a_provider();
	let begun = Books::now();
	let job = assigned(&provider, &[]);
	let contract = contract(job);
	let milestone = Some(PlanIndex(0));
	let evidence = shown(job, &provider);
	did(&provider.wallet, MarketCall::submit { job, milestone, evidence });
	let trial = Trial::open(&client(), contract, Some(FIRST), claim);
	for place in 1..3 {
		submit(job, place);
		did(&client(), release(contract, place));
	}
	(Deal { provider, job, contract, begun }, trial)
}

/// The receipt by which `provider` asks for `price` for the first milestone.
fn receipt(job: JobId, provider: &Provider, price: Balance) -> ReceiptV1 {
	ReceiptV1 {
		genesis: System::block_hash(0),
		job,
		contract: contract(job),
		milestone: Some(FIRST),
		provider: provider.agent,
		wallet: provider.wallet.clone(),
		client: client(),
		unit: Unit::Token,
		units: 400,
		unit_price: price / 400,
		price,
		result: WorkHash(H256::repeat_byte(7)),
		started: 1,
		finished: 2,
		attestations: Vec::new(),
	}
}

/// The call by which a stranger shows `document`.
fn shown(trial: &Trial, document: Vec<u8>) -> DisputesCall {
	DisputesCall::rule_by_facts { case: trial.case, document }
}

#[test]
fn provider_should_lose_at_once_when_it_shows_nothing() {
	on_development_network(|| {
		let (deal, trial) = a_job_shown_by(|_, _| EvidenceHash::default(), 10);

		let told = did(&stranger(), shown(&trial, Vec::new()));

		assert_eq!(
			names(&told),
			[
				"Escrow.RulingApplied",
				"Escrow.BondSlashed",
				"Escrow.ContractClosed",
				"Market.LeaseEnded",
				"Market.JobSettled",
				"Disputes.CaseRuled",
				"Disputes.RoundPaid",
				"Disputes.CaseClosed"
			]
		);
		let ruling = ruling(100, Perbill::from_percent(50));
		let cause = RulingCause::Fact(Fact::NothingShown);
		let provider = Some(Party::Provider);
		let expected = case_ruled(&deal, &trial, cause, ruling, provider, 5 * AIT);
		assert_eq!(ruled(&told), expected);
		deal.after(&trial, 10, 10).check();
		ended(deal.job, JobOutcome::Partial, &[&deal.provider]);
		assert_eq!((counted().disputed, counted().partial), (1, 1));
		assert!(is_about(mean(deal.provider.agent, Component::Disputes), 60));
		court_is_closed();
	});
}

#[test]
fn ruling_should_be_written_down_and_proven_by_the_digest_of_a_later_block() {
	on_development_network(|| {
		let (_, trial) = a_job_shown_by(|_, _| EvidenceHash::default(), 10);
		let told = did(&stranger(), shown(&trial, Vec::new()));
		let DisputesEvent::CaseRuled { ruling, .. } = ruled(&told) else { panic!("{told:?}") };
		let block = System::block_number();

		pass_blocks(3);

		let digest = System::digest();
		let committed = digest.logs.iter().find_map(|item| match item {
			DigestItem::Consensus(ENGINE_ID, bytes) => Commitment::decode(&mut &**bytes).ok(),
			_ => None,
		});
		let Commitment { count, root } = committed.expect("each block commits to the log");
		let proven = AuditLog::prove(RecordId(0), Some(count)).expect("it is written down");
		let record = proven.record.expect("it is kept");
		let about = [aitbc_audit::Subject::Case(trial.case.0)];
		let entry = Entry::new(aitbc_audit::Event::CaseRuled, Actor::Chain, &about);
		assert_eq!(record.entry, entry.with_hashes(&[blake2_256(&ruling.encode())]));
		assert_eq!((record.block, count), (block, 1));
		assert_eq!(proven.proof.verify(&record.encode(), &root), Ok(record));
	});
}

#[test]
fn provider_should_lose_at_once_when_its_receipt_is_for_other_work() {
	on_development_network(|| {
		let foreign = |job, provider: &_| {
			let receipt = ReceiptV1 { client: stranger(), ..receipt(job, provider, part(40)) };
			Receipt::V1(receipt)
		};
		let (deal, trial) = a_job_shown_by(|job, provider| foreign(job, provider).evidence(), 10);
		// Without the receipt, or with another, the chain knows nothing.
		let other = Receipt::V1(receipt(deal.job, &deal.provider, part(40)));
		for document in [Vec::new(), other.encode()] {
			barred(&stranger(), shown(&trial, document), DisputesError::NoFact);
		}

		let told = did(&stranger(), shown(&trial, foreign(deal.job, &deal.provider).encode()));

		let ruling = ruling(100, Perbill::from_percent(50));
		let cause = RulingCause::Fact(Fact::ForeignReceipt);
		let provider = Some(Party::Provider);
		let expected = case_ruled(&deal, &trial, cause, ruling, provider, 5 * AIT);
		assert_eq!(ruled(&told), expected);
		deal.after(&trial, 10, 10).check();
		court_is_closed();
	});
}

#[test]
fn settlement_should_cost_nobody_anything() {
	on_development_network(|| {
		let (deal, trial) = Deal::defended(10, 0);
		let (case, wallet) = (trial.case, deal.provider.wallet.clone());
		let offer =
			|percent| DisputesCall::offer { case, client_share: Perbill::from_percent(percent) };
		let accept =
			|percent| DisputesCall::accept { case, client_share: Perbill::from_percent(percent) };
		barred(&wallet, accept(50), DisputesError::OfferNotFound);
		barred(&stranger(), offer(50), DisputesError::NotParty);
		did(&client(), offer(50));
		did(&client(), offer(30));
		barred(&client(), accept(30), DisputesError::OwnOffer);
		barred(&wallet, accept(50), DisputesError::OfferMismatch);

		let told = did(&wallet, accept(30));

		let ruling = ruling(30, Perbill::zero());
		let expected = case_ruled(&deal, &trial, RulingCause::Settlement, ruling, None, 0);
		assert_eq!(ruled(&told), expected);
		barred(&wallet, offer(40), DisputesError::CaseNotFound);
		// Also the filing fee returned.
		deal.after(&trial, 3, 0).give(&treasury(), &client(), FILING_FEE).check();
		ended(deal.job, JobOutcome::Partial, &[&deal.provider]);
		court_is_closed();
	});
}

#[test]
fn claim_should_stand_when_the_respondent_is_silent() {
	on_development_network(|| {
		let (deal, mut trial) = Deal::disputed(8);

		let told = trial.step();

		let cause = RulingCause::Silence { of: Party::Provider };
		// Who says nothing is taken to claim everything.
		let ruling = ruling(80, Perbill::from_percent(40));
		let expected = case_ruled(&deal, &trial, cause, ruling, Some(Party::Provider), 4 * AIT);
		assert_eq!(ruled(&told), expected);
		let late = DisputesCall::defend { case: trial.case, claim: tenths(0) };
		barred(&deal.provider.wallet, late, DisputesError::CaseNotFound);
		deal.after(&trial, 8, 8).check();
		court_is_closed();
	});
}

#[test]
fn provider_should_not_dispute_what_silence_pays() {
	on_development_network(|| {
		let provider = a_provider();
		let contract = contract(assigned(&provider, &[]));
		submit(JobId(0), 0);
		let dispute = EscrowCall::dispute { contract, milestone: Some(FIRST), claim: tenths(0) };
		barred(&provider.wallet, dispute, EscrowError::NotClient);
	});
}

#[test]
fn conceding_should_end_a_case_at_once_and_cost_nothing() {
	on_development_network(|| {
		let (deal, trial) = Deal::disputed(7);
		let told = trial.defend(&deal.provider.wallet, 8);
		let DisputesEvent::CaseRuled { cause, ruling, loser, .. } = ruled(&told) else {
			unreachable!()
		};
		assert_eq!((cause, loser), (RulingCause::Settlement, None));
		assert_eq!(ruling.client, Perbill::from_percent(75));
		assert!(Disputes::case(trial.case).is_none());
		let (client, wallet, treasury) = (client(), &deal.provider.wallet, treasury());
		let released = at_stake() / 4;
		let fees = fee(released) + 2 * fee(part(30));
		deal.begun
			.clone()
			.give(&client, wallet, released + part(60) - fees)
			.give(&client, &treasury, fees)
			.hold(&client, MarketHold::Deposit, deposits(0).record)
			.check();
		court_is_closed();
	});
}

/// Bob's contract of 40 AIT with somebody, of which Bob says that so many tenths are his.
fn a_small_case(claim: u8) -> (AccountId, Trial) {
	let (contract, provider) = (ContractId(0), endowed(0xc0, 0, 10 * AIT));
	did(&client(), EscrowCall::open { provider: provider.clone(), agreement: agreement(40 * AIT) });
	did(&client(), EscrowCall::fund { contract, expected: 40 * AIT });
	did(&provider, EscrowCall::submit { contract, milestone: FIRST, evidence: evidence(1) });
	(provider, Trial::open(&client(), contract, Some(FIRST), claim))
}

#[test]
fn small_case_should_end_in_the_middle_when_the_parties_do_not_settle() {
	on_development_network(|| {
		let begun = Books::now();
		let (provider, mut trial) = a_small_case(9);
		assert_eq!(trial.info().case.court, None);
		// A defence stakes nothing where there is no court.
		let before = Books::now();
		trial.defend(&provider, 2);
		before.check();

		let told = trial.step();

		assert!(matches!(
			ruled(&told),
			DisputesEvent::CaseRuled { cause: RulingCause::Undecided, loser: None, .. }
		));
		assert_eq!(names(&told).last().map(String::as_str), Some("Disputes.CaseClosed"));
		// 55 % are Bob's.
		let released = 18 * AIT;
		begun
			.mint(trial.minted)
			.give(&Ferdie.to_account_id(), &provider, 10 * AIT)
			.give(&client(), &treasury(), FILING_FEE + fee(released))
			.give(&client(), &provider, released - fee(released))
			.check();
		court_is_closed();
	});
}

#[test]
fn court_should_pay_its_jurors_from_the_loser() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::disputed(10);
		let (client, wallet) = (client(), deal.provider.wallet.clone());
		let deposit = trial.info().case.deposit;
		let held = Books::now();
		trial.defend(&wallet, 0);
		held.hold(&wallet, CaseHold::Stake, COURT_FEE).check();
		assert_eq!(Books::now().held_for(CaseHold::Stake), 2 * COURT_FEE);
		assert_eq!(Books::now().held_for(CaseHold::Deposit), deposit + FILING_FEE);
		let case = trial.case;
		let filed = |who: &AccountId, kind, byte| {
			let hash = DocumentHash(H256::repeat_byte(byte));
			let uri = b"https://evidence.example/1".to_vec();
			let call = DisputesCall::submit_evidence { case, kind, uri, hash };
			assert_eq!(names(&did(who, call)), ["Disputes.EvidenceSubmitted"]);
		};
		filed(&client, EvidenceKind::Statement, 1);
		filed(&wallet, EvidenceKind::Record, 2);
		let told = trial.step();
		assert_eq!(names(&told), ["Jurors.JuryRequested", "Disputes.JuryRequested"]);
		filed(&wallet, EvidenceKind::Correspondence, 3);
		assert_eq!(Disputes::evidence(case).len(), 3);
		let told = trial.await_jury();
		let told: Vec<_> =
			names(&told).into_iter().filter(|name| name != "Jurors.WeightQueued").collect();
		assert!(told.starts_with(&["Jurors.JuryDrawn", "Disputes.JurySeated"].map(String::from)));
		let seats: u32 = trial.jury().iter().map(|member| member.seats).sum();
		assert_eq!(seats, 3);
		let locked: Balance =
			pallet_jurors::Jurors::<Runtime>::iter_values().map(|juror| juror.locked).sum();
		assert_eq!(locked, 3 * SEAT_STAKE);
		trial.open_votes();

		let least = trial.least();
		let told = trial.vote(|juror| Some(share(if *juror == least { 2 } else { 9 })));

		assert_eq!(names(&told), ["Disputes.RoundJudged"]);
		let CaseState::Appealable { outcome, loser, .. } = trial.state() else {
			panic!("the jury said something");
		};
		assert_eq!(outcome, Outcome::ClientShare(Perbill::from_percent(90)));
		assert_eq!(loser, Some(Party::Provider));
		let told = trial.step();
		let ruling = ruling(90, Perbill::from_percent(45));
		let (loser, agent_slashed) = (Some(Party::Provider), 45 * AIT / 10);
		let expected = case_ruled(&deal, &trial, RulingCause::Jury, ruling, loser, agent_slashed);
		assert_eq!(ruled(&told), expected);
		trial.pay();

		deal.after(&trial, 9, 9).judged(&[(&wallet, COURT_FEE)], &trial.said[0], share(9)).check();
		ended(deal.job, JobOutcome::Partial, &[&deal.provider]);
		assert_eq!((counted().disputed, counted().value_settled), (1, part(60) + at_stake() / 10));
		// Of 400 AIT, 144 were lost in a dispute.
		assert!(is_about(mean(deal.provider.agent, Component::Disputes), 64));
		court_is_closed();
	});
}

#[test]
fn score_should_move_by_what_a_ruling_gave_back() {
	on_development_network(|| {
		jurors(20);
		let scores = [0, 5, 10].map(|said| {
			let (deal, mut trial) = Deal::defended(10, 0);
			trial.go_to_court();
			trial.vote_all(share(said));
			trial.step();
			trial.pay();
			let lost = 4 * u32::from(said);
			assert!(is_about(mean(deal.provider.agent, Component::Disputes), 100 - lost));
			Reputation::score(deal.provider.agent).mean.expect("it has evidence")
		});
		assert!(scores[0] > scores[1] && scores[1] > scores[2], "{scores:?}");
		assert_eq!(counted().disputed, 3);
		court_is_closed();
	});
}

#[test]
fn both_sides_should_pay_a_half_when_neither_is_nearer() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.go_to_court();
		trial.vote_all(share(5));
		let told = trial.step();
		let expected =
			case_ruled(&deal, &trial, RulingCause::Jury, ruling(50, Perbill::zero()), None, 0);
		assert_eq!(ruled(&told), expected);
		trial.pay();
		let halves = [(&client(), COURT_FEE / 2), (&deal.provider.wallet, COURT_FEE / 2)];
		deal.after(&trial, 5, 0).judged(&halves, &trial.said[0], share(5)).check();
		court_is_closed();
	});
}

#[test]
fn client_should_pay_the_court_when_it_claimed_too_much() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 2);
		trial.go_to_court();
		let least = trial.least();
		// Who is silent loses more than who is wrong.
		trial.vote(|juror| (*juror != least).then_some(share(2)));
		let told = trial.step();
		let expected = case_ruled(
			&deal,
			&trial,
			RulingCause::Jury,
			Ruling { client_slash: Perbill::from_percent(40), ..ruling(20, Perbill::zero()) },
			Some(Party::Client),
			0,
		);
		assert_eq!(ruled(&told), expected);
		trial.pay();
		deal.after(&trial, 2, 0)
			.judged(&[(&client(), COURT_FEE)], &trial.said[0], share(2))
			.check();
		court_is_closed();
	});
}

#[test]
fn default_split_should_apply_when_the_jury_refuses() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(8, 0);
		trial.go_to_court();
		trial.vote_all(Choice::Refuse);
		let told = trial.step();
		let expected =
			case_ruled(&deal, &trial, RulingCause::Jury, ruling(40, Perbill::zero()), None, 0);
		assert_eq!(ruled(&told), expected);
		trial.pay();
		let halves = [(&client(), COURT_FEE / 2), (&deal.provider.wallet, COURT_FEE / 2)];
		deal.after(&trial, 4, 0).judged(&halves, &trial.said[0], Choice::Refuse).check();
		court_is_closed();
	});
}

#[test]
fn agents_bond_should_be_slashed_and_told_when_its_wallet_lost() {
	on_development_network(|| {
		let (deal, trial) = a_job_shown_by(|_, _| EvidenceHash::default(), 10);
		let before = Books::now();
		did(&stranger(), shown(&trial, Vec::new()));
		let slashed = events().into_iter().find_map(|event| match event {
			RuntimeEvent::Agents(event @ pallet_agents::Event::AgentSlashed { .. }) => Some(event),
			_ => None,
		});
		let (agent, owner) = (deal.provider.agent, deal.provider.owner.clone());
		let expected = pallet_agents::Event::AgentSlashed {
			agent,
			owner: owner.clone(),
			amount: 5 * AIT,
			bond: 95 * AIT,
		};
		assert_eq!(slashed, Some(expected));
		let (was, is) = (before.of(&owner), Books::now().of(&owner));
		assert_eq!(was.total() - is.total(), 5 * AIT);
		assert_eq!(Books::now().held_for(AgentsHold::Bond), 95 * AIT);
	});
}

#[test]
fn agent_should_answer_for_a_case_when_its_wallet_is_taken_away() {
	on_development_network(|| {
		let (deal, mut trial) = Deal::disputed(10);
		let (agent, owner) = (deal.provider.agent, &deal.provider.owner);
		did(owner, pallet_agents::Call::remove_wallet { agent });
		let deregister = pallet_agents::Call::deregister { agent };
		barred(owner, deregister, pallet_agents::Error::<Runtime>::WorkOpen);

		let told = trial.step();

		assert!(matches!(
			ruled(&told),
			DisputesEvent::CaseRuled { cause: RulingCause::Silence { .. }, agent_slashed, .. }
				if agent_slashed == 5 * AIT
		));
		deal.after(&trial, 10, 10).check();
		assert!(is_about(mean(agent, Component::Disputes), 60));
		court_is_closed();
	});
}

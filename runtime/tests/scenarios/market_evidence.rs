//! What jobs say about agents: each contract once, each provider for its own, and nobody leaves in
//! the middle.

use crate::{
	books::Books,
	deals::{
		a_provider, all_is_settled, assign, assigned, barred, bid, client, contract, deliver, did,
		ended, evidence, give, hired, lease, offer_terms, part, pass_to, posted_by, providers,
		release, settle, stranger, submit, tag, work, EscrowCall, MarketCall, MarketError,
		Provider, BOND, LIMIT, PLAN, PRICE, START_WITHIN, UNIT_PRICE,
	},
	network::{events, free, on_development_network, pass_blocks},
	work::{
		a_funded_contract_of, agreement, an_active_agent, done, held, AGENT, CONTRACT, FIRST,
		REVIEW,
	},
};
use aitbc_core::{
	money::AIT, AgentId, ContractId, Decimal, DocumentHash, JobId, MilestoneIndex, OfferId,
	Receipt, ReceiptV1, Unit, WorkHash, WorkId,
};
use aitbc_reputation::Component;
use aitbc_runtime::{ActiveClock, Agents, Market, Reputation, Runtime, RuntimeEvent, System};
use aitbc_traits::{AgentInspect, AgentStatus};
use pallet_escrow::HoldReason as EscrowHold;
use pallet_market::{
	BidTerms, BiddingWindow, Demand, HoldReason as MarketHold, JobOutcome, PlanIndex, Requirements,
};
use pallet_reputation::{Event as ReputationEvent, Rating};
use sp_core::{Pair, H256};
use sp_keyring::Sr25519Keyring::{Bob, Charlie, Dave};
use sp_runtime::Perbill;

/// A rating of so many percent for quality.
fn rating(agent: AgentId, contract: ContractId, percent: i128) -> pallet_reputation::Call<Runtime> {
	let rating = Rating {
		tag: Agents::tag_by_name(b"quality".to_vec()).expect("genesis has it").tag,
		about: Some(tag()),
		value: Decimal::whole(percent),
		endpoint: Vec::new(),
		uri: Vec::new(),
		hash: DocumentHash::default(),
	};
	pallet_reputation::Call::rate { agent, work: WorkId::Contract(contract), rating }
}

/// The agents about which this block has counted work, in order, and the contract of each.
fn counted_now() -> Vec<(AgentId, WorkId)> {
	let counted = |event| match event {
		RuntimeEvent::Reputation(ReputationEvent::WorkCounted { work, provider_agent, .. }) => {
			Some((provider_agent.agent, work))
		},
		_ => None,
	};
	events().into_iter().filter_map(counted).collect()
}

/// What the agent's component is worth.
pub fn mean(agent: AgentId, component: Component) -> Option<Perbill> {
	let components = Reputation::score(agent).components;
	let found = components.iter().find(|info| info.component == component);
	found.expect("every component is shown").mean
}

/// Whether `mean` is 1, but for the rounding.
fn is_flawless(mean: Option<Perbill>) -> bool {
	mean >= Some(Perbill::from_parts(999_999_998))
}

/// Whether `mean` is `percent`, but for the rounding.
pub fn is_about(mean: Option<Perbill>, percent: u32) -> bool {
	mean.is_some_and(|mean| {
		mean.deconstruct().abs_diff(Perbill::from_percent(percent).deconstruct()) < 5
	})
}

/// How many contracts the agent completed, and in how many it did a part.
fn record(agent: AgentId) -> (u32, u32) {
	let counters = Reputation::score(agent).counters;
	(counters.completed, counters.partial)
}

#[test]
fn main_job_should_run_from_the_offer_to_the_score_that_moved() {
	on_development_network(|| {
		// Charlie's agent works under Dave's account. All of this is in signed transactions.
		an_active_agent();
		let offer = OfferId(0);
		done(Dave, MarketCall::create_offer { terms: offer_terms() });
		let job = JobId(0);
		let now = ActiveClock::now();
		done(
			Bob,
			MarketCall::post {
				work: work(),
				demand: Demand {
					capability: tag(),
					unit: Unit::Token,
					requirements: Requirements::default(),
					price_limit: LIMIT,
					max_backups: 0,
				},
				bidding: BiddingWindow { until: now + 10, assign_by: now + 20 },
			},
		);
		let terms = BidTerms { offer, price: PRICE, bond: BOND };
		done(Dave, MarketCall::bid { job, terms, stays_as_backup: false });
		assert_eq!(held(Dave, MarketHold::Bond), BOND);
		let ranked = Market::rank_bids(job);
		assert_eq!(ranked.len(), 1);
		assert!(ranked[0].is_available);
		done(Bob, MarketCall::assign { job, agent: AGENT, expected: terms });
		assert_eq!((held(Dave, MarketHold::Bond), held(Dave, EscrowHold::Bond)), (0, BOND));
		pass_blocks(1);
		done(Dave, MarketCall::start { job });
		let started = ActiveClock::now();
		pass_blocks(1);

		let mut receipts = Vec::new();
		for (place, (percent, _)) in (0..).zip(PLAN) {
			let receipt = Receipt::V1(ReceiptV1 {
				genesis: System::block_hash(0),
				job,
				contract: CONTRACT,
				milestone: Some(MilestoneIndex(place)),
				provider: AGENT,
				wallet: Dave.to_account_id(),
				client: Bob.to_account_id(),
				unit: Unit::Token,
				units: 10 * u64::from(percent),
				unit_price: UNIT_PRICE,
				price: part(percent.into()),
				result: WorkHash(H256::repeat_byte(7)),
				started,
				finished: ActiveClock::now(),
				attestations: Vec::new(),
			});
			let milestone = Some(PlanIndex(place));
			done(Dave, MarketCall::submit { job, milestone, evidence: receipt.evidence() });
			receipts.push(receipt);
		}
		let wallet = free(Dave);
		assert_eq!(Reputation::score(AGENT).mean, None);
		for place in 0..3 {
			done(Bob, release(CONTRACT, place));
		}

		assert_eq!(free(Dave), wallet + 390 * AIT + BOND);
		assert_eq!(counted_now(), [(AGENT, WorkId::Contract(CONTRACT))]);
		let before = Reputation::score(AGENT);
		assert!(is_flawless(before.mean));
		done(Bob, rating(AGENT, CONTRACT, 50));
		let after = Reputation::score(AGENT);
		assert!(is_about(mean(AGENT, Component::Quality), 50));
		assert!(after.mean < before.mean && after.evidence > before.evidence);
		done(Dave, pallet_agents::Call::heartbeat { agent: AGENT });

		// Whoever has the receipts can check them against the chain, signature included.
		let entries = Market::receipts(job);
		assert_eq!(entries.len(), 3);
		for (receipt, entry) in receipts.iter().zip(&entries) {
			assert_eq!(entry.receipt.evidence, receipt.evidence());
			assert_eq!((entry.agent, &entry.account), (AGENT, &Dave.to_account_id()));
			let signature = Dave.sign(&receipt.payload());
			let key = Dave.public();
			assert!(sp_core::sr25519::Pair::verify(&signature, receipt.payload(), &key));
		}
		all_is_settled();
	});
}

#[test]
fn closed_contract_should_be_counted_once_when_it_is_a_jobs_and_when_it_is_not() {
	on_development_network(|| {
		an_active_agent();
		done(Dave, MarketCall::create_offer { terms: offer_terms() });
		let agent = Provider {
			agent: AGENT,
			owner: Charlie.to_account_id(),
			wallet: Dave.to_account_id(),
			offer: OfferId(0),
		};
		let job = hired(&client(), &agent, work());
		deliver(job, &[0, 1, 2]);
		assert_eq!(counted_now(), [(AGENT, WorkId::Contract(CONTRACT))]);
		let alone = ContractId(1);
		// The rebate that the first job earned must leave a fee that counts.
		a_funded_contract_of(Bob, alone, 100 * AIT);
		let (milestone, evidence) = (FIRST, evidence(1));
		done(Dave, EscrowCall::submit { contract: alone, milestone, evidence });
		did(&client(), release(alone, 0));
		assert_eq!(
			counted_now(),
			[CONTRACT, alone].map(|contract| (AGENT, WorkId::Contract(contract)))
		);
		assert_eq!(record(AGENT), (2, 0));
		assert_eq!(pallet_reputation::SettledWork::<Runtime>::iter().count(), 2);
		all_is_settled();
	});
}

#[test]
fn each_provider_should_have_its_own_evidence_when_a_job_is_reassigned() {
	on_development_network(|| {
		let [first, second, third] = providers();
		let job = assigned(&first, &[(&second, PRICE), (&third, PRICE)]);
		let old = contract(job);
		deliver(job, &[0, 1]);
		pass_to(lease(job).since + START_WITHIN + PLAN[2].1 + 1);
		did(&stranger(), MarketCall::report { job });
		assert_eq!(counted_now(), [(first.agent, WorkId::Contract(old))]);
		let new = contract(job);
		deliver(job, &[2]);

		assert_eq!(
			counted_now(),
			[(first.agent, WorkId::Contract(old)), (second.agent, WorkId::Contract(new))]
		);
		ended(job, JobOutcome::Completed, &[&first, &second]);
		assert_eq!(record(first.agent), (0, 1));
		assert_eq!(record(second.agent), (1, 0));
		assert_eq!(record(third.agent), (0, 0));
		// The first was paid 70 % of what it took on, and missed the rest.
		assert!(is_about(mean(first.agent, Component::Completion), 70));
		assert!(is_about(mean(first.agent, Component::Timeliness), 70));
		assert!(is_flawless(mean(second.agent, Component::Completion)));
		assert!(is_flawless(mean(second.agent, Component::Timeliness)));
		assert!(Reputation::score(third.agent).mean.is_none());

		// The client may rate each for its own part, and nobody else may.
		did(&client(), rating(first.agent, old, 10));
		did(&client(), rating(second.agent, new, 100));
		let error = pallet_reputation::Error::<Runtime>::WrongAgent;
		barred(&client(), rating(third.agent, new, 100), error);
		let error = pallet_reputation::Error::<Runtime>::NotParty;
		barred(&third.wallet, rating(second.agent, new, 0), error);
		assert!(is_about(mean(first.agent, Component::Quality), 10));
		assert!(is_about(mean(second.agent, Component::Quality), 100));
		all_is_settled();
	});
}

#[test]
fn provider_should_have_no_evidence_when_it_never_started() {
	on_development_network(|| {
		let [first, second] = providers();
		let job = assigned(&first, &[(&second, PRICE)]);
		pass_to(lease(job).since + START_WITHIN + 1);
		did(&stranger(), MarketCall::report { job });
		assert_eq!(counted_now(), []);
		deliver(job, &[0, 1, 2]);
		assert_eq!(counted_now().len(), 1);
		assert_eq!(record(first.agent), (0, 0));
		assert_eq!(record(second.agent), (1, 0));
		all_is_settled();
	});
}

#[test]
fn client_should_rate_after_its_own_silence() {
	on_development_network(|| {
		let provider = a_provider();
		let job = assigned(&provider, &[]);
		let contract = contract(job);
		for place in 0..3 {
			submit(job, place);
		}
		let early = pallet_reputation::Error::<Runtime>::WorkNotFound;
		barred(&client(), rating(provider.agent, contract, 90), early);
		pass_to(ActiveClock::now() + REVIEW);
		for place in 0..3 {
			did(&stranger(), settle(contract, place));
		}
		assert_eq!(counted_now(), [(provider.agent, WorkId::Contract(contract))]);
		did(&client(), rating(provider.agent, contract, 90));
		let twice = pallet_reputation::Error::<Runtime>::AlreadyRated;
		barred(&client(), rating(provider.agent, contract, 10), twice);
		assert!(is_about(mean(provider.agent, Component::Quality), 90));
		all_is_settled();
	});
}

/// The call by which the owner takes its agent off the registry.
fn leaving(provider: &Provider) -> pallet_agents::Call<Runtime> {
	pallet_agents::Call::deregister { agent: provider.agent }
}

#[test]
fn agent_should_stay_while_it_has_bids_or_leases() {
	on_development_network(|| {
		let [first, second] = providers();
		let open = pallet_agents::Error::<Runtime>::WorkOpen;
		let stays = |provider: &Provider| {
			let open = pallet_agents::Error::<Runtime>::WorkOpen;
			barred(&provider.owner, leaving(provider), open);
		};
		let job = posted_by(&client(), 1);
		bid(job, &first, PRICE);
		bid(job, &second, PRICE);
		barred(&first.owner, leaving(&first), open);
		assign(job, &first);
		// One has a lease now, the other a bid that stays as a backup.
		stays(&first);
		stays(&second);
		assert_eq!(Market::open_bids_of(&first.wallet), 0);
		assert_eq!(Market::open_bids_of(&second.wallet), 1);

		did(&second.wallet, MarketCall::withdraw_bid { job });
		did(&second.owner, leaving(&second));
		assert!(matches!(Agents::status(second.agent), Some(AgentStatus::Deregistering { .. })));
		did(&first.wallet, MarketCall::give_up { job });
		did(&first.owner, leaving(&first));
		all_is_settled();

		// Their offers are of no use to anybody now, and anybody may clear them away.
		let (before, deposit) = (Books::now(), Market::offer_deposit());
		let hire = MarketCall::hire { offer: first.offer, work: work(), expected_price: PRICE };
		barred(&client(), hire, MarketError::WalletChanged);
		for provider in [&first, &second] {
			did(&stranger(), MarketCall::withdraw_offer { offer: provider.offer });
		}
		before
			.release(&first.wallet, MarketHold::Deposit, deposit)
			.release(&second.wallet, MarketHold::Deposit, deposit)
			.check();
	});
}

#[test]
fn agent_that_works_for_itself_should_earn_nothing() {
	on_development_network(|| {
		// The market refuses it; what is paid on the escrow itself counts for nothing.
		let provider = a_provider();
		let hire = MarketCall::hire { offer: provider.offer, work: work(), expected_price: PRICE };
		barred(&provider.owner, hire, MarketError::OwnJob);
		give(&stranger(), &provider.owner, 100 * AIT);
		let total = 40 * AIT;
		let open =
			EscrowCall::open { provider: provider.wallet.clone(), agreement: agreement(total) };
		did(&provider.owner, open);
		did(&provider.owner, EscrowCall::fund { contract: CONTRACT, expected: total });
		let (contract, milestone, evidence) = (CONTRACT, FIRST, evidence(1));
		did(&provider.wallet, EscrowCall::submit { contract, milestone, evidence });
		did(&provider.owner, release(CONTRACT, 0));
		assert_eq!(counted_now(), []);
		all_is_settled();
	});
}

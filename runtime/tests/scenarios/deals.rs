//! Agents with offers, and jobs between them and clients, as scenarios of the market make them.
//!
//! Calls are dispatched without a transaction around them, so that the books show only what the call
//! itself moves. Every one of them must leave the total issuance as it is.

use crate::{
	books::Books,
	network::{begin_block, end_block, events},
	work::REVIEW,
};
use aitbc_core::{
	money::AIT, AgentId, AgentKind, CardHash, ContractId, EvidenceHash, JobId, MilestoneIndex,
	OfferId, TagId, TermsHash, Unit,
};
use aitbc_runtime::{
	configs::money::TreasuryAccount, AccountId, ActiveClock, Agents, Balance, Balances,
	BlockNumber, Escrow, Market, Runtime, RuntimeCall, RuntimeEvent, RuntimeOrigin, System,
};
use frame_support::traits::Get;
use pallet_escrow::HoldReason as EscrowHold;
use pallet_market::{
	BidTerms, BiddingWindow, Counters, Demand, HoldReason as MarketHold, JobDeposits, JobOutcome,
	LeaseOf, MilestonePlan, OfferTerms, PaymentPlan, PlanIndex, Requirements, Resource,
	SettledJobOf, Sla, Specification, WorkTerms,
};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{Bob, Eve, Ferdie};
use sp_runtime::{traits::Dispatchable, DispatchError, Perbill, StateVersion};

pub type MarketCall = pallet_market::Call<Runtime>;
pub type MarketError = pallet_market::Error<Runtime>;
pub type EscrowCall = pallet_escrow::Call<Runtime>;
pub type EscrowError = pallet_escrow::Error<Runtime>;
pub type Work = WorkTerms<AccountId, Vec<u8>>;

/// How long a provider may take to start, in active blocks.
pub const START_WITHIN: BlockNumber = 5;
/// How many units a job has.
pub const UNITS: u64 = 1_000;
/// What a unit costs by an offer, in plancks.
pub const UNIT_PRICE: Balance = 4 * AIT / 10;
/// What a job costs by an offer, in plancks: a fee of 10 AIT.
pub const PRICE: Balance = 400 * AIT;
/// What a bidder has at risk at that price, in plancks.
pub const BOND: Balance = 40 * AIT;
/// The most that a job may cost, in plancks.
pub const LIMIT: Balance = 500 * AIT;
/// What each milestone of the plan pays, in percent, and how long after the latest start it is due.
pub const PLAN: [(u32, BlockNumber); 3] = [(40, 10), (30, 20), (30, 30)];

/// An agent, who owns it, the account that works for it, and what it offers.
#[derive(Clone, Debug)]
pub struct Provider {
	pub agent: AgentId,
	pub owner: AccountId,
	pub wallet: AccountId,
	pub offer: OfferId,
}

/// The client of most scenarios.
pub fn client() -> AccountId {
	Bob.to_account_id()
}

/// Somebody who has no part in any deal.
pub fn stranger() -> AccountId {
	Eve.to_account_id()
}

pub fn treasury() -> AccountId {
	TreasuryAccount::get()
}

/// An account that nobody has a key of. Different ones for different bytes and numbers.
pub fn account(kind: u8, number: u64) -> AccountId {
	let mut bytes = [kind; 32];
	bytes[24..].copy_from_slice(&number.to_be_bytes());
	AccountId::new(bytes)
}

/// An account with `amount` plancks, which Ferdie gave it.
pub fn endowed(kind: u8, number: u64, amount: Balance) -> AccountId {
	let account = account(kind, number);
	give(&Ferdie.to_account_id(), &account, amount);
	account
}

/// Lets `from` give `amount` to `to`.
pub fn give(from: &AccountId, to: &AccountId, amount: Balance) {
	let dest = to.clone().into();
	did(from, pallet_balances::Call::transfer_allow_death { dest, value: amount });
}

/// Lets `who` give away all that it can give away.
pub fn empty(who: &AccountId) {
	let dest = Ferdie.to_account_id().into();
	did(who, pallet_balances::Call::transfer_all { dest, keep_alive: false });
}

/// Applies `call` of `who`, expects it to succeed, and gives what it told of deals and validations.
pub fn did(who: &AccountId, call: impl Into<RuntimeCall>) -> Vec<RuntimeEvent> {
	let (call, told) = (call.into(), System::event_count() as usize);
	let issuance = Balances::total_issuance();
	let result = call.clone().dispatch(RuntimeOrigin::signed(who.clone()));
	assert!(result.is_ok(), "{call:?} of {who:?} failed: {result:?}");
	assert_eq!(Balances::total_issuance(), issuance, "{call:?} changed the total issuance");
	events().into_iter().skip(told).filter(is_of_deal).collect()
}

/// Whether `event` tells of a deal, of a validation, or of a case about either.
pub fn is_of_deal(event: &RuntimeEvent) -> bool {
	matches!(
		event,
		RuntimeEvent::Market(_)
			| RuntimeEvent::Escrow(_)
			| RuntimeEvent::Disputes(_)
			| RuntimeEvent::Jurors(_)
			| RuntimeEvent::Validations(_)
	)
}

/// Applies `call` as root.
pub fn governed(call: impl Into<RuntimeCall>) {
	let result = call.into().dispatch(RuntimeOrigin::root());
	assert!(result.is_ok(), "{result:?}");
}

/// Expects `call` of `who` to fail with `error`, and to change nothing.
pub fn barred(who: &AccountId, call: impl Into<RuntimeCall>, error: impl Into<DispatchError>) {
	let (call, root) = (call.into(), || sp_io::storage::root(StateVersion::V1));
	let before = root();
	let result = call.clone().dispatch(RuntimeOrigin::signed(who.clone()));
	let failure = result.map(|_| ()).map_err(|failure| failure.error);
	assert_eq!(failure, Err(error.into()), "{call:?}");
	assert_eq!(root(), before, "{call:?} changed something");
}

/// The names of events, each after its pallet's.
pub fn names(told: &[RuntimeEvent]) -> Vec<String> {
	let name = |event: &RuntimeEvent| {
		let (pallet, text) = match event {
			RuntimeEvent::Market(event) => ("Market", format!("{event:?}")),
			RuntimeEvent::Escrow(event) => ("Escrow", format!("{event:?}")),
			RuntimeEvent::Disputes(event) => ("Disputes", format!("{event:?}")),
			RuntimeEvent::Jurors(event) => ("Jurors", format!("{event:?}")),
			RuntimeEvent::Validations(event) => ("Validations", format!("{event:?}")),
			_ => ("", format!("{event:?}")),
		};
		let text = text.trim_start_matches("Event::");
		let end = text.find(|one: char| !one.is_alphanumeric()).unwrap_or(text.len());
		format!("{pallet}.{}", &text[..end])
	};
	told.iter().map(name).collect()
}

/// Lets `count` blocks pass, and gives what the staking of eras that ended in them added to the
/// treasury, in plancks.
pub fn pass(count: BlockNumber) -> Balance {
	let mut minted = 0;
	for _ in 0..count {
		end_block();
		begin_block();
		minted += minted_now();
	}
	minted
}

/// What this block has added to the treasury because an era ended, in plancks.
pub fn minted_now() -> Balance {
	let added = |event| match event {
		RuntimeEvent::Staking(pallet_staking::Event::EraPaid { remainder, .. }) => remainder,
		_ => 0,
	};
	events().into_iter().map(added).sum()
}

/// Lets blocks pass until the active clock shows `at`.
pub fn pass_to(at: BlockNumber) -> Balance {
	pass(at.checked_sub(ActiveClock::now()).expect("it lies ahead"))
}

/// The id of the genesis tag under which everybody works here.
pub fn tag() -> TagId {
	Agents::tag_by_name(b"inference.text".to_vec()).expect("genesis has it").tag
}

/// What every provider offers.
pub fn offer_terms() -> OfferTerms {
	OfferTerms {
		capability: tag(),
		resource: Resource { cpu_cores: 8, ..Resource::default() },
		unit: Unit::Token,
		price: UNIT_PRICE,
		min_units: 1,
		max_units: UNITS,
		sla: Sla { latency_ms: 500, availability: Perbill::from_percent(90) },
		capacity: 10 * UNITS,
	}
}

/// Registers an agent, gives it a wallet with 10,000 AIT, and activates it.
pub fn an_agent() -> Provider {
	let agent = pallet_agents::NextAgentId::<Runtime>::get();
	let owner = endowed(0xa0, agent.0, 200 * AIT);
	let wallet = endowed(0xb0, agent.0, 10_000 * AIT);
	let uri = b"https://agents.example/card.json".to_vec();
	let (kind, hash) = (AgentKind::Provider, CardHash::default());
	did(&owner, pallet_agents::Call::register { kind, uri, hash });
	did(&owner, pallet_agents::Call::set_wallet { agent, wallet: wallet.clone(), proof: None });
	did(&wallet, pallet_agents::Call::accept_wallet { agent });
	did(&owner, pallet_agents::Call::activate { agent });
	Provider { agent, owner, wallet, offer: OfferId(u64::MAX) }
}

/// An agent with an offer.
pub fn a_provider_with(terms: OfferTerms) -> Provider {
	let agent = an_agent();
	let offer = pallet_market::NextOfferId::<Runtime>::get();
	did(&agent.wallet, MarketCall::create_offer { terms });
	Provider { offer, ..agent }
}

/// An agent with the usual offer.
pub fn a_provider() -> Provider {
	a_provider_with(offer_terms())
}

/// So many agents with the usual offer.
pub fn providers<const N: usize>() -> [Provider; N] {
	core::array::from_fn(|_| a_provider())
}

/// Milestones of so many percent of the price, each due so long after the latest start.
pub fn milestones(plan: &[(u32, BlockNumber)]) -> PaymentPlan<AccountId> {
	let plan = plan.iter().map(|(percent, due_after)| MilestonePlan {
		share: Perbill::from_percent(*percent),
		due_after: *due_after,
	});
	PaymentPlan::Milestones(plan.collect::<Vec<_>>().try_into().expect("few enough"))
}

/// What is to be done, paid for as `payment` says.
pub fn work_paid_by(payment: PaymentPlan<AccountId>) -> Work {
	WorkTerms {
		specification: Specification {
			uri: b"https://work.example/1.json".to_vec(),
			hash: TermsHash(H256::repeat_byte(0x5e)),
		},
		units: UNITS,
		payment,
		start_within: START_WITHIN,
		review_period: REVIEW,
	}
}

/// What is to be done, paid for by the three milestones of [`PLAN`].
pub fn work() -> Work {
	work_paid_by(milestones(&PLAN))
}

/// What `percent` of the usual price is, in plancks.
pub fn part(percent: Balance) -> Balance {
	PRICE * percent / 100
}

/// What the market holds on a client for the usual job, in plancks.
pub fn deposits(max_backups: u32) -> JobDeposits {
	let uri_length = work().specification.uri.len() as u32;
	Market::job_deposits(uri_length, PLAN.len() as u32, max_backups)
}

/// Lets `client` post the usual job.
pub fn posted_by(client: &AccountId, max_backups: u32) -> JobId {
	posted(client, work(), max_backups)
}

/// Lets `client` post a job: bids for 10 blocks, a decision within 20.
pub fn posted(client: &AccountId, work: Work, max_backups: u32) -> JobId {
	let job = pallet_market::NextJobId::<Runtime>::get();
	let demand = Demand {
		capability: tag(),
		unit: Unit::Token,
		requirements: Requirements::default(),
		price_limit: LIMIT,
		max_backups,
	};
	let now = ActiveClock::now();
	let bidding = BiddingWindow { until: now + 10, assign_by: now + 20 };
	did(client, MarketCall::post { work, demand, bidding });
	job
}

/// The call by which `provider` bids so much for the job, with the least bond.
pub fn bid_of(job: JobId, provider: &Provider, price: Balance) -> BidTerms {
	let bond = Market::bid_bond(job, price).expect("the job is live");
	BidTerms { offer: provider.offer, price, bond }
}

/// Lets `provider` bid so much for the job, with the least bond, to stay as a backup.
pub fn bid(job: JobId, provider: &Provider, price: Balance) -> BidTerms {
	let terms = bid_of(job, provider, price);
	did(&provider.wallet, MarketCall::bid { job, terms, stays_as_backup: true });
	terms
}

/// Lets the job's client give it to `provider`, at what that bid.
pub fn assign(job: JobId, provider: &Provider) -> Vec<RuntimeEvent> {
	let is_its = |one: &pallet_market::BidOf<Runtime>| one.agent == provider.agent;
	let expected = Market::bids(job).into_iter().find(is_its).expect("it bid").terms;
	let client = pallet_market::Jobs::<Runtime>::get(job).expect("the job is live").client;
	did(&client, MarketCall::assign { job, agent: provider.agent, expected })
}

/// Bob's job, which the first provider has at 400 AIT; the others stay as backups at their prices.
pub fn assigned(provider: &Provider, backups: &[(&Provider, Balance)]) -> JobId {
	let job = posted_by(&client(), backups.len() as u32);
	bid(job, provider, PRICE);
	for (backup, price) in backups {
		bid(job, backup, *price);
	}
	assign(job, provider);
	job
}

/// Lets `client` hire `provider` at its offer's price, and gives the job.
pub fn hired(client: &AccountId, provider: &Provider, work: Work) -> JobId {
	let job = pallet_market::NextJobId::<Runtime>::get();
	let expected_price = Market::quote(provider.offer, work.clone()).expect("a price").price;
	did(client, MarketCall::hire { offer: provider.offer, work, expected_price });
	job
}

/// Who does the job now.
pub fn lease(job: JobId) -> LeaseOf<Runtime> {
	let live = pallet_market::Jobs::<Runtime>::get(job).expect("the job is live");
	live.lease().expect("the job is assigned").clone()
}

/// The job's contract now.
pub fn contract(job: JobId) -> ContractId {
	lease(job).contract
}

/// What the escrow holds for storage of a contract, in plancks.
pub fn contract_deposit(contract: ContractId) -> Balance {
	Escrow::contract(contract).expect("it is open").deposit
}

/// What is kept of a job that ended.
pub fn settled(job: JobId) -> SettledJobOf<Runtime> {
	pallet_market::SettledJobs::<Runtime>::get(job).expect("the job ended")
}

/// Whether the job has ended in this way, and who had it, in which order.
pub fn ended(job: JobId, outcome: JobOutcome, had: &[&Provider]) {
	assert_eq!(pallet_market::Jobs::<Runtime>::get(job), None, "the job is live");
	let settled = settled(job);
	assert_eq!(settled.outcome, outcome);
	let agents: Vec<_> = settled.leases.iter().map(|lease| lease.agent).collect();
	assert_eq!(agents, had.iter().map(|provider| provider.agent).collect::<Vec<_>>());
	assert_eq!(Market::bids(job), []);
}

/// A hash of evidence.
pub fn evidence(byte: u8) -> EvidenceHash {
	EvidenceHash(H256::repeat_byte(byte))
}

/// The call that submits the milestone at `place` of the plan.
pub fn submission(job: JobId, place: u32) -> MarketCall {
	MarketCall::submit { job, milestone: Some(PlanIndex(place)), evidence: evidence(place as u8) }
}

/// Lets whoever has the job submit the milestone at `place` of the plan.
pub fn submit(job: JobId, place: u32) -> Vec<RuntimeEvent> {
	did(&lease(job).account, submission(job, place))
}

/// The call by which a client releases the milestone at `place` of a contract.
pub fn release(contract: ContractId, place: u32) -> EscrowCall {
	EscrowCall::release { contract, milestone: MilestoneIndex(place) }
}

/// The call by which anybody settles the milestone at `place` of a contract.
pub fn settle(contract: ContractId, place: u32) -> EscrowCall {
	EscrowCall::settle { contract, milestone: MilestoneIndex(place) }
}

/// Lets whoever has the job do the milestones at `places` of the plan, and Bob pay for each.
pub fn deliver(job: JobId, places: &[u32]) {
	for place in places {
		let lease = lease(job);
		let milestone = lease.scope.milestone_of(PlanIndex(*place)).expect("it is the lease's");
		submit(job, *place);
		did(&client(), EscrowCall::release { contract: lease.contract, milestone });
	}
}

/// The protocol's share of `amount` at the full rate, in plancks.
pub fn fee(amount: Balance) -> Balance {
	amount.div_ceil(40)
}

impl Books {
	/// A lease begins: the escrow holds all of its money, its deposit and its bond.
	pub fn engage(
		self,
		client: &AccountId,
		provider: &AccountId,
		amount: Balance,
		bond: Balance,
		deposit: Balance,
	) -> Self {
		self.hold(client, EscrowHold::Escrow, amount)
			.hold(client, EscrowHold::Deposit, deposit)
			.hold(provider, EscrowHold::Bond, bond)
	}

	/// A lease ends: what the escrow still held returns.
	pub fn disengage(
		self,
		client: &AccountId,
		provider: &AccountId,
		amount: Balance,
		bond: Balance,
		deposit: Balance,
	) -> Self {
		self.release(client, EscrowHold::Escrow, amount)
			.release(client, EscrowHold::Deposit, deposit)
			.release(provider, EscrowHold::Bond, bond)
	}

	/// The client pays `amount` for work, of which `fee` is the protocol's.
	pub fn pay_for_work(
		self,
		client: &AccountId,
		provider: &AccountId,
		amount: Balance,
		fee: Balance,
	) -> Self {
		self.pay(client, provider, EscrowHold::Escrow, amount - fee).pay(
			client,
			&treasury(),
			EscrowHold::Escrow,
			fee,
		)
	}

	/// The provider loses `amount` of its bond: a half to the client, the other to the treasury.
	pub fn slash(self, client: &AccountId, provider: &AccountId, amount: Balance) -> Self {
		let half = amount / 2;
		self.pay(provider, client, EscrowHold::Bond, half).pay(
			provider,
			&treasury(),
			EscrowHold::Bond,
			amount - half,
		)
	}
}

/// What the market counted so far, in all eras together.
pub fn counted() -> Counters {
	let eras = <Runtime as pallet_market::Config>::EraHistory::get();
	Market::counters(eras).into_iter().fold(Counters::default(), |sum, era| {
		let one = era.counters;
		Counters {
			posted: sum.posted + one.posted,
			assigned: sum.assigned + one.assigned,
			completed: sum.completed + one.completed,
			partial: sum.partial + one.partial,
			refunded: sum.refunded + one.refunded,
			reassigned: sum.reassigned + one.reassigned,
			disputed: sum.disputed + one.disputed,
			expired: sum.expired + one.expired,
			cancelled: sum.cancelled + one.cancelled,
			value_settled: sum.value_settled + one.value_settled,
		}
	})
}

/// Checks that no deal is open and nobody waits for money: the escrow holds nothing and the market no
/// bond; what the market holds as deposits is for offers and for what is kept of settled jobs.
pub fn all_is_settled() {
	use pallet_market as market;
	assert_eq!(market::Jobs::<Runtime>::iter_keys().count(), 0, "a job is open");
	assert_eq!(market::OpenJobs::<Runtime>::iter_keys().count(), 0, "a job is listed");
	assert_eq!(market::Bids::<Runtime>::iter_keys().count(), 0, "a bid is open");
	assert_eq!(market::OpenBids::<Runtime>::iter_keys().count(), 0, "a bid is counted");
	assert_eq!(market::Claims::<Runtime>::iter_keys().count(), 0, "the market owes");
	let offers = market::Offers::<Runtime>::iter_values();
	let (in_use, of_offers) = offers.fold((0, 0), |(in_use, deposits), offer| {
		(in_use + offer.in_use, deposits + offer.deposit)
	});
	assert_eq!(in_use, 0, "capacity is in use");
	use pallet_escrow as escrow;
	assert_eq!(escrow::Contracts::<Runtime>::iter_keys().count(), 0, "a contract is open");
	assert_eq!(escrow::ContractsByParty::<Runtime>::iter_keys().count(), 0, "one is listed");
	assert_eq!(escrow::OpenWork::<Runtime>::iter_keys().count(), 0, "work is counted");
	assert_eq!(escrow::Business::<Runtime>::iter_keys().count(), 0, "business is counted");
	assert_eq!(escrow::Claims::<Runtime>::iter_keys().count(), 0, "the escrow owes");

	let books = Books::now();
	for reason in [EscrowHold::Escrow, EscrowHold::Deposit, EscrowHold::Bond] {
		assert_eq!(books.held_for(reason), 0, "{reason:?}");
	}
	assert_eq!(books.held_for(MarketHold::Bond), 0);
	let of_records: Balance =
		market::SettledJobs::<Runtime>::iter_values().map(|settled| settled.deposit).sum();
	assert_eq!(books.held_for(MarketHold::Deposit), of_offers + of_records);
}

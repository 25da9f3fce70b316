//! A thousand jobs by a hundred agents, of which some fail, counted by the chain and by this file.
//!
//! Every tenth lease fails, half of them before the start and half in the middle of the work, and
//! every tenth client falls silent once it has assigned its job. What must come of it is reckoned
//! here from these faults alone; the chain is asked for ids, and for the rate of the fee that each
//! contract fixed. `AITBC_SEED` plays another thousand.

use crate::{
	books::Books,
	deals::{
		account, all_is_settled, counted, evidence, milestones, minted_now, offer_terms, release,
		settle, stranger, tag, treasury, work_paid_by, EscrowCall, MarketCall, UNITS,
	},
	network::{begin_block, end_block, genesis},
	work::REVIEW,
};
use aitbc_core::{
	money::AIT, AgentId, AgentKind, CardHash, ContractId, JobId, OfferId, Unit, Voucher,
};
use aitbc_runtime::{
	genesis_config_presets::DEVELOPMENT, AccountId, ActiveClock, Balance, Balances, BlockNumber,
	Escrow, Runtime, RuntimeCall, RuntimeHoldReason, RuntimeOrigin,
};
use pallet_market::{
	BidTerms, BiddingWindow, Counters, Demand, JobOutcome, OfferTerms, PaymentPlan, PlanIndex,
	Requirements,
};
use sp_keyring::Sr25519Keyring::{Alice, Eve, Ferdie};
use sp_runtime::{traits::Dispatchable, MultiSignature};
use std::{cmp::Reverse, collections::BTreeMap};

const AGENTS: u64 = 100;
const PEOPLE: u64 = 20;
const JOBS: usize = 1_000;
const JOBS_PER_BLOCK: usize = 25;
/// In so many of a hundred cases somebody fails.
const FAULTS: u64 = 10;
const DEFAULT_SEED: u64 = 0x0a17_bc00;

/// How long a provider may take to start, in active blocks.
const START_WITHIN: BlockNumber = 3;
/// How long a stream or a meter runs, in active blocks.
const BLOCKS: BlockNumber = 20;
/// How long settled jobs are kept, and agents' bonds after they left, in active blocks.
const RETENTION: BlockNumber = 600;

/// Numbers that look random: SplitMix64, by Steele, Lea and Flood, 2014.
struct Dice(u64);

impl Dice {
	fn next(&mut self) -> u64 {
		self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
		let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
		let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
		z ^ (z >> 31)
	}

	/// A number below `bound`.
	fn below(&mut self, bound: u64) -> u64 {
		self.next() % bound
	}

	/// Whether somebody fails now.
	fn fails(&mut self) -> bool {
		self.below(100) < FAULTS
	}
}

/// How a job pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pay {
	Milestones(usize),
	Stream,
	Meter,
}

/// What of a job is to be done.
#[derive(Clone, Debug)]
enum Left {
	/// These milestones of the plan.
	Milestones(Vec<usize>),
	/// So many active blocks.
	Blocks(BlockNumber),
	/// So many units.
	Units(u64),
}

impl Pay {
	/// What each milestone pays, in percent.
	fn percents(self) -> &'static [Balance] {
		match self {
			Self::Milestones(1) => &[100],
			Self::Milestones(2) => &[50, 50],
			Self::Milestones(_) => &[40, 30, 30],
			Self::Stream | Self::Meter => &[],
		}
	}

	/// How long after the latest start a milestone is due.
	fn due_after(place: usize) -> BlockNumber {
		10 * (place as BlockNumber + 1)
	}

	fn plan(self) -> PaymentPlan<AccountId> {
		let due = |(place, percent): (usize, &Balance)| (*percent as u32, Self::due_after(place));
		match self {
			Self::Milestones(_) => {
				milestones(&self.percents().iter().enumerate().map(due).collect::<Vec<_>>())
			},
			Self::Stream => PaymentPlan::Stream { blocks: BLOCKS },
			Self::Meter => PaymentPlan::Metered { blocks: BLOCKS, signer: Alice.to_account_id() },
		}
	}

	fn whole(self) -> Left {
		match self {
			Self::Milestones(count) => Left::Milestones((0..count).collect()),
			Self::Stream => Left::Blocks(BLOCKS),
			Self::Meter => Left::Units(UNITS),
		}
	}

	/// The price that makes the whole job cost `total`.
	fn price(self, total: Balance) -> Balance {
		match self {
			Self::Milestones(_) => total,
			Self::Stream => total / Balance::from(BLOCKS),
			Self::Meter => total / Balance::from(UNITS),
		}
	}

	/// What a milestone pays when the whole job costs `total`.
	fn amount(self, place: usize, total: Balance) -> Balance {
		total * self.percents()[place] / 100
	}

	/// What `left` costs when the whole job costs `total`.
	fn cost(self, left: &Left, total: Balance) -> Balance {
		match left {
			Left::Milestones(places) => places.iter().map(|place| self.amount(*place, total)).sum(),
			Left::Blocks(blocks) => self.price(total) * Balance::from(*blocks),
			Left::Units(units) => self.price(total) * Balance::from(*units),
		}
	}
}

/// How a provider fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
	/// It never starts.
	NeverStarts,
	/// It stops in the middle: it says nothing more and misses a due block, or, of a stream or a
	/// meter, says so.
	Stops,
}

/// Somebody who bids, what it asks in all, and what becomes of it if it gets the job.
#[derive(Clone, Debug)]
struct Candidate {
	agent: u64,
	total: Balance,
	fault: Option<Fault>,
	/// After how many milestones it stops, at most.
	after: usize,
}

/// A job as it will go.
#[derive(Clone, Debug)]
struct Script {
	client: AccountId,
	is_silent: bool,
	pay: Pay,
	/// Who gets it, and then the backups in their turns.
	candidates: Vec<Candidate>,
	/// Who bids in vain: it does not want to stay, or asks for more than who gets the job.
	losers: Vec<Candidate>,
}

fn owner(agent: u64) -> AccountId {
	account(0xa0, agent)
}

fn wallet(agent: u64) -> AccountId {
	account(0xb0, agent)
}

impl Script {
	fn draw(dice: &mut Dice) -> Self {
		let by = dice.below(2 * PEOPLE);
		let (client, own) = if by < PEOPLE {
			(account(0xc0, by), None)
		} else {
			let agent = dice.below(AGENTS);
			(wallet(agent), Some(agent))
		};
		let pay = match dice.below(10) {
			0 => Pay::Stream,
			1 => Pay::Meter,
			_ => Pay::Milestones(1 + dice.below(3) as usize),
		};
		let base = 80 + 20 * dice.below(16);
		let bidders = 2 + dice.below(4) as usize;
		let mut candidates: Vec<Candidate> = Vec::new();
		while candidates.len() < bidders {
			let agent = dice.below(AGENTS);
			if own == Some(agent) || candidates.iter().any(|other| other.agent == agent) {
				continue;
			}
			let total = Balance::from(base + 20 * dice.below(3) - 20) * AIT;
			let fault = match (dice.fails(), dice.below(2)) {
				(false, _) => None,
				(true, 0) => Some(Fault::NeverStarts),
				(true, _) => Some(Fault::Stops),
			};
			let after = dice.below(3) as usize;
			candidates.push(Candidate { agent, total, fault, after });
		}
		let mut losers: Vec<_> = candidates.pop().into_iter().collect();
		let most = candidates[0].total;
		losers.extend(candidates.extract_if(1.., |candidate| candidate.total > most));
		candidates[1..].sort_by_key(|candidate| Reverse(candidate.total));
		Self { client, is_silent: dice.fails(), pay, candidates, losers }
	}
}

/// What somebody does at a time.
#[derive(Clone, Copy, Debug)]
enum Step {
	Post,
	Assign,
	Start,
	/// The provider submits a milestone of its contract.
	Submit(usize),
	/// The client releases it, or a stranger settles it.
	Pay(usize),
	/// The client signs for so many units in all, and the provider bills them.
	Bill(u64),
	/// The client ends a stream, or a stranger what nobody else ends.
	Stop,
	GiveUp,
	Report,
}

/// Who has a job now, and how far it is.
#[derive(Clone, Debug)]
struct Lease {
	candidate: usize,
	contract: ContractId,
	/// The rate that the contract fixed for the protocol's fee, in parts per billion.
	rate: Balance,
	left: Left,
	start_by: BlockNumber,
	started: Option<BlockNumber>,
	/// What it was paid, the fee included, in plancks.
	paid: Balance,
	/// Which milestones of the contract were paid, or how many units.
	places_paid: Vec<usize>,
	units_paid: u64,
}

/// A job on its way.
#[derive(Clone, Debug)]
struct Live {
	id: JobId,
	lease: Option<Lease>,
	/// What all leases were paid, in plancks.
	paid: Balance,
}

/// What happened, as far as this file knows.
#[derive(Debug, Default)]
struct Tally {
	counters: Counters,
	leases: u64,
	never_started: u64,
	stopped: u64,
	silent: u64,
	fees: Balance,
	slashed: Balance,
	refunded: Balance,
}

struct Run {
	scripts: Vec<Script>,
	live: BTreeMap<usize, Live>,
	agenda: BTreeMap<BlockNumber, Vec<(usize, Step)>>,
	tally: Tally,
	/// What each account has more or less than at the start, in plancks.
	moved: BTreeMap<AccountId, i128>,
	begun: Books,
	issuance: Balance,
	minted: Balance,
}

/// Applies `call` of `who`, which must succeed.
fn act(who: &AccountId, call: impl Into<RuntimeCall>) {
	let call = call.into();
	let result = call.clone().dispatch(RuntimeOrigin::signed(who.clone()));
	assert!(result.is_ok(), "{call:?} of {who:?} failed: {result:?}");
}

/// Endows everybody, and registers the agents, each with an offer.
fn populate() {
	let give = |from: AccountId, to: AccountId, ait: Balance| {
		let value = ait * AIT;
		act(&from, pallet_balances::Call::transfer_allow_death { dest: to.into(), value });
	};
	for number in 0..PEOPLE {
		give(Eve.to_account_id(), account(0xc0, number), 20_000);
	}
	for number in 0..AGENTS {
		let (owner, wallet, agent) = (owner(number), wallet(number), AgentId(number));
		give(Ferdie.to_account_id(), owner.clone(), 120);
		give(Ferdie.to_account_id(), wallet.clone(), 8_000);
		let (kind, uri, hash) = (AgentKind::Provider, b"a:b".to_vec(), CardHash::default());
		act(&owner, pallet_agents::Call::register { kind, uri, hash });
		let set = pallet_agents::Call::set_wallet { agent, wallet: wallet.clone(), proof: None };
		act(&owner, set);
		act(&wallet, pallet_agents::Call::accept_wallet { agent });
		act(&owner, pallet_agents::Call::activate { agent });
		let terms = OfferTerms { capacity: 1_000 * UNITS, ..offer_terms() };
		act(&wallet, MarketCall::create_offer { terms });
	}
}

impl Run {
	fn new(seed: u64) -> Self {
		let mut dice = Dice(seed);
		let scripts: Vec<_> = (0..JOBS).map(|_| Script::draw(&mut dice)).collect();
		let mut run = Self {
			live: BTreeMap::new(),
			agenda: BTreeMap::new(),
			tally: Tally::default(),
			moved: BTreeMap::new(),
			begun: Books::now(),
			issuance: Balances::total_issuance(),
			minted: 0,
			scripts,
		};
		run.tally.silent = run.scripts.iter().filter(|script| script.is_silent).count() as u64;
		for job in 0..JOBS {
			run.after(1 + (job / JOBS_PER_BLOCK) as BlockNumber, job, Step::Post);
		}
		run
	}

	/// Lets a block pass, and does what is due in the next.
	fn block(&mut self) {
		end_block();
		begin_block();
		self.minted += minted_now();
		for (job, step) in self.agenda.remove(&ActiveClock::now()).unwrap_or_default() {
			self.step(job, step);
		}
		assert_eq!(Balances::total_issuance(), self.issuance + self.minted);
	}

	/// `step` is taken so many blocks from now.
	fn after(&mut self, blocks: BlockNumber, job: usize, step: Step) {
		self.agenda.entry(ActiveClock::now() + blocks).or_default().push((job, step));
	}

	fn step(&mut self, job: usize, step: Step) {
		match step {
			Step::Post => self.post(job),
			Step::Assign => self.assign(job),
			Step::Start => self.start(job),
			Step::Submit(place) => self.submit(job, place),
			Step::Pay(place) => self.pay(job, place),
			Step::Bill(units) => self.bill(job, units),
			Step::Stop => self.stop(job),
			Step::GiveUp | Step::Report => self.fail(job, step),
		}
	}

	fn post(&mut self, job: usize) {
		let script = self.scripts[job].clone();
		let id = pallet_market::NextJobId::<Runtime>::get();
		let mut work = work_paid_by(script.pay.plan());
		work.start_within = START_WITHIN;
		let now = ActiveClock::now();
		let demand = Demand {
			capability: tag(),
			unit: Unit::Token,
			requirements: Requirements::default(),
			price_limit: script.pay.price(1_000 * AIT),
			max_backups: 3,
		};
		let bidding = BiddingWindow { until: now + 1, assign_by: now + 2 };
		act(&script.client, MarketCall::post { work, demand, bidding });
		let most = script.candidates[0].total;
		let losers = script.losers.iter().map(|loser| (loser, loser.total > most));
		for (candidate, stays_as_backup) in
			script.candidates.iter().map(|candidate| (candidate, true)).chain(losers)
		{
			let terms = bid(script.pay, candidate);
			let call = MarketCall::bid { job: id, terms, stays_as_backup };
			act(&wallet(candidate.agent), call);
		}
		self.live.insert(job, Live { id, lease: None, paid: 0 });
		self.tally.counters.posted += 1;
		self.after(1, job, Step::Assign);
	}

	fn assign(&mut self, job: usize) {
		let script = &self.scripts[job];
		let first = &script.candidates[0];
		let call = MarketCall::assign {
			job: self.live[&job].id,
			agent: AgentId(first.agent),
			expected: bid(script.pay, first),
		};
		act(&script.client, call);
		self.tally.counters.assigned += 1;
		let whole = script.pay.whole();
		self.begin(job, 0, whole);
	}

	/// A candidate has the job from now on, and acts as it will.
	fn begin(&mut self, job: usize, candidate: usize, left: Left) {
		let chosen = self.scripts[job].candidates[candidate].clone();
		let live = self.live.get_mut(&job).expect("it is live");
		let on_chain = crate::deals::lease(live.id);
		assert_eq!(on_chain.agent, AgentId(chosen.agent), "another agent has the job");
		let contract = on_chain.contract;
		let rate = Escrow::contract(contract).expect("it is open").fee_rate.deconstruct();
		live.lease = Some(Lease {
			candidate,
			contract,
			rate: rate.into(),
			left,
			start_by: ActiveClock::now() + START_WITHIN,
			started: None,
			paid: 0,
			places_paid: Vec::new(),
			units_paid: 0,
		});
		self.tally.leases += 1;
		match chosen.fault {
			Some(Fault::NeverStarts) => self.after(START_WITHIN + 1, job, Step::Report),
			_ => self.after(1, job, Step::Start),
		}
	}

	fn start(&mut self, job: usize) {
		let script = self.scripts[job].clone();
		let live = self.live.get_mut(&job).expect("it is live");
		let lease = live.lease.as_mut().expect("somebody has it");
		lease.started = Some(ActiveClock::now());
		let (lease, id) = (lease.clone(), live.id);
		let candidate = &script.candidates[lease.candidate];
		act(&wallet(candidate.agent), MarketCall::start { job: id });
		let stops = candidate.fault == Some(Fault::Stops);
		let spare = lease.start_by - ActiveClock::now();
		match &lease.left {
			Left::Milestones(places) => {
				let last = places.len() - 1;
				let done = if stops { candidate.after.min(last) } else { places.len() };
				for place in 0..done {
					self.after(1 + place as BlockNumber, job, Step::Submit(place));
				}
				if stops {
					// It is reported when nothing of it is under review any more.
					let due = spare + Pay::due_after(places[done]);
					let reviewed = match (done, script.is_silent) {
						(0, _) | (_, false) => 0,
						(_, true) => done as BlockNumber + REVIEW,
					};
					self.after(due.max(reviewed) + 1, job, Step::Report);
				}
			},
			Left::Blocks(blocks) if stops => self.after(blocks / 2, job, Step::GiveUp),
			Left::Blocks(blocks) if script.is_silent => {
				self.after(spare + blocks + 1, job, Step::Stop);
			},
			Left::Blocks(blocks) => self.after(*blocks, job, Step::Stop),
			Left::Units(units) => {
				self.after(1, job, Step::Bill(units / 2));
				match (stops, script.is_silent) {
					(true, _) => self.after(2, job, Step::GiveUp),
					(false, true) => self.after(spare + BLOCKS + REVIEW + 1, job, Step::Stop),
					(false, false) => self.after(2, job, Step::Bill(*units)),
				}
			},
		}
	}

	/// The job and its lease, whose provider or client acts now.
	fn at_work(&self, job: usize) -> (JobId, Lease, AccountId) {
		let live = &self.live[&job];
		let lease = live.lease.clone().expect("somebody has it");
		let agent = self.scripts[job].candidates[lease.candidate].agent;
		(live.id, lease, wallet(agent))
	}

	fn submit(&mut self, job: usize, place: usize) {
		let (id, lease, provider) = self.at_work(job);
		let Left::Milestones(places) = &lease.left else { unreachable!("it has milestones") };
		let milestone = Some(PlanIndex(places[place] as u32));
		act(&provider, MarketCall::submit { job: id, milestone, evidence: evidence(place as u8) });
		let wait = if self.scripts[job].is_silent { REVIEW } else { 1 };
		self.after(wait, job, Step::Pay(place));
	}

	fn pay(&mut self, job: usize, place: usize) {
		let (_, lease, _) = self.at_work(job);
		let script = self.scripts[job].clone();
		let Left::Milestones(places) = &lease.left else { unreachable!("it has milestones") };
		if script.is_silent {
			act(&stranger(), settle(lease.contract, place as u32));
		} else {
			act(&script.client, release(lease.contract, place as u32));
		}
		let total = script.candidates[lease.candidate].total;
		let amount = script.pay.amount(places[place], total);
		let taken = share(lease.rate, amount);
		self.note_pay(job, amount, taken);
		let live = self.live.get_mut(&job).expect("it is live");
		let lease = live.lease.as_mut().expect("somebody has it");
		lease.places_paid.push(place);
		if lease.places_paid.len() == places.len() {
			self.end(job, JobOutcome::Completed);
		}
	}

	fn bill(&mut self, job: usize, units: u64) {
		let (_, lease, provider) = self.at_work(job);
		let script = self.scripts[job].clone();
		let contract = lease.contract;
		let voucher = Voucher { contract, units, sequence: units };
		let signature = MultiSignature::Sr25519(Alice.sign(&Escrow::voucher_payload(voucher)));
		act(&provider, EscrowCall::redeem { contract, voucher, signature });
		let price = script.pay.price(script.candidates[lease.candidate].total);
		let amount = price * Balance::from(units - lease.units_paid);
		self.note_pay_on_top(job, &lease, amount);
		let live = self.live.get_mut(&job).expect("it is live");
		live.lease.as_mut().expect("somebody has it").units_paid = units;
		if matches!(lease.left, Left::Units(all) if all == units) {
			self.end(job, JobOutcome::Completed);
		}
	}

	fn stop(&mut self, job: usize) {
		let (_, lease, _) = self.at_work(job);
		let script = self.scripts[job].clone();
		let who = if script.is_silent { stranger() } else { script.client.clone() };
		act(&who, EscrowCall::stop { contract: lease.contract });
		let total = script.candidates[lease.candidate].total;
		let price = script.pay.price(total);
		match lease.left {
			// It ran for all of its time.
			Left::Blocks(blocks) => {
				self.note_pay_on_top(job, &lease, price * Balance::from(blocks));
				self.end(job, JobOutcome::Completed);
			},
			Left::Units(units) => {
				self.tally.refunded += price * Balance::from(units - lease.units_paid);
				self.end(job, JobOutcome::Partial);
			},
			Left::Milestones(_) => unreachable!("milestones are not stopped"),
		}
	}

	/// A provider fails: the next that can do the rest for what is left has the job, or it ends.
	fn fail(&mut self, job: usize, step: Step) {
		let (id, lease, provider) = self.at_work(job);
		let script = self.scripts[job].clone();
		match step {
			Step::GiveUp => act(&provider, MarketCall::give_up { job: id }),
			_ => act(&stranger(), MarketCall::report { job: id }),
		}
		match lease.started {
			Some(_) => self.tally.stopped += 1,
			None => self.tally.never_started += 1,
		}
		let total = script.candidates[lease.candidate].total;
		let rest = self.rest(job, &lease);
		let most = script.pay.cost(&rest, total);
		self.tally.refunded += most;
		let next = lease.candidate + 1;
		if next < script.candidates.len() {
			self.tally.counters.reassigned += 1;
			self.begin(job, next, rest);
			return;
		}
		let is_paid = self.live[&job].paid > 0;
		self.end(job, if is_paid { JobOutcome::Partial } else { JobOutcome::Refunded });
	}

	/// What a provider that fails now leaves to do. Notes what it was still paid, and what it lost.
	fn rest(&mut self, job: usize, lease: &Lease) -> Left {
		let script = self.scripts[job].clone();
		let now = ActiveClock::now();
		let Candidate { agent, total, .. } = script.candidates[lease.candidate];
		match (&lease.left, lease.started) {
			(Left::Milestones(places), started) => {
				let is_paid = |place: &usize| lease.places_paid.contains(place);
				let rest: Vec<_> = (0..places.len())
					.filter(|place| !is_paid(place))
					.map(|place| places[place])
					.collect();
				if started.is_some() {
					let missed = rest
						.iter()
						.filter(|place| now > lease.start_by + Pay::due_after(**place))
						.map(|place| script.pay.amount(*place, total));
					let (bond, whole) = (total / 10, script.pay.cost(&lease.left, total));
					let slash = missed.map(|amount| bond * amount / whole / 2).sum();
					self.note_slash(job, &wallet(agent), slash);
				}
				Left::Milestones(rest)
			},
			(Left::Blocks(blocks), Some(since)) => {
				let done = now - since;
				let earned = script.pay.price(total) * Balance::from(done);
				self.note_pay_on_top(job, lease, earned);
				Left::Blocks(blocks - done)
			},
			(Left::Units(units), Some(_)) => Left::Units(units - lease.units_paid),
			(left, None) => left.clone(),
		}
	}

	/// The client pays the provider `amount`, of which `taken` is the protocol's.
	fn note_pay(&mut self, job: usize, amount: Balance, taken: Balance) {
		let (_, _, provider) = self.at_work(job);
		let client = self.scripts[job].client.clone();
		self.shift(&client, &provider, amount - taken);
		self.shift(&client, &treasury(), taken);
		self.tally.fees += taken;
		self.tally.counters.value_settled += amount;
		let live = self.live.get_mut(&job).expect("it is live");
		live.paid += amount;
		live.lease.as_mut().expect("somebody has it").paid += amount;
	}

	/// The same, where all payments of a contract together take the fee of one.
	fn note_pay_on_top(&mut self, job: usize, lease: &Lease, amount: Balance) {
		let taken = share(lease.rate, lease.paid + amount) - share(lease.rate, lease.paid);
		self.note_pay(job, amount, taken);
	}

	/// The provider loses `amount`: half to the client, the rest to the treasury.
	fn note_slash(&mut self, job: usize, provider: &AccountId, amount: Balance) {
		let client = self.scripts[job].client.clone();
		self.shift(provider, &client, amount / 2);
		self.shift(provider, &treasury(), amount - amount / 2);
		self.tally.slashed += amount;
	}

	fn shift(&mut self, from: &AccountId, to: &AccountId, amount: Balance) {
		*self.moved.entry(from.clone()).or_default() -= amount as i128;
		*self.moved.entry(to.clone()).or_default() += amount as i128;
	}

	/// The job ends so, and the chain says the same of it.
	fn end(&mut self, job: usize, outcome: JobOutcome) {
		let live = self.live.remove(&job).expect("it is live");
		let counter = match outcome {
			JobOutcome::Completed => &mut self.tally.counters.completed,
			JobOutcome::Partial => &mut self.tally.counters.partial,
			JobOutcome::Refunded => &mut self.tally.counters.refunded,
		};
		*counter += 1;
		let settled = crate::deals::settled(live.id);
		assert_eq!((settled.outcome, settled.paid()), (outcome, live.paid), "job {job}");
	}

	/// Checks that everybody has what it should, to the planck.
	fn check_balances(&self) {
		let now = Books::now();
		let everybody = (0..AGENTS)
			.flat_map(|agent| [owner(agent), wallet(agent)])
			.chain((0..PEOPLE).map(|number| account(0xc0, number)))
			.chain([treasury(), stranger()]);
		for who in everybody {
			let mut expected = self.begun.of(&who).total() as i128;
			expected += self.moved.get(&who).copied().unwrap_or_default();
			if who == treasury() {
				expected += self.minted as i128;
			}
			assert_eq!(now.of(&who).total() as i128, expected, "{who:?}");
		}
		assert_eq!(Balances::total_issuance(), self.issuance + self.minted);
	}

	/// Prints what the chain counted, and what this file knows besides.
	fn print(&self, seed: u64, blocks: BlockNumber) {
		let Counters { posted, completed, partial, refunded, reassigned, disputed, .. } = counted();
		let rate =
			|count: u64| format!("{}.{} %", count * 100 / posted, count * 1_000 / posted % 10);
		let ait =
			|amount: Balance| format!("{}.{:03} AIT", amount / AIT, amount % AIT / 1_000_000_000);
		let Tally { leases, never_started, stopped, silent, .. } = self.tally;
		eprintln!(
			"{posted} jobs by {AGENTS} agents in {blocks} blocks, seed {seed:#x}
  faults:   {never_started} leases never started, {stopped} stopped in the middle, of {leases}; \
			{silent} clients fell silent
  outcomes: completed {completed} ({}), partial {partial} ({}), refunded {refunded} ({})
  reassigned {reassigned}, disputed {disputed} ({})
  settled {}, returned by failed leases {}, fees {}, slashed {}
  total issuance moved by eras alone: {}",
			rate(completed),
			rate(partial),
			rate(refunded),
			rate(disputed),
			ait(counted().value_settled),
			ait(self.tally.refunded),
			ait(self.tally.fees),
			ait(self.tally.slashed),
			ait(self.minted),
		);
	}
}

/// What `candidate` bids.
fn bid(pay: Pay, candidate: &Candidate) -> BidTerms {
	let Candidate { agent, total, .. } = *candidate;
	BidTerms { offer: OfferId(agent), price: pay.price(total), bond: total / 10 }
}

/// `rate` parts per billion of `amount`, rounded up.
fn share(rate: Balance, amount: Balance) -> Balance {
	(rate * amount).div_ceil(1_000_000_000)
}

/// Lets everybody go when all is done: no offer, no agent and no record is left.
fn wind_up(ext: &mut sp_io::TestExternalities, run: &mut Run) {
	ext.execute_with(|| {
		for number in 0..AGENTS {
			act(&wallet(number), MarketCall::withdraw_offer { offer: OfferId(number) });
			let agent = AgentId(number);
			act(&owner(number), pallet_agents::Call::deregister { agent });
		}
	});
	for _ in 0..RETENTION {
		ext.execute_with(|| run.block());
		ext.commit_all().expect("no transaction is open");
	}
	ext.execute_with(|| {
		for job in 0..JOBS as u64 {
			act(&stranger(), MarketCall::forget { job: JobId(job) });
		}
		for number in 0..AGENTS {
			let agent = AgentId(number);
			act(&stranger(), pallet_agents::Call::release_bond { agent });
		}
		let held = pallet_balances::Holds::<Runtime>::iter_values().flatten();
		let reasons: Vec<_> = held.map(|hold| hold.id).collect();
		let is_validators =
			|reason: &RuntimeHoldReason| matches!(reason, RuntimeHoldReason::Staking(_));
		assert!(reasons.iter().all(is_validators), "something stays held: {reasons:?}");
		assert_eq!(pallet_market::SettledJobs::<Runtime>::iter_keys().count(), 0);
		assert_eq!(pallet_market::JobsByParty::<Runtime>::iter_keys().count(), 0);
		assert_eq!(pallet_market::Offers::<Runtime>::iter_keys().count(), 0);
		run.check_balances();
		end_block();
		#[cfg(feature = "try-runtime")]
		crate::network::check_invariants();
	});
}

#[test]
fn thousand_jobs_should_end_as_their_faults_say_and_leave_no_money_behind() {
	let seed = std::env::var("AITBC_SEED").map_or(DEFAULT_SEED, |text| {
		text.parse().expect("AITBC_SEED is a number of 64 bits, in decimal")
	});
	let mut ext = genesis(DEVELOPMENT);
	let mut run = ext.execute_with(|| {
		begin_block();
		populate();
		Run::new(seed)
	});
	let mut blocks = 0;
	while !run.agenda.is_empty() {
		ext.execute_with(|| run.block());
		ext.commit_all().expect("no transaction is open");
		blocks += 1;
		#[cfg(feature = "try-runtime")]
		if blocks % 50 == 0 {
			ext.execute_with(crate::network::check_invariants);
		}
	}
	ext.execute_with(|| {
		run.print(seed, blocks);
		assert!(run.live.is_empty(), "a job is open");
		all_is_settled();
		assert_eq!(counted(), run.tally.counters);
		run.check_balances();
		let Tally { never_started, stopped, silent, counters, .. } = &run.tally;
		let kinds = [*never_started, *stopped, *silent, counters.partial, counters.refunded];
		assert!(kinds.iter().all(|count| *count > 0), "the seed shows too little: {kinds:?}");
	});
	wind_up(&mut ext, &mut run);
}

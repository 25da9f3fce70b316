//! Random sequences of everything that can happen, by several actors, on market and escrow.
//!
//! A failure prints the smallest sequence that fails and its seed, which proptest keeps in
//! `proptest-regressions/` and replays in every run of
//! `cargo test --release -p pallet-market invariants`. `PROPTEST_CASES=1000000` before it asks for a
//! million cases.

use crate::{
	mock::{
		escrow::{Contracts, NextContract, Payment, Progress},
		*,
	},
	*,
};
use aitbc_core::{AgentId, Balance, BlockNumber, ContractId, JobId, OfferId};
use aitbc_traits::AgentStatus;
use frame_support::{
	assert_ok, hypothetically,
	storage::with_storage_layer,
	traits::fungible::{Inspect, InspectHold, Mutate, MutateFreeze},
};
use proptest::prelude::*;
use sp_runtime::{traits::Dispatchable, DispatchResult};
use std::collections::{BTreeMap, BTreeSet};

/// The agents that make offers and bids one by one; the others only come in crowds.
const PROVIDERS: [AgentId; 4] = [PROVIDER, RIVAL, THIRD, FOURTH];

/// Those who post jobs. The last one is an agent's wallet, and so has jobs that are its own.
const CLIENTS: [AccountId; 3] = [CLIENT, STRANGER, wallet(FOURTH)];

/// Up to which number a step may name a job or an offer; this one means the newest.
const NEWEST: u64 = 11;

/// What is done to a job by its parties and by others.
#[derive(Clone, Debug)]
enum Act {
	Bid { agent: AgentId, percent: u32, bond: u32, stays: bool },
	Round { percent: [u32; 4] },
	Crowd { bond: u32 },
	WithdrawBid { agent: AgentId },
	Assign { place: usize, is_stale: bool },
	Start,
	Submit { number: u32 },
	SubmitWrongly { place: Option<u32> },
	GiveUp,
	Report,
	Cancel,
	Expire,
	Forget,
}

/// What is done on the escrow behind the market's back.
#[derive(Clone, Debug)]
enum Push {
	Release { number: u32 },
	Settle { number: u32 },
	Dispute { number: u32 },
	Rule { number: u32, share: u32 },
	TopUp { amount: Balance },
	Bill { units: u64 },
	Stop,
	StopLate,
}

/// What becomes of the world around.
#[derive(Clone, Debug)]
enum Turn {
	Wait { blocks: BlockNumber },
	NextEra,
	Restore,
	SetStatus { agent: AgentId, status: AgentStatus },
	SwapWallets { agents: [AgentId; 2] },
	SetWallet { agent: AgentId, wallet: Option<AccountId> },
	SetOwner { agent: AgentId, owner: AccountId },
	SetReputation { agent: AgentId, percent: u32 },
	SetBondRate { percent: u32 },
	SetBytePrice { price: Balance },
	SetExistentialDeposit { minimum: Balance },
	Freeze { who: AccountId },
	Thaw { who: AccountId },
	Drain { who: AccountId },
	Lend { who: AccountId },
	Refuse { agent: AgentId, refuse: bool },
}

/// What can happen. See [`pick`] for which job or offer a number means.
#[derive(Clone, Debug)]
enum Step {
	CreateOffer { agent: AgentId, terms: OfferTerms },
	PauseOffer { offer: u64 },
	ResumeOffer { offer: u64 },
	WithdrawOffer { offer: u64, by_stranger: bool },
	Post(Posting),
	Hire { offer: u64, client: AccountId, work: WorkTerms<AccountId, Vec<u8>>, error: Balance },
	Act { job: u64, act: Act, by_stranger: bool },
	Push { job: u64, push: Push },
	Collect { who: AccountId, kind: ClaimKind },
	Turn(Turn),
}

fn one_of<V: Clone + std::fmt::Debug + 'static>(values: &'static [V]) -> impl Strategy<Value = V> {
	proptest::sample::select(values)
}

fn provider() -> impl Strategy<Value = AgentId> {
	one_of(&PROVIDERS)
}

/// Somebody who may run out of money.
fn actor() -> impl Strategy<Value = AccountId> {
	prop_oneof![one_of(&CLIENTS), provider().prop_map(wallet)]
}

fn number() -> impl Strategy<Value = u64> {
	0..=NEWEST
}

fn payment() -> impl Strategy<Value = PaymentPlan<AccountId>> {
	let plans: [&'static [(u32, BlockNumber)]; 4] = [
		&[(100, 20)],
		&[(50, 10), (50, 30)],
		&[(34, 5), (33, 20), (33, 60)],
		&[
			(10, 3),
			(10, 3),
			(10, 10),
			(10, 10),
			(10, 10),
			(10, 10),
			(10, 10),
			(10, 10),
			(10, 9),
			(10, 9),
		],
	];
	prop_oneof![
		6 => proptest::sample::select(plans.to_vec()).prop_map(milestones),
		2 => (1..100u32).prop_map(|blocks| PaymentPlan::Stream { blocks }),
		2 => (1..100u32).prop_map(|blocks| PaymentPlan::Metered { blocks, signer: CLIENT }),
	]
}

fn some_work() -> impl Strategy<Value = WorkTerms<AccountId, Vec<u8>>> {
	(payment(), 10..1_500u64, 1..20u32, 5..25u32).prop_map(
		|(payment, units, start_within, review_period)| WorkTerms {
			payment,
			units,
			start_within,
			review_period,
			..work()
		},
	)
}

/// A job whose limit pays for something like 20,000 plancks in all.
fn posting() -> impl Strategy<Value = Posting> {
	let windows = (10..60u32, 0..30u32);
	let lower_bound = prop_oneof![20 => Just(0), 1 => 1..80u32];
	(one_of(&CLIENTS), some_work(), 5_000..40_000u128, windows, 0..=3u32, lower_bound).prop_map(
		|(client, work, total, (until, more), max_backups, lower_bound)| {
			let price_limit = match &work.payment {
				PaymentPlan::Milestones(_) => total,
				PaymentPlan::Stream { blocks } => total / Balance::from(*blocks),
				PaymentPlan::Metered { .. } => (total / Balance::from(work.units)).max(1),
			};
			let requirements =
				Requirements { min_lower_bound: percent(lower_bound), ..Default::default() };
			let demand = Demand { price_limit, max_backups, requirements, ..demand() };
			Posting { client, work, demand, until, assign_by: until + more }
		},
	)
}

fn some_terms() -> impl Strategy<Value = OfferTerms> {
	(1..30u128, 1..20u64, 1_000..2_000u64, 0..1_500u64).prop_map(
		|(price, min_units, max_units, more)| OfferTerms {
			price,
			min_units,
			max_units,
			capacity: max_units + more,
			..offer_terms()
		},
	)
}

/// A bid of each of the providers.
fn round() -> impl Strategy<Value = Act> {
	let percent = || 60..=100u32;
	[percent(), percent(), percent(), percent()].prop_map(|percent| Act::Round { percent })
}

fn act() -> impl Strategy<Value = Step> {
	let bid = (provider(), 40..=103u32, 99..=150u32, prop::bool::weighted(0.8))
		.prop_map(|(agent, percent, bond, stays)| Act::Bid { agent, percent, bond, stays });
	let place = prop_oneof![Just(None), (0..11u32).prop_map(Some)];
	let act = prop_oneof![
		14 => bid,
		5 => round(),
		1 => (100..=110u32).prop_map(|bond| Act::Crowd { bond }),
		2 => provider().prop_map(|agent| Act::WithdrawBid { agent }),
		8 => (0..4usize, prop::bool::weighted(0.05))
			.prop_map(|(place, is_stale)| Act::Assign { place, is_stale }),
		7 => Just(Act::Start),
		14 => (0..4u32).prop_map(|number| Act::Submit { number }),
		1 => place.prop_map(|place| Act::SubmitWrongly { place }),
		3 => Just(Act::GiveUp),
		6 => Just(Act::Report),
		1 => Just(Act::Cancel),
		1 => Just(Act::Expire),
		1 => Just(Act::Forget),
	];
	(number(), act, prop::bool::weighted(0.07)).prop_map(|(job, act, by_stranger)| Step::Act {
		job,
		act,
		by_stranger,
	})
}

fn push() -> impl Strategy<Value = Step> {
	let at = || 0..4u32;
	let push = prop_oneof![
		8 => at().prop_map(|number| Push::Release { number }),
		8 => at().prop_map(|number| Push::Settle { number }),
		2 => at().prop_map(|number| Push::Dispute { number }),
		3 => (at(), 0..=100u32).prop_map(|(number, share)| Push::Rule { number, share }),
		2 => (1..5_000u128).prop_map(|amount| Push::TopUp { amount }),
		3 => (1..800u64).prop_map(|units| Push::Bill { units }),
		1 => Just(Push::Stop),
		2 => Just(Push::StopLate),
	];
	(number(), push).prop_map(|(job, push)| Step::Push { job, push })
}

fn turn() -> impl Strategy<Value = Step> {
	let status = one_of(&[
		AgentStatus::Inactive,
		AgentStatus::Suspended,
		AgentStatus::Deregistering { bond_until: 1_000 },
	]);
	let wallets = prop_oneof![Just(None), provider().prop_map(|agent| Some(wallet(agent)))];
	let owners = prop_oneof![provider().prop_map(owner), Just(CLIENT)];
	let turn = prop_oneof![
		14 => (1..16u32).prop_map(|blocks| Turn::Wait { blocks }),
		2 => (16..60u32).prop_map(|blocks| Turn::Wait { blocks }),
		1 => Just(Turn::NextEra),
		7 => Just(Turn::Restore),
		2 => (provider(), status).prop_map(|(agent, status)| Turn::SetStatus { agent, status }),
		1 => (provider(), provider()).prop_map(|(a, b)| Turn::SwapWallets { agents: [a, b] }),
		1 => (provider(), wallets).prop_map(|(agent, wallet)| Turn::SetWallet { agent, wallet }),
		1 => (provider(), owners).prop_map(|(agent, owner)| Turn::SetOwner { agent, owner }),
		1 => (provider(), 0..100u32)
			.prop_map(|(agent, percent)| Turn::SetReputation { agent, percent }),
		1 => (0..20u32).prop_map(|percent| Turn::SetBondRate { percent }),
		1 => (0..3u128).prop_map(|price| Turn::SetBytePrice { price }),
		2 => one_of(&[ED, ED, ED, ED, ED, 200, 200, 5_000])
			.prop_map(|minimum| Turn::SetExistentialDeposit { minimum }),
		1 => actor().prop_map(|who| Turn::Freeze { who }),
		1 => actor().prop_map(|who| Turn::Thaw { who }),
		1 => actor().prop_map(|who| Turn::Drain { who }),
		3 => actor().prop_map(|who| Turn::Lend { who }),
		1 => (provider(), any::<bool>()).prop_map(|(agent, refuse)| Turn::Refuse { agent, refuse }),
	];
	turn.prop_map(Step::Turn)
}

fn step() -> impl Strategy<Value = Step> {
	let kind = one_of(&[ClaimKind::Deposit, ClaimKind::Bond]);
	let hire = (number(), one_of(&CLIENTS), some_work(), prop::bool::weighted(0.05)).prop_map(
		|(offer, client, work, is_wrong)| Step::Hire {
			offer,
			client,
			work,
			error: Balance::from(is_wrong),
		},
	);
	prop_oneof![
		4 => (provider(), some_terms())
			.prop_map(|(agent, terms)| Step::CreateOffer { agent, terms }),
		1 => number().prop_map(|offer| Step::PauseOffer { offer }),
		1 => number().prop_map(|offer| Step::ResumeOffer { offer }),
		1 => (number(), prop::bool::weighted(0.5))
			.prop_map(|(offer, by_stranger)| Step::WithdrawOffer { offer, by_stranger }),
		5 => posting().prop_map(Step::Post),
		2 => hire,
		50 => act(),
		14 => push(),
		1 => (actor(), kind).prop_map(|(who, kind)| Step::Collect { who, kind }),
		18 => turn(),
	]
}

/// The one of `ids` that a step means: mostly one that is there, sometimes the newest ever, which may
/// be gone.
fn pick<I: Ord + Copy>(ids: impl Iterator<Item = I>, number: u64, newest: I) -> I {
	let ids: BTreeSet<I> = ids.collect();
	let place = number as usize % ids.len().max(1);
	match ids.iter().nth(place) {
		Some(id) if number < NEWEST => *id,
		_ => newest,
	}
}

/// A job that `is_meant`, mostly.
fn pick_job(number: u64, is_meant: impl Fn(&JobOf<Test>) -> bool) -> JobId {
	let newest = JobId(NextJobId::<Test>::get().0.saturating_sub(1));
	let jobs = Jobs::<Test>::iter().filter(|(_, job)| is_meant(job));
	pick(jobs.map(|(id, _)| id), number, newest)
}

/// The job that `act` means: mostly one to which it can be done.
fn pick_for(act: &Act, number: u64) -> JobId {
	match act {
		Act::Bid { .. }
		| Act::Round { .. }
		| Act::Crowd { .. }
		| Act::Assign { .. }
		| Act::Cancel
		| Act::Expire => pick_job(number, |job| job.lease().is_none()),
		Act::Start | Act::Submit { .. } | Act::SubmitWrongly { .. } | Act::GiveUp | Act::Report => {
			pick_job(number, |job| job.lease().is_some())
		},
		Act::WithdrawBid { .. } => pick(Bids::<Test>::iter_keys(), number, JobId(0)),
		Act::Forget => pick(SettledJobs::<Test>::iter_keys(), number, JobId(0)),
	}
}

/// An offer, mostly one of those that bid one by one.
fn pick_offer(number: u64) -> OfferId {
	let newest = OfferId(NextOfferId::<Test>::get().0.saturating_sub(1));
	let offers = Offers::<Test>::iter().filter(|(_, offer)| PROVIDERS.contains(&offer.agent));
	pick(offers.map(|(id, _)| id), number, newest)
}

/// What everybody owns, held money included.
fn owned() -> BTreeMap<AccountId, Balance> {
	let accounts = frame_system::Account::<Test>::iter_keys();
	accounts.map(|who| (who, Balances::total_balance(&who))).filter(|(_, all)| *all > 0).collect()
}

/// Makes `call` as a transaction does. It may fail, as it may in life.
///
/// No call of the market moves what anybody owns, or turns money to dust, but for what the escrow pays
/// and slashes when a provider fails.
fn dispatch(who: AccountId, call: Call<Test>) -> bool {
	System::reset_events();
	let before = owned();
	let result = RuntimeCall::from(call.clone()).dispatch(signed(who));
	if let Err(error) = &result {
		let text = format!("{:?}", error.error);
		let name = format!("{call:?}");
		let name =
			name.split("::").nth(1).unwrap_or(&name).split('{').next().unwrap().trim().to_string();
		let message = text.split("message: ").nth(1).unwrap_or(&text).to_string();
		*STATS.lock().unwrap().entry(format!("error {name} {message}")).or_default() += 1;
	}
	let succeeded = result.is_ok();
	if succeeded {
		let mut stats = STATS.lock().unwrap();
		for event in events() {
			if matches!(event, Event::JobAssigned { .. }) {
				*stats
					.entry(format!(
						"assigned by {}",
						format!("{call:?}").split('{').next().unwrap().trim()
					))
					.or_default() += 1;
			}
		}
	}
	let may_pay = matches!(call, Call::give_up { .. } | Call::report { .. });
	if !may_pay {
		assert_eq!(owned(), before, "{call:?} moved money");
		let made_dust = System::events().iter().any(|record| {
			matches!(record.event, RuntimeEvent::Balances(pallet_balances::Event::DustLost { .. }))
		});
		assert!(!made_dust, "{call:?} made dust");
	}
	succeeded
}

/// A bid of `agent` by its newest offer, at some percent of the limit, with some percent of the least
/// bond.
fn bid_terms(id: JobId, agent: AgentId, percent: u32, bond: u32) -> Option<BidTerms> {
	let limit = Jobs::<Test>::get(id)?.demand.price_limit;
	let price = limit * Balance::from(percent) / 100;
	let least = Market::bid_bond(id, price)?;
	let offer = OffersByAgent::<Test>::iter_key_prefix(agent).max()?;
	Some(BidTerms { offer, price, bond: least * Balance::from(bond) / 100 })
}

/// The account that works for `agent` now.
fn wallet_now(agent: AgentId) -> AccountId {
	Registry::get().get(&agent).and_then(|agent: &Agent| agent.wallet).unwrap_or(BANK)
}

/// Where in the plan the milestone is that a number means, of those that wait for work.
fn next_place(id: JobId, number: u32) -> Option<PlanIndex> {
	let lease = Jobs::<Test>::get(id)?.lease()?.clone();
	let Scope::Milestones(places) = lease.scope else { return None };
	let milestone = pick_milestone(lease.contract, number, |one| one == Progress::Pending);
	places.get(milestone as usize).copied()
}

/// The calls of an act on the job `id`, and who makes them.
fn calls_of(id: JobId, act: Act) -> Vec<(AccountId, Call<Test>)> {
	let job = id;
	let client = Jobs::<Test>::get(id).map_or(CLIENT, |job| job.client);
	let account = Jobs::<Test>::get(id)
		.and_then(|job| job.lease().map(|lease| lease.account))
		.unwrap_or(wallet(PROVIDER));
	let bid = |agent, percent, bond, stays_as_backup| {
		let terms = bid_terms(id, agent, percent, bond)?;
		Some((wallet_now(agent), Call::bid { job, terms, stays_as_backup }))
	};
	match act {
		Act::Bid { agent, percent, bond, stays } => {
			bid(agent, percent, bond, stays).into_iter().collect()
		},
		Act::Round { percent } => {
			let bids = PROVIDERS.into_iter().zip(percent);
			bids.filter_map(|(agent, percent)| bid(agent, percent, 100, true)).collect()
		},
		Act::Crowd { bond } => {
			let crowd = (0..AGENTS).map(AgentId);
			crowd.filter_map(|agent| bid(agent, 90 - agent.0 as u32, bond, true)).collect()
		},
		Act::WithdrawBid { agent } => vec![(wallet_now(agent), Call::withdraw_bid { job })],
		Act::Assign { place, is_stale } => {
			let bids = Market::bids(id);
			let Some(bid) = bids.get(place % bids.len().max(1)) else { return vec![] };
			let stale = Balance::from(is_stale);
			let expected = BidTerms { price: bid.terms.price + stale, ..bid.terms };
			vec![(client, Call::assign { job, agent: bid.agent, expected })]
		},
		Act::Start => vec![(account, Call::start { job })],
		Act::Submit { number } => {
			let milestone = next_place(id, number);
			vec![(account, Call::submit { job, milestone, evidence: evidence(7) })]
		},
		Act::SubmitWrongly { place } => {
			let milestone = place.map(PlanIndex);
			vec![(account, Call::submit { job, milestone, evidence: evidence(8) })]
		},
		Act::GiveUp => vec![(account, Call::give_up { job })],
		Act::Report => vec![(BANK, Call::report { job })],
		Act::Cancel => vec![(client, Call::cancel { job })],
		Act::Expire => vec![(BANK, Call::expire { job })],
		Act::Forget => vec![(BANK, Call::forget { job })],
	}
}

/// The milestone of a contract that a number means, of those that `is_meant`.
fn pick_milestone(contract: ContractId, number: u32, is_meant: fn(Progress) -> bool) -> u32 {
	let meant: Vec<u32> = progress(contract)
		.unwrap_or_default()
		.into_iter()
		.filter(|(_, one)| is_meant(*one))
		.map(|(index, _)| index)
		.collect();
	meant.get(number as usize % meant.len().max(1)).copied().unwrap_or(number)
}

/// Lets a party or somebody else do something on the escrow, as a transaction does. It may fail.
fn do_push(contract: ContractId, push: &Push) -> DispatchResult {
	let pick = |number, is_meant| pick_milestone(contract, number, is_meant);
	with_storage_layer(|| match *push {
		Push::Release { number } => {
			MockEscrow::release(contract, pick(number, |one| one != Progress::Concluded))
		},
		Push::Settle { number } => MockEscrow::settle(contract, pick(number, is_submitted)),
		Push::Dispute { number } => MockEscrow::dispute(contract, pick(number, is_submitted)),
		Push::Rule { number, share } => {
			let milestone = pick(number, |one| one == Progress::Disputed);
			MockEscrow::rule(contract, milestone, percent(share))
		},
		Push::TopUp { amount } => MockEscrow::top_up(contract, amount),
		Push::Bill { units } => MockEscrow::bill(contract, units),
		Push::Stop => MockEscrow::stop(contract),
		Push::StopLate => MockEscrow::stop_late(contract),
	})
}

fn is_submitted(one: Progress) -> bool {
	matches!(one, Progress::Submitted { .. })
}

/// Lets the world turn. What is no call of the market may fail, as it may in life.
fn take_turn(turn: &Turn) {
	match *turn {
		Turn::Wait { blocks } => wait(blocks),
		// Never so far that what was counted falls out of history.
		Turn::NextEra => Era::set(&(Era::get() + 1).min(6 + HISTORY)),
		// As everything was at the start.
		Turn::Restore => {
			for agent in PROVIDERS {
				put_agent(agent, owner(agent), wallet(agent));
			}
			ExistentialDeposit::set(&ED);
			escrow::Refused::<Test>::kill();
		},
		Turn::SetStatus { agent, status } => alter_agent(agent, |one| one.status = status),
		Turn::SwapWallets { agents: [first, second] } => {
			let wallets = [first, second].map(|agent| Registry::get()[&agent].wallet);
			alter_agent(first, |one| one.wallet = wallets[1]);
			alter_agent(second, |one| one.wallet = wallets[0]);
		},
		Turn::SetWallet { agent, wallet } => {
			// A wallet works for one agent at a time.
			for other in PROVIDERS {
				alter_agent(other, |one| {
					one.wallet = one.wallet.filter(|own| Some(*own) != wallet)
				});
			}
			alter_agent(agent, |one| one.wallet = wallet);
		},
		Turn::SetOwner { agent, owner } => alter_agent(agent, |one| one.owner = owner),
		Turn::SetReputation { agent, percent: bound } => set_lower_bound(agent, percent(bound)),
		Turn::SetBondRate { percent: rate } => BondRate::set(&percent(rate)),
		Turn::SetBytePrice { price } => BytePrice::set(&price),
		Turn::SetExistentialDeposit { minimum } => ExistentialDeposit::set(&minimum),
		Turn::Freeze { who } => {
			let _ = Balances::set_freeze(&(), &who, Balance::MAX);
		},
		Turn::Thaw { who } => {
			let _ = Balances::thaw(&(), &who);
		},
		Turn::Drain { who } => {
			let _ = Balances::transfer_all(signed(who), BANK, false);
		},
		Turn::Lend { who } => {
			let _ = Balances::transfer_allow_death(signed(BANK), who, 100_000);
		},
		Turn::Refuse { agent, refuse } => {
			let who = wallet(agent);
			escrow::Refused::<Test>::mutate(|refused| {
				refused.retain(|other| *other != who);
				refused.extend(refuse.then_some(who));
			});
		},
	}
}

static STATS: std::sync::Mutex<BTreeMap<String, u64>> = std::sync::Mutex::new(BTreeMap::new());
fn note() {
	let mut stats = STATS.lock().unwrap();
	for event in events() {
		let text = format!("{event:?}");
		let mut key = text.split(|c: char| c == ' ' || c == '{').next().unwrap().to_string();
		if let Some(at) = text.find("cause: ") {
			key += &text[at + 7..].split(|c: char| !c.is_alphanumeric()).next().unwrap();
		}
		if let Some(at) = text.find("outcome: ") {
			key += &text[at + 9..].split(|c: char| !c.is_alphanumeric()).next().unwrap();
		}
		*stats.entry(key).or_default() += 1;
	}
	*stats.entry("zsteps".into()).or_default() += 1;
}
fn take(step: &Step) {
	let account_of = |offer| Offers::<Test>::get(offer).map_or(BANK, |offer| offer.account);
	match step.clone() {
		Step::CreateOffer { agent, terms } => {
			dispatch(wallet_now(agent), Call::create_offer { terms });
		},
		Step::PauseOffer { offer } => {
			let offer = pick_offer(offer);
			dispatch(account_of(offer), Call::pause_offer { offer });
		},
		Step::ResumeOffer { offer } => {
			let paused = Offers::<Test>::iter();
			let paused = paused.filter(|(_, offer)| offer.status == OfferStatus::Paused);
			let offer = pick(paused.map(|(id, _)| id), offer, OfferId(0));
			dispatch(account_of(offer), Call::resume_offer { offer });
		},
		Step::WithdrawOffer { offer, by_stranger } => {
			let offer = pick_offer(offer);
			let who = if by_stranger { BANK } else { account_of(offer) };
			dispatch(who, Call::withdraw_offer { offer });
		},
		Step::Post(posting) => {
			let bidding = posting.bidding();
			let Posting { client, work, demand, .. } = posting;
			dispatch(client, Call::post { work, demand, bidding });
		},
		Step::Hire { offer, client, work, error } => {
			let offer = pick_offer(offer);
			let price = Market::quote(offer, work.clone()).map_or(0, |quote| quote.price);
			dispatch(client, Call::hire { offer, work, expected_price: price + error });
		},
		Step::Act { job, act, by_stranger } => {
			for (who, call) in calls_of(pick_for(&act, job), act) {
				dispatch(if by_stranger { BANK } else { who }, call);
			}
		},
		Step::Push { job, push } => {
			let job = pick_job(job, |job| job.lease().is_some());
			let lease = Jobs::<Test>::get(job).and_then(|job| job.lease().cloned());
			if let Some(lease) = lease {
				let _ = do_push(lease.contract, &push);
			}
		},
		Step::Collect { who, kind } => {
			dispatch(BANK, Call::collect { account: who, kind });
		},
		Step::Turn(turn) => take_turn(&turn),
	}
}

/// Checks what must hold after every step.
fn check(issuance: Balance) {
	assert_ok!(Market::do_try_state());
	assert_ok!(MockEscrow::do_try_state());
	assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	assert_eq!(owned().values().sum::<Balance>(), issuance, "money is where no account is");
	check_heard();
	check_counted();
}

/// Each provider that a job went to is heard of once, when its contract closes, and no other.
fn check_heard() {
	let heard: Vec<_> = Heard::get().into_iter().map(|(_, closed)| closed.contract).collect();
	let once: BTreeSet<_> = heard.iter().copied().collect();
	assert_eq!(once.len(), heard.len(), "heard of a contract twice");
	let open: BTreeSet<_> = Contracts::<Test>::iter_keys().collect();
	assert!(once.is_disjoint(&open), "heard of a contract that is open");
	let engaged = NextContract::<Test>::get().0 as usize;
	assert_eq!(once.len() + open.len(), engaged, "not heard of a contract");
}

/// Each job was counted when it was posted, and once more when it ended.
fn check_counted() {
	let eras = Market::counters(HISTORY);
	let sum = |of: fn(&Counters) -> u64| eras.iter().map(|era| of(&era.counters)).sum::<u64>();
	let live = Jobs::<Test>::iter_values().count() as u64;
	let unassigned = Jobs::<Test>::iter_values().filter(|job| job.lease().is_none()).count() as u64;
	let settled = sum(|it| it.completed + it.partial + it.refunded);
	let gone = sum(|it| it.expired + it.cancelled);
	assert_eq!(sum(|it| it.posted), NextJobId::<Test>::get().0);
	assert_eq!(sum(|it| it.posted), live + settled + gone);
	assert_eq!(sum(|it| it.assigned), live - unassigned + settled);
	assert_eq!(sum(|it| it.assigned + it.reassigned), NextContract::<Test>::get().0);
	let value: Balance = eras.iter().map(|era| era.counters.value_settled).sum();
	let released: Balance = Heard::get().iter().map(|(_, closed)| closed.released).sum();
	assert_eq!(value, released);
}

/// Every job that is live.
fn live_jobs() -> Vec<(JobId, JobOf<Test>)> {
	Jobs::<Test>::iter().collect()
}

#[track_caller]
fn must(who: AccountId, call: Call<Test>) {
	assert!(dispatch(who, call.clone()), "{who} could not {call:?}");
}

/// What every milestone of a contract waits for, or `None` for a stream or a meter.
fn progress(contract: ContractId) -> Option<Vec<(u32, Progress)>> {
	match Contracts::<Test>::get(contract).expect("the lease has a contract").payment {
		Payment::Milestones(milestones) => {
			let all = (0..).zip(milestones);
			Some(all.map(|(index, one)| (index, one.progress)).collect())
		},
		Payment::Stream { .. } | Payment::Meter { .. } => None,
	}
}

/// The court rules on everything that is disputed, which is not for the parties to end.
fn rule_all() {
	for (_, job) in live_jobs() {
		let Some(lease) = job.lease() else { continue };
		for (milestone, one) in progress(lease.contract).unwrap_or_default() {
			if one == Progress::Disputed {
				assert_ok!(MockEscrow::rule(lease.contract, milestone, percent(50)));
			}
		}
	}
}

/// Lets everybody settle what was submitted, after the review period.
fn settle_all() {
	for (_, job) in live_jobs() {
		let Some(lease) = job.lease() else { continue };
		for (milestone, one) in progress(lease.contract).unwrap_or_default() {
			if is_submitted(one) {
				assert_ok!(MockEscrow::settle(lease.contract, milestone));
			}
		}
	}
}

/// The clients alone end every job, at once.
fn clients_end_all() {
	rule_all();
	for (id, job) in live_jobs() {
		let Some(lease) = job.lease() else {
			must(job.client, Call::cancel { job: id });
			continue;
		};
		let contract = lease.contract;
		match progress(contract) {
			None => {
				assert_ok!(MockEscrow::stop(contract));
			},
			Some(milestones) => {
				for (milestone, one) in milestones {
					if one != Progress::Concluded {
						assert_ok!(MockEscrow::release(contract, milestone));
					}
				}
			},
		}
	}
}

/// The providers alone end every job that they have, and take back every bid, as soon as nothing is
/// under review.
fn providers_end_all() {
	rule_all();
	wait(MaxReviewPeriod::get());
	settle_all();
	for (id, bids) in Bids::<Test>::iter().collect::<Vec<_>>() {
		for bid in bids {
			must(bid.account, Call::withdraw_bid { job: id });
		}
	}
	for (id, job) in live_jobs() {
		match job.lease() {
			Some(lease) => must(lease.account, Call::give_up { job: id }),
			// It has no bids any more, and only the client's deposits wait for the window's end.
			None => {
				wait(MaxBiddingPeriod::get());
				must(BANK, Call::expire { job: id });
			},
		}
	}
}

/// A stranger ends every job, after all periods.
fn stranger_ends_all() {
	rule_all();
	for _ in 0..MAX_LEASES {
		wait(MaxDuration::get() + MaxReviewPeriod::get() + 1);
		settle_all();
		for (id, job) in live_jobs() {
			let Some(lease) = job.lease() else {
				must(BANK, Call::expire { job: id });
				continue;
			};
			let contract = Contracts::<Test>::get(lease.contract).expect("the lease has one");
			let is_timed = !matches!(contract.payment, Payment::Milestones(_));
			if is_timed && contract.started.is_some() {
				assert_ok!(MockEscrow::stop_late(lease.contract));
			} else {
				must(BANK, Call::report { job: id });
			}
		}
	}
}

/// After every job ended: forgets them, withdraws every offer, collects all claims, and expects that
/// nothing is held.
fn clean_up() {
	assert_eq!(live_jobs(), []);
	assert_eq!(Bids::<Test>::iter().count() + OpenBids::<Test>::iter().count(), 0);
	ExistentialDeposit::set(&ED);
	let accounts: Vec<_> = owned().into_keys().collect();
	for who in &accounts {
		assert_ok!(Balances::mint_into(who, ED));
	}
	wait(RETENTION);
	for job in SettledJobs::<Test>::iter_keys().collect::<Vec<_>>() {
		must(BANK, Call::forget { job });
	}
	for (offer, record) in Offers::<Test>::iter().collect::<Vec<_>>() {
		must(record.account, Call::withdraw_offer { offer });
	}
	for (account, kind, _) in Claims::<Test>::iter().collect::<Vec<_>>() {
		must(BANK, Call::collect { account, kind });
	}
	MockEscrow::collect_all();
	for who in accounts {
		assert_eq!(Balances::total_balance_on_hold(&who), 0, "money of {who} is stuck");
	}
	assert_eq!(JobsByParty::<Test>::iter().count() + OpenJobs::<Test>::iter().count(), 0);
	assert_eq!(OffersByAgent::<Test>::iter().count() + OffersByTag::<Test>::iter().count(), 0);
}

proptest! {
	#[test]
	fn jobs_should_conserve_money_and_find_an_end_whatever_happens(
		postings in prop::collection::vec((posting(), round()), 0..4),
		steps in prop::collection::vec(step(), 1..100),
	) {
		new_test_ext().execute_with(|| {
			// Dust, fees and slashes must find a treasury; the bank must never run dry.
			assert_ok!(Balances::mint_into(&TREASURY, WEALTH));
			assert_ok!(Balances::mint_into(&BANK, 1_000 * WEALTH));
			let issuance = Balances::total_issuance();
			let offers = (0..AGENTS)
				.map(|agent| Step::CreateOffer { agent: AgentId(agent), terms: offer_terms() });
			// Begin with work under way, else most sequences would not get that far.
			let begun = postings.into_iter().flat_map(|(posting, round)| {
				let on_newest = |act| Step::Act { job: NEWEST, act, by_stranger: false };
				let assign = Act::Assign { place: 0, is_stale: false };
				[Step::Post(posting), on_newest(round), on_newest(assign)]
			});
			for step in offers.chain(begun) {
				take(&step);
			}
			for step in steps {
				System::reset_events();
				take(&step);
				note();
				check(issuance);
			}
			println!("{:#?}", STATS.lock().unwrap());
			for end in [clients_end_all, providers_end_all, stranger_ends_all] {
				hypothetically!({
					end();
					check(issuance);
					clean_up();
				});
			}
		});
	}
}

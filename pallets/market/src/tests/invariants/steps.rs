//! What can happen.

use super::{books::Books, CLIENTS, PROVIDERS};
use crate::{
	mock::{
		escrow::{Contract, Contracts, Payment, Progress},
		*,
	},
	*,
};
use aitbc_core::{AgentId, Balance, BlockNumber, ContractId, JobId, OfferId};
use aitbc_traits::AgentStatus;
use frame_support::{assert_ok, storage::with_storage_layer, traits::fungible::MutateFreeze};
use proptest::{prelude::*, sample::select};
use sp_runtime::DispatchResult;
use std::collections::BTreeSet;

/// Up to which number a step may name a job or an offer; this one means the newest.
const NEWEST: u64 = 11;

/// What is done to a job by its parties and by others.
#[derive(Clone, Debug)]
pub(super) enum Act {
	Bid { agent: AgentId, percent: u32, bond: u32, stays: bool },
	Round { percent: [u32; 4] },
	Crowd,
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
pub(super) enum Push {
	Release { number: u32 },
	Settle { number: u32 },
	Split { number: u32, share: u32 },
	Dispute { number: u32 },
	Rule { number: u32, share: u32 },
	SettleStream,
	TopUp { amount: Balance },
	Bill { units: u64 },
	Stop,
	StopLate,
}

/// What becomes of the world around.
#[derive(Clone, Debug)]
pub(super) enum Turn {
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
	SetMaxDuration { blocks: BlockNumber },
	RetireTag,
	Freeze { who: AccountId },
	Thaw { who: AccountId },
	Drain { who: AccountId },
	Squeeze { who: AccountId },
	Lend { who: AccountId },
	Refuse { agent: AgentId, refuse: bool },
}

/// What can happen. See [`pick`] for which job or offer a number means.
#[derive(Clone, Debug)]
pub(super) enum Step {
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

fn provider() -> impl Strategy<Value = AgentId> {
	select(&PROVIDERS[..])
}

/// Somebody who may run out of money.
fn actor() -> impl Strategy<Value = AccountId> {
	prop_oneof![select(&CLIENTS[..]), provider().prop_map(wallet)]
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
		6 => select(plans.to_vec()).prop_map(milestones),
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
pub(super) fn posting() -> impl Strategy<Value = Posting> {
	let windows = (10..60u32, 0..30u32);
	let lower_bound = prop_oneof![20 => Just(0), 1 => 1..80u32];
	(select(&CLIENTS[..]), some_work(), 5_000..40_000u128, windows, 0..=3u32, lower_bound).prop_map(
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

/// A bid of each of the providers, at times all of the same price, so that each can take over from
/// each.
fn bids() -> impl Strategy<Value = Act> {
	let percent = || 60..=100u32;
	let percents = prop_oneof![
		3 => [percent(), percent(), percent(), percent()],
		1 => percent().prop_map(|percent| [percent; 4]),
	];
	percents.prop_map(|percent| Act::Round { percent })
}

/// A bid of each of the providers for the newest job.
pub(super) fn round() -> impl Strategy<Value = Step> {
	bids().prop_map(Step::on_newest)
}

fn act() -> impl Strategy<Value = Step> {
	let bid = (provider(), 40..=103u32, 99..=150u32, prop::bool::weighted(0.8))
		.prop_map(|(agent, percent, bond, stays)| Act::Bid { agent, percent, bond, stays });
	let place = prop_oneof![Just(None), (0..11u32).prop_map(Some)];
	let act = prop_oneof![
		14 => bid,
		5 => bids(),
		1 => Just(Act::Crowd),
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
		1 => (at(), 0..=100u32).prop_map(|(number, share)| Push::Split { number, share }),
		2 => at().prop_map(|number| Push::Dispute { number }),
		3 => (at(), 0..=100u32).prop_map(|(number, share)| Push::Rule { number, share }),
		1 => Just(Push::SettleStream),
		2 => (1..5_000u128).prop_map(|amount| Push::TopUp { amount }),
		3 => (1..800u64).prop_map(|units| Push::Bill { units }),
		1 => Just(Push::Stop),
		2 => Just(Push::StopLate),
	];
	(number(), push).prop_map(|(job, push)| Step::Push { job, push })
}

fn turn() -> impl Strategy<Value = Step> {
	let status = select(vec![
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
		2 => select(vec![ED, ED, ED, ED, ED, 200, 200, 5_000])
			.prop_map(|minimum| Turn::SetExistentialDeposit { minimum }),
		1 => (20..200u32).prop_map(|blocks| Turn::SetMaxDuration { blocks }),
		1 => Just(Turn::RetireTag),
		1 => actor().prop_map(|who| Turn::Freeze { who }),
		1 => actor().prop_map(|who| Turn::Thaw { who }),
		1 => actor().prop_map(|who| Turn::Drain { who }),
		1 => actor().prop_map(|who| Turn::Squeeze { who }),
		3 => actor().prop_map(|who| Turn::Lend { who }),
		1 => (provider(), any::<bool>()).prop_map(|(agent, refuse)| Turn::Refuse { agent, refuse }),
	];
	turn.prop_map(Step::Turn)
}

pub(super) fn step() -> impl Strategy<Value = Step> {
	let kind = select(vec![ClaimKind::Deposit, ClaimKind::Bond]);
	let hire = (number(), select(&CLIENTS[..]), some_work(), prop::bool::weighted(0.05)).prop_map(
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

impl Step {
	/// What one of its parties does to the newest job.
	fn on_newest(act: Act) -> Self {
		Self::Act { job: NEWEST, act, by_stranger: false }
	}
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
		| Act::Crowd
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

/// What every milestone of a contract waits for. Of a stream or a meter, nothing.
pub(super) fn progress(contract: &Contract) -> Vec<(u32, Progress)> {
	match &contract.payment {
		Payment::Milestones(milestones) => {
			(0..).zip(milestones).map(|(index, one)| (index, one.progress)).collect()
		},
		Payment::Stream { .. } | Payment::Meter { .. } => vec![],
	}
}

/// Where in the plan the milestone is that a number means, of those that wait for work.
fn next_place(id: JobId, number: u32) -> Option<PlanIndex> {
	let lease = Jobs::<Test>::get(id)?.lease()?.clone();
	let Scope::Milestones(places) = lease.scope else { return None };
	let contract = Contracts::<Test>::get(lease.contract)?;
	let milestone = pick_milestone(&contract, number, |one| one == Progress::Pending);
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
		// Each asks for less than the one before, and has more at risk: the last ones find no room.
		Act::Crowd => {
			let crowd = 0..AGENTS as u32;
			let bid = |place: u32| bid(AgentId(place.into()), 90 - place, 100 + 10 * place, true);
			crowd.filter_map(bid).collect()
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
fn pick_milestone(contract: &Contract, number: u32, is_meant: fn(Progress) -> bool) -> u32 {
	let meant: Vec<u32> = progress(contract)
		.into_iter()
		.filter(|(_, one)| is_meant(*one))
		.map(|(index, _)| index)
		.collect();
	meant.get(number as usize % meant.len().max(1)).copied().unwrap_or(number)
}

/// Lets a party or somebody else do something on the escrow. It may fail.
fn do_push(id: ContractId, push: &Push) -> DispatchResult {
	let contract = Contracts::<Test>::get(id).expect("each lease has a contract");
	let has_milestones = contract.end().is_none();
	let pick = |number, is_meant| pick_milestone(&contract, number, is_meant);
	match *push {
		Push::Release { number } => {
			MockEscrow::release(id, pick(number, |one| one != Progress::Concluded))
		},
		Push::Settle { number } => MockEscrow::settle(id, pick(number, is_submitted)),
		Push::Split { number, share } => {
			let milestone = pick(number, |one| one != Progress::Concluded);
			MockEscrow::split(id, milestone, percent(share))
		},
		Push::Dispute { number } if has_milestones => {
			MockEscrow::dispute(id, pick(number, is_submitted))
		},
		Push::Dispute { .. } => MockEscrow::dispute_rest(id),
		Push::Rule { number, share } if has_milestones => {
			let milestone = pick(number, |one| one == Progress::Disputed);
			MockEscrow::rule(id, milestone, percent(share))
		},
		Push::Rule { share, .. } => MockEscrow::rule_rest(id, percent(share)),
		Push::SettleStream => MockEscrow::settle_stream(id),
		Push::TopUp { amount } => MockEscrow::top_up(id, amount),
		Push::Bill { units } => MockEscrow::bill(id, units),
		Push::Stop => MockEscrow::stop(id),
		Push::StopLate => MockEscrow::stop_late(id),
	}
}

pub(super) fn is_submitted(one: Progress) -> bool {
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
			MaxDuration::set(&MAX_DURATION);
			TagRegistry::set(&tags());
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
		Turn::SetMaxDuration { blocks } => MaxDuration::set(&blocks),
		Turn::RetireTag => retire_tag(),
		Turn::Freeze { who } => {
			let _ = Balances::set_freeze(&(), &who, Balance::MAX);
		},
		Turn::Thaw { who } => {
			let _ = Balances::thaw(&(), &who);
		},
		Turn::Drain { who } => {
			let _ = Balances::transfer_all(signed(who), BANK, false);
		},
		// It keeps what it once had to, and that is not enough any more.
		Turn::Squeeze { who } => {
			let _ = Balances::transfer_all(signed(who), BANK, false);
			ExistentialDeposit::set(&5_000);
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

/// Lets the agents that bid in crowds come, with an offer each, if they are not there.
fn summon_crowd() {
	for agent in (0..AGENTS).map(AgentId) {
		if !Registry::get().contains_key(&agent) {
			put_agent(agent, owner(agent), wallet(agent));
			assert_ok!(Balances::transfer_allow_death(signed(BANK), wallet(agent), WEALTH));
			// It may fail, when governance has retired the tag.
			let _ = Market::create_offer(by(agent), offer_terms());
		}
	}
}

/// What it takes to post a job, to collect `bids` for it, and to assign it.
pub(super) fn begin(posting: &Posting, bids: &Step) -> [Step; 3] {
	let assign = Step::on_newest(Act::Assign { place: 0, is_stale: false });
	[Step::Post(posting.clone()), bids.clone(), assign]
}

/// Lets a step happen.
pub(super) fn take(step: &Step, books: &mut Books) {
	let account_of = |offer| Offers::<Test>::get(offer).map_or(BANK, |offer| offer.account);
	match step.clone() {
		Step::CreateOffer { agent, terms } => {
			books.dispatch(wallet_now(agent), Call::create_offer { terms });
		},
		Step::PauseOffer { offer } => {
			let offer = pick_offer(offer);
			books.dispatch(account_of(offer), Call::pause_offer { offer });
		},
		Step::ResumeOffer { offer } => {
			let paused = Offers::<Test>::iter();
			let paused = paused.filter(|(_, offer)| offer.status == OfferStatus::Paused);
			let offer = pick(paused.map(|(id, _)| id), offer, OfferId(0));
			books.dispatch(account_of(offer), Call::resume_offer { offer });
		},
		Step::WithdrawOffer { offer, by_stranger } => {
			let offer = pick_offer(offer);
			let who = if by_stranger { BANK } else { account_of(offer) };
			books.dispatch(who, Call::withdraw_offer { offer });
		},
		Step::Post(posting) => {
			let bidding = posting.bidding();
			let Posting { client, work, demand, .. } = posting;
			books.dispatch(client, Call::post { work, demand, bidding });
		},
		Step::Hire { offer, client, work, error } => {
			let offer = pick_offer(offer);
			let price = Market::quote(offer, work.clone()).map_or(0, |quote| quote.price);
			books.dispatch(client, Call::hire { offer, work, expected_price: price + error });
		},
		Step::Act { job, act, by_stranger } => {
			if let Act::Crowd = act {
				books.happen(summon_crowd);
			}
			for (who, call) in calls_of(pick_for(&act, job), act) {
				books.dispatch(if by_stranger { BANK } else { who }, call);
			}
		},
		Step::Push { job, push } => {
			let job = pick_job(job, |job| job.lease().is_some());
			let lease = Jobs::<Test>::get(job).and_then(|job| job.lease().cloned());
			let Some(lease) = lease else { return };
			books.happen(|| {
				let _ = with_storage_layer(|| do_push(lease.contract, &push));
			});
		},
		Step::Collect { who, kind } => {
			books.dispatch(BANK, Call::collect { account: who, kind });
		},
		Step::Turn(turn) => books.happen(|| take_turn(&turn)),
	}
}

//! Benchmarks of every call and of the listener, each in its dearest case.
//!
//! What the escrow does is part of most of them, because there is no job without it, and the calls add
//! its own weights: an overestimate, never an underestimate. The same goes for who hears of a job that
//! is settled.
//!
//! Money that can't be released becomes a claim, which is no dearer: it takes a read more and a write
//! less.

use crate::*;
use aitbc_core::{
	AgentId, AgentKind, Balance, BlockNumber, ClosedContract, ContractOutcome, Decimal,
	EvidenceHash, JobId, OfferId, PrivacyClass, Scale, TagId, TagRule, TagUse, TermsHash, Unit,
};
use aitbc_traits::{DeadlineClock, Escrow, OnContractClosed, TagInspect};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Unbalanced},
		tokens::Precision,
		Get,
	},
	BoundedVec,
};
use frame_system::RawOrigin;
use sp_runtime::{traits::SaturatedConversion, Perbill};

/// Makes agents in the registry that [`Config::Agents`] reads.
pub trait BenchmarkHelper<AccountId> {
	/// An active agent of this kind, which belongs to `owner` and works under `wallet`.
	fn active_agent(kind: AgentKind, owner: &AccountId, wallet: &AccountId) -> AgentId;
}

/// The time at which a benchmark begins, in active blocks.
const START: BlockNumber = 1_000;

/// The length of the shortest URI that the pallet takes.
const SHORTEST_URI: u32 = 3;

/// How long a provider may take to start, in active blocks.
const START_WITHIN: BlockNumber = 1;

/// The units of a job, and of what an offer has.
const UNITS: u64 = 1_000;

/// What a unit costs, as a multiple of the existential deposit: enough for a tenth of a job to be
/// payable after the fee.
const PRICE_FACTOR: Balance = 1;

/// What an account owns, as a multiple of the existential deposit, beside what it takes to be an agent.
const WEALTH_FACTOR: Balance = 10_000_000;

/// A valid URI of `length` bytes.
fn uri(length: u32) -> Vec<u8> {
	let mut uri = vec![b'a'; length.saturated_into()];
	if let Some(colon) = uri.get_mut(1) {
		*colon = b':';
	}
	uri
}

/// Gives `who` plenty of money.
fn endow<T: Config>(who: &T::AccountId) -> Result<(), BenchmarkError> {
	let amount = T::Currency::minimum_balance()
		.saturating_mul(WEALTH_FACTOR)
		.saturating_add(T::MinBond::get().saturating_mul(1_000));
	let minted = T::Currency::increase_balance(who, amount, Precision::Exact)?;
	T::Currency::set_total_issuance(T::Currency::total_issuance().saturating_add(minted));
	Ok(())
}

/// The account with this name and number, endowed.
fn endowed<T: Config>(name: &'static str, number: u32) -> Result<T::AccountId, BenchmarkError> {
	let who = account(name, number, 0);
	endow::<T>(&who)?;
	Ok(who)
}

/// What a unit costs, in plancks.
fn unit_price<T: Config>() -> Balance {
	T::Currency::minimum_balance().saturating_mul(PRICE_FACTOR)
}

/// What a job costs, in plancks.
fn price<T: Config>() -> Balance {
	unit_price::<T>().saturating_mul(UNITS.into())
}

/// A client, and a tag that it asks for.
struct Market<T: Config> {
	client: T::AccountId,
	tag: TagId,
}

/// A provider with an offer.
struct Provider<T: Config> {
	agent: AgentId,
	wallet: T::AccountId,
	offer: OfferId,
}

/// Starts the clock, and makes a tag and a client.
fn market<T: Config>() -> Result<Market<T>, BenchmarkError> {
	T::Clock::set_now(START);
	let scale = Scale::new(Decimal::whole(0), Decimal::whole(1))
		.ok_or(BenchmarkError::Stop("zero is below one"))?;
	let tag = T::Tags::create(TagRule { purpose: TagUse::Capability, scale, is_retired: false });
	Ok(Market { client: endowed::<T>("client", 0)?, tag })
}

/// A name as long as may be.
fn name() -> Name {
	BoundedVec::truncate_from(vec![b'a'; MAX_NAME.saturated_into()])
}

/// As much as a provider can say of what it works with.
fn resource() -> Resource {
	Resource {
		gpu: Some(Gpu { model: name(), count: 8, vram_mib: 80_000 }),
		cpu_cores: 64,
		memory_mib: 1_000_000,
		bandwidth_mbps: 10_000,
		models: BoundedVec::truncate_from(vec![name(); MAX_MODELS.saturated_into()]),
		region: BoundedVec::truncate_from(vec![b'a'; MAX_REGION.saturated_into()]),
		privacy: PrivacyClass::Confidential,
	}
}

/// As much as a client can require.
fn requirements() -> Requirements {
	let Resource { models, region, .. } = resource();
	let resource = ResourceMinimum {
		gpu: Some(GpuMinimum { model: Some(name()), count: 1, vram_mib: 1 }),
		cpu_cores: 1,
		memory_mib: 1,
		bandwidth_mbps: 1,
		models,
		region,
		privacy: PrivacyClass::Dedicated,
	};
	Requirements { resource, ..Requirements::default() }
}

/// What a provider offers.
fn offer_terms<T: Config>(tag: TagId) -> OfferTerms {
	OfferTerms {
		capability: tag,
		resource: resource(),
		unit: Unit::Token,
		price: unit_price::<T>(),
		min_units: 1,
		max_units: UNITS,
		sla: Sla { latency_ms: 1, availability: Perbill::one() },
		capacity: UNITS,
	}
}

/// The agent with this number, which offers `tag`.
fn provider<T: Config>(tag: TagId, number: u32) -> Result<Provider<T>, BenchmarkError> {
	let wallet = endowed::<T>("wallet", number)?;
	let agent = T::BenchmarkHelper::active_agent(
		AgentKind::Provider,
		&endowed::<T>("owner", number)?,
		&wallet,
	);
	let offer = NextOfferId::<T>::get();
	Pallet::<T>::do_create_offer(wallet.clone(), offer_terms::<T>(tag))?;
	Ok(Provider { agent, wallet, offer })
}

/// When the milestones of a job are due after its latest start, in active blocks.
fn due_after<T: Config>() -> BlockNumber {
	T::MaxDuration::get().saturating_sub(START_WITHIN)
}

/// Work with as many milestones as may be, and a URI of `length` bytes.
fn work<T: Config>(length: u32) -> WorkTerms<T::AccountId, Vec<u8>> {
	let share = Perbill::from_rational(1, MAX_MILESTONES);
	let plan =
		vec![MilestonePlan { share, due_after: due_after::<T>() }; MAX_MILESTONES.saturated_into()];
	WorkTerms {
		specification: Specification { uri: uri(length), hash: TermsHash::default() },
		units: UNITS,
		payment: PaymentPlan::Milestones(BoundedVec::truncate_from(plan)),
		start_within: START_WITHIN,
		review_period: T::MinReviewPeriod::get(),
	}
}

/// Whom a job looks for that keeps `max_backups`.
fn demand<T: Config>(tag: TagId, max_backups: u32) -> Demand {
	Demand {
		capability: tag,
		unit: Unit::Token,
		requirements: requirements(),
		price_limit: price::<T>(),
		max_backups,
	}
}

/// As long a window as may be.
fn window<T: Config>() -> BiddingWindow {
	let assign_by = START.saturating_add(T::MaxBiddingPeriod::get());
	BiddingWindow { until: assign_by, assign_by }
}

/// Posts a job with the longest URI that keeps `max_backups`.
fn posted<T: Config>(market: &Market<T>, max_backups: u32) -> Result<JobId, BenchmarkError> {
	let job = NextJobId::<T>::get();
	Pallet::<T>::do_post(
		market.client.clone(),
		work::<T>(T::MaxUriLength::get()),
		demand::<T>(market.tag, max_backups),
		window::<T>(),
	)?;
	Ok(job)
}

/// Lets `provider` bid `price`, with the least bond, to stay as a backup.
fn place<T: Config>(
	job: JobId,
	provider: &Provider<T>,
	price: Balance,
) -> Result<BidTerms, BenchmarkError> {
	let bond = Pallet::<T>::least_bond(price);
	let terms = BidTerms { offer: provider.offer, price, bond };
	Pallet::<T>::do_bid(provider.wallet.clone(), job, terms, true)?;
	Ok(terms)
}

/// Posts a job with `count` bids, of which none stays as a backup, and gives the last bidder with its
/// bid.
fn bid_for<T: Config>(
	market: &Market<T>,
	count: u32,
) -> Result<(JobId, Provider<T>, BidTerms), BenchmarkError> {
	let job = posted::<T>(market, 0)?;
	for number in 1..count {
		let other = provider::<T>(market.tag, number)?;
		place::<T>(job, &other, price::<T>())?;
	}
	let last = provider::<T>(market.tag, 0)?;
	let terms = place::<T>(job, &last, price::<T>())?;
	Ok((job, last, terms))
}

/// A job that a provider has, with `backups` of which only the last can take over: the offers of the
/// others are paused, which is the last thing that is looked at.
fn assigned<T: Config>(
	market: &Market<T>,
	backups: u32,
) -> Result<(JobId, Provider<T>), BenchmarkError> {
	let job = posted::<T>(market, MAX_BACKUPS)?;
	for number in 1..=backups {
		let other = provider::<T>(market.tag, number)?;
		place::<T>(job, &other, price::<T>())?;
		if number < backups {
			Pallet::<T>::do_pause_offer(other.wallet, other.offer)?;
		}
	}
	let winner = provider::<T>(market.tag, 0)?;
	let terms = place::<T>(job, &winner, price::<T>())?;
	Pallet::<T>::do_assign(market.client.clone(), job, winner.agent, terms)?;
	Ok((job, winner))
}

/// The contract of a job.
fn lease<T: Config>(job: JobId) -> Result<LeaseOf<T>, BenchmarkError> {
	let lease = Jobs::<T>::get(job).and_then(|job| job.lease().cloned());
	lease.ok_or(BenchmarkError::Stop("the job is assigned"))
}

/// The balance sheet of the job's contract, as if all of it had been paid.
fn closed<T: Config>(
	job: JobId,
	market: &Market<T>,
) -> Result<ClosedContract<T::AccountId, Balance>, BenchmarkError> {
	let lease = lease::<T>(job)?;
	let released = price::<T>();
	Ok(ClosedContract {
		contract: lease.contract,
		job: Some(job),
		client: market.client.clone(),
		provider: lease.account,
		agent: Some(lease.agent),
		outcome: ContractOutcome::Partial,
		accepted: true,
		disputed: true,
		released,
		refunded: 1,
		fee: released,
		on_time: released,
		missed: 0,
		disputed_lost: 1,
		slashed: 0,
	})
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn create_offer() -> Result<(), BenchmarkError> {
		let Market { tag, .. } = market::<T>()?;
		let Provider { wallet, offer, .. } = provider::<T>(tag, 0)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(wallet), offer_terms::<T>(tag));

		let next = OfferId(offer.0.saturating_add(1));
		ensure!(Offers::<T>::contains_key(next), "the offer is stored");
		Ok(())
	}

	#[benchmark]
	fn pause_offer() -> Result<(), BenchmarkError> {
		let Market { tag, .. } = market::<T>()?;
		let Provider { wallet, offer, .. } = provider::<T>(tag, 0)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(wallet), offer);

		let status = Offers::<T>::get(offer).map(|offer| offer.status);
		ensure!(status == Some(OfferStatus::Paused), "the offer is paused");
		Ok(())
	}

	#[benchmark]
	fn resume_offer() -> Result<(), BenchmarkError> {
		let Market { tag, .. } = market::<T>()?;
		let Provider { wallet, offer, .. } = provider::<T>(tag, 0)?;
		Pallet::<T>::do_pause_offer(wallet.clone(), offer)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(wallet), offer);

		let status = Offers::<T>::get(offer).map(|offer| offer.status);
		ensure!(status == Some(OfferStatus::Open), "the offer is open");
		Ok(())
	}

	/// Dearest for a stranger, because of whom the agent is looked up. The offer is abandoned because
	/// another account than the agent's wallet made it.
	#[benchmark]
	fn withdraw_offer() -> Result<(), BenchmarkError> {
		let Market { client, tag } = market::<T>()?;
		let Provider { wallet, offer, .. } = provider::<T>(tag, 0)?;
		let record = Offers::<T>::get(offer).ok_or(BenchmarkError::Stop("the offer was made"))?;
		Pallet::<T>::hold(HoldReason::Deposit, &client, record.deposit)?;
		Pallet::<T>::give_back(ClaimKind::Deposit, &wallet, record.deposit);
		Offers::<T>::insert(offer, Offer { account: client, ..record });
		let stranger = endowed::<T>("stranger", 0)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), offer);

		ensure!(!Offers::<T>::contains_key(offer), "the offer is gone");
		Ok(())
	}

	#[benchmark]
	fn post(u: Linear<SHORTEST_URI, { T::MaxUriLength::get() }>) -> Result<(), BenchmarkError> {
		let Market { client, tag } = market::<T>()?;
		let (work, demand) = (work::<T>(u), demand::<T>(tag, MAX_BACKUPS));
		let job = NextJobId::<T>::get();

		#[extrinsic_call]
		_(RawOrigin::Signed(client), work, demand, window::<T>());

		ensure!(Jobs::<T>::contains_key(job), "the job is stored");
		Ok(())
	}

	#[benchmark]
	fn bid() -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let (job, ..) = bid_for::<T>(&market, MAX_BIDS)?;
		let other = provider::<T>(market.tag, MAX_BIDS)?;
		let bond = Pallet::<T>::least_bond(price::<T>()).saturating_add(1);
		let terms = BidTerms { offer: other.offer, price: price::<T>(), bond };

		#[extrinsic_call]
		_(RawOrigin::Signed(other.wallet.clone()), job, terms, true);

		ensure!(OpenBids::<T>::get(&other.wallet) == 1, "the bid is on the list");
		Ok(())
	}

	#[benchmark]
	fn withdraw_bid() -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let (job, last, _) = bid_for::<T>(&market, MAX_BIDS)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(last.wallet.clone()), job);

		ensure!(OpenBids::<T>::get(&last.wallet) == 0, "the bid is gone");
		Ok(())
	}

	#[benchmark]
	fn assign(b: Linear<1, { MAX_BIDS }>) -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let (job, last, terms) = bid_for::<T>(&market, b)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(market.client), job, last.agent, terms);

		ensure!(lease::<T>(job)?.agent == last.agent, "the job is assigned");
		Ok(())
	}

	#[benchmark]
	fn hire(u: Linear<SHORTEST_URI, { T::MaxUriLength::get() }>) -> Result<(), BenchmarkError> {
		let Market { client, tag } = market::<T>()?;
		let Provider { offer, .. } = provider::<T>(tag, 0)?;
		let (work, job) = (work::<T>(u), NextJobId::<T>::get());

		#[extrinsic_call]
		_(RawOrigin::Signed(client), offer, work, price::<T>());

		ensure!(lease::<T>(job)?.offer == offer, "the job is assigned");
		Ok(())
	}

	#[benchmark]
	fn start() -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let (job, winner) = assigned::<T>(&market, MAX_BACKUPS)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(winner.wallet), job);

		let standing = T::Escrow::standing(lease::<T>(job)?.contract);
		ensure!(standing.is_some_and(|one| one.started.is_some()), "it has started");
		Ok(())
	}

	/// Dearest as the last receipt of all.
	#[benchmark]
	fn submit() -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let (job, winner) = assigned::<T>(&market, MAX_BACKUPS)?;
		let last = MAX_MILESTONES.saturating_sub(1);
		for place in 0..last {
			let (place, evidence) = (Some(PlanIndex(place)), EvidenceHash::default());
			Pallet::<T>::do_submit(winner.wallet.clone(), job, place, evidence)?;
		}

		#[extrinsic_call]
		_(RawOrigin::Signed(winner.wallet), job, Some(PlanIndex(last)), EvidenceHash::default());

		let receipts = Jobs::<T>::get(job).map(|job| job.receipts.len());
		ensure!(receipts == Some(MAX_MILESTONES.saturated_into()), "the receipt is kept");
		Ok(())
	}

	#[benchmark]
	fn give_up(b: Linear<0, { MAX_BACKUPS }>) -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let (job, winner) = assigned::<T>(&market, b)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(winner.wallet), job);

		ensure!(Jobs::<T>::contains_key(job) == (b > 0), "the last backup took over");
		Ok(())
	}

	/// Dearest after the provider started, so that it is slashed.
	#[benchmark]
	fn report(b: Linear<0, { MAX_BACKUPS }>) -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let (job, winner) = assigned::<T>(&market, b)?;
		Pallet::<T>::do_start(winner.wallet, job)?;
		let stranger = endowed::<T>("stranger", 0)?;
		let due = START.saturating_add(START_WITHIN).saturating_add(due_after::<T>());
		T::Clock::set_now(due.saturating_add(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), job);

		ensure!(Jobs::<T>::contains_key(job) == (b > 0), "the last backup took over");
		Ok(())
	}

	#[benchmark]
	fn cancel(b: Linear<0, { MAX_BIDS }>) -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let job = if b == 0 { posted::<T>(&market, 0)? } else { bid_for::<T>(&market, b)?.0 };

		#[extrinsic_call]
		_(RawOrigin::Signed(market.client), job);

		ensure!(!Jobs::<T>::contains_key(job), "the job is gone");
		Ok(())
	}

	#[benchmark]
	fn expire(b: Linear<0, { MAX_BIDS }>) -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let job = if b == 0 { posted::<T>(&market, 0)? } else { bid_for::<T>(&market, b)?.0 };
		let stranger = endowed::<T>("stranger", 0)?;
		T::Clock::set_now(window::<T>().assign_by.saturating_add(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), job);

		ensure!(!Jobs::<T>::contains_key(job), "the job is gone");
		Ok(())
	}

	/// Dearest when the job went to as many as may have it.
	#[benchmark]
	fn forget() -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let job = posted::<T>(&market, MAX_BACKUPS)?;
		for number in 0..MAX_LEASES {
			let other = provider::<T>(market.tag, number)?;
			place::<T>(job, &other, price::<T>())?;
		}
		let winner = Bids::<T>::get(job).into_iter().next();
		let winner = winner.ok_or(BenchmarkError::Stop("there are bids"))?;
		Pallet::<T>::do_assign(market.client, job, winner.agent, winner.terms)?;
		for _ in 0..MAX_LEASES {
			Pallet::<T>::do_give_up(lease::<T>(job)?.account, job)?;
		}
		let stranger = endowed::<T>("stranger", 0)?;
		T::Clock::set_now(START.saturating_add(T::RetentionPeriod::get()));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), job);

		ensure!(!SettledJobs::<T>::contains_key(job), "nothing is kept of the job");
		Ok(())
	}

	#[benchmark]
	fn collect() -> Result<(), BenchmarkError> {
		let Market { client, .. } = market::<T>()?;
		let stranger = endowed::<T>("stranger", 0)?;
		let (kind, amount) = (ClaimKind::Deposit, unit_price::<T>());
		Pallet::<T>::hold(kind.hold_reason(), &client, amount)?;
		Claims::<T>::insert(&client, kind, amount);

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), client.clone(), kind);

		ensure!(!Claims::<T>::contains_key(&client, kind), "the claim is released");
		Ok(())
	}

	/// Dearest with as many backups and receipts as may be.
	#[benchmark]
	fn on_contract_closed() -> Result<(), BenchmarkError> {
		let market = market::<T>()?;
		let (job, winner) = assigned::<T>(&market, MAX_BACKUPS)?;
		for place in 0..MAX_MILESTONES {
			let (place, evidence) = (Some(PlanIndex(place)), EvidenceHash::default());
			Pallet::<T>::do_submit(winner.wallet.clone(), job, place, evidence)?;
		}
		let closed = closed::<T>(job, &market)?;

		#[block]
		{
			Pallet::<T>::on_contract_closed(&closed);
		}

		ensure!(SettledJobs::<T>::contains_key(job), "the job is settled");
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

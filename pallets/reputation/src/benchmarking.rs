//! Benchmarks of every call and of what other pallets cause, each in its dearest case.
//!
//! Summaries lag as many changes of owner behind as can tell, so that catching up is part of the
//! weight.

use crate::*;
use aitbc_core::{
	AgentId, Balance, BlockNumber, ClosedContract, ContractId, ContractOutcome, Decimal,
	DocumentHash, FeedbackIndex, Scale, TagId, TagRule, TagUse, WorkId,
};
use aitbc_traits::{
	DeadlineClock, OnAgentTransferred, OnContractClosed, ReputationInspect, TagInspect,
};
use alloc::{vec, vec::Vec};
use frame_benchmarking::v2::*;
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Unbalanced},
		tokens::Precision,
		Get,
	},
};
use frame_system::RawOrigin;
use sp_runtime::traits::SaturatedConversion;

/// Makes what a benchmark needs and no glue trait can make.
pub trait BenchmarkHelper<AccountId> {
	/// Registers an agent of `owner` that works under `wallet`.
	fn create_agent(owner: &AccountId, wallet: &AccountId) -> AgentId;
}

/// The time at which a benchmark begins, in active blocks.
const START: BlockNumber = 1_000;

/// The work that benchmarks rate.
const WORK: WorkId = WorkId::Contract(ContractId(0));

/// The first feedback of an author.
const FIRST: FeedbackIndex = FeedbackIndex(1);

/// The shortest URI.
const SHORTEST_URI: u32 = 3;

/// A URI of `length` bytes, or none.
fn uri(length: u32) -> Vec<u8> {
	let mut uri = vec![b'a'; length.saturated_into()];
	if let Some(colon) = uri.get_mut(1) {
		*colon = b':';
	}
	uri
}

/// The account with this name, with plenty of money.
fn endowed<T: Config>(name: &'static str) -> Result<T::AccountId, BenchmarkError> {
	let who = account(name, 0, 0);
	let longest = T::MaxUriLength::get();
	let amount = Pallet::<T>::feedback_deposit(longest, longest)
		.saturating_add(Pallet::<T>::response_deposit(longest))
		.saturating_add(T::Currency::minimum_balance())
		.saturating_mul(10);
	let minted = T::Currency::increase_balance(&who, amount, Precision::Exact)?;
	T::Currency::set_total_issuance(T::Currency::total_issuance().saturating_add(minted));
	Ok(who)
}

/// Two agents: one that pays, and one that works.
struct Parties<T: Config> {
	client: T::AccountId,
	client_agent: AgentId,
	provider: T::AccountId,
	provider_owner: T::AccountId,
	provider_agent: AgentId,
}

/// Starts the clock and registers two agents.
fn parties<T: Config>() -> Result<Parties<T>, BenchmarkError> {
	T::Clock::set_now(START);
	let (client, client_owner) = (endowed::<T>("client")?, endowed::<T>("client owner")?);
	let (provider, provider_owner) = (endowed::<T>("provider")?, endowed::<T>("provider owner")?);
	let client_agent = T::BenchmarkHelper::create_agent(&client_owner, &client);
	let provider_agent = T::BenchmarkHelper::create_agent(&provider_owner, &provider);
	Ok(Parties { client, client_agent, provider, provider_owner, provider_agent })
}

/// A contract between the two that closed with evidence on every component.
fn closed<T: Config>(
	parties: &Parties<T>,
	contract: ContractId,
) -> ClosedContract<T::AccountId, Balance> {
	let fee = T::MinFee::get().max(1);
	let released = fee.saturating_mul(40);
	ClosedContract {
		contract,
		job: None,
		client: parties.client.clone(),
		provider: parties.provider.clone(),
		agent: Some(parties.provider_agent),
		outcome: ContractOutcome::Partial,
		accepted: true,
		disputed: false,
		released,
		refunded: fee,
		fee,
		on_time: released,
		missed: fee,
		disputed_lost: 0,
		slashed: 0,
	}
}

/// A tag with this purpose, measured from 0 to 100.
fn tag<T: Config>(purpose: TagUse) -> Result<TagId, BenchmarkError> {
	let scale = Scale::new(Decimal::whole(0), Decimal::whole(100))
		.ok_or(BenchmarkError::Stop("0 to 100 is a scale"))?;
	Ok(T::Tags::create(TagRule { purpose, scale, is_retired: false }))
}

/// A rating about a capability, with an endpoint and a URI of so many bytes.
fn rating<T: Config>(endpoint: u32, uri_length: u32) -> Result<Rating, BenchmarkError> {
	Ok(Rating {
		tag: tag::<T>(TagUse::Quality)?,
		about: Some(tag::<T>(TagUse::Capability)?),
		value: Decimal { value: 98_765, decimals: 3 },
		endpoint: uri(endpoint),
		uri: uri(uri_length),
		hash: DocumentHash::default(),
	})
}

/// Counts two contracts between the two, and lets the client rate the agent twice with one tag and
/// the longest texts. Then the agent changes its owner more often than can tell.
///
/// The first feedback leaves its summaries in storage when it goes, because of the second.
fn rated<T: Config>(parties: &Parties<T>) -> Result<Rating, BenchmarkError> {
	let longest = T::MaxUriLength::get();
	let rating = rating::<T>(longest, longest)?;
	for contract in [ContractId(0), ContractId(1)] {
		Pallet::<T>::on_contract_closed(&closed(parties, contract));
		let work = WorkId::Contract(contract);
		let agent = parties.provider_agent;
		Pallet::<T>::do_rate(parties.client.clone(), agent, work, rating.clone())?;
	}
	Standings::<T>::mutate(parties.provider_agent, |record| {
		if let Some(record) = record {
			record.generation = Generation(u32::MAX);
		}
	});
	Ok(rating)
}

/// Lets the provider's agent answer the client's first feedback.
fn respond_to_first<T: Config>(parties: &Parties<T>) -> Result<(), BenchmarkError> {
	Pallet::<T>::do_respond(
		parties.provider.clone(),
		parties.provider_agent,
		parties.client.clone(),
		FIRST,
		uri(T::MaxUriLength::get()),
		DocumentHash::default(),
	)?;
	Ok(())
}

/// The time at which retention is over for what began at [`START`], in active blocks.
fn retained_until<T: Config>() -> BlockNumber {
	START.saturating_add(T::HalfLife::get().saturating_mul(RETENTION_HALF_LIVES))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn rate(
		b: Linear<SHORTEST_URI, { T::MaxUriLength::get().saturating_mul(2) }>,
	) -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let first = rated::<T>(&parties)?;
		let contract = ContractId(2);
		Pallet::<T>::on_contract_closed(&closed(&parties, contract));
		// The URI is checked byte by byte, so it gets as much of them as it can take.
		let uri_length = b.min(T::MaxUriLength::get());
		let rating =
			Rating { endpoint: uri(b.saturating_sub(uri_length)), uri: uri(uri_length), ..first };
		let (agent, author) = (parties.provider_agent, parties.client);

		#[extrinsic_call]
		_(RawOrigin::Signed(author.clone()), agent, WorkId::Contract(contract), rating);

		ensure!(
			LastFeedbackIndex::<T>::get(agent, author) == FeedbackIndex(3),
			"the feedback is stored"
		);
		Ok(())
	}

	#[benchmark]
	fn revoke() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		rated::<T>(&parties)?;
		let (agent, author) = (parties.provider_agent, parties.client);

		#[extrinsic_call]
		_(RawOrigin::Signed(author.clone()), agent, FIRST);

		let entry = Feedback::<T>::get((agent, author, FIRST));
		ensure!(entry.is_some_and(|entry| entry.is_revoked), "the feedback is revoked");
		Ok(())
	}

	#[benchmark]
	fn respond(u: Linear<SHORTEST_URI, { T::MaxUriLength::get() }>) -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		rated::<T>(&parties)?;
		let (agent, author, responder) = (parties.provider_agent, parties.client, parties.provider);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(responder),
			agent,
			author.clone(),
			FIRST,
			uri(u),
			DocumentHash::default(),
		);

		ensure!(Responses::<T>::contains_key((agent, author, FIRST)), "the response is stored");
		Ok(())
	}

	#[benchmark]
	fn erase() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		rated::<T>(&parties)?;
		respond_to_first::<T>(&parties)?;
		T::Clock::set_now(retained_until::<T>());
		let (agent, author) = (parties.provider_agent, parties.client);

		#[extrinsic_call]
		_(RawOrigin::Signed(author.clone()), agent, author.clone(), FIRST);

		ensure!(!Feedback::<T>::contains_key((agent, author, FIRST)), "the feedback is gone");
		Ok(())
	}

	#[benchmark]
	fn prune() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		rated::<T>(&parties)?;
		T::Clock::set_now(retained_until::<T>());

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider_owner), WORK);

		ensure!(!SettledWork::<T>::contains_key(WORK), "the work is pruned");
		Ok(())
	}

	#[benchmark]
	fn on_contract_closed() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		rated::<T>(&parties)?;
		// The client's agent has a record as well.
		Pallet::<T>::quarter_evidence(parties.client_agent);
		let contract = ContractId(2);
		let closed = closed(&parties, contract);

		#[block]
		{
			Pallet::<T>::on_contract_closed(&closed);
		}

		let is_counted = SettledWork::<T>::contains_key(WorkId::Contract(contract));
		ensure!(is_counted, "the contract is counted");
		Ok(())
	}

	#[benchmark]
	fn on_agent_transferred() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		Pallet::<T>::on_contract_closed(&closed(&parties, ContractId(0)));
		let (agent, from, to) =
			(parties.provider_agent, parties.provider_owner, endowed::<T>("buyer")?);

		#[block]
		{
			Pallet::<T>::on_agent_transferred(agent, &from, &to);
		}

		ensure!(Pallet::<T>::record_of(agent).generation == Generation(1), "it is quartered");
		Ok(())
	}

	#[benchmark]
	fn inspect() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		rated::<T>(&parties)?;
		T::Clock::set_now(START.saturating_add(1));

		let evidence;
		#[block]
		{
			evidence = Pallet::<T>::evidence(parties.provider_agent);
		}

		ensure!(evidence > 0, "there is evidence");
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

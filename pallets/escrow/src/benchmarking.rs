//! Benchmarks of every call, each in its dearest case.
//!
//! A milestone is released, settled or refunded as the last of a full contract, so that closing is
//! part of the weight. `OnContractClosed` then runs as well and is weighed twice, since the calls
//! add its own weight: an overestimate, never an underestimate.

use crate::*;
use aitbc_core::{Balance, BlockNumber, ContractId, EvidenceHash, TermsHash};
use aitbc_traits::DeadlineClock;
use alloc::vec::Vec;
use frame_benchmarking::v2::*;
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, MutateHold, Unbalanced},
		tokens::Precision,
		Get,
	},
};
use frame_system::RawOrigin;

/// The time at which a benchmark begins, in active blocks.
const START: BlockNumber = 1_000;

/// What a milestone pays, as a multiple of the existential deposit.
const AMOUNT_FACTOR: Balance = 1_000;

/// What an account owns, as a multiple of the existential deposit: enough for a full contract.
const WEALTH_FACTOR: Balance = 1_000_000;

/// Gives `who` plenty of money.
fn endow<T: Config>(who: &T::AccountId) -> Result<(), BenchmarkError> {
	let amount = T::Currency::minimum_balance().saturating_mul(WEALTH_FACTOR);
	let minted = T::Currency::increase_balance(who, amount, Precision::Exact)?;
	T::Currency::set_total_issuance(T::Currency::total_issuance().saturating_add(minted));
	Ok(())
}

/// The account with this name, endowed.
fn endowed<T: Config>(name: &'static str) -> Result<T::AccountId, BenchmarkError> {
	let who = account(name, 0, 0);
	endow::<T>(&who)?;
	Ok(who)
}

/// What each milestone pays, in plancks.
fn amount<T: Config>() -> Balance {
	T::Currency::minimum_balance().saturating_mul(AMOUNT_FACTOR)
}

/// When each milestone is due, in active blocks.
fn due<T: Config>() -> BlockNumber {
	START.saturating_add(T::MaxDuration::get())
}

/// `count` equal milestones.
fn milestones<T: Config>(count: u32) -> Vec<MilestoneTerms> {
	(0..count).map(|_| MilestoneTerms { amount: amount::<T>(), due: due::<T>() }).collect()
}

/// The last milestone of a full contract.
fn last<T: Config>() -> MilestoneIndex {
	MilestoneIndex(T::MaxMilestones::get().saturating_sub(1))
}

/// The parties of a contract.
struct Parties<T: Config> {
	client: T::AccountId,
	provider: T::AccountId,
}

/// Starts the clock and endows the parties and the receiver of fees.
fn parties<T: Config>() -> Result<Parties<T>, BenchmarkError> {
	T::Clock::set_now(START);
	endow::<T>(&T::FeeReceiver::get())?;
	Ok(Parties { client: endowed::<T>("client")?, provider: endowed::<T>("provider")? })
}

/// Opens a contract with as many milestones as there may be.
fn open_full<T: Config>(parties: &Parties<T>) -> Result<ContractId, BenchmarkError> {
	let contract = NextContractId::<T>::get();
	Pallet::<T>::do_open(
		parties.client.clone(),
		parties.provider.clone(),
		TermsHash::default(),
		milestones::<T>(T::MaxMilestones::get()),
		T::MaxReviewPeriod::get(),
	)?;
	Ok(contract)
}

/// What a full contract takes to fund, in plancks.
fn full_total<T: Config>() -> Balance {
	amount::<T>().saturating_mul(T::MaxMilestones::get().into())
}

/// Opens and funds a full contract, and submits all of its milestones.
fn submitted<T: Config>(parties: &Parties<T>) -> Result<ContractId, BenchmarkError> {
	let contract = open_full::<T>(parties)?;
	Pallet::<T>::do_fund(parties.client.clone(), contract, full_total::<T>())?;
	for index in 0..T::MaxMilestones::get() {
		Pallet::<T>::do_submit(
			parties.provider.clone(),
			contract,
			MilestoneIndex(index),
			EvidenceHash::default(),
		)?;
	}
	Ok(contract)
}

/// Releases all milestones of the contract but the last.
fn release_all_but_last<T: Config>(
	parties: &Parties<T>,
	contract: ContractId,
) -> Result<(), BenchmarkError> {
	for index in 0..last::<T>().0 {
		Pallet::<T>::do_release(parties.client.clone(), contract, MilestoneIndex(index))?;
	}
	Ok(())
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn open(m: Linear<1, { T::MaxMilestones::get() }>) -> Result<(), BenchmarkError> {
		let Parties { client, provider } = parties::<T>()?;
		let milestones = milestones::<T>(m);

		#[extrinsic_call]
		_(
			RawOrigin::Signed(client),
			provider,
			TermsHash::default(),
			milestones,
			T::MaxReviewPeriod::get(),
		);

		ensure!(Contracts::<T>::contains_key(ContractId(0)), "the contract is stored");
		Ok(())
	}

	#[benchmark]
	fn fund() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let contract = open_full::<T>(&parties)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.client), contract, full_total::<T>());

		ensure!(OpenWork::<T>::get(&parties.provider) == 1, "the contract is funded");
		Ok(())
	}

	#[benchmark]
	fn cancel() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let contract = open_full::<T>(&parties)?;
		let stranger = endowed::<T>("stranger")?;
		T::Clock::set_now(due::<T>().saturating_add(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), contract);

		ensure!(!Contracts::<T>::contains_key(contract), "the contract is closed");
		Ok(())
	}

	#[benchmark]
	fn submit() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let contract = open_full::<T>(&parties)?;
		Pallet::<T>::do_fund(parties.client, contract, full_total::<T>())?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.provider), contract, last::<T>(), EvidenceHash::default());

		ensure!(Contracts::<T>::contains_key(contract), "the contract goes on");
		Ok(())
	}

	#[benchmark]
	fn release() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let contract = submitted::<T>(&parties)?;
		release_all_but_last::<T>(&parties, contract)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(parties.client), contract, last::<T>());

		ensure!(!Contracts::<T>::contains_key(contract), "the contract is closed");
		Ok(())
	}

	#[benchmark]
	fn settle() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let contract = submitted::<T>(&parties)?;
		release_all_but_last::<T>(&parties, contract)?;
		let stranger = endowed::<T>("stranger")?;
		T::Clock::set_now(START.saturating_add(T::MaxReviewPeriod::get()));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), contract, last::<T>());

		ensure!(!Contracts::<T>::contains_key(contract), "the contract is closed");
		Ok(())
	}

	#[benchmark]
	fn refund() -> Result<(), BenchmarkError> {
		let parties = parties::<T>()?;
		let contract = open_full::<T>(&parties)?;
		Pallet::<T>::do_fund(parties.client.clone(), contract, full_total::<T>())?;
		release_all_but_last::<T>(&parties, contract)?;
		let stranger = endowed::<T>("stranger")?;
		T::Clock::set_now(due::<T>().saturating_add(1));

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), contract, last::<T>());

		ensure!(!Contracts::<T>::contains_key(contract), "the contract is closed");
		Ok(())
	}

	#[benchmark]
	fn collect() -> Result<(), BenchmarkError> {
		let Parties { client, provider } = parties::<T>()?;
		let stranger = endowed::<T>("stranger")?;
		let (contract, kind) = (ContractId(0), ClaimKind::Payment);
		let amount = amount::<T>();
		T::Currency::hold(&kind.hold_reason().into(), &client, amount)?;
		NextContractId::<T>::put(ContractId(1));
		Claims::<T>::insert(contract, kind, Claim { payer: client, payee: provider, amount });

		#[extrinsic_call]
		_(RawOrigin::Signed(stranger), contract, kind);

		ensure!(!Claims::<T>::contains_key(contract, kind), "the claim is paid");
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

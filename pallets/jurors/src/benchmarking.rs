//! Benchmarks of every call, of what others ask for, and of the parts of the hook, each in its
//! dearest case.

use crate::*;
use aitbc_core::{Balance, CaseId, Round};
use aitbc_traits::JurorPool;
use frame_benchmarking::v2::*;
use frame_support::{
	ensure,
	traits::{
		fungible::{Inspect, Unbalanced},
		tokens::Precision,
		Get,
	},
	weights::WeightMeter,
};
use frame_system::RawOrigin;

/// Sets up what benchmarks need of the neighbours.
pub trait BenchmarkHelper<AccountId> {
	/// Makes this the present epoch.
	fn set_epoch(epoch: Epoch);

	/// Lets an agent with some reputation work under `wallet`.
	fn agent_under(wallet: &AccountId);
}

/// The epoch in which a benchmark begins.
const START: Epoch = Epoch(1_000);

/// What a juror bonds, as a multiple of the least bond.
const BOND_FACTOR: Balance = 10;

/// How many jurors there are for draws: enough to fill many nodes of the tree.
const POOL: usize = 1_000;

/// The case of every benchmark.
const CASE: CaseId = CaseId(1);

/// Its first instance.
const FIRST: Round = Round(0);

/// What a juror bonds, in plancks.
fn amount<T: Config>() -> Balance {
	T::MinBond::get().saturating_mul(BOND_FACTOR)
}

/// Gives `who` plenty of money.
fn endow<T: Config>(who: &T::AccountId) -> Result<(), BenchmarkError> {
	let wealth = T::Currency::minimum_balance().saturating_add(amount::<T>().saturating_mul(4));
	let minted = T::Currency::increase_balance(who, wealth, Precision::Exact)?;
	T::Currency::set_total_issuance(T::Currency::total_issuance().saturating_add(minted));
	Ok(())
}

/// The account with this number, endowed, with an agent under it.
fn candidate<T: Config>(number: u32) -> Result<T::AccountId, BenchmarkError> {
	let who = account("juror", number, 0);
	endow::<T>(&who)?;
	T::BenchmarkHelper::agent_under(&who);
	Ok(who)
}

/// The juror with this number, whose weight does not count yet.
fn joined<T: Config>(number: u32) -> Result<T::AccountId, BenchmarkError> {
	let who = candidate::<T>(number)?;
	Pallet::<T>::do_bond(who.clone(), amount::<T>())?;
	Ok(who)
}

/// The jurors with the numbers from `first` on, [`POOL`] of them, who have no agents.
fn crowd<T: Config>(first: u32) -> Result<(), BenchmarkError> {
	for number in (first..).take(POOL) {
		let who = account("juror", number, 0);
		endow::<T>(&who)?;
		Pallet::<T>::do_bond(who, amount::<T>())?;
	}
	Ok(())
}

/// Lets [`DELAY`] epochs pass, and does all that is due then.
fn wait<T: Config>() {
	T::BenchmarkHelper::set_epoch(Pallet::<T>::epoch().due());
	Pallet::<T>::service(&mut WeightMeter::new());
}

/// A juror whose weight counts, with a change of it that waits since the epoch before.
fn weighed<T: Config>(number: u32) -> Result<T::AccountId, BenchmarkError> {
	let who = joined::<T>(number)?;
	wait::<T>();
	Pallet::<T>::do_bond(who.clone(), T::MinBond::get())?;
	let Epoch(epoch) = Pallet::<T>::epoch();
	T::BenchmarkHelper::set_epoch(Epoch(epoch.saturating_add(1)));
	Ok(who)
}

/// A juror as [`weighed`] makes one, with half of its bond at stake.
fn staked<T: Config>(number: u32) -> Result<T::AccountId, BenchmarkError> {
	let who = weighed::<T>(number)?;
	Pallet::<T>::lock(&who, amount::<T>() / 2);
	let Epoch(epoch) = Pallet::<T>::epoch();
	T::BenchmarkHelper::set_epoch(Epoch(epoch.saturating_add(1)));
	Ok(who)
}

/// The juror that `who` is.
fn stored<T: Config>(who: &T::AccountId) -> Result<Juror, BenchmarkError> {
	Jurors::<T>::get(who).ok_or(BenchmarkError::Stop("the account is a juror"))
}

#[benchmarks]
mod benchmarks {
	use super::*;

	/// Dearest for a new juror in a slot that another one left.
	#[benchmark]
	fn bond() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);
		let left = joined::<T>(0)?;
		wait::<T>();
		Pallet::<T>::do_unbond(left.clone(), amount::<T>())?;
		wait::<T>();
		Pallet::<T>::do_withdraw(left)?;
		let who = candidate::<T>(1)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), amount::<T>());

		ensure!(stored::<T>(&who)?.bond == amount::<T>(), "the bond is held");
		Ok(())
	}

	#[benchmark]
	fn unbond() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);
		let who = weighed::<T>(0)?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), T::MinBond::get());

		ensure!(stored::<T>(&who)?.leaving.is_some(), "the bond is leaving");
		Ok(())
	}

	#[benchmark]
	fn withdraw() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);
		let gone = joined::<T>(0)?;
		let who = joined::<T>(1)?;
		wait::<T>();
		for juror in [&gone, &who] {
			Pallet::<T>::do_unbond(juror.clone(), amount::<T>())?;
		}
		wait::<T>();
		Pallet::<T>::do_withdraw(gone)?;
		let caller = RawOrigin::Signed(candidate::<T>(2)?);

		#[extrinsic_call]
		_(caller, who.clone());

		ensure!(Jurors::<T>::get(who).is_none(), "the juror is gone");
		Ok(())
	}

	#[benchmark]
	fn refresh() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);
		let who = weighed::<T>(0)?;
		// As if its reputation had been different then.
		Jurors::<T>::mutate(&who, |juror| {
			if let Some(position) = juror.as_ref().and_then(|juror| juror.change) {
				ChangeQueue::<T>::mutate(position, |change| {
					if let Some(change) = change {
						change.weight = 1;
					}
				});
			}
		});
		let caller = RawOrigin::Signed(candidate::<T>(1)?);

		#[extrinsic_call]
		_(caller, who.clone());

		ensure!(Pallet::<T>::latest_weight(&stored::<T>(&who)?) > 1, "the weight is refreshed");
		Ok(())
	}

	#[benchmark]
	fn request() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);

		#[block]
		{
			Pallet::<T>::request_jury(CASE, FIRST, T::MaxSeats::get(), T::MinBond::get())?;
		}

		ensure!(Requests::<T>::contains_key(CASE, FIRST), "the jury is asked for");
		Ok(())
	}

	/// Dearest when the account that is paid is another's, and exists.
	#[benchmark]
	fn forfeit() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);
		let who = staked::<T>(0)?;
		let to = candidate::<T>(1)?;
		let amount = stored::<T>(&who)?.locked / 2;

		#[block]
		{
			<Pallet<T> as JurorPool<_>>::forfeit(&who, amount, &to)?;
		}

		ensure!(stored::<T>(&who)?.locked == amount, "the stake is forfeited");
		Ok(())
	}

	#[benchmark]
	fn unlock() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);
		let who = staked::<T>(0)?;

		#[block]
		{
			<Pallet<T> as JurorPool<_>>::unlock(&who, Balance::MAX);
		}

		ensure!(stored::<T>(&who)?.locked == 0, "the stake is unlocked");
		Ok(())
	}

	/// Both queues have something that is not due.
	#[benchmark]
	fn service() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);
		joined::<T>(0)?;
		Pallet::<T>::request_jury(CASE, FIRST, 1, 0)?;

		#[block]
		{
			Pallet::<T>::service(&mut WeightMeter::new());
		}

		ensure!(!DrawQueueEnds::<T>::get().is_empty(), "nothing is due");
		Ok(())
	}

	/// Nobody has enough for a seat, so that every attempt looks at somebody in vain.
	#[benchmark]
	fn draw(s: Linear<1, { T::MaxSeats::get() }>) -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);
		crowd::<T>(0)?;
		wait::<T>();
		Pallet::<T>::request_jury(CASE, FIRST, s, Balance::MAX)?;
		T::BenchmarkHelper::set_epoch(Pallet::<T>::epoch().due());

		#[block]
		{
			Pallet::<T>::service(&mut WeightMeter::new());
		}

		ensure!(DrawQueueEnds::<T>::get().is_empty(), "the jury is drawn");
		Ok(())
	}

	#[benchmark]
	fn seat() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);
		let who = weighed::<T>(0)?;

		#[block]
		{
			Pallet::<T>::lock(&who, T::MinBond::get());
		}

		ensure!(stored::<T>(&who)?.locked == T::MinBond::get(), "the stake is locked");
		Ok(())
	}

	#[benchmark]
	fn apply() -> Result<(), BenchmarkError> {
		T::BenchmarkHelper::set_epoch(START);
		let who = joined::<T>(0)?;
		crowd::<T>(1)?;
		wait::<T>();
		Pallet::<T>::do_bond(who.clone(), T::MinBond::get())?;
		let before = stored::<T>(&who)?.weight;
		T::BenchmarkHelper::set_epoch(Pallet::<T>::epoch().due());

		#[block]
		{
			Pallet::<T>::service(&mut WeightMeter::new());
		}

		ensure!(stored::<T>(&who)?.weight > before, "the weight is applied");
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

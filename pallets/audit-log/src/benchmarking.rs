//! Benchmarks of what the pallet does, each in its dearest case.

use crate::*;
use aitbc_audit::{Actor, Commitment, Entry, RecordId, Subject};
use aitbc_core::Balance;
use aitbc_traits::AuditLog;
use frame_benchmarking::v2::*;
use frame_support::{
	traits::{
		fungible::{Inspect, Mutate},
		Get, Hooks,
	},
	weights::WeightMeter,
};

/// The heights of the greatest log that is measured: of 2^40 records.
const MAX_HEIGHTS: u32 = 40;

/// What a payer owns, as a multiple of the existential deposit.
const WEALTH_FACTOR: Balance = 1_000_000;

/// An entry with everything that one can have.
fn entry() -> Entry {
	let subjects = [Subject::Action(1), Subject::Validator([1; 32]), Subject::Agent(2)];
	Entry::new(aitbc_audit::Event::ActionSucceeded, Actor::Account([2; 32]), &subjects)
		.with_hashes(&[[3; 32], [4; 32], [5; 32]])
}

/// Makes the log one of 2^`heights` - 1 records, of which only the peaks are there.
fn put_log<T: Config>(heights: u32) {
	let mut end = 0u64;
	for height in (1..=heights).rev() {
		end = end.saturating_add((1u64 << height).saturating_sub(1));
		Nodes::<T>::insert(end.saturating_sub(1), [9; 32]);
	}
	let count = (1u64 << heights).saturating_sub(1);
	Committed::<T>::put(Commitment { count, root: [9; 32] });
	OldestKept::<T>::put(RecordId(count));
}

fn endow<T: Config>(who: &T::AccountId) {
	let amount = T::Currency::minimum_balance()
		.saturating_add(T::FeePerByte::get())
		.saturating_mul(WEALTH_FACTOR);
	T::Currency::set_balance(who, amount);
}

#[benchmarks]
mod benchmarks {
	use super::*;

	#[benchmark]
	fn commit() {
		put_log::<T>(3);
		let items = frame_system::Pallet::<T>::digest().logs.len();

		#[block]
		{
			Pallet::<T>::on_initialize(1u32.into());
		}

		assert_eq!(frame_system::Pallet::<T>::digest().logs.len(), items.saturating_add(1));
	}

	#[benchmark]
	fn append(h: Linear<0, MAX_HEIGHTS>) {
		let payer: T::AccountId = whitelisted_caller();
		endow::<T>(&payer);
		endow::<T>(&T::FeeReceiver::get());
		put_log::<T>(h);
		let appended;

		#[block]
		{
			appended = <Pallet<T> as AuditLog<T::AccountId>>::append(entry(), Some(&payer));
		}

		assert_eq!(appended, Ok(RecordId((1u64 << h).saturating_sub(1))));
		assert_eq!(Lists::<T>::iter_keys().count(), 5);
	}

	#[benchmark]
	fn look() {
		let mut meter = WeightMeter::new();

		#[block]
		{
			Pallet::<T>::forget_old(&mut meter);
		}

		assert_eq!(meter.consumed(), T::WeightInfo::look());
	}

	#[benchmark]
	fn forget() -> Result<(), BenchmarkError> {
		let id = <Pallet<T> as AuditLog<T::AccountId>>::append(entry(), None)?;
		// Others of the same topics, so that the lists stay.
		<Pallet<T> as AuditLog<T::AccountId>>::append(entry(), None)?;
		let record = Records::<T>::get(id).ok_or(BenchmarkError::Stop("it was written"))?;

		#[block]
		{
			Pallet::<T>::forget(&record);
		}

		assert_eq!(Records::<T>::iter_keys().count(), 1);
		Ok(())
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

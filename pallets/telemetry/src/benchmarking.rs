//! Benchmarks of every call and of the hook, each in its dearest case.

use crate::*;
use aitbc_anomaly::{Feature, Score, Value};
use aitbc_core::Balance;
use aitbc_telemetry::{Alarm, Cause, Digest, Series, Stats, MODEL};
use frame_benchmarking::v2::*;
use frame_support::{
	pallet_prelude::TransactionSource,
	traits::{
		fungible::{Inspect, Unbalanced},
		tokens::Precision,
		EnsureOrigin, Get,
	},
};
use frame_system::{pallet_prelude::BlockNumberFor, Origin as SystemOrigin, RawOrigin};
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::traits::SaturatedConversion;

/// Sets up what benchmarks need of the neighbours.
pub trait BenchmarkHelper<AccountId> {
	/// Has `validator` validate with `stake` in the era `era`, which becomes the present one.
	fn activate(validator: &AccountId, stake: Balance, era: EraIndex);
}

/// The window in which a benchmark begins.
const PRESENT: Window = 1_000;

/// The era in which a benchmark begins.
const ERA: EraIndex = 100;

/// What an account owns beside a deposit, as a multiple of the existential deposit.
const WEALTH_FACTOR: Balance = 1_000_000;

/// The salt of all digests.
const SALT: [u8; 32] = [7; 32];

/// Makes the first block of `window` the present one.
fn enter<T: Config>(window: Window) {
	let block = Pallet::<T>::first_block(window);
	frame_system::Pallet::<T>::set_block_number(block.saturated_into::<BlockNumberFor<T>>());
}

/// Gives `who` plenty of money.
fn endow<T: Config>(who: &T::AccountId) -> Result<(), BenchmarkError> {
	let amount = T::Currency::minimum_balance()
		.saturating_mul(WEALTH_FACTOR)
		.saturating_add(T::Deposit::get().saturating_mul(2));
	let minted = T::Currency::increase_balance(who, amount, Precision::Exact)?;
	T::Currency::set_total_issuance(T::Currency::total_issuance().saturating_add(minted));
	Ok(())
}

/// An active validator that owns money.
fn validator<T: Config>(index: u32) -> Result<T::AccountId, BenchmarkError> {
	let who: T::AccountId = account("validator", index, 0);
	endow::<T>(&who)?;
	T::BenchmarkHelper::activate(&who, T::Currency::minimum_balance(), ERA);
	Ok(who)
}

/// A reporter with a key of the benchmark's keystore.
fn reporter<T: Config>() -> Result<(T::AccountId, WorkerKey), BenchmarkError> {
	endow::<T>(&T::PenaltyReceiver::get())?;
	enter::<T>(PRESENT);
	let who = validator::<T>(0)?;
	let key = WorkerKey::generate_pair(None);
	set_key::<T>(&who, &key)?;
	Ok((who, key))
}

fn set_key<T: Config>(who: &T::AccountId, key: &WorkerKey) -> Result<(), BenchmarkError> {
	let proof = sign::<T>(key, &Statement::WorksFor(who))?;
	Pallet::<T>::set_worker_key(RawOrigin::Signed(who.clone()).into(), key.clone(), proof)?;
	Ok(())
}

fn sign<T: Config>(
	key: &WorkerKey,
	statement: &Statement<T::AccountId>,
) -> Result<WorkerSignature, BenchmarkError> {
	key.sign(&statement.bytes(&Pallet::<T>::genesis())).ok_or(BenchmarkError::Stop("no signature"))
}

/// A digest with all series.
fn digest(window: Window) -> Digest {
	let value = Value::from_integer(5);
	let stats = Stats { count: 100, min: value, max: value, mean: value, last: value };
	Digest { window, raw: [1; 32], series: [Some(stats); Series::COUNT] }
}

fn alarm(series: Series) -> Alarm {
	let (expected, seen) = (Value::from_integer(2), Value::from_integer(50));
	let cause = Cause::Anomaly { score: Score::ONE, feature: Feature::Value, expected, seen };
	Alarm { series, at: 1_700_000_000_000, cause }
}

/// A worker that was not checked, for many at once.
fn put_worker<T: Config>(index: u32) -> Result<T::AccountId, BenchmarkError> {
	let who = validator::<T>(index)?;
	let mut raw = [0u8; 32];
	raw.iter_mut().zip(index.to_le_bytes()).for_each(|(byte, part)| *byte = part);
	let key = WorkerKey::from(sp_application_crypto::sr25519::Public::from_raw(raw));
	let deposit = T::Deposit::get();
	Pallet::<T>::hold(&who, deposit)?;
	KeyOwners::<T>::insert(&key, &who);
	let worker = Worker { key, deposit, open_reports: 0, reported: (0, 0) };
	Workers::<T>::insert(&who, worker);
	Ok(who)
}

#[benchmarks]
mod benches {
	use super::*;

	#[benchmark]
	fn set_worker_key() -> Result<(), BenchmarkError> {
		let (who, _) = reporter::<T>()?;
		// The deposit is topped up, and an earlier key given up.
		Pallet::<T>::punish(&who, T::MissPenalty::get());
		let key = WorkerKey::generate_pair(None);
		let proof = sign::<T>(&key, &Statement::WorksFor(&who))?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), key.clone(), proof);

		assert_eq!(KeyOwners::<T>::get(key), Some(who));
		Ok(())
	}

	#[benchmark]
	fn remove_worker_key() -> Result<(), BenchmarkError> {
		let (who, key) = reporter::<T>()?;

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()));

		assert!(!KeyOwners::<T>::contains_key(key));
		Ok(())
	}

	#[benchmark]
	fn commit() -> Result<(), BenchmarkError> {
		let (who, key) = reporter::<T>()?;
		let window = PRESENT.saturating_sub(1);
		let commitment = Pallet::<T>::commitment_of(&who, &digest(window), &SALT);
		let signature = sign::<T>(&key, &Statement::Commits(window, &commitment))?;

		#[extrinsic_call]
		_(SystemOrigin::<T>::Authorized, key, window, commitment, signature);

		assert_eq!(Commitments::<T>::get(window, who), Some(commitment));
		Ok(())
	}

	#[benchmark]
	fn authorize_commit() -> Result<(), BenchmarkError> {
		let (who, key) = reporter::<T>()?;
		let window = PRESENT.saturating_sub(1);
		let commitment = Pallet::<T>::commitment_of(&who, &digest(window), &SALT);
		let signature = sign::<T>(&key, &Statement::Commits(window, &commitment))?;
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::authorize_commit(
				TransactionSource::External,
				&key,
				&window,
				&commitment,
				&signature,
			);
		}

		assert!(outcome.is_ok());
		Ok(())
	}

	#[benchmark]
	fn reveal() -> Result<(), BenchmarkError> {
		let (who, digest) = committed::<T>()?;

		#[extrinsic_call]
		_(SystemOrigin::<T>::Authorized, who.clone(), digest, SALT);

		assert_eq!(Revealed::<T>::get(digest.window, who), Some(digest.shared()));
		Ok(())
	}

	#[benchmark]
	fn authorize_reveal() -> Result<(), BenchmarkError> {
		let (who, digest) = committed::<T>()?;
		let outcome;

		#[block]
		{
			outcome =
				Pallet::<T>::authorize_reveal(TransactionSource::External, &who, &digest, &SALT);
		}

		assert!(outcome.is_ok());
		Ok(())
	}

	#[benchmark]
	fn report() -> Result<(), BenchmarkError> {
		let (_, key) = reporter::<T>()?;
		let (alarm, evidence) = (alarm(Series::DiskFree), RawHash([1; 32]));
		let statement = Statement::Reports(PRESENT, &alarm, MODEL, &evidence);
		let signature = sign::<T>(&key, &statement)?;

		#[extrinsic_call]
		_(SystemOrigin::<T>::Authorized, key, PRESENT, alarm, MODEL, evidence, signature);

		assert_eq!(Reports::<T>::iter_keys().count(), 1);
		Ok(())
	}

	#[benchmark]
	fn authorize_report() -> Result<(), BenchmarkError> {
		let (_, key) = reporter::<T>()?;
		let (alarm, evidence) = (alarm(Series::DiskFree), RawHash([1; 32]));
		let statement = Statement::Reports(PRESENT, &alarm, MODEL, &evidence);
		let signature = sign::<T>(&key, &statement)?;
		let outcome;

		#[block]
		{
			outcome = Pallet::<T>::authorize_report(
				TransactionSource::External,
				&key,
				&PRESENT,
				&alarm,
				&MODEL,
				&evidence,
				&signature,
			);
		}

		assert!(outcome.is_ok());
		Ok(())
	}

	#[benchmark]
	fn judge_report() -> Result<(), BenchmarkError> {
		let (_, key) = reporter::<T>()?;
		Pallet::<T>::do_report(key, PRESENT, alarm(Series::Cpu), MODEL, RawHash([1; 32]))?;
		let origin =
			T::AdminOrigin::try_successful_origin().map_err(|_| BenchmarkError::Weightless)?;

		// Dismissing moves money, and confirming does not.
		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, ReportId(0), false);

		let judged = Reports::<T>::get(ReportId(0));
		assert_eq!(judged.map(|one| one.state), Some(ReportState::Dismissed));
		Ok(())
	}

	#[benchmark]
	fn claim() -> Result<(), BenchmarkError> {
		let (who, _) = reporter::<T>()?;
		let pot = Pallet::<T>::pot_account();
		endow::<T>(&pot)?;
		let share = T::Currency::minimum_balance().saturating_mul(100);
		Points::<T>::insert(ERA, &who, 3);
		Eras::<T>::insert(ERA, EraPay { points: 4, pot: Some(share), paid: 0 });
		SetAside::<T>::put(share);

		#[extrinsic_call]
		_(RawOrigin::Signed(who.clone()), ERA, who.clone());

		assert!(!Points::<T>::contains_key(ERA, who));
		Ok(())
	}

	#[benchmark]
	fn settle(
		r: Linear<0, { T::MaxReporters::get() }>,
		a: Linear<0, { T::MaxReporters::get().saturating_mul(T::MaxReports::get()) }>,
	) -> Result<(), BenchmarkError> {
		endow::<T>(&T::PenaltyReceiver::get())?;
		endow::<T>(&Pallet::<T>::pot_account())?;
		enter::<T>(PRESENT);
		let window = PRESENT.saturating_sub(3);
		let oldest = ERA.saturating_sub(T::ClaimEras::get()).saturating_sub(2);
		EraSpan::<T>::put(Span { oldest, present: ERA.saturating_sub(1) });
		Eras::<T>::insert(oldest, EraPay { points: r.into(), pot: Some(0), paid: 0 });
		Eras::<T>::insert(ERA.saturating_sub(1), EraPay { points: 1, pot: None, paid: 0 });
		let shared = digest(window).shared();
		let most = T::MaxReporters::get();
		for index in 0..most.min(r.max(a)) {
			let who = put_worker::<T>(index)?;
			if index < r {
				Commitments::<T>::insert(window, &who, Commitment([1; 32]));
				Points::<T>::insert(oldest, &who, 1);
				Records::<T>::mutate(&who, |record| record.committed = 1);
				// One does not reveal, which is dearer.
				if index > 0 {
					Revealed::<T>::insert(window, &who, shared);
					Records::<T>::mutate(&who, |record| record.revealed = 1);
				}
			}
		}
		for index in 0..a {
			let who: T::AccountId = account("validator", index.checked_rem(most).unwrap_or(0), 0);
			let turn = index.checked_div(most).unwrap_or(0).saturated_into::<usize>();
			let series = Series::SHARED.get(turn).copied().unwrap_or(Series::Cpu);
			put_report::<T>(index.into(), &who, window, series);
		}
		NextToSettle::<T>::put(window);

		#[block]
		{
			Pallet::<T>::settle_due();
		}

		assert_eq!(NextToSettle::<T>::get(), Some(window.saturating_add(1)));
		assert_eq!(Commitments::<T>::iter_keys().count(), 0);
		assert_eq!(Alarms::<T>::iter_keys().count(), 0);
		assert!(!Eras::<T>::contains_key(oldest));
		Ok(())
	}

	#[benchmark]
	fn forget_reports(n: Linear<0, { crate::MAX_FORGOTTEN }>) -> Result<(), BenchmarkError> {
		enter::<T>(PRESENT.saturating_add(T::KeptReports::get()));
		for index in 0..n {
			let who = put_worker::<T>(index)?;
			put_report::<T>(index.into(), &who, PRESENT, Series::Cpu);
		}
		let forgotten;

		#[block]
		{
			forgotten = Pallet::<T>::forget_reports();
		}

		assert_eq!(forgotten, n);
		Ok(())
	}

	/// A reporter that has committed to a digest, in the window in which it reveals it.
	fn committed<T: Config>() -> Result<(T::AccountId, Digest), BenchmarkError> {
		let (who, key) = reporter::<T>()?;
		let digest = digest(PRESENT.saturating_sub(1));
		let commitment = Pallet::<T>::commitment_of(&who, &digest, &SALT);
		Pallet::<T>::do_commit(key, digest.window, commitment)?;
		enter::<T>(PRESENT.saturating_add(1));
		Ok((who, digest))
	}

	/// An open report that nobody checked.
	fn put_report<T: Config>(id: u64, who: &T::AccountId, window: Window, series: Series) {
		let open = Report {
			reporter: who.clone(),
			window,
			alarm: alarm(series),
			model: MODEL,
			evidence: RawHash([1; 32]),
			state: ReportState::Open,
		};
		Reports::<T>::insert(ReportId(id), open);
		Alarms::<T>::insert((window, series, who), ReportId(id));
		ReportIds::<T>::mutate(|ids| ids.next = ReportId(id.saturating_add(1)));
		Records::<T>::mutate(who, |record| record.reported = record.reported.saturating_add(1));
		Workers::<T>::mutate(who, |worker| {
			if let Some(worker) = worker {
				worker.open_reports = worker.open_reports.saturating_add(1);
			}
		});
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

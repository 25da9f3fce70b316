//! Benchmarks of the call, of the parts of the hook, and of what neighbours set off, each in its dearest case.

use crate::*;
use alloc::{vec, vec::Vec};
use core::marker::PhantomData;
use frame_benchmarking::v2::*;
use frame_support::{
	ensure,
	traits::{EnsureOrigin, Get},
	weights::Weight,
	BoundedVec,
};
use sp_consensus_babe::{AuthorityIndex, Slot};
use sp_runtime::Perbill;
use sp_staking::{
	offence::{OffenceDetails, OnOffenceHandler},
	EraIndex, SessionIndex,
};

/// Sets up what benchmarks need of the neighbours.
pub trait BenchmarkHelper<AccountId> {
	/// Lets `count` accounts validate in the present session, with points in its era, and be candidates.
	///
	/// The era has at least as many before it as are kept, and the session is one of its.
	fn validators(count: u32) -> Result<Vec<AccountId>, BenchmarkError>;

	/// Makes `slot` the present block's, and the first of its epoch, and `author` its author.
	fn set_block(slot: Slot, author: AuthorityIndex);

	/// Lets a slash of one planck of each wait for the beginning of the era `due`.
	fn defer(due: EraIndex, validators: &[AccountId]);
}

/// The slot of a benchmark's block.
const SLOT: u64 = 1_000;

/// What [`BenchmarkHelper::defer`] defers.
const AMOUNT: SlashAmount = SlashAmount { own: 1, nominators: 0 };

/// An offence, and a slash that waits for `until`.
fn record<T: Config>(era: EraIndex, until: EraIndex) -> SlashRecord<T::AccountId> {
	SlashRecord {
		offence: OffenceKind::Other([0; 16]),
		era,
		fraction: Perbill::one(),
		amount: AMOUNT,
		reporter: Some(account("reporter", 0, 0)),
		state: SlashState::Deferred { until },
	}
}

/// Fills the history of `validator`, with one slash that waits for `until`, if any does.
fn fill_history<T: Config>(validator: &T::AccountId, era: EraIndex, until: Option<EraIndex>) {
	let waiting = until.map(|until| record::<T>(era, until));
	let settled = SlashRecord { state: SlashState::NotTaken, ..record::<T>(era, era) };
	let full = vec![settled; T::MaxSlashes::get().try_into().unwrap_or_default()];
	// What does not fit in any more is cut off.
	let history = BoundedVec::truncate_from(waiting.into_iter().chain(full).collect());
	SlashHistory::<T>::insert(validator, history);
	if let Some(until) = until {
		DueSlashes::<T>::insert(until, validator, ());
	}
}

/// How each of the validators did in an era: few slots, none of them filled.
fn performances<T: Config>(era: EraIndex, validators: &[T::AccountId]) {
	let performance = Performance {
		slots: SlotCount::MISSED,
		carried: SlotCount::MISSED,
		points: PointsChange::default(),
		consequence: Consequence::CarriedOver,
	};
	for validator in validators {
		Performances::<T>::insert(era, validator, performance);
	}
}

/// Slots that make a validator silent, if it filled none.
fn many<T: Config>(is_silent: bool) -> SlotCount {
	let assigned = T::MinSlots::get().max(1);
	SlotCount { assigned, missed: if is_silent { assigned } else { 0 } }
}

/// Slashes all offenders as [`BenchmarkHelper::defer`] does.
struct Defers<T>(PhantomData<T>);

impl<T: Config> OnOffenceHandler<T::AccountId, (T::AccountId, ()), Weight> for Defers<T> {
	fn on_offence(
		offenders: &[OffenceDetails<T::AccountId, (T::AccountId, ())>],
		_: &[Perbill],
		_: SessionIndex,
	) -> Weight {
		let offenders: Vec<_> =
			offenders.iter().map(|details| details.offender.0.clone()).collect();
		T::BenchmarkHelper::defer(T::Slashes::due(T::Validators::era()), &offenders);
		Weight::zero()
	}
}

#[benchmarks]
pub(crate) mod benchmarks {
	use super::*;

	#[benchmark]
	fn count_block() -> Result<(), BenchmarkError> {
		let validators = T::BenchmarkHelper::validators(T::MaxValidators::get())?;
		T::BenchmarkHelper::set_block(SLOT.into(), 0);
		LastSlot::<T>::put(Slot::from(SLOT.saturating_sub(1)));

		#[block]
		{
			Pallet::<T>::count_slots();
		}

		let author = validators.first().ok_or("there are validators")?;
		ensure!(Counts::<T>::get(author) == Some(SlotCount::FILLED), "the block counts");
		Ok(())
	}

	/// Dearest when all have different secondary authors, and nobody has the author as such.
	#[benchmark]
	fn count_skipped(s: Linear<0, { T::MaxSkipped::get() }>) -> Result<(), BenchmarkError> {
		let count = T::MaxValidators::get();
		let epoch = Epoch {
			first: SLOT.into(),
			length: SLOT,
			validators: (0..count).map(|number| account("validator", number, 0)).collect(),
			disabled: Vec::new(),
			randomness: [0; 32],
			has_secondary_authors: true,
		};
		let looked_at;

		#[block]
		{
			looked_at = Pallet::<T>::count(&epoch, 0, (SLOT.into(), s));
		}

		ensure!(looked_at == s, "each slot is looked at");
		let assigned =
			Counts::<T>::iter_values().map(|slots| slots.assigned).fold(0, u32::saturating_add);
		ensure!(assigned == s.saturating_add(1), "each slot counts");
		Ok(())
	}

	/// Dearest when as many are silent as may be chilled, each has a full history and a slash that is due, and an old era
	/// goes. Nobody has stake in that era: how staking slashes is not measured here.
	#[benchmark]
	fn close_era(v: Linear<4, { T::MaxValidators::get() }>) -> Result<(), BenchmarkError> {
		let validators = T::BenchmarkHelper::validators(v)?;
		let era = T::Validators::era();
		let next = era.saturating_add(1);
		let old = era.saturating_sub(T::HistoryDepth::get());
		for (validator, is_silent) in
			validators.iter().zip([false, false, true].into_iter().cycle())
		{
			Counts::<T>::insert(validator, many::<T>(is_silent));
			fill_history::<T>(validator, old, Some(next));
		}
		performances::<T>(era.saturating_sub(1), &validators);
		performances::<T>(old, &validators);
		T::BenchmarkHelper::defer(next, &validators);

		#[block]
		{
			Pallet::<T>::close_era();
		}

		ensure!(LastClosed::<T>::get() == Some(era), "the era is closed");
		ensure!(Performances::<T>::iter_prefix(old).next().is_none(), "the old era is gone");
		let chilled = |performance: &Performance| {
			performance.consequence == Consequence::Silent { chilled: true }
		};
		let count = Performances::<T>::iter_prefix_values(era).filter(chilled).count();
		ensure!(count > 0, "silent validators are chilled");
		Ok(())
	}

	/// Dearest when each offender has a full history.
	#[benchmark]
	fn record_offences(o: Linear<1, { T::MaxValidators::get() }>) -> Result<(), BenchmarkError> {
		let validators = T::BenchmarkHelper::validators(o)?;
		let era = T::Validators::era();
		let until = T::Slashes::due(era);
		for validator in &validators {
			fill_history::<T>(validator, era, None);
		}
		let offenders: Vec<_> = validators
			.iter()
			.map(|validator| OffenceDetails {
				offender: (validator.clone(), ()),
				reporters: vec![validator.clone()],
			})
			.collect();
		let fractions = vec![Perbill::one(); offenders.len()];

		#[block]
		{
			RecordsOffences::<T, Defers<T>>::on_offence(
				&offenders,
				&fractions,
				T::Validators::session(),
			);
		}

		let count = DueSlashes::<T>::iter_prefix(until).count();
		ensure!(count == validators.len(), "each slash is remembered");
		Ok(())
	}

	/// Dearest when slashes of all validators wait for the same era.
	#[benchmark]
	fn cancel_slash() -> Result<(), BenchmarkError> {
		let validators = T::BenchmarkHelper::validators(T::MaxValidators::get())?;
		let era = T::Validators::era();
		let until = T::Slashes::due(era);
		T::BenchmarkHelper::defer(until, &validators);
		let validator = validators.last().ok_or("there are validators")?.clone();
		fill_history::<T>(&validator, era, Some(until));
		let origin = T::SlashCancelOrigin::try_successful_origin()
			.map_err(|()| BenchmarkError::Weightless)?;

		#[extrinsic_call]
		_(origin as T::RuntimeOrigin, validator.clone(), era);

		let waits = |record: SlashRecord<_>| record.state.waits_for(until);
		let history = SlashHistory::<T>::get(&validator);
		ensure!(!history.into_iter().any(waits), "no slash waits any more");
		Ok(())
	}

	/// Runs every benchmark once, and says which failed: for another mock than the suite's.
	#[cfg(test)]
	pub fn failures<T: Config>() -> Vec<(&'static str, BenchmarkError)> {
		let runs = [
			("count_block", Pallet::<T>::test_benchmark_count_block as fn() -> _),
			("count_skipped", Pallet::<T>::test_benchmark_count_skipped),
			("close_era", Pallet::<T>::test_benchmark_close_era),
			("record_offences", Pallet::<T>::test_benchmark_record_offences),
			("cancel_slash", Pallet::<T>::test_benchmark_cancel_slash),
		];
		let failed =
			|(name, run): (_, fn() -> Result<(), _>)| run().err().map(|error| (name, error));
		runs.into_iter().filter_map(failed).collect()
	}

	impl_benchmark_test_suite!(Pallet, crate::mock::new_test_ext(), crate::mock::Test);
}

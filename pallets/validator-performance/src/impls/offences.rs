//! What passes through the pallet on the way of an offence from who sees it to who slashes.

use crate::*;
use alloc::vec::Vec;
use core::marker::PhantomData;
use frame_support::weights::Weight;
use sp_runtime::Perbill;
use sp_staking::{
	offence::{Offence, OffenceDetails, OffenceError, OnOffenceHandler, ReportOffence},
	EraIndex, SessionIndex,
};

/// Passes reports on to `Inner`, and remembers their kind meanwhile: [`RecordsOffences`] is not told of it.
pub struct NamesOffences<T, Inner>(PhantomData<(T, Inner)>);

impl<T, Inner, Reporter, Offender, O> ReportOffence<Reporter, Offender, O>
	for NamesOffences<T, Inner>
where
	T: Config,
	Inner: ReportOffence<Reporter, Offender, O>,
	O: Offence<Offender>,
{
	fn report_offence(reporters: Vec<Reporter>, offence: O) -> Result<(), OffenceError> {
		Reporting::<T>::put(O::ID);
		let reported = Inner::report_offence(reporters, offence);
		Reporting::<T>::kill();
		reported
	}

	fn is_known_offence(offenders: &[Offender], time_slot: &O::Slot) -> bool {
		Inner::is_known_offence(offenders, time_slot)
	}
}

/// Lets `Inner` slash, and remembers what it did.
pub struct RecordsOffences<T, Inner>(PhantomData<(T, Inner)>);

impl<T, Inner, Identification>
	OnOffenceHandler<T::AccountId, (T::AccountId, Identification), Weight>
	for RecordsOffences<T, Inner>
where
	T: Config,
	Inner: OnOffenceHandler<T::AccountId, (T::AccountId, Identification), Weight>,
{
	fn on_offence(
		offenders: &[OffenceDetails<T::AccountId, (T::AccountId, Identification)>],
		fractions: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		let Some(era) = T::Slashes::era_of(session) else {
			return Inner::on_offence(offenders, fractions, session);
		};
		let until = T::Slashes::due(era);
		let before = T::Slashes::waiting(until).len();
		let weight = Inner::on_offence(offenders, fractions, session);
		let reported = offenders.iter().zip(fractions).map(|(details, fraction)| Reported {
			validator: &details.offender.0,
			reporter: details.reporters.first(),
			fraction: *fraction,
		});
		let deferred = T::Slashes::waiting(until).into_iter().skip(before).collect();
		Pallet::<T>::record_all(reported, era, deferred);
		let count = offenders.len().try_into().unwrap_or(u32::MAX);
		weight.saturating_add(T::WeightInfo::record_offences(count))
	}
}

/// An offender, and what it is to be slashed with.
pub(crate) struct Reported<'a, AccountId> {
	pub validator: &'a AccountId,
	pub reporter: Option<&'a AccountId>,
	pub fraction: Perbill,
}

impl<T: Config> Pallet<T> {
	/// Remembers offences of `era`. Some of them, in their order, led to the slashes that were `deferred`.
	fn record_all<'a>(
		reported: impl Iterator<Item = Reported<'a, T::AccountId>>,
		era: EraIndex,
		deferred: Vec<WaitingSlash<T::AccountId>>,
	) {
		let offence = Reporting::<T>::get().map_or(OffenceKind::Unknown, OffenceKind::from);
		let until = T::Slashes::due(era);
		// Nothing is taken from there any more: the slashes of an era are applied when it begins.
		let is_late = until <= T::Validators::era();
		let mut deferred = deferred.into_iter().peekable();
		for Reported { validator, reporter, fraction } in reported {
			let (state, amount) = match deferred.next_if(|slash| slash.validator == *validator) {
				Some(slash) if !is_late => (SlashState::Deferred { until }, slash.amount),
				_ => (SlashState::NotTaken, SlashAmount::default()),
			};
			let reporter = reporter.cloned();
			let record = SlashRecord { offence, era, fraction, amount, reporter, state };
			Self::record(validator.clone(), record);
		}
	}
}

//! What clients may ask.

use crate::{runtime_api::MAX_PAGE, *};
use alloc::vec::Vec;
use sp_runtime::traits::SaturatedConversion;
use sp_staking::EraIndex;

impl<T: Config> Pallet<T> {
	/// How `validator` did its slots of `era`, or does them if it is the present one. `None` if it had none and did
	/// not validate, or if the era is not kept.
	pub fn performance(
		validator: T::AccountId,
		era: EraIndex,
	) -> Option<PerformanceInfo<T::AccountId>> {
		match Self::is_open(era) {
			true => Counts::<T>::get(&validator).map(|slots| {
				let points = T::Points::get(era);
				Self::open_info(validator, era, slots, &points)
			}),
			false => Performances::<T>::get(era, &validator)
				.map(|performance| Self::closed_info(validator, era, performance)),
		}
	}

	/// How those that validate did, or do, their slots of `era`, from the one after `after` on.
	pub fn performances(
		era: EraIndex,
		after: Option<T::AccountId>,
		limit: u32,
	) -> PerformancePage<T::AccountId> {
		let limit: usize = limit.clamp(1, MAX_PAGE).saturated_into();
		let mut page: Vec<_> = match (Self::is_open(era), after) {
			(true, None) => Self::open_page(era, Counts::<T>::iter(), limit),
			(true, Some(after)) => {
				let key = Counts::<T>::hashed_key_for(after);
				Self::open_page(era, Counts::<T>::iter_from(key), limit)
			},
			(false, None) => Self::closed_page(era, Performances::<T>::iter_prefix(era), limit),
			(false, Some(after)) => {
				let key = Performances::<T>::hashed_key_for(era, after);
				Self::closed_page(era, Performances::<T>::iter_prefix_from(era, key), limit)
			},
		};
		let has_more = page.len() > limit;
		page.truncate(limit);
		let next = page.last().filter(|_| has_more).map(|info| info.validator.clone());
		PerformancePage { performances: page, next }
	}

	/// The offences of `validator` that are remembered, the oldest first.
	pub fn slash_history(validator: T::AccountId) -> Vec<SlashRecord<T::AccountId>> {
		SlashHistory::<T>::get(validator).into_inner()
	}

	/// Whether `era` is the one whose blocks are counted.
	fn is_open(era: EraIndex) -> bool {
		era == T::Validators::era() && LastClosed::<T>::get().is_none_or(|last| last < era)
	}

	/// One more than `limit`, if there are as many.
	fn open_page(
		era: EraIndex,
		counts: impl Iterator<Item = (T::AccountId, SlotCount)>,
		limit: usize,
	) -> Vec<PerformanceInfo<T::AccountId>> {
		let points = T::Points::get(era);
		let page = counts.take(limit.saturating_add(1));
		page.map(|(validator, slots)| Self::open_info(validator, era, slots, &points)).collect()
	}

	/// One more than `limit`, if there are as many.
	fn closed_page(
		era: EraIndex,
		performances: impl Iterator<Item = (T::AccountId, Performance)>,
		limit: usize,
	) -> Vec<PerformanceInfo<T::AccountId>> {
		let page = performances.take(limit.saturating_add(1));
		page.map(|(validator, performance)| Self::closed_info(validator, era, performance))
			.collect()
	}

	/// How `validator` stands, as if the era ended now.
	fn open_info(
		validator: T::AccountId,
		era: EraIndex,
		slots: SlotCount,
		points: &Points<T::AccountId>,
	) -> PerformanceInfo<T::AccountId> {
		let mut performance = Self::performance_of(era, &validator, slots);
		let before = points.individual.get(&validator).copied().unwrap_or_default();
		performance.points = Self::reward().of(before, slots, performance.is_silent());
		let info = Self::closed_info(validator, era, performance);
		PerformanceInfo { consequence: None, ..info }
	}

	fn closed_info(
		validator: T::AccountId,
		era: EraIndex,
		performance: Performance,
	) -> PerformanceInfo<T::AccountId> {
		let Performance { slots, carried, points, consequence } = performance;
		PerformanceInfo {
			validator,
			era,
			slots,
			carried,
			uptime: slots.uptime(),
			factor: points.factor(),
			points,
			consequence: Some(consequence),
		}
	}
}

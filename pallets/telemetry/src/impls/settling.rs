//! What a window comes to, when nobody can reveal a digest of it any more.

use super::REVEAL_LAG;
use crate::*;
use aitbc_anomaly::Value;
use aitbc_core::Balance;
use aitbc_telemetry::{in_band, FeedValue, Series};
use aitbc_traits::ReporterInspect;
use alloc::vec::Vec;
use frame_support::{traits::Get, weights::Weight};
use sp_runtime::traits::SaturatedConversion;

/// A digest that was revealed, and what its reporter has at stake.
struct Revelation<AccountId> {
	reporter: AccountId,
	stake: Balance,
	values: SharedValues,
}

impl<T: Config> Pallet<T> {
	/// Settles the window that is due, if the present one has just begun, and forgets what is not kept.
	/// Says what that weighs.
	pub(crate) fn settle_due() -> Weight {
		let forgetting = T::WeightInfo::forget_reports(Self::forget_reports());
		let present = Self::present_window();
		// Also where none is due yet, as in the first windows of a chain.
		if Self::is_first_block() {
			CommitmentCount::<T>::kill();
		}
		let due = present.checked_sub(REVEAL_LAG.saturating_add(1));
		let next = NextToSettle::<T>::get().unwrap_or_default();
		let Some(window) = due.filter(|due| next <= *due) else { return forgetting };
		// Blocks are not left out, so no window is either, but for those before the pallet was there.
		NextToSettle::<T>::put(window.saturating_add(1));
		let expired = Self::turn_era();
		let (reporters, alarms) = Self::settle(window);
		forgetting.saturating_add(T::WeightInfo::settle(reporters.max(expired), alarms))
	}

	/// The most reports of one window.
	pub(crate) fn most_alarms() -> u32 {
		T::MaxReporters::get().saturating_mul(T::MaxReports::get())
	}

	/// Settles `window`, and says how many had committed to digests of it, and reported in it.
	fn settle(window: Window) -> (u32, u32) {
		let mut revelations = Vec::new();
		let mut committed = 0u32;
		for (reporter, _) in Commitments::<T>::drain_prefix(window) {
			committed = committed.saturating_add(1);
			match Revealed::<T>::take(window, &reporter) {
				Some(values) => {
					let stake = T::Reporters::stake(&reporter);
					revelations.push(Revelation { reporter, stake, values });
				},
				None => Self::miss(window, reporter),
			}
		}
		let feed = feed_of(&revelations);
		if !revelations.is_empty() {
			Feeds::<T>::insert(window, feed);
			let points = Self::rate(&revelations, &feed);
			Self::deposit_event(Event::FeedSettled { window, feed, points });
		}
		if let Some(old) = window.checked_sub(T::KeptFeeds::get()) {
			Feeds::<T>::remove(old);
		}
		// As with digests: with fewer, there is nothing to compare with, and two alone would confirm each
		// other's alarms.
		let is_comparable = feed.reporters >= T::MinReporters::get();
		let alarms = Self::settle_alarms(window, if is_comparable { feed.stake } else { 0 });
		(committed, alarms)
	}

	/// Punishes `reporter` for a digest that it did not reveal.
	fn miss(window: Window, reporter: T::AccountId) {
		let penalty = Self::punish(&reporter, T::MissPenalty::get());
		Records::<T>::mutate(&reporter, |record| {
			record.missed = record.missed.saturating_add(1);
		});
		Self::deposit_event(Event::DigestMissed { reporter, window, penalty });
	}

	/// Gives a point to each whose digest is in the band of `feed`, and says how many those are.
	fn rate(revelations: &[Revelation<T::AccountId>], feed: &Feed) -> u32 {
		if feed.reporters < T::MinReporters::get() {
			return 0;
		}
		let mut points = 0u32;
		for Revelation { reporter, values, .. } in revelations {
			let is_in_band = is_in_band(values, feed);
			Records::<T>::mutate(reporter, |record| {
				let counter =
					if is_in_band { &mut record.in_band } else { &mut record.out_of_band };
				*counter = counter.saturating_add(1);
			});
			if is_in_band {
				Self::earn(reporter, 1);
				points = points.saturating_add(1);
			}
		}
		points
	}
}

/// What the reporters of `revelations` saw.
fn feed_of<AccountId>(revelations: &[Revelation<AccountId>]) -> Feed {
	let mut feed = Feed {
		reporters: revelations.len().saturated_into(),
		stake: revelations.iter().fold(0, |sum: Balance, one| sum.saturating_add(one.stake)),
		..Feed::default()
	};
	for (position, value) in feed.values.iter_mut().enumerate() {
		let mut seen: Vec<(Value, Balance)> = revelations
			.iter()
			.filter_map(|one| Some(((*one.values.get(position)?)?, one.stake)))
			.collect();
		*value = FeedValue::of(&mut seen);
	}
	feed
}

/// Whether a digest gives a shared value, and each that it gives is in the band of `feed`.
fn is_in_band(values: &SharedValues, feed: &Feed) -> bool {
	let given = || {
		let series = Series::SHARED.into_iter().zip(values).zip(&feed.values);
		series.filter_map(|((series, value), feed)| Some((series, (*value)?, (*feed)?)))
	};
	given().next().is_some()
		&& given().all(|(series, value, feed)| {
			in_band(value, &feed, series.tolerance().unwrap_or_default())
		})
}

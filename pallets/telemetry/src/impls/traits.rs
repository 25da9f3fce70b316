//! What others may ask of telemetry.

use crate::*;
use aitbc_telemetry::Series;
use aitbc_traits::{Anomaly, AnomalyInspect, FeedInspect, Reading};

/// How many windows back a feed is looked for: more than it takes to settle one. Where nobody revealed,
/// there is none.
const LATEST_WITHIN: Window = 8;

impl<T: Config> FeedInspect for Pallet<T> {
	fn window() -> Window {
		Self::present_window()
	}

	fn latest(series: Series) -> Option<Reading> {
		let place = Series::SHARED.iter().position(|shared| *shared == series)?;
		let next = NextToSettle::<T>::get()?;
		(1..=LATEST_WITHIN).find_map(|back| {
			let window = next.checked_sub(back)?;
			let feed = Feeds::<T>::get(window)?;
			let value = feed.values.get(place).copied().flatten()?;
			Some(Reading { window, median: value.median, spread: value.spread })
		})
	}
}

impl<T: Config> AnomalyInspect<T::AccountId> for Pallet<T> {
	fn anomaly(report: u64) -> Option<Anomaly<T::AccountId>> {
		let found = Reports::<T>::get(ReportId(report))?;
		let RawHash(evidence) = found.evidence;
		Some(Anomaly { report, reporter: found.reporter, series: found.alarm.series, evidence })
	}
}

//! Tests of what others ask of telemetry.

use crate::{
	mock::{Telemetry, *},
	*,
};
use aitbc_anomaly::Value;
use aitbc_telemetry::{FeedValue, Series};
use aitbc_traits::{AnomalyInspect, FeedInspect, Reading};

/// Stores a feed in which the finality lag was so many blocks.
fn put_feed(window: Window, lag: i64) {
	let value = FeedValue {
		median: Value::from_integer(lag),
		spread: Value::from_integer(1),
		reporters: 3,
	};
	let values = Series::SHARED.map(|series| (series == Series::FinalityLag).then_some(value));
	Feeds::<Test>::insert(window, Feed { reporters: 3, stake: 1, values });
}

fn latest() -> Option<Reading> {
	<Telemetry as FeedInspect>::latest(Series::FinalityLag)
}

#[test]
fn latest_should_be_the_newest_feed_that_has_the_series() {
	build_and_execute(|| {
		assert_eq!(latest(), None);
		NextToSettle::<Test>::put(20);
		put_feed(17, 5);
		put_feed(16, 9);

		let (median, spread) = (Value::from_integer(5), Value::from_integer(1));
		assert_eq!(latest(), Some(Reading { window: 17, median, spread }));
		assert_eq!(<Telemetry as FeedInspect>::latest(Series::BlockTime), None);
		assert_eq!(<Telemetry as FeedInspect>::latest(Series::Cpu), None);
		assert_eq!(<Telemetry as FeedInspect>::window(), Telemetry::present_window());
	});
}

#[test]
fn latest_should_be_none_when_nobody_revealed_lately() {
	// Feeds that are kept for longer than this mock keeps them.
	new_test_ext().execute_with(|| {
		NextToSettle::<Test>::put(20);
		put_feed(11, 5);
		assert_eq!(latest(), None);
		put_feed(12, 5);
		assert!(latest().is_some());
	});
}

#[test]
fn anomaly_should_be_found_by_its_report() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		let id = report(ALICE, Series::Cpu);

		let found = <Telemetry as AnomalyInspect<_>>::anomaly(id.0).expect("it is kept");

		assert_eq!((found.report, found.reporter), (id.0, ALICE));
		assert_eq!((found.series, found.evidence), (Series::Cpu, EVIDENCE.0));
		assert!(<Telemetry as AnomalyInspect<_>>::anomaly(id.0 + 1).is_none());
	});
}

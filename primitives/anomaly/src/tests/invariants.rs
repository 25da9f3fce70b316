//! What holds whatever is measured, on random input.
//!
//! A failure prints the smallest input that fails and its seed, which proptest keeps in
//! `proptest-regressions/` and replays in every run of
//! `cargo test --release -p aitbc-anomaly invariants`. `PROPTEST_CASES=1000000` before it asks for a
//! million cases. Arithmetic that overflows panics in a build with debug assertions.

use crate::*;
use codec::{Decode, Encode, MaxEncodedLen};
use proptest::{collection::vec, prelude::*};

/// Values from the least to the greatest, and small ones.
fn value() -> impl Strategy<Value = Value> {
	let millionths = prop_oneof![
		Just(0),
		Just(1),
		Just(i64::MIN),
		Just(i64::MAX),
		-1_000..1_000i64,
		-1_000_000_000..1_000_000_000i64,
		any::<i64>(),
	];
	millionths.prop_map(Value::from_millionths)
}

fn time() -> impl Strategy<Value = Option<Timestamp>> {
	prop_oneof![
		Just(None),
		Just(Some(u64::MAX)),
		(0..100_000_000u64).prop_map(Some),
		any::<u64>().prop_map(Some)
	]
	.prop_map(|seconds| seconds.map(Timestamp))
}

/// A stretch of a series: constant, a ramp, steps, random values, or values by turns.
fn stretch() -> impl Strategy<Value = Vec<Value>> {
	let repeated = |(value, count)| vec![value; count];
	let ramp = |(first, step, count): (Value, i64, usize)| {
		let mut millionths = first.millionths();
		let next = move || {
			millionths = millionths.saturating_add(step);
			Value::from_millionths(millionths)
		};
		core::iter::repeat_with(next).take(count).collect::<Vec<_>>()
	};
	prop_oneof![
		(value(), 1..200usize).prop_map(repeated),
		(value(), any::<i64>(), 1..200usize).prop_map(ramp),
		(value(), -1_000_000..1_000_000i64, 1..200usize).prop_map(ramp),
		(vec(value(), 1..20), 1..10usize).prop_map(|(values, times)| values.repeat(times)),
		vec(value(), 1..200),
	]
}

/// Points at times that may jump, repeat or run backwards.
fn series() -> impl Strategy<Value = Vec<Point>> {
	(vec(stretch(), 1..5), vec(time(), 1..50), any::<bool>()).prop_map(
		|(values, times, is_regular)| {
			let at = |i: usize| match is_regular {
				true => Some(Timestamp(1_396_310_400 + i as u64 * 300)),
				false => times[i % times.len()],
			};
			let values = values.concat().into_iter().enumerate();
			values.map(|(i, value)| Point { value, at: at(i) }).collect()
		},
	)
}

proptest! {
	#[test]
	fn verdict_should_be_in_bounds_whatever_is_measured(points in series()) {
		let mut monitor = Monitor::default();
		for point in &points {
			let verdict = monitor.observe(point);
			prop_assert!((Score::ZERO..=Score::ONE).contains(&verdict.score));
			prop_assert!(verdict.score <= Score::from(verdict.evidence));
			prop_assert!(verdict.explanation.evidence <= verdict.evidence || verdict.evidence == Evidence::NONE);
		}
		prop_assert_eq!(monitor.encoded_size(), Monitor::max_encoded_len());
	}

	#[test]
	fn verdict_should_be_the_same_when_points_are_seen_again(points in series()) {
		let observe = || {
			let mut monitor = Monitor::default();
			points.iter().map(|point| monitor.observe(point)).collect::<Vec<_>>()
		};
		prop_assert_eq!(observe(), observe());
	}

	#[test]
	fn verdict_should_not_depend_on_what_comes_later(points in series(), more in series()) {
		let observe = |points: &[Point]| {
			let mut monitor = Monitor::default();
			points.iter().map(|point| monitor.observe(point)).collect::<Vec<_>>()
		};
		let both = observe(&[&*points, &*more].concat());
		prop_assert_eq!(&both[..points.len()], observe(&points));
	}

	#[test]
	fn monitor_should_go_on_when_its_state_is_garbage(
		bytes in vec(any::<u8>(), Monitor::max_encoded_len()),
		points in series(),
	) {
		if let Ok(mut monitor) = Monitor::decode(&mut &*bytes) {
			for point in &points {
				monitor.observe(point);
			}
		}
	}

	#[test]
	fn trend_should_be_in_order_whatever_is_measured(
		samples in vec((time(), value()), 0..60),
		limit in value(),
	) {
		let mut trend = Trend::default();
		for (at, value) in samples {
			trend.observe(at.unwrap_or_default(), value);
			for limit in [Limit::AtLeast(limit), Limit::AtMost(limit)] {
				let Some(crossing) = trend.crossing(limit) else { continue };
				let never = u64::MAX;
				let (earliest, expected, latest) = (
					crossing.earliest.unwrap_or(never),
					crossing.expected.unwrap_or(never),
					crossing.latest.unwrap_or(never),
				);
				prop_assert!(earliest <= expected && expected <= latest, "{:?}", crossing);
			}
		}
	}

	#[test]
	fn trend_should_go_on_when_its_state_is_garbage(
		bytes in vec(any::<u8>(), Trend::max_encoded_len()),
		sample in (time(), value()),
		limit in value(),
	) {
		if let Ok(mut trend) = Trend::decode(&mut &*bytes) {
			trend.observe(sample.0.unwrap_or_default(), sample.1);
			trend.crossing(Limit::AtLeast(limit));
			trend.crossing(Limit::AtMost(limit));
		}
	}

	#[test]
	fn value_should_be_read_or_refused_whatever_the_text(text in "[-+0-9.eE]{0,40}|.{0,20}") {
		if let Ok(value) = text.parse::<Value>() {
			prop_assert!(value.millionths().unsigned_abs() <= Value::LIMIT.unsigned_abs());
			prop_assert_eq!(value.to_string().parse(), Ok(value));
		}
	}

	#[test]
	fn value_should_be_the_nearest_millionth(ones in -1_000_000_000_000i64..1_000_000_000_000, rest in 0..100_000_000u64) {
		let value: Value = format!("{ones}.{rest:08}").parse().unwrap();
		let rounded = ((rest + 50) / 100) as i64;
		let expected = ones * 1_000_000 + if ones < 0 { -rounded } else { rounded };
		prop_assert_eq!(value.millionths(), expected);
	}
}

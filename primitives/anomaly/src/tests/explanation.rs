//! What a verdict says of why.

use super::golden::series;
use crate::*;

/// The verdicts of the golden series, with what `change` makes of it.
fn verdicts(change: impl Fn(usize, &mut Point)) -> Vec<Verdict> {
	let mut monitor = Monitor::default();
	let mut verdict = |(i, mut point)| {
		change(i, &mut point);
		monitor.observe(&point)
	};
	series().take(2_200).enumerate().map(&mut verdict).collect()
}

#[test]
fn explanation_should_name_the_value_when_it_is_a_spike() {
	let verdict = verdicts(|_, _| ())[1_500];
	assert!(verdict.is_alarm());
	let explanation = verdict.explanation;
	assert!(matches!(explanation.feature, Feature::Value | Feature::Season), "{explanation:?}");
	assert!(explanation.seen.millionths() > 165_000_000, "{explanation:?}");
	assert!(explanation.expected.millionths() < 85_000_000, "{explanation:?}");
}

#[test]
fn explanation_should_name_the_season_when_a_day_is_missing() {
	// The eighth day stays as low as its night.
	let verdicts = verdicts(|i, point| {
		point.at = Some(Timestamp(1_396_310_400 + i as u64 * 300));
		if (2_016..2_304).contains(&i) && point.value.millionths() >= 80_000_000 {
			point.value = Value::from_millionths(point.value.millionths() - 60_000_000);
		}
	});
	let alarm = verdicts[2_016..].iter().find(|verdict| verdict.is_alarm()).unwrap();
	let feature = alarm.explanation.feature;
	assert!(matches!(feature, Feature::Season | Feature::SeasonalMean), "{:?}", alarm.explanation);
}

#[test]
fn alarm_should_be_raised_without_times_when_the_value_is_a_spike() {
	let verdict = verdicts(|_, point| point.at = None)[1_500];
	assert!(verdict.is_alarm(), "{verdict:?}");
}

#[test]
fn alarms_should_be_as_many_when_the_series_is_upside_down() {
	let alarms =
		|verdicts: Vec<Verdict>| verdicts.iter().filter(|verdict| verdict.is_alarm()).count();
	let flipped =
		verdicts(|_, point| point.value = Value::from_millionths(-point.value.millionths()));
	assert_eq!(alarms(verdicts(|_, _| ())), alarms(flipped));
}

#[test]
fn score_should_be_zero_when_the_series_is_constant() {
	let mut monitor = Monitor::default();
	for i in 0..5_000 {
		let point = Point { value: Value::from_integer(7), at: Some(Timestamp(i * 300)) };
		assert_eq!(monitor.observe(&point).evidence, Evidence::NONE);
	}
}

#[test]
fn score_should_be_zero_when_the_series_has_just_begun() {
	let mut monitor = Monitor::default();
	let begin = series().zip(0..WARM_UP);
	assert!(begin
		.map(|(point, _)| monitor.observe(&point))
		.all(|verdict| verdict.score == Score::ZERO));
}

/// How many MiB of a disk are free while a database grows a little now and then; at the 300th point,
/// 400 MiB are gone.
fn disk() -> impl Iterator<Item = Point> {
	(0..400u64).map(|i| {
		let lost = if i < 300 { 0 } else { 400_000_000 };
		let grown = i / 45 * 500_000;
		let value = Value::from_millionths(4_093_900_000 - (grown + lost) as i64);
		Point { value, at: Some(Timestamp(i * 3)) }
	})
}

/// The points of [`disk`] at which there is an alarm.
fn alarms(grain: Grain) -> Vec<usize> {
	let mut monitor = Monitor::default();
	let verdicts = disk().map(|point| monitor.observe_coarsely(&point, grain)).enumerate();
	verdicts.filter(|(_, verdict)| verdict.is_alarm()).map(|(i, _)| i).collect()
}

#[test]
fn alarm_should_be_of_differences_that_matter_when_there_is_a_grain() {
	assert!(alarms(Grain::NONE).iter().any(|i| *i < 300), "{:?}", alarms(Grain::NONE));
	assert_eq!(alarms(Grain::from_millionths(64_000_000)).first(), Some(&300));
	assert!(alarms(Grain::from_millionths(401_000_000)).is_empty());
}

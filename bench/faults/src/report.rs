//! Tables of what was found, in Markdown.

use crate::{
	judge::{is_forecast, perfect, Outcome, Rules},
	labels::{Fault, FaultSet},
	watch::{self, Raised, Settings},
};
use aitbc_anomaly::{Limit, Score};
use aitbc_telemetry::{Cause, Readings, Series};
use clap::ValueEnum;
use std::collections::BTreeMap;

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Table {
	/// What was injected.
	Faults,
	/// Ours beside chance.
	Overall,
	/// Each fault: where it was found, by what, and when.
	Fault,
	/// Each series that a fault drives towards its limit, and how long before it was told.
	Limits,
	/// Alarms by series.
	Series,
	/// Ours with other settings.
	Ablation,
	/// Every alarm.
	Alarms,
}

impl Table {
	/// Those that are printed unless one is asked for.
	pub const SCORES: [Self; 6] =
		[Self::Faults, Self::Fault, Self::Limits, Self::Overall, Self::Series, Self::Ablation];
}

/// A set, and the alarms that were raised on it.
pub struct Scored {
	set: FaultSet,
	rules: Rules,
	alarms: Vec<Raised>,
}

impl Scored {
	/// Runs the watcher over the set.
	pub fn new(set: FaultSet, rules: Rules, settings: Settings) -> Self {
		let alarms = watch::alarms(&set, settings);
		Self { set, rules, alarms }
	}

	/// A table of it.
	pub fn table(&self, table: Table) -> String {
		let Self { set, rules, alarms } = self;
		match table {
			Table::Faults => faults(set),
			Table::Overall => overall(set, *rules, alarms),
			Table::Fault => by_fault(set, *rules, alarms),
			Table::Limits => limits(set, *rules, alarms),
			Table::Series => by_series(set, *rules, alarms),
			Table::Ablation => ablation(set, *rules),
			Table::Alarms => list(set, *rules, alarms),
		}
	}
}

/// Minutes and seconds.
fn clock(milliseconds: u64) -> String {
	let seconds = (milliseconds + 500) / 1_000;
	format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn percent(share: Option<f64>) -> String {
	share.map_or("none".into(), |share| format!("{:.0} %", share * 100.0))
}

/// One time, or from the least to the greatest of several.
fn span(mut times: Vec<u64>) -> String {
	times.sort_unstable();
	match &times[..] {
		[] => "".into(),
		[first, .., last] if clock(*first) != clock(*last) => {
			format!("{} to {}", clock(*first), clock(*last))
		},
		[first, ..] => clock(*first),
	}
}

/// What each node's first alarm in the fault's time is about, and how long after the start it is.
fn firsts(
	rules: Rules,
	fault: &Fault,
	alarms: &[Raised],
	counts: impl Fn(&Raised) -> bool,
) -> (usize, String, String) {
	let first = |node: &String| {
		rules.of_fault(fault, node, alarms).into_iter().find(|raised| counts(raised))
	};
	let found: Vec<_> = fault.nodes.iter().filter_map(first).collect();
	let mut series = BTreeMap::<_, usize>::new();
	for raised in &found {
		*series.entry(raised.alarm.series).or_default() += 1;
	}
	let several = |(series, nodes): (Series, usize)| match (found.len(), nodes) {
		(1, _) => series.to_string(),
		_ => format!("{series} ({nodes})"),
	};
	let series = series.into_iter().map(several).collect::<Vec<_>>().join(", ");
	let after = span(found.iter().map(|raised| raised.alarm.at - fault.start).collect());
	(found.len(), series, after)
}

/// Each fault: on how many nodes it was found, by what, and when.
fn by_fault(set: &FaultSet, rules: Rules, alarms: &[Raised]) -> String {
	let mut table = String::from(
		"| fault | lasted | found | first alarm | after | found by its own series | first of these | after |\n\
		 |---|---|---|---|---|---|---|---|\n",
	);
	for fault in &set.labels.faults {
		let nodes = fault.nodes.len();
		let (any, series, after) = firsts(rules, fault, alarms, |_| true);
		let is_own = |raised: &Raised| fault.series.contains(&raised.alarm.series);
		let (own, own_series, own_after) = firsts(rules, fault, alarms, is_own);
		table += &format!(
			"| {} | {} | {any} of {nodes} | {series} | {after} | {own} of {nodes} | {own_series} | {own_after} |\n",
			fault.fault,
			clock(fault.end - fault.start),
		);
	}
	table
}

/// When a series was at its limit in the fault's time, in milliseconds after the start; or when it would
/// have been, had the fault gone on at its own pace.
enum Met {
	At(u64),
	WouldBe(u64),
	Never,
}

fn met(set: &FaultSet, fault: &Fault, node: &str, series: Series, limit: Limit) -> Met {
	let rows = set.recordings.get(node).map(Vec::as_slice).unwrap_or_default();
	let within = rows.iter().filter(|row| (fault.start..=fault.end).contains(&row.at));
	let values: Vec<_> =
		within.filter_map(|row| Some((row.at, row.sample?.value(series)?.millionths()))).collect();
	let (limit, sign) = match limit {
		Limit::AtLeast(limit) => (limit.millionths(), 1),
		Limit::AtMost(limit) => (limit.millionths(), -1),
	};
	let distance = |value: i64| (limit - value) * sign;
	if let Some((at, _)) = values.iter().find(|(_, value)| distance(*value) <= 0) {
		return Met::At(at - fault.start);
	}
	let (Some((first, from)), Some((last, to))) = (values.first(), values.last()) else {
		return Met::Never;
	};
	let (left, gone) = (distance(*to) as f64, (to - from) as f64 * sign as f64);
	if gone <= 0.0 {
		return Met::Never;
	}
	Met::WouldBe(last - fault.start + (left / gone * (last - first) as f64) as u64)
}

/// Each series that a fault drives towards its limit: when that is met, and when it was first told, by an
/// anomaly and by a forecast.
fn limits(set: &FaultSet, rules: Rules, alarms: &[Raised]) -> String {
	let mut table = String::from(
		"| fault | node | series | limit met after | first anomaly after | lead | first forecast after | lead |\n\
		 |---|---|---|---|---|---|---|---|\n",
	);
	for fault in &set.labels.faults {
		for node in &fault.nodes {
			for series in fault.series.iter().copied().filter(|one| Series::FORECAST.contains(one))
			{
				let Some(limit) = limit_of(set, node, series) else { continue };
				let (met, shown) = match met(set, fault, node, series, limit) {
					Met::At(met) => (met, clock(met)),
					Met::WouldBe(met) => (met, format!("({})", clock(met))),
					Met::Never => continue,
				};
				let [anomaly, forecast] = [false, true].map(|forecast| {
					let alarms = rules.of_fault(fault, node, alarms).into_iter();
					let mut alarms = alarms.filter(|raised| {
						raised.alarm.series == series && is_forecast(raised) == forecast
					});
					alarms.next().map_or("none | ".into(), |raised| {
						let after = raised.alarm.at - fault.start;
						let lead = match met >= after {
							true => clock(met - after),
							false => format!("-{}", clock(after - met)),
						};
						format!("{} | {lead}", clock(after))
					})
				});
				table += &format!(
					"| {} | {node} | {series} | {shown} | {anomaly} | {forecast} |\n",
					fault.fault
				);
			}
		}
	}
	table
}

/// The limit of a series on a node, whose memory its rows tell.
fn limit_of(set: &FaultSet, node: &str, series: Series) -> Option<Limit> {
	let memory = set.recordings.get(node)?.iter().find_map(|row| row.memory);
	series.limit(&Readings { memory, ..Default::default() })
}

const OVERALL: &str = "\
| | alarms | right | precision | recall | recall, own series | faults found | false alarms an hour and node |
|---|---|---|---|---|---|---|---|
";

fn overall_row(name: &str, set: &FaultSet, outcome: Outcome) -> String {
	let hours = (set.labels.ended - set.labels.began) as f64 / 3_600_000.0;
	let wrong = (outcome.alarms - outcome.right) / hours / set.labels.nodes.len().max(1) as f64;
	let own = (outcome.pairs > 0.0).then(|| outcome.found_by_own / outcome.pairs);
	// A mean of counts is a fraction.
	let count = |count: f64| match count.fract() == 0.0 {
		true => format!("{count:.0}"),
		false => format!("{count:.1}"),
	};
	format!(
		"| {name} | {} | {} | {} | {} | {} | {} of {} | {wrong:.1} |\n",
		count(outcome.alarms),
		count(outcome.right),
		percent(outcome.precision()),
		percent(outcome.recall()),
		percent(own),
		count(outcome.faults_found),
		count(outcome.faults),
	)
}

/// Ours, beside what chance gives, and beside nothing and everything.
fn overall(set: &FaultSet, rules: Rules, alarms: &[Raised]) -> String {
	let anomalies: Vec<_> = alarms.iter().filter(|raised| !is_forecast(raised)).cloned().collect();
	[
		OVERALL.into(),
		overall_row("**ours**", set, rules.judge(set, alarms)),
		overall_row("without forecasts", set, rules.judge(set, &anomalies)),
		overall_row("by chance", set, rules.by_chance(set, alarms)),
		overall_row("null", set, rules.judge(set, &[])),
		overall_row("perfect", set, rules.judge(set, &perfect(set))),
	]
	.concat()
}

/// Each series: how many alarms there were, and how many of them were right.
fn by_series(set: &FaultSet, rules: Rules, alarms: &[Raised]) -> String {
	let mut table =
		String::from("| series | alarms | right | forecasts | right |\n|---|---|---|---|---|\n");
	for series in Series::WATCHED {
		let of = |forecast: bool| -> (usize, usize) {
			let is_of =
				|raised: &&Raised| raised.alarm.series == series && is_forecast(raised) == forecast;
			let right = |raised: &&Raised| rules.is_right(set, raised);
			let alarms = || alarms.iter().filter(is_of);
			(alarms().count(), alarms().filter(right).count())
		};
		let ((anomalies, right), (forecasts, right_forecasts)) = (of(false), of(true));
		table +=
			&format!("| {series} | {anomalies} | {right} | {forecasts} | {right_forecasts} |\n");
	}
	table
}

/// The same with other settings. Each row differs from the first one in one thing.
fn ablation(set: &FaultSet, rules: Rules) -> String {
	let ours = Settings::default();
	let mean = |mean| (format!("means of {mean} samples"), Settings { mean, ..ours });
	let held = |hold_back| {
		(format!("silent for the first {hold_back} samples"), Settings { hold_back, ..ours })
	};
	let grain = |percent| match percent {
		0 => ("without grains".into(), Settings { grain: 0, ..ours }),
		_ => (format!("grains of {percent} %"), Settings { grain: percent, ..ours }),
	};
	let score = |hundredths: u16| {
		let least_score = Score::from_parts((u32::from(hundredths) * 65_535 / 100) as u16);
		(format!("score of 0.{hundredths} at least"), Settings { least_score, ..ours })
	};
	let rows = [
		("**as the worker runs it**".into(), ours),
		mean(2),
		mean(5),
		mean(10),
		mean(20),
		held(100),
		held(200),
		grain(0),
		grain(50),
		grain(200),
		("without free disk".into(), Settings { left_out: Some(Series::DiskFree), ..ours }),
		score(40),
		score(50),
		score(60),
		score(75),
	];
	let row = |(name, settings): (String, Settings)| {
		overall_row(&name, set, rules.judge(set, &watch::alarms(set, settings)))
	};
	String::from(OVERALL) + &rows.into_iter().map(row).collect::<String>()
}

/// Every alarm, for looking at.
fn list(set: &FaultSet, rules: Rules, alarms: &[Raised]) -> String {
	let mut table = String::from("| at | node | series | why | right |\n|---|---|---|---|---|\n");
	for raised in alarms {
		let why = match raised.alarm.cause {
			Cause::Anomaly { score, feature, expected, seen } => {
				format!("score {score}, {feature:?}: {seen} instead of {expected}")
			},
			Cause::Crossing { expected, latest, .. } => {
				format!("limit in {expected} s, at the latest {latest} s")
			},
		};
		let right = if rules.is_right(set, raised) { "yes" } else { "no" };
		let at = clock(raised.alarm.at - set.labels.began);
		table +=
			&format!("| {at} | {} | {} | {why} | {right} |\n", raised.node, raised.alarm.series);
	}
	table
}

/// What was done, and how.
fn faults(set: &FaultSet) -> String {
	let mut table = String::from("| at | fault | nodes | how |\n|---|---|---|---|\n");
	for fault in &set.labels.faults {
		let at = clock(fault.start - set.labels.began);
		let nodes = fault.nodes.join(", ");
		table += &format!("| {at} | {} | {nodes} | {} |\n", fault.fault, fault.how);
	}
	table
}

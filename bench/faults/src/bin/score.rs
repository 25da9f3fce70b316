//! Scores the watcher on a fault set: `aitbc-fault-score DIR`.

use aitbc_anomaly::Score;
use aitbc_fault_bench::{
	docs,
	judge::{Rules, GRACE},
	labels::FaultSet,
	report::{Scored, Table},
	watch::Settings,
};
use aitbc_telemetry::Series;
use clap::Parser;
use std::{
	error::Error,
	fs,
	path::{Path, PathBuf},
	process::ExitCode,
};

/// Runs the watcher over the recordings of a fault set, as a node's worker does over its samples, and
/// compares its alarms with the labels.
#[derive(Parser)]
#[command(version)]
struct Arguments {
	/// The folder with `labels.json` and the recordings.
	set: PathBuf,
	/// Prints one table only.
	#[arg(long)]
	only: Option<Table>,
	/// Writes the tables of this set, by its folder's name, anew into a page.
	#[arg(long, conflicts_with = "only", value_name = "PAGE")]
	fill: Option<PathBuf>,
	/// Counts these nodes only; separated by commas.
	#[arg(long, value_delimiter = ',')]
	nodes: Option<Vec<String>>,
	/// How long after a fault's end alarms still belong to it, in seconds.
	#[arg(long, default_value_t = GRACE / 1_000)]
	grace: u64,
	/// Shows the watcher the means of so many samples.
	#[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
	mean: u16,
	/// Leaves out alarms of so many first samples.
	#[arg(long, default_value_t = 0)]
	hold_back: usize,
	/// Leaves out anomalies with a lesser score, from 0 to 1.
	#[arg(long)]
	least_score: Option<f64>,
	/// Leaves out the alarms of a series, such as `disk-free`.
	#[arg(long, value_name = "SERIES")]
	without: Option<Series>,
	/// Makes the grains of all series so many percent of what they are.
	#[arg(long, default_value_t = 100)]
	grain: u64,
}

fn main() -> ExitCode {
	let arguments = Arguments::parse();
	let set = match FaultSet::load(&arguments.set) {
		Ok(set) => set,
		Err(error) => {
			eprintln!("aitbc-fault-score: {error}");
			return ExitCode::FAILURE;
		},
	};
	let set = match &arguments.nodes {
		Some(nodes) => set.of_nodes(nodes),
		None => set,
	};
	let rules = Rules { grace: arguments.grace.saturating_mul(1_000) };
	let least_score = arguments.least_score.map_or(Score::ALARM, |share| {
		// A cast of a float saturates.
		Score::from_parts((share * f64::from(u16::MAX)).round() as u16)
	});
	let mean = usize::from(arguments.mean);
	let settings = Settings {
		mean,
		hold_back: arguments.hold_back,
		least_score,
		left_out: arguments.without,
		grain: arguments.grain,
	};
	let scored = Scored::new(set, rules, settings);
	if let Some(page) = &arguments.fill {
		return match fill(page, &arguments.set, &scored) {
			Ok(()) => ExitCode::SUCCESS,
			Err(error) => {
				eprintln!("aitbc-fault-score: {}: {error}", page.display());
				ExitCode::FAILURE
			},
		};
	}
	match arguments.only {
		Some(table) => print!("{}", scored.table(table)),
		None => Table::SCORES.iter().for_each(|table| println!("{}", scored.table(*table))),
	}
	ExitCode::SUCCESS
}

/// Writes the set's tables anew into a page.
fn fill(page: &Path, set: &Path, scored: &Scored) -> Result<(), Box<dyn Error>> {
	let name = set.file_name().and_then(|name| name.to_str());
	let render = |set: &str, table| (Some(set) == name).then(|| scored.table(table));
	let filled = docs::filled(&fs::read_to_string(page)?, render)?;
	Ok(fs::write(page, filled)?)
}

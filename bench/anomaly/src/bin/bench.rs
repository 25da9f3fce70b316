//! Scores the detectors on a corpus: `aitbc-anomaly-bench CORPUS`.

use aitbc_anomaly_bench::{corpus, report};
use clap::{Parser, ValueEnum};
use std::{path::PathBuf, process::ExitCode};

/// Scores the anomaly detectors on a corpus in the layout of the Numenta Anomaly Benchmark: a file
/// `windows.json`, and the series that it names.
#[derive(Parser)]
#[command(version)]
struct Arguments {
	/// The corpus' folder.
	corpus: PathBuf,
	/// Prints what each detector adds.
	#[arg(long)]
	ablation: bool,
	/// Prints one table only.
	#[arg(long, conflicts_with = "ablation")]
	only: Option<Table>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Table {
	/// Ours beside the baselines.
	Overall,
	/// Ours by category.
	Category,
	/// Ours by file.
	File,
	/// What each detector adds.
	Ablation,
	/// Ours on the corpus altered in ways that change no label.
	Altered,
	/// Time and memory.
	Cost,
}

fn main() -> ExitCode {
	let arguments = Arguments::parse();
	let corpus = match corpus::load(&arguments.corpus) {
		Ok(corpus) => corpus,
		Err(error) => {
			eprintln!("aitbc-anomaly-bench: {error}");
			return ExitCode::FAILURE;
		},
	};
	let print = |table| match table {
		Table::Overall => report::overall(&corpus),
		Table::Category => report::by_category(&corpus),
		Table::File => report::by_file(&corpus),
		Table::Ablation => report::ablation(&corpus),
		Table::Altered => report::altered(&corpus),
		Table::Cost => report::cost(&corpus),
	};
	match (arguments.only, arguments.ablation) {
		(Some(table), _) => print!("{}", print(table)),
		(None, true) => print!("{}", print(Table::Ablation)),
		(None, false) => {
			println!("{}", report::heading(&corpus));
			for table in [Table::Overall, Table::Category, Table::File, Table::Altered, Table::Cost]
			{
				println!("{}", print(table));
			}
		},
	}
	ExitCode::SUCCESS
}

//! Scores a series: `aitbc-anomaly-score < in.csv > out.csv`.

use clap::Parser;
use std::{
	io::{self, BufWriter},
	process::ExitCode,
};

/// Reads a series from standard input, `timestamp,value` with a header, and writes it with a column
/// `anomaly_score` from 0 to 1, each row judged by those before it.
#[derive(Parser)]
#[command(version)]
struct Arguments {}

fn main() -> ExitCode {
	let Arguments {} = Arguments::parse();
	let output = BufWriter::new(io::stdout().lock());
	match aitbc_anomaly_bench::series::score(io::stdin().lock(), output) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("aitbc-anomaly-score: {error}");
			ExitCode::FAILURE
		},
	}
}

//! Records what nodes say of themselves: `aitbc-telemetry-record --out DIR alice=http://127.0.0.1:9615/metrics`.

use aitbc_fault_bench::record::{record, Recorder, Target};
use clap::Parser;
use std::{convert::Infallible, fs::File, io, path::PathBuf, process::ExitCode, time::Duration};

/// Polls the metrics of nodes until it is killed, and writes a CSV file for each.
#[derive(Parser)]
#[command(version)]
struct Arguments {
	/// A node's name, which its file gets, and where its metrics are.
	#[arg(required = true, value_name = "NAME=ADDRESS")]
	nodes: Vec<Target>,
	/// The folder for the files, which must exist.
	#[arg(long)]
	out: PathBuf,
	/// The time from one poll to the next, in milliseconds.
	#[arg(long, default_value_t = 3_000, value_parser = clap::value_parser!(u64).range(100..))]
	interval: u64,
}

fn run(Arguments { nodes, out, interval }: Arguments) -> io::Result<Infallible> {
	let recorder = |target: Target| {
		let path = out.join(format!("{}.csv", target.name));
		let named =
			|error: io::Error| io::Error::new(error.kind(), format!("{}: {error}", path.display()));
		File::create_new(&path).and_then(|file| Recorder::new(target, file)).map_err(named)
	};
	let recorders = nodes.into_iter().map(recorder).collect::<io::Result<Vec<_>>>()?;
	Err(record(recorders, Duration::from_millis(interval)))
}

fn main() -> ExitCode {
	let Err(error) = run(Arguments::parse());
	eprintln!("aitbc-telemetry-record: {error}");
	ExitCode::FAILURE
}

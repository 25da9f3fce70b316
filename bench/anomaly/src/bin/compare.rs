//! Compares the detectors in Wasm with native ones: `aitbc-anomaly-compare MODULE [CORPUS]`.

use aitbc_anomaly::Monitor;
use aitbc_anomaly_bench::{
	altered::{alter, ALTERATIONS},
	compare::{compare, nanoseconds, Native},
	corpus::{self, CorpusError, Series},
	synthetic,
	wasm::{Wasm, WasmError},
};
use clap::Parser;
use codec::MaxEncodedLen;
use std::{convert::Infallible, path::PathBuf, process::ExitCode};

/// Runs the anomaly detectors in Wasm and natively, over series that are made up and over a corpus,
/// and compares all that they say, bit by bit. Fails when anything differs, and when nothing was
/// compared.
#[derive(Parser)]
#[command(version)]
struct Arguments {
	/// The detectors, built for Wasm.
	module: PathBuf,
	/// A folder in the layout of the Numenta Anomaly Benchmark.
	corpus: Option<PathBuf>,
}

#[derive(Debug, thiserror::Error)]
enum Error {
	#[error(transparent)]
	Corpus(#[from] CorpusError),
	#[error(transparent)]
	Wasm(#[from] WasmError),
	#[error("{name}: {differences} differences; the first are\n{examples}")]
	Different { name: String, differences: usize, examples: String },
	#[error("{0}: nothing to compare: no series, or none that scores")]
	Nothing(String),
}

impl From<Infallible> for Error {
	fn from(never: Infallible) -> Self {
		match never {}
	}
}

/// Compares one set of series, and prints a row.
fn row(name: &str, corpus: &[Series], wasm: &mut Wasm) -> Result<(), Error> {
	let comparison = compare::<_, _, Error>(corpus, &mut Native::default(), wasm)?;
	let (series, points) = (comparison.series, comparison.points);
	let (scored, forecasts) = (comparison.scored, comparison.forecasts);
	let differences = comparison.differences;
	println!("| {name} | {series} | {points} | {scored} | {forecasts} | {differences} |");
	if differences > 0 {
		let examples = comparison.examples.join("\n");
		return Err(Error::Different { name: name.into(), differences, examples });
	}
	comparison.is_proof().then_some(()).ok_or_else(|| Error::Nothing(name.into()))
}

fn run(arguments: Arguments) -> Result<(), Error> {
	let mut wasm = Wasm::load(arguments.module)?;
	let corpus = arguments.corpus.as_deref().map(corpus::load).transpose()?;
	let made_up = synthetic::all();
	println!("| series | files | points | of these with a score | with a forecast | differences |");
	println!("|---|---|---|---|---|---|");
	row("made up", &made_up, &mut wasm)?;
	for (name, alteration) in ALTERATIONS.iter().filter(|_| corpus.is_some()) {
		let altered = corpus.iter().flatten().map(|series| alter(series, *alteration));
		row(name, &altered.collect::<Vec<_>>(), &mut wasm)?;
	}
	let timed = corpus.unwrap_or(made_up);
	let native = nanoseconds(&timed, &mut Native::default())?;
	let in_wasm = nanoseconds(&timed, &mut wasm)?;
	println!("\n{native} ns for a point natively, {in_wasm} in Wasm with the call into it");
	println!(
		"{} bytes of state for a series natively, {} in Wasm, {} encoded",
		size_of::<Monitor>(),
		wasm.monitor_bytes(),
		Monitor::max_encoded_len(),
	);
	println!("{} bytes of module, {} of memory", wasm.module_bytes(), wasm.memory_bytes());
	Ok(())
}

fn main() -> ExitCode {
	match run(Arguments::parse()) {
		Ok(()) => ExitCode::SUCCESS,
		Err(error) => {
			eprintln!("aitbc-anomaly-compare: {error}");
			ExitCode::FAILURE
		},
	}
}

//! Runs tests one after another, and writes what came of them as Rust's own runner does.

use crate::bitcoind;
use std::{
	env,
	panic::{catch_unwind, UnwindSafe},
	process::exit,
	time::Instant,
};

/// A test's name, and what it does.
pub type Test = (&'static str, fn());

/// A test of this name.
macro_rules! test {
	($path:path) => {
		(stringify!($path), $path as fn())
	};
}
pub(crate) use test;

/// Runs the tests whose names contain one of the command line's words, or all. Ends the process if one fails.
pub fn run(tests: &[Test]) {
	let words: Vec<_> = env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
	let is_chosen = |name: &str| words.is_empty() || words.iter().any(|word| name.contains(word));
	let (chosen, others): (Vec<_>, Vec<_>) = tests
		.iter()
		.map(|(name, run)| (name.replace(' ', ""), run))
		.partition(|(name, _)| is_chosen(name));
	if env::args().any(|word| word == "--list") {
		chosen.iter().for_each(|(name, _)| println!("{name}: test"));
		return;
	}
	println!("\nrunning {} tests", chosen.len());
	let started = Instant::now();
	let has_bitcoind = bitcoind::programs().is_some();
	let (mut passed, mut failed, mut ignored) = (0, 0, 0);
	for (name, run) in chosen {
		if !has_bitcoind {
			println!("test {name} ... ignored, there is no bitcoind: run scripts/setup-bitcoind");
			ignored += 1;
		} else if succeeds(run) {
			println!("test {name} ... ok");
			passed += 1;
		} else {
			println!("test {name} ... FAILED");
			failed += 1;
		}
	}
	if ignored > 0 {
		eprintln!("\nNOTHING WAS TESTED AGAINST BITCOIN CORE: there is no bitcoind.");
	}
	let result = if failed == 0 { "ok" } else { "FAILED" };
	println!(
		"\ntest result: {result}. {passed} passed; {failed} failed; {ignored} ignored; 0 measured; \
		 {} filtered out; finished in {:.2}s\n",
		others.len(),
		started.elapsed().as_secs_f64()
	);
	if failed > 0 {
		exit(101);
	}
}

fn succeeds(run: impl Fn() + UnwindSafe) -> bool {
	catch_unwind(run).is_ok()
}

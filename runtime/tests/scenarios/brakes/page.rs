//! `docs/brakes.md`: what stays open, of every call of the runtime, and what is carried past the brakes.

use super::carriers::{brakes_hold, CARRIERS};
use crate::calls::operations::actions_calls;
use aitbc_runtime::{
	configs::brakes::{NeverPaused, OpenInSafeMode},
	RuntimeCall,
};
use codec::Decode;
use frame_support::traits::{Contains, GetCallMetadata};
use sp_runtime::traits::TrailingZeroInput;
use std::{collections::BTreeMap, env, fmt::Write, fs, path::PathBuf};

/// How far into a call's arguments a kind may be that is counted from one.
const DEPTH: usize = 16;

/// One of each call of the runtime, with zeros for its arguments, or with ones where kinds are counted from one.
fn one_of_each() -> BTreeMap<(&'static str, &'static str), RuntimeCall> {
	let indices = (0..=u8::MAX).flat_map(|pallet| (0..=u8::MAX).map(move |call| (pallet, call)));
	let calls = indices.filter_map(|(pallet, call)| {
		let decode = |bytes: &[u8]| RuntimeCall::decode(&mut TrailingZeroInput::new(bytes)).ok();
		let ones = |at| [&[pallet, call][..], &vec![0; at], &[1]].concat();
		decode(&[pallet, call]).or_else(|| (0..DEPTH).find_map(|at| decode(&ones(at))))
	});
	let named = |call: RuntimeCall| {
		let name = call.get_call_metadata();
		((name.pallet_name, name.function_name), call)
	};
	// A kind of actions has a name, which zeros are not.
	let actions = actions_calls(Vec::new()).into_iter().map(RuntimeCall::from);
	calls.chain(actions).map(named).collect()
}

/// What is true of which calls of a pallet, in a cell.
fn cell(calls: &[(&str, bool)]) -> String {
	let names = |wanted| {
		let names = calls.iter().filter(move |(_, is)| *is == wanted);
		names.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>()
	};
	let (with, without) = (names(true), names(false));
	match (with.len(), without.len()) {
		(_, 0) => "all".into(),
		(0, _) => "none".into(),
		(few, many) if few <= many => with.join(", "),
		_ => format!("all but {}", without.join(", ")),
	}
}

fn calls_table() -> String {
	let calls = one_of_each();
	let mut table = String::from("| pallet | open in safe mode | can be paused |\n|---|---|---|\n");
	for pallet in RuntimeCall::get_module_names() {
		let names = RuntimeCall::get_call_names(pallet);
		let of = |is: &dyn Fn(&str) -> bool| {
			cell(&names.iter().map(|name| (*name, is(name))).collect::<Vec<_>>())
		};
		let open = of(&|name| {
			let call = calls.get(&(*pallet, name));
			OpenInSafeMode::contains(call.unwrap_or_else(|| panic!("no {pallet}.{name} is known")))
		});
		let bounded = |text: &str| text.as_bytes().to_vec().try_into().expect("short");
		let paused = of(&|name| !NeverPaused::contains(&(bounded(pallet), bounded(name))));
		if !names.is_empty() {
			writeln!(table, "| {pallet} | {open} | {paused} |").expect("strings take text");
		}
	}
	table
}

fn carriers_table() -> String {
	let mut table = String::from(
		"| carried by | without a brake | in safe mode | while it is paused |\n|---|---|---|---|\n",
	);
	for carrier in CARRIERS {
		let row = brakes_hold(&carrier).map(|is_done| if is_done { "done" } else { "refused" });
		writeln!(table, "| {} | {} |", carrier.name, row.join(" | ")).expect("strings take text");
	}
	table
}

fn page() -> String {
	let (calls, carriers) = (calls_table(), carriers_table());
	format!(
		"# Brakes

Written by a test of `runtime/tests/scenarios/brakes`, which fails when this page is stale; to write it again, run that
test with `AITBC_WRITE_BRAKES=1`.

**Safe mode** stops all calls but those that keep the chain alive, repair it, keep stake safe, or are a way out of a
hold. Nobody enters it by paying: root, the track `operations`, or two thirds of the technical committee enter it, for
one duration at a time, and only the first two extend or end it ([governance](governance.md)). A migration that fails
enters it by itself.

A **paused call** is stopped alone: by root, the track `operations`, or a verified [action](operations.md).

Root passes both: it is what repairs the chain. Blocks and finality go on.

While safe mode lasts, or a call is paused with which somebody meets a deadline (`Agents.set_wallet`, and those of
escrow, market, validations and disputes that answer somebody), **active blocks** are not counted: no deadline that counts in
them passes, and what falls due in them waits. Workers send nothing that is stopped: the telemetry worker asks the same
filter, and the Bitcoin worker tries each call out first, as `aitbc` does.

## Which calls

{calls}
## What carries calls

A call within a call is stopped, too, unless root dispatches it. Each cell is what became of a transfer of Bob's, or of an
account of his, that was carried so.

{carriers}"
	)
}

#[test]
fn docs_should_say_what_brakes_stop() {
	let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/brakes.md");
	let page = page();
	if env::var_os("AITBC_WRITE_BRAKES").is_some() {
		fs::write(&path, &page).expect("the file can be written");
	}
	let committed = fs::read_to_string(&path).unwrap_or_default();
	assert!(committed == page, "docs/brakes.md is stale; run this test with AITBC_WRITE_BRAKES=1");
}

//! Holds the tables in the docs to the recorded sets in `data`.

use aitbc_fault_bench::{
	docs,
	judge::Rules,
	labels::FaultSet,
	report::{Scored, Table},
	watch::Settings,
};
use std::{collections::BTreeMap, fs, path::Path};

/// The pages that may have tables.
const PAGES: [&str; 2] = ["fault-dataset.md", "anomaly-detection.md"];

/// The recorded sets by their folders' names.
fn sets() -> BTreeMap<String, Scored> {
	let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
	let Ok(folders) = fs::read_dir(data) else { return BTreeMap::new() };
	let set = |folder: fs::DirEntry| {
		let set = FaultSet::load(&folder.path()).unwrap();
		let scored = Scored::new(set, Rules::default(), Settings::default());
		(folder.file_name().into_string().unwrap(), scored)
	};
	let folders = folders.map(Result::unwrap).filter(|entry| entry.path().is_dir());
	folders.map(set).collect()
}

#[test]
fn tables_should_be_those_of_the_recorded_sets() {
	let sets = sets();
	let mut overall = Vec::new();
	for page in PAGES {
		let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(page);
		let text = fs::read_to_string(path).unwrap();
		let known = std::cell::RefCell::new(Vec::new());
		let render = |name: &str, table| {
			let set =
				sets.get(name).unwrap_or_else(|| panic!("{page} has a table of no set: {name}"));
			if table == Table::Overall {
				known.borrow_mut().push(name.to_string());
			}
			Some(set.table(table))
		};
		let filled = docs::filled(&text, render).unwrap();
		assert!(
			filled == text,
			"a table in docs/{page} is stale; run aitbc-fault-score bench/faults/data/SET --fill docs/{page}"
		);
		overall.extend(known.into_inner());
	}
	for name in sets.keys() {
		assert!(overall.contains(name), "no page has the overall table of the set {name}");
	}
}

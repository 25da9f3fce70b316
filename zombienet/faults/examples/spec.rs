//! Writes the raw chain specification of a network of so many validators: `spec COUNT FOLDER`.

use aitbc_network_tests::{write_spec, Eras, Keys};
use std::{env, path::Path};

fn main() {
	let arguments: Vec<_> = env::args().skip(1).collect();
	let [count, folder] = &arguments[..] else { panic!("usage: spec COUNT FOLDER") };
	let count = count.parse().expect("COUNT is a number of validators");
	let keys: Vec<_> = (0..count).map(Keys::of).collect();
	let written = write_spec(Path::new(folder), &keys, count, Eras::LONG);
	println!("{}", written.display());
}

//! A clock that is wrong for one node only.
//!
//! Time namespaces move a machine's monotonic clocks and not its date, and slots are counted by the
//! date. So the node is started with a library in front of the C library, which adds to the date.

use std::{
	env, fs,
	path::{Path, PathBuf},
	process::Command,
	time::Duration,
};

/// The library: `clock_gettime` with the date moved by `AITBC_CLOCK_AHEAD` seconds.
const SOURCE: &str = include_str!("clock.c");

/// The variable that the library reads, in seconds.
const AHEAD: &str = "AITBC_CLOCK_AHEAD";

/// A clock that goes ahead of everybody else's.
#[derive(Clone, Debug)]
pub struct FastClock {
	library: PathBuf,
	ahead: Duration,
}

impl FastClock {
	/// Builds one in `folder` with the C compiler, which whoever builds Rust has.
	pub fn new(folder: &Path, ahead: Duration) -> Self {
		let (source, library) = (folder.join("clock.c"), folder.join("clock.so"));
		fs::write(&source, SOURCE).expect("the temporary folder is writable");
		let compiler = env::var_os("CC").unwrap_or_else(|| "cc".into());
		let mut build = Command::new(compiler);
		build.args(["-shared", "-fPIC", "-O2", "-o"]).arg(&library).arg(&source).arg("-ldl");
		let built = build.status().expect("there is a C compiler");
		assert!(built.success(), "the clock's library can't be built");
		Self { library, ahead }
	}

	/// Has `command` go by this clock.
	pub fn apply(&self, command: &mut Command) {
		command.env("LD_PRELOAD", &self.library).env(AHEAD, self.ahead.as_secs().to_string());
	}
}

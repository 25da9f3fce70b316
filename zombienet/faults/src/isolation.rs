//! A world of its own for each test: network, mounts and processes, which end with it.

use std::{
	env,
	future::Future,
	io::{BufRead, BufReader},
	process::{Command, Stdio},
	sync::{Mutex, OnceLock, PoisonError},
	thread,
};

/// Says in a test's own process which isolation it has.
const INSIDE: &str = "AITBC_NETWORK_TESTS_INSIDE";

/// Chooses the isolation: `loopback` where the better one is not wanted.
const CHOICE: &str = "AITBC_NETWORK_TESTS_ISOLATION";

/// What a test needs of namespaces, tried out: mounts, a device for packets, and a named namespace.
const TRIAL: &str = "mount -t tmpfs tmpfs /run && ip link set lo up && ip netns add trial \
	&& ip tuntap add dev trial mode tun && ip link set trial netns trial";

/// What an empty file system is mounted over before anything else: named namespaces live there.
const RUN: &str = "/run";

/// How far a test's nodes are from each other and from the rest of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
	/// Each node is in a network namespace, and all packets pass through the test.
	Namespaces,
	/// All nodes share the loopback, and know only who is reserved for them.
	Loopback,
}

impl Isolation {
	/// What this test has.
	pub fn here() -> Self {
		match env::var(INSIDE).as_deref() {
			Ok("namespaces") => Self::Namespaces,
			_ => Self::Loopback,
		}
	}

	/// The name that reports give it.
	pub fn name(self) -> &'static str {
		match self {
			Self::Namespaces => "network namespaces",
			Self::Loopback => "reserved peers on the loopback",
		}
	}

	/// What the machine and who runs the test allow, with the arguments of `unshare` for it.
	fn allowed() -> &'static Option<Vec<&'static str>> {
		static ALLOWED: OnceLock<Option<Vec<&'static str>>> = OnceLock::new();
		ALLOWED.get_or_init(|| {
			if env::var(CHOICE).is_ok_and(|choice| choice == "loopback") {
				return None;
			}
			let own = vec!["--net", "--mount", "--pid", "--fork", "--kill-child"];
			let as_user = [&["--user", "--map-root-user"], &own[..]].concat();
			[own, as_user].into_iter().find(|arguments| {
				let mut trial = Command::new("unshare");
				trial.args(arguments).args(["--", "sh", "-c", TRIAL]);
				let done = trial.stdout(Stdio::null()).stderr(Stdio::null()).status();
				done.is_ok_and(|status| status.success())
			})
		})
	}
}

/// Runs `test`, one at a time, in a process of its own that is as isolated as the machine allows.
///
/// The test runner starts itself again for that, inside new namespaces, with the name of the test that
/// calls this. What that process leaves behind goes with its namespaces.
pub fn isolated<T: FnOnce() -> F, F: Future<Output = ()>>(test: T) {
	if env::var_os(INSIDE).is_some() {
		return run(test);
	}
	static TURN: Mutex<()> = Mutex::new(());
	let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
	let program = env::current_exe().expect("a process knows its program");
	let mut command = match Isolation::allowed() {
		Some(arguments) => {
			let mut command = Command::new("unshare");
			command.args(arguments).arg("--").arg(program).env(INSIDE, "namespaces");
			command
		},
		None => {
			let mut command = Command::new(program);
			command.env(INSIDE, "loopback");
			command
		},
	};
	command.args([&*test_name(), "--exact", "--include-ignored", "--nocapture"]);
	let passed = pass_on(&mut command);
	assert!(passed, "the test failed in its own process; see above");
}

/// Runs `command`, prints what it says, and tells whether it ran one test that passed.
fn pass_on(command: &mut Command) -> bool {
	// One stream, so that lines stay in order.
	let (reader, writer) = std::io::pipe().expect("a pipe can be made");
	let errors = writer.try_clone().expect("a pipe has as many writers as wanted");
	command.stdin(Stdio::null()).stdout(writer).stderr(errors);
	let mut child = command.spawn().expect("the test's own process starts");
	// The command holds the pipe's other end, and would keep it open.
	command.stdout(Stdio::null()).stderr(Stdio::null());
	let mut has_passed = false;
	for line in BufReader::new(reader).lines().map_while(Result::ok) {
		has_passed |= line.starts_with("test result: ok. 1 passed");
		// The runner says its own lines twice, and who counts tests would count them twice.
		if !line.starts_with("test ") && !line.starts_with("running ") {
			println!("{line}");
		}
	}
	child.wait().is_ok_and(|status| status.success()) && has_passed
}

/// Runs `test` in this process.
fn run<T: FnOnce() -> F, F: Future<Output = ()>>(test: T) {
	if Isolation::here() == Isolation::Namespaces {
		execute("mount", &["-t", "tmpfs", "tmpfs", RUN]);
		execute("ip", &["link", "set", "lo", "up"]);
	}
	let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
	runtime.block_on(test());
}

/// The name of the test that calls this: the test runner gives it to the test's thread.
fn test_name() -> String {
	let thread = thread::current();
	thread.name().expect("a test's thread has its name").to_owned()
}

/// Runs a program of the system to its end, which must be a good one.
pub(crate) fn execute(program: &str, arguments: &[&str]) {
	let output = Command::new(program).args(arguments).output();
	let output = output.unwrap_or_else(|error| panic!("{program} can't be run: {error}"));
	let said = String::from_utf8_lossy(&output.stderr);
	assert!(output.status.success(), "{program} {}: {said}", arguments.join(" "));
}

//! An operator's machine: the executor's list, the programs that it may run, and a service manager that
//! does what these ask for.
//!
//! The executor refuses to run as root. Where the tests do, it runs as nobody, and so do its programs: what
//! needs rights, such as to restart a service, they ask the service manager for.

use crate::harness::{wait_until, Cli};
use serde_json::Value;
use std::{
	fs::{self, File},
	os::unix::{
		fs::{chown, PermissionsExt},
		process::CommandExt,
	},
	path::{Path, PathBuf},
	process::{Child, Command, ExitStatus, Stdio},
	thread,
	time::Duration,
};
use tempfile::TempDir;

/// Who has no rights: `nobody` on Linux.
const NOBODY: u32 = 65_534;

/// Asks the service manager to restart a service, and waits until it did.
const RESTART: &str = "#!/bin/sh
set -e
echo \"restart $2\" >>\"$1/requests\"
while [ ! -e \"$1/done\" ]; do sleep 0.2; done
";

/// Asks the service manager for something, and is done.
const ASK: &str = "#!/bin/sh
echo \"$2\" >>\"$1/requests\"
";

/// A machine on which an executor runs.
pub struct Machine {
	folder: TempDir,
	url: String,
}

/// Whether the tests run as root.
fn is_root() -> bool {
	let id = Command::new("id").arg("-u").output().expect("the system has `id`");
	String::from_utf8_lossy(&id.stdout).trim() == "0"
}

impl Machine {
	/// A machine of the node at `url`. The service of `stash` is restarted by its service manager, which
	/// also pauses its RPC and resumes it; those of `failing` fail to.
	pub fn new(url: &str, stash: &str, failing: &[&str]) -> Self {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let machine = Self { folder, url: url.to_owned() };
		let program = machine.path("aitbc");
		fs::copy(env!("CARGO_BIN_EXE_aitbc"), &program).expect("the command line can be copied");
		for (name, script) in [("restart", RESTART), ("ask", ASK)] {
			fs::write(machine.path(name), script).expect("the folder is ours");
			fs::set_permissions(machine.path(name), fs::Permissions::from_mode(0o755))
				.expect("the file is ours");
		}
		let cli = Cli::new(url);
		let address = |key: &str| {
			let shown = cli.json(&["account", "balance", key]);
			shown["data"]["account"].as_str().expect("a key has an address").to_owned()
		};
		let command = |stash: &str, program: &Path, first: &Path| {
			format!(
				"[[command]]\nkind = \"restart-service\"\ntarget = \"validator:{}\"\nprogram = \
				 {program:?}\narguments = [{first:?}, \"{{service}}\"]\ntime-limit = \"60s\"\n\n\
				 [command.parameters.service]\nwords = [\"node\"]\n",
				address(stash)
			)
		};
		let mut list = format!(
			"agent = 0\njournal = {:?}\nstop-file = {:?}\n\n",
			machine.path("journal"),
			machine.path("stop")
		);
		list.push_str(&command(stash, &machine.path("restart"), machine.folder.path()));
		for stash in failing {
			list.push_str(&command(stash, Path::new("/bin/false"), machine.folder.path()));
		}
		for kind in ["pause-rpc", "resume-rpc"] {
			list.push_str(&format!(
				"[[command]]\nkind = {kind:?}\ntarget = \"validator:{}\"\nprogram = {:?}\n\
				 arguments = [{:?}, {kind:?}]\ntime-limit = \"60s\"\n\n",
				address(stash),
				machine.path("ask"),
				machine.folder.path()
			));
		}
		fs::write(machine.path("executor.toml"), list).expect("the folder is ours");
		if is_root() {
			let all =
				["", "aitbc", "restart", "ask", "executor.toml"].map(|name| machine.path(name));
			for path in all {
				chown(&path, Some(NOBODY), Some(NOBODY)).expect("root may give files away");
			}
		}
		machine
	}

	fn path(&self, name: &str) -> PathBuf {
		self.folder.path().join(name)
	}

	fn command(&self, key: &str) -> Command {
		let mut command = Command::new(self.path("aitbc"));
		command
			.args(["executor", "run", "--yes", "--output", "json", "--from", key, "--config"])
			.arg(self.path("executor.toml"))
			.env_clear()
			.env("HOME", self.folder.path())
			.env("AITBC_URL", &self.url)
			.stdin(Stdio::null());
		if is_root() {
			command.uid(NOBODY).gid(NOBODY);
		}
		command
	}

	/// Starts the executor, which signs with `key`.
	pub fn start_executor(&self, key: &str) -> RunningExecutor {
		let (output, talk) = (self.path("output"), self.path("talk"));
		let file = |path: &Path| File::create(path).expect("the folder is ours");
		let child = self.command(key).stdout(file(&output)).stderr(file(&talk)).spawn();
		RunningExecutor { child: child.expect("the executor can be run"), output, talk }
	}

	/// Runs another one that must fail, and gives what it says.
	pub fn run_second_executor(&self, key: &str) -> String {
		let run = self.command(key).output().expect("the executor can be run");
		assert!(!run.status.success(), "{run:?}");
		String::from_utf8_lossy(&run.stderr).into_owned()
	}

	/// What the service manager was asked for.
	fn asked(&self) -> String {
		fs::read_to_string(self.path("requests")).unwrap_or_default()
	}

	/// How often the service manager was asked for something.
	pub fn requests(&self) -> usize {
		self.asked().lines().count()
	}

	/// Waits until the service manager is asked for `request`.
	pub async fn wait_for_request(&self, request: &str) {
		let what = format!("the service manager to be asked to {request}");
		wait_until(&what, || async {
			self.asked().lines().any(|one| one == request).then_some(())
		})
		.await;
	}

	/// The service manager did what it was asked for.
	pub fn tell_done(&self) {
		fs::write(self.path("done"), "").expect("the folder is ours");
	}

	/// The owner stops everything.
	pub fn stop_everything(&self) {
		fs::write(self.path("stop"), "").expect("the folder is ours");
	}

	/// The owner lets things go on.
	pub fn let_go_on(&self) {
		fs::remove_file(self.path("stop")).expect("the file is there");
	}
}

/// An executor that goes on. It is killed when it is dropped.
pub struct RunningExecutor {
	child: Child,
	output: PathBuf,
	talk: PathBuf,
}

impl RunningExecutor {
	/// What it said so far.
	pub fn said(&self) -> String {
		fs::read_to_string(&self.talk).unwrap_or_default()
	}

	/// What it did so far, about `action`.
	fn of(&self, action: u64) -> Vec<Value> {
		let text = fs::read_to_string(&self.output).unwrap_or_default();
		let values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
		let data = values.map_while(Result::ok).map(|mut value| value["data"].take());
		data.filter(|step| step["action"] == action).collect()
	}

	/// Whether it claimed `action`.
	pub fn has_begun(&self, action: u64) -> bool {
		self.of(action).iter().any(|step| step["step"] == "claimed")
	}

	/// The names of the steps that it took about `action`. The last one may come a moment later than the
	/// chain knows of it.
	pub fn steps(&self, action: u64) -> Vec<String> {
		let names = || -> Vec<String> {
			let steps = self.of(action).into_iter();
			steps.map(|step| step["step"].as_str().unwrap_or_default().to_owned()).collect()
		};
		for _ in 0..100 {
			if names().last().is_some_and(|last| last == "reported") {
				break;
			}
			thread::sleep(Duration::from_millis(200));
		}
		names().into_iter().filter(|name| name != "left").collect()
	}

	/// Waits until it says that it leaves `action` alone, and why.
	pub async fn wait_to_leave(&self, action: u64, why: &str) {
		let what = format!("action {action} to be left alone because {why}");
		wait_until(&what, || async {
			let steps = self.of(action);
			let left = steps.iter().filter(|step| step["step"] == "left");
			let reasons = left.filter_map(|step| step["reason"].as_str());
			reasons.into_iter().any(|reason| reason.contains(why)).then_some(())
		})
		.await;
	}

	/// Kills it, as a power cut does.
	pub fn kill(mut self) {
		let _ = self.child.kill();
		let _ = self.child.wait();
	}

	/// Asks it to end.
	pub fn end(&mut self) -> ExitStatus {
		let asked = Command::new("kill").arg(self.child.id().to_string()).status();
		assert!(asked.is_ok_and(|status| status.success()), "it can be asked");
		self.child.wait().expect("it can be waited for")
	}
}

impl Drop for RunningExecutor {
	fn drop(&mut self) {
		let _ = self.child.kill();
		let _ = self.child.wait();
		if thread::panicking() {
			eprintln!("the executor said:\n{}", self.said());
		}
	}
}

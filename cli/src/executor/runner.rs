//! Runs one program within its limits, and keeps what it said.
//!
//! The program runs as this one's user, without input and with a bare environment. It leads a process
//! group of its own, which is killed as a whole. A process that leaves the group is out of reach;
//! where that matters, the service manager that started the executor has to hold all of it, as
//! systemd does.

use super::command::Prepared;
use crate::digest::Hash;
use base64::{engine::general_purpose::STANDARD as BASE64, Engine};
use rustix::{
	io::Errno,
	process::{
		geteuid, getuid, kill_process_group, waitid, Pid, Signal, Uid, WaitId, WaitIdOptions,
		WaitIdStatus,
	},
};
use serde::Serialize;
use std::{
	future::Future,
	io,
	pin::pin,
	process::Stdio,
	time::{Duration, Instant},
};
use tokio::{
	io::{AsyncRead, AsyncReadExt},
	process::{Child, ChildStderr, ChildStdout, Command},
	time::{sleep, timeout},
};

/// All of the environment that a program gets.
const ENVIRONMENT: [(&str, &str); 2] = [("PATH", "/usr/bin:/bin"), ("LANG", "C")];

/// How many bytes of each output are kept.
const KEPT: usize = 64 * 1024;

/// How long a program may take to end after it was asked to.
const GRACE: Duration = Duration::from_secs(5);

/// How long others may keep a program's output open after it has ended.
const LINGER: Duration = Duration::from_secs(1);

/// How often is looked whether a program has ended.
const POLL: Duration = Duration::from_millis(20);

/// What came of running a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
	/// How it ended.
	pub ending: Ending,
	/// What it said.
	pub output: Captured,
	/// How long it took.
	pub took: Duration,
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
	/// With this exit code.
	Exited(i32),
	/// By this signal.
	Signalled(i32),
	/// It took too long, and was stopped.
	TimedOut,
	/// It never ran, for this reason.
	NotStarted(String),
	/// It ran, and the system does not tell how it ended, for this reason.
	Lost(String),
}

/// What a program said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
	/// Its standard output.
	pub stdout: Stream,
	/// Its standard error.
	pub stderr: Stream,
}

/// What was written to one output.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stream {
	/// The first bytes, 64 KiB of them at most.
	pub kept: Vec<u8>,
	/// How many there were in all.
	pub length: u64,
}

/// An outcome as evidence.
#[derive(Serialize)]
struct Report<'a> {
	ending: &'a Ending,
	took_ms: u64,
	stdout: StreamReport,
	stderr: StreamReport,
}

/// An output as evidence.
#[derive(Serialize)]
struct StreamReport {
	length: u64,
	/// In base64, so that nothing is lost.
	kept: String,
}

/// Root may do anything, and so what it runs could.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
	"the executor must not run as root; make a user for it that may do what the list says and no \
	 more, as with `useradd --system aitbc-executor`, and start it as that user"
)]
pub struct IsRoot;

/// Fails if this process is root's. Nothing switches it off.
pub fn refuse_root() -> Result<(), IsRoot> {
	refuse_root_among([getuid(), geteuid()])
}

fn refuse_root_among(users: [Uid; 2]) -> Result<(), IsRoot> {
	if users.iter().any(|user| user.is_root()) {
		return Err(IsRoot);
	}
	Ok(())
}

/// Runs a program to its end. Whoever drops the future kills it.
pub async fn run(prepared: &Prepared) -> Outcome {
	let start = Instant::now();
	let mut output = Captured::default();
	let ending = match Running::start(prepared) {
		Ok(running) => running.end(prepared.time_limit, &mut output).await,
		Err(error) => Ending::NotStarted(error.to_string()),
	};
	Outcome { ending, output, took: start.elapsed() }
}

/// A program that was started. Dropping it kills its group.
struct Running {
	child: Child,
	/// The group that it leads. Its id can be nobody else's before the program was waited for.
	group: Pid,
	is_waited_for: bool,
}

impl Running {
	fn start(prepared: &Prepared) -> io::Result<Self> {
		let child = Command::new(&prepared.program)
			.args(&prepared.arguments)
			.env_clear()
			.envs(ENVIRONMENT)
			.current_dir("/")
			.stdin(Stdio::null())
			.stdout(Stdio::piped())
			.stderr(Stdio::piped())
			.process_group(0)
			.kill_on_drop(true)
			.spawn()?;
		let id = child.id().and_then(|id| i32::try_from(id).ok());
		let group = id.and_then(Pid::from_raw).ok_or_else(|| io::Error::other("it has no id"))?;
		Ok(Self { child, group, is_waited_for: false })
	}

	/// Waits for the end, and brings it about when the time is over.
	async fn end(mut self, limit: Duration, output: &mut Captured) -> Ending {
		let pipes = (self.child.stdout.take(), self.child.stderr.take());
		let (ending, is_closed) = self.watch(limit, output.read(pipes)).await;
		// The ended program was not waited for yet, so that the group is still its own.
		if !is_closed || ending == Ending::TimedOut {
			self.signal(Signal::KILL);
		}
		self.is_waited_for = matches!(timeout(GRACE, self.child.wait()).await, Ok(Ok(_)));
		ending
	}

	/// How the program ended, and whether its output was closed soon after.
	async fn watch(&self, limit: Duration, reading: impl Future<Output = ()>) -> (Ending, bool) {
		let mut reading = pin!(reading);
		let mut ending = pin!(self.ending(limit));
		tokio::select! {
			ending = &mut ending => {
				let closed = timeout(LINGER, reading).await;
				(ending, closed.is_ok())
			},
			() = &mut reading => (ending.await, true),
		}
	}

	/// Waits for the program's end. Asks for it when the time is over, and forces it later.
	async fn ending(&self, limit: Duration) -> Ending {
		if let Ok(ending) = timeout(limit, self.exit()).await {
			return ending;
		}
		self.signal(Signal::TERM);
		if timeout(GRACE, self.exit()).await.is_err() {
			self.signal(Signal::KILL);
			// What the kernel holds back ends later.
			let _ = timeout(GRACE, self.exit()).await;
		}
		Ending::TimedOut
	}

	/// Waits until the program ends, and leaves its entry in the process table.
	async fn exit(&self) -> Ending {
		let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
		loop {
			match waitid(WaitId::Pid(self.group), options) {
				Ok(Some(status)) => return status.into(),
				Ok(None) | Err(Errno::INTR) => sleep(POLL).await,
				Err(error) => return Ending::Lost(error.to_string()),
			}
		}
	}

	/// Sends a signal to the group. That nobody is left in it is no failure.
	fn signal(&self, signal: Signal) {
		let _ = kill_process_group(self.group, signal);
	}
}

impl Drop for Running {
	fn drop(&mut self) {
		if !self.is_waited_for {
			self.signal(Signal::KILL);
		}
	}
}

impl From<WaitIdStatus> for Ending {
	fn from(status: WaitIdStatus) -> Self {
		match (status.exit_status(), status.terminating_signal()) {
			(Some(code), _) => Self::Exited(code),
			(None, Some(signal)) => Self::Signalled(signal),
			(None, None) => Self::Lost("it neither exited nor was ended by a signal".to_owned()),
		}
	}
}

impl Captured {
	/// Reads both outputs until they are closed.
	async fn read(&mut self, (stdout, stderr): (Option<ChildStdout>, Option<ChildStderr>)) {
		tokio::join!(self.stdout.read(stdout), self.stderr.read(stderr));
	}
}

impl Stream {
	/// Reads until the end. What was read stays when the future is dropped.
	async fn read(&mut self, pipe: Option<impl AsyncRead + Unpin>) {
		let Some(mut pipe) = pipe else { return };
		let mut chunk = vec![0_u8; 8 * 1024];
		while let Ok(count @ 1..) = pipe.read(&mut chunk).await {
			let room = KEPT.saturating_sub(self.kept.len());
			self.kept.extend(chunk.iter().take(count.min(room)));
			self.length = self.length.saturating_add(count.try_into().unwrap_or(u64::MAX));
		}
	}

	fn report(&self) -> StreamReport {
		StreamReport { length: self.length, kept: BASE64.encode(&self.kept) }
	}
}

impl Outcome {
	/// Whether the program says that it did its work.
	pub fn succeeded(&self) -> bool {
		self.ending == Ending::Exited(0)
	}

	/// All of it as JSON: the same bytes for the same outcome.
	pub fn report(&self) -> Vec<u8> {
		let report = Report {
			ending: &self.ending,
			took_ms: self.took.as_millis().try_into().unwrap_or(u64::MAX),
			stdout: self.output.stdout.report(),
			stderr: self.output.stderr.report(),
		};
		serde_json::to_vec(&report).unwrap_or_default()
	}

	/// The Blake2b-256 hash of [`Self::report`], which the chain gets as evidence.
	pub fn digest(&self) -> Hash {
		digest(&self.report())
	}
}

/// The Blake2b-256 hash (RFC 7693) of a report.
fn digest(report: &[u8]) -> Hash {
	let mut digest = Hash([0; 32]);
	let hash = blake2b_simd::Params::new().hash_length(digest.0.len()).hash(report);
	digest.0.copy_from_slice(hash.as_bytes());
	digest
}

#[cfg(test)]
mod tests;

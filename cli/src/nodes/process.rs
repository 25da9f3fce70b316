//! Processes, told apart by more than their id: ids are given again, after a reboot from the beginning.

use serde::{Deserialize, Serialize};
use std::{fs, io, time::Duration};

#[cfg(target_os = "linux")]
use rustix::{
	event::{poll, PollFd, PollFlags, Timespec},
	io::{retry_on_intr, Errno},
	process::{pidfd_open, pidfd_send_signal, Pid, PidfdFlags, Signal},
};
#[cfg(target_os = "linux")]
use std::os::fd::OwnedFd;

/// Tells one boot of the machine from another: proc(5).
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

/// Where the state stands among the fields of `/proc/PID/stat` that follow the program's name: proc(5)
/// counts it as the third.
const STATE: usize = 0;

/// Where the number of threads stands, by the same count: the 20th field of proc(5).
const THREADS: usize = 17;

/// Where the time of the start stands, by the same count: the 22nd field of proc(5).
const START_TIME: usize = 19;

/// A process that was started once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
	/// Its id.
	pub id: u32,
	/// When it was started, in clock ticks since the machine was.
	started: u64,
	/// In which boot of the machine.
	boot: String,
}

impl Process {
	/// The process that has this id now, unless it has ended already.
	pub fn with_id(id: u32) -> io::Result<Self> {
		let boot = fs::read_to_string(BOOT_ID)?.trim().to_owned();
		let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
		let started = start_of(&stat).ok_or(io::ErrorKind::NotFound)?;
		Ok(Self { id, started, boot })
	}

	/// Whether this very process still runs.
	pub fn is_running(&self) -> bool {
		Self::with_id(self.id).is_ok_and(|process| process == *self)
	}
}

/// When a process was started whose `/proc/PID/stat` this is. Nothing, if it has ended and only waits for
/// its parent to notice.
fn start_of(stat: &str) -> Option<u64> {
	// The name is in parentheses, and may hold some itself.
	let (_, fields) = stat.rsplit_once(')')?;
	let fields: Vec<_> = fields.split_whitespace().collect();
	// The state is that of its first thread. While others still end, they hold its ports and its files.
	let threads: u32 = fields.get(THREADS)?.parse().ok()?;
	let has_ended = matches!(*fields.get(STATE)?, "Z" | "X") && threads <= 1;
	fields.get(START_TIME)?.parse().ok().filter(|_| !has_ended)
}

/// A process that cannot be mistaken for another as long as this is held.
#[cfg(target_os = "linux")]
pub struct Held(OwnedFd);

#[cfg(target_os = "linux")]
impl Process {
	/// Takes hold of the process, if it still runs.
	pub fn hold(&self) -> io::Result<Option<Held>> {
		let id = i32::try_from(self.id).ok().and_then(Pid::from_raw);
		let Some(id) = id else { return Ok(None) };
		let handle = match pidfd_open(id, PidfdFlags::empty()) {
			Ok(handle) => handle,
			Err(Errno::SRCH) => return Ok(None),
			Err(error) => return Err(error.into()),
		};
		// Only now is it certain that the handle is that of the process which is looked at.
		if !self.is_running() {
			return Ok(None);
		}
		Ok(Some(Held(handle)))
	}
}

#[cfg(target_os = "linux")]
impl Held {
	/// Asks the process to end.
	pub fn ask_to_end(&self) -> io::Result<()> {
		self.signal(Signal::TERM)
	}

	/// Ends the process at once.
	pub fn kill(&self) -> io::Result<()> {
		self.signal(Signal::KILL)
	}

	fn signal(&self, signal: Signal) -> io::Result<()> {
		match pidfd_send_signal(&self.0, signal) {
			// It has ended meanwhile.
			Ok(()) | Err(Errno::SRCH) => Ok(()),
			Err(error) => Err(error.into()),
		}
	}

	/// Waits until the process has ended, `timeout` at most, and says whether it has.
	pub async fn has_ended_within(&self, timeout: Duration) -> io::Result<bool> {
		let (handle, timeout) = (self.0.try_clone()?, Timespec::try_from(timeout).ok());
		// A process that has ended makes its handle readable: pidfd_open(2).
		let waited = tokio::task::spawn_blocking(move || {
			retry_on_intr(|| poll(&mut [PollFd::new(&handle, PollFlags::IN)], timeout.as_ref()))
		});
		Ok(waited.await.map_err(io::Error::other)?? > 0)
	}
}

/// Where processes can't be told apart, none is started.
#[cfg(not(target_os = "linux"))]
pub struct Held(std::convert::Infallible);

#[cfg(not(target_os = "linux"))]
impl Process {
	/// Takes hold of the process, if it still runs.
	pub fn hold(&self) -> io::Result<Option<Held>> {
		Err(io::ErrorKind::Unsupported.into())
	}
}

#[cfg(not(target_os = "linux"))]
impl Held {
	/// Asks the process to end.
	pub fn ask_to_end(&self) -> io::Result<()> {
		match self.0 {}
	}

	/// Ends the process at once.
	pub fn kill(&self) -> io::Result<()> {
		match self.0 {}
	}

	/// Waits until the process has ended, `timeout` at most, and says whether it has.
	pub async fn has_ended_within(&self, _: Duration) -> io::Result<bool> {
		match self.0 {}
	}
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
	use super::*;
	use std::process::{Child, Command, Stdio};

	/// Longer than anything takes.
	const LONG: Duration = Duration::from_secs(60);

	/// A process that goes on until it is ended.
	fn endless() -> Child {
		let child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
		child.expect("`cat` can be run")
	}

	#[test]
	fn start_should_be_read_whatever_the_program_is_called() {
		let fields =
			|state: &str, threads: u32| {
				format!("7 (a b) c) {state} 1 7 7 0 -1 4194304 1 0 0 0 0 0 0 0 20 0 {threads} 0 4711 0 0")
			};
		assert_eq!(start_of(&fields("S", 1)), Some(4_711));
		assert_eq!(start_of(&fields("Z", 1)), None);
		// Its first thread has ended, and another holds its ports.
		assert_eq!(start_of(&fields("Z", 2)), Some(4_711));
		assert_eq!(start_of("7 (a) S 1"), None);
		assert_eq!(start_of(""), None);
	}

	#[tokio::test]
	async fn process_should_run_until_it_is_asked_to_end() {
		let mut child = endless();
		let process = Process::with_id(child.id()).expect("it runs");
		assert!(process.is_running());
		let held = process.hold().expect("it can be held").expect("it runs");
		assert!(!held.has_ended_within(Duration::ZERO).await.expect("it can be waited for"));
		held.ask_to_end().expect("it is ours");
		assert!(held.has_ended_within(LONG).await.expect("it can be waited for"));
		child.wait().expect("it is ours");
		assert!(!process.is_running());
		assert!(process.hold().expect("it can be looked for").is_none());
		held.kill().expect("what has ended needs no signal");
	}

	#[test]
	fn process_should_not_be_taken_for_another_with_its_id() {
		let mut child = endless();
		let process = Process::with_id(child.id()).expect("it runs");
		let earlier = Process { started: process.started - 1, ..process.clone() };
		let before_reboot = Process { boot: "another".into(), ..process.clone() };
		for foreign in [earlier, before_reboot] {
			assert!(!foreign.is_running());
		}
		child.kill().expect("it is ours");
		child.wait().expect("it is ours");
	}
}

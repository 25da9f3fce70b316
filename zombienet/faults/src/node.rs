//! One node as a process of its own.

use crate::{
	clock::FastClock,
	genesis::{Keys, CHAIN_FOLDER},
	isolation::execute,
	program, wait_until, LIMIT,
};
use serde_json::Value;
use std::{
	collections::BTreeSet,
	fs::{self, OpenOptions},
	net::Ipv4Addr,
	path::{Path, PathBuf},
	process::{Child, Command, ExitStatus, Stdio},
	thread,
	time::{Duration, Instant},
};
use subxt::rpcs::{client::RpcParams, RpcClient};

/// How many lines of each node's log a failed test prints.
const SHOWN_LINES: usize = 60;

/// What two nodes with one key need, once the node refuses to run like that.
const NO_GUARD: &str = "--unsafe-disable-signing-guard";

/// What a node is for.
#[derive(Clone, Debug)]
pub enum Role {
	/// It signs with these keys.
	Validator(Keys),
	/// It signs with keys that another node has, too.
	Twin(Keys),
	/// It follows.
	Full,
}

/// Where a node is found.
#[derive(Clone, Debug)]
pub(crate) struct Place {
	/// Its network namespace, if it has one.
	pub namespace: Option<String>,
	pub host: Ipv4Addr,
	pub peer_port: u16,
	pub rpc_port: u16,
	/// What its network key is derived from; no two nodes share it.
	pub number: usize,
}

/// A node, running or stopped. Its data stays until the network is dropped.
pub struct Node {
	/// What the node is called in logs and reports.
	pub name: String,
	pub(crate) role: Role,
	pub(crate) place: Place,
	folder: PathBuf,
	peer_id: String,
	/// What it is started with, other than its place.
	pub(crate) arguments: Vec<String>,
	pub(crate) clock: Option<FastClock>,
	/// How much of the disk must be free, in MiB, or the node ends. Zero: it does not look.
	pub storage_threshold: u64,
	has_own_disk: bool,
	child: Option<Child>,
	rpc: Option<RpcClient>,
}

impl Node {
	/// A node that was never started, of the chain that `spec` is of, with its data in `folder`.
	pub(crate) fn new(
		name: String,
		role: Role,
		place: Place,
		folder: PathBuf,
		spec: &Path,
	) -> Self {
		fs::create_dir_all(&folder).expect("the temporary folder is writable");
		let key_file = folder.join("network-key");
		fs::write(&key_file, format!("{:064x}", place.number + 1)).expect("the folder is writable");
		let text =
			|path: &Path| path.to_str().expect("temporary folders have plain names").to_owned();
		let peer_id = program::run(&["key", "inspect-node-key", "--file", &text(&key_file)]);
		let mut arguments = vec![
			"--chain".into(),
			text(spec),
			"--node-key-file".into(),
			text(&key_file),
			"--wasm-cache".into(),
			text(&program::wasm_cache()),
		];
		arguments.extend(["--no-prometheus", "--no-mdns", "--no-telemetry"].map(str::to_owned));
		if !matches!(role, Role::Full) {
			arguments.push("--validator".into());
		}
		Self {
			name,
			role,
			place,
			folder,
			peer_id: peer_id.trim().to_owned(),
			arguments,
			clock: None,
			storage_threshold: 0,
			has_own_disk: false,
			child: None,
			rpc: None,
		}
	}

	/// The address for other nodes.
	pub fn peer_address(&self) -> String {
		format!("/ip4/{}/tcp/{}/p2p/{}", self.place.host, self.place.peer_port, self.peer_id)
	}

	/// Its name among peers.
	pub fn peer_id(&self) -> &str {
		&self.peer_id
	}

	/// Where it listens for other nodes.
	pub fn peer_socket(&self) -> (Ipv4Addr, u16) {
		(self.place.host, self.place.peer_port)
	}

	/// The address for WebSocket clients.
	pub fn url(&self) -> String {
		format!("ws://{}:{}", self.place.host, self.place.rpc_port)
	}

	/// The folder of its data.
	pub fn data(&self) -> PathBuf {
		self.folder.join("data")
	}

	/// Adds arguments, from the next start on.
	pub fn arguments(&mut self, arguments: &[&str]) {
		self.arguments.extend(arguments.iter().map(|argument| (*argument).to_owned()));
	}

	/// Has its clock go ahead of everybody else's, from the next start on.
	pub fn set_clock_ahead(&mut self, ahead: Duration) {
		self.clock = Some(FastClock::new(&self.folder, ahead));
	}

	/// Puts the node's data, which is not there yet, on a disk of so many MiB.
	pub(crate) fn give_disk(&mut self, mebibytes: u64) {
		let data = self.data();
		fs::create_dir_all(&data).expect("the temporary folder is writable");
		let data = data.to_str().expect("temporary folders have plain names");
		execute("mount", &["-t", "tmpfs", "-o", &format!("size={mebibytes}m"), "tmpfs", data]);
		self.has_own_disk = true;
	}

	/// The state at the block with this hash, as the node that is stopped has it on its disk.
	pub fn export_state(&self, hash: &str) -> Value {
		let data = self.data();
		let data = data.to_str().expect("temporary folders have plain names");
		let chain = &self.arguments[1];
		program::run_json(&["export-state", hash, "--chain", chain, "--base-path", data])
	}

	/// Puts its clock right, from the next start on.
	pub fn put_clock_right(&mut self) {
		self.clock = None;
	}

	/// Starts the process, and returns before it answers.
	pub fn launch(&mut self) {
		assert!(self.child.is_none(), "{} is running", self.name);
		if let Role::Validator(keys) | Role::Twin(keys) = &self.role {
			keys.store(&self.data().join(CHAIN_FOLDER).join("keystore"));
		}
		let log = OpenOptions::new().create(true).append(true).open(self.log_path());
		let log = log.expect("the temporary folder is writable");
		let errors = log.try_clone().expect("a file can be had twice");
		let mut command = self.command();
		if let Some(clock) = &self.clock {
			clock.apply(&mut command);
		}
		let child = command.stdin(Stdio::null()).stdout(log).stderr(errors).spawn();
		self.child = Some(child.expect("the node's program can be run"));
	}

	/// Starts the node, and waits until its RPC answers.
	pub async fn start(&mut self) {
		self.launch();
		self.connect().await;
	}

	/// Waits until the RPC of the node answers.
	pub(crate) async fn connect(&mut self) {
		let start = Instant::now();
		while self.rpc.is_none() {
			let ended = self.ended();
			assert!(ended.is_none(), "{} ended at its start: {ended:?}", self.name);
			assert!(start.elapsed() < LIMIT, "{} opens no RPC", self.name);
			self.rpc = RpcClient::from_insecure_url(self.url()).await.ok();
			tokio::time::sleep(Duration::from_millis(50)).await;
		}
	}

	/// How the process ended by itself, if it did.
	pub fn ended(&mut self) -> Option<ExitStatus> {
		self.child.as_mut().and_then(|child| child.try_wait().ok().flatten())
	}

	/// Whether it was started and neither stopped nor killed since.
	pub fn is_running(&self) -> bool {
		self.rpc.is_some()
	}

	/// Kills the process at once, as a power failure would, but for what the kernel has to write.
	pub fn kill(&mut self) {
		self.rpc = None;
		if let Some(mut child) = self.child.take() {
			let _ = child.kill();
			let _ = child.wait();
		}
	}

	/// Ends the process politely.
	pub fn stop(&mut self) {
		self.rpc = None;
		let Some(child) = &mut self.child else { return };
		let asked = Command::new("kill").arg(child.id().to_string()).status();
		let start = Instant::now();
		while asked.as_ref().is_ok_and(|status| status.success()) && start.elapsed() < LIMIT {
			if matches!(child.try_wait(), Ok(Some(_))) {
				break;
			}
			thread::sleep(Duration::from_millis(50));
		}
		self.kill();
	}

	/// Asks the node.
	pub async fn ask(&self, method: &str, parameters: &[Value]) -> Result<Value, String> {
		let Some(rpc) = &self.rpc else { return Err(format!("{} is stopped", self.name)) };
		let mut list = RpcParams::new();
		for parameter in parameters {
			list.push(parameter).expect("it is JSON");
		}
		let answer = tokio::time::timeout(LIMIT, rpc.request(method, list)).await;
		let answer = answer.map_err(|_| format!("{} does not answer {method}", self.name))?;
		answer.map_err(|error| format!("{} refuses {method}: {error}", self.name))
	}

	/// Asks the node; an error fails the test.
	pub async fn request(&self, method: &str, parameters: &[Value]) -> Value {
		self.ask(method, parameters).await.unwrap_or_else(|error| panic!("{error}"))
	}

	/// The number of the best block.
	pub async fn best(&self) -> u64 {
		number(&self.request("chain_getHeader", &[]).await)
	}

	/// The number of the last finalized block.
	pub async fn finalized(&self) -> u64 {
		let hash = self.request("chain_getFinalizedHead", &[]).await;
		number(&self.request("chain_getHeader", &[hash]).await)
	}

	/// The names of the peers that it announces blocks to.
	pub async fn peers(&self) -> BTreeSet<String> {
		let peers = self.request("system_peers", &[]).await;
		let peers = peers.as_array().expect("a node lists its peers");
		let names = peers.iter().map(|peer| peer["peerId"].as_str());
		names.map(|name| name.expect("a peer has a name").to_owned()).collect()
	}

	/// Waits until the node has a best block with this number, or a higher one.
	pub async fn wait_for_best(&self, number: u64) {
		let what = format!("{} to have block {number}", self.name);
		wait_until(&what, || async { (self.best().await >= number).then_some(()) }).await;
	}

	/// Waits until the node has finalized the block with this number.
	pub async fn wait_for_finalized(&self, number: u64) {
		let what = format!("{} to finalize block {number}", self.name);
		wait_until(&what, || async { (self.finalized().await >= number).then_some(()) }).await;
	}

	/// Everything that the node has logged.
	pub fn log(&self) -> String {
		fs::read_to_string(self.log_path()).unwrap_or_default()
	}

	fn log_path(&self) -> PathBuf {
		self.folder.join("log")
	}

	/// What starts the node where it belongs.
	fn command(&self) -> Command {
		let Place { namespace, host, peer_port, rpc_port, .. } = &self.place;
		let mut command = match namespace {
			Some(namespace) => {
				let mut command = Command::new("ip");
				command.args(["netns", "exec", namespace]).arg(program::node());
				// Only the test's own device leads there, and it may ask as much as it likes. The last one lets
				// hosts in by any name.
				command.args(["--unsafe-rpc-external", "--rpc-methods", "unsafe"]);
				command.args(["--rpc-rate-limit", "1000000", "--rpc-cors", "all"]);
				command
			},
			None => Command::new(program::node()),
		};
		command
			.args(&self.arguments)
			.args(["--db-storage-threshold", &self.storage_threshold.to_string()])
			.args(["--name", &self.name, "--base-path"])
			.arg(self.data())
			.args(["--rpc-port", &rpc_port.to_string()])
			.args(["--listen-addr", &format!("/ip4/{host}/tcp/{peer_port}")]);
		if matches!(self.role, Role::Twin(_)) && program::has_option(NO_GUARD) {
			command.arg(NO_GUARD);
		}
		command
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		self.kill();
		if thread::panicking() {
			let log = self.log();
			let lines: Vec<_> = log.lines().collect();
			let shown = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
			println!("the end of {}'s log:\n{}\n", self.name, shown.join("\n"));
		}
		if self.has_own_disk {
			// Else the folder could not be removed.
			execute("umount", &[self.data().to_str().unwrap_or_default()]);
		}
	}
}

/// The number in a header.
pub(crate) fn number(header: &Value) -> u64 {
	let number = header["number"].as_str().expect("a header has a number");
	u64::from_str_radix(number.trim_start_matches("0x"), 16).expect("the number is hexadecimal")
}

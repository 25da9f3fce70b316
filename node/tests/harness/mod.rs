//! Real nodes, asked over HTTP as people with curl ask them, and the program's other commands.
//!
//! Not every test uses everything.
#![allow(dead_code)]

use serde_json::{json, Value};
use std::{
	fs::{self, File},
	io::{Read, Write},
	mem,
	net::{TcpListener, TcpStream},
	path::{Path, PathBuf},
	process::{Child, Command, ExitStatus, Stdio},
	sync::Arc,
	thread,
	time::{Duration, Instant},
};
use tempfile::TempDir;

/// The program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_aitbc-node");

/// What a node logs before the address of its RPC.
pub const RPC_ADDRESS: &str = "Running JSON-RPC server: addr=";

/// What a node logs before the address of its metrics.
const METRICS_ADDRESS: &str = "Prometheus exporter started at ";

/// The option that gives a test's node metrics.
const METRICS_PORT: &str = "--prometheus-port";

/// The option that gives a test's node another's data, or such as were prepared.
const BASE_PATH: &str = "--base-path";

/// After how long a condition counts as never coming true: generous for a loaded machine.
const LIMIT: Duration = Duration::from_secs(180);

/// How long to wait before asking again.
const PAUSE: Duration = Duration::from_millis(200);

/// Waits for the end of its input, and then ends the process `$1` and removes the folder `$2`.
const WATCH: &str = r#"
	cat >/dev/null
	kill "$1"
	for _ in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" || break; sleep 1; done
	rm -rf "$2"
"#;

/// How many lines of the log a failed test prints.
const SHOWN_LINES: usize = 100;

/// A command that has ended.
#[derive(Debug)]
pub struct Run {
	/// Whether it says that it succeeded.
	pub success: bool,
	/// What it printed to standard output.
	pub output: String,
	/// What it printed to standard error.
	pub errors: String,
}

/// Runs the program with `arguments` until it ends by itself.
pub fn run(arguments: &[&str]) -> Run {
	let output = Command::new(PROGRAM)
		.args(arguments)
		.stdin(Stdio::null())
		.output()
		.expect("the node's program can be run");
	Run {
		success: output.status.success(),
		output: String::from_utf8_lossy(&output.stdout).into(),
		errors: String::from_utf8_lossy(&output.stderr).into(),
	}
}

/// A node on free loopback ports; it ends when this is dropped.
pub struct Node {
	child: Child,
	folder: Arc<TempDir>,
	address: String,
}

impl Node {
	/// Starts a development node with `arguments`, and waits until its RPC listens.
	pub fn dev(arguments: &[&str]) -> Self {
		Self::listening(&[&["--dev"], arguments].concat())
	}

	/// Starts a node with `arguments`, and waits until its RPC listens.
	pub fn listening(arguments: &[&str]) -> Self {
		Self::listening_in(new_folder(), arguments)
	}

	/// The same in a folder that may have been another node's, which has ended.
	pub fn listening_in(folder: Arc<TempDir>, arguments: &[&str]) -> Self {
		let mut node = Self::starting_in(folder, arguments);
		node.address = wait_until("the node to listen", || {
			let ended = node.child.try_wait().ok().flatten();
			assert!(ended.is_none(), "the node ended at its start: {ended:?}");
			first_address(&node.log(), RPC_ADDRESS)
		});
		node
	}

	/// Starts a node with `arguments`, and does not wait for anything. It has metrics if these
	/// choose a port for them, and a folder of its own unless these choose one.
	pub fn starting(arguments: &[&str]) -> Self {
		Self::starting_in(new_folder(), arguments)
	}

	/// The same in a folder that may have been another node's, which has ended.
	pub fn starting_in(folder: Arc<TempDir>, arguments: &[&str]) -> Self {
		let log = File::create(folder.path().join("log")).expect("the folder is writable");
		let no_metrics = (!arguments.contains(&METRICS_PORT)).then_some("--no-prometheus");
		let mut command = Command::new(PROGRAM);
		if !arguments.contains(&BASE_PATH) {
			command.arg(BASE_PATH).arg(folder.path().join("data"));
		}
		let child = command
			.args(["--port", "0", "--rpc-port", "0"])
			// All tests share it, so that the runtime is compiled once and not at each start.
			.arg("--wasm-cache")
			.arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("wasm-cache"))
			.args(no_metrics)
			.args(arguments)
			.stdin(Stdio::null())
			.stdout(log.try_clone().expect("a file can be had twice"))
			.stderr(log)
			.spawn()
			.expect("the node's program can be run");
		Self { child, folder, address: String::new() }
	}

	/// Where the node keeps its data, unless it was told where: its `--base-path`.
	pub fn base_path(&self) -> PathBuf {
		base_path(&self.folder)
	}

	/// The folder in which the node runs, for the next one.
	pub fn folder(&self) -> Arc<TempDir> {
		self.folder.clone()
	}

	/// Ends the process as a power cut does.
	pub fn kill(&mut self) {
		self.child.kill().expect("the process is this one's");
		self.child.wait().expect("a child can be waited for");
	}

	/// Where its JSON-RPC listens.
	pub fn address(&self) -> &str {
		&self.address
	}

	/// What the node has logged.
	pub fn log(&self) -> String {
		fs::read_to_string(self.log_path()).unwrap_or_default()
	}

	/// Waits until the node has logged `text`.
	pub fn wait_for_log(&self, text: &str) {
		wait_until(&format!("the node to log `{text}`"), || {
			self.log().contains(text).then_some(())
		});
	}

	/// The height of the best block.
	pub fn best(&self) -> u64 {
		let header = self.get("chain_getHeader", json!([]));
		let height = header["number"].as_str().expect("a header has a number");
		u64::from_str_radix(height.trim_start_matches("0x"), 16).expect("it is hexadecimal")
	}

	/// The address for other nodes on this machine.
	pub fn p2p_address(&self) -> String {
		wait_until("the node to listen for peers", || {
			let addresses = self.get("system_localListenAddresses", json!([]));
			let mut addresses = addresses.as_array()?.iter().filter_map(Value::as_str);
			addresses.find(|address| address.starts_with("/ip4/127.0.0.1/tcp/")).map(str::to_owned)
		})
	}

	/// The page of metrics, of a node that has some.
	pub fn metrics(&self) -> String {
		let address =
			wait_until("the node to serve metrics", || first_address(&self.log(), METRICS_ADDRESS));
		let request =
			format!("GET /metrics HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
		let (head, page) = exchange(&address, &request);
		assert!(head.starts_with("HTTP/1.1 200 "), "{head}\n{page}");
		page
	}

	/// Asks; an error is the answer's `error` object.
	pub fn ask(&self, method: &str, params: Value) -> Result<Value, Value> {
		let body = json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
		let mut answer = self.post(&body.to_string());
		match answer.get_mut("error") {
			Some(error) => Err(error.take()),
			None => Ok(answer["result"].take()),
		}
	}

	/// Asks for what cannot fail.
	pub fn get(&self, method: &str, params: Value) -> Value {
		let asked = params.to_string();
		self.ask(method, params).unwrap_or_else(|error| panic!("{method} {asked} fails: {error}"))
	}

	/// Asks for what must fail.
	pub fn fail(&self, method: &str, params: Value) -> Value {
		let asked = params.to_string();
		match self.ask(method, params) {
			Ok(answer) => panic!("{method} {asked} answers: {answer}"),
			Err(error) => error,
		}
	}

	/// Sends one HTTP request, and reads the JSON of its answer.
	fn post(&self, body: &str) -> Value {
		let request = format!(
			"POST / HTTP/1.1\r\nHost: {}\r\nContent-Type: application/json\r\n\
			 Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
			self.address,
			body.len()
		);
		let (head, content) = exchange(&self.address, &request);
		serde_json::from_str(&content)
			.unwrap_or_else(|error| panic!("no JSON ({error}): {head}\n{content}"))
	}

	/// Ends the node and removes its folder when this process ends, however it does: what is in a static
	/// is never dropped.
	pub fn keep(&self) {
		let watch = Command::new("sh")
			.args(["-c", WATCH, "sh", &self.child.id().to_string()])
			.arg(self.folder.path())
			.stdin(Stdio::piped())
			.stdout(Stdio::null())
			.stderr(Stdio::null())
			.spawn()
			.expect("there is a shell");
		// The end of the pipe that the shell waits for is open for as long as this process is there.
		mem::forget(watch);
	}

	/// Ends the process, politely at first, and tells how it ended.
	pub fn stop(&mut self) -> ExitStatus {
		if let Ok(Some(status)) = self.child.try_wait() {
			return status;
		}
		let asked = Command::new("kill").arg(self.child.id().to_string()).status();
		let start = Instant::now();
		while asked.as_ref().is_ok_and(|status| status.success()) && start.elapsed() < LIMIT {
			if let Ok(Some(status)) = self.child.try_wait() {
				return status;
			}
			thread::sleep(PAUSE);
		}
		let _ = self.child.kill();
		self.child.wait().expect("a child can be waited for")
	}

	fn log_path(&self) -> PathBuf {
		self.folder.path().join("log")
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		self.stop();
		if thread::panicking() {
			let log = self.log();
			let lines: Vec<_> = log.lines().collect();
			let shown = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
			eprintln!("the end of the node's log:\n{}", shown.join("\n"));
		}
	}
}

/// A folder for a node.
pub fn new_folder() -> Arc<TempDir> {
	Arc::new(tempfile::tempdir().expect("a temporary folder can be made"))
}

/// The `--base-path` of a node that runs in `folder`.
pub fn base_path(folder: &TempDir) -> PathBuf {
	folder.path().join("data")
}

/// Asks `condition` until it gives something. `what` says in words what is waited for.
pub fn wait_until<T>(what: &str, mut condition: impl FnMut() -> Option<T>) -> T {
	let start = Instant::now();
	loop {
		if let Some(found) = condition() {
			return found;
		}
		assert!(start.elapsed() < LIMIT, "waited {} s in vain for {what}", LIMIT.as_secs());
		thread::sleep(PAUSE);
	}
}

/// A port of this machine's loopback that nobody listens on at the moment.
pub fn free_port() -> u16 {
	let listener = TcpListener::bind(("127.0.0.1", 0)).expect("some port is free");
	listener.local_addr().expect("a bound socket has an address").port()
}

/// Sends an HTTP request to `address`, and reads its answer: the head and the content.
fn exchange(address: &str, request: &str) -> (String, String) {
	let mut stream = TcpStream::connect(address).expect("the node listens");
	stream.write_all(request.as_bytes()).expect("the node reads");
	let mut answer = String::new();
	stream.read_to_string(&mut answer).expect("the node answers");
	let (head, content) = answer.split_once("\r\n\r\n").expect("the answer is HTTP");
	(head.into(), content.into())
}

/// The first address after `introduction` in `log`, once its line is complete.
fn first_address(log: &str, introduction: &str) -> Option<String> {
	let (_, rest) = log.split_once(introduction)?;
	let (line, _) = rest.split_once('\n')?;
	line.split(',').next().map(|address| address.trim().to_owned())
}

//! Nodes as processes of their own.

use super::{wait_until, LIMIT, PAUSE};
use serde_json::Value;
use std::{
	env,
	ffi::OsString,
	fs::{self, File},
	net::TcpListener,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	sync::Mutex,
	thread,
	time::Instant,
};
use subxt::{
	dynamic::Value as Dynamic,
	rpcs::{client::RpcParams, RpcClient},
	OnlineClient, SubstrateConfig,
};
use subxt_signer::sr25519::dev;
use tempfile::TempDir;

/// What a node logs before the address of its RPC.
const RPC_ADDRESS: &str = "Running JSON-RPC server: addr=";

/// The option that gives a test's node metrics.
const METRICS_PORT: &str = "--prometheus-port";

/// How many lines of the log a failed test prints.
const SHOWN_LINES: usize = 200;

/// A node that is to be started.
pub struct NodeBuilder {
	name: String,
	arguments: Vec<OsString>,
}

impl NodeBuilder {
	/// Adds an argument.
	pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
		self.arguments.push(argument.into());
		self
	}

	/// Has the node measure itself, and report.
	pub fn measuring(self) -> Self {
		self.arg(METRICS_PORT).arg(free_port().to_string()).arg("--telemetry-worker")
	}

	/// Lets the node find the others through `node`.
	pub async fn bootnode(self, node: &Node) -> Self {
		let address = node.p2p_address().await;
		self.arg("--bootnodes").arg(address)
	}

	/// Starts the node, and waits until its RPC answers.
	pub async fn start(self) -> Node {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let mut node =
			Node { name: self.name, arguments: self.arguments, folder, child: None, rpc: None };
		node.resume().await;
		node
	}
}

/// A node, running or stopped.
pub struct Node {
	name: String,
	arguments: Vec<OsString>,
	folder: TempDir,
	child: Option<Child>,
	rpc: Option<Rpc>,
}

/// A connection to a running node.
struct Rpc {
	address: String,
	client: Mutex<RpcClient>,
}

impl Rpc {
	fn client(&self) -> RpcClient {
		self.client.lock().expect("nobody panicked with it").clone()
	}

	/// Connects again. A connection that hears nothing for a minute is closed, and a test that waits for one command
	/// after the other hears nothing.
	async fn reconnect(&self) -> RpcClient {
		let client = RpcClient::from_insecure_url(format!("ws://{}", self.address)).await;
		let client = client.expect("the node answers");
		*self.client.lock().expect("nobody panicked with it") = client.clone();
		client
	}
}

impl Node {
	/// A node of the chain `chain`, called `name` in logs. It says nothing about its role.
	pub fn builder(name: &str, chain: &str) -> NodeBuilder {
		NodeBuilder { name: name.to_owned(), arguments: Vec::new() }.arg("--chain").arg(chain)
	}

	/// The validator of the `local` network whose keys `--NAME` gives.
	pub fn validator(name: &str) -> NodeBuilder {
		// The node's folder is new, and nobody has to find the node again after the test.
		let key = "--unsafe-force-node-key-generation";
		Self::builder(name, "local").arg(format!("--{name}")).arg(key)
	}

	/// The four validators of the `local` network, which know each other; `of` makes them, by their names.
	pub async fn four(of: impl Fn(&str) -> NodeBuilder) -> [Self; 4] {
		let alice = of("alice").start().await;
		let bob = of("bob").bootnode(&alice).await.start().await;
		let charlie = of("charlie").bootnode(&alice).await.start().await;
		let dave = of("dave").bootnode(&alice).await.start().await;
		[alice, bob, charlie, dave]
	}

	/// A development node: one validator, blocks every three seconds.
	pub async fn dev() -> Self {
		Self::dev_builder().start().await
	}

	/// The same that measures itself.
	pub async fn measuring() -> Self {
		Self::dev_builder().measuring().start().await
	}

	/// A development node that is not started yet.
	pub fn dev_builder() -> NodeBuilder {
		NodeBuilder { name: "dev".into(), arguments: Vec::new() }.arg("--dev")
	}

	/// Starts the node again, on the data that it had and on other ports.
	pub async fn resume(&mut self) {
		assert!(self.child.is_none(), "{} is running", self.name);
		let log = File::create(self.log_path()).expect("the temporary folder is writable");
		let errors = log.try_clone().expect("a file can be had twice");
		let has_metrics = self.arguments.iter().any(|argument| argument == METRICS_PORT);
		let child = Command::new(program())
			.args(&self.arguments)
			.args((!has_metrics).then_some("--no-prometheus"))
			// Networks of other tests have the same validators, and must not be found.
			.args(["--no-mdns", "--port", "0", "--rpc-port", "0", "--base-path"])
			.arg(self.folder.path().join("data"))
			.arg("--wasm-cache")
			.arg(wasm_cache())
			.stdin(Stdio::null())
			.stdout(log)
			.stderr(errors)
			.spawn()
			.expect("the node's program can be run");
		self.child = Some(child);
		let address = self.wait_for_rpc_address();
		let client = wait_until("the node's RPC to answer", || async {
			RpcClient::from_insecure_url(format!("ws://{address}")).await.ok()
		})
		.await;
		self.rpc = Some(Rpc { address, client: Mutex::new(client) });
	}

	/// Ends the node, and starts it again on its data with the arguments of `builder`.
	pub async fn restart_as(&mut self, builder: NodeBuilder) {
		self.stop();
		self.arguments = builder.arguments;
		self.resume().await;
	}

	/// Ends the node, politely at first, and keeps its data.
	pub fn stop(&mut self) {
		self.rpc = None;
		let Some(mut child) = self.child.take() else { return };
		let asked = Command::new("kill").arg(child.id().to_string()).status();
		let start = Instant::now();
		while asked.as_ref().is_ok_and(|status| status.success()) && start.elapsed() < LIMIT {
			if matches!(child.try_wait(), Ok(Some(_))) {
				return;
			}
			thread::sleep(PAUSE);
		}
		let _ = child.kill();
		let _ = child.wait();
	}

	/// Kills the node with SIGKILL, and keeps its data.
	pub fn kill(&mut self) {
		self.rpc = None;
		if let Some(mut child) = self.child.take() {
			let _ = child.kill();
			let _ = child.wait();
		}
	}

	/// The address for WebSocket clients.
	pub fn ws_url(&self) -> String {
		format!("ws://{}", self.rpc().address)
	}

	/// The address for HTTP clients.
	pub fn http_url(&self) -> String {
		format!("http://{}", self.rpc().address)
	}

	/// The address for other nodes on this machine.
	pub async fn p2p_address(&self) -> String {
		wait_until("the node to listen for peers", || async {
			let addresses = self.request("system_localListenAddresses", RpcParams::new()).await;
			let addresses = addresses.as_array().cloned().unwrap_or_default();
			let mut addresses = addresses.iter().filter_map(Value::as_str);
			addresses.find(|address| address.starts_with("/ip4/127.0.0.1/tcp/")).map(str::to_owned)
		})
		.await
	}

	/// Asks the node; an error fails the test.
	pub async fn request(&self, method: &str, parameters: RpcParams) -> Value {
		let asked = self.rpc().client().request(method, parameters.clone()).await;
		let answered = match asked {
			Ok(answer) => return answer,
			Err(_) => self.rpc().reconnect().await.request(method, parameters).await,
		};
		match answered {
			Ok(answer) => answer,
			Err(error) => panic!("{} refuses {method}: {error}", self.name),
		}
	}

	/// The number of the best block.
	pub async fn best(&self) -> u64 {
		let header = self.request("chain_getHeader", RpcParams::new()).await;
		block_number(&header)
	}

	/// The number of the last finalized block.
	pub async fn finalized(&self) -> u64 {
		let hash = self.request("chain_getFinalizedHead", RpcParams::new()).await;
		let mut parameters = RpcParams::new();
		parameters.push(hash).expect("a hash is JSON");
		block_number(&self.request("chain_getHeader", parameters).await)
	}

	/// The hash of the block with this number on the node's best chain.
	pub async fn block_hash(&self, number: u64) -> Value {
		let mut parameters = RpcParams::new();
		parameters.push(number).expect("a number is JSON");
		self.request("chain_getBlockHash", parameters).await
	}

	/// How many peers the node has.
	pub async fn peers(&self) -> u64 {
		let health = self.request("system_health", RpcParams::new()).await;
		health["peers"].as_u64().expect("a node counts its peers")
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

	/// Lets the sudo key set the governed parameter `name` of `pallet`, as a vote would.
	pub async fn set_parameter(&self, pallet: &str, name: &str, value: u128) {
		let client = OnlineClient::<SubstrateConfig>::from_insecure_url(self.ws_url()).await;
		let client = client.expect("the node answers");
		let parameter = Dynamic::unnamed_variant(
			name,
			[
				Dynamic::unnamed_composite([]),
				Dynamic::unnamed_variant("Some", [Dynamic::u128(value)]),
			],
		);
		let set = Dynamic::named_variant(
			"set_parameter",
			[("key_value", Dynamic::unnamed_variant(pallet, [parameter]))],
		);
		let call = Dynamic::unnamed_variant("Parameters", [set]);
		let sudo = subxt::dynamic::transaction("Sudo", "sudo", vec![call]);
		let at = client.at_current_block().await.expect("the node has blocks");
		let sent = at.transactions().sign_and_submit_then_watch_default(&sudo, &dev::alice()).await;
		sent.expect("the pool takes it").wait_for_finalized_success().await.expect("it succeeds");
	}

	/// What the node has logged since it was started last.
	pub fn log(&self) -> String {
		fs::read_to_string(self.log_path()).unwrap_or_default()
	}

	fn rpc(&self) -> &Rpc {
		self.rpc.as_ref().unwrap_or_else(|| panic!("{} is stopped", self.name))
	}

	fn log_path(&self) -> PathBuf {
		self.folder.path().join("log")
	}

	/// Waits until the log tells where the RPC listens.
	fn wait_for_rpc_address(&mut self) -> String {
		let start = Instant::now();
		loop {
			if let Some(address) = rpc_address(&self.log()) {
				return address;
			}
			let ended = self.child.as_mut().and_then(|child| child.try_wait().ok().flatten());
			assert!(ended.is_none(), "{} ended at its start: {ended:?}", self.name);
			assert!(start.elapsed() < LIMIT, "{} opens no RPC", self.name);
			thread::sleep(PAUSE);
		}
	}
}

impl Drop for Node {
	fn drop(&mut self) {
		self.stop();
		if thread::panicking() {
			let log = self.log();
			let lines: Vec<_> = log.lines().collect();
			let shown = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
			eprintln!(
				"the last {} lines of {}'s log:\n{}",
				shown.len(),
				self.name,
				shown.join("\n")
			);
		}
	}
}

/// A port of this machine's loopback that nobody listens on at the moment.
fn free_port() -> u16 {
	let listener = TcpListener::bind(("127.0.0.1", 0)).expect("some port is free");
	listener.local_addr().expect("a bound socket has an address").port()
}

/// The node's program: of the same build as the command line, unless `AITBC_NODE` names another.
pub fn program() -> PathBuf {
	let program = env::var_os("AITBC_NODE")
		.map(PathBuf::from)
		.unwrap_or_else(|| Path::new(env!("CARGO_BIN_EXE_aitbc")).with_file_name("aitbc-node"));
	assert!(
		program.exists(),
		"there is no node at {}: run `cargo build --release -p aitbc-node -p aitbc-cli`, or name one with AITBC_NODE",
		program.display()
	);
	program
}

/// A folder that all tests share, so that the runtime is compiled once and not at each start.
fn wasm_cache() -> PathBuf {
	Path::new(env!("CARGO_TARGET_TMPDIR")).join("wasm-cache")
}

/// The first address in the line of `log` that tells them, once that line is complete.
fn rpc_address(log: &str) -> Option<String> {
	let (_, rest) = log.split_once(RPC_ADDRESS)?;
	let (line, _) = rest.split_once('\n')?;
	line.split(',').next().map(|address| address.trim().to_owned())
}

fn block_number(header: &Value) -> u64 {
	let number = header["number"].as_str().expect("a header has a number");
	u64::from_str_radix(number.trim_start_matches("0x"), 16).expect("the number is hexadecimal")
}

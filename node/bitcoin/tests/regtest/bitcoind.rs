//! A bitcoind of a test's own.

use serde_json::{json, Value};
use std::{
	env,
	fs::{self, File},
	io::Write,
	net::TcpListener,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
	sync::atomic::{AtomicU32, Ordering},
	thread,
	time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long bitcoind may take to start or to stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// Makes each block another one.
static NEXT: AtomicU32 = AtomicU32::new(1);

/// A running bitcoind, or one that can be started again. It is killed when it is dropped.
pub struct Bitcoind {
	programs: PathBuf,
	folder: TempDir,
	port: u16,
	options: Vec<&'static str>,
	child: Option<Child>,
}

impl Bitcoind {
	/// Starts one with these options, and nothing but the first block.
	pub fn start(options: &[&'static str]) -> Self {
		let listener = TcpListener::bind("127.0.0.1:0").unwrap();
		let port = listener.local_addr().unwrap().port();
		drop(listener);
		let programs = programs().expect("the runner has looked for it");
		let folder = tempfile::tempdir().unwrap();
		let mut node = Self { programs, folder, port, options: options.into(), child: None };
		node.resume();
		node
	}

	/// Starts it again, on the data that it had.
	pub fn resume(&mut self) {
		let errors = self.folder.path().join("errors");
		let child = Command::new(self.programs.join("bitcoind"))
			.args(self.common())
			.args(["-server", "-listen=0", "-dnsseed=0", "-fixedseeds=0", "-printtoconsole=0"])
			.args(&self.options)
			.stdin(Stdio::null())
			.stdout(Stdio::null())
			.stderr(File::create(&errors).unwrap())
			.spawn()
			.unwrap();
		self.child = Some(child);
		let started = Instant::now();
		while let Err(why) = self.try_ask("getblockcount", &[]) {
			let ended = self.child.as_mut().unwrap().try_wait().unwrap();
			let errors = fs::read_to_string(&errors).unwrap_or_default();
			assert!(ended.is_none(), "bitcoind ended: {errors}");
			assert!(started.elapsed() < PATIENCE, "bitcoind does not answer: {why}");
			thread::sleep(Duration::from_millis(50));
		}
	}

	/// Ends it politely.
	pub fn stop(&mut self) {
		self.ask("stop", &[]);
		let mut child = self.child.take().unwrap();
		let started = Instant::now();
		while child.try_wait().unwrap().is_none() {
			assert!(started.elapsed() < PATIENCE, "bitcoind does not stop");
			thread::sleep(Duration::from_millis(50));
		}
	}

	/// Ends it with SIGKILL. What it has not written is lost: its mempool, and the last blocks.
	pub fn kill(&mut self) {
		if let Some(mut child) = self.child.take() {
			let _ = child.kill();
			let _ = child.wait();
		}
	}

	/// Where its RPC is.
	pub fn url(&self) -> String {
		format!("http://127.0.0.1:{}", self.port)
	}

	/// The file with user and password.
	pub fn cookie(&self) -> PathBuf {
		self.folder.path().join("regtest/.cookie")
	}

	/// A folder that goes with it.
	pub fn folder(&self) -> &Path {
		self.folder.path()
	}

	/// Mines blocks with all that waits. Gives the hash of the last.
	pub fn mine(&self, count: u32) -> String {
		let hashes = self.json("generatetodescriptor", &[&count.to_string(), &script()]);
		hashes.as_array().unwrap().last().unwrap().as_str().unwrap().into()
	}

	/// Mines blocks to an address.
	pub fn mine_to(&self, count: u32, address: &str) {
		self.ask("generatetoaddress", &[&count.to_string(), address]);
	}

	/// Mines a block with just these transactions, ids of waiting ones or bytes.
	pub fn mine_only(&self, transactions: &[String]) -> String {
		let block = self.json("generateblock", &[&script(), &json!(transactions).to_string()]);
		block["hash"].as_str().unwrap().into()
	}

	/// The ids of what waits.
	pub fn mempool(&self) -> Vec<String> {
		let ids = self.json("getrawmempool", &[]);
		ids.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
	}

	/// Asks for JSON.
	pub fn json(&self, method: &str, parameters: &[&str]) -> Value {
		let answer = self.ask(method, parameters);
		serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{method} gives no JSON: {answer}"))
	}

	/// Asks for text.
	pub fn ask(&self, method: &str, parameters: &[&str]) -> String {
		let answer = self.try_ask(method, parameters);
		answer.unwrap_or_else(|why| panic!("bitcoind refuses {method}: {why}"))
	}

	fn try_ask(&self, method: &str, parameters: &[&str]) -> Result<String, String> {
		let mut child = Command::new(self.programs.join("bitcoin-cli"))
			.args(self.common())
			.args(["-stdin", method])
			.stdin(Stdio::piped())
			.stdout(Stdio::piped())
			.stderr(Stdio::piped())
			.spawn()
			.unwrap();
		// If it has ended without reading them, its output says why.
		let _ = child.stdin.take().unwrap().write_all(parameters.join("\n").as_bytes());
		let output = child.wait_with_output().unwrap();
		let text = |bytes| String::from_utf8_lossy(bytes).trim().to_owned();
		match output.status.success() {
			true => Ok(text(&output.stdout)),
			false => Err(text(&output.stderr)),
		}
	}

	fn common(&self) -> [String; 3] {
		let folder = self.folder.path().display();
		["-regtest".into(), format!("-datadir={folder}"), format!("-rpcport={}", self.port)]
	}
}

impl Drop for Bitcoind {
	fn drop(&mut self) {
		self.kill();
	}
}

/// A script that nobody can spend from, another one each time.
fn script() -> String {
	format!("raw(0020{:064x})", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The folder of Core's programs: of the `bitcoind` that `AITBC_BITCOIND` names, or as `scripts/setup-bitcoind`
/// finds them.
pub fn programs() -> Option<PathBuf> {
	if let Some(named) = env::var_os("AITBC_BITCOIND").map(PathBuf::from) {
		assert!(named.is_file(), "AITBC_BITCOIND names {}, which is no file", named.display());
		return named.parent().map(Path::to_owned);
	}
	let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/setup-bitcoind");
	let found = Command::new(script).arg("--print").stderr(Stdio::null()).output().ok()?;
	let folder = String::from_utf8(found.stdout).ok()?;
	found.status.success().then(|| folder.trim().into())
}

//! A real Bitcoin Core, on a regtest of its own.
//!
//! It has no wallet, as the nodes that anchors are sent through need none: coins are mined to a key that is
//! written here, and signed for with it.
//!
//! Not every test uses everything.
#![allow(dead_code)]

use crate::harness::wait_until;
use serde_json::{json, Value};
use std::{
	env,
	fs::{self, File},
	io::{self, Write},
	net::TcpListener,
	ops::Range,
	path::{Path, PathBuf},
	process::{self, Child, Command, ExitStatus, Stdio},
	sync::atomic::{AtomicU32, Ordering},
	thread,
};
use tempfile::TempDir;

/// The private key 1, as Core reads it. Everybody knows it.
const KEY: &str = "cMahea7zqjxrtgAbB7LSGbcQUr1uX1ojuat9jZodMN87JcbXMTcA";

/// Its P2WPKH address.
const ADDRESS: &str = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080";

/// How many blocks must follow before a mined coin can be spent: `COINBASE_MATURITY` in Core
/// `src/consensus/consensus.h`.
const MATURITY: u64 = 100;

/// What a transaction that funds an address pays, in satoshi. It has about 150 virtual bytes.
const FEE: u64 = 10_000;

/// Where the ports of nodes are. No connection is given one of them as its own end, so a node that is down for a
/// while has its ports again.
const PORTS: Range<u16> = 20_000..30_000;

/// How often a node is started with other ports: somebody may be faster to take one.
const ATTEMPTS: u32 = 5;

/// How many lines of the log a failed test prints.
const SHOWN_LINES: usize = 100;

/// Counts what must be different each time: ports to try first, and scripts that blocks are mined to.
static NEXT: AtomicU32 = AtomicU32::new(0);

/// A node, running or not. It is killed when it is dropped; when the test has failed, the end of its log is
/// printed.
pub struct Core {
	/// Where `bitcoind` and `bitcoin-cli` are.
	programs: PathBuf,
	folder: TempDir,
	rpc_port: u16,
	p2p_port: u16,
	child: Option<Child>,
}

/// The last block of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tip {
	/// How many blocks are before it.
	pub height: u64,
	/// Its hash, as Core writes it.
	pub hash: String,
}

impl Core {
	/// Starts a node with nothing but the first block, and waits until its RPC answers.
	///
	/// `None` if this machine has no Bitcoin Core. Then the summary of the tests says that this one was skipped,
	/// and the test has to end.
	pub async fn start() -> Option<Self> {
		let Some(programs) = programs() else {
			skip();
			return None;
		};
		let mut why = String::new();
		for _ in 0..ATTEMPTS {
			let folder = tempfile::tempdir().expect("a temporary folder can be made");
			let (rpc_port, p2p_port) = (free_port(), free_port());
			let programs = programs.clone();
			let mut node = Self { programs, folder, rpc_port, p2p_port, child: None };
			match node.try_resume().await {
				Ok(()) => return Some(node),
				Err(error) => why = error,
			}
		}
		panic!("{why}");
	}

	/// Starts the node again, on the data and the ports that it had, and waits until its RPC answers.
	pub async fn resume(&mut self) {
		self.try_resume().await.unwrap_or_else(|why| panic!("{why}"));
	}

	/// Ends the node politely, and starts it again.
	pub async fn restart(&mut self) {
		self.stop().await;
		self.resume().await;
	}

	/// Ends the node politely: it writes down what it has.
	pub async fn stop(&mut self) {
		self.ask("stop", &[]);
		let child = self.child.as_mut().expect("it has just answered");
		wait_until("bitcoind to stop", || {
			let ended = child.try_wait().expect("it can be waited for");
			async move { ended }
		})
		.await;
		self.child = None;
	}

	/// Kills the node with SIGKILL. What it has not written down is lost, often some of the last blocks.
	pub fn kill(&mut self) {
		if let Some(mut child) = self.child.take() {
			let _ = child.kill();
			let _ = child.wait();
		}
	}

	/// The address of its RPC.
	pub fn url(&self) -> String {
		format!("http://127.0.0.1:{}", self.rpc_port)
	}

	/// The file with the name and password for its RPC. It has others after each start.
	pub fn cookie_file(&self) -> PathBuf {
		self.folder.path().join("regtest/.cookie")
	}

	/// Mines blocks on the best chain, and gives their hashes. What they earn is lost.
	///
	/// No two calls make the same block, also of other nodes at the same time.
	pub fn mine(&self, count: u64) -> Vec<String> {
		// A program of 32 bytes that is the hash of no script anybody knows.
		let different = NEXT.fetch_add(1, Ordering::Relaxed);
		let script = format!("raw(0020{:032x}{different:032x})", process::id());
		texts(&self.json("generatetodescriptor", &[&count.to_string(), &script]))
	}

	/// Pays an address, in a block. Gives the transaction's id.
	///
	/// A block earns 50 bitcoin at first, and half as much after every 150 blocks: nobody can be paid more.
	pub fn fund_address(&self, address: &str, btc: f64) -> String {
		let amount = satoshi(btc);
		let txid = self.pay(json!({ address: btc_of(amount) }), amount);
		self.mine(1);
		txid
	}

	/// Has an OP_RETURN output push `data`, hexadecimal digits, in a block. Gives the transaction's id and the block's
	/// hash.
	pub fn publish(&self, data: &str) -> (String, String) {
		let txid = self.pay(json!({ "data": data }), 0);
		let block = self.mine(1).pop().expect("a block was mined");
		(txid, block)
	}

	/// Sends a transaction with this output, which takes `amount`, in satoshi. Gives its id.
	fn pay(&self, output: Value, amount: u64) -> String {
		let (coin, value) = self.coin(amount + FEE).unwrap_or_else(|| {
			// The first makes the second differ from that of any other node.
			self.mine(1);
			self.json("generatetoaddress", &["1", ADDRESS]);
			self.mine(MATURITY);
			self.coin(amount + FEE).expect("a mined coin is enough for what a test needs")
		});
		let mut outputs = vec![output];
		let change = value - amount - FEE;
		// Less would be dust.
		if change > 1_000 {
			outputs.push(json!({ ADDRESS: btc_of(change) }));
		}
		let (inputs, outputs) = (json!([coin]).to_string(), json!(outputs).to_string());
		let unsigned = self.ask("createrawtransaction", &[&inputs, &outputs]);
		let keys = json!([KEY]).to_string();
		let signed = self.json("signrawtransactionwithkey", &[&unsigned, &keys]);
		assert_eq!(signed["complete"], true, "{signed}");
		self.ask("sendrawtransaction", &[text(&signed["hex"])])
	}

	/// Counts a block and all after it as invalid, so that the best chain is another.
	pub fn invalidate(&self, block: &str) {
		self.ask("invalidateblock", &[block]);
	}

	/// Takes that back.
	pub fn reconsider(&self, block: &str) {
		self.ask("reconsiderblock", &[block]);
	}

	/// The last block of the best chain.
	pub fn tip(&self) -> Tip {
		let info = self.json("getblockchaininfo", &[]);
		let height = info["blocks"].as_u64().expect("a block has a height");
		Tip { height, hash: text(&info["bestblockhash"]).to_owned() }
	}

	/// The ids of the transactions that wait for a block.
	pub fn mempool(&self) -> Vec<String> {
		texts(&self.json("getrawmempool", &[]))
	}

	/// The bytes of a transaction that waits or is in the best chain, as digits.
	pub fn raw(&self, txid: &str) -> Option<String> {
		let waiting = self.try_ask("getrawtransaction", &[txid]);
		waiting.ok().or_else(|| {
			let block = self.block_of(txid)?;
			Some(self.ask("getrawtransaction", &[txid, "false", &block]))
		})
	}

	/// The block of the best chain that has a transaction. There is no index: it looks from the last block back.
	pub fn block_of(&self, txid: &str) -> Option<String> {
		let mut next = Some(self.tip().hash);
		while let Some(hash) = next {
			let block = self.json("getblock", &[&hash]);
			if texts(&block["tx"]).iter().any(|has| has == txid) {
				return Some(hash);
			}
			next = block["previousblockhash"].as_str().map(str::to_owned);
		}
		None
	}

	/// Connects to another node, and waits until both know it. They relay transactions once their last block is
	/// younger than a day.
	pub async fn connect(&self, other: &Self) {
		self.ask("addnode", &[&other.p2p_address(), "onetry"]);
		wait_until("two bitcoinds to be connected", || async {
			let own_end = self.connection_to(other)?;
			other.peers().iter().any(|peer| peer["addr"] == own_end).then_some(())
		})
		.await;
	}

	/// Ends the connection that [`Self::connect`] has made, and waits until both know it.
	pub async fn disconnect(&self, other: &Self) {
		let own_end = self.connection_to(other).expect("they are connected");
		self.ask("disconnectnode", &[&other.p2p_address()]);
		wait_until("two bitcoinds to be disconnected", || async {
			let is_known = other.peers().iter().any(|peer| peer["addr"] == own_end);
			(!is_known && self.connection_to(other).is_none()).then_some(())
		})
		.await;
	}

	/// Waits until the best chain ends with this block.
	pub async fn wait_for_tip(&self, hash: &str) {
		let what = format!("bitcoind to have the tip {hash}");
		wait_until(&what, || async { (self.tip().hash == hash).then_some(()) }).await;
	}

	/// Asks for text, or for nothing. The node must not refuse.
	pub fn ask(&self, method: &str, parameters: &[&str]) -> String {
		let answer = self.try_ask(method, parameters);
		answer.unwrap_or_else(|why| panic!("bitcoind refuses {method}: {why}"))
	}

	/// Asks for JSON. The node must not refuse.
	pub fn json(&self, method: &str, parameters: &[&str]) -> Value {
		let answer = self.ask(method, parameters);
		serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{method} gives no JSON: {answer}"))
	}

	/// The same that gives what the node says when it refuses, or why it can't be asked.
	pub fn try_ask(&self, method: &str, parameters: &[&str]) -> Result<String, String> {
		let mut child = Command::new(self.programs.join("bitcoin-cli"))
			.args(self.common_options())
			// Parameters may be longer than an argument may.
			.args(["-stdin", method])
			.stdin(Stdio::piped())
			.stdout(Stdio::piped())
			.stderr(Stdio::piped())
			.spawn()
			.expect("bitcoin-cli can be run");
		let mut input = child.stdin.take().expect("it is piped");
		// If it has ended without reading them, its output says why.
		let _ = input.write_all(parameters.join("\n").as_bytes());
		drop(input);
		let output = child.wait_with_output().expect("it ends");
		let text = |bytes| String::from_utf8_lossy(bytes).trim().to_owned();
		match output.status.success() {
			true => Ok(text(&output.stdout)),
			false => Err(text(&output.stderr)),
		}
	}

	fn common_options(&self) -> [String; 3] {
		[
			"-regtest".to_owned(),
			format!("-datadir={}", self.folder.path().display()),
			format!("-rpcport={}", self.rpc_port),
		]
	}

	/// Starts the node. Gives what it says if it ends instead.
	async fn try_resume(&mut self) -> Result<(), String> {
		assert!(self.child.is_none(), "bitcoind is running");
		let errors = self.folder.path().join("errors");
		let child = Command::new(self.programs.join("bitcoind"))
			.args(self.common_options())
			.arg(format!("-bind={}", self.p2p_address()))
			// If the port is taken, the node must not take IPv6's instead.
			.args(["-server", "-rpcbind=127.0.0.1", "-rpcallowip=127.0.0.1"])
			.args(["-listenonion=0", "-dnsseed=0", "-fixedseeds=0", "-printtoconsole=0"])
			// Otherwise transactions are relayed after a random time.
			.arg("-whitelist=noban,in,out@127.0.0.1")
			.stdin(Stdio::null())
			.stdout(Stdio::null())
			.stderr(File::create(&errors).expect("the temporary folder is writable"))
			.spawn()
			.expect("bitcoind can be run");
		self.child = Some(child);
		let ended = wait_until("bitcoind's RPC to answer", || {
			let ended = self.ended().map(Some);
			let answers = ended.is_none() && self.try_ask("getblockcount", &[]).is_ok();
			async move { ended.or(answers.then_some(None)) }
		})
		.await;
		let Some(ended) = ended else { return Ok(()) };
		self.child = None;
		let errors = fs::read_to_string(errors).unwrap_or_default();
		Err(format!("bitcoind ended at its start ({ended}): {errors}"))
	}

	/// How the process ended, if it has.
	fn ended(&mut self) -> Option<ExitStatus> {
		self.child.as_mut()?.try_wait().expect("it can be waited for")
	}

	fn p2p_address(&self) -> String {
		format!("127.0.0.1:{}", self.p2p_port)
	}

	fn peers(&self) -> Vec<Value> {
		let peers = self.json("getpeerinfo", &[]);
		peers.as_array().cloned().unwrap_or_default()
	}

	/// This node's end of its connection to another, once they have greeted each other.
	fn connection_to(&self, other: &Self) -> Option<Value> {
		let address = other.p2p_address();
		let mut peers = self.peers().into_iter();
		peers.find(|peer| peer["addr"] == address && peer["version"] != 0)?["addrbind"]
			.as_str()
			.map(Value::from)
	}

	/// A coin of the test key that can be spent and holds at least `amount`, in satoshi, and what it holds.
	fn coin(&self, amount: u64) -> Option<(Value, u64)> {
		let found =
			self.json("scantxoutset", &["start", &json!([format!("addr({ADDRESS})")]).to_string()]);
		let height = found["height"].as_u64()?;
		let coins = found["unspents"].as_array()?.iter();
		let ready = coins.filter(|coin| {
			let age = height.saturating_sub(coin["height"].as_u64().unwrap_or(height));
			coin["coinbase"] != true || age >= MATURITY
		});
		let valued = ready.map(|coin| (coin, satoshi(coin["amount"].as_f64().unwrap_or_default())));
		let (coin, value) = valued.max_by_key(|(_, value)| *value)?;
		(value >= amount).then(|| (json!({ "txid": coin["txid"], "vout": coin["vout"] }), value))
	}
}

impl Drop for Core {
	fn drop(&mut self) {
		self.kill();
		if thread::panicking() {
			let log = fs::read_to_string(self.folder.path().join("regtest/debug.log"));
			let log = log.unwrap_or_default();
			let lines: Vec<_> = log.lines().collect();
			let shown = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
			eprintln!("the last {} lines of bitcoind's log:\n{}", shown.len(), shown.join("\n"));
		}
	}
}

/// The folder of Core's programs: of the `bitcoind` that `AITBC_BITCOIND` names, or as `scripts/setup-bitcoind`
/// finds them.
fn programs() -> Option<PathBuf> {
	if let Some(named) = env::var_os("AITBC_BITCOIND").map(PathBuf::from) {
		assert!(named.is_file(), "AITBC_BITCOIND names {}, which is no file", named.display());
		return named.parent().map(Path::to_owned);
	}
	let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scripts/setup-bitcoind");
	let found = Command::new(script).arg("--print").stderr(Stdio::null()).output().ok()?;
	let folder = String::from_utf8(found.stdout).ok()?;
	found.status.success().then(|| folder.trim().into())
}

/// Says in the way of a test that was not run, for `scripts/test` to sum up, that there is no Core. The test's
/// runner would swallow what `println` writes.
fn skip() {
	let test = thread::current().name().unwrap_or("a test").to_owned();
	let why = "there is no bitcoind: run scripts/setup-bitcoind";
	let _ = io::stdout().write_all(format!("\ntest {test} ... ignored, {why}\n").as_bytes());
}

/// A port of this machine's loopback that nobody listens on at the moment, another one each time.
fn free_port() -> u16 {
	let count = u32::from(PORTS.end - PORTS.start);
	for _ in 0..count {
		// Processes that start at the same time begin at different places.
		let place =
			process::id().wrapping_mul(97).wrapping_add(NEXT.fetch_add(1, Ordering::Relaxed));
		let port = PORTS.start + (place % count) as u16;
		if TcpListener::bind(("127.0.0.1", port)).is_ok() {
			return port;
		}
	}
	panic!("no port of {PORTS:?} is free");
}

/// An amount in satoshi, 10^-8 bitcoin. All that there are fit into 53 bits.
fn satoshi(btc: f64) -> u64 {
	(btc * 1e8).round() as u64
}

/// An amount as Core reads it, exactly.
fn btc_of(satoshi: u64) -> String {
	format!("{}.{:08}", satoshi / 100_000_000, satoshi % 100_000_000)
}

fn text(value: &Value) -> &str {
	value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

fn texts(values: &Value) -> Vec<String> {
	values.as_array().into_iter().flatten().map(|value| text(value).to_owned()).collect()
}

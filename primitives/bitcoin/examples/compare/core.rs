//! Bitcoin Core, as a process of its own that is asked by its command line.

use crate::report::ACCEPTED;
use aitbc_bitcoin::{BlockHash, Header};
use serde_json::Value;
use std::{
	fs,
	io::Write,
	net::TcpListener,
	path::{Path, PathBuf},
	process::{Child, Command, Stdio},
};

/// What is said of a header that follows an unknown one. `submitheader` has more words for it.
pub const UNKNOWN_PARENT: &str = "prev-blk-not-found";

/// A running node. It is killed when it is dropped.
pub struct Core {
	command_line: PathBuf,
	options: [String; 3],
	child: Child,
}

impl Core {
	/// Starts a node of `chain` that talks to no other, with its data in a new folder below `folder`.
	pub fn start(programs: &Path, folder: &Path, chain: &str, options: &[&str]) -> Self {
		// Nothing listens on it a moment later either, unless another process is given the same.
		let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|socket| socket.local_addr());
		let port = port.expect("some port is free").port();
		let data = folder.join(format!("{chain}-{port}"));
		fs::create_dir_all(&data).expect("the folder is writable");
		let common = [
			format!("-chain={chain}"),
			format!("-datadir={}", data.display()),
			format!("-rpcport={port}"),
		];
		let child = Command::new(programs.join("bitcoind"))
			.args(&common)
			// If the port is taken, the node must not take IPv6's instead.
			.args(["-server", "-rpcbind=127.0.0.1", "-rpcallowip=127.0.0.1"])
			.args(["-networkactive=0", "-listen=0", "-dnsseed=0", "-fixedseeds=0"])
			.arg("-printtoconsole=0")
			.args(options)
			.stdin(Stdio::null())
			.spawn()
			.expect("bitcoind can be run");
		let node = Self { command_line: programs.join("bitcoin-cli"), options: common, child };
		let waiting = ["-rpcwait", "-rpcwaittimeout=120", "getblockcount"];
		node.run(&waiting, &[]).expect("the node answers");
		node
	}

	/// Asks for what is text, or nothing. Gives Core's message if it refuses.
	pub fn ask(&self, method: &str, parameters: &[&str]) -> Result<String, String> {
		self.run(&["-stdin", method], parameters)
	}

	/// Asks for what is JSON. Core must not refuse.
	pub fn json(&self, method: &str, parameters: &[&str]) -> Value {
		let answer = self.ask(method, parameters);
		let answer = answer.unwrap_or_else(|error| panic!("Core refuses {method}: {error}"));
		serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{method} gives no JSON: {answer}"))
	}

	/// The bytes that Core writes as hexadecimal digits. It must not refuse.
	pub fn bytes(&self, method: &str, parameters: &[&str]) -> Vec<u8> {
		let answer = self.ask(method, parameters);
		let answer = answer.unwrap_or_else(|error| panic!("Core refuses {method}: {error}"));
		hex::decode(&answer).unwrap_or_else(|_| panic!("{method} gives no digits: {answer}"))
	}

	/// Runs the command line. Parameters of methods may be longer than an argument may, and take its input.
	fn run(&self, arguments: &[&str], parameters: &[&str]) -> Result<String, String> {
		let mut child = Command::new(&self.command_line)
			.args(&self.options)
			.args(arguments)
			.stdin(Stdio::piped())
			.stdout(Stdio::piped())
			.stderr(Stdio::piped())
			.spawn()
			.expect("bitcoin-cli can be run");
		let mut input = child.stdin.take().expect("it is piped");
		// It reads all before it answers. If it has ended, its output says why.
		let _ = input.write_all(parameters.join("\n").as_bytes());
		drop(input);
		let output = child.wait_with_output().expect("it ends");
		let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
		if output.status.success() {
			return Ok(text(&output.stdout));
		}
		let error = text(&output.stderr);
		// "error code: -25", "error message:", and the message.
		let message = error.split_once("error message:\n").map(|(_, message)| message.to_owned());
		Err(message.unwrap_or(error))
	}

	/// Sets the node's clock, in seconds since 1970.
	pub fn set_time(&self, now: u32) {
		self.ask("setmocktime", &[&now.to_string()]).expect("the clock can be set");
	}

	/// What Core says of a header, in a word. If it is valid, it is known from now on.
	pub fn judge(&self, header: &Header) -> String {
		match self.ask("submitheader", &[&hex::encode(header.to_bytes())]) {
			Ok(_) => ACCEPTED.to_owned(),
			Err(why) if why.starts_with("Must submit previous header") => UNKNOWN_PARENT.to_owned(),
			Err(why) => why,
		}
	}

	/// What Core says of a whole block, in a word.
	pub fn submit_block(&self, block: &[u8]) -> String {
		match self.ask("submitblock", &[&hex::encode(block)]) {
			Ok(word) if word.is_empty() => ACCEPTED.to_owned(),
			Ok(word) | Err(word) => word,
		}
	}

	/// The header of a block.
	pub fn header(&self, hash: BlockHash) -> Header {
		let bytes = self.bytes("getblockheader", &[&hash.to_string(), "false"]);
		Header::from_bytes(bytes.as_slice().try_into().expect("a header has 80 bytes"))
	}

	/// Height, work and median time of a header, or why there is none.
	pub fn about(&self, hash: BlockHash) -> String {
		let answer = self.ask("getblockheader", &[&hash.to_string()]);
		let about = answer.and_then(|answer| {
			serde_json::from_str::<Value>(&answer).map_err(|error| error.to_string())
		});
		match about {
			Ok(about) => ["height", "chainwork", "mediantime"]
				.map(|fact| about[fact].to_string().replace('"', ""))
				.join(" "),
			Err(why) => why,
		}
	}

	/// The last block of the best chain.
	pub fn tip(&self) -> BlockHash {
		let tip = self.ask("getbestblockhash", &[]).expect("there is one");
		tip.parse().expect("it is a hash")
	}

	/// Mines blocks, and gives their hashes.
	pub fn mine(&self, count: u32, address: &str) -> Vec<BlockHash> {
		let hashes = self.json("generatetoaddress", &[&count.to_string(), address]);
		let hashes = hashes.as_array().into_iter().flatten().filter_map(Value::as_str);
		hashes.map(|hash| hash.parse().expect("it is a hash")).collect()
	}
}

impl Drop for Core {
	fn drop(&mut self) {
		let _ = self.child.kill();
		let _ = self.child.wait();
	}
}

//! Which nodes a network on this machine has, and how they are run.

use super::{Error, Node, NodeFolder};
use serde::{Deserialize, Serialize};
use std::{
	net::{Ipv4Addr, TcpListener},
	path::{Path, PathBuf},
};
use tokio::process::Command;

/// The ports that are looked at first: those that nodes have by default.
const FIRST_RPC_PORT: u16 = 9_944;
const FIRST_PEER_PORT: u16 = 30_333;
const FIRST_METRICS_PORT: u16 = 9_615;

/// The network that a node belongs to.
#[derive(
	Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, clap::ValueEnum,
)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
	/// One validator
	Dev,
	/// Four validators that know each other and nobody else
	Local,
}

impl Preset {
	/// The network's name.
	pub const fn name(self) -> &'static str {
		match self {
			Self::Dev => "dev",
			Self::Local => "local",
		}
	}

	/// How many nodes it has.
	pub const fn size(self) -> usize {
		self.members().len()
	}

	/// The names of its nodes, and what makes each of them a validator.
	const fn members(self) -> &'static [(&'static str, &'static [&'static str])] {
		match self {
			Self::Dev => &[("dev", &["--dev"])],
			Self::Local => &[
				("local-alice", &["--chain", "local", "--alice"]),
				("local-bob", &["--chain", "local", "--bob"]),
				("local-charlie", &["--chain", "local", "--charlie"]),
				("local-dave", &["--chain", "local", "--dave"]),
			],
		}
	}
}

/// The nodes of a network that run `program`, with `more` arguments. Those among `known` keep their ports
/// and keys.
pub async fn plan(
	folder: &NodeFolder,
	network: Preset,
	program: &Path,
	more: &[String],
) -> Result<Vec<Node>, Error> {
	let known = folder.list()?;
	let mut ports = Ports::besides(&known);
	let mut nodes = Vec::new();
	for (name, _) in network.members() {
		let node = match known.iter().find(|node| node.name == *name) {
			Some(node) => Node { program: program.to_owned(), ..node.clone() },
			None => Node {
				name: (*name).to_owned(),
				network,
				program: program.to_owned(),
				arguments: Vec::new(),
				rpc_port: ports.next(FIRST_RPC_PORT)?,
				peer_port: ports.next(FIRST_PEER_PORT)?,
				metrics_port: ports.next(FIRST_METRICS_PORT)?,
				peer_id: make_key(folder, name, program).await?,
				process: None,
			},
		};
		nodes.push(node);
	}
	let addresses: Vec<_> = nodes.iter().map(Node::peer_address).collect();
	for (node, (_, role)) in nodes.iter_mut().zip(network.members()) {
		node.arguments = arguments(folder, node, role, &addresses, more);
	}
	Ok(nodes)
}

/// The arguments of `node` in a network with these `addresses`.
fn arguments(
	folder: &NodeFolder,
	node: &Node,
	role: &[&str],
	addresses: &[String],
	more: &[String],
) -> Vec<String> {
	let path = |path: PathBuf| path.display().to_string();
	let mut arguments: Vec<_> = role.iter().map(|one| (*one).to_owned()).collect();
	let mut add = |name: &str, value: String| arguments.extend([name.to_owned(), value]);
	add("--name", node.name.clone());
	add("--base-path", path(folder.data(&node.name)));
	add("--node-key-file", path(key_file(folder, &node.name)));
	add("--wasm-cache", path(folder.wasm_cache()));
	add("--listen-addr", format!("/ip4/127.0.0.1/tcp/{}", node.peer_port));
	add("--rpc-port", node.rpc_port.to_string());
	add("--prometheus-port", node.metrics_port.to_string());
	let own = node.peer_address();
	for address in addresses.iter().filter(|address| **address != own) {
		add("--reserved-nodes", address.clone());
	}
	if addresses.len() > 1 {
		// A peer that is no longer reserved stays as long as there is room for it: without any,
		// `aitbc network partition` can cut the network.
		for room in ["--in-peers", "--in-peers-light", "--out-peers"] {
			add(room, "0".to_owned());
		}
		arguments.push("--reserved-only".to_owned());
	}
	// Networks that others start on this machine have the same validators, and must not be found.
	arguments.push("--no-mdns".to_owned());
	arguments.extend_from_slice(more);
	arguments
}

/// Where the node `name` has its key as a peer.
fn key_file(folder: &NodeFolder, name: &str) -> PathBuf {
	folder.of(name).join("node-key")
}

/// Has `program` make the node's key unless there is one, and gives its peer id.
async fn make_key(folder: &NodeFolder, name: &str, program: &Path) -> Result<String, Error> {
	super::make_private(&folder.of(name))?;
	let file = key_file(folder, name);
	let verb = if file.exists() { "inspect-node-key" } else { "generate-node-key" };
	let mut command = Command::new(program);
	command.args(["key", verb]);
	if verb == "generate-node-key" {
		// Which chain it is for makes no difference where the file is named.
		command.args(["--chain", "dev"]);
	}
	command.arg("--file").arg(&file);
	let output = command
		.output()
		.await
		.map_err(|source| Error::Unrunnable { program: program.to_owned(), source })?;
	// One of them prints it to standard output, the other beside the path to standard error.
	let said =
		[output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
	peer_id(&said).ok_or_else(|| Error::NoKey {
		program: program.to_owned(),
		reason: said.join(" ").trim().to_owned(),
	})
}

/// The peer id that a program said.
fn peer_id(said: &[String]) -> Option<String> {
	let mut words = said.iter().flat_map(|text| text.split_whitespace());
	words.find(|word| word.starts_with("12D3Koo")).map(str::to_owned)
}

/// The ports that are given to nodes.
struct Ports {
	taken: Vec<u16>,
}

impl Ports {
	/// Those that the nodes among `known` do not have, even when they are stopped.
	fn besides(known: &[Node]) -> Self {
		let taken =
			known.iter().flat_map(|node| [node.rpc_port, node.peer_port, node.metrics_port]);
		Self { taken: taken.collect() }
	}

	/// The first port from `first` on that is free.
	fn next(&mut self, first: u16) -> Result<u16, Error> {
		let is_free = |port: &u16| {
			!self.taken.contains(port) && TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok()
		};
		let port = (first..=u16::MAX).find(is_free).ok_or(Error::NoPort(first))?;
		self.taken.push(port);
		Ok(port)
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::nodes::tests::node;

	#[test]
	fn ports_should_be_those_that_nobody_has() {
		let busy = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
		let first = busy.local_addr().expect("it is bound").port();
		let mut ports = Ports::besides(&[]);
		let one = ports.next(first).expect("some port is free");
		let other = ports.next(first).expect("some port is free");
		assert!(first < one && one < other, "{first} {one} {other}");
		let stopped = Node { rpc_port: one, ..node("dev", Preset::Dev) };
		assert_ne!(Ports::besides(&[stopped]).next(one).expect("some port is free"), one);
	}

	#[test]
	fn nodes_should_know_all_others_and_nobody_else() {
		let folder = NodeFolder("/nodes".into());
		let one = node("local-alice", Preset::Local);
		let addresses = [one.peer_address(), "/ip4/127.0.0.1/tcp/1/p2p/other".into()];
		let arguments = |addresses| arguments(&folder, &one, &["--alice"], addresses, &[]);
		let both = arguments(&addresses).join(" ");
		for words in [
			"--alice --name local-alice --base-path /nodes/local-alice/data",
			"--reserved-nodes /ip4/127.0.0.1/tcp/1/p2p/other --in-peers 0",
			"--reserved-only",
		] {
			assert!(both.contains(words), "{both}");
		}
		assert!(!both.contains(&addresses[0]), "{both}");
		assert!(!arguments(&addresses[..1]).join(" ").contains("reserved"));
	}

	#[test]
	fn peer_id_should_be_found_in_what_a_program_says() {
		let said = [String::new(), "secret in \"/k\", id:\n12D3KooWabc\n".to_owned()];
		assert_eq!(peer_id(&said), Some("12D3KooWabc".into()));
		assert_eq!(peer_id(&[String::from("Error: no")]), None);
	}
}

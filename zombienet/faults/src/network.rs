//! A network of nodes, and what can be done to it.

use crate::{
	chain::Ledger,
	genesis::{self, Eras, Keys},
	isolation::Isolation,
	node::{Node, Place, Role},
	switch::{Conditions, Switch},
	wait_until,
};
use serde_json::Value;
use std::{
	net::{Ipv4Addr, TcpListener},
	path::PathBuf,
	slice,
	time::Duration,
};
use tempfile::TempDir;

/// The ports of nodes that have an address of their own.
const PEER_PORT: u16 = 30_333;
const RPC_PORT: u16 = 9_944;

/// How many blocks must be finalized before anything is done to a network.
const SOME_BLOCKS: u64 = 3;

/// For how long nothing may be finalized until that counts as a halt: five slots.
const HALT: Duration = Duration::from_secs(15);

/// A network that is to be started.
pub struct NetworkBuilder {
	validators: usize,
	candidates: usize,
	two_faced: usize,
	small_disk: Option<u64>,
	full_nodes: usize,
	arguments: Vec<String>,
	eras: Eras,
}

impl NetworkBuilder {
	/// Adds stashes that could validate later, with no node yet.
	pub fn candidates(self, candidates: usize) -> Self {
		Self { candidates, ..self }
	}

	/// Lets so many of the first validators sign twice: each may get a twin.
	pub fn two_faced(self, two_faced: usize) -> Self {
		Self { two_faced, ..self }
	}

	/// Gives the last validator a disk of its own, of so many MiB.
	pub fn small_disk(self, mebibytes: u64) -> Self {
		Self { small_disk: Some(mebibytes), ..self }
	}

	/// Adds nodes that validate nothing.
	pub fn full_nodes(self, full_nodes: usize) -> Self {
		Self { full_nodes, ..self }
	}

	/// Starts all of these nodes with more arguments.
	pub fn arguments(self, arguments: &[&str]) -> Self {
		Self { arguments: arguments.iter().map(|&argument| argument.to_owned()).collect(), ..self }
	}

	/// Has other eras than long ones.
	pub fn eras(self, eras: Eras) -> Self {
		Self { eras, ..self }
	}

	/// Starts all nodes, and waits until each has finalized a few blocks.
	pub async fn start(self) -> Network {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let keys: Vec<_> = (0..self.validators + self.candidates).map(Keys::of).collect();
		let spec = genesis::write_spec(folder.path(), &keys, self.validators, self.eras);
		let isolation = Isolation::here();
		let switch = (isolation == Isolation::Namespaces).then(Switch::new);
		let mut network =
			Network { nodes: Vec::new(), validators: self.validators, keys, spec, switch, folder };
		for place in 0..self.validators {
			let keys = network.keys[place].clone();
			let has_twin = place < self.two_faced;
			let role = if has_twin { Role::Twin(keys) } else { Role::Validator(keys) };
			network.add(&network.keys[place].name.clone(), role);
		}
		for number in 0..self.full_nodes {
			network.add(&format!("full{number}"), Role::Full);
		}
		network.introduce_all();
		if let Some(mebibytes) = self.small_disk {
			network.nodes[self.validators - 1].give_disk(mebibytes);
		}
		for node in &mut network.nodes {
			node.arguments.extend_from_slice(&self.arguments);
			node.launch();
		}
		for node in &mut network.nodes {
			node.connect().await;
		}
		network.wait_for_finalized_everywhere(SOME_BLOCKS).await;
		network
	}
}

/// Nodes that know of each other. In `nodes`, validators come first, then full nodes, then who joined later.
pub struct Network {
	/// All nodes, running or not.
	pub nodes: Vec<Node>,
	validators: usize,
	keys: Vec<Keys>,
	spec: PathBuf,
	switch: Option<Switch>,
	folder: TempDir,
}

impl Network {
	/// A network of so many validators.
	pub fn of(validators: usize) -> NetworkBuilder {
		NetworkBuilder {
			validators,
			candidates: 0,
			two_faced: 0,
			small_disk: None,
			full_nodes: 0,
			arguments: Vec::new(),
			eras: Eras::LONG,
		}
	}

	/// How many validators may fail: f of n = 3f + 1.
	pub fn tolerated(&self) -> usize {
		(self.validators - 1) / 3
	}

	/// What the validator or candidate at this place signs with.
	pub fn keys(&self, place: usize) -> &Keys {
		&self.keys[place]
	}

	/// Adds a node that is not started yet, and gives its place.
	pub fn add(&mut self, name: &str, role: Role) -> usize {
		let index = self.nodes.len();
		let place = match &self.switch {
			Some(switch) => {
				let (port, namespace) = switch.add_node();
				Place {
					namespace: Some(namespace),
					host: Switch::address(port),
					peer_port: PEER_PORT,
					rpc_port: RPC_PORT,
					number: index,
				}
			},
			None => Place {
				namespace: None,
				host: Ipv4Addr::LOCALHOST,
				peer_port: free_port(),
				rpc_port: free_port(),
				number: index,
			},
		};
		let folder = self.folder.path().join(name);
		self.nodes.push(Node::new(name.to_owned(), role, place, folder, &self.spec));
		index
	}

	/// Tells the node at `index` of all others.
	pub fn introduce(&mut self, index: usize) {
		let others = self.nodes.iter().enumerate().filter(|(other, _)| *other != index);
		let addresses: Vec<_> = others.map(|(_, node)| node.peer_address()).collect();
		let flag = if self.switch.is_some() { "--bootnodes" } else { "--reserved-nodes" };
		let node = &mut self.nodes[index];
		for address in addresses {
			node.arguments(&[flag, &address]);
		}
		if self.switch.is_none() {
			node.arguments(&["--reserved-only"]);
			// A peer that is no longer reserved would stay, were there room for it.
			for room in ["--in-peers", "--in-peers-light", "--out-peers"] {
				node.arguments(&[room, "0"]);
			}
		}
	}

	fn introduce_all(&mut self) {
		for index in 0..self.nodes.len() {
			self.introduce(index);
		}
	}

	/// Adds a node that all others let in, starts it, and gives its place.
	pub async fn join(&mut self, name: &str, role: Role, arguments: &[&str]) -> usize {
		let index = self.add(name, role);
		self.introduce(index);
		self.nodes[index].arguments(arguments);
		self.nodes[index].start().await;
		if self.switch.is_none() {
			let address = Value::from(self.nodes[index].peer_address());
			for node in self.running().filter(|node| node.name != name) {
				node.request("system_addReservedPeer", slice::from_ref(&address)).await;
			}
		}
		index
	}

	/// Starts a second node with the keys of the validator at this place, and gives its place.
	pub async fn join_twin(&mut self, place: usize) -> usize {
		let keys = self.keys[place].clone();
		self.join(&format!("{}-twin", keys.name), Role::Twin(keys), &[]).await
	}

	/// The nodes that run.
	pub fn running(&self) -> impl Iterator<Item = &Node> {
		self.nodes.iter().filter(|node| node.is_running())
	}

	/// Cuts the network: nodes of `side` hear of each other only, and so do all others.
	pub async fn cut_off(&self, side: &[usize]) {
		self.rearrange(|index| side.contains(&index)).await;
	}

	/// Connects everybody with everybody.
	pub async fn heal(&self) {
		self.rearrange(|_| false).await;
	}

	/// Puts each node on the side that `is_other` says.
	async fn rearrange(&self, is_other: impl Fn(usize) -> bool) {
		for (index, node) in self.nodes.iter().enumerate() {
			if let Some(switch) = &self.switch {
				// Port 0 is the test's.
				switch.move_to(index + 1, usize::from(is_other(index)));
				continue;
			}
			for (peer_index, peer) in self.nodes.iter().enumerate() {
				let (method, parameter) = if is_other(index) == is_other(peer_index) {
					("system_addReservedPeer", peer.peer_address())
				} else {
					("system_removeReservedPeer", peer.peer_id().to_owned())
				};
				if index != peer_index && node.is_running() {
					node.request(method, &[parameter.into()]).await;
				}
			}
		}
	}

	/// Changes what happens to packets; `false` if that is impossible here.
	pub fn set_conditions(&self, conditions: Conditions) -> bool {
		if let Some(switch) = &self.switch {
			switch.set_conditions(conditions);
		}
		self.switch.is_some()
	}

	/// Whether every node that runs has finalized the block with this number.
	pub async fn is_finalized_everywhere(&self, number: u64) -> bool {
		for node in self.running() {
			if node.finalized().await < number {
				return false;
			}
		}
		true
	}

	/// Waits until every node that runs has finalized the block with this number.
	pub async fn wait_for_finalized_everywhere(&self, number: u64) {
		for node in self.running() {
			node.wait_for_finalized(number).await;
		}
	}

	/// The highest block that some running node has.
	pub async fn best(&self) -> u64 {
		let mut best = 0;
		for node in self.running() {
			best = best.max(node.best().await);
		}
		best
	}

	/// The highest block that some running node has finalized.
	pub async fn finalized(&self) -> u64 {
		let mut finalized = 0;
		for node in self.running() {
			finalized = finalized.max(node.finalized().await);
		}
		finalized
	}

	/// Waits until blocks that nobody has yet are finalized everywhere.
	pub async fn wait_for_progress(&self) {
		let target = self.best().await + SOME_BLOCKS;
		self.wait_for_finalized_everywhere(target).await;
	}

	/// Waits until nothing more is finalized, which rounds in flight may still do, and gives the
	/// highest block that is.
	pub async fn wait_for_halt(&self) -> u64 {
		wait_until("finality to stop", || async {
			let before = self.finalized().await;
			tokio::time::sleep(HALT).await;
			(self.finalized().await == before).then_some(before)
		})
		.await
	}

	/// Compares the finalized blocks of all nodes that run, at every height. Any difference fails
	/// the test. Gives the longest finalized chain.
	pub async fn agree(&self) -> Ledger {
		Ledger::agreed(&self.running().collect::<Vec<_>>()).await
	}
}

/// A port of this machine's loopback that nobody listens on at the moment.
fn free_port() -> u16 {
	let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("some port is free");
	listener.local_addr().expect("a bound socket has an address").port()
}

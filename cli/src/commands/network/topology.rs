//! `aitbc network topology|discover`: who is connected with whom, on a network of this machine.

use super::peers;
use crate::{
	chain::Chain,
	commands::Context,
	error::Error,
	nodes::{self, Node, NodeFolder, Preset, State},
	output::{or_dash, table, Report},
};
use clap::Args;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Which network of this machine.
#[derive(Debug, Args)]
pub struct NetworkArgs {
	/// The network, which `aitbc node start` has started
	#[arg(long, value_name = "NETWORK", default_value = "local")]
	pub network: Preset,
}

/// A node that runs, and what it says.
pub struct View {
	/// The node.
	pub node: Node,
	/// The connection to it.
	pub chain: Chain,
	/// The peer ids of those it is connected with.
	pub connected: BTreeSet<String>,
	/// The peer ids of those it keeps a place for.
	pub reserved: BTreeSet<String>,
}

impl View {
	/// Asks the node again who it is connected with.
	pub async fn refresh(&mut self) -> Result<(), Error> {
		self.connected = connected(&self.chain).await?;
		Ok(())
	}
}

async fn connected(chain: &Chain) -> Result<BTreeSet<String>, Error> {
	Ok(peers::of(chain).await?.into_iter().map(|peer| peer.peer_id).collect())
}

/// All nodes of `network`, running or not.
pub fn members(network: Preset) -> Result<Vec<Node>, Error> {
	let nodes = NodeFolder::own()?.list()?;
	let nodes: Vec<_> = nodes.into_iter().filter(|node| node.network == network).collect();
	if nodes.is_empty() {
		return Err(nodes::Error::NoNetwork(network.name().to_owned()).into());
	}
	Ok(nodes)
}

/// Asks those of `members` that run.
pub async fn views(members: &[Node], context: &Context) -> Result<Vec<View>, Error> {
	let mut views = Vec::new();
	for node in members.iter().filter(|node| node.state() == State::Running) {
		let chain = Chain::connect(&node.url(), context.timeout().0).await?;
		let connected = connected(&chain).await?;
		let reserved: Vec<String> = chain.request("system_reservedPeers").await?;
		let reserved = reserved.into_iter().collect();
		views.push(View { node: node.clone(), chain, connected, reserved });
	}
	match members.first() {
		Some(node) if views.is_empty() => {
			Err(nodes::Error::NothingRuns(node.network.name().to_owned()).into())
		},
		_ => Ok(views),
	}
}

/// Shows who is connected with whom.
pub async fn run(args: NetworkArgs, context: &Context) -> Result<(), Error> {
	let members = members(args.network)?;
	let views = views(&members, context).await?;
	context.print(&Topology::of(&members, &views).await?, None)
}

/// Which nodes hear of each other.
#[derive(Debug, Serialize)]
pub struct Topology {
	network: Preset,
	nodes: Vec<Place>,
	/// The nodes that run, in groups of which none reaches another.
	groups: Vec<Vec<String>>,
}

/// A node's place in its network.
#[derive(Debug, Serialize)]
struct Place {
	name: String,
	peer_id: String,
	state: State,
	/// The number of its best block, if it runs.
	best: Option<u64>,
	/// The number of the last block that it has finalized, if it runs.
	finalized: Option<u64>,
	/// Those it is connected with: names of nodes of this network, and peer ids of others.
	peers: Vec<String>,
}

impl Topology {
	/// What `views` say of the network of `members`.
	pub async fn of(members: &[Node], views: &[View]) -> Result<Self, Error> {
		let names = names(members);
		let mut nodes = Vec::new();
		for member in members {
			let view = views.iter().find(|view| view.node.name == member.name);
			let (best, finalized) = match view {
				Some(View { chain, .. }) => {
					(Some(chain.best().await?.id.number), Some(chain.finalized().await?.id.number))
				},
				None => (None, None),
			};
			let peers =
				view.map(|view| view.connected.iter().map(|id| named(&names, id)).collect());
			nodes.push(Place {
				name: member.name.clone(),
				peer_id: member.peer_id.clone(),
				state: member.state(),
				best,
				finalized,
				peers: peers.unwrap_or_default(),
			});
		}
		let links = views.iter().map(|view| {
			let peers = view.connected.iter().map(|id| named(&names, id));
			(view.node.name.clone(), peers.collect())
		});
		let groups = groups(links.collect());
		let network = members.first().map_or(Preset::Local, |node| node.network);
		Ok(Self { network, nodes, groups })
	}
}

/// The names of `members` by their peer ids.
fn names(members: &[Node]) -> BTreeMap<String, String> {
	members.iter().map(|node| (node.peer_id.clone(), node.name.clone())).collect()
}

/// A peer's name, or its id if it is nobody known.
fn named(names: &BTreeMap<String, String>, peer_id: &str) -> String {
	names.get(peer_id).cloned().unwrap_or_else(|| peer_id.to_owned())
}

/// Groups of nodes that reach each other, where each node has `links` to others.
fn groups(links: BTreeMap<String, BTreeSet<String>>) -> Vec<Vec<String>> {
	let mut groups: Vec<BTreeSet<String>> = Vec::new();
	for (node, peers) in &links {
		// Who is connected with somebody who does not run is connected with nobody by that.
		let peers = peers.iter().filter(|peer| links.contains_key(*peer));
		let mut group: BTreeSet<_> = peers.chain([node]).cloned().collect();
		let (joined, apart) = groups.into_iter().partition(|other| !other.is_disjoint(&group));
		let joined: Vec<BTreeSet<String>> = joined;
		groups = apart;
		group.extend(joined.into_iter().flatten());
		groups.push(group);
	}
	let mut groups: Vec<Vec<_>> =
		groups.into_iter().map(|group| group.into_iter().collect()).collect();
	groups.sort();
	groups
}

impl Report for Topology {
	const KIND: &'static str = "network.topology";

	fn text(&self) -> String {
		let rows = self.nodes.iter().map(|node| {
			[
				node.name.clone(),
				node.state.name().to_owned(),
				or_dash(node.best),
				or_dash(node.finalized),
				node.peers.join(", "),
			]
		});
		let nodes = table(["node", "state", "best", "finalized", "connected with"], rows);
		let groups: Vec<_> = self.groups.iter().map(|group| group.join(", ")).collect();
		let reach = match groups.len() {
			0 => "no node runs".to_owned(),
			1 => "all that run reach each other".to_owned(),
			count => format!("{count} groups do not reach each other: {}", groups.join(" | ")),
		};
		format!("{nodes}\n\n{reach}")
	}
}

/// Lists whom the nodes of a network know of.
pub async fn discover(args: NetworkArgs, context: &Context) -> Result<(), Error> {
	let members = members(args.network)?;
	let views = views(&members, context).await?;
	context.print(&Discovery::of(&members, &views), None)
}

/// Whom the nodes of a network know of.
#[derive(Debug, Serialize)]
struct Discovery {
	network: Preset,
	peers: Vec<Known>,
}

/// Somebody whom nodes know of.
#[derive(Debug, Serialize)]
struct Known {
	peer_id: String,
	/// Its name, if it is a node of this network.
	name: Option<String>,
	/// Where it listens, if it is a node of this network: nodes do not tell it of others.
	address: Option<String>,
	/// The nodes that are connected with it.
	connected: Vec<String>,
	/// The nodes that keep a place for it.
	reserved: Vec<String>,
}

impl Discovery {
	fn of(members: &[Node], views: &[View]) -> Self {
		let own = members.iter().map(|node| node.peer_id.clone());
		let heard_of = views.iter().flat_map(|view| view.connected.iter().chain(&view.reserved));
		let ids: BTreeSet<String> = own.chain(heard_of.cloned()).collect();
		let by = |is_it: &dyn Fn(&View) -> bool| -> Vec<String> {
			views.iter().filter(|view| is_it(view)).map(|view| view.node.name.clone()).collect()
		};
		let peers = ids.into_iter().map(|peer_id| {
			let member = members.iter().find(|node| node.peer_id == peer_id);
			Known {
				name: member.map(|node| node.name.clone()),
				address: member.map(Node::peer_address),
				connected: by(&|view| view.connected.contains(&peer_id)),
				reserved: by(&|view| view.reserved.contains(&peer_id)),
				peer_id,
			}
		});
		Self {
			network: members.first().map_or(Preset::Local, |node| node.network),
			peers: peers.collect(),
		}
	}
}

impl Report for Discovery {
	const KIND: &'static str = "network.discover";

	fn text(&self) -> String {
		let rows = self.peers.iter().map(|peer| {
			[
				or_dash(peer.name.as_ref()),
				peer.peer_id.clone(),
				peer.connected.join(", "),
				peer.reserved.join(", "),
			]
		});
		table(["node", "peer", "connected with", "place kept by"], rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn grouped(links: &[(&str, &[&str])]) -> Vec<Vec<String>> {
		let owned = |(node, peers): &(&str, &[&str])| {
			((*node).to_owned(), peers.iter().map(|peer| (*peer).to_owned()).collect())
		};
		groups(links.iter().map(owned).collect())
	}

	#[test]
	fn nodes_should_be_in_one_group_when_a_path_leads_from_one_to_the_other() {
		assert_eq!(grouped(&[("a", &["b"]), ("b", &["c"]), ("c", &[])]), [["a", "b", "c"]]);
		// A link that only one side knows of counts.
		assert_eq!(grouped(&[("a", &[]), ("b", &["a"])]), [["a", "b"]]);
		// The last one joins two groups.
		assert_eq!(grouped(&[("a", &[]), ("b", &[]), ("c", &["a", "b"])]), [["a", "b", "c"]]);
	}

	#[test]
	fn nodes_should_be_in_several_groups_when_the_network_is_cut() {
		let cut = grouped(&[("a", &["b"]), ("b", &["a"]), ("c", &["d"]), ("d", &["c"])]);
		assert_eq!(cut, [["a", "b"], ["c", "d"]]);
		// Neither a node that does not run nor a stranger connects those that do.
		assert_eq!(grouped(&[("a", &["x"]), ("b", &["x"])]), [["a"], ["b"]]);
		assert!(grouped(&[]).is_empty());
	}
}

//! `aitbc network partition|recover`: a network of this machine, cut in two and put together again.
//!
//! The nodes of such a network talk to those only for whom they keep a place, and have no room for
//! others. Where both ends give the place up, the connection ends. What is cut are these connections: the
//! nodes still share a machine, its clock and its load.

use super::topology::{members, views, NetworkArgs, Topology, View};
use crate::{
	commands::Context,
	error::Error,
	nodes::{self, Node},
	terminal::Spinner,
	transaction::Timeout,
};
use clap::Args;
use serde_json::Value;
use std::{collections::BTreeSet, time::Duration};

/// How often nodes are asked who they are connected with.
const PAUSE: Duration = Duration::from_millis(250);

/// Where to cut.
#[derive(Debug, Args)]
pub struct PartitionArgs {
	/// The nodes on one side, by their names; all others are on the other
	#[arg(required = true, value_name = "NAME")]
	side: Vec<String>,

	#[command(flatten)]
	network: NetworkArgs,
}

/// Cuts a network, and waits until nobody is connected with the other side.
pub async fn cut(args: PartitionArgs, context: &Context) -> Result<(), Error> {
	let members = members(args.network.network)?;
	let side: BTreeSet<_> = args.side.into_iter().collect();
	if let Some(name) = side.iter().find(|name| members.iter().all(|node| node.name != **name)) {
		return Err(nodes::Error::NotFound(name.clone()).into());
	}
	let is_on_side = |node: &Node| side.contains(&node.name);
	let views = views(&members, context).await?;
	let count = views.iter().filter(|view| is_on_side(&view.node)).count();
	if count == 0 || count == views.len() {
		let names: Vec<_> = views.iter().map(|view| view.node.name.clone()).collect();
		return Err(nodes::Error::OneSided(names.join(", ")).into());
	}
	rearrange(&members, views, |one, other| is_on_side(one) == is_on_side(other), context).await
}

/// Puts a network together, and waits until everybody is connected with everybody.
pub async fn heal(args: NetworkArgs, context: &Context) -> Result<(), Error> {
	let members = members(args.network)?;
	let views = views(&members, context).await?;
	rearrange(&members, views, |_, _| true, context).await
}

/// Has those nodes connected of which `belong` says so, and no others.
async fn rearrange(
	members: &[Node],
	mut views: Vec<View>,
	belong: impl Fn(&Node, &Node) -> bool,
	context: &Context,
) -> Result<(), Error> {
	let spinner = Spinner::start("the network is rearranged");
	for view in &views {
		for other in members.iter().filter(|other| other.name != view.node.name) {
			let (method, parameter) = match belong(&view.node, other) {
				true => ("system_addReservedPeer", other.peer_address()),
				false => ("system_removeReservedPeer", other.peer_id.clone()),
			};
			// It answers with nothing.
			let _: Value = view.chain.request_with(method, parameter).await?;
		}
	}
	let timeout = context.timeout();
	let settled = tokio::time::timeout(timeout.0, await_links(&mut views, belong)).await;
	drop(spinner);
	settled.map_err(|_| still_so(members, timeout))??;
	context.print(&Topology::of(members, &views).await?, None)
}

fn still_so(members: &[Node], timeout: Timeout) -> nodes::Error {
	let network = members.first().map_or("local", |node| node.network.name());
	nodes::Error::NotRearranged { network: network.to_owned(), timeout }
}

/// Waits until exactly those of `views` are connected of which `belong` says so.
async fn await_links(
	views: &mut [View],
	belong: impl Fn(&Node, &Node) -> bool,
) -> Result<(), Error> {
	loop {
		for view in views.iter_mut() {
			view.refresh().await?;
		}
		let fits = |one: &View, other: &View| {
			let is_connected = one.connected.contains(&other.node.peer_id);
			is_connected == belong(&one.node, &other.node)
		};
		let is_settled = views.iter().all(|one| {
			let mut others = views.iter().filter(|other| other.node.name != one.node.name);
			others.all(|other| fits(one, other))
		});
		if is_settled {
			return Ok(());
		}
		tokio::time::sleep(PAUSE).await;
	}
}

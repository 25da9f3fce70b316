//! `aitbc node`: the node that answers.

use super::Context;
use crate::{
	chain::{
		node::{self, Node},
		BlockId,
	},
	error::Error,
	output::{fields, Report},
};
use clap::Subcommand;
use serde::Serialize;

/// What can be asked of a node.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Show what the node is and how it fares
	Status,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Status => status(context).await,
	}
}

async fn status(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let node = node::node(&chain).await?;
	let report = StatusReport {
		url: chain.url().to_owned(),
		healthy: node.is_healthy(),
		node,
		best: chain.best().await?.id,
		finalized: chain.finalized().await?.id,
	};
	context.print(&report, None)
}

#[derive(Serialize)]
struct StatusReport {
	url: String,
	healthy: bool,
	#[serde(flatten)]
	node: Node,
	best: BlockId,
	finalized: BlockId,
}

impl Report for StatusReport {
	const KIND: &'static str = "node.status";

	fn text(&self) -> String {
		let node = &self.node;
		let health = match (self.healthy, node.syncing) {
			(true, _) => "healthy".to_owned(),
			(false, true) => format!("syncing, up to block {}", node.highest_block),
			(false, false) => "alone: it has no peers, and should have some".to_owned(),
		};
		fields([
			("node", format!("{} {}", node.name, node.version)),
			("url", self.url.clone()),
			("chain", node.chain.clone()),
			("health", health),
			("roles", node.roles.join(", ").to_lowercase()),
			("peers", node.peers.to_string()),
			("peer id", node.peer_id.clone()),
			("best", format!("{} {:?}", self.best.number, self.best.hash)),
			("finalized", format!("{} {:?}", self.finalized.number, self.finalized.hash)),
		])
	}
}

//! What a node says about itself and its chain.

use super::{Chain, Error};
use serde::{Deserialize, Serialize};

/// A node.
#[derive(Clone, Debug, Serialize)]
pub struct Node {
	/// The program.
	pub name: String,
	/// Its version.
	pub version: String,
	/// The chain it follows.
	pub chain: String,
	/// Its address in the network of peers.
	pub peer_id: String,
	/// What it does in the network.
	pub roles: Vec<String>,
	/// How many peers it has.
	pub peers: u64,
	/// Whether it should have some.
	pub should_have_peers: bool,
	/// Whether it still fetches blocks that others have.
	pub syncing: bool,
	/// The highest block that it has heard of.
	pub highest_block: u64,
}

impl Node {
	/// Whether the node is in working order.
	pub fn is_healthy(&self) -> bool {
		!self.syncing && (self.peers > 0 || !self.should_have_peers)
	}
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Health {
	peers: u64,
	is_syncing: bool,
	should_have_peers: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SyncState {
	highest_block: u64,
}

/// A runtime's version.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct RuntimeVersion {
	/// The runtime's name.
	pub spec_name: String,
	/// Rises with every change of behaviour.
	pub spec_version: u32,
	/// Rises with every change of how transactions are encoded.
	pub transaction_version: u32,
}

/// Asks a node about itself.
pub async fn node(chain: &Chain) -> Result<Node, Error> {
	let health: Health = chain.request("system_health").await?;
	let sync: SyncState = chain.request("system_syncState").await?;
	Ok(Node {
		name: chain.request("system_name").await?,
		version: chain.request("system_version").await?,
		chain: chain_name(chain).await?,
		peer_id: chain.request("system_localPeerId").await?,
		roles: chain.request("system_nodeRoles").await?,
		peers: health.peers,
		should_have_peers: health.should_have_peers,
		syncing: health.is_syncing,
		highest_block: sync.highest_block,
	})
}

/// The chain's name.
pub async fn chain_name(chain: &Chain) -> Result<String, Error> {
	chain.request("system_chain").await
}

/// The version of the chain's runtime.
pub async fn runtime_version(chain: &Chain) -> Result<RuntimeVersion, Error> {
	chain.request("state_getRuntimeVersion").await
}

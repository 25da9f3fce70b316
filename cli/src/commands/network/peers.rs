//! `aitbc network peers`: who the node talks to.

use crate::{
	chain::Chain,
	commands::Context,
	error::Error,
	output::{table, Report},
};
use serde::{Deserialize, Serialize};
use subxt::config::substrate::H256;

/// Lists the node's peers, the most advanced first.
pub async fn run(context: &Context) -> Result<(), Error> {
	let chain = context.connect().await?;
	let mut peers = of(&chain).await?;
	peers.sort_by_key(|peer| std::cmp::Reverse(peer.best_number));
	context.print(&Peers { peers }, None)
}

/// The peers of the node, which must be one's own: the method is unsafe.
pub async fn of(chain: &Chain) -> Result<Vec<Peer>, Error> {
	Ok(chain.request("system_peers").await?)
}

/// A peer.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all(deserialize = "camelCase"))]
pub struct Peer {
	/// Its address in the network of peers.
	pub peer_id: String,
	/// What it does in the network.
	roles: String,
	/// The height of its best block.
	best_number: u64,
	/// The hash of its best block.
	best_hash: H256,
}

/// A node's peers.
#[derive(Serialize)]
struct Peers {
	peers: Vec<Peer>,
}

impl Report for Peers {
	const KIND: &'static str = "network.peers";

	fn text(&self) -> String {
		if self.peers.is_empty() {
			return "the node has no peers".into();
		}
		let rows = self.peers.iter().map(|peer| {
			let Peer { peer_id, roles, best_number, best_hash } = peer;
			[
				peer_id.clone(),
				roles.to_lowercase(),
				best_number.to_string(),
				format!("{best_hash:?}"),
			]
		});
		table(["peer", "role", "best", "hash"], rows)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn peers_should_be_read_as_the_node_writes_them() {
		let hash = H256::repeat_byte(7);
		let answer = serde_json::json!([{
			"peerId": "12D3KooW", "roles": "AUTHORITY", "bestHash": hash, "bestNumber": 12
		}]);

		let peers: Vec<Peer> = serde_json::from_value(answer).expect("it is a list of peers");

		assert_eq!((peers[0].best_number, peers[0].best_hash), (12, hash));
		let text = Peers { peers }.text();
		assert!(text.contains("12D3KooW") && text.contains("authority"), "{text}");
	}
}

//! Tells an operator whose node finds no other.
//!
//! A boot node of another chain refuses this node's handshake before it shows its own. So the SDK,
//! which would complain about a foreign genesis in a handshake, sees none and says nothing.

use super::FullClient;
use sc_network::{
	config::MultiaddrWithPeerId, service::traits::NetworkService, NetworkPeers,
	NetworkStatusProvider, PeerId,
};
use sc_service::Configuration;
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use std::{sync::Arc, time::Duration};

/// How long a node may look for its first peer. A boot node that can be reached answers at once.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a node looks for.
pub struct Search {
	chain: String,
	genesis: H256,
	boot_nodes: Vec<MultiaddrWithPeerId>,
}

impl Search {
	/// What the node of `config` looks for, which the others know as `peer_id`. Nothing, if it was
	/// told of no other node.
	pub fn new(config: &Configuration, client: &FullClient, peer_id: PeerId) -> Option<Self> {
		let mut boot_nodes = config.network.boot_nodes.clone();
		boot_nodes.retain(|node| node.peer_id != peer_id);
		(!boot_nodes.is_empty()).then(|| Self {
			chain: config.chain_spec.id().into(),
			genesis: client.info().genesis_hash,
			boot_nodes,
		})
	}

	/// Warns once, when nothing was found in good time.
	pub async fn warn_if_in_vain(self, network: Arc<dyn NetworkService>) {
		tokio::time::sleep(PATIENCE).await;
		if network.sync_num_connected() > 0 {
			return;
		}
		let Ok(status) = network.status().await else { return };
		log::warn!("🌐 {}", self.warning(status.total_bytes_inbound > 0));
	}

	/// `answered`: whether anything at all came from other nodes.
	fn warning(&self, answered: bool) -> String {
		let nodes: Vec<_> = self.boot_nodes.iter().map(ToString::to_string).collect();
		let nodes = nodes.join(", ");
		let patience = PATIENCE.as_secs();
		if !answered {
			return format!(
				"No peer after {patience} s: no boot node answers ({nodes}). Check that they run, \
				 that their addresses and peer ids are right, and that no firewall is between."
			);
		}
		format!(
			"No peer after {patience} s, although somebody answers: a boot node ({nodes}) probably \
			 belongs to another chain than this node, or has no place left. This node's chain is \
			 `{}` with the genesis {:?}; compare with what the boot node answers to the RPC \
			 `chain_getBlockHash` with the parameter 0. Nodes of one chain need the same chain \
			 specification; `dev` and `local` of two builds are two chains.",
			self.chain, self.genesis
		)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	const BOOT_NODE: &str =
		"/ip4/127.0.0.1/tcp/30333/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";

	fn search() -> Search {
		Search {
			chain: "local".into(),
			genesis: H256::repeat_byte(7),
			boot_nodes: vec![BOOT_NODE.parse().expect("the address is well formed")],
		}
	}

	#[test]
	fn warning_should_suspect_another_chain_when_somebody_answers() {
		let warning = search().warning(true);

		assert!(warning.contains("another chain"), "{warning}");
		assert!(warning.contains(BOOT_NODE), "{warning}");
		assert!(warning.contains(&"07".repeat(32)), "{warning}");
	}

	#[test]
	fn warning_should_suspect_the_addresses_when_nobody_answers() {
		let warning = search().warning(false);

		assert!(warning.contains("no boot node answers"), "{warning}");
		assert!(warning.contains(BOOT_NODE), "{warning}");
		assert!(!warning.contains("another chain"), "{warning}");
	}
}

//! What the node says and asks on the network beyond the SDK's own protocols.

use super::{Block, FullBackend, FullClient};
use aitbc_runtime::BlockNumber;
use sc_consensus_grandpa::{warp_proof, SharedAuthoritySet};
use sc_network::{
	config::FullNetworkConfiguration, NetworkBackend, NotificationMetrics, NotificationService,
	ProtocolName,
};
use sc_service::{Configuration, WarpSyncConfig};
use sp_blockchain::HeaderBackend;
use sp_core::H256;
use std::sync::Arc;

/// The network's configuration with GRANDPA's gossip in it.
pub struct Protocols<N: NetworkBackend<Block, H256>> {
	/// For the SDK to build the network from.
	pub config: FullNetworkConfiguration<Block, H256, N>,
	/// Counts notifications of all protocols.
	pub metrics: NotificationMetrics,
	/// For the voter.
	pub grandpa: Gossip,
}

/// The voter's end of GRANDPA's gossip.
pub struct Gossip {
	/// The protocol's name on this chain.
	pub protocol: ProtocolName,
	/// Sends and receives.
	pub notifications: Box<dyn NotificationService>,
}

/// Adds GRANDPA's gossip to the configured network.
pub fn protocols<N: NetworkBackend<Block, H256>>(
	config: &Configuration,
	client: &FullClient,
) -> Protocols<N> {
	let registry = config.prometheus_registry();
	let mut network = FullNetworkConfiguration::new(&config.network, registry.cloned());
	let metrics = N::register_notification_metrics(registry);

	let protocol = sc_consensus_grandpa::protocol_standard_name(
		&client.info().genesis_hash,
		&config.chain_spec,
	);
	let (gossip, notifications) = sc_consensus_grandpa::grandpa_peers_set_config::<_, N>(
		protocol.clone(),
		metrics.clone(),
		network.peer_store_handle(),
	);
	network.add_notification_protocol(gossip);

	Protocols { config: network, metrics, grandpa: Gossip { protocol, notifications } }
}

/// Serves and takes proofs of GRANDPA's authority sets, by which a node skips to the last
/// finalized block.
pub fn warp_sync(
	backend: Arc<FullBackend>,
	authority_set: SharedAuthoritySet<H256, BlockNumber>,
) -> WarpSyncConfig<Block> {
	WarpSyncConfig::WithProvider(Arc::new(warp_proof::NetworkProvider::new(
		backend,
		authority_set,
		Vec::new(),
	)))
}

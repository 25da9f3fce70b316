//! What the node says and asks on the network beyond the SDK's own protocols.

use super::{Block, FullBackend, FullClient};
use crate::file::FileError;
use aitbc_runtime::BlockNumber;
use sc_consensus_grandpa::{warp_proof, SharedAuthoritySet};
use sc_network::{
	config::{FullNetworkConfiguration, NetworkConfiguration, NodeKeyConfig, Secret},
	NetworkBackend, NotificationMetrics, NotificationService, ProtocolName,
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
	/// For the voter, if there is one.
	pub grandpa: Option<Gossip>,
}

/// The voter's end of GRANDPA's gossip.
pub struct Gossip {
	/// The protocol's name on this chain.
	pub protocol: ProtocolName,
	/// Sends and receives.
	pub notifications: Box<dyn NotificationService>,
}

/// Adds GRANDPA's gossip to the configured network, if the node `votes` or follows the votes. A protocol that is
/// added and then left alone would end each connection (litep2p).
pub fn protocols<N: NetworkBackend<Block, H256>>(
	config: &Configuration,
	client: &FullClient,
	votes: bool,
) -> Protocols<N> {
	let registry = config.prometheus_registry();
	let mut network = FullNetworkConfiguration::new(&config.network, registry.cloned());
	let metrics = N::register_notification_metrics(registry);

	let grandpa = votes.then(|| {
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
		Gossip { protocol, notifications }
	});

	Protocols { config: network, metrics, grandpa }
}

/// Checks that the network key can be read, or makes it, if there is none.
///
/// The SDK does the same, but later, and its error leaves out the file.
pub fn ensure_key(config: &NetworkConfiguration) -> Result<(), FileError> {
	let NodeKeyConfig::Ed25519(Secret::File(path)) = &config.node_key else { return Ok(()) };
	config.node_key.clone().into_keypair().map(drop).map_err(|cause| FileError {
		action: "read or make the network key",
		path: path.clone(),
		cause: cause.to_string(),
		remedy: "name a readable file with --node-key-file that holds 64 hexadecimal digits and \
		         nothing else, such as `aitbc-node key generate-node-key --file FILE` writes",
	})
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

#[cfg(test)]
mod tests {
	use super::*;
	use std::{fs, path::Path};

	fn config_with_key(path: &Path) -> NetworkConfiguration {
		let mut config = NetworkConfiguration::new_memory();
		config.node_key = NodeKeyConfig::Ed25519(Secret::File(path.into()));
		config
	}

	#[test]
	fn ensure_key_should_keep_the_key_that_it_made() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("network").join("key");

		ensure_key(&config_with_key(&path)).expect("the folder is writable");
		let key = fs::read(&path).expect("the key was made");

		assert!(ensure_key(&config_with_key(&path)).is_ok());
		assert_eq!(fs::read(&path).expect("the key is still there"), key);
	}

	#[test]
	fn ensure_key_should_name_the_file_when_it_holds_no_key() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");
		let path = folder.path().join("key");
		fs::write(&path, "no key").expect("the folder is writable");

		let error = ensure_key(&config_with_key(&path)).expect_err("it is malformed").to_string();

		assert!(error.contains(&*path.to_string_lossy()), "{error}");
		assert!(error.contains("--node-key-file"), "{error}");
	}

	#[test]
	fn ensure_key_should_name_the_file_when_it_cannot_be_read() {
		let folder = tempfile::tempdir().expect("a temporary folder can be made");

		let error = ensure_key(&config_with_key(folder.path())).expect_err("a folder is no file");

		assert_eq!(error.path, folder.path());
	}
}

//! A running node.

pub mod address;
mod equivocation;
mod gauges;
pub mod genesis;
pub mod guard;
pub mod keys;
mod network;
pub mod parts;
mod peers;
mod ports;
pub mod sealing;
mod spawner;
mod tasks;
pub mod telemetry;
mod wasm_cache;

use crate::{banner::Banner, database, rpc, workers::bitcoin};
use aitbc_runtime::{Header, RuntimeApi};
use guard::Guarding;
use peers::Search;
use sc_client_api::Backend;
use sc_consensus_grandpa::SharedVoterState;
use sc_network::{
	config::NetworkBackendType, Litep2pNetworkBackend, NetworkBackend, NetworkStateInfo,
	NetworkWorker,
};
use sc_service::{
	BuildNetworkParams, ChainType, Configuration, Error as ServiceError, SpawnTasksParams,
	TaskManager,
};
use sc_storage_monitor::{StorageMonitorParams, StorageMonitorService};
use sealing::Sealing;
use sp_core::H256;
use sp_runtime::{generic, OpaqueExtrinsic};
use std::path::PathBuf;
use tasks::{Settings, Tasks};

/// A block as the node sees it.
///
/// The extrinsics are opaque, unlike the runtime's own: only the Wasm on chain decodes them, so
/// that this binary also imports blocks of runtimes that are newer than itself.
pub type Block = generic::Block<Header, OpaqueExtrinsic>;

/// What the runtime's Wasm may call.
#[cfg(not(feature = "runtime-benchmarks"))]
pub type HostFunctions = sp_io::SubstrateHostFunctions;

/// What the runtime's Wasm may call.
#[cfg(feature = "runtime-benchmarks")]
pub type HostFunctions =
	(sp_io::SubstrateHostFunctions, frame_benchmarking::benchmarking::HostFunctions);

/// Runs the runtime's Wasm.
pub type Executor = sc_executor::WasmExecutor<HostFunctions>;

/// The client: blocks, state and runtime calls.
pub type FullClient = sc_service::TFullClient<Block, RuntimeApi, Executor>;

/// The database.
pub type FullBackend = sc_service::TFullBackend<Block>;

/// The fork choice: the longest chain on top of the finalized block.
pub type SelectChain = sc_consensus::LongestChain<FullBackend, Block>;

/// Transactions that wait for a block.
pub type TransactionPool = sc_transaction_pool::TransactionPoolHandle<Block, FullClient>;

/// What the operator chose beyond the SDK's configuration.
pub struct Options {
	/// When to stop for want of disk space.
	pub storage_monitor: StorageMonitorParams,
	/// What the telemetry worker does.
	pub telemetry: telemetry::Options,
	/// What the Bitcoin worker does.
	pub bitcoin: bitcoin::Options,
	/// Where to keep what the runtime was compiled to.
	pub wasm_cache: Option<PathBuf>,
	/// When blocks are made.
	pub sealing: Sealing,
	/// Whether a validator's keys may sign twice.
	pub is_guard_disabled: bool,
}

/// Starts a node; it runs as long as the returned task manager is kept.
pub async fn start(config: Configuration, options: Options) -> Result<TaskManager, ServiceError> {
	match config.network.network_backend {
		NetworkBackendType::Litep2p => start_with::<Litep2pNetworkBackend>(config, options),
		NetworkBackendType::Libp2p => start_with::<NetworkWorker<Block, H256>>(config, options),
	}
}

/// Starts a node on the network backend `N`.
fn start_with<N: NetworkBackend<Block, H256>>(
	config: Configuration,
	options: Options,
) -> Result<TaskManager, ServiceError> {
	let Options { storage_monitor, telemetry, bitcoin, wasm_cache, sealing, is_guard_disabled } =
		options;
	let telemetry = telemetry.switch(&config)?;
	let sealer = sealing.prepare(&config)?;
	ports::ensure_free(&config)?;
	database::prepare(&config)?;
	keys::ensure_place(&config.keystore)?;
	network::ensure_key(&config.network)?;
	let wasm_cache = wasm_cache.as_deref().map(wasm_cache::prepare).transpose()?;
	let guarding = Guarding::of(config.role, is_guard_disabled);
	let (mut parts, mut task_manager) = parts::open(&config, wasm_cache.as_deref(), guarding)?;
	watch_storage(&config, storage_monitor, &task_manager)?;
	let authoring = gauges::register(&config, parts.guard.as_ref())?;
	telemetry.announce();
	if let Some(mut storage) = parts.backend.offchain_storage() {
		telemetry.store(&mut storage);
	}

	let bitcoin = bitcoin::prepare(bitcoin, &config, &parts)?;
	let (bitcoin, desk) = bitcoin.unzip();
	let voter_state = SharedVoterState::empty();
	let rpc = rpc::Dependencies::new(&config, &parts, voter_state.clone(), desk)
		.with_sealer(sealer.as_ref());
	let banner = (config.chain_spec.chain_type() == ChainType::Development)
		.then(|| Banner::new(&config, &parts.client))
		.transpose()?;

	let votes = sealer.is_none() && !config.disable_grandpa;
	let protocols = network::protocols::<N>(&config, &parts.client, votes);
	let authority_set = parts.consensus.grandpa_link.shared_authority_set().clone();
	let (network, system_rpc_tx, tx_handler_controller, sync, _) =
		sc_service::build_network(BuildNetworkParams {
			config: &config,
			net_config: protocols.config,
			client: parts.client.clone(),
			transaction_pool: parts.transaction_pool.clone(),
			spawn_handle: task_manager.spawn_handle(),
			spawn_essential_handle: task_manager.spawn_essential_handle(),
			import_queue: parts.import_queue,
			block_announce_validator_builder: None,
			warp_sync_config: Some(network::warp_sync(parts.backend.clone(), authority_set)),
			block_relay: None,
			metrics: protocols.metrics,
			gap_sync_body_policy: None,
		})?;

	if let Some(search) = Search::new(&config, &parts.client, network.local_peer_id()) {
		let looks = search.warn_if_in_vain(network.clone());
		task_manager.spawn_handle().spawn("peer-search", Some("networking"), looks);
	}

	let settings = Settings::of(&config, telemetry.allow_http());
	let rpc_handlers = sc_service::spawn_tasks(SpawnTasksParams {
		config,
		client: parts.client.clone(),
		backend: parts.backend.clone(),
		task_manager: &mut task_manager,
		keystore: parts.keystore.clone(),
		transaction_pool: parts.transaction_pool.clone(),
		rpc_builder: Box::new(move |executor| rpc::module(&rpc, executor)),
		network: network.clone(),
		system_rpc_tx,
		tx_handler_controller,
		sync_service: sync.clone(),
		telemetry: parts.telemetry.as_mut(),
		tracing_execute_block: None,
	})?;

	Tasks {
		task_manager: &task_manager,
		client: parts.client,
		backend: parts.backend,
		transaction_pool: parts.transaction_pool,
		keystore: parts.keystore,
		guard: parts.guard,
		network: network.clone(),
		sync,
		telemetry: parts.telemetry.as_ref().map(|telemetry| telemetry.handle()),
		authoring,
		settings,
		sealer,
	}
	.start(parts.consensus, parts.select_chain, protocols.grandpa, voter_state)?;

	if let Some(worker) = bitcoin {
		worker.start(&task_manager);
	}
	if let Some(banner) = banner {
		log::info!("{}", banner.listening(rpc_handlers.listen_addresses(), &*network));
	}
	Ok(task_manager)
}

/// Stops the node before its disk is full.
fn watch_storage(
	config: &Configuration,
	params: StorageMonitorParams,
	task_manager: &TaskManager,
) -> Result<(), ServiceError> {
	let Some(path) = config.database.path() else { return Ok(()) };
	StorageMonitorService::try_spawn(
		params,
		path.to_path_buf(),
		&task_manager.spawn_essential_handle(),
	)
	.map_err(|error| ServiceError::Application(error.into()))
}

//! What the node and the tools around its database have in common: database, client, transaction
//! pool and block import.

use super::{
	equivocation::Reporting,
	genesis,
	guard::{self, Guarding},
	sealing::Clock,
	spawner::Spawner,
	Block, Executor, FullBackend, FullClient, SelectChain, TransactionPool,
};
use aitbc_node_guard::Guard;
use aitbc_runtime::RuntimeApi;
use sc_consensus::DefaultImportQueue;
use sc_consensus_babe::{BabeLink, BabeWorkerHandle, ImportQueueParams};
use sc_consensus_grandpa::GrandpaPruningFilter;
use sc_executor::{HeapAllocStrategy, DEFAULT_HEAP_ALLOC_STRATEGY};
use sc_service::{
	config::ExecutorConfiguration, Configuration, Error as ServiceError, TaskManager,
};
use sc_telemetry::{Telemetry, TelemetryHandle, TelemetryWorker};
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_blockchain::HeaderBackend;
use sp_consensus_babe::{
	inherents::{BabeCreateInherentDataProviders, InherentDataProvider as SlotInherent},
	SlotDuration,
};
use sp_core::storage::Storage;
use sp_keystore::KeystorePtr;
use sp_timestamp::InherentDataProvider as TimestampInherent;
use std::{path::Path, sync::Arc};

/// Checks GRANDPA's justifications on the way to the client.
type GrandpaBlockImport =
	sc_consensus_grandpa::GrandpaBlockImport<FullBackend, Block, FullClient, SelectChain>;

/// Checks BABE's rules on the way to [`GrandpaBlockImport`].
type BabeBlockImport = sc_consensus_babe::BabeBlockImport<
	Block,
	FullClient,
	GrandpaBlockImport,
	BabeCreateInherentDataProviders<Block>,
	SelectChain,
>;

/// Looks for authors of two blocks in one slot on the way to [`BabeBlockImport`].
pub type BlockImport = Reporting<BabeBlockImport>;

/// What the GRANDPA voter needs of the block import.
pub type GrandpaLink = sc_consensus_grandpa::LinkHalf<Block, FullClient, SelectChain>;

/// How many blocks apart justifications are kept, beside those that end an authority set: about
/// 25 minutes. Whoever asks for a finality proof downloads up to so many headers.
pub const JUSTIFICATION_PERIOD: u32 = 512;

/// Messages that the telemetry worker holds before it drops new ones.
const TELEMETRY_BUFFER: usize = 16;

/// A chain on disk and what reads and extends it.
pub struct Parts {
	/// Runtime calls, blocks and state.
	pub client: Arc<FullClient>,
	/// The database.
	pub backend: Arc<FullBackend>,
	/// The state of the first block.
	pub genesis_state: Storage,
	/// The session keys, for all but the consensus engines. On a validator they sign nothing that the guard refuses.
	pub keystore: KeystorePtr,
	/// Has the session keys for the consensus engines, of a validator.
	pub guard: Option<Guard>,
	/// The fork choice.
	pub select_chain: SelectChain,
	/// Checks blocks of others, in order.
	pub import_queue: DefaultImportQueue<Block>,
	/// Transactions that wait for a block.
	pub transaction_pool: Arc<TransactionPool>,
	/// What authoring and finality hold on to.
	pub consensus: Consensus,
	/// Reports to telemetry servers, when asked to.
	pub telemetry: Option<Telemetry>,
}

/// The consensus engines' ends of the block import.
pub struct Consensus {
	/// Where authored blocks go.
	pub block_import: BlockImport,
	/// BABE's configuration and epochs.
	pub babe_link: BabeLink<Block>,
	/// Answers questions about epochs.
	pub babe_worker: BabeWorkerHandle<Block>,
	/// GRANDPA's authorities and justifications.
	pub grandpa_link: GrandpaLink,
	/// How late a block may be dated.
	pub clock: Clock,
}

/// Runs the runtime as `config` says. With a folder, what it was compiled to is kept there.
pub fn executor(config: &ExecutorConfiguration, compiled: Option<&Path>) -> Executor {
	let heap = config.default_heap_pages.and_then(|pages| u32::try_from(pages).ok());
	let heap = heap.map_or(DEFAULT_HEAP_ALLOC_STRATEGY, |extra_pages| HeapAllocStrategy::Static {
		extra_pages,
	});
	let builder = Executor::builder()
		.with_execution_method(config.wasm_method)
		.with_onchain_heap_alloc_strategy(heap)
		.with_offchain_heap_alloc_strategy(heap)
		.with_max_runtime_instances(config.max_runtime_instances)
		.with_runtime_cache_size(config.runtime_cache_size);
	match compiled {
		Some(folder) => builder.with_cache_path(folder).build(),
		None => builder.build(),
	}
}

/// Opens the chain that `config` names, and begins it when the database is empty. With the folder `compiled`, the
/// runtime is compiled once for all starts. `guarding` says who keeps the keys from signing twice.
pub fn open(
	config: &Configuration,
	compiled: Option<&Path>,
	guarding: Guarding,
) -> Result<(Parts, TaskManager), ServiceError> {
	let telemetry = connect_telemetry(config)?;
	let telemetry_handle = telemetry.as_ref().map(|(_, telemetry)| telemetry.handle());

	let executor = executor(&config.executor, compiled);
	let genesis_state = genesis::state(&*config.chain_spec, &executor)?;
	let mut database = config.db_config();
	// Without it, a pruned node could not prove the authority sets to others that warp sync.
	database.pruning_filters = vec![Arc::new(GrandpaPruningFilter)];
	let backend = sc_service::new_db_backend(database)?;
	let genesis =
		genesis::builder(config, genesis_state.clone(), backend.clone(), executor.clone())?;

	let (client, backend, keystore, mut task_manager) =
		sc_service::new_full_parts_with_genesis_builder::<Block, RuntimeApi, _, _>(
			config,
			telemetry_handle.clone(),
			executor,
			backend,
			genesis,
			false,
		)?;
	let client = Arc::new(client);
	let keystore = keystore.keystore();
	let genesis_hash = client.info().genesis_hash;
	let guard = guard::open(guarding, config, genesis_hash, &backend, keystore.clone())?;
	let keystore = guard.as_ref().map_or(keystore, Guard::for_others);
	let select_chain = SelectChain::new(backend.clone());
	let telemetry = telemetry.map(|(worker, telemetry)| {
		task_manager.spawn_handle().spawn("telemetry", None, worker.run());
		telemetry
	});

	let transaction_pool: Arc<TransactionPool> = Arc::from(
		sc_transaction_pool::Builder::new(
			Spawner::new(&task_manager),
			client.clone(),
			config.role.is_authority().into(),
		)
		.with_options(config.transaction_pool.clone())
		.with_prometheus(config.prometheus_registry())
		.build(),
	);
	// Its tasks are essential and end with it, so it has to outlive them.
	task_manager.keep_alive(transaction_pool.clone());

	let (consensus, import_queue) = import_blocks(
		config,
		&task_manager,
		client.clone(),
		select_chain.clone(),
		OffchainTransactionPoolFactory::new(transaction_pool.clone()),
		telemetry_handle,
	)?;

	let parts = Parts {
		client,
		backend,
		genesis_state,
		keystore,
		guard,
		select_chain,
		import_queue,
		transaction_pool,
		consensus,
		telemetry,
	};
	Ok((parts, task_manager))
}

/// Chains the block import: reports of equivocations, then BABE, then GRANDPA, then the client.
fn import_blocks(
	config: &Configuration,
	task_manager: &TaskManager,
	client: Arc<FullClient>,
	select_chain: SelectChain,
	offchain_pool: OffchainTransactionPoolFactory<Block>,
	telemetry: Option<TelemetryHandle>,
) -> Result<(Consensus, DefaultImportQueue<Block>), ServiceError> {
	let (grandpa_block_import, grandpa_link) = sc_consensus_grandpa::block_import(
		client.clone(),
		JUSTIFICATION_PERIOD,
		&client,
		select_chain.clone(),
		telemetry.clone(),
	)?;

	let babe = sc_consensus_babe::configuration(&*client)?;
	let slot_duration = babe.slot_duration();
	let clock = Clock::default();
	let (block_import, babe_link) = sc_consensus_babe::block_import(
		babe,
		grandpa_block_import.clone(),
		client.clone(),
		clock.clone().inherents(slot_duration),
		select_chain.clone(),
		offchain_pool.clone(),
	)?;
	let block_import = Reporting::new(
		block_import,
		client.clone(),
		babe_link.clone(),
		select_chain,
		offchain_pool,
	);

	let (import_queue, babe_worker) = sc_consensus_babe::import_queue(ImportQueueParams {
		link: babe_link.clone(),
		block_import: block_import.clone(),
		justification_import: Some(Box::new(grandpa_block_import)),
		client,
		slot_duration,
		spawner: &task_manager.spawn_essential_handle(),
		registry: config.prometheus_registry(),
		telemetry,
	})?;

	Ok((Consensus { block_import, babe_link, babe_worker, grandpa_link, clock }, import_queue))
}

/// What an author tells a new block: the time, and the slot that follows from it.
pub fn inherents(slot_duration: SlotDuration) -> BabeCreateInherentDataProviders<Block> {
	Arc::new(move |_, ()| async move {
		let timestamp = TimestampInherent::from_system_time();
		let slot = SlotInherent::from_timestamp_and_slot_duration(*timestamp, slot_duration);
		Ok((slot, timestamp))
	})
}

/// Prepares telemetry if the command line or the chain specification names a server.
fn connect_telemetry(
	config: &Configuration,
) -> Result<Option<(TelemetryWorker, Telemetry)>, ServiceError> {
	let Some(endpoints) = config.telemetry_endpoints.clone().filter(|found| !found.is_empty())
	else {
		return Ok(None);
	};
	let worker = TelemetryWorker::new(TELEMETRY_BUFFER)?;
	let telemetry = worker.handle().new_telemetry(endpoints);
	Ok(Some((worker, telemetry)))
}

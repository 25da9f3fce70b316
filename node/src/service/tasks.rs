//! The tasks of consensus, and the runtime's off-chain workers.

use super::{
	gauges::authoring::AuthoringMetrics,
	guard::{GuardedEnvironment, HeldBack, Watch},
	keys,
	network::Gossip,
	parts::{self, Consensus, GrandpaLink},
	sealing::{Sealer, Tools},
	Block, FullBackend, FullClient, SelectChain, TransactionPool,
};
use aitbc_node_guard::Guard;
use futures::{future, StreamExt};
use sc_client_api::Backend;
use sc_consensus_babe::{BabeLink, BabeParams, BabeWorkerHandle, SlotProportion};
use sc_consensus_grandpa::{GrandpaParams, SharedVoterState, VotingRulesBuilder};
use sc_network::{service::traits::NetworkService, Event, Multiaddr};
use sc_network_sync::SyncingService;
use sc_offchain::{OffchainWorkerOptions, OffchainWorkers};
use sc_service::{
	config::KeystoreConfig, ChainType, Configuration, Error as ServiceError, Role, TaskManager,
};
use sc_telemetry::TelemetryHandle;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use sp_keystore::KeystorePtr;
use std::{
	path::PathBuf,
	sync::Arc,
	time::{Duration, Instant},
};
use substrate_prometheus_endpoint::Registry;

/// How much of a slot an author may spend on a block's transactions. The rest is for the block to
/// travel and be imported before the next slot begins.
const PROPOSAL_SHARE: f32 = 0.5;

/// How long GRANDPA allows a vote to cross the network before it repeats it.
const GOSSIP_DURATION: Duration = Duration::from_millis(333);

/// What the tasks share.
pub struct Tasks<'a> {
	/// Where they run; when an essential one ends, so does the node.
	pub task_manager: &'a TaskManager,
	/// Runtime calls, blocks and state.
	pub client: Arc<FullClient>,
	/// The database.
	pub backend: Arc<FullBackend>,
	/// Transactions that wait for a block.
	pub transaction_pool: Arc<TransactionPool>,
	/// The session keys, for all but the consensus engines.
	pub keystore: KeystorePtr,
	/// Has the session keys for the consensus engines, of a validator.
	pub guard: Option<Guard>,
	/// The network.
	pub network: Arc<dyn NetworkService>,
	/// How far behind the network this node is.
	pub sync: Arc<SyncingService<Block>>,
	/// Reports to telemetry servers, when asked to.
	pub telemetry: Option<TelemetryHandle>,
	/// Counts slots and blocks.
	pub authoring: AuthoringMetrics,
	/// What the operator chose.
	pub settings: Settings,
	/// Makes blocks instead of consensus, on a development chain whose operator wants that.
	pub sealer: Option<Sealer>,
}

/// What the operator chose about the tasks.
pub struct Settings {
	/// Whether the node takes part in consensus.
	role: Role,
	/// Whether it authors even without peers.
	force_authoring: bool,
	/// Whether the runtime's off-chain workers run.
	offchain_workers: bool,
	/// Whether these may make HTTP requests.
	offchain_http: bool,
	/// The node's name in the voter's log.
	node_name: String,
	/// Where the session keys are, for messages about them.
	keystore: KeystoreConfig,
	/// The addresses under which an authority wants to be found.
	public_addresses: Vec<Multiaddr>,
	/// Whether an authority also publishes addresses of private networks.
	publish_private_addresses: bool,
	/// Where the addresses of other authorities survive a restart; a development chain has none.
	address_cache: Option<PathBuf>,
	/// The node's metrics.
	metrics: Option<Registry>,
}

impl Settings {
	/// Takes the settings out of `config`, which the SDK consumes before the tasks start.
	/// `offchain_http` says whether off-chain workers may make HTTP requests.
	pub fn of(config: &Configuration, offchain_http: bool) -> Self {
		Self {
			role: config.role,
			force_authoring: config.force_authoring,
			offchain_workers: config.offchain_worker.enabled,
			offchain_http,
			node_name: config.network.node_name.clone(),
			keystore: config.keystore.clone(),
			public_addresses: config.network.public_addresses.clone(),
			publish_private_addresses: config.network.allow_non_globals_in_dht,
			address_cache: match config.chain_spec.chain_type() {
				ChainType::Development => None,
				_ => config.network.net_config_path.clone(),
			},
			metrics: config.prometheus_registry().cloned(),
		}
	}
}

impl Tasks<'_> {
	/// Starts what the settings ask for. Without `gossip`, it neither votes on finality nor follows the votes.
	pub fn start(
		mut self,
		consensus: Consensus,
		select_chain: SelectChain,
		gossip: Option<Gossip>,
		voter_state: SharedVoterState,
	) -> Result<(), ServiceError> {
		if self.settings.offchain_workers {
			self.run_offchain_workers()?;
		}
		if let Some(sealer) = self.sealer.take() {
			return self.seal_blocks(sealer, consensus, select_chain);
		}
		let Consensus { block_import, babe_link, babe_worker, grandpa_link, .. } = consensus;
		if let Some(guard) = &self.guard {
			keys::warn_if_missing(&self.keystore, &self.settings.keystore);
			self.watch(guard, &grandpa_link, voter_state.clone(), &babe_link, babe_worker.clone());
			self.author_blocks(guard, block_import, babe_link, babe_worker, select_chain)?;
			self.discover_authorities();
		}
		let Some(gossip) = gossip else {
			log::warn!("🔒 GRANDPA is off (--no-grandpa): this node does not learn what is final");
			return Ok(());
		};
		self.finalize_blocks(grandpa_link, gossip, voter_state)
	}

	/// Runs the runtime's off-chain workers at each new best block.
	fn run_offchain_workers(&self) -> Result<(), ServiceError> {
		let workers = OffchainWorkers::new(OffchainWorkerOptions {
			runtime_api_provider: self.client.clone(),
			keystore: Some(self.keystore.clone()),
			offchain_db: self.backend.offchain_storage(),
			transaction_pool: Some(self.offchain_pool()),
			network_provider: Arc::new(self.network.clone()),
			is_validator: self.settings.role.is_authority(),
			enable_http_requests: self.settings.offchain_http,
			custom_extensions: |_| Vec::new(),
		})?;
		let spawner = self.task_manager.spawn_handle();
		spawner.clone().spawn(
			"offchain-workers",
			Some("offchain-worker"),
			workers.run(self.client.clone(), spawner),
		);
		Ok(())
	}

	/// Seals blocks, which nobody else makes, and about whose finality nobody votes.
	fn seal_blocks(
		&self,
		sealer: Sealer,
		consensus: Consensus,
		select_chain: SelectChain,
	) -> Result<(), ServiceError> {
		let proposer = sc_basic_authorship::ProposerFactory::new(
			self.task_manager.spawn_handle(),
			self.client.clone(),
			self.transaction_pool.clone(),
			self.settings.metrics.as_ref(),
			self.telemetry.clone(),
		);
		let tools = Tools {
			task_manager: self.task_manager,
			client: self.client.clone(),
			pool: self.transaction_pool.clone(),
			keystore: self.keystore.clone(),
			proposer: self.authoring.clone().count(proposer),
			select_chain,
		};
		sealer.start(tools, consensus)
	}

	/// Has the guard look at how things are, once before this returns, and then every second.
	fn watch(
		&self,
		guard: &Guard,
		link: &GrandpaLink,
		voter: SharedVoterState,
		babe_link: &BabeLink<Block>,
		babe: BabeWorkerHandle<Block>,
	) {
		let watch = Watch {
			guard: guard.clone(),
			client: self.client.clone(),
			sync: self.sync.clone(),
			force_authoring: self.settings.force_authoring,
			authority_set: link.shared_authority_set().clone(),
			voter,
			babe,
			slot_duration: babe_link.config().slot_duration(),
			began: Instant::now(),
		};
		watch.look();
		// Writing the guard file takes as long as the disk does.
		self.task_manager.spawn_handle().spawn_blocking("signing-guard", None, watch.run());
	}

	/// Authors a block in each slot that one of the keystore's BABE keys wins, if the guard allows that.
	fn author_blocks(
		&self,
		guard: &Guard,
		block_import: parts::BlockImport,
		babe_link: BabeLink<Block>,
		babe: BabeWorkerHandle<Block>,
		select_chain: SelectChain,
	) -> Result<(), ServiceError> {
		let proposer = sc_basic_authorship::ProposerFactory::new(
			self.task_manager.spawn_handle(),
			self.client.clone(),
			self.transaction_pool.clone(),
			self.settings.metrics.as_ref(),
			self.telemetry.clone(),
		);
		let guarded = GuardedEnvironment { environment: proposer, guard: guard.clone(), babe };
		let slot_duration = babe_link.config().slot_duration();
		let worker = sc_consensus_babe::start_babe(BabeParams {
			keystore: guard.for_consensus(),
			client: self.client.clone(),
			select_chain,
			env: self.authoring.clone().count(guarded),
			block_import,
			sync_oracle: self.sync.clone(),
			justification_sync_link: self.sync.clone(),
			create_inherent_data_providers: parts::inherents(slot_duration),
			force_authoring: self.settings.force_authoring,
			// Who holds back while finality lags leaves slots empty that the chain counts as missed.
			backoff_authoring_blocks: None::<()>,
			babe_link,
			block_proposal_slot_portion: SlotProportion::new(PROPOSAL_SHARE),
			max_block_proposal_slot_portion: None,
			telemetry: self.telemetry.clone(),
		})?;
		self.task_manager.spawn_essential_handle().spawn_blocking(
			"babe-author",
			Some("block-authoring"),
			worker,
		);
		Ok(())
	}

	/// Tells the other authorities how to reach this one, and learns how to reach them.
	fn discover_authorities(&self) {
		let events = self.network.event_stream("authority-discovery").filter_map(|event| {
			future::ready(match event {
				Event::Dht(event) => Some(event),
				_ => None,
			})
		});
		let (worker, _service) = sc_authority_discovery::new_worker_and_service_with_config(
			sc_authority_discovery::WorkerConfig {
				publish_non_global_ips: self.settings.publish_private_addresses,
				public_addresses: self.settings.public_addresses.clone(),
				// Every node of this chain signs its records; there are no older ones to tolerate.
				strict_record_validation: true,
				persisted_cache_directory: self.settings.address_cache.clone(),
				..Default::default()
			},
			self.client.clone(),
			Arc::new(self.network.clone()),
			events,
			sc_authority_discovery::Role::PublishAndDiscover(self.keystore.clone()),
			self.settings.metrics.clone(),
			self.task_manager.spawn_handle(),
		);
		self.task_manager.spawn_handle().spawn(
			"authority-discovery",
			Some("networking"),
			worker.run(),
		);
	}

	/// Votes on finality with the keystore's GRANDPA key if the node is an authority, and follows
	/// the others' votes in any case.
	fn finalize_blocks(
		&self,
		link: GrandpaLink,
		gossip: Gossip,
		voter_state: SharedVoterState,
	) -> Result<(), ServiceError> {
		let held_back = HeldBack(self.guard.as_ref().map(Guard::gate));
		let voter = sc_consensus_grandpa::run_grandpa_voter(GrandpaParams {
			config: sc_consensus_grandpa::Config {
				gossip_duration: GOSSIP_DURATION,
				justification_generation_period: parts::JUSTIFICATION_PERIOD,
				observer_enabled: false,
				local_role: self.settings.role,
				name: Some(self.settings.node_name.clone()),
				keystore: self.guard.as_ref().map(Guard::for_consensus),
				telemetry: self.telemetry.clone(),
				protocol_name: gossip.protocol,
			},
			link,
			network: self.network.clone(),
			sync: self.sync.clone(),
			notification_service: gossip.notifications,
			voting_rule: VotingRulesBuilder::default().add(held_back).build(),
			prometheus_registry: self.settings.metrics.clone(),
			shared_voter_state: voter_state,
			telemetry: self.telemetry.clone(),
			offchain_tx_pool_factory: self.offchain_pool(),
		})?;
		self.task_manager.spawn_essential_handle().spawn_blocking(
			"grandpa-voter",
			Some("finality"),
			voter,
		);
		Ok(())
	}

	/// The pool for transactions that the node itself sends, such as reports of equivocation.
	fn offchain_pool(&self) -> OffchainTransactionPoolFactory<Block> {
		OffchainTransactionPoolFactory::new(self.transaction_pool.clone())
	}
}

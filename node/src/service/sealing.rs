//! Blocks on demand, for a development chain that does not wait for its slots.
//!
//! A sealed block takes the slot after its parent's, whatever the clock says, and is final at once, without a
//! vote. So the chain's time goes by in its blocks: it runs ahead of the clock while there are many, and
//! behind it while there are few. The blocks bear no author's signature, so no other node takes them.

mod clock;
mod turns;

pub use clock::Clock;

use super::{
	parts::{BlockImport, Consensus},
	Block, FullBackend, FullClient, SelectChain, TransactionPool,
};
use aitbc_runtime::Header;
use futures::{channel::mpsc, stream, Stream, StreamExt};
use sc_consensus::BlockImportParams;
use sc_consensus_manual_seal::{
	consensus::babe::BabeConsensusDataProvider, run_manual_seal, ConsensusDataProvider,
	EngineCommand, Error as SealError, ManualSealParams,
};
use sc_service::{ChainType, Configuration, Error as ServiceError, TaskManager};
use sp_api::{ApiError, ProvideRuntimeApi, StorageProof};
use sp_blockchain::HeaderBackend;
use sp_consensus::Environment;
use sp_consensus_babe::{
	inherents::InherentDataProvider as SlotInherent, BabeApi, Slot, SlotDuration,
};
use sp_core::{crypto::key_types, ByteArray, H256};
use sp_inherents::InherentData;
use sp_keystore::{Keystore, KeystorePtr};
use sp_runtime::{traits::Header as _, Digest};
use sp_timestamp::{InherentDataProvider as TimestampInherent, Timestamp};
use std::{pin::Pin, sync::Arc, time::Duration};

/// What clients of the RPC may ask the sealer for.
pub type Command = EngineCommand<H256>;

/// How many such commands may wait.
const COMMANDS: usize = 16;

/// When a node makes blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sealing {
	/// In the slots that BABE gives it, and GRANDPA finalizes them.
	#[default]
	Consensus,
	/// Whenever a transaction waits.
	Instant,
	/// Once per period, with or without transactions.
	Interval(Duration),
}

/// Why this node can't seal blocks.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// Others rely on the chain.
	#[error(
		"--sealing is for development chains, and `{0}` is none: its blocks wait for their slots; leave \
		 --sealing out, or pass --dev"
	)]
	NotForDevelopment(String),
	/// The node makes no blocks.
	#[error("--sealing makes blocks, and this node is no validator: pass --dev or --validator")]
	NoValidator,
	/// Somebody else would have to make some of the blocks.
	#[error(
		"--sealing is for a chain with one validator, this node; block {0:?} lets others make blocks, too: \
		 leave --sealing out, or begin a new chain"
	)]
	OtherAuthorities(H256),
	/// The chain can't be asked who its authorities are.
	#[error("cannot read who may make blocks: {0}")]
	Unreadable(#[from] ApiError),
}

impl From<Error> for ServiceError {
	fn from(error: Error) -> Self {
		Self::Application(Box::new(error))
	}
}

impl Sealing {
	/// Checks that a node with `config` may seal. Gives nothing if blocks wait for their slots.
	pub fn prepare(self, config: &Configuration) -> Result<Option<Sealer>, Error> {
		if self == Self::Consensus {
			return Ok(None);
		}
		if config.chain_spec.chain_type() != ChainType::Development {
			return Err(Error::NotForDevelopment(config.chain_spec.id().into()));
		}
		if !config.role.is_authority() {
			return Err(Error::NoValidator);
		}
		let (sender, commands) = mpsc::channel(COMMANDS);
		Ok(Some(Sealer { sealing: self, sender, commands }))
	}
}

/// Makes blocks when it is time, or when somebody asks for one.
pub struct Sealer {
	sealing: Sealing,
	sender: mpsc::Sender<Command>,
	commands: mpsc::Receiver<Command>,
}

/// What a sealer works with.
pub struct Tools<'a, E> {
	/// Where it runs.
	pub task_manager: &'a TaskManager,
	/// Runtime calls, blocks and state.
	pub client: Arc<FullClient>,
	/// Transactions that wait for a block.
	pub pool: Arc<TransactionPool>,
	/// The session keys.
	pub keystore: KeystorePtr,
	/// Fills blocks.
	pub proposer: E,
	/// The fork choice.
	pub select_chain: SelectChain,
}

impl Sealer {
	/// Where commands go.
	pub fn sender(&self) -> mpsc::Sender<Command> {
		self.sender.clone()
	}

	/// Starts it, and says so in the log.
	pub fn start<E>(self, tools: Tools<'_, E>, consensus: Consensus) -> Result<(), ServiceError>
	where
		E: Environment<Block> + Send + Sync + 'static,
		E::Proposer: Send,
		E::CreateProposer: Send,
		E::Error: std::fmt::Display,
	{
		let Tools { task_manager, client, pool, keystore, proposer, select_chain } = tools;
		let Consensus { block_import, babe_link, clock, .. } = consensus;
		let alone = Alone { client: client.clone(), keystore: keystore.clone() };
		alone.check(client.info().best_hash)?;
		let inner = BabeConsensusDataProvider::new(
			client.clone(),
			keystore,
			babe_link.epoch_changes().clone(),
			babe_link.config().authorities.clone(),
		)
		.map_err(|error| ServiceError::Other(error.to_string()))?;
		let duration = babe_link.config().slot_duration();
		let times = inherents(client.clone(), clock, duration);
		let turns = self.turns(&client, &pool);
		self.sealing.announce();
		let task =
			run_manual_seal::<_, BlockImport, FullBackend, _, _, _, _, _, _>(ManualSealParams {
				block_import,
				env: proposer,
				client,
				pool,
				commands_stream: stream::select(turns, self.commands),
				select_chain,
				consensus_data_provider: Some(Box::new(OwnSlots { alone, inner })),
				create_inherent_data_providers: times,
			});
		task_manager.spawn_essential_handle().spawn_blocking(
			"sealer",
			Some("block-authoring"),
			task,
		);
		Ok(())
	}

	fn turns(
		&self,
		client: &Arc<FullClient>,
		pool: &Arc<TransactionPool>,
	) -> Pin<Box<dyn Stream<Item = Command> + Send>> {
		match self.sealing {
			Sealing::Consensus => stream::pending().boxed(),
			Sealing::Instant => turns::on_demand(client.clone(), pool.clone()).boxed(),
			Sealing::Interval(period) => turns::every(period).boxed(),
		}
	}
}

impl Sealing {
	fn announce(self) {
		let when = match self {
			Self::Consensus => return,
			Self::Instant => "when a transaction waits".to_owned(),
			Self::Interval(period) => format!("each {} ms", period.as_millis()),
		};
		log::info!(
			"⏩ A block is sealed {when}, and final at once; the chain's time goes by in its blocks, not with \
			 the clock (--sealing)"
		);
	}
}

/// Knows whether all blocks are this node's to make.
struct Alone {
	client: Arc<FullClient>,
	keystore: KeystorePtr,
}

impl Alone {
	/// Checks that no other authority has a slot after the block `parent`, in its epoch or the next.
	fn check(&self, parent: H256) -> Result<(), Error> {
		let api = self.client.runtime_api();
		for epoch in [api.current_epoch(parent)?, api.next_epoch(parent)?] {
			let mut authorities = epoch.authorities.iter();
			let is_own =
				|public: &[u8]| self.keystore.has_keys(&[(public.to_vec(), key_types::BABE)]);
			if !authorities.all(|(authority, _)| is_own(authority.as_slice())) {
				return Err(Error::OtherAuthorities(parent));
			}
		}
		Ok(())
	}
}

/// Gives blocks their BABE digests, as long as all slots are this node's.
///
/// The SDK would take others' slots as well, and for that change what the node knows of the epoch.
struct OwnSlots {
	alone: Alone,
	inner: BabeConsensusDataProvider<Block, FullClient>,
}

impl ConsensusDataProvider<Block> for OwnSlots {
	fn create_digest(
		&self,
		parent: &Header,
		inherents: &InherentData,
	) -> Result<Digest, SealError> {
		self.alone
			.check(parent.hash())
			.map_err(|error| SealError::StringError(error.to_string()))?;
		self.inner.create_digest(parent, inherents)
	}

	fn append_block_import(
		&self,
		parent: &Header,
		params: &mut BlockImportParams<Block>,
		inherents: &InherentData,
		proof: StorageProof,
	) -> Result<(), SealError> {
		self.inner.append_block_import(parent, params, inherents, proof)
	}
}

/// What a sealed block is told: the slot after its parent's, and the time when that begins.
fn inherents(
	client: Arc<FullClient>,
	clock: Clock,
	duration: SlotDuration,
) -> impl sp_inherents::CreateInherentDataProviders<
	Block,
	(),
	InherentDataProviders = (SlotInherent, TimestampInherent),
> {
	move |parent: H256, ()| {
		let slot = next_slot(&client, parent, duration);
		let clock = clock.clone();
		async move {
			let slot = slot?;
			let time = clock.reach(slot, duration);
			Ok((SlotInherent::new(slot), TimestampInherent::new(time)))
		}
	}
}

/// The slot after that of the block `parent`. The first block has the slot of the clock.
fn next_slot(
	client: &FullClient,
	parent: H256,
	duration: SlotDuration,
) -> Result<Slot, Box<dyn std::error::Error + Send + Sync>> {
	let header = client.header(parent)?.ok_or_else(|| format!("there is no block {parent:?}"))?;
	if *header.number() == 0 {
		return Ok(Slot::from_timestamp(Timestamp::current(), duration));
	}
	let digest = sc_consensus_babe::find_pre_digest::<Block>(&header)?;
	Ok(digest.slot().saturating_add(1_u64))
}

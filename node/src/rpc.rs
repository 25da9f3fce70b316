//! The RPC methods that the node adds to the SDK's.
//!
//! A namespace of ours is a folder: the methods, what clients send, and views of what the runtime
//! answers. The files beside the folders are what all namespaces share, but for `engine`, which is a namespace of
//! the SDK's behind a check of our own.

mod accounts;
mod actions;
mod agents;
mod anchor;
mod answer;
mod audit;
mod bitcoin;
mod bounded;
mod cursor;
mod disputes;
mod engine;
mod error;
mod escrow;
mod format;
mod jurors;
mod market;
mod sides;
mod tags;
mod telemetry;
mod validators;
mod variant;

use crate::{
	service::{
		parts::Parts,
		sealing::{Command, Sealer},
		Block, FullBackend, FullClient, SelectChain, TransactionPool,
	},
	workers::bitcoin::Desk,
};
use aitbc_runtime::BlockNumber;
use futures::channel::mpsc;
use jsonrpsee::RpcModule;
use pallet_transaction_payment_rpc::{TransactionPayment, TransactionPaymentApiServer};
use sc_client_api::Backend;
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_babe_rpc::{Babe, BabeApiServer};
use sc_consensus_grandpa::{
	FinalityProofProvider, GrandpaJustificationStream, SharedAuthoritySet, SharedVoterState,
};
use sc_consensus_grandpa_rpc::{Grandpa, GrandpaApiServer};
use sc_rpc::SubscriptionTaskExecutor;
use sc_service::{ChainSpec, Configuration, Error as ServiceError};
use sc_sync_state_rpc::{SyncState, SyncStateApiServer};
use sp_core::H256;
use sp_keystore::KeystorePtr;
use std::{error::Error, sync::Arc};
use substrate_frame_rpc_system::{System, SystemApiServer};

/// What the methods read.
pub struct Dependencies {
	client: Arc<FullClient>,
	transaction_pool: Arc<TransactionPool>,
	select_chain: SelectChain,
	keystore: KeystorePtr,
	chain_spec: Box<dyn ChainSpec>,
	babe_worker: BabeWorkerHandle<Block>,
	voter_state: SharedVoterState,
	authority_set: SharedAuthoritySet<H256, BlockNumber>,
	justifications: GrandpaJustificationStream<Block>,
	finality_proofs: Arc<FinalityProofProvider<FullBackend, Block>>,
	local_storage: Option<telemetry::LocalStorage>,
	desk: Option<Arc<Desk>>,
	sealer: Option<mpsc::Sender<Command>>,
}

impl Dependencies {
	/// Takes them from the node's `parts`; the voter will write into `voter_state`, and the Bitcoin worker, if one
	/// runs, is met at `desk`.
	pub fn new(
		config: &Configuration,
		parts: &Parts,
		voter_state: SharedVoterState,
		desk: Option<Arc<Desk>>,
	) -> Self {
		let grandpa = &parts.consensus.grandpa_link;
		let authority_set = grandpa.shared_authority_set().clone();
		Self {
			client: parts.client.clone(),
			transaction_pool: parts.transaction_pool.clone(),
			select_chain: parts.select_chain.clone(),
			keystore: parts.keystore.clone(),
			chain_spec: config.chain_spec.cloned_box(),
			babe_worker: parts.consensus.babe_worker.clone(),
			voter_state,
			authority_set: authority_set.clone(),
			justifications: grandpa.justification_stream(),
			finality_proofs: FinalityProofProvider::new_for_service(
				parts.backend.clone(),
				Some(authority_set),
			),
			local_storage: parts.backend.offchain_storage().map(telemetry::local_storage),
			desk,
			sealer: None,
		}
	}

	/// Lets clients ask `sealer` for blocks.
	pub fn with_sealer(self, sealer: Option<&Sealer>) -> Self {
		Self { sealer: sealer.map(Sealer::sender), ..self }
	}
}

/// Makes the module that the RPC server serves beside the SDK's methods.
pub fn module(
	dependencies: &Dependencies,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, ServiceError> {
	merge(dependencies, executor).map_err(ServiceError::Application)
}

fn merge(
	dependencies: &Dependencies,
	executor: SubscriptionTaskExecutor,
) -> Result<RpcModule<()>, Box<dyn Error + Send + Sync>> {
	let Dependencies {
		client,
		transaction_pool,
		select_chain,
		keystore,
		chain_spec,
		babe_worker,
		voter_state,
		authority_set,
		justifications,
		finality_proofs,
		local_storage,
		desk,
		sealer,
	} = dependencies;
	let mut module = RpcModule::new(());

	module.merge(System::new(client.clone(), transaction_pool.clone()).into_rpc())?;
	module.merge(TransactionPayment::new(client.clone()).into_rpc())?;
	module.merge(
		Babe::new(client.clone(), babe_worker.clone(), keystore.clone(), select_chain.clone())
			.into_rpc(),
	)?;
	module.merge(
		Grandpa::new(
			executor,
			authority_set.clone(),
			voter_state.clone(),
			justifications.clone(),
			finality_proofs.clone(),
		)
		.into_rpc(),
	)?;
	module.merge(
		SyncState::new(
			chain_spec.cloned_box(),
			client.clone(),
			authority_set.clone(),
			babe_worker.clone(),
		)?
		.into_rpc(),
	)?;
	for namespace in [
		agents::module,
		market::module,
		escrow::module,
		disputes::module,
		jurors::module,
		audit::module,
		bitcoin::module,
		actions::module,
		validators::module,
	] {
		module.merge(namespace(client.clone(), &**chain_spec))?;
	}
	module.merge(telemetry::module(
		client.clone(),
		&**chain_spec,
		local_storage.clone(),
		keystore.clone(),
	))?;
	module.merge(anchor::module(client.clone(), &**chain_spec, desk.clone()))?;
	if let Some(sealer) = sealer {
		module.merge(engine::module(sealer.clone()))?;
	}
	Ok(module)
}

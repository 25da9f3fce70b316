//! Reports authors that made two blocks for one slot.
//!
//! `sc-consensus-babe` 0.60 looks for them, too, but where it does a header has lost its seal, without which the
//! chain can't see who signed it: its reports get into blocks and fail with `Babe::InvalidEquivocationProof`.
//! So [`Reporting`] looks before it does, at headers with their seals. A slot's offender is reported once: of two
//! reports of equal priority the pool keeps the first.

mod seen;

use super::{Block, FullClient, SelectChain};
use aitbc_runtime::Header;
use log::{info, warn};
use sc_consensus::{BlockCheckParams, BlockImport, BlockImportParams, ImportResult};
use sc_consensus_babe::{
	find_pre_digest, AuthorityId, BabeIntermediate, BabeLink, Epoch, INTERMEDIATE_KEY,
};
use sc_consensus_slots::check_equivocation;
use sc_transaction_pool_api::OffchainTransactionPoolFactory;
use seen::Seen;
use sp_api::{ApiError, ApiExt, ProvideRuntimeApi};
use sp_consensus::{BlockOrigin, Error as ConsensusError, SelectChain as _};
use sp_consensus_babe::{BabeApi, EquivocationProof, OpaqueKeyOwnershipProof, Slot};
use sp_core::H256;
use sp_runtime::traits::Header as _;
use sp_timestamp::Timestamp;
use std::sync::Arc;

/// Why nothing was looked for, or reported.
#[derive(Debug, thiserror::Error)]
enum Error {
	/// A block that was verified has a slot.
	#[error("the block says no slot: {0}")]
	NoSlot(sc_consensus_babe::Error<Block>),
	/// It was verified against authorities which are forgotten, or has an author who is none of them.
	#[error("the block's author is unknown")]
	UnknownAuthor,
	/// Headers can't be read or kept.
	#[error("the database failed: {0}")]
	Database(#[from] sp_blockchain::Error),
	/// There is no best block.
	#[error("the best block is unknown: {0}")]
	NoBestBlock(#[from] ConsensusError),
	/// The runtime failed, which it says in the log.
	#[error("the runtime failed: {0}")]
	Runtime(#[from] ApiError),
	/// The pool has the report already, or is full; the runtime says which in the log.
	#[error("the transaction pool refused the report")]
	Refused,
}

/// Two blocks of one author for one slot.
struct Equivocation {
	proof: EquivocationProof<Header>,
	/// On which the second one is.
	parent: H256,
}

/// A block import that looks for such authors on the way to `I`.
#[derive(Clone)]
pub struct Reporting<I> {
	inner: I,
	client: Arc<FullClient>,
	link: BabeLink<Block>,
	select_chain: SelectChain,
	pool: OffchainTransactionPoolFactory<Block>,
}

impl<I> Reporting<I> {
	/// Reports to the chain through `pool` what comes to `inner`, BABE's block import to which `link` belongs.
	pub fn new(
		inner: I,
		client: Arc<FullClient>,
		link: BabeLink<Block>,
		select_chain: SelectChain,
		pool: OffchainTransactionPoolFactory<Block>,
	) -> Self {
		Self { inner, client, link, select_chain, pool }
	}

	/// Looks whether the block's author made another one for its slot. Gives the proof and the block's header.
	///
	/// What nobody verified is passed over: state that was imported, and blocks below it.
	fn find(&self, block: &BlockImportParams<Block>) -> Result<Option<Equivocation>, Error> {
		let Ok(intermediate) = block.get_intermediate::<BabeIntermediate<Block>>(INTERMEDIATE_KEY)
		else {
			return Ok(None);
		};
		let header = block.post_header();
		let digest = find_pre_digest::<Block>(&header).map_err(Error::NoSlot)?;
		let author =
			self.author(intermediate, digest.authority_index()).ok_or(Error::UnknownAuthor)?;
		let now = Slot::from_timestamp(Timestamp::current(), self.link.config().slot_duration());
		let seen = Seen(&*self.client);
		let proof = check_equivocation(&seen, now, digest.slot(), &header, &author)?;
		Ok(proof.map(|proof| Equivocation { proof, parent: *header.parent_hash() }))
	}

	/// Who the authority at `index` of the block's epoch is.
	fn author(&self, block: &BabeIntermediate<Block>, index: u32) -> Option<AuthorityId> {
		let epochs = self.link.epoch_changes().shared_data();
		let genesis = |slot| Epoch::genesis(self.link.config(), slot);
		let epoch = epochs.viable_epoch(&block.epoch_descriptor, genesis)?;
		let (author, _) = epoch.as_ref().authorities.get(usize::try_from(index).ok()?)?;
		Some(author.clone())
	}

	/// Puts a report into the pool, for this node's next block.
	async fn report(&self, Equivocation { proof, parent }: Equivocation) -> Result<(), Error> {
		let best = self.select_chain.best_chain().await?.hash();
		let (slot, offender) = (proof.slot, proof.offender.clone());
		info!(
			"🚨 {offender:?} made two blocks for slot {slot}: {:?} and {:?}",
			proof.first_header.hash(),
			proof.second_header.hash(),
		);
		// The parent is of the offence's session, unless the block is its session's first.
		let owner = match self.prove_owner(parent, slot, &offender)? {
			Some(owner) => Some(owner),
			None => self.prove_owner(best, slot, &offender)?,
		};
		let Some(owner) = owner else {
			info!("{offender:?} is no validator any more, and nothing is reported");
			return Ok(());
		};
		let mut api = self.client.runtime_api();
		api.register_extension(self.pool.offchain_transaction_pool(best));
		api.submit_report_equivocation_unsigned_extrinsic(best, proof, owner)?
			.ok_or(Error::Refused)?;
		info!("🚨 Reported {offender:?} for slot {slot}; the next block of this validator has it");
		Ok(())
	}

	/// Proves, with the state after the block `at`, whose key `offender` was in the session of `slot`.
	fn prove_owner(
		&self,
		at: H256,
		slot: Slot,
		offender: &AuthorityId,
	) -> Result<Option<OpaqueKeyOwnershipProof>, ApiError> {
		// One instance of the API is for one block.
		self.client.runtime_api().generate_key_ownership_proof(at, slot, offender.clone())
	}
}

#[async_trait::async_trait]
impl<I> BlockImport<Block> for Reporting<I>
where
	I: BlockImport<Block> + Send + Sync,
{
	type Error = I::Error;

	async fn check_block(
		&self,
		block: BlockCheckParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		self.inner.check_block(block).await
	}

	async fn import_block(
		&self,
		block: BlockImportParams<Block>,
	) -> Result<ImportResult, Self::Error> {
		// While a node catches up it would report what others have reported long ago.
		if block.origin != BlockOrigin::NetworkInitialSync {
			match self.find(&block) {
				Ok(None) => {},
				Ok(Some(found)) => {
					if let Err(error) = self.report(found).await {
						warn!("Cannot report an author of two blocks in one slot: {error}");
					}
				},
				Err(error) => {
					warn!("Cannot tell whether an author made two blocks in one slot: {error}");
				},
			}
		}
		self.inner.import_block(block).await
	}
}

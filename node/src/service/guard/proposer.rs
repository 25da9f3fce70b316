//! Asks the guard before a block is begun, and tells it which block may be sealed.

use super::{author, AuthorError};
use crate::service::Block;
use aitbc_node_guard::{Guard, Permit, Refused};
use aitbc_runtime::{BlockNumber, Header};
use futures::{future::BoxFuture, FutureExt, TryFutureExt};
use sc_consensus_babe::BabeWorkerHandle;
use sp_consensus::{Environment, Proposal, ProposeArgs, Proposer};
use sp_consensus_babe::digests::CompatibleDigestItem;
use sp_core::H256;
use sp_runtime::{traits::Block as _, Digest};
use std::time::Instant;

/// An environment of block proposals whose blocks the guard allows.
///
/// What it refuses is a proposal that fails, so that the slot stays empty.
pub struct GuardedEnvironment<E> {
	/// Makes the proposers.
	pub environment: E,
	/// Remembers for which slots a block was begun.
	pub guard: Guard,
	/// Knows who may author in a slot.
	pub babe: BabeWorkerHandle<Block>,
}

impl<E: Environment<Block>> Environment<Block> for GuardedEnvironment<E> {
	type Proposer = GuardedProposer<E::Proposer>;
	type CreateProposer = BoxFuture<'static, Result<Self::Proposer, Self::Error>>;
	type Error = E::Error;

	fn init(&mut self, parent: &Header) -> Self::CreateProposer {
		let (guard, babe) = (self.guard.clone(), self.babe.clone());
		let parent_block = (parent.hash(), parent.number);
		self.environment
			.init(parent)
			.map_ok(move |proposer| GuardedProposer { proposer, guard, babe, parent: parent_block })
			.boxed()
	}
}

/// A proposer that begins a block only if the guard allows that.
pub struct GuardedProposer<P> {
	proposer: P,
	guard: Guard,
	babe: BabeWorkerHandle<Block>,
	parent: (H256, BlockNumber),
}

/// Why no block is begun.
#[derive(Debug, thiserror::Error)]
enum NotBegun {
	/// It is not known whose block it would be.
	#[error(transparent)]
	Author(#[from] AuthorError),
	/// The guard refuses.
	#[error(transparent)]
	Guard(#[from] Refused),
}

/// Begins the child of `parent` that is to have `digest`.
async fn begin(
	guard: &Guard,
	babe: &BabeWorkerHandle<Block>,
	parent: (H256, BlockNumber),
	digest: &Digest,
) -> Result<Permit, NotBegun> {
	let claim = digest.logs().iter().find_map(CompatibleDigestItem::as_babe_pre_digest);
	let claim = claim.ok_or(AuthorError::NoSlot)?;
	let key = author(babe, parent, &claim).await?;
	Ok(guard.begin_slot(&key, claim.slot())?)
}

impl<P: Proposer<Block> + Send + 'static> Proposer<Block> for GuardedProposer<P> {
	type Error = P::Error;
	type Proposal = BoxFuture<'static, Result<Proposal<Block>, Self::Error>>;

	fn propose(self, mut args: ProposeArgs<Block>) -> Self::Proposal {
		let Self { proposer, guard, babe, parent } = self;
		async move {
			let start = Instant::now();
			let begun = begin(&guard, &babe, parent, &args.inherent_digests).await;
			let refused = |cause: NotBegun| sp_consensus::Error::CannotSign(cause.to_string());
			let permit = begun.map_err(refused)?;
			// The wait for the disk comes off the time for transactions, not off the time to seal and send the block.
			args.max_duration = args.max_duration.saturating_sub(start.elapsed());
			let proposal = proposer.propose(args).await?;
			permit.allow_seal(proposal.block.header().hash());
			Ok(proposal)
		}
		.boxed()
	}
}

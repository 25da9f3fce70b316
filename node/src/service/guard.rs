//! The signing guard in the node: whether there is one, and who asks it.

mod proposer;
mod watch;

pub use proposer::GuardedEnvironment;
pub use watch::Watch;

use super::{Block, FullBackend};
use aitbc_node_guard::{BabeKey, Gate, Guard, GuardError, Refused, VOTER_STATE_KEY};
use aitbc_runtime::{BlockNumber, Header};
use sc_client_api::AuxStore;
use sc_consensus_babe::BabeWorkerHandle;
use sc_consensus_grandpa::{VotingRule, VotingRuleResult};
use sc_service::{Configuration, Error as ServiceError, Role};
use sp_blockchain::HeaderBackend;
use sp_consensus_babe::digests::PreDigest;
use sp_core::H256;
use sp_keystore::KeystorePtr;
use std::{path::PathBuf, sync::Arc};

/// The folder of the guard files in that of a chain. `purge-chain` leaves it alone.
const FOLDER: &str = "guard";

/// Who keeps the keystore's keys from signing twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guarding {
	/// The signing guard.
	On,
	/// Nobody, as the operator chose: `--unsafe-disable-signing-guard`.
	Off,
	/// Nobody has to: whoever opens the chain is no validator.
	Needless,
}

impl Guarding {
	/// Who does it on a node with this role.
	pub fn of(role: Role, is_disabled: bool) -> Self {
		match (role.is_authority(), is_disabled) {
			(true, false) => Self::On,
			(true, true) => Self::Off,
			(false, _) => Self::Needless,
		}
	}
}

/// Why there is no guard.
#[derive(Debug, thiserror::Error)]
enum OpenError {
	/// Its file can't be used.
	#[error(transparent)]
	Guard(#[from] GuardError),
	/// Its file can't be written.
	#[error("the guard file can't be brought in line with the database: {0}")]
	File(#[from] Refused),
	/// The database can't be used.
	#[error("the voter's state can't be brought in line with the guard file: {0}")]
	Database(#[from] sp_blockchain::Error),
}

impl From<OpenError> for ServiceError {
	fn from(error: OpenError) -> Self {
		Self::Application(Box::new(error))
	}
}

/// Where the guard files of the chain that `config` names are.
pub fn folder(config: &Configuration) -> PathBuf {
	config.data_path.join(FOLDER)
}

/// Opens the guard of `keystore`, if there is to be one, and has it put back into the database the votes that this
/// has lost.
///
/// To be called before `sc_consensus_grandpa::block_import`, which reads them there.
pub fn open(
	guarding: Guarding,
	config: &Configuration,
	genesis: H256,
	backend: &FullBackend,
	keystore: KeystorePtr,
) -> Result<Option<Guard>, ServiceError> {
	match guarding {
		Guarding::On => Ok(Some(open_on(config, genesis, backend, keystore)?)),
		Guarding::Off => Ok(Some(Guard::disabled(keystore))),
		Guarding::Needless => Ok(None),
	}
}

fn open_on(
	config: &Configuration,
	genesis: H256,
	backend: &FullBackend,
	keystore: KeystorePtr,
) -> Result<Guard, OpenError> {
	let guard = Guard::open(&folder(config), genesis, keystore)?;
	let stored = backend.get_aux(VOTER_STATE_KEY)?;
	if let Some(repaired) = guard.reconcile(stored.as_deref())? {
		backend.insert_aux(&[(VOTER_STATE_KEY, repaired.as_slice())], &[])?;
	}
	Ok(guard)
}

/// Why it is not known who makes a block.
#[derive(Debug, thiserror::Error)]
enum AuthorError {
	/// No slot was claimed for it.
	#[error("the block has no slot")]
	NoSlot,
	/// Its epoch is not known.
	#[error("the block's epoch is not known: {0}")]
	Epoch(#[from] sc_consensus_babe::Error<Block>),
	/// Its epoch has fewer authors.
	#[error("the epoch has no author number {0}")]
	NoAuthor(u32),
}

/// The key that makes a child of the block `parent` with this digest.
async fn author(
	babe: &BabeWorkerHandle<Block>,
	parent: (H256, BlockNumber),
	digest: &PreDigest,
) -> Result<BabeKey, AuthorError> {
	let (hash, number) = parent;
	let epoch = babe.epoch_data_for_child_of(hash, number, digest.slot()).await?;
	let index = digest.authority_index();
	let author = usize::try_from(index).ok().and_then(|index| epoch.authorities.get(index));
	author.map(|(key, _)| key.clone()).ok_or(AuthorError::NoAuthor(index))
}

/// A voting rule that holds each prevote back until the guard lets votes pass, if there is one, and restricts none.
#[derive(Clone)]
pub struct HeldBack(pub Option<Gate>);

impl<C: HeaderBackend<Block>> VotingRule<Block, C> for HeldBack {
	fn restrict_vote(
		&self,
		_: Arc<C>,
		_: &Header,
		_: &Header,
		_: &Header,
	) -> VotingRuleResult<Block> {
		let opened = self.0.as_ref().map(Gate::opened);
		Box::pin(async move {
			if let Some(opened) = opened {
				opened.await;
			}
			None
		})
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn guard_should_be_on_when_a_validator_does_not_say_otherwise() {
		assert_eq!(Guarding::of(Role::Authority, false), Guarding::On);
		assert_eq!(Guarding::of(Role::Authority, true), Guarding::Off);
		for is_disabled in [false, true] {
			assert_eq!(Guarding::of(Role::Full, is_disabled), Guarding::Needless);
		}
	}
}

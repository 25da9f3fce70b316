//! Comparing what a bundle rests on with what the user knows.

use aitbc_bitcoin::BlockHash;
use aitbc_core::Hash;
use aitbc_evidence::{verdict::TrustedStart, Verdict};

/// What a bundle must rest on. What is left out may be anything.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Pins {
	/// The hash of this chain's genesis block, at which the bundle must begin
	#[arg(long, value_name = "HASH", conflicts_with = "set")]
	pub genesis: Option<Hash>,

	/// The hash of the trusted set of authorities, with which the bundle must begin
	#[arg(long, value_name = "HASH")]
	pub set: Option<Hash>,

	/// The hash of the Bitcoin block at which the bundle's headers must begin
	#[arg(long, value_name = "HASH")]
	pub checkpoint: Option<BlockHash>,

	/// The hash of the Bitcoin block at which the bundle's headers must end
	#[arg(long, value_name = "HASH")]
	pub tip: Option<BlockHash>,
}

impl Pins {
	/// Checks that a bundle with this verdict rests on nothing else.
	pub fn check(&self, verdict: &Verdict) -> Result<(), PinError> {
		let start = verdict.trust.start;
		let genesis = match start {
			TrustedStart::Genesis { hash } => Some(hash),
			TrustedStart::Set { .. } => None,
		};
		let set = match start {
			TrustedStart::Set { hash, .. } => Some(hash),
			TrustedStart::Genesis { .. } => None,
		};
		if let Some(expected) = self.genesis.filter(|hash| Some(*hash) != genesis) {
			let found = genesis.ok_or(PinError::NotGenesis)?;
			return Err(PinError::Genesis { expected, found });
		}
		if let Some(expected) = self.set.filter(|hash| Some(*hash) != set) {
			let found = set.ok_or(PinError::NotASet)?;
			return Err(PinError::Set { expected, found });
		}
		let found = verdict.trust.checkpoint.block.hash;
		if let Some(expected) = self.checkpoint.filter(|hash| *hash != found) {
			return Err(PinError::Checkpoint { expected, found });
		}
		let found = verdict.bitcoin.tip.hash;
		if let Some(expected) = self.tip.filter(|hash| *hash != found) {
			return Err(PinError::Tip { expected, found });
		}
		Ok(())
	}
}

/// What a bundle rests on that it should not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PinError {
	/// It begins at another genesis block.
	#[error("trust: the genesis block is {found:?} and should be {expected:?}")]
	Genesis {
		/// The one that the user knows.
		expected: Hash,
		/// The bundle's.
		found: Hash,
	},
	/// It begins at no genesis block.
	#[error(
		"trust: the bundle begins with a trusted set of authorities and not at a genesis block"
	)]
	NotGenesis,
	/// It begins with another set.
	#[error("trust: the hash of the trusted set is {found:?} and should be {expected:?}")]
	Set {
		/// The one that the user knows.
		expected: Hash,
		/// The bundle's.
		found: Hash,
	},
	/// It begins with no trusted set.
	#[error(
		"trust: the bundle begins at a genesis block and not with a trusted set of authorities"
	)]
	NotASet,
	/// Bitcoin's headers begin at another block.
	#[error("trust: the checkpoint is {found} and should be {expected}")]
	Checkpoint {
		/// The one that the user knows.
		expected: BlockHash,
		/// The bundle's.
		found: BlockHash,
	},
	/// Bitcoin's headers end at another block.
	#[error("trust: the tip is {found} and should be {expected}")]
	Tip {
		/// The one that the user knows.
		expected: BlockHash,
		/// The bundle's.
		found: BlockHash,
	},
}

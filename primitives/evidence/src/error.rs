//! Why a bundle does not hold.

use crate::{digest::DigestError, justification::JustificationError, state::StateError};
use aitbc_audit::ProofError;
use aitbc_bitcoin::{CheckpointError, CommitmentError, HeaderError, InclusionError, SetIdTooLarge};
use aitbc_core::{BlockNumber, Hash};

/// Why a bundle does not hold: the first thing that is wrong, from the start to the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
	/// What is given as the genesis block is a later one.
	#[error("start: block {number} is no genesis block")]
	NotGenesis {
		/// Its number.
		number: BlockNumber,
	},
	/// The genesis block's state is not shown to have authorities.
	#[error("start: the authorities in the genesis block's state: {0}")]
	GenesisState(StateError),
	/// The genesis block's state has no list of authorities.
	#[error("start: the genesis block's state has no list of authorities")]
	NoAuthorities,
	/// A header's digest is not taken.
	#[error("the digest of block {number}: {error}")]
	Digest {
		/// The number of its block.
		number: BlockNumber,
		/// What is wrong with it.
		error: DigestError,
	},
	/// A change of the authorities is announced by no digest.
	#[error("changes: block {number} announces no authorities")]
	NoChange {
		/// The number of the block that should.
		number: BlockNumber,
	},
	/// A block is not after the last one that changed the authorities.
	#[error("block {number} is not after block {change}, which changed the authorities")]
	NotAfterChange {
		/// The number of the last one that did.
		change: BlockNumber,
		/// The number of the block.
		number: BlockNumber,
	},
	/// The set's number is the last that there is.
	#[error("changes: there is no set after the last one")]
	LastSet,
	/// A justification does not finalize its block.
	#[error("the justification of block {number} by set {set}: {error}")]
	Justification {
		/// The number of the block.
		number: BlockNumber,
		/// The number of the set whose votes should finalize it.
		set: u64,
		/// What is wrong with it.
		error: JustificationError,
	},
	/// There is no anchored block.
	#[error("finality: there is no header")]
	NoHeaders,
	/// A header does not follow the one before.
	#[error("finality: block {number} ({hash:?}) does not follow the header before it")]
	NotConnected {
		/// Its number.
		number: BlockNumber,
		/// Its hash.
		hash: Hash,
	},
	/// The authorities change between the anchored block and the one that they finalized.
	#[error("finality: block {number} changes the authorities, so those before can't finalize what follows")]
	ChangeBetween {
		/// The number of the block that announces it.
		number: BlockNumber,
	},
	/// The checkpoint's parts do not fit together.
	#[error("Bitcoin: the checkpoint: {0}")]
	Checkpoint(CheckpointError),
	/// A rule of Bitcoin's headers does not hold.
	#[error("Bitcoin: the header at height {height}: {error}")]
	BitcoinHeader {
		/// Its height.
		height: u32,
		/// The rule.
		error: HeaderError,
	},
	/// The anchor's block is not among the headers after the checkpoint.
	#[error("anchor: no header after the checkpoint has the height {height}")]
	NoBitcoinHeader {
		/// The height that the anchor names.
		height: u32,
	},
	/// The anchor's block is not shown to have the transaction.
	#[error("anchor: the transaction in the block at height {height}: {error}")]
	Inclusion {
		/// The block's height.
		height: u32,
		/// What is wrong with the proof.
		error: InclusionError,
	},
	/// No payload has room for the set's number.
	#[error("anchor: {0}")]
	Payload(SetIdTooLarge),
	/// There is no commitment of this kind.
	#[error("anchor: {0}")]
	Commitment(CommitmentError),
	/// The transaction has fewer outputs.
	#[error("anchor: the transaction has {outputs} outputs, so none with the number {output}")]
	NoOutput {
		/// The output that the anchor names.
		output: u32,
		/// How many there are.
		outputs: usize,
	},
	/// The output is not for this block of this chain: its script is another than the commitment's.
	#[error("anchor: output {output} does not commit to the block, its set and its audit root")]
	WrongScript {
		/// The output that the anchor names.
		output: u32,
	},
	/// The block's digest says nothing of the audit log.
	#[error("claim: block {number} has no root of the audit log")]
	NoAuditLog {
		/// The block's number.
		number: BlockNumber,
	},
	/// The audit log is not shown to have the record.
	#[error("claim: the record: {0}")]
	Record(ProofError),
	/// The state is not shown to have the key or not to have it.
	#[error("claim: the state of block {number}: {error}")]
	State {
		/// The block's number.
		number: BlockNumber,
		/// What is wrong with the proof.
		error: StateError,
	},
}

//! What the pallet stores, and what it tells its clients.

use aitbc_bitcoin::{BlockHash, Commitment, Network, OutPoint, Payload, Txid};
use aitbc_core::{Balance, BlockNumber};
use alloc::vec::Vec;
use bitcoin_hashes::{hash160, Hash};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// What the message begins with that a key signs for its anchorer.
pub const REGISTRATION_TAG: &[u8; 16] = b"aitbc/anchorer/1";

/// The shortest period, in blocks. While the task of one block is prepared, no other is.
pub const MIN_PERIOD: BlockNumber = 2;

/// What a P2WPKH script begins with: OP_0, and a push of 20 bytes (BIP 141).
const P2WPKH_PREFIX: [u8; 2] = [0x00, 20];

/// The hash of a compressed public key of secp256k1: RIPEMD-160 of SHA-256. It names an anchorer's script.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct PubkeyHash(pub [u8; 20]);

impl PubkeyHash {
	/// The hash of a compressed key.
	pub fn of_key(key: &[u8; 33]) -> Self {
		Self(hash160::Hash::hash(key).to_byte_array())
	}

	/// The hash in a script, if that is P2WPKH.
	pub fn of_script(script: &[u8]) -> Option<Self> {
		script.strip_prefix(&P2WPKH_PREFIX)?.try_into().ok().map(Self)
	}

	/// The P2WPKH script that its key can spend.
	pub fn script(&self) -> Vec<u8> {
		P2WPKH_PREFIX.into_iter().chain(self.0).collect()
	}
}

/// A signature of ECDSA over secp256k1, from which the key is recovered: r, s, and which of the keys it is.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct KeySignature(pub [u8; 65]);

/// Who has the key of a script.
#[derive(
	Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct Anchorer<AccountId> {
	/// Who gets the rewards.
	pub account: AccountId,
	/// What is held on that account for it, in plancks.
	pub deposit: Balance,
}

/// An output that an input spends.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct SpentOutput {
	/// The transaction.
	pub txid: Txid,
	/// Which of its outputs, from 0.
	pub index: u32,
}

impl From<OutPoint> for SpentOutput {
	fn from(OutPoint { txid, index }: OutPoint) -> Self {
		Self { txid, index }
	}
}

/// Where an anchor was proven to be.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Inclusion {
	/// The block of Bitcoin.
	pub block: BlockHash,
	/// The transaction.
	pub txid: Txid,
	/// How it commits to the payload.
	pub commitment: Commitment,
	/// What its first input spends: whose script that has is the anchorer.
	pub funded_by: SpentOutput,
}

/// How far a task has come.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Status {
	/// It waits for a proof.
	#[codec(index = 0)]
	Due {
		/// Since when, in active blocks.
		since: BlockNumber,
	},
	/// A block of Bitcoin has it.
	#[codec(index = 1)]
	Included(Inclusion),
	/// That block is deep enough for most purposes.
	#[codec(index = 2)]
	Confirmed(Inclusion),
	/// That block stays.
	#[codec(index = 3)]
	Final {
		/// Where it is.
		inclusion: Inclusion,
		/// The block of this chain in which it became final.
		at: BlockNumber,
		/// Whether its reward was paid.
		is_paid: bool,
	},
	/// A newer task is final, whose block has this one's among its ancestors.
	#[codec(index = 4)]
	Covered {
		/// The height of the newest of these.
		by: BlockNumber,
	},
	/// Nobody proved it in time.
	#[codec(index = 5)]
	Missed,
}

impl Status {
	/// Whether anything can still happen to it by itself or by a proof.
	pub const fn is_open(&self) -> bool {
		matches!(self, Self::Due { .. } | Self::Included(_) | Self::Confirmed(_))
	}

	/// Where its anchor is, unless it has none.
	pub const fn inclusion(&self) -> Option<Inclusion> {
		match self {
			Self::Included(inclusion)
			| Self::Confirmed(inclusion)
			| Self::Final { inclusion, .. } => Some(*inclusion),
			Self::Due { .. } | Self::Covered { .. } | Self::Missed => None,
		}
	}
}

/// A block of this chain that is to be on Bitcoin.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub struct Task {
	/// What Bitcoin is told.
	pub payload: Payload,
	/// How far that has come.
	pub status: Status,
}

/// What is known so far of a block that will have a task.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum Preparation {
	/// It comes next.
	#[codec(index = 0)]
	Announced {
		/// Its number.
		height: BlockNumber,
		/// The GRANDPA set that finalizes it.
		set_id: u64,
	},
	/// It has ended. Its hash is known in the block after it.
	#[codec(index = 1)]
	Ended {
		/// Its number.
		height: BlockNumber,
		/// The GRANDPA set that finalizes it.
		set_id: u64,
		/// The root of the audit log in its digest, or zeros.
		audit_root: [u8; 32],
	},
}

/// Why no task was made for a block.
#[derive(
	Clone,
	Copy,
	Debug,
	PartialEq,
	Eq,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
pub enum SkipReason {
	/// The number of its GRANDPA set has no room in a payload.
	#[codec(index = 0)]
	SetIdTooLarge {
		/// The number.
		set_id: u64,
	},
	/// As many tasks as may be open are on Bitcoin and not final yet.
	#[codec(index = 1)]
	TooManyOpen,
}

/// A task, as clients see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TaskInfo {
	/// The task.
	pub task: Task,
	/// How many confirmations its anchor has now. None without one, and when its block is old or lost.
	pub confirmations: Option<u32>,
	/// When it is missed if nobody proves it, in active blocks. None unless it is due.
	pub due_until: Option<BlockNumber>,
}

/// Some tasks, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TaskPage {
	/// The tasks.
	pub tasks: Vec<TaskInfo>,
	/// Where the next page begins: the tasks before this height. None if there are no more.
	pub next: Option<BlockNumber>,
}

/// When tasks are made, and on which terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ScheduleInfo {
	/// The Bitcoin network. None if no Bitcoin is followed: there are no tasks then.
	pub network: Option<Network>,
	/// How far apart blocks with a task are, in blocks.
	pub period: BlockNumber,
	/// The next block that will have one.
	pub next: BlockNumber,
	/// How long a task may be due, in active blocks.
	pub timeout: BlockNumber,
	/// From how many confirmations on a task is confirmed.
	pub confirmations: u32,
	/// From how many confirmations on a task is final.
	pub final_confirmations: u32,
	/// The newest block that is on Bitcoin for good.
	pub latest_final: Option<BlockNumber>,
	/// What a final task is worth, in plancks.
	pub reward: Balance,
	/// What a script holds on its account, in plancks.
	pub deposit: Balance,
	/// How many bytes a proof, or a funding transaction, may have.
	pub max_proof_bytes: u32,
}

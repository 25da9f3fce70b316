//! What a party shows.

use aitbc_core::{Balance, BlockNumber, DocumentHash, Party};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::{
	traits::Get, BoundedVec, CloneNoBound, DebugNoBound, EqNoBound, PartialEqNoBound,
};
use scale_info::TypeInfo;

/// A kind of evidence.
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
pub enum EvidenceKind {
	/// What a party says in its own words.
	#[codec(index = 0)]
	Statement,
	/// What the two agreed on.
	#[codec(index = 1)]
	Terms,
	/// What was delivered.
	#[codec(index = 2)]
	Deliverable,
	/// A record of a machine: a log, a measurement, an attestation.
	#[codec(index = 3)]
	Record,
	/// What the two wrote each other.
	#[codec(index = 4)]
	Correspondence,
}

/// A piece of evidence. The document is off chain.
#[derive(
	CloneNoBound,
	DebugNoBound,
	PartialEqNoBound,
	EqNoBound,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
)]
#[scale_info(skip_type_params(MaxUriLength))]
pub struct EvidenceItem<MaxUriLength: Get<u32>> {
	/// Who filed it, and on whom the deposit is held.
	pub by: Party,
	/// What it is.
	pub kind: EvidenceKind,
	/// Where to read it.
	pub uri: BoundedVec<u8, MaxUriLength>,
	/// What it hashes to.
	pub hash: DocumentHash,
	/// When it was filed, in active blocks.
	pub at: BlockNumber,
	/// The storage deposit, in plancks.
	pub deposit: Balance,
}

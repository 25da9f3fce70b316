//! What providers sell and clients ask for, as the market and its receipts name it.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The most milestones that a job may have. A call with more does not decode.
pub const MAX_MILESTONES: u32 = 10;

/// The most bids that may stay as backups when a job is assigned.
pub const MAX_BACKUPS: u32 = 3;

/// The most bytes of what people call a GPU or a model. A call with more does not decode.
pub const MAX_NAME: u32 = 32;

/// The most models that a resource may name. A call with more does not decode.
pub const MAX_MODELS: u32 = 8;

/// The most bytes of the name of a region. A call with more does not decode.
pub const MAX_REGION: u32 = 8;

/// What is counted when work is paid for.
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
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
	/// A second of one GPU.
	#[codec(index = 0)]
	GpuSecond,
	/// A token that a model read or wrote.
	#[codec(index = 1)]
	Token,
	/// A request that was answered.
	#[codec(index = 2)]
	Request,
	/// A megabyte, 10^6 bytes, moved or kept.
	#[codec(index = 3)]
	Megabyte,
	/// An hour of the whole resource.
	#[codec(index = 4)]
	Hour,
}

/// Who may see what is computed, from the least to the most protected.
#[derive(
	Clone,
	Copy,
	Debug,
	Default,
	PartialEq,
	Eq,
	PartialOrd,
	Ord,
	Encode,
	Decode,
	DecodeWithMemTracking,
	MaxEncodedLen,
	TypeInfo,
	Serialize,
	Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum PrivacyClass {
	/// The provider, and others on the same machine.
	#[default]
	#[codec(index = 0)]
	Shared,
	/// The provider only: nobody else has work on the machine.
	#[codec(index = 1)]
	Dedicated,
	/// Nobody but the client: the work runs in an attested enclave.
	#[codec(index = 2)]
	Confidential,
}

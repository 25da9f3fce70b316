//! What the tags of the tag registry are for.

use crate::Scale;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What a tag names.
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
	Serialize,
	Deserialize,
)]
pub enum TagUse {
	/// Something that agents offer.
	#[codec(index = 0)]
	Capability,
	/// How good work was. What clients say with it counts as an agent's quality.
	#[codec(index = 1)]
	Quality,
	/// Anything else that clients say about an agent. It counts as feedback.
	#[codec(index = 2)]
	Feedback,
}

/// What other pallets need to know of a tag.
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
pub struct TagRule {
	/// What it names.
	pub purpose: TagUse,
	/// What values with it lie on.
	pub scale: Scale,
	/// Whether governance retired it: what has it keeps it, nothing new gets it.
	pub is_retired: bool,
}

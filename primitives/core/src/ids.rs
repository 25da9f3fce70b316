//! Identifiers and hashes, each a type of its own so that none is taken for another.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_core::H256;

/// Declares a number that names one kind of thing, given out in order.
macro_rules! sequential_id {
	($(#[$doc:meta])* $name:ident, $number:ty) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode,
			DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize,
		)]
		#[serde(transparent)]
		pub struct $name(pub $number);

		impl $name {
			/// The id after this one, or `None` when all are used up.
			pub fn next(self) -> Option<Self> {
				self.0.checked_add(1).map(Self)
			}
		}
	};
}

/// Declares a 32-byte hash of one kind of content.
macro_rules! content_hash {
	($(#[$doc:meta])* $name:ident) => {
		$(#[$doc])*
		#[derive(
			Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode,
			DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize, Deserialize,
		)]
		#[serde(transparent)]
		pub struct $name(pub H256);
	};
}

sequential_id! {
	/// Names an agent for as long as the chain lives; never given out twice.
	AgentId, u64
}

sequential_id! {
	/// Names an operations action for as long as the chain lives; never given out twice.
	ActionId, u64
}

sequential_id! {
	/// Names a kind of the catalogue of actions, as governance says.
	KindId, u16
}

sequential_id! {
	/// Names an escrow contract for as long as the chain lives; never given out twice.
	ContractId, u64
}

sequential_id! {
	/// Names a job of the market for as long as the chain lives; never given out twice.
	JobId, u64
}

sequential_id! {
	/// Names a provider's offer for as long as the chain lives; never given out twice.
	OfferId, u64
}

sequential_id! {
	/// Names a case of a dispute for as long as the chain lives; never given out twice.
	CaseId, u64
}

sequential_id! {
	/// Names a tag of the tag registry; never given out twice.
	TagId, u32
}

sequential_id! {
	/// Names a validation for as long as the chain lives; never given out twice.
	ValidationId, u64
}

sequential_id! {
	/// Counts what one account said about one agent, from one on; zero is before the first.
	FeedbackIndex, u64
}

content_hash! {
	/// SHA-256 of an agent card's canonical JSON (RFC 8785) without its `signatures` member.
	CardHash
}

content_hash! {
	/// A hash of the terms that client and provider agreed on, by whatever rule they agreed on.
	TermsHash
}

content_hash! {
	/// A hash of the evidence of delivered work.
	EvidenceHash
}

content_hash! {
	/// A hash of the parameters under which an agent offers a capability.
	ParametersHash
}

content_hash! {
	/// A hash of a document that says more than the chain keeps: a feedback's, a response's.
	DocumentHash
}

content_hash! {
	/// A hash of a piece of work that somebody asks to be checked.
	WorkHash
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn next_should_count_up_and_end_at_the_last_id() {
		assert_eq!(AgentId(6).next(), Some(AgentId(7)));
		assert_eq!(ContractId(u64::MAX).next(), None);
		assert_eq!(TagId(u32::MAX).next(), None);
	}

	#[test]
	fn ids_and_hashes_should_keep_their_golden_encoding() {
		assert_eq!(AgentId(258).encode(), [2, 1, 0, 0, 0, 0, 0, 0]);
		assert_eq!(ContractId(1).encode(), [1, 0, 0, 0, 0, 0, 0, 0]);
		assert_eq!(TagId(258).encode(), [2, 1, 0, 0]);
		assert_eq!(CardHash(H256::repeat_byte(7)).encode(), [7; 32]);
	}
}

//! Receipts: what a provider says that it did, and what it asks for it.
//!
//! A receipt is canonical: equal receipts have equal bytes, and the decoder takes no others. Its hash
//! is the evidence with which a milestone is submitted, so the chain vouches for it.

use crate::{
	AccountId, AgentId, Balance, BlockNumber, ContractId, DocumentHash, EvidenceHash, JobId,
	MilestoneIndex, Unit, WorkHash,
};
use alloc::vec::Vec;
use codec::{Decode, DecodeAll, Encode};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The first bytes of what is hashed and signed. Byte 97, `a`, is no pallet's index, so a receipt
/// never reads as a call.
pub const RECEIPT_CONTEXT: &[u8; 23] = b"aitbc/market/receipt/01";

/// The most attestations that a receipt may have.
pub const MAX_ATTESTATIONS: usize = 16;

/// Why somebody should believe a receipt: a document that says so.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct Attestation {
	/// What kind of document it is.
	pub kind: AttestationKind,
	/// Its hash.
	pub hash: DocumentHash,
}

/// A kind of attestation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum AttestationKind {
	/// An enclave's quote.
	#[codec(index = 0)]
	Enclave,
	/// A log of what was measured while the work ran.
	#[codec(index = 1)]
	Measurement,
	/// A validation on this chain.
	#[codec(index = 2)]
	Validation,
	/// Anything else that client and provider agreed on.
	#[codec(index = 3)]
	Other,
}

/// The first version of a receipt.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ReceiptV1 {
	/// The chain's genesis.
	pub genesis: H256,
	/// The job.
	pub job: JobId,
	/// The contract under which it was done.
	pub contract: ContractId,
	/// Which milestone of the contract; `None` for a stream or a meter.
	pub milestone: Option<MilestoneIndex>,
	/// The agent that did the work.
	pub provider: AgentId,
	/// The agent's wallet, whose signature makes the receipt the agent's.
	pub wallet: AccountId,
	/// Who asked for it.
	pub client: AccountId,
	/// What was counted.
	pub unit: Unit,
	/// How many of it.
	pub units: u64,
	/// What one costs, the fee included, in plancks.
	pub unit_price: Balance,
	/// What is asked for all of it, the fee included, in plancks. It is what the contract pays, which
	/// need not be the product.
	pub price: Balance,
	/// The hash of the result.
	pub result: WorkHash,
	/// When the work began, in active blocks.
	pub started: BlockNumber,
	/// When it ended, in active blocks.
	pub finished: BlockNumber,
	/// What backs it, at most [`MAX_ATTESTATIONS`].
	pub attestations: Vec<Attestation>,
}

/// A receipt of any version.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub enum Receipt {
	/// See [`ReceiptV1`].
	#[codec(index = 1)]
	V1(ReceiptV1),
}

/// Why bytes are no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptError {
	/// They don't decode, or something follows.
	Malformed,
	/// There are more attestations than [`MAX_ATTESTATIONS`].
	TooManyAttestations,
	/// The work ended before it began.
	FinishedBeforeStarted,
}

impl Receipt {
	/// Reads a receipt from its canonical bytes.
	pub fn from_bytes(bytes: &[u8]) -> Result<Self, ReceiptError> {
		let receipt = Self::decode_all(&mut &bytes[..]).map_err(|_| ReceiptError::Malformed)?;
		// SCALE has more than one form for some compact numbers; only one of them is canonical.
		if receipt.encode() != bytes {
			return Err(ReceiptError::Malformed);
		}
		receipt.check()?;
		Ok(receipt)
	}

	/// Checks what the type alone does not say.
	pub fn check(&self) -> Result<(), ReceiptError> {
		let Self::V1(receipt) = self;
		if receipt.attestations.len() > MAX_ATTESTATIONS {
			return Err(ReceiptError::TooManyAttestations);
		}
		if receipt.finished < receipt.started {
			return Err(ReceiptError::FinishedBeforeStarted);
		}
		Ok(())
	}

	/// What the provider's wallet signs: [`RECEIPT_CONTEXT`] and the receipt, in SCALE.
	pub fn payload(&self) -> Vec<u8> {
		(RECEIPT_CONTEXT, self).encode()
	}

	/// The evidence with which a milestone is submitted: Blake2b-256 of [`Receipt::payload`].
	pub fn evidence(&self) -> EvidenceHash {
		EvidenceHash(BlakeTwo256::hash(&self.payload()))
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use alloc::vec;

	fn receipt() -> ReceiptV1 {
		ReceiptV1 {
			genesis: H256::repeat_byte(1),
			job: JobId(2),
			contract: ContractId(3),
			milestone: Some(MilestoneIndex(4)),
			provider: AgentId(5),
			wallet: AccountId::new([6; 32]),
			client: AccountId::new([7; 32]),
			unit: Unit::Token,
			units: 8,
			unit_price: 9,
			price: 72,
			result: WorkHash(H256::repeat_byte(10)),
			started: 11,
			finished: 12,
			attestations: [Attestation {
				kind: AttestationKind::Validation,
				hash: DocumentHash(H256::repeat_byte(13)),
			}]
			.into(),
		}
	}

	fn golden() -> Vec<u8> {
		let mut bytes = [1].to_vec();
		bytes.extend([1; 32]);
		bytes.extend([2, 0, 0, 0, 0, 0, 0, 0]);
		bytes.extend([3, 0, 0, 0, 0, 0, 0, 0]);
		bytes.extend([1, 4, 0, 0, 0]);
		bytes.extend([5, 0, 0, 0, 0, 0, 0, 0]);
		bytes.extend([6; 32]);
		bytes.extend([7; 32]);
		bytes.push(1);
		bytes.extend([8, 0, 0, 0, 0, 0, 0, 0]);
		bytes.extend([9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
		bytes.extend([72, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
		bytes.extend([10; 32]);
		bytes.extend([11, 0, 0, 0, 12, 0, 0, 0]);
		bytes.extend([4, 2]);
		bytes.extend([13; 32]);
		bytes
	}

	#[test]
	fn receipt_should_keep_its_golden_bytes() {
		let receipt = Receipt::V1(receipt());
		assert_eq!(receipt.encode(), golden());
		assert_eq!(Receipt::from_bytes(&golden()), Ok(receipt.clone()));
		let payload = [&RECEIPT_CONTEXT[..], &golden()].concat();
		assert_eq!(receipt.payload(), payload);
		assert_eq!(receipt.evidence().0, BlakeTwo256::hash(&payload));
	}

	#[test]
	fn from_bytes_should_refuse_what_is_not_canonical() {
		let trailing = [golden(), [0].to_vec()].concat();
		assert_eq!(Receipt::from_bytes(&trailing), Err(ReceiptError::Malformed));
		assert_eq!(Receipt::from_bytes(&golden()[1..]), Err(ReceiptError::Malformed));
		assert_eq!(Receipt::from_bytes(&[]), Err(ReceiptError::Malformed));
		// The same count of attestations, written with four bytes.
		let at = golden().len() - 34;
		let long = [&golden()[..at], &[6, 0, 0, 0], &golden()[at + 1..]].concat();
		assert_eq!(Receipt::from_bytes(&long), Err(ReceiptError::Malformed));
	}

	#[test]
	fn check_should_refuse_what_makes_no_sense() {
		let backwards = Receipt::V1(ReceiptV1 { finished: 10, ..receipt() });
		assert_eq!(backwards.check(), Err(ReceiptError::FinishedBeforeStarted));
		let attestation = receipt().attestations[0].clone();
		let flood = ReceiptV1 { attestations: vec![attestation; 17], ..receipt() };
		assert_eq!(
			Receipt::from_bytes(&Receipt::V1(flood).encode()),
			Err(ReceiptError::TooManyAttestations)
		);
	}

	#[test]
	fn evidence_should_change_with_every_field() {
		let base = receipt();
		let changed = [
			ReceiptV1 { genesis: H256::zero(), ..base.clone() },
			ReceiptV1 { job: JobId(0), ..base.clone() },
			ReceiptV1 { contract: ContractId(0), ..base.clone() },
			ReceiptV1 { milestone: None, ..base.clone() },
			ReceiptV1 { provider: AgentId(0), ..base.clone() },
			ReceiptV1 { wallet: AccountId::new([0; 32]), ..base.clone() },
			ReceiptV1 { client: AccountId::new([0; 32]), ..base.clone() },
			ReceiptV1 { unit: Unit::Hour, ..base.clone() },
			ReceiptV1 { units: 0, ..base.clone() },
			ReceiptV1 { unit_price: 0, ..base.clone() },
			ReceiptV1 { price: 0, ..base.clone() },
			ReceiptV1 { result: WorkHash(H256::zero()), ..base.clone() },
			ReceiptV1 { started: 0, ..base.clone() },
			ReceiptV1 { finished: 13, ..base.clone() },
			ReceiptV1 { attestations: Vec::new(), ..base.clone() },
		];
		let own = Receipt::V1(base).evidence();
		assert!(changed.into_iter().all(|other| Receipt::V1(other).evidence() != own));
	}
}

//! Proofs that Bitcoin has an anchor.

use crate::*;
use aitbc_bitcoin::{
	commitment::read_op_return, BlockHash, Commitment, CommitmentError, InclusionProof, OutPoint,
	Output, Payload,
};
use aitbc_core::BlockNumber;
use aitbc_traits::BitcoinHeaderChain;
use codec::Encode;
use frame_support::{ensure, traits::Get, weights::Weight};
use sp_runtime::{traits::SaturatedConversion, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::prove`].
	pub(crate) fn do_prove(
		prover: T::AccountId,
		height: BlockNumber,
		block: BlockHash,
		proof: &InclusionProof,
		commitment: Commitment,
	) -> DispatchResult {
		ensure!(Self::proof_bytes(proof) <= T::MaxProofBytes::get(), Error::<T>::ProofTooLarge);
		let payload = Self::due_payload(height)?;
		let included = T::Bitcoin::verify_inclusion(block, proof)?;
		let outputs = &included.transaction.outputs;
		commitment.verify(&payload, outputs).map_err(|error| match error {
			CommitmentError::InvalidInternalKey => Error::<T>::InvalidInternalKey,
			CommitmentError::NotCommitted => Self::what_is_wrong(&payload, outputs),
		})?;
		let funding = included.transaction.inputs.first();
		let funded_by = funding.map_or(OutPoint::NULL, |input| input.previous).into();

		let inclusion = Inclusion { block, txid: included.txid, commitment, funded_by };
		Self::set_status(height, Status::Included(inclusion));
		// The block may be deep by now.
		LookedAt::<T>::kill();
		Self::deposit_event(Event::AnchorIncluded { height, inclusion, prover });
		Ok(())
	}

	/// The payload of a task that is due.
	fn due_payload(height: BlockNumber) -> Result<Payload, Error<T>> {
		let task = Tasks::<T>::get(height).ok_or(Error::<T>::TaskNotFound)?;
		match task.status {
			Status::Due { .. } => Ok(task.payload),
			Status::Included(_) | Status::Confirmed(_) => Err(Error::<T>::AlreadyIncluded),
			Status::Final { .. } => Err(Error::<T>::AlreadyFinal),
			Status::Covered { .. } => Err(Error::<T>::TaskCovered),
			Status::Missed => Err(Error::<T>::TaskMissed),
		}
	}

	/// Why outputs do not commit to `payload`, going by the first of them that has one in the open.
	fn what_is_wrong(payload: &Payload, outputs: &[Output]) -> Error<T> {
		let mut found = outputs.iter().filter_map(|output| read_op_return(&output.script)?.ok());
		match found.next() {
			Some(other) if other.network != payload.network => Error::ForeignNetwork,
			Some(other) if other.height != payload.height => Error::OtherHeight,
			Some(other) if other != *payload => Error::ForgedPayload,
			_ => Error::NotCommitted,
		}
	}

	/// How many bytes a proof has in all.
	pub(crate) fn proof_bytes(proof: &InclusionProof) -> u32 {
		proof.encoded_size().saturated_into()
	}

	/// What a proof of so many bytes can weigh. One that is too large is not looked at.
	pub(crate) fn prove_weight(bytes: u32) -> Weight {
		let bytes = bytes.min(T::MaxProofBytes::get());
		T::WeightInfo::prove(bytes).saturating_add(T::Bitcoin::verify_inclusion_weight(bytes))
	}
}

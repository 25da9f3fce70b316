//! What the chain itself can say about money that waits for a ruling.

use crate::{types::position, *};
use aitbc_core::{
	AccountId, ContractId, EvidenceHash, Fact, JobId, MilestoneIndex, Receipt, ReceiptV1, Subject,
};
use aitbc_traits::CaseFacts;
use codec::Encode;
use frame_support::weights::Weight;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::Zero;

impl<T: Config> CaseFacts for Pallet<T> {
	fn fact(subject: Subject, document: &[u8]) -> Option<Fact> {
		let Subject::Milestone { contract, milestone: index } = subject else { return None };
		let record = Contracts::<T>::get(contract)?;
		let Progress::Milestones(milestones) = &record.state.funded()?.progress else {
			return None;
		};
		let milestone = milestones.get(position(index))?;
		let MilestoneState::Disputed { evidence, .. } = milestone.state else { return None };
		if evidence == EvidenceHash::default() {
			return Some(Fact::NothingShown);
		}
		// Only the work of a job is shown by a receipt. Elsewhere a hash is of what the two agreed on.
		let job = record.job?;
		let receipt = Receipt::from_bytes(document).ok()?;
		if receipt.evidence() != evidence {
			return None;
		}
		let Receipt::V1(receipt) = receipt;
		let is_foreign = !Self::is_receipt_for(&receipt, job, contract, index, &record);
		is_foreign.then_some(Fact::ForeignReceipt)
	}

	fn weight(_: u32) -> Weight {
		// What is longer than the longest receipt is none, and is found out sooner.
		T::WeightInfo::fact()
	}
}

impl<T: Config> Pallet<T> {
	/// Whether `receipt` is for the milestone `index` of `contract`, which was opened for `job`.
	fn is_receipt_for(
		receipt: &ReceiptV1,
		job: JobId,
		contract: ContractId,
		index: MilestoneIndex,
		record: &Contract<T>,
	) -> bool {
		// An account of the chain encodes as that of a receipt does, where the two are the same.
		let is = |account: &T::AccountId, other: &AccountId| account.encode() == other.encode();
		receipt.genesis == frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
			&& (receipt.job, receipt.contract, receipt.milestone) == (job, contract, Some(index))
			&& is(&record.provider, &receipt.wallet)
			&& is(&record.client, &receipt.client)
	}
}

//! Others who release in the client's place: approve.

use crate::*;
use aitbc_core::ContractId;
use frame_support::ensure;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// See [`Pallet::approve`].
	pub(crate) fn do_approve(
		caller: T::AccountId,
		contract: ContractId,
		index: MilestoneIndex,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		let approvers = record.approvers.as_ref().ok_or(Error::<T>::NotApprover)?;
		let place = approvers.place(&caller).ok_or(Error::<T>::NotApprover)?;
		let threshold = approvers.threshold;
		let milestone = Self::outstanding(record.money()?.funded, index)?;
		let MilestoneState::Submitted { approvals, .. } = &mut milestone.state else {
			return Err(Error::<T>::NotSubmitted.into());
		};
		ensure!(!approvals.has(place), Error::<T>::AlreadyApproved);

		*approvals = approvals.with(place);
		let count = approvals.count();
		Self::deposit_event(Event::MilestoneApproved {
			contract,
			milestone: index,
			approver: caller,
			approvals: count,
		});
		if count >= threshold {
			return Self::pay_milestone(contract, record, index, ReleaseCause::Approvers);
		}
		Contracts::<T>::insert(contract, record);
		Ok(())
	}
}

//! Reading, for the runtime API, the view functions and the runtime's adapters.

use crate::{runtime_api::MAX_PAGE, *};
use aitbc_core::{Agreement, Balance, ContractId, PaymentTerms};
use aitbc_traits::DeadlineClock;
use alloc::vec::Vec;
use codec::MaxEncodedLen;
use frame_support::{
	traits::{Footprint, Get},
	BoundedVec,
};
use sp_runtime::traits::{Convert, SaturatedConversion};

/// What a contract can come to occupy: its record, one index entry per party, and that they are in
/// business.
const ITEMS_PER_CONTRACT: usize = 4;

impl<T: Config> Pallet<T> {
	/// The contract with the id `contract`, if it is open or funded.
	pub fn contract(contract: ContractId) -> Option<ContractInfo<T::AccountId>> {
		let record = Contracts::<T>::get(contract)?;
		Some(ContractInfo::new(contract, record, T::Clock::now()))
	}

	/// The contracts in which `account` is a party, from the one after `after` on.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says. Reads two entries for each
	/// contract of the page.
	pub fn contracts_of(
		account: &T::AccountId,
		after: Option<ContractId>,
		limit: u32,
	) -> ContractPage<T::AccountId> {
		let limit = limit.clamp(1, MAX_PAGE).saturated_into();
		let mut ids = match after {
			Some(after) => {
				let key = ContractsByParty::<T>::hashed_key_for(account, after);
				ContractsByParty::<T>::iter_key_prefix_from(account, key)
			},
			None => ContractsByParty::<T>::iter_key_prefix(account),
		};
		let page: Vec<ContractId> = ids.by_ref().take(limit).collect();
		let next = ids.next().and(page.last().copied());
		ContractPage { contracts: page.into_iter().filter_map(Self::contract).collect(), next }
	}

	/// What the contract with the id `contract` owes and could not pay out yet.
	///
	/// Reads at most one entry for each [`ClaimKind`].
	pub fn claims(contract: ContractId) -> Vec<(ClaimKind, Claim<T::AccountId>)> {
		Claims::<T>::iter_prefix(contract).collect()
	}

	/// The deposit for a contract with this agreement, in plancks. What is beyond a bound is priced
	/// as the bound.
	pub fn storage_deposit(agreement: &Agreement<T::AccountId>) -> Balance {
		T::StorageDeposit::convert(Self::footprint(agreement))
	}

	/// The most that a contract with this agreement occupies in storage.
	///
	/// What is paid for grows while it is worked on, so each part counts with its greatest length.
	fn footprint(agreement: &Agreement<T::AccountId>) -> Footprint {
		let progress = match &agreement.payment {
			PaymentTerms::Milestones(milestones) => {
				let most = BoundedVec::<Milestone, T::MaxMilestones>::max_encoded_len();
				let unused = Self::unused(T::MaxMilestones::get(), milestones.len());
				most.saturating_sub(unused.saturating_mul(Milestone::max_encoded_len()))
			},
			PaymentTerms::Stream(_) => Stream::max_encoded_len(),
			PaymentTerms::Metered(_) => Meter::<T::AccountId>::max_encoded_len(),
		};
		let approvers = agreement.approvers.as_ref().map_or(0, |approvers| {
			let unused = Self::unused(T::MaxApprovers::get(), approvers.accounts.len());
			ApproverSet::<T>::max_encoded_len()
				.saturating_sub(unused.saturating_mul(T::AccountId::max_encoded_len()))
		});
		// A record without what is paid for, but for the byte that says which kind it is, and
		// without approvers.
		let head = Contract::<T>::max_encoded_len()
			.saturating_sub(Progress::<T>::max_encoded_len())
			.saturating_sub(ApproverSet::<T>::max_encoded_len())
			.saturating_add(1);
		let index_entry = <(T::AccountId, ContractId)>::max_encoded_len();
		let business = <(T::AccountId, T::AccountId, OpenBusiness)>::max_encoded_len();
		let bytes = head
			.saturating_add(progress)
			.saturating_add(approvers)
			.saturating_add(index_entry.saturating_mul(2))
			.saturating_add(business);
		Footprint::from_parts(ITEMS_PER_CONTRACT, bytes)
	}

	/// How many of `most` places a list of this length leaves free.
	fn unused(most: u32, length: usize) -> usize {
		let most: usize = most.saturated_into();
		most.saturating_sub(length)
	}
}

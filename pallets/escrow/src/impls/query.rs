//! Reading, for the runtime API, the view functions and the runtime's adapters.

use crate::{runtime_api::MAX_PAGE, *};
use aitbc_core::{Balance, ContractId};
use alloc::vec::Vec;
use codec::MaxEncodedLen;
use frame_support::traits::{Footprint, Get};
use sp_runtime::traits::{Convert, SaturatedConversion};

/// What an open contract occupies: its record and one index entry per party.
const ITEMS_PER_CONTRACT: usize = 3;

impl<T: Config> Pallet<T> {
	/// How many funded contracts of `provider` are not closed yet. One storage read.
	pub fn open_work_of(provider: &T::AccountId) -> u32 {
		OpenWork::<T>::get(provider)
	}

	/// The contract with the id `contract`, if it is open or funded.
	pub fn contract(contract: ContractId) -> Option<ContractInfo<T::AccountId>> {
		Contracts::<T>::get(contract).map(|record| ContractInfo::new(contract, record))
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

	/// The deposit for a contract with this many milestones, in plancks.
	pub(crate) fn storage_deposit(milestones: usize) -> Balance {
		T::StorageDeposit::convert(Self::footprint(milestones))
	}

	/// The most that a contract with this many milestones occupies in storage.
	///
	/// A milestone grows when it is submitted, so each counts with its greatest length.
	fn footprint(milestones: usize) -> Footprint {
		let most: usize = T::MaxMilestones::get().saturated_into();
		let unused = most.saturating_sub(milestones);
		let record = Contract::<T>::max_encoded_len()
			.saturating_sub(unused.saturating_mul(Milestone::max_encoded_len()));
		let index_entry = <(T::AccountId, ContractId)>::max_encoded_len();
		let bytes = record.saturating_add(index_entry.saturating_mul(2));
		Footprint::from_parts(ITEMS_PER_CONTRACT, bytes)
	}
}

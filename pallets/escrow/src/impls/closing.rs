//! The end of a contract, told once.

use crate::*;
use aitbc_core::ContractId;
use aitbc_traits::OnContractClosed;
use frame_support::defensive;

impl<T: Config> Pallet<T> {
	/// Keeps the contract as it now stands, or closes it if no milestone is outstanding.
	pub(crate) fn store_or_close(contract: ContractId, record: Contract<T>) {
		if record.state.is_outstanding() {
			Contracts::<T>::insert(contract, record);
		} else {
			Self::close(contract, record);
		}
	}

	/// Removes the contract, returns its deposit and tells who listens.
	pub(crate) fn close(contract: ContractId, record: Contract<T>) {
		Contracts::<T>::remove(contract);
		ContractsByParty::<T>::remove(&record.client, contract);
		ContractsByParty::<T>::remove(&record.provider, contract);
		if record.state.funded_since().is_some() {
			Self::count_work_down(&record.provider);
		}
		Self::pay(contract, ClaimKind::Deposit, &record.client, &record.client, record.deposit);

		let closed = record.into_closed(contract);
		T::OnContractClosed::on_contract_closed(&closed);
		Self::deposit_event(Event::ContractClosed { closed });
	}

	/// Counts one funded contract less for `provider`.
	fn count_work_down(provider: &T::AccountId) {
		match OpenWork::<T>::get(provider).checked_sub(1) {
			Some(0) => OpenWork::<T>::remove(provider),
			Some(left) => OpenWork::<T>::insert(provider, left),
			None => {
				defensive!("funding counts each contract up, and it closes once");
			},
		}
	}
}

//! The end of a contract, told once.

use crate::{types::Sheet, *};
use aitbc_core::ContractId;
use aitbc_traits::OnContractClosed;

impl<T: Config> Pallet<T> {
	/// Keeps a contract that pays by milestones as it now stands, or closes it if no milestone is
	/// outstanding.
	pub(crate) fn store_or_close(contract: ContractId, record: Contract<T>) {
		let sheet = match record.state.funded() {
			Some(Funded { progress: Progress::Milestones(milestones), .. })
				if !milestones.iter().any(|one| one.state.is_outstanding()) =>
			{
				Sheet::of(milestones)
			},
			_ => {
				Contracts::<T>::insert(contract, record);
				return;
			},
		};
		Self::close(contract, record, sheet);
	}

	/// Removes the contract, returns its deposit and what is left of the bonds, and tells who
	/// listens. `sheet` says where its money went.
	///
	/// The last thing that a call does: who listens may open another contract in here.
	pub(crate) fn close(contract: ContractId, record: Contract<T>, sheet: Sheet) {
		Contracts::<T>::remove(contract);
		ContractsByParty::<T>::remove(&record.client, contract);
		ContractsByParty::<T>::remove(&record.provider, contract);
		if record.state.funded().is_some() {
			Self::end_work(&record);
		}
		let Contract { client, provider, .. } = &record;
		let bonds = record.bonds_held();
		Self::pay(contract, ClaimKind::ProviderBond, provider, provider, bonds.provider);
		Self::pay(contract, ClaimKind::ClientBond, client, client, bonds.client);
		Self::pay(contract, ClaimKind::Deposit, client, client, record.deposit);

		let closed = record.into_closed(contract, sheet);
		Self::deposit_event(Event::ContractClosed { closed: closed.clone() });
		T::OnContractClosed::on_contract_closed(&closed);
	}
}

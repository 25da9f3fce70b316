//! What an anchor earns.

use crate::*;
use aitbc_bitcoin::Transaction;
use aitbc_core::BlockNumber;
use frame_support::{
	ensure,
	traits::{fungible::Mutate, tokens::Preservation, Get},
};
use sp_runtime::{traits::SaturatedConversion, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::claim`].
	pub(crate) fn do_claim(height: BlockNumber, funding: &[u8]) -> DispatchResult {
		let task = Tasks::<T>::get(height).ok_or(Error::<T>::TaskNotFound)?;
		let Status::Final { inclusion, at, is_paid } = task.status else {
			return Err(Error::<T>::NotFinal.into());
		};
		ensure!(!is_paid, Error::<T>::AlreadyPaid);
		let key_hash = Self::funder(&inclusion, funding)?;
		let known = Anchorers::<T>::get(key_hash).ok_or(Error::<T>::AnchorerNotFound)?;
		let (anchorer, amount) = (known.account, T::Reward::get());
		if amount > 0 {
			let source = T::RewardSource::get();
			T::Currency::transfer(&source, &anchorer, amount, Preservation::Preserve)?;
		}

		Self::set_status(height, Status::Final { inclusion, at, is_paid: true });
		Self::deposit_event(Event::RewardPaid { height, key_hash, anchorer, amount });
		Ok(())
	}

	/// Whose script the anchor's first input spends, given the bytes of the transaction that has it.
	fn funder(inclusion: &Inclusion, funding: &[u8]) -> Result<PubkeyHash, Error<T>> {
		let transaction =
			Transaction::from_bytes(funding).map_err(|_| Error::<T>::InvalidFunding)?;
		let SpentOutput { txid, index } = inclusion.funded_by;
		ensure!(transaction.txid() == txid, Error::<T>::WrongFunding);
		let place: usize = index.saturated_into();
		let output = transaction.outputs.get(place).ok_or(Error::<T>::WrongFunding)?;
		PubkeyHash::of_script(&output.script).ok_or(Error::<T>::UnpayableScript)
	}
}

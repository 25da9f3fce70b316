//! Whose worker signs with which key.

use super::{COMMIT_LAG, REVEAL_LAG};
use crate::*;
use aitbc_traits::ReporterInspect;
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_application_crypto::RuntimeAppPublic;
use sp_runtime::{traits::Zero, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::set_worker_key`].
	pub(crate) fn do_set_worker_key(
		caller: T::AccountId,
		key: WorkerKey,
		proof: WorkerSignature,
	) -> DispatchResult {
		ensure!(Self::is_active(&caller), Error::<T>::NotActive);
		let owner = KeyOwners::<T>::get(&key);
		ensure!(owner.is_none_or(|owner| owner == caller), Error::<T>::KeyTaken);
		Self::ensure_signed_by(&key, &Statement::WorksFor(&caller), &proof)?;
		let earlier = Workers::<T>::get(&caller);
		let held = earlier.as_ref().map_or(0, |worker| worker.deposit);
		let deposit = held.max(T::Deposit::get());
		Self::hold(&caller, deposit.saturating_sub(held))?;

		let worker = match earlier {
			Some(earlier) => {
				KeyOwners::<T>::remove(&earlier.key);
				Worker { key: key.clone(), deposit, ..earlier }
			},
			None => Worker { key: key.clone(), deposit, open_reports: 0, reported: (0, 0) },
		};
		KeyOwners::<T>::insert(&key, &caller);
		Workers::<T>::insert(&caller, worker);
		Self::deposit_event(Event::WorkerKeySet { reporter: caller, key, deposit });
		Ok(())
	}

	/// See [`Pallet::remove_worker_key`].
	pub(crate) fn do_remove_worker_key(caller: T::AccountId) -> DispatchResult {
		let worker = Workers::<T>::get(&caller).ok_or(Error::<T>::NoWorkerKey)?;
		let present = Self::present_window();
		let has_committed = (COMMIT_LAG..=REVEAL_LAG)
			.filter_map(|lag| present.checked_sub(lag))
			.any(|window| Commitments::<T>::contains_key(window, &caller));
		let is_reporting = has_committed || worker.open_reports > 0;
		ensure!(!is_reporting, Error::<T>::StillReporting);
		Self::give_back(&caller, worker.deposit)?;

		KeyOwners::<T>::remove(&worker.key);
		Workers::<T>::remove(&caller);
		let deposit = worker.deposit;
		Self::deposit_event(Event::WorkerKeyRemoved { reporter: caller, deposit });
		Ok(())
	}

	/// Whether `account` validates in this era.
	pub(crate) fn is_active(account: &T::AccountId) -> bool {
		T::Reporters::stake(account) > 0
	}

	/// Whose worker `key` is, and the worker, if it may send now.
	pub(crate) fn sender(key: &WorkerKey) -> Result<(T::AccountId, Worker), Error<T>> {
		let reporter = KeyOwners::<T>::get(key).ok_or(Error::<T>::UnknownKey)?;
		let worker = Workers::<T>::get(&reporter).ok_or(Error::<T>::UnknownKey)?;
		ensure!(Self::is_active(&reporter), Error::<T>::ReporterNotActive);
		ensure!(worker.deposit >= Self::dearest_penalty(), Error::<T>::DepositTooLow);
		Ok((reporter, worker))
	}

	/// Checks that `signature` is that of `key` over `statement` on this chain.
	pub(crate) fn ensure_signed_by(
		key: &WorkerKey,
		statement: &Statement<T::AccountId>,
		signature: &WorkerSignature,
	) -> Result<(), Error<T>> {
		let bytes = statement.bytes(&Self::genesis());
		ensure!(key.verify(&bytes, signature), Error::<T>::InvalidSignature);
		Ok(())
	}

	/// The hash of the genesis block, which names the chain.
	pub(crate) fn genesis() -> T::Hash {
		frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero())
	}
}

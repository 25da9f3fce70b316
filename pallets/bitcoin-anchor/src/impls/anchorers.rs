//! Who has which script.

use crate::*;
use aitbc_traits::WholeHold;
use codec::Encode;
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_io::{crypto::secp256k1_ecdsa_recover_compressed, hashing::sha2_256};
use sp_runtime::{traits::Zero, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::register`].
	pub(crate) fn do_register(
		anchorer: T::AccountId,
		key_hash: PubkeyHash,
		signature: KeySignature,
	) -> DispatchResult {
		ensure!(!Anchorers::<T>::contains_key(key_hash), Error::<T>::AlreadyRegistered);
		ensure!(Self::is_signed(&anchorer, key_hash, &signature), Error::<T>::InvalidSignature);
		let deposit = T::Deposit::get();
		T::Currency::hold_whole(&HoldReason::Deposit.into(), &anchorer, deposit)?;

		Anchorers::<T>::insert(key_hash, Anchorer { account: anchorer.clone(), deposit });
		Self::deposit_event(Event::AnchorerRegistered { anchorer, key_hash, deposit });
		Ok(())
	}

	/// See [`Pallet::deregister`].
	pub(crate) fn do_deregister(caller: T::AccountId, key_hash: PubkeyHash) -> DispatchResult {
		let known = Anchorers::<T>::get(key_hash).ok_or(Error::<T>::AnchorerNotFound)?;
		let Anchorer { account: anchorer, deposit } = known;
		ensure!(anchorer == caller, Error::<T>::NotOwner);
		T::Currency::release_whole(&HoldReason::Deposit.into(), &anchorer, deposit)
			.map_err(|_| Error::<T>::PayeeNotCreditable)?;

		Anchorers::<T>::remove(key_hash);
		Self::deposit_event(Event::AnchorerDeregistered { anchorer, key_hash, deposit });
		Ok(())
	}

	/// The 32 bytes that a key signs, as they are, so that `account` can register its script: SHA-256 of
	/// [`REGISTRATION_TAG`], this chain's genesis hash, and the account, SCALE encoded.
	pub fn registration_message(account: &T::AccountId) -> [u8; 32] {
		let genesis = frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero());
		(REGISTRATION_TAG, genesis, account).using_encoded(sha2_256)
	}

	/// Whether the key with this hash signed for `account`.
	fn is_signed(account: &T::AccountId, key_hash: PubkeyHash, signature: &KeySignature) -> bool {
		let message = Self::registration_message(account);
		secp256k1_ecdsa_recover_compressed(&signature.0, &message)
			.is_ok_and(|key| PubkeyHash::of_key(&key) == key_hash)
	}
}

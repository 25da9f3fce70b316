//! Which account works and is paid for an agent, and how that account consents.

use crate::*;
use aitbc_core::{AgentId, BlockNumber};
use aitbc_traits::DeadlineClock;
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{ensure, pallet_prelude::DispatchResult};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::{
	traits::{Verify, Zero},
	ArithmeticError, DispatchError,
};

/// What browser extensions put before bytes that they sign, so that nobody signs a transaction in
/// disguise: `u8aWrapBytes` in packages/util/src/u8a/wrap.ts of polkadot-js/common.
const WRAP_PREFIX: &[u8] = b"<Bytes>";

/// What the same function puts after them.
const WRAP_SUFFIX: &[u8] = b"</Bytes>";

impl<T: Config> Pallet<T> {
	/// Does what [`Pallet::set_wallet`] says.
	pub(crate) fn do_set_wallet(
		who: T::AccountId,
		agent: AgentId,
		wallet: T::AccountId,
		proof: Option<WalletProof<T::Signature>>,
	) -> DispatchResult {
		let record = Self::agent_owned_by(&who, agent)?;
		ensure!(wallet != record.owner, Error::<T>::WalletIsOwner);
		ensure!(!AgentOfWallet::<T>::contains_key(&wallet), Error::<T>::WalletInUse);
		let Some(proof) = proof else {
			ProposedWallets::<T>::insert(agent, &wallet);
			Self::deposit_event(Event::WalletProposed { agent, wallet });
			return Ok(());
		};
		Self::ensure_proven(agent, &record, &wallet, &proof)?;

		Self::put_wallet(agent, record, wallet)
	}

	/// Does what [`Pallet::accept_wallet`] says.
	pub(crate) fn do_accept_wallet(who: T::AccountId, agent: AgentId) -> DispatchResult {
		let record = Agents::<T>::get(agent).ok_or(Error::<T>::AgentNotFound)?;
		ensure!(ProposedWallets::<T>::get(agent).as_ref() == Some(&who), Error::<T>::NotProposed);
		ensure!(!AgentOfWallet::<T>::contains_key(&who), Error::<T>::WalletInUse);

		Self::put_wallet(agent, record, who)
	}

	/// Does what [`Pallet::remove_wallet`] says, and says how many rows went.
	pub(crate) fn do_remove_wallet(
		who: T::AccountId,
		agent: AgentId,
	) -> Result<u32, DispatchError> {
		let mut record = Agents::<T>::get(agent).ok_or(Error::<T>::AgentNotFound)?;
		let wallet = Wallets::<T>::get(agent);
		let is_wallet = wallet.as_ref() == Some(&who);
		ensure!(who == record.owner || is_wallet, Error::<T>::NotOwnerNorWallet);
		let proposed = ProposedWallets::<T>::get(agent);
		ensure!(wallet.is_some() || proposed.is_some(), Error::<T>::NoWallet);

		Self::unlink_wallet(agent, &mut record)?;
		let rows = Self::drop_rows(agent, &mut record);
		let (status, nonce) = (record.status, record.wallet_nonce);
		Agents::<T>::insert(agent, record);
		Self::deposit_event(Event::WalletRemoved { agent, wallet, proposed, status, nonce });
		Ok(rows)
	}

	/// The bytes that `wallet` has to sign now to work for `agent`, or `None` if there is no such
	/// agent.
	pub fn wallet_payload(
		agent: AgentId,
		wallet: &T::AccountId,
		deadline: BlockNumber,
	) -> Option<Vec<u8>> {
		let record = Agents::<T>::get(agent)?;
		Some(Self::payload(agent, &record, wallet, deadline))
	}

	/// Makes `wallet`, which consented and is free, the one wallet of `agent`.
	fn put_wallet(agent: AgentId, mut record: Agent<T>, wallet: T::AccountId) -> DispatchResult {
		let replaced = Self::unlink_wallet(agent, &mut record)?;
		let nonce = record.wallet_nonce;
		Agents::<T>::insert(agent, record);
		Wallets::<T>::insert(agent, &wallet);
		AgentOfWallet::<T>::insert(&wallet, agent);
		Self::deposit_event(Event::WalletSet { agent, wallet, replaced, nonce });
		Ok(())
	}

	/// Leaves `agent` without wallet and proposal, voids every proof made for it so far, and
	/// returns the wallet that it had. The caller stores `record`.
	pub(crate) fn unlink_wallet(
		agent: AgentId,
		record: &mut Agent<T>,
	) -> Result<Option<T::AccountId>, ArithmeticError> {
		record.wallet_nonce = record.wallet_nonce.next().ok_or(ArithmeticError::Overflow)?;
		let wallet = Wallets::<T>::take(agent);
		wallet.iter().for_each(AgentOfWallet::<T>::remove);
		ProposedWallets::<T>::remove(agent);
		Ok(wallet)
	}

	/// Checks that `wallet` signed that it works for `agent`, here, now and for the first time.
	fn ensure_proven(
		agent: AgentId,
		record: &Agent<T>,
		wallet: &T::AccountId,
		proof: &WalletProof<T::Signature>,
	) -> Result<(), Error<T>> {
		ensure!(T::Clock::now() <= proof.deadline, Error::<T>::ProofExpired);
		let payload = Self::payload(agent, record, wallet, proof.deadline);
		let wrapped = [WRAP_PREFIX, &payload, WRAP_SUFFIX].concat();
		let is_signed = |bytes: &[u8]| proof.signature.verify(bytes, wallet);
		ensure!(is_signed(&payload) || is_signed(&wrapped), Error::<T>::ProofInvalid);
		Ok(())
	}

	/// The bytes that `wallet` has to sign to work for `agent`.
	fn payload(
		agent: AgentId,
		record: &Agent<T>,
		wallet: &T::AccountId,
		deadline: BlockNumber,
	) -> Vec<u8> {
		WalletPayload {
			domain: WALLET_DOMAIN,
			// Block 0's hash is the one that frame_system never prunes.
			genesis_hash: frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()),
			agent,
			owner: record.owner.clone(),
			wallet: wallet.clone(),
			nonce: record.wallet_nonce,
			deadline,
		}
		.encode()
	}
}

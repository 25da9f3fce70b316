//! Digests: first a commitment, then what it was to.

use super::{COMMIT_LAG, REVEAL_LAG};
use crate::*;
use aitbc_telemetry::{commitment, Digest};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
	ensure,
	pallet_prelude::{TransactionSource, TransactionValidityWithRefund},
	traits::Get,
	weights::Weight,
};
use sp_io::hashing::blake2_256;
use sp_runtime::{
	transaction_validity::{
		InvalidTransaction, TransactionPriority, TransactionValidityError, ValidTransaction,
	},
	DispatchResult,
};

/// What a transaction of a worker is about. No two with the same can wait for a block.
#[derive(Encode)]
pub(crate) enum Topic<'a, AccountId> {
	/// The commitment to the digest of a window.
	#[codec(index = 0)]
	Commitment(Window, &'a AccountId),
	/// The digest of a window.
	#[codec(index = 1)]
	Digest(Window, &'a AccountId),
	/// A report of a series in a window.
	#[codec(index = 2)]
	Report(Window, u8, &'a AccountId),
}

/// Workers have no fee to outbid others with, and a digest that is not revealed costs money. There are
/// few of their transactions, and their number is known, so they come first.
const PRIORITY: TransactionPriority = TransactionPriority::MAX / 2;

impl<T: Config> Pallet<T> {
	/// What the pool has to know of a transaction about `topic`: it is valid up to the end of the window.
	pub(crate) fn authorized(topic: Topic<T::AccountId>) -> TransactionValidityWithRefund {
		let validity = ValidTransaction {
			priority: PRIORITY,
			provides: Vec::from([("aitbc-telemetry", topic).encode()]),
			longevity: Self::blocks_left().saturating_add(1),
			..ValidTransaction::default()
		};
		Ok((validity, Weight::zero()))
	}

	/// What the pool says of a transaction that is refused for `error`: the error's index among those
	/// of the pallet.
	pub(crate) fn refused(error: Error<T>) -> TransactionValidityWithRefund {
		let code = error.encode().first().copied().unwrap_or_default();
		Err(TransactionValidityError::Invalid(InvalidTransaction::Custom(code)))
	}

	/// See [`Pallet::commit`].
	pub(crate) fn authorize_commit(
		_: TransactionSource,
		key: &WorkerKey,
		window: &Window,
		commitment: &Commitment,
		signature: &WorkerSignature,
	) -> TransactionValidityWithRefund {
		let allowed = Self::committer(key, *window).and_then(|reporter| {
			let statement = Statement::Commits(*window, commitment);
			Self::ensure_signed_by(key, &statement, signature)?;
			Ok(reporter)
		});
		match allowed {
			Ok(reporter) => Self::authorized(Topic::Commitment(*window, &reporter)),
			Err(error) => Self::refused(error),
		}
	}

	/// Who commits to the digest of `window` by `key`, if it may now.
	fn committer(key: &WorkerKey, window: Window) -> Result<T::AccountId, Error<T>> {
		let (reporter, _) = Self::sender(key)?;
		let due = Self::present_window().checked_sub(COMMIT_LAG);
		ensure!(due == Some(window), Error::<T>::WrongWindow);
		let has_committed = Commitments::<T>::contains_key(window, &reporter);
		ensure!(!has_committed, Error::<T>::AlreadyCommitted);
		let has_room = CommitmentCount::<T>::get() < T::MaxReporters::get();
		ensure!(has_room, Error::<T>::TooManyReporters);
		Ok(reporter)
	}

	/// See [`Pallet::commit`].
	pub(crate) fn do_commit(
		key: WorkerKey,
		window: Window,
		commitment: Commitment,
	) -> DispatchResult {
		let reporter = Self::committer(&key, window)?;

		Commitments::<T>::insert(window, &reporter, commitment);
		CommitmentCount::<T>::mutate(|count| *count = count.saturating_add(1));
		Records::<T>::mutate(&reporter, |record| {
			record.committed = record.committed.saturating_add(1);
		});
		Self::deposit_event(Event::DigestCommitted { reporter, window, commitment });
		Ok(())
	}

	/// See [`Pallet::reveal`].
	pub(crate) fn authorize_reveal(
		_: TransactionSource,
		reporter: &T::AccountId,
		digest: &Digest,
		salt: &[u8; 32],
	) -> TransactionValidityWithRefund {
		match Self::ensure_revealable(reporter, digest, salt) {
			Ok(()) => Self::authorized(Topic::Digest(digest.window, reporter)),
			Err(error) => Self::refused(error),
		}
	}

	/// Checks that `reporter` has committed to `digest` with `salt`, and may reveal it now.
	fn ensure_revealable(
		reporter: &T::AccountId,
		digest: &Digest,
		salt: &[u8; 32],
	) -> Result<(), Error<T>> {
		let due = Self::present_window().checked_sub(REVEAL_LAG);
		ensure!(due == Some(digest.window), Error::<T>::WrongWindow);
		let committed =
			Commitments::<T>::get(digest.window, reporter).ok_or(Error::<T>::NotCommitted)?;
		let has_revealed = Revealed::<T>::contains_key(digest.window, reporter);
		ensure!(!has_revealed, Error::<T>::AlreadyRevealed);
		ensure!(digest.is_sound(), Error::<T>::UnsoundDigest);
		let revealed = Self::commitment_of(reporter, digest, salt);
		ensure!(revealed == committed, Error::<T>::CommitmentMismatch);
		Ok(())
	}

	/// What commits `reporter` to `digest` with `salt` on this chain.
	///
	/// Accounts and genesis go in as their hashes, so that their types don't matter.
	pub(crate) fn commitment_of(
		reporter: &T::AccountId,
		digest: &Digest,
		salt: &[u8; 32],
	) -> Commitment {
		let genesis = blake2_256(&Self::genesis().encode());
		let reporter = blake2_256(&reporter.encode());
		Commitment(commitment(digest, genesis, &reporter, salt))
	}

	/// See [`Pallet::reveal`].
	pub(crate) fn do_reveal(
		reporter: T::AccountId,
		digest: Digest,
		salt: [u8; 32],
	) -> DispatchResult {
		Self::ensure_revealable(&reporter, &digest, &salt)?;

		Revealed::<T>::insert(digest.window, &reporter, digest.shared());
		Records::<T>::mutate(&reporter, |record| {
			record.revealed = record.revealed.saturating_add(1);
		});
		Self::deposit_event(Event::DigestRevealed { reporter, digest });
		Ok(())
	}
}

//! Money onto hold and off it, all of it or none.

use frame_support::{
	ensure,
	storage::with_storage_layer,
	traits::{
		fungible::MutateHold,
		tokens::{Fortitude, Precision, Restriction},
	},
};
use sp_runtime::{
	traits::{Saturating, Zero},
	DispatchError, DispatchResult, TokenError,
};

/// Moves held money whole, or changes nothing. Implemented for every currency with holds.
///
/// Asked by whoever holds money; it is no capability of a neighbour but a stricter way to use the SDK's
/// `fungible`.
pub trait WholeHold<AccountId>: MutateHold<AccountId> {
	/// Holds `amount` of the free balance of `who`.
	///
	/// Fails, and changes nothing, when there is less, or when the account would lose dust by it.
	fn hold_whole(reason: &Self::Reason, who: &AccountId, amount: Self::Balance) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		Self::keeping_total(&[who], || Self::hold(reason, who, amount))
	}

	/// Gives `amount`, which is held on `who`, back to its free balance.
	///
	/// Fails, and changes nothing, when less is held, or when the account would lose dust by it.
	fn release_whole(
		reason: &Self::Reason,
		who: &AccountId,
		amount: Self::Balance,
	) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		Self::keeping_total(&[who], || {
			Self::release(reason, who, amount, Precision::Exact).map(|_| ())
		})
	}

	/// Moves `amount`, which is held on `payer`, to the free balance of `payee`, whatever the payer
	/// froze.
	///
	/// Fails, and changes nothing, when less is held, or when `payee` can't take it: its account would
	/// stay below the existential deposit.
	fn pay_whole(
		reason: &Self::Reason,
		payer: &AccountId,
		payee: &AccountId,
		amount: Self::Balance,
	) -> DispatchResult {
		if amount.is_zero() {
			return Ok(());
		}
		with_storage_layer(|| {
			Self::transfer_on_hold(
				reason,
				payer,
				payee,
				amount,
				Precision::Exact,
				Restriction::Free,
				Fortitude::Force,
			)
			.map(|_| ())
		})
	}

	/// Gives `amount`, which is held on `who`, back to its free balance, whatever that costs, and says
	/// how much of it `who` has.
	///
	/// To return it whole may fail where the free balance is below the existential deposit, which is
	/// so only after that was raised, or on an account with another provider reference. Then the dust
	/// beside the amount is swept; an amount that is dust itself goes to `sink`, or is burnt if that
	/// can't take it either.
	///
	/// Fails, and changes nothing, when less is held.
	fn return_or_sweep(
		reason: &Self::Reason,
		who: &AccountId,
		amount: Self::Balance,
		sink: &AccountId,
	) -> Result<Self::Balance, DispatchError> {
		if Self::release_whole(reason, who, amount).is_ok() {
			return Ok(amount);
		}
		if amount >= Self::minimum_balance() {
			return with_storage_layer(|| Self::release(reason, who, amount, Precision::Exact));
		}
		Self::pay_whole(reason, who, sink, amount).or_else(|_| {
			with_storage_layer(|| {
				Self::burn_held(reason, who, amount, Precision::Exact, Fortitude::Force).map(|_| ())
			})
		})?;
		Ok(Zero::zero())
	}

	/// Does `change`, which holds or releases money of `accounts`, or changes nothing if it fails.
	///
	/// Neither changes what they own together, but for one case: while the free balance is below the
	/// existential deposit and no hold is left, or none is there yet, pallet-balances sweeps the free
	/// balance away as dust, and may drop the released amount with it. This is refused.
	fn keeping_total(
		accounts: &[&AccountId],
		change: impl FnOnce() -> DispatchResult,
	) -> DispatchResult {
		let owned = || {
			let each = accounts.iter().map(|who| Self::total_balance(who));
			each.fold(Self::Balance::zero(), |sum, one| sum.saturating_add(one))
		};
		with_storage_layer::<_, DispatchError, _>(|| {
			let before = owned();
			change()?;
			ensure!(owned() == before, TokenError::FundsUnavailable);
			Ok(())
		})
	}
}

impl<AccountId, Currency: MutateHold<AccountId>> WholeHold<AccountId> for Currency {}

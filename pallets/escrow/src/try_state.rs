//! What must hold of the storage between any two calls, one function for each invariant.

use crate::{types::checked_sum, *};
use aitbc_core::Balance;
use alloc::collections::BTreeMap;
use frame_support::{
	ensure,
	traits::{fungible::InspectHold, Get},
};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, TryRuntimeError};

/// How much should be held on each account, in plancks.
type Expected<T> = BTreeMap<<T as frame_system::Config>::AccountId, Balance>;

impl<T: Config> Pallet<T> {
	/// Checks every invariant of the pallet.
	pub fn do_try_state() -> Result<(), TryRuntimeError> {
		Self::try_contracts_well_formed()?;
		Self::try_ids_below_next()?;
		Self::try_index_complete()?;
		Self::try_open_work_counted()?;
		Self::try_claims_well_formed()?;
		Self::try_escrow_held()?;
		Self::try_deposits_held()
	}

	/// Every contract has two parties and 1 to `MaxMilestones` payable milestones; a funded one
	/// has one whose money waits for a decision.
	fn try_contracts_well_formed() -> Result<(), TryRuntimeError> {
		for (_, record) in Contracts::<T>::iter() {
			let milestones = record.state.milestones();
			let count: u32 = milestones.len().saturated_into();
			ensure!(record.client != record.provider, "a client hired itself");
			ensure!(
				(1..=T::MaxMilestones::get()).contains(&count),
				"a contract has no milestone, or too many"
			);
			ensure!(milestones.iter().all(|one| one.amount > 0), "a milestone pays nothing");
			ensure!(
				record.state.funded_since().is_none() || record.state.is_outstanding(),
				"a contract without outstanding milestones is not closed"
			);
		}
		Ok(())
	}

	/// Every id that is in use was given out.
	fn try_ids_below_next() -> Result<(), TryRuntimeError> {
		let next = NextContractId::<T>::get();
		ensure!(Contracts::<T>::iter_keys().all(|id| id < next), "a contract has a future id");
		ensure!(
			Claims::<T>::iter_keys().all(|(id, _)| id < next),
			"a claim belongs to a future contract"
		);
		Ok(())
	}

	/// The index names each contract under both of its parties, and nothing else.
	fn try_index_complete() -> Result<(), TryRuntimeError> {
		for (id, record) in Contracts::<T>::iter() {
			for party in [&record.client, &record.provider] {
				ensure!(
					ContractsByParty::<T>::contains_key(party, id),
					"the index lacks a contract"
				);
			}
		}
		for (account, id) in ContractsByParty::<T>::iter_keys() {
			let record = Contracts::<T>::get(id).ok_or("the index names a closed contract")?;
			ensure!(
				account == record.client || account == record.provider,
				"the index names a stranger"
			);
		}
		Ok(())
	}

	/// `OpenWork` counts each provider's funded contracts, and is absent where there is none.
	fn try_open_work_counted() -> Result<(), TryRuntimeError> {
		let mut expected = BTreeMap::<T::AccountId, u32>::new();
		for (_, record) in Contracts::<T>::iter() {
			if record.state.funded_since().is_some() {
				let count = expected.entry(record.provider).or_default();
				*count = count.checked_add(1).ok_or(ArithmeticError::Overflow)?;
			}
		}
		let counted: BTreeMap<_, _> = OpenWork::<T>::iter().collect();
		ensure!(counted == expected, "OpenWork differs from the number of funded contracts");
		Ok(())
	}

	/// No claim is empty, and money of the client's own waits on the client itself.
	fn try_claims_well_formed() -> Result<(), TryRuntimeError> {
		for (_, kind, claim) in Claims::<T>::iter() {
			ensure!(claim.amount > 0, "a claim is empty");
			let is_own = claim.payer == claim.payee;
			ensure!(is_own == (kind != ClaimKind::Payment), "a claim has the wrong payee");
		}
		Ok(())
	}

	/// What is held for escrow on each account is its outstanding milestones and the claims on it.
	fn try_escrow_held() -> Result<(), TryRuntimeError> {
		let mut expected = Self::claimed(HoldReason::Escrow)?;
		for (_, record) in Contracts::<T>::iter() {
			if record.state.funded_since().is_some() {
				let milestones = record.state.milestones();
				let outstanding = milestones.iter().filter(|one| one.state.is_outstanding());
				let amount = checked_sum(outstanding.map(|one| one.amount))
					.ok_or(ArithmeticError::Overflow)?;
				Self::expect(&mut expected, record.client, amount)?;
			}
		}
		Self::ensure_held(HoldReason::Escrow, expected, "escrow held differs from what is owed")
	}

	/// What is held as deposit on each account is the deposits of its contracts, and those that
	/// wait to return.
	fn try_deposits_held() -> Result<(), TryRuntimeError> {
		let mut expected = Self::claimed(HoldReason::Deposit)?;
		for (_, record) in Contracts::<T>::iter() {
			Self::expect(&mut expected, record.client, record.deposit)?;
		}
		Self::ensure_held(HoldReason::Deposit, expected, "deposits held differ from those recorded")
	}

	/// What claims say is held for `reason` on each account.
	fn claimed(reason: HoldReason) -> Result<Expected<T>, TryRuntimeError> {
		let mut expected = Expected::<T>::new();
		for (_, kind, claim) in Claims::<T>::iter() {
			if kind.hold_reason() == reason {
				Self::expect(&mut expected, claim.payer, claim.amount)?;
			}
		}
		Ok(expected)
	}

	/// Expects `amount` more on `who`.
	fn expect(
		expected: &mut Expected<T>,
		who: T::AccountId,
		amount: Balance,
	) -> Result<(), ArithmeticError> {
		let total = expected.entry(who).or_default();
		*total = total.checked_add(amount).ok_or(ArithmeticError::Overflow)?;
		Ok(())
	}

	/// Checks that each account, also one of which nothing is expected, has exactly the expected
	/// amount on hold for `reason`.
	fn ensure_held(
		reason: HoldReason,
		mut expected: Expected<T>,
		mismatch: &'static str,
	) -> Result<(), TryRuntimeError> {
		for who in frame_system::Account::<T>::iter_keys() {
			expected.entry(who).or_default();
		}
		let reason = reason.into();
		for (who, amount) in expected {
			ensure!(T::Currency::balance_on_hold(&reason, &who) == amount, mismatch);
		}
		Ok(())
	}
}

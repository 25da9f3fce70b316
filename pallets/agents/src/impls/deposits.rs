//! What being registered costs, and moving it on and off hold.

use crate::*;
use aitbc_core::{AgentId, Balance};
use codec::MaxEncodedLen;
use core::cmp::Ordering;
use frame_support::{
	pallet_prelude::DispatchResult,
	traits::{
		fungible::MutateHold,
		tokens::Precision,
		{Footprint, Get},
	},
};
use sp_runtime::{
	traits::{Convert, SaturatedConversion},
	ArithmeticError,
};

/// The entries beside its record that an agent can have: in the index of its owner, its wallet in
/// both directions, and a proposal. Each has an account and an agent id in key and value.
const ENTRIES_BESIDE_RECORD: usize = 4;

impl<T: Config> Pallet<T> {
	/// What registering now costs with a card URI of `uri_length` bytes.
	///
	/// A length beyond [`Config::MaxUriLength`] is priced as that length.
	pub fn registration_cost(uri_length: u32) -> RegistrationCost {
		RegistrationCost {
			fee: T::RegistrationFee::get(),
			bond: T::AgentBond::get(),
			deposit: Self::storage_deposit(uri_length),
		}
	}

	/// The deposit for an agent with a card URI of `uri_length` bytes, in plancks.
	pub(crate) fn storage_deposit(uri_length: u32) -> Balance {
		T::StorageDeposit::convert(Self::footprint(uri_length))
	}

	/// The most that an agent with a card URI of `uri_length` bytes occupies in storage.
	///
	/// Its wallet and a proposal are paid for from the start, so that no wallet call moves a
	/// deposit. An entry counts the values in its key as well, because an index is all key.
	fn footprint(uri_length: u32) -> Footprint {
		let unused = T::MaxUriLength::get().saturating_sub(uri_length).saturated_into();
		let record = <(AgentId, Agent<T>)>::max_encoded_len().saturating_sub(unused);
		let entry = <(T::AccountId, AgentId)>::max_encoded_len();
		let bytes = record.saturating_add(entry.saturating_mul(ENTRIES_BESIDE_RECORD));
		Footprint::from_parts(ENTRIES_BESIDE_RECORD.saturating_add(1), bytes)
	}

	/// Changes what `owner` has on hold as one agent's deposit from `old` to `new`.
	pub(crate) fn move_deposit(owner: &T::AccountId, old: Balance, new: Balance) -> DispatchResult {
		match new.cmp(&old) {
			Ordering::Equal => Ok(()),
			Ordering::Greater => {
				let more = new.checked_sub(old).ok_or(ArithmeticError::Underflow)?;
				T::Currency::hold(&HoldReason::Deposit.into(), owner, more)
			},
			Ordering::Less => {
				let less = old.checked_sub(new).ok_or(ArithmeticError::Underflow)?;
				Self::release(HoldReason::Deposit, owner, less)
			},
		}
	}

	/// Gives `amount` on hold for `reason` back to `owner`, all of it or an error.
	pub(crate) fn release(
		reason: HoldReason,
		owner: &T::AccountId,
		amount: Balance,
	) -> DispatchResult {
		T::Currency::release(&reason.into(), owner, amount, Precision::Exact).map(|_| ())
	}
}

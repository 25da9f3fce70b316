//! What being registered and saying more costs, and moving it on and off hold.

use crate::*;
use aitbc_core::{AgentId, Balance, TagId};
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
/// both directions, a proposal for one, and an offer to another owner. Each has an account and an
/// agent id in key and value.
const ENTRIES_BESIDE_RECORD: usize = 5;

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

	/// What a capability's deposit is now, in plancks.
	///
	/// Its row is paid for from the start, so that taking work or none moves no deposit.
	pub fn capability_deposit() -> Balance {
		let entry = <(AgentId, TagId, Capability)>::max_encoded_len();
		let bytes = entry.saturating_add(CapabilityRow::max_encoded_len());
		T::StorageDeposit::convert(Footprint::from_parts(1, bytes))
	}

	/// What the deposit for a metadata entry with a key and a value of so many bytes is now, in
	/// plancks. Lengths beyond the bounds are priced as the bounds.
	pub fn metadata_deposit(key_length: u32, value_length: u32) -> Balance {
		let most = <(AgentId, MetadataKeyOf<T>, MetadataEntry<T>)>::max_encoded_len();
		let unused_key = T::MaxMetadataKeyLength::get().saturating_sub(key_length);
		let unused_value = T::MaxMetadataValueLength::get().saturating_sub(value_length);
		let unused = unused_key.saturating_add(unused_value).saturated_into();
		T::StorageDeposit::convert(Footprint::from_parts(1, most.saturating_sub(unused)))
	}

	/// What a card key's deposit is now, in plancks.
	pub fn card_key_deposit() -> Balance {
		T::StorageDeposit::convert(Footprint::from_mel::<(AgentId, EnrolledKey)>())
	}

	/// What the owner of `record` has on hold as deposit for all that the agent occupies.
	pub(crate) fn whole_deposit(record: &Agent<T>) -> Result<Balance, ArithmeticError> {
		record.deposit.checked_add(record.attachments).ok_or(ArithmeticError::Overflow)
	}

	/// Changes what the owner of `record` has on hold for one attachment from `old` to `new`. The
	/// caller stores `record`.
	pub(crate) fn move_attachment(
		record: &mut Agent<T>,
		old: Balance,
		new: Balance,
	) -> DispatchResult {
		let others = record.attachments.checked_sub(old).ok_or(ArithmeticError::Underflow)?;
		record.attachments = others.checked_add(new).ok_or(ArithmeticError::Overflow)?;
		Self::move_deposit(&record.owner, old, new)
	}

	/// The most that an agent with a card URI of `uri_length` bytes occupies in storage, without
	/// capabilities, metadata and card keys.
	///
	/// Its wallet, a proposal and an offer are paid for from the start, so that no call about them
	/// moves a deposit. An entry counts the values in its key as well, because an index is all key.
	fn footprint(uri_length: u32) -> Footprint {
		let unused = T::MaxUriLength::get().saturating_sub(uri_length).saturated_into();
		let record = <(AgentId, Agent<T>)>::max_encoded_len().saturating_sub(unused);
		let entry = <(T::AccountId, AgentId)>::max_encoded_len();
		let bytes = record.saturating_add(entry.saturating_mul(ENTRIES_BESIDE_RECORD));
		Footprint::from_parts(ENTRIES_BESIDE_RECORD.saturating_add(1), bytes)
	}

	/// Changes what `owner` has on hold as one deposit from `old` to `new`.
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

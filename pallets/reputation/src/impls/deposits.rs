//! What feedback and responses cost, and giving it back.

use crate::*;
use aitbc_core::{AgentId, Balance, FeedbackIndex};
use codec::MaxEncodedLen;
use frame_support::{
	traits::{fungible::MutateHold, tokens::Precision, Footprint, Get},
	BoundedVec,
};
use sp_runtime::{
	traits::{Convert, SaturatedConversion},
	DispatchResult,
};

/// A key and a value of feedback or of a response.
type Stored<T, Value> = (AgentId, <T as frame_system::Config>::AccountId, FeedbackIndex, Value);

impl<T: Config> Pallet<T> {
	/// The deposit for feedback with an endpoint and a URI of so many bytes, in plancks. A length
	/// beyond the bound is priced as the bound.
	pub(crate) fn deposit_for_feedback(endpoint_length: u32, uri_length: u32) -> Balance {
		let unused = Self::unused(endpoint_length).saturating_add(Self::unused(uri_length));
		let bytes = Stored::<T, FeedbackEntryOf<T>>::max_encoded_len().saturating_sub(unused);
		T::StorageDeposit::convert(Footprint::from_parts(1, bytes))
	}

	/// The deposit for feedback with this endpoint and this URI, in plancks.
	pub(crate) fn deposit_for_entry(
		endpoint: &BoundedVec<u8, T::MaxUriLength>,
		uri: &BoundedVec<u8, T::MaxUriLength>,
	) -> Balance {
		Self::deposit_for_feedback(endpoint.len().saturated_into(), uri.len().saturated_into())
	}

	/// The deposit for a response with a URI of so many bytes, in plancks. A length beyond the bound
	/// is priced as the bound.
	pub(crate) fn deposit_for_response(uri_length: u32) -> Balance {
		let unused = Self::unused(uri_length);
		let bytes = Stored::<T, Response<T>>::max_encoded_len().saturating_sub(unused);
		T::StorageDeposit::convert(Footprint::from_parts(1, bytes))
	}

	/// Gives `amount` on hold back to `payer`, all of it or an error.
	pub(crate) fn return_deposit(payer: &T::AccountId, amount: Balance) -> DispatchResult {
		let reason = HoldReason::Deposit.into();
		T::Currency::release(&reason, payer, amount, Precision::Exact).map(|_| ())
	}

	/// How many bytes a text of `length` bytes leaves free of the most that there may be.
	fn unused(length: u32) -> usize {
		T::MaxUriLength::get().saturating_sub(length).saturated_into()
	}
}

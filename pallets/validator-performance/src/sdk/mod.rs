//! Answers what the pallet asks, for a runtime with the SDK's BABE, sessions and staking.
//!
//! [`Sdk`] answers all of it. The pallet itself does not know these pallets.

#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod slots;
mod staking;

use core::marker::PhantomData;
use sp_runtime::traits::Convert;

/// The accounts of a runtime.
type AccountIdOf<T> = <T as frame_system::Config>::AccountId;

/// Answers for the pallets of the runtime `T`.
///
/// In the runtime, this pallet has to stand after pallet-session: BABE's epoch changes in the `on_initialize` of that.
pub struct Sdk<T>(PhantomData<T>);

/// A validator in an offence, where sessions are kept with nothing but their validators: with
/// `pallet_staking::UnitIdentificationOf`.
pub struct UnitIdentification;

impl<AccountId> Convert<AccountId, (AccountId, ())> for UnitIdentification {
	fn convert(validator: AccountId) -> (AccountId, ()) {
		(validator, ())
	}
}

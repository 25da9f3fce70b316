//! What benchmarks need of the SDK's pallets.

use super::{AccountIdOf, Sdk};
use crate::BenchmarkHelper;
use aitbc_core::Balance;
use alloc::vec::Vec;
use frame_benchmarking::BenchmarkError;
use pallet_staking::{testing_utils, ActiveEraInfo, EraRewardPoints, UnappliedSlash};
use sp_consensus_babe::{
	digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
	AuthorityIndex, Slot,
};
use sp_runtime::{traits::StaticLookup, DigestItem, Perbill};
use sp_staking::EraIndex;

/// The present era of benchmarks: more than are kept came before.
const ERA: EraIndex = 1_000;

/// What a validator bonds, as a multiple of the existential deposit.
const STAKE: u32 = 1_000;

impl<T> BenchmarkHelper<AccountIdOf<T>> for Sdk<T>
where
	T: pallet_babe::Config
		+ pallet_session::Config<ValidatorId = AccountIdOf<T>>
		+ pallet_staking::Config<CurrencyBalance = Balance>,
{
	fn validators(count: u32) -> Result<Vec<AccountIdOf<T>>, BenchmarkError> {
		testing_utils::clear_validators_and_nominators::<T>();
		pallet_staking::MinCommission::<T>::put(Perbill::zero());
		pallet_staking::MinValidatorBond::<T>::put(0);
		pallet_staking::MaxValidatorsCount::<T>::kill();
		pallet_staking::MinimumValidatorCount::<T>::put(1);
		let lookups = testing_utils::create_validators::<T>(count, STAKE)?;
		let validators = lookups
			.into_iter()
			.map(T::Lookup::lookup)
			.collect::<Result<Vec<_>, _>>()
			.map_err(|_| "a validator is an account")?;

		let session = pallet_session::CurrentIndex::<T>::get();
		pallet_session::Validators::<T>::put(&validators);
		pallet_staking::ActiveEra::<T>::put(ActiveEraInfo { index: ERA, start: Some(0) });
		pallet_staking::ErasStartSessionIndex::<T>::insert(ERA, session);
		pallet_staking::BondedEras::<T>::put(Vec::from([(ERA, session)]));
		let individual = validators.iter().map(|validator| (validator.clone(), 20)).collect();
		let points = EraRewardPoints { total: count.saturating_mul(20), individual };
		pallet_staking::ErasRewardPoints::<T>::insert(ERA, points);
		Ok(validators)
	}

	fn set_block(slot: Slot, author: AuthorityIndex) {
		pallet_babe::GenesisSlot::<T>::put(slot);
		pallet_babe::EpochIndex::<T>::put(0);
		pallet_babe::CurrentSlot::<T>::put(slot);
		let digest = SecondaryPlainPreDigest { authority_index: author, slot };
		frame_system::Pallet::<T>::deposit_log(DigestItem::babe_pre_digest(
			PreDigest::SecondaryPlain(digest),
		));
	}

	fn defer(due: EraIndex, validators: &[AccountIdOf<T>]) {
		let slash = |validator: &AccountIdOf<T>| UnappliedSlash {
			own: 1,
			..UnappliedSlash::default_from(validator.clone())
		};
		let slashes: Vec<_> = validators.iter().map(slash).collect();
		pallet_staking::UnappliedSlashes::<T>::insert(due, slashes);
	}
}

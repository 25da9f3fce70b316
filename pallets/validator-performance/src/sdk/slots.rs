//! BABE and pallet-session, asked for slots.

use super::{AccountIdOf, Sdk};
use crate::{Epoch, SlotInspect};
use frame_support::traits::Get;
use sp_consensus_babe::{
	digests::CompatibleDigestItem, AllowedSlots, AuthorityIndex, BabeEpochConfiguration, Slot,
};

impl<T> SlotInspect<AccountIdOf<T>> for Sdk<T>
where
	T: pallet_babe::Config + pallet_session::Config<ValidatorId = AccountIdOf<T>>,
{
	fn block() -> Option<(Slot, AuthorityIndex)> {
		let digest = frame_system::Pallet::<T>::digest();
		let author = digest.logs.iter().find_map(|item| item.as_babe_pre_digest())?;
		Some((author.slot(), author.authority_index()))
	}

	/// An epoch is a session, and BABE's authorities are its validators in the same order, all of the same weight:
	/// see `OneSessionHandler` of pallet-babe.
	fn epoch() -> Epoch<AccountIdOf<T>> {
		let has_secondary_authors = |config: BabeEpochConfiguration| {
			!matches!(config.allowed_slots, AllowedSlots::PrimarySlots)
		};
		Epoch {
			first: pallet_babe::Pallet::<T>::current_epoch_start(),
			length: T::EpochDuration::get(),
			validators: pallet_session::Validators::<T>::get(),
			disabled: pallet_session::Pallet::<T>::disabled_validators(),
			randomness: pallet_babe::Randomness::<T>::get(),
			has_secondary_authors: pallet_babe::EpochConfig::<T>::get()
				.is_some_and(has_secondary_authors),
		}
	}
}

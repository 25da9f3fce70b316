//! What the pallet answers.

use crate::*;
use aitbc_core::Balance;
use alloc::collections::BTreeMap;
use core::marker::PhantomData;
use sp_staking::{EraIndex, EraPayout, OnStakingUpdate};

/// Closes the era, and lets `Inner` say what it pays.
///
/// Staking asks for the pay when the last session of an era ends, in the block that begins the next one, while the
/// era is still the active one and nobody has been paid for it.
pub struct ClosesEra<T, Inner>(PhantomData<(T, Inner)>);

impl<T: Config, Money, Inner: EraPayout<Money>> EraPayout<Money> for ClosesEra<T, Inner> {
	fn era_payout(staked: Money, issuance: Money, millis: u64) -> (Money, Money) {
		Pallet::<T>::close_era();
		Inner::era_payout(staked, issuance, millis)
	}
}

impl<T: Config> OnStakingUpdate<T::AccountId, Balance> for Pallet<T> {
	/// Marks the first slash of `stash` that waits for the present era as applied.
	///
	/// Staking applies them in the order in which they were deferred. All that are due at a time are for one era, in
	/// which nobody was both validator and nominator, so what is taken from a validator is its own slash.
	fn on_slash(stash: &T::AccountId, _: Balance, _: &BTreeMap<EraIndex, Balance>, taken: Balance) {
		let mut history = SlashHistory::<T>::get(stash);
		let era = T::Validators::era();
		let waits = |record: &&mut SlashRecord<_>| record.state.waits_for(era);
		let Some(record) = history.iter_mut().find(waits) else { return };
		let before = T::Slashes::stake(stash);
		Self::applied(stash, record, era, (before, before.saturating_sub(taken)));
		SlashHistory::<T>::insert(stash, history);
	}
}

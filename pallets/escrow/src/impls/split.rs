//! The parties divide a milestone by agreement: offer, withdraw, accept.

use crate::{types::Money, *};
use aitbc_core::{Balance, ContractId};
use aitbc_traits::DeadlineClock;
use frame_support::ensure;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// See [`Pallet::offer_split`].
	pub(crate) fn do_offer_split(
		caller: T::AccountId,
		contract: ContractId,
		index: MilestoneIndex,
		provider_share: Balance,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		let by = record.party(&caller).ok_or(Error::<T>::NotParty)?;
		let milestone = Self::outstanding(record.money()?.funded, index)?;
		ensure!(provider_share <= milestone.amount, Error::<T>::ShareTooLarge);
		let offer = milestone.state.offer_mut().ok_or(Error::<T>::MilestoneConcluded)?;

		*offer = Some(SplitOffer { by, provider_share });
		Contracts::<T>::insert(contract, record);
		Self::deposit_event(Event::SplitOffered { contract, milestone: index, by, provider_share });
		Ok(())
	}

	/// See [`Pallet::withdraw_split`].
	pub(crate) fn do_withdraw_split(
		caller: T::AccountId,
		contract: ContractId,
		index: MilestoneIndex,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		let by = record.party(&caller).ok_or(Error::<T>::NotParty)?;
		let milestone = Self::outstanding(record.money()?.funded, index)?;
		let offer = milestone.state.offer_mut().ok_or(Error::<T>::SplitNotFound)?;
		ensure!(offer.is_some_and(|offer| offer.by == by), Error::<T>::SplitNotFound);

		*offer = None;
		Contracts::<T>::insert(contract, record);
		Self::deposit_event(Event::SplitWithdrawn { contract, milestone: index });
		Ok(())
	}

	/// See [`Pallet::accept_split`].
	pub(crate) fn do_accept_split(
		caller: T::AccountId,
		contract: ContractId,
		index: MilestoneIndex,
		expected: Balance,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		let party = record.party(&caller).ok_or(Error::<T>::NotParty)?;
		let Money { client, provider, fee_rate, funded, .. } = record.money()?;
		let milestone = Self::outstanding(funded, index)?;
		let SplitOffer { by, provider_share: released } =
			milestone.state.offer().ok_or(Error::<T>::SplitNotFound)?;
		ensure!(by == party.other(), Error::<T>::OwnSplit);
		ensure!(released == expected, Error::<T>::SplitMismatch);

		let on_time = milestone.is_in_time(T::Clock::now());
		let fee = fee_rate.mul_ceil(released);
		let (fee, refunded) =
			Self::divide(contract, client, provider, milestone.amount, released, fee);
		milestone.state = MilestoneState::Split { released, fee, on_time };
		Self::deposit_event(Event::MilestoneSplit {
			contract,
			milestone: index,
			released,
			fee,
			refunded,
			on_time,
		});
		Self::store_or_close(contract, record);
		Ok(())
	}
}

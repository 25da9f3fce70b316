//! The provider commits itself: start.

use crate::{types::Money, *};
use aitbc_core::ContractId;
use aitbc_traits::DeadlineClock;
use frame_support::ensure;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// See [`Pallet::start`].
	pub(crate) fn do_start(caller: T::AccountId, contract: ContractId) -> DispatchResult {
		let record = Self::contract_record(contract)?;
		ensure!(caller == record.provider, Error::<T>::NotProvider);
		ensure!(record.job.is_none(), Error::<T>::Controlled);
		Self::start_record(contract, record)
	}

	/// The provider of `record` starts.
	pub(crate) fn start_record(contract: ContractId, mut record: Contract<T>) -> DispatchResult {
		let funded = record.money()?.funded;
		ensure!(funded.started().is_none(), Error::<T>::AlreadyStarted);
		let now = T::Clock::now();
		let has_time = match &funded.progress {
			Progress::Milestones(milestones) => {
				milestones.iter().any(|one| one.state.is_pending() && now <= one.due)
			},
			Progress::Stream(stream) => now < stream.until,
			Progress::Metered(meter) => now <= meter.terms.until,
		};
		ensure!(has_time, Error::<T>::DuePassed);

		Self::note_start(contract, record.money()?)?;
		Contracts::<T>::insert(contract, record);
		Ok(())
	}

	/// The provider starts now, unless it did before. The caller stores the contract.
	pub(crate) fn note_start(contract: ContractId, money: Money<T>) -> DispatchResult {
		let Money { client, provider, funded, .. } = money;
		if funded.started().is_some() {
			return Ok(());
		}
		let at = T::Clock::now();
		if funded.commitment == Commitment::None {
			Self::begin_business(provider, client, at)?;
		}
		funded.start(at);
		Self::deposit_event(Event::ContractStarted { contract, at });
		Ok(())
	}
}

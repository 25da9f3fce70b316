//! Money for time: settle, top up.

use crate::{types::Money, *};
use aitbc_core::{Balance, ContractId};
use aitbc_traits::DeadlineClock;
use frame_support::ensure;
use sp_runtime::{ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::settle_stream`].
	pub(crate) fn do_settle_stream(contract: ContractId) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		let stream = record.money()?.funded.stream_mut()?;
		ensure!(stream.dispute.is_none(), Error::<T>::UnderDispute);
		ensure!(stream.settled_at.is_some(), Error::<T>::NotStarted);
		ensure!(stream.earned(T::Clock::now()) > 0, Error::<T>::NothingEarned);

		Self::pay_earned(contract, record.money()?)?;
		Contracts::<T>::insert(contract, record);
		Ok(())
	}

	/// See [`Pallet::top_up`].
	pub(crate) fn do_top_up(
		caller: T::AccountId,
		contract: ContractId,
		amount: Balance,
	) -> DispatchResult {
		let mut record = Self::contract_record(contract)?;
		let now = T::Clock::now();
		let stream = *record.money()?.funded.stream_mut()?;
		ensure!(stream.dispute.is_none(), Error::<T>::UnderDispute);
		ensure!(amount > 0, Error::<T>::AmountZero);
		let earned = stream.earned(now);
		let held = stream
			.held
			.checked_sub(earned)
			.and_then(|left| left.checked_add(amount))
			.ok_or(ArithmeticError::Overflow)?;
		// All that the stream will ever have paid must be a balance.
		let paid = stream.paid.checked_add(earned).ok_or(ArithmeticError::Overflow)?;
		paid.checked_add(held).ok_or(ArithmeticError::Overflow)?;
		ensure!(held <= stream.capacity(now), Error::<T>::TopUpUnusable);
		Self::hold_from(&caller, &record.client, amount)?;

		Self::pay_earned(contract, record.money()?)?;
		record.money()?.funded.stream_mut()?.top_up(amount, now);
		Contracts::<T>::insert(contract, record);
		Self::deposit_event(Event::StreamToppedUp { contract, by: caller, amount, held });
		Ok(())
	}

	/// Pays what a stream has earned and was not paid yet. Nothing happens if that is nothing. The
	/// caller stores the contract.
	pub(crate) fn pay_earned(contract: ContractId, money: Money<T>) -> Result<(), Error<T>> {
		let Money { client, provider, fee_rate, funded, .. } = money;
		let stream = funded.stream_mut()?;
		let (amount, fee) = stream.settle(T::Clock::now(), fee_rate);
		let Some(settled_at) = stream.settled_at.filter(|_| amount > 0) else { return Ok(()) };
		let fee = Self::pay_for_work(contract, client, provider, amount, fee);
		// What is taken is a part of what is paid, so their sums don't saturate.
		stream.fee = stream.fee.saturating_add(fee);
		let held = stream.held;
		let provider = provider.clone();
		Self::deposit_event(Event::StreamPaid {
			contract,
			provider,
			amount,
			fee,
			settled_at,
			held,
		});
		if held == 0 {
			Self::deposit_event(Event::StreamPaused { contract, at: settled_at });
		}
		Ok(())
	}
}

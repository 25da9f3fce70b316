//! Points, and what they earn.

use crate::*;
use aitbc_core::Balance;
use aitbc_traits::ReporterInspect;
use frame_support::{
	ensure,
	traits::{fungible::Mutate, tokens::Preservation, Get},
};
use sp_arithmetic::{helpers_128bit::multiply_by_rational_with_rounding, per_things::Rounding};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Gives `reporter` so many points in the era that they are counted in.
	pub(crate) fn earn(reporter: &T::AccountId, points: u32) {
		let Some(span) = EraSpan::<T>::get() else { return };
		let era = span.present;
		// An account's points are at most those of the era, which are fewer than 2^64; of one account
		// they come to a few thousand.
		Points::<T>::mutate(era, reporter, |own| *own = own.saturating_add(points));
		Eras::<T>::mutate(era, |pay| {
			let pay = pay.get_or_insert_default();
			pay.points = pay.points.saturating_add(points.into());
		});
	}

	/// Closes the era that points were counted in if it is over, and lets the oldest one expire if it is
	/// time. Says how many reporters had points in that.
	pub(crate) fn turn_era() -> u32 {
		let era = T::Reporters::era();
		let Some(mut span) = EraSpan::<T>::get() else {
			EraSpan::<T>::put(Span { oldest: era, present: era });
			return 0;
		};
		if span.present < era {
			Self::close_era(span.present);
			span.present = era;
		}
		let mut expired = 0;
		if span.oldest.saturating_add(T::ClaimEras::get()) < era {
			expired = Self::expire_era(span.oldest);
			span.oldest = span.oldest.saturating_add(1);
		}
		EraSpan::<T>::put(span);
		expired
	}

	/// Sets aside what the points of `era` share.
	fn close_era(era: EraIndex) {
		let Some(mut pay) = Eras::<T>::get(era) else { return };
		let pot = Self::pot().min(T::EraPot::get());
		pay.pot = Some(pot);
		SetAside::<T>::mutate(|sum| *sum = sum.saturating_add(pot));
		Eras::<T>::insert(era, pay);
		Self::deposit_event(Event::EraClosed { era, points: pay.points, pot });
	}

	/// Lets nobody claim of `era` any more, and says how many reporters had points in it.
	fn expire_era(era: EraIndex) -> u32 {
		let Some(pay) = Eras::<T>::take(era) else { return 0 };
		let unclaimed = pay.unpaid();
		SetAside::<T>::mutate(|sum| *sum = sum.saturating_sub(unclaimed));
		let removed = Points::<T>::clear_prefix(era, u32::MAX, None).unique;
		Self::deposit_event(Event::EraExpired { era, unclaimed });
		removed
	}

	/// See [`Pallet::claim`].
	pub(crate) fn do_claim(era: EraIndex, reporter: T::AccountId) -> DispatchResult {
		let mut pay = Eras::<T>::get(era).ok_or(Error::<T>::EraNotFound)?;
		let pot = pay.pot.ok_or(Error::<T>::EraNotOver)?;
		let points = Points::<T>::get(era, &reporter);
		ensure!(points > 0, Error::<T>::NothingToClaim);
		let amount = share(pot, points, pay.points);
		if amount > 0 {
			let from = Self::pot_account();
			T::Currency::transfer(&from, &reporter, amount, Preservation::Preserve)
				.map_err(|_| Error::<T>::PayeeNotCreditable)?;
		}

		Points::<T>::remove(era, &reporter);
		SetAside::<T>::mutate(|sum| *sum = sum.saturating_sub(amount));
		pay.paid = pay.paid.saturating_add(amount);
		Eras::<T>::insert(era, pay);
		Self::deposit_event(Event::RewardPaid { era, reporter, points, amount });
		Ok(())
	}

	/// What `reporter` can claim of `era`, unless it has no points in it.
	pub(crate) fn claimable_in(era: EraIndex, reporter: &T::AccountId) -> Option<Claimable> {
		let points = Points::<T>::get(era, reporter);
		let pay = Eras::<T>::get(era).filter(|_| points > 0)?;
		let amount = pay.pot.map(|pot| share(pot, points, pay.points));
		Some(Claimable { era, points, amount })
	}
}

/// What `points` of `total` are worth of `pot`, in plancks, rounded down.
fn share(pot: Balance, points: u32, total: u64) -> Balance {
	multiply_by_rational_with_rounding(pot, points.into(), total.into(), Rounding::Down)
		.unwrap_or_default()
}

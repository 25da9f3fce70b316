//! Whether an agreement is one that can be kept.

use crate::*;
use aitbc_core::{Approvers, Balance, BlockNumber, PaymentTerms};
use aitbc_traits::{DeadlineClock, RebateInspect};
use frame_support::{
	ensure,
	traits::{fungible::Inspect, Get},
	BoundedVec,
};
use sp_runtime::{
	traits::{SaturatedConversion, Saturating},
	ArithmeticError, DispatchError, Perbill,
};

impl<T: Config> Pallet<T> {
	/// Checks that `provider` can work for `client` and be paid.
	pub(crate) fn ensure_provider(
		client: &T::AccountId,
		provider: &T::AccountId,
	) -> Result<(), Error<T>> {
		ensure!(client != provider, Error::<T>::ProviderIsClient);
		let owned = T::Currency::total_balance(provider);
		ensure!(owned >= T::Currency::minimum_balance(), Error::<T>::ProviderNotFound);
		Ok(())
	}

	/// Checks that the client will have time to review, and not for ever.
	pub(crate) fn ensure_review_period(review_period: BlockNumber) -> Result<(), Error<T>> {
		ensure!(review_period >= T::MinReviewPeriod::get(), Error::<T>::ReviewPeriodTooShort);
		ensure!(review_period <= T::MaxReviewPeriod::get(), Error::<T>::ReviewPeriodTooLong);
		Ok(())
	}

	/// Checks how a contract is to pay: that there is something to pay for, how many milestones
	/// there are, and that all of it together is a balance.
	pub(crate) fn checked_payment(
		payment: PaymentTerms<T::AccountId>,
	) -> Result<Payment<T>, DispatchError> {
		let payment = match payment {
			PaymentTerms::Milestones(milestones) => {
				ensure!(!milestones.is_empty(), Error::<T>::NoMilestones);
				let milestones =
					BoundedVec::try_from(milestones).map_err(|_| Error::<T>::TooManyMilestones)?;
				Payment::Milestones(milestones)
			},
			PaymentTerms::Stream(terms) => {
				ensure!(terms.rate > 0, Error::<T>::RateZero);
				Payment::Stream(terms)
			},
			PaymentTerms::Metered(terms) => {
				ensure!(terms.unit_price > 0, Error::<T>::UnitPriceZero);
				ensure!(terms.units > 0, Error::<T>::UnitsZero);
				Payment::Metered(terms)
			},
		};
		Self::total(&payment)?;
		Ok(payment)
	}

	/// Checks that each milestone, or all of a stream or a meter, net of its fee, could be paid to
	/// an empty account.
	pub(crate) fn ensure_payable(
		payment: &Payment<T>,
		fee_rate: Perbill,
	) -> Result<(), DispatchError> {
		let minimum = T::Currency::minimum_balance();
		let ensure_one = |amount: Balance| -> Result<(), DispatchError> {
			ensure!(amount > 0, Error::<T>::AmountZero);
			let net = amount.saturating_sub(fee_rate.mul_ceil(amount));
			ensure!(net >= minimum, Error::<T>::AmountTooSmall);
			Ok(())
		};
		match payment {
			Payment::Milestones(milestones) => {
				milestones.iter().try_for_each(|terms| ensure_one(terms.amount))
			},
			Payment::Stream(_) | Payment::Metered(_) => ensure_one(Self::total(payment)?),
		}
	}

	/// Checks that each milestone is due, or the stream or the meter ends, in the future, and in
	/// time.
	pub(crate) fn ensure_ends(payment: &Payment<T>) -> Result<(), Error<T>> {
		let now = T::Clock::now();
		let latest = now.saturating_add(T::MaxDuration::get());
		let ensure_one = |end: BlockNumber| {
			ensure!(end > now, Error::<T>::DueNotInFuture);
			ensure!(end <= latest, Error::<T>::DueTooFar);
			Ok(())
		};
		match payment {
			Payment::Milestones(milestones) => {
				milestones.iter().try_for_each(|terms| ensure_one(terms.due))
			},
			Payment::Stream(terms) => ensure_one(terms.until),
			Payment::Metered(terms) => ensure_one(terms.until),
		}
	}

	/// Checks that approvers can be of use, are others than the parties, and are each there once.
	pub(crate) fn checked_approvers(
		approvers: Approvers<T::AccountId>,
		payment: &Payment<T>,
		parties: [&T::AccountId; 2],
	) -> Result<ApproverSet<T>, Error<T>> {
		ensure!(matches!(payment, Payment::Milestones(_)), Error::<T>::ApproversNotUsable);
		let Approvers { accounts, threshold } = approvers;
		ensure!(!accounts.is_empty(), Error::<T>::NoApprovers);
		let accounts = BoundedVec::try_from(accounts).map_err(|_| Error::<T>::TooManyApprovers)?;
		let count: u32 = accounts.len().saturated_into();
		ensure!((1..=count).contains(&threshold), Error::<T>::ThresholdInvalid);
		ensure!(!accounts.iter().any(|one| parties.contains(&one)), Error::<T>::ApproverIsParty);
		let approvers = ApproverSet { accounts, threshold };
		// Each account is found where it stands, unless it stands somewhere before as well.
		let is_first = |(place, one)| approvers.place(one) == Some(place);
		ensure!((0..count).zip(&approvers.accounts).all(is_first), Error::<T>::DuplicateApprover);
		Ok(approvers)
	}

	/// What funding takes to pay out, in plancks.
	pub(crate) fn total(payment: &Payment<T>) -> Result<Balance, ArithmeticError> {
		payment.total().ok_or(ArithmeticError::Overflow)
	}

	/// The protocol's share of what `provider` will be paid, less what it is spared, rounded up.
	pub(crate) fn fee_rate_for(provider: &T::AccountId) -> Perbill {
		let kept = Perbill::one().saturating_sub(T::Rebate::rebate(provider));
		Perbill::from_parts(kept.mul_ceil(T::FeeRate::get().deconstruct()))
	}
}

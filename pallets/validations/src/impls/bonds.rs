//! What becomes of the bond behind a hard answer.

use crate::*;
use aitbc_core::{Balance, BlockNumber, ValidationId};
use aitbc_traits::DeadlineClock;
use frame_support::{ensure, traits::Get};
use sp_runtime::DispatchResult;

/// A hard answer, and the validation that it answers.
pub(crate) struct HardAnswer<T: Config> {
	/// The validation.
	pub(crate) record: ValidationOf<T>,
	/// What the validator said.
	pub(crate) answer: Answer<UriOf<T>>,
	/// Who said so, and has the bond on hold.
	pub(crate) wallet: T::AccountId,
}

impl<T: Config> HardAnswer<T> {
	/// The hard answer of `record` and what became of its bond, if there is one.
	pub(crate) fn of(record: ValidationOf<T>) -> Option<(Self, BondOf<T>)> {
		let ValidationState::Hard { answer, wallet, bond } = record.state.clone() else {
			return None;
		};
		Some((Self { record, answer, wallet }, bond))
	}

	/// Stores what became of the bond.
	pub(crate) fn store(self, validation: ValidationId, bond: BondOf<T>) {
		let Self { mut record, answer, wallet } = self;
		record.state = ValidationState::Hard { answer, wallet, bond };
		Validations::<T>::insert(validation, record);
	}

	/// Stores that the bond is not held any more, and that the validator is done with the validation.
	pub(crate) fn conclude(self, validation: ValidationId, bond: BondOf<T>) {
		Pallet::<T>::count_open_down(self.record.validator);
		self.store(validation, bond);
	}
}

/// A bond that is held and not disputed.
pub(crate) struct HeldBond<T: Config> {
	/// The answer behind which it stands.
	pub(crate) hard: HardAnswer<T>,
	/// How much, in plancks.
	pub(crate) amount: Balance,
	/// From when on the answer may be disputed, in active blocks.
	pub(crate) from: BlockNumber,
	/// From when on the bond may be released, in active blocks.
	pub(crate) until: BlockNumber,
}

impl<T: Config> Pallet<T> {
	/// See [`Pallet::release_bond`].
	pub(crate) fn do_release_bond(validation: ValidationId) -> DispatchResult {
		let HeldBond { hard, amount, until, .. } = Self::held_bond(validation)?;
		ensure!(until <= T::Clock::now(), Error::<T>::ChallengePeriodNotElapsed);
		Self::give_back(HoldReason::Bond, &hard.wallet, amount)?;

		let wallet = hard.wallet.clone();
		hard.conclude(validation, Bond::Released);
		Self::deposit_event(Event::BondReleased { validation, wallet, bond: amount });
		Ok(())
	}

	/// See [`Pallet::slash`].
	pub(crate) fn do_slash(validation: ValidationId) -> DispatchResult {
		let HeldBond { hard, amount, .. } = Self::held_bond(validation)?;
		Self::pay(HoldReason::Bond, &hard.wallet, &T::SlashReceiver::get(), amount)?;

		Self::count_overturned(&hard.record, &hard.answer.score);
		let wallet = hard.wallet.clone();
		hard.conclude(validation, Bond::Slashed);
		Self::deposit_event(Event::AnswerOverturned {
			validation,
			case: None,
			wallet,
			bond: amount,
			rewarded: 0,
			returned: 0,
		});
		Ok(())
	}

	/// The bond of the validation with the id `validation`, if it is held and not disputed.
	pub(crate) fn held_bond(validation: ValidationId) -> Result<HeldBond<T>, Error<T>> {
		let record = Self::record(validation)?;
		let (hard, bond) = HardAnswer::of(record).ok_or(Error::<T>::NotAnswered)?;
		match bond {
			Bond::Held { amount, from, until } => Ok(HeldBond { hard, amount, from, until }),
			Bond::Disputed { .. } => Err(Error::<T>::UnderDispute),
			Bond::Released | Bond::Slashed => Err(Error::<T>::BondNotHeld),
		}
	}
}

//! What becomes of the bond behind a hard answer.

use crate::*;
use aitbc_core::{Balance, BlockNumber, ValidationId};
use aitbc_traits::DeadlineClock;
use frame_support::{ensure, traits::Get};
use sp_runtime::DispatchResult;

/// A bond that is still held, and the validation that it is held for.
struct HeldBond<T: Config> {
	record: ValidationOf<T>,
	answer: Answer<UriOf<T>>,
	wallet: T::AccountId,
	amount: Balance,
	until: BlockNumber,
}

impl<T: Config> Pallet<T> {
	/// See [`Pallet::release_bond`].
	pub(crate) fn do_release_bond(validation: ValidationId) -> DispatchResult {
		let held = Self::held_bond(validation)?;
		ensure!(held.until <= T::Clock::now(), Error::<T>::ChallengePeriodNotElapsed);
		Self::give_back(HoldReason::Bond, &held.wallet, held.amount)?;

		let (wallet, bond) = (held.wallet.clone(), held.amount);
		Self::conclude(validation, held, Bond::Released);
		Self::deposit_event(Event::BondReleased { validation, wallet, bond });
		Ok(())
	}

	/// Takes the bond behind a hard answer, once, and overturns the answer, on behalf of whoever
	/// ruled so. See [`Pallet::slash`].
	///
	/// Changes nothing if it fails.
	pub fn do_slash(validation: ValidationId) -> DispatchResult {
		let held = Self::held_bond(validation)?;
		Self::pay(HoldReason::Bond, &held.wallet, &T::SlashReceiver::get(), held.amount)?;

		Self::count_overturned(&held.record, &held.answer.score);
		let (wallet, bond) = (held.wallet.clone(), held.amount);
		Self::conclude(validation, held, Bond::Slashed);
		Self::deposit_event(Event::AnswerOverturned { validation, wallet, bond });
		Ok(())
	}

	/// The bond of the validation with the id `validation`, if it is at risk.
	fn held_bond(validation: ValidationId) -> Result<HeldBond<T>, Error<T>> {
		let record = Self::record(validation)?;
		let ValidationState::Hard { answer, wallet, bond } = record.state.clone() else {
			return Err(Error::<T>::NotAnswered);
		};
		let Bond::Held { amount, until } = bond else { return Err(Error::<T>::BondNotHeld) };
		Ok(HeldBond { record, answer, wallet, amount, until })
	}

	/// Stores what became of the bond, and that the validator is done with the validation.
	fn conclude(validation: ValidationId, held: HeldBond<T>, bond: Bond) {
		let HeldBond { mut record, answer, wallet, .. } = held;
		Self::count_open_down(record.validator);
		record.state = ValidationState::Hard { answer, wallet, bond };
		Validations::<T>::insert(validation, record);
	}
}

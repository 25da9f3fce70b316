//! A ruling on a hard answer: dispute, and what a ruling does.

use super::bonds::{HardAnswer, HeldBond};
use crate::*;
use aitbc_core::{
	AgentId, Balance, BlockNumber, CaseId, Party, Ruling, Sides, Subject, Tenths, ValidationId,
};
use aitbc_traits::{AgentInspect, Arbitration, Complaint, DeadlineClock};
use frame_support::{ensure, traits::Get};
use sp_runtime::{DispatchResult, Perbill};

/// The most of a bond that a ruling may give the challenger and still uphold the answer. A case that
/// nobody decides is split like this.
const UPHELD_UP_TO: Perbill = Perbill::from_percent(50);

/// A bond that waits for a ruling.
struct DisputedBond<T: Config> {
	/// The answer behind which it stands.
	hard: HardAnswer<T>,
	/// How much, in plancks.
	amount: Balance,
	/// Who challenges the answer.
	challenger: T::AccountId,
	/// How much is left of the challenge period, in active blocks.
	left: BlockNumber,
}

impl<T: Config> Pallet<T> {
	/// See [`Pallet::dispute`].
	pub(crate) fn do_dispute(caller: T::AccountId, validation: ValidationId) -> DispatchResult {
		let HeldBond { hard, amount, from, until } = Self::held_bond(validation)?;
		let now = T::Clock::now();
		ensure!(from <= now, Error::<T>::ChallengeTooEarly);
		let left = until.saturating_sub(now);
		ensure!(left > 0, Error::<T>::ChallengeTooLate);
		let (validator, wallet) = (hard.record.validator, hard.wallet.clone());
		Self::ensure_may_challenge(&caller, validator, &wallet)?;
		let case = T::Arbitration::open_case(Complaint {
			subject: Subject::Validation(validation),
			parties: Sides { client: caller.clone(), provider: wallet },
			agent: Some(validator),
			opener: Party::Client,
			claim: Tenths::ALL,
			value: amount,
		})?;

		let challenger = caller.clone();
		hard.store(validation, Bond::Disputed { amount, challenger, case, left });
		Self::deposit_event(Event::AnswerDisputed {
			validation,
			case,
			challenger: caller,
			bond: amount,
		});
		Ok(())
	}

	/// Checks that `caller` does not challenge itself: it is not behind `validator`, and not `wallet`,
	/// which answered.
	///
	/// It sees accounts, not people. A friend gains nothing by a challenge: see the README.
	fn ensure_may_challenge(
		caller: &T::AccountId,
		validator: AgentId,
		wallet: &T::AccountId,
	) -> Result<(), Error<T>> {
		let owner = T::Agents::owner(validator);
		let working_as = T::Agents::wallet(validator);
		let is_behind = [owner.as_ref(), working_as.as_ref(), Some(wallet)].contains(&Some(caller));
		ensure!(!is_behind, Error::<T>::ConflictOfInterest);
		Ok(())
	}

	/// Executes `ruling` of `case` on the answer of `validation`, or says why it is not about one.
	pub(crate) fn rule(
		validation: ValidationId,
		case: CaseId,
		ruling: &Ruling,
	) -> Result<(), &'static str> {
		let disputed = Self::disputed_bond(validation, case)?;
		if ruling.client > UPHELD_UP_TO {
			Self::overturn(validation, case, disputed, ruling.client);
		} else {
			Self::uphold(validation, case, disputed);
		}
		Ok(())
	}

	/// The bond of `validation` that waits for the ruling of `case`.
	fn disputed_bond(
		validation: ValidationId,
		case: CaseId,
	) -> Result<DisputedBond<T>, &'static str> {
		let record = Validations::<T>::get(validation).ok_or("the validation is erased")?;
		let (hard, bond) = HardAnswer::of(record).ok_or("there is no hard answer")?;
		let Bond::Disputed { amount, challenger, case: expected, left } = bond else {
			return Err("the answer is not under dispute");
		};
		ensure!(expected == case, "another case decides about the answer");
		Ok(DisputedBond { hard, amount, challenger, left })
	}

	/// Lets the challenge period go on. Nobody may challenge in this block again, so that everybody
	/// can be next.
	fn uphold(validation: ValidationId, case: CaseId, disputed: DisputedBond<T>) {
		let DisputedBond { hard, amount, left, .. } = disputed;
		let from = T::Clock::now().saturating_add(1);
		let until = from.saturating_add(left);
		hard.store(validation, Bond::Held { amount, from, until });
		Self::deposit_event(Event::AnswerUpheld { validation, case, from, until });
	}

	/// Takes `share` of the bond, for the challenger and the treasury, and overturns the answer.
	fn overturn(validation: ValidationId, case: CaseId, disputed: DisputedBond<T>, share: Perbill) {
		let DisputedBond { hard, amount, challenger, .. } = disputed;
		let HardAnswer { record, answer, wallet } = &hard;
		let due = share.mul_floor(amount);
		let reward = T::ChallengerShare::get().mul_floor(due);
		let rewarded = Self::pay_if_creditable(wallet, &challenger, reward);
		let rest = due.saturating_sub(rewarded);
		let forfeited = Self::pay_if_creditable(wallet, &T::SlashReceiver::get(), rest);
		let bond = rewarded.saturating_add(forfeited);
		let returned = Self::return_bond(wallet, amount.saturating_sub(bond));

		Self::count_overturned(record, &answer.score);
		let wallet = wallet.clone();
		hard.conclude(validation, Bond::Slashed);
		Self::deposit_event(Event::AnswerOverturned {
			validation,
			case: Some(case),
			wallet,
			bond,
			rewarded,
			returned,
		});
	}
}

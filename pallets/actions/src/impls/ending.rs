//! How actions end, and what that changes.

use crate::*;
use aitbc_audit::Event as Logged;
use aitbc_core::{ActionId, Balance, BlockNumber, KindId, Target};
use aitbc_traits::WholeHold;
use frame_support::traits::Get;

impl<T: Config> Pallet<T> {
	/// Ends an action, whether it was begun or not.
	pub(crate) fn end(id: ActionId, action: ActionOf<T>, outcome: Outcome) {
		if action.state.is_under_way() {
			return Self::end_begun(id, action, outcome);
		}
		Self::close(id, action, outcome);
	}

	/// Ends an action that was begun: its target is free, and cools down; its outcome counts.
	pub(crate) fn end_begun(id: ActionId, action: ActionOf<T>, outcome: Outcome) {
		let order = &action.order;
		Self::free_executor(&action);
		UnderAction::<T>::remove(&order.target);
		if matches!(order.target, Target::Validator(_)) {
			ValidatorsUnderAction::<T>::mutate(|count| *count = count.saturating_sub(1));
		}
		Self::cool_down(order.kind, &order.target, action.terms.cooldown);
		if outcome == Outcome::Unjudged {
			Self::log_by_chain(Logged::ActionUnjudged, id, &action, &[]);
		}
		Self::count_outcome(&action, outcome);
		Self::count_for_breakers(&action, outcome);
		Self::close(id, action, outcome);
	}

	/// Ends a note, which nobody began.
	pub(crate) fn finish_note(id: ActionId, action: ActionOf<T>) {
		let returned = 0;
		Self::enter_end(id, action, Outcome::Noted);
		Self::deposit_event(Event::ActionEnded { action: id, outcome: Outcome::Noted, returned });
	}

	/// Returns the deposit of an open action, or takes it, and stores how it ended.
	fn close(id: ActionId, mut action: ActionOf<T>, outcome: Outcome) {
		let returned = match &mut action.source {
			Source::Account { who, deposit, .. } => {
				OpenCount::<T>::mutate_exists(&*who, |count| {
					let left = count.unwrap_or_default().saturating_sub(1);
					*count = Some(left).filter(|left| *left > 0);
				});
				let held = core::mem::take(deposit);
				Self::settle_deposit(who, held, outcome)
			},
			Source::Anomaly => {
				OpenReflexes::<T>::remove(action.order.kind, &action.order.target);
				0
			},
			Source::Rollback(_) => 0,
		};
		Self::enter_end(id, action, outcome);
		Self::deposit_event(Event::ActionEnded { action: id, outcome, returned });
	}

	/// Gives a deposit back, or to the treasury if it was for spam, and says how much was given back.
	fn settle_deposit(who: &T::AccountId, held: Balance, outcome: Outcome) -> Balance {
		let (reason, receiver) = (HoldReason::Deposit.into(), T::SpamReceiver::get());
		if outcome == Outcome::Spam {
			match T::Currency::pay_whole(&reason, who, &receiver, held) {
				Ok(()) => return 0,
				Err(error) => log::error!(
					target: LOG_TARGET,
					"{held} plancks for spam return to {who:?}: the treasury can't take them: \
					 {error:?}",
				),
			}
		}
		T::Currency::return_or_sweep(&reason, who, held, &receiver).unwrap_or_else(|error| {
			log::error!(target: LOG_TARGET, "{held} plancks stay on hold on {who:?}: {error:?}");
			0
		})
	}

	fn enter_end(id: ActionId, action: ActionOf<T>, outcome: Outcome) {
		let at = Self::now();
		// The cooldown is forgotten with it.
		let kept = T::KeptBlocks::get().max(action.terms.cooldown).max(1);
		let until = at.saturating_add(kept);
		Self::enter(id, action, State::Ended { outcome, at, until });
	}

	/// Leaves `target` alone by this kind for `length` blocks.
	pub(crate) fn cool_down(kind: KindId, target: &Target<T::AccountId>, length: BlockNumber) {
		if length == 0 {
			return;
		}
		let until = Self::now().saturating_add(length);
		Cooldowns::<T>::insert(kind, target, until);
	}

	/// Counts what an action came to for the agent that recommended it, and the model that had the idea.
	fn count_outcome(action: &ActionOf<T>, outcome: Outcome) {
		let (Some(idea), Source::Account { agent: Some(Recommender { id, .. }), .. }) =
			(&action.idea, &action.source)
		else {
			return;
		};
		let key = (action.order.kind, *id, &idea.model);
		let mut record = TrackRecords::<T>::get(key).unwrap_or_default();
		let count = match outcome {
			Outcome::Helped => &mut record.helped,
			Outcome::NoEffect => &mut record.no_effect,
			Outcome::Worse => &mut record.worse,
			Outcome::Unjudged => &mut record.unjudged,
			Outcome::Failed => &mut record.failed,
			Outcome::Unknown => &mut record.unknown,
			Outcome::Noted
			| Outcome::Vetoed
			| Outcome::Spam
			| Outcome::Expired
			| Outcome::Refuted => return,
		};
		*count = count.saturating_add(1);
		TrackRecords::<T>::insert(key, record);
	}

	/// Forgets an action that ended long ago, and its cooldown, if that is over.
	pub(crate) fn forget(id: ActionId, action: &ActionOf<T>) {
		let order = &action.order;
		let is_over = |until: &BlockNumber| *until <= Self::now();
		if Cooldowns::<T>::get(order.kind, &order.target).as_ref().is_some_and(is_over) {
			Cooldowns::<T>::remove(order.kind, &order.target);
		}
		Agenda::<T>::remove(action.due(), id);
		Actions::<T>::remove(id);
		Self::pass_forgotten();
		Self::deposit_event(Event::ActionForgotten { action: id });
	}

	/// Moves [`OldestActionId`] over actions that are forgotten.
	fn pass_forgotten() {
		let mut oldest = OldestActionId::<T>::get();
		let next = NextActionId::<T>::get();
		for _ in 0..MAX_PASSED {
			if oldest >= next || Actions::<T>::contains_key(oldest) {
				break;
			}
			let Some(later) = oldest.next() else { break };
			oldest = later;
		}
		OldestActionId::<T>::put(oldest);
	}
}

//! Approving, and stopping what waits.

use super::logging::By;
use crate::*;
use aitbc_audit::Event as Logged;
use aitbc_core::{ActionId, DocumentHash};
use frame_support::ensure;
use sp_runtime::{traits::SaturatedConversion, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Whether `action` has the approvals that its kind, and a breaker that is half open, ask for.
	///
	/// Those of former approvers don't count. What was approved together with what it reverses needs no
	/// more.
	pub(crate) fn is_verified(action: &ActionOf<T>, kind: &Kind) -> bool {
		if action.is_forced || action.is_rollback() {
			return true;
		}
		let approvals = Self::count_approvals(action);
		let by_rule = match kind.verification {
			Verification::Nobody => true,
			Verification::Operator => Self::operator(&action.order.target)
				.is_some_and(|operator| action.approvals.contains(&operator)),
			Verification::Approvers(needed) => approvals >= needed,
			Verification::Governance => false,
		};
		by_rule && (approvals > 0 || !Self::is_half_open(kind.class))
	}

	/// How many that approved `action` are approvers now, and not who had the idea.
	fn count_approvals(action: &ActionOf<T>) -> u32 {
		Self::count_approvers(action.approvals.iter().filter(|who| !action.is_idea_of(who)))
	}

	/// How many of `accounts` are approvers now.
	fn count_approvers<'a>(accounts: impl Iterator<Item = &'a T::AccountId>) -> u32
	where
		T::AccountId: 'a,
	{
		let approvers = Approvers::<T>::get();
		accounts.filter(|who| approvers.contains(who)).count().saturated_into()
	}

	/// See [`Pallet::approve`].
	pub(crate) fn do_approve(caller: T::AccountId, id: ActionId, hash: [u8; 32]) -> DispatchResult {
		let (mut action, kind) = Self::approvable(id, hash)?;
		let is_operator = kind.verification == Verification::Operator
			&& Self::operator(&action.order.target).as_ref() == Some(&caller);
		if !is_operator {
			ensure!(Approvers::<T>::get().contains(&caller), Error::<T>::NotApprover);
			ensure!(!action.is_idea_of(&caller), Error::<T>::OwnRecommendation);
		}
		ensure!(!action.approvals.contains(&caller), Error::<T>::AlreadySaid);
		Self::log_action(Logged::ActionApproved, By::Account(&caller), id, &action, &[hash])?;
		let operator = Self::operator(&action.order.target);
		Self::add(&mut action.approvals, caller.clone(), operator)?;
		Self::deposit_event(Event::ActionApproved { action: id, who: Some(caller.clone()) });
		Self::store_waiting(By::Account(&caller), id, action, &kind)
	}

	/// See [`Pallet::force_approve`].
	pub(crate) fn do_force_approve(id: ActionId, hash: [u8; 32]) -> DispatchResult {
		let (mut action, kind) = Self::approvable(id, hash)?;
		ensure!(!action.is_forced, Error::<T>::AlreadySaid);
		Self::log_action(Logged::ActionApproved, By::Governance, id, &action, &[hash])?;
		action.is_forced = true;
		Self::deposit_event(Event::ActionApproved { action: id, who: None });
		Self::store_waiting(By::Governance, id, action, &kind)
	}

	/// The action `id`, if it can be approved by this hash, and its kind.
	fn approvable(id: ActionId, hash: [u8; 32]) -> Result<(ActionOf<T>, Kind), Error<T>> {
		let action = Self::waiting(id)?;
		ensure!(action.order.hash() == hash, Error::<T>::HashMismatch);
		ensure!(Self::now() <= action.expires, Error::<T>::Expired);
		Self::ensure_not_killed()?;
		let kind = Self::kind_of(&action)?;
		ensure!(action.simulation != Simulation::Awaited, Error::<T>::NotSimulated);
		Ok((action, kind))
	}

	/// Stores an action that waits, which may have what it needed by what `by` has just done.
	pub(crate) fn store_waiting(
		by: By<T::AccountId>,
		id: ActionId,
		action: ActionOf<T>,
		kind: &Kind,
	) -> DispatchResult {
		let is_news = action.state == State::Proposed
			&& action.simulation != Simulation::Awaited
			&& Self::is_verified(&action, kind);
		let state = if is_news { State::Verified } else { action.state.clone() };
		if is_news {
			Self::tell_verified(by, id, &action)?;
		}
		Self::enter(id, action, state);
		Ok(())
	}

	/// Writes down that `action` has what it needs, as `by` brought about or found out.
	pub(crate) fn tell_verified(
		by: By<T::AccountId>,
		id: ActionId,
		action: &ActionOf<T>,
	) -> DispatchResult {
		Self::log_action(Logged::ActionVerified, by, id, action, &[action.order.hash()])?;
		Self::deposit_event(Event::ActionVerified { action: id });
		Ok(())
	}

	/// See [`Pallet::veto`].
	pub(crate) fn do_veto(
		who: Option<T::AccountId>,
		id: ActionId,
		reason: DocumentHash,
	) -> DispatchResult {
		let action = Self::waiting(id)?;
		if let Some(who) = &who {
			let may = Approvers::<T>::get().contains(who)
				|| Self::operator(&action.order.target).as_ref() == Some(who)
				|| matches!(&action.source, Source::Account { who: source, .. } if source == who);
			ensure!(may, Error::<T>::NotApprover);
		}
		let by = By::from(who.as_ref());
		Self::log_action(Logged::ActionVetoed, by, id, &action, &[reason.0 .0])?;
		Self::deposit_event(Event::ActionVetoed { action: id, who, reason });
		Self::end(id, action, Outcome::Vetoed);
		Ok(())
	}

	/// See [`Pallet::declare_spam`].
	pub(crate) fn do_declare_spam(caller: T::AccountId, id: ActionId) -> DispatchResult {
		let mut action = Self::waiting(id)?;
		let approvers = Approvers::<T>::get();
		ensure!(approvers.contains(&caller), Error::<T>::NotApprover);
		ensure!(!action.spam.contains(&caller), Error::<T>::AlreadySaid);
		Self::log_action(Logged::ActionSpam, By::Account(&caller), id, &action, &[])?;
		Self::add(&mut action.spam, caller.clone(), None)?;
		Self::deposit_event(Event::SpamDeclared { action: id, who: caller });
		let more_than_half = approvers.len().saturated_into::<u32>() / 2;
		let needed = match Catalogue::<T>::get(action.order.kind).map(|one| one.kind.verification) {
			Some(Verification::Approvers(needed)) => needed,
			_ => more_than_half.saturating_add(1),
		};
		if Self::count_approvers(action.spam.iter()) >= needed {
			Self::end(id, action, Outcome::Spam);
		} else {
			Actions::<T>::insert(id, action);
		}
		Ok(())
	}

	/// Adds `who` to `set`, which `operator` stays in. Who left the approvers makes room.
	fn add(
		set: &mut AccountSet<T::AccountId>,
		who: T::AccountId,
		operator: Option<T::AccountId>,
	) -> Result<(), Error<T>> {
		if set.is_full() {
			let approvers = Approvers::<T>::get();
			set.retain(|other| approvers.contains(other) || operator.as_ref() == Some(other));
		}
		if set.is_full() {
			// All approvers have approved, and it is the operator's turn: one of them more or less changes
			// nothing where the operator decides.
			set.swap_remove(0);
		}
		set.try_push(who).map_err(|_| Error::<T>::NotApprover)
	}
}

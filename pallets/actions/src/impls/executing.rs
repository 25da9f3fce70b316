//! Carrying actions out.

use super::logging::By;
use crate::*;
use aitbc_audit::Event as Logged;
use aitbc_core::{ActionId, EvidenceHash, KindId, RiskClass, Target, Work};
use aitbc_traits::FeedInspect;
use codec::Encode;
use frame_support::{ensure, storage::with_storage_layer, traits::Contains};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// See [`Pallet::simulate`].
	pub(crate) fn do_simulate(
		caller: T::AccountId,
		id: ActionId,
		hash: [u8; 32],
		has_passed: bool,
		evidence: EvidenceHash,
	) -> DispatchResult {
		let mut action = Self::waiting(id)?;
		ensure!(action.order.hash() == hash, Error::<T>::HashMismatch);
		Self::bound_executor(&caller, &action.order.target)?;
		ensure!(action.simulation == Simulation::Awaited, Error::<T>::NoSimulationAwaited);
		Self::ensure_not_stopped(&action.order.target)?;
		let kind = Self::kind_of(&action)?;
		ensure!(Self::now() <= action.expires, Error::<T>::Expired);
		let event = if has_passed { Logged::ActionSimulated } else { Logged::ActionRefuted };
		Self::log_action(event, By::Account(&caller), id, &action, &[evidence.0 .0])?;
		Self::deposit_event(Event::ActionSimulated { action: id, has_passed, evidence });
		if !has_passed {
			Self::end(id, action, Outcome::Refuted);
			return Ok(());
		}
		action.simulation = Simulation::Passed(evidence);
		Self::store_waiting(By::Account(&caller), id, action, &kind)
	}

	/// See [`Pallet::claim`].
	pub(crate) fn do_claim(caller: T::AccountId, id: ActionId, hash: [u8; 32]) -> DispatchResult {
		let action = Self::waiting(id)?;
		ensure!(matches!(action.order.work, Work::Command(_)), Error::<T>::WrongProposal);
		ensure!(action.order.hash() == hash, Error::<T>::HashMismatch);
		let executor = Self::bound_executor(&caller, &action.order.target)?;
		Self::ensure_may_begin(&action)?;
		Self::tell_late(By::Account(&caller), id, &action)?;
		Self::log_action(Logged::ActionClaimed, By::Account(&caller), id, &action, &[hash])?;

		Self::begin(id, &action);
		RunningCount::<T>::mutate(executor.agent, |count| *count = count.saturating_add(1));
		let until = Self::now().saturating_add(action.terms.lease);
		let baseline = Self::baseline(&action);
		Self::enter(id, action, State::Running { executor: executor.clone(), until, baseline });
		Self::deposit_event(Event::ActionClaimed { action: id, executor, until });
		Ok(())
	}

	/// See [`Pallet::report`].
	pub(crate) fn do_report(
		caller: T::AccountId,
		id: ActionId,
		result: Verdict,
		evidence: EvidenceHash,
	) -> DispatchResult {
		let action = Actions::<T>::get(id).ok_or(Error::<T>::ActionNotFound)?;
		let State::Running { executor, until, baseline } = &action.state else {
			return Err(Error::<T>::NotRunning.into());
		};
		// The hook may have had no room yet to end it.
		ensure!(Self::now() <= *until, Error::<T>::NotRunning);
		ensure!(executor.wallet == caller, Error::<T>::NotClaimant);
		let baseline = *baseline;
		let (event, outcome) = match result {
			Verdict::Succeeded => (Logged::ActionSucceeded, None),
			Verdict::Failed => (Logged::ActionFailed, Some(Outcome::Failed)),
			Verdict::Unknown => (Logged::ActionUnknown, Some(Outcome::Unknown)),
		};
		Self::log_action(event, By::Account(&caller), id, &action, &[evidence.0 .0])?;
		Self::deposit_event(Event::ActionReported { action: id, result, evidence });
		match outcome {
			Some(outcome) => Self::end(id, action, outcome),
			None => Self::watch(id, action, baseline),
		}
		Ok(())
	}

	/// See [`Pallet::perform`].
	pub(crate) fn do_perform(
		caller: T::AccountId,
		id: ActionId,
		call: RuntimeCallOf<T>,
	) -> DispatchResult {
		let action = Self::waiting(id)?;
		let Work::Call(bytes) = &action.order.work else {
			return Err(Error::<T>::WrongProposal.into());
		};
		let is_it = call.using_encoded(|encoded| encoded == bytes.as_slice());
		ensure!(is_it && T::Callable::contains(&call), Error::<T>::CallNotAllowed);
		Self::ensure_may_begin(&action)?;
		Self::tell_late(By::Account(&caller), id, &action)?;
		let kind = action.order.kind;
		Self::begin(id, &action);
		let baseline = Self::baseline(&action);
		let result = with_storage_layer(|| Self::dispatch_verified(kind, call));
		let event = if result.is_ok() { Logged::ActionSucceeded } else { Logged::ActionFailed };
		Self::log_action(event, By::Account(&caller), id, &action, &[])?;
		Self::deposit_event(Event::ActionPerformed { action: id, result });
		match result {
			Ok(()) => Self::watch(id, action, baseline),
			Err(_) => Self::end_begun(id, action, Outcome::Failed),
		}
		Ok(())
	}

	/// Writes down that an action is verified that became so by what others did than to approve it: a breaker
	/// closed, or an approver came back.
	fn tell_late(by: By<T::AccountId>, id: ActionId, action: &ActionOf<T>) -> DispatchResult {
		if action.state == State::Proposed {
			Self::tell_verified(by, id, action)?;
		}
		Ok(())
	}

	/// Counts an action that begins, and has its target under it.
	fn begin(id: ActionId, action: &ActionOf<T>) {
		let order = &action.order;
		let listed = Catalogue::<T>::get(order.kind).filter(|_| !action.is_rollback());
		if let Some(Listed { kind, .. }) = listed {
			Self::count_start(order.kind, &kind);
			if Self::is_common(action) {
				Self::strain_breakers(kind.class);
			}
		}
		UnderAction::<T>::insert(&order.target, id);
		if matches!(order.target, Target::Validator(_)) {
			ValidatorsUnderAction::<T>::mutate(|count| *count = count.saturating_add(1));
		}
	}

	/// Counts a start for the rate limit of its kind.
	pub(crate) fn count_start(id: KindId, kind: &Kind) {
		let now = Self::now();
		Starts::<T>::mutate(id, |starts| {
			let period = kind.rate_limit.period;
			starts.retain(|at| at.saturating_add(period) > now);
			// There are fewer than the limit, which is no more than fits.
			if starts.try_push(now).is_err() {
				frame_support::defensive!("a kind began more often than it may");
			}
		});
	}

	/// Counts a start for the breakers.
	pub(crate) fn strain_breakers(class: RiskClass) {
		let now = Self::now();
		Self::move_breakers(class, |breaker, terms| breaker.count_start(now, terms));
	}

	/// What the series that `action` names is now.
	fn baseline(action: &ActionOf<T>) -> Option<Baseline> {
		action.order.series.map(|series| Baseline { series, reading: T::Feed::latest(series) })
	}

	/// Lets the series be watched that an action that was done names; without one it is over.
	fn watch(id: ActionId, action: ActionOf<T>, baseline: Option<Baseline>) {
		let Some(baseline) = baseline else {
			return Self::end_begun(id, action, Outcome::Unjudged);
		};
		Self::free_executor(&action);
		let until = Self::now().saturating_add(action.terms.watch);
		let window = T::Feed::window();
		Self::enter(id, action, State::Watching { until, baseline, window });
	}

	/// Counts one action less for the executor of one that runs.
	pub(crate) fn free_executor(action: &ActionOf<T>) {
		let State::Running { executor, .. } = &action.state else { return };
		RunningCount::<T>::mutate_exists(executor.agent, |count| {
			let left = count.unwrap_or_default().saturating_sub(1);
			*count = Some(left).filter(|left| *left > 0);
		});
	}
}

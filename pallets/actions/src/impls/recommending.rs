//! Recommending an action.

use super::logging::By;
use crate::*;
use aitbc_audit::{Event as Logged, Hash};
use aitbc_core::{uri, ActionId, BlockNumber, Order, Target, Work};
use aitbc_telemetry::Series;
use aitbc_traits::{AgentInspect, AgentStatus, AnomalyInspect, WholeHold};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
	dispatch::GetDispatchInfo,
	ensure,
	storage::{with_transaction, TransactionOutcome},
	traits::{Contains, Get},
	weights::Weight,
};
use sp_runtime::{traits::Dispatchable, DispatchError, DispatchResult};

/// An action that is checked and not yet there.
pub(crate) struct Draft<T: Config> {
	/// All of it.
	pub(crate) action: ActionOf<T>,
	/// What its kind is now.
	pub(crate) kind: Kind,
	/// The hash of what was seen, if a report led to it.
	pub(crate) evidence: Option<Hash>,
}

impl<T: Config> Pallet<T> {
	/// What the calls of a recommendation weigh, which are tried.
	pub(crate) fn weight_of_calls(
		recommendation: &Recommendation<T::AccountId, RuntimeCallOf<T>>,
	) -> Weight {
		let weight = |proposal: &Proposal<RuntimeCallOf<T>>| match proposal {
			Proposal::Call(call) => call.get_dispatch_info().call_weight,
			_ => Weight::zero(),
		};
		let rollback = recommendation.rollback.as_ref().map_or(Weight::zero(), weight);
		weight(&recommendation.proposal).saturating_add(rollback)
	}

	/// See [`Pallet::recommend`].
	pub(crate) fn do_recommend(
		caller: T::AccountId,
		recommendation: Recommendation<T::AccountId, RuntimeCallOf<T>>,
	) -> DispatchResult {
		Self::ensure_may_recommend(&caller, &recommendation.target)?;
		let open = OpenCount::<T>::get(&caller);
		ensure!(open < T::MaxOpen::get(), Error::<T>::TooManyOpen);
		let draft = Self::drafted(caller.clone(), recommendation)?;
		let is_note = draft.action.order.work == Work::Note;
		let id = Self::publish(draft, By::Account(&caller))?;
		if is_note {
			return Ok(());
		}
		// It is open, and holds its deposit, from now on.
		let Some(action) = Actions::<T>::get(id) else {
			return Err(Error::<T>::ActionNotFound.into());
		};
		if let Source::Account { who, deposit } = &action.source {
			T::Currency::hold_whole(&HoldReason::Deposit.into(), who, *deposit)?;
			OpenCount::<T>::insert(who, open.saturating_add(1));
		}
		Ok(())
	}

	/// Checks that `caller` may recommend actions on `target`.
	fn ensure_may_recommend(
		caller: &T::AccountId,
		target: &Target<T::AccountId>,
	) -> Result<(), Error<T>> {
		let is_admitted = T::Agents::agent_of_wallet(caller).is_some_and(|agent| {
			T::Agents::status(agent) == Some(AgentStatus::Active)
				&& Recommenders::<T>::get().contains(&agent)
		});
		let is_operator = Self::operator(target).as_ref() == Some(caller);
		ensure!(is_admitted || is_operator, Error::<T>::NotRecommender);
		Ok(())
	}

	/// Checks what `caller` recommends.
	fn drafted(
		caller: T::AccountId,
		recommendation: Recommendation<T::AccountId, RuntimeCallOf<T>>,
	) -> Result<Draft<T>, DispatchError> {
		let Recommendation { kind: id, target, proposal, rollback, .. } = recommendation;
		let Listed { version, kind } = Self::listed(id)?;
		Self::ensure_not_stopped(&target)?;
		Self::ensure_breakers_let(kind.class)?;
		ensure!(kind.targets.contain(&target), Error::<T>::WrongTarget);
		Self::ensure_target(&target)?;
		let work = Self::work_of(&kind, &proposal)?;
		let (reversal, reverse) = Self::reversal_of(&kind, rollback.as_ref())?;
		let idea = Idea {
			rationale: Self::checked_rationale(recommendation.rationale)?,
			model: recommendation.model,
			confidence: recommendation.confidence,
		};
		let report = recommendation.report;
		let anomaly = report.map(T::Anomalies::anomaly);
		let anomaly = anomaly.map(|found| found.ok_or(Error::<T>::ReportNotFound)).transpose()?;
		let series = recommendation.series;
		ensure!(series.is_none_or(is_judged), Error::<T>::SeriesNotJudged);
		let expires = recommendation.expires;
		Self::ensure_expiry(&kind, expires)?;
		Self::ensure_room(id, &kind, &target, false)?;
		Self::try_calls(id, &proposal, rollback.as_ref())?;
		let action = Action {
			source: Source::Account { who: caller, deposit: T::Deposit::get() },
			order: Order { kind: id, version, target, work, rollback: reverse },
			terms: Terms::of(&kind, reversal),
			idea: Some(idea),
			report,
			series,
			expires,
			simulation: Simulation::of(&kind),
			approvals: Default::default(),
			is_forced: false,
			spam: Default::default(),
			state: State::Proposed,
		};
		Ok(Draft { action, kind, evidence: anomaly.map(|anomaly| anomaly.evidence) })
	}

	/// Puts a checked action on the chain, writes it down, and says which id it got. What nobody does is
	/// over at once; what needs no approval is verified at once.
	pub(crate) fn publish(
		draft: Draft<T>,
		by: By<T::AccountId>,
	) -> Result<ActionId, DispatchError> {
		let Draft { mut action, kind, evidence } = draft;
		let id = NextActionId::<T>::get();
		let next = id.next().ok_or(sp_runtime::ArithmeticError::Overflow)?;
		let hashes = Self::hashes_of(&action, evidence);
		Self::log_action(Logged::ActionRecommended, by, id, &action, &hashes)?;
		NextActionId::<T>::put(next);
		let is_note = action.order.work == Work::Note;
		if is_note {
			if let Source::Account { deposit, .. } = &mut action.source {
				*deposit = 0;
			}
		}
		let order = &action.order;
		Self::deposit_event(Event::ActionRecommended {
			action: id,
			hash: order.hash(),
			source: action.source.clone(),
			order: order.clone(),
			idea: action.idea.clone(),
			report: action.report,
			series: action.series,
			expires: action.expires,
		});
		if action.source == Source::Anomaly && !is_note {
			OpenReflexes::<T>::insert(order.kind, &order.target, id);
		}
		if is_note {
			Self::count_start(order.kind, &kind);
			Self::strain_breakers(kind.class);
			Self::cool_down(order.kind, &order.target, kind.cooldown);
			Self::finish_note(id, action);
			return Ok(id);
		}
		if Self::is_verified(&action, &kind) && action.simulation != Simulation::Awaited {
			Self::deposit_event(Event::ActionVerified { action: id });
			Self::enter(id, action, State::Verified);
		} else {
			Self::enter(id, action, State::Proposed);
		}
		Ok(id)
	}

	/// What `proposal` comes to, if it is as `kind` says.
	fn work_of(kind: &Kind, proposal: &Proposal<RuntimeCallOf<T>>) -> Result<Work, Error<T>> {
		match (&kind.performer, proposal) {
			(Performer::Nobody, Proposal::Note) => Ok(Work::Note),
			(Performer::Executor { parameters }, Proposal::Command(given)) => {
				Self::ensure_parameters(parameters, given)?;
				Ok(Work::Command(given.clone()))
			},
			(Performer::Chain { pallet, call }, Proposal::Call(proposed)) => {
				let bytes = proposed.encode();
				let is_listed = bytes.starts_with(&[*pallet, *call]);
				ensure!(is_listed && T::Callable::contains(proposed), Error::<T>::CallNotAllowed);
				let bytes = bytes.try_into().map_err(|_| Error::<T>::CallTooLong)?;
				Ok(Work::Call(bytes))
			},
			_ => Err(Error::<T>::WrongProposal),
		}
	}

	/// What reverses an action of `kind`, which its recommendation has to say if and only if it can be.
	fn reversal_of(
		kind: &Kind,
		rollback: Option<&Proposal<RuntimeCallOf<T>>>,
	) -> Result<(Option<Reversal>, Option<Work>), Error<T>> {
		match (kind.reversible_by, rollback) {
			(None, None) => Ok((None, None)),
			(Some(id), Some(proposal)) => {
				let Listed { version, kind: other } = Self::listed(id)?;
				ensure!(other.may_reverse(kind), Error::<T>::UnsoundReversal);
				let work = Self::work_of(&other, proposal)?;
				Ok((Some(Reversal { kind: id, version }), Some(work)))
			},
			_ => Err(Error::<T>::WrongRollback),
		}
	}

	/// Checks the form of a URI, which the chain can't fetch.
	fn checked_rationale(rationale: Rationale<Vec<u8>>) -> Result<Rationale<Uri>, Error<T>> {
		let uri: Uri = rationale.uri.try_into().map_err(|_| Error::<T>::BadUri)?;
		ensure!(uri::is_absolute(&uri), Error::<T>::BadUri);
		Ok(Rationale { uri, hash: rationale.hash })
	}

	/// Checks that a recommendation expires neither in the past nor too far ahead.
	fn ensure_expiry(kind: &Kind, expires: BlockNumber) -> Result<(), Error<T>> {
		let now = Self::now();
		let latest = now.saturating_add(kind.time_to_live);
		ensure!((now..=latest).contains(&expires), Error::<T>::BadExpiry);
		Ok(())
	}

	/// Dispatches the calls of a recommendation, one after the other, and undoes both.
	fn try_calls(
		kind: aitbc_core::KindId,
		proposal: &Proposal<RuntimeCallOf<T>>,
		rollback: Option<&Proposal<RuntimeCallOf<T>>>,
	) -> Result<(), Error<T>> {
		let proposals = [Some(proposal), rollback];
		let calls = proposals.into_iter().flatten().filter_map(|proposal| match proposal {
			Proposal::Call(call) => Some(call),
			_ => None,
		});
		let calls: Vec<_> = calls.cloned().collect();
		if calls.is_empty() {
			return Ok(());
		}
		let tried: DispatchResult = with_transaction(|| {
			let results = calls.into_iter().map(|call| Self::dispatch_verified(kind, *call));
			TransactionOutcome::Rollback(results.collect())
		});
		tried.map_err(|_| Error::<T>::CallWouldFail)
	}

	/// Dispatches `call` as a verified action of `kind`.
	pub(crate) fn dispatch_verified(
		kind: aitbc_core::KindId,
		call: RuntimeCallOf<T>,
	) -> DispatchResult {
		call.dispatch(Origin::Verified(kind).into()).map(|_| ()).map_err(|error| error.error)
	}
}

/// Whether it can be said of a series that it got better: all see it alike, and less of it is better.
pub(crate) fn is_judged(series: Series) -> bool {
	matches!(series, Series::FinalityLag | Series::BlockTime)
}

//! Recommending an action.

use super::logging::By;
use crate::*;
use aitbc_audit::{Event as Logged, Hash};
use aitbc_core::{uri, BlockNumber, Target, Work};
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
		let agent = Self::ensure_may_recommend(&caller, &recommendation.target)?;
		let open = OpenCount::<T>::get(&caller);
		ensure!(open < T::MaxOpen::get(), Error::<T>::TooManyOpen);
		let draft = Self::drafted(caller.clone(), agent, recommendation)?;
		if let Source::Account { who, deposit, .. } = &draft.action.source {
			if *deposit > 0 {
				// It is open, and holds its deposit, from now on.
				T::Currency::hold_whole(&HoldReason::Deposit.into(), who, *deposit)?;
				OpenCount::<T>::insert(who, open.saturating_add(1));
			}
		}
		Self::publish(draft, By::Account(&caller))
	}

	/// Checks that `caller` may recommend actions on `target`, and says as which agent: none if it is the
	/// operator.
	fn ensure_may_recommend(
		caller: &T::AccountId,
		target: &Target<T::AccountId>,
	) -> Result<Option<Recommender<T::AccountId>>, Error<T>> {
		let admitted = T::Agents::agent_of_wallet(caller).filter(|agent| {
			T::Agents::status(*agent) == Some(AgentStatus::Active)
				&& Recommenders::<T>::get().contains(agent)
		});
		let owned = |id| T::Agents::owner(id).map(|owner| Recommender { id, owner });
		let agent = admitted.and_then(owned);
		let is_operator = Self::operator(target).as_ref() == Some(caller);
		ensure!(agent.is_some() || is_operator, Error::<T>::NotRecommender);
		Ok(agent)
	}

	/// Checks what `caller` recommends, as `agent` if it is one.
	fn drafted(
		caller: T::AccountId,
		agent: Option<Recommender<T::AccountId>>,
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
		let evidence = report.map(|report| Self::evidence_of(report, &target)).transpose()?;
		let series = recommendation.series;
		ensure!(series.is_none_or(is_judged), Error::<T>::SeriesNotJudged);
		ensure!(reversal.is_none() || series.is_some(), Error::<T>::SeriesNeeded);
		let expires = recommendation.expires;
		Self::ensure_expiry(&kind, expires)?;
		Self::ensure_room(id, &kind, &target, false)?;
		Self::try_calls(id, &proposal, rollback.as_ref())?;
		// Notes are over at once.
		let deposit = if work == Work::Note { 0 } else { T::Deposit::get() };
		let action = Action {
			source: Source::Account { who: caller, agent, deposit },
			order: Order { kind: id, version, target, work, rollback: reverse, series },
			terms: Terms::of(&kind, reversal),
			idea: Some(idea),
			report,
			expires,
			simulation: Simulation::of(&kind),
			approvals: Default::default(),
			is_forced: false,
			spam: Default::default(),
			state: State::Proposed,
		};
		Ok(Draft { action, kind, evidence })
	}

	/// The hash of what a report saw, if it can be a reason for an action on `target`: what only one node
	/// can see is none for another.
	fn evidence_of(report: u64, target: &Target<T::AccountId>) -> Result<Hash, Error<T>> {
		let anomaly = T::Anomalies::anomaly(report).ok_or(Error::<T>::ReportNotFound)?;
		let is_about_other =
			matches!(target, Target::Validator(stash) if *stash != anomaly.reporter);
		ensure!(anomaly.series.is_shared() || !is_about_other, Error::<T>::WrongReport);
		Ok(anomaly.evidence)
	}

	/// Puts a checked action on the chain, and writes it down. What nobody does is over at once; what needs
	/// no approval is verified at once.
	pub(crate) fn publish(draft: Draft<T>, by: By<T::AccountId>) -> DispatchResult {
		let Draft { action, kind, evidence } = draft;
		let id = NextActionId::<T>::get();
		let next = id.next().ok_or(sp_runtime::ArithmeticError::Overflow)?;
		let hashes = Self::hashes_of(&action, evidence);
		Self::log_action(Logged::ActionRecommended, by, id, &action, &hashes)?;
		NextActionId::<T>::put(next);
		let is_note = action.order.work == Work::Note;
		let order = &action.order;
		Self::deposit_event(Event::ActionRecommended {
			action: id,
			hash: order.hash(),
			source: action.source.clone(),
			order: order.clone(),
			idea: action.idea.clone(),
			report: action.report,
			expires: action.expires,
		});
		if action.source == Source::Anomaly && !is_note {
			OpenReflexes::<T>::insert(order.kind, &order.target, id);
		}
		if is_note {
			Self::count_start(order.kind, &kind);
			if Self::is_common(&action) {
				Self::strain_breakers(kind.class);
			}
			Self::cool_down(order.kind, &order.target, kind.cooldown);
			Self::finish_note(id, action);
			return Ok(());
		}
		Self::store_waiting(by, id, action, &kind)
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

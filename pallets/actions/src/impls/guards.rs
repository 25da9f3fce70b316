//! The guardrails: what has to hold before an action is recommended, and again before it begins.

use crate::*;
use aitbc_core::{ActionId, Balance, BlockNumber, KindId, Parameter, RiskClass, Target, Work};
use aitbc_traits::{AgentInspect, ReporterInspect};
use frame_support::ensure;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// The present block's number. Deadlines of actions are in blocks and not on the active clock: a
	/// paused chain must not keep a lease open.
	pub(crate) fn now() -> BlockNumber {
		frame_system::Pallet::<T>::block_number().saturated_into()
	}

	/// Who operates `target`: nobody the network.
	pub fn operator(target: &Target<T::AccountId>) -> Option<T::AccountId> {
		match target {
			Target::Network => None,
			Target::Validator(stash) => Some(stash.clone()),
			Target::Agent(agent) => T::Agents::owner(*agent),
		}
	}

	/// The kind with this id.
	pub(crate) fn listed(id: KindId) -> Result<Listed, Error<T>> {
		Catalogue::<T>::get(id).ok_or(Error::<T>::KindNotFound)
	}

	/// The kind of `action`, if it is still what that was recommended as.
	pub(crate) fn kind_of(action: &ActionOf<T>) -> Result<Kind, Error<T>> {
		let Listed { version, kind } = Self::listed(action.order.kind)?;
		ensure!(version == action.order.version, Error::<T>::KindChanged);
		Ok(kind)
	}

	/// Checks that nothing happens that the kill switch stops.
	pub(crate) fn ensure_not_killed() -> Result<(), Error<T>> {
		ensure!(!KillSwitch::<T>::get(), Error::<T>::KillSwitchOn);
		Ok(())
	}

	/// Checks that neither the kill switch nor the brake of `target` is on: nothing is exempt from these.
	pub(crate) fn ensure_not_stopped(target: &Target<T::AccountId>) -> Result<(), Error<T>> {
		Self::ensure_not_killed()?;
		ensure!(!Brakes::<T>::contains_key(target), Error::<T>::BrakeOn);
		Ok(())
	}

	/// Checks that neither the global breaker nor that of `class` is open.
	pub(crate) fn ensure_breakers_let(class: RiskClass) -> Result<(), Error<T>> {
		let breakers = AllBreakers::<T>::get();
		let is_open = [Scope::All, Scope::Class(class)]
			.iter()
			.any(|scope| matches!(breakers.of(*scope).position, Position::Open { .. }));
		ensure!(!is_open, Error::<T>::BreakerOpen);
		Ok(())
	}

	/// Whether the global breaker or that of `class` is half open.
	pub(crate) fn is_half_open(class: RiskClass) -> bool {
		let breakers = AllBreakers::<T>::get();
		[Scope::All, Scope::Class(class)]
			.iter()
			.any(|scope| matches!(breakers.of(*scope).position, Position::HalfOpen { .. }))
	}

	/// Checks that `target` is there.
	pub(crate) fn ensure_target(target: &Target<T::AccountId>) -> Result<(), Error<T>> {
		let is_there = match target {
			Target::Network => true,
			Target::Validator(stash) => T::Validators::stake(stash) > Balance::default(),
			Target::Agent(agent) => T::Agents::kind(*agent).is_some(),
		};
		ensure!(is_there, Error::<T>::TargetNotFound);
		Ok(())
	}

	/// Checks parameters by the rules of their kind.
	pub(crate) fn ensure_parameters(
		rules: &[ParameterRule],
		parameters: &[Parameter],
	) -> Result<(), Error<T>> {
		ensure!(rules.len() == parameters.len(), Error::<T>::WrongParameterCount);
		for (rule, parameter) in rules.iter().zip(parameters) {
			ensure!(rule.bounds.is_type_of(parameter), Error::<T>::WrongParameterType);
			ensure!(rule.bounds.admit(parameter), Error::<T>::ParameterOutOfBounds);
		}
		Ok(())
	}

	/// Checks that an action of this kind may begin on `target` now, as far as others are concerned.
	///
	/// A rollback only waits for its turn: what makes things worse must not be kept up by what is there to
	/// stop it.
	pub(crate) fn ensure_room(
		id: KindId,
		kind: &Kind,
		target: &Target<T::AccountId>,
		is_rollback: bool,
	) -> Result<(), Error<T>> {
		// A note touches nothing, and is wanted most while something is done.
		let is_note = kind.performer == Performer::Nobody;
		ensure!(is_note || !UnderAction::<T>::contains_key(target), Error::<T>::TargetBusy);
		if is_rollback {
			return Ok(());
		}
		let now = Self::now();
		let is_cool = Cooldowns::<T>::get(id, target).is_none_or(|until| until <= now);
		ensure!(is_cool, Error::<T>::CoolingDown);
		let began = Starts::<T>::get(id);
		let limit = kind.rate_limit;
		let lately = began.iter().filter(|at| at.saturating_add(limit.period) > now).count();
		ensure!(lately < limit.count.saturated_into(), Error::<T>::RateLimited);
		if !is_note && matches!(target, Target::Validator(_)) {
			let most = kind.blast_radius.mul_floor(T::Validators::validators()).max(1);
			ensure!(ValidatorsUnderAction::<T>::get() < most, Error::<T>::BlastRadius);
		}
		Ok(())
	}

	/// Checks again, with what holds now, that `action` may begin.
	pub(crate) fn ensure_may_begin(action: &ActionOf<T>) -> Result<(), Error<T>> {
		let order = &action.order;
		let is_rollback = action.is_rollback();
		Self::ensure_not_stopped(&order.target)?;
		let kind = Self::kind_of(action)?;
		if !is_rollback {
			Self::ensure_breakers_let(kind.class)?;
		}
		ensure!(Self::now() <= action.expires, Error::<T>::Expired);
		Self::ensure_target(&order.target)?;
		if let (Performer::Executor { parameters }, Work::Command(given)) =
			(&kind.performer, &order.work)
		{
			Self::ensure_parameters(parameters, given)?;
		}
		ensure!(action.simulation != Simulation::Awaited, Error::<T>::NotSimulated);
		ensure!(Self::is_verified(action, &kind), Error::<T>::NotVerified);
		Self::ensure_room(order.kind, &kind, &order.target, is_rollback)
	}

	/// The action `id`, if it waits to be claimed or performed.
	pub(crate) fn waiting(id: ActionId) -> Result<ActionOf<T>, Error<T>> {
		let action = Actions::<T>::get(id).ok_or(Error::<T>::ActionNotFound)?;
		ensure!(action.state.is_waiting(), Error::<T>::NotWaiting);
		Ok(action)
	}
}

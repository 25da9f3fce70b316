//! Moving the breakers.

use crate::*;
use aitbc_audit::Event as Logged;
use aitbc_core::RiskClass;
use frame_support::{ensure, traits::Get};
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// On which terms the breaker of `scope` moves. The global one bears twice as much.
	pub(crate) fn breaker_terms(scope: Scope) -> BreakerTerms {
		let times = if scope == Scope::All { 2 } else { 1 };
		BreakerTerms {
			failures: T::MaxFailures::get().saturating_mul(times),
			starts: T::MaxStarts::get().saturating_mul(times),
			period: T::BreakerPeriod::get().max(1),
			recoveries: T::Recoveries::get(),
		}
	}

	/// Counts how an action that was begun ended.
	///
	/// What made things worse opens its class's breaker at once; what was done and nobody can judge counts as
	/// good. What only its operator agreed to counts for nobody else.
	pub(crate) fn count_for_breakers(action: &ActionOf<T>, outcome: Outcome) {
		if !Self::is_common(action) {
			return;
		}
		let (class, now) = (action.terms.class, Self::now());
		match outcome {
			Outcome::Failed | Outcome::Unknown | Outcome::Worse => {
				Self::move_breakers(class, |breaker, terms| breaker.count_failure(now, terms));
			},
			Outcome::Helped | Outcome::NoEffect | Outcome::Unjudged => {
				Self::move_breakers(class, |breaker, terms| breaker.count_success(terms));
			},
			_ => {},
		}
		if outcome == Outcome::Worse {
			Self::move_breaker(Scope::Class(class), |breaker, terms| breaker.open(now, terms));
		}
	}

	/// Whether how an action goes says something to others: somebody else than the target's operator had the
	/// idea or agreed to it, and it is not about what an agent runs. Else whoever has an agent could stop
	/// everything by failing at its own.
	pub(crate) fn is_common(action: &ActionOf<T>) -> bool {
		let target = &action.order.target;
		if matches!(target, aitbc_core::Target::Agent(_)) {
			return false;
		}
		let operator = Self::operator(target);
		let is_others = |who: &T::AccountId| operator.as_ref() != Some(who);
		let is_idea_of_others = match &action.source {
			Source::Account { .. } => {
				operator.as_ref().is_none_or(|operator| !action.is_idea_of(operator))
			},
			Source::Anomaly => false,
			Source::Rollback(_) => true,
		};
		is_idea_of_others || action.is_forced || action.approvals.iter().any(is_others)
	}

	/// Moves the global breaker and that of `class`.
	pub(crate) fn move_breakers(
		class: RiskClass,
		movement: impl Fn(&mut Breaker, &BreakerTerms) -> bool,
	) {
		for scope in [Scope::All, Scope::Class(class)] {
			Self::move_breaker(scope, &movement);
		}
	}

	/// Moves one breaker; `movement` says whether its position changed.
	fn move_breaker(scope: Scope, movement: impl FnOnce(&mut Breaker, &BreakerTerms) -> bool) {
		let mut breakers = AllBreakers::<T>::get();
		let breaker = breakers.of_mut(scope);
		let has_moved = movement(breaker, &Self::breaker_terms(scope));
		let position = breaker.position;
		AllBreakers::<T>::put(breakers);
		if has_moved {
			Self::tell_moved(scope, position);
		}
	}

	fn tell_moved(scope: Scope, position: Position) {
		Self::log_moved(match position {
			Position::Closed => Logged::BreakerClosed,
			Position::Open { .. } => Logged::BreakerOpened,
			Position::HalfOpen { .. } => Logged::BreakerHalfOpened,
		});
		Self::deposit_event(Event::BreakerMoved { scope, position });
	}

	/// Opens breakers by half whose time has come.
	pub(crate) fn pass_time_of_breakers() {
		let now = Self::now();
		let mut breakers = AllBreakers::<T>::get();
		let moved: alloc::vec::Vec<_> = Scope::ALL
			.into_iter()
			.filter(|scope| breakers.of_mut(*scope).pass_time(now))
			.map(|scope| (scope, Position::HalfOpen { successes: 0 }))
			.collect();
		if moved.is_empty() {
			return;
		}
		AllBreakers::<T>::put(breakers);
		for (scope, position) in moved {
			Self::tell_moved(scope, position);
		}
	}

	/// See [`Pallet::open_by_half`].
	pub(crate) fn do_open_by_half(scope: Scope) -> DispatchResult {
		let breakers = AllBreakers::<T>::get();
		let is_open = matches!(breakers.of(scope).position, Position::Open { .. });
		ensure!(is_open, Error::<T>::BreakerNotOpen);

		Self::log_network(Logged::BreakerHalfOpened, &[])?;
		AllBreakers::<T>::mutate(|breakers| breakers.of_mut(scope).open_by_half());
		let position = Position::HalfOpen { successes: 0 };
		Self::deposit_event(Event::BreakerMoved { scope, position });
		Ok(())
	}
}

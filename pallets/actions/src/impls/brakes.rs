//! What operators decide: who carries actions out on their targets, and that nobody does.

use super::logging::By;
use crate::*;
use aitbc_audit::Event as Logged;
use aitbc_core::{AgentId, AgentKind, Target};
use aitbc_traits::{AgentInspect, AgentStatus};
use frame_support::{ensure, traits::EnsureOrigin};
use frame_system::{ensure_signed, pallet_prelude::OriginFor};
use sp_runtime::{DispatchError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Checks that `origin` operates `target`, and says who that is: nobody when it is governance. What is
	/// left of an agent that left anybody may clear away.
	pub(crate) fn ensure_operates(
		origin: OriginFor<T>,
		target: &Target<T::AccountId>,
		is_clearing: bool,
	) -> Result<Option<T::AccountId>, DispatchError> {
		if *target == Target::Network {
			T::AdminOrigin::ensure_origin(origin)?;
			return Ok(None);
		}
		let caller = ensure_signed(origin)?;
		let may = Self::operator(target).map_or(is_clearing, |operator| operator == caller);
		ensure!(may, Error::<T>::NotOperator);
		Ok(Some(caller))
	}

	/// See [`Pallet::bind_executor`].
	pub(crate) fn do_bind_executor(
		operator: Option<T::AccountId>,
		target: Target<T::AccountId>,
		executor: Option<AgentId>,
	) -> DispatchResult {
		if let Some(agent) = executor {
			Self::ensure_target(&target)?;
			let is_executor = T::Agents::kind(agent) == Some(AgentKind::Executor)
				&& T::Agents::status(agent) == Some(AgentStatus::Active);
			ensure!(is_executor, Error::<T>::NotAnExecutor);
		}
		let former = Executors::<T>::get(&target);
		ensure!(former != executor, Error::<T>::Unchanged);
		let event =
			if executor.is_some() { Logged::ExecutorBound } else { Logged::ExecutorReleased };
		let by = By::from(operator.as_ref());
		Self::log_executor(event, by, &target, executor.or(former))?;

		Executors::<T>::set(&target, executor);
		Self::deposit_event(Event::ExecutorBound { target, executor });
		Ok(())
	}

	/// See [`Pallet::set_brake`].
	pub(crate) fn do_set_brake(
		operator: Option<T::AccountId>,
		target: Target<T::AccountId>,
		is_on: bool,
	) -> DispatchResult {
		ensure!(Brakes::<T>::contains_key(&target) != is_on, Error::<T>::Unchanged);
		if is_on {
			Self::ensure_target(&target)?;
		}
		let event = if is_on { Logged::BrakeOn } else { Logged::BrakeOff };
		Self::log_target(event, By::from(operator.as_ref()), &target)?;

		Brakes::<T>::set(&target, is_on.then_some(()));
		Self::deposit_event(Event::BrakeSet { target, is_on });
		Ok(())
	}

	/// The executor of `target`, if `wallet` is its wallet and it is active.
	pub(crate) fn bound_executor(
		wallet: &T::AccountId,
		target: &Target<T::AccountId>,
	) -> Result<Executor<T::AccountId>, Error<T>> {
		let agent = Executors::<T>::get(target).ok_or(Error::<T>::NotBound)?;
		let is_bound = T::Agents::wallet(agent).as_ref() == Some(wallet)
			&& T::Agents::status(agent) == Some(AgentStatus::Active);
		ensure!(is_bound, Error::<T>::NotBound);
		Ok(Executor { agent, wallet: wallet.clone() })
	}

	/// How many actions `agent` is carrying out.
	pub fn running_of(agent: AgentId) -> u32 {
		RunningCount::<T>::get(agent)
	}
}

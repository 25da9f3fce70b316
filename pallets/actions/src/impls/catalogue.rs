//! What governance decides: the catalogue, who may do what, reflexes, and the kill switch.

use crate::*;
use aitbc_audit::Event as Logged;
use aitbc_core::{AgentId, KindId};
use aitbc_telemetry::Series;
use codec::Encode;
use frame_support::ensure;
use sp_io::hashing::blake2_256;
use sp_runtime::DispatchResult;

impl<T: Config> Pallet<T> {
	/// Begins with a catalogue and approvers. The audit log begins after that, with the first block.
	pub(crate) fn begin_with(kinds: &[Kind], approvers: &[T::AccountId]) -> Result<(), Error<T>> {
		for (id, kind) in (1..).zip(kinds) {
			Self::ensure_listable(KindId(id), kind)?;
			Self::list(KindId(id), kind);
		}
		let approvers = approvers.to_vec().try_into().map_err(|_| Error::<T>::CatalogueFull)?;
		Self::ensure_each_once(&approvers)?;
		Approvers::<T>::put(approvers);
		Ok(())
	}

	/// See [`Pallet::set_kind`].
	pub(crate) fn do_set_kind(id: KindId, kind: Kind) -> DispatchResult {
		Self::ensure_listable(id, &kind)?;
		Self::log_kind(Logged::KindSet, id, &[blake2_256(&kind.encode())])?;

		let version = Self::list(id, &kind);
		Self::deposit_event(Event::KindSet { id, version, kind });
		Ok(())
	}

	/// Checks that the catalogue can have `kind` under `id`.
	fn ensure_listable(id: KindId, kind: &Kind) -> Result<(), Error<T>> {
		ensure!(kind.is_sound(), Error::<T>::UnsoundKind);
		if let Some(reversal) = kind.reversible_by {
			let is_fit = Catalogue::<T>::get(reversal)
				.is_some_and(|listed| reversal != id && listed.kind.may_reverse(kind));
			ensure!(is_fit, Error::<T>::UnsoundReversal);
		}
		let owner = KindNames::<T>::get(&kind.name);
		ensure!(owner.is_none_or(|owner| owner == id), Error::<T>::NameTaken);
		let has_room = Catalogue::<T>::contains_key(id) || Catalogue::<T>::count() < MAX_KINDS;
		ensure!(has_room, Error::<T>::CatalogueFull);
		Ok(())
	}

	/// Puts `kind` into the catalogue, in the place of what has its id, and says in which version.
	fn list(id: KindId, kind: &Kind) -> u32 {
		if let Some(earlier) = Catalogue::<T>::get(id) {
			KindNames::<T>::remove(earlier.kind.name);
		}
		KindNames::<T>::insert(&kind.name, id);
		let version = CatalogueVersion::<T>::mutate(|version| {
			*version = version.saturating_add(1);
			*version
		});
		Catalogue::<T>::insert(id, Listed { version, kind: kind.clone() });
		version
	}

	/// See [`Pallet::remove_kind`].
	pub(crate) fn do_remove_kind(id: KindId) -> DispatchResult {
		let listed = Self::listed(id)?;
		Self::log_kind(Logged::KindRemoved, id, &[])?;

		KindNames::<T>::remove(listed.kind.name);
		Catalogue::<T>::remove(id);
		Starts::<T>::remove(id);
		Self::deposit_event(Event::KindRemoved { id });
		Ok(())
	}

	/// See [`Pallet::set_approvers`].
	pub(crate) fn do_set_approvers(approvers: AccountSet<T::AccountId>) -> DispatchResult {
		Self::ensure_each_once(&approvers)?;
		Self::log_network(Logged::ApproversSet, &[blake2_256(&approvers.encode())])?;

		Approvers::<T>::put(&approvers);
		Self::deposit_event(Event::ApproversSet { approvers });
		Ok(())
	}

	fn ensure_each_once(accounts: &AccountSet<T::AccountId>) -> Result<(), Error<T>> {
		let is_first = |(place, who)| !accounts.iter().take(place).any(|other| other == who);
		ensure!(accounts.iter().enumerate().all(is_first), Error::<T>::Twice);
		Ok(())
	}

	/// See [`Pallet::set_recommender`].
	pub(crate) fn do_set_recommender(agent: AgentId, is_admitted: bool) -> DispatchResult {
		let mut admitted = Recommenders::<T>::get();
		let place = admitted.iter().position(|other| *other == agent);
		match (place, is_admitted) {
			(None, true) => {
				admitted.try_push(agent).map_err(|_| Error::<T>::TooManyRecommenders)?;
			},
			(Some(place), false) => {
				admitted.swap_remove(place);
			},
			_ => return Err(Error::<T>::Unchanged.into()),
		}
		Self::log_recommender(agent, is_admitted)?;

		Recommenders::<T>::put(admitted);
		Self::deposit_event(Event::RecommenderSet { agent, is_admitted });
		Ok(())
	}

	/// See [`Pallet::set_reflex`].
	pub(crate) fn do_set_reflex(series: Series, reflex: Option<Reflex>) -> DispatchResult {
		if let Some(Reflex { kind, parameters }) = &reflex {
			let Listed { kind, .. } = Self::listed(*kind)?;
			ensure!(kind.targets == Targets::Validators, Error::<T>::WrongTarget);
			ensure!(kind.reversible_by.is_none(), Error::<T>::WrongRollback);
			match &kind.performer {
				Performer::Nobody => Self::ensure_parameters(&[], parameters)?,
				Performer::Executor { parameters: rules } => {
					Self::ensure_parameters(rules, parameters)?;
				},
				Performer::Chain { .. } => return Err(Error::<T>::WrongProposal.into()),
			}
		}
		Self::log_network(Logged::ReflexSet, &[blake2_256(&(series, &reflex).encode())])?;

		Reflexes::<T>::set(series, reflex.clone());
		Self::deposit_event(Event::ReflexSet { series, reflex });
		Ok(())
	}

	/// See [`Pallet::set_kill_switch`].
	pub(crate) fn do_set_kill_switch(is_on: bool) -> DispatchResult {
		ensure!(KillSwitch::<T>::get() != is_on, Error::<T>::Unchanged);
		let event = if is_on { Logged::KillSwitchOn } else { Logged::KillSwitchOff };
		Self::log_network(event, &[])?;

		KillSwitch::<T>::put(is_on);
		Self::deposit_event(Event::KillSwitchSet { is_on });
		Ok(())
	}
}

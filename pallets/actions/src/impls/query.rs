//! Reading, for the runtime API.

use crate::{
	runtime_api::{MAX_PAGE, MAX_SCANNED},
	*,
};
use aitbc_core::{ActionId, AgentId, KindId, Target};
use aitbc_traits::ReporterInspect;
use alloc::vec::Vec;
use frame_support::traits::Get;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// Where actions stand as a whole, and on which terms.
	pub fn info() -> ActionsInfo<T::AccountId> {
		ActionsInfo {
			is_killed: KillSwitch::<T>::get(),
			breakers: AllBreakers::<T>::get(),
			breaker_terms: Self::breaker_terms(Scope::Class(aitbc_core::RiskClass::Info)),
			approvers: Approvers::<T>::get().into_inner(),
			recommenders: Recommenders::<T>::get().into_inner(),
			validators: T::Validators::validators(),
			under_action: ValidatorsUnderAction::<T>::get(),
			deposit: T::Deposit::get(),
			max_open: T::MaxOpen::get(),
			kept_blocks: T::KeptBlocks::get(),
			count: NextActionId::<T>::get().0,
		}
	}

	/// The kind with this id, if the catalogue has it.
	pub fn kind_info(id: KindId) -> Option<KindInfo> {
		let Listed { version, kind } = Catalogue::<T>::get(id)?;
		Some(KindInfo { id, version, kind })
	}

	/// The catalogue, by id.
	pub fn kinds() -> Vec<KindInfo> {
		let mut kinds: Vec<_> = Catalogue::<T>::iter()
			.map(|(id, Listed { version, kind })| KindInfo { id, version, kind })
			.collect();
		kinds.sort_by_key(|one| one.id);
		kinds
	}

	/// The action with this id, unless it is forgotten.
	pub fn action_info(id: ActionId) -> Option<ActionInfo<T::AccountId>> {
		let action = Actions::<T>::get(id)?;
		Some(ActionInfo { id, hash: action.order.hash(), action })
	}

	/// The actions before `before`, or the last ones, that `filter` wants.
	pub fn actions(
		filter: &ActionFilter<T::AccountId>,
		before: Option<ActionId>,
		limit: u32,
	) -> ActionPage<T::AccountId> {
		let next_id = NextActionId::<T>::get();
		let from = before.map_or(next_id, |before| before.min(next_id));
		let limit: usize = limit.clamp(1, MAX_PAGE).saturated_into();
		let wanted = |info: &ActionInfo<T::AccountId>| {
			let is_ended = matches!(info.action.state, State::Ended { .. });
			let is_of_target =
				filter.target.as_ref().is_none_or(|target| *target == info.action.order.target);
			is_of_target && !(filter.is_open && is_ended)
		};
		let oldest = OldestActionId::<T>::get();
		let mut actions = Vec::new();
		let mut last = from;
		for number in (oldest.0..from.0).rev().take(MAX_SCANNED.saturated_into()) {
			if actions.len() == limit {
				break;
			}
			last = ActionId(number);
			actions.extend(Self::action_info(last).filter(wanted));
		}
		ActionPage { actions, next: Some(last).filter(|last| *last > oldest) }
	}

	/// What is known of a target.
	pub fn target_info(target: Target<T::AccountId>) -> TargetInfo<T::AccountId> {
		TargetInfo {
			is_there: Self::ensure_target(&target).is_ok(),
			operator: Self::operator(&target),
			executor: Executors::<T>::get(&target),
			is_braked: Brakes::<T>::contains_key(&target),
			under_action: UnderAction::<T>::get(&target),
		}
	}

	/// What came of the actions of `kind`, for each agent and model, after those of `after`.
	pub fn track_records(
		kind: KindId,
		after: Option<(AgentId, Model)>,
		limit: u32,
	) -> TrackRecordPage {
		let limit: usize = limit.clamp(1, MAX_PAGE).saturated_into();
		let mut rest = match after {
			None => TrackRecords::<T>::iter_prefix((kind,)),
			Some((agent, model)) => {
				let place = TrackRecords::<T>::hashed_key_for((kind, agent, model));
				TrackRecords::<T>::iter_prefix_from((kind,), place)
			},
		};
		let records: Vec<_> = rest
			.by_ref()
			.take(limit)
			.map(|((agent, model), record)| TrackRecordInfo { kind, agent, model, record })
			.collect();
		let last = records.last().map(|last| (last.agent, last.model.clone()));
		TrackRecordPage { records, next: rest.next().and(last) }
	}
}

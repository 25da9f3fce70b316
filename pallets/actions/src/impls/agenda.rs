//! What the chain itself does when the time has come.

use crate::*;
use aitbc_audit::Event as Logged;
use aitbc_core::{ActionId, BlockNumber};
use alloc::vec::Vec;
use frame_support::weights::Weight;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// What it takes to move breakers and so many actions on. Each breaker may open by half; what made things
	/// worse says so, moves two breakers and opens one, and is reversed, which is two records more.
	pub(crate) fn weight_of_passing(moved: u32) -> Weight {
		const OF_AN_ACTION: u64 = 6;
		let breakers: u64 = Scope::ALL.len().saturated_into();
		let records = u64::from(moved).saturating_mul(OF_AN_ACTION).saturating_add(breakers);
		Self::with_records(records, T::WeightInfo::pass_time(moved))
	}

	/// Moves breakers and actions on whose time has come, [`MAX_DUE`] actions at most, and says how many
	/// these were. What is left waits for the next block.
	pub(crate) fn pass_time() -> u32 {
		Self::pass_time_of_breakers();
		let now = Self::now();
		let mut block = AgendaFrom::<T>::get().unwrap_or(now);
		let mut moved = 0u32;
		// Each round does a whole block's agenda or uses the room up, and there are few rounds.
		for _ in 0..=MAX_DUE {
			if block > now {
				break;
			}
			let room = MAX_DUE.saturating_sub(moved).saturated_into();
			let mut due = Agenda::<T>::iter_key_prefix(block);
			let ids: Vec<_> = due.by_ref().take(room).collect();
			let is_done = due.next().is_none();
			for id in ids {
				Self::move_on(block, id);
				moved = moved.saturating_add(1);
			}
			if !is_done {
				break;
			}
			block = block.saturating_add(1);
		}
		AgendaFrom::<T>::put(block);
		moved
	}

	/// Does what is due of an action.
	fn move_on(block: BlockNumber, id: ActionId) {
		let Some(action) = Actions::<T>::get(id) else {
			frame_support::defensive!("an action on the agenda is not there");
			Agenda::<T>::remove(block, id);
			return;
		};
		match action.state {
			State::Proposed | State::Verified => {
				Self::log_by_chain(Logged::ActionExpired, id, &action, &[]);
				Self::end(id, action, Outcome::Expired);
			},
			State::Running { .. } => {
				Self::log_by_chain(Logged::ActionUnknown, id, &action, &[]);
				Self::end(id, action, Outcome::Unknown);
			},
			State::Watching { baseline, window, .. } => {
				Self::look_back(id, action, baseline, window);
			},
			State::Ended { .. } => Self::forget(id, &action),
		}
	}

	/// Stores an action in another state, or a new one, and keeps it on the agenda.
	pub(crate) fn enter(id: ActionId, mut action: ActionOf<T>, state: State<T::AccountId>) {
		if !AgendaFrom::<T>::exists() {
			// Nothing is due before the first action.
			AgendaFrom::<T>::put(Self::now());
		}
		Agenda::<T>::remove(action.due(), id);
		action.state = state;
		Agenda::<T>::insert(action.due(), id, ());
		Actions::<T>::insert(id, action);
	}
}

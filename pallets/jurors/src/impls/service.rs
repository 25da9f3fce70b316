//! What the hook does: draws, then changes of weight, each in the order in which they were asked for.

use crate::*;
use aitbc_core::{Balance, CaseId, Round};
use frame_support::{ensure, traits::Get, weights::WeightMeter};
use sp_runtime::{ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// Puts a jury into the queue.
	pub(crate) fn do_request_jury(
		case: CaseId,
		round: Round,
		seats: u32,
		stake: Balance,
	) -> DispatchResult {
		ensure!(!Requests::<T>::contains_key(case, round), Error::<T>::AlreadyRequested);
		ensure!((1..=T::MaxSeats::get()).contains(&seats), Error::<T>::SeatsOutOfRange);
		let mut ends = DrawQueueEnds::<T>::get();
		let position = ends.push().ok_or(ArithmeticError::Overflow)?;

		let due = Self::epoch().due();
		DrawQueueEnds::<T>::put(ends);
		DrawQueue::<T>::insert(position, JuryRequest { case, round, seats, stake, due });
		Requests::<T>::insert(case, round, ());
		Self::deposit_event(Event::JuryRequested { case, round, seats, stake, due });
		Ok(())
	}

	/// Draws every jury that is due, and then applies every change of weight that is due, until
	/// `meter` is used up.
	pub(crate) fn service(meter: &mut WeightMeter) {
		if meter.try_consume(T::WeightInfo::service()).is_err() {
			return;
		}
		let now = Self::epoch();
		if Self::draw_all_due(now, meter) {
			Self::apply_all_due(now, meter);
		}
	}

	/// Draws every jury that is due, and says whether none is left over.
	fn draw_all_due(now: Epoch, meter: &mut WeightMeter) -> bool {
		while let Some(request) = Self::first_jury().filter(|first| first.due <= now) {
			if meter.try_consume(Self::draw_weight(request.seats)).is_err() {
				return false;
			}
			DrawQueueEnds::<T>::mutate(|ends| {
				DrawQueue::<T>::remove(ends.head);
				ends.pop();
			});
			Self::draw(request);
		}
		true
	}

	/// The jury that waits longest.
	fn first_jury() -> Option<JuryRequest> {
		DrawQueue::<T>::get(DrawQueueEnds::<T>::get().head)
	}

	/// Applies every change of weight that is due.
	fn apply_all_due(now: Epoch, meter: &mut WeightMeter) {
		while let Some(change) = Self::first_change().filter(|first| first.due <= now) {
			if meter.try_consume(T::WeightInfo::apply()).is_err() {
				return;
			}
			let position = ChangeQueueEnds::<T>::mutate(|ends| {
				let position = ends.head;
				ChangeQueue::<T>::remove(position);
				ends.pop();
				position
			});
			Self::apply_change(position, change);
		}
	}

	/// The change of weight that waits longest.
	fn first_change() -> Option<Change<T::AccountId>> {
		ChangeQueue::<T>::get(ChangeQueueEnds::<T>::get().head)
	}
}

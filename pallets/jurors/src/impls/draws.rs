//! Drawing a jury, with the randomness of the present epoch.

use crate::*;
use aitbc_core::Balance;
use aitbc_traits::{JurorPool, OnJuryDrawn, ReputationInspect, Seated};
use alloc::vec::Vec;
use codec::Encode;
use frame_support::{
	defensive,
	traits::{Get, Randomness},
	weights::Weight,
};
use sp_io::hashing::blake2_128;

impl<T: Config> Pallet<T> {
	/// Draws the jury that `request` asks for, locks what its seats put at stake, and tells who asked.
	pub(crate) fn draw(request: JuryRequest) {
		let JuryRequest { case, round, seats: wanted, stake, .. } = request;
		let jury = Self::pick(&request);
		Requests::<T>::remove(case, round);
		for (account, seats) in &jury {
			// No more than the bond, or the seats would not have been given.
			Self::lock(account, stake.saturating_mul((*seats).into()));
		}
		Self::deposit_event(Event::JuryDrawn { case, round, jury: jury.clone(), wanted, stake });
		if let Err(reason) = T::OnJuryDrawn::on_jury_drawn(case, round, jury.clone()) {
			log::error!(
				target: LOG_TARGET,
				"nobody waits for a jury for round {} of case {}: {reason}",
				round.0,
				case.0,
			);
			for (account, seats) in jury {
				Self::do_unlock(&account, stake.saturating_mul(seats.into()));
			}
		}
	}

	/// The most that drawing a jury of `seats` can weigh.
	///
	/// All attempts fail, and all seats are taken, by as many jurors: more than can be.
	pub(crate) fn draw_weight(seats: u32) -> Weight {
		let seats = seats.min(T::MaxSeats::get());
		let attempts = u64::from(seats).saturating_mul(MAX_ATTEMPTS.into());
		let seat = T::WeightInfo::seat().saturating_add(T::Reputation::weight());
		T::WeightInfo::draw(seats)
			.saturating_add(T::OnJuryDrawn::exclusion_weight().saturating_mul(attempts))
			.saturating_add(seat.saturating_mul(seats.into()))
			.saturating_add(Self::unlock_weight().saturating_mul(seats.into()))
			.saturating_add(T::OnJuryDrawn::weight(seats))
	}

	/// Finds somebody for each seat, as far as that succeeds. An account may get several.
	fn pick(request: &JuryRequest) -> Vec<Seated<T::AccountId>> {
		let total = Self::tree().total();
		let mut jury = Vec::<Seated<T::AccountId>>::new();
		for seat in 0..request.seats.min(T::MaxSeats::get()) {
			let found = (0..MAX_ATTEMPTS).find_map(|attempt| {
				let point = Self::point(request, seat, attempt).checked_rem(total)?;
				Self::candidate(request, point, &jury)
			});
			let Some(account) = found else { continue };
			match jury.iter_mut().find(|(member, _)| *member == account) {
				Some((_, seats)) => *seats = seats.saturating_add(1),
				None => jury.push((account, 1)),
			}
		}
		jury
	}

	/// A number below 2^128 that depends on the epoch's randomness and on the attempt.
	fn point(request: &JuryRequest, seat: u32, attempt: u8) -> Balance {
		let subject = (DRAW_CONTEXT, request.case, request.round, seat, attempt).encode();
		let (random, _) = T::Randomness::random(&subject);
		Balance::from_le_bytes(blake2_128(random.as_ref()))
	}

	/// Who has the slot that `point` falls into, if it can take one more seat beside those that it
	/// has in `jury`, and may judge the case.
	fn candidate(
		request: &JuryRequest,
		point: Balance,
		jury: &[Seated<T::AccountId>],
	) -> Option<T::AccountId> {
		let slot = Self::tree().find(point)?;
		let Some(Slot::Taken(account)) = Slots::<T>::get(slot) else {
			defensive!("a slot with weight is taken");
			return None;
		};
		let Some(juror) = Jurors::<T>::get(&account) else {
			defensive!("a slot is taken by a juror");
			return None;
		};
		let seats =
			jury.iter().find(|(member, _)| *member == account).map_or(0, |(_, seats)| *seats);
		let stake = request.stake.checked_mul(u128::from(seats).saturating_add(1))?;
		let can_judge =
			stake <= juror.lockable() && !T::OnJuryDrawn::is_excluded(request.case, &account);
		can_judge.then_some(account)
	}
}

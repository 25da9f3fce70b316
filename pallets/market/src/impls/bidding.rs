//! Bids, and the list of them that each job has.

use crate::*;
use aitbc_core::{AgentId, Balance, JobId};
use aitbc_traits::{AgentInspect, DeadlineClock, ReputationInspect};
use alloc::vec::Vec;
use frame_support::{defensive, ensure, BoundedVec};
use sp_runtime::{traits::SaturatedConversion, ArithmeticError, DispatchResult};

impl<T: Config> Pallet<T> {
	/// See [`Pallet::bid`].
	pub(crate) fn do_bid(
		caller: T::AccountId,
		id: JobId,
		terms: BidTerms,
		stays_as_backup: bool,
	) -> DispatchResult {
		let job = Self::job_record(id)?;
		let JobState::Bidding(bidding) = &job.state else {
			return Err(Error::<T>::AlreadyAssigned.into());
		};
		let at = T::Clock::now();
		ensure!(at <= bidding.until, Error::<T>::BiddingEnded);
		let agent = T::Agents::agent_of_wallet(&caller).ok_or(Error::<T>::NotAgentWallet)?;
		let bid = Bid { agent, account: caller, terms, stays_as_backup, at };
		Self::ensure_offer_fits(&bid, &job)?;
		Self::ensure_worth(&bid, &job)?;
		let (replaced, mut bids): (Vec<_>, Vec<_>) = Bids::<T>::get(id)
			.into_iter()
			.partition(|other| other.agent == agent || other.account == bid.account);
		let evicted = Self::make_room(&mut bids, &bid)?;
		let old = replaced.iter().find(|other| other.account == bid.account);
		let old_bond = old.map_or(0, |old| old.terms.bond);
		let open = OpenBids::<T>::get(&bid.account).checked_add(1);
		let open = open.ok_or(ArithmeticError::Overflow)?;
		Self::move_bond(&bid.account, old_bond, bid.terms.bond)?;

		OpenBids::<T>::insert(&bid.account, open);
		for other in replaced {
			if other.account == bid.account {
				// Its bond went over into the new one's.
				Self::note_left(id, &other, BidEnd::Replaced);
			} else {
				Self::release_bid(id, &other, BidEnd::Replaced);
			}
		}
		if let Some(weakest) = evicted {
			Self::release_bid(id, &weakest, BidEnd::Evicted);
		}
		bids.push(bid.clone());
		Self::put_bids(id, bids);
		Self::deposit_event(Event::BidPlaced { job: id, bid });
		Ok(())
	}

	/// See [`Pallet::withdraw_bid`].
	pub(crate) fn do_withdraw_bid(caller: T::AccountId, id: JobId) -> DispatchResult {
		let mut bids = Bids::<T>::get(id).into_inner();
		let place = bids.iter().position(|bid| bid.account == caller);
		let place = place.ok_or(Error::<T>::BidNotFound)?;

		let bid = bids.remove(place);
		Self::put_bids(id, bids);
		Self::release_bid(id, &bid, BidEnd::Withdrawn);
		Ok(())
	}

	/// How many bids `account` has, backups included. One storage read.
	pub fn open_bids_of(account: &T::AccountId) -> u32 {
		OpenBids::<T>::get(account)
	}

	/// Takes the bid of `agent` out of `bids`.
	pub(crate) fn take_bid(bids: &mut Vec<BidOf<T>>, agent: AgentId) -> Result<BidOf<T>, Error<T>> {
		let place = bids.iter().position(|bid| bid.agent == agent);
		Ok(bids.remove(place.ok_or(Error::<T>::BidNotFound)?))
	}

	/// Keeps those of `bids` as backups that want to stay, ask for no more than the winner's `price`,
	/// and whose turn comes first, at most `most`, and releases the others.
	pub(crate) fn keep_backups(id: JobId, bids: Vec<BidOf<T>>, price: Balance, most: u32) {
		let (mut backups, mut losers): (Vec<_>, Vec<_>) =
			bids.into_iter().partition(|bid| bid.stays_as_backup && bid.terms.price <= price);
		backups.sort_by_key(Bid::turn);
		let kept = backups.len().min(most.saturated_into());
		losers.extend(backups.split_off(kept));
		Self::put_bids(id, backups);
		for loser in losers {
			Self::release_bid(id, &loser, BidEnd::Lost);
		}
	}

	/// Releases every bid of the job, and says how many there were.
	pub(crate) fn release_bids(id: JobId, cause: BidEnd) -> u32 {
		let bids = Bids::<T>::take(id);
		for bid in &bids {
			Self::release_bid(id, bid, cause);
		}
		bids.len().saturated_into()
	}

	/// Gives the bond of a bid that left the list back.
	pub(crate) fn release_bid(id: JobId, bid: &BidOf<T>, cause: BidEnd) {
		Self::give_back(ClaimKind::Bond, &bid.account, bid.terms.bond);
		Self::note_left(id, bid, cause);
	}

	/// Frees the bond of a bid that gets the job, for the escrow to hold, or changes nothing.
	pub(crate) fn free_bond(bid: &BidOf<T>) -> Result<(), Error<T>> {
		Self::release(ClaimKind::Bond, &bid.account, bid.terms.bond)?;
		Self::count_bid_down(&bid.account);
		Ok(())
	}

	/// Stores the list of bids, or removes it when it is empty.
	pub(crate) fn put_bids(id: JobId, bids: Vec<BidOf<T>>) {
		if bids.is_empty() {
			Bids::<T>::remove(id);
		} else {
			// No list gets longer but by a bid, which makes room first.
			Bids::<T>::insert(id, BoundedVec::truncate_from(bids));
		}
	}

	/// Counts and tells that a bid left the list.
	fn note_left(id: JobId, bid: &BidOf<T>, cause: BidEnd) {
		Self::count_bid_down(&bid.account);
		Self::deposit_event(Event::BidReleased {
			job: id,
			agent: bid.agent,
			account: bid.account.clone(),
			bond: bid.terms.bond,
			cause,
		});
	}

	/// Counts one bid less for `account`.
	fn count_bid_down(account: &T::AccountId) {
		match OpenBids::<T>::get(account).checked_sub(1) {
			Some(0) => OpenBids::<T>::remove(account),
			Some(left) => OpenBids::<T>::insert(account, left),
			None => {
				defensive!("each bid is counted up once, and leaves once");
			},
		}
	}

	/// Checks that the offer of `bid` is the bidder's, and right for the job.
	fn ensure_offer_fits(bid: &BidOf<T>, job: &JobOf<T>) -> Result<(), Error<T>> {
		let offer = Self::offer_record(bid.terms.offer)?;
		let is_own = offer.agent == bid.agent && offer.account == bid.account;
		ensure!(is_own, Error::<T>::NotOfferAccount);
		let units = job.work.whole().occupied(job.work.units);
		Self::ensure_available(bid.agent, &bid.account, bid.terms.offer, &job.client, units)?;
		let Demand { capability, unit, requirements, .. } = &job.demand;
		ensure!(offer.terms.capability == *capability, Error::<T>::CapabilityMismatch);
		ensure!(offer.terms.unit == *unit, Error::<T>::UnitMismatch);
		ensure!(requirements.are_met_by(&offer.terms), Error::<T>::RequirementsNotMet);
		Self::ensure_units(&offer.terms, job.work.units)?;
		// Who asks for nothing takes whomever there is, so nothing is read for it.
		let is_reputed = requirements.min_lower_bound.is_zero()
			|| T::Reputation::lower_bound(bid.agent) >= requirements.min_lower_bound;
		ensure!(is_reputed, Error::<T>::ReputationTooLow);
		Ok(())
	}

	/// Checks that an offer on `terms` takes `units` at a time.
	pub(crate) fn ensure_units(terms: &OfferTerms, units: u64) -> Result<(), Error<T>> {
		let range = terms.min_units..=terms.max_units;
		ensure!(range.contains(&units), Error::<T>::UnitsOutOfRange);
		Ok(())
	}

	/// Checks price and bond of `bid`.
	fn ensure_worth(bid: &BidOf<T>, job: &JobOf<T>) -> DispatchResult {
		let BidTerms { price, bond, .. } = bid.terms;
		ensure!(price <= job.demand.price_limit, Error::<T>::PriceAboveLimit);
		let cost = Self::cost(&job.work, price)?;
		ensure!(bond >= Self::least_bond(cost), Error::<T>::BondTooSmall);
		Ok(())
	}

	/// Takes the weakest of `bids` out if the list is full, to make room for `bid`.
	fn make_room(bids: &mut Vec<BidOf<T>>, bid: &BidOf<T>) -> Result<Option<BidOf<T>>, Error<T>> {
		let most: usize = MAX_BIDS.saturated_into();
		if bids.len() < most {
			return Ok(None);
		}
		// From the end, so that of equals the latest is found.
		let weakest = bids.iter().enumerate().rev().min_by_key(|(_, other)| other.strength());
		let Some((place, weakest)) = weakest else { return Ok(None) };
		ensure!(weakest.strength() < bid.strength(), Error::<T>::BidTooWeak);
		Ok(Some(bids.remove(place)))
	}
}

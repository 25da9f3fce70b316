//! Ranking offers and bids by what they are worth to a client.

use crate::{
	ranking::{lot, Ask, Candidate},
	runtime_api::{MAX_CANDIDATES, MAX_PAGE},
	*,
};
use aitbc_core::{JobId, OfferId};
use aitbc_traits::{AgentInspect, ReputationInspect};
use alloc::vec::Vec;
use core::cmp::Reverse;
use frame_support::Hashable;
use sp_runtime::traits::SaturatedConversion;

impl<T: Config> Pallet<T> {
	/// The offers that meet `query`, best first.
	///
	/// At least one and at most [`MAX_PAGE`], whatever `limit` says. Looks at the offers of the tag
	/// from where `query` says, round to where its seed says, [`MAX_CANDIDATES`] at most: an offer,
	/// its agent and its agent's reputation for each.
	pub fn rank_offers(query: OfferQuery, limit: u32) -> OfferRanking<T::AccountId> {
		let (ids, next) = Self::offers_round(&query);
		let seen = ids.len().saturated_into();
		let offers = ids.into_iter().filter_map(Self::offer);
		let mut offers: Vec<_> =
			offers.filter_map(|offer| Self::ranked_offer(&query, offer)).collect();
		let candidates = offers.len().saturated_into();
		offers.sort_by_cached_key(|ranked| {
			let OfferInfo { offer, ref record, .. } = ranked.offer;
			(Reverse(ranked.score), lot(query.seed, record.agent), offer)
		});
		offers.truncate(limit.clamp(1, MAX_PAGE).saturated_into());
		OfferRanking { offers, candidates, seen, next }
	}

	/// The bids for a job, or its backups, best first. Those that can't be used now come last, and those
	/// whose offer is withdrawn are left out.
	pub fn rank_bids(id: JobId) -> Vec<RankedBid<T::AccountId>> {
		let Some(job) = Jobs::<T>::get(id) else { return Vec::new() };
		let bids = Bids::<T>::get(id).into_iter();
		let mut bids: Vec<_> = bids.filter_map(|bid| Self::ranked_bid(&job, bid)).collect();
		bids.sort_by_cached_key(|ranked| {
			(!ranked.is_available, Reverse(ranked.score), lot(id, ranked.bid.agent))
		});
		bids
	}

	/// The offers of the tag that a search looks at, in their order, and after which one a search for
	/// the others starts.
	///
	/// The order is that of storage, from where the seed says round to there, so that no offer is seen
	/// first by everybody. A search that goes on after an offer ends where the first one began, also
	/// when that offer is withdrawn by then: its place is known without it.
	fn offers_round(query: &OfferQuery) -> (Vec<OfferId>, Option<OfferId>) {
		let tag = query.capability;
		let key_of = |offer: OfferId| OffersByTag::<T>::hashed_key_for(tag, offer);
		let [a, b, c, d, e, f, g, h, ..] = query.seed.blake2_256();
		let start = key_of(OfferId(u64::from_le_bytes([a, b, c, d, e, f, g, h])));
		let after = query.after.map(key_of);
		// To go on from before the start is to have come by the last offer: the rest ends at the start.
		let has_come_round = after.as_ref().is_some_and(|after| *after <= start);
		let is_up_to_start = |offer: &OfferId| key_of(*offer) <= start;
		let from = after.unwrap_or_else(|| start.clone());
		let behind = OffersByTag::<T>::iter_key_prefix_from(tag, from)
			.take_while(|offer| !has_come_round || is_up_to_start(offer));
		let before = OffersByTag::<T>::iter_key_prefix(tag)
			.take_while(|offer| !has_come_round && is_up_to_start(offer));
		let mut offers = behind.chain(before);
		let ids: Vec<_> = offers.by_ref().take(MAX_CANDIDATES.saturated_into()).collect();
		let next = offers.next().and(ids.last().copied());
		(ids, next)
	}

	/// What `offer` is worth to whoever asks `query`, or `None` if it can't be used, or does not meet
	/// a requirement.
	fn ranked_offer(
		query: &OfferQuery,
		offer: OfferInfo<T::AccountId>,
	) -> Option<RankedOffer<T::AccountId>> {
		let Offer { agent, terms, status, .. } = &offer.record;
		let is_usable = offer.is_backed
			&& *status == OfferStatus::Open
			&& offer.record.free_units() >= query.units
			&& (terms.min_units..=terms.max_units).contains(&query.units);
		let is_wanted = terms.unit == query.unit
			&& terms.price <= query.max_price
			&& query.requirements.are_met_by(terms);
		if !is_usable || !is_wanted {
			return None;
		}
		let lower_bound = T::Reputation::lower_bound(*agent);
		if lower_bound < query.requirements.min_lower_bound {
			return None;
		}
		let total = terms.price.checked_mul(query.units.into())?;
		let ask = Ask { requirements: &query.requirements, price_limit: query.max_price };
		let fit = ask.fit(&Candidate {
			resource: &terms.resource,
			sla: &terms.sla,
			price: terms.price,
			bond: Self::least_bond(total),
			total,
			is_live: T::Agents::is_live(*agent),
		});
		Some(RankedOffer { score: fit.score(lower_bound), fit, lower_bound, offer })
	}

	/// What `bid` is worth to the client of `job`, or `None` if its offer is gone.
	fn ranked_bid(job: &JobOf<T>, bid: BidOf<T>) -> Option<RankedBid<T::AccountId>> {
		let BidTerms { offer, price, bond } = bid.terms;
		let offer_terms = Offers::<T>::get(offer)?.terms;
		let whole = job.work.whole();
		let units = whole.occupied(job.work.units);
		let available = Self::ensure_available(bid.agent, &bid.account, offer, &job.client, units);
		let lower_bound = T::Reputation::lower_bound(bid.agent);
		let Demand { requirements, price_limit, .. } = &job.demand;
		let fit = Ask { requirements, price_limit: *price_limit }.fit(&Candidate {
			resource: &offer_terms.resource,
			sla: &offer_terms.sla,
			price,
			bond,
			total: job.work.payment.cost(&whole, price)?,
			is_live: T::Agents::is_live(bid.agent),
		});
		let (score, is_available) = (fit.score(lower_bound), available.is_ok());
		Some(RankedBid { score, fit, lower_bound, is_available, bid })
	}
}

//! Tests of ranking offers and bids.

use crate::{
	mock::*,
	runtime_api::{MAX_CANDIDATES, MAX_PAGE},
	*,
};
use aitbc_core::{AgentId, Balance, Hash, OfferId, Unit};
use aitbc_traits::AgentStatus;
use frame_support::{assert_ok, Hashable};
use sp_core::H256;
use sp_runtime::Perbill;
use std::collections::BTreeSet;

/// Somebody who takes anything.
fn anything() -> OfferQuery {
	OfferQuery {
		capability: TAG,
		unit: Unit::Token,
		units: UNITS,
		max_price: 100,
		requirements: Requirements::default(),
		seed: seed(0),
		after: None,
	}
}

fn seed(number: u64) -> Hash {
	H256::from_low_u64_be(number)
}

fn ranking(query: OfferQuery) -> Vec<RankedOffer<AccountId>> {
	Market::rank_offers(query, MAX_PAGE).offers
}

/// The offers that meet `query`, best first.
fn found(query: OfferQuery) -> Vec<OfferId> {
	ranking(query).iter().map(|ranked| ranked.offer.offer).collect()
}

/// A resource with nothing but cores and memory.
fn plain(cpu_cores: u16, memory_mib: u32) -> Resource {
	Resource { cpu_cores, memory_mib, ..Resource::default() }
}

#[test]
fn rank_offers_should_score_by_the_formula() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		set_lower_bound(PROVIDER, percent(60));
		let gpu = GpuMinimum { model: None, count: 3, vram_mib: 40_000 };
		let resource = ResourceMinimum { gpu: Some(gpu), cpu_cores: 24, ..Default::default() };
		let sla = Sla { latency_ms: 2_000, availability: percent(50) };
		let requirements = Requirements { resource, sla, min_lower_bound: percent(60) };

		let found = Market::rank_offers(OfferQuery { requirements, ..anything() }, 5);

		let fit = Fit {
			// A quarter of 4 GPUs, half of 80,000 MiB and a quarter of 32 cores are beyond.
			resource: Perbill::from_rational(1u32, 3u32),
			performance: percent(75),
			cost: percent(90),
			availability: percent(90),
			bond: percent(10),
		};
		// The mean is 0.5966..., times 0.7 + 0.3 x 0.6 = 0.88.
		let mean =
			Perbill::from_parts((333_333_333 + 750_000_000 + 900_000_000 * 2 + 100_000_000) / 5);
		let score = Perbill::from_parts((u64::from(mean.deconstruct()) * 88 / 100) as u32);
		let ranked = RankedOffer {
			score,
			fit,
			lower_bound: percent(60),
			offer: Market::offer(offer).expect("it is there"),
		};
		assert_eq!(found.offers, [ranked]);
		assert_eq!((found.candidates, found.seen, found.next), (1, 1, None));
	});
}

#[test]
fn rank_offers_should_put_the_better_first_in_each_respect() {
	type Change = fn(&mut OfferTerms);
	let improvements: [(&str, Change); 4] = [
		("resource", |terms| terms.resource.cpu_cores += 1),
		("performance", |terms| terms.sla.latency_ms -= 1),
		("cost", |terms| terms.price -= 1),
		("availability", |terms| terms.sla.availability = percent(91)),
	];
	let resource = ResourceMinimum { cpu_cores: 1, ..Default::default() };
	let sla = Sla { latency_ms: 1_000, availability: percent(0) };
	let requirements = Requirements { resource, sla, ..Default::default() };
	for (name, improve) in improvements {
		build_and_execute(|| {
			offer(RIVAL);
			let mut terms = offer_terms();
			improve(&mut terms);
			let better = offer_with(PROVIDER, terms);
			offer(THIRD);
			let query = OfferQuery { requirements: requirements.clone(), ..anything() };
			assert_eq!(found(query)[0], better, "{name}");
		});
	}
	build_and_execute(|| {
		let (first, second) = (offer(PROVIDER), offer(RIVAL));
		set_lower_bound(RIVAL, Perbill::from_parts(1_000));
		assert_eq!(found(anything()), [second, first]);
		alter_agent(RIVAL, |agent| agent.is_live = false);
		let ranked = ranking(anything());
		assert_eq!(ranked[1].offer.offer, second, "who is not live is available at no time");
		assert!(ranked[1].fit.availability.is_zero());
	});
}

#[test]
fn rank_offers_should_leave_out_what_can_not_be_used() {
	build_and_execute(|| {
		let usable = offer(PROVIDER);
		let out = |change: fn(&mut OfferTerms)| {
			let mut terms = offer_terms();
			change(&mut terms);
			offer_with(RIVAL, terms)
		};
		out(|terms| terms.unit = Unit::Hour);
		out(|terms| terms.capability = OTHER_TAG);
		out(|terms| terms.price = 101);
		out(|terms| terms.min_units = UNITS + 1);
		out(|terms| terms.max_units = UNITS - 1);
		let paused = out(|_| ());
		assert_ok!(Market::pause_offer(by(RIVAL), paused));
		for agent in [THIRD, FOURTH] {
			offer(agent);
		}
		alter_agent(THIRD, |agent| agent.status = AgentStatus::Inactive);
		alter_agent(FOURTH, |agent| agent.wallet = Some(STRANGER));
		assert_eq!(found(anything()), [usable]);

		let more = Requirements { min_lower_bound: percent(1), ..Default::default() };
		assert_eq!(found(OfferQuery { requirements: more, ..anything() }), []);
		let sla = Sla { latency_ms: 499, availability: percent(0) };
		let quick = Requirements { sla, ..Default::default() };
		assert_eq!(found(OfferQuery { requirements: quick, ..anything() }), []);
		// Two jobs of the usual size fit, and no third one.
		for _ in 0..2 {
			let price = UNIT_PRICE * Balance::from(UNITS);
			assert_ok!(Market::hire(signed(CLIENT), usable, work(), price));
		}
		assert_eq!(found(anything()), []);
		assert!(found(OfferQuery { units: 500, ..anything() }).contains(&usable));
	});
}

#[test]
fn rank_offers_should_find_nothing_for_a_tag_without_offers() {
	build_and_execute(|| {
		let nothing = OfferRanking { offers: vec![], candidates: 0, seen: 0, next: None };
		assert_eq!(Market::rank_offers(anything(), 10), nothing);
	});
}

#[test]
fn rank_offers_should_leave_out_what_costs_more_than_there_can_be() {
	build_and_execute(|| {
		offer_with(PROVIDER, OfferTerms { price: Balance::MAX, ..offer_terms() });
		assert_eq!(found(OfferQuery { max_price: Balance::MAX, ..anything() }), []);
	});
}

#[test]
fn resources_should_fit_by_what_is_beyond_of_all_that_is_counted() {
	let fit = |resource: &Resource, least: &ResourceMinimum| {
		let requirements = Requirements { resource: least.clone(), ..Default::default() };
		let sla = Sla::LAX;
		let candidate = crate::ranking::Candidate {
			resource,
			sla: &sla,
			price: 0,
			bond: 0,
			total: 0,
			is_live: true,
		};
		let ask = crate::ranking::Ask { requirements: &requirements, price_limit: 0 };
		ask.fit(&candidate)
	};
	let least =
		|cpu_cores, memory_mib| ResourceMinimum { cpu_cores, memory_mib, ..Default::default() };
	assert_eq!(fit(&plain(8, 100), &least(0, 0)).resource, Perbill::one());
	assert_eq!(fit(&plain(8, 100), &least(8, 0)).resource, Perbill::zero());
	assert_eq!(fit(&plain(8, 100), &least(8, 50)).resource, percent(25));
	assert_eq!(fit(&plain(8, 100), &least(2, 25)).resource, percent(75));
	// Of nothing, all is saved and at risk.
	let nothing = fit(&plain(1, 1), &least(0, 0));
	assert_eq!((nothing.cost, nothing.bond), (Perbill::one(), Perbill::one()));
	assert!(nothing.performance.is_zero());
}

#[test]
fn scores_should_be_full_when_nothing_is_missing() {
	let all = Perbill::one();
	let fit = Fit { resource: all, performance: all, cost: all, availability: all, bond: all };
	assert_eq!(fit.score(Perbill::one()), Perbill::one());
	assert_eq!(fit.score(Perbill::zero()), percent(70));
	let none = Perbill::zero();
	let fit = Fit { resource: none, performance: none, cost: none, availability: none, bond: none };
	assert_eq!(fit.score(Perbill::one()), Perbill::zero());
}

#[test]
fn rank_offers_should_order_equals_by_the_hash_of_seed_and_agent() {
	build_and_execute(|| {
		for agent in (0..6).map(AgentId) {
			offer(agent);
		}
		let mut firsts = BTreeSet::new();
		for number in 0..20 {
			let seed = seed(number);
			let ranked = ranking(OfferQuery { seed, ..anything() });
			let agents: Vec<_> = ranked.iter().map(|one| one.offer.record.agent).collect();
			let mut expected = agents.clone();
			expected.sort_by_key(|agent| (seed, *agent).blake2_256());
			assert_eq!(agents, expected);
			firsts.insert(agents[0]);
		}
		assert!(firsts.len() > 3, "an id is an advantage");
	});
}

/// Of each so many offers, another one takes so many units, so that what is found fits on a page.
const SIZES: std::ops::Range<u64> = 1_000..1_008;

/// Puts `count` offers of one agent into storage, without deposits.
fn put_crowd(count: u32) {
	BytePrice::set(&0);
	for units in SIZES.cycle().take(count as usize) {
		let terms = OfferTerms { min_units: units, max_units: units, ..offer_terms() };
		offer_with(PROVIDER, terms);
	}
}

/// Every offer that is not withdrawn, in the order of their ids.
fn all_offers() -> Vec<OfferId> {
	let mut offers: Vec<_> = Offers::<Test>::iter_keys().collect();
	offers.sort();
	offers
}

/// The searches that go on from each other until none goes on, after the offer `after`, each with the
/// offers of all sizes that it found.
fn searches(seed: Hash, after: Option<OfferId>) -> Vec<(OfferRanking<AccountId>, Vec<OfferId>)> {
	let mut searches = Vec::new();
	let mut after = Some(after);
	while let Some(from) = after.take() {
		let mut found = Vec::new();
		let of_size = |units| OfferQuery { units, seed, after: from, ..anything() };
		for units in SIZES {
			let ranking = Market::rank_offers(of_size(units), MAX_PAGE);
			assert_eq!(ranking.offers.len() as u32, ranking.candidates, "the page is full");
			found.extend(ranking.offers.iter().map(|one| one.offer.offer));
		}
		let ranking = Market::rank_offers(of_size(SIZES.start), 1);
		assert_eq!(found.len() as u32, ranking.seen);
		after = ranking.next.map(Some);
		searches.push((ranking, found));
		assert!(searches.len() < 100, "the searches have no end");
	}
	searches
}

/// All that the searches found, in the order of their ids.
fn found_by(searches: &[(OfferRanking<AccountId>, Vec<OfferId>)]) -> Vec<OfferId> {
	let mut found: Vec<_> = searches.iter().flat_map(|(_, found)| found).copied().collect();
	found.sort();
	found
}

#[test]
fn rank_offers_should_look_at_a_bounded_number() {
	build_and_execute(|| {
		put_crowd(MAX_CANDIDATES + 44);
		let query = OfferQuery { units: SIZES.start, ..anything() };
		for limit in [0, 1, u32::MAX] {
			let ranking = Market::rank_offers(query.clone(), limit);
			assert_eq!(ranking.offers.len() as u32, limit.clamp(1, ranking.candidates));
			assert_eq!(ranking.seen, MAX_CANDIDATES);
			assert!(ranking.next.is_some());
		}
	});
}

#[test]
fn rank_offers_should_fill_no_page_beyond_its_limit() {
	build_and_execute(|| {
		BytePrice::set(&0);
		for _ in 0..=MAX_PAGE {
			offer(PROVIDER);
		}
		let ranking = Market::rank_offers(anything(), u32::MAX);
		assert_eq!((ranking.offers.len() as u32, ranking.candidates), (MAX_PAGE, MAX_PAGE + 1));
	});
}

#[test]
fn rank_offers_should_look_at_each_offer_once_when_every_search_goes_on_from_the_last() {
	build_and_execute(|| {
		put_crowd(600);
		let mut firsts = BTreeSet::new();
		for number in 0..4 {
			let searches = searches(seed(number), None);
			let seen: Vec<_> = searches.iter().map(|(ranking, _)| ranking.seen).collect();
			assert_eq!(seen, [MAX_CANDIDATES, MAX_CANDIDATES, 88]);
			assert_eq!(found_by(&searches), all_offers());
			firsts.insert(searches[0].1.clone());
		}
		assert_eq!(firsts.len(), 4, "every search starts at the same offer");
	});
}

#[test]
fn rank_offers_should_end_with_a_full_search_when_no_offer_is_left() {
	build_and_execute(|| {
		put_crowd(2 * MAX_CANDIDATES);
		let searches = searches(seed(1), None);
		assert_eq!(searches.len(), 2);
		assert_eq!(found_by(&searches), all_offers());
	});
}

#[test]
fn rank_offers_should_go_on_in_its_place_when_the_offer_that_it_names_is_withdrawn() {
	build_and_execute(|| {
		put_crowd(600);
		for number in 0..4 {
			let all = all_offers();
			let first = searches(seed(number), None).swap_remove(0);
			let after = first.0.next.expect("there are more");
			assert_ok!(Market::withdraw_offer(by(PROVIDER), after));

			let mut searches = searches(seed(number), Some(after));

			searches.push(first);
			assert_eq!(found_by(&searches), all);
		}
	});
}

#[test]
fn rank_offers_should_end_where_the_seed_starts_whatever_offer_it_goes_on_from() {
	build_and_execute(|| {
		put_crowd(30);
		let round = |after| {
			let query = OfferQuery { units: SIZES.start, after, ..anything() };
			let ranking = Market::rank_offers(query, MAX_PAGE);
			assert_eq!(ranking.next, None);
			ranking.seen
		};
		let mut left: Vec<_> = all_offers().into_iter().map(|offer| round(Some(offer))).collect();
		left.sort();
		assert_eq!(left, (0..30).collect::<Vec<_>>(), "from each offer another number is left");
		assert_eq!(round(None), 30);
	});
}

#[test]
fn rank_offers_should_see_an_offer_last_and_once_when_the_seed_starts_at_it() {
	build_and_execute(|| {
		let bytes = seed(3).blake2_256();
		let start = u64::from_le_bytes(bytes[..8].try_into().expect("it has 32 bytes"));
		NextOfferId::<Test>::put(OfferId(start));
		put_crowd(MAX_CANDIDATES + 1);

		let searches = searches(seed(3), None);

		let seen: Vec<_> = searches.iter().map(|(ranking, _)| ranking.seen).collect();
		assert_eq!(seen, [MAX_CANDIDATES, 1]);
		assert_eq!(searches[1].1, [OfferId(start)]);
		assert_eq!(found_by(&searches), all_offers());
		let again = OfferQuery { seed: seed(3), after: Some(OfferId(start)), ..anything() };
		let nothing = Market::rank_offers(again, MAX_PAGE);
		assert_eq!((nothing.seen, nothing.next), (0, None));
	});
}

#[test]
fn rank_bids_should_score_by_the_formula_and_say_who_is_available() {
	build_and_execute(|| {
		let sla = Sla { latency_ms: 1_000, availability: percent(0) };
		let job = Posting::requiring(Requirements { sla, ..Default::default() }).post();
		for (agent, price, bond) in [(PROVIDER, 10_000, 5_000), (RIVAL, 8_000, 800)] {
			let terms = BidTerms { bond, ..terms_for(job, agent, price) };
			assert_ok!(Market::bid(by(agent), job, terms, true));
		}
		place(job, THIRD, 1_000);
		set_lower_bound(RIVAL, percent(50));
		assert_ok!(Market::pause_offer(by(THIRD), terms_for(job, THIRD, 1_000).offer));

		let ranked = Market::rank_bids(job);

		let agents: Vec<_> = ranked.iter().map(|one| (one.bid.agent, one.is_available)).collect();
		assert_eq!(agents, [(RIVAL, true), (PROVIDER, true), (THIRD, false)]);
		let fit = Fit {
			resource: percent(100),
			performance: percent(50),
			cost: percent(60),
			availability: percent(90),
			bond: percent(10),
		};
		assert_eq!((ranked[0].fit, ranked[0].lower_bound), (fit, percent(50)));
		// 3.1 / 5 = 0.62, times 0.85.
		assert_eq!(ranked[0].score, Perbill::from_parts(527_000_000));
		assert_eq!(ranked[1].fit.bond, percent(50));
		// 3.4 / 5 = 0.68, times 0.7.
		assert_eq!(ranked[1].score, Perbill::from_parts(476_000_000));
	});
}

#[test]
fn rank_bids_should_show_backups_and_nothing_of_jobs_that_ended() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		assert_eq!(Market::rank_bids(job).len(), 1);
		give_up(job);
		assert_eq!(Market::rank_bids(job), []);
		give_up(job);
		assert_eq!(Market::rank_bids(job), []);
		// Nor of a bid whose offer is gone.
		let job = Posting::default().post();
		let terms = place(job, THIRD, PRICE);
		assert_ok!(Market::withdraw_offer(by(THIRD), terms.offer));
		assert_eq!(Market::rank_bids(job), []);
	});
}

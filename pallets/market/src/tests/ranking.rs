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

/// Puts `count` offers of one agent into storage, without deposits.
fn put_crowd(count: u64) {
	BytePrice::set(&0);
	for _ in 0..count {
		offer(PROVIDER);
	}
}

#[test]
fn rank_offers_should_look_at_a_bounded_number_and_go_on_round() {
	build_and_execute(|| {
		let count = u64::from(MAX_CANDIDATES) + 44;
		put_crowd(count);

		let first = Market::rank_offers(anything(), u32::MAX);
		assert_eq!(first.offers.len() as u32, MAX_PAGE);
		assert_eq!((first.candidates, first.seen), (MAX_CANDIDATES, MAX_CANDIDATES));
		let second = Market::rank_offers(OfferQuery { after: first.next, ..anything() }, 0);
		assert_eq!(second.offers.len(), 1);
		assert_eq!(second.seen, MAX_CANDIDATES, "it goes round, and sees some again");
	});
}

#[test]
fn rank_offers_should_see_every_offer_when_a_search_goes_on_where_the_first_one_ended() {
	build_and_execute(|| {
		BytePrice::set(&0);
		// Of each four offers, another one takes so many units, so that what is found fits on a page.
		let sizes = || 1_000..1_004;
		for units in sizes().cycle().take(MAX_CANDIDATES as usize + 44) {
			let terms = OfferTerms { min_units: units, max_units: units, ..offer_terms() };
			offer_with(PROVIDER, terms);
		}
		let (mut by_first, mut by_both) = (BTreeSet::new(), BTreeSet::new());
		for units in sizes() {
			let query = OfferQuery { units, ..anything() };
			let first = Market::rank_offers(query.clone(), MAX_PAGE);
			let second = Market::rank_offers(OfferQuery { after: first.next, ..query }, MAX_PAGE);
			by_first.extend(first.offers.iter().map(|one| one.offer.offer));
			by_both.extend(first.offers.iter().chain(&second.offers).map(|one| one.offer.offer));
		}
		assert_eq!(by_first.len(), MAX_CANDIDATES as usize);
		assert_eq!(by_both.len(), MAX_CANDIDATES as usize + 44);
	});
}

#[test]
fn rank_offers_should_see_every_offer_once_when_they_are_few() {
	build_and_execute(|| {
		put_crowd(30);
		for number in 0..10 {
			for after in [None, Some(OfferId(number)), Some(OfferId(1_000))] {
				let query = OfferQuery { seed: seed(number), after, ..anything() };
				let ranking = Market::rank_offers(query, MAX_PAGE);
				let offers: BTreeSet<_> =
					ranking.offers.iter().map(|one| one.offer.offer).collect();
				assert_eq!((offers.len(), ranking.seen, ranking.next), (30, 30, None));
			}
		}
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

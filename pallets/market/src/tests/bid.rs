//! Tests of `bid`.

use crate::{mock::*, *};
use aitbc_core::{AgentId, Balance, JobId, OfferId, PrivacyClass, Unit};
use aitbc_traits::AgentStatus;
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::{ArithmeticError, TokenError};

/// Lets [`PROVIDER`] bid the usual price by its newest offer.
fn try_bid(job: JobId) -> DispatchResult {
	Market::bid(by(PROVIDER), job, terms_for(job, PROVIDER, PRICE), false)
}

/// Lets [`PROVIDER`] bid with other terms than the usual.
fn try_changed(job: JobId, change: impl FnOnce(&mut BidTerms)) -> DispatchResult {
	let mut terms = terms_for(job, PROVIDER, PRICE);
	change(&mut terms);
	Market::bid(by(PROVIDER), job, terms, false)
}

/// A posted job, and an offer by [`PROVIDER`].
fn posted() -> JobId {
	offer(PROVIDER);
	Posting::default().post()
}

/// The least bond at the usual price.
const BOND: Balance = PRICE / 10;

#[test]
fn bid_should_join_the_list_and_hold_the_bond_when_all_is_sound() {
	build_and_execute(|| {
		let job = posted();
		let before = free(wallet(PROVIDER));
		reset_events();

		let terms = BidTerms { offer: OFFER, price: PRICE, bond: BOND };
		assert_ok!(Market::bid(by(PROVIDER), job, terms, true));

		let bid = Bid {
			agent: PROVIDER,
			account: wallet(PROVIDER),
			terms,
			stays_as_backup: true,
			at: START,
		};
		assert_eq!(Market::bids(job), std::slice::from_ref(&bid));
		assert_eq!(bond_held(wallet(PROVIDER)), BOND);
		assert_eq!(free(wallet(PROVIDER)), before - BOND);
		assert_eq!(Market::open_bids_of(&wallet(PROVIDER)), 1);
		assert_eq!(in_use(PROVIDER), 0, "a bid takes no capacity");
		assert_eq!(events(), [Event::BidPlaced { job, bid }]);
	});
}

#[test]
fn bid_should_be_priced_as_the_job_pays() {
	build_and_execute(|| {
		offer(PROVIDER);
		for (payment, price, total) in [(STREAM, 150, 15_000), (METER, 12, 12_000)] {
			let job = Posting::paid_by(payment).post();
			assert_eq!(Market::bid_bond(job, price), Some(total / 10));
			let terms = BidTerms { offer: OFFER, price, bond: total / 10 };
			assert_ok!(Market::bid(by(PROVIDER), job, terms, false));
		}
	});
}

#[test]
fn bid_should_replace_an_earlier_one_and_hold_the_difference() {
	build_and_execute(|| {
		let job = posted();
		for agent in [PROVIDER, RIVAL] {
			place(job, agent, PRICE);
		}
		wait(3);
		for (price, bond) in [(PRICE - 500, 3_000), (PRICE - 700, 930)] {
			reset_events();
			let before = bid_of(job, PROVIDER).expect("it bid").terms.bond;

			let terms = BidTerms { offer: OFFER, price, bond };
			assert_ok!(Market::bid(by(PROVIDER), job, terms, false));

			let bid = Bid {
				agent: PROVIDER,
				account: wallet(PROVIDER),
				terms,
				stays_as_backup: false,
				at: START + 3,
			};
			assert_eq!(bid_of(job, PROVIDER), Some(bid.clone()));
			assert_eq!(bidders(job).len(), 2);
			assert_eq!(bond_held(wallet(PROVIDER)), bond);
			assert_eq!(Market::open_bids_of(&wallet(PROVIDER)), 1);
			let released = Event::BidReleased {
				job,
				agent: PROVIDER,
				account: wallet(PROVIDER),
				bond: before,
				cause: BidEnd::Replaced,
			};
			assert_eq!(events(), [released, Event::BidPlaced { job, bid }]);
		}
	});
}

#[test]
fn bid_should_replace_that_of_the_same_agent_under_its_former_wallet() {
	build_and_execute(|| {
		let job = posted();
		place(job, PROVIDER, PRICE);
		alter_agent(PROVIDER, |agent| agent.wallet = Some(STRANGER));
		assert_ok!(Market::create_offer(signed(STRANGER), offer_terms()));
		let terms = terms_for(job, PROVIDER, PRICE);

		assert_ok!(Market::bid(signed(STRANGER), job, terms, false));

		assert_eq!(bidders(job), [PROVIDER]);
		assert_eq!((bond_held(wallet(PROVIDER)), bond_held(STRANGER)), (0, BOND));
		assert_eq!(Market::open_bids_of(&wallet(PROVIDER)), 0);
	});
}

#[test]
fn bid_should_replace_that_of_the_same_wallet_for_its_former_agent() {
	build_and_execute(|| {
		let job = posted();
		place(job, PROVIDER, PRICE);
		alter_agent(PROVIDER, |agent| agent.wallet = None);
		alter_agent(RIVAL, |agent| agent.wallet = Some(wallet(PROVIDER)));
		let second = NextOfferId::<Test>::get();
		assert_ok!(Market::create_offer(by(PROVIDER), offer_terms()));

		let terms = BidTerms { offer: second, price: PRICE, bond: BOND + 1 };
		assert_ok!(Market::bid(by(PROVIDER), job, terms, false));

		assert_eq!(bidders(job), [RIVAL]);
		assert_eq!(bond_held(wallet(PROVIDER)), BOND + 1);
		assert_eq!(Market::open_bids_of(&wallet(PROVIDER)), 1);
	});
}

#[test]
fn bid_should_replace_both_when_agent_and_wallet_bid_apart() {
	build_and_execute(|| {
		let job = posted();
		place(job, PROVIDER, PRICE);
		place(job, RIVAL, PRICE);
		// Each works under the other's wallet now.
		alter_agent(PROVIDER, |agent| agent.wallet = Some(wallet(RIVAL)));
		alter_agent(RIVAL, |agent| agent.wallet = Some(wallet(PROVIDER)));
		assert_ok!(Market::create_offer(by(RIVAL), offer_terms()));
		let terms = terms_for(job, PROVIDER, PRICE);

		assert_ok!(Market::bid(by(RIVAL), job, terms, false));

		assert_eq!(bidders(job), [PROVIDER]);
		assert_eq!((bond_held(wallet(PROVIDER)), bond_held(wallet(RIVAL))), (0, BOND));
	});
}

/// Fills the list of a job: each agent bids 100 plancks less than the one before, and the bonds are
/// all alike but for that of the agent `weakest`, which has one planck less.
fn fill(job: JobId, weakest: Option<AgentId>) {
	for agent in (1..=u64::from(MAX_BIDS)).map(AgentId) {
		let less = if Some(agent) == weakest { 1 } else { 0 };
		let terms = BidTerms { bond: 3_000 - less, ..terms_for(job, agent, LIMIT - 100) };
		assert_ok!(Market::bid(by(agent), job, terms, true));
	}
}

#[test]
fn bid_should_evict_the_lowest_bond_when_the_list_is_full() {
	build_and_execute(|| {
		let job = posted();
		let weakest = AgentId(9);
		fill(job, Some(weakest));
		reset_events();

		assert_ok!(try_changed(job, |terms| terms.bond = 3_000));

		assert_eq!(bidders(job).len() as u32, MAX_BIDS);
		assert_eq!(bid_of(job, weakest), None);
		assert!(bid_of(job, PROVIDER).is_some());
		assert_eq!(bond_held(wallet(weakest)), 0);
		assert_eq!(Market::open_bids_of(&wallet(weakest)), 0);
		let evicted = Event::BidReleased {
			job,
			agent: weakest,
			account: wallet(weakest),
			bond: 2_999,
			cause: BidEnd::Evicted,
		};
		assert_eq!(events()[0], evicted);
	});
}

#[test]
fn bid_should_evict_the_highest_price_when_the_bonds_are_equal() {
	build_and_execute(|| {
		let job = posted();
		fill(job, None);
		let dear = AgentId(4);
		let terms = BidTerms { bond: 3_000, ..terms_for(job, dear, LIMIT) };
		assert_ok!(Market::bid(by(dear), job, terms, true));

		assert_ok!(try_changed(job, |terms| (terms.price, terms.bond) = (LIMIT - 100, 3_000)));

		assert_eq!(bid_of(job, dear), None);
	});
}

#[test]
fn bid_should_evict_the_latest_when_bonds_and_prices_are_equal() {
	build_and_execute(|| {
		let job = posted();
		fill(job, None);
		wait(1);
		// The same again, later than all others.
		let late = AgentId(7);
		let terms = bid_of(job, late).expect("it bid").terms;
		assert_ok!(Market::bid(by(late), job, terms, true));
		wait(1);

		assert_ok!(try_changed(job, |terms| terms.bond = 3_001));

		assert_eq!(bid_of(job, late), None);
	});
}

#[test]
fn bid_should_fail_when_the_list_is_full_and_it_would_be_the_weakest() {
	build_and_execute(|| {
		let job = posted();
		fill(job, None);
		let offer = OFFER;
		for (price, bond) in [(PRICE, 2_999), (LIMIT, 3_000), (LIMIT - 100, 3_000)] {
			let terms = BidTerms { offer, price, bond };
			assert_noop!(Market::bid(by(PROVIDER), job, terms, false), Error::<Test>::BidTooWeak);
		}
		let terms = BidTerms { offer, price: LIMIT - 101, bond: 3_000 };
		assert_ok!(Market::bid(by(PROVIDER), job, terms, false));
	});
}

#[test]
fn bid_should_need_no_room_when_it_replaces_one_in_a_full_list() {
	build_and_execute(|| {
		let job = posted();
		fill(job, None);
		let terms = BidTerms { bond: 2_000, ..terms_for(job, AgentId(5), LIMIT) };
		assert_ok!(Market::bid(by(AgentId(5)), job, terms, false));
		assert_eq!(bidders(job).len() as u32, MAX_BIDS);
	});
}

#[test]
fn bid_should_fail_when_there_is_no_such_job() {
	build_and_execute(|| {
		let terms = BidTerms { offer: offer(PROVIDER), price: PRICE, bond: BOND };
		assert_noop!(Market::bid(by(PROVIDER), JOB, terms, false), Error::<Test>::JobNotFound);
	});
}

#[test]
fn bid_should_fail_when_somebody_has_the_job() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		let terms = BidTerms { offer: offer(RIVAL), price: PRICE, bond: BOND };
		assert_noop!(Market::bid(by(RIVAL), job, terms, false), Error::<Test>::AlreadyAssigned);
	});
}

#[test]
fn bid_should_fail_when_the_window_has_passed() {
	build_and_execute(|| {
		let job = posted();
		wait(30);
		assert_ok!(try_bid(job));
		wait(1);
		assert_noop!(try_bid(job), Error::<Test>::BiddingEnded);
	});
}

#[test]
fn bid_should_fail_when_the_caller_is_no_agents_wallet() {
	build_and_execute(|| {
		let job = posted();
		let terms = terms_for(job, PROVIDER, PRICE);
		assert_noop!(
			Market::bid(signed(STRANGER), job, terms, false),
			Error::<Test>::NotAgentWallet
		);
	});
}

#[test]
fn bid_should_fail_when_there_is_no_such_offer() {
	build_and_execute(|| {
		let job = posted();
		let offer = OfferId(99);
		assert_noop!(try_changed(job, |terms| terms.offer = offer), Error::<Test>::OfferNotFound);
	});
}

#[test]
fn bid_should_fail_when_the_offer_is_anothers() {
	build_and_execute(|| {
		let job = posted();
		let other = offer(RIVAL);
		assert_noop!(try_changed(job, |terms| terms.offer = other), Error::<Test>::NotOfferAccount);
		// Nor is it the agent's any more when the wallet works for another one.
		alter_agent(PROVIDER, |agent| agent.wallet = None);
		alter_agent(RIVAL, |agent| agent.wallet = Some(wallet(PROVIDER)));
		assert_noop!(try_bid(job), Error::<Test>::NotOfferAccount);
	});
}

#[test]
fn bid_should_fail_when_the_agent_is_not_active() {
	build_and_execute(|| {
		let job = posted();
		for status in [AgentStatus::Inactive, AgentStatus::Suspended] {
			alter_agent(PROVIDER, |agent| agent.status = status);
			assert_noop!(try_bid(job), Error::<Test>::AgentNotActive);
		}
	});
}

#[test]
fn bid_should_fail_when_it_is_the_bidders_own_job() {
	build_and_execute(|| {
		offer(PROVIDER);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), owner(PROVIDER), 10_000));
		for client in [wallet(PROVIDER), owner(PROVIDER)] {
			let job = Posting { client, ..Posting::default() }.post();
			assert_noop!(try_bid(job), Error::<Test>::OwnJob);
		}
	});
}

#[test]
fn bid_should_fail_when_the_offer_is_paused() {
	build_and_execute(|| {
		let job = posted();
		assert_ok!(Market::pause_offer(by(PROVIDER), OFFER));
		assert_noop!(try_bid(job), Error::<Test>::OfferNotOpen);
	});
}

#[test]
fn bid_should_fail_when_the_capacity_is_in_use() {
	build_and_execute(|| {
		let job = posted();
		for _ in 0..CAPACITY / UNITS {
			Posting::default().assign(PRICE, &[]);
		}
		assert_eq!(in_use(PROVIDER), 2_000);
		assert_noop!(try_bid(job), Error::<Test>::OfferExhausted);
	});
}

#[test]
fn bid_should_fail_when_the_offer_is_of_something_else() {
	build_and_execute(|| {
		let job = posted();
		offer_with(PROVIDER, OfferTerms { capability: OTHER_TAG, ..offer_terms() });
		assert_noop!(try_bid(job), Error::<Test>::CapabilityMismatch);
		offer_with(PROVIDER, OfferTerms { unit: Unit::Hour, ..offer_terms() });
		assert_noop!(try_bid(job), Error::<Test>::UnitMismatch);
	});
}

#[test]
fn bid_should_pass_when_the_jobs_tag_was_retired_since() {
	build_and_execute(|| {
		let job = posted();
		retire_tag();
		assert_ok!(try_bid(job));
		award(job, PROVIDER);
	});
}

#[test]
fn bid_should_fail_when_the_offer_takes_no_job_of_that_size() {
	build_and_execute(|| {
		let job = posted();
		for (min_units, max_units) in [(UNITS + 1, 2_000), (1, UNITS - 1)] {
			offer_with(PROVIDER, OfferTerms { min_units, max_units, ..offer_terms() });
			assert_noop!(try_bid(job), Error::<Test>::UnitsOutOfRange);
		}
		offer_with(PROVIDER, OfferTerms { min_units: UNITS, max_units: UNITS, ..offer_terms() });
		assert_ok!(try_bid(job));
	});
}

/// Requirements that need more of one thing than the usual offer has, and just as much.
fn requirements() -> Vec<(Requirements, Requirements)> {
	type Change<'a> = &'a dyn Fn(&mut ResourceMinimum);
	let resource = |change: Change| {
		let mut resource = ResourceMinimum::default();
		change(&mut resource);
		Requirements { resource, ..Requirements::default() }
	};
	let gpu = |model: Option<&str>, count, vram_mib| {
		let gpu = GpuMinimum { model: model.map(name), count, vram_mib };
		resource(&|least: &mut ResourceMinimum| least.gpu = Some(gpu.clone()))
	};
	let models = |names: &[&str]| {
		let names: Vec<_> = names.iter().map(|text| name(text)).collect();
		let names: Names = names.try_into().expect("few enough");
		resource(&|least: &mut ResourceMinimum| least.models = names.clone())
	};
	let region = |text: &[u8]| {
		let region: Region = text.to_vec().try_into().expect("short enough");
		resource(&|least: &mut ResourceMinimum| least.region = region.clone())
	};
	let privacy = |class| resource(&|least: &mut ResourceMinimum| least.privacy = class);
	let sla = |latency_ms, availability| Requirements {
		sla: Sla { latency_ms, availability },
		..Requirements::default()
	};
	vec![
		(gpu(Some("A100"), 1, 0), gpu(Some("H100"), 1, 0)),
		(gpu(None, 5, 0), gpu(None, 4, 0)),
		(gpu(None, 1, 80_001), gpu(None, 1, 80_000)),
		(resource(&|least| least.cpu_cores = 33), resource(&|least| least.cpu_cores = 32)),
		(resource(&|one| one.memory_mib = 256_001), resource(&|one| one.memory_mib = 256_000)),
		(resource(&|one| one.bandwidth_mbps = 1_001), resource(&|one| one.bandwidth_mbps = 1_000)),
		(models(&["qwen-2", "gpt"]), models(&["qwen-2", "llama-3"])),
		(region(b"us-1"), region(b"eu-1")),
		(privacy(PrivacyClass::Confidential), privacy(PrivacyClass::Dedicated)),
		(sla(499, percent(0)), sla(500, percent(90))),
		(sla(u32::MAX, percent(91)), sla(u32::MAX, percent(90))),
	]
}

#[test]
fn bid_should_fail_when_the_offer_does_not_meet_a_requirement() {
	build_and_execute(|| {
		offer(PROVIDER);
		for (more, just) in requirements() {
			let job = Posting::requiring(more).post();
			assert_noop!(try_bid(job), Error::<Test>::RequirementsNotMet);
			let job = Posting::requiring(just).post();
			assert_ok!(try_bid(job));
		}
		offer_with(PROVIDER, OfferTerms { resource: Resource::default(), ..offer_terms() });
		let gpu = GpuMinimum { model: None, count: 1, vram_mib: 0 };
		let resource = ResourceMinimum { gpu: Some(gpu), ..Default::default() };
		let job = Posting::requiring(Requirements { resource, ..Default::default() }).post();
		assert_noop!(try_bid(job), Error::<Test>::RequirementsNotMet);
	});
}

#[test]
fn bid_should_fail_when_the_agents_reputation_is_too_low() {
	build_and_execute(|| {
		offer(PROVIDER);
		let min_lower_bound = percent(60);
		let job = Posting::requiring(Requirements { min_lower_bound, ..Default::default() }).post();
		assert_noop!(try_bid(job), Error::<Test>::ReputationTooLow);
		set_lower_bound(PROVIDER, percent(59));
		assert_noop!(try_bid(job), Error::<Test>::ReputationTooLow);
		set_lower_bound(PROVIDER, percent(60));
		assert_ok!(try_bid(job));
	});
}

#[test]
fn bid_should_fail_when_the_price_is_out_of_range() {
	build_and_execute(|| {
		let job = posted();
		let priced =
			|price, bond| try_changed(job, |terms| (terms.price, terms.bond) = (price, bond));
		assert_noop!(priced(0, BOND), Error::<Test>::PriceZero);
		assert_noop!(priced(44, BOND), Error::<Test>::PriceTooLow);
		assert_noop!(priced(LIMIT + 1, LIMIT), Error::<Test>::PriceAboveLimit);
		assert_ok!(priced(LIMIT, LIMIT / 10));
		assert_ok!(priced(45, BOND));
	});
}

#[test]
fn bid_should_fail_when_the_bond_is_too_small() {
	build_and_execute(|| {
		let job = posted();
		assert_noop!(try_changed(job, |terms| terms.bond = BOND - 1), Error::<Test>::BondTooSmall);
		// However little it asks, the bond is worth something.
		let low = |bond| try_changed(job, |terms| (terms.price, terms.bond) = (100, bond));
		assert_noop!(low(MIN_BOND - 1), Error::<Test>::BondTooSmall);
		assert_ok!(low(MIN_BOND));
		// And pays for its row at today's price.
		BytePrice::set(&10);
		assert_noop!(low(MIN_BOND), Error::<Test>::BondTooSmall);
		let row = Market::bid_bond(job, 100).expect("the job is live");
		assert_eq!(row, 10 * (10 + 8 + 8 + (8 + 16 + 16) + 1 + 4));
		assert_ok!(low(row));
	});
}

#[test]
fn bid_should_fail_when_the_bond_can_not_be_held() {
	build_and_execute(|| {
		let job = posted();
		keep_only(wallet(PROVIDER), BOND + ED - 1);
		assert_noop!(try_bid(job), TokenError::FundsUnavailable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), wallet(PROVIDER), 1));
		assert_ok!(try_bid(job));
	});
}

#[test]
fn bid_should_release_the_difference_when_the_bidder_owns_only_what_is_held() {
	build_and_execute(|| {
		let job = posted();
		assert_ok!(try_changed(job, |terms| terms.bond = 5_000));
		keep_only_holds(wallet(PROVIDER));

		assert_ok!(try_bid(job));

		assert_eq!(bond_held(wallet(PROVIDER)), BOND);
		assert_eq!(free(wallet(PROVIDER)), 5_000 - BOND);
	});
}

#[test]
fn bid_should_fail_when_the_bidder_can_not_be_credited_with_the_difference() {
	build_and_execute(|| {
		let job = posted();
		assert_ok!(try_changed(job, |terms| terms.bond = BOND + 100));
		keep_only(wallet(PROVIDER), 50);
		ExistentialDeposit::set(&1_900);
		assert_noop!(try_bid(job), Error::<Test>::PayeeNotCreditable);
		ExistentialDeposit::set(&150);
		assert_ok!(try_bid(job));
	});
}

#[test]
fn bid_should_fail_when_all_counts_are_used_up() {
	new_test_ext().execute_with(|| {
		let job = posted();
		OpenBids::<Test>::insert(wallet(PROVIDER), u32::MAX);
		assert_noop!(try_bid(job), ArithmeticError::Overflow);
	});
}

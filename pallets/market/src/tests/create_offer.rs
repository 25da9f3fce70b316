//! Tests of `create_offer`.

use crate::{mock::*, *};
use aitbc_core::{AgentId, OfferId, TagId};
use aitbc_traits::AgentStatus;
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::{ArithmeticError, TokenError};

fn create(terms: OfferTerms) -> DispatchResult {
	Market::create_offer(by(PROVIDER), terms)
}

fn with_resource(change: impl FnOnce(&mut Resource)) -> OfferTerms {
	let mut resource = resource();
	change(&mut resource);
	OfferTerms { resource, ..offer_terms() }
}

#[test]
fn create_offer_should_store_the_offer_and_hold_its_deposit_when_all_is_sound() {
	build_and_execute(|| {
		assert_ok!(create(offer_terms()));

		let deposit = Market::offer_deposit();
		let record = Offer {
			agent: PROVIDER,
			account: wallet(PROVIDER),
			terms: offer_terms(),
			in_use: 0,
			status: OfferStatus::Open,
			deposit,
		};
		assert_eq!(Offers::<Test>::get(OFFER), Some(record));
		assert!(OffersByAgent::<Test>::contains_key(PROVIDER, OFFER));
		assert!(OffersByTag::<Test>::contains_key(TAG, OFFER));
		assert_eq!(NextOfferId::<Test>::get(), OfferId(1));
		assert_eq!(deposit_held(wallet(PROVIDER)), deposit);
		assert_eq!(free(wallet(PROVIDER)), WEALTH - deposit);
		let created = Event::OfferCreated {
			offer: OFFER,
			agent: PROVIDER,
			account: wallet(PROVIDER),
			terms: offer_terms(),
			deposit,
		};
		assert_eq!(events(), [created]);
	});
}

#[test]
fn create_offer_should_take_several_of_one_agent() {
	build_and_execute(|| {
		assert_eq!(offer(PROVIDER), OfferId(0));
		assert_eq!(offer(PROVIDER), OfferId(1));
		assert_eq!(offer(RIVAL), OfferId(2));
		assert_eq!(deposit_held(wallet(PROVIDER)), 2 * Market::offer_deposit());
	});
}

#[test]
fn create_offer_should_never_give_an_id_out_again_when_its_offer_is_withdrawn() {
	build_and_execute(|| {
		let gone = offer(PROVIDER);
		assert_ok!(Market::withdraw_offer(by(PROVIDER), gone));
		assert_eq!(offer(PROVIDER), OfferId(1));
	});
}

#[test]
fn create_offer_should_take_a_resource_without_gpu_models_and_region() {
	build_and_execute(|| {
		assert_ok!(create(OfferTerms { resource: Resource::default(), ..offer_terms() }));
	});
}

#[test]
fn create_offer_should_fail_when_the_caller_is_no_agents_wallet() {
	build_and_execute(|| {
		for caller in [CLIENT, owner(PROVIDER)] {
			assert_noop!(
				Market::create_offer(signed(caller), offer_terms()),
				Error::<Test>::NotAgentWallet
			);
		}
	});
}

#[test]
fn create_offer_should_fail_when_the_agent_is_not_active() {
	build_and_execute(|| {
		for status in [
			AgentStatus::Registered,
			AgentStatus::Inactive,
			AgentStatus::Suspended,
			AgentStatus::Deregistering { bond_until: 1_000 },
		] {
			alter_agent(PROVIDER, |agent| agent.status = status);
			assert_noop!(create(offer_terms()), Error::<Test>::AgentNotActive);
		}
	});
}

#[test]
fn create_offer_should_fail_when_the_tag_is_not_one_for_new_capabilities() {
	build_and_execute(|| {
		let of = |capability: TagId| OfferTerms { capability, ..offer_terms() };
		assert_noop!(create(of(NO_TAG)), Error::<Test>::TagNotFound);
		assert_noop!(create(of(RETIRED_TAG)), Error::<Test>::TagRetired);
		assert_noop!(create(of(FEEDBACK_TAG)), Error::<Test>::NotACapability);
	});
}

#[test]
fn create_offer_should_fail_when_a_name_is_malformed() {
	build_and_execute(|| {
		let gpu = |model| with_resource(|it| it.gpu.as_mut().expect("it has one").model = model);
		let model = |model| with_resource(|it| it.models = vec![model].try_into().expect("one"));
		let region = |text: &[u8]| {
			with_resource(|it| it.region = text.to_vec().try_into().expect("short enough"))
		};
		for terms in [
			gpu(name("")),
			gpu(name("H100\n")),
			gpu(name("Hö100")),
			model(name("")),
			model(name("llama\0")),
			region(b"eu\t1"),
			region("eü".as_bytes()),
		] {
			assert_noop!(create(terms), Error::<Test>::NameMalformed);
		}
	});
}

#[test]
fn create_offer_should_fail_when_there_are_no_gpus_of_a_kind() {
	build_and_execute(|| {
		let terms = with_resource(|it| it.gpu.as_mut().expect("it has one").count = 0);
		assert_noop!(create(terms), Error::<Test>::NoGpus);
	});
}

#[test]
fn create_offer_should_fail_when_price_or_units_make_no_sense() {
	build_and_execute(|| {
		let terms = OfferTerms { price: 0, ..offer_terms() };
		assert_noop!(create(terms), Error::<Test>::PriceZero);
		let terms = OfferTerms { min_units: 0, ..offer_terms() };
		assert_noop!(create(terms), Error::<Test>::UnitsZero);
		let terms = OfferTerms { min_units: 11, max_units: 10, ..offer_terms() };
		assert_noop!(create(terms), Error::<Test>::UnitsOutOfOrder);
		let terms = OfferTerms { max_units: CAPACITY + 1, ..offer_terms() };
		assert_noop!(create(terms), Error::<Test>::UnitsOutOfOrder);
		let terms = OfferTerms { min_units: CAPACITY, max_units: CAPACITY, ..offer_terms() };
		assert_ok!(create(terms));
	});
}

#[test]
fn create_offer_should_fail_when_the_deposit_can_not_be_held() {
	build_and_execute(|| {
		// An account keeps the existential deposit beside what is held.
		let enough = Market::offer_deposit() + ED;
		keep_only(wallet(PROVIDER), enough - 1);
		assert_noop!(create(offer_terms()), TokenError::FundsUnavailable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), wallet(PROVIDER), 1));
		assert_ok!(create(offer_terms()));
	});
}

/// See `keeping_total`: without its check the provider would lose its last 5 plancks to dust here.
#[test]
fn create_offer_should_fail_when_holding_the_deposit_would_turn_money_to_dust() {
	build_and_execute(|| {
		keep_only(wallet(PROVIDER), Market::offer_deposit() + 5);
		assert_noop!(create(offer_terms()), TokenError::FundsUnavailable);
	});
}

#[test]
fn create_offer_should_fail_when_all_ids_are_used_up() {
	new_test_ext().execute_with(|| {
		NextOfferId::<Test>::put(OfferId(u64::MAX));
		assert_noop!(create(offer_terms()), ArithmeticError::Overflow);
	});
}

#[test]
fn create_offer_should_be_for_the_agent_whose_wallet_calls() {
	build_and_execute(|| {
		put_agent(AgentId(77), owner(RIVAL), STRANGER);
		assert_ok!(Market::create_offer(signed(STRANGER), offer_terms()));
		assert_eq!(offer_record(OFFER).agent, AgentId(77));
	});
}

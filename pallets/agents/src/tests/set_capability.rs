use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AgentId, Decimal, TagId};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, TokenError};

#[test]
fn set_capability_should_hold_its_deposit_when_it_is_new() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		let (before, free_before) = (record(agent), free(&alice()));

		let events =
			events_of(|| Agents::set_capability(signed(alice()), agent, INFERENCE, terms()));

		let deposit = CAPABILITY_DEPOSIT;
		let expected = Capability { terms: terms(), performance: percent(50), deposit, row: None };
		assert_eq!(Capabilities::<Test>::get(agent, INFERENCE), Some(expected));
		assert_eq!(
			record(agent),
			Agent { attachments: deposit, capabilities: 1, ..before.clone() }
		);
		assert_eq!(held(&alice()), (before.deposit + deposit, BOND));
		assert_eq!(free(&alice()), free_before - deposit);
		assert_eq!(CapabilityCounts::<Test>::get(INFERENCE), 0);
		let (tag, terms) = (INFERENCE, terms());
		assert_eq!(events, [Event::CapabilitySet { agent, tag, terms, deposit }]);
	});
}

#[test]
fn set_capability_should_add_a_row_when_the_agent_is_active() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		LowerBounds::set(&vec![(agent, percent(30))]);
		assert_ok!(Agents::heartbeat(signed(charlie()), agent));

		assert_ok!(Agents::set_capability(signed(alice()), agent, INFERENCE, terms()));

		let CapabilityTerms { version, price, capacity, parameters, .. } = terms();
		let standing = Standing { live_until: Now::get() + PERIOD, lower_bound: percent(30) };
		let performance = percent(50);
		let expected =
			CapabilityRow { agent, version, performance, price, capacity, parameters, standing };
		assert_eq!(row(agent, INFERENCE), Some(expected));
		assert_eq!(CapabilityCounts::<Test>::get(INFERENCE), 1);
		assert_eq!(CapabilityCounts::<Test>::get(FORECAST), 0);
	});
}

#[test]
fn set_capability_should_replace_the_terms_in_place_when_it_is_set() {
	ExtBuilder.build_and_execute(|| {
		let agents = [(); 3].map(|()| free_agent(alice()));
		agents.iter().for_each(|agent| offer(*agent, INFERENCE));
		let (agent, before) = (agents[1], record(agents[1]));
		let terms = CapabilityTerms { price: 99, performance: Decimal::whole(250), ..terms() };

		assert_ok!(Agents::set_capability(signed(alice()), agent, INFERENCE, terms));

		assert_eq!(record(agent), before);
		let row = row(agent, INFERENCE).expect("it is active");
		assert_eq!((row.agent, row.price, row.performance), (agent, 99, percent(25)));
		assert_eq!(pages(INFERENCE), [[0, 1, 2]]);
	});
}

#[test]
fn set_capability_should_take_todays_price_when_the_price_of_storage_changed() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		offer(agent, INFERENCE);
		let before = held(&alice()).0;
		for (factor, deposit) in [(3, 3 * CAPABILITY_DEPOSIT), (0, 0)] {
			PriceFactor::set(&factor);

			offer(agent, INFERENCE);

			assert_eq!(record(agent).attachments, deposit);
			assert_eq!(held(&alice()).0, before - CAPABILITY_DEPOSIT + deposit);
		}
	});
}

#[test]
fn set_capability_should_take_a_performance_in_any_form_when_it_is_on_the_scale() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		for (value, decimals, share) in
			[(-1, 0, 0), (-10, 1, 0), (0, 18, 50), (5, 1, 75), (1, 0, 100)]
		{
			let terms = CapabilityTerms { performance: Decimal { value, decimals }, ..terms() };

			assert_ok!(Agents::set_capability(signed(alice()), agent, FORECAST, terms));

			let capability = Capabilities::<Test>::get(agent, FORECAST).expect("just set");
			assert_eq!((capability.terms, capability.performance), (terms, percent(share)));
		}
	});
}

#[test]
fn set_capability_should_change_what_is_set_when_the_tag_was_retired() {
	ExtBuilder.build_and_execute(|| {
		let (user, other) = (working_agent(), register(bob()));
		offer(user, INFERENCE);
		assert_ok!(Agents::retire_tag(RuntimeOrigin::root(), INFERENCE));

		let terms = CapabilityTerms { price: 99, ..terms() };
		assert_ok!(Agents::set_capability(signed(alice()), user, INFERENCE, terms));

		assert_eq!(row(user, INFERENCE).map(|row| row.price), Some(99));
		let call = Agents::set_capability(signed(bob()), other, INFERENCE, terms);
		assert_noop!(call, Error::<Test>::TagRetired);
	});
}

#[test]
fn set_capability_should_fail_when_the_terms_are_refused() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let performing = |performance| CapabilityTerms { performance, ..terms() };
		for (tag, terms, error) in [
			(TagId(9), terms(), Error::<Test>::TagNotFound),
			(ACCURACY, terms(), Error::<Test>::TagNotCapability),
			(INFERENCE, CapabilityTerms { capacity: 0, ..terms() }, Error::<Test>::CapacityZero),
			(INFERENCE, performing(Decimal::whole(-1)), Error::<Test>::PerformanceOffScale),
			(INFERENCE, performing(Decimal::whole(1_001)), Error::<Test>::PerformanceOffScale),
			(
				INFERENCE,
				performing(Decimal { value: 1, decimals: 19 }),
				Error::<Test>::PerformanceOffScale,
			),
		] {
			assert_noop!(Agents::set_capability(signed(alice()), agent, tag, terms), error);
		}
	});
}

#[test]
fn set_capability_should_fail_when_the_agent_has_the_most_there_may_be() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		for number in 0..MAX_CAPABILITIES {
			offer(agent, create_tag(&format!("tag-{number}")));
		}
		let call = Agents::set_capability(signed(alice()), agent, INFERENCE, terms());
		assert_noop!(call, Error::<Test>::TooManyCapabilities);

		assert_ok!(Agents::set_capability(signed(alice()), agent, TagId(3), terms()));
		assert_ok!(Agents::remove_capability(signed(alice()), agent, TagId(3)));
		assert_ok!(Agents::set_capability(signed(alice()), agent, INFERENCE, terms()));
	});
}

#[test]
fn set_capability_should_fail_when_the_owner_cannot_pay() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		assert_ok!(Balances::transfer_all(signed(alice()), bob(), true));

		let call = Agents::set_capability(signed(alice()), agent, INFERENCE, terms());
		assert_noop!(call, TokenError::FundsUnavailable);
	});
}

#[test]
fn set_capability_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for caller in [bob(), charlie()] {
			let call = Agents::set_capability(signed(caller), agent, INFERENCE, terms());
			assert_noop!(call, Error::<Test>::NotOwner);
		}
		let call = Agents::set_capability(RuntimeOrigin::root(), agent, INFERENCE, terms());
		assert_noop!(call, BadOrigin);
	});
}

#[test]
fn set_capability_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = register(alice());
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::set_capability(signed(alice()), agent, INFERENCE, terms());
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}

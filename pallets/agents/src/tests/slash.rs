use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AgentId, Balance};
use aitbc_traits::AgentBondSlash;
use frame_support::{
	assert_ok, assert_storage_noop,
	traits::fungible::{Mutate, MutateFreeze},
};
use sp_runtime::Perbill;

/// Takes `share` of what `agent` has at risk.
fn slash(agent: AgentId, share: Perbill) -> Balance {
	<Agents as AgentBondSlash>::slash(agent, share)
}

#[test]
fn slash_should_take_a_share_of_what_is_left_and_give_it_to_the_treasury() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let before = record(agent);
		let (treasury, rest) = (free(&Treasury::get()), free(&alice()));
		for (taken, bond) in [(BOND / 4, BOND * 3 / 4), (BOND * 3 / 16, BOND * 9 / 16)] {
			let events = events_of(|| -> Result<(), ()> {
				assert_eq!(slash(agent, percent(25)), taken);
				Ok(())
			});

			assert_eq!(record(agent), Agent { bond, ..before.clone() });
			assert_eq!(held(&alice()).1, bond);
			assert_eq!(
				events,
				[Event::AgentSlashed { agent, owner: alice(), amount: taken, bond }]
			);
		}
		assert_eq!(free(&alice()), rest);
		assert_eq!(free(&Treasury::get()), treasury + BOND * 7 / 16);
	});
}

#[test]
fn slash_should_work_when_the_owner_froze_all_that_it_has() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Balances::set_freeze(&(), &alice(), Balance::MAX));

		assert_eq!(slash(agent, Perbill::one()), BOND);
		assert_eq!(held(&alice()).1, 0);
	});
}

#[test]
fn slash_should_leave_an_agent_that_can_be_transferred_and_deregistered() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_eq!(slash(agent, percent(60)), BOND * 3 / 5);
		assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(bob())));
		assert_ok!(Agents::accept_transfer(signed(bob()), agent));
		assert_eq!(held(&bob()).1, BOND * 2 / 5);

		assert_ok!(Agents::deregister(signed(bob()), agent));
		Now::set(&(Now::get() + DELAY));
		assert_ok!(Agents::release_bond(signed(charlie()), agent));
		assert_eq!(held(&bob()), (0, 0));
	});
}

#[test]
fn slash_should_take_nothing_when_there_is_no_agent_or_nothing_to_take() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		for (agent, share) in [(AgentId(99), Perbill::one()), (agent, Perbill::zero())] {
			assert_storage_noop!(assert_eq!(slash(agent, share), 0));
		}
		slash(agent, Perbill::one());
		assert_storage_noop!(assert_eq!(slash(agent, Perbill::one()), 0));
	});
}

#[test]
fn slash_should_take_of_the_same_agent_when_its_wallet_is_gone_or_works_for_another() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::remove_wallet(signed(alice()), agent));
		assert_eq!(slash(agent, percent(50)), BOND / 2);

		let other = register(bob());
		assert_ok!(Agents::set_wallet(signed(bob()), other, charlie(), None));
		assert_ok!(Agents::accept_wallet(signed(charlie()), other));
		assert_eq!(slash(agent, percent(50)), BOND / 4);
		assert_eq!((record(agent).bond, record(other).bond), (BOND / 4, BOND));
	});
}

#[test]
fn slash_should_take_of_the_bond_that_stays_when_the_agent_is_leaving() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::deregister(signed(alice()), agent));
		let before = LeavingAgents::<Test>::get(agent).expect("it has just left");
		let treasury = free(&Treasury::get());

		let events = events_of(|| -> Result<(), ()> {
			assert_eq!(slash(agent, percent(25)), BOND / 4);
			Ok(())
		});

		let bond = BOND * 3 / 4;
		assert_eq!(LeavingAgents::<Test>::get(agent), Some(LeavingAgent { bond, ..before }));
		assert_eq!(held(&alice()), (0, bond));
		assert_eq!(free(&Treasury::get()), treasury + BOND / 4);
		assert_eq!(events, [Event::AgentSlashed { agent, owner: alice(), amount: BOND / 4, bond }]);

		Now::set(&(Now::get() + DELAY));
		let events = events_of(|| Agents::release_bond(signed(bob()), agent));
		assert_eq!(events, [Event::BondReleased { agent, owner: alice(), bond }]);
		assert_eq!(held(&alice()), (0, 0));
		assert_storage_noop!(assert_eq!(slash(agent, Perbill::one()), 0));
	});
}

#[test]
fn slash_should_take_nothing_when_the_treasury_could_not_take_it() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Balances::burn_from(
			&Treasury::get(),
			free(&Treasury::get()),
			frame_support::traits::tokens::Preservation::Expendable,
			frame_support::traits::tokens::Precision::Exact,
			frame_support::traits::tokens::Fortitude::Force,
		));
		let dust = Perbill::from_rational(ExistentialDeposit::get() - 1, BOND);
		assert_storage_noop!(assert_eq!(slash(agent, dust), 0));
	});
}

use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{money::EXISTENTIAL_DEPOSIT, AgentId, BlockNumber};
use aitbc_traits::WorkInspect;
use frame_support::{assert_noop, assert_ok, dispatch::GetDispatchInfo};
use sp_runtime::traits::BadOrigin;

#[test]
fn deregister_should_keep_the_bond_only_when_the_agent_leaves() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::set_wallet(signed(alice()), agent, dave(), None));
		let deposit = deposit_for(URI.len() as u32);

		let events = events_of(|| Agents::deregister(signed(alice()), agent));

		assert_eq!(crate::Agents::<Test>::get(agent), None);
		assert!(!AgentsByOwner::<Test>::contains_key(alice(), agent));
		assert_eq!(Wallets::<Test>::get(agent), None);
		assert_eq!(AgentOfWallet::<Test>::get(charlie()), None);
		assert_eq!(ProposedWallets::<Test>::get(agent), None);
		let (owner, bond, until) = (alice(), BOND, Now::get() + DELAY);
		let leaving = LeavingAgent { owner: owner.clone(), bond, until };
		assert_eq!(LeavingAgents::<Test>::get(agent), Some(leaving));
		assert_eq!(held(&alice()), (0, BOND));
		assert_eq!(free(&alice()), ENDOWMENT - FEE - BOND);
		assert_eq!(free(&Treasury::get()), EXISTENTIAL_DEPOSIT + FEE);
		assert_eq!(events, [Event::AgentDeregistered { agent, owner, deposit, bond, until }]);
	});
}

#[test]
fn deregister_should_work_when_the_agent_was_never_active() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());

		assert_ok!(Agents::deregister(signed(alice()), agent));

		assert_eq!(held(&alice()), (0, BOND));
	});
}

#[test]
fn deregister_should_leave_nothing_of_what_was_attached() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		offer(agent, INFERENCE);
		offer(agent, FORECAST);
		for key in ["first", "second"] {
			let (key, value) = (key.as_bytes().to_vec(), vec![7; 99]);
			assert_ok!(Agents::set_metadata(signed(alice()), agent, key, value));
		}
		assert_ok!(Agents::add_card_key(signed(alice()), agent, CardKey::Ed25519([7; 32])));
		assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(bob())));
		let Agent { deposit: of_record, attachments, .. } = record(agent);
		PriceFactor::set(&9);

		let events = events_of(|| Agents::deregister(signed(alice()), agent));

		assert_eq!(Capabilities::<Test>::iter().count(), 0);
		assert_eq!(CapabilityPages::<Test>::iter().count(), 0);
		assert_eq!(CapabilityCounts::<Test>::iter().count(), 0);
		assert_eq!(Metadata::<Test>::iter().count(), 0);
		assert_eq!(CardKeys::<Test>::iter().count(), 0);
		assert_eq!(OfferedTransfers::<Test>::iter().count(), 0);
		assert_eq!((held(&alice()), free(&alice())), ((0, BOND), ENDOWMENT - FEE - BOND));
		let (owner, deposit, until) = (alice(), of_record + attachments, Now::get() + DELAY);
		let event = Event::AgentDeregistered { agent, owner, deposit, bond: BOND, until };
		assert_eq!(events, [event]);
	});
}

#[test]
fn deregister_should_give_back_what_was_paid_when_the_price_has_changed() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		PriceFactor::set(&9);

		assert_ok!(Agents::deregister(signed(alice()), agent));

		assert_eq!(held(&alice()), (0, BOND));
		assert_eq!(free(&alice()), ENDOWMENT - FEE - BOND);
	});
}

#[test]
fn deregister_should_leave_other_agents_of_the_owner_alone() {
	ExtBuilder.build_and_execute(|| {
		let (leaver, stayer) = (register(alice()), register(alice()));
		let before = record(stayer);

		assert_ok!(Agents::deregister(signed(alice()), leaver));

		assert_eq!(record(stayer), before);
		assert!(AgentsByOwner::<Test>::contains_key(alice(), stayer));
		assert_eq!(held(&alice()), (before.deposit, 2 * BOND));
	});
}

#[test]
fn deregister_should_work_when_the_clock_is_near_its_end() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		Now::set(&(BlockNumber::MAX - 1));

		assert_ok!(Agents::deregister(signed(alice()), agent));

		let leaving = LeavingAgents::<Test>::get(agent).expect("it has just left");
		assert_eq!(leaving.until, BlockNumber::MAX);
	});
}

#[test]
fn deregister_should_fail_when_the_agent_has_open_work_with_or_without_its_wallet() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		BusyAgents::set(&vec![agent]);
		assert_noop!(Agents::deregister(signed(alice()), agent), Error::<Test>::WorkOpen);
		assert_ok!(Agents::remove_wallet(signed(alice()), agent));
		BusyAgents::set(&vec![agent]);
		assert_noop!(Agents::deregister(signed(alice()), agent), Error::<Test>::WorkOpen);

		BusyAgents::set(&vec![]);
		assert_ok!(Agents::deregister(signed(alice()), agent));
	});
}

#[test]
fn deregister_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for caller in [bob(), charlie()] {
			assert_noop!(Agents::deregister(signed(caller), agent), Error::<Test>::NotOwner);
		}
		assert_noop!(Agents::deregister(RuntimeOrigin::root(), agent), BadOrigin);
	});
}

#[test]
fn deregister_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = register(alice());
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::deregister(signed(alice()), agent);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}

#[test]
fn deregister_and_release_bond_should_weigh_what_asking_for_work_weighs() {
	let agent = AgentId(0);
	let weight_of = |call: Call<Test>| call.get_dispatch_info().call_weight;
	let deregister = <()>::deregister(MAX_CAPABILITIES, MAX_ENTRIES);
	let release = <()>::release_bond();

	assert_eq!(weight_of(Call::deregister { agent }), deregister + MockWork::weight());
	assert_eq!(weight_of(Call::release_bond { agent }), release + MockWork::weight());
}

use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

#[test]
fn offer_transfer_should_change_nothing_else_when_an_account_is_named() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let (before, holds) = (record(agent), held(&alice()));

		let events = events_of(|| Agents::offer_transfer(signed(alice()), agent, Some(bob())));

		assert_eq!(OfferedTransfers::<Test>::get(agent), Some(bob()));
		assert_eq!(record(agent), before);
		assert_eq!((held(&alice()), held(&bob())), (holds, (0, 0)));
		assert_eq!(events, [Event::TransferOffered { agent, to: bob() }]);
	});
}

#[test]
fn offer_transfer_should_replace_the_offer_when_there_is_one() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(bob())));

		assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(dave())));

		assert_noop!(Agents::accept_transfer(signed(bob()), agent), Error::<Test>::NotRecipient);
		assert_ok!(Agents::accept_transfer(signed(dave()), agent));
	});
}

#[test]
fn offer_transfer_should_take_the_offer_back_when_nobody_is_named() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(bob())));

		let events = events_of(|| Agents::offer_transfer(signed(alice()), agent, None));

		assert_eq!(OfferedTransfers::<Test>::get(agent), None);
		assert_eq!(events, [Event::TransferWithdrawn { agent, to: bob() }]);
		assert_noop!(Agents::accept_transfer(signed(bob()), agent), Error::<Test>::NotRecipient);
	});
}

#[test]
fn offer_transfer_should_take_the_offer_back_when_the_agent_is_suspended() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(bob())));
		assert_ok!(Agents::suspend(RuntimeOrigin::root(), agent));

		assert_ok!(Agents::offer_transfer(signed(alice()), agent, None));

		let call = Agents::offer_transfer(signed(alice()), agent, Some(bob()));
		assert_noop!(call, Error::<Test>::AgentSuspended);
	});
}

#[test]
fn offer_transfer_should_take_the_wallet_as_the_recipient() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(charlie())));
		assert_ok!(Agents::accept_transfer(signed(charlie()), agent));

		assert_eq!(record(agent).owner, charlie());
		assert_eq!(AgentOfWallet::<Test>::get(charlie()), None);
	});
}

#[test]
fn offer_transfer_should_fail_when_there_is_no_offer_to_take_back() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		let call = Agents::offer_transfer(signed(alice()), agent, None);
		assert_noop!(call, Error::<Test>::NoOffer);
	});
}

#[test]
fn offer_transfer_should_fail_when_the_recipient_is_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		let call = Agents::offer_transfer(signed(alice()), agent, Some(alice()));
		assert_noop!(call, Error::<Test>::RecipientIsOwner);
	});
}

#[test]
fn offer_transfer_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for caller in [bob(), charlie()] {
			let call = Agents::offer_transfer(signed(caller), agent, Some(dave()));
			assert_noop!(call, Error::<Test>::NotOwner);
		}
		let call = Agents::offer_transfer(RuntimeOrigin::root(), agent, Some(dave()));
		assert_noop!(call, BadOrigin);
	});
}

#[test]
fn offer_transfer_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = working_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::offer_transfer(signed(alice()), agent, Some(bob()));
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}

use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{money::EXISTENTIAL_DEPOSIT, AgentId, Balance};
use frame_support::{assert_noop, assert_ok};
use sp_keyring::Sr25519Keyring as Key;
use sp_runtime::{traits::BadOrigin, ArithmeticError, TokenError};

/// A working agent of Alice with everything there is: capabilities, metadata, card keys, a proposal,
/// and an offer to Bob.
fn offered_agent() -> AgentId {
	let agent = working_agent();
	offer(agent, INFERENCE);
	offer(agent, FORECAST);
	let (key, value) = (b"key".to_vec(), b"value".to_vec());
	assert_ok!(Agents::set_metadata(signed(alice()), agent, key, value));
	for byte in 0..2 {
		assert_ok!(Agents::add_card_key(signed(alice()), agent, CardKey::Ed25519([byte; 32])));
	}
	assert_ok!(Agents::set_wallet(signed(alice()), agent, dave(), None));
	assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(bob())));
	agent
}

/// What [`offered_agent`] has attached that goes with it.
fn attachments() -> Balance {
	2 * CAPABILITY_DEPOSIT + metadata_deposit_for(b"key", b"value")
}

#[test]
fn accept_transfer_should_move_agent_and_holds_when_it_is_offered() {
	ExtBuilder.build_and_execute(|| {
		let agent = offered_agent();
		let before = record(agent);
		let bobs = register(bob());
		let (held_before, free_before) = (held(&bob()), free(&bob()));

		let events = events_of(|| Agents::accept_transfer(signed(bob()), agent));

		let (status, nonce) = (Lifecycle::Inactive, WalletNonce(2));
		let deposit = deposit_for(URI.len() as u32) + attachments();
		let expected = Agent {
			owner: bob(),
			status,
			wallet_nonce: nonce,
			attachments: attachments(),
			..before
		};
		assert_eq!(record(agent), expected);
		assert!(!AgentsByOwner::<Test>::contains_key(alice(), agent));
		for of_bob in [agent, bobs] {
			assert!(AgentsByOwner::<Test>::contains_key(bob(), of_bob));
		}
		assert_eq!((held(&alice()), free(&alice())), ((0, 0), ENDOWMENT - FEE));
		assert_eq!(held(&bob()), (held_before.0 + deposit, held_before.1 + BOND));
		assert_eq!(free(&bob()), free_before - deposit - BOND);
		assert_eq!(Transfers::get(), [(agent, alice(), bob())]);
		let (from, to, bond) = (alice(), bob(), BOND);
		let event = Event::AgentTransferred { agent, from, to, status, deposit, bond, nonce };
		assert_eq!(events, [event]);
	});
}

#[test]
fn accept_transfer_should_leave_nothing_that_the_old_owner_knows() {
	ExtBuilder.build_and_execute(|| {
		let agent = offered_agent();
		let stale = Some(proof(agent, Key::Ferdie, Now::get()));

		assert_ok!(Agents::accept_transfer(signed(bob()), agent));

		assert_eq!(Wallets::<Test>::get(agent), None);
		assert_eq!(AgentOfWallet::<Test>::get(charlie()), None);
		assert_eq!(ProposedWallets::<Test>::get(agent), None);
		assert!(!CardKeys::<Test>::contains_key(agent));
		assert_eq!(OfferedTransfers::<Test>::get(agent), None);
		let ferdie = Key::Ferdie.to_account_id();
		let call = Agents::set_wallet(signed(bob()), agent, ferdie, stale);
		assert_noop!(call, Error::<Test>::ProofInvalid);
		let call = Agents::accept_wallet(signed(dave()), agent);
		assert_noop!(call, Error::<Test>::NotProposed);
		assert_noop!(
			Agents::update(signed(alice()), agent, URI.to_vec(), hash(3)),
			Error::<Test>::NotOwner
		);
	});
}

#[test]
fn accept_transfer_should_keep_what_the_agent_says_and_drop_its_rows() {
	ExtBuilder.build_and_execute(|| {
		let agent = offered_agent();
		let said = (Agents::capabilities(agent), Agents::metadata(agent), record(agent).card);

		assert_ok!(Agents::accept_transfer(signed(bob()), agent));

		let says = (Agents::capabilities(agent), Agents::metadata(agent), record(agent).card);
		assert_eq!(says, said);
		assert_eq!((pages(INFERENCE), pages(FORECAST)), (vec![], vec![]));
		give_wallet(bob(), agent, charlie());
		assert_ok!(Agents::activate(signed(bob()), agent));
		assert_eq!(pages(INFERENCE), [[agent.0]]);
	});
}

#[test]
fn accept_transfer_should_keep_the_status_when_the_agent_is_not_active() {
	ExtBuilder.build_and_execute(|| {
		let (registered, inactive) = (register(alice()), working_agent());
		assert_ok!(Agents::deactivate(signed(alice()), inactive));

		for (agent, status) in
			[(registered, Lifecycle::Registered), (inactive, Lifecycle::Inactive)]
		{
			assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(bob())));
			assert_ok!(Agents::accept_transfer(signed(bob()), agent));
			assert_eq!(record(agent).status, status);
		}
	});
}

#[test]
fn accept_transfer_should_move_what_was_held_when_prices_have_changed() {
	ExtBuilder.build_and_execute(|| {
		let agent = offered_agent();
		PriceFactor::set(&9);
		AgentBond::set(&(9 * BOND));

		assert_ok!(Agents::accept_transfer(signed(bob()), agent));

		assert_eq!(held(&alice()), (0, 0));
		assert_eq!(held(&bob()), (deposit_for(URI.len() as u32) + attachments(), BOND));
		assert_ok!(Agents::deregister(signed(bob()), agent));
		assert_eq!(held(&bob()), (0, BOND));
	});
}

#[test]
fn accept_transfer_should_let_the_agent_come_back_when_it_is_offered_again() {
	ExtBuilder.build_and_execute(|| {
		let agent = offered_agent();
		assert_ok!(Agents::accept_transfer(signed(bob()), agent));
		assert_ok!(Agents::offer_transfer(signed(bob()), agent, Some(alice())));

		assert_ok!(Agents::accept_transfer(signed(alice()), agent));

		assert_eq!(held(&bob()), (0, 0));
		assert_eq!(free(&bob()), ENDOWMENT);
		assert_eq!(Transfers::get().len(), 2);
	});
}

#[test]
fn accept_transfer_should_fail_when_the_agent_has_open_work_with_or_without_its_wallet() {
	ExtBuilder.build_and_execute(|| {
		let agent = offered_agent();
		BusyAgents::set(&vec![agent]);
		assert_noop!(Agents::accept_transfer(signed(bob()), agent), Error::<Test>::WorkOpen);
		assert_ok!(Agents::remove_wallet(signed(alice()), agent));
		BusyAgents::set(&vec![agent]);
		assert_noop!(Agents::accept_transfer(signed(bob()), agent), Error::<Test>::WorkOpen);

		BusyAgents::set(&vec![]);
		assert_ok!(Agents::accept_transfer(signed(bob()), agent));
	});
}

#[test]
fn accept_transfer_should_fail_when_the_caller_cannot_pay() {
	ExtBuilder.build_and_execute(|| {
		let agent = offered_agent();
		let deposit = deposit_for(URI.len() as u32) + attachments();
		let enough = deposit + BOND + EXISTENTIAL_DEPOSIT;
		let set_free = |amount: Balance| {
			assert_ok!(Balances::force_set_balance(RuntimeOrigin::root(), bob(), amount));
		};

		for too_little in [EXISTENTIAL_DEPOSIT, deposit + EXISTENTIAL_DEPOSIT, enough - 1] {
			set_free(too_little);
			assert_noop!(
				Agents::accept_transfer(signed(bob()), agent),
				TokenError::FundsUnavailable
			);
		}
		set_free(enough);
		assert_ok!(Agents::accept_transfer(signed(bob()), agent));
	});
}

#[test]
fn accept_transfer_should_fail_when_the_agent_is_suspended() {
	ExtBuilder.build_and_execute(|| {
		let agent = offered_agent();
		assert_ok!(Agents::suspend(RuntimeOrigin::root(), agent));
		assert_noop!(Agents::accept_transfer(signed(bob()), agent), Error::<Test>::AgentSuspended);

		assert_ok!(Agents::reinstate(RuntimeOrigin::root(), agent));
		assert_ok!(Agents::accept_transfer(signed(bob()), agent));
	});
}

#[test]
fn accept_transfer_should_fail_when_all_nonces_are_used_up() {
	ExtBuilder.build_and_execute(|| {
		let agent = offered_agent();
		let used_up = Agent { wallet_nonce: WalletNonce(u32::MAX), ..record(agent) };
		crate::Agents::<Test>::insert(agent, used_up);

		assert_noop!(Agents::accept_transfer(signed(bob()), agent), ArithmeticError::Overflow);
	});
}

#[test]
fn accept_transfer_should_fail_when_the_agent_is_not_offered_to_the_caller() {
	ExtBuilder.build_and_execute(|| {
		let (offered, kept) = (offered_agent(), register(alice()));

		for caller in [alice(), charlie(), dave()] {
			let call = Agents::accept_transfer(signed(caller), offered);
			assert_noop!(call, Error::<Test>::NotRecipient);
		}
		let call = Agents::accept_transfer(signed(bob()), kept);
		assert_noop!(call, Error::<Test>::NotRecipient);
		assert_noop!(Agents::accept_transfer(RuntimeOrigin::root(), offered), BadOrigin);
	});
}

#[test]
fn accept_transfer_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = offered_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			let call = Agents::accept_transfer(signed(bob()), agent);
			assert_noop!(call, Error::<Test>::AgentNotFound);
		}
	});
}

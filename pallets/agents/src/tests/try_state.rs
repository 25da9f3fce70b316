//! Proof that each check of what always holds can fail.

use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::{AgentId, Decimal, TagId, TagUse};
use frame_support::{
	assert_ok,
	traits::{fungible::MutateHold, tokens::Precision},
	BoundedVec,
};

/// Breaks the registry by `corrupt` and expects the check that says `message` to notice.
fn assert_noticed(message: &'static str, corrupt: impl FnOnce(AgentId)) {
	ExtBuilder.build().execute_with(|| {
		let agent = working_agent();
		assert_ok!(Agents::do_try_state());
		corrupt(agent);
		assert_eq!(Agents::do_try_state(), Err(message.into()));
	});
}

#[test]
fn try_state_should_fail_when_an_id_was_not_given_out() {
	let message = "an agent's id is not below the next id";
	assert_noticed(message, NextAgentId::<Test>::put);
	assert_noticed(message, |agent| {
		let leaving = LeavingAgent { owner: alice(), bond: 0, until: 0 };
		LeavingAgents::<Test>::insert(AgentId(agent.0 + 1), leaving);
	});
}

#[test]
fn try_state_should_fail_when_an_agent_is_registered_and_leaving() {
	assert_noticed("an agent is registered and leaving", |agent| {
		let leaving = LeavingAgent { owner: alice(), bond: 0, until: 0 };
		LeavingAgents::<Test>::insert(agent, leaving);
	});
}

#[test]
fn try_state_should_fail_when_the_owner_index_is_incomplete() {
	assert_noticed("an agent is missing in its owner's index", |agent| {
		AgentsByOwner::<Test>::remove(alice(), agent);
	});
}

#[test]
fn try_state_should_fail_when_the_owner_index_is_stale() {
	assert_noticed("an owner's index has a stale agent", |agent| {
		AgentsByOwner::<Test>::insert(bob(), agent, ());
	});
}

#[test]
fn try_state_should_fail_when_a_wallet_is_of_nobody() {
	assert_noticed("a wallet is of no registered agent", |agent| {
		Wallets::<Test>::insert(AgentId(agent.0 + 1), dave());
	});
}

#[test]
fn try_state_should_fail_when_a_wallet_leads_elsewhere() {
	let message = "a wallet does not lead back to its agent";
	assert_noticed(message, |_| AgentOfWallet::<Test>::remove(charlie()));
	assert_noticed(message, |agent| {
		AgentOfWallet::<Test>::insert(charlie(), AgentId(agent.0 + 1));
	});
}

#[test]
fn try_state_should_fail_when_an_account_leads_to_an_agent_that_it_does_not_serve() {
	assert_noticed("an account leads to a stale agent", |agent| {
		AgentOfWallet::<Test>::insert(dave(), agent);
	});
}

#[test]
fn try_state_should_fail_when_a_wallet_is_the_owner() {
	let message = "an agent's wallet is its owner";
	assert_noticed(message, |agent| ProposedWallets::<Test>::insert(agent, alice()));
	assert_noticed(message, |agent| {
		Wallets::<Test>::insert(agent, alice());
		AgentOfWallet::<Test>::remove(charlie());
		AgentOfWallet::<Test>::insert(alice(), agent);
	});
}

#[test]
fn try_state_should_fail_when_an_active_agent_has_no_wallet() {
	assert_noticed("an active agent has no wallet", |agent| {
		Wallets::<Test>::remove(agent);
		AgentOfWallet::<Test>::remove(charlie());
	});
}

#[test]
fn try_state_should_fail_when_a_proposal_is_for_nobody() {
	assert_noticed("a wallet is proposed for no registered agent", |agent| {
		ProposedWallets::<Test>::insert(AgentId(agent.0 + 1), dave());
	});
}

#[test]
fn try_state_should_fail_when_a_deposit_is_not_held() {
	let message = "the deposit on hold differs from the sum over the owner's agents";
	assert_noticed(message, |agent| {
		let more = Agent { deposit: record(agent).deposit + 1, ..record(agent) };
		crate::Agents::<Test>::insert(agent, more);
	});
	assert_noticed(message, |_| {
		assert_ok!(Balances::hold(&HoldReason::Deposit.into(), &alice(), 1));
	});
}

#[test]
fn try_state_should_fail_when_a_bond_is_not_held() {
	let message = "the bond on hold differs from the sum over the owner's agents";
	assert_noticed(message, |agent| {
		let less = Agent { bond: record(agent).bond - 1, ..record(agent) };
		crate::Agents::<Test>::insert(agent, less);
	});
	assert_noticed(message, |agent| {
		assert_ok!(Agents::deregister(signed(alice()), agent));
		let leaving = LeavingAgent { owner: alice(), bond: BOND + 1, until: 0 };
		LeavingAgents::<Test>::insert(agent, leaving);
	});
}

/// Lets Alice's active agent have everything there is, breaks it by `corrupt`, and expects the check
/// that says `message` to notice.
fn assert_noticed_in_full(message: &'static str, corrupt: impl FnOnce(AgentId)) {
	assert_noticed(message, |agent| {
		offer(agent, INFERENCE);
		offer(agent, FORECAST);
		let (key, value) = (b"key".to_vec(), b"value".to_vec());
		assert_ok!(Agents::set_metadata(signed(alice()), agent, key, value));
		let key = CardKey::P256([2; 33]);
		assert_ok!(Agents::add_card_key(signed(alice()), agent, key));
		assert_ok!(Agents::offer_transfer(signed(alice()), agent, Some(bob())));
		assert_ok!(Agents::do_try_state());
		corrupt(agent);
	});
}

/// Stores the record of `agent` after `change`.
fn change_record(agent: AgentId, change: impl FnOnce(&mut Agent<Test>)) {
	let mut changed = record(agent);
	change(&mut changed);
	crate::Agents::<Test>::insert(agent, changed);
}

/// Stores what `agent` offers as [`INFERENCE`] after `change`.
fn change_capability(agent: AgentId, change: impl FnOnce(&mut Capability)) {
	let mut changed = Capabilities::<Test>::get(agent, INFERENCE).expect("it offers it");
	change(&mut changed);
	Capabilities::<Test>::insert(agent, INFERENCE, changed);
}

#[test]
fn try_state_should_fail_when_an_offer_is_to_the_owner_or_of_nobody() {
	let message = "an agent is offered to its owner, or not registered";
	assert_noticed_in_full(message, |agent| {
		OfferedTransfers::<Test>::insert(agent, alice());
	});
	assert_noticed_in_full(message, |agent| {
		OfferedTransfers::<Test>::insert(AgentId(agent.0 + 1), bob());
	});
}

#[test]
fn try_state_should_fail_when_an_attachment_is_not_held() {
	let message = "the deposit on hold differs from the sum over the owner's agents";
	assert_noticed_in_full(message, |agent| change_record(agent, |it| it.attachments -= 1));
}

#[test]
fn try_state_should_fail_when_a_tag_is_not_found_by_its_name() {
	assert_noticed("a tag is not found by its name", |_| {
		TagOfName::<Test>::insert(tag_name(b"inference"), FORECAST);
	});
	assert_noticed("a name leads to a stale tag", |_| {
		TagOfName::<Test>::insert(tag_name(b"other"), FORECAST);
	});
	assert_noticed("a tag's id is not below the next id", |_| NextTagId::<Test>::put(TagId(1)));
}

#[test]
fn try_state_should_fail_when_a_record_miscounts() {
	let message = "an agent's record miscounts what is attached to it";
	assert_noticed_in_full(message, |agent| change_record(agent, |it| it.capabilities = 1));
	assert_noticed_in_full(message, |agent| change_record(agent, |it| it.metadata_entries = 0));
	assert_noticed_in_full(message, |agent| change_capability(agent, |it| it.deposit += 1));
	assert_noticed_in_full(message, CardKeys::<Test>::remove);
	assert_noticed_in_full(message, |agent| {
		let entry = MetadataEntry { value: Default::default(), deposit: 0 };
		Metadata::<Test>::insert(agent, metadata_key(b"key"), entry);
	});
}

#[test]
fn try_state_should_fail_when_something_is_attached_to_nobody() {
	assert_noticed_in_full("something is attached to no registered agent", |agent| {
		let entry = MetadataEntry { value: Default::default(), deposit: 0 };
		Metadata::<Test>::insert(AgentId(agent.0 + 1), metadata_key(b"key"), entry);
	});
}

#[test]
fn try_state_should_fail_when_more_is_attached_than_may_be() {
	assert_noticed_in_full("an agent has more attached to it than it may", |agent| {
		for number in 0..MAX_ENTRIES {
			let entry = MetadataEntry { value: Default::default(), deposit: 0 };
			let key = metadata_key(format!("{number}").as_bytes());
			Metadata::<Test>::insert(agent, key, entry);
		}
		change_record(agent, |it| it.metadata_entries += MAX_ENTRIES);
	});
}

#[test]
fn try_state_should_fail_when_a_capability_does_not_follow_its_tag() {
	assert_noticed_in_full("a capability's tag is not in the registry", |_| {
		Tags::<Test>::remove(INFERENCE);
		TagOfName::<Test>::remove(tag_name(b"inference"));
	});
	assert_noticed_in_full("a capability's tag is for something else", |_| {
		Tags::<Test>::mutate(INFERENCE, |tag| {
			tag.as_mut().expect("it exists").rule.purpose = TagUse::Quality;
		});
	});
	let message = "a capability's performance is not where its tag's scale says";
	assert_noticed_in_full(message, |agent| {
		change_capability(agent, |it| it.terms.performance = Decimal::whole(1));
	});
	assert_noticed_in_full(message, |agent| {
		change_capability(agent, |it| it.performance = percent(1));
	});
	assert_noticed_in_full("a capability has no capacity", |agent| {
		change_capability(agent, |it| it.terms.capacity = 0);
	});
}

#[test]
fn try_state_should_fail_when_metadata_stands_under_a_key_that_nobody_can_set() {
	for key in [&b""[..], RESERVED_METADATA_KEY] {
		let message = "metadata stands under a key that nobody can set";
		assert_noticed_in_full(message, |agent| {
			let entry = MetadataEntry { value: Default::default(), deposit: 0 };
			Metadata::<Test>::insert(agent, metadata_key(key), entry);
			change_record(agent, |it| it.metadata_entries += 1);
		});
	}
}

#[test]
fn try_state_should_fail_when_card_keys_are_malformed() {
	let store = |agent, keys: &[CardKey]| {
		let enrol = |key: &CardKey| EnrolledKey { key: *key, deposit: 0 };
		let keys: Vec<_> = keys.iter().map(enrol).collect();
		CardKeys::<Test>::insert(agent, BoundedVec::truncate_from(keys));
		assert_ok!(Balances::release(
			&HoldReason::Deposit.into(),
			&alice(),
			KEY_DEPOSIT,
			Precision::Exact
		));
		change_record(agent, |it| it.attachments -= KEY_DEPOSIT);
	};
	let key = CardKey::Ed25519([7; 32]);
	assert_noticed_in_full("an empty list of card keys is stored", |agent| store(agent, &[]));
	assert_noticed_in_full("a card key is malformed", |agent| {
		store(agent, &[CardKey::Secp256k1([4; 33])]);
	});
	assert_noticed_in_full("an agent has a card key twice", |agent| store(agent, &[key, key]));
}

#[test]
fn try_state_should_fail_when_a_page_has_a_hole() {
	let message = "a page has a hole, or rows that its tag does not count";
	assert_noticed_in_full(message, |_| {
		CapabilityPages::<Test>::insert(INFERENCE, PageIndex(0), RowsOf::<Test>::default());
	});
	assert_noticed_in_full(message, |_| {
		let rows = CapabilityPages::<Test>::take(INFERENCE, PageIndex(0));
		CapabilityPages::<Test>::insert(INFERENCE, PageIndex(1), rows);
	});
	assert_noticed_in_full(message, |_| CapabilityCounts::<Test>::insert(INFERENCE, 2));
	assert_noticed_in_full(message, |_| CapabilityCounts::<Test>::remove(INFERENCE));
	let message = "a tag counts rows that it does not have";
	assert_noticed_in_full(message, |_| CapabilityCounts::<Test>::insert(ACCURACY, 1));
	assert_noticed_in_full(message, |_| {
		CapabilityPages::<Test>::remove(INFERENCE, PageIndex(0));
	});
}

#[test]
fn try_state_should_fail_when_rows_do_not_match_active_agents() {
	let message = "a capability has a row but for an active agent, or none for one";
	assert_noticed_in_full(message, |agent| {
		change_record(agent, |it| it.status = Lifecycle::Inactive);
	});
	assert_noticed_in_full(message, |agent| change_capability(agent, |it| it.row = None));
	let message = "a row differs from its agent's capability";
	assert_noticed_in_full(message, |agent| {
		change_record(agent, |it| it.standing.live_until += 1);
	});
	assert_noticed_in_full(message, |agent| change_capability(agent, |it| it.terms.price += 1));
	assert_noticed_in_full(message, |agent| {
		change_capability(agent, |it| it.row = Some(RowPlace(1)));
	});
	assert_noticed_in_full("a row is of no capability", |agent| {
		let row = row(agent, INFERENCE).expect("it is active");
		assert_ok!(Agents::append_row(INFERENCE, row));
	});
}

use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchResult, TokenError};

fn set(agent: AgentId, key: &[u8], value: &[u8]) -> DispatchResult {
	Agents::set_metadata(signed(alice()), agent, key.to_vec(), value.to_vec())
}

#[test]
fn set_metadata_should_hold_its_deposit_when_it_is_new() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let before = record(agent);
		let deposit = metadata_deposit_for(b"homepage", b"https://a.b");

		let events = events_of(|| set(agent, b"homepage", b"https://a.b"));

		let value: MetadataValueOf<Test> = b"https://a.b".to_vec().try_into().expect("it is short");
		let key = metadata_key(b"homepage");
		let entry = MetadataEntry { value: value.clone(), deposit };
		assert_eq!(Metadata::<Test>::get(agent, &key), Some(entry));
		let expected = Agent { attachments: deposit, metadata_entries: 1, ..before.clone() };
		assert_eq!(record(agent), expected);
		assert_eq!(held(&alice()), (before.deposit + deposit, BOND));
		assert_eq!(events, [Event::MetadataSet { agent, key, value, deposit }]);
	});
}

#[test]
fn set_metadata_should_move_the_difference_when_the_value_changes() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		assert_ok!(set(agent, b"other", b"stays"));
		let others = record(agent).attachments;
		for value in [&[7; 10][..], &[], &[0xff; 1_024]] {
			assert_ok!(set(agent, b"key", value));

			assert_eq!(Agents::metadata_value(agent, b"key".to_vec()), Some(value.to_vec()));
			let record = record(agent);
			assert_eq!(record.attachments, others + metadata_deposit_for(b"key", value));
			assert_eq!(record.metadata_entries, 2);
			assert_eq!(held(&alice()).0, record.deposit + record.attachments);
		}
	});
}

#[test]
fn set_metadata_should_take_todays_price_when_the_price_of_storage_changed() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		assert_ok!(set(agent, b"key", b"value"));
		PriceFactor::set(&3);

		assert_ok!(set(agent, b"key", b"value"));

		assert_eq!(record(agent).attachments, 3 * metadata_deposit_for(b"key", b"value"));
	});
}

#[test]
fn set_metadata_should_take_keys_that_only_resemble_the_reserved_one() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		for key in
			["agentwallet", "agentWallet ", "agentWalletX", " ", "a key: with ~", &"k".repeat(32)]
		{
			assert_ok!(set(agent, key.as_bytes(), b""));
		}
	});
}

#[test]
fn set_metadata_should_fail_when_the_key_is_reserved() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		assert_noop!(set(agent, b"agentWallet", b"0x00"), Error::<Test>::MetadataKeyReserved);
	});
}

#[test]
fn set_metadata_should_fail_when_the_key_is_malformed() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		for key in ["", "a\n", "\0", "\x7f", "schlüssel", &"k".repeat(33)] {
			let call = set(agent, key.as_bytes(), b"value");
			assert_noop!(call, Error::<Test>::MetadataKeyMalformed);
		}
	});
}

#[test]
fn set_metadata_should_fail_when_the_value_is_too_long() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();

		let call = set(agent, b"key", &[0; 1_025]);
		assert_noop!(call, Error::<Test>::MetadataValueTooLong);
	});
}

#[test]
fn set_metadata_should_fail_when_the_agent_has_the_most_there_may_be() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		for number in 0..MAX_ENTRIES {
			assert_ok!(set(agent, format!("{number}").as_bytes(), b""));
		}
		assert_noop!(set(agent, b"one more", b""), Error::<Test>::TooManyMetadataEntries);

		assert_ok!(set(agent, b"0", b"another"));
		assert_ok!(Agents::remove_metadata(signed(alice()), agent, b"0".to_vec()));
		assert_ok!(set(agent, b"one more", b""));
	});
}

#[test]
fn set_metadata_should_fail_when_the_owner_cannot_pay() {
	ExtBuilder.build_and_execute(|| {
		let agent = register(alice());
		assert_ok!(Balances::transfer_all(signed(alice()), bob(), true));

		assert_noop!(set(agent, b"key", b"value"), TokenError::FundsUnavailable);
	});
}

#[test]
fn set_metadata_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = working_agent();
		let call = |origin| Agents::set_metadata(origin, agent, b"key".to_vec(), vec![]);

		for caller in [bob(), charlie()] {
			assert_noop!(call(signed(caller)), Error::<Test>::NotOwner);
		}
		assert_noop!(call(RuntimeOrigin::root()), BadOrigin);
	});
}

#[test]
fn set_metadata_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = register(alice());
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			assert_noop!(set(agent, b"key", b"value"), Error::<Test>::AgentNotFound);
		}
	});
}

use crate::{
	mock::{Agents, *},
	*,
};
use aitbc_core::AgentId;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{traits::BadOrigin, DispatchResult};

fn remove(agent: AgentId, key: &[u8]) -> DispatchResult {
	Agents::remove_metadata(signed(alice()), agent, key.to_vec())
}

/// An agent of Alice whose metadata says `value` under `key`.
fn described_agent() -> AgentId {
	let agent = working_agent();
	let (key, value) = (b"key".to_vec(), b"value".to_vec());
	assert_ok!(Agents::set_metadata(signed(alice()), agent, key, value));
	agent
}

#[test]
fn remove_metadata_should_give_its_deposit_back_when_it_is_set() {
	ExtBuilder.build_and_execute(|| {
		let agent = described_agent();
		let before = record(agent);
		assert_ok!(Agents::set_metadata(signed(alice()), agent, b"second".to_vec(), vec![1; 99]));
		PriceFactor::set(&7);

		let events = events_of(|| remove(agent, b"second"));

		assert_eq!(record(agent), before);
		assert_eq!(held(&alice()), (before.deposit + before.attachments, BOND));
		assert_eq!(Agents::metadata(agent), [(b"key".to_vec(), b"value".to_vec())]);
		let key = metadata_key(b"second");
		assert_eq!(events, [Event::MetadataRemoved { agent, key }]);
	});
}

#[test]
fn remove_metadata_should_fail_when_there_is_no_such_key() {
	ExtBuilder.build_and_execute(|| {
		let agent = described_agent();

		for key in ["Key", "key ", "agentWallet"] {
			let call = remove(agent, key.as_bytes());
			assert_noop!(call, Error::<Test>::MetadataNotFound);
		}
	});
}

#[test]
fn remove_metadata_should_fail_when_the_key_is_malformed() {
	ExtBuilder.build_and_execute(|| {
		let agent = described_agent();

		for key in [&[][..], &[0xff], &[b'k'; 33]] {
			assert_noop!(remove(agent, key), Error::<Test>::MetadataKeyMalformed);
		}
	});
}

#[test]
fn remove_metadata_should_fail_when_the_caller_is_not_the_owner() {
	ExtBuilder.build_and_execute(|| {
		let agent = described_agent();
		let call = |origin| Agents::remove_metadata(origin, agent, b"key".to_vec());

		for caller in [bob(), charlie()] {
			assert_noop!(call(signed(caller)), Error::<Test>::NotOwner);
		}
		assert_noop!(call(RuntimeOrigin::root()), BadOrigin);
	});
}

#[test]
fn remove_metadata_should_fail_when_the_agent_is_not_registered() {
	ExtBuilder.build_and_execute(|| {
		let gone = described_agent();
		assert_ok!(Agents::deregister(signed(alice()), gone));

		for agent in [gone, AgentId(1)] {
			assert_noop!(remove(agent, b"key"), Error::<Test>::AgentNotFound);
		}
	});
}

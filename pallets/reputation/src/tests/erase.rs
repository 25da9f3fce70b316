//! Tests of `erase`.

use crate::{mock::*, *};
use aitbc_reputation::Component;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{DispatchResult, Perbill};

/// Has `caller` erase the first feedback of [`CLIENT`] on [`AGENT`].
fn erase(caller: AccountId) -> DispatchResult {
	Reputation::erase(signed(caller), AGENT, CLIENT, FIRST)
}

/// What the response of a test holds, in plancks.
fn answer() -> aitbc_core::Balance {
	response_deposit(URI.len())
}

#[test]
fn erase_should_free_the_storage_and_return_both_deposits_when_the_feedback_is_revoked() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(respond(WALLET, FIRST));
		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));
		let before = record(AGENT);
		reset_events();

		assert_ok!(erase(CLIENT));

		assert_eq!(Feedback::<Test>::iter().count(), 0);
		assert_eq!(Responses::<Test>::iter().count(), 0);
		assert_eq!(LastFeedbackIndex::<Test>::get(AGENT, CLIENT), FIRST);
		assert_eq!(record(AGENT), before, "its evidence went when it was revoked");
		assert_eq!((held(CLIENT), free(CLIENT)), (0, WEALTH));
		assert_eq!((held(WALLET), free(WALLET)), (0, WEALTH));
		let erased = Event::FeedbackErased {
			agent: AGENT,
			author: CLIENT,
			index: FIRST,
			deposit: feedback_deposit(ENDPOINT.len(), URI.len()),
			response: Some((WALLET, answer())),
		};
		assert_eq!(events(), [erased]);
	});
}

#[test]
fn erase_should_take_the_rest_of_the_evidence_out_when_retention_elapsed() {
	build_and_execute(|| {
		give_feedback(CLIENT, rated(0));
		wait(5);
		give_feedback(STRANGER, rated(100));
		wait(RETENTION - 5);
		reset_events();

		assert_ok!(erase(CLIENT));

		let (_, mean) = component(AGENT, Component::Quality);
		assert!(mean > Some(Perbill::from_parts(999_999_000)), "{mean:?}: only rounding is left");
		let summary = Summaries::<Test>::get(AGENT, ALL_ACCURACY).expect("one is left");
		assert_eq!(summary.aggregate.count(), 1);
		assert_eq!(held(CLIENT), 0);
		let erased = Event::FeedbackErased {
			agent: AGENT,
			author: CLIENT,
			index: FIRST,
			deposit: feedback_deposit(ENDPOINT.len(), URI.len()),
			response: None,
		};
		assert_eq!(events(), [erased]);
	});
}

#[test]
fn erase_should_remove_the_summaries_when_the_last_feedback_goes() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		wait(RETENTION);
		assert_ok!(erase(CLIENT));
		assert_eq!(Summaries::<Test>::iter().count(), 0);
	});
}

#[test]
fn erase_should_work_at_once_when_the_agent_is_gone() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		remove_agent(AGENT);
		assert_ok!(erase(CLIENT));
		assert_eq!(held(CLIENT), 0);
	});
}

#[test]
fn erase_should_give_the_responder_its_deposit_back_when_the_author_is_idle() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(respond(OWNER, FIRST));
		// Being the rated agent no longer does not matter: the deposit does.
		transfer(AGENT, BUYER);
		wait(RETENTION);

		assert_ok!(erase(OWNER));

		assert_eq!((held(OWNER), free(OWNER)), (0, WEALTH));
		assert_eq!((held(CLIENT), free(CLIENT)), (0, WEALTH));
	});
}

#[test]
fn erase_should_return_what_was_held_when_the_price_changed() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));
		PriceFactor::set(&100);
		assert_ok!(erase(CLIENT));
		assert_eq!(free(CLIENT), WEALTH);
	});
}

#[test]
fn erase_should_return_the_deposits_when_both_froze_everything_and_own_nothing_else() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(respond(OWNER, FIRST));
		for who in [CLIENT, OWNER] {
			let spare = free(who) - ED;
			assert_ok!(Balances::transfer_allow_death(signed(who), BANK, spare));
			freeze_all(who);
		}
		wait(RETENTION);

		assert_ok!(erase(CLIENT));

		assert_eq!(free(CLIENT), ED + feedback_deposit(ENDPOINT.len(), URI.len()));
		assert_eq!(free(OWNER), ED + answer());
	});
}

#[test]
fn erase_should_fail_when_there_is_no_such_feedback() {
	build_and_execute(|| {
		assert_noop!(erase(CLIENT), Error::<Test>::FeedbackNotFound);
	});
}

#[test]
fn erase_should_fail_when_the_caller_has_no_deposit_in_it() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		wait(RETENTION);
		for caller in [OWNER, WALLET, STRANGER] {
			assert_noop!(erase(caller), Error::<Test>::NotAuthorNorResponder);
		}
		assert_ok!(respond(OWNER, FIRST));
		for caller in [WALLET, STRANGER] {
			assert_noop!(erase(caller), Error::<Test>::NotAuthorNorResponder);
		}
	});
}

#[test]
fn erase_should_fail_when_the_feedback_still_counts() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(respond(OWNER, FIRST));
		wait(RETENTION - 1);
		for caller in [CLIENT, OWNER] {
			assert_noop!(erase(caller), Error::<Test>::RetentionNotElapsed);
		}
		wait(1);
		assert_ok!(erase(CLIENT));
	});
}

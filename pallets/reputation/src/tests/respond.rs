//! Tests of `respond`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::TokenError;

#[test]
fn respond_should_store_the_response_when_owner_or_wallet_answers() {
	for responder in [OWNER, WALLET] {
		build_and_execute(|| {
			give_feedback(CLIENT, rating());
			wait(3);
			reset_events();

			assert_ok!(respond(responder, FIRST));

			let deposit = response_deposit(URI.len());
			let uri: frame_support::BoundedVec<_, _> =
				URI.to_vec().try_into().expect("within the bound");
			let at = START + 3;
			let expected = Response { responder, uri: uri.clone(), hash: hash(2), at, deposit };
			assert_eq!(Responses::<Test>::get((AGENT, CLIENT, FIRST)), Some(expected));
			assert_eq!(held(responder), deposit);
			let given = Event::ResponseGiven {
				agent: AGENT,
				author: CLIENT,
				index: FIRST,
				responder,
				uri,
				hash: hash(2),
				at,
				deposit,
			};
			assert_eq!(events(), [given]);
		});
	}
}

#[test]
fn respond_should_answer_each_feedback_when_there_are_several() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		give_feedback(CLIENT, rating());
		assert_ok!(respond(OWNER, FIRST));
		assert_ok!(respond(OWNER, SECOND));
		assert_eq!(held(OWNER), 2 * response_deposit(URI.len()));
	});
}

#[test]
fn respond_should_work_when_the_feedback_is_revoked() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));
		assert_ok!(respond(OWNER, FIRST));
	});
}

#[test]
fn respond_should_fail_when_there_is_no_such_feedback() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_noop!(respond(OWNER, SECOND), Error::<Test>::FeedbackNotFound);
	});
}

#[test]
fn respond_should_fail_when_the_caller_is_not_the_rated_agent() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		for caller in [CLIENT, STRANGER, HIRER_OWNER, HIRER_WALLET] {
			assert_noop!(respond(caller, FIRST), Error::<Test>::NotRatedAgent);
		}
	});
}

#[test]
fn respond_should_be_for_the_present_owner_when_the_agent_was_sold() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		transfer(AGENT, BUYER);
		for caller in [OWNER, WALLET] {
			assert_noop!(respond(caller, FIRST), Error::<Test>::NotRatedAgent);
		}
		assert_ok!(respond(BUYER, FIRST));
	});
}

#[test]
fn respond_should_fail_when_the_agent_is_gone() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		remove_agent(AGENT);
		assert_noop!(respond(OWNER, FIRST), Error::<Test>::NotRatedAgent);
	});
}

#[test]
fn respond_should_fail_when_the_agent_has_answered() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(respond(OWNER, FIRST));
		for caller in [OWNER, WALLET] {
			assert_noop!(respond(caller, FIRST), Error::<Test>::AlreadyResponded);
		}
	});
}

/// Answers with `uri`, which must be refused for `error`.
#[track_caller]
fn assert_refused(uri: &[u8], error: Error<Test>) {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_noop!(
			Reputation::respond(signed(OWNER), AGENT, CLIENT, FIRST, uri.to_vec(), hash(2)),
			error
		);
	});
}

#[test]
fn respond_should_fail_when_there_is_no_uri() {
	assert_refused(b"", Error::UriEmpty);
}

#[test]
fn respond_should_fail_when_the_uri_has_no_form() {
	assert_refused(b"no scheme", Error::UriMalformed);
}

#[test]
fn respond_should_fail_when_the_uri_is_too_long() {
	assert_refused(&[b'x'; MAX_URI as usize + 1], Error::UriTooLong);
}

#[test]
fn respond_should_fail_when_the_responder_can_not_pay_the_deposit() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		drain(OWNER);
		assert_noop!(respond(OWNER, FIRST), TokenError::FundsUnavailable);
	});
}

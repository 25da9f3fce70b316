//! Each invariant, broken once.

use crate::{mock::*, *};
use aitbc_core::{AgentId, ContractId, FeedbackIndex, WorkId};
use aitbc_reputation::Aggregate;
use codec::{Decode, Encode};
use frame_support::{
	assert_ok,
	traits::{fungible::MutateHold, tokens::Precision},
};
use sp_runtime::DispatchError;

/// The work that [`CLIENT`] rated.
const RATED: WorkId = WorkId::Contract(ContractId(0));

/// Sets up rated and answered work, and work for an agent that nobody rated; lets `corrupt` break
/// the storage, and expects to hear `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		assert_eq!(give_feedback(CLIENT, rating()).0, RATED);
		assert_ok!(respond(OWNER, FIRST));
		Deal::by(HIRER_WALLET).close();
		transfer(AGENT, BUYER);
		assert_ok!(Reputation::do_try_state());

		corrupt();

		assert_eq!(Reputation::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

/// Changes the feedback behind the pallet's back.
fn alter_feedback(change: impl FnOnce(&mut FeedbackEntryOf<Test>)) {
	Feedback::<Test>::mutate((AGENT, CLIENT, FIRST), |entry| {
		change(entry.as_mut().expect("the feedback is in storage"))
	});
}

/// Changes the rated work behind the pallet's back.
fn alter_work(change: impl FnOnce(&mut Settled<AccountId>)) {
	SettledWork::<Test>::mutate(RATED, |settled| {
		change(settled.as_mut().expect("the work is in storage"))
	});
}

/// Changes the summary of all accuracy behind the pallet's back.
fn alter_summary(change: impl FnOnce(&mut Summary)) {
	Summaries::<Test>::mutate(AGENT, ALL_ACCURACY, |summary| {
		change(summary.as_mut().expect("the summary is in storage"))
	});
}

/// An aggregate of one entry whose sum is more than its weight allows.
fn unsound() -> Aggregate {
	let fields = (1u64, 1u128, 2_000_000_000u128, START);
	Aggregate::decode(&mut &fields.encode()[..]).expect("these are its fields")
}

#[test]
fn try_state_should_notice_when_a_standing_is_unsound() {
	assert_noticed("a standing is unsound", || {
		let healthy = record(AGENT);
		let rest = healthy.encode().split_off(Aggregate::default().encoded_size());
		let bytes = [unsound().encode(), rest].concat();
		let broken = AgentRecord::decode(&mut &bytes[..]).expect("these are its fields");
		Standings::<Test>::insert(AGENT, broken);
	});
}

#[test]
fn try_state_should_notice_when_a_summary_is_unsound() {
	assert_noticed("a summary is unsound", || {
		alter_summary(|summary| summary.aggregate = unsound());
	});
}

#[test]
fn try_state_should_notice_when_something_is_from_a_future_generation() {
	let future = Generation(2);
	assert_noticed("a summary is from a future generation", || {
		alter_summary(|summary| summary.generation = future);
	});
	assert_noticed("feedback is from a future generation", || {
		alter_feedback(|entry| entry.generation = future);
	});
	let complaint = "settled work is from a future generation";
	assert_noticed(complaint, || alter_work(|work| work.provider_agent.generation = future));
	assert_noticed(complaint, || {
		alter_work(|work| {
			work.client_agent = Some(AgentAt { agent: AgentId(9), generation: Generation(1) });
		});
	});
}

#[test]
fn try_state_should_notice_when_a_summary_miscounts() {
	let complaint = "a summary miscounts its feedback";
	assert_noticed(complaint, || alter_feedback(|entry| entry.is_revoked = true));
	assert_noticed(complaint, || alter_feedback(|entry| entry.about = None));
	assert_noticed(complaint, || Summaries::<Test>::remove(AGENT, ALL_ACCURACY));
	assert_noticed(complaint, || {
		Summaries::<Test>::insert(AGENT, ALL_COURTESY, Summary::default());
	});
}

#[test]
fn try_state_should_notice_when_an_index_was_not_given_out() {
	let complaint = "feedback has an index that was not given out";
	assert_noticed(complaint, || LastFeedbackIndex::<Test>::remove(AGENT, CLIENT));
	assert_noticed(complaint, || {
		let entry = Feedback::<Test>::take((AGENT, CLIENT, FIRST)).expect("it is in storage");
		Feedback::<Test>::insert((AGENT, CLIENT, FeedbackIndex(0)), entry);
	});
}

#[test]
fn try_state_should_notice_when_a_last_index_is_zero() {
	assert_noticed("a last index is zero", || {
		LastFeedbackIndex::<Test>::insert(AGENT, STRANGER, FeedbackIndex(0));
	});
}

#[test]
fn try_state_should_notice_when_settled_work_weighs_nothing() {
	assert_noticed("settled work weighs nothing", || alter_work(|work| work.weight = 0));
}

#[test]
fn try_state_should_notice_when_settled_work_has_one_side() {
	assert_noticed("settled work has one side", || alter_work(|work| work.provider = work.client));
}

#[test]
fn try_state_should_notice_when_a_client_without_an_agent_was_rated() {
	assert_noticed("a client without an agent was rated", || {
		alter_work(|work| work.rated_by_provider = true);
	});
}

#[test]
fn try_state_should_notice_when_work_was_rated_twice_by_one_side() {
	assert_noticed("work was rated twice by one side", || {
		let twin = FeedbackEntry { is_revoked: true, deposit: 0, ..entry(CLIENT, FIRST) };
		Feedback::<Test>::insert((AGENT, CLIENT, SECOND), twin);
		LastFeedbackIndex::<Test>::insert(AGENT, CLIENT, SECOND);
	});
}

#[test]
fn try_state_should_notice_when_feedback_is_by_a_stranger() {
	assert_noticed("feedback is by a stranger", || alter_work(|work| work.client = STRANGER));
}

#[test]
fn try_state_should_notice_when_feedback_is_on_a_stranger() {
	assert_noticed("feedback is on a stranger", || {
		alter_work(|work| work.provider_agent.agent = HIRER);
		Standings::<Test>::insert(HIRER, record(AGENT));
	});
}

#[test]
fn try_state_should_notice_when_work_forgot_that_it_was_rated() {
	assert_noticed("work forgot that it was rated", || {
		alter_work(|work| work.rated_by_client = false);
	});
}

#[test]
fn try_state_should_notice_when_feedback_weighs_something_else_than_its_work() {
	let complaint = "feedback weighs something else than its work";
	assert_noticed(complaint, || alter_work(|work| work.weight += 1));
	assert_noticed(complaint, || alter_work(|work| work.at += 1));
}

#[test]
fn try_state_should_notice_when_a_response_is_to_no_feedback() {
	assert_noticed("a response is to no feedback", || {
		let response = Responses::<Test>::take((AGENT, CLIENT, FIRST)).expect("it is in storage");
		Responses::<Test>::insert((AGENT, CLIENT, SECOND), response);
	});
}

#[test]
fn try_state_should_notice_when_a_deposit_is_not_held() {
	let complaint = "deposits held differ from those recorded";
	let reason = HoldReason::Deposit.into();
	assert_noticed(complaint, || {
		assert_ok!(Balances::release(&reason, &CLIENT, 1, Precision::Exact));
	});
	assert_noticed(complaint, || {
		assert_ok!(Balances::release(&reason, &OWNER, 1, Precision::Exact));
	});
	assert_noticed(complaint, || {
		assert_ok!(Balances::hold(&reason, &STRANGER, 1));
	});
	assert_noticed(complaint, || {
		Responses::<Test>::remove((AGENT, CLIENT, FIRST));
	});
}

/// The evidence of ratings is checked in tests only, because a change of the half-life moves it.
#[test]
#[should_panic(expected = "a component")]
fn rebuilding_should_notice_when_a_component_differs_from_its_feedback() {
	new_test_ext().execute_with(|| {
		give_feedback(CLIENT, rating());
		Standings::<Test>::insert(AGENT, AgentRecord::default());
		assert_rebuilds();
	});
}

#[test]
#[should_panic(expected = "a summary")]
fn rebuilding_should_notice_when_a_summary_differs_from_its_feedback() {
	new_test_ext().execute_with(|| {
		give_feedback(CLIENT, rating());
		alter_feedback(|entry| entry.weight += WEIGHT);
		assert_rebuilds();
	});
}

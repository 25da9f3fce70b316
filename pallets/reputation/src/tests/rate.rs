//! Tests of `rate`.

use crate::{mock::*, *};
use aitbc_core::{ContractId, Decimal, FeedbackIndex, TagId, WorkId};
use aitbc_reputation::Component;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{ArithmeticError, Perbill, TokenError};

/// The share of [`rating`]'s value on its scale.
const SHARE: Perbill = Perbill::from_percent(80);

#[test]
fn rate_should_store_the_feedback_and_count_it_when_the_client_rates_the_agent() {
	build_and_execute(|| {
		let work = Deal::default().close();
		reset_events();

		assert_ok!(Reputation::rate(signed(CLIENT), AGENT, work, rating()));

		let deposit = feedback_deposit(ENDPOINT.len(), URI.len());
		let expected = FeedbackEntry {
			work,
			tag: ACCURACY,
			about: Some(TRANSLATION),
			value: Decimal::whole(80),
			share: SHARE,
			component: Component::Quality,
			endpoint: ENDPOINT.to_vec().try_into().expect("within the bound"),
			uri: URI.to_vec().try_into().expect("within the bound"),
			hash: hash(1),
			weight: WEIGHT,
			settled_at: START,
			generation: Generation(0),
			given_at: START,
			is_revoked: false,
			deposit,
		};
		assert_eq!(entry(CLIENT, FIRST), expected);
		assert_eq!(LastFeedbackIndex::<Test>::get(AGENT, CLIENT), FIRST);
		let settled = SettledWork::<Test>::get(work).expect("the work stays");
		assert_eq!((settled.rated_by_client, settled.rated_by_provider), (true, false));
		assert_eq!(component(AGENT, Component::Quality), (WEIGHT, percent(80)));
		assert_eq!(component(AGENT, Component::Feedback), (0, None));
		for topic in [ALL_ACCURACY, TRANSLATION_ACCURACY] {
			let summary = Summaries::<Test>::get(AGENT, topic).expect("it is summed up");
			assert_eq!(summary.aggregate.count(), 1);
			assert_eq!(summary.aggregate.mean(), percent(80));
			assert_eq!(summary.aggregate.evidence(START, HALF_LIFE), WEIGHT);
		}
		assert_eq!(Summaries::<Test>::iter().count(), 2);
		assert_eq!(held(CLIENT), deposit);
		assert_eq!(free(CLIENT), WEALTH - deposit);
		let given =
			Event::FeedbackGiven { agent: AGENT, author: CLIENT, index: FIRST, entry: expected };
		assert_eq!(events(), [given]);
	});
}

#[test]
fn rate_should_feed_the_feedback_component_when_the_tag_is_not_for_quality() {
	build_and_execute(|| {
		give_feedback(CLIENT, courtesy(0));

		// 0 lies a quarter up the scale from -10 to 30.
		assert_eq!(component(AGENT, Component::Feedback), (WEIGHT, percent(25)));
		assert_eq!(component(AGENT, Component::Quality), (0, None));
		assert_eq!(Summaries::<Test>::iter_keys().collect::<Vec<_>>(), [(AGENT, ALL_COURTESY)]);
		assert_eq!(held(CLIENT), feedback_deposit(0, 0));
	});
}

#[test]
fn rate_should_rate_the_client_when_the_provider_asks_and_the_client_was_an_agent() {
	build_and_execute(|| {
		let work = Deal::by(HIRER_WALLET).close();

		assert_ok!(Reputation::rate(signed(WALLET), HIRER, work, courtesy(30)));
		assert_ok!(Reputation::rate(signed(HIRER_WALLET), AGENT, work, rating()));

		assert_eq!(component(HIRER, Component::Feedback), (WEIGHT, percent(100)));
		assert_eq!(component(AGENT, Component::Quality), (WEIGHT, percent(80)));
		let settled = SettledWork::<Test>::get(work).expect("the work stays");
		assert_eq!((settled.rated_by_client, settled.rated_by_provider), (true, true));
	});
}

#[test]
fn rate_should_count_up_the_index_when_an_author_rates_an_agent_again() {
	build_and_execute(|| {
		assert_eq!(give_feedback(CLIENT, rated(80)).1, FIRST);
		assert_eq!(give_feedback(CLIENT, rated(40)).1, SECOND);
		assert_eq!(give_feedback(STRANGER, rated(40)).1, FIRST);

		let summary = Summaries::<Test>::get(AGENT, ALL_ACCURACY).expect("it is summed up");
		assert_eq!(summary.aggregate.count(), 3);
	});
}

#[test]
fn rate_should_never_give_an_index_out_again_when_its_feedback_is_gone() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));
		assert_ok!(Reputation::erase(signed(CLIENT), AGENT, CLIENT, FIRST));

		assert_eq!(give_feedback(CLIENT, rating()).1, SECOND);
	});
}

#[test]
fn rate_should_weigh_less_when_it_comes_late() {
	build_and_execute(|| {
		let work = Deal::default().close();
		wait(2 * HALF_LIFE);

		assert_ok!(Reputation::rate(signed(CLIENT), AGENT, work, rating()));

		assert_eq!(component(AGENT, Component::Quality), (WEIGHT / 4, percent(80)));
		let stored = entry(CLIENT, FIRST);
		assert_eq!((stored.settled_at, stored.given_at), (START, START + 2 * HALF_LIFE));
	});
}

#[test]
fn rate_should_weigh_a_quarter_when_the_agent_was_sold_since_the_work() {
	build_and_execute(|| {
		let work = Deal::default().close();
		transfer(AGENT, BUYER);

		assert_ok!(Reputation::rate(signed(CLIENT), AGENT, work, rating()));

		assert_eq!(component(AGENT, Component::Quality), (WEIGHT / 4, percent(80)));
		assert_eq!(entry(CLIENT, FIRST).generation, Generation(0));
	});
}

#[test]
fn rate_should_weigh_a_quarter_when_the_client_was_sold_before_anybody_rated_it() {
	build_and_execute(|| {
		let work = Deal::by(HIRER_WALLET).close();
		transfer(HIRER, BUYER);

		assert_ok!(Reputation::rate(signed(WALLET), HIRER, work, courtesy(30)));

		assert_eq!(component(HIRER, Component::Feedback), (WEIGHT / 4, percent(100)));
	});
}

#[test]
fn rate_should_take_both_ends_of_a_scale() {
	build_and_execute(|| {
		for (client, value, share) in [(CLIENT, 0, 0), (STRANGER, 100, 100)] {
			give_feedback(client, rated(value));
			assert_eq!(entry(client, FIRST).share, Perbill::from_percent(share));
		}
	});
}

#[test]
fn rate_should_take_every_form_of_a_number() {
	build_and_execute(|| {
		let value = Decimal { value: 99_770, decimals: 3 };
		give_feedback(CLIENT, Rating { value, ..rating() });
		assert_eq!(entry(CLIENT, FIRST).value, value);
		assert_eq!(entry(CLIENT, FIRST).share, Perbill::from_parts(997_700_000));
	});
}

#[test]
fn rate_should_fail_when_there_is_no_such_work() {
	build_and_execute(|| {
		let never = WorkId::Contract(ContractId(7));
		let dust = Deal::for_fee(MinFee::get() - 1).close();
		for work in [never, dust] {
			assert_noop!(
				Reputation::rate(signed(CLIENT), AGENT, work, rating()),
				Error::<Test>::WorkNotFound
			);
		}
	});
}

#[test]
fn rate_should_fail_when_the_caller_is_a_stranger() {
	build_and_execute(|| {
		let work = Deal::by(HIRER_WALLET).close();
		for caller in [STRANGER, CLIENT, OWNER, HIRER_OWNER] {
			assert_noop!(
				Reputation::rate(signed(caller), AGENT, work, rating()),
				Error::<Test>::NotParty
			);
		}
	});
}

#[test]
fn rate_should_fail_when_the_other_side_was_another_agent_or_none() {
	build_and_execute(|| {
		let hired = Deal::by(HIRER_WALLET).close();
		let plain = Deal::default().close();
		for (author, agent, work) in [
			(HIRER_WALLET, HIRER, hired),
			(WALLET, AGENT, hired),
			(CLIENT, HIRER, plain),
			(WALLET, HIRER, plain),
			(WALLET, AGENT, plain),
		] {
			assert_noop!(
				Reputation::rate(signed(author), agent, work, rating()),
				Error::<Test>::WrongAgent
			);
		}
	});
}

#[test]
fn rate_should_fail_when_this_side_has_rated_before() {
	build_and_execute(|| {
		let (work, index) = give_feedback(CLIENT, rating());
		let again = || Reputation::rate(signed(CLIENT), AGENT, work, courtesy(5));
		assert_noop!(again(), Error::<Test>::AlreadyRated);
		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, index));
		assert_noop!(again(), Error::<Test>::AlreadyRated);
		assert_ok!(Reputation::erase(signed(CLIENT), AGENT, CLIENT, index));
		assert_noop!(again(), Error::<Test>::AlreadyRated);
	});
}

#[test]
fn rate_should_fail_when_the_agent_is_gone() {
	build_and_execute(|| {
		let work = Deal::default().close();
		remove_agent(AGENT);
		assert_noop!(
			Reputation::rate(signed(CLIENT), AGENT, work, rating()),
			Error::<Test>::AgentNotFound
		);
	});
}

#[test]
fn rate_should_fail_when_the_author_owns_the_agent_by_now() {
	build_and_execute(|| {
		let work = Deal::default().close();
		transfer(AGENT, CLIENT);
		assert_noop!(
			Reputation::rate(signed(CLIENT), AGENT, work, rating()),
			Error::<Test>::SelfRating
		);
	});
}

#[test]
fn rate_should_fail_when_the_author_is_the_agents_wallet_by_now() {
	build_and_execute(|| {
		let work = Deal::default().close();
		set_agent(AGENT, OWNER, Some(CLIENT));
		assert_noop!(
			Reputation::rate(signed(CLIENT), AGENT, work, rating()),
			Error::<Test>::SelfRating
		);
	});
}

#[test]
fn rate_should_fail_when_the_author_works_for_another_agent_of_the_owner_by_now() {
	build_and_execute(|| {
		let work = Deal::by(HIRER_WALLET).close();
		set_agent(HIRER, OWNER, Some(HIRER_WALLET));
		assert_noop!(
			Reputation::rate(signed(HIRER_WALLET), AGENT, work, rating()),
			Error::<Test>::SelfRating
		);
	});
}

/// Rates with `rating`, which must be refused for `error`.
#[track_caller]
fn assert_refused(rating: Rating, error: Error<Test>) {
	build_and_execute(|| {
		let work = Deal::default().close();
		assert_noop!(Reputation::rate(signed(CLIENT), AGENT, work, rating), error);
	});
}

#[test]
fn rate_should_fail_when_there_is_no_such_tag() {
	let unknown = TagId(99);
	assert_refused(Rating { tag: unknown, ..rating() }, Error::UnknownTag);
	assert_refused(Rating { about: Some(unknown), ..rating() }, Error::UnknownTag);
}

#[test]
fn rate_should_fail_when_the_tag_names_a_capability() {
	for tag in [TRANSLATION, OLD_CAPABILITY] {
		assert_refused(Rating { tag, ..rating() }, Error::TagNotForRating);
	}
}

#[test]
fn rate_should_fail_when_a_tag_was_retired() {
	assert_refused(Rating { tag: OLD_TAG, ..rating() }, Error::TagRetired);
	assert_refused(Rating { about: Some(OLD_CAPABILITY), ..rating() }, Error::TagRetired);
}

#[test]
fn rate_should_fail_when_it_is_about_no_capability() {
	for about in [ACCURACY, COURTESY, OLD_TAG] {
		assert_refused(Rating { about: Some(about), ..rating() }, Error::AboutNotCapability);
	}
}

#[test]
fn rate_should_fail_when_the_value_is_off_the_scale() {
	for value in [
		Decimal::whole(-1),
		Decimal::whole(101),
		Decimal { value: 100_000_000_001, decimals: 9 },
		Decimal { value: 1, decimals: 19 },
		Decimal::whole(i128::MIN),
	] {
		assert_refused(Rating { value, ..rating() }, Error::ValueOutOfRange);
	}
}

#[test]
fn rate_should_fail_when_the_uri_is_too_long() {
	let mut uri = b"x:".to_vec();
	uri.resize(MAX_URI as usize + 1, b'y');
	assert_refused(Rating { uri, ..rating() }, Error::UriTooLong);
}

#[test]
fn rate_should_fail_when_the_uri_has_no_form() {
	for uri in ["feedback", "x:", "https://a b", "x:\u{e9}"] {
		assert_refused(Rating { uri: uri.into(), ..rating() }, Error::UriMalformed);
	}
}

#[test]
fn rate_should_fail_when_the_endpoint_is_too_long() {
	let endpoint = vec![b'x'; MAX_URI as usize + 1];
	assert_refused(Rating { endpoint, ..rating() }, Error::EndpointTooLong);
}

#[test]
fn rate_should_take_texts_as_long_as_the_bound() {
	build_and_execute(|| {
		let longest = MAX_URI as usize;
		let mut uri = b"x:".to_vec();
		uri.resize(longest, b'y');
		give_feedback(CLIENT, Rating { endpoint: vec![0; longest], uri, ..rating() });
		assert_eq!(held(CLIENT), feedback_deposit(longest, longest));
	});
}

#[test]
fn rate_should_fail_when_the_author_can_not_pay_the_deposit() {
	build_and_execute(|| {
		let work = Deal::default().close();
		drain(CLIENT);
		assert_noop!(
			Reputation::rate(signed(CLIENT), AGENT, work, rating()),
			TokenError::FundsUnavailable
		);
	});
}

#[test]
fn rate_should_fail_when_all_indices_are_used_up() {
	new_test_ext().execute_with(|| {
		let work = Deal::default().close();
		LastFeedbackIndex::<Test>::insert(AGENT, CLIENT, FeedbackIndex(u64::MAX));
		assert_noop!(
			Reputation::rate(signed(CLIENT), AGENT, work, rating()),
			ArithmeticError::Overflow
		);
	});
}

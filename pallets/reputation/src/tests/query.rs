//! Tests of reading feedback, authors and settled work.

use crate::{
	mock::*,
	runtime_api::{MAX_PAGE, MAX_SCAN},
	*,
};
use aitbc_core::{AgentId, ContractId, Decimal, FeedbackIndex, TagId, WorkId};
use aitbc_reputation::Component;
use frame_support::assert_ok;

type Filter = FeedbackFilter<AccountId>;

/// The authors and indices on a page, sorted.
fn found(page: &FeedbackPage<AccountId>) -> Vec<(AccountId, u64)> {
	let mut found: Vec<_> = page.feedback.iter().map(|one| (one.author, one.index.0)).collect();
	found.sort();
	found
}

/// All that `filter` finds of [`AGENT`], in pages of `limit`.
fn all(filter: &Filter, limit: u32) -> Vec<(AccountId, u64)> {
	let (mut all, mut after) = (vec![], None);
	loop {
		let page = Reputation::feedback(AGENT, filter.clone(), after, limit);
		assert!(page.feedback.len() <= limit as usize);
		all.extend(found(&page));
		after = page.next;
		if after.is_none() {
			break;
		}
	}
	all.sort();
	all
}

/// Puts `count` entries of each author into storage, without what they cost.
fn put_feedback(authors: std::ops::Range<AccountId>, count: u64) {
	give_feedback(CLIENT, rating());
	let template = FeedbackEntry { deposit: 0, is_revoked: true, ..entry(CLIENT, FIRST) };
	for author in authors {
		for index in 1..=count {
			let work = WorkId::Contract(ContractId(author * 1_000_000 + index));
			let entry = FeedbackEntry { work, ..template.clone() };
			Feedback::<Test>::insert((AGENT, author, FeedbackIndex(index)), entry);
		}
		LastFeedbackIndex::<Test>::insert(AGENT, author, FeedbackIndex(count));
	}
}

#[test]
fn feedback_entry_should_tell_all_about_it() {
	build_and_execute(|| {
		let (work, index) = give_feedback(CLIENT, rating());
		wait(2);
		assert_ok!(respond(OWNER, FIRST));

		let expected = FeedbackInfo {
			author: CLIENT,
			index,
			work,
			tag: ACCURACY,
			about: Some(TRANSLATION),
			value: Decimal::whole(80),
			component: Component::Quality,
			endpoint: ENDPOINT.to_vec(),
			uri: URI.to_vec(),
			hash: hash(1),
			weight: WEIGHT,
			settled_at: START,
			generation: Generation(0),
			given_at: START,
			is_revoked: false,
			deposit: feedback_deposit(ENDPOINT.len(), URI.len()),
			response: Some(ResponseInfo {
				responder: OWNER,
				uri: URI.to_vec(),
				hash: hash(2),
				at: START + 2,
				deposit: response_deposit(URI.len()),
			}),
		};
		assert_eq!(Reputation::feedback_entry(AGENT, CLIENT, FIRST), Some(expected.clone()));
		let page = Reputation::feedback(AGENT, Filter::default(), None, 10);
		assert_eq!(page, FeedbackPage { feedback: vec![expected], next: None });
	});
}

#[test]
fn feedback_entry_should_show_revoked_feedback_and_no_erased_one() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, FIRST));
		let entry = Reputation::feedback_entry(AGENT, CLIENT, FIRST).expect("it can be read");
		assert!(entry.is_revoked);
		assert_ok!(Reputation::erase(signed(CLIENT), AGENT, CLIENT, FIRST));
		assert_eq!(Reputation::feedback_entry(AGENT, CLIENT, FIRST), None);
	});
}

#[test]
fn feedback_entry_should_be_none_when_the_index_is_out_of_bounds() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		for index in [0, 2, u64::MAX] {
			assert_eq!(Reputation::feedback_entry(AGENT, CLIENT, FeedbackIndex(index)), None);
		}
	});
}

/// Gives feedback of every kind: two by [`CLIENT`], of which the second is revoked, and two by
/// [`STRANGER`].
fn varied() {
	give_feedback(CLIENT, Rating { about: Some(TRANSLATION), ..rated(10) });
	give_feedback(CLIENT, Rating { about: Some(SUMMARY), ..rated(20) });
	assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, SECOND));
	give_feedback(STRANGER, courtesy(3));
	give_feedback(STRANGER, Rating { about: Some(SUMMARY), ..rated(40) });
}

#[test]
fn feedback_should_be_filtered_by_author_tag_capability_and_revocation() {
	build_and_execute(|| {
		varied();
		let none = Filter::default();
		let cases = [
			(none.clone(), vec![(CLIENT, 1), (STRANGER, 1), (STRANGER, 2)]),
			(
				Filter { include_revoked: true, ..none.clone() },
				vec![(CLIENT, 1), (CLIENT, 2), (STRANGER, 1), (STRANGER, 2)],
			),
			(Filter { author: Some(CLIENT), ..none.clone() }, vec![(CLIENT, 1)]),
			(
				Filter { author: Some(CLIENT), include_revoked: true, ..none.clone() },
				vec![(CLIENT, 1), (CLIENT, 2)],
			),
			(Filter { tag: Some(ACCURACY), ..none.clone() }, vec![(CLIENT, 1), (STRANGER, 2)]),
			(Filter { tag: Some(COURTESY), ..none.clone() }, vec![(STRANGER, 1)]),
			(Filter { about: Some(SUMMARY), ..none.clone() }, vec![(STRANGER, 2)]),
			(
				Filter { about: Some(SUMMARY), include_revoked: true, ..none.clone() },
				vec![(CLIENT, 2), (STRANGER, 2)],
			),
			(
				Filter { author: Some(STRANGER), tag: Some(ACCURACY), ..none.clone() },
				vec![(STRANGER, 2)],
			),
			(Filter { tag: Some(TagId(77)), ..none.clone() }, vec![]),
			(Filter { author: Some(BUYER), ..none }, vec![]),
		];
		for (filter, expected) in cases {
			for limit in [1, 2, 10] {
				assert_eq!(all(&filter, limit), expected, "{filter:?}, {limit}");
			}
		}
		assert_eq!(Reputation::feedback(HIRER, Filter::default(), None, 9).feedback, vec![]);
	});
}

#[test]
fn feedback_of_an_author_should_come_in_order_and_skip_what_was_erased() {
	build_and_execute(|| {
		for _ in 0..4 {
			give_feedback(CLIENT, rating());
		}
		assert_ok!(Reputation::revoke(signed(CLIENT), AGENT, SECOND));
		assert_ok!(Reputation::erase(signed(CLIENT), AGENT, CLIENT, SECOND));

		let filter = Filter { author: Some(CLIENT), ..Filter::default() };
		let page = Reputation::feedback(AGENT, filter, None, 9);

		let indices: Vec<_> = page.feedback.iter().map(|one| one.index.0).collect();
		assert_eq!((indices, page.next), (vec![1, 3, 4], None));
	});
}

#[test]
fn feedback_should_go_on_when_the_entry_it_goes_on_from_is_gone() {
	build_and_execute(|| {
		varied();
		let filter = Filter { include_revoked: true, ..Filter::default() };
		let whole = Reputation::feedback(AGENT, filter.clone(), None, 9).feedback;
		let cursor =
			|one: &FeedbackInfo<AccountId>| FeedbackCursor { author: one.author, index: one.index };
		for (place, one) in whole.iter().enumerate() {
			frame_support::hypothetically!({
				wait(RETENTION);
				let author = signed(one.author);
				assert_ok!(Reputation::erase(author, AGENT, one.author, one.index));
				let page = Reputation::feedback(AGENT, filter.clone(), Some(cursor(one)), 9);
				assert_eq!(page.feedback, whole[place + 1..]);
			});
		}
	});
}

#[test]
fn feedback_should_stop_looking_and_resume_when_the_filter_is_narrow() {
	new_test_ext().execute_with(|| {
		put_feedback(100..102, u64::from(MAX_SCAN));
		for author in [None, Some(100)] {
			let filter = Filter { author, include_revoked: false, ..Filter::default() };
			let first = Reputation::feedback(AGENT, filter.clone(), None, 10);
			assert!(first.feedback.len() <= 1, "all but one is revoked");
			if author.is_none() {
				assert!(first.next.is_some(), "it looked at a part only");
				assert_eq!(all(&filter, 10), [(CLIENT, 1)]);
			} else {
				assert_eq!(first.next, None, "it looked at exactly all");
			}
		}
	});
}

#[test]
fn pages_should_be_clamped_when_the_limit_is_out_of_range() {
	new_test_ext().execute_with(|| {
		put_feedback(100..100 + u64::from(MAX_PAGE) + 1, 1);
		let filter = Filter { include_revoked: true, ..Filter::default() };
		for (limit, length) in [(0, 1), (u32::MAX, MAX_PAGE as usize)] {
			let page = Reputation::feedback(AGENT, filter.clone(), None, limit);
			assert_eq!(page.feedback.len(), length);
			assert!(page.next.is_some());
			let clients = Reputation::clients(AGENT, None, limit);
			assert_eq!(clients.clients.len(), length);
			assert!(clients.next.is_some());
		}
	});
}

#[test]
fn clients_should_be_each_author_once_erased_feedback_or_not() {
	build_and_execute(|| {
		varied();
		give_feedback(BUYER, rating());
		assert_ok!(Reputation::revoke(signed(BUYER), AGENT, FIRST));
		assert_ok!(Reputation::erase(signed(BUYER), AGENT, BUYER, FIRST));

		let (mut clients, mut after) = (vec![], None);
		loop {
			let page = Reputation::clients(AGENT, after, 2);
			assert!(page.clients.len() <= 2);
			clients.extend(page.clients);
			after = page.next;
			if after.is_none() {
				break;
			}
		}
		clients.sort();
		assert_eq!(clients, [CLIENT, STRANGER, BUYER]);
		let nobody = ClientPage { clients: vec![], next: None };
		assert_eq!(Reputation::clients(HIRER, None, 2), nobody);
	});
}

#[test]
fn last_feedback_index_should_count_what_an_author_gave() {
	build_and_execute(|| {
		assert_eq!(Reputation::last_feedback_index(AGENT, CLIENT), FeedbackIndex(0));
		for expected in 1..=3 {
			give_feedback(CLIENT, rating());
			assert_eq!(Reputation::last_feedback_index(AGENT, CLIENT), FeedbackIndex(expected));
		}
		assert_eq!(Reputation::last_feedback_index(AGENT, STRANGER), FeedbackIndex(0));
		assert_eq!(Reputation::last_feedback_index(AgentId(9), CLIENT), FeedbackIndex(0));
	});
}

#[test]
fn settled_work_should_tell_who_may_rate_whom() {
	build_and_execute(|| {
		let work = Deal::default().close();
		assert_eq!(Reputation::settled_work(work), SettledWork::<Test>::get(work));
		assert!(Reputation::settled_work(work).is_some());
		assert_eq!(Reputation::settled_work(WorkId::Contract(ContractId(9))), None);
	});
}

#[test]
fn deposits_should_be_what_the_calls_take() {
	build_and_execute(|| {
		give_feedback(CLIENT, rating());
		assert_ok!(respond(OWNER, FIRST));
		let (endpoint, uri) = (ENDPOINT.len() as u32, URI.len() as u32);
		assert_eq!(Reputation::feedback_deposit(endpoint, uri), held(CLIENT));
		assert_eq!(Reputation::response_deposit(uri), held(OWNER));
		let longest = Reputation::feedback_deposit(MAX_URI, MAX_URI);
		assert_eq!(Reputation::feedback_deposit(u32::MAX, u32::MAX), longest);
		assert_eq!(Reputation::response_deposit(u32::MAX), Reputation::response_deposit(MAX_URI));
	});
}

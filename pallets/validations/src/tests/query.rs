//! Tests of reading.

use crate::{
	mock::{Validations, *},
	runtime_api::{MAX_PAGE, MAX_SCAN},
	*,
};
use aitbc_core::{AgentId, AgentKind, TagId, ValidationId};
use frame_support::assert_ok;

/// Requests for this many different pieces of work.
fn request_many(count: u32, request: &Request) -> Vec<ValidationId> {
	(0..count)
		.map(|number| {
			let hash = aitbc_core::WorkHash(sp_core::H256::from_low_u64_be(number.into()));
			Request { hash, ..request.clone() }.request()
		})
		.collect()
}

/// A second subject.
fn other_subject() -> AgentId {
	let subject = AgentId(7);
	put_agent(subject, AgentKind::Oracle, STRANGER, BANK);
	subject
}

#[test]
fn validation_should_show_what_is_stored() {
	build_and_execute(|| {
		let validation = Request::default().soft(40);

		let Document { uri, hash } = evidence();
		let answer = Answer { score: score(40), evidence: Document { uri, hash }, at: START };
		let record = Validation {
			requester: REQUESTER,
			validator: VALIDATOR,
			subject: SUBJECT,
			work: Work { uri: WORK_URI.to_vec(), hash: work_hash(1) },
			tag: Some(TAG),
			fee: FEE,
			deadline: DEADLINE,
			deposit: deposit(),
			state: ValidationState::Soft { answer },
		};
		let info = ValidationInfo { validation, record };
		assert_eq!(Validations::validation(validation), Some(info));
	});
}

#[test]
fn validation_should_show_every_state_as_it_is_stored() {
	build_and_execute(|| {
		let slashed = Request::numbered(4).hard(4);
		slash(slashed);
		let expired = Request::numbered(5).soft(5);
		set_now(DEADLINE + 1);
		assert_ok!(Validations::expire(signed(STRANGER), expired));
		let later = |number| Request { deadline: 500, ..Request::numbered(number) };
		let (requested, soft, hard) = (later(1).request(), later(2).soft(2), later(3).hard(3));
		let disputed = later(6).disputed(6);
		let ids = [requested, soft, hard, slashed, expired, disputed];
		for id in ids {
			let info = Validations::validation(id).expect("it is in storage");
			assert_eq!(info.record.state, state(id).map_uri(UriOf::<Test>::into_inner));
		}
	});
}

#[test]
fn validation_should_show_nothing_when_the_request_is_unknown_or_erased() {
	build_and_execute(|| {
		assert_eq!(Validations::validation(FIRST), None);
		let validation = Request::default().expired();
		assert_ok!(Validations::erase(signed(REQUESTER), validation));
		assert_eq!(Validations::validation(validation), None);
	});
}

/// All pages of a list, and the ids on them, sorted.
fn pages(
	list: impl Fn(Option<ValidationId>) -> ValidationPage<AccountId>,
) -> (Vec<usize>, Vec<ValidationId>) {
	let (mut sizes, mut ids) = (vec![], vec![]);
	let mut after = None;
	loop {
		let page = list(after);
		sizes.push(page.validations.len());
		ids.extend(page.validations.iter().map(|info| info.validation));
		after = page.next;
		if after.is_none() {
			break;
		}
	}
	ids.sort();
	(sizes, ids)
}

#[test]
fn lists_should_show_each_validation_once_when_paged() {
	build_and_execute(|| {
		let expected = request_many(7, &Request::default());
		let elsewhere = Request { subject: other_subject(), ..Request::numbered(200) }.request();

		for (limit, sizes) in [(3, vec![3, 3, 1]), (7, vec![7]), (100, vec![7])] {
			let list = |after| Validations::validations_of(SUBJECT, None, after, limit);
			assert_eq!(pages(list), (sizes, expected.clone()));
		}
		let all = [expected, vec![elsewhere]].concat();
		for (limit, sizes) in [(3, vec![3, 3, 2]), (8, vec![8]), (100, vec![8])] {
			let list = |after| Validations::requests_to(VALIDATOR, after, limit);
			assert_eq!(pages(list), (sizes, all.clone()));
		}
	});
}

#[test]
fn validations_of_should_leave_out_other_tags_when_one_is_asked_for() {
	build_and_execute(|| {
		let tagged = |number, tag| Request { tag, ..Request::numbered(number) }.request();
		let plain = [tagged(1, None), tagged(2, None)];
		let first = [tagged(3, Some(TAG)), tagged(4, Some(TAG)), tagged(5, Some(TAG))];
		let second = [tagged(6, Some(OTHER_TAG))];

		let ids = |tag: Option<TagId>, limit| {
			pages(|after| Validations::validations_of(SUBJECT, tag, after, limit)).1
		};
		for limit in [1, 2, 100] {
			assert_eq!(ids(Some(TAG), limit), first);
			assert_eq!(ids(Some(OTHER_TAG), limit), second);
			assert_eq!(ids(Some(NO_TAG), limit), []);
			assert_eq!(ids(None, limit), [&plain[..], &first, &second].concat());
		}
	});
}

#[test]
fn validations_of_should_come_back_short_when_the_filter_leaves_too_many_out() {
	build_and_execute(|| {
		let expected = request_many(MAX_SCAN + 1, &Request { fee: 0, ..Request::default() });

		let page = Validations::validations_of(SUBJECT, Some(OTHER_TAG), None, 1);
		assert_eq!(page.validations, []);
		let last = Validations::validations_of(SUBJECT, Some(OTHER_TAG), page.next, 1);
		assert_eq!((last.validations, last.next), (vec![], None));
		assert!(page.next.is_some_and(|next| expected.contains(&next)));
	});
}

#[test]
fn lists_should_go_on_when_the_validation_they_go_on_from_is_erased() {
	build_and_execute(|| {
		request_many(4, &Request::default());
		let whole = Validations::validations_of(SUBJECT, None, None, 4);
		let first = Validations::validations_of(SUBJECT, None, None, 2);
		let after = first.next.expect("there are more");
		set_now(DEADLINE + 1);
		assert_ok!(Validations::expire(signed(STRANGER), after));
		assert_ok!(Validations::erase(signed(REQUESTER), after));

		let second = Validations::validations_of(SUBJECT, None, Some(after), 2);

		assert_eq!(second.validations, whole.validations[2..]);
		assert_eq!(second.next, None);
	});
}

#[test]
fn lists_should_clamp_the_limit_when_it_is_out_of_range() {
	build_and_execute(|| {
		request_many(MAX_PAGE + 1, &Request { fee: 0, ..Request::default() });
		assert_eq!(Validations::requests_to(VALIDATOR, None, 0).validations.len(), 1);
		let page = Validations::requests_to(VALIDATOR, None, u32::MAX);
		assert_eq!(page.validations.len(), 100);
		assert!(page.next.is_some());
	});
}

#[test]
fn lists_should_be_empty_when_the_agent_has_none() {
	build_and_execute(|| {
		let empty = ValidationPage { validations: vec![], next: None };
		assert_eq!(Validations::validations_of(NOBODY, None, None, 10), empty);
		assert_eq!(Validations::requests_to(NOBODY, Some(FIRST), 10), empty);
	});
}

#[test]
fn summary_should_count_the_hard_answers_that_stand() {
	build_and_execute(|| {
		Request::numbered(1).request();
		Request::numbered(2).soft(10);
		Request::numbered(3).hard(20);
		Request { tag: None, ..Request::numbered(4) }.hard(40);
		let overturned = Request::numbered(5).hard(80);
		slash(overturned);
		Request { tag: None, ..Request::numbered(6) }.disputed(3);

		for validator in [None, Some(VALIDATOR)] {
			let summary = |tag| Validations::summary(SUBJECT, validator, tag);
			assert_eq!(summary(None), Summary { count: 3, sum: 63 });
			assert_eq!(summary(Some(TAG)), Summary { count: 1, sum: 20 });
			assert_eq!(summary(Some(OTHER_TAG)), Summary::default());
		}
		assert_eq!(Validations::summary(NOBODY, None, None), Summary::default());
	});
}

#[test]
fn summary_should_leave_out_other_validators_when_one_is_asked_for() {
	build_and_execute(|| {
		let other_validator = AgentId(7);
		put_agent(other_validator, AgentKind::Validator, BANK, STRANGER);
		Request::numbered(1).hard(90);
		let validation = Request { validator: other_validator, ..Request::numbered(2) }.request();
		assert_ok!(try_answer(STRANGER, validation, 10, Finality::Hard));

		let sum_by = |validator| Validations::summary(SUBJECT, validator, Some(TAG)).sum;
		assert_eq!(sum_by(Some(VALIDATOR)), 90);
		assert_eq!(sum_by(Some(other_validator)), 10);
		assert_eq!(sum_by(Some(SUBJECT)), 0);
		assert_eq!(sum_by(None), 100);
	});
}

#[test]
fn validator_record_should_count_what_became_of_the_requests() {
	build_and_execute(|| {
		slash(Request::numbered(1).hard(20));
		Request::numbered(2).hard(40);
		let missed = Request::numbered(3).soft(60);
		Request::numbered(4).expired();
		assert_ok!(Validations::expire(signed(STRANGER), missed));

		let record = ValidatorRecord { answered: 2, missed: 1, overturned: 1 };
		assert_eq!(Validations::validator_record(VALIDATOR), record);
		assert_eq!(Validations::validator_record(SUBJECT), ValidatorRecord::default());
	});
}

#[test]
fn open_validations_should_count_what_the_validator_took_up() {
	build_and_execute(|| {
		Request::numbered(1).request();
		assert_eq!(Validations::open_validations(VALIDATOR), 0);
		Request::numbered(2).soft(10);
		Request::numbered(3).hard(20);
		Request::numbered(4).disputed(30);
		assert_eq!(Validations::open_validations(VALIDATOR), 3);
		assert_eq!(Validations::open_validations(SUBJECT), 0);
	});
}

#[test]
fn request_deposit_should_be_what_a_request_takes() {
	build_and_execute(|| {
		for (number, length) in [(1, 3), (2, MAX_URI)] {
			let before = held(HoldReason::Deposit, REQUESTER);
			Request { uri: uri_of(length), ..Request::numbered(number) }.request();
			let taken = held(HoldReason::Deposit, REQUESTER) - before;
			assert_eq!(Validations::request_deposit(length), taken);
			assert_eq!(taken, deposit_of(length));
		}
		assert_eq!(Validations::deposit_for(u32::MAX), deposit_of(MAX_URI));
	});
}

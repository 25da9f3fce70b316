//! Tests of `submit_evidence`.

use crate::{mock::*, *};
use aitbc_core::{CaseId, Party, Sides};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::TokenError;

/// Files the usual evidence.
fn submit(who: AccountId, id: CaseId) -> DispatchResult {
	submit_uri(who, id, URI)
}

/// Files evidence that can be read at this URI.
fn submit_uri(who: AccountId, id: CaseId, uri: &[u8]) -> DispatchResult {
	let kind = EvidenceKind::Record;
	Disputes::submit_evidence(signed(who), id, kind, uri.to_vec(), document())
}

#[test]
fn submit_evidence_should_store_it_when_a_party_shows_something() {
	build_and_execute(|| {
		let id = Trial::default().open();
		wait(3);
		reset_events();
		let deposit = Disputes::evidence_deposit(URI.len() as u32);
		let kind = EvidenceKind::Record;
		for (number, who, by) in [(0, PROVIDER, Party::Provider), (1, CLIENT, Party::Client)] {
			let before = held(HoldReason::Deposit, who);

			assert_ok!(submit(who, id));

			let uri = URI.to_vec().try_into().expect("within the bound");
			let item = EvidenceItem { by, kind, uri, hash: document(), at: START + 3, deposit };
			assert_eq!(Evidence::<Test>::get(id, number), Some(item));
			assert_eq!(held(HoldReason::Deposit, who), before + deposit);
			let (uri, hash) = (URI.to_vec(), document());
			let submitted =
				Event::EvidenceSubmitted { case: id, number, by, kind, uri, hash, deposit };
			assert_eq!(events(), [submitted]);
			reset_events();
		}
		assert_eq!(case(id).evidence, Sides { client: 1, provider: 1 });
	});
}

#[test]
fn submit_evidence_should_work_up_to_the_end_of_evidence_when_a_round_began() {
	for sits in [false, true] {
		build_and_execute(|| {
			let id = Trial::default().draw();
			if sits {
				draw(id, &[(ANN, 3)]);
			}
			set_now(START + SETTLEMENT + 1 + EVIDENCE);
			assert_ok!(submit(CLIENT, id));
			wait(1);
			assert_noop!(submit(CLIENT, id), Error::<Test>::EvidenceClosed);
		});
	}
}

#[test]
fn submit_evidence_should_work_after_the_time_to_settle_when_no_round_has_begun() {
	build_and_execute(|| {
		let id = Trial::default().open();
		wait(SETTLEMENT + 1);
		assert_ok!(submit(PROVIDER, id));
	});
}

#[test]
fn submit_evidence_should_work_again_when_an_appeal_begins() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		assert_noop!(submit(CLIENT, id), Error::<Test>::EvidenceClosed);
		appeal(id, Party::Provider);
		assert_ok!(submit(CLIENT, id));
	});
}

#[test]
fn submit_evidence_should_not_reopen_when_a_jury_is_redrawn() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		wait(COMMIT + REVEAL);
		progress(id);
		assert!(matches!(state(id), CaseState::Drawing { redrawn: true, .. }));
		assert_noop!(submit(CLIENT, id), Error::<Test>::EvidenceClosed);
	});
}

#[test]
fn submit_evidence_should_fail_when_the_party_filed_as_much_as_it_may() {
	build_and_execute(|| {
		let id = Trial::default().open();
		for _ in 0..MAX_EVIDENCE {
			assert_ok!(submit(CLIENT, id));
		}
		assert_noop!(submit(CLIENT, id), Error::<Test>::TooMuchEvidence);
		assert_ok!(submit(PROVIDER, id));
	});
}

#[test]
fn submit_evidence_should_fail_when_the_uri_is_unfit() {
	build_and_execute(|| {
		let id = Trial::default().open();
		let submit = |uri: &[u8]| submit_uri(CLIENT, id, uri);
		assert_noop!(submit(&uri_of(MAX_URI + 1)), Error::<Test>::UriTooLong);
		for malformed in
			[&b""[..], b"evidence", b"https:", b"1a:b", b"a:b c", "a:\u{e9}".as_bytes()]
		{
			assert_noop!(submit(malformed), Error::<Test>::UriMalformed);
		}
		assert_ok!(submit(&uri_of(MAX_URI)));
	});
}

#[test]
fn submit_evidence_should_fail_when_the_caller_is_no_party() {
	build_and_execute(|| {
		let id = Trial::default().open();
		assert_noop!(submit(STRANGER, id), Error::<Test>::NotParty);
	});
}

#[test]
fn submit_evidence_should_fail_when_the_case_is_over() {
	build_and_execute(|| {
		assert_noop!(submit(CLIENT, FIRST), Error::<Test>::CaseNotFound);
		let id = ruled();
		assert_noop!(submit(CLIENT, id), Error::<Test>::AlreadyRuled);
	});
}

#[test]
fn submit_evidence_should_fail_when_the_deposit_can_not_be_held() {
	build_and_execute(|| {
		let id = Trial::default().open();
		leave(PROVIDER, Disputes::evidence_deposit(URI.len() as u32) + ED - 1);
		assert_noop!(submit(PROVIDER, id), TokenError::FundsUnavailable);
	});
}

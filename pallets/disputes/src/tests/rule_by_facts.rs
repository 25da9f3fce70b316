//! Tests of `rule_by_facts`.

use crate::{mock::*, *};
use aitbc_core::{CaseId, Fact, Party, Ruling};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo};
use sp_runtime::Perbill;

const DOCUMENT: &[u8] = b"a receipt";

fn rule(id: CaseId, document: &[u8]) -> DispatchResultWithPostInfo {
	Disputes::rule_by_facts(signed(STRANGER), id, document.to_vec())
}

/// The chain knows this about the subject of a case, once it is shown the document.
fn know(id: CaseId, document: &[u8], fact: Fact) {
	Facts::set(&vec![(case(id).subject, document.to_vec(), fact)]);
}

#[test]
fn rule_by_facts_should_decide_against_the_provider_at_once_when_the_chain_knows() {
	for (fact, document) in [(Fact::NothingShown, &b""[..]), (Fact::ForeignReceipt, DOCUMENT)] {
		build_and_execute(|| {
			let id = Trial::default().open();
			know(id, document, fact);
			set_now(START + SETTLEMENT);
			reset_events();

			assert_ok!(rule(id, document));

			let provider_slash = Perbill::from_percent(50);
			let ruling = Ruling { provider_slash, ..ruling(100) };
			let subject = Trial::default().subject;
			assert_eq!(Rulings::get(), [(subject, id, ruling)]);
			assert_eq!(Slashes::get(), [(AGENT, Perbill::from_percent(10))]);
			let (case, cause, loser) = (id, RulingCause::Fact(fact), Some(Party::Provider));
			let agent_slashed = AGENT_BOND / 10;
			let ruled = Event::CaseRuled { case, subject, cause, ruling, loser, agent_slashed };
			assert_eq!(ruled_and_closed(id, true), ruled);
			assert_nothing_left();
			assert_eq!(owned(CLIENT), WEALTH - FILING_FEE);
			assert_eq!(owned(TREASURY), ED + FILING_FEE);
		});
	}
}

#[test]
fn rule_by_facts_should_return_both_stakes_when_the_case_was_defended() {
	build_and_execute(|| {
		let id = Trial::default().defend();
		know(id, b"", Fact::NothingShown);
		assert_ok!(rule(id, b""));
		assert_nothing_left();
		assert_eq!(owned(PROVIDER), WEALTH);
	});
}

#[test]
fn rule_by_facts_should_fail_when_the_chain_knows_nothing() {
	build_and_execute(|| {
		let id = Trial::default().open();
		assert_noop!(rule(id, b""), Error::<Test>::NoFact);
		know(id, DOCUMENT, Fact::ForeignReceipt);
		assert_noop!(rule(id, b""), Error::<Test>::NoFact);
	});
}

#[test]
fn rule_by_facts_should_fail_when_the_document_is_too_long() {
	build_and_execute(|| {
		let id = Trial::default().open();
		let longest = vec![0; MAX_DOCUMENT as usize];
		know(id, &longest, Fact::ForeignReceipt);
		let longer = vec![0; MAX_DOCUMENT as usize + 1];
		assert_noop!(rule(id, &longer), Error::<Test>::DocumentTooLong);
		assert_ok!(rule(id, &longest));
	});
}

#[test]
fn rule_by_facts_should_fail_when_the_time_to_settle_is_over() {
	build_and_execute(|| {
		let id = Trial::default().defend();
		know(id, b"", Fact::NothingShown);
		set_now(START + SETTLEMENT + 1);
		assert_noop!(rule(id, b""), Error::<Test>::SettlementOver);
		progress(id);
		assert_noop!(rule(id, b""), Error::<Test>::SettlementOver);
		seat(id, SEATS);
		assert_noop!(rule(id, b""), Error::<Test>::SettlementOver);
	});
}

#[test]
fn rule_by_facts_should_fail_when_the_case_is_over() {
	build_and_execute(|| {
		assert_noop!(rule(FIRST, b""), Error::<Test>::CaseNotFound);
		let id = Trial::default().open();
		know(id, b"", Fact::NothingShown);
		assert_ok!(rule(id, b""));
		assert_noop!(rule(id, b""), Error::<Test>::CaseNotFound);
		let ruled = ruled();
		assert_noop!(rule(ruled, b""), Error::<Test>::AlreadyRuled);
	});
}

//! Tests of `force_rule`.

use crate::{mock::*, *};
use aitbc_core::{CaseId, Party, Ruling};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::{DispatchError, Perbill};

const SHARE: Perbill = Perbill::from_percent(20);

fn force(id: CaseId) -> DispatchResult {
	Disputes::force_rule(RuntimeOrigin::root(), id, SHARE)
}

/// A case that the client won in all instances.
fn last_judged() -> CaseId {
	let id = Trial::default().judge([share(10); 3]);
	appeal_to_the_end(id, Party::Provider, share(10));
	id
}

#[test]
fn force_rule_should_overturn_the_last_jury_when_governance_rules() {
	build_and_execute(|| {
		let id = last_judged();
		let subject = case(id).subject;
		reset_events();

		assert_ok!(force(id));

		let client_slash = Perbill::from_percent(40);
		let ruling = Ruling { client_slash, ..ruling(20) };
		assert_eq!(Rulings::get(), [(subject, id, ruling)]);
		assert_eq!(Slashes::get(), []);
		let (cause, loser) = (RulingCause::Governance, Some(Party::Client));
		let ruled = CaseState::Ruled {
			client_share: SHARE,
			cause,
			loser,
			measure: Some(Outcome::ClientShare(SHARE)),
			next: R0,
			last: Some(R2),
		};
		assert_eq!(state(id), ruled);
		let (case, agent_slashed) = (id, 0);
		assert_eq!(
			events(),
			[Event::CaseRuled { case, subject, cause, ruling, loser, agent_slashed }]
		);
		pay_all(id);
		assert_nothing_left();
		// No juror was right, so all is the treasury's.
		assert_eq!(owned(ANN), WEALTH - 3 * SEAT_STAKE / 5);
		let lost = (3 + 7 + 15) * (SEAT_FEE + SEAT_STAKE / 5);
		assert_eq!(owned(TREASURY), ED + FILING_FEE + lost);
		assert_eq!(owned(PROVIDER), WEALTH);
	});
}

#[test]
fn force_rule_should_work_until_the_outcome_stands() {
	build_and_execute(|| {
		let id = last_judged();
		wait(OVERSIGHT + 1);
		assert_ok!(force(id));
	});
}

#[test]
fn force_rule_should_fail_when_it_is_not_the_last_instance() {
	build_and_execute(|| {
		let id = Trial::default().defend();
		assert_noop!(force(id), Error::<Test>::NotLastInstance);
		wait(SETTLEMENT + 1);
		progress(id);
		assert_noop!(force(id), Error::<Test>::NotLastInstance);
		seat(id, SEATS);
		judge(id, &[share(10); 3]);
		assert_noop!(force(id), Error::<Test>::NotLastInstance);
	});
}

#[test]
fn force_rule_should_fail_when_the_case_is_over() {
	build_and_execute(|| {
		assert_noop!(force(FIRST), Error::<Test>::CaseNotFound);
		let id = last_judged();
		end_appeal(id);
		assert_noop!(force(id), Error::<Test>::AlreadyRuled);
	});
}

#[test]
fn force_rule_should_fail_when_the_origin_is_not_governance() {
	build_and_execute(|| {
		let id = last_judged();
		for origin in [signed(CLIENT), RuntimeOrigin::none()] {
			assert_noop!(Disputes::force_rule(origin, id, SHARE), DispatchError::BadOrigin);
		}
	});
}

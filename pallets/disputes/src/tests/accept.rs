//! Tests of `accept`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;

const SHARE: Perbill = Perbill::from_percent(30);

#[test]
fn accept_should_rule_as_agreed_when_the_other_party_offered() {
	for (by, to) in [(CLIENT, PROVIDER), (PROVIDER, CLIENT)] {
		build_and_execute(|| {
			let id = Trial::default().defend();
			assert_ok!(Disputes::offer(signed(by), id, SHARE));
			set_now(START + SETTLEMENT);
			reset_events();

			assert_ok!(Disputes::accept(signed(to), id, SHARE));

			let subject = Trial::default().subject;
			assert_eq!(Rulings::get(), [(subject, id, ruling(30))]);
			assert_eq!(Slashes::get(), []);
			let (case, cause, ruling) = (id, RulingCause::Settlement, ruling(30));
			let (loser, agent_slashed) = (None, 0);
			let ruled = Event::CaseRuled { case, subject, cause, ruling, loser, agent_slashed };
			assert_eq!(ruled_and_closed(id, true), ruled);
			assert_nothing_left();
			// Also the filing fee.
			assert_eq!(owned(CLIENT), WEALTH);
			assert_eq!(owned(PROVIDER), WEALTH);
		});
	}
}

#[test]
fn accept_should_end_a_small_case_when_nobody_defended() {
	build_and_execute(|| {
		let id = Trial::small().open();
		assert_ok!(Disputes::offer(signed(CLIENT), id, SHARE));
		assert_ok!(Disputes::accept(signed(PROVIDER), id, SHARE));
		assert_eq!(last_ruling(), ruling(30));
		assert_nothing_left();
	});
}

#[test]
fn accept_should_fail_when_the_offer_is_another() {
	build_and_execute(|| {
		let id = Trial::default().open();
		let accept = |who| Disputes::accept(signed(who), id, SHARE);
		assert_noop!(accept(PROVIDER), Error::<Test>::OfferNotFound);
		assert_ok!(Disputes::offer(signed(CLIENT), id, Perbill::from_percent(31)));
		assert_noop!(accept(PROVIDER), Error::<Test>::OfferMismatch);
		assert_ok!(Disputes::offer(signed(CLIENT), id, SHARE));
		assert_noop!(accept(CLIENT), Error::<Test>::OwnOffer);
	});
}

#[test]
fn accept_should_fail_when_the_caller_is_no_party() {
	build_and_execute(|| {
		let id = Trial::default().open();
		assert_ok!(Disputes::offer(signed(CLIENT), id, SHARE));
		assert_noop!(Disputes::accept(signed(STRANGER), id, SHARE), Error::<Test>::NotParty);
	});
}

#[test]
fn accept_should_fail_when_the_time_to_settle_is_over() {
	build_and_execute(|| {
		let id = Trial::default().open();
		assert_ok!(Disputes::offer(signed(CLIENT), id, SHARE));
		set_now(START + SETTLEMENT + 1);
		let accept = |id| Disputes::accept(signed(PROVIDER), id, SHARE);
		assert_noop!(accept(id), Error::<Test>::SettlementOver);
		let ruled = ruled();
		assert_noop!(accept(ruled), Error::<Test>::AlreadyRuled);
	});
}

#[test]
fn accept_should_fail_when_there_is_no_case() {
	build_and_execute(|| {
		let accept = || Disputes::accept(signed(PROVIDER), FIRST, SHARE);
		assert_noop!(accept(), Error::<Test>::CaseNotFound);
	});
}

//! Tests of `offer`.

use crate::{mock::*, *};
use aitbc_core::Party;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::Perbill;

const HALF: Perbill = Perbill::from_percent(50);

#[test]
fn offer_should_stand_when_a_party_offers() {
	for (caller, by) in [(CLIENT, Party::Client), (PROVIDER, Party::Provider)] {
		build_and_execute(|| {
			let id = Trial::default().open();
			let before = case(id);
			set_now(START + SETTLEMENT);
			reset_events();

			assert_ok!(Disputes::offer(signed(caller), id, HALF));

			let offer = Some(SettlementOffer { by, client_share: HALF });
			let state = CaseState::Settling { until: START + SETTLEMENT, offer };
			assert_eq!(case(id), Case { state, ..before });
			assert_eq!(events(), [Event::SettlementOffered { case: id, by, client_share: HALF }]);
		});
	}
}

#[test]
fn offer_should_replace_the_one_that_stands_when_either_party_offers_again() {
	build_and_execute(|| {
		let id = Trial::small().open();
		for (caller, by) in
			[(CLIENT, Party::Client), (CLIENT, Party::Client), (PROVIDER, Party::Provider)]
		{
			let client_share = Perbill::from_percent(caller as u32);
			assert_ok!(Disputes::offer(signed(caller), id, client_share));
			let offer = Some(SettlementOffer { by, client_share });
			assert_eq!(state(id), CaseState::Settling { until: START + SETTLEMENT, offer });
		}
	});
}

#[test]
fn offer_should_fail_when_the_caller_is_no_party() {
	build_and_execute(|| {
		let id = Trial::default().open();
		assert_noop!(Disputes::offer(signed(STRANGER), id, HALF), Error::<Test>::NotParty);
	});
}

#[test]
fn offer_should_fail_when_the_time_to_settle_is_over() {
	build_and_execute(|| {
		let id = Trial::default().defend();
		set_now(START + SETTLEMENT + 1);
		assert_noop!(Disputes::offer(signed(CLIENT), id, HALF), Error::<Test>::SettlementOver);
		progress(id);
		assert_noop!(Disputes::offer(signed(CLIENT), id, HALF), Error::<Test>::SettlementOver);
	});
}

#[test]
fn offer_should_fail_when_there_is_nothing_to_settle() {
	build_and_execute(|| {
		assert_noop!(Disputes::offer(signed(CLIENT), FIRST, HALF), Error::<Test>::CaseNotFound);
		let id = ruled();
		assert_noop!(Disputes::offer(signed(CLIENT), id, HALF), Error::<Test>::AlreadyRuled);
	});
}

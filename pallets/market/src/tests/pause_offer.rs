//! Tests of `pause_offer`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn pause_offer_should_stop_new_work_and_nothing_else() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		reset_events();

		assert_ok!(Market::pause_offer(by(PROVIDER), offer));

		assert_eq!(offer_record(offer).status, OfferStatus::Paused);
		assert_eq!(deposit_held(wallet(PROVIDER)), Market::offer_deposit());
		assert_eq!(events(), [Event::OfferPaused { offer }]);
	});
}

#[test]
fn pause_offer_should_let_work_under_way_go_on() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		assert_ok!(Market::pause_offer(by(PROVIDER), OFFER));
		start(job);
		submit(job, 0);
		assert_eq!(in_use(PROVIDER), UNITS);
	});
}

#[test]
fn pause_offer_should_fail_when_there_is_no_such_offer() {
	build_and_execute(|| {
		assert_noop!(Market::pause_offer(by(PROVIDER), OFFER), Error::<Test>::OfferNotFound);
	});
}

#[test]
fn pause_offer_should_fail_when_the_caller_did_not_make_it() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		for caller in [wallet(RIVAL), owner(PROVIDER), STRANGER] {
			assert_noop!(
				Market::pause_offer(signed(caller), offer),
				Error::<Test>::NotOfferAccount
			);
		}
	});
}

#[test]
fn pause_offer_should_fail_when_it_is_paused() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		assert_ok!(Market::pause_offer(by(PROVIDER), offer));
		assert_noop!(Market::pause_offer(by(PROVIDER), offer), Error::<Test>::OfferNotOpen);
	});
}

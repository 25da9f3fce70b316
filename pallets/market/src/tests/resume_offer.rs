//! Tests of `resume_offer`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok};

#[test]
fn resume_offer_should_take_new_work_again() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		assert_ok!(Market::pause_offer(by(PROVIDER), offer));
		reset_events();

		assert_ok!(Market::resume_offer(by(PROVIDER), offer));

		assert_eq!(offer_record(offer).status, OfferStatus::Open);
		assert_eq!(events(), [Event::OfferResumed { offer }]);
	});
}

#[test]
fn resume_offer_should_fail_when_there_is_no_such_offer() {
	build_and_execute(|| {
		assert_noop!(Market::resume_offer(by(PROVIDER), OFFER), Error::<Test>::OfferNotFound);
	});
}

#[test]
fn resume_offer_should_fail_when_the_caller_did_not_make_it() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		assert_ok!(Market::pause_offer(by(PROVIDER), offer));
		assert_noop!(Market::resume_offer(by(RIVAL), offer), Error::<Test>::NotOfferAccount);
	});
}

#[test]
fn resume_offer_should_fail_when_it_is_open() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		assert_noop!(Market::resume_offer(by(PROVIDER), offer), Error::<Test>::OfferNotPaused);
	});
}

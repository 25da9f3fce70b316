//! Cancelling slashes.

use crate::{
	mock::{ValidatorPerformance, *},
	*,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

/// The era at whose beginning slashes for [`ERA`] are applied.
const UNTIL: u32 = ERA + DEFERRAL + 1;

/// The state of a slash for [`ERA`] that was cancelled in the era after.
fn cancelled(by: CancelledBy) -> SlashState {
	SlashState::Cancelled { until: UNTIL, at: ERA + 1, by }
}

#[test]
fn cancel_slash_should_leave_no_slash_when_some_wait() {
	build_and_execute(|| {
		report(ERA, &[BOB, DAVE], 10);
		report(ERA, &[BOB], 40);
		end_era();
		forget_events();

		assert_ok!(ValidatorPerformance::cancel_slash(RuntimeOrigin::root(), BOB, ERA));

		let by = CancelledBy::Root;
		for record in history(BOB) {
			assert_eq!(record.state, cancelled(by.clone()));
		}
		assert_eq!(Waiting::get()[&UNTIL], [(DAVE, 100, 200)]);
		assert!(matches!(history(DAVE)[0].state, SlashState::Deferred { .. }));
		let told = |own| Event::SlashCancelled {
			validator: BOB,
			era: ERA,
			amount: SlashAmount { own, nominators: 2 * own },
			by: CancelledBy::Root,
		};
		assert_eq!(events(), [told(100), told(300)]);

		while Era::get() < UNTIL {
			end_era();
		}
		assert_eq!((Neighbours::stake(&BOB), Neighbours::stake(&DAVE)), (STAKE, STAKE - 100));
		assert!(history(BOB).into_iter().all(|record| record.state == cancelled(by.clone())));
	});
}

#[test]
fn cancel_slash_should_remember_the_track_when_governance_cancels() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		end_era();
		assert_ok!(ValidatorPerformance::cancel_slash(RuntimeOrigin::signed(ADMIN), BOB, ERA));
		let by = CancelledBy::Track("slashing".into());
		assert_eq!(history(BOB)[0].state, cancelled(by));
	});
}

#[test]
fn cancel_slash_should_leave_other_eras_when_their_slashes_wait_too() {
	build_and_execute(|| {
		report(ERA - 1, &[BOB], 10);
		report(ERA, &[BOB], 10);
		end_era();
		assert_ok!(ValidatorPerformance::cancel_slash(RuntimeOrigin::root(), BOB, ERA));
		let [earlier, later] = &history(BOB)[..] else { panic!("both are remembered") };
		assert_eq!(earlier.state, SlashState::Deferred { until: UNTIL - 1 });
		assert_eq!(later.state, cancelled(CancelledBy::Root));
	});
}

#[test]
fn cancel_slash_should_fail_when_no_slash_waits() {
	build_and_execute(|| {
		let cancel = |era| ValidatorPerformance::cancel_slash(RuntimeOrigin::root(), BOB, era);
		assert_noop!(cancel(ERA), Error::<Test>::SlashNotFound);
		report(ERA, &[BOB, DAVE], 10);
		assert_noop!(cancel(ERA - 1), Error::<Test>::SlashNotFound);
		assert_ok!(cancel(ERA));
		assert_noop!(cancel(ERA), Error::<Test>::SlashNotFound);
	});
}

#[test]
fn cancel_slash_should_fail_when_it_was_applied() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		while Era::get() < UNTIL {
			end_era();
		}
		assert_noop!(
			ValidatorPerformance::cancel_slash(RuntimeOrigin::root(), BOB, ERA),
			Error::<Test>::SlashNotFound
		);
	});
}

#[test]
fn cancel_slash_should_fail_when_the_origin_is_wrong() {
	build_and_execute(|| {
		report(ERA, &[BOB], 10);
		for origin in [RuntimeOrigin::signed(BOB), RuntimeOrigin::none()] {
			assert_noop!(
				ValidatorPerformance::cancel_slash(origin, BOB, ERA),
				DispatchError::BadOrigin
			);
		}
	});
}

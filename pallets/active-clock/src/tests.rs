//! Tests of the hook.

use crate::{mock::*, Event, Now};
use aitbc_traits::DeadlineClock;

#[test]
fn clock_should_advance_by_one_when_the_chain_runs() {
	running_chain().execute_with(|| {
		for expected in 1..=3 {
			assert_eq!(next_block(), PAUSE_WEIGHT);
			assert_eq!(<ActiveClock as DeadlineClock>::now(), expected);
			assert_eq!(System::event_count(), 0);
		}
	});
}

#[test]
fn clock_should_stand_still_when_the_chain_is_paused() {
	running_chain().execute_with(|| {
		next_block();
		Paused::set(true);

		next_block();
		System::assert_last_event(Event::ClockStopped { at: 1 }.into());
		next_block();

		assert_eq!(System::event_count(), 0, "a stop is told once");
		assert_eq!(Now::<Test>::get(), 1);
		assert!(ActiveClock::is_stopped());
	});
}

#[test]
fn clock_should_go_on_where_it_stood_when_the_pause_ends() {
	running_chain().execute_with(|| {
		next_block();
		Paused::set(true);
		next_block();
		Paused::set(false);

		next_block();
		System::assert_last_event(Event::ClockResumed { at: 2 }.into());

		assert_eq!(Now::<Test>::get(), 2);
		assert!(!ActiveClock::is_stopped());
		next_block();
		assert_eq!(System::event_count(), 0, "a resumption is told once");
	});
}

#[test]
fn clock_should_keep_counting_the_block_in_which_a_pause_begins() {
	running_chain().execute_with(|| {
		next_block();
		let at_start = Now::<Test>::get();
		Paused::set(true);
		assert_eq!(<ActiveClock as DeadlineClock>::now(), at_start);
	});
}

#[test]
fn clock_should_stop_at_its_end_instead_of_wrapping() {
	running_chain().execute_with(|| {
		System::set_block_number(u64::from(u32::MAX));
		Now::<Test>::put(u32::MAX);
		next_block();
		assert_eq!(Now::<Test>::get(), u32::MAX);
	});
}

#[cfg(feature = "try-runtime")]
#[test]
fn try_state_should_fire_when_the_clock_is_ahead_of_the_block() {
	use frame_support::traits::Hooks;
	running_chain().execute_with(|| {
		next_block();
		Now::<Test>::put(2);
		assert!(ActiveClock::try_state(1).is_err());
	});
}

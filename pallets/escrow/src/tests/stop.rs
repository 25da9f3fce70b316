//! Tests of `stop`.

use crate::{mock::*, *};
use aitbc_core::{ClosedContract, ContractOutcome};
use frame_support::{assert_noop, assert_ok};

#[test]
fn stop_should_pay_what_was_earned_and_return_the_rest_when_a_party_stops_a_stream() {
	for party in [CLIENT, PROVIDER] {
		build_and_execute(|| {
			let contract = Deal::stream().bonded().start();
			set_now(START + 4);
			reset_events();

			assert_ok!(Escrow::stop(signed(party.clone()), contract));

			let closed = ClosedContract {
				outcome: ContractOutcome::Partial,
				accepted: true,
				released: 400,
				refunded: POT - 400,
				fee: 10,
				on_time: 400,
				..closed(contract)
			};
			assert!(!Contracts::<Test>::contains_key(contract));
			assert!(!OpenWork::<Test>::contains_key(AGENT));
			assert_eq!(free(CLIENT), WEALTH - 400);
			assert_eq!(free(PROVIDER), WEALTH + 390);
			assert_eq!(free(TREASURY), ED + 10);
			assert_eq!(last_heard(), closed);
			let paid = Event::StreamPaid {
				contract,
				provider: PROVIDER,
				amount: 400,
				fee: 10,
				settled_at: START + 4,
				held: POT - 400,
			};
			let amount = POT - 400;
			let refunded = Event::RemainderRefunded { contract, client: CLIENT, amount };
			assert_eq!(events(), [paid, refunded, Event::ContractClosed { closed }]);
		});
	}
}

#[test]
fn stop_should_return_everything_when_a_stream_never_started() {
	for (caller, now) in [(CLIENT, START), (PROVIDER, START), (STRANGER, DUE + 1)] {
		build_and_execute(|| {
			let contract = Deal::stream().fund();
			set_now(now);
			reset_events();

			assert_ok!(Escrow::stop(signed(caller.clone()), contract));

			let closed = ClosedContract {
				outcome: ContractOutcome::Refunded,
				refunded: POT,
				..closed(contract)
			};
			assert_eq!(free(CLIENT), WEALTH);
			let refunded = Event::RemainderRefunded { contract, client: CLIENT, amount: POT };
			assert_eq!(events(), [refunded, Event::ContractClosed { closed }]);
		});
	}
}

#[test]
fn stop_should_leave_a_complete_balance_sheet_when_the_stream_is_exhausted() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(START + 12);

		assert_ok!(Escrow::stop(signed(CLIENT), contract));

		let closed = ClosedContract {
			outcome: ContractOutcome::Completed,
			accepted: true,
			released: POT,
			fee: 26,
			on_time: POT,
			..closed(contract)
		};
		assert_eq!(Heard::get(), [closed]);
		assert_eq!(free(CLIENT), WEALTH - POT);
	});
}

#[test]
fn stop_should_be_open_to_anybody_when_the_time_of_a_stream_is_over() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(DUE);
		assert_noop!(Escrow::stop(signed(STRANGER), contract), Error::<Test>::NotParty);
		set_now(DUE + 1);
		assert_ok!(Escrow::stop(signed(STRANGER), contract));
		assert_eq!(free(PROVIDER), WEALTH + POT - 26);
	});
}

#[test]
fn stop_should_give_notice_when_the_client_stops_a_meter() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		set_now(START + 4);
		reset_events();

		assert_ok!(Escrow::stop(signed(CLIENT), contract));

		let since = START + 4;
		assert_eq!(meter(contract).phase, MeterPhase::Stopping { since });
		assert_eq!(held(HoldReason::Escrow, CLIENT), 2_000);
		let vouchers_until = since + REVIEW;
		assert_eq!(events(), [Event::MeterStopping { contract, since, vouchers_until }]);
	});
}

#[test]
fn stop_should_shorten_the_time_of_a_meter_and_never_lengthen_it() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		set_now(DUE + 5);
		reset_events();

		assert_ok!(Escrow::stop(signed(CLIENT), contract));

		let vouchers_until = DUE + REVIEW;
		let stopping = Event::MeterStopping { contract, since: DUE + 5, vouchers_until };
		assert_eq!(events(), [stopping]);
	});
}

#[test]
fn stop_should_close_a_meter_when_the_notice_is_over() {
	for caller in [CLIENT, PROVIDER, STRANGER] {
		build_and_execute(|| {
			let contract = Deal::metered().bonded().start();
			assert_ok!(Escrow::stop(signed(CLIENT), contract));
			assert_ok!(redeem(contract, 30, 1));
			set_now(START + REVIEW);
			assert_noop!(Escrow::stop(signed(CLIENT), contract), Error::<Test>::NoticeNotElapsed);
			assert_noop!(Escrow::stop(signed(STRANGER), contract), Error::<Test>::NoticeNotElapsed);
			set_now(START + REVIEW + 1);
			reset_events();

			assert_ok!(Escrow::stop(signed(caller.clone()), contract));

			// 2.5 % of 300 is 7.5, rounded up.
			let closed = ClosedContract {
				outcome: ContractOutcome::Partial,
				accepted: true,
				released: 300,
				refunded: 1_700,
				fee: 8,
				on_time: 300,
				..closed(contract)
			};
			assert_eq!(free(CLIENT), WEALTH - 300);
			assert_eq!(free(PROVIDER), WEALTH + 292);
			let refunded = Event::RemainderRefunded { contract, client: CLIENT, amount: 1_700 };
			assert_eq!(events(), [refunded, Event::ContractClosed { closed }]);
		});
	}
}

#[test]
fn stop_should_close_a_meter_at_once_when_the_provider_asks() {
	for is_stopping in [false, true] {
		build_and_execute(|| {
			let contract = Deal::metered().fund();
			if is_stopping {
				assert_ok!(Escrow::stop(signed(CLIENT), contract));
			}

			assert_ok!(Escrow::stop(signed(PROVIDER), contract));

			assert_eq!(free(CLIENT), WEALTH);
			assert_eq!(last_heard().outcome, ContractOutcome::Refunded);
		});
	}
}

#[test]
fn stop_should_be_open_to_anybody_when_the_time_of_a_meter_is_over() {
	for caller in [CLIENT, STRANGER] {
		build_and_execute(|| {
			let contract = Deal::metered().start();
			set_now(DUE + REVIEW);
			assert_noop!(Escrow::stop(signed(STRANGER), contract), Error::<Test>::NotParty);
			set_now(DUE + REVIEW + 1);
			assert_ok!(Escrow::stop(signed(caller.clone()), contract));
			assert_eq!(free(CLIENT), WEALTH);
		});
	}
}

#[test]
fn stop_should_go_through_the_controller_when_the_provider_of_a_job_asks_before_its_end() {
	for (deal, end) in [(Deal::stream(), DUE), (Deal::metered(), DUE + REVIEW)] {
		build_and_execute(|| {
			let contract = deal.engage();
			set_now(end);
			assert_noop!(Escrow::stop(signed(PROVIDER), contract), Error::<Test>::Controlled);
			set_now(end + 1);
			assert_ok!(Escrow::stop(signed(PROVIDER), contract));
			assert_eq!(last_heard().job, Some(JOB));
		});
	}
}

#[test]
fn stop_should_be_open_to_the_client_when_there_is_a_controller() {
	build_and_execute(|| {
		let contract = Deal::stream().engage();
		assert_ok!(Escrow::stop(signed(CLIENT), contract));
		let contract = Deal::metered().engage();
		assert_ok!(Escrow::stop(signed(CLIENT), contract));
		assert_eq!(meter(contract).phase, MeterPhase::Stopping { since: START });
	});
}

#[test]
fn stop_should_fail_when_it_is_under_dispute() {
	build_and_execute(|| {
		for deal in [Deal::stream(), Deal::metered()] {
			set_now(START);
			let contract = deal.dispute();
			set_now(DUE + REVIEW + 1);
			for caller in [CLIENT, PROVIDER, STRANGER] {
				assert_noop!(Escrow::stop(signed(caller), contract), Error::<Test>::UnderDispute);
			}
		}
	});
}

#[test]
fn stop_should_fail_when_there_is_nothing_to_stop() {
	build_and_execute(|| {
		let stop = |contract| Escrow::stop(signed(CLIENT), contract);
		assert_noop!(stop(FIRST), Error::<Test>::ContractNotFound);
		let (open, milestones) = (Deal::stream().open(), Deal::default().fund());
		assert_noop!(stop(open), Error::<Test>::NotFunded);
		assert_noop!(stop(milestones), Error::<Test>::PaidByMilestones);
	});
}

//! Tests of `dispute`.

use crate::{mock::*, *};
use aitbc_core::{CaseId, Subject};
use frame_support::{assert_noop, assert_ok};

#[test]
fn dispute_should_stop_everything_but_a_ruling_when_a_party_disputes_submitted_work() {
	for (caller, by, other) in
		[(CLIENT, Party::Client, PROVIDER), (PROVIDER, Party::Provider, CLIENT)]
	{
		build_and_execute(|| {
			let contract = Deal::of(2).approved_by(1).submit();
			set_now(START + REVIEW - 1);
			reset_events();

			assert_ok!(Escrow::dispute(signed(caller.clone()), contract, Some(M1)));

			let dispute = Dispute { case: CaseId(0), by, since: START + REVIEW - 1 };
			let disputed = MilestoneState::Disputed { at: START, evidence: evidence(), dispute };
			assert_eq!(milestone(contract, M1), disputed);
			assert!(matches!(milestone(contract, M0), MilestoneState::Submitted { .. }));
			assert_eq!(held(HoldReason::Escrow, CLIENT), 2 * AMOUNT);
			let subject = Subject::Milestone { contract, milestone: M1 };
			assert_eq!(Cases::get(), [(subject, caller.clone(), other.clone(), AMOUNT)]);
			let opened = Event::DisputeOpened {
				contract,
				milestone: Some(M1),
				case: CaseId(0),
				by,
				value: AMOUNT,
			};
			assert_eq!(events(), [opened]);
		});
	}
}

#[test]
fn dispute_should_stop_the_time_of_a_stream_when_a_party_disputes_it() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(START + 4);
		reset_events();

		assert_ok!(Escrow::dispute(signed(CLIENT), contract, None));

		let dispute = Dispute { case: CaseId(0), by: Party::Client, since: START + 4 };
		assert_eq!(stream(contract).dispute, Some(dispute));
		assert_eq!(stream(contract).earned(START + 9), 0);
		// What was earned and not settled is at stake as well.
		let subject = Subject::Contract(contract);
		assert_eq!(Cases::get(), [(subject, CLIENT, PROVIDER, POT)]);
		let (milestone, case, by) = (None, CaseId(0), Party::Client);
		let opened = Event::DisputeOpened { contract, milestone, case, by, value: POT };
		assert_eq!(events(), [opened]);
	});
}

#[test]
fn dispute_should_stop_a_meter_when_a_party_disputes_it() {
	for is_stopping in [false, true] {
		build_and_execute(|| {
			let contract = Deal::metered().start();
			assert_ok!(redeem(contract, 30, 1));
			if is_stopping {
				assert_ok!(Escrow::stop(signed(CLIENT), contract));
			}

			assert_ok!(Escrow::dispute(signed(PROVIDER), contract, None));

			let dispute = Dispute { case: CaseId(0), by: Party::Provider, since: START };
			assert_eq!(meter(contract).phase, MeterPhase::Disputed(dispute));
			let subject = Subject::Contract(contract);
			assert_eq!(Cases::get(), [(subject, PROVIDER, CLIENT, 1_700)]);
		});
	}
}

#[test]
fn dispute_should_be_open_to_the_parties_when_the_contract_has_a_controller() {
	build_and_execute(|| {
		let contract = Deal::default().engage();
		assert_ok!(<Escrow as aitbc_traits::Escrow<_>>::submit(JOB, contract, M0, evidence()));
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M0)));
	});
}

#[test]
fn dispute_should_fail_when_the_review_period_has_elapsed() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		set_now(START + REVIEW);
		assert_noop!(
			Escrow::dispute(signed(CLIENT), contract, Some(M0)),
			Error::<Test>::DisputeTooLate
		);
	});
}

#[test]
fn dispute_should_fail_when_a_stream_or_a_meter_is_over_for_a_review_period() {
	build_and_execute(|| {
		for deal in [Deal::stream(), Deal::metered()] {
			set_now(START);
			let contract = deal.start();
			let dispute = || Escrow::dispute(signed(CLIENT), contract, None);
			set_now(DUE + REVIEW + 1);
			assert_noop!(dispute(), Error::<Test>::DisputeTooLate);
			set_now(DUE + REVIEW);
			assert_ok!(dispute());
		}
	});
}

#[test]
fn dispute_should_fail_when_the_notice_to_a_meter_is_over() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		assert_ok!(Escrow::stop(signed(CLIENT), contract));
		set_now(START + REVIEW + 1);
		assert_noop!(
			Escrow::dispute(signed(PROVIDER), contract, None),
			Error::<Test>::DisputeTooLate
		);
	});
}

#[test]
fn dispute_should_fail_when_nothing_was_submitted_or_started() {
	build_and_execute(|| {
		let dispute = |contract, index| Escrow::dispute(signed(PROVIDER), contract, index);
		let contract = Deal::default().start();
		let (stream, meter) = (Deal::stream().fund(), Deal::metered().fund());
		assert_noop!(dispute(contract, Some(M0)), Error::<Test>::NotSubmitted);
		assert_noop!(dispute(stream, None), Error::<Test>::NotStarted);
		assert_noop!(dispute(meter, None), Error::<Test>::NotStarted);
	});
}

#[test]
fn dispute_should_fail_when_a_stream_holds_nothing() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(START + 20);
		assert_ok!(Escrow::settle_stream(signed(PROVIDER), contract));
		assert_noop!(Escrow::dispute(signed(CLIENT), contract, None), Error::<Test>::NothingHeld);
	});
}

#[test]
fn dispute_should_fail_when_it_is_under_dispute() {
	build_and_execute(|| {
		for (deal, index) in
			[(Deal::default(), Some(M0)), (Deal::stream(), None), (Deal::metered(), None)]
		{
			let contract = deal.dispute();
			assert_noop!(
				Escrow::dispute(signed(PROVIDER), contract, index),
				Error::<Test>::UnderDispute
			);
		}
	});
}

#[test]
fn dispute_should_fail_when_no_court_takes_the_case() {
	build_and_execute(|| {
		CourtSits::set(&false);
		let unavailable = Error::<Test>::ArbitrationUnavailable;
		let contract = Deal::default().submit();
		assert_noop!(Escrow::dispute(signed(CLIENT), contract, Some(M0)), unavailable);
		let unavailable = Error::<Test>::ArbitrationUnavailable;
		let contract = Deal::stream().start();
		assert_noop!(Escrow::dispute(signed(CLIENT), contract, None), unavailable);
	});
}

#[test]
fn dispute_should_fail_when_the_caller_is_no_party() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		assert_noop!(
			Escrow::dispute(signed(STRANGER), contract, Some(M0)),
			Error::<Test>::NotParty
		);
	});
}

#[test]
fn dispute_should_fail_when_there_is_no_such_thing() {
	build_and_execute(|| {
		let dispute = |contract, index| Escrow::dispute(signed(CLIENT), contract, index);
		assert_noop!(dispute(FIRST, Some(M0)), Error::<Test>::ContractNotFound);
		let (open, stream) = (Deal::default().open(), Deal::stream().start());
		for index in [None, Some(M0)] {
			assert_noop!(dispute(open, index), Error::<Test>::NotFunded);
		}
		assert_noop!(dispute(stream, Some(M0)), Error::<Test>::NotPaidByMilestones);
		let contract = Deal::of(2).submit();
		assert_noop!(dispute(contract, None), Error::<Test>::PaidByMilestones);
		assert_noop!(dispute(contract, Some(MilestoneIndex(2))), Error::<Test>::MilestoneNotFound);
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_noop!(dispute(contract, Some(M0)), Error::<Test>::MilestoneConcluded);
	});
}

//! Tests of `dispute`.

use crate::{mock::*, *};
use aitbc_core::{Balance, CaseId, Sides, Subject};
use aitbc_traits::Complaint;
use frame_support::{assert_noop, assert_ok};

/// What the court hears when the client opens a case.
fn complaint(subject: Subject, value: Balance) -> Complaint<AccountId> {
	let parties = Sides { client: CLIENT, provider: PROVIDER };
	let (agent, opener) = (Some(AGENT), Party::Client);
	Complaint { subject, parties, agent, opener, claim: CLAIM, value }
}

#[test]
fn dispute_should_stop_everything_but_a_ruling_when_the_client_disputes_submitted_work() {
	build_and_execute(|| {
		let contract = Deal::of(2).approved_by(1).submit();
		set_now(START + REVIEW - 1);
		reset_events();

		assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M1), CLAIM));

		let dispute = Dispute { case: CaseId(0), since: START + REVIEW - 1 };
		let disputed = MilestoneState::Disputed { at: START, evidence: evidence(), dispute };
		assert_eq!(milestone(contract, M1), disputed);
		assert!(matches!(milestone(contract, M0), MilestoneState::Submitted { .. }));
		assert_eq!(held(HoldReason::Escrow, CLIENT), 2 * AMOUNT);
		let subject = Subject::Milestone { contract, milestone: M1 };
		assert_eq!(Cases::get(), [complaint(subject, AMOUNT)]);
		let (milestone, case) = (Some(M1), CaseId(0));
		let opened = Event::DisputeOpened { contract, milestone, case, value: AMOUNT };
		assert_eq!(events(), [opened]);
	});
}

#[test]
fn dispute_should_name_no_agent_when_none_answers_for_the_contract() {
	build_and_execute(|| {
		unlink(AGENT);
		let contract = Deal::default().submit();
		link(AGENT, PROVIDER);

		assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M0), CLAIM));

		let subject = Subject::Milestone { contract, milestone: M0 };
		assert_eq!(Cases::get(), [Complaint { agent: None, ..complaint(subject, AMOUNT) }]);
	});
}

#[test]
fn dispute_should_stop_the_time_of_a_stream_when_the_client_disputes_it() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		set_now(START + 4);
		reset_events();

		assert_ok!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM));

		let dispute = Dispute { case: CaseId(0), since: START + 4 };
		assert_eq!(stream(contract).dispute, Some(dispute));
		assert_eq!(stream(contract).earned(START + 9), 0);
		// What was earned and not settled is at stake as well.
		let subject = Subject::Contract(contract);
		assert_eq!(Cases::get(), [complaint(subject, POT)]);
		let (milestone, case) = (None, CaseId(0));
		let opened = Event::DisputeOpened { contract, milestone, case, value: POT };
		assert_eq!(events(), [opened]);
	});
}

#[test]
fn dispute_should_stop_a_meter_when_the_client_disputes_it() {
	for is_stopping in [false, true] {
		build_and_execute(|| {
			let contract = Deal::metered().start();
			assert_ok!(redeem(contract, 30, 1));
			if is_stopping {
				assert_ok!(Escrow::stop(signed(CLIENT), contract));
			}

			assert_ok!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM));

			let dispute = Dispute { case: CaseId(0), since: START };
			assert_eq!(meter(contract).phase, MeterPhase::Disputed(dispute));
			let subject = Subject::Contract(contract);
			assert_eq!(Cases::get(), [complaint(subject, 1_700)]);
		});
	}
}

#[test]
fn dispute_should_be_open_to_the_client_when_the_contract_has_a_controller() {
	build_and_execute(|| {
		let contract = Deal::default().engage();
		assert_ok!(<Escrow as aitbc_traits::Escrow<_>>::submit(JOB, contract, M0, evidence()));
		assert_ok!(Escrow::dispute(signed(CLIENT), contract, Some(M0), CLAIM));
	});
}

#[test]
fn dispute_should_fail_when_the_review_period_has_elapsed() {
	build_and_execute(|| {
		let contract = Deal::default().submit();
		set_now(START + REVIEW);
		assert_noop!(
			Escrow::dispute(signed(CLIENT), contract, Some(M0), CLAIM),
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
			let dispute = || Escrow::dispute(signed(CLIENT), contract, None, CLAIM);
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
			Escrow::dispute(signed(CLIENT), contract, None, CLAIM),
			Error::<Test>::DisputeTooLate
		);
	});
}

#[test]
fn dispute_should_fail_when_nothing_was_submitted_or_started() {
	build_and_execute(|| {
		let dispute = |contract, index| Escrow::dispute(signed(CLIENT), contract, index, CLAIM);
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
		assert_noop!(
			Escrow::dispute(signed(CLIENT), contract, None, CLAIM),
			Error::<Test>::NothingHeld
		);
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
				Escrow::dispute(signed(CLIENT), contract, index, CLAIM),
				Error::<Test>::UnderDispute
			);
		}
	});
}

#[test]
fn dispute_should_fail_when_no_court_takes_the_case() {
	build_and_execute(|| {
		CourtSits::set(&false);
		let contract = Deal::default().submit();
		assert_noop!(Escrow::dispute(signed(CLIENT), contract, Some(M0), CLAIM), NO_COURT);
		let contract = Deal::stream().start();
		assert_noop!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM), NO_COURT);
	});
}

#[test]
fn dispute_should_fail_when_the_caller_is_not_the_client() {
	build_and_execute(|| {
		let (submitted, controlled) = (Deal::default().submit(), Deal::default().engage());
		let submit = <Escrow as aitbc_traits::Escrow<_>>::submit;
		assert_ok!(submit(JOB, controlled, M0, evidence()));
		let (stream, meter) = (Deal::stream().start(), Deal::metered().start());
		for caller in [PROVIDER, STRANGER] {
			for (contract, index) in
				[(submitted, Some(M0)), (controlled, Some(M0)), (stream, None), (meter, None)]
			{
				assert_noop!(
					Escrow::dispute(signed(caller.clone()), contract, index, CLAIM),
					Error::<Test>::NotClient
				);
			}
		}
	});
}

#[test]
fn dispute_should_fail_when_there_is_no_such_thing() {
	build_and_execute(|| {
		let dispute = |contract, index| Escrow::dispute(signed(CLIENT), contract, index, CLAIM);
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

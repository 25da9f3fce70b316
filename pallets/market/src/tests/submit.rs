//! Tests of `submit`.

use crate::{mock::*, *};
use aitbc_core::{JobId, MilestoneIndex};
use aitbc_traits::Escrow;
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::DispatchError;

fn submit_as_provider(job: JobId, place: Option<u32>) -> DispatchResult {
	Market::submit(by(PROVIDER), job, place.map(PlanIndex), evidence(9))
}

#[test]
fn submit_should_submit_the_milestone_and_keep_the_receipt() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		start(job);
		reset_events();

		assert_ok!(submit_as_provider(job, Some(1)));

		let receipt = WorkReceipt {
			contract: contract(job),
			milestone: Some(MilestoneIndex(1)),
			evidence: evidence(9),
		};
		assert_eq!(live(job).receipts, vec![receipt]);
		let standing = MockEscrow::standing(contract(job)).expect("it is engaged");
		assert!(standing.under_review);
		assert_eq!(standing.pending, [MilestoneIndex(0), MilestoneIndex(2)]);
		assert_eq!(events(), [Event::ReceiptFiled { job, receipt }]);
	});
}

#[test]
fn submit_should_start_the_work_when_that_was_forgotten() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		submit(job, 0);
		let standing = MockEscrow::standing(contract(job)).expect("it is engaged");
		assert_eq!(standing.started, Some(START));
	});
}

#[test]
fn submit_should_count_in_the_plan_when_another_did_the_beginning() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		start(job);
		submit(job, 1);
		assert_ok!(MockEscrow::release(contract(job), 1));
		let before = contract(job);
		give_up(job);

		assert_noop!(
			Market::submit(by(RIVAL), job, Some(PlanIndex(1)), evidence(9)),
			Error::<Test>::MilestoneNotFound
		);
		submit(job, 2);

		// The second contract has the first and the third milestone of the plan.
		let receipt = |contract, milestone, byte| WorkReceipt {
			contract,
			milestone: Some(MilestoneIndex(milestone)),
			evidence: evidence(byte),
		};
		assert_eq!(live(job).receipts, vec![receipt(before, 1, 1), receipt(contract(job), 1, 2)]);
		let scope = Scope::Milestones(vec![PlanIndex(0), PlanIndex(2)].try_into().expect("few"));
		assert_eq!(lease(job).scope, scope);
	});
}

#[test]
fn submit_should_replace_the_receipt_of_a_stream_or_a_meter() {
	for payment in [STREAM, METER] {
		build_and_execute(|| {
			let job = Posting::paid_by(payment).assign(15, &[]);
			start(job);
			assert_ok!(Market::submit(by(PROVIDER), job, None, evidence(1)));
			assert_ok!(Market::submit(by(PROVIDER), job, None, evidence(2)));
			let receipt =
				WorkReceipt { contract: contract(job), milestone: None, evidence: evidence(2) };
			assert_eq!(live(job).receipts, vec![receipt]);
		});
	}
}

#[test]
fn submit_should_keep_a_receipt_of_each_lease_of_a_meter() {
	build_and_execute(|| {
		let job = Posting::paid_by(METER).assign(15, &[(RIVAL, 15)]);
		start(job);
		assert_ok!(Market::submit(by(PROVIDER), job, None, evidence(1)));
		give_up(job);
		assert_ok!(Market::start(by(RIVAL), job));
		assert_ok!(Market::submit(by(RIVAL), job, None, evidence(2)));
		let all: Vec<_> = live(job).receipts.iter().map(|receipt| receipt.evidence).collect();
		assert_eq!(all, [evidence(1), evidence(2)]);
	});
}

#[test]
fn submit_should_fail_when_there_is_no_such_job_or_nobody_has_it() {
	build_and_execute(|| {
		assert_noop!(submit_as_provider(JOB, Some(0)), Error::<Test>::JobNotFound);
		Posting::default().post();
		assert_noop!(submit_as_provider(JOB, Some(0)), Error::<Test>::NotAssigned);
	});
}

#[test]
fn submit_should_fail_when_the_caller_does_not_have_the_job() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		for caller in [wallet(RIVAL), owner(PROVIDER), CLIENT] {
			assert_noop!(
				Market::submit(signed(caller), job, Some(PlanIndex(0)), evidence(9)),
				Error::<Test>::NotProvider
			);
		}
	});
}

#[test]
fn submit_should_fail_when_the_plan_has_no_such_milestone() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		for place in [None, Some(3), Some(u32::MAX)] {
			assert_noop!(submit_as_provider(job, place), Error::<Test>::MilestoneNotFound);
		}
		let job = Posting::paid_by(STREAM).assign(15, &[]);
		start(job);
		assert_noop!(submit_as_provider(job, Some(0)), Error::<Test>::MilestoneNotFound);
	});
}

#[test]
fn submit_should_fail_when_a_stream_or_a_meter_has_not_started() {
	build_and_execute(|| {
		for payment in [STREAM, METER] {
			let job = Posting::paid_by(payment).assign(15, &[]);
			assert_noop!(submit_as_provider(job, None), Error::<Test>::NotStarted);
		}
	});
}

#[test]
fn submit_should_fail_when_the_escrow_refuses() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[]);
		submit(job, 0);
		let again = DispatchError::Other("submitted before");
		assert_noop!(submit_as_provider(job, Some(0)), again);
		wait(START_WITHIN + 41);
		assert_noop!(submit_as_provider(job, Some(1)), DispatchError::Other("too late"));
		assert_ok!(submit_as_provider(job, Some(2)));
	});
}

//! Tests of `post`.

use crate::{mock::*, *};
use aitbc_core::{JobId, TagId};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::{ArithmeticError, Perbill, TokenError};

fn with_work(change: impl FnOnce(&mut WorkTerms<AccountId, Vec<u8>>)) -> Posting {
	let mut posting = Posting::default();
	change(&mut posting.work);
	posting
}

fn with_demand(change: impl FnOnce(&mut Demand)) -> Posting {
	let mut posting = Posting::default();
	change(&mut posting.demand);
	posting
}

fn shares(shares: &[u32]) -> Posting {
	let plan = shares
		.iter()
		.map(|share| MilestonePlan { share: Perbill::from_parts(*share), due_after: 20 });
	let plan: Vec<_> = plan.collect();
	Posting::paid_by(PaymentPlan::Milestones(plan.try_into().expect("few enough")))
}

#[test]
fn post_should_store_the_job_and_hold_its_deposits_when_all_is_sound() {
	build_and_execute(|| {
		let posting = Posting::default();
		assert_ok!(posting.try_post());

		let deposits = deposits(2);
		let work = work().map_uri(|uri| UriOf::<Test>::try_from(uri).expect("short enough"));
		let record = Job {
			client: CLIENT,
			work: work.clone(),
			demand: demand(),
			deposits,
			past: Default::default(),
			receipts: Default::default(),
			state: JobState::Bidding(posting.bidding()),
		};
		assert_eq!(Jobs::<Test>::get(JOB), Some(record));
		assert!(OpenJobs::<Test>::contains_key(TAG, JOB));
		assert!(JobsByParty::<Test>::contains_key(CLIENT, JOB));
		assert_eq!(NextJobId::<Test>::get(), JobId(1));
		assert_eq!(deposit_held(CLIENT), deposits.job + deposits.record);
		assert_eq!(free(CLIENT), WEALTH - deposits.total());
		assert_eq!(counted(), Counters { posted: 1, ..Default::default() });
		let posted = Event::JobPosted {
			job: JOB,
			client: CLIENT,
			work,
			demand: demand(),
			bidding: Some(posting.bidding()),
			deposits,
		};
		assert_eq!(events(), [posted]);
	});
}

#[test]
fn post_should_take_every_way_to_pay() {
	build_and_execute(|| {
		for payment in [STREAM, METER, milestones(&[(100, 0)]), milestones(&[(10, 5); 10])] {
			assert_ok!(Posting::paid_by(payment).try_post());
		}
	});
}

#[test]
fn post_should_be_open_to_wallets_and_owners_of_agents() {
	build_and_execute(|| {
		assert_ok!(Posting { client: wallet(RIVAL), ..Posting::default() }.try_post());
		assert_ok!(Balances::transfer_allow_death(signed(BANK), owner(RIVAL), 10_000));
		assert_ok!(Posting { client: owner(RIVAL), ..Posting::default() }.try_post());
	});
}

#[test]
fn post_should_fail_when_the_uri_is_bad() {
	build_and_execute(|| {
		for (uri, error) in [
			(vec![], Error::<Test>::UriEmpty),
			(uri_of(MAX_URI + 1), Error::<Test>::UriTooLong),
			(b"work.json".to_vec(), Error::<Test>::UriMalformed),
			(b"https://work.example/a b".to_vec(), Error::<Test>::UriMalformed),
		] {
			assert_noop!(with_work(|work| work.specification.uri = uri).try_post(), error);
		}
		assert_ok!(with_work(|work| work.specification.uri = uri_of(MAX_URI)).try_post());
	});
}

#[test]
fn post_should_fail_when_there_is_nothing_to_do() {
	build_and_execute(|| {
		assert_noop!(with_work(|work| work.units = 0).try_post(), Error::<Test>::UnitsZero);
	});
}

#[test]
fn post_should_fail_when_the_milestones_make_no_whole() {
	build_and_execute(|| {
		let one = 1_000_000_000;
		assert_noop!(shares(&[]).try_post(), Error::<Test>::NoMilestones);
		assert_noop!(shares(&[one, 0]).try_post(), Error::<Test>::ShareZero);
		for wrong in [&[one - 1][..], &[one / 2, one / 2 + 1], &[one, one]] {
			assert_noop!(shares(wrong).try_post(), Error::<Test>::SharesNotWhole);
		}
		assert_ok!(shares(&[one / 3, one / 3, one / 3 + 1]).try_post());
	});
}

#[test]
fn post_should_fail_when_something_is_to_last_no_time() {
	build_and_execute(|| {
		for posting in [
			with_work(|work| work.start_within = 0),
			Posting::paid_by(PaymentPlan::Stream { blocks: 0 }),
			Posting::paid_by(PaymentPlan::Metered { blocks: 0, signer: CLIENT }),
		] {
			assert_noop!(posting.try_post(), Error::<Test>::DurationZero);
		}
	});
}

#[test]
fn post_should_fail_when_the_work_takes_too_long() {
	build_and_execute(|| {
		let most = MaxDuration::get() - START_WITHIN;
		for payment in [
			milestones(&[(50, most + 1), (50, 1)]),
			PaymentPlan::Stream { blocks: most + 1 },
			PaymentPlan::Metered { blocks: u32::MAX, signer: CLIENT },
		] {
			assert_noop!(Posting::paid_by(payment).try_post(), Error::<Test>::DurationTooLong);
		}
		assert_ok!(Posting::paid_by(PaymentPlan::Stream { blocks: most }).try_post());
	});
}

#[test]
fn post_should_fail_when_the_review_period_is_out_of_range() {
	build_and_execute(|| {
		let (least, most) = (MinReviewPeriod::get(), MaxReviewPeriod::get());
		let reviewed = |period| with_work(|work| work.review_period = period);
		assert_noop!(reviewed(least - 1).try_post(), Error::<Test>::ReviewPeriodTooShort);
		assert_noop!(reviewed(most + 1).try_post(), Error::<Test>::ReviewPeriodTooLong);
		assert_ok!(reviewed(least).try_post());
		assert_ok!(reviewed(most).try_post());
	});
}

#[test]
fn post_should_fail_when_the_tag_is_not_one_for_new_capabilities() {
	build_and_execute(|| {
		let of = |tag: TagId| with_demand(|demand| demand.capability = tag);
		assert_noop!(of(NO_TAG).try_post(), Error::<Test>::TagNotFound);
		assert_noop!(of(RETIRED_TAG).try_post(), Error::<Test>::TagRetired);
		assert_noop!(of(FEEDBACK_TAG).try_post(), Error::<Test>::NotACapability);
	});
}

#[test]
fn post_should_fail_when_a_required_name_is_malformed() {
	build_and_execute(|| {
		let gpu = |model, count| {
			let gpu = GpuMinimum { model, count, vram_mib: 0 };
			with_demand(|demand| demand.requirements.resource.gpu = Some(gpu))
		};
		assert_noop!(gpu(Some(name("")), 1).try_post(), Error::<Test>::NameMalformed);
		assert_noop!(gpu(Some(name("a\nb")), 1).try_post(), Error::<Test>::NameMalformed);
		assert_noop!(gpu(None, 0).try_post(), Error::<Test>::NoGpus);
		assert_ok!(gpu(None, 1).try_post());
		let models = vec![name("")].try_into().expect("few enough");
		let posting = with_demand(|demand| demand.requirements.resource.models = models);
		assert_noop!(posting.try_post(), Error::<Test>::NameMalformed);
		let region = b"\x7f".to_vec().try_into().expect("short enough");
		let posting = with_demand(|demand| demand.requirements.resource.region = region);
		assert_noop!(posting.try_post(), Error::<Test>::NameMalformed);
	});
}

#[test]
fn post_should_fail_when_there_are_to_be_too_many_backups() {
	build_and_execute(|| {
		let posting = Posting::with_backups(MAX_BACKUPS + 1);
		assert_noop!(posting.try_post(), Error::<Test>::TooManyBackups);
		assert_ok!(Posting::with_backups(MAX_BACKUPS).try_post());
	});
}

#[test]
fn post_should_fail_when_the_limit_pays_for_nothing() {
	build_and_execute(|| {
		let limited = |price| with_demand(|demand| demand.price_limit = price);
		assert_noop!(limited(0).try_post(), Error::<Test>::PriceZero);
		// A fifth of it, and what rounding leaves, is for the smallest milestone.
		assert_noop!(limited(44).try_post(), Error::<Test>::PriceTooLow);
		assert_ok!(limited(45).try_post());
		let metered = Posting { work: work_paid_by(METER), ..limited(u128::MAX) };
		assert_noop!(metered.try_post(), ArithmeticError::Overflow);
	});
}

#[test]
fn post_should_fail_when_the_window_is_out_of_range() {
	build_and_execute(|| {
		let most = MaxBiddingPeriod::get();
		let window = |until, assign_by| Posting { until, assign_by, ..Posting::default() };
		assert_noop!(window(0, 10).try_post(), Error::<Test>::BiddingEndNotInFuture);
		assert_noop!(window(10, 9).try_post(), Error::<Test>::AssignmentBeforeBiddingEnd);
		assert_noop!(window(10, most + 1).try_post(), Error::<Test>::AssignmentTooLate);
		assert_ok!(window(1, 1).try_post());
		assert_ok!(window(most, most).try_post());
	});
}

#[test]
fn post_should_fail_when_the_deposits_can_not_be_held() {
	build_and_execute(|| {
		keep_only(CLIENT, deposits(2).total() + ED - 1);
		assert_noop!(Posting::default().try_post(), TokenError::FundsUnavailable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), CLIENT, 1));
		assert_ok!(Posting::default().try_post());
	});
}

#[test]
fn post_should_fail_when_all_ids_are_used_up() {
	new_test_ext().execute_with(|| {
		NextJobId::<Test>::put(JobId(u64::MAX));
		assert_noop!(Posting::default().try_post(), ArithmeticError::Overflow);
	});
}

//! Tests of reading.

use crate::{mock::*, runtime_api::MAX_PAGE, *};
use aitbc_core::{AgentId, JobId, MilestoneIndex, OfferId};
use aitbc_traits::AgentStatus;
use frame_support::assert_ok;

#[test]
fn offer_should_show_what_is_stored_and_whether_its_agent_stands_behind_it() {
	build_and_execute(|| {
		let offer = offer(PROVIDER);
		let info = |is_backed| OfferInfo { offer, record: offer_record(offer), is_backed };
		assert_eq!(Market::offer(offer), Some(info(true)));
		alter_agent(PROVIDER, |agent| agent.status = AgentStatus::Suspended);
		assert_eq!(Market::offer(offer), Some(info(false)));
		alter_agent(PROVIDER, |agent| {
			(agent.status, agent.wallet) = (AgentStatus::Active, Some(STRANGER));
		});
		assert_eq!(Market::offer(offer), Some(info(false)));
		assert_ok!(Market::withdraw_offer(by(PROVIDER), offer));
		assert_eq!(Market::offer(offer), None);
	});
}

/// All pages of a list, where `page` gives the entries of one and where the next begins.
fn pages<I: Ord + Copy, P>(
	page: impl Fn(Option<I>) -> P,
	split: impl Fn(P) -> (Vec<I>, Option<I>),
) -> Vec<Vec<I>> {
	let mut pages = vec![];
	let mut after = None;
	loop {
		let (ids, next) = split(page(after));
		pages.push(ids);
		after = next;
		if after.is_none() {
			return pages;
		}
	}
}

fn offers(page: OfferPage<AccountId>) -> (Vec<OfferId>, Option<OfferId>) {
	(page.offers.iter().map(|info| info.offer).collect(), page.next)
}

fn jobs(page: JobPage<AccountId>) -> (Vec<JobId>, Option<JobId>) {
	(page.jobs.iter().map(|info| info.job).collect(), page.next)
}

/// Checks that the pages together show each of `expected` once.
#[track_caller]
fn assert_shown<I: Ord + Copy + std::fmt::Debug>(pages: &[Vec<I>], expected: &[I]) {
	let mut ids = pages.concat();
	ids.sort();
	assert_eq!(ids, expected);
}

#[test]
fn lists_of_offers_should_show_each_offer_once_when_paged() {
	build_and_execute(|| {
		let expected: Vec<_> = (0..7).map(|_| offer(PROVIDER)).collect();
		offer_with(RIVAL, OfferTerms { capability: OTHER_TAG, ..offer_terms() });
		for limit in [3, 7, 100] {
			let by_tag = pages(|after| Market::offers_by_tag(TAG, after, limit), offers);
			assert_shown(&by_tag, &expected);
			assert_eq!(by_tag.len(), 7usize.div_ceil(limit as usize));
			let of_agent = pages(|after| Market::offers_of(PROVIDER, after, limit), offers);
			assert_shown(&of_agent, &expected);
		}
		assert_eq!(offers(Market::offers_of(AgentId(9), None, 10)), (vec![], None));
	});
}

#[test]
fn lists_of_jobs_should_show_each_job_once_when_paged() {
	build_and_execute(|| {
		let expected: Vec<_> = (0..7).map(|_| Posting::default().post()).collect();
		let other = Posting { client: STRANGER, ..Posting::default() };
		let demand = Demand { capability: OTHER_TAG, ..demand() };
		Posting { demand, ..other }.post();
		for limit in [3, 7, 100] {
			let open = pages(|after| Market::open_jobs(TAG, after, limit), jobs);
			assert_shown(&open, &expected);
			let of_client = pages(|after| Market::jobs_of(&CLIENT, after, limit), jobs);
			assert_shown(&of_client, &expected);
		}
	});
}

#[test]
fn lists_should_go_on_when_what_they_go_on_from_is_gone() {
	build_and_execute(|| {
		for _ in 0..4 {
			Posting::default().post();
			offer(PROVIDER);
		}
		let (whole, _) = jobs(Market::open_jobs(TAG, None, 4));
		assert_ok!(Market::cancel(signed(CLIENT), whole[1]));
		assert_eq!(jobs(Market::open_jobs(TAG, Some(whole[1]), 9)), (whole[2..].to_vec(), None));
		let (whole, _) = offers(Market::offers_by_tag(TAG, None, 4));
		assert_ok!(Market::withdraw_offer(by(PROVIDER), whole[1]));
		let rest = (whole[2..].to_vec(), None);
		assert_eq!(offers(Market::offers_by_tag(TAG, Some(whole[1]), 9)), rest);
	});
}

#[test]
fn lists_should_clamp_the_limit_when_it_is_out_of_range() {
	build_and_execute(|| {
		BytePrice::set(&0);
		for _ in 0..MAX_PAGE + 1 {
			Posting::default().post();
			offer(PROVIDER);
		}
		for (limit, length) in [(0, 1), (u32::MAX, MAX_PAGE as usize)] {
			assert_eq!(Market::open_jobs(TAG, None, limit).jobs.len(), length);
			assert_eq!(Market::offers_of(PROVIDER, None, limit).offers.len(), length);
		}
	});
}

#[test]
fn lists_of_jobs_should_show_those_that_went_to_an_account_until_they_are_forgotten() {
	build_and_execute(|| {
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		let of = |account| jobs(Market::jobs_of(&account, None, 10)).0;
		assert_eq!((of(wallet(PROVIDER)), of(wallet(RIVAL))), (vec![job], vec![]));
		give_up(job);
		assert_eq!((of(wallet(PROVIDER)), of(wallet(RIVAL))), (vec![job], vec![job]));
		give_up(job);
		assert_eq!(of(CLIENT), [job]);
		wait(RETENTION);
		assert_ok!(Market::forget(signed(STRANGER), job));
		for account in [CLIENT, wallet(PROVIDER), wallet(RIVAL)] {
			assert_eq!(of(account), []);
		}
	});
}

/// Stage, what may be reported, and the number of bids, of a live job.
fn stage(job: JobId) -> (JobStage, Option<LeaseEnd>, u32) {
	match Market::job(job).expect("it is there").record {
		JobRecord::Live { stage, reportable, bids, .. } => (stage, reportable, bids),
		JobRecord::Settled(_) => panic!("the job has ended"),
	}
}

#[test]
fn job_should_show_every_stage() {
	build_and_execute(|| {
		assert_eq!(Market::job(JOB), None);
		let job = Posting::default().post();
		assert_eq!(stage(job), (JobStage::Bidding, None, 0));
		place(job, PROVIDER, PRICE);
		place(job, RIVAL, PRICE);
		assert_eq!(stage(job), (JobStage::Bidding, None, 2));
		award(job, PROVIDER);
		assert_eq!(stage(job), (JobStage::Assigned, None, 1));
		wait(START_WITHIN + 1);
		assert_eq!(stage(job), (JobStage::Assigned, Some(LeaseEnd::StartMissed), 1));
		start(job);
		let running = JobStage::Running { since: START + START_WITHIN + 1 };
		assert_eq!(stage(job), (running, None, 1));
		submit(job, 0);
		assert_eq!(stage(job), (JobStage::UnderReview, None, 1));
		assert_ok!(MockEscrow::release(contract(job), 0));
		assert_eq!(stage(job), (running, None, 1));
		wait(40);
		assert_eq!(stage(job), (running, Some(LeaseEnd::DueMissed), 1));
		let record = live(job).map_uri(UriOf::<Test>::into_inner);
		let info = Market::job(job).expect("it is there");
		assert!(matches!(info.record, JobRecord::Live { job, .. } if job == record));
		give_up(job);
		give_up(job);
		let record = JobRecord::Settled(settled(job));
		assert_eq!(Market::job(job), Some(JobInfo { job, record }));
	});
}

#[test]
fn job_should_show_a_lease_without_a_contract_as_assigned() {
	new_test_ext().execute_with(|| {
		let job = Posting::default().assign(PRICE, &[]);
		MockEscrow::vanish(contract(job));
		assert_eq!(stage(job), (JobStage::Assigned, None, 0));
	});
}

#[test]
fn receipts_should_show_who_filed_them_until_the_job_is_forgotten() {
	build_and_execute(|| {
		assert_eq!(Market::receipts(JOB), []);
		let job = Posting::default().assign(PRICE, &[(RIVAL, PRICE)]);
		submit(job, 0);
		let first = contract(job);
		assert_ok!(MockEscrow::release(first, 0));
		give_up(job);
		submit(job, 2);
		let second = contract(job);
		let entry = |agent, contract, milestone, byte| ReceiptEntry {
			receipt: WorkReceipt {
				contract,
				milestone: Some(MilestoneIndex(milestone)),
				evidence: evidence(byte),
			},
			agent,
			account: wallet(agent),
			client: CLIENT,
		};
		// The third milestone of the plan is the second of the second contract.
		let expected = [entry(PROVIDER, first, 0, 0), entry(RIVAL, second, 1, 2)];
		assert_eq!(Market::receipts(job), expected);
		for milestone in [0, 1] {
			assert_ok!(MockEscrow::release(second, milestone));
		}
		assert_eq!(Market::receipts(job), expected);
		wait(RETENTION);
		assert_ok!(Market::forget(signed(STRANGER), job));
		assert_eq!(Market::receipts(job), []);
	});
}

#[test]
fn bid_bond_should_be_what_a_bid_needs() {
	build_and_execute(|| {
		assert_eq!(Market::bid_bond(JOB, PRICE), None);
		let job = Posting::paid_by(METER).post();
		assert_eq!(Market::bid_bond(job, 15), Some(1_500));
		assert_eq!(Market::bid_bond(job, 1), Some(MIN_BOND));
		assert_eq!(Market::bid_bond(job, u128::MAX), None);
	});
}

#[test]
fn quote_should_be_nothing_when_there_is_no_such_offer() {
	build_and_execute(|| assert_eq!(Market::quote(OFFER, work()), None));
}

#[test]
fn deposits_should_be_those_of_the_view_functions_and_calls() {
	build_and_execute(|| {
		assert_eq!(Market::deposit_for_offer(), Market::offer_deposit());
		let job = Posting::default().post();
		place(job, PROVIDER, PRICE);
		assert_eq!(Market::open_bids(wallet(PROVIDER)), 1);
		assert_eq!(deposit_held(wallet(PROVIDER)), Market::offer_deposit());
		assert_eq!(deposit_held(CLIENT), deposits(2).total());
		// Beyond the bounds they are priced as the bounds.
		let most = Market::job_deposits(MAX_URI, MAX_MILESTONES, MAX_BACKUPS);
		assert_eq!(Market::job_deposits(u32::MAX, u32::MAX, u32::MAX), most);
	});
}

/// Counted by hand, so that a change of the layout is noticed.
#[test]
fn deposits_should_be_what_is_occupied() {
	new_test_ext().execute_with(|| {
		let receipt = 8 + (1 + 4) + 32;
		let past = 8 + 8 + 8 + 1 + 16 + 16;
		let specification = |uri: u128| 2 + uri + 32;
		let plan = 1 + 1 + 10 * (4 + 4);
		let names = 1 + 8 * 33;
		let demand =
			4 + 1 + (1 + (1 + 33 + 2 + 4) + 2 + 4 + 4 + names + 9 + 1) + (4 + 4) + 4 + 16 + 4;
		let scope = 1 + 1 + 10 * 4;
		let lease = 8 + 8 + 8 + 8 + 16 + scope + 8 + 4;
		let state = 1 + lease + 4;
		let fixed = 8 + plan + 4 + 4 + demand + 2 * 16 + 1 + 1 + state;
		let job = |uri: u128, receipts: u128, leases: u128| {
			8 + 8 + specification(uri) + fixed + receipts * receipt + leases * past
		};
		let others = (8 + 5) + (4 + 8);
		let record = |receipts: u128, leases: u128| {
			8 + 8 + 32 + 1 + leases * past + 1 + receipts * receipt + 1 + 4 + 16
		};
		let entries = |leases: u128| (leases + 1) * (8 + 8);
		for (uri, milestones, backups, receipts) in
			[(20, 3, 2, 3), (100, 10, 3, 10), (5, 0, 0, 1), (5, 0, 3, 4), (7, 1, 3, 1)]
		{
			let leases = u128::from(backups) + 1;
			let expected = JobDeposits {
				job: 3 * 10 + job(uri, receipts, leases) + others,
				record: (2 + leases) * 10 + record(receipts, leases) + entries(leases),
			};
			let deposits = Market::job_deposits(uri as u32, milestones, backups);
			assert_eq!(deposits, expected, "{uri} {milestones} {backups}");
		}
		let resource = (1 + 33 + 2 + 4) + 2 + 4 + 4 + names + 9 + 1;
		let terms = 4 + resource + 1 + 16 + 8 + 8 + (4 + 4) + 8;
		let offer = 8 + (8 + 8 + terms + 8 + 1 + 16) + (8 + 8) + (4 + 8);
		assert_eq!(Market::offer_deposit(), 3 * 10 + offer);
	});
}

//! The ways in which all jobs end: by their clients alone, by their providers alone, and by a stranger
//! alone. What is disputed ends by its ruling first, as arbitration promises.

use super::{
	books::{owned, Seen},
	steps::{is_submitted, progress},
};
use crate::{
	mock::{
		escrow::{Contract, Contracts, Progress},
		*,
	},
	*,
};
use aitbc_core::JobId;
use frame_support::{
	assert_ok,
	traits::fungible::{Inspect, InspectHold, Mutate},
};

/// Every job that is live.
fn live_jobs() -> Vec<(JobId, JobOf<Test>)> {
	Jobs::<Test>::iter().collect()
}

/// Every lease, with its contract.
fn engaged() -> Vec<(LeaseOf<Test>, Contract)> {
	let leases = Jobs::<Test>::iter_values().filter_map(|job| job.lease().cloned());
	let with_contract = |lease: LeaseOf<Test>| {
		let contract = Contracts::<Test>::get(lease.contract).expect("the lease has a contract");
		(lease, contract)
	};
	leases.map(with_contract).collect()
}

#[track_caller]
fn must(seen: &mut Seen, who: AccountId, call: Call<Test>) {
	assert!(seen.dispatch(who, call.clone()), "{who} could not {call:?}");
}

/// The court rules on everything that is disputed, which is not for the parties to end.
fn rule_all() {
	for (lease, contract) in engaged() {
		if contract.is_disputed {
			assert_ok!(MockEscrow::rule_rest(lease.contract, percent(50)));
		}
		for (milestone, one) in progress(&contract) {
			if one == Progress::Disputed {
				assert_ok!(MockEscrow::rule(lease.contract, milestone, percent(50)));
			}
		}
	}
}

/// Anybody settles what was submitted, after the review period.
fn settle_all() {
	for (lease, contract) in engaged() {
		for (milestone, one) in progress(&contract) {
			if is_submitted(one) {
				assert_ok!(MockEscrow::settle(lease.contract, milestone));
			}
		}
	}
}

/// The clients alone end every job: at once, but for meters, whose providers have a notice.
pub(super) fn clients_end_all(seen: &mut Seen) {
	rule_all();
	for (job, record) in live_jobs() {
		if record.lease().is_none() {
			must(seen, record.client, Call::cancel { job });
		}
	}
	for (lease, contract) in engaged() {
		if contract.end().is_some() && !contract.has_notice() {
			assert_ok!(MockEscrow::stop(lease.contract));
		}
		for (milestone, one) in progress(&contract) {
			if one != Progress::Concluded {
				assert_ok!(MockEscrow::release(lease.contract, milestone));
			}
		}
	}
	wait(MaxReviewPeriod::get() + 1);
	for (lease, _) in engaged() {
		assert_ok!(MockEscrow::stop(lease.contract));
	}
}

/// The providers alone end every job that they have, and take back every bid, as soon as nothing is
/// under review.
pub(super) fn providers_end_all(seen: &mut Seen) {
	rule_all();
	wait(MaxReviewPeriod::get());
	settle_all();
	for (job, bids) in Bids::<Test>::iter().collect::<Vec<_>>() {
		for bid in bids {
			must(seen, bid.account, Call::withdraw_bid { job });
		}
	}
	wait(MaxBiddingPeriod::get());
	for (job, record) in live_jobs() {
		match record.lease() {
			Some(lease) => must(seen, lease.account, Call::give_up { job }),
			// It has no bids any more, and only the client's deposits waited for the window's end.
			None => must(seen, BANK, Call::expire { job }),
		}
	}
}

/// A stranger ends every job, after all periods.
pub(super) fn stranger_ends_all(seen: &mut Seen) {
	rule_all();
	for _ in 0..MAX_LEASES {
		wait(MAX_DURATION + MaxReviewPeriod::get() + 1);
		settle_all();
		for (job, record) in live_jobs() {
			let Some(lease) = record.lease() else {
				must(seen, BANK, Call::expire { job });
				continue;
			};
			let contract = Contracts::<Test>::get(lease.contract).expect("the lease has one");
			if contract.end().is_some() && contract.started.is_some() {
				assert_ok!(MockEscrow::stop_late(lease.contract));
			} else {
				must(seen, BANK, Call::report { job });
			}
		}
	}
}

/// After every job ended: forgets them, withdraws every offer, collects all claims, and expects that
/// nothing is held or kept.
pub(super) fn clean_up(seen: &mut Seen) {
	assert_eq!(live_jobs(), []);
	assert_eq!(Bids::<Test>::iter().count() + OpenBids::<Test>::iter().count(), 0);
	ExistentialDeposit::set(&ED);
	let accounts: Vec<_> = owned().into_keys().collect();
	for who in &accounts {
		assert_ok!(Balances::mint_into(who, ED));
	}
	wait(RETENTION);
	for job in SettledJobs::<Test>::iter_keys().collect::<Vec<_>>() {
		must(seen, BANK, Call::forget { job });
	}
	for (offer, record) in Offers::<Test>::iter().collect::<Vec<_>>() {
		must(seen, record.account, Call::withdraw_offer { offer });
	}
	for (account, kind, _) in Claims::<Test>::iter().collect::<Vec<_>>() {
		must(seen, BANK, Call::collect { account, kind });
	}
	MockEscrow::collect_all();
	for who in accounts {
		assert_eq!(Balances::total_balance_on_hold(&who), 0, "money of {who} is stuck");
		assert!(Balances::total_balance(&who) > 0);
	}
	assert_eq!(JobsByParty::<Test>::iter().count() + OpenJobs::<Test>::iter().count(), 0);
	assert_eq!(OffersByAgent::<Test>::iter().count() + OffersByTag::<Test>::iter().count(), 0);
	assert_ok!(Market::do_try_state());
}

//! From offers and bids to a lease: what stands in the way, and what becomes of the money then.

use crate::{
	books::Books,
	deals::{
		a_provider, a_provider_with, all_is_settled, an_agent, assign, barred, bid, bid_of, client,
		contract, contract_deposit, counted, deliver, deposits, did, empty, ended, endowed, give,
		hired, names, offer_terms, pass_to, posted_by, providers, stranger, work, MarketCall,
		MarketError, Provider, BOND, LIMIT, PRICE, UNITS,
	},
	network::on_development_network,
};
use aitbc_core::{money::AIT, JobId, OfferId};
use aitbc_runtime::{ActiveClock, Market, Runtime, RuntimeEvent};
use pallet_escrow::HoldReason as EscrowHold;
use pallet_market::{
	BidEnd, BidTerms, Event as MarketEvent, HoldReason as MarketHold, JobOutcome, OfferTerms,
	MAX_BIDS,
};
use sp_runtime::TokenError;

/// The call by which the job's client gives it to `provider` for `expected`.
fn assignment(job: JobId, provider: &Provider, expected: BidTerms) -> MarketCall {
	MarketCall::assign { job, agent: provider.agent, expected }
}

/// How much of the provider's offer is in use.
fn in_use(provider: &Provider) -> u64 {
	Market::offer(provider.offer).expect("it stands").record.in_use
}

/// The agents that bid for the job, in the order of the list.
fn bidders(job: JobId) -> Vec<aitbc_core::AgentId> {
	Market::bids(job).into_iter().map(|bid| bid.agent).collect()
}

#[test]
fn assignment_should_fail_and_change_nothing_when_the_client_has_no_money() {
	on_development_network(|| {
		let [first, second] = providers();
		let poor = endowed(0xc0, 0, 1_000 * AIT);
		let begun = Books::now();
		let job = posted_by(&poor, 1);
		let terms = bid(job, &first, PRICE);
		bid(job, &second, PRICE);
		let posted = Books::now();
		empty(&poor);

		barred(&poor, assignment(job, &first, terms), TokenError::FundsUnavailable);

		// Neither does it when the deposit for the contract could be held, but not the price.
		give(&stranger(), &poor, 10 * AIT);
		barred(&poor, assignment(job, &first, terms), TokenError::FundsUnavailable);
		assert_eq!(bidders(job), [first.agent, second.agent]);
		assert_eq!(Market::open_bids_of(&first.wallet), 1);
		assert_eq!(Books::now().of(&first.wallet), posted.of(&first.wallet));

		// It is not too late when the money comes.
		give(&stranger(), &poor, PRICE);
		let before = Books::now();
		did(&poor, assignment(job, &first, terms));
		before
			.release(&first.wallet, MarketHold::Bond, BOND)
			.engage(&poor, &first.wallet, PRICE, BOND, contract_deposit(contract(job)))
			.check();
		did(&first.wallet, MarketCall::give_up { job });
		did(&second.wallet, MarketCall::give_up { job });
		ended(job, JobOutcome::Refunded, &[&first, &second]);
		let left = begun.of(&second.wallet);
		assert_eq!(Books::now().of(&second.wallet), left);
		all_is_settled();
	});
}

#[test]
fn job_should_return_everything_when_it_expires_with_bids() {
	on_development_network(|| {
		let all: [_; 3] = providers();
		let begun = Books::now();
		let job = posted_by(&client(), 2);
		let posted_at = ActiveClock::now();
		let terms = all.each_ref().map(|provider| bid(job, provider, PRICE));
		let mut held = begun.clone().hold(&client(), MarketHold::Deposit, deposits(2).total());
		for provider in &all {
			held = held.hold(&provider.wallet, MarketHold::Bond, BOND);
		}
		held.check();

		pass_to(posted_at + 11);
		let late = bid_of(job, &all[0], PRICE);
		let late = MarketCall::bid { job, terms: late, stays_as_backup: true };
		barred(&all[0].wallet, late, MarketError::BiddingEnded);
		pass_to(posted_at + 20);
		barred(&stranger(), MarketCall::expire { job }, MarketError::AssignmentNotEnded);
		pass_to(posted_at + 21);
		barred(&client(), assignment(job, &all[0], terms[0]), MarketError::AssignmentEnded);

		let told = did(&stranger(), MarketCall::expire { job });

		let released = ["Market.BidReleased"; 3];
		assert_eq!(names(&told), [&released[..], &["Market.JobExpired"]].concat());
		begun.check();
		assert_eq!(Market::job(job), None);
		assert_eq!((counted().posted, counted().expired, counted().assigned), (1, 1, 0));
		all_is_settled();
	});
}

#[test]
fn serious_bid_should_push_out_the_latest_when_junk_fills_the_list() {
	on_development_network(|| {
		let junk: [_; MAX_BIDS as usize] = providers();
		let [serious, late] = providers();
		let begun = Books::now();
		let job = posted_by(&client(), 0);
		// As dear as the client lets it be, with the least bond for it.
		let bond = LIMIT / 10;
		for provider in &junk {
			bid(job, provider, LIMIT);
		}
		let full = MarketCall::bid { job, terms: bid_of(job, &late, LIMIT), stays_as_backup: true };
		barred(&late.wallet, full, MarketError::BidTooWeak);
		// Nor does a better price alone: it takes a bond that is worth more.
		let cheap = bid_of(job, &serious, PRICE);
		let weak = MarketCall::bid { job, terms: cheap, stays_as_backup: true };
		barred(&serious.wallet, weak, MarketError::BidTooWeak);

		let before = Books::now();
		let terms = BidTerms { bond: bond + AIT, ..cheap };
		let told = did(&serious.wallet, MarketCall::bid { job, terms, stays_as_backup: false });

		assert_eq!(names(&told), ["Market.BidReleased", "Market.BidPlaced"]);
		let last = &junk[MAX_BIDS as usize - 1];
		let gone = MarketEvent::BidReleased {
			job,
			agent: last.agent,
			account: last.wallet.clone(),
			bond,
			cause: BidEnd::Evicted,
		};
		assert_eq!(told[0], RuntimeEvent::Market(gone));
		before
			.release(&last.wallet, MarketHold::Bond, bond)
			.hold(&serious.wallet, MarketHold::Bond, terms.bond)
			.check();
		assert_eq!(bidders(job).len(), MAX_BIDS as usize);

		// The client takes the serious one, and nothing of the junk stays.
		let told = assign(job, &serious);
		let lost = told.iter().filter(|event| {
			matches!(
				event,
				RuntimeEvent::Market(MarketEvent::BidReleased { cause: BidEnd::Lost, .. })
			)
		});
		assert_eq!(lost.count(), MAX_BIDS as usize - 1);
		begun
			.hold(&client(), MarketHold::Deposit, deposits(0).total())
			.engage(&client(), &serious.wallet, PRICE, terms.bond, contract_deposit(contract(job)))
			.check();
		deliver(job, &[0, 1, 2]);
		ended(job, JobOutcome::Completed, &[&serious]);
		all_is_settled();
	});
}

#[test]
fn bond_should_follow_when_a_bid_is_replaced() {
	on_development_network(|| {
		let provider = a_provider();
		let begun = Books::now();
		let job = posted_by(&client(), 0);
		bid(job, &provider, PRICE);
		let (dear, cheap) = (LIMIT, 300 * AIT);
		for price in [dear, cheap] {
			bid(job, &provider, price);
			begun
				.clone()
				.hold(&client(), MarketHold::Deposit, deposits(0).total())
				.hold(&provider.wallet, MarketHold::Bond, price / 10)
				.check();
			assert_eq!(Market::open_bids_of(&provider.wallet), 1);
		}
		did(&provider.wallet, MarketCall::withdraw_bid { job });
		did(&client(), MarketCall::cancel { job });
		begun.check();
		all_is_settled();
	});
}

#[test]
fn third_job_should_wait_when_the_capacity_is_for_two() {
	on_development_network(|| {
		let provider =
			a_provider_with(OfferTerms { capacity: 2 * UNITS + UNITS / 2, ..offer_terms() });
		let backup = a_provider();
		let jobs = [(); 3].map(|()| posted_by(&client(), 1));
		// Bids take no capacity.
		let terms = jobs.map(|job| bid(job, &provider, PRICE));
		for job in &jobs[..2] {
			assign(*job, &provider);
		}
		assert_eq!(in_use(&provider), 2 * UNITS);

		let third = assignment(jobs[2], &provider, terms[2]);
		barred(&client(), third.clone(), MarketError::OfferExhausted);
		let hire = MarketCall::hire { offer: provider.offer, work: work(), expected_price: PRICE };
		barred(&client(), hire, MarketError::OfferExhausted);
		let fourth = posted_by(&client(), 1);
		let more = MarketCall::bid {
			job: fourth,
			terms: bid_of(fourth, &provider, PRICE),
			stays_as_backup: true,
		};
		barred(&provider.wallet, more, MarketError::OfferExhausted);
		did(&client(), MarketCall::cancel { job: fourth });

		// As a backup it is passed over, while it has no capacity for the job.
		let fifth = posted_by(&client(), 1);
		bid(fifth, &backup, PRICE);
		deliver(jobs[0], &[0, 1, 2]);
		assert_eq!(in_use(&provider), UNITS);
		bid(fifth, &provider, PRICE);
		assign(fifth, &backup);
		did(&client(), third);
		assert_eq!(in_use(&provider), 2 * UNITS);
		let told = did(&backup.wallet, MarketCall::give_up { job: fifth });
		assert!(names(&told).contains(&"Market.BidReleased".into()));
		ended(fifth, JobOutcome::Refunded, &[&backup]);

		deliver(jobs[1], &[0, 1, 2]);
		deliver(jobs[2], &[0, 1, 2]);
		assert_eq!(in_use(&provider), 0);
		assert_eq!((counted().completed, counted().refunded), (3, 1));
		all_is_settled();
	});
}

#[test]
fn client_should_pay_no_other_price_when_a_bid_changes_under_its_hands() {
	on_development_network(|| {
		let provider = a_provider();
		let job = posted_by(&client(), 0);
		let seen = bid(job, &provider, PRICE);
		let changed = bid(job, &provider, LIMIT);

		barred(&client(), assignment(job, &provider, seen), MarketError::BidChanged);

		// Nor by another offer at the same price, which may be of less.
		let other = pallet_market::NextOfferId::<Runtime>::get();
		did(&provider.wallet, MarketCall::create_offer { terms: offer_terms() });
		let terms = BidTerms { offer: other, ..seen };
		did(&provider.wallet, MarketCall::bid { job, terms, stays_as_backup: true });
		barred(&client(), assignment(job, &provider, seen), MarketError::BidChanged);
		barred(&client(), assignment(job, &provider, changed), MarketError::BidChanged);

		let before = Books::now();
		did(&client(), assignment(job, &provider, terms));
		before
			.release(&provider.wallet, MarketHold::Bond, BOND)
			.engage(&client(), &provider.wallet, PRICE, BOND, contract_deposit(contract(job)))
			.check();
		deliver(job, &[0, 1, 2]);
		all_is_settled();
	});
}

#[test]
fn client_should_pay_no_other_price_when_an_offer_is_replaced_after_the_quote() {
	on_development_network(|| {
		let provider = a_provider();
		let quote = Market::quote(provider.offer, work()).expect("there is a price");
		assert_eq!((quote.price, quote.total, quote.bond), (PRICE, PRICE, BOND));
		assert_eq!(quote.deposits, deposits(0));
		// An offer never changes. A dearer one has another id.
		did(&provider.wallet, MarketCall::withdraw_offer { offer: provider.offer });
		let dearer = pallet_market::NextOfferId::<Runtime>::get();
		let price = offer_terms().price * 2;
		let terms = OfferTerms { price, ..offer_terms() };
		did(&provider.wallet, MarketCall::create_offer { terms });
		let hire =
			|offer: OfferId| MarketCall::hire { offer, work: work(), expected_price: quote.price };

		barred(&client(), hire(provider.offer), MarketError::OfferNotFound);
		barred(&client(), hire(dearer), MarketError::PriceChanged);

		let provider = Provider { offer: dearer, ..provider };
		let begun = Books::now();
		let job = hired(&client(), &provider, work());
		begun
			.hold(&client(), MarketHold::Deposit, deposits(0).total())
			.engage(
				&client(),
				&provider.wallet,
				2 * PRICE,
				2 * BOND,
				contract_deposit(contract(job)),
			)
			.check();
		did(&provider.wallet, MarketCall::give_up { job });
		all_is_settled();
	});
}

#[test]
fn hiring_should_fail_and_change_nothing_when_the_provider_has_not_the_bond() {
	on_development_network(|| {
		let provider = a_provider();
		empty(&provider.wallet);
		let hire = MarketCall::hire { offer: provider.offer, work: work(), expected_price: PRICE };
		barred(&client(), hire, TokenError::FundsUnavailable);
		assert_eq!(in_use(&provider), 0);
		assert_eq!(pallet_market::NextJobId::<Runtime>::get(), JobId(0));
		all_is_settled();
	});
}

#[test]
fn nobody_should_work_for_itself() {
	on_development_network(|| {
		let provider = a_provider();
		give(&stranger(), &provider.owner, 1_000 * AIT);
		let hire = MarketCall::hire { offer: provider.offer, work: work(), expected_price: PRICE };
		for own in [&provider.owner, &provider.wallet] {
			barred(own, hire.clone(), MarketError::OwnJob);
			let job = posted_by(own, 0);
			let terms = bid_of(job, &provider, PRICE);
			let bid = MarketCall::bid { job, terms, stays_as_backup: true };
			barred(&provider.wallet, bid, MarketError::OwnJob);
			did(own, MarketCall::cancel { job });
		}
		let idle = an_agent();
		let job = posted_by(&client(), 0);
		let terms = bid_of(job, &provider, PRICE);
		let bid = MarketCall::bid { job, terms, stays_as_backup: true };
		barred(&idle.wallet, bid.clone(), MarketError::NotOfferAccount);
		barred(&stranger(), bid, MarketError::NotAgentWallet);
		did(&client(), MarketCall::cancel { job });
		assert_eq!(Books::now().held_for(EscrowHold::Escrow), 0);
		all_is_settled();
	});
}

//! How work is paid for: vouchers, streams, approvers, bonds, and what reputation spares of the fee.

use crate::{
	books::Books,
	deals::{
		a_provider, all_is_settled, assign, assigned, barred, bid, client, contract,
		contract_deposit, counted, deposits, did, ended, endowed, evidence, fee, hired, names,
		part, pass, pass_to, posted, providers, release, stranger, submit, treasury, work,
		work_paid_by, EscrowCall, EscrowError, MarketCall, MarketError, Provider, Work, BOND,
		PRICE, START_WITHIN, UNITS, UNIT_PRICE,
	},
	network::on_development_network,
	work::{agreement, FIRST, REVIEW},
};
use aitbc_core::{
	money::AIT, payment::VOUCHER_CONTEXT, Agreement, Approvers, Bonds, ContractId, JobId, Voucher,
};
use aitbc_runtime::{
	AccountId, ActiveClock, Balance, BlockNumber, Escrow, Market, Reputation, RuntimeEvent, System,
};
use aitbc_traits::ReputationInspect;
use codec::Encode;
use pallet_escrow::{Event as EscrowEvent, HoldReason as EscrowHold, ReleaseCause};
use pallet_market::{HoldReason as MarketHold, JobDeposits, JobOutcome, PaymentPlan};
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave, Eve, Ferdie};
use sp_runtime::{MultiSignature, Perbill};

const CONTRACT: ContractId = ContractId(0);

/// For how long a stream or a meter of a job runs, in active blocks.
const BLOCKS: BlockNumber = 30;

/// The deposits of a job that pays by a stream or a meter.
fn deposits_without_milestones(max_backups: u32) -> JobDeposits {
	Market::job_deposits(work().specification.uri.len() as u32, 0, max_backups)
}

/// Work that is billed by units, for which `signer` signs.
fn metered_work(signer: Sr25519Keyring) -> Work {
	work_paid_by(PaymentPlan::Metered { blocks: BLOCKS, signer: signer.to_account_id() })
}

/// Bob's job that the provider bills by units, for which `signer` signs.
fn metered(provider: &Provider, signer: Sr25519Keyring) -> JobId {
	hired(&client(), provider, metered_work(signer))
}

fn voucher(contract: ContractId, units: u64, sequence: u64) -> Voucher {
	Voucher { contract, units, sequence }
}

/// The call by which a provider bills what `signer` signed for, in the bytes that wallets sign.
fn redemption(contract: ContractId, voucher: Voucher, signer: Sr25519Keyring) -> EscrowCall {
	let signature = signer.sign(&Escrow::voucher_payload(voucher));
	EscrowCall::redeem { contract, voucher, signature: MultiSignature::Sr25519(signature) }
}

/// What so many units cost, in plancks.
fn price(units: u64) -> Balance {
	UNIT_PRICE * Balance::from(units)
}

#[test]
fn vouchers_should_be_worth_their_units_once_in_whatever_order_they_come() {
	on_development_network(|| {
		let provider = a_provider();
		let job = metered(&provider, Ferdie);
		let contract = contract(job);
		let redeem =
			|units, sequence| redemption(contract, voucher(contract, units, sequence), Ferdie);
		let bar = |call, error: EscrowError| barred(&provider.wallet, call, error);
		let mut books = Books::now();

		// The first starts the work. Each pays what is new, and all fees together are one payment's.
		let mut billed = 0;
		for (units, sequence) in [(10, 1), (301, 3), (303, 7)] {
			let told = did(&provider.wallet, redeem(units, sequence));
			let begins = (billed == 0).then_some("Escrow.ContractStarted");
			let expected: Vec<_> = begins.into_iter().chain(["Escrow.UnitsBilled"]).collect();
			assert_eq!(names(&told), expected);
			let taken = fee(price(units)) - fee(price(billed));
			let amount = price(units - billed);
			books = books.pay_for_work(&client(), &provider.wallet, amount, taken);
			books.clone().check();
			billed = units;
		}

		// Replayed, and brought in after a later one.
		bar(redeem(303, 7), EscrowError::VoucherOutdated);
		bar(redeem(20, 2), EscrowError::VoucherOutdated);
		bar(redeem(1_000, 6), EscrowError::VoucherOutdated);
		// A later one that takes units back, that adds none, that is beyond the cap.
		bar(redeem(302, 8), EscrowError::UnitsDecreased);
		bar(redeem(303, 8), EscrowError::NothingEarned);
		bar(redeem(1_001, 8), EscrowError::UnitsAboveCap);
		// One of another contract, of another signer, for other units, of another chain.
		let other = voucher(ContractId(contract.0 + 1), 400, 8);
		bar(redemption(contract, other, Ferdie), EscrowError::ForeignVoucher);
		let good = voucher(contract, 400, 8);
		bar(redemption(contract, good, Bob), EscrowError::VoucherInvalid);
		let EscrowCall::redeem { signature, .. } = redeem(400, 8) else { unreachable!() };
		let more = voucher(contract, 401, 8);
		let forged = EscrowCall::redeem { contract, voucher: more, signature: signature.clone() };
		bar(forged, EscrowError::VoucherInvalid);
		let elsewhere = Ferdie.sign(&good.payload(sp_core::H256::repeat_byte(1)));
		let signature = MultiSignature::Sr25519(elsewhere);
		let foreign = EscrowCall::redeem { contract, voucher: good, signature };
		bar(foreign, EscrowError::VoucherInvalid);
		barred(&stranger(), redeem(400, 8), EscrowError::NotProvider);
		books.clone().check();

		// What a browser's wallet signs is as good. The last unit ends the job.
		let all = voucher(contract, UNITS, 9);
		let payload = Escrow::voucher_payload(all);
		let genesis = System::block_hash(0);
		assert_eq!(payload, (VOUCHER_CONTEXT, genesis, all).encode());
		let signature = Ferdie.sign(&[b"<Bytes>", &payload[..], b"</Bytes>"].concat());
		let signature = MultiSignature::Sr25519(signature);
		let deposit = contract_deposit(contract);
		let told = did(&provider.wallet, EscrowCall::redeem { contract, voucher: all, signature });
		assert_eq!(
			names(&told),
			[
				"Escrow.UnitsBilled",
				"Escrow.ContractClosed",
				"Market.LeaseEnded",
				"Market.JobSettled"
			]
		);
		let taken = fee(PRICE) - fee(price(billed));
		books
			.pay_for_work(&client(), &provider.wallet, price(UNITS - billed), taken)
			.disengage(&client(), &provider.wallet, 0, BOND, deposit)
			.release(&client(), MarketHold::Deposit, deposits_without_milestones(0).job)
			.check();
		ended(job, JobOutcome::Completed, &[&provider]);
		bar(redeem(UNITS, 10), EscrowError::ContractNotFound);
		all_is_settled();
	});
}

#[test]
fn meter_should_pay_for_nothing_that_nobody_signed_for() {
	on_development_network(|| {
		let provider = a_provider();
		let job = metered(&provider, Bob);
		let (contract, since) = (contract(job), ActiveClock::now());
		did(&provider.wallet, redemption(contract, voucher(contract, 250, 1), Bob));
		// A meter that runs out did not fail: its provider may bring in the last voucher.
		let until = since + START_WITHIN + BLOCKS;
		pass_to(until + REVIEW);
		barred(&stranger(), MarketCall::report { job }, MarketError::NotOverdue);
		barred(&stranger(), EscrowCall::stop { contract }, EscrowError::NotParty);
		let before = Books::now();
		did(&provider.wallet, redemption(contract, voucher(contract, 500, 2), Bob));
		let paid = before.pay_for_work(
			&client(),
			&provider.wallet,
			price(250),
			fee(price(500)) - fee(price(250)),
		);
		paid.clone().check();
		pass(1);
		let last = redemption(contract, voucher(contract, UNITS, 3), Bob);
		barred(&provider.wallet, last, EscrowError::VoucherTooLate);

		let (before, deposit) = (Books::now(), contract_deposit(contract));
		let told = did(&stranger(), EscrowCall::stop { contract });

		assert_eq!(
			names(&told),
			[
				"Escrow.RemainderRefunded",
				"Escrow.ContractClosed",
				"Market.LeaseEnded",
				"Market.JobSettled"
			]
		);
		before
			.disengage(&client(), &provider.wallet, price(500), BOND, deposit)
			.release(&client(), MarketHold::Deposit, deposits_without_milestones(0).job)
			.check();
		ended(job, JobOutcome::Partial, &[&provider]);
		all_is_settled();
	});
}

#[test]
fn last_voucher_should_count_when_the_client_gave_notice() {
	on_development_network(|| {
		let provider = a_provider();
		let job = metered(&provider, Bob);
		let contract = contract(job);
		did(&provider.wallet, MarketCall::start { job });
		// It ends its part through the market, which may have a backup.
		barred(&provider.wallet, EscrowCall::stop { contract }, EscrowError::Controlled);
		let at = ActiveClock::now();
		assert_eq!(names(&did(&client(), EscrowCall::stop { contract })), ["Escrow.MeterStopping"]);
		barred(&client(), EscrowCall::stop { contract }, EscrowError::NoticeNotElapsed);
		pass_to(at + REVIEW);
		barred(&stranger(), EscrowCall::stop { contract }, EscrowError::NoticeNotElapsed);
		let (before, deposit) = (Books::now(), contract_deposit(contract));
		did(&provider.wallet, redemption(contract, voucher(contract, 100, 1), Bob));
		let paid = before.pay_for_work(&client(), &provider.wallet, price(100), fee(price(100)));
		paid.clone().check();
		pass(1);
		let late = redemption(contract, voucher(contract, 200, 2), Bob);
		barred(&provider.wallet, late, EscrowError::VoucherTooLate);
		did(&stranger(), EscrowCall::stop { contract });
		paid.disengage(&client(), &provider.wallet, price(UNITS - 100), BOND, deposit)
			.release(&client(), MarketHold::Deposit, deposits_without_milestones(0).job)
			.check();
		ended(job, JobOutcome::Partial, &[&provider]);
		all_is_settled();
	});
}

#[test]
fn job_should_end_when_its_provider_gives_up_a_meter_under_notice() {
	on_development_network(|| {
		let [first, second] = providers();
		let job = posted(&client(), metered_work(Bob), 1);
		for provider in [&first, &second] {
			bid(job, provider, UNIT_PRICE);
		}
		assign(job, &first);
		let (contract, deposit) = (contract(job), contract_deposit(contract(job)));
		did(&first.wallet, redemption(contract, voucher(contract, 250, 1), Bob));
		did(&client(), EscrowCall::stop { contract });

		let before = Books::now();
		let told = did(&first.wallet, MarketCall::give_up { job });

		// The client wants no more units, so the backup does not get the rest of them.
		assert_eq!(
			names(&told),
			[
				"Escrow.RemainderRefunded",
				"Escrow.ContractClosed",
				"Market.LeaseEnded",
				"Market.BidReleased",
				"Market.JobSettled"
			]
		);
		before
			.disengage(&client(), &first.wallet, price(UNITS - 250), BOND, deposit)
			.release(&second.wallet, MarketHold::Bond, BOND)
			.release(&client(), MarketHold::Deposit, deposits_without_milestones(1).job)
			.check();
		ended(job, JobOutcome::Partial, &[&first]);
		assert_eq!(counted().reassigned, 0);
		all_is_settled();
	});
}

#[test]
fn stream_should_pause_at_zero_and_go_on_when_somebody_tops_it_up() {
	on_development_network(|| {
		let provider = a_provider();
		// It is paid for 30 blocks, which end 5 blocks after it has started at once.
		let plan = PaymentPlan::Stream { blocks: BLOCKS };
		let job = hired(&client(), &provider, work_paid_by(plan));
		let (contract, deposit) = (contract(job), contract_deposit(contract(job)));
		let rate = PRICE / Balance::from(BLOCKS);
		let total = rate * Balance::from(BLOCKS);
		let bond = total / 10;
		let early = EscrowError::NotStarted;
		barred(&stranger(), EscrowCall::settle_stream { contract }, early);
		did(&provider.wallet, MarketCall::start { job });
		let at = ActiveClock::now();
		barred(&stranger(), EscrowCall::settle_stream { contract }, EscrowError::NothingEarned);

		// What was earned is paid when somebody asks. Many payments take the fee of one.
		pass(10);
		let before = Books::now();
		did(&stranger(), EscrowCall::settle_stream { contract });
		let ten = rate * 10;
		before.pay_for_work(&client(), &provider.wallet, ten, fee(ten)).check();
		pass_to(at + BLOCKS + 2);
		let before = Books::now();
		let told = did(&stranger(), EscrowCall::settle_stream { contract });
		assert_eq!(names(&told), ["Escrow.StreamPaid", "Escrow.StreamPaused"]);
		let paused = EscrowEvent::StreamPaused { contract, at: at + BLOCKS };
		assert_eq!(told[1], RuntimeEvent::Escrow(paused));
		let rest = total - ten;
		before.pay_for_work(&client(), &provider.wallet, rest, fee(total) - fee(ten)).check();
		barred(&stranger(), EscrowCall::settle_stream { contract }, EscrowError::NothingEarned);
		barred(&stranger(), MarketCall::report { job }, MarketError::NotOverdue);

		// Three blocks are left. The two that passed without money cost nothing.
		let too_much = EscrowCall::top_up { contract, amount: 3 * rate + 1 };
		barred(&stranger(), too_much, EscrowError::TopUpUnusable);
		let before = Books::now();
		let amount = 2 * rate;
		let told = did(&stranger(), EscrowCall::top_up { contract, amount });
		assert_eq!(names(&told), ["Escrow.StreamToppedUp"]);
		before
			.give(&stranger(), &client(), amount)
			.hold(&client(), EscrowHold::Escrow, amount)
			.check();
		pass(1);
		let before = Books::now();
		did(&client(), EscrowCall::stop { contract });

		// One block more is paid; what the stranger gave for the other is the client's own.
		let taken = fee(total + rate) - fee(total);
		before
			.pay_for_work(&client(), &provider.wallet, rate, taken)
			.disengage(&client(), &provider.wallet, rate, bond, deposit)
			.release(&client(), MarketHold::Deposit, deposits_without_milestones(0).job)
			.check();
		ended(job, JobOutcome::Partial, &[&provider]);
		assert_eq!(counted().value_settled, total + rate);
		all_is_settled();
	});
}

#[test]
fn stream_should_be_ended_by_anybody_when_both_are_silent() {
	on_development_network(|| {
		let provider = a_provider();
		let plan = PaymentPlan::Stream { blocks: BLOCKS };
		let job = hired(&client(), &provider, work_paid_by(plan));
		let (contract, deposit) = (contract(job), contract_deposit(contract(job)));
		let total = PRICE / Balance::from(BLOCKS) * Balance::from(BLOCKS);
		let until = ActiveClock::now() + START_WITHIN + BLOCKS;
		did(&provider.wallet, MarketCall::start { job });
		pass_to(until);
		barred(&stranger(), EscrowCall::stop { contract }, EscrowError::NotParty);
		pass(1);
		let before = Books::now();
		did(&stranger(), EscrowCall::stop { contract });
		before
			.pay_for_work(&client(), &provider.wallet, total, fee(total))
			.disengage(&client(), &provider.wallet, 0, total / 10, deposit)
			.release(&client(), MarketHold::Deposit, deposits_without_milestones(0).job)
			.check();
		ended(job, JobOutcome::Completed, &[&provider]);
		all_is_settled();
	});
}

/// Lets Bob open contract 0 with `provider`.
fn opened(provider: &AccountId, agreement: Agreement<AccountId>) {
	did(&client(), EscrowCall::open { provider: provider.clone(), agreement });
}

#[test]
fn two_of_three_approvers_should_release_when_the_client_is_silent() {
	on_development_network(|| {
		let provider = endowed(0xc0, 0, AIT);
		let accounts = [Charlie, Dave, Eve].map(|one| one.to_account_id());
		let approvers = Some(Approvers { accounts: accounts.to_vec(), threshold: 2 });
		opened(&provider, Agreement { approvers, ..agreement(40 * AIT) });
		let approve = EscrowCall::approve { contract: CONTRACT, milestone: FIRST };
		barred(&accounts[0], approve.clone(), EscrowError::NotFunded);
		did(&client(), EscrowCall::fund { contract: CONTRACT, expected: 40 * AIT });
		barred(&accounts[0], approve.clone(), EscrowError::NotSubmitted);
		let work = evidence(1);
		did(&provider, EscrowCall::submit { contract: CONTRACT, milestone: FIRST, evidence: work });

		let (before, deposit) = (Books::now(), contract_deposit(CONTRACT));
		did(&accounts[0], approve.clone());
		before.clone().check();
		barred(&accounts[0], approve.clone(), EscrowError::AlreadyApproved);
		for other in [client(), provider.clone(), Ferdie.to_account_id()] {
			barred(&other, approve.clone(), EscrowError::NotApprover);
		}
		let told = did(&accounts[2], approve);

		assert_eq!(
			names(&told),
			["Escrow.MilestoneApproved", "Escrow.MilestoneReleased", "Escrow.ContractClosed"]
		);
		let cause = told.iter().find_map(|event| match event {
			RuntimeEvent::Escrow(EscrowEvent::MilestoneReleased { cause, .. }) => Some(*cause),
			_ => None,
		});
		assert_eq!(cause, Some(ReleaseCause::Approvers));
		before
			.pay_for_work(&client(), &provider, 40 * AIT, AIT)
			.release(&client(), EscrowHold::Deposit, deposit)
			.check();
		all_is_settled();
	});
}

#[test]
fn bonds_should_return_but_for_what_a_missed_due_block_costs() {
	on_development_network(|| {
		let provider = endowed(0xc0, 0, 20 * AIT);
		let bonds = Bonds { client: 4 * AIT, provider: 10 * AIT };
		let total = 40 * AIT;
		let begun = Books::now();
		opened(&provider, Agreement { bonds, ..agreement(total) });
		let fund = EscrowCall::fund { contract: CONTRACT, expected: total };
		barred(&client(), fund.clone(), EscrowError::NotAccepted);
		let accept = |bonds, total| EscrowCall::accept { contract: CONTRACT, bonds, total };
		let other = Bonds { provider: 9 * AIT, ..bonds };
		barred(&provider, accept(other, total), EscrowError::BondsMismatch);
		barred(&provider, accept(bonds, total + 1), EscrowError::TotalMismatch);
		did(&provider, accept(bonds, total));
		did(&client(), fund);
		begun
			.clone()
			.engage(&client(), &provider, total, bonds.provider, contract_deposit(CONTRACT))
			.hold(&client(), EscrowHold::Bond, bonds.client)
			.check();
		did(&provider, EscrowCall::start { contract: CONTRACT });
		pass(31);

		let refund = EscrowCall::refund { contract: CONTRACT, milestone: FIRST };
		let told = did(&stranger(), refund);

		assert_eq!(
			names(&told),
			["Escrow.MilestoneRefunded", "Escrow.BondSlashed", "Escrow.ContractClosed"]
		);
		let half = bonds.provider / 2 / 2;
		begun.give(&provider, &client(), half).give(&provider, &treasury(), half).check();
		all_is_settled();
	});
}

#[test]
fn bond_should_return_when_the_provider_never_started() {
	on_development_network(|| {
		let provider = endowed(0xc0, 0, 20 * AIT);
		let bonds = Bonds { client: 0, provider: 10 * AIT };
		let begun = Books::now();
		opened(&provider, Agreement { bonds, ..agreement(40 * AIT) });
		did(&provider, EscrowCall::accept { contract: CONTRACT, bonds, total: 40 * AIT });
		did(&client(), EscrowCall::fund { contract: CONTRACT, expected: 40 * AIT });
		pass(31);
		did(&stranger(), EscrowCall::refund { contract: CONTRACT, milestone: FIRST });
		begun.check();
		all_is_settled();
	});
}

#[test]
fn reputation_should_come_off_the_fee() {
	on_development_network(|| {
		let provider = a_provider();
		// Twenty clients that have nothing to do with each other, each once.
		for number in 0..20 {
			let client = endowed(0xc0, number, 500 * AIT);
			let job = hired(&client, &provider, work());
			let contract = contract(job);
			for place in 0..3 {
				submit(job, place);
				did(&client, release(contract, place));
			}
		}
		let bound = Reputation::lower_bound(provider.agent);
		assert!(bound > Perbill::from_percent(50), "{bound:?}");

		let job = hired(&client(), &provider, work());

		// The bound's share of two fifths comes off, and what is left is rounded up.
		let contract = contract(job);
		let spared = 400_000_000 * u128::from(bound.deconstruct()) / 1_000_000_000;
		let rate = (25_000_000 * (1_000_000_000 - spared)).div_ceil(1_000_000_000);
		let info = Escrow::contract(contract).expect("it is open");
		assert_eq!(u128::from(info.fee_rate.deconstruct()), rate);
		let share = |amount: Balance| (amount * rate).div_ceil(1_000_000_000);
		assert!(share(PRICE) < fee(PRICE) * 4 / 5, "more than a fifth is spared");
		let (before, deposit) = (Books::now(), info.deposit);
		for place in 0..3 {
			submit(job, place);
			did(&client(), release(contract, place));
		}
		let taken = share(part(40)) + 2 * share(part(30));
		before
			.pay_for_work(&client(), &provider.wallet, PRICE, taken)
			.disengage(&client(), &provider.wallet, 0, BOND, deposit)
			.release(&client(), MarketHold::Deposit, deposits(0).job)
			.check();
		all_is_settled();
	});
}

#[test]
fn parties_should_divide_a_milestone_when_both_agree() {
	on_development_network(|| {
		let provider = a_provider();
		let job = assigned(&provider, &[]);
		let (contract, deposit) = (contract(job), contract_deposit(contract(job)));
		for place in 0..3 {
			submit(job, place);
		}
		let before = Books::now();
		let offer =
			EscrowCall::offer_split { contract, milestone: FIRST, provider_share: part(10) };
		did(&client(), offer);
		let accept = |expected| EscrowCall::accept_split { contract, milestone: FIRST, expected };
		barred(&client(), accept(part(10)), EscrowError::OwnSplit);
		barred(&provider.wallet, accept(part(40)), EscrowError::SplitMismatch);
		did(&provider.wallet, accept(part(10)));
		did(&client(), release(contract, 1));
		did(&client(), release(contract, 2));

		before
			.pay_for_work(&client(), &provider.wallet, part(70), fee(part(70)))
			.disengage(&client(), &provider.wallet, part(30), BOND, deposit)
			.release(&client(), MarketHold::Deposit, deposits(0).job)
			.check();
		ended(job, JobOutcome::Partial, &[&provider]);
		all_is_settled();
	});
}

//! Tests of reading.

use crate::{mock::*, runtime_api::MAX_PAGE, *};
use aitbc_core::{Balance, Bonds, ContractId, PaymentTerms, Voucher};
use codec::Encode;
use frame_support::assert_ok;
use sp_runtime::Perbill;

/// What is shown of a contract between [`CLIENT`] and [`PROVIDER`] that is open and pays so.
fn open_info(contract: ContractId, payment: PaymentInfo<AccountId>) -> ContractInfo<AccountId> {
	ContractInfo {
		contract,
		job: None,
		client: CLIENT,
		provider: PROVIDER,
		agent: Some(AGENT),
		terms: terms(),
		review_period: REVIEW,
		approvers: None,
		bonds: Bonds::default(),
		bonds_held: Bonds::default(),
		fee_rate: Perbill::from_parts(25_000_000),
		deposit: record(contract).deposit,
		funded_since: None,
		accepted: false,
		started: None,
		payment,
	}
}

#[test]
fn contract_should_show_the_agreement_when_it_is_open() {
	build_and_execute(|| {
		let deal = Deal::of(2).approved_by(2).bonded();
		let contract = deal.open();
		assert_ok!(deal.try_accept(contract));

		let pending = Milestone { amount: AMOUNT, due: DUE, state: MilestoneState::PENDING };
		let info = ContractInfo {
			approvers: deal.agreement.approvers,
			bonds: BONDS,
			bonds_held: Bonds { client: 0, ..BONDS },
			accepted: true,
			..open_info(contract, PaymentInfo::Milestones(vec![pending; 2]))
		};
		assert_eq!(Escrow::contract(contract), Some(info));
	});
}

#[test]
fn contract_should_show_the_progress_when_it_is_funded() {
	build_and_execute(|| {
		let contract = Deal::of(2).bonded().fund();
		set_now(START + 3);
		assert_ok!(Escrow::submit(signed(PROVIDER), contract, M0, evidence()));
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		let milestone = |state| Milestone { amount: AMOUNT, due: DUE, state };
		let released = MilestoneState::Released { fee: FEE, on_time: true };
		let milestones = vec![milestone(released), milestone(MilestoneState::PENDING)];
		let info = ContractInfo {
			bonds: BONDS,
			bonds_held: BONDS,
			funded_since: Some(START),
			accepted: true,
			started: Some(START + 3),
			..open_info(contract, PaymentInfo::Milestones(milestones))
		};
		assert_eq!(Escrow::contract(contract), Some(info));
	});
}

/// What is shown of a stream.
fn stream_info(contract: ContractId) -> StreamInfo {
	match Escrow::contract(contract).map(|info| info.payment) {
		Some(PaymentInfo::Stream(info)) => info,
		_ => panic!("the contract pays for time"),
	}
}

#[test]
fn contract_should_show_what_a_stream_earned_and_where_its_money_runs_out() {
	build_and_execute(|| {
		let contract = Deal::stream().open();
		let waiting = StreamInfo {
			rate: RATE,
			until: DUE,
			held: POT,
			earned: 0,
			paid: 0,
			fee: 0,
			settled_at: None,
			runs_out_at: None,
			paused_since: None,
			dispute: None,
		};
		let info = open_info(contract, PaymentInfo::Stream(waiting.clone()));
		assert_eq!(Escrow::contract(contract), Some(info));

		assert_ok!(Escrow::fund(signed(CLIENT), contract, POT));
		assert_ok!(Escrow::start(signed(PROVIDER), contract));
		set_now(START + 4);
		let running = StreamInfo {
			earned: 400,
			settled_at: Some(START),
			runs_out_at: Some(START + 11),
			..waiting
		};
		assert_eq!(stream_info(contract), running);

		set_now(START + 11);
		let paused = StreamInfo { earned: POT, paused_since: Some(START + 11), ..running.clone() };
		assert_eq!(stream_info(contract), paused);

		set_now(START + 20);
		assert_eq!(stream_info(contract), paused);
		assert_ok!(Escrow::settle_stream(signed(PROVIDER), contract));
		let settled = StreamInfo {
			held: 0,
			earned: 0,
			paid: POT,
			fee: 26,
			settled_at: Some(START + 11),
			..paused
		};
		assert_eq!(stream_info(contract), settled);

		// Twenty blocks are left, and paid for.
		assert_ok!(Escrow::top_up(signed(CLIENT), contract, 20 * RATE));
		let topped_up = StreamInfo {
			held: 20 * RATE,
			settled_at: Some(START + 20),
			runs_out_at: None,
			paused_since: None,
			..settled
		};
		assert_eq!(stream_info(contract), topped_up);
	});
}

#[test]
fn contract_should_show_that_the_time_of_a_stream_stands_still_when_it_is_disputed() {
	build_and_execute(|| {
		let contract = Deal::stream().dispute();
		set_now(START + 4);

		let info = stream_info(contract);

		assert_eq!(info.dispute, stream(contract).dispute);
		assert_eq!((info.earned, info.runs_out_at, info.paused_since), (0, None, None));
	});
}

#[test]
fn contract_should_show_what_a_meter_billed_and_how_long_it_takes_vouchers() {
	build_and_execute(|| {
		let contract = Deal::metered().open();
		let open = MeterInfo {
			terms: meter_terms(),
			held: 2_000,
			billed: 0,
			paid: 0,
			fee: 0,
			sequence: 0,
			phase: MeterPhase::Running,
			vouchers_until: Some(DUE + REVIEW),
		};
		let show = || match Escrow::contract(contract).map(|info| info.payment) {
			Some(PaymentInfo::Metered(info)) => info,
			_ => panic!("the contract pays for units"),
		};
		assert_eq!(show(), open);

		assert_ok!(Escrow::fund(signed(CLIENT), contract, 2_000));
		assert_ok!(redeem(contract, 30, 4));
		assert_ok!(Escrow::stop(signed(CLIENT), contract));
		let stopping = MeterInfo {
			held: 1_700,
			billed: 30,
			paid: 300,
			fee: 8,
			sequence: 4,
			phase: MeterPhase::Stopping { since: START },
			vouchers_until: Some(START + REVIEW),
			..open
		};
		assert_eq!(show(), stopping);

		assert_ok!(Escrow::dispute(signed(CLIENT), contract, None, CLAIM));
		let phase = meter(contract).phase;
		assert_eq!(show(), MeterInfo { phase, vouchers_until: None, ..stopping });
	});
}

#[test]
fn contract_should_show_nothing_when_it_closed() {
	build_and_execute(|| {
		let contract = Deal::default().open();
		assert_ok!(Escrow::cancel(signed(CLIENT), contract));
		assert_eq!(Escrow::contract(contract), None);
	});
}

/// All pages of an account's contracts.
fn pages(account: AccountId, limit: u32) -> Vec<ContractPage<AccountId>> {
	let mut pages = vec![Escrow::contracts_of(&account, None, limit)];
	while let Some(after) = pages.last().and_then(|page| page.next) {
		pages.push(Escrow::contracts_of(&account, Some(after), limit));
	}
	pages
}

/// The ids on all of the pages, sorted.
fn ids(pages: &[ContractPage<AccountId>]) -> Vec<ContractId> {
	let mut ids: Vec<_> =
		pages.iter().flat_map(|page| page.contracts.iter().map(|info| info.contract)).collect();
	ids.sort();
	ids
}

#[test]
fn contracts_of_should_show_each_contract_once_when_paged() {
	build_and_execute(|| {
		let expected: Vec<_> = (0..7).map(|_| Deal::default().open()).collect();
		Deal::default().between(STRANGER, BANK).open();

		for party in [CLIENT, PROVIDER] {
			for (limit, sizes) in [(3, vec![3, 3, 1]), (7, vec![7]), (100, vec![7])] {
				let pages = pages(party.clone(), limit);
				assert_eq!(ids(&pages), expected);
				let actual: Vec<_> = pages.iter().map(|page| page.contracts.len()).collect();
				assert_eq!(actual, sizes);
			}
		}
	});
}

#[test]
fn contracts_of_should_go_on_when_the_contract_it_goes_on_from_has_closed() {
	build_and_execute(|| {
		for _ in 0..4 {
			Deal::default().open();
		}
		let whole = Escrow::contracts_of(&CLIENT, None, 4);
		let first = Escrow::contracts_of(&CLIENT, None, 2);
		let after = first.next.expect("there are more");
		assert_ok!(Escrow::cancel(signed(CLIENT), after));

		let second = Escrow::contracts_of(&CLIENT, Some(after), 2);

		assert_eq!(second.contracts, whole.contracts[2..]);
		assert_eq!(second.next, None);
	});
}

#[test]
fn contracts_of_should_clamp_the_limit_when_it_is_out_of_range() {
	build_and_execute(|| {
		for _ in 0..MAX_PAGE + 1 {
			Deal::default().open();
		}
		assert_eq!(Escrow::contracts_of(&CLIENT, None, 0).contracts.len(), 1);
		let page = Escrow::contracts_of(&CLIENT, None, u32::MAX);
		assert_eq!(page.contracts.len(), 100);
		assert!(page.next.is_some());
	});
}

#[test]
fn contracts_of_should_show_an_empty_page_when_the_account_has_none() {
	build_and_execute(|| {
		let empty = ContractPage { contracts: vec![], next: None };
		assert_eq!(Escrow::contracts_of(&CLIENT, None, 10), empty);
		assert_eq!(Escrow::contracts_of(&CLIENT, Some(FIRST), 10), empty);
	});
}

#[test]
fn deposit_for_should_be_what_opening_takes() {
	build_and_execute(|| {
		let deals = [
			(Deal::of(1), deposit_of(1)),
			(Deal::of(10), deposit_of(10)),
			(Deal::of(10).approved_by(1).bonded(), deposit_of(10) + APPROVERS_DEPOSIT),
			(Deal::stream(), stream_deposit()),
			(Deal::metered(), meter_deposit()),
		];
		for (deal, expected) in deals {
			let before = held(HoldReason::Deposit, CLIENT);
			deal.open();
			let taken = held(HoldReason::Deposit, CLIENT) - before;
			assert_eq!(Escrow::deposit_for(deal.agreement), taken);
			assert_eq!(taken, expected);
		}
	});
}

#[test]
fn deposit_for_should_be_that_of_the_longest_lists_when_they_are_too_long() {
	new_test_ext().execute_with(|| {
		assert_eq!(Escrow::deposit_for(Deal::of(11).agreement), deposit_of(10));
		assert_eq!(Escrow::deposit_for(Deal::of(500).agreement), deposit_of(10));
	});
}

#[test]
fn deposit_should_pay_for_the_most_that_a_contract_comes_to_occupy() {
	build_and_execute(|| {
		let deals = [Deal::of(3).approved_by(3).bonded(), Deal::stream(), Deal::metered()];
		for deal in deals {
			let contract = match deal.agreement.payment {
				PaymentTerms::Milestones(_) => deal.submit(),
				_ => deal.dispute(),
			};
			if let PaymentTerms::Milestones(milestones) = &deal.agreement.payment {
				for index in 0..milestones.len() as u32 {
					let milestone = MilestoneIndex(index);
					assert_ok!(Escrow::offer_split(signed(CLIENT), contract, milestone, 0));
				}
			}
			let record = record(contract);
			let index = 2 * (CLIENT.encoded_size() + contract.encoded_size());
			let open = Business::<Test>::get(PROVIDER, CLIENT).expect("the two are in business");
			let business = 2 * CLIENT.encoded_size() + open.encoded_size();
			// A contract of a job has its id besides.
			let occupied = record.encoded_size() + JOB.encoded_size() + index + business;
			assert_eq!(record.deposit, 4 * 10 + occupied as Balance);
		}
	});
}

#[test]
fn voucher_payload_should_name_the_chain_and_the_voucher() {
	new_test_ext().execute_with(|| {
		let voucher = Voucher { contract: FIRST, units: 30, sequence: 1 };
		let expected = (b"aitbc/escrow/voucher/01", System::block_hash(0), voucher).encode();
		assert_eq!(Escrow::voucher_payload(voucher), expected);
	});
}

#[test]
fn open_work_should_count_the_funded_contracts() {
	build_and_execute(|| {
		Deal::default().fund();
		Deal::default().open();
		assert_eq!(Escrow::open_work(AGENT), 1);
	});
}

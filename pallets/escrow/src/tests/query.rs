//! Tests of reading.

use crate::{mock::*, runtime_api::MAX_PAGE, *};
use aitbc_core::ContractId;
use frame_support::assert_ok;
use sp_runtime::Perbill;

#[test]
fn contract_should_show_the_agreement_when_it_is_open() {
	build_and_execute(|| {
		let contract = Deal::of(2).open();

		let pending = Milestone { amount: AMOUNT, due: DUE, state: MilestoneState::Pending };
		let info = ContractInfo {
			contract,
			client: CLIENT,
			provider: PROVIDER,
			terms: terms(),
			review_period: REVIEW,
			fee_rate: Perbill::from_parts(25_000_000),
			deposit: deposit_of(2),
			funded_since: None,
			accepted: false,
			milestones: vec![pending; 2],
		};
		assert_eq!(Escrow::contract(contract), Some(info));
	});
}

#[test]
fn contract_should_show_the_progress_when_it_is_funded() {
	build_and_execute(|| {
		let contract = Deal::of(2).fund();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		let info = Escrow::contract(contract).expect("the contract is in storage");

		assert_eq!(info.funded_since, Some(START));
		assert!(!info.accepted);
		let states: Vec<_> = info.milestones.iter().map(|milestone| milestone.state).collect();
		let released = MilestoneState::Released { fee: FEE, on_time: true };
		assert_eq!(states, [released, MilestoneState::Pending]);
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
		Deal { client: STRANGER, provider: BANK, ..Deal::default() }.open();

		for party in [CLIENT, PROVIDER] {
			for (limit, sizes) in [(3, vec![3, 3, 1]), (7, vec![7]), (100, vec![7])] {
				let pages = pages(party, limit);
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
		for count in [1, 10] {
			let before = held(HoldReason::Deposit, CLIENT);
			Deal::of(count as usize).open();
			let taken = held(HoldReason::Deposit, CLIENT) - before;
			assert_eq!(Escrow::deposit_for(count), taken);
			assert_eq!(taken, deposit_of(count.into()));
		}
	});
}

#[test]
fn open_work_should_count_the_funded_contracts() {
	build_and_execute(|| {
		Deal::default().fund();
		Deal::default().open();
		assert_eq!(Escrow::open_work(PROVIDER), 1);
	});
}

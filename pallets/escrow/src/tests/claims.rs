//! Tests of what becomes a claim, and of `collect`.

use crate::{mock::*, *};
use aitbc_core::{Balance, ContractId};
use frame_support::{assert_noop, assert_ok};

/// An existential deposit that a test milestone does not reach.
const HIGH_ED: Balance = 5_000;

/// Two submitted milestones whose provider owns nothing, and could not be paid them any more.
fn unpayable() -> ContractId {
	let contract = Deal::of(2).submit();
	drain(PROVIDER);
	set_existential_deposit(HIGH_ED);
	contract
}

fn payment(amount: Balance) -> Claim<AccountId> {
	Claim { payer: CLIENT, payee: PROVIDER, amount }
}

fn own(amount: Balance) -> Claim<AccountId> {
	Claim { payer: CLIENT, payee: CLIENT, amount }
}

#[test]
fn release_should_open_a_claim_when_the_provider_can_not_be_credited() {
	build_and_execute(|| {
		let contract = unpayable();
		let treasury = free(TREASURY);
		reset_events();

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		let net = AMOUNT - FEE;
		assert_eq!(Claims::<Test>::get(contract, ClaimKind::Payment), Some(payment(net)));
		assert_eq!(milestone(contract, M0), MilestoneState::Released { fee: FEE, on_time: true });
		assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT + net);
		assert_eq!(free(PROVIDER), 0);
		assert_eq!(free(TREASURY), treasury + FEE);
		let opened = Event::ClaimOpened {
			contract,
			kind: ClaimKind::Payment,
			payer: CLIENT,
			payee: PROVIDER,
			amount: net,
		};
		let released = Event::MilestoneReleased {
			contract,
			milestone: M0,
			provider: PROVIDER,
			amount: AMOUNT,
			fee: FEE,
			cause: ReleaseCause::Approval,
			on_time: true,
		};
		assert_eq!(events(), [opened, released]);
	});
}

#[test]
fn settle_should_add_to_the_claim_and_close_when_it_is_the_last_milestone() {
	build_and_execute(|| {
		let contract = unpayable();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		set_now(START + REVIEW);

		assert_ok!(Escrow::settle(signed(STRANGER), contract, M1));

		let net = 2 * (AMOUNT - FEE);
		assert!(!Contracts::<Test>::contains_key(contract));
		assert_eq!(Claims::<Test>::get(contract, ClaimKind::Payment), Some(payment(net)));
		assert_eq!(held(HoldReason::Escrow, CLIENT), net);
		assert_eq!(held(HoldReason::Deposit, CLIENT), 0);
		assert_eq!(Heard::get().len(), 1);
		assert_eq!(Heard::get()[0].fee, 2 * FEE);
	});
}

#[test]
fn refund_should_open_claims_when_the_client_can_not_be_credited() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		keep_only_holds(CLIENT);
		set_existential_deposit(HIGH_ED);
		reset_events();

		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));

		assert!(!Contracts::<Test>::contains_key(contract));
		assert_eq!(Claims::<Test>::get(contract, ClaimKind::Refund), Some(own(AMOUNT)));
		assert_eq!(Claims::<Test>::get(contract, ClaimKind::Deposit), Some(own(deposit_of(1))));
		assert_eq!(held(HoldReason::Escrow, CLIENT), AMOUNT);
		assert_eq!(held(HoldReason::Deposit, CLIENT), deposit_of(1));
		assert_eq!(free(CLIENT), 0);
		let opened = |kind, amount| Event::ClaimOpened {
			contract,
			kind,
			payer: CLIENT,
			payee: CLIENT,
			amount,
		};
		let refunded = Event::MilestoneRefunded {
			contract,
			milestone: M0,
			client: CLIENT,
			amount: AMOUNT,
			cause: RefundCause::Withdrawal,
			missed: false,
		};
		let closed = Event::ContractClosed { closed: Heard::get()[0].clone() };
		assert_eq!(
			events(),
			[
				opened(ClaimKind::Refund, AMOUNT),
				refunded,
				opened(ClaimKind::Deposit, deposit_of(1)),
				closed
			]
		);
	});
}

#[test]
fn release_should_pay_the_provider_when_only_the_deposit_can_not_return() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		keep_only_holds(CLIENT);
		set_existential_deposit(HIGH_ED);

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(free(PROVIDER), WEALTH + AMOUNT - FEE);
		assert_eq!(Escrow::claims(contract), [(ClaimKind::Deposit, own(deposit_of(1)))]);
	});
}

/// See `keeping_total`: without its check the client would lose its 50 plancks to dust here, and
/// with the higher existential deposit its storage deposit as well.
#[test]
fn cancel_should_open_a_claim_when_returning_the_deposit_would_turn_money_to_dust() {
	for existential_deposit in [100, 220] {
		build_and_execute(|| {
			let contract = Deal::default().open();
			let spare = free(CLIENT) - 50;
			assert_ok!(Balances::transfer_allow_death(signed(CLIENT), BANK, spare));
			set_existential_deposit(existential_deposit);

			assert_ok!(Escrow::cancel(signed(PROVIDER), contract));

			assert_eq!(free(CLIENT), 50);
			assert_eq!(held(HoldReason::Deposit, CLIENT), deposit_of(1));
			assert_eq!(Escrow::claims(contract), [(ClaimKind::Deposit, own(deposit_of(1)))]);
		});
	}
}

#[test]
fn release_should_waive_the_fee_when_the_treasury_can_not_be_credited() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		ExistentialDeposit::set(&100);
		reset_events();

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		assert_eq!(free(PROVIDER), WEALTH + AMOUNT);
		assert_eq!(free(TREASURY), ED);
		assert_eq!(Heard::get()[0].fee, 0);
		assert_eq!(Heard::get()[0].released, AMOUNT);
		let released = Event::MilestoneReleased {
			contract,
			milestone: M0,
			provider: PROVIDER,
			amount: AMOUNT,
			fee: 0,
			cause: ReleaseCause::Approval,
			on_time: true,
		};
		assert_eq!(events()[0], released);
	});
}

#[test]
fn collect_should_pay_the_whole_claim_when_the_provider_can_be_credited() {
	build_and_execute(|| {
		let contract = unpayable();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_ok!(Escrow::release(signed(CLIENT), contract, M1));
		let net = 2 * (AMOUNT - FEE);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), PROVIDER, HIGH_ED));
		reset_events();

		assert_ok!(Escrow::collect(signed(STRANGER), contract, ClaimKind::Payment));

		assert_eq!(Claims::<Test>::iter().count(), 0);
		assert_eq!(held(HoldReason::Escrow, CLIENT), 0);
		assert_eq!(free(PROVIDER), HIGH_ED + net);
		let collected = Event::ClaimCollected {
			contract,
			kind: ClaimKind::Payment,
			payee: PROVIDER,
			amount: net,
		};
		assert_eq!(events(), [collected]);
	});
}

#[test]
fn collect_should_pay_when_the_parts_of_a_claim_together_suffice() {
	build_and_execute(|| {
		let contract = Deal::of(2).submit();
		drain(PROVIDER);
		// More than one net amount, less than two.
		set_existential_deposit(AMOUNT);
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_ok!(Escrow::release(signed(CLIENT), contract, M1));

		assert_ok!(Escrow::collect(signed(PROVIDER), contract, ClaimKind::Payment));

		assert_eq!(free(PROVIDER), 2 * (AMOUNT - FEE));
	});
}

#[test]
fn collect_should_return_the_clients_own_money_when_it_can_be_credited() {
	build_and_execute(|| {
		let contract = Deal::default().fund();
		keep_only_holds(CLIENT);
		set_existential_deposit(HIGH_ED);
		assert_ok!(Escrow::refund(signed(PROVIDER), contract, M0));
		assert_ok!(Balances::transfer_allow_death(signed(BANK), CLIENT, HIGH_ED));

		assert_ok!(Escrow::collect(signed(STRANGER), contract, ClaimKind::Deposit));
		assert_ok!(Escrow::collect(signed(STRANGER), contract, ClaimKind::Refund));

		assert_eq!(held(HoldReason::Deposit, CLIENT), 0);
		assert_eq!(held(HoldReason::Escrow, CLIENT), 0);
		assert_eq!(free(CLIENT), HIGH_ED + AMOUNT + deposit_of(1));
		assert_eq!(Claims::<Test>::iter().count(), 0);
	});
}

#[test]
fn collect_should_fail_when_there_is_no_such_claim() {
	build_and_execute(|| {
		let contract = unpayable();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_noop!(
			Escrow::collect(signed(CLIENT), contract, ClaimKind::Refund),
			Error::<Test>::ClaimNotFound
		);
	});
}

#[test]
fn collect_should_fail_when_the_payee_still_can_not_be_credited() {
	build_and_execute(|| {
		let contract = unpayable();
		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));
		assert_noop!(
			Escrow::collect(signed(PROVIDER), contract, ClaimKind::Payment),
			Error::<Test>::PayeeNotCreditable
		);
	});
}

/// The claim of this kind on this contract.
fn claim(contract: ContractId, kind: ClaimKind) -> Option<Claim<AccountId>> {
	Claims::<Test>::get(contract, kind)
}

#[test]
fn settle_stream_should_open_a_claim_when_the_provider_can_not_be_credited() {
	build_and_execute(|| {
		let contract = Deal::stream().start();
		drain(PROVIDER);
		set_existential_deposit(HIGH_ED);
		for blocks in [1, 4] {
			set_now(START + blocks);
			assert_ok!(Escrow::settle_stream(signed(STRANGER), contract));
		}

		assert_eq!(claim(contract, ClaimKind::Payment), Some(payment(390)));
		assert_eq!(held(HoldReason::Escrow, CLIENT), POT - 10);
		assert_ok!(Escrow::stop(signed(CLIENT), contract));
		assert_eq!(held(HoldReason::Escrow, CLIENT), 390);
	});
}

#[test]
fn stop_should_open_claims_when_the_client_can_not_be_credited() {
	build_and_execute(|| {
		let contract = Deal::stream().bonded().start();
		keep_only_holds(CLIENT);
		set_existential_deposit(HIGH_ED);

		assert_ok!(Escrow::stop(signed(PROVIDER), contract));

		assert_eq!(claim(contract, ClaimKind::Refund), Some(own(POT)));
		assert_eq!(claim(contract, ClaimKind::ClientBond), Some(own(BONDS.client)));
		assert_eq!(claim(contract, ClaimKind::Deposit), Some(own(stream_deposit())));
		assert_eq!(held(HoldReason::Bond, CLIENT), BONDS.client);
		assert_eq!(free(PROVIDER), WEALTH);
	});
}

#[test]
fn release_should_open_a_claim_when_the_providers_bond_can_not_return() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().submit();
		keep_only_holds(PROVIDER);
		set_existential_deposit(HIGH_ED);

		assert_ok!(Escrow::release(signed(CLIENT), contract, M0));

		let bond = Claim { payer: PROVIDER, payee: PROVIDER, amount: BONDS.provider };
		assert_eq!(claim(contract, ClaimKind::ProviderBond), Some(bond));
		assert_eq!(claim(contract, ClaimKind::Payment), Some(payment(AMOUNT - FEE)));
		assert_eq!(held(HoldReason::Bond, PROVIDER), BONDS.provider);

		assert_ok!(Balances::transfer_allow_death(signed(BANK), PROVIDER, HIGH_ED));
		for kind in [ClaimKind::ProviderBond, ClaimKind::Payment] {
			assert_ok!(Escrow::collect(signed(STRANGER), contract, kind));
		}
		assert_eq!(free(PROVIDER), HIGH_ED + BONDS.provider + AMOUNT - FEE);
	});
}

#[test]
fn refund_should_open_a_claim_when_the_client_can_not_take_the_penalty() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().start();
		keep_only_holds(CLIENT);
		set_existential_deposit(HIGH_ED);
		set_now(DUE + 1);
		reset_events();

		assert_ok!(Escrow::refund(signed(STRANGER), contract, M0));

		let penalty = Claim { payer: PROVIDER, payee: CLIENT, amount: 100 };
		assert_eq!(claim(contract, ClaimKind::Penalty), Some(penalty));
		assert_eq!(held(HoldReason::Bond, PROVIDER), 100);
		assert_eq!(free(PROVIDER), WEALTH - 200);
		assert_eq!(last_heard().slashed, 200);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), CLIENT, HIGH_ED));
		assert_ok!(Escrow::collect(signed(STRANGER), contract, ClaimKind::Penalty));
		assert_eq!(free(CLIENT), HIGH_ED + 100);
		assert_eq!(held(HoldReason::Bond, PROVIDER), 0);
	});
}

#[test]
fn ruling_should_open_a_claim_when_the_provider_can_not_take_the_compensation() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().dispute();
		keep_only_holds(PROVIDER);
		set_existential_deposit(HIGH_ED);

		rule(ruling(0, 0, 50));

		let compensation = Claim { payer: CLIENT, payee: PROVIDER, amount: 75 };
		assert_eq!(claim(contract, ClaimKind::Compensation), Some(compensation));
		assert_eq!(held(HoldReason::Bond, CLIENT), 75);
		assert_eq!(free(CLIENT), WEALTH - 150);
	});
}

#[test]
fn slash_should_leave_the_treasurys_part_in_the_bond_when_the_treasury_can_not_be_credited() {
	build_and_execute(|| {
		let contract = Deal::default().bonded().start();
		ExistentialDeposit::set(&200);
		set_now(DUE + 1);
		reset_events();

		assert_ok!(Escrow::refund(signed(STRANGER), contract, M0));

		assert_eq!(free(CLIENT), WEALTH + 100);
		assert_eq!(free(PROVIDER), WEALTH - 100);
		assert_eq!(free(TREASURY), ED);
		assert_eq!(last_heard().slashed, 100);
		let slashed = Event::BondSlashed {
			contract,
			party: Party::Provider,
			to_other_party: 100,
			to_treasury: 0,
		};
		assert!(events().contains(&slashed));
	});
}

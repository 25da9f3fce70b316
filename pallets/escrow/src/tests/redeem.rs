//! Tests of `redeem`.

use crate::{mock::*, *};
use aitbc_core::{ClosedContract, ContractId, ContractOutcome, Signature, Voucher};
use frame_support::{assert_noop, assert_ok};
use sp_core::{ecdsa, ed25519, Pair, H256};
use sp_keyring::Sr25519Keyring as Key;

#[test]
fn redeem_should_bill_the_new_units_when_the_client_signed_for_them() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		assert_ok!(redeem(contract, 30, 1));
		reset_events();

		assert_ok!(redeem(contract, 50, 4));

		// 2.5 % of 500 is 12.5, and 8 were taken before.
		let expected = Meter {
			terms: meter_terms(),
			billed: 50,
			sequence: 4,
			fee: 13,
			phase: MeterPhase::Running,
		};
		assert_eq!(meter(contract), expected);
		assert_eq!(held(HoldReason::Escrow, CLIENT), 1_500);
		assert_eq!(free(PROVIDER), WEALTH + 487);
		assert_eq!(free(TREASURY), ED + 13);
		let billed = Event::UnitsBilled { contract, units: 50, sequence: 4, amount: 200, fee: 5 };
		assert_eq!(events(), [billed]);
	});
}

#[test]
fn redeem_should_start_the_contract_when_the_provider_has_not() {
	build_and_execute(|| {
		let contract = Deal::metered().fund();
		set_now(START + 2);
		reset_events();

		assert_ok!(redeem(contract, 30, 1));

		let at = START + 2;
		assert_eq!(funded(contract).commitment, Commitment::Started { at });
		let billed = Event::UnitsBilled { contract, units: 30, sequence: 1, amount: 300, fee: 8 };
		assert_eq!(events(), [Event::ContractStarted { contract, at }, billed]);
	});
}

#[test]
fn redeem_should_close_the_contract_when_all_units_are_billed() {
	build_and_execute(|| {
		let contract = Deal::metered().bonded().start();
		reset_events();

		assert_ok!(redeem(contract, UNITS, 1));

		let closed = ClosedContract {
			outcome: ContractOutcome::Completed,
			accepted: true,
			released: 2_000,
			fee: 50,
			on_time: 2_000,
			..closed(contract)
		};
		assert!(!Contracts::<Test>::contains_key(contract));
		assert_eq!(free(CLIENT), WEALTH - 2_000);
		assert_eq!(free(PROVIDER), WEALTH + 1_950);
		let (units, sequence, amount, fee) = (UNITS, 1, 2_000, 50);
		let billed = Event::UnitsBilled { contract, units, sequence, amount, fee };
		assert_eq!(events(), [billed, Event::ContractClosed { closed }]);
	});
}

#[test]
fn redeem_should_charge_one_fee_when_units_are_billed_one_by_one() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		for units in 1..=20 {
			assert_ok!(redeem(contract, units, units));
		}
		// 2.5 % of 200. Rounded up for each unit it would be 20.
		assert_eq!(meter(contract).fee, 5);
	});
}

#[test]
fn redeem_should_take_the_voucher_when_a_browser_extension_wrapped_the_bytes() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		let voucher = Voucher { contract, units: 30, sequence: 1 };
		let wrapped = [b"<Bytes>", &Escrow::voucher_payload(voucher)[..], b"</Bytes>"].concat();
		let signature = Key::Alice.sign(&wrapped).into();

		assert_ok!(Escrow::redeem(signed(PROVIDER), contract, voucher, signature));

		assert_eq!(meter(contract).billed, 30);
	});
}

#[test]
fn redeem_should_take_the_voucher_when_it_is_signed_by_ed25519_or_ecdsa() {
	use aitbc_core::{MeterTerms, PaymentTerms};
	use sp_runtime::{traits::IdentifyAccount, MultiSigner};
	type Sign = Box<dyn Fn(&[u8]) -> Signature>;

	build_and_execute(|| {
		let edwards = ed25519::Pair::from_seed(&[3; 32]);
		let koblitz = ecdsa::Pair::from_seed(&[4; 32]);
		let (by_edwards, by_koblitz) = (edwards.public(), koblitz.public());
		let keys: [(MultiSigner, Sign); 2] = [
			(by_edwards.into(), Box::new(move |bytes| edwards.sign(bytes).into())),
			(by_koblitz.into(), Box::new(move |bytes| koblitz.sign(bytes).into())),
		];

		for (signer, sign) in keys {
			let terms = MeterTerms { signer: signer.into_account(), ..meter_terms() };
			let contract = Deal::with(PaymentTerms::Metered(terms)).start();
			let voucher = Voucher { contract, units: 30, sequence: 1 };
			let signature = sign(&Escrow::voucher_payload(voucher));
			assert_ok!(Escrow::redeem(signed(PROVIDER), contract, voucher, signature));
		}
	});
}

#[test]
fn redeem_should_take_a_last_voucher_when_the_client_gave_notice() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		assert_ok!(Escrow::stop(signed(CLIENT), contract));
		set_now(START + REVIEW + 1);
		assert_noop!(redeem(contract, 30, 1), Error::<Test>::VoucherTooLate);
		set_now(START + REVIEW);
		assert_ok!(redeem(contract, 30, 1));
		assert_eq!(meter(contract).phase, MeterPhase::Stopping { since: START });
	});
}

#[test]
fn redeem_should_fail_when_the_time_for_vouchers_is_over() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		set_now(DUE + REVIEW + 1);
		assert_noop!(redeem(contract, 30, 1), Error::<Test>::VoucherTooLate);
		set_now(DUE + REVIEW);
		assert_ok!(redeem(contract, 30, 1));
	});
}

#[test]
fn redeem_should_fail_when_the_voucher_is_for_another_contract() {
	build_and_execute(|| {
		let (contract, other) = (Deal::metered().start(), Deal::metered().start());
		let voucher = Voucher { contract: other, units: 30, sequence: 1 };
		let signature = signature(voucher, Key::Alice);
		assert_noop!(
			Escrow::redeem(signed(PROVIDER), contract, voucher, signature),
			Error::<Test>::ForeignVoucher
		);
	});
}

#[test]
fn redeem_should_fail_when_the_voucher_was_taken_before_or_is_older() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		assert_noop!(redeem(contract, 30, 0), Error::<Test>::VoucherOutdated);
		assert_ok!(redeem(contract, 30, 5));
		for (units, sequence) in [(30, 5), (40, 5), (40, 4)] {
			assert_noop!(redeem(contract, units, sequence), Error::<Test>::VoucherOutdated);
		}
	});
}

#[test]
fn redeem_should_fail_when_the_voucher_is_for_fewer_units_than_are_billed() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		assert_ok!(redeem(contract, 30, 1));
		assert_noop!(redeem(contract, 29, 2), Error::<Test>::UnitsDecreased);
	});
}

#[test]
fn redeem_should_fail_when_the_voucher_bills_nothing_new() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		assert_noop!(redeem(contract, 0, 1), Error::<Test>::NothingEarned);
		assert_ok!(redeem(contract, 30, 1));
		assert_noop!(redeem(contract, 30, 2), Error::<Test>::NothingEarned);
	});
}

#[test]
fn redeem_should_fail_when_the_voucher_is_for_more_units_than_can_be_billed() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		for units in [UNITS + 1, u64::MAX] {
			assert_noop!(redeem(contract, units, 1), Error::<Test>::UnitsAboveCap);
		}
	});
}

#[test]
fn redeem_should_fail_when_the_signature_is_not_the_signers_over_this_voucher() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		let voucher = Voucher { contract, units: 30, sequence: 1 };
		let by_other = signature(voucher, Key::Bob);
		let for_more = signature(Voucher { units: 31, ..voucher }, Key::Alice);
		let for_later = signature(Voucher { sequence: 2, ..voucher }, Key::Alice);
		let for_another = signature(Voucher { contract: ContractId(9), ..voucher }, Key::Alice);
		let elsewhere = Key::Alice.sign(&voucher.payload(H256::repeat_byte(1))).into();
		for signature in [by_other, for_more, for_later, for_another, elsewhere] {
			assert_noop!(
				Escrow::redeem(signed(PROVIDER), contract, voucher, signature),
				Error::<Test>::VoucherInvalid
			);
		}
	});
}

#[test]
fn redeem_should_fail_when_the_caller_is_not_the_provider() {
	build_and_execute(|| {
		let contract = Deal::metered().start();
		let voucher = Voucher { contract, units: 30, sequence: 1 };
		for caller in [CLIENT, STRANGER] {
			let signature = signature(voucher, Key::Alice);
			assert_noop!(
				Escrow::redeem(signed(caller), contract, voucher, signature),
				Error::<Test>::NotProvider
			);
		}
	});
}

#[test]
fn redeem_should_fail_when_it_is_under_dispute() {
	build_and_execute(|| {
		let contract = Deal::metered().dispute();
		assert_noop!(redeem(contract, 30, 1), Error::<Test>::UnderDispute);
	});
}

#[test]
fn redeem_should_fail_when_there_is_no_meter() {
	build_and_execute(|| {
		assert_noop!(redeem(FIRST, 30, 1), Error::<Test>::ContractNotFound);
		let open = Deal::metered().open();
		assert_noop!(redeem(open, 30, 1), Error::<Test>::NotFunded);
		for contract in [Deal::default().fund(), Deal::stream().fund()] {
			assert_noop!(redeem(contract, 30, 1), Error::<Test>::NotMetered);
		}
	});
}

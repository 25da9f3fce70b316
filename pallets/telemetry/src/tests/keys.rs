//! Tests of `set_worker_key` and `remove_worker_key`.

use crate::{
	mock::{Telemetry, *},
	*,
};
use aitbc_telemetry::Series;
use frame_support::{assert_noop, assert_ok};
use sp_core::{Pair, H256};
use sp_runtime::{DispatchResult, TokenError};

/// Names the key of `worker` as that of `who`.
fn set_key(who: AccountId, worker: AccountId) -> DispatchResult {
	Telemetry::set_worker_key(signed(who), key(worker), proof(worker, who))
}

/// Leaves [`ALICE`] with so much of her deposit, by a digest that she does not reveal.
fn leave_deposit(rest: u128) {
	MissPenalty::set(&(DEPOSIT - rest));
	let window = Telemetry::present_window();
	next_window();
	commit(&[(ALICE, digest(window))]);
	enter(window + 3);
	assert_eq!((worker(ALICE).deposit, held(ALICE)), (rest, rest));
	reset_events();
}

#[test]
fn set_worker_key_should_hold_the_deposit_when_it_is_the_first() {
	build_and_execute(|| {
		assert_ok!(set_key(ALICE, ALICE));

		let expected =
			Worker { key: key(ALICE), deposit: DEPOSIT, open_reports: 0, reported: (0, 0) };
		assert_eq!(worker(ALICE), expected);
		assert_eq!(KeyOwners::<Test>::get(key(ALICE)), Some(ALICE));
		assert_eq!((held(ALICE), free(ALICE)), (DEPOSIT, WEALTH - DEPOSIT));
		let set = Event::WorkerKeySet { reporter: ALICE, key: key(ALICE), deposit: DEPOSIT };
		assert_eq!(events(), [set]);
		assert!(!Records::<Test>::contains_key(ALICE));
	});
}

#[test]
fn set_worker_key_should_give_up_the_earlier_key_when_there_is_one() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		report(ALICE, Series::Cpu);
		let before = worker(ALICE);
		reset_events();

		assert_ok!(set_key(ALICE, 100));

		assert_eq!(worker(ALICE), Worker { key: key(100), ..before });
		assert_eq!(KeyOwners::<Test>::get(key(100)), Some(ALICE));
		assert_eq!(KeyOwners::<Test>::get(key(ALICE)), None);
		assert_eq!(held(ALICE), DEPOSIT);
		let set = Event::WorkerKeySet { reporter: ALICE, key: key(100), deposit: DEPOSIT };
		assert_eq!(events(), [set]);
		// Who has given a key up has no claim to it.
		assert_ok!(set_key(BOB, ALICE));
	});
}

#[test]
fn set_worker_key_should_change_nothing_when_it_is_the_same() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		let before = worker(ALICE);

		assert_ok!(set_key(ALICE, ALICE));

		assert_eq!(worker(ALICE), before);
		assert_eq!(KeyOwners::<Test>::iter().collect::<Vec<_>>(), [(key(ALICE), ALICE)]);
		assert_eq!(held(ALICE), DEPOSIT);
	});
}

#[test]
fn set_worker_key_should_top_the_deposit_up_when_a_penalty_was_taken_of_it() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		leave_deposit(300);

		assert_ok!(set_key(ALICE, ALICE));

		assert_eq!((worker(ALICE).deposit, held(ALICE)), (DEPOSIT, DEPOSIT));
		assert_eq!(free(ALICE), WEALTH - DEPOSIT - 700);
		let set = Event::WorkerKeySet { reporter: ALICE, key: key(ALICE), deposit: DEPOSIT };
		assert_eq!(events(), [set]);
	});
}

#[test]
fn set_worker_key_should_return_nothing_when_less_is_asked_for_than_before() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		Deposit::set(&(DEPOSIT / 2));
		assert_ok!(set_key(ALICE, ALICE));
		assert_eq!((worker(ALICE).deposit, held(ALICE)), (DEPOSIT, DEPOSIT));
	});
}

#[test]
fn set_worker_key_should_hold_more_when_more_is_asked_for_than_before() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		Deposit::set(&(2 * DEPOSIT));
		assert_ok!(set_key(ALICE, ALICE));
		assert_eq!((worker(ALICE).deposit, held(ALICE)), (2 * DEPOSIT, 2 * DEPOSIT));
	});
}

#[test]
fn set_worker_key_should_fail_when_the_caller_does_not_validate() {
	build_and_execute(|| {
		assert_noop!(set_key(STRANGER, STRANGER), Error::<Test>::NotActive);
		set_keys(&[ALICE]);
		set_stake(ALICE, 0);
		assert_noop!(set_key(ALICE, ALICE), Error::<Test>::NotActive);
	});
}

#[test]
fn set_worker_key_should_fail_when_another_has_the_key() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB]);
		assert_noop!(set_key(CAROL, ALICE), Error::<Test>::KeyTaken);
		assert_noop!(set_key(BOB, ALICE), Error::<Test>::KeyTaken);
	});
}

#[test]
fn set_worker_key_should_fail_when_the_proof_is_of_something_else() {
	build_and_execute(|| {
		let works_for = Statement::WorksFor(&ALICE);
		let elsewhere = pair(ALICE).sign(&works_for.bytes(&H256::zero())).into();
		let commitment = Commitment([1; 32]);
		for proof in [
			proof(ALICE, BOB),
			proof(BOB, ALICE),
			elsewhere,
			sign(ALICE, &Statement::Commits(0, &commitment)),
			WorkerSignature::from(sp_core::sr25519::Signature::from_raw([0; 64])),
		] {
			assert_noop!(
				Telemetry::set_worker_key(signed(ALICE), key(ALICE), proof),
				Error::<Test>::InvalidSignature
			);
		}
	});
}

#[test]
fn set_worker_key_should_fail_when_the_deposit_is_not_there() {
	build_and_execute(|| {
		assert_ok!(Balances::transfer_allow_death(signed(ALICE), BANK, WEALTH - DEPOSIT - ED + 1));
		assert_noop!(set_key(ALICE, ALICE), TokenError::FundsUnavailable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), ALICE, 1));
		assert_ok!(set_key(ALICE, ALICE));
	});
}

#[test]
fn proof_should_be_over_what_clients_are_told_to_sign() {
	build_and_execute(|| {
		let payload = Telemetry::key_payload(ALICE);
		let proof = pair(ALICE).sign(&payload).into();
		assert_ok!(Telemetry::set_worker_key(signed(ALICE), key(ALICE), proof));
		let genesis = System::block_hash(0);
		let expected =
			[&b"aitbc-telemetry"[..], genesis.as_bytes(), &[0], &ALICE.to_le_bytes()].concat();
		assert_eq!(payload, expected);
	});
}

#[test]
fn remove_worker_key_should_return_the_deposit() {
	build_and_execute(|| {
		set_keys(&[ALICE, BOB]);

		assert_ok!(Telemetry::remove_worker_key(signed(ALICE)));

		assert_eq!(Workers::<Test>::get(ALICE), None);
		assert_eq!(KeyOwners::<Test>::iter().collect::<Vec<_>>(), [(key(BOB), BOB)]);
		assert_eq!((held(ALICE), free(ALICE)), (0, WEALTH));
		assert_eq!(held(BOB), DEPOSIT);
		assert_eq!(events(), [Event::WorkerKeyRemoved { reporter: ALICE, deposit: DEPOSIT }]);
	});
}

#[test]
fn remove_worker_key_should_work_when_the_caller_does_not_validate_any_more() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		set_stake(ALICE, 0);
		assert_ok!(Telemetry::remove_worker_key(signed(ALICE)));
		assert_eq!(free(ALICE), WEALTH);
	});
}

#[test]
fn remove_worker_key_should_return_what_is_left_when_penalties_were_taken() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		leave_deposit(300);
		assert_ok!(Telemetry::remove_worker_key(signed(ALICE)));
		assert_eq!((held(ALICE), free(ALICE)), (0, WEALTH - 700));
		assert_eq!(events(), [Event::WorkerKeyRemoved { reporter: ALICE, deposit: 300 }]);
		assert_eq!(record(ALICE).missed, 1);
	});
}

#[test]
fn remove_worker_key_should_work_when_nothing_is_left_of_the_deposit() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		leave_deposit(0);
		assert_ok!(Telemetry::remove_worker_key(signed(ALICE)));
		assert_eq!(events(), [Event::WorkerKeyRemoved { reporter: ALICE, deposit: 0 }]);
	});
}

#[test]
fn remove_worker_key_should_fail_when_there_is_none() {
	build_and_execute(|| {
		assert_noop!(Telemetry::remove_worker_key(signed(ALICE)), Error::<Test>::NoWorkerKey);
	});
}

#[test]
fn remove_worker_key_should_fail_when_a_digest_is_committed_to_and_not_settled() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		let digest = digest(START);
		let remove = || Telemetry::remove_worker_key(signed(ALICE));
		enter(START + 1);
		commit(&[(ALICE, digest)]);
		assert_noop!(remove(), Error::<Test>::StillReporting);
		enter(START + 2);
		assert_noop!(remove(), Error::<Test>::StillReporting);
		reveal(&[(ALICE, digest)]);
		assert_noop!(remove(), Error::<Test>::StillReporting);
		enter(START + 3);
		assert_ok!(remove());
	});
}

#[test]
fn remove_worker_key_should_fail_when_a_report_is_open() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		let first = report(ALICE, Series::Cpu);
		report(ALICE, Series::Peers);
		let remove = || Telemetry::remove_worker_key(signed(ALICE));
		assert_ok!(Telemetry::judge_report(RuntimeOrigin::root(), first, true));
		assert_noop!(remove(), Error::<Test>::StillReporting);
		enter(START + KEPT_REPORTS - 1);
		assert_noop!(remove(), Error::<Test>::StillReporting);
		enter(START + KEPT_REPORTS);
		assert_ok!(remove());
	});
}

#[test]
fn remove_worker_key_should_fail_when_what_is_left_is_below_the_existential_deposit() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		leave_deposit(ED - 1);
		keep_only_holds(ALICE);
		let remove = || Telemetry::remove_worker_key(signed(ALICE));
		assert_noop!(remove(), Error::<Test>::PayeeNotCreditable);
		assert_ok!(Balances::transfer_allow_death(signed(BANK), ALICE, ED));
		assert_ok!(remove());
		assert_eq!(free(ALICE), 2 * ED - 1);
	});
}

#[test]
fn key_should_be_free_for_another_when_it_was_taken_back() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		assert_ok!(Telemetry::remove_worker_key(signed(ALICE)));
		assert_ok!(set_key(BOB, ALICE));
		assert_eq!(KeyOwners::<Test>::get(key(ALICE)), Some(BOB));
	});
}

#[test]
fn record_should_stay_when_the_key_is_taken_back_and_set_again() {
	build_and_execute(|| {
		set_keys(&[ALICE]);
		leave_deposit(300);
		assert_ok!(Telemetry::remove_worker_key(signed(ALICE)));
		let before = record(ALICE);
		assert_eq!((before.committed, before.missed), (1, 1));
		set_keys(&[ALICE]);
		assert_eq!(record(ALICE), before);
	});
}

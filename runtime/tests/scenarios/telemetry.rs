//! Four validators measure: their workers commit and reveal, the feed is the median by stake, and who
//! measures well shares the pot of the era.

use crate::network::{as_root, begin_block, end_block, events, genesis, pass_blocks, submit};
use aitbc_anomaly::Value;
use aitbc_core::money::AIT;
use aitbc_runtime::{
	genesis_config_presets::LOCAL, AccountId, Balance, Balances, Executive, Runtime, RuntimeCall,
	RuntimeEvent, System, Telemetry,
};
use aitbc_telemetry::{commitment, Digest, Series, Stats};
use codec::Encode;
use frame_support::{
	assert_ok,
	traits::fungible::{Inspect, InspectHold, Mutate},
};
use frame_system::offchain::CreateAuthorizedTransaction;
use pallet_telemetry::{
	types::{Commitment, Statement, Window, WorkerKey, WorkerSignature},
	Call, Error, Event, HoldReason,
};
use sp_core::{sr25519, Pair};
use sp_io::hashing::blake2_256;
use sp_keyring::Sr25519Keyring::{self, AliceStash, BobStash, CharlieStash, DaveStash};
use sp_runtime::{
	transaction_validity::{InvalidTransaction, TransactionValidityError},
	DispatchError,
};

/// How long a window is on a development network, in blocks.
const WINDOW: u32 = 10;

/// What a worker holds.
const DEPOSIT: Balance = 100 * AIT;

/// The salt of every digest.
const SALT: [u8; 32] = [7; 32];

const VALIDATORS: [Sr25519Keyring; 4] = [AliceStash, BobStash, CharlieStash, DaveStash];

/// Runs `test` in the first block of the network with four validators.
pub fn on_four_validators(test: impl FnOnce()) {
	genesis(LOCAL).execute_with(|| {
		begin_block();
		test();
		end_block();
		#[cfg(feature = "try-runtime")]
		crate::network::check_invariants();
	});
}

/// The worker key of a validator.
pub fn worker(validator: Sr25519Keyring) -> sr25519::Pair {
	sr25519::Pair::from_seed(&blake2_256(&validator.to_account_id().encode()))
}

pub fn key(validator: Sr25519Keyring) -> WorkerKey {
	worker(validator).public().into()
}

pub fn sign(validator: Sr25519Keyring, statement: Statement<AccountId>) -> WorkerSignature {
	worker(validator).sign(&statement.bytes(&System::block_hash(0))).into()
}

/// Names the worker keys of all validators.
pub fn name_workers() {
	for validator in VALIDATORS {
		let proof = sign(validator, Statement::WorksFor(&validator.to_account_id()));
		let set = Call::set_worker_key { key: key(validator), proof };
		assert_ok!(submit(validator, set).expect("valid"));
	}
}

/// Applies `call` as a worker sends it.
pub fn send(call: Call<Runtime>) -> Result<Result<(), DispatchError>, TransactionValidityError> {
	let transaction =
		<Runtime as CreateAuthorizedTransaction<Call<Runtime>>>::create_authorized_transaction(
			call.into(),
		);
	Executive::apply_extrinsic(transaction)
}

/// What a validator saw in `window`: this finality lag, and what all saw of the rest.
fn digest(window: Window, lag: i64) -> Digest {
	let stats = |value| {
		let value = Value::from_integer(value);
		Some(Stats { count: 10, min: value, max: value, mean: value, last: value })
	};
	let mut digest = Digest { window, raw: [1; 32], series: [None; Series::COUNT] };
	digest.series[Series::Height.index()] = stats(i64::from(window) * 10 + 9);
	digest.series[Series::FinalityLag.index()] = stats(lag);
	digest.series[Series::BlockTime.index()] = stats(3);
	digest
}

/// What commits `validator` to `digest`.
fn commitment_of(validator: Sr25519Keyring, digest: &Digest) -> Commitment {
	let genesis = blake2_256(&System::block_hash(0).encode());
	let reporter = blake2_256(&validator.to_account_id().encode());
	Commitment(commitment(digest, genesis, &reporter, &SALT))
}

fn commit(validator: Sr25519Keyring, digest: &Digest) -> Call<Runtime> {
	let (window, commitment) = (digest.window, commitment_of(validator, digest));
	let signature = sign(validator, Statement::Commits(window, &commitment));
	Call::commit { key: key(validator), window, commitment, signature }
}

fn reveal(validator: Sr25519Keyring, digest: &Digest) -> Call<Runtime> {
	Call::reveal { reporter: validator.to_account_id(), digest: *digest, salt: SALT }
}

/// Lets blocks pass until the first one of `window` has begun.
pub fn enter(window: Window) {
	let first = window * WINDOW;
	pass_blocks(first.checked_sub(System::block_number()).expect("it lies ahead"));
}

fn held(validator: Sr25519Keyring) -> Balance {
	Balances::balance_on_hold(&HoldReason::Deposit.into(), &validator.to_account_id())
}

/// Has all validators measure in `window`, which is the present one: with these lags.
pub fn measure(window: Window, lags: [i64; 4]) {
	let digests = lags.map(|lag| digest(window, lag));
	enter(window + 1);
	for (validator, digest) in VALIDATORS.into_iter().zip(&digests) {
		assert_ok!(send(commit(validator, digest)).expect("valid"));
	}
	enter(window + 2);
	for (validator, digest) in VALIDATORS.into_iter().zip(&digests) {
		assert_ok!(send(reveal(validator, digest)).expect("valid"));
	}
	enter(window + 3);
}

#[test]
fn measuring_should_make_a_feed_and_earn_a_share_of_the_pot() {
	on_four_validators(|| {
		let pot = Telemetry::pot_account();
		assert_ok!(Balances::mint_into(&pot, 1_000 * AIT));
		let issuance = Balances::total_issuance();
		name_workers();
		assert_eq!(VALIDATORS.map(held), [DEPOSIT; 4]);

		// One of them lies about finality, and has a quarter of the stake.
		measure(0, [2, 2, 3, 90]);

		let feed = Telemetry::feed(0).expect("it is settled").feed;
		assert_eq!(feed.reporters, 4);
		let medians = feed.values.map(|value| value.expect("all measured it").median);
		assert_eq!(medians, [9, 2, 3].map(Value::from_integer));
		let points = VALIDATORS
			.map(|one| Telemetry::reporter_info(one.to_account_id()).expect("it measures").points);
		assert_eq!(points, [1, 1, 1, 0]);

		// The era of 60 blocks ends, and the first window that is settled after it closes it.
		enter(9);
		let before = Balances::balance(&AliceStash.to_account_id());
		let era = Telemetry::claimable(AliceStash.to_account_id())[0].era;
		for validator in [AliceStash, BobStash, CharlieStash] {
			let reporter = validator.to_account_id();
			assert_ok!(submit(Sr25519Keyring::Eve, Call::claim { era, reporter }).expect("valid"));
		}
		let share = 100 * AIT / 3;
		assert_eq!(Balances::balance(&AliceStash.to_account_id()), before + share);
		let paid = events().into_iter().filter(|event| {
			matches!(event, RuntimeEvent::Telemetry(Event::RewardPaid { amount, .. }) if *amount == share)
		});
		assert_eq!(paid.count(), 3);
		assert_eq!(Balances::balance(&pot), 1_000 * AIT - 3 * share);
		assert!(Balances::total_issuance() >= issuance, "only staking makes money");

		for validator in VALIDATORS {
			assert_ok!(submit(validator, Call::remove_worker_key {}).expect("valid"));
		}
		assert_eq!(VALIDATORS.map(held), [0; 4]);
	});
}

#[test]
fn workers_should_need_no_money_and_be_refused_what_is_not_theirs() {
	on_four_validators(|| {
		name_workers();
		let account: AccountId = worker(AliceStash).public().into();
		assert_eq!(Balances::total_balance(&account), 0);
		let seen = digest(0, 2);
		enter(1);
		assert_ok!(send(commit(AliceStash, &seen)).expect("valid"));
		assert_eq!(Balances::total_balance(&account), 0);

		// Bob copies Alice's commitment, and can't reveal it.
		let commitment = commitment_of(AliceStash, &seen);
		let signature = sign(BobStash, Statement::Commits(0, &commitment));
		let copy = Call::commit { key: key(BobStash), window: 0, commitment, signature };
		assert_ok!(send(copy).expect("valid"));
		let refused = |error: Error<Runtime>| {
			Err(TransactionValidityError::Invalid(InvalidTransaction::Custom(error.encode()[0])))
		};
		assert_eq!(send(commit(AliceStash, &seen)), refused(Error::AlreadyCommitted));
		enter(2);
		assert_eq!(send(reveal(BobStash, &seen)), refused(Error::CommitmentMismatch));
		assert_ok!(send(reveal(AliceStash, &seen)).expect("valid"));
		enter(3);
		assert_eq!((held(AliceStash), held(BobStash)), (DEPOSIT, DEPOSIT - AIT));
	});
}

#[test]
fn digests_should_be_revealed_when_safe_mode_stops_the_rest() {
	on_four_validators(|| {
		name_workers();
		let seen = digest(0, 2);
		enter(1);
		assert_ok!(send(commit(AliceStash, &seen)).expect("valid"));
		as_root(pallet_safe_mode::Call::force_enter {});
		let filtered: DispatchError = frame_system::Error::<Runtime>::CallFiltered.into();
		let call: RuntimeCall =
			pallet_balances::Call::transfer_keep_alive { dest: pot_address(), value: AIT }.into();
		assert_eq!(submit(Sr25519Keyring::Eve, call).expect("valid"), Err(filtered));

		enter(2);
		assert_ok!(send(reveal(AliceStash, &seen)).expect("valid"));
		enter(3);
		assert_eq!(held(AliceStash), DEPOSIT);
	});
}

fn pot_address() -> aitbc_runtime::Address {
	Telemetry::pot_account().into()
}

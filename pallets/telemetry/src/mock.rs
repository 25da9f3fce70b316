//! A runtime with balances and this pallet, neighbours that tests write to, and the ways in which
//! tests set it up.

use crate as pallet_telemetry;
use crate::*;
use aitbc_anomaly::{Feature, Score, Value};
use aitbc_core::Balance;
use aitbc_telemetry::{Alarm, Cause, Digest, Series, Stats, MODEL};
use aitbc_traits::{Anomaly, OnAnomaly, ReporterInspect};
use frame_support::{
	assert_ok, derive_impl,
	dispatch::GetDispatchInfo,
	pallet_prelude::TransactionSource,
	parameter_types,
	traits::{
		fungible::{Inspect, InspectHold},
		Authorize, Contains, Hooks,
	},
	weights::Weight,
	PalletId,
};
use frame_system::offchain::{
	CreateAuthorizedTransaction, CreateTransaction, CreateTransactionBase,
};
use sp_core::{sr25519, Pair};
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	generic,
	testing::UintAuthorityId,
	traits::{BlakeTwo256, Dispatchable},
	transaction_validity::{InvalidTransaction, TransactionValidityError, ValidTransaction},
	BuildStorage, DispatchError,
};
use std::collections::BTreeMap;

/// An account of the mock.
pub type AccountId = u64;

/// The way in which a call of a worker gets its origin.
pub type Extension = frame_system::AuthorizeCall<Test>;

/// A transaction of the mock.
pub type Transaction =
	generic::UncheckedExtrinsic<AccountId, RuntimeCall, UintAuthorityId, Extension>;

type Block = generic::Block<generic::Header<u32, BlakeTwo256>, Transaction>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Telemetry: pallet_telemetry,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
	type BaseCallFilter = Brake;
}

/// Stops all calls of telemetry while [`IsBraked`] says so.
pub struct Brake;

impl Contains<RuntimeCall> for Brake {
	fn contains(call: &RuntimeCall) -> bool {
		!(IsBraked::get() && matches!(call, RuntimeCall::Telemetry(_)))
	}
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type DustRemoval = DustToTreasury;
	type RuntimeHoldReason = RuntimeHoldReason;
}

/// Keeps total issuance as it is when an account is swept.
pub type DustToTreasury = frame_support::traits::tokens::imbalance::ResolveTo<Treasury, Balances>;

parameter_types! {
	pub storage ExistentialDeposit: Balance = ED;
	pub storage Treasury: AccountId = TREASURY;
	pub storage WindowLength: u32 = WINDOW;
	pub storage Deposit: Balance = DEPOSIT;
	pub storage MissPenalty: Balance = MISS;
	pub storage SpamPenalty: Balance = SPAM;
	pub storage EraPot: Balance = ERA_POT;
	pub storage MinReporters: u32 = 3;
	pub storage MaxReporters: u32 = MAX_REPORTERS;
	pub storage MaxReports: u32 = MAX_REPORTS;
	pub storage KeptFeeds: u32 = KEPT_FEEDS;
	pub storage KeptReports: u32 = KEPT_REPORTS;
	pub storage ClaimEras: u32 = CLAIM_ERAS;
	pub const PotId: PalletId = PalletId(*b"aitbctel");
	/// Whether telemetry's calls are stopped.
	pub storage IsBraked: bool = false;
	/// What backs each validator of the present era, in plancks.
	pub storage Stakes: BTreeMap<AccountId, Balance> = BTreeMap::new();
	/// The present era.
	pub storage Era: EraIndex = ERA;
	/// The reports that others were told of: id, reporter, series, evidence.
	pub storage Heard: Vec<(u64, AccountId, Series, [u8; 32])> = Vec::new();
}

/// Hears of reports, and keeps them.
impl OnAnomaly<AccountId> for Heard {
	fn on_anomaly(anomaly: &Anomaly<AccountId>) {
		let mut heard = Self::get();
		heard.push((anomaly.report, anomaly.reporter, anomaly.series, anomaly.evidence));
		Self::set(&heard);
	}

	fn weight() -> Weight {
		Weight::from_parts(1_000_000, 0)
	}
}

/// Knows who validates.
pub struct Staking;

impl ReporterInspect<AccountId> for Staking {
	fn stake(account: &AccountId) -> Balance {
		Stakes::get().get(account).copied().unwrap_or_default()
	}

	fn validators() -> u32 {
		Stakes::get().len() as u32
	}

	fn era() -> u32 {
		Era::get()
	}

	fn weight() -> Weight {
		Weight::from_parts(100_000, 0)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<AccountId> for Staking {
	fn activate(validator: &AccountId, stake: Balance, era: EraIndex) {
		set_stake(*validator, stake);
		Era::set(&era);
	}
}

impl CreateTransactionBase<Call<Test>> for Test {
	type Extrinsic = Transaction;
	type RuntimeCall = RuntimeCall;
}

impl CreateTransaction<Call<Test>> for Test {
	type Extension = Extension;

	fn create_transaction(call: RuntimeCall, extension: Extension) -> Transaction {
		Transaction::new_transaction(call, extension)
	}
}

impl CreateAuthorizedTransaction<Call<Test>> for Test {
	fn create_extension() -> Extension {
		Extension::new()
	}
}

impl pallet_telemetry::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Reporters = Staking;
	type OnAnomaly = Heard;
	type AdminOrigin = frame_system::EnsureRoot<AccountId>;
	type PenaltyReceiver = Treasury;
	type WindowLength = WindowLength;
	type Deposit = Deposit;
	type MissPenalty = MissPenalty;
	type SpamPenalty = SpamPenalty;
	type EraPot = EraPot;
	type PotId = PotId;
	type MinReporters = MinReporters;
	type MaxReporters = MaxReporters;
	type MaxReports = MaxReports;
	type KeptFeeds = KeptFeeds;
	type KeptReports = KeptReports;
	type ClaimEras = ClaimEras;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Staking;
	type WeightInfo = ();
}

/// How long a window is, in blocks.
pub const WINDOW: u32 = 10;
/// What a worker key holds, in plancks.
pub const DEPOSIT: Balance = 1_000;
/// What a missed digest costs, in plancks.
pub const MISS: Balance = 100;
/// What a dismissed report costs, in plancks.
pub const SPAM: Balance = 400;
/// The most that an era's points share, in plancks.
pub const ERA_POT: Balance = 10_000;
/// The most reporters of a window.
pub const MAX_REPORTERS: u32 = 8;
/// The most reports of a reporter in a window.
pub const MAX_REPORTS: u32 = 2;
/// How many feeds are kept, in windows.
pub const KEPT_FEEDS: u32 = 5;
/// How long reports are kept, in windows.
pub const KEPT_REPORTS: u32 = 6;
/// How many eras a share can be claimed after its own.
pub const CLAIM_ERAS: u32 = 2;
/// The existential deposit, in plancks.
pub const ED: Balance = 10;
/// What each of the first accounts owns at the start, in plancks.
pub const WEALTH: Balance = 100_000;
/// What backs each validator at the start, in plancks.
pub const STAKE: Balance = 1_000_000;
/// The era in which tests begin.
pub const ERA: EraIndex = 7;
/// The window in whose first block tests begin.
pub const START: Window = 4;

/// A validator in most tests.
pub const ALICE: AccountId = 1;
/// Another.
pub const BOB: AccountId = 2;
/// A third.
pub const CAROL: AccountId = 3;
/// A fourth.
pub const DAVE: AccountId = 4;
/// Never validates.
pub const STRANGER: AccountId = 20;
/// Gets penalties, and owns the existential deposit at the start.
pub const TREASURY: AccountId = 21;
/// Where money comes from and goes to.
pub const BANK: AccountId = 22;

/// Those who validate at the start.
pub const VALIDATORS: [AccountId; 4] = [ALICE, BOB, CAROL, DAVE];

/// Externalities with the endowed accounts, the validators, and a keystore of their own.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut balances: Vec<_> = (1..=STRANGER).map(|who| (who, WEALTH)).collect();
	balances.extend([(TREASURY, ED), (BANK, 1_000 * WEALTH)]);
	let mut storage = frame_system::GenesisConfig::<Test>::default()
		.build_storage()
		.expect("the default genesis is valid");
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.expect("every balance is above the existential deposit");
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	ext.execute_with(|| {
		for who in VALIDATORS {
			set_stake(who, STAKE);
		}
		System::set_block_number(Telemetry::first_block(START));
		Telemetry::settle_due();
		reset_events();
	});
	ext
}

/// Runs `test`, then checks every invariant and that no money was made or lost.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let issuance = Balances::total_issuance();
		test();
		assert_ok!(Telemetry::do_try_state());
		assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	});
}

/// Begins the next block, and says what its hook weighs.
pub fn next_block() -> Weight {
	let block = System::block_number() + 1;
	System::set_block_number(block);
	Telemetry::on_initialize(block)
}

/// Lets blocks come up to the first one of `window`, and says what the hook of that weighs.
pub fn enter(window: Window) -> Weight {
	let first = Telemetry::first_block(window);
	assert!(System::block_number() < first, "the window has begun");
	loop {
		let weight = next_block();
		if System::block_number() == first {
			return weight;
		}
	}
}

/// Lets blocks come up to the first one of the next window, and says what the hook of that weighs.
pub fn next_window() -> Weight {
	enter(Telemetry::present_window() + 1)
}

/// Has `who` validate with `stake`, or not at all if that is zero.
pub fn set_stake(who: AccountId, stake: Balance) {
	let mut stakes = Stakes::get();
	stakes.insert(who, stake);
	Stakes::set(&stakes);
}

/// The worker's pair of keys of `who`.
pub fn pair(who: AccountId) -> sr25519::Pair {
	let mut seed = [0; 32];
	seed[..8].copy_from_slice(&who.to_le_bytes());
	sr25519::Pair::from_seed(&seed)
}

/// The worker key of `who`.
pub fn key(who: AccountId) -> WorkerKey {
	pair(who).public().into()
}

/// What the worker of `who` signs.
pub fn sign(who: AccountId, statement: &Statement<AccountId>) -> WorkerSignature {
	pair(who).sign(&statement.bytes(&Telemetry::genesis())).into()
}

/// The proof that the worker of `worker` works for `who`.
pub fn proof(worker: AccountId, who: AccountId) -> WorkerSignature {
	sign(worker, &Statement::WorksFor(&who))
}

/// Sets the worker key of each, and forgets the events of it.
pub fn set_keys(reporters: &[AccountId]) {
	for who in reporters {
		assert_ok!(Telemetry::set_worker_key(signed(*who), key(*who), proof(*who, *who)));
	}
	reset_events();
}

/// A value.
pub fn value(ones: i64) -> Value {
	Value::from_integer(ones)
}

/// The salt that the worker of `who` takes.
pub fn salt(who: AccountId) -> [u8; 32] {
	[who as u8; 32]
}

/// The summary of a series that did not move.
pub fn flat(ones: i64) -> Option<Stats> {
	let level = value(ones);
	Some(Stats { count: WINDOW, min: level, max: level, mean: level, last: level })
}

/// A digest of `window` with these shared values.
pub fn digest_of(window: Window, shared: [Option<i64>; SHARED]) -> Digest {
	let mut digest = Digest { window, raw: [9; 32], series: [None; Series::COUNT] };
	for (series, level) in Series::SHARED.into_iter().zip(shared) {
		digest.series[series.index()] = level.and_then(flat);
	}
	digest.series[Series::Cpu.index()] = flat(1);
	digest
}

/// The digest of `window` of somebody who sees what all see.
pub fn digest(window: Window) -> Digest {
	digest_of(window, [Some(1_000), Some(2), Some(3)])
}

/// The commitment of `who` to `digest`.
pub fn commitment(who: AccountId, digest: &Digest) -> Commitment {
	Telemetry::commitment_of(&who, digest, &salt(who))
}

/// The call with which the worker of `who` commits to `digest`.
pub fn commit_call(who: AccountId, digest: &Digest) -> Call<Test> {
	let (window, commitment) = (digest.window, commitment(who, digest));
	let signature = sign(who, &Statement::Commits(window, &commitment));
	Call::commit { key: key(who), window, commitment, signature }
}

/// The call with which the worker of `who` reveals `digest`.
pub fn reveal_call(who: AccountId, digest: &Digest) -> Call<Test> {
	Call::reveal { reporter: who, digest: *digest, salt: salt(who) }
}

/// When tests take place, in milliseconds since the Unix epoch.
pub const NOW: u64 = 1_700_000_000_000;

/// An anomaly of `series`.
pub fn alarm(series: Series) -> Alarm {
	let (expected, seen) = (value(2), value(50));
	let cause = Cause::Anomaly { score: Score::ONE, feature: Feature::Value, expected, seen };
	Alarm { series, at: NOW, cause }
}

/// The hash of no samples at all.
pub const EVIDENCE: RawHash = RawHash([5; 32]);

/// The call with which the worker of `who` reports `alarm` in `window`.
pub fn report_call(who: AccountId, window: Window, alarm: Alarm) -> Call<Test> {
	let signature = sign(who, &Statement::Reports(window, &alarm, MODEL, &EVIDENCE));
	Call::report { key: key(who), window, alarm, model: MODEL, evidence: EVIDENCE, signature }
}

/// What a call is authorized with as a transaction that the pool is given from outside.
#[track_caller]
pub fn authorize(call: &Call<Test>) -> Result<ValidTransaction, InvalidTransaction> {
	let call = RuntimeCall::from(call.clone());
	match call.authorize(TransactionSource::External).expect("the call authorizes itself") {
		Ok((validity, unspent)) => {
			assert_eq!(unspent, Weight::zero());
			Ok(validity)
		},
		Err(TransactionValidityError::Invalid(invalid)) => Err(invalid),
		Err(error) => panic!("{error:?}"),
	}
}

/// Makes a call without asking whether it is authorized, as if it were.
pub fn force(call: &Call<Test>) -> Result<(), DispatchError> {
	let origin = frame_system::Origin::<Test>::Authorized.into();
	let outcome = RuntimeCall::from(call.clone()).dispatch(origin);
	outcome.map(|_| ()).map_err(|failure| failure.error)
}

/// Does with a call what a node does: asks whether it is authorized, and makes it if it is.
#[track_caller]
pub fn send(call: &Call<Test>) -> Result<(), InvalidTransaction> {
	authorize(call)?;
	assert_ok!(force(call));
	Ok(())
}

/// Checks that a call is refused with `error` by the pool, that it fails with it when it is made all
/// the same, and that nothing changes.
#[track_caller]
pub fn assert_refused(call: &Call<Test>, error: Error<Test>) {
	let code = codec::Encode::encode(&error)[0];
	frame_support::assert_storage_noop!(assert_eq!(
		authorize(call),
		Err(InvalidTransaction::Custom(code))
	));
	frame_support::assert_noop!(force(call), error);
}

/// Checks that a call is refused for its signature, which was looked at nowhere else.
#[track_caller]
pub fn assert_forged(call: &Call<Test>) {
	let code = codec::Encode::encode(&Error::<Test>::InvalidSignature)[0];
	frame_support::assert_storage_noop!(assert_eq!(
		authorize(call),
		Err(InvalidTransaction::Custom(code))
	));
}

/// Has the worker of each commit to its digest.
pub fn commit(digests: &[(AccountId, Digest)]) {
	for (who, digest) in digests {
		assert_ok!(send(&commit_call(*who, digest)));
	}
}

/// Has the worker of each reveal its digest.
pub fn reveal(digests: &[(AccountId, Digest)]) {
	for (who, digest) in digests {
		assert_ok!(send(&reveal_call(*who, digest)));
	}
}

/// In the present window's place, measures it for each reporter, and lets windows come until it is
/// settled. Says what the hook weighed that settled it.
pub fn settle(digests: &[(AccountId, Digest)]) -> Weight {
	next_window();
	commit(digests);
	next_window();
	reveal(digests);
	reset_events();
	next_window()
}

/// Has each see what all see in the present window, and lets windows come until that is settled.
pub fn measure(reporters: &[AccountId]) -> Weight {
	let window = Telemetry::present_window();
	let digests: Vec<_> = reporters.iter().map(|who| (*who, digest(window))).collect();
	settle(&digests)
}

/// Has the worker of `who` report an anomaly of `series` now, and says its id.
pub fn report(who: AccountId, series: Series) -> ReportId {
	let id = ReportIds::<Test>::get().next;
	assert_ok!(send(&report_call(who, Telemetry::present_window(), alarm(series))));
	id
}

/// Begins the next era.
pub fn begin_era() {
	Era::set(&(Era::get() + 1));
}

/// Gives the pot so much beside the existential deposit.
pub fn fill_pot(amount: Balance) {
	let pot = Telemetry::pot_account();
	if free(pot) == 0 {
		assert_ok!(Balances::transfer_allow_death(signed(BANK), pot, ED));
	}
	if amount > 0 {
		assert_ok!(Balances::transfer_allow_death(signed(BANK), pot, amount));
	}
	reset_events();
}

/// A worker in storage.
#[track_caller]
pub fn worker(who: AccountId) -> Worker {
	Workers::<Test>::get(who).expect("the account has a worker")
}

/// A report in storage.
#[track_caller]
pub fn stored(id: ReportId) -> Report<AccountId> {
	Reports::<Test>::get(id).expect("the report is kept")
}

/// The points of `who` in the present era.
pub fn points(who: AccountId) -> u32 {
	Points::<Test>::get(Era::get(), who)
}

/// How well `who` measures.
pub fn record(who: AccountId) -> ReporterRecord {
	Records::<Test>::get(who)
}

/// An origin signed by `who`.
pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// What is held on `who`, in plancks.
pub fn held(who: AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::Deposit.into(), &who)
}

/// The free balance of `who`, in plancks.
pub fn free(who: AccountId) -> Balance {
	Balances::balance(&who)
}

/// Moves all free money of `who` to the bank, also when it is needed to keep the account alive.
pub fn drain(who: AccountId) {
	assert_ok!(Balances::transfer_all(signed(who), BANK, false));
}

/// Leaves nothing but held money on `who`. Only an account with another provider reference, such
/// as one with session keys of its own, can come to this.
pub fn keep_only_holds(who: AccountId) {
	System::inc_providers(&who);
	drain(who);
	assert_eq!(free(who), 0);
}

/// What a call weighs: itself, and its authorization.
pub fn weights(call: &Call<Test>) -> (Weight, Weight) {
	(call.get_dispatch_info().call_weight, call.weight_of_authorize())
}

/// The pallet's events since the last reset, in order.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Telemetry(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Forgets all events so far, so that a test sees only those of its own call.
pub fn reset_events() {
	System::reset_events();
}

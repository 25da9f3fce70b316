//! A runtime with balances and this pallet, neighbours that tests write to, and the ways in which tests set
//! it up.

mod bitcoin;

pub use bitcoin::*;

use crate::{self as pallet_bitcoin_anchor, *};
use aitbc_audit::{Commitment as LogCommitment, Entry, RecordId, ENGINE_ID};
use aitbc_bitcoin::{BlockHash, Commitment, InclusionProof, Network, Payload};
use aitbc_core::{Balance, BlockNumber};
use aitbc_traits::{AuditLog, DeadlineClock};
use codec::Encode;
use frame_support::{
	assert_ok, derive_impl,
	dispatch::DispatchResultWithPostInfo,
	parameter_types,
	traits::{
		fungible::{Inspect, InspectHold},
		ConstU32, Hooks,
	},
	weights::Weight,
};
use sp_core::{ecdsa, Pair, H256};
use sp_runtime::{BuildStorage, DigestItem, DispatchError};

type Block = frame_system::mocking::MockBlock<Test>;

pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Anchor: pallet_bitcoin_anchor,
	}
);

/// The existential deposit, in plancks.
pub const ED: Balance = 10;
/// What each of the first accounts owns, in plancks.
pub const WEALTH: Balance = 1_000_000;
/// What a script holds, in plancks.
pub const DEPOSIT: Balance = 500;
/// What a final task is worth, in plancks.
pub const REWARD: Balance = 70;
/// How far apart blocks with a task are.
pub const PERIOD: BlockNumber = 20;
/// How long a task may be due.
pub const TIMEOUT: BlockNumber = 70;
/// From how many confirmations on a task is confirmed.
pub const CONFIRMED: u32 = 3;
/// From how many confirmations on a task is final.
pub const FINAL: u32 = 8;
/// The most tasks that are open.
pub const MAX_OPEN: u32 = 4;
/// The most tasks that are kept.
pub const MAX_KEPT: u32 = 9;
/// The most bytes of a proof.
pub const MAX_PROOF: u32 = 4_000;
/// The GRANDPA set at the start.
pub const SET_ID: u64 = 3;

/// Has the key of the seed 1.
pub const ANCHORER: AccountId = 1;
/// Another.
pub const OTHER: AccountId = 2;
/// Proves and claims, and has no key.
pub const STRANGER: AccountId = 3;
/// Pays rewards.
pub const TREASURY: AccountId = 4;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type RuntimeHoldReason = RuntimeHoldReason;
}

parameter_types! {
	pub storage ExistentialDeposit: Balance = ED;
	pub storage SetId: u64 = SET_ID;
	pub storage Period: BlockNumber = PERIOD;
	pub storage Timeout: BlockNumber = TIMEOUT;
	pub storage Confirmations: u32 = CONFIRMED;
	pub storage FinalConfirmations: u32 = FINAL;
	pub storage Deposit: Balance = DEPOSIT;
	pub storage Reward: Balance = REWARD;
	pub const RewardSource: AccountId = TREASURY;
	pub storage MaxOpen: u32 = MAX_OPEN;
	pub storage MaxKept: u32 = MAX_KEPT;
	/// How many blocks the clock stood still.
	pub storage Paused: BlockNumber = 0;
	/// What the audit log has.
	pub storage Logged: Vec<Entry> = Vec::new();
	/// Whether the audit log refuses.
	pub storage LogIsFull: bool = false;
	/// The root in the next blocks' digests. None if they have no item of the log.
	pub storage LogRoot: Option<[u8; 32]> = Some([0xaa; 32]);
}

/// Counts blocks, less those that were paused.
pub struct Clock;

impl DeadlineClock for Clock {
	fn now() -> BlockNumber {
		u32::try_from(System::block_number()).unwrap() - Paused::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_now(now: BlockNumber) {
		Paused::set(&(u32::try_from(System::block_number()).unwrap() - now));
	}
}

/// Keeps entries in a list.
pub struct Log;

impl AuditLog<AccountId> for Log {
	fn append(entry: Entry, payer: Option<&AccountId>) -> Result<RecordId, DispatchError> {
		assert_eq!(payer, None, "nobody pays for what the chain does");
		if LogIsFull::get() {
			return Err(DispatchError::Other("the log is full"));
		}
		let mut logged = Logged::get();
		logged.push(entry);
		Logged::set(&logged);
		Ok(RecordId(logged.len() as u64 - 1))
	}

	fn fee(_: Entry) -> Balance {
		0
	}

	fn append_weight() -> Weight {
		Weight::from_parts(60_000, 0)
	}

	fn growth_weight() -> Weight {
		Weight::from_parts(50_000, 0)
	}
}

impl Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Bitcoin = Bitcoin;
	type Audit = Log;
	type Clock = Clock;
	type SetId = SetId;
	type Period = Period;
	type Timeout = Timeout;
	type Confirmations = Confirmations;
	type FinalConfirmations = FinalConfirmations;
	type Deposit = Deposit;
	type Reward = Reward;
	type RewardSource = RewardSource;
	type MaxOpen = MaxOpen;
	type MaxKept = MaxKept;
	type MaxProofBytes = ConstU32<MAX_PROOF>;
	type WeightInfo = ();
}

/// Externalities of a chain in its first block.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let balances = [ANCHORER, OTHER, STRANGER, TREASURY].map(|who| (who, WEALTH)).to_vec();
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| begin(1));
	ext
}

/// Runs a test, and checks every invariant after it, and that no money was made or lost.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let issued = Balances::total_issuance();
		test();
		assert_ok!(Anchor::do_try_state());
		assert_eq!(Balances::total_issuance(), issued);
	});
}

/// The hash of a block of this chain.
pub fn hash(height: BlockNumber) -> H256 {
	H256::from_low_u64_be(0xb10c_0000_0000 + u64::from(height))
}

/// The number of the present block.
pub fn present() -> BlockNumber {
	System::block_number().try_into().unwrap()
}

/// Begins the block `number`, and says what its hook weighed.
pub fn begin(number: BlockNumber) -> Weight {
	System::reset_events();
	System::initialize(&number.into(), &hash(number - 1), &Default::default());
	if let Some(root) = LogRoot::get() {
		let committed = LogCommitment { count: 7, root };
		System::deposit_log(DigestItem::Consensus(ENGINE_ID, committed.encode()));
	}
	Anchor::on_initialize(number.into())
}

/// Ends the present block, and begins the next.
pub fn next_block() -> Weight {
	Anchor::on_finalize(System::block_number());
	begin(present() + 1)
}

/// Goes on to the beginning of the block `number`.
pub fn run_to(number: BlockNumber) {
	while present() < number {
		next_block();
	}
}

/// Goes on until so many more tasks were made, and gives the height of the last.
pub fn make_tasks(count: u32) -> BlockNumber {
	let height = (present() / PERIOD + count) * PERIOD;
	run_to(height + 1);
	height
}

/// A task in storage.
#[track_caller]
pub fn task(height: BlockNumber) -> Task {
	Tasks::<Test>::get(height).expect("the task is there")
}

/// How far it has come.
#[track_caller]
pub fn status(height: BlockNumber) -> Status {
	task(height).status
}

/// What is to be anchored of a block.
#[track_caller]
pub fn payload(height: BlockNumber) -> Payload {
	task(height).payload
}

/// The key of a seed.
pub fn key(seed: u8) -> ecdsa::Pair {
	ecdsa::Pair::from_seed(&[seed; 32])
}

/// The hash of the key of a seed.
pub fn key_hash(seed: u8) -> PubkeyHash {
	PubkeyHash::of_key(&key(seed).public().0)
}

/// The signature of the key of a seed that lets `who` register.
pub fn signature(seed: u8, who: AccountId) -> KeySignature {
	KeySignature(key(seed).sign_prehashed(&Anchor::registration_message(&who)).0)
}

/// Lets `who` register the script of a seed.
#[track_caller]
pub fn register(seed: u8, who: AccountId) {
	assert_ok!(Anchor::register(signed(who), key_hash(seed), signature(seed, who)));
}

/// Proves as [`STRANGER`].
pub fn prove(
	height: BlockNumber,
	block: BlockHash,
	proof: InclusionProof,
) -> DispatchResultWithPostInfo {
	Anchor::prove(signed(STRANGER), height, block, Box::new(proof), Commitment::OpReturn)
}

/// Claims as [`STRANGER`] what the output of the seed's funding transaction earned.
pub fn claim(height: BlockNumber, seed: u8) -> DispatchResultWithPostInfo {
	let funding = funding(seed).to_bytes().try_into().unwrap();
	Anchor::claim(signed(STRANGER), height, funding)
}

/// Has the task's payload mined, funded by the script of a seed, and proves it.
#[track_caller]
pub fn include(height: BlockNumber, seed: u8) -> Inclusion {
	let (block, proof) = mine_anchor(anchor(seed, &payload(height)));
	assert_ok!(prove(height, block, proof));
	status(height).inclusion().expect("it was proven")
}

/// The same, and lets it become final. The present block is two further then.
#[track_caller]
pub fn finish(height: BlockNumber, seed: u8) -> Inclusion {
	let inclusion = include(height, seed);
	mine(FINAL - 1);
	next_block();
	assert!(matches!(status(height), Status::Final { .. }));
	inclusion
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

/// The pallet's events since the last reset, in order.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Anchor(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// The network of every payload.
pub const NETWORK: Network = Network::Regtest;

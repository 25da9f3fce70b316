//! A runtime with balances, a clock and this pallet.

use crate::{self as pallet_audit_log, *};
use aitbc_audit::{Actor, Entry, RecordId, Subject};
use aitbc_core::{Balance, BlockNumber};
use aitbc_traits::AuditLog as _;
use core::time::Duration;
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{Hooks, UnixTime},
	weights::Weight,
};
use sp_runtime::BuildStorage;

type Block = frame_system::mocking::MockBlock<Test>;

pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		AuditLog: pallet_audit_log,
	}
);

/// The existential deposit.
pub const ED: Balance = 10;

/// Who causes records, and owns so much.
pub const PAYER: AccountId = 1;
pub const WEALTH: Balance = 1_000_000;

/// Who gets fees, and has the existential deposit.
pub const TREASURY: AccountId = 9;

/// How long bodies are kept.
pub const KEPT: BlockNumber = 10;

/// When the chain begins, in milliseconds since the Unix epoch.
pub const EPOCH: u64 = 1_795_000_000_000;

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = ED;
	pub storage FeePerByte: Balance = 3;
	pub const FeeReceiver: AccountId = TREASURY;
	pub storage KeptBlocks: BlockNumber = KEPT;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
}

/// Three seconds a block.
pub struct Clock;

impl UnixTime for Clock {
	fn now() -> Duration {
		Duration::from_millis(EPOCH + System::block_number() * 3_000)
	}
}

impl Config for Test {
	type Currency = Balances;
	type Time = Clock;
	type FeePerByte = FeePerByte;
	type FeeReceiver = FeeReceiver;
	type KeptBlocks = KeptBlocks;
	type WeightInfo = ();
}

/// Externalities of a chain at its first block.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut storage = frame_system::GenesisConfig::<Test>::default().build_storage().unwrap();
	let balances = vec![(PAYER, WEALTH), (TREASURY, ED)];
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.unwrap();
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| begin(1));
	ext
}

/// Runs a test, and checks the invariants after it.
pub fn run(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		assert_ok!(AuditLog::do_try_state());
	});
}

/// Begins the block `number`, unless it is the present one, without forgetting anything.
pub fn begin(number: u64) {
	if number == System::block_number() {
		return;
	}
	System::reset_events();
	// Blocks between are skipped; each is told to be the next one.
	System::set_block_number(number - 1);
	System::initialize(&number, &Default::default(), &Default::default());
	AuditLog::on_initialize(number);
}

/// Lets the pallet forget what it can with so much room.
pub fn idle(room: Weight) -> Weight {
	AuditLog::on_idle(System::block_number(), room)
}

/// What `actor` did to the node of `validator` by an action.
pub fn entry(event: aitbc_audit::Event, actor: u8, validator: u8, action: u64) -> Entry {
	let subjects = [Subject::Action(action), Subject::Validator([validator; 32])];
	Entry::new(event, Actor::Account([actor; 32]), &subjects)
}

/// Writes it down for nothing.
pub fn append(entry: Entry) -> RecordId {
	AuditLog::append(entry, None).expect("there is room")
}

/// Writes so many different entries down.
pub fn append_many(count: u64) {
	for number in 0..count {
		let event = aitbc_audit::Event::ALL[number as usize % 7];
		append(entry(event, number as u8 % 3, number as u8 % 5, number / 4));
	}
}

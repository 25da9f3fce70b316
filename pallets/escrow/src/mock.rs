//! A runtime with balances and this pallet, and the ways in which tests set it up.

use crate as pallet_escrow;
use crate::*;
use aitbc_core::{Balance, BlockNumber, ClosedContract, ContractId, EvidenceHash, TermsHash};
use aitbc_traits::{DeadlineClock, OnContractClosed};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible::{Inspect, InspectHold, MutateFreeze},
		ConstU32, Footprint,
	},
	weights::Weight,
};
use sp_core::H256;
use sp_runtime::{traits::Convert, BuildStorage, Perbill};

type Block = frame_system::mocking::MockBlock<Test>;

/// An account of the mock.
pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Escrow: pallet_escrow,
	}
);

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
	type DustRemoval = DustToTreasury;
	type FreezeIdentifier = ();
	type MaxFreezes = ConstU32<1>;
	type RuntimeHoldReason = RuntimeHoldReason;
}

/// Keeps total issuance as it is when an account is swept.
pub type DustToTreasury = frame_support::traits::tokens::imbalance::ResolveTo<Treasury, Balances>;

parameter_types! {
	pub storage ExistentialDeposit: Balance = ED;
	pub storage FeeRate: Perbill = Perbill::from_parts(25_000_000);
	pub storage Treasury: AccountId = TREASURY;
	pub storage MaxDuration: BlockNumber = 1_000;
	pub storage MinReviewPeriod: BlockNumber = 5;
	pub storage MaxReviewPeriod: BlockNumber = 100;
	/// The time, in active blocks.
	pub storage Now: BlockNumber = START;
	/// Every contract of whose end the listener heard, in order.
	pub storage Heard: Vec<ClosedContract<AccountId, Balance>> = Vec::new();
}

impl DeadlineClock for Now {
	fn now() -> BlockNumber {
		Self::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_now(now: BlockNumber) {
		Self::set(&now);
	}
}

/// Weight that the mock's listener says it takes.
pub const LISTENER_WEIGHT: Weight = Weight::from_parts(5, 7);

impl OnContractClosed<AccountId, Balance> for Heard {
	fn on_contract_closed(closed: &ClosedContract<AccountId, Balance>) {
		assert!(!Contracts::<Test>::contains_key(closed.contract), "told before it closed");
		let mut heard = Self::get();
		heard.push(closed.clone());
		Self::set(&heard);
	}

	fn weight() -> Weight {
		LISTENER_WEIGHT
	}
}

/// Ten plancks per item and one per byte.
pub struct StorageDeposit;

impl Convert<Footprint, Balance> for StorageDeposit {
	fn convert(footprint: Footprint) -> Balance {
		Balance::from(footprint.count) * 10 + Balance::from(footprint.size)
	}
}

impl pallet_escrow::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = Now;
	type OnContractClosed = Heard;
	type FeeReceiver = Treasury;
	type FeeRate = FeeRate;
	type MinReviewPeriod = MinReviewPeriod;
	type MaxReviewPeriod = MaxReviewPeriod;
	type MaxDuration = MaxDuration;
	type MaxMilestones = ConstU32<10>;
	type StorageDeposit = StorageDeposit;
	type WeightInfo = ();
}

/// The time at which tests begin, in active blocks.
pub const START: BlockNumber = 10;
/// When a milestone is due unless a test says otherwise, in active blocks.
pub const DUE: BlockNumber = 50;
/// The review period unless a test says otherwise, in active blocks.
pub const REVIEW: BlockNumber = 20;
/// What a milestone pays unless a test says otherwise, in plancks.
pub const AMOUNT: Balance = 1_001;
/// The fee on [`AMOUNT`]: 25.025, rounded up.
pub const FEE: Balance = 26;
/// The existential deposit at the start, in plancks.
pub const ED: Balance = 10;
/// What each of the first accounts owns at the start, in plancks.
pub const WEALTH: Balance = 1_000_000;

/// Pays.
pub const CLIENT: AccountId = 1;
/// Works.
pub const PROVIDER: AccountId = 2;
/// Has no part in any contract.
pub const STRANGER: AccountId = 3;
/// Gets the fees, and owns the existential deposit at the start.
pub const TREASURY: AccountId = 4;
/// Where drained accounts send their money.
pub const BANK: AccountId = 5;

/// The first contract of a test.
pub const FIRST: ContractId = ContractId(0);
/// The first milestone of a contract.
pub const M0: MilestoneIndex = MilestoneIndex(0);
/// The second milestone of a contract.
pub const M1: MilestoneIndex = MilestoneIndex(1);

/// Externalities with the endowed accounts.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let balances = vec![
		(CLIENT, WEALTH),
		(PROVIDER, WEALTH),
		(STRANGER, WEALTH),
		(TREASURY, ED),
		(BANK, WEALTH),
	];
	let mut storage = frame_system::GenesisConfig::<Test>::default()
		.build_storage()
		.expect("the default genesis is valid");
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.expect("every balance is above the existential deposit");
	let mut ext = sp_io::TestExternalities::new(storage);
	// No event is recorded in block zero.
	ext.execute_with(|| System::set_block_number(1));
	ext
}

/// Runs `test`, then checks every invariant and that no money was made or lost.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let issuance = Balances::total_issuance();
		test();
		assert_ok!(Escrow::do_try_state());
		assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	});
}

/// A contract to be opened: one milestone between [`CLIENT`] and [`PROVIDER`] unless told
/// otherwise.
#[derive(Clone)]
pub struct Deal {
	pub client: AccountId,
	pub provider: AccountId,
	pub milestones: Vec<MilestoneTerms>,
	pub review_period: BlockNumber,
}

impl Default for Deal {
	fn default() -> Self {
		Self {
			client: CLIENT,
			provider: PROVIDER,
			milestones: vec![MilestoneTerms { amount: AMOUNT, due: DUE }],
			review_period: REVIEW,
		}
	}
}

impl Deal {
	/// With `count` equal milestones.
	pub fn of(count: usize) -> Self {
		Self {
			milestones: vec![MilestoneTerms { amount: AMOUNT, due: DUE }; count],
			..Self::default()
		}
	}

	/// With one milestone for each amount.
	pub fn paying(amounts: &[Balance]) -> Self {
		let milestones =
			amounts.iter().map(|amount| MilestoneTerms { amount: *amount, due: DUE }).collect();
		Self { milestones, ..Self::default() }
	}

	/// With one milestone for each due block.
	pub fn due(dues: &[BlockNumber]) -> Self {
		let milestones =
			dues.iter().map(|due| MilestoneTerms { amount: AMOUNT, due: *due }).collect();
		Self { milestones, ..Self::default() }
	}

	/// What funding takes, in plancks.
	pub fn total(&self) -> Balance {
		self.milestones.iter().map(|terms| terms.amount).sum()
	}

	/// Calls `open`.
	pub fn try_open(&self) -> frame_support::dispatch::DispatchResult {
		Escrow::open(
			RuntimeOrigin::signed(self.client),
			self.provider,
			terms(),
			self.milestones.clone(),
			self.review_period,
		)
	}

	/// Opens the contract.
	pub fn open(&self) -> ContractId {
		let contract = NextContractId::<Test>::get();
		assert_ok!(self.try_open());
		contract
	}

	/// Opens and funds the contract.
	pub fn fund(&self) -> ContractId {
		let contract = self.open();
		assert_ok!(Escrow::fund(RuntimeOrigin::signed(self.client), contract, self.total()));
		contract
	}

	/// Opens and funds the contract, and submits all of its milestones.
	pub fn submit(&self) -> ContractId {
		let contract = self.fund();
		for index in 0..self.milestones.len() as u32 {
			let provider = RuntimeOrigin::signed(self.provider);
			assert_ok!(Escrow::submit(provider, contract, MilestoneIndex(index), evidence()));
		}
		contract
	}
}

/// The terms of every test contract.
pub fn terms() -> TermsHash {
	TermsHash(H256::repeat_byte(0x7e))
}

/// The evidence of every test submission.
pub fn evidence() -> EvidenceHash {
	EvidenceHash(H256::repeat_byte(0xed))
}

/// An origin signed by `who`.
pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// Sets the time, in active blocks.
pub fn set_now(now: BlockNumber) {
	Now::set(&now);
}

/// What is held on `who` for `reason`, in plancks.
pub fn held(reason: HoldReason, who: AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), &who)
}

/// The free balance of `who`, in plancks.
pub fn free(who: AccountId) -> Balance {
	Balances::balance(&who)
}

/// What the storage deposit of a contract with `count` milestones must be: see the type of each
/// field. Counted by hand, so that a change of the layout is noticed.
pub fn deposit_of(count: Balance) -> Balance {
	let parties = 8 + 8;
	let fixed = 32 + 4 + 4 + 16;
	let state = 1 + 4 + 1 + 1;
	let milestone = 16 + 4 + (1 + 4 + 32);
	let index = 2 * (8 + 8);
	3 * 10 + parties + fixed + state + count * milestone + index
}

/// Moves all free money of `who` to the bank, also when it is needed to keep the account alive.
pub fn drain(who: AccountId) {
	assert_ok!(Balances::transfer_all(signed(who), BANK, false));
}

/// Freezes everything that `who` owns and will own, as a vote does.
pub fn freeze_all(who: AccountId) {
	assert_ok!(Balances::set_freeze(&(), &who, Balance::MAX));
}

/// The state of a milestone of an open or funded contract.
pub fn milestone(contract: ContractId, index: MilestoneIndex) -> MilestoneState {
	let record = Contracts::<Test>::get(contract).expect("the contract is in storage");
	record.state.milestones()[index.position()].state
}

/// The pallet's events since the last reset, in order.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Escrow(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Forgets all events so far, so that a test sees only those of its own call.
pub fn reset_events() {
	System::reset_events();
}

/// Raises or lowers the existential deposit, as governance may. The treasury is given enough to
/// stay able to take fees.
pub fn set_existential_deposit(minimum: Balance) {
	assert_ok!(Balances::transfer_allow_death(signed(BANK), TREASURY, 100_000));
	ExistentialDeposit::set(&minimum);
}

/// Leaves nothing but held money on `who`. Only an account with another provider reference, such
/// as one with session keys of its own, can come to this.
pub fn keep_only_holds(who: AccountId) {
	System::inc_providers(&who);
	drain(who);
	assert_eq!(free(who), 0);
}

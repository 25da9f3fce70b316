//! A runtime with balances and this pallet, and the ways in which tests set it up.

mod deals;

use crate as pallet_escrow;
use crate::*;
pub use aitbc_core::AccountId;
use aitbc_core::{
	AgentId, AgentKind, Agreement, Approvers, Balance, BlockNumber, Bonds, CaseId, ClosedContract,
	ContractId, EvidenceHash, JobId, Ruling, Signature, Subject, Tenths, TermsHash,
};
use aitbc_traits::{
	AgentInspect, AgentStatus, Arbitration, Complaint, DeadlineClock, OnContractClosed,
	RebateInspect,
};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible::{Inspect, InspectHold, Mutate, MutateFreeze},
		ConstU32, Footprint,
	},
	weights::Weight,
};
use sp_core::H256;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{Convert, IdentityLookup},
	DispatchError, Perbill,
};

pub use deals::*;

type Block = frame_system::mocking::MockBlock<Test>;

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
	type AccountId = AccountId;
	type Lookup = IdentityLookup<AccountId>;
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

/// A contract that the listener engages as soon as it hears of one that closed.
pub type Successor = (JobId, AccountId, AccountId, Agreement<AccountId>);

parameter_types! {
	pub storage ExistentialDeposit: Balance = ED;
	pub storage FeeRate: Perbill = Perbill::from_parts(25_000_000);
	pub storage MissedSlash: Perbill = Perbill::from_percent(50);
	pub storage SlashToOtherParty: Perbill = Perbill::from_percent(50);
	pub storage Treasury: AccountId = TREASURY;
	pub storage MaxDuration: BlockNumber = 1_000;
	pub storage MinReviewPeriod: BlockNumber = 5;
	pub storage MaxReviewPeriod: BlockNumber = 100;
	/// The time, in active blocks.
	pub storage Now: BlockNumber = START;
	/// How much of the fee every provider is spared.
	pub storage Rebate: Perbill = Perbill::zero();
	/// Every contract of whose end the listener heard, in order.
	pub storage Heard: Vec<ClosedContract<AccountId, Balance>> = Vec::new();
	/// What the listener engages when it hears of a contract that closed.
	pub storage Successors: Vec<Successor> = Vec::new();
	/// Which account each agent works under.
	pub storage Wallets: Vec<(AgentId, AccountId)> = vec![(AGENT, PROVIDER)];
	/// Whether there is a court.
	pub storage CourtSits: bool = true;
	/// Every case, in the order of its id.
	pub storage Cases: Vec<Complaint<AccountId>> = Vec::new();
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
/// Weight that the mock's court says it takes.
pub const COURT_WEIGHT: Weight = Weight::from_parts(11, 13);
/// Weight that the mock's rebates say they take.
pub const REBATE_WEIGHT: Weight = Weight::from_parts(17, 19);

impl OnContractClosed<AccountId, Balance> for Heard {
	fn on_contract_closed(closed: &ClosedContract<AccountId, Balance>) {
		assert!(!Contracts::<Test>::contains_key(closed.contract), "told before it closed");
		let mut heard = Self::get();
		heard.push(closed.clone());
		Self::set(&heard);
		let mut successors = Successors::get();
		if let Some((job, client, provider, agreement)) = successors.pop() {
			Successors::set(&successors);
			assert_ok!(<Escrow as aitbc_traits::Escrow<_>>::engage(
				job, &client, &provider, agreement
			));
		}
	}

	fn weight() -> Weight {
		LISTENER_WEIGHT
	}
}

impl Arbitration<AccountId> for Cases {
	fn open_case(complaint: Complaint<AccountId>) -> Result<CaseId, DispatchError> {
		if !CourtSits::get() {
			return Err(NO_COURT);
		}
		let mut cases = Self::get();
		let case = CaseId(cases.len() as u64);
		cases.push(complaint);
		Self::set(&cases);
		Ok(case)
	}

	fn weight() -> Weight {
		COURT_WEIGHT
	}
}

/// The agents of the mock: those that work under some account.
impl AgentInspect<AccountId> for Wallets {
	fn status(agent: AgentId) -> Option<AgentStatus> {
		Self::wallet(agent).map(|_| AgentStatus::Active)
	}

	fn kind(agent: AgentId) -> Option<AgentKind> {
		Self::wallet(agent).map(|_| AgentKind::Provider)
	}

	fn owner(agent: AgentId) -> Option<AccountId> {
		Self::wallet(agent)
	}

	fn wallet(agent: AgentId) -> Option<AccountId> {
		Self::get().into_iter().find(|(id, _)| *id == agent).map(|(_, wallet)| wallet)
	}

	fn is_live(agent: AgentId) -> bool {
		Self::wallet(agent).is_some()
	}

	fn agent_of_wallet(account: &AccountId) -> Option<AgentId> {
		Self::get().into_iter().find(|(_, wallet)| wallet == account).map(|(id, _)| id)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<AccountId> for Wallets {
	fn agent_under(wallet: &AccountId) -> AgentId {
		link(OTHER_AGENT, wallet.clone());
		OTHER_AGENT
	}
}

/// Lets `agent` work under `wallet`, and nobody else.
pub fn link(agent: AgentId, wallet: AccountId) {
	let mut wallets = Wallets::get();
	wallets.retain(|(id, account)| *id != agent && *account != wallet);
	wallets.push((agent, wallet));
	Wallets::set(&wallets);
}

/// Leaves `agent` without a wallet.
pub fn unlink(agent: AgentId) {
	let mut wallets = Wallets::get();
	wallets.retain(|(id, _)| *id != agent);
	Wallets::set(&wallets);
}

impl RebateInspect<AccountId> for Rebate {
	fn rebate(_: &AccountId) -> Perbill {
		Self::get()
	}

	fn weight() -> Weight {
		REBATE_WEIGHT
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
	type Agents = Wallets;
	type Arbitration = Cases;
	type Rebate = Rebate;
	type OnContractClosed = Heard;
	type Signature = Signature;
	type FeeReceiver = Treasury;
	type FeeRate = FeeRate;
	type MissedSlash = MissedSlash;
	type SlashToOtherParty = SlashToOtherParty;
	type MinReviewPeriod = MinReviewPeriod;
	type MaxReviewPeriod = MaxReviewPeriod;
	type MaxDuration = MaxDuration;
	type MaxMilestones = ConstU32<10>;
	type MaxApprovers = ConstU32<8>;
	type StorageDeposit = StorageDeposit;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Wallets;
}

/// The time at which tests begin, in active blocks.
pub const START: BlockNumber = 10;
/// When a milestone is due, or a stream or a meter ends, unless a test says otherwise, in active
/// blocks.
pub const DUE: BlockNumber = 50;
/// The review period unless a test says otherwise, in active blocks.
pub const REVIEW: BlockNumber = 20;
/// What a milestone pays unless a test says otherwise, in plancks.
pub const AMOUNT: Balance = 1_001;
/// The fee on [`AMOUNT`]: 25.025, rounded up.
pub const FEE: Balance = 26;
/// What an active block of a stream costs, in plancks.
pub const RATE: Balance = 100;
/// What a stream is funded with: ten blocks and a quarter, in plancks.
pub const POT: Balance = 1_025;
/// What a unit of a meter costs, in plancks.
pub const PRICE: Balance = 10;
/// How many units a meter may bill.
pub const UNITS: u64 = 200;
/// The existential deposit at the start, in plancks.
pub const ED: Balance = 10;
/// What each of the first accounts owns at the start, in plancks.
pub const WEALTH: Balance = 1_000_000;

const fn account(seed: u8) -> AccountId {
	AccountId::new([seed; 32])
}

/// Pays.
pub const CLIENT: AccountId = account(1);
/// Works.
pub const PROVIDER: AccountId = account(2);
/// Has no part in any contract.
pub const STRANGER: AccountId = account(3);
/// Gets the fees, and owns the existential deposit at the start.
pub const TREASURY: AccountId = account(4);
/// Where drained accounts send their money.
pub const BANK: AccountId = account(5);
/// Three who approve. They own nothing.
pub const APPROVERS: [AccountId; 3] = [account(11), account(12), account(13)];

/// Works under the account of [`PROVIDER`], unless a test says otherwise.
pub const AGENT: AgentId = AgentId(5);
/// Works under no account, unless a test says otherwise.
pub const OTHER_AGENT: AgentId = AgentId(6);

/// The first contract of a test.
pub const FIRST: ContractId = ContractId(0);
/// The first milestone of a contract.
pub const M0: MilestoneIndex = MilestoneIndex(0);
/// The second milestone of a contract.
pub const M1: MilestoneIndex = MilestoneIndex(1);
/// The job of every test contract that has a controller.
pub const JOB: JobId = JobId(7);
/// What who opens a case says is the client's.
pub const CLAIM: Tenths = Tenths::ALL;
/// What a court answers that takes no case.
pub const NO_COURT: DispatchError = DispatchError::Unavailable;
/// The bonds of every test contract that has some, in plancks.
pub const BONDS: Bonds = Bonds { client: 300, provider: 401 };

/// Externalities with the endowed accounts.
///
/// All of it is written as if by calls, on top of an empty state: a genesis would be in a trie, whose
/// reads are what much of the time of the property tests went to.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut ext = sp_io::TestExternalities::default();
	ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
	ext.execute_with(|| {
		// No event is recorded in block zero.
		System::set_block_number(1);
		for who in [CLIENT, PROVIDER, STRANGER, BANK] {
			assert_ok!(Balances::mint_into(&who, WEALTH));
		}
		assert_ok!(Balances::mint_into(&TREASURY, ED));
		reset_events();
	});
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

/// The ruling that gives the provider so many percent, and slashes so many of its bond and of the
/// client's.
pub fn ruling(provider: u32, provider_slash: u32, client_slash: u32) -> Ruling {
	Ruling {
		client: Perbill::from_percent(100 - provider),
		provider: Perbill::from_percent(provider),
		client_slash: Perbill::from_percent(client_slash),
		provider_slash: Perbill::from_percent(provider_slash),
	}
}

/// The court rules in its newest case.
pub fn rule(ruling: Ruling) {
	let cases = Cases::get();
	let subject = cases.last().expect("there is a case").subject;
	rule_in(subject, CaseId(cases.len() as u64 - 1), ruling);
}

/// A court rules.
pub fn rule_in(subject: Subject, case: CaseId, ruling: Ruling) {
	<Escrow as aitbc_traits::OnRuling>::on_ruling(subject, case, &ruling);
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

/// Moves all free money of `who` to the bank, also when it is needed to keep the account alive.
pub fn drain(who: AccountId) {
	assert_ok!(Balances::transfer_all(signed(who), BANK, false));
}

/// Freezes everything that `who` owns and will own, as a vote does.
pub fn freeze_all(who: AccountId) {
	assert_ok!(Balances::set_freeze(&(), &who, Balance::MAX));
}

/// The record of an open or funded contract.
pub fn record(contract: ContractId) -> Contract<Test> {
	Contracts::<Test>::get(contract).expect("the contract is in storage")
}

/// What is funded of a contract.
pub fn funded(contract: ContractId) -> Funded<Test> {
	record(contract).state.funded().expect("the contract is funded").clone()
}

/// The milestones of a funded contract.
pub fn milestones(contract: ContractId) -> Vec<Milestone> {
	match funded(contract).progress {
		Progress::Milestones(milestones) => milestones.into_inner(),
		_ => panic!("the contract pays by milestones"),
	}
}

/// The state of a milestone of a funded contract.
pub fn milestone(contract: ContractId, index: MilestoneIndex) -> MilestoneState {
	milestones(contract)[index.0 as usize].state
}

/// The stream of a funded contract.
pub fn stream(contract: ContractId) -> Stream {
	match funded(contract).progress {
		Progress::Stream(stream) => stream,
		_ => panic!("the contract pays for time"),
	}
}

/// The meter of a funded contract.
pub fn meter(contract: ContractId) -> Meter<AccountId> {
	match funded(contract).progress {
		Progress::Metered(meter) => meter,
		_ => panic!("the contract pays for units"),
	}
}

/// A contract of [`CLIENT`] and [`PROVIDER`] that closed without anything having moved.
pub fn closed(contract: ContractId) -> ClosedContract<AccountId, Balance> {
	ClosedContract {
		contract,
		job: None,
		client: CLIENT,
		provider: PROVIDER,
		agent: Some(AGENT),
		outcome: aitbc_core::ContractOutcome::Cancelled,
		accepted: false,
		disputed: false,
		released: 0,
		refunded: 0,
		fee: 0,
		on_time: 0,
		missed: 0,
		disputed_lost: 0,
		slashed: 0,
	}
}

/// The contract of which the listener heard last.
pub fn last_heard() -> ClosedContract<AccountId, Balance> {
	Heard::get().pop().expect("a contract closed")
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
	drain(who.clone());
	assert_eq!(free(who), 0);
}

//! A runtime with balances, this pallet and a machine that actions change, neighbours that tests write to,
//! and the ways in which tests set it up.

use crate as pallet_actions;
use crate::*;
use aitbc_anomaly::Value;
use aitbc_audit::{Actor, Entry, Event as Logged, Hash, RecordId, Subject};
use aitbc_core::{
	ActionId, AgentId, AgentKind, Balance, BlockNumber, DocumentHash, EvidenceHash, KindId,
	Parameter, RiskClass, Target, Word, Work,
};
use aitbc_telemetry::Series;
use aitbc_traits::{
	AgentInspect, AgentStatus, Anomaly, AnomalyInspect, AuditLog, FeedInspect, OnAnomaly, Reading,
	ReporterInspect,
};
use codec::{Decode, Encode};
use frame_support::{
	assert_ok, derive_impl,
	dispatch::DispatchResult,
	ensure, parameter_types,
	traits::{
		fungible::{Inspect, InspectHold, Mutate, MutateFreeze},
		tokens::Preservation,
		ConstU32, Contains, EnsureOrigin, Hooks,
	},
	weights::{Weight, WeightMeter},
};
use frame_system::EnsureRoot;
use sp_core::H256;
use sp_runtime::{
	traits::IdentityLookup, AccountId32, BuildStorage, DispatchError, Perbill, Percent,
};
use std::collections::BTreeMap;

mod deeds;
mod views;

pub use deeds::*;
pub use views::*;

type Block = frame_system::mocking::MockBlock<Test>;

/// An account of the mock.
pub type AccountId = AccountId32;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system = 0,
		Balances: pallet_balances = 1,
		Actions: pallet_actions = 2,
		Machine: machine = 3,
	}
);

/// Something that actions which are calls can change.
#[frame_support::pallet(dev_mode)]
pub mod machine {
	use super::{MostLevel, LEVEL_WEIGHT};
	use aitbc_core::KindId;
	use frame_support::pallet_prelude::*;
	use frame_system::pallet_prelude::*;

	#[pallet::pallet]
	pub struct Pallet<T>(_);

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// Takes verified actions, and says of which kind.
		type VerifiedOrigin: EnsureOrigin<Self::RuntimeOrigin, Success = KindId>;
	}

	/// At which level the machine runs.
	#[pallet::storage]
	pub type Level<T> = StorageValue<_, u32, ValueQuery>;

	/// The kind of the last action that set the level.
	#[pallet::storage]
	pub type SetBy<T> = StorageValue<_, KindId, OptionQuery>;

	#[pallet::error]
	pub enum Error<T> {
		/// The level is above the highest.
		TooHigh,
		/// The machine broke down.
		BrokenDown,
	}

	#[pallet::call]
	impl<T: Config> Pallet<T> {
		/// Has the machine run at another level, which is not above [`MostLevel`].
		#[pallet::call_index(0)]
		#[pallet::weight(LEVEL_WEIGHT)]
		pub fn set_level(origin: OriginFor<T>, level: u32) -> DispatchResult {
			let kind = T::VerifiedOrigin::ensure_origin(origin)?;
			// It is noticed too late, so that what was done has to be undone.
			Level::<T>::put(level);
			SetBy::<T>::put(kind);
			ensure!(level <= MostLevel::get(), Error::<T>::TooHigh);
			Ok(())
		}

		/// Never works.
		#[pallet::call_index(1)]
		pub fn break_down(origin: OriginFor<T>) -> DispatchResult {
			T::VerifiedOrigin::ensure_origin(origin)?;
			Level::<T>::kill();
			Err(Error::<T>::BrokenDown.into())
		}

		/// Does nothing, at length.
		#[pallet::call_index(2)]
		pub fn ponder(origin: OriginFor<T>, thoughts: Vec<u8>) -> DispatchResult {
			T::VerifiedOrigin::ensure_origin(origin)?;
			drop(thoughts);
			Ok(())
		}

		/// Is no action, whatever the catalogue says.
		#[pallet::call_index(3)]
		pub fn melt(origin: OriginFor<T>) -> DispatchResult {
			T::VerifiedOrigin::ensure_origin(origin)?;
			Level::<T>::put(u32::MAX);
			Ok(())
		}
	}
}

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

parameter_types! {
	pub storage ExistentialDeposit: Balance = ED;
	pub storage Treasury: AccountId = TREASURY;
	pub storage Deposit: Balance = DEPOSIT;
	pub storage KeptBlocks: BlockNumber = KEPT;
	pub storage BreakerPeriod: BlockNumber = PERIOD;
	pub storage MaxFailures: u32 = MAX_FAILURES;
	pub storage MaxStarts: u32 = MAX_STARTS;
	pub storage Recoveries: u32 = RECOVERIES;
	pub storage MaxOpen: u32 = MAX_OPEN;
	/// Every registered agent.
	pub storage Registry: BTreeMap<AgentId, Agent> = BTreeMap::new();
	/// What backs each validator, in plancks.
	pub storage Stakes: BTreeMap<AccountId, Balance> = BTreeMap::new();
	/// Every report that is kept: of whom, of what, and the hash of what was seen.
	pub storage Reports: BTreeMap<u64, (AccountId, Series, Hash)> = BTreeMap::new();
	/// The present window of the feed.
	pub storage Window: u32 = WINDOW;
	/// The newest readings.
	pub storage Readings: BTreeMap<Series, Reading> = BTreeMap::new();
	/// What was written down since [`reset`].
	pub storage Log: Vec<Written> = Vec::new();
	/// Whether nothing can be written down any more.
	pub storage LogIsFull: bool = false;
	/// The highest level at which the machine runs.
	pub storage MostLevel: u32 = 100;
	/// Whether the level can be an action at all.
	pub storage LevelIsOperable: bool = true;
}

/// An agent of the mock's registry.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Agent {
	pub owner: AccountId,
	pub wallet: Option<AccountId>,
	pub kind: AgentKind,
	pub status: AgentStatus,
}

impl AgentInspect<AccountId> for Registry {
	fn status(agent: AgentId) -> Option<AgentStatus> {
		Self::get().get(&agent).map(|agent| agent.status)
	}

	fn kind(agent: AgentId) -> Option<AgentKind> {
		let agent = Self::get().remove(&agent)?;
		let is_leaving = matches!(agent.status, AgentStatus::Deregistering { .. });
		(!is_leaving).then_some(agent.kind)
	}

	fn owner(agent: AgentId) -> Option<AccountId> {
		Self::get().remove(&agent).map(|agent| agent.owner)
	}

	fn wallet(agent: AgentId) -> Option<AccountId> {
		Self::get().remove(&agent)?.wallet
	}

	fn is_live(agent: AgentId) -> bool {
		Self::status(agent) == Some(AgentStatus::Active)
	}

	fn agent_of_wallet(wallet: &AccountId) -> Option<AgentId> {
		let agents = Self::get().into_iter();
		agents.filter(|(_, agent)| agent.wallet.as_ref() == Some(wallet)).map(|(id, _)| id).next()
	}
}

/// How much more a record weighs on the mock's log than on an empty one.
pub const GROWTH_WEIGHT: Weight = Weight::from_parts(3, 5);

/// What the mock's neighbours say that it takes to ask them.
pub const NEIGHBOUR_WEIGHT: Weight = Weight::from_parts(11, 13);

impl ReporterInspect<AccountId> for Stakes {
	fn stake(account: &AccountId) -> Balance {
		Self::get().get(account).copied().unwrap_or_default()
	}

	fn validators() -> u32 {
		Self::get().values().filter(|stake| **stake > 0).count() as u32
	}

	fn era() -> u32 {
		7
	}

	fn weight() -> Weight {
		NEIGHBOUR_WEIGHT
	}
}

impl AnomalyInspect<AccountId> for Reports {
	fn anomaly(report: u64) -> Option<Anomaly<AccountId>> {
		let (reporter, series, evidence) = Self::get().remove(&report)?;
		Some(Anomaly { report, reporter, series, evidence })
	}
}

impl FeedInspect for Readings {
	fn window() -> u32 {
		Window::get()
	}

	fn latest(series: Series) -> Option<Reading> {
		Self::get().get(&series).copied()
	}
}

/// A record of the mock's log, and who paid for it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Written {
	pub entry: Entry,
	pub payer: Option<AccountId>,
}

/// What the log answers when it is full.
pub const LOG_FULL: DispatchError = DispatchError::Exhausted;

impl AuditLog<AccountId> for Log {
	fn append(entry: Entry, payer: Option<&AccountId>) -> Result<RecordId, DispatchError> {
		ensure!(!LogIsFull::get(), LOG_FULL);
		if let Some(payer) = payer {
			let fee = Self::fee(entry);
			<Balances as Mutate<_>>::transfer(payer, &TREASURY, fee, Preservation::Preserve)?;
		}
		let mut log = Self::get();
		let id = RecordId(log.len() as u64);
		log.push(Written { entry, payer: payer.cloned() });
		Self::set(&log);
		Ok(id)
	}

	fn fee(_: Entry) -> Balance {
		FEE
	}

	fn append_weight() -> Weight {
		NEIGHBOUR_WEIGHT
	}

	fn growth_weight() -> Weight {
		GROWTH_WEIGHT
	}
}

/// Which calls can be actions: all of the machine's but one.
pub struct Operable;

impl Contains<RuntimeCall> for Operable {
	fn contains(call: &RuntimeCall) -> bool {
		match call {
			RuntimeCall::Machine(machine::Call::set_level { .. }) => LevelIsOperable::get(),
			RuntimeCall::Machine(machine::Call::break_down {} | machine::Call::ponder { .. }) => {
				true
			},
			_ => false,
		}
	}
}

/// Takes verified actions only.
pub struct EnsureVerified;

impl EnsureOrigin<RuntimeOrigin> for EnsureVerified {
	type Success = KindId;

	fn try_origin(origin: RuntimeOrigin) -> Result<KindId, RuntimeOrigin> {
		let found: Result<Origin, RuntimeOrigin> = origin.into();
		found.map(|Origin::Verified(kind)| kind)
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn try_successful_origin() -> Result<RuntimeOrigin, ()> {
		Ok(Origin::Verified(KindId(0)).into())
	}
}

impl machine::Config for Test {
	type VerifiedOrigin = EnsureVerified;
}

impl pallet_actions::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Agents = Registry;
	type Validators = Stakes;
	type Anomalies = Reports;
	type Feed = Readings;
	type Audit = Log;
	type Callable = Operable;
	type AdminOrigin = EnsureRoot<AccountId>;
	type SpamReceiver = Treasury;
	type Deposit = Deposit;
	type KeptBlocks = KeptBlocks;
	type BreakerPeriod = BreakerPeriod;
	type MaxFailures = MaxFailures;
	type MaxStarts = MaxStarts;
	type Recoveries = Recoveries;
	type MaxOpen = MaxOpen;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Registry;
	type WeightInfo = ();
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<Test> for Registry {
	fn executor(wallet: &AccountId) -> AgentId {
		let agent = AgentId(1_000 + Self::get().len() as u64);
		put_agent(agent, AgentKind::Executor, wallet.clone(), wallet.clone());
		agent
	}

	fn activate(validator: &AccountId) {
		set_stake(validator.clone(), STAKE);
	}

	fn report(validator: &AccountId) -> u64 {
		put_report(0, validator.clone(), Series::FinalityLag);
		0
	}

	fn feed(lag: i64) {
		see(lag);
	}

	fn call() -> RuntimeCall {
		set_level_call(1)
	}
}

/// The block in which tests begin.
pub const START: BlockNumber = 10;
/// What a recommendation holds, in plancks.
pub const DEPOSIT: Balance = 1_000;
/// What a record costs, in plancks.
pub const FEE: Balance = 7;
/// How long ended actions are kept, in blocks.
pub const KEPT: BlockNumber = 50;
/// How long a breaker is open at first, and in which starts are counted, in blocks.
pub const PERIOD: BlockNumber = 20;
/// So many failures open a class's breaker.
pub const MAX_FAILURES: u32 = 3;
/// More starts than these open a class's breaker.
pub const MAX_STARTS: u32 = 10;
/// So many successes close a breaker.
pub const RECOVERIES: u32 = 2;
/// The most open recommendations of an account.
pub const MAX_OPEN: u32 = 4;
/// The existential deposit, in plancks.
pub const ED: Balance = 10;
/// What each of the first accounts owns at the start, in plancks.
pub const WEALTH: Balance = 100_000;
/// What backs each validator at the start, in plancks.
pub const STAKE: Balance = 1_000_000;
/// The window of the feed in which tests begin.
pub const WINDOW: u32 = 5;
/// What a call weighs that sets the level.
pub const LEVEL_WEIGHT: Weight = Weight::from_parts(500, 0);

/// How many accounts own [`WEALTH`] at the start.
const WEALTHY: u8 = 40;

const fn account(number: u8) -> AccountId {
	AccountId::new([number; 32])
}

/// The stashes of those who validate at the start.
pub const ALICE: AccountId = account(1);
/// Another.
pub const BOB: AccountId = account(2);
/// A third.
pub const CAROL: AccountId = account(3);
/// A fourth.
pub const DAVE: AccountId = account(4);
/// May approve.
pub const ANN: AccountId = account(5);
/// May approve, too.
pub const BEN: AccountId = account(6);
/// A third who may.
pub const CLEO: AccountId = account(7);
/// The wallet of [`ADVISOR`].
pub const SAGE: AccountId = account(8);
/// Owns [`ADVISOR`].
pub const SAGE_OWNER: AccountId = account(9);
/// The wallet of [`EXECUTOR`].
pub const HAND: AccountId = account(10);
/// The wallet of [`OTHER_EXECUTOR`].
pub const OTHER_HAND: AccountId = account(11);
/// Owns [`SERVICE`].
pub const SERVICE_OWNER: AccountId = account(12);
/// Has no part in anything.
pub const STRANGER: AccountId = account(13);
/// Gets fees and the deposits of spam, and owns the existential deposit at the start.
pub const TREASURY: AccountId = account(50);
/// Where money comes from and goes to.
pub const BANK: AccountId = account(51);

/// An account that owns [`WEALTH`] and has no other name.
pub fn extra(number: u8) -> AccountId {
	let number = 20 + number;
	assert!(number <= WEALTHY, "there are few of them");
	account(number)
}

/// Recommends by the leave of governance.
pub const ADVISOR: AgentId = AgentId(1);
/// Carries actions out on the nodes of [`ALICE`], [`BOB`] and [`CAROL`], on [`SERVICE`] and on the network.
pub const EXECUTOR: AgentId = AgentId(2);
/// Carries actions out on the node of [`DAVE`].
pub const OTHER_EXECUTOR: AgentId = AgentId(3);
/// Runs something that actions are done to.
pub const SERVICE: AgentId = AgentId(4);
/// No agent has this id.
pub const NOBODY: AgentId = AgentId(99);

/// Writes something down about a validator: nobody has to agree.
pub const ALERT: KindId = KindId(1);
/// Has an executor look at a validator: nobody has to agree.
pub const LOOK: KindId = KindId(2);
/// Has an executor restart a validator's service: two approvers have to agree.
pub const RESTART: KindId = KindId(3);
/// Has an executor reconfigure a validator: two approvers have to agree. [`RESTORE`] reverses it.
pub const RECONFIGURE: KindId = KindId(4);
/// Has an executor restore a validator's configuration.
pub const RESTORE: KindId = KindId(5);
/// Sets the machine's level: two approvers have to agree. [`RESET_LEVEL`] reverses it.
pub const SET_LEVEL: KindId = KindId(6);
/// Sets it back.
pub const RESET_LEVEL: KindId = KindId(7);
/// Has an executor tune what an agent runs: the agent's owner has to agree.
pub const TUNE: KindId = KindId(8);
/// Has an executor replace a validator's machine: it wants a simulation, and governance has to agree.
pub const REPLACE: KindId = KindId(9);
/// The catalogue has no such kind.
pub const NO_KIND: KindId = KindId(99);

/// The first action of a test.
pub const FIRST: ActionId = ActionId(0);
/// The second.
pub const SECOND: ActionId = ActionId(1);
/// The third.
pub const THIRD: ActionId = ActionId(2);

/// Where every rationale can be read.
pub const RATIONALE_URI: &[u8] = b"https://ops.example/why/1.json";
/// The hash of every rationale.
pub const RATIONALE: DocumentHash = DocumentHash(H256::repeat_byte(2));
/// The hash of what every executor has seen.
pub const EVIDENCE: EvidenceHash = EvidenceHash(H256::repeat_byte(3));
/// The hash of what every reporter has seen.
pub const SEEN: Hash = [4; 32];
/// The hash of every reason for a veto.
pub const REASON: DocumentHash = DocumentHash(H256::repeat_byte(6));

/// Externalities with the endowed accounts, validators, agents, the catalogue, approvers and executors.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut balances: Vec<_> = (1..=WEALTHY).map(|number| (account(number), WEALTH)).collect();
	balances.extend([(TREASURY, ED), (BANK, 1_000 * WEALTH)]);
	let mut storage = frame_system::GenesisConfig::<Test>::default()
		.build_storage()
		.expect("the default genesis is valid");
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.expect("every balance is above the existential deposit");
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		System::set_block_number(START.into());
		for stash in [ALICE, BOB, CAROL, DAVE] {
			set_stake(stash, STAKE);
		}
		put_agent(ADVISOR, AgentKind::AiModel, SAGE_OWNER, SAGE);
		put_agent(EXECUTOR, AgentKind::Executor, STRANGER, HAND);
		put_agent(OTHER_EXECUTOR, AgentKind::Executor, STRANGER, OTHER_HAND);
		put_agent(SERVICE, AgentKind::Provider, SERVICE_OWNER, extra(20));
		for (id, kind) in catalogue() {
			assert_ok!(Actions::set_kind(root(), id, kind));
		}
		assert_ok!(Actions::set_approvers(root(), accounts([ANN, BEN, CLEO])));
		assert_ok!(Actions::set_recommender(root(), ADVISOR, true));
		// Not by their operators, so that nobody has paid for a record yet.
		for target in [ALICE, BOB, CAROL].map(Target::Validator) {
			Executors::<Test>::insert(target, EXECUTOR);
		}
		Executors::<Test>::insert(Target::Validator(DAVE), OTHER_EXECUTOR);
		Executors::<Test>::insert(Target::Agent(SERVICE), EXECUTOR);
		Executors::<Test>::insert(Target::<AccountId>::Network, EXECUTOR);
		reset();
	});
	ext
}

/// Runs `test`, then checks every invariant and that no money was made or lost.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let issuance = Balances::total_issuance();
		test();
		assert_ok!(Actions::do_try_state());
		assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	});
}

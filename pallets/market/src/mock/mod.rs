//! A runtime with balances, this pallet and an escrow that does what the glue trait says; registries
//! of agents and tags that tests write to; and the ways in which tests set it all up.

pub mod deals;
pub mod escrow;

use crate as pallet_market;
use crate::*;
use aitbc_core::{
	AgentId, Balance, BlockNumber, ClosedContract, Decimal, JobId, Scale, TagId, TagRule, TagUse,
};
use aitbc_traits::{
	AgentInspect, AgentStatus, DeadlineClock, OnJobSettled, ReputationInspect, TagInspect,
};
use codec::{Decode, Encode};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible::{Inspect, InspectHold, Mutate, MutateFreeze},
		ConstU32, Footprint,
	},
	weights::Weight,
};
use sp_runtime::{traits::Convert, Perbill};
use std::collections::BTreeMap;

pub use deals::*;

type Block = frame_system::mocking::MockBlock<Test>;

/// An account of the mock.
pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Market: pallet_market,
		MockEscrow: escrow,
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
	pub storage Treasury: AccountId = TREASURY;
	pub storage BondRate: Perbill = Perbill::from_percent(10);
	pub storage MinBond: Balance = MIN_BOND;
	pub storage MaxBiddingPeriod: BlockNumber = 100;
	pub storage MaxDuration: BlockNumber = MAX_DURATION;
	pub storage MinReviewPeriod: BlockNumber = 5;
	pub storage MaxReviewPeriod: BlockNumber = 100;
	pub storage RetentionPeriod: BlockNumber = RETENTION;
	/// What a byte in storage costs, in plancks. An item costs ten times as much.
	pub storage BytePrice: Balance = 1;
	/// The time, in active blocks.
	pub storage Now: BlockNumber = START;
	/// The era.
	pub storage Era: u32 = 7;
	/// Every registered agent.
	pub storage Registry: BTreeMap<AgentId, Agent> = BTreeMap::new();
	/// Every tag, what it is for, and whether it is retired.
	pub storage TagRegistry: BTreeMap<TagId, (TagUse, bool)> = BTreeMap::new();
	/// What agents' reputation is at least; of those that are not there, zero.
	pub storage LowerBounds: BTreeMap<AgentId, Perbill> = BTreeMap::new();
	/// Every contract of a job of whose end the listener heard, in order.
	pub storage Heard: Vec<(JobId, ClosedContract<AccountId, Balance>)> = Vec::new();
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

/// An agent of the mock's registry.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Agent {
	pub owner: AccountId,
	pub wallet: Option<AccountId>,
	pub status: AgentStatus,
	pub is_live: bool,
}

impl AgentInspect<AccountId> for Registry {
	fn status(agent: AgentId) -> Option<AgentStatus> {
		Self::get().get(&agent).map(|agent| agent.status)
	}

	fn kind(agent: AgentId) -> Option<aitbc_core::AgentKind> {
		Self::get().contains_key(&agent).then_some(aitbc_core::AgentKind::Provider)
	}

	fn owner(agent: AgentId) -> Option<AccountId> {
		Self::get().get(&agent).map(|agent| agent.owner)
	}

	fn wallet(agent: AgentId) -> Option<AccountId> {
		Self::get().get(&agent)?.wallet
	}

	fn is_live(agent: AgentId) -> bool {
		Self::get().get(&agent).is_some_and(|agent| agent.is_live)
	}

	fn agent_of_wallet(wallet: &AccountId) -> Option<AgentId> {
		Self::get().into_iter().find(|(_, agent)| agent.wallet == Some(*wallet)).map(|(id, _)| id)
	}
}

impl TagInspect for TagRegistry {
	fn rule(tag: TagId) -> Option<TagRule> {
		let (purpose, is_retired) = *Self::get().get(&tag)?;
		let scale = Scale::new(Decimal::whole(0), Decimal::whole(1))?;
		Some(TagRule { purpose, scale, is_retired })
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn create(rule: TagRule) -> TagId {
		let mut tags = Self::get();
		let tag = TagId(tags.len() as u32);
		tags.insert(tag, (rule.purpose, rule.is_retired));
		Self::set(&tags);
		tag
	}
}

/// Weight that the mock's reputation says a read takes.
pub const REPUTATION_WEIGHT: Weight = Weight::from_parts(3, 5);

impl ReputationInspect for LowerBounds {
	fn lower_bound(agent: AgentId) -> Perbill {
		Self::get().get(&agent).copied().unwrap_or_default()
	}

	fn mean(_: AgentId) -> Option<Perbill> {
		None
	}

	fn evidence(_: AgentId) -> Balance {
		0
	}

	fn weight() -> Weight {
		REPUTATION_WEIGHT
	}
}

/// Weight that the mock's listener says it takes.
pub const LISTENER_WEIGHT: Weight = Weight::from_parts(7, 11);

impl OnJobSettled<AccountId, Balance> for Heard {
	fn on_job_settled(job: JobId, closed: &ClosedContract<AccountId, Balance>) {
		let mut heard = Self::get();
		heard.push((job, closed.clone()));
		Self::set(&heard);
	}

	fn weight() -> Weight {
		LISTENER_WEIGHT
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<AccountId> for Registry {
	fn active_agent(_: aitbc_core::AgentKind, owner: &AccountId, wallet: &AccountId) -> AgentId {
		let agent = AgentId(1_000 + Self::get().len() as u64);
		put_agent(agent, *owner, *wallet);
		agent
	}
}

/// Ten plancks per item and one per byte, times [`BytePrice`].
pub struct StorageDeposit;

impl Convert<Footprint, Balance> for StorageDeposit {
	fn convert(footprint: Footprint) -> Balance {
		let price = Balance::from(footprint.count) * 10 + Balance::from(footprint.size);
		BytePrice::get() * price
	}
}

impl pallet_market::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = Now;
	type Agents = Registry;
	type Tags = TagRegistry;
	type Reputation = LowerBounds;
	type Escrow = MockEscrow;
	type OnJobSettled = Heard;
	type Era = Era;
	type BondRate = BondRate;
	type MinBond = MinBond;
	type MaxBiddingPeriod = MaxBiddingPeriod;
	type MaxDuration = MaxDuration;
	type MinReviewPeriod = MinReviewPeriod;
	type MaxReviewPeriod = MaxReviewPeriod;
	type RetentionPeriod = RetentionPeriod;
	type StorageDeposit = StorageDeposit;
	type MaxUriLength = ConstU32<MAX_URI>;
	type EraHistory = ConstU32<HISTORY>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Registry;
	type WeightInfo = ();
}

impl escrow::Config for Test {}

/// The time at which tests begin, in active blocks.
pub const START: BlockNumber = 10;
/// How long work may take at the start, in active blocks.
pub const MAX_DURATION: BlockNumber = 1_000;
/// How long settled jobs are kept, in active blocks.
pub const RETENTION: BlockNumber = 300;
/// Of how many eras counters are kept.
pub const HISTORY: u32 = 4;
/// The least bond, in plancks.
pub const MIN_BOND: Balance = 200;
/// The existential deposit at the start, in plancks.
pub const ED: Balance = 10;
/// What each of the first accounts, and each wallet, owns at the start, in plancks.
pub const WEALTH: Balance = 1_000_000;
/// The most bytes of a URI.
pub const MAX_URI: u32 = 100;

/// Pays.
pub const CLIENT: AccountId = 1;
/// Has no part in any job.
pub const STRANGER: AccountId = 2;
/// Gets fees and slashes, and owns enough to be there at the start.
pub const TREASURY: AccountId = 3;
/// Where drained accounts send their money.
pub const BANK: AccountId = 4;

/// The agents of the mock. Agent 0 does most of the work.
pub const AGENTS: u64 = 20;
/// Does the work.
pub const PROVIDER: AgentId = AgentId(0);
/// May do it as well.
pub const RIVAL: AgentId = AgentId(1);
/// And this one.
pub const THIRD: AgentId = AgentId(2);
/// And this one too.
pub const FOURTH: AgentId = AgentId(3);

/// A tag for capabilities.
pub const TAG: TagId = TagId(0);
/// Another tag for capabilities.
pub const OTHER_TAG: TagId = TagId(1);
/// A tag for capabilities that governance retired.
pub const RETIRED_TAG: TagId = TagId(2);
/// A tag for something else.
pub const FEEDBACK_TAG: TagId = TagId(3);
/// There is no such tag.
pub const NO_TAG: TagId = TagId(9);

/// The wallet of an agent of the mock.
pub const fn wallet(agent: AgentId) -> AccountId {
	100 + agent.0
}

/// The owner of an agent of the mock.
pub const fn owner(agent: AgentId) -> AccountId {
	200 + agent.0
}

/// Externalities with the endowed accounts, the agents and the tags.
pub fn new_test_ext() -> sp_io::TestExternalities {
	new_test_ext_with(AGENTS)
}

/// The same with only the first `agents` of the agents.
///
/// All of it is written as if by calls, on top of an empty state: a genesis would be in a trie, whose
/// reads are what most of the time of the property tests went to.
pub fn new_test_ext_with(agents: u64) -> sp_io::TestExternalities {
	let mut ext = sp_io::TestExternalities::default();
	ext.execute_with(|| {
		// No event is recorded in block zero.
		System::set_block_number(1);
		for (who, amount) in
			[(CLIENT, WEALTH), (STRANGER, WEALTH), (BANK, WEALTH), (TREASURY, 1_000)]
		{
			assert_ok!(Balances::mint_into(&who, amount));
		}
		for agent in (0..agents).map(AgentId) {
			assert_ok!(Balances::mint_into(&wallet(agent), WEALTH));
			put_agent(agent, owner(agent), wallet(agent));
		}
		TagRegistry::set(&tags());
		reset_events();
	});
	ext
}

/// Runs `test`, then checks every invariant and that no money was made or lost.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let issuance = Balances::total_issuance();
		test();
		assert_ok!(Market::do_try_state());
		assert_ok!(MockEscrow::do_try_state());
		assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	});
}

/// Registers an active agent.
pub fn put_agent(agent: AgentId, owner: AccountId, wallet: AccountId) {
	let mut registry = Registry::get();
	let status = AgentStatus::Active;
	registry.insert(agent, Agent { owner, wallet: Some(wallet), status, is_live: true });
	Registry::set(&registry);
}

/// Changes a registered agent.
pub fn alter_agent(agent: AgentId, change: impl FnOnce(&mut Agent)) {
	let mut registry = Registry::get();
	change(registry.get_mut(&agent).expect("the agent is registered"));
	Registry::set(&registry);
}

/// Says what an agent's reputation is at least.
pub fn set_lower_bound(agent: AgentId, bound: Perbill) {
	let mut bounds = LowerBounds::get();
	bounds.insert(agent, bound);
	LowerBounds::set(&bounds);
}

/// The tags at the start.
pub fn tags() -> BTreeMap<TagId, (TagUse, bool)> {
	BTreeMap::from([
		(TAG, (TagUse::Capability, false)),
		(OTHER_TAG, (TagUse::Capability, false)),
		(RETIRED_TAG, (TagUse::Capability, true)),
		(FEEDBACK_TAG, (TagUse::Feedback, false)),
	])
}

/// Lets governance retire [`TAG`].
pub fn retire_tag() {
	let mut tags = tags();
	tags.insert(TAG, (TagUse::Capability, true));
	TagRegistry::set(&tags);
}

/// An origin signed by `who`.
pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// An origin signed by the wallet of `agent`.
pub fn by(agent: AgentId) -> RuntimeOrigin {
	signed(wallet(agent))
}

/// Sets the time, in active blocks.
pub fn set_now(now: BlockNumber) {
	Now::set(&now);
}

/// Lets so many active blocks pass.
pub fn wait(blocks: BlockNumber) {
	set_now(Now::get() + blocks);
}

/// What the market holds on `who` for `reason`, in plancks.
pub fn held(reason: HoldReason, who: AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), &who)
}

/// What the market holds on `who` as bond, in plancks.
pub fn bond_held(who: AccountId) -> Balance {
	held(HoldReason::Bond, who)
}

/// What the market holds on `who` as deposit, in plancks.
pub fn deposit_held(who: AccountId) -> Balance {
	held(HoldReason::Deposit, who)
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

/// Leaves nothing but held money on `who`. Only an account with another provider reference, such
/// as one with session keys of its own, can come to this.
pub fn keep_only_holds(who: AccountId) {
	System::inc_providers(&who);
	drain(who);
	assert_eq!(free(who), 0);
}

/// Leaves `left` of its free money to `who`, beside what is held.
pub fn keep_only(who: AccountId, left: Balance) {
	if left < ED {
		System::inc_providers(&who);
	}
	assert_ok!(Balances::transfer_allow_death(signed(who), BANK, free(who) - left));
}

/// The market's events since the last reset, in order.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Market(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Forgets all events so far, so that a test sees only those of its own call.
pub fn reset_events() {
	System::reset_events();
}

/// What was counted in the present era.
pub fn counted() -> Counters {
	Market::counters(1)[0].counters
}

//! A runtime with balances and this pallet, and the ways in which tests set it up.

use crate::{self as pallet_reputation, *};
use aitbc_core::{
	money::AIT, AgentId, AgentKind, Balance, BlockNumber, ClosedContract, ContractId,
	ContractOutcome, Decimal, DocumentHash, FeedbackIndex, Scale, TagId, TagRule, TagUse, WorkId,
};
use aitbc_reputation::{retained, Component, ComponentWeights};
use aitbc_traits::{
	AgentInspect, AgentStatus, DeadlineClock, OnAgentTransferred, OnContractClosed, TagInspect,
};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{
		fungible::{InspectHold, MutateFreeze},
		ConstU32, Footprint,
	},
};
use sp_core::H256;
use sp_runtime::{traits::Convert, BuildStorage, DispatchResult, Perbill};
use std::collections::BTreeMap;

type Block = frame_system::mocking::MockBlock<Test>;

/// An account of the mock.
pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Reputation: pallet_reputation,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = ED;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type AccountStore = System;
	type FreezeIdentifier = ();
	type MaxFreezes = ConstU32<1>;
	type RuntimeHoldReason = RuntimeHoldReason;
}

parameter_types! {
	/// The time, in active blocks.
	pub storage Now: BlockNumber = START;
	pub storage HalfLife: BlockNumber = HALF_LIFE;
	pub storage EvidenceUnit: Balance = 10 * AIT;
	pub storage PairCap: Balance = 25 * AIT;
	pub storage MinFee: Balance = AIT;
	pub Weights: ComponentWeights = ComponentWeights::default();
	/// What a byte of storage costs, in multiples of a planck.
	pub storage PriceFactor: Balance = 1;
	/// Who owns each agent, and its wallet.
	pub storage Registry: BTreeMap<AgentId, (AccountId, Option<AccountId>)> = BTreeMap::from([
		(AGENT, (OWNER, Some(WALLET))),
		(HIRER, (HIRER_OWNER, Some(HIRER_WALLET))),
	]);
	pub storage TagRules: BTreeMap<TagId, TagRule> = tag_rules();
	/// The id of the next contract that closes.
	pub storage NextContract: u64 = 0;
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

/// The agents of the mock. An agent that is not in the registry is gone.
pub struct MockAgents;

impl AgentInspect<AccountId> for MockAgents {
	fn status(agent: AgentId) -> Option<AgentStatus> {
		Registry::get().get(&agent).map(|_| AgentStatus::Active)
	}

	fn kind(agent: AgentId) -> Option<AgentKind> {
		Registry::get().get(&agent).map(|_| AgentKind::AiModel)
	}

	fn owner(agent: AgentId) -> Option<AccountId> {
		Registry::get().get(&agent).map(|(owner, _)| *owner)
	}

	fn wallet(agent: AgentId) -> Option<AccountId> {
		Registry::get().get(&agent).and_then(|(_, wallet)| *wallet)
	}

	fn is_live(agent: AgentId) -> bool {
		Self::wallet(agent).is_some()
	}

	fn agent_of_wallet(wallet: &AccountId) -> Option<AgentId> {
		let registry = Registry::get();
		let mut agents = registry.iter().filter(|(_, (_, one))| *one == Some(*wallet));
		agents.next().map(|(agent, _)| *agent)
	}
}

/// The tags of the mock.
pub struct MockTags;

impl TagInspect for MockTags {
	fn rule(tag: TagId) -> Option<TagRule> {
		TagRules::get().get(&tag).copied()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn create(rule: TagRule) -> TagId {
		let tag = TagId(1_000 + TagRules::get().len() as u32);
		set_tag_rule(tag, rule);
		tag
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<AccountId> for MockAgents {
	fn create_agent(owner: &AccountId, wallet: &AccountId) -> AgentId {
		let agent = AgentId(1_000 + Registry::get().len() as u64);
		set_agent(agent, *owner, Some(*wallet));
		agent
	}
}

/// Ten plancks per item and one per byte, times a factor.
pub struct StorageDeposit;

impl Convert<Footprint, Balance> for StorageDeposit {
	fn convert(footprint: Footprint) -> Balance {
		PriceFactor::get() * (Balance::from(footprint.count) * 10 + Balance::from(footprint.size))
	}
}

impl Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Agents = MockAgents;
	type Tags = MockTags;
	type Clock = Now;
	type HalfLife = HalfLife;
	type EvidenceUnit = EvidenceUnit;
	type PairCap = PairCap;
	type MinFee = MinFee;
	type ComponentWeights = Weights;
	type StorageDeposit = StorageDeposit;
	type MaxUriLength = ConstU32<MAX_URI>;
	type WeightInfo = ();
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = MockAgents;
}

/// The time at which tests begin, in active blocks.
pub const START: BlockNumber = 10;
/// The half-life unless a test says otherwise, in active blocks.
pub const HALF_LIFE: BlockNumber = 1_000;
/// How long things must be kept, in active blocks.
pub const RETENTION: BlockNumber = 12 * HALF_LIFE;
/// The most bytes of a URI or an endpoint.
pub const MAX_URI: u32 = 256;
/// The existential deposit, in plancks.
pub const ED: Balance = 10;
/// What each account owns at the start, in plancks.
pub const WEALTH: Balance = 1_000_000;
/// The fee of a contract unless a test says otherwise, in plancks.
pub const FEE: Balance = 25 * AIT;
/// What the first contract of two parties counts for: half the cap, at a fee as high as the cap.
pub const WEIGHT: Balance = FEE / 2;
/// What a contract releases unless a test says otherwise, in plancks.
pub const RELEASED: Balance = 1_000 * AIT;

/// Pays, and is no agent's wallet.
pub const CLIENT: AccountId = 1;
/// Owns [`AGENT`].
pub const OWNER: AccountId = 2;
/// Works for [`AGENT`].
pub const WALLET: AccountId = 3;
/// Has no part in anything.
pub const STRANGER: AccountId = 4;
/// Owns [`HIRER`].
pub const HIRER_OWNER: AccountId = 5;
/// Pays for [`HIRER`].
pub const HIRER_WALLET: AccountId = 6;
/// Buys agents.
pub const BUYER: AccountId = 7;
/// Where drained accounts send their money.
pub const BANK: AccountId = 8;

/// Works for clients.
pub const AGENT: AgentId = AgentId(0);
/// Hires [`AGENT`].
pub const HIRER: AgentId = AgentId(1);

/// A tag for quality, from 0 to 100.
pub const ACCURACY: TagId = TagId(0);
/// A tag for feedback, from -10 to 30.
pub const COURTESY: TagId = TagId(1);
/// A capability.
pub const TRANSLATION: TagId = TagId(2);
/// Another capability.
pub const SUMMARY: TagId = TagId(3);
/// A tag for quality that was retired.
pub const OLD_TAG: TagId = TagId(4);
/// A capability that was retired.
pub const OLD_CAPABILITY: TagId = TagId(5);

/// All ratings of accuracy.
pub const ALL_ACCURACY: Topic = Topic { tag: ACCURACY, about: None };
/// The ratings of accuracy of translations.
pub const TRANSLATION_ACCURACY: Topic = Topic { tag: ACCURACY, about: Some(TRANSLATION) };
/// All ratings of courtesy.
pub const ALL_COURTESY: Topic = Topic { tag: COURTESY, about: None };

/// The first feedback of an author.
pub const FIRST: FeedbackIndex = FeedbackIndex(1);
/// The second feedback of an author.
pub const SECOND: FeedbackIndex = FeedbackIndex(2);

pub const ENDPOINT: &[u8] = b"https://agent.example/a2a";
pub const URI: &[u8] = b"ipfs://feedback";

/// A scale between two whole numbers.
pub fn scale(min: i128, max: i128) -> Scale {
	Scale::new(Decimal::whole(min), Decimal::whole(max)).expect("min is below max")
}

fn tag_rules() -> BTreeMap<TagId, TagRule> {
	let rule =
		|purpose, min, max, is_retired| TagRule { purpose, scale: scale(min, max), is_retired };
	BTreeMap::from([
		(ACCURACY, rule(TagUse::Quality, 0, 100, false)),
		(COURTESY, rule(TagUse::Feedback, -10, 30, false)),
		(TRANSLATION, rule(TagUse::Capability, 0, 1, false)),
		(SUMMARY, rule(TagUse::Capability, 0, 1, false)),
		(OLD_TAG, rule(TagUse::Quality, 0, 100, true)),
		(OLD_CAPABILITY, rule(TagUse::Capability, 0, 1, true)),
	])
}

/// Puts a tag into the registry, or changes it.
#[cfg(feature = "runtime-benchmarks")]
pub fn set_tag_rule(tag: TagId, rule: TagRule) {
	let mut rules = TagRules::get();
	rules.insert(tag, rule);
	TagRules::set(&rules);
}

/// Registers an agent, or changes it.
pub fn set_agent(agent: AgentId, owner: AccountId, wallet: Option<AccountId>) {
	let mut registry = Registry::get();
	registry.insert(agent, (owner, wallet));
	Registry::set(&registry);
}

/// Takes an agent out of the registry for good.
pub fn remove_agent(agent: AgentId) {
	let mut registry = Registry::get();
	registry.remove(&agent);
	Registry::set(&registry);
}

/// Gives `agent` to `to`, and tells the pallet. The agent has no wallet then.
pub fn transfer(agent: AgentId, to: AccountId) {
	let from = MockAgents::owner(agent).expect("the agent is registered");
	set_agent(agent, to, None);
	Reputation::on_agent_transferred(agent, &from, &to);
}

/// Externalities with the endowed accounts.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let balances = (CLIENT..=BANK).map(|who| (who, WEALTH)).collect();
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

/// Runs `test`, then checks every invariant, that the evidence of ratings is what its entries say,
/// and that no money was made or lost.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let issuance = Balances::total_issuance();
		test();
		assert_ok!(Reputation::do_try_state());
		assert_rebuilds();
		assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	});
}

/// By how much the evidence of an aggregate may differ from what its entries say, in plancks.
///
/// Each operation rounds by a planck or two, and a test does fewer than 250 of them to an aggregate;
/// the shares of decay differ by less than 2^-55, which of the weights of tests is less than that.
const TOLERANCE: Balance = 500;

/// Evidence and its sum of value times evidence, in plancks and in plancks x parts per billion.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rebuilt {
	pub evidence: Balance,
	pub sum: u128,
}

impl Rebuilt {
	/// Adds what is left of an entry at the present time, for an agent of `generation`.
	pub fn add(&mut self, share: Perbill, weight: Balance, since: BlockNumber, quarterings: u32) {
		let left = retained(Now::get() - since, HalfLife::get()).floor(weight);
		let left = left.checked_shr(2 * quarterings).unwrap_or(0);
		self.evidence += left;
		self.sum += u128::from(share.deconstruct()) * left;
	}

	/// Checks that an aggregate with this evidence and this mean is, but for rounding, this one.
	#[track_caller]
	pub fn assert_close(&self, evidence: Balance, mean: Option<Perbill>, what: &str) {
		let apart = self.evidence.abs_diff(evidence);
		assert!(apart <= TOLERANCE, "{what}: {self:?} but {evidence} of evidence");
		let sum = u128::from(mean.unwrap_or_default().deconstruct()) * evidence;
		// The mean is rounded down by less than a part, and lost with no evidence.
		let slack = (TOLERANCE + 2) * 1_000_000_000 + 2 * evidence;
		assert!(self.sum.abs_diff(sum) <= slack, "{what}: {self:?} but {evidence} of {mean:?}");
	}
}

/// Checks that every summary, and every component that ratings feed, is what the entries say.
#[track_caller]
pub fn assert_rebuilds() {
	let mut summaries = BTreeMap::<(AgentId, Topic), Rebuilt>::new();
	let mut components = BTreeMap::<(AgentId, u8), Rebuilt>::new();
	for ((agent, ..), entry) in Feedback::<Test>::iter().filter(|(_, entry)| !entry.is_revoked) {
		let quarterings = record(agent).generation.since(entry.generation);
		let add = |rebuilt: &mut Rebuilt| {
			rebuilt.add(entry.share, entry.weight, entry.settled_at, quarterings);
		};
		add(components.entry((agent, entry.component as u8)).or_default());
		for topic in entry.topics() {
			add(summaries.entry((agent, topic)).or_default());
		}
	}
	for (agent, topic, mut summary) in Summaries::<Test>::iter() {
		let rebuilt = summaries.remove(&(agent, topic)).unwrap_or_default();
		summary.catch_up(record(agent).generation, Now::get(), HalfLife::get());
		let evidence = summary.aggregate.evidence(Now::get(), HalfLife::get());
		rebuilt.assert_close(evidence, summary.aggregate.mean(), "a summary");
	}
	assert!(summaries.is_empty(), "a summary is missing");
	for (agent, record) in Standings::<Test>::iter() {
		for component in [Component::Quality, Component::Feedback] {
			let rebuilt = components.remove(&(agent, component as u8)).unwrap_or_default();
			let aggregate = record.standing.aggregate(component);
			let evidence = aggregate.evidence(Now::get(), HalfLife::get());
			rebuilt.assert_close(evidence, aggregate.mean(), "a component");
		}
	}
	assert!(components.is_empty(), "a standing is missing");
}

/// A contract that closes: [`CLIENT`] paid [`AGENT`] for work done in time, unless told otherwise.
#[derive(Clone, Debug)]
pub struct Deal {
	pub client: AccountId,
	pub provider: AccountId,
	/// Who answers for it. `None` is whom the registry names when the contract closes.
	pub agent: Option<AgentId>,
	pub accepted: bool,
	pub fee: Balance,
	pub released: Balance,
	pub refunded: Balance,
	pub on_time: Balance,
	pub missed: Balance,
}

impl Default for Deal {
	fn default() -> Self {
		Self {
			client: CLIENT,
			provider: WALLET,
			agent: None,
			accepted: true,
			fee: FEE,
			released: RELEASED,
			refunded: 0,
			on_time: RELEASED,
			missed: 0,
		}
	}
}

impl Deal {
	/// By this client.
	pub fn by(client: AccountId) -> Self {
		Self { client, ..Self::default() }
	}

	/// For this fee.
	pub fn for_fee(fee: Balance) -> Self {
		Self { fee, ..Self::default() }
	}

	/// The balance sheet that escrow sends.
	pub fn sheet(&self, contract: ContractId) -> ClosedContract<AccountId, Balance> {
		let outcome = match (self.released, self.refunded) {
			(0, _) => ContractOutcome::Refunded,
			(_, 0) => ContractOutcome::Completed,
			_ => ContractOutcome::Partial,
		};
		let Self { client, provider, agent, accepted, fee, released, refunded, on_time, missed } =
			*self;
		ClosedContract {
			contract,
			job: None,
			client,
			provider,
			agent: agent.or_else(|| MockAgents::agent_of_wallet(&provider)),
			outcome,
			accepted,
			disputed: false,
			released,
			refunded,
			fee,
			on_time,
			missed,
			disputed_lost: 0,
			slashed: 0,
		}
	}

	/// Closes the contract, and tells under which id, whether it counted or not.
	pub fn close(&self) -> WorkId {
		let contract = ContractId(NextContract::get());
		NextContract::set(&(contract.0 + 1));
		Reputation::on_contract_closed(&self.sheet(contract));
		WorkId::Contract(contract)
	}
}

/// A rating of the quality of a translation: 80 of 100.
pub fn rating() -> Rating {
	Rating {
		tag: ACCURACY,
		about: Some(TRANSLATION),
		value: Decimal::whole(80),
		endpoint: ENDPOINT.to_vec(),
		uri: URI.to_vec(),
		hash: hash(1),
	}
}

/// The same rating with another value.
pub fn rated(value: i128) -> Rating {
	Rating { value: Decimal::whole(value), ..rating() }
}

/// Feedback on courtesy, about nothing in particular, without texts.
pub fn courtesy(value: i128) -> Rating {
	Rating {
		tag: COURTESY,
		about: None,
		value: Decimal::whole(value),
		endpoint: vec![],
		uri: vec![],
		hash: hash(0),
	}
}

/// Lets `client` pay [`AGENT`] and rate it, and tells the work and the index.
pub fn give_feedback(client: AccountId, rating: Rating) -> (WorkId, FeedbackIndex) {
	let work = Deal::by(client).close();
	assert_ok!(Reputation::rate(signed(client), AGENT, work, rating));
	(work, LastFeedbackIndex::<Test>::get(AGENT, client))
}

/// A response by `responder` to feedback of [`CLIENT`] on [`AGENT`].
pub fn respond(responder: AccountId, index: FeedbackIndex) -> DispatchResult {
	Reputation::respond(signed(responder), AGENT, CLIENT, index, URI.to_vec(), hash(2))
}

/// The stored feedback of `author` on [`AGENT`].
pub fn entry(author: AccountId, index: FeedbackIndex) -> FeedbackEntryOf<Test> {
	Feedback::<Test>::get((AGENT, author, index)).expect("the feedback is in storage")
}

/// What the chain thinks of `agent`.
pub fn record(agent: AgentId) -> AgentRecord {
	Standings::<Test>::get(agent).unwrap_or_default()
}

/// The present evidence on one component of `agent`, and its mean.
pub fn component(agent: AgentId, component: Component) -> (Balance, Option<Perbill>) {
	let standing = record(agent).standing;
	let aggregate = standing.aggregate(component);
	(aggregate.evidence(Now::get(), HalfLife::get()), aggregate.mean())
}

pub fn percent(percent: u32) -> Option<Perbill> {
	Some(Perbill::from_percent(percent))
}

pub fn hash(byte: u8) -> DocumentHash {
	DocumentHash(H256::repeat_byte(byte))
}

/// An origin signed by `who`.
pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// Lets time pass, in active blocks.
pub fn wait(blocks: BlockNumber) {
	Now::set(&(Now::get() + blocks));
}

/// What is held on `who` as deposit, in plancks.
pub fn held(who: AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::Deposit.into(), &who)
}

/// The free balance of `who`, in plancks.
pub fn free(who: AccountId) -> Balance {
	System::account(who).data.free
}

/// Moves all free money of `who` to the bank.
pub fn drain(who: AccountId) {
	assert_ok!(Balances::transfer_all(signed(who), BANK, false));
}

/// Freezes everything that `who` owns and will own, as a vote does.
pub fn freeze_all(who: AccountId) {
	assert_ok!(Balances::set_freeze(&(), &who, Balance::MAX));
}

/// The deposit for feedback with texts of these lengths, by hand: the ids in the key; work, tag,
/// capability; value, share, component; the texts and their lengths; hash, weight, times and
/// generation; flag and deposit.
pub fn feedback_deposit(endpoint: usize, uri: usize) -> Balance {
	let key = 8 + 8 + 8;
	let topic = (1 + 8) + 4 + (1 + 4);
	let value = (16 + 1) + 4 + 1;
	let texts = 2 + endpoint + 2 + uri;
	let facts = 32 + 16 + 4 + 4 + 4;
	10 + (key + topic + value + texts + facts + 1 + 16) as Balance
}

/// The deposit for a response with a URI of this length, by hand.
pub fn response_deposit(uri: usize) -> Balance {
	10 + ((8 + 8 + 8) + 8 + (2 + uri) + 32 + 4 + 16) as Balance
}

/// The pallet's events since the last reset, in order.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Reputation(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Forgets all events so far, so that a test sees only those of its own call.
pub fn reset_events() {
	System::reset_events();
}

//! A runtime with balances and this pallet, a registry of agents and tags that tests write to, and
//! the ways in which tests set it up.

use crate as pallet_validations;
use crate::*;
use aitbc_core::{
	AgentId, AgentKind, Balance, BlockNumber, CaseId, Decimal, DocumentHash, Ruling, Scale, TagId,
	TagRule, TagUse, ValidationId, WorkHash,
};
use aitbc_traits::{
	AgentInspect, AgentStatus, Arbitration, Complaint, DeadlineClock, OnRuling, TagInspect,
};
use codec::{Decode, Encode};
use frame_support::{
	assert_ok, derive_impl,
	dispatch::DispatchResult,
	parameter_types,
	traits::{
		fungible::{Inspect, InspectHold, MutateFreeze},
		ConstU32, Footprint,
	},
	weights::Weight,
};
use frame_system::EnsureRoot;
use sp_core::H256;
use sp_runtime::{traits::Convert, BuildStorage, DispatchError, PerThing, Perbill};
use std::collections::BTreeMap;

type Block = frame_system::mocking::MockBlock<Test>;

/// An account of the mock.
pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Validations: pallet_validations,
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
	pub storage BondAmount: Balance = BOND;
	pub storage ChallengePeriod: BlockNumber = CHALLENGE;
	pub storage ChallengerShare: Perbill = Perbill::from_percent(60);
	pub storage MaxResponseTime: BlockNumber = 1_000;
	/// What a validation's footprint costs, in multiples of the usual price.
	pub storage PriceFactor: Balance = 1;
	/// The time, in active blocks.
	pub storage Now: BlockNumber = START;
	/// Every registered agent.
	pub storage Registry: BTreeMap<AgentId, Agent> = BTreeMap::new();
	/// Every tag, and whether it is retired.
	pub storage TagRegistry: BTreeMap<TagId, bool> = BTreeMap::new();
	/// Whether there is a court.
	pub storage CourtSits: bool = true;
	/// Every case, in the order of its id.
	pub storage Cases: Vec<Complaint<AccountId>> = Vec::new();
}

/// Weight that the mock's court says it takes.
pub const COURT_WEIGHT: Weight = Weight::from_parts(11, 13);

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
		Self::get().get(&agent).map(|agent| agent.owner)
	}

	fn wallet(agent: AgentId) -> Option<AccountId> {
		Self::get().get(&agent)?.wallet
	}

	fn is_live(agent: AgentId) -> bool {
		Self::status(agent) == Some(AgentStatus::Active)
	}

	fn agent_of_wallet(wallet: &AccountId) -> Option<AgentId> {
		Self::get().into_iter().find(|(_, agent)| agent.wallet == Some(*wallet)).map(|(id, _)| id)
	}
}

impl TagInspect for TagRegistry {
	fn rule(tag: TagId) -> Option<TagRule> {
		let is_retired = *Self::get().get(&tag)?;
		let scale = Scale::new(Decimal::whole(0), Decimal::whole(1))?;
		Some(TagRule { purpose: TagUse::Feedback, scale, is_retired })
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn create(rule: TagRule) -> TagId {
		let mut tags = Self::get();
		let tag = TagId(tags.len() as u32);
		tags.insert(tag, rule.is_retired);
		Self::set(&tags);
		tag
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<AccountId> for Registry {
	fn active_agent(kind: AgentKind, owner: &AccountId, wallet: &AccountId) -> AgentId {
		let agent = AgentId(Self::get().len() as u64);
		put_agent(agent, kind, *owner, *wallet);
		agent
	}
}

/// Ten plancks per item and one per byte.
pub struct StorageDeposit;

impl Convert<Footprint, Balance> for StorageDeposit {
	fn convert(footprint: Footprint) -> Balance {
		let price = Balance::from(footprint.count) * 10 + Balance::from(footprint.size);
		PriceFactor::get() * price
	}
}

impl pallet_validations::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = Now;
	type Agents = Registry;
	type Tags = TagRegistry;
	type Arbitration = Cases;
	type AdminOrigin = EnsureRoot<AccountId>;
	type SlashReceiver = Treasury;
	type ChallengerShare = ChallengerShare;
	type Bond = BondAmount;
	type ChallengePeriod = ChallengePeriod;
	type MaxResponseTime = MaxResponseTime;
	type StorageDeposit = StorageDeposit;
	type MaxUriLength = ConstU32<MAX_URI>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Registry;
	type WeightInfo = ();
}

/// The time at which tests begin, in active blocks.
pub const START: BlockNumber = 10;
/// The deadline of a request unless a test says otherwise, in active blocks.
pub const DEADLINE: BlockNumber = 50;
/// The challenge period at the start, in active blocks.
pub const CHALLENGE: BlockNumber = 100;
/// What a hard answer earns unless a test says otherwise, in plancks.
pub const FEE: Balance = 1_001;
/// What a hard answer puts at risk at the start, in plancks.
pub const BOND: Balance = 5_000;
/// The existential deposit at the start, in plancks.
pub const ED: Balance = 10;
/// What each of the first accounts owns at the start, in plancks.
pub const WEALTH: Balance = 1_000_000;
/// The most bytes of a URI.
pub const MAX_URI: u32 = 100;

/// Asks.
pub const REQUESTER: AccountId = 1;
/// Owns [`VALIDATOR`].
pub const OWNER: AccountId = 2;
/// Works and is paid for [`VALIDATOR`].
pub const WALLET: AccountId = 3;
/// Owns [`SUBJECT`].
pub const SUBJECT_OWNER: AccountId = 4;
/// Works and is paid for [`SUBJECT`].
pub const SUBJECT_WALLET: AccountId = 5;
/// Has no part in any validation.
pub const STRANGER: AccountId = 6;
/// Gets bonds that are taken, and owns the existential deposit at the start.
pub const TREASURY: AccountId = 7;
/// Where drained accounts send their money.
pub const BANK: AccountId = 8;

/// Judges.
pub const VALIDATOR: AgentId = AgentId(0);
/// Is judged.
pub const SUBJECT: AgentId = AgentId(1);
/// No agent has this id.
pub const NOBODY: AgentId = AgentId(99);

/// A tag in use.
pub const TAG: TagId = TagId(0);
/// Another tag in use.
pub const OTHER_TAG: TagId = TagId(1);
/// A tag that governance retired.
pub const RETIRED_TAG: TagId = TagId(2);
/// There is no such tag.
pub const NO_TAG: TagId = TagId(3);

/// The first case of a test.
pub const CASE: CaseId = CaseId(0);
/// What a court answers that takes no case.
pub const NO_COURT: DispatchError = DispatchError::Unavailable;

/// The first validation of a test.
pub const FIRST: ValidationId = ValidationId(0);

/// Where the work of every test can be read.
pub const WORK_URI: &[u8] = b"https://work.example/1.json";
/// Where the evidence of every test can be read.
pub const EVIDENCE_URI: &[u8] = b"ipfs://bafybeigdyrzt";

/// Externalities with the endowed accounts, two agents and three tags.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut balances: Vec<_> = (REQUESTER..=STRANGER).map(|who| (who, WEALTH)).collect();
	balances.extend([(TREASURY, ED), (BANK, WEALTH)]);
	let mut storage = frame_system::GenesisConfig::<Test>::default()
		.build_storage()
		.expect("the default genesis is valid");
	pallet_balances::GenesisConfig::<Test> { balances, ..Default::default() }
		.assimilate_storage(&mut storage)
		.expect("every balance is above the existential deposit");
	let mut ext = sp_io::TestExternalities::new(storage);
	ext.execute_with(|| {
		// No event is recorded in block zero.
		System::set_block_number(1);
		put_agent(VALIDATOR, AgentKind::Validator, OWNER, WALLET);
		put_agent(SUBJECT, AgentKind::AiModel, SUBJECT_OWNER, SUBJECT_WALLET);
		TagRegistry::set(&BTreeMap::from([(TAG, false), (OTHER_TAG, false), (RETIRED_TAG, true)]));
	});
	ext
}

/// Runs `test`, then checks every invariant and that no money was made or lost.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let issuance = Balances::total_issuance();
		test();
		assert_ok!(Validations::do_try_state());
		assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	});
}

/// Registers an active agent.
pub fn put_agent(agent: AgentId, kind: AgentKind, owner: AccountId, wallet: AccountId) {
	let mut registry = Registry::get();
	let status = AgentStatus::Active;
	registry.insert(agent, Agent { owner, wallet: Some(wallet), kind, status });
	Registry::set(&registry);
}

/// Changes a registered agent.
pub fn alter_agent(agent: AgentId, change: impl FnOnce(&mut Agent)) {
	let mut registry = Registry::get();
	change(registry.get_mut(&agent).expect("the agent is registered"));
	Registry::set(&registry);
}

/// A request to be made: as the constants above say unless told otherwise.
#[derive(Clone, Debug)]
pub struct Request {
	pub requester: AccountId,
	pub validator: AgentId,
	pub subject: AgentId,
	pub uri: Vec<u8>,
	pub hash: WorkHash,
	pub tag: Option<TagId>,
	pub fee: Balance,
	pub deadline: BlockNumber,
}

impl Default for Request {
	fn default() -> Self {
		Self {
			requester: REQUESTER,
			validator: VALIDATOR,
			subject: SUBJECT,
			uri: WORK_URI.to_vec(),
			hash: work_hash(1),
			tag: Some(TAG),
			fee: FEE,
			deadline: DEADLINE,
		}
	}
}

impl Request {
	/// For another piece of work than the default's.
	pub fn numbered(number: u8) -> Self {
		Self { hash: work_hash(number), ..Self::default() }
	}

	/// Calls `request`.
	pub fn try_request(&self) -> DispatchResult {
		Validations::request(
			signed(self.requester),
			self.validator,
			self.subject,
			Work { uri: self.uri.clone(), hash: self.hash },
			self.tag,
			self.fee,
			self.deadline,
		)
	}

	/// Makes the request.
	pub fn request(&self) -> ValidationId {
		let validation = NextValidationId::<Test>::get();
		assert_ok!(self.try_request());
		validation
	}

	/// Makes the request, and answers it by [`WALLET`].
	fn answered(&self, score: u8, finality: Finality) -> ValidationId {
		let validation = self.request();
		assert_ok!(try_answer(WALLET, validation, score, finality));
		validation
	}

	/// Makes the request, and answers it softly.
	pub fn soft(&self, score: u8) -> ValidationId {
		self.answered(score, Finality::Soft)
	}

	/// Makes the request, and answers it for good.
	pub fn hard(&self, score: u8) -> ValidationId {
		self.answered(score, Finality::Hard)
	}

	/// Makes the request, answers it for good, and has [`STRANGER`] dispute the answer.
	pub fn disputed(&self, score: u8) -> ValidationId {
		let validation = self.hard(score);
		dispute(validation);
		validation
	}

	/// Makes the request, and lets it expire without an answer.
	pub fn expired(&self) -> ValidationId {
		let validation = self.request();
		set_now(self.deadline + 1);
		assert_ok!(Validations::expire(signed(STRANGER), validation));
		validation
	}
}

/// Calls `answer` with the usual evidence.
pub fn try_answer(
	caller: AccountId,
	validation: ValidationId,
	number: u8,
	finality: Finality,
) -> DispatchResult {
	Validations::answer(signed(caller), validation, score(number), finality, evidence())
}

/// Waits for the end of the challenge period of an answer given now, and releases its bond.
pub fn release_bond(validation: ValidationId) {
	set_now(Now::get() + ChallengePeriod::get());
	assert_ok!(Validations::release_bond(signed(STRANGER), validation));
}

/// Slashes the bond of an answer.
pub fn slash(validation: ValidationId) {
	assert_ok!(Validations::slash(RuntimeOrigin::root(), validation));
}

/// Has [`STRANGER`] dispute an answer.
pub fn dispute(validation: ValidationId) {
	assert_ok!(Validations::dispute(signed(STRANGER), validation));
}

/// The ruling that gives the challenger so many percent of the bond, and slashes everything else.
pub fn ruling(percent: u32) -> Ruling {
	let client = Perbill::from_percent(percent);
	let all = Perbill::one();
	Ruling { client, provider: client.left_from_one(), client_slash: all, provider_slash: all }
}

/// The court rules in its newest case, and gives the challenger so many percent of the bond.
pub fn rule(percent: u32) {
	let cases = Cases::get();
	let subject = cases.last().expect("a case was opened").subject;
	<Validations as OnRuling>::on_ruling(subject, CaseId(cases.len() as u64 - 1), &ruling(percent));
}

/// The score with this number.
pub fn score(number: u8) -> Score {
	Score::new(number).expect("at most the best score")
}

/// A hash of work.
pub fn work_hash(byte: u8) -> WorkHash {
	WorkHash(H256::repeat_byte(byte))
}

/// The evidence of every test answer.
pub fn evidence() -> Document<Vec<u8>> {
	Document { uri: EVIDENCE_URI.to_vec(), hash: DocumentHash(H256::repeat_byte(0xed)) }
}

/// A URI in its stored form.
pub fn stored_uri(uri: &[u8]) -> UriOf<Test> {
	uri.to_vec().try_into().expect("within the bound")
}

/// An answer given at `at`, in its stored form.
pub fn answer_at(number: u8, at: BlockNumber) -> Answer<UriOf<Test>> {
	let Document { uri, hash } = evidence();
	Answer { score: score(number), evidence: Document { uri: stored_uri(&uri), hash }, at }
}

/// A valid URI of `length` bytes.
pub fn uri_of(length: u32) -> Vec<u8> {
	let mut uri = b"x:".to_vec();
	uri.resize(length as usize, b'y');
	uri
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

/// What the storage deposit of work at a URI of `length` bytes must be: see the type of each field.
/// Counted by hand, so that a change of the layout is noticed.
pub fn deposit_of(length: u32) -> Balance {
	let id = 8;
	let parties = 8 + 8 + 8;
	let work = 2 + Balance::from(length) + 32;
	let fixed = (1 + 4) + 16 + 4 + 16;
	let answer = 1 + (2 + Balance::from(MAX_URI) + 32) + 4;
	let bond = 1 + 16 + 8 + 8 + 4;
	let state = 1 + answer + 8 + bond;
	let indexes = 2 * (8 + 8) + (8 + 8 + 32 + 8);
	4 * 10 + id + parties + work + fixed + state + indexes
}

/// The storage deposit of the usual work, in plancks.
pub fn deposit() -> Balance {
	deposit_of(WORK_URI.len() as u32)
}

/// Where a validation stands.
pub fn state(validation: ValidationId) -> ValidationState<AccountId, UriOf<Test>> {
	crate::Validations::<Test>::get(validation).expect("the validation is in storage").state
}

/// What `VALIDATOR` made of its requests.
pub fn validator_record() -> ValidatorRecord {
	ValidatorRecords::<Test>::get(VALIDATOR)
}

/// What the answers about [`SUBJECT`] come to, with a tag or all of them, as (count, sum): by
/// [`VALIDATOR`] and by any, who must be the same.
#[track_caller]
pub fn summary(tag: Option<TagId>) -> (u64, u128) {
	let by = |validator| Summaries::<Test>::get(SUBJECT, SummaryScope { validator, tag });
	let Summary { count, sum } = by(None);
	assert_eq!(by(Some(VALIDATOR)), Summary { count, sum });
	(count, sum)
}

/// Moves all free money of `who` to the bank, also when it is needed to keep the account alive.
pub fn drain(who: AccountId) {
	assert_ok!(Balances::transfer_all(signed(who), BANK, false));
}

/// Freezes everything that `who` owns and will own, as a vote does.
pub fn freeze_all(who: AccountId) {
	assert_ok!(Balances::set_freeze(&(), &who, Balance::MAX));
}

/// The pallet's events since the last reset, in order.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Validations(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Forgets all events so far, so that a test sees only those of its own call.
pub fn reset_events() {
	System::reset_events();
}

/// Raises or lowers the existential deposit, as governance may. The treasury is given enough to
/// stay able to take bonds.
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

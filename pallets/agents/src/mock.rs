//! A runtime of this pallet alone, whose prices, clock, open work and reputation a test sets as it
//! needs them.

use crate::{self as pallet_agents, *};
use aitbc_core::{
	money::{storage_deposit, AIT, EXISTENTIAL_DEPOSIT},
	time::DAYS,
	AccountId, AgentId, AgentKind, Balance, BlockNumber, CardHash, Decimal, ParametersHash, Scale,
	Signature, TagId, TagRule, TagUse,
};
use aitbc_traits::{DeadlineClock, OnAgentTransferred, ReputationInspect, WorkInspect};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{fungible::InspectHold, ConstU32, Footprint},
	weights::Weight,
};
use frame_system::EnsureRoot;
use sp_core::H256;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring as Key;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{Convert, IdentityLookup},
	BuildStorage, MultiSignature, Perbill,
};
use std::fmt::Debug;

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Agents: pallet_agents,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type AccountData = pallet_balances::AccountData<Balance>;
	type AccountId = AccountId;
	type Block = Block;
	type Lookup = IdentityLookup<AccountId>;
}

parameter_types! {
	pub const ExistentialDeposit: Balance = EXISTENTIAL_DEPOSIT;
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Test {
	type AccountStore = System;
	type Balance = Balance;
	type ExistentialDeposit = ExistentialDeposit;
	type MaxFreezes = ConstU32<1>;
}

pub const FEE: Balance = 5 * AIT;
pub const BOND: Balance = 100 * AIT;
pub const DELAY: BlockNumber = 30 * DAYS;
pub const MAX_URI: u32 = 256;
pub const MAX_CAPABILITIES: u32 = 16;
pub const MAX_ENTRIES: u32 = 32;
/// How long a heartbeat lasts, in active blocks.
pub const PERIOD: BlockNumber = 600;
/// How many rows a page of the index has, unless a test sets another number: few, so that rows move
/// between pages often.
pub const FEW_ROWS: u32 = 3;

parameter_types! {
	/// Who gets the fees.
	pub Treasury: AccountId = AccountId::new([0xfe; 32]);
	/// The time of the active clock.
	pub storage Now: BlockNumber = 1_000;
	/// The agents with open work.
	pub storage BusyAgents: Vec<AgentId> = vec![];
	pub storage RegistrationFee: Balance = FEE;
	pub storage AgentBond: Balance = BOND;
	/// What a byte of storage costs, in multiples of the network's price.
	pub storage PriceFactor: Balance = 1;
	pub const BondReleaseDelay: BlockNumber = DELAY;
	pub storage HeartbeatPeriod: BlockNumber = PERIOD;
	/// The agents with a reputation, and its lower bounds.
	pub storage LowerBounds: Vec<(AgentId, Perbill)> = vec![];
	/// The changes of owner that were told of: agent, old owner, new owner.
	pub storage Transfers: Vec<(AgentId, AccountId, AccountId)> = vec![];
	pub static RowsPerPage: u32 = FEW_ROWS;
}

pub struct MockClock;
impl DeadlineClock for MockClock {
	fn now() -> BlockNumber {
		Now::get()
	}

	#[cfg(feature = "runtime-benchmarks")]
	fn set_now(now: BlockNumber) {
		Now::set(&now);
	}
}

pub struct MockWork;
impl WorkInspect for MockWork {
	fn open_work(agent: AgentId) -> u32 {
		u32::from(BusyAgents::get().contains(&agent))
	}

	fn weight() -> Weight {
		Weight::from_parts(7_000, 0)
	}
}

pub struct MockReputation;
impl ReputationInspect for MockReputation {
	fn lower_bound(agent: AgentId) -> Perbill {
		let bounds = LowerBounds::get();
		bounds.iter().find(|(id, _)| *id == agent).map_or(Perbill::zero(), |(_, bound)| *bound)
	}

	fn mean(_: AgentId) -> Option<Perbill> {
		None
	}

	fn evidence(_: AgentId) -> Balance {
		0
	}

	fn weight() -> Weight {
		Weight::from_parts(500, 0)
	}
}

/// Takes note of each transfer, and checks that it hears of it when it is done.
pub struct MockListener;
impl OnAgentTransferred<AccountId> for MockListener {
	fn on_agent_transferred(agent: AgentId, from: &AccountId, to: &AccountId) {
		assert_eq!(record(agent).owner, *to);
		assert!(!Wallets::<Test>::contains_key(agent));
		let mut transfers = Transfers::get();
		transfers.push((agent, from.clone(), to.clone()));
		Transfers::set(&transfers);
	}

	fn weight() -> Weight {
		Weight::from_parts(300, 0)
	}
}

pub struct StoragePrice;
impl Convert<Footprint, Balance> for StoragePrice {
	fn convert(footprint: Footprint) -> Balance {
		let (items, bytes) = (footprint.count as u32, footprint.size as u32);
		PriceFactor::get() * storage_deposit(items, bytes)
	}
}

impl Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = MockClock;
	type Work = MockWork;
	type Reputation = MockReputation;
	type OnTransferred = MockListener;
	type AdminOrigin = EnsureRoot<AccountId>;
	type FeeReceiver = Treasury;
	type RegistrationFee = RegistrationFee;
	type AgentBond = AgentBond;
	type BondReleaseDelay = BondReleaseDelay;
	type HeartbeatPeriod = HeartbeatPeriod;
	type StorageDeposit = StoragePrice;
	type MaxUriLength = ConstU32<MAX_URI>;
	type MaxTagNameLength = ConstU32<32>;
	type MaxUnitLength = ConstU32<16>;
	type MaxCapabilities = ConstU32<MAX_CAPABILITIES>;
	type RowsPerPage = RowsPerPage;
	type MaxCardKeys = ConstU32<4>;
	type MaxMetadataEntries = ConstU32<MAX_ENTRIES>;
	type MaxMetadataKeyLength = ConstU32<32>;
	type MaxMetadataValueLength = ConstU32<1024>;
	type Signature = Signature;
	type WeightInfo = ();
}

pub fn alice() -> AccountId {
	Key::Alice.to_account_id()
}

pub fn bob() -> AccountId {
	Key::Bob.to_account_id()
}

/// The wallet of [`working_agent`].
pub fn charlie() -> AccountId {
	Key::Charlie.to_account_id()
}

pub fn dave() -> AccountId {
	Key::Dave.to_account_id()
}

/// What each of the keyring's accounts owns at first.
pub const ENDOWMENT: Balance = 1_000 * AIT;

/// The first tag of [`ExtBuilder`]: requests per minute, from 0 to 1000.
pub const INFERENCE: TagId = TagId(0);
/// Its second tag: without a unit, from -1 to 1.
pub const FORECAST: TagId = TagId(1);
/// Its third tag, which is not for capabilities.
pub const ACCURACY: TagId = TagId(2);

/// The tags that [`ExtBuilder`] starts with.
pub fn first_tags() -> Vec<GenesisTag> {
	let tag = |name: &str, unit: &str, purpose, min, max| GenesisTag {
		name: name.into(),
		unit: unit.into(),
		purpose,
		min: Decimal::whole(min),
		max: Decimal::whole(max),
	};
	vec![
		tag("inference", "requests/min", TagUse::Capability, 0, 1_000),
		tag("forecast", "", TagUse::Capability, -1, 1),
		tag("accuracy", "%", TagUse::Quality, 0, 100),
	]
}

/// Builds externalities, and runs tests in them.
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build(self) -> TestExternalities {
		RowsPerPage::set(FEW_ROWS);
		let mut balances: Vec<_> =
			Key::well_known().map(|key| (key.to_account_id(), ENDOWMENT)).collect();
		balances.push((Treasury::get(), EXISTENTIAL_DEPOSIT));
		let config = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
			agents: GenesisConfig { tags: first_tags(), ..Default::default() },
			..Default::default()
		};
		let mut ext = TestExternalities::new(config.build_storage().expect("valid genesis"));
		ext.register_extension(KeystoreExt::new(MemoryKeystore::new()));
		ext.execute_with(|| System::set_block_number(7));
		ext
	}

	/// Runs `test`, then checks every invariant.
	pub fn build_and_execute(self, test: impl FnOnce()) {
		self.build().execute_with(|| {
			test();
			assert_ok!(Agents::do_try_state());
			assert_no_stray_holds();
		});
	}
}

/// Checks that nobody has anything on hold beyond what the registry says: the invariants look at
/// owners in storage only.
pub fn assert_no_stray_holds() {
	let held: Balance = pallet_balances::Holds::<Test>::iter_values()
		.flat_map(|holds| holds.into_iter().map(|hold| hold.amount))
		.sum();
	let registered: Balance = crate::Agents::<Test>::iter_values()
		.map(|record| record.deposit + record.attachments + record.bond)
		.sum();
	let leaving: Balance = LeavingAgents::<Test>::iter_values().map(|leaving| leaving.bond).sum();
	assert_eq!(held, registered + leaving);
}

pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

pub const URI: &[u8] = b"https://agents.example/card.json";

pub fn hash(byte: u8) -> CardHash {
	CardHash(H256::repeat_byte(byte))
}

pub fn card(uri: &[u8], byte: u8) -> AgentCardOf<Test> {
	AgentCard { uri: uri.to_vec().try_into().expect("within the bound"), hash: hash(byte) }
}

/// A valid URI of `length` bytes.
pub fn uri_of(length: u32) -> Vec<u8> {
	let mut uri = b"x:".to_vec();
	uri.resize(length as usize, b'y');
	uri
}

/// The deposit for a URI of `length` bytes, by hand: six entries; 8 bytes of id; a record of
/// 32 (owner), 1 (kind), 2 (URI's length), the URI, 32 (hash), 1 (status), 16 + 16 (amounts),
/// 4 (nonce), 4 (block), 16 (attachments), 4 + 4 (counts) and 4 + 4 (standing); and five times an
/// account with an id.
pub fn deposit_for(length: u32) -> Balance {
	let record = 32 + 1 + 2 + length + 32 + 1 + 16 + 16 + 4 + 4 + 16 + 4 + 4 + 4 + 4;
	storage_deposit(6, 8 + record + 5 * (32 + 8))
}

/// A capability's deposit, by hand: one entry; ids of 8 and 4 bytes; terms of 4 (version), 17
/// (performance), 16 (price), 4 (capacity) and 32 (hash); 4 (share), 16 (deposit) and 5 (place); and
/// a row of 8 (agent), 4 (version), 4 (share), 16 (price), 4 (capacity), 32 (hash) and 4 + 4
/// (standing).
pub const CAPABILITY_DEPOSIT: Balance =
	storage_deposit(1, 8 + 4 + 73 + 4 + 16 + 5 + 8 + 4 + 4 + 16 + 4 + 32 + 8);

/// A card key's deposit, by hand: one entry; an id of 8 bytes; 1 (which curve), 33 (the key) and 16
/// (deposit).
pub const KEY_DEPOSIT: Balance = storage_deposit(1, 8 + 1 + 33 + 16);

/// A metadata entry's deposit, by hand: one entry; an id of 8 bytes; the key behind its length in 1;
/// the value behind its length in 2; and 16 (deposit).
pub fn metadata_deposit_for(key: &[u8], value: &[u8]) -> Balance {
	storage_deposit(1, 8 + 1 + key.len() as u32 + 2 + value.len() as u32 + 16)
}

/// Registers an agent of `owner` with [`URI`].
pub fn register(owner: AccountId) -> AgentId {
	let agent = NextAgentId::<Test>::get();
	assert_ok!(Agents::register(signed(owner), AgentKind::AiModel, URI.to_vec(), hash(1)));
	agent
}

/// Makes `wallet` the wallet of `agent`.
pub fn give_wallet(owner: AccountId, agent: AgentId, wallet: AccountId) {
	assert_ok!(Agents::set_wallet(signed(owner), agent, wallet.clone(), None));
	assert_ok!(Agents::accept_wallet(signed(wallet), agent));
}

/// Registers an agent of Alice, active under Charlie's account.
pub fn working_agent() -> AgentId {
	let agent = register(alice());
	give_wallet(alice(), agent, charlie());
	assert_ok!(Agents::activate(signed(alice()), agent));
	agent
}

/// The proof by `key` over `payload`, whatever that is.
pub fn proof_over(payload: &[u8], key: Key, deadline: BlockNumber) -> WalletProof<Signature> {
	WalletProof { signature: MultiSignature::Sr25519(key.sign(payload)), deadline }
}

/// The proof by `key` that its account works for `agent`.
pub fn proof(agent: AgentId, key: Key, deadline: BlockNumber) -> WalletProof<Signature> {
	let payload = Agents::wallet_payload(agent, &key.to_account_id(), deadline);
	proof_over(&payload.expect("the agent is registered"), key, deadline)
}

pub fn record(agent: AgentId) -> Agent<Test> {
	crate::Agents::<Test>::get(agent).expect("the agent is registered")
}

/// What `who` has on hold as deposit and as bond.
pub fn held(who: &AccountId) -> (Balance, Balance) {
	let held = |reason: HoldReason| Balances::balance_on_hold(&reason.into(), who);
	(held(HoldReason::Deposit), held(HoldReason::Bond))
}

/// What `who` has that is not on hold.
pub fn free(who: &AccountId) -> Balance {
	System::account(who).data.free
}

/// A name that may be a tag's.
pub fn tag_name(name: &[u8]) -> TagNameOf<Test> {
	name.to_vec().try_into().expect("within the bound")
}

/// A key that may be a metadata entry's.
pub fn metadata_key(key: &[u8]) -> MetadataKeyOf<Test> {
	key.to_vec().try_into().expect("within the bound")
}

/// Terms for [`INFERENCE`]: half of its scale, for a price of 10.
pub fn terms() -> CapabilityTerms {
	CapabilityTerms {
		version: CapabilityVersion { major: 1, minor: 0 },
		performance: Decimal::whole(500),
		price: 10,
		capacity: 4,
		parameters: ParametersHash(H256::repeat_byte(5)),
	}
}

/// Lets Alice's `agent` offer `tag`, on terms that every tag's scale has room for.
pub fn offer(agent: AgentId, tag: TagId) {
	let terms = CapabilityTerms { performance: Decimal::whole(0), ..terms() };
	assert_ok!(Agents::set_capability(signed(record(agent).owner), agent, tag, terms));
}

/// Creates a tag for capabilities called `name`, from 0 to 1000.
pub fn create_tag(name: &str) -> TagId {
	let tag = NextTagId::<Test>::get();
	let (min, max) = (Decimal::whole(0), Decimal::whole(1_000));
	let (root, name) = (RuntimeOrigin::root(), name.into());
	assert_ok!(Agents::create_tag(root, name, vec![], TagUse::Capability, min, max));
	tag
}

/// The rule of a tag for capabilities from `min` to `max`.
pub fn rule(min: i128, max: i128) -> TagRule {
	let scale = Scale::new(Decimal::whole(min), Decimal::whole(max)).expect("a valid scale");
	TagRule { purpose: TagUse::Capability, scale, is_retired: false }
}

/// Registers an agent of `owner` that is active under a wallet made for it, without a bond.
pub fn free_agent(owner: AccountId) -> AgentId {
	let (bond, fee) = (AgentBond::get(), RegistrationFee::get());
	AgentBond::set(&0);
	RegistrationFee::set(&0);
	let agent = register(owner.clone());
	AgentBond::set(&bond);
	RegistrationFee::set(&fee);
	give_wallet(owner.clone(), agent, wallet_of(agent));
	assert_ok!(Agents::activate(signed(owner), agent));
	agent
}

/// The wallet that [`free_agent`] makes.
pub fn wallet_of(agent: AgentId) -> AccountId {
	let mut account = [0x77; 32];
	account[..8].copy_from_slice(&agent.0.to_le_bytes());
	AccountId::new(account)
}

/// All rows of `tag`, page by page.
pub fn pages(tag: TagId) -> Vec<Vec<u64>> {
	let pages = (0..).map(|page| CapabilityPages::<Test>::get(tag, PageIndex(page)));
	pages
		.take_while(|rows| !rows.is_empty())
		.map(|rows| rows.iter().map(|row| row.agent.0).collect())
		.collect()
}

/// The row of `agent` for `tag`, if it has one.
pub fn row(agent: AgentId, tag: TagId) -> Option<CapabilityRow> {
	let (page, slot) = Agents::position(Capabilities::<Test>::get(agent, tag)?.row?)?;
	CapabilityPages::<Test>::get(tag, page).get(slot).copied()
}

pub fn percent(percent: u32) -> Perbill {
	Perbill::from_percent(percent)
}

/// The events of this pallet that `call`, which must succeed, gives rise to.
pub fn events_of<R: Debug, E: Debug>(call: impl FnOnce() -> Result<R, E>) -> Vec<Event<Test>> {
	System::reset_events();
	assert_ok!(call());
	let own = |event| match event {
		RuntimeEvent::Agents(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(|record| own(record.event)).collect()
}

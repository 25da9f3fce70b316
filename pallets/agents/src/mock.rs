//! A runtime of this pallet alone, whose prices, clock and open work a test sets as it needs them.

use crate::{self as pallet_agents, *};
use aitbc_core::{
	money::{storage_deposit, AIT, EXISTENTIAL_DEPOSIT},
	time::DAYS,
	AccountId, AgentId, Balance, BlockNumber, CardHash, Signature,
};
use aitbc_traits::{DeadlineClock, WorkInspect};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{fungible::InspectHold, ConstU32, Footprint},
	weights::Weight,
};
use sp_core::H256;
use sp_io::TestExternalities;
use sp_keyring::Sr25519Keyring as Key;
use sp_keystore::{testing::MemoryKeystore, KeystoreExt};
use sp_runtime::{
	traits::{Convert, IdentityLookup},
	BuildStorage, DispatchResult, MultiSignature,
};

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

parameter_types! {
	/// Who gets the fees.
	pub Treasury: AccountId = AccountId::new([0xfe; 32]);
	/// The time of the active clock.
	pub storage Now: BlockNumber = 1_000;
	/// The agents with open work that the wallet does not matter for.
	pub storage BusyAgents: Vec<AgentId> = vec![];
	/// The wallets with open work.
	pub storage BusyWallets: Vec<AccountId> = vec![];
	pub storage RegistrationFee: Balance = FEE;
	pub storage AgentBond: Balance = BOND;
	/// What a byte of storage costs, in multiples of the network's price.
	pub storage PriceFactor: Balance = 1;
	pub const BondReleaseDelay: BlockNumber = DELAY;
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
impl WorkInspect<AccountId> for MockWork {
	fn open_work(agent: AgentId, wallet: Option<&AccountId>) -> u32 {
		let is_busy = wallet.is_some_and(|wallet| BusyWallets::get().contains(wallet));
		u32::from(is_busy) + u32::from(BusyAgents::get().contains(&agent))
	}

	fn weight() -> Weight {
		Weight::from_parts(7_000, 0)
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
	type FeeReceiver = Treasury;
	type RegistrationFee = RegistrationFee;
	type AgentBond = AgentBond;
	type BondReleaseDelay = BondReleaseDelay;
	type StorageDeposit = StoragePrice;
	type MaxUriLength = ConstU32<MAX_URI>;
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

/// Builds externalities, and runs tests in them.
pub struct ExtBuilder;

impl ExtBuilder {
	pub fn build(self) -> TestExternalities {
		let mut balances: Vec<_> =
			Key::well_known().map(|key| (key.to_account_id(), ENDOWMENT)).collect();
		balances.push((Treasury::get(), EXISTENTIAL_DEPOSIT));
		let config = RuntimeGenesisConfig {
			balances: pallet_balances::GenesisConfig { balances, ..Default::default() },
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
	let registered: Balance =
		crate::Agents::<Test>::iter_values().map(|record| record.deposit + record.bond).sum();
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

/// The deposit for a URI of `length` bytes, by hand: five entries; 8 bytes of id; a record of
/// 32 (owner), 1 (kind), 2 (URI's length), the URI, 32 (hash), 1 (status), 16 + 16 (amounts),
/// 4 (nonce) and 4 (block); and four times an account with an id.
pub fn deposit_for(length: u32) -> Balance {
	storage_deposit(5, 8 + (32 + 1 + 2 + length + 32 + 1 + 16 + 16 + 4 + 4) + 4 * (32 + 8))
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

/// The events of this pallet that `call`, which must succeed, gives rise to.
pub fn events_of(call: impl FnOnce() -> DispatchResult) -> Vec<Event<Test>> {
	System::reset_events();
	assert_ok!(call());
	let own = |event| match event {
		RuntimeEvent::Agents(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(|record| own(record.event)).collect()
}

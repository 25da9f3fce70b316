//! A runtime with balances and this pallet, neighbours that tests write to, and the ways in which
//! tests set it up.

use crate as pallet_jurors;
use crate::*;
use aitbc_core::{AgentId, AgentKind, Balance, CaseId, Round};
use aitbc_traits::{AgentInspect, AgentStatus, JurorPool, OnJuryDrawn, ReputationInspect, Seated};
use codec::Encode;
use frame_support::{
	assert_ok, derive_impl,
	dispatch::DispatchResult,
	parameter_types,
	traits::{
		fungible::{Inspect, InspectHold, MutateFreeze},
		ConstU32, Hooks, Randomness,
	},
	weights::{Weight, WeightMeter},
};
use sp_core::H256;
use sp_io::hashing::blake2_256;
use sp_runtime::{BuildStorage, Perbill};
use std::collections::{BTreeMap, BTreeSet};

type Block = frame_system::mocking::MockBlock<Test>;

/// An account of the mock.
pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Jurors: pallet_jurors,
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
	pub storage MinBond: Balance = MIN_BOND;
	pub storage MaxSeats: u32 = MAX_SEATS;
	pub storage ServiceWeight: Weight = Weight::from_parts(1_000_000_000_000, 0);
	/// The number of the present epoch.
	pub storage CurrentEpoch: u64 = START;
	/// What the randomness of each epoch is made of, beside the epoch's number.
	pub storage Seed: u64 = 0;
	/// The agent that works under an account, and the lower bound of its reputation.
	pub storage Reputations: BTreeMap<AccountId, Perbill> = BTreeMap::new();
	/// Who may not judge which case.
	pub storage Excluded: BTreeSet<(CaseId, AccountId)> = BTreeSet::new();
	/// Every jury that was drawn, in order.
	pub storage Heard: Vec<Drawn> = Vec::new();
	/// Whether the listener asks for another jury when it is told of one without members.
	pub storage AsksAgain: bool = false;
	/// Whether the listener waits for the juries that it is told of.
	pub storage Listens: bool = true;
}

/// What the listener was told: the case, its round, and the jury.
pub type Drawn = (CaseId, Round, Vec<Seated<AccountId>>);

/// Randomness that is the same in all blocks of an epoch.
pub struct EpochRandomness;

impl Randomness<H256, u64> for EpochRandomness {
	fn random(subject: &[u8]) -> (H256, u64) {
		let random = blake2_256(&(subject, CurrentEpoch::get(), Seed::get()).encode());
		(H256(random), 0)
	}
}

impl AgentInspect<AccountId> for Reputations {
	fn status(_: AgentId) -> Option<AgentStatus> {
		None
	}

	fn kind(_: AgentId) -> Option<AgentKind> {
		None
	}

	fn owner(_: AgentId) -> Option<AccountId> {
		None
	}

	fn wallet(_: AgentId) -> Option<AccountId> {
		None
	}

	fn is_live(_: AgentId) -> bool {
		false
	}

	fn agent_of_wallet(wallet: &AccountId) -> Option<AgentId> {
		Self::get().contains_key(wallet).then_some(AgentId(*wallet))
	}
}

impl ReputationInspect for Reputations {
	fn lower_bound(agent: AgentId) -> Perbill {
		Self::get().get(&agent.0).copied().unwrap_or_default()
	}

	fn mean(_: AgentId) -> Option<Perbill> {
		None
	}

	fn evidence(_: AgentId) -> Balance {
		0
	}

	fn weight() -> Weight {
		Weight::from_parts(100_000, 0)
	}
}

/// Hears of juries, and knows who is excluded.
pub struct Court;

impl OnJuryDrawn<AccountId> for Court {
	fn is_excluded(case: CaseId, juror: &AccountId) -> bool {
		Excluded::get().contains(&(case, *juror))
	}

	fn on_jury_drawn(
		case: CaseId,
		round: Round,
		jury: Vec<Seated<AccountId>>,
	) -> Result<(), &'static str> {
		if jury.is_empty() && AsksAgain::get() {
			assert_ok!(request(case, round, 3, STAKE));
		}
		let mut heard = Heard::get();
		heard.push((case, round, jury));
		Heard::set(&heard);
		Listens::get().then_some(()).ok_or("nobody asked for it")
	}

	fn exclusion_weight() -> Weight {
		Weight::from_parts(1_000_000, 0)
	}

	fn weight(seats: u32) -> Weight {
		Weight::from_parts(500_000 + u64::from(seats), 0)
	}
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<AccountId> for Court {
	fn set_epoch(epoch: Epoch) {
		CurrentEpoch::set(&epoch.0);
	}

	fn agent_under(wallet: &AccountId) {
		set_reputation(*wallet, Perbill::from_percent(40));
	}
}

impl pallet_jurors::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Agents = Reputations;
	type Reputation = Reputations;
	type OnJuryDrawn = Court;
	type Randomness = EpochRandomness;
	type Epoch = CurrentEpoch;
	type MinBond = MinBond;
	type MaxSeats = MaxSeats;
	type ServiceWeight = ServiceWeight;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Court;
	type WeightInfo = ();
}

/// The epoch in which tests begin.
pub const START: u64 = 10;
/// The least bond at the start, in plancks.
pub const MIN_BOND: Balance = 1_000;
/// What a juror bonds unless a test says otherwise, in plancks.
pub const BOND: Balance = 2_000;
/// What a seat puts at stake unless a test says otherwise, in plancks.
pub const STAKE: Balance = 100;
/// The most seats of a jury at the start.
pub const MAX_SEATS: u32 = 31;
/// The existential deposit at the start, in plancks.
pub const ED: Balance = 10;
/// What each of the first accounts owns at the start, in plancks.
pub const WEALTH: Balance = 1_000_000;

/// A juror in most tests.
pub const JUROR: AccountId = 1;
/// Another.
pub const OTHER: AccountId = 2;
/// A third.
pub const THIRD: AccountId = 3;
/// Never a juror.
pub const STRANGER: AccountId = 4;
/// Gets what is forfeited, and owns the existential deposit at the start.
pub const TREASURY: AccountId = 5;
/// Where drained accounts send their money.
pub const BANK: AccountId = 6;

/// The case of most tests.
pub const CASE: CaseId = CaseId(7);
/// The first instance.
pub const FIRST: Round = Round(0);

/// Externalities with the endowed accounts.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let mut balances: Vec<_> = (JUROR..=STRANGER).map(|who| (who, WEALTH)).collect();
	balances.extend([(TREASURY, ED), (BANK, 1_000_000 * WEALTH)]);
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
		assert_ok!(Jurors::do_try_state());
		assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	});
}

/// Runs the hook of one more block with this much weight left, and says how much it took.
pub fn poll_with(limit: Weight) -> Weight {
	System::set_block_number(System::block_number() + 1);
	let mut meter = WeightMeter::with_limit(limit);
	Jurors::on_poll(System::block_number(), &mut meter);
	meter.consumed()
}

/// Runs the hook of one more block.
pub fn poll() {
	poll_with(Weight::MAX);
}

/// Begins the next epoch without running the hook.
pub fn begin_epoch() {
	CurrentEpoch::set(&(CurrentEpoch::get() + 1));
}

/// Lets so many epochs begin, each with one block.
pub fn wait_epochs(count: u64) {
	for _ in 0..count {
		begin_epoch();
		poll();
	}
}

/// Makes `who` a juror with this bond, without a change of epoch.
pub fn join(who: AccountId, amount: Balance) {
	assert_ok!(Jurors::bond(signed(who), amount));
}

/// Makes each a juror with its bond, and lets their weights count.
pub fn jurors(bonds: &[(AccountId, Balance)]) {
	for (who, bond) in bonds {
		let missing = (bond + ED).saturating_sub(Balances::balance(who));
		if missing > 0 {
			assert_ok!(Balances::transfer_allow_death(signed(BANK), *who, missing.max(ED)));
		}
		join(*who, *bond);
	}
	wait_epochs(DELAY);
}

/// Asks for a jury.
pub fn request(case: CaseId, round: Round, seats: u32, stake: Balance) -> DispatchResult {
	<Jurors as JurorPool<AccountId>>::request_jury(case, round, seats, stake)
}

/// Asks for the first jury of `case`, draws it, and says who sits on it.
pub fn draw(case: CaseId, seats: u32, stake: Balance) -> Vec<Seated<AccountId>> {
	assert_ok!(request(case, FIRST, seats, stake));
	wait_epochs(DELAY);
	let (of, round, jury) = Heard::get().pop().expect("a jury was drawn");
	assert_eq!((of, round), (case, FIRST));
	jury
}

/// Draws [`JUROR`], the only one, onto this many seats, which lock [`STAKE`] each.
pub fn seated(seats: u32) {
	assert_eq!(draw(CASE, seats, STAKE), [(JUROR, seats)]);
}

/// The event that the weight of [`JUROR`] will be `weight` from the epoch `due` on.
pub fn queued(weight: Balance, due: u64) -> Event<Test> {
	Event::WeightQueued { juror: JUROR, weight, due: Epoch(due) }
}

/// Forfeits what `juror` has at stake.
pub fn forfeit(juror: AccountId, amount: Balance) -> DispatchResult {
	<Jurors as JurorPool<AccountId>>::forfeit(&juror, amount, &TREASURY)
}

/// Unlocks what `juror` has at stake.
pub fn unlock(juror: AccountId, amount: Balance) {
	<Jurors as JurorPool<AccountId>>::unlock(&juror, amount);
}

/// Lets an agent with this lower bound work under `wallet`.
pub fn set_reputation(wallet: AccountId, lower_bound: Perbill) {
	let mut reputations = Reputations::get();
	reputations.insert(wallet, lower_bound);
	Reputations::set(&reputations);
}

/// Keeps `juror` from judging `case`.
pub fn exclude(case: CaseId, juror: AccountId) {
	let mut excluded = Excluded::get();
	excluded.insert((case, juror));
	Excluded::set(&excluded);
}

/// A juror in storage.
#[track_caller]
pub fn juror(who: AccountId) -> Juror {
	crate::Jurors::<Test>::get(who).expect("the account is a juror")
}

/// The weight of a juror in the tree, in plancks.
#[track_caller]
pub fn weight(who: AccountId) -> Balance {
	juror(who).weight
}

/// The weights that wait for `who`, and when they are due, in order.
pub fn changes(who: AccountId) -> Vec<(Balance, u64)> {
	let queue: BTreeMap<_, _> = ChangeQueue::<Test>::iter().collect();
	let of = queue.into_values().filter(|change| change.juror == who);
	of.map(|change| (change.weight, change.due.0)).collect()
}

/// An origin signed by `who`.
pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// What is held on `who`, in plancks.
pub fn held(who: AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::Bond.into(), &who)
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

/// The pallet's events since the last reset, in order.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Jurors(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Forgets all events so far, so that a test sees only those of its own call.
pub fn reset_events() {
	System::reset_events();
}

//! A runtime with balances and this pallet, neighbours that tests write to, and the ways in which
//! tests set it up.

mod pool;
mod trial;

use crate as pallet_disputes;
use crate::*;
use aitbc_core::{
	AgentId, Balance, BlockNumber, CaseId, Choice, ContractId, DocumentHash, Fact, Party, Round,
	Ruling, Salt, Sides, Subject, Tenths, Vote,
};
use aitbc_traits::{
	AgentBondSlash, Arbitration, CaseFacts, Complaint, ConflictInspect, DeadlineClock, JurorPool,
	OnJuryDrawn, OnRuling, Seated,
};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	storage::with_storage_layer,
	traits::{
		fungible::{Inspect, InspectHold, MutateFreeze},
		ConstU32, Footprint,
	},
	weights::Weight,
};
use frame_system::EnsureRoot;
use sp_core::H256;
use sp_runtime::{traits::Convert, BuildStorage, Perbill};
use std::collections::{BTreeMap, BTreeSet};

pub use pool::*;
pub use trial::*;

type Block = frame_system::mocking::MockBlock<Test>;

/// An account of the mock.
pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		Balances: pallet_balances,
		Disputes: pallet_disputes,
		Pool: pool::pallet,
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
	pub storage FilingFee: Balance = FILING_FEE;
	pub storage SeatFee: Balance = SEAT_FEE;
	pub storage SeatStake: Balance = SEAT_STAKE;
	pub storage MaxCost: Perbill = Perbill::from_percent(20);
	pub storage LoserSlash: Perbill = Perbill::from_percent(50);
	pub storage AgentSlash: Perbill = Perbill::from_percent(10);
	pub storage IncoherentSlash: Perbill = Perbill::from_percent(20);
	pub storage SilenceSlash: Perbill = Perbill::from_percent(50);
	pub storage DenounceReward: Perbill = Perbill::from_percent(40);
	pub storage SettlementPeriod: BlockNumber = SETTLEMENT;
	pub storage EvidencePeriod: BlockNumber = EVIDENCE;
	pub storage CommitPeriod: BlockNumber = COMMIT;
	pub storage RevealPeriod: BlockNumber = REVEAL;
	pub storage AppealPeriod: BlockNumber = APPEAL;
	pub storage OversightPeriod: BlockNumber = OVERSIGHT;
	pub storage Seats: u32 = SEATS;
	pub storage MaxAppeals: u8 = MAX_APPEALS;
	pub storage MaxSeats: u32 = MAX_SEATS;
	/// The time, in active blocks.
	pub storage Now: BlockNumber = START;
	/// What the chain knows about which subject, once it is shown which document.
	pub storage Facts: Vec<(Subject, Vec<u8>, Fact)> = Vec::new();
	/// Who is close to whom, beside to itself, and since when, in active blocks.
	pub storage Conflicts: BTreeSet<(AccountId, AccountId, BlockNumber)> = BTreeSet::new();
	/// Every ruling that was told, in order.
	pub storage Rulings: Vec<(Subject, CaseId, Ruling)> = Vec::new();
	/// Which agent's bond was slashed, and by how much, in order.
	pub storage Slashes: Vec<(AgentId, Perbill)> = Vec::new();
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

/// What facts say that they weigh beside the length of the document.
pub const FACTS_WEIGHT: Weight = Weight::from_parts(11, 1);
/// What telling whether two are close weighs.
pub const CONFLICTS_WEIGHT: Weight = Weight::from_parts(13, 1);
/// What executing a ruling weighs.
pub const RULING_WEIGHT: Weight = Weight::from_parts(17, 1);
/// What slashing an agent's bond weighs.
pub const SLASH_WEIGHT: Weight = Weight::from_parts(19, 1);

impl CaseFacts for Facts {
	fn fact(subject: Subject, document: &[u8]) -> Option<Fact> {
		let known = Self::get();
		let fits = |(about, shown, _): &&(Subject, Vec<u8>, Fact)| {
			*about == subject && shown[..] == *document
		};
		known.iter().find(fits).map(|(_, _, fact)| *fact)
	}

	fn weight(bytes: u32) -> Weight {
		FACTS_WEIGHT.saturating_add(Weight::from_parts(bytes.into(), 0))
	}
}

impl ConflictInspect<AccountId> for Conflicts {
	fn are_close(one: &AccountId, other: &AccountId, before: BlockNumber) -> bool {
		Self::get().iter().any(|(of, to, since)| (of, to) == (one, other) && *since < before)
	}

	fn weight() -> Weight {
		CONFLICTS_WEIGHT
	}
}

impl OnRuling for Rulings {
	fn on_ruling(subject: Subject, case: CaseId, ruling: &Ruling) {
		assert!(matches!(state(case), CaseState::Ruled { .. }), "told before it was ruled");
		let mut rulings = Self::get();
		rulings.push((subject, case, *ruling));
		Self::set(&rulings);
	}

	fn weight() -> Weight {
		RULING_WEIGHT
	}
}

impl AgentBondSlash for Slashes {
	fn slash(agent: AgentId, share: Perbill) -> Balance {
		let mut slashes = Self::get();
		slashes.push((agent, share));
		Self::set(&slashes);
		share.mul_floor(AGENT_BOND)
	}

	fn weight() -> Weight {
		SLASH_WEIGHT
	}
}

/// Ten plancks per item and one per byte.
pub struct StorageDeposit;

impl Convert<Footprint, Balance> for StorageDeposit {
	fn convert(footprint: Footprint) -> Balance {
		Balance::from(footprint.count) * 10 + Balance::from(footprint.size)
	}
}

impl pallet_disputes::Config for Test {
	type RuntimeHoldReason = RuntimeHoldReason;
	type Currency = Balances;
	type Clock = Now;
	type Jurors = Requests;
	type Facts = Facts;
	type Conflicts = Conflicts;
	type OnRuling = Rulings;
	type AgentBonds = Slashes;
	type ForceOrigin = EnsureRoot<AccountId>;
	type FeeReceiver = Treasury;
	type FilingFee = FilingFee;
	type SeatFee = SeatFee;
	type SeatStake = SeatStake;
	type MaxCost = MaxCost;
	type LoserSlash = LoserSlash;
	type AgentSlash = AgentSlash;
	type IncoherentSlash = IncoherentSlash;
	type SilenceSlash = SilenceSlash;
	type DenounceReward = DenounceReward;
	type SettlementPeriod = SettlementPeriod;
	type EvidencePeriod = EvidencePeriod;
	type CommitPeriod = CommitPeriod;
	type RevealPeriod = RevealPeriod;
	type AppealPeriod = AppealPeriod;
	type OversightPeriod = OversightPeriod;
	type StorageDeposit = StorageDeposit;
	type Seats = Seats;
	type MaxAppeals = MaxAppeals;
	type MaxSeats = MaxSeats;
	type MaxEvidence = ConstU32<MAX_EVIDENCE>;
	type MaxUriLength = ConstU32<MAX_URI>;
	type MaxDocumentLength = ConstU32<MAX_DOCUMENT>;
	type WeightInfo = ();
}

/// The time at which tests begin, in active blocks.
pub const START: BlockNumber = 10;
/// How long the parties may settle, in active blocks.
pub const SETTLEMENT: BlockNumber = 20;
/// How long a round takes evidence, in active blocks.
pub const EVIDENCE: BlockNumber = 30;
/// How long jurors may commit, in active blocks.
pub const COMMIT: BlockNumber = 10;
/// How long jurors may reveal, in active blocks.
pub const REVEAL: BlockNumber = 12;
/// How long sides may stake for an appeal, in active blocks.
pub const APPEAL: BlockNumber = 16;
/// How long governance may rule after the last instance, in active blocks.
pub const OVERSIGHT: BlockNumber = 25;
/// The provider's agent.
pub const AGENT: AgentId = AgentId(77);
/// What the opener pays unless the parties settle, in plancks.
pub const FILING_FEE: Balance = 50;
/// What each seat of a jury costs, in plancks. Three of them can't be divided by two.
pub const SEAT_FEE: Balance = 501;
/// What each seat puts at risk, in plancks.
pub const SEAT_STAKE: Balance = 1_000;
/// How many seats the first jury has.
pub const SEATS: u32 = 3;
/// How many appeals there may be.
pub const MAX_APPEALS: u8 = 2;
/// How many seats the last jury has.
pub const MAX_SEATS: u32 = 15;
/// The most pieces of evidence of a party.
pub const MAX_EVIDENCE: u32 = 2;
/// The most bytes of a URI.
pub const MAX_URI: u32 = 100;
/// The most bytes of a document that is shown as a fact.
pub const MAX_DOCUMENT: u32 = 64;
/// What the first jury costs, in plancks.
pub const COURT_FEE: Balance = 3 * SEAT_FEE;
/// The least value of a case that has a court, in plancks: five times what the court costs.
pub const LEAST_VALUE: Balance = 5 * COURT_FEE;
/// The bond of every agent, in plancks.
pub const AGENT_BOND: Balance = 10_000;
/// The existential deposit at the start, in plancks.
pub const ED: Balance = 10;
/// What each of the first accounts owns at the start, in plancks.
pub const WEALTH: Balance = 1_000_000;

/// Pays, and opens most cases.
pub const CLIENT: AccountId = 1;
/// Works.
pub const PROVIDER: AccountId = 2;
/// Has no part in any case.
pub const STRANGER: AccountId = 3;
/// Stakes for sides.
pub const BACKER: AccountId = 4;
/// Gets the fees, and owns the existential deposit at the start.
pub const TREASURY: AccountId = 5;
/// Where drained accounts send their money.
pub const BANK: AccountId = 6;
/// The first of the jurors.
pub const ANN: AccountId = 21;
/// The second.
pub const BEN: AccountId = 22;
/// The third.
pub const CAT: AccountId = 23;
/// All jurors: one for each seat of the largest jury.
pub const JURORS: core::ops::RangeInclusive<AccountId> = ANN..=35;

/// The first case of a test.
pub const FIRST: CaseId = CaseId(0);
/// The first round.
pub const R0: Round = Round(0);
/// The first appeal's.
pub const R1: Round = Round(1);
/// The last.
pub const R2: Round = Round(2);

/// Where the evidence of every test can be read.
pub const URI: &[u8] = b"ipfs://bafybeigdyrzt";

/// Externalities with the endowed accounts.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let rich = [CLIENT, PROVIDER, STRANGER, BACKER, BANK].into_iter().chain(JURORS);
	let mut balances: Vec<_> = rich.map(|who| (who, WEALTH)).collect();
	balances.push((TREASURY, ED));
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

/// Runs `test`, then checks every invariant, that no money was made or lost, and that no more was
/// unlocked than was at stake.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		let issuance = Balances::total_issuance();
		test();
		assert_ok!(Disputes::do_try_state());
		assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
		assert!(!IsOverdrawn::get(), "more was unlocked than was at stake");
	});
}

/// An origin signed by `who`.
pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// Sets the time, in active blocks.
pub fn set_now(now: BlockNumber) {
	Now::set(&now);
}

/// Lets so many active blocks go by.
pub fn wait(blocks: BlockNumber) {
	set_now(Now::get() + blocks);
}

/// What is held on `who` for `reason`, in plancks.
pub fn held(reason: HoldReason, who: AccountId) -> Balance {
	Balances::balance_on_hold(&reason.into(), &who)
}

/// What is staked by `who`, in plancks.
pub fn staked(who: AccountId) -> Balance {
	held(HoldReason::Stake, who)
}

/// The free balance of `who`, in plancks.
pub fn free(who: AccountId) -> Balance {
	Balances::balance(&who)
}

/// What `who` owns, in plancks.
pub fn owned(who: AccountId) -> Balance {
	Balances::total_balance(&who)
}

/// A case in storage.
pub fn case(id: CaseId) -> CaseOf<Test> {
	Cases::<Test>::get(id).expect("the case is in storage")
}

/// How far a case has come.
pub fn state(id: CaseId) -> CaseState {
	case(id).state
}

/// A round in storage.
pub fn round(id: CaseId, round: Round) -> RoundOf<Test> {
	Rounds::<Test>::get(id, round).expect("the round is in storage")
}

/// What a juror has done in a round.
pub fn ballot(id: CaseId, of: Round, juror: AccountId) -> Ballot {
	round(id, of).member_mut(&juror).expect("it is a member").ballot
}

/// A share of so many tenths.
pub fn tenths(number: u8) -> Tenths {
	Tenths::new(number).expect("at most ten")
}

/// The vote for so many tenths.
pub fn share(number: u8) -> Choice {
	Choice::ClientShare(tenths(number))
}

/// The outcome of so many percent.
pub fn outcome(percent: u32) -> Outcome {
	Outcome::ClientShare(Perbill::from_percent(percent))
}

/// What hides the votes of `juror`.
pub fn salt(juror: AccountId) -> Salt {
	Salt([juror as u8; 32])
}

/// What `juror` commits to.
pub fn commitment(case: CaseId, round: Round, juror: AccountId, choice: Choice) -> H256 {
	let genesis = System::block_hash(0);
	Vote { genesis, case, round, juror, choice, salt: salt(juror) }.commitment()
}

/// The hash of every test document.
pub fn document() -> DocumentHash {
	DocumentHash(H256::repeat_byte(0xed))
}

/// A valid URI of `length` bytes.
pub fn uri_of(length: u32) -> Vec<u8> {
	let mut uri = b"x:".to_vec();
	uri.resize(length as usize, b'y');
	uri
}

/// Freezes everything that `who` owns and will own, as a vote does.
pub fn freeze_all(who: AccountId) {
	assert_ok!(Balances::set_freeze(&(), &who, Balance::MAX));
}

/// Moves all free money of `who` to the bank, also when it is needed to keep the account alive.
pub fn drain(who: AccountId) {
	assert_ok!(Balances::transfer_all(signed(who), BANK, false));
}

/// Moves all free money of `who` but so much to the bank.
#[track_caller]
pub fn leave(who: AccountId, amount: Balance) {
	assert_ok!(Balances::transfer_allow_death(signed(who), BANK, free(who) - amount));
	assert_eq!(free(who), amount);
}

/// Leaves so much free money on `who`, which may be less than the existential deposit. Only an account
/// with another provider reference, such as one with session keys of its own, can come to that.
#[track_caller]
pub fn leave_dust(who: AccountId, amount: Balance) {
	System::inc_providers(&who);
	leave(who, amount);
}

/// The pallet's events since the last reset, in order.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Disputes(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Forgets all events so far, so that a test sees only those of its own call.
pub fn reset_events() {
	System::reset_events();
}

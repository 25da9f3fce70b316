//! A runtime with this pallet, neighbours that tests write to, and the ways in which tests set it up.

use crate as pallet_validator_performance;
use crate::*;
use aitbc_core::Balance;
use frame_support::{
	derive_impl, ord_parameter_types, parameter_types,
	traits::{EitherOf, Hooks, MapSuccess},
	weights::Weight,
};
use frame_system::{EnsureRootWithSuccess, EnsureSignedBy};
use sp_consensus_babe::{AuthorityIndex, Slot};
use sp_runtime::{morph_types, BuildStorage, Perbill};
use sp_staking::{
	offence::{Offence, OffenceDetails, OffenceError, OnOffenceHandler, ReportOffence},
	EraIndex, EraPayout, OnStakingUpdate, SessionIndex,
};
use std::collections::{BTreeMap, BTreeSet};

type Block = frame_system::mocking::MockBlock<Test>;

/// An account of the mock.
pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		ValidatorPerformance: pallet_validator_performance,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
	type BlockWeights = BlockWeights;
}

parameter_types! {
	pub BlockWeights: frame_system::limits::BlockWeights =
		frame_system::limits::BlockWeights::simple_max(Weight::from_parts(1_000_000, u64::MAX));
	pub storage MinSlots: u32 = MIN_SLOTS;
	pub storage Grace: Perbill = Perbill::from_percent(10);
	pub storage MaxSkipped: u32 = MAX_SKIPPED;
	pub storage HistoryDepth: u32 = HISTORY_DEPTH;
	pub storage MaxValidators: u32 = 100;
	pub storage MaxSlashes: u32 = MAX_SLASHES;
	/// The slot and the author of the present block.
	pub storage PresentBlock: Option<(Slot, AuthorityIndex)> = None;
	/// The first slot of the present epoch.
	pub storage EpochStart: u64 = FIRST_SLOT;
	pub storage EpochLength: u64 = 100;
	/// Who validates in the present session.
	pub storage Active: Vec<AccountId> = vec![ALICE, BOB, CAROL, DAVE];
	pub storage Disabled: Vec<AuthorityIndex> = Vec::new();
	pub storage Randomness: [u8; 32] = [7; 32];
	pub storage HasSecondaryAuthors: bool = true;
	pub storage Era: EraIndex = ERA;
	pub storage Session: SessionIndex = 30;
	/// Who wants to validate.
	pub storage Candidates: BTreeSet<AccountId> = [ALICE, BOB, CAROL, DAVE].into();
	pub storage Minimum: u32 = 1;
	/// The points of eras: their total, and each validator's.
	pub storage EraRewardPoints: BTreeMap<EraIndex, (u32, BTreeMap<AccountId, u32>)> = BTreeMap::new();
	/// The slashes that wait for eras: whose, of its own stake, of its nominators'.
	pub storage Waiting: BTreeMap<EraIndex, Vec<(AccountId, Balance, Balance)>> = BTreeMap::new();
	/// The highest fraction that a validator is slashed with for an era.
	pub storage Highest: BTreeMap<(EraIndex, AccountId), Perbill> = BTreeMap::new();
	pub storage Stakes: BTreeMap<AccountId, Balance> = BTreeMap::new();
	/// What silence was reported, and of how many at once.
	pub storage Silences: Vec<(EraIndex, SessionIndex, u32, Vec<AccountId>)> = Vec::new();
}

/// Answers what the pallet asks, from what tests write.
pub struct Neighbours;

impl SlotInspect<AccountId> for Neighbours {
	fn block() -> Option<(Slot, AuthorityIndex)> {
		PresentBlock::get()
	}

	fn epoch() -> Epoch<AccountId> {
		Epoch {
			first: EpochStart::get().into(),
			length: EpochLength::get(),
			validators: Active::get(),
			disabled: Disabled::get(),
			randomness: Randomness::get(),
			has_secondary_authors: HasSecondaryAuthors::get(),
		}
	}
}

impl ValidatorInspect<AccountId> for Neighbours {
	fn era() -> EraIndex {
		Era::get()
	}

	fn session() -> SessionIndex {
		Session::get()
	}

	fn active() -> Vec<AccountId> {
		Active::get()
	}

	fn candidates() -> u32 {
		Candidates::get().len() as u32
	}

	fn minimum() -> u32 {
		Minimum::get()
	}
}

impl Chill<AccountId> for Neighbours {
	fn chill(validator: &AccountId) -> bool {
		let mut candidates = Candidates::get();
		let was_one = candidates.remove(validator);
		Candidates::set(&candidates);
		was_one
	}
}

impl EraPoints<AccountId> for Neighbours {
	fn per_block() -> u32 {
		PER_BLOCK
	}

	fn get(era: EraIndex) -> Points<AccountId> {
		let (total, individual) = EraRewardPoints::get().remove(&era).unwrap_or_default();
		Points { total, individual }
	}

	fn set(era: EraIndex, points: Points<AccountId>) {
		let mut all = EraRewardPoints::get();
		all.insert(era, (points.total, points.individual));
		EraRewardPoints::set(&all);
	}
}

impl Slashes<AccountId> for Neighbours {
	fn era_of(session: SessionIndex) -> Option<EraIndex> {
		// An era may have more sessions than planned.
		let era = (session / SESSIONS_PER_ERA).min(Era::get());
		(session >= KEPT_FROM).then_some(era)
	}

	fn due(era: EraIndex) -> EraIndex {
		era + DEFERRAL + 1
	}

	fn waiting(due: EraIndex) -> Vec<WaitingSlash<AccountId>> {
		let waiting = Waiting::get().remove(&due).unwrap_or_default();
		waiting
			.into_iter()
			.map(|(validator, own, nominators)| WaitingSlash {
				validator,
				amount: SlashAmount { own, nominators },
			})
			.collect()
	}

	fn cancel(due: EraIndex, validator: &AccountId) -> u32 {
		let mut all = Waiting::get();
		let waiting = all.entry(due).or_default();
		let before = waiting.len();
		waiting.retain(|(slashed, ..)| slashed != validator);
		let cancelled = before - waiting.len();
		Waiting::set(&all);
		cancelled as u32
	}

	fn stake(validator: &AccountId) -> Balance {
		Stakes::get().get(validator).copied().unwrap_or_default()
	}
}

/// Defers slashes as staking does: of an era, only what is above the highest fraction so far.
pub struct Slasher;

impl OnOffenceHandler<AccountId, (AccountId, ()), Weight> for Slasher {
	fn on_offence(
		offenders: &[OffenceDetails<AccountId, (AccountId, ())>],
		fractions: &[Perbill],
		session: SessionIndex,
	) -> Weight {
		let Some(era) = Neighbours::era_of(session) else { return SLASHING };
		let mut highest = Highest::get();
		let mut all = Waiting::get();
		for (details, fraction) in offenders.iter().zip(fractions) {
			let (validator, ()) = details.offender;
			let known = highest.entry((era, validator)).or_default();
			let own = *fraction * Neighbours::stake(&validator);
			if *fraction <= *known || own == 0 {
				continue;
			}
			let own = own - *known * Neighbours::stake(&validator);
			*known = *fraction;
			all.entry(Neighbours::due(era)).or_default().push((validator, own, 2 * own));
		}
		Highest::set(&highest);
		Waiting::set(&all);
		SLASHING
	}
}

/// Passes offences on to who slashes.
pub struct Reports;

impl<O: Offence<(AccountId, ())>> ReportOffence<AccountId, (AccountId, ()), O> for Reports {
	fn report_offence(reporters: Vec<AccountId>, offence: O) -> Result<(), OffenceError> {
		let details: Vec<_> = offence
			.offenders()
			.into_iter()
			.map(|offender| OffenceDetails { offender, reporters: reporters.clone() })
			.collect();
		let fraction = offence.slash_fraction(details.len() as u32);
		let fractions = vec![fraction; details.len()];
		if O::ID == offence::SILENCE {
			let mut silences = Silences::get();
			silences.push((
				Era::get(),
				offence.session_index(),
				offence.validator_set_count(),
				details.iter().map(|details| details.offender.0).collect(),
			));
			Silences::set(&silences);
		}
		let session = offence.session_index();
		RecordsOffences::<Test, Slasher>::on_offence(&details, &fractions, session);
		Ok(())
	}

	fn is_known_offence(offenders: &[(AccountId, ())], _: &O::Slot) -> bool {
		offenders.is_empty()
	}
}

/// Reports name their kind on the way.
pub type Named = NamesOffences<Test, Reports>;

parameter_types! {
	pub ByRoot: CancelledBy = CancelledBy::Root;
	pub BySlashing: CancelledBy = CancelledBy::Track("slashing".into());
}

morph_types! {
	/// Forgets who it is, for the track.
	pub type AsTrack = |_admin: AccountId| -> CancelledBy { BySlashing::get() };
}

/// Root, or [`ADMIN`] as the track that slashes.
pub type Cancellers = EitherOf<
	EnsureRootWithSuccess<AccountId, ByRoot>,
	MapSuccess<EnsureSignedBy<Admins, AccountId>, AsTrack>,
>;

ord_parameter_types! {
	pub const Admins: AccountId = ADMIN;
}

impl pallet_validator_performance::Config for Test {
	type Slots = Neighbours;
	type Validators = Neighbours;
	type Chill = Neighbours;
	type Points = Neighbours;
	type Slashes = Neighbours;
	type Offender = (AccountId, ());
	type OffenderOf = sdk::UnitIdentification;
	type ReportSilence = Named;
	type SlashCancelOrigin = Cancellers;
	type MinSlots = MinSlots;
	type Grace = Grace;
	type MaxSkipped = MaxSkipped;
	type HistoryDepth = HistoryDepth;
	type MaxValidators = MaxValidators;
	type MaxSlashes = MaxSlashes;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Neighbours;
	type WeightInfo = ();
}

#[cfg(feature = "runtime-benchmarks")]
impl BenchmarkHelper<AccountId> for Neighbours {
	fn validators(count: u32) -> Result<Vec<AccountId>, frame_benchmarking::BenchmarkError> {
		let validators: Vec<AccountId> = (1..=count.into()).collect();
		Active::set(&validators);
		Candidates::set(&validators.iter().copied().collect());
		Stakes::set(&validators.iter().map(|validator| (*validator, STAKE)).collect());
		Ok(validators)
	}

	fn set_block(slot: Slot, author: AuthorityIndex) {
		EpochStart::set(&slot);
		PresentBlock::set(&Some((slot, author)));
	}

	fn defer(due: EraIndex, validators: &[AccountId]) {
		let slashes = validators.iter().map(|validator| (*validator, 1, 0)).collect();
		Waiting::set(&BTreeMap::from([(due, slashes)]));
	}
}

/// The first slot of tests.
pub const FIRST_SLOT: u64 = 1_000;
/// The era in which tests begin.
pub const ERA: EraIndex = 10;
/// How many slots make a validator silent.
pub const MIN_SLOTS: u32 = 10;
/// How many slots between blocks are looked at.
pub const MAX_SKIPPED: u32 = 8;
/// How many eras are kept.
pub const HISTORY_DEPTH: u32 = 4;
/// How many offences of a validator are kept.
pub const MAX_SLASHES: u32 = 3;
/// What a block earns, in points.
pub const PER_BLOCK: u32 = 20;
/// How many sessions an era has.
pub const SESSIONS_PER_ERA: SessionIndex = 3;
/// The first session whose offences are slashed.
pub const KEPT_FROM: SessionIndex = 6;
/// How many eras slashes wait.
pub const DEFERRAL: EraIndex = 2;
/// What slashing weighs.
pub const SLASHING: Weight = Weight::from_parts(7, 7);
/// What a validator has bonded, in plancks.
pub const STAKE: Balance = 1_000;
/// What the whole era pays, in plancks.
pub const PAYOUT: Balance = 1_000_000;

/// Validators, in the order of their places.
pub const ALICE: AccountId = 1;
/// See [`ALICE`].
pub const BOB: AccountId = 2;
/// See [`ALICE`].
pub const CAROL: AccountId = 3;
/// See [`ALICE`].
pub const DAVE: AccountId = 4;
/// Governance's account.
pub const ADMIN: AccountId = 90;
/// Who reports offences.
pub const REPORTER: AccountId = 91;

/// A chain with four validators, whose first block is none yet.
pub fn new_test_ext() -> sp_io::TestExternalities {
	let storage = frame_system::GenesisConfig::<Test>::default().build_storage();
	let mut ext = sp_io::TestExternalities::new(storage.expect("genesis is sound"));
	ext.execute_with(|| {
		System::set_block_number(1);
		Stakes::set(&Active::get().into_iter().map(|validator| (validator, STAKE)).collect());
	});
	ext
}

/// Runs `test`, and checks all invariants after it.
pub fn build_and_execute(test: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		test();
		assert_eq!(ValidatorPerformance::do_try_state(), Ok(()));
	});
}

/// Lets `count` accounts validate: 1, 2, and so on.
pub fn validators(count: u64) -> Vec<AccountId> {
	let all: Vec<AccountId> = (1..=count).collect();
	Active::set(&all);
	Candidates::set(&all.iter().copied().collect());
	Stakes::set(&all.iter().map(|validator| (*validator, STAKE)).collect());
	all
}

/// A block of this slot, by the validator at this place, with what staking and this pallet do in it.
pub fn block(slot: u64, author: AuthorityIndex) -> Weight {
	System::set_block_number(System::block_number() + 1);
	PresentBlock::set(&Some((slot.into(), author)));
	if let Some(validator) = Active::get().get(author as usize) {
		let_earn(*validator, PER_BLOCK);
	}
	ValidatorPerformance::on_initialize(System::block_number())
}

/// The place of who has to fill `slot` if nobody else does.
pub fn secondary(slot: u64) -> AuthorityIndex {
	Neighbours::epoch().secondary_author(slot.into()).expect("slots have secondary authors")
}

/// Begins an epoch at `first`, with other randomness.
pub fn begin_epoch(first: u64) {
	EpochStart::set(&first);
	Randomness::set(&sp_io::hashing::blake2_256(&Randomness::get()));
	Session::set(&(Session::get() + 1));
}

/// Pays what staking would.
pub struct Pays;

impl EraPayout<Balance> for Pays {
	fn era_payout(_: Balance, _: Balance, _: u64) -> (Balance, Balance) {
		(PAYOUT, 0)
	}
}

/// Ends the era as staking does: asks for its pay, begins the next one, and applies the slashes that are due.
pub fn end_era() -> (Balance, Balance) {
	let pay = ClosesEra::<Test, Pays>::era_payout(0, 0, 0);
	begin_era();
	pay
}

/// Begins the next era, and applies the slashes that are due.
pub fn begin_era() {
	Era::set(&(Era::get() + 1));
	Session::set(&(Era::get() * SESSIONS_PER_ERA));
	Disabled::set(&Vec::new());
	let mut all = Waiting::get();
	let due = all.remove(&Era::get()).unwrap_or_default();
	Waiting::set(&all);
	for (validator, own, _) in due.into_iter().filter(|(_, own, _)| *own > 0) {
		let mut stakes = Stakes::get();
		// Staking tells nobody of a slash of whoever has no ledger.
		let Some(stake) = stakes.get_mut(&validator) else { continue };
		let taken = own.min(*stake);
		let left = *stake - taken;
		ValidatorPerformance::on_slash(&validator, left, &BTreeMap::new(), taken);
		*stake = left;
		Stakes::set(&stakes);
	}
}

/// What a validator is paid for an era, of [`PAYOUT`], as staking divides it.
pub fn pay(era: EraIndex, validator: AccountId) -> Balance {
	let points = Neighbours::get(era);
	let own = points.individual.get(&validator).copied().unwrap_or_default();
	Perbill::from_rational(own, points.total) * PAYOUT
}

/// The slots of `validator` in the present era.
pub fn slots(validator: AccountId) -> SlotCount {
	Counts::<Test>::get(validator).unwrap_or_default()
}

/// Lets `validator` have had these slots in the present era, and the points of those that it filled.
pub fn let_count(validator: AccountId, assigned: u32, missed: u32) {
	Counts::<Test>::insert(validator, SlotCount { assigned, missed });
	let mut all = EraRewardPoints::get();
	let (total, individual) = all.entry(Era::get()).or_default();
	*total -= individual.remove(&validator).unwrap_or_default();
	let earned = PER_BLOCK * (assigned - missed);
	*total += earned;
	if earned > 0 {
		individual.insert(validator, earned);
	}
	EraRewardPoints::set(&all);
}

/// Gives `validator` points in the present era that no counted slot earned.
pub fn let_earn(validator: AccountId, points: u32) {
	let mut all = EraRewardPoints::get();
	let (total, individual) = all.entry(Era::get()).or_default();
	*total += points;
	*individual.entry(validator).or_default() += points;
	EraRewardPoints::set(&all);
}

/// How `validator` did its slots of an era that was closed.
pub fn performance(era: EraIndex, validator: AccountId) -> Performance {
	Performances::<Test>::get(era, validator).expect("the era is kept")
}

/// The pallet's events of the present block.
pub fn events() -> Vec<Event<Test>> {
	let ours = |event| match event {
		RuntimeEvent::ValidatorPerformance(event) => Some(event),
		_ => None,
	};
	System::events().into_iter().filter_map(|record| ours(record.event)).collect()
}

/// Forgets all events so far.
pub fn forget_events() {
	System::reset_events();
}

/// An offence, of a kind that the pallet knows or not.
#[derive(Clone)]
pub struct Misdeed<const IS_EQUIVOCATION: bool> {
	/// The era in which it was done.
	pub era: EraIndex,
	/// Who did it.
	pub offenders: Vec<AccountId>,
	/// What each is slashed with.
	pub fraction: Perbill,
}

/// The kind of a [`Misdeed`] that the pallet does not know.
pub const UNKNOWN_KIND: [u8; 16] = *b"mock:misdeed0000";

impl<const IS_EQUIVOCATION: bool> Offence<(AccountId, ())> for Misdeed<IS_EQUIVOCATION> {
	const ID: [u8; 16] = if IS_EQUIVOCATION { *b"babe:equivocatio" } else { UNKNOWN_KIND };
	type Slot = u64;

	fn offenders(&self) -> Vec<(AccountId, ())> {
		self.offenders.iter().map(|offender| (*offender, ())).collect()
	}

	fn session_index(&self) -> SessionIndex {
		self.era * SESSIONS_PER_ERA
	}

	fn validator_set_count(&self) -> u32 {
		Active::get().len() as u32
	}

	fn slot(&self) -> u64 {
		0
	}

	fn slash_fraction(&self, _: u32) -> Perbill {
		self.fraction
	}
}

/// Reports that `offenders` equivocated in `era`.
pub fn report(era: EraIndex, offenders: &[AccountId], percent: u32) {
	let fraction = Perbill::from_percent(percent);
	let offence = Misdeed::<true> { era, offenders: offenders.to_vec(), fraction };
	assert_eq!(Named::report_offence(vec![REPORTER], offence), Ok(()));
}

/// The offences of `validator` that are remembered.
pub fn history(validator: AccountId) -> Vec<SlashRecord<AccountId>> {
	ValidatorPerformance::slash_history(validator)
}

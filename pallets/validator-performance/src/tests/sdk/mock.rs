//! A runtime with the pallets that validators meet, and a chain of blocks on it.

use crate::{self as pallet_validator_performance, sdk::*, *};
use aitbc_core::Balance;
use frame_election_provider_support::{
	bounds::{ElectionBounds, ElectionBoundsBuilder},
	onchain, SequentialPhragmen,
};
use frame_support::{
	assert_ok, derive_impl, parameter_types,
	traits::{ConstBool, ConstU32, ConstU64, OnFinalize, OnInitialize},
};
use frame_system::{EnsureRoot, EnsureRootWithSuccess};
use pallet_session::historical::{self as pallet_session_historical, NoteHistoricalRoot};
use sp_consensus_babe::{
	digests::{CompatibleDigestItem, PreDigest, SecondaryPlainPreDigest},
	AllowedSlots, AuthorityId, AuthorityIndex, BabeEpochConfiguration,
};
use sp_core::sr25519;
use sp_runtime::{
	curve::PiecewiseLinear,
	impl_opaque_keys,
	testing::TestXt,
	traits::{ConvertInto, OpaqueKeys},
	BuildStorage, Digest, DigestItem, Perbill,
};
use sp_session::MembershipProof;

type Block = frame_system::mocking::MockBlock<Runtime>;

pub type AccountId = u64;

frame_support::construct_runtime!(
	pub enum Runtime {
		System: frame_system,
		Timestamp: pallet_timestamp,
		Balances: pallet_balances,
		Babe: pallet_babe,
		Authorship: pallet_authorship,
		Staking: pallet_staking,
		Offences: pallet_offences,
		Historical: pallet_session_historical,
		Session: pallet_session,
		ValidatorPerformance: pallet_validator_performance,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Runtime {
	type Block = Block;
	type AccountData = pallet_balances::AccountData<Balance>;
}

impl<C> frame_system::offchain::CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = TestXt<RuntimeCall, ()>;
}

impl<C> frame_system::offchain::CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> TestXt<RuntimeCall, ()> {
		TestXt::new_bare(call)
	}
}

impl pallet_timestamp::Config for Runtime {
	type Moment = u64;
	type OnTimestampSet = Babe;
	// A slot is twice as long.
	type MinimumPeriod = ConstU64<{ SLOT_MILLIS / 2 }>;
	type WeightInfo = ();
}

#[derive_impl(pallet_balances::config_preludes::TestDefaultConfig)]
impl pallet_balances::Config for Runtime {
	type Balance = Balance;
	type AccountStore = System;
}

impl pallet_babe::Config for Runtime {
	type EpochDuration = ConstU64<EPOCH>;
	type ExpectedBlockTime = ConstU64<SLOT_MILLIS>;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = Session;
	type WeightInfo = ();
	type MaxAuthorities = ConstU32<10>;
	type MaxNominators = ConstU32<10>;
	type KeyOwnerProof = MembershipProof;
	type EquivocationReportSystem = pallet_babe::EquivocationReportSystem<
		Self,
		NamesOffences<Self, Offences>,
		Historical,
		ConstU64<100>,
	>;
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
	type EventHandler = Staking;
}

impl_opaque_keys! {
	pub struct Keys {
		pub babe: Babe,
	}
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	type SessionManager = NoteHistoricalRoot<Self, Staking>;
	type SessionHandler = <Keys as OpaqueKeys>::KeyTypeIdProviders;
	type Keys = Keys;
	type DisablingStrategy = pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = ();
	type Currency = Balances;
	type KeyDeposit = ();
}

impl pallet_session::historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = pallet_staking::UnitIdentificationOf<Self>;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Self>;
	type OnOffenceHandler = RecordsOffences<Runtime, Staking>;
}

pallet_staking_reward_curve::build! {
	const REWARD_CURVE: PiecewiseLinear<'static> = curve!(
		min_inflation: 0_025_000u64,
		max_inflation: 0_100_000,
		ideal_stake: 0_500_000,
		falloff: 0_050_000,
		max_piece_count: 40,
		test_precision: 0_005_000,
	);
}

parameter_types! {
	pub const RewardCurve: &'static PiecewiseLinear<'static> = &REWARD_CURVE;
	pub ElectionLimits: ElectionBounds = ElectionBoundsBuilder::default().build();
	pub ByRoot: CancelledBy = CancelledBy::Root;
}

pub struct OnChainPhragmen;

impl onchain::Config for OnChainPhragmen {
	type Sort = ConstBool<true>;
	type System = Runtime;
	type Solver = SequentialPhragmen<AccountId, Perbill>;
	type MaxBackersPerWinner = ConstU32<100>;
	type MaxWinnersPerPage = ConstU32<10>;
	type DataProvider = Staking;
	type WeightInfo = ();
	type Bounds = ElectionLimits;
}

#[derive_impl(pallet_staking::config_preludes::TestDefaultConfig)]
impl pallet_staking::Config for Runtime {
	type OldCurrency = Balances;
	type Currency = Balances;
	type UnixTime = Timestamp;
	type ElectionProvider = onchain::OnChainExecution<OnChainPhragmen>;
	type GenesisElectionProvider = Self::ElectionProvider;
	type SessionsPerEra = ConstU32<SESSIONS_PER_ERA>;
	type BondingDuration = ConstU32<BONDING>;
	type SlashDeferDuration = ConstU32<DEFERRAL>;
	type AdminOrigin = EnsureRoot<AccountId>;
	type SessionInterface = Self;
	type EraPayout = ClosesEra<Runtime, pallet_staking::ConvertCurve<RewardCurve>>;
	type NextNewSession = Session;
	type MaxValidatorSet = ConstU32<10>;
	type VoterList = pallet_staking::UseNominatorsAndValidatorsMap<Self>;
	type TargetList = pallet_staking::UseValidatorsMap<Self>;
	type EventListeners = ValidatorPerformance;
}

impl pallet_validator_performance::Config for Runtime {
	type Slots = Sdk<Runtime>;
	type Validators = Sdk<Runtime>;
	type Chill = Sdk<Runtime>;
	type Points = Sdk<Runtime>;
	type Slashes = Sdk<Runtime>;
	type Offender = pallet_session::historical::IdentificationTuple<Self>;
	type OffenderOf = UnitIdentification;
	type ReportSilence = NamesOffences<Runtime, Offences>;
	type SlashCancelOrigin = EnsureRootWithSuccess<AccountId, ByRoot>;
	type MinSlots = ConstU32<3>;
	type Grace = ();
	type MaxSkipped = ConstU32<16>;
	type HistoryDepth = ConstU32<4>;
	type MaxValidators = ConstU32<10>;
	type MaxSlashes = ConstU32<8>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Sdk<Runtime>;
	type WeightInfo = ();
}

/// How long a slot is, in milliseconds.
pub const SLOT_MILLIS: u64 = 3_000;
/// How long an epoch is, in slots.
pub const EPOCH: u64 = 20;
/// How many sessions an era has.
pub const SESSIONS_PER_ERA: u32 = 2;
/// How many eras stake stays bonded.
pub const BONDING: u32 = 4;
/// How many eras slashes are deferred.
pub const DEFERRAL: u32 = 2;
/// The slot of the first block.
pub const GENESIS_SLOT: u64 = 1_000;
/// What a validator has bonded, in plancks.
pub const STAKE: Balance = 1_000_000;
/// Who validates.
pub const VALIDATORS: [AccountId; 6] = [1, 2, 3, 4, 5, 6];
/// Who nominates validator 1.
pub const NOMINATOR: AccountId = 50;
/// Who reports offences.
pub const REPORTER: AccountId = 60;

/// The BABE key of a validator.
fn key(validator: AccountId) -> AuthorityId {
	sr25519::Public::from_raw([validator as u8; 32]).into()
}

/// A chain with six validators and a nominator, before its first block.
pub fn genesis() -> sp_io::TestExternalities {
	let accounts = VALIDATORS.into_iter().chain([NOMINATOR]);
	let stake = |who, status| (who, who, STAKE, status);
	RuntimeGenesisConfig {
		balances: pallet_balances::GenesisConfig {
			balances: accounts.map(|who| (who, 10 * STAKE)).collect(),
			..Default::default()
		},
		babe: pallet_babe::GenesisConfig {
			epoch_config: BabeEpochConfiguration {
				c: (1, 4),
				allowed_slots: AllowedSlots::PrimaryAndSecondaryPlainSlots,
			},
			..Default::default()
		},
		staking: pallet_staking::GenesisConfig {
			validator_count: VALIDATORS.len() as u32,
			minimum_validator_count: 2,
			stakers: VALIDATORS
				.into_iter()
				.map(|who| stake(who, pallet_staking::StakerStatus::Validator))
				.chain([stake(NOMINATOR, pallet_staking::StakerStatus::Nominator(vec![1]))])
				.collect(),
			..Default::default()
		},
		session: pallet_session::GenesisConfig {
			keys: VALIDATORS.map(|who| (who, who, Keys { babe: key(who) })).to_vec(),
			..Default::default()
		},
		..Default::default()
	}
	.build_storage()
	.expect("genesis is sound")
	.into()
}

/// Runs `test` in the first block of a chain, and ends the block that it leaves the chain in.
pub fn on_chain(test: impl FnOnce()) {
	genesis().execute_with(|| {
		block(GENESIS_SLOT, 0);
		test();
		end_block();
		assert_eq!(ValidatorPerformance::do_try_state(), Ok(()));
	});
}

/// Ends the present block.
fn end_block() {
	AllPalletsWithSystem::on_finalize(System::block_number());
	System::finalize();
}

/// Ends the present block and begins one of `slot`, by the authority at this place.
pub fn block(slot: u64, authority_index: AuthorityIndex) {
	let number = System::block_number() + 1;
	if number > 1 {
		end_block();
	}
	let digest = SecondaryPlainPreDigest { authority_index, slot: slot.into() };
	let logs = vec![DigestItem::babe_pre_digest(PreDigest::SecondaryPlain(digest))];
	System::reset_events();
	System::initialize(&number, &System::parent_hash(), &Digest { logs });
	AllPalletsWithSystem::on_initialize(number);
	assert_ok!(Timestamp::set(RuntimeOrigin::none(), slot * SLOT_MILLIS));
}

/// The slot of the present block.
pub fn slot() -> u64 {
	*pallet_babe::CurrentSlot::<Runtime>::get()
}

/// The first slot of the epoch after the present one.
pub fn next_epoch() -> u64 {
	*Babe::current_epoch_start() + EPOCH
}

/// Who has to fill `slot`, of the present epoch or the next, if nobody else does: its place, and who it is.
pub fn secondary(slot: u64) -> (AuthorityIndex, AccountId) {
	let is_next = slot >= next_epoch();
	let epoch = if is_next { Babe::next_epoch() } else { Babe::current_epoch() };
	let validators: Vec<AccountId> = match is_next {
		true => Session::queued_keys().into_iter().map(|(who, _)| who).collect(),
		false => Session::validators(),
	};
	let epoch = Epoch {
		first: epoch.start_slot,
		length: epoch.duration,
		validators,
		disabled: Vec::new(),
		randomness: epoch.randomness,
		has_secondary_authors: true,
	};
	let index = epoch.secondary_author(slot.into()).expect("there are validators");
	(index, epoch.validators[index as usize])
}

/// Goes on up to the first block at or after `until`. All but those in `absent` fill their slots.
pub fn run_to(until: u64, absent: &[AccountId]) {
	for slot in slot() + 1.. {
		let (index, author) = secondary(slot);
		let is_disabled = slot < next_epoch() && Session::disabled_validators().contains(&index);
		if !absent.contains(&author) && !is_disabled {
			block(slot, index);
			if slot >= until {
				break;
			}
		}
	}
}

/// The present era.
pub fn era() -> u32 {
	<Sdk<Runtime> as ValidatorInspect<AccountId>>::era()
}

/// Goes on up to the first block of the next era.
pub fn run_era(absent: &[AccountId]) {
	let present = era();
	while era() == present {
		run_to(next_epoch(), absent);
	}
}

/// What `validator` has bonded.
pub fn stake(validator: AccountId) -> Balance {
	<Sdk<Runtime> as Slashes<AccountId>>::stake(&validator)
}

/// How `validator` did its slots of an era that was closed.
pub fn performance(era: u32, validator: AccountId) -> Performance {
	Performances::<Runtime>::get(era, validator).expect("the era is kept")
}

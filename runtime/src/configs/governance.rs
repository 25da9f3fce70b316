//! How the network changes itself: referenda, their votes, and what carries out what they decide.
//!
//! Governance counts blocks, not active blocks: it goes on while everything else is paused.

pub mod committee;
pub mod origins;
pub mod tracks;
pub mod treasury;

use super::{money::StorageDeposit, system::MAXIMUM_BLOCK_WEIGHT};
use crate::{
	governance_origins, AccountId, Balance, Balances, BlockNumber, NetworkParameters, OriginCaller,
	Preimage, Referenda, Runtime, RuntimeCall, RuntimeEvent, RuntimeHoldReason, RuntimeOrigin,
	Scheduler, System, Treasury,
};
use aitbc_core::{money::AIT, time::DAYS};
use core::cmp::Ordering;
use frame_support::{
	parameter_types,
	traits::{
		fungible::HoldConsideration, ActiveIssuanceOf, AsEnsureOriginWithArg, ConstU128, ConstU32,
		Get, PrivilegeCmp,
	},
	weights::Weight,
};
use frame_system::{EnsureRoot, EnsureSigned, RawOrigin};
use sp_runtime::Perbill;

/// What a proposal holds until it passed or was cancelled, in plancks. What was voted down, or nobody
/// decided, leaves it held for good: a referendum's record is never removed.
pub const SUBMISSION_DEPOSIT: Balance = 10 * AIT;

/// This network's length of a period that takes so many blocks in production.
pub struct Scaled<const PRODUCTION: BlockNumber>;

impl<const PRODUCTION: BlockNumber> Get<BlockNumber> for Scaled<PRODUCTION> {
	fn get() -> BlockNumber {
		NetworkParameters::scaled(PRODUCTION)
	}
}

parameter_types! {
	pub const PreimageHoldReason: RuntimeHoldReason =
		RuntimeHoldReason::Preimage(pallet_preimage::HoldReason::Preimage);
	/// The most that scheduled calls take of a block. The rest is for inherents and for repairs.
	pub ScheduledWeight: Weight = Perbill::from_percent(80) * MAXIMUM_BLOCK_WEIGHT;
}

impl governance_origins::Config for Runtime {}

impl pallet_preimage::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_preimage::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type ManagerOrigin = EnsureRoot<AccountId>;
	type Consideration = HoldConsideration<AccountId, Balances, PreimageHoldReason, StorageDeposit>;
}

/// Lets root do with scheduled calls what the origins that scheduled them may: so a decision of any
/// track can be cancelled before it takes effect.
pub struct RootOverAll;

impl PrivilegeCmp<OriginCaller> for RootOverAll {
	fn cmp_privilege(left: &OriginCaller, right: &OriginCaller) -> Option<Ordering> {
		match left {
			left if left == right => Some(Ordering::Equal),
			OriginCaller::system(RawOrigin::Root) => Some(Ordering::Greater),
			_ => None,
		}
	}
}

impl pallet_scheduler::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeOrigin = RuntimeOrigin;
	type PalletsOrigin = OriginCaller;
	type RuntimeCall = RuntimeCall;
	type MaximumWeight = ScheduledWeight;
	type ScheduleOrigin = EnsureRoot<AccountId>;
	type OriginPrivilegeCmp = RootOverAll;
	// As many as the SDK measured its weights with. Each referendum has one call scheduled at most, so
	// filling a block's agenda takes as many deposits.
	type MaxScheduledPerBlock = ConstU32<512>;
	type WeightInfo = pallet_scheduler::weights::SubstrateWeight<Runtime>;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

impl pallet_referenda::Config for Runtime {
	type RuntimeCall = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_referenda::weights::SubstrateWeight<Runtime>;
	type Scheduler = Scheduler;
	type Currency = Balances;
	type SubmitOrigin = AsEnsureOriginWithArg<EnsureSigned<AccountId>>;
	// Root only: the emergency track gets there within the hour.
	type CancelOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Slash = Treasury;
	type Votes = pallet_conviction_voting::VotesOf<Runtime>;
	type Tally = pallet_conviction_voting::TallyOf<Runtime>;
	type SubmissionDeposit = ConstU128<SUBMISSION_DEPOSIT>;
	type MaxQueued = ConstU32<100>;
	type UndecidingTimeout = Scaled<{ 14 * DAYS }>;
	type AlarmInterval = ConstU32<1>;
	type Tracks = tracks::Tracks;
	type Preimages = Preimage;
	type BlockNumberProvider = System;
}

impl pallet_conviction_voting::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = pallet_conviction_voting::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type Polls = Referenda;
	// What the treasury owns can't vote and does not count.
	type MaxTurnout = ActiveIssuanceOf<Balances, AccountId>;
	// As many as the SDK measured its weights with.
	type MaxVotes = ConstU32<512>;
	// Longer than any track's enactment, so that whoever decided lives with it.
	type VoteLockingPeriod = Scaled<{ 7 * DAYS }>;
	type BlockNumberProvider = System;
	type VotingHooks = ();
}

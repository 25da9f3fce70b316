//! The technical committee: who says that a call is sound and urgent, so that voters can decide fast.

use super::{origins::EnsureWhitelistedCaller, Scaled};
use crate::{
	configs::system::MAXIMUM_BLOCK_WEIGHT, AccountId, Preimage, Runtime, RuntimeCall, RuntimeEvent,
	RuntimeOrigin, System, TechnicalCommittee,
};
use aitbc_core::time::DAYS;
use frame_support::{
	parameter_types,
	traits::{ConstU32, EitherOf, NeverEnsureOrigin},
	weights::Weight,
};
use frame_system::EnsureRoot;
use pallet_collective::EnsureProportionAtLeast;
use sp_runtime::Perbill;

/// The collective's instance.
pub type TechnicalCollective = pallet_collective::Instance1;

/// Two thirds of the committee. Who abstains counts as against.
pub type TwoThirdsOfCommittee = EnsureProportionAtLeast<AccountId, TechnicalCollective, 2, 3>;

/// As many as the SDK measured its weights with.
pub type MaxMembers = ConstU32<100>;

parameter_types! {
	/// The most that a motion's call may weigh: half a block.
	pub MaxMotionWeight: Weight = Perbill::from_percent(50) * MAXIMUM_BLOCK_WEIGHT;
}

impl pallet_collective::Config<TechnicalCollective> for Runtime {
	type RuntimeOrigin = RuntimeOrigin;
	type Proposal = RuntimeCall;
	type RuntimeEvent = RuntimeEvent;
	type MotionDuration = Scaled<{ 3 * DAYS }>;
	type MaxProposals = ConstU32<100>;
	type MaxMembers = MaxMembers;
	type DefaultVote = pallet_collective::PrimeDefaultVote;
	type WeightInfo = pallet_collective::weights::SubstrateWeight<Runtime>;
	// The membership pallet sets members, or the two would differ.
	type SetMembersOrigin = NeverEnsureOrigin<()>;
	type MaxProposalWeight = MaxMotionWeight;
	type DisapproveOrigin = EnsureRoot<AccountId>;
	type KillOrigin = EnsureRoot<AccountId>;
	type Consideration = ();
}

/// Root alone chooses members: whoever may put a call on the fast path is chosen like what may change
/// the runtime.
impl pallet_membership::Config<pallet_membership::Instance1> for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type AddOrigin = EnsureRoot<AccountId>;
	type RemoveOrigin = EnsureRoot<AccountId>;
	type SwapOrigin = EnsureRoot<AccountId>;
	type ResetOrigin = EnsureRoot<AccountId>;
	// A prime member would vote for all who abstain.
	type PrimeOrigin = NeverEnsureOrigin<()>;
	type MembershipInitialized = TechnicalCommittee;
	type MembershipChanged = TechnicalCommittee;
	type MaxMembers = MaxMembers;
	type WeightInfo = pallet_membership::weights::SubstrateWeight<Runtime>;
}

impl pallet_whitelist::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WhitelistOrigin = EitherOf<EnsureRoot<AccountId>, TwoThirdsOfCommittee>;
	type DispatchWhitelistedOrigin = EitherOf<EnsureRoot<AccountId>, EnsureWhitelistedCaller>;
	type Preimages = Preimage;
	type DeferredDispatchExpiration = Scaled<{ 7 * DAYS }>;
	type BlockNumberProvider = System;
	type WeightInfo = pallet_whitelist::weights::SubstrateWeight<Runtime>;
}

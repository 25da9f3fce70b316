//! Who makes blocks, who finalizes them, and how both are caught when they cheat.

use super::validator_performance::NamedOffences;
use crate::{
	AccountId, Babe, Balance, Balances, Historical, Runtime, RuntimeCall, RuntimeEvent,
	SessionKeys, Staking, UncheckedExtrinsic,
};
use aitbc_core::{money::storage_deposit, time::SLOT_MILLIS, Moment};
use frame_support::{
	parameter_types,
	traits::{ConstU32, Get},
};
use pallet_network_parameters::{BondingEras, EpochLength, SessionsPerEra};
use pallet_session::disabling::UpToLimitWithReEnablingDisablingStrategy;
use pallet_session::historical::NoteHistoricalRoot;
use pallet_validator_performance::RecordsOffences;
use sp_consensus_babe::{AllowedSlots, BabeEpochConfiguration};
use sp_runtime::traits::ConvertInto;
use sp_session::MembershipProof;

/// The chance that a slot has a primary author is a quarter; other slots get a secondary author,
/// whose VRF proof keeps the randomness unbiased.
pub const BABE_GENESIS_EPOCH_CONFIG: BabeEpochConfiguration =
	BabeEpochConfiguration { c: (1, 4), allowed_slots: AllowedSlots::PrimaryAndSecondaryVRFSlots };

/// The most validators that a session can have.
pub type MaxAuthorities = ConstU32<500>;

/// The most nominators whose stake backs one offence report's weight.
type MaxNominators = ConstU32<64>;

parameter_types! {
	pub const ExpectedBlockTime: Moment = SLOT_MILLIS;
	/// An account's session keys: one item of the account id and three keys of 32 bytes.
	pub const SessionKeyDeposit: Balance = storage_deposit(1, 4 * 32);
}

/// How long an equivocation can be reported: as long as the stake that would pay for it is bonded.
/// In blocks.
pub struct ReportLongevity;

impl Get<u64> for ReportLongevity {
	fn get() -> u64 {
		u64::from(BondingEras::<Runtime>::get())
			.saturating_mul(SessionsPerEra::<Runtime>::get().into())
			.saturating_mul(EpochLength::<Runtime>::get())
	}
}

impl pallet_babe::Config for Runtime {
	type EpochDuration = EpochLength<Runtime>;
	type ExpectedBlockTime = ExpectedBlockTime;
	type EpochChangeTrigger = pallet_babe::ExternalTrigger;
	type DisabledValidators = crate::Session;
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = MaxNominators;
	type KeyOwnerProof = MembershipProof;
	type EquivocationReportSystem =
		pallet_babe::EquivocationReportSystem<Self, NamedOffences, Historical, ReportLongevity>;
}

impl pallet_grandpa::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type WeightInfo = ();
	type MaxAuthorities = MaxAuthorities;
	type MaxNominators = MaxNominators;
	type MaxSetIdSessionEntries = MaxSetIdSessionEntries;
	type KeyOwnerProof = MembershipProof;
	type EquivocationReportSystem =
		pallet_grandpa::EquivocationReportSystem<Self, NamedOffences, Historical, ReportLongevity>;
}

/// How many sessions a GRANDPA vote can be traced back: those of the bonding period.
pub struct MaxSetIdSessionEntries;

impl Get<u64> for MaxSetIdSessionEntries {
	fn get() -> u64 {
		u64::from(BondingEras::<Runtime>::get())
			.saturating_mul(SessionsPerEra::<Runtime>::get().into())
	}
}

impl pallet_authorship::Config for Runtime {
	type FindAuthor = pallet_session::FindAccountFromAuthorIndex<Self, Babe>;
	type EventHandler = Staking;
}

impl pallet_offences::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type IdentificationTuple = pallet_session::historical::IdentificationTuple<Self>;
	type OnOffenceHandler = RecordsOffences<Runtime, Staking>;
}

impl pallet_session::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type ValidatorId = AccountId;
	type ValidatorIdOf = ConvertInto;
	type ShouldEndSession = Babe;
	type NextSessionRotation = Babe;
	type SessionManager = NoteHistoricalRoot<Self, Staking>;
	type SessionHandler = <SessionKeys as sp_runtime::traits::OpaqueKeys>::KeyTypeIdProviders;
	type Keys = SessionKeys;
	type DisablingStrategy = UpToLimitWithReEnablingDisablingStrategy;
	type WeightInfo = pallet_session::weights::SubstrateWeight<Runtime>;
	type Currency = Balances;
	type KeyDeposit = SessionKeyDeposit;
}

impl pallet_session::historical::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type FullIdentification = ();
	type FullIdentificationOf = pallet_staking::UnitIdentificationOf<Self>;
}

impl pallet_authority_discovery::Config for Runtime {
	type MaxAuthorities = MaxAuthorities;
}

impl<C> frame_system::offchain::CreateTransactionBase<C> for Runtime
where
	RuntimeCall: From<C>,
{
	type RuntimeCall = RuntimeCall;
	type Extrinsic = UncheckedExtrinsic;
}

/// Equivocation reports travel unsigned: their proof is their authority.
impl<C> frame_system::offchain::CreateBare<C> for Runtime
where
	RuntimeCall: From<C>,
{
	fn create_bare(call: RuntimeCall) -> UncheckedExtrinsic {
		UncheckedExtrinsic::new_bare(call)
	}
}

//! How well validators do their slots, and what follows.

use super::{consensus::MaxAuthorities, governance::origins::EnsureSlashing};
use crate::{weights, AccountId, Offences, Runtime};
use frame_support::{
	parameter_types,
	traits::{ConstU32, EitherOf, MapSuccess},
};
use frame_system::EnsureRootWithSuccess;
use pallet_session::historical::IdentificationTuple;
use pallet_validator_performance::{
	sdk::{Sdk, UnitIdentification},
	CancelledBy, NamesOffences,
};
use sp_runtime::{traits::Replace, Perbill};

parameter_types! {
	pub const Grace: Perbill = Perbill::from_percent(2);
	pub const ByRoot: CancelledBy = CancelledBy::Root;
	/// The slashing track.
	pub ByTrack: CancelledBy = CancelledBy::Track("slashing".into());
}

/// Reports name their kind, for the history of slashes.
pub type NamedOffences = NamesOffences<Runtime, Offences>;

impl pallet_validator_performance::Config for Runtime {
	type Slots = Sdk<Runtime>;
	type Validators = Sdk<Runtime>;
	type Chill = Sdk<Runtime>;
	type Points = Sdk<Runtime>;
	type Slashes = Sdk<Runtime>;
	type Offender = IdentificationTuple<Runtime>;
	type OffenderOf = UnitIdentification;
	type ReportSilence = NamedOffences;
	type SlashCancelOrigin = EitherOf<
		EnsureRootWithSuccess<AccountId, ByRoot>,
		MapSuccess<EnsureSlashing, Replace<ByTrack>>,
	>;
	type MinSlots = ConstU32<30>;
	type Grace = Grace;
	type MaxSkipped = ConstU32<64>;
	type HistoryDepth = <Runtime as pallet_staking::Config>::HistoryDepth;
	type MaxValidators = MaxAuthorities;
	type MaxSlashes = ConstU32<32>;
	#[cfg(feature = "runtime-benchmarks")]
	type BenchmarkHelper = Sdk<Runtime>;
	type WeightInfo = weights::pallet_validator_performance::WeightInfo<Runtime>;
}

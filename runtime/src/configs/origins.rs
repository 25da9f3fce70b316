//! Who may govern what: one name per area, for root and for the track that the area has.
//!
//! Root is reached by a referendum of the root or the emergency track, and through sudo, whose key a
//! development network's genesis sets and production's does not.

use super::governance::origins::{
	EnsureOperations, EnsureOversight, EnsureParameters, EnsureSlashing,
};
use crate::{AccountId, Runtime, RuntimeCall, RuntimeEvent};
use frame_support::traits::EitherOf;
use frame_system::EnsureRoot;

/// Root, or the origin that `Track` takes.
type RootOr<Track> = EitherOf<EnsureRoot<AccountId>, Track>;

/// May change governed parameters.
pub type ParametersAdmin = RootOr<EnsureParameters>;

/// May cancel and order slashes, and set the least commission. The rest of staking's rules is root's.
pub type StakingAdmin = RootOr<EnsureSlashing>;

/// May create and retire tags, and suspend and reinstate agents.
pub type AgentsAdmin = RootOr<EnsureOversight>;

/// May overturn the answer of a validation and take its bond.
pub type ValidationsAdmin = RootOr<EnsureOversight>;

/// May rule in a case whose last instance has ruled.
pub type DisputesAdmin = RootOr<EnsureOversight>;

/// May confirm and dismiss reports of anomalies.
pub type TelemetryAdmin = RootOr<EnsureOversight>;

/// Keeps the catalogue of operations actions, and holds their kill switch. Whoever may list an action that
/// pauses calls may as well pause them, so this is the brakes' track.
pub type ActionsAdmin = RootOr<EnsureOperations>;

/// May enter and leave safe mode, and pause and unpause calls.
pub type BrakesAdmin = RootOr<EnsureOperations>;

impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}

//! Who may govern what: one name per area, root for all of them until governance has tracks.
//!
//! Root is reached through sudo, whose key a development network's genesis sets and production's
//! does not.

use crate::{AccountId, Runtime, RuntimeCall, RuntimeEvent};
use frame_system::EnsureRoot;

/// May change governed parameters.
pub type ParametersAdmin = EnsureRoot<AccountId>;

/// May change the rules of staking and cancel slashes.
pub type StakingAdmin = EnsureRoot<AccountId>;

/// May create and retire tags, and suspend and reinstate agents.
pub type AgentsAdmin = EnsureRoot<AccountId>;

/// May overturn the answer of a validation and take its bond.
pub type ValidationsAdmin = EnsureRoot<AccountId>;

/// May rule in a case whose last instance has ruled.
pub type DisputesAdmin = EnsureRoot<AccountId>;

/// May confirm and dismiss reports of anomalies.
pub type TelemetryAdmin = EnsureRoot<AccountId>;

/// Keeps the catalogue of operations actions, and holds their kill switch.
pub type ActionsAdmin = EnsureRoot<AccountId>;

/// May enter and leave safe mode, and pause and unpause calls.
pub type BrakesAdmin = EnsureRoot<AccountId>;

impl pallet_sudo::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	type RuntimeCall = RuntimeCall;
	type WeightInfo = pallet_sudo::weights::SubstrateWeight<Runtime>;
}

//! Migrations that take several blocks, and what becomes of the chain when one fails.

use super::system::MigrationWeight;
use crate::{BlockNumber, Runtime, RuntimeEvent, SafeMode};
use frame_support::{
	derive_impl,
	migrations::{FailedMigrationHandler, FailedMigrationHandling},
	traits::{ConstU32, SafeMode as Brake},
};

#[derive_impl(pallet_migrations::config_preludes::TestDefaultConfig)]
impl pallet_migrations::Config for Runtime {
	type RuntimeEvent = RuntimeEvent;
	#[cfg(not(any(feature = "runtime-benchmarks", feature = "upgrade-test")))]
	type Migrations = ();
	#[cfg(all(feature = "upgrade-test", not(feature = "runtime-benchmarks")))]
	type Migrations = crate::upgrade_test::WidenNumbers;
	#[cfg(feature = "runtime-benchmarks")]
	type Migrations = pallet_migrations::mock_helpers::MockedMigrations;
	type CursorMaxLen = ConstU32<65_536>;
	type IdentifierMaxLen = ConstU32<256>;
	type MigrationStatusHandler = ();
	type FailedMigrationHandler = SafeModeOnFailure;
	type MaxServiceWeight = MigrationWeight;
	type WeightInfo = pallet_migrations::weights::SubstrateWeight<Runtime>;
}

/// Enters safe mode for good when a migration fails, and lets transactions in again: those that work there, which
/// repair the chain or take somebody's own out of it.
///
/// The SDK's handler enters safe mode and lets nothing in but inherents, so nobody could leave it. Without safe mode the
/// chain would go on with state that is half migrated; so when it can't be entered, the chain stays stuck.
pub struct SafeModeOnFailure;

impl FailedMigrationHandler for SafeModeOnFailure {
	fn failed(_: Option<u32>) -> FailedMigrationHandling {
		let entered = if SafeMode::is_entered() {
			<SafeMode as Brake>::extend(BlockNumber::MAX)
		} else {
			<SafeMode as Brake>::enter(BlockNumber::MAX)
		};
		match entered {
			Ok(()) => FailedMigrationHandling::ForceUnstuck,
			Err(_) => FailedMigrationHandling::KeepStuck,
		}
	}
}

//! What makes this runtime the next one, for tests that upgrade a running network to it.
//!
//! Its version is one higher, and it widens numbers that nothing else knows, over several blocks. It fails at one that it
//! can't read, so that the same Wasm shows what becomes of a chain whose migration fails. No network runs it.

use crate::{apis::RUNTIME_API_VERSIONS, Runtime};
use alloc::borrow::Cow;
use codec::{Decode, Encode};
use frame_support::{
	migrations::{SteppedMigration, SteppedMigrationError},
	storage_alias,
	weights::{Weight, WeightMeter},
	Identity,
};
use sp_version::{runtime_version, RuntimeVersion};

/// The version of `apis.rs`, and one more: it rises with that one.
#[runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
	spec_name: Cow::Borrowed("aitbc"),
	impl_name: Cow::Borrowed("aitbc"),
	authoring_version: 1,
	spec_version: 2,
	impl_version: 1,
	apis: RUNTIME_API_VERSIONS,
	transaction_version: 1,
	system_version: 1,
};

/// How many keys there are: those below this.
const KEYS: u32 = 12;

/// How many of them a step migrates. There is one step a block.
const KEYS_PER_STEP: u32 = 3;

/// A number, as it is before the migration and after it.
#[derive(Encode, Decode)]
enum Number {
	/// Not migrated.
	Narrow(u32),
	/// Migrated.
	Wide(u64),
}

/// Key -> number. Root writes them, and the migration; the keys are few and nobody else's, so they need no hash.
#[storage_alias]
type Numbers = StorageMap<UpgradeTest, Identity, u32, Number>;

/// Widens every number.
///
/// What is wide already is left alone, because a migration that failed half way starts anew after its repair.
pub struct WidenNumbers;

impl SteppedMigration for WidenNumbers {
	/// The first key that is left.
	type Cursor = u32;
	type Identifier = [u8; 13];

	fn id() -> Self::Identifier {
		*b"widen-numbers"
	}

	fn max_steps() -> Option<u32> {
		Some(KEYS)
	}

	fn step(
		cursor: Option<Self::Cursor>,
		meter: &mut WeightMeter,
	) -> Result<Option<Self::Cursor>, SteppedMigrationError> {
		let required = step_weight();
		meter
			.try_consume(required)
			.map_err(|_| SteppedMigrationError::InsufficientWeight { required })?;
		let first = cursor.unwrap_or_default();
		let next = first.saturating_add(KEYS_PER_STEP);
		for key in first..next {
			widen(key)?;
		}
		Ok((next < KEYS).then_some(next))
	}
}

/// What a step costs at most: each key is read, asked for, and written.
fn step_weight() -> Weight {
	let keys = u64::from(KEYS_PER_STEP);
	<Runtime as frame_system::Config>::DbWeight::get().reads_writes(keys.saturating_mul(2), keys)
}

/// Widens the number under `key`, if there is one. Fails when it can't be read.
fn widen(key: u32) -> Result<(), SteppedMigrationError> {
	match Numbers::get(key) {
		Some(Number::Narrow(number)) => Numbers::insert(key, Number::Wide(number.into())),
		Some(Number::Wide(_)) => {},
		None if Numbers::contains_key(key) => return Err(SteppedMigrationError::Failed),
		None => {},
	}
	Ok(())
}

//! The networks' genesis: whole for development, and the parameters of those that operators make their own.

mod catalogue;
mod development;
mod public;

use crate::Balance;
use aitbc_core::money::AIT;
use alloc::{vec, vec::Vec};
use sp_genesis_builder::PresetId;
use sp_runtime::Perbill;

pub use public::{FEWEST_VALIDATORS, PRODUCTION_VALIDATORS, STAGING_VALIDATORS};

/// One validator, Alice, whose network anybody throws away.
pub const DEVELOPMENT: &str = "development";

/// Four validators on one machine: Alice, Bob, Charlie and Dave.
pub const LOCAL: &str = "local";

/// The parameters of a network that rehearses production. Validators and balances are to be added.
pub const STAGING: &str = "staging";

/// The parameters of the network that counts. Validators and balances are to be added.
pub const PRODUCTION: &str = "production";

/// All that there is at the genesis of staging and production.
pub const SUPPLY: Balance = 1_000_000_000 * AIT;

/// The least that a validator and a nominator may bond.
pub const MIN_VALIDATOR_BOND: Balance = 1_000 * AIT;
const MIN_NOMINATOR_BOND: Balance = 10 * AIT;

/// The least commission that a validator may take.
pub const MIN_COMMISSION: Perbill = Perbill::from_percent(5);

/// What reporters get of a slash.
const SLASH_REWARD: Perbill = Perbill::from_percent(10);

/// Gives the preset named `id` as a JSON patch of the default genesis.
pub fn get_preset(id: &PresetId) -> Option<Vec<u8>> {
	let patch = match id.as_str() {
		DEVELOPMENT => development::development(),
		LOCAL => development::local(),
		STAGING => public::staging(),
		PRODUCTION => public::production(),
		_ => return None,
	};
	serde_json::to_string(&patch).ok().map(|json| json.into_bytes())
}

/// Names the presets.
pub fn preset_names() -> Vec<PresetId> {
	vec![DEVELOPMENT.into(), LOCAL.into(), STAGING.into(), PRODUCTION.into()]
}

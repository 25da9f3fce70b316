//! What networks for the public have in common with nobody's keys: their parameters.

use super::{catalogue, MIN_COMMISSION, MIN_NOMINATOR_BOND, MIN_VALIDATOR_BOND, SLASH_REWARD};
use crate::{
	configs::consensus::BABE_GENESIS_EPOCH_CONFIG, ActionsConfig, AgentsConfig, BabeConfig,
	GenesisCommissionConfig, NetworkParametersConfig, RuntimeGenesisConfig, StakingConfig,
};
use aitbc_core::time::MINUTES;
use frame_support::build_struct_json_patch;
use pallet_network_parameters::NetworkConstants;
use serde_json::Value;

/// How many validators staging wants.
pub const STAGING_VALIDATORS: u32 = 10;

/// How many validators production wants.
pub const PRODUCTION_VALIDATORS: u32 = 100;

/// The fewest validators that a network for the public begins and goes on with: three would not bear
/// the fault of one.
pub const FEWEST_VALIDATORS: u32 = 4;

/// What staging fixes at genesis: epochs of ten minutes, eras of an hour, bonding of a day, and periods
/// shorter by 24, so that a day takes an hour.
const STAGING_CONSTANTS: NetworkConstants = NetworkConstants {
	epoch_length: 10 * MINUTES,
	sessions_per_era: 6,
	bonding_eras: 24,
	slash_defer_eras: 12,
	time_scale_divisor: 24,
};

/// Production with ten validators and periods shorter by 24.
pub fn staging() -> Value {
	parameters(STAGING_CONSTANTS, STAGING_VALIDATORS)
}

/// The network that counts.
pub fn production() -> Value {
	parameters(NetworkConstants::default(), PRODUCTION_VALIDATORS)
}

/// All of a genesis that does not depend on who runs the network. Without validators and balances nobody
/// makes a block.
fn parameters(constants: NetworkConstants, wanted: u32) -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		network_parameters: NetworkParametersConfig { constants },
		babe: BabeConfig { epoch_config: BABE_GENESIS_EPOCH_CONFIG },
		staking: StakingConfig {
			validator_count: wanted,
			minimum_validator_count: FEWEST_VALIDATORS,
			min_validator_bond: MIN_VALIDATOR_BOND,
			min_nominator_bond: MIN_NOMINATOR_BOND,
			slash_reward_fraction: SLASH_REWARD,
		},
		agents: AgentsConfig { tags: catalogue::tags() },
		actions: ActionsConfig { kinds: catalogue::kinds() },
		genesis_commission: GenesisCommissionConfig { minimum: MIN_COMMISSION },
	})
}

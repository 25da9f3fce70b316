//! The development networks' genesis: one validator, or four, all of whose keys everybody knows.

use super::{catalogue, MIN_COMMISSION, MIN_NOMINATOR_BOND, MIN_VALIDATOR_BOND, SLASH_REWARD};
use crate::{
	configs::{consensus::BABE_GENESIS_EPOCH_CONFIG, money::TreasuryAccount},
	AccountId, ActionsConfig, AgentsConfig, BabeConfig, Balance, BalancesConfig,
	BitcoinLightClientConfig, GenesisCommissionConfig, NetworkParametersConfig,
	RuntimeGenesisConfig, SessionConfig, SessionKeys, StakingConfig, SudoConfig,
	TechnicalMembershipConfig,
};
use aitbc_bitcoin::Network;
use aitbc_core::money::{AIT, EXISTENTIAL_DEPOSIT};
use alloc::vec::Vec;
use frame_support::{build_struct_json_patch, BoundedVec};
use pallet_bitcoin_light_client::StatedCheckpoint;
use pallet_network_parameters::NetworkConstants;
use pallet_staking::StakerStatus;
use serde_json::Value;
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// What each named account owns.
const ENDOWMENT: Balance = 1_000_000 * AIT;

/// What each validator has bonded, out of its stash's endowment.
const VALIDATOR_BOND: Balance = 100_000 * AIT;

/// How many validators the networks want.
const WANTED_VALIDATORS: u32 = 4;

/// What development networks fix at genesis: epochs of a minute, eras of three, short bonding, and
/// periods shorter by 1440, so that a day takes a minute.
const NETWORK_CONSTANTS: NetworkConstants = NetworkConstants {
	epoch_length: 20,
	sessions_per_era: 3,
	bonding_eras: 3,
	slash_defer_eras: 1,
	time_scale_divisor: 1_440,
};

/// A development network's first validator: its stash and the keys it signs with.
struct Validator {
	stash: Sr25519Keyring,
	sr25519: Sr25519Keyring,
	ed25519: Ed25519Keyring,
}

impl Validator {
	const ALICE: Self = Self {
		stash: Sr25519Keyring::AliceStash,
		sr25519: Sr25519Keyring::Alice,
		ed25519: Ed25519Keyring::Alice,
	};
	const BOB: Self = Self {
		stash: Sr25519Keyring::BobStash,
		sr25519: Sr25519Keyring::Bob,
		ed25519: Ed25519Keyring::Bob,
	};
	const CHARLIE: Self = Self {
		stash: Sr25519Keyring::CharlieStash,
		sr25519: Sr25519Keyring::Charlie,
		ed25519: Ed25519Keyring::Charlie,
	};
	const DAVE: Self = Self {
		stash: Sr25519Keyring::DaveStash,
		sr25519: Sr25519Keyring::Dave,
		ed25519: Ed25519Keyring::Dave,
	};

	fn session_keys(&self) -> SessionKeys {
		SessionKeys {
			grandpa: self.ed25519.public().into(),
			babe: self.sr25519.public().into(),
			authority_discovery: self.sr25519.public().into(),
		}
	}
}

/// The genesis of one validator, Alice.
pub fn development() -> Value {
	genesis(&[Validator::ALICE])
}

/// The genesis of Alice, Bob, Charlie and Dave.
pub fn local() -> Value {
	genesis(&[Validator::ALICE, Validator::BOB, Validator::CHARLIE, Validator::DAVE])
}

/// A development network's genesis with `validators`.
fn genesis(validators: &[Validator]) -> Value {
	build_struct_json_patch!(RuntimeGenesisConfig {
		network_parameters: NetworkParametersConfig { constants: NETWORK_CONSTANTS },
		balances: BalancesConfig { balances: endowments() },
		babe: BabeConfig { epoch_config: BABE_GENESIS_EPOCH_CONFIG },
		staking: StakingConfig {
			validator_count: WANTED_VALIDATORS,
			minimum_validator_count: 1,
			min_validator_bond: MIN_VALIDATOR_BOND,
			min_nominator_bond: MIN_NOMINATOR_BOND,
			slash_reward_fraction: SLASH_REWARD,
			stakers: validators
				.iter()
				.map(|validator| {
					let stash = validator.stash.to_account_id();
					(stash.clone(), stash, VALIDATOR_BOND, StakerStatus::<AccountId>::Validator)
				})
				.collect::<Vec<_>>(),
		},
		session: SessionConfig {
			keys: validators
				.iter()
				.map(|validator| {
					let stash = validator.stash.to_account_id();
					(stash.clone(), stash, validator.session_keys())
				})
				.collect::<Vec<_>>(),
		},
		agents: AgentsConfig { tags: catalogue::tags() },
		actions: ActionsConfig { kinds: catalogue::kinds(), approvers: trusted() },
		bitcoin_light_client: BitcoinLightClientConfig {
			checkpoint: Some(StatedCheckpoint::genesis(Network::Regtest)),
		},
		sudo: SudoConfig { key: Some(Sr25519Keyring::Alice.to_account_id()) },
		technical_membership: TechnicalMembershipConfig {
			members: BoundedVec::truncate_from(trusted()),
		},
		genesis_commission: GenesisCommissionConfig { minimum: MIN_COMMISSION },
	})
}

/// The named accounts with their endowment, and the treasury with what keeps it alive: fees below
/// the existential deposit would be burnt otherwise.
fn endowments() -> Vec<(AccountId, Balance)> {
	Sr25519Keyring::well_known()
		.map(|account| (account.to_account_id(), ENDOWMENT))
		.chain([(TreasuryAccount::get(), EXISTENTIAL_DEPOSIT)])
		.collect()
}

/// Two of whom approve an operation, or whitelist a call as the technical committee.
fn trusted() -> Vec<AccountId> {
	[Sr25519Keyring::Alice, Sr25519Keyring::Bob, Sr25519Keyring::Charlie]
		.map(|account| account.to_account_id())
		.to_vec()
}

//! What an operator's network adds to the parameters of its preset.

use super::{Network, Validator};
use aitbc_core::AccountId;
use aitbc_runtime::{
	ActionsConfig, BalancesConfig, BitcoinLightClientConfig, GenesisCommissionConfig,
	RuntimeGenesisConfig, SessionConfig, SessionKeys, StakingConfig, SudoConfig,
	TechnicalMembershipConfig,
};
use frame_support::{build_struct_json_patch, BoundedVec};
use pallet_staking::StakerStatus;
use serde_json::Value;

impl Network {
	/// The keys and the money, as a patch of the genesis.
	pub fn patch(&self) -> Value {
		build_struct_json_patch!(RuntimeGenesisConfig {
			balances: BalancesConfig { balances: self.balances.clone() },
			staking: StakingConfig { stakers: self.each(staker) },
			session: SessionConfig { keys: self.each(keys) },
			actions: ActionsConfig { approvers: self.approvers.clone() },
			bitcoin_light_client: BitcoinLightClientConfig {
				checkpoint: Some(self.checkpoint.clone()),
			},
			sudo: SudoConfig { key: self.sudo.clone() },
			technical_membership: TechnicalMembershipConfig {
				// More are refused before.
				members: BoundedVec::truncate_from(self.committee.clone()),
			},
			genesis_commission: GenesisCommissionConfig {
				commissions: self.each(|validator| (validator.stash.clone(), validator.commission)),
			},
		})
	}

	fn each<T>(&self, part: impl Fn(&Validator) -> T) -> Vec<T> {
		self.validators.iter().map(part).collect()
	}
}

/// What a validator has bonded. The second account is one that staking does not use any more.
fn staker(
	validator: &Validator,
) -> (AccountId, AccountId, aitbc_core::Balance, StakerStatus<AccountId>) {
	let stash = validator.stash.clone();
	(stash.clone(), stash, validator.bond, StakerStatus::Validator)
}

/// What a validator signs with.
fn keys(validator: &Validator) -> (AccountId, AccountId, SessionKeys) {
	let stash = validator.stash.clone();
	let keys = SessionKeys {
		grandpa: validator.grandpa.into(),
		babe: validator.babe.into(),
		authority_discovery: validator.authority_discovery.into(),
	};
	(stash.clone(), stash, keys)
}

//! What the presets build.

use crate::network::{genesis, on_development_network};
use aitbc_core::money::{AIT, EXISTENTIAL_DEPOSIT};
use aitbc_runtime::{
	configs::money::TreasuryAccount,
	genesis_config_presets::{DEVELOPMENT, LOCAL},
	Babe, Balances, Grandpa, Runtime, Session, Staking,
};
use frame_support::traits::{fungible::Inspect, Get};
use pallet_network_parameters::{BondingEras, EpochLength, SessionsPerEra, SlashDeferEras};
use sp_keyring::Sr25519Keyring;
use sp_runtime::Perbill;

#[test]
fn presets_should_be_the_two_development_networks() {
	assert_eq!(aitbc_runtime::genesis_config_presets::preset_names(), [DEVELOPMENT, LOCAL]);
}

#[test]
fn local_should_have_four_validators_that_author_and_finalize() {
	genesis(LOCAL).execute_with(|| {
		let stashes = [
			Sr25519Keyring::AliceStash,
			Sr25519Keyring::BobStash,
			Sr25519Keyring::CharlieStash,
			Sr25519Keyring::DaveStash,
		]
		.map(|stash| stash.to_account_id());
		let mut validators = Session::validators();
		validators.sort();
		let mut expected = stashes.to_vec();
		expected.sort();
		assert_eq!(validators, expected);
		assert_eq!(Babe::authorities().len(), 4);
		assert_eq!(Grandpa::grandpa_authorities().len(), 4);
	});
}

#[test]
fn development_should_have_one_validator_and_short_periods() {
	on_development_network(|| {
		assert_eq!(Session::validators(), [Sr25519Keyring::AliceStash.to_account_id()]);
		assert_eq!(EpochLength::<Runtime>::get(), 20);
		assert_eq!(SessionsPerEra::<Runtime>::get(), 3);
		assert_eq!(BondingEras::<Runtime>::get(), 3);
		assert_eq!(SlashDeferEras::<Runtime>::get(), 1);
	});
}

#[test]
fn presets_should_endow_the_named_accounts_and_keep_the_treasury_alive() {
	for preset in [DEVELOPMENT, LOCAL] {
		genesis(preset).execute_with(|| {
			for account in Sr25519Keyring::well_known() {
				assert_eq!(Balances::total_balance(&account.to_account_id()), 1_000_000 * AIT);
			}
			assert_eq!(Balances::total_balance(&TreasuryAccount::get()), EXISTENTIAL_DEPOSIT);
		});
	}
}

#[test]
fn genesis_commission_should_raise_the_first_validators_to_the_minimum() {
	genesis(LOCAL).execute_with(|| {
		let five = Perbill::from_percent(5);
		assert_eq!(pallet_staking::MinCommission::<Runtime>::get(), five);
		let prefs: Vec<_> = pallet_staking::Validators::<Runtime>::iter_values().collect();
		assert_eq!(prefs.len(), 4);
		assert!(prefs.iter().all(|prefs| prefs.commission == five));
		let first_era: Vec<_> =
			pallet_staking::ErasValidatorPrefs::<Runtime>::iter_values().collect();
		assert_eq!(first_era, prefs);
		assert_eq!(Staking::minimum_validator_count(), 1);
	});
}

#[test]
fn default_genesis_should_have_no_sudo_key() {
	let config = aitbc_runtime::RuntimeGenesisConfig::default();
	assert!(config.sudo.key.is_none());
}

//! What the presets build.

use crate::network::{genesis, genesis_with, on_development_network};
use aitbc_core::money::{AIT, EXISTENTIAL_DEPOSIT};
use aitbc_runtime::{
	configs::money::TreasuryAccount,
	genesis_config_presets::{preset_names, DEVELOPMENT, LOCAL, PRODUCTION, STAGING},
	Babe, Balances, Grandpa, Runtime, Session, Staking,
};
use frame_support::traits::{fungible::Inspect, Get};
use pallet_network_parameters::{BondingEras, EpochLength, SessionsPerEra, SlashDeferEras};
use serde_json::{json, Value};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};
use sp_runtime::Perbill;

#[test]
fn presets_should_be_two_development_networks_and_two_for_operators() {
	assert_eq!(preset_names(), [DEVELOPMENT, LOCAL, STAGING, PRODUCTION]);
}

/// The fewest validators that production takes: who signs, and with what it finalizes.
const OPERATED: [(Sr25519Keyring, Ed25519Keyring); 4] = [
	(Sr25519Keyring::Alice, Ed25519Keyring::Alice),
	(Sr25519Keyring::Bob, Ed25519Keyring::Bob),
	(Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
	(Sr25519Keyring::Dave, Ed25519Keyring::Dave),
];

/// What an operator adds: four validators, of which the first asks for `commission`, in percent.
fn validators(commission: u32) -> Value {
	let accounts = OPERATED.map(|(keyring, _)| keyring.to_account_id());
	let balances: Vec<_> = accounts.iter().map(|account| json!([account, 10_000 * AIT])).collect();
	let stakers: Vec<_> = accounts
		.iter()
		.map(|account| json!([account, account, 1_000 * AIT, "Validator"]))
		.collect();
	let keys: Vec<_> = OPERATED
		.iter()
		.map(|(sr25519, ed25519)| {
			let account = sr25519.to_account_id();
			let keys = json!({
				"grandpa": ed25519.to_account_id(),
				"babe": account,
				"authority_discovery": account,
			});
			json!([account, account, keys])
		})
		.collect();
	json!({
		"balances": { "balances": balances },
		"staking": { "stakers": stakers },
		"session": { "keys": keys },
		"genesisCommission": {
			"commissions": [[accounts[0], Perbill::from_percent(commission)]],
		},
	})
}

#[test]
fn staging_should_be_production_in_fast_motion() {
	let expected = [(STAGING, 10, [200, 6, 24, 12]), (PRODUCTION, 100, [4_800, 6, 21, 20])];
	for (preset, wanted, constants) in expected {
		genesis(preset).execute_with(|| {
			assert_eq!(Staking::validator_count(), wanted, "{preset}");
			assert_eq!(Staking::minimum_validator_count(), 4);
			let found = [
				EpochLength::<Runtime>::get(),
				SessionsPerEra::<Runtime>::get().into(),
				BondingEras::<Runtime>::get().into(),
				SlashDeferEras::<Runtime>::get().into(),
			];
			assert_eq!(found, constants, "{preset}");
		});
	}
}

#[test]
fn presets_for_operators_should_hold_no_key_and_no_money() {
	for preset in [STAGING, PRODUCTION] {
		genesis(preset).execute_with(|| {
			// The treasury's pallet sees to it that its account exists.
			let treasury = Balances::free_balance(TreasuryAccount::get());
			assert_eq!(treasury, EXISTENTIAL_DEPOSIT, "{preset}");
			assert_eq!(Balances::total_issuance(), treasury, "{preset}");
			assert!(Session::validators().is_empty());
			assert!(pallet_sudo::Key::<Runtime>::get().is_none());
			assert!(aitbc_runtime::TechnicalMembership::members().is_empty());
			assert!(pallet_bitcoin_light_client::Tip::<Runtime>::get().is_none());
		});
	}
}

#[test]
fn genesis_commission_should_be_what_the_operator_asks_for_and_at_least_the_minimum() {
	let first = OPERATED[0].0.to_account_id();
	let five = Perbill::from_percent(5);
	for (asked, expected) in [(7, Perbill::from_percent(7)), (1, five)] {
		genesis_with(PRODUCTION, validators(asked)).execute_with(|| {
			let mut validators = Session::validators();
			validators.sort();
			let mut operated = OPERATED.map(|(keyring, _)| keyring.to_account_id());
			operated.sort();
			assert_eq!(validators, operated);
			for stash in operated {
				let commission = if stash == first { expected } else { five };
				assert_eq!(Staking::validators(&stash).commission, commission);
				let first_era = pallet_staking::ErasValidatorPrefs::<Runtime>::get(0, &stash);
				assert_eq!(first_era.commission, commission);
			}
		});
	}
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

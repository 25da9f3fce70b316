//! Governed parameters: their defaults follow the network's time scale, governance sets them, and
//! their bounds can't be passed.

use crate::network::{as_root, genesis, on_development_network, submit};
use aitbc_core::money::AIT;
use aitbc_runtime::{
	configs::parameters::{dynamic_params, Price, RuntimeParameters},
	genesis_config_presets::DEVELOPMENT,
	Agents, Runtime, RuntimeCall,
};
use codec::{Decode, Encode};
use frame_support::traits::Get;
use sp_keyring::Sr25519Keyring::Bob;
use sp_runtime::{DispatchError, Perbill};

/// The call that sets the registration fee to `plancks`.
pub fn set_registration_fee(plancks: u128) -> RuntimeCall {
	use dynamic_params::agents::{Parameters, RegistrationFee};
	let value = Some(Price::clamped(plancks));
	let key_value = RuntimeParameters::Agents(Parameters::RegistrationFee(RegistrationFee, value));
	pallet_parameters::Call::set_parameter { key_value }.into()
}

#[test]
fn periods_should_be_productions_divided_by_the_time_scale() {
	let periods = || {
		(
			<Runtime as pallet_agents::Config>::BondReleaseDelay::get(),
			<Runtime as pallet_escrow::Config>::MinReviewPeriod::get(),
			<Runtime as pallet_escrow::Config>::MaxReviewPeriod::get(),
			<Runtime as pallet_escrow::Config>::MaxDuration::get(),
			<Runtime as pallet_safe_mode::Config>::EnterDuration::get(),
		)
	};
	genesis(DEVELOPMENT).execute_with(|| assert_eq!(periods(), (600, 20, 1_800, 14_600, 20)));
	sp_io::TestExternalities::new_empty().execute_with(|| {
		assert_eq!(periods(), (864_000, 28_800, 2_592_000, 21_024_000, 28_800));
		let fee: Perbill = <Runtime as pallet_escrow::Config>::FeeRate::get();
		assert_eq!(fee, Perbill::from_parts(25_000_000));
	});
}

#[test]
fn root_should_set_a_parameter_and_nobody_else() {
	on_development_network(|| {
		assert_eq!(Agents::registration_cost(10).fee, 5 * AIT);
		assert_eq!(
			submit(Bob, set_registration_fee(7 * AIT)).expect("valid"),
			Err(DispatchError::BadOrigin)
		);
		as_root(set_registration_fee(7 * AIT));
		assert_eq!(Agents::registration_cost(10).fee, 7 * AIT);
	});
}

#[test]
fn values_outside_their_bounds_should_not_decode() {
	let inside = set_registration_fee(1_000_000 * AIT).encode();
	assert!(RuntimeCall::decode(&mut &inside[..]).is_ok());
	let greatest = (1_000_000 * AIT).encode();
	let outside: Vec<u8> = inside
		.strip_suffix(greatest.as_slice())
		.expect("the value stands at the end")
		.iter()
		.copied()
		.chain((1_000_000 * AIT + 1).encode())
		.collect();
	assert!(RuntimeCall::decode(&mut &outside[..]).is_err());
}

//! A runtime with this pallet alone.

use crate::{self as pallet_network_parameters, NetworkConstants};
use frame_support::derive_impl;
use sp_runtime::BuildStorage;

type Block = frame_system::mocking::MockBlock<Test>;

frame_support::construct_runtime!(
	pub enum Test {
		System: frame_system,
		NetworkParameters: pallet_network_parameters,
	}
);

#[derive_impl(frame_system::config_preludes::TestDefaultConfig)]
impl frame_system::Config for Test {
	type Block = Block;
}

impl pallet_network_parameters::Config for Test {}

/// Externalities of a chain whose genesis has `constants`.
pub fn chain_with(constants: NetworkConstants) -> sp_io::TestExternalities {
	RuntimeGenesisConfig {
		system: Default::default(),
		network_parameters: pallet_network_parameters::GenesisConfig {
			constants,
			_config: Default::default(),
		},
	}
	.build_storage()
	.expect("the genesis of a test is valid")
	.into()
}

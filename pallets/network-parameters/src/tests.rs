//! Tests of genesis, of the readers and of the scale.

use crate::{
	mock::{chain_with, NetworkParameters, Test},
	BondingEras, Constants, EpochLength, InvalidConstants, NetworkConstants, SessionsPerEra,
	SlashDeferEras,
};
use codec::Encode;
use frame_support::traits::Get;

const DEV: NetworkConstants = NetworkConstants {
	epoch_length: 20,
	sessions_per_era: 3,
	bonding_eras: 3,
	slash_defer_eras: 1,
	time_scale_divisor: 1_440,
};

#[test]
fn genesis_should_write_the_constants_that_readers_give() {
	chain_with(DEV).execute_with(|| {
		assert_eq!(Constants::<Test>::get(), DEV);
		assert_eq!(EpochLength::<Test>::get(), 20);
		assert_eq!(SessionsPerEra::<Test>::get(), 3);
		assert_eq!(BondingEras::<Test>::get(), 3);
		assert_eq!(SlashDeferEras::<Test>::get(), 1);
	});
}

#[test]
fn readers_should_give_production_when_storage_is_empty() {
	sp_io::TestExternalities::new_empty().execute_with(|| {
		assert_eq!(EpochLength::<Test>::get(), 4 * 60 * 20);
		assert_eq!(SessionsPerEra::<Test>::get(), 6);
		assert_eq!(BondingEras::<Test>::get(), 21);
		assert_eq!(SlashDeferEras::<Test>::get(), 20);
		assert_eq!(NetworkParameters::scaled(28_800), 28_800);
	});
}

#[test]
fn scaled_should_divide_and_never_reach_zero() {
	chain_with(DEV).execute_with(|| {
		assert_eq!(NetworkParameters::scaled(28_800), 20);
		assert_eq!(NetworkParameters::scaled(30 * 28_800), 600);
		assert_eq!(NetworkParameters::scaled(1_439), 1);
		assert_eq!(NetworkParameters::scaled(0), 1);
	});
}

#[test]
fn validate_should_name_the_field_that_is_zero() {
	let cases = [
		("epochLength", NetworkConstants { epoch_length: 0, ..DEV }),
		("sessionsPerEra", NetworkConstants { sessions_per_era: 0, ..DEV }),
		("bondingEras", NetworkConstants { bonding_eras: 0, ..DEV }),
		("slashDeferEras", NetworkConstants { slash_defer_eras: 0, ..DEV }),
		("timeScaleDivisor", NetworkConstants { time_scale_divisor: 0, ..DEV }),
	];
	for (field, constants) in cases {
		assert_eq!(constants.validate(), Err(InvalidConstants::Zero(field)));
	}
}

#[test]
fn validate_should_refuse_a_slash_deferral_as_long_as_bonding() {
	let constants = NetworkConstants { slash_defer_eras: 3, ..DEV };
	assert_eq!(constants.validate(), Err(InvalidConstants::SlashDeferNotBelowBonding));
	assert_eq!(NetworkConstants { slash_defer_eras: 2, ..DEV }.validate(), Ok(()));
}

#[test]
#[should_panic(expected = "invalid network parameters in genesis: epochLength is zero")]
fn genesis_should_be_refused_when_the_epoch_has_no_length() {
	chain_with(NetworkConstants { epoch_length: 0, ..DEV });
}

#[test]
#[should_panic(expected = "slashDeferEras must be smaller than bondingEras")]
fn genesis_should_be_refused_when_slashes_come_too_late() {
	chain_with(NetworkConstants { slash_defer_eras: 3, ..DEV });
}

#[test]
fn constants_should_keep_their_golden_encoding() {
	assert_eq!(DEV.encode(), [20, 0, 0, 0, 3, 0, 0, 0, 3, 0, 0, 0, 1, 0, 0, 0, 160, 5, 0, 0]);
}

#[cfg(feature = "try-runtime")]
#[test]
fn try_state_should_fire_when_the_constants_are_corrupt() {
	use frame_support::traits::Hooks;
	chain_with(DEV).execute_with(|| {
		assert!(NetworkParameters::try_state(1).is_ok());
		Constants::<Test>::put(NetworkConstants { bonding_eras: 0, ..DEV });
		assert!(NetworkParameters::try_state(1).is_err());
	});
}

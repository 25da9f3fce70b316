//! A slash that waits is cancelled by voters in time, and applied when they don't.

use super::decided;
use crate::{
	network::{as_root, on_development_network, pass_blocks},
	validator_performance::report,
};
use aitbc_runtime::{
	governance_origins::Origin, AccountId, Runtime, SafeMode, Staking, ValidatorPerformance,
};
use frame_support::assert_ok;
use pallet_staking::{Call, UnappliedSlashes};
use pallet_validator_performance::{CancelledBy, SlashState};
use sp_keyring::Sr25519Keyring::AliceStash;
use sp_runtime::{DispatchError, Perbill};
use sp_staking::StakingInterface;

/// The era in which what Alice did in the first one is slashed: a development network waits one era.
const APPLIED_IN: u32 = 2;

/// How many blocks pass until that era has begun: eras have three sessions of 20 blocks.
const UNTIL_APPLIED: u32 = 3 * 60;

fn alice() -> AccountId {
	AliceStash.to_account_id()
}

fn bonded() -> u128 {
	Staking::stake(&alice()).expect("Alice validates").active
}

/// Slashes a tenth of Alice's stake, as a fault of hers would.
fn slash() {
	as_root(Call::manual_slash {
		validator_stash: alice(),
		era: 0,
		slash_fraction: Perbill::from_percent(10),
	});
	assert_eq!(UnappliedSlashes::<Runtime>::get(APPLIED_IN).len(), 1);
}

fn cancel() -> Call<Runtime> {
	Call::cancel_deferred_slash { era: APPLIED_IN, slash_indices: vec![0] }
}

#[test]
fn deferred_slash_should_never_be_applied_when_its_track_cancels_it() {
	on_development_network(|| {
		slash();
		let before = bonded();
		assert_ok!(decided(Origin::Slashing, cancel()));
		assert!(UnappliedSlashes::<Runtime>::get(APPLIED_IN).is_empty());
		pass_blocks(UNTIL_APPLIED);
		assert_eq!(bonded(), before);
	});
}

#[test]
fn deferred_slash_should_be_applied_when_another_track_tries_to_cancel_it() {
	on_development_network(|| {
		slash();
		let before = bonded();
		assert_eq!(decided(Origin::Oversight, cancel()), Err(DispatchError::BadOrigin));
		pass_blocks(UNTIL_APPLIED);
		assert_eq!(bonded(), before - before / 10);
	});
}

#[test]
fn slash_history_should_name_the_track_when_it_cancels_a_slash_in_safe_mode() {
	on_development_network(|| {
		report(&alice());
		let state = || ValidatorPerformance::slash_history(alice())[0].state.clone();
		assert_eq!(state(), SlashState::Deferred { until: APPLIED_IN });
		as_root(pallet_safe_mode::Call::force_enter {});
		assert!(SafeMode::is_entered());

		let cancel =
			pallet_validator_performance::Call::cancel_slash { validator: alice(), era: 0 };
		assert_ok!(decided(Origin::Slashing, cancel));
		let by = CancelledBy::Track("slashing".into());
		assert_eq!(state(), SlashState::Cancelled { until: APPLIED_IN, at: 0, by });
		assert!(UnappliedSlashes::<Runtime>::get(APPLIED_IN).is_empty());
	});
}

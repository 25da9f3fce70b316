//! How validators do their slots, and what becomes of an offence, over whole eras.

use crate::network::{begin_block, end_block, genesis, pass_blocks};
use aitbc_runtime::{
	genesis_config_presets::LOCAL, AccountId, Runtime, RuntimeOrigin, Session, Staking,
	ValidatorPerformance,
};
use frame_support::assert_ok;
use pallet_validator_performance::{CancelledBy, OffenceKind, SlashState};
use sp_keyring::Sr25519Keyring;
use sp_staking::{offence::ReportOffence, StakingInterface};

/// The present era.
pub fn era() -> u32 {
	pallet_staking::ActiveEra::<Runtime>::get().map_or(0, |era| era.index)
}

/// Lets blocks pass up to the first of the next era.
pub fn pass_era() {
	let present = era();
	while era() == present {
		pass_blocks(1);
	}
}

/// Reports two blocks of `validator` in one slot.
pub fn report(validator: &AccountId) {
	let offence = pallet_babe::EquivocationOffence {
		slot: 1.into(),
		session_index: Session::current_index(),
		validator_set_count: 4,
		offender: (validator.clone(), ()),
	};
	let reporter = Sr25519Keyring::Ferdie.to_account_id();
	assert_ok!(aitbc_runtime::configs::validator_performance::NamedOffences::report_offence(
		vec![reporter],
		offence
	));
}

#[test]
fn slots_and_slashes_should_be_known_when_eras_have_passed() {
	genesis(LOCAL).execute_with(|| {
		begin_block();
		let author = Session::validators()[0].clone();
		pass_era();
		let first = ValidatorPerformance::performance(author.clone(), 0).expect("it is kept");
		assert_eq!((first.slots.assigned, first.slots.missed), (60, 0));
		assert_eq!(first.points.before, first.points.after);

		let offenders = [Session::validators()[1].clone(), Session::validators()[2].clone()];
		report(&offenders[0]);
		let record = &ValidatorPerformance::slash_history(offenders[0].clone())[0];
		assert_eq!(record.offence, OffenceKind::BabeEquivocation);
		let until = era() + 2;
		assert_eq!(record.state, SlashState::Deferred { until });
		let before = Staking::stake(&offenders[0]).expect("it has bonded").total;
		pass_era();
		report(&offenders[1]);
		let root = RuntimeOrigin::root();
		assert_ok!(ValidatorPerformance::cancel_slash(root, offenders[1].clone(), era()));
		pass_era();

		let state =
			|who: &AccountId| ValidatorPerformance::slash_history(who.clone())[0].state.clone();
		let after = Staking::stake(&offenders[0]).expect("it has bonded").total;
		assert!(after < before);
		assert_eq!(state(&offenders[0]), SlashState::Applied { at: until, before, after });
		let by = CancelledBy::Root;
		let cancelled = SlashState::Cancelled { until: until + 1, at: until - 1, by };
		assert_eq!(state(&offenders[1]), cancelled);
		end_block();
		#[cfg(feature = "try-runtime")]
		crate::network::check_invariants();
	});
}

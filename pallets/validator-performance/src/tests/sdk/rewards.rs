//! What staking pays, and whom it elects.

use super::mock::*;
use crate::*;
use aitbc_core::Balance;
use frame_support::assert_ok;
use sp_runtime::Perbill;

/// Pays out `validator`'s reward for `era`, and returns what it got and what its nominators did.
fn paid(era: u32, validator: AccountId) -> Balance {
	let before = Balances::total_issuance();
	let origin = RuntimeOrigin::signed(REPORTER);
	assert_ok!(Staking::payout_stakers_by_page(origin, validator, era, 0));
	Balances::total_issuance() - before
}

/// What `era` pays all validators, if none misses a slot.
fn pot(era: u32) -> Balance {
	pallet_staking::ErasValidatorReward::<Runtime>::get(era).expect("the era has ended")
}

#[test]
fn rewards_should_be_whole_when_nobody_misses_a_slot() {
	on_chain(|| {
		run_era(&[]);
		let ended = era();
		run_era(&[]);
		let points = pallet_staking::ErasRewardPoints::<Runtime>::get(ended);
		assert_eq!(points.total, 20 * 2 * EPOCH as u32);
		assert_eq!(points.individual.values().sum::<u32>(), points.total);
		let paid: Balance = VALIDATORS.into_iter().map(|validator| paid(ended, validator)).sum();
		assert!(pot(ended) - paid <= 10, "{paid} of {} is paid", pot(ended));
	});
}

#[test]
fn rewards_should_be_what_the_slots_were_worth_when_one_misses_all_of_them() {
	on_chain(|| {
		run_era(&[]);
		let ended = era();
		run_era(&[6]);
		let slots: Vec<_> = VALIDATORS.map(|validator| performance(ended, validator).slots).into();
		let all: u32 = slots.iter().map(|slots| slots.assigned).sum();
		assert!(slots[5].missed > 2 && slots[5].filled() == 0, "{slots:?}");

		for (validator, slots) in VALIDATORS.into_iter().zip(&slots).take(5) {
			// The first block of an era counts as one of the era before for staking, and as one of its own here.
			let blocks = pallet_staking::ErasRewardPoints::<Runtime>::get(ended)
				.individual
				.get(&validator)
				.map_or(0, |points| points / 20);
			assert!(blocks.abs_diff(slots.filled()) <= 1);
			let share = Perbill::from_rational(blocks, all) * pot(ended);
			let paid = paid(ended, validator);
			assert!(paid.abs_diff(share) <= 5, "{validator} gets {paid} of {share}");
		}
		let points = pallet_staking::ErasRewardPoints::<Runtime>::get(ended);
		assert_eq!(points.total, 20 * all);
		assert_eq!(points.individual.get(&6).copied().unwrap_or_default(), 0);
	});
}

#[test]
fn validators_should_not_be_elected_again_when_they_were_silent() {
	on_chain(|| {
		run_era(&[]);
		let ended = era();
		run_era(&[6]);
		let silent = performance(ended, 6);
		assert_eq!(silent.consequence, Consequence::Silent { chilled: true });
		assert!(!pallet_staking::Validators::<Runtime>::contains_key(6));
		let chilled = RuntimeEvent::Staking(pallet_staking::Event::Chilled { stash: 6 });
		assert!(System::events().into_iter().any(|record| record.event == chilled));
		assert!(Session::validators().contains(&6), "it was elected before");

		run_era(&[6]);
		assert!(!Session::validators().contains(&6));
		let again = performance(ended + 1, 6);
		assert_eq!(again.consequence, Consequence::Silent { chilled: false });

		// Whoever is back may validate again.
		assert_ok!(Staking::validate(RuntimeOrigin::signed(6), Default::default()));
		run_era(&[]);
		run_era(&[]);
		assert!(Session::validators().contains(&6));
	});
}

#[test]
fn validators_should_stay_when_an_election_needs_them() {
	on_chain(|| {
		pallet_staking::MinimumValidatorCount::<Runtime>::put(6);
		run_era(&[]);
		let ended = era();
		run_era(&[6]);
		let silent = performance(ended, 6);
		assert_eq!(silent.consequence, Consequence::Silent { chilled: false });
		assert!(pallet_staking::Validators::<Runtime>::contains_key(6));
	});
}

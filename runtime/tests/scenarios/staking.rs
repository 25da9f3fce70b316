//! Stake comes and goes, and is paid and slashed, over whole eras and in single blocks.

use crate::{
	network::{begin_block, end_block, genesis, on_development_network, pass_blocks, submit},
	validator_performance::{era, pass_era, report},
};
use aitbc_core::money::AIT;
use aitbc_runtime::{
	genesis_config_presets::LOCAL, AccountId, Balance, Balances, Runtime, RuntimeCall,
	RuntimeHoldReason, RuntimeOrigin, Session, Staking, ValidatorPerformance,
};
use frame_support::{assert_ok, traits::fungible::InspectHold};
use pallet_staking::{
	Call, ErasRewardPoints, ErasStakersOverview, ErasValidatorPrefs, ErasValidatorReward, Error,
	RewardDestination,
};
use pallet_validator_performance::SlashState;
use sp_keyring::Sr25519Keyring::{self, AliceStash, Bob, Charlie, Dave, DaveStash, Eve, Ferdie};
use sp_runtime::{DispatchError, Perbill};
use sp_staking::StakingInterface;

/// Four validators, from the first block on.
fn on_local_network(test: impl FnOnce()) {
	genesis(LOCAL).execute_with(|| {
		begin_block();
		test();
		end_block();
		#[cfg(feature = "try-runtime")]
		crate::network::check_invariants();
	});
}

fn send(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> Result<(), DispatchError> {
	submit(signer, call).expect("the transaction is valid")
}

/// Lets blocks pass up to the second of the next era. The first has no room for transactions.
fn next_era() {
	pass_era();
	pass_blocks(1);
}

fn is_validating(validator: &AccountId) -> bool {
	Session::validators().contains(validator)
}

/// Has anybody ask for the reward of `validator` in `era`.
fn pay(validator: AccountId, era: u32) -> Result<(), DispatchError> {
	send(Ferdie, Call::payout_stakers_by_page { validator_stash: validator, era, page: 0 })
}

/// What is minted when all rewards of `era` are paid, each of them once.
fn pay_all(era: u32) -> Balance {
	let before = Balances::total_issuance();
	let validators: Vec<_> = ErasStakersOverview::<Runtime>::iter_key_prefix(era).collect();
	for validator in validators {
		assert_ok!(pay(validator.clone(), era));
		assert_eq!(pay(validator, era), Err(Error::<Runtime>::AlreadyClaimed.into()));
	}
	Balances::total_issuance() - before
}

#[test]
fn rewards_should_be_paid_to_the_planck_when_validators_leave_and_join() {
	on_local_network(|| {
		let dave = DaveStash.to_account_id();
		let mut with_dave = Vec::new();
		assert_ok!(send(DaveStash, Call::chill {}));
		for _ in 0..3 {
			next_era();
			with_dave.push(is_validating(&dave));
		}
		let prefs =
			pallet_staking::ValidatorPrefs { commission: Perbill::from_percent(5), blocked: false };
		assert_ok!(send(DaveStash, Call::validate { prefs }));
		for _ in 0..3 {
			next_era();
			with_dave.push(is_validating(&dave));
		}
		// Who is elected for an era is known before the era begins, so it takes one more.
		assert_eq!(with_dave, [false, false, false, true, true, true]);

		for ended in 0..era() {
			let reward = ErasValidatorReward::<Runtime>::get(ended).expect("it has ended");
			let was_there = ended == 0 || with_dave[ended as usize - 1];
			let exposed = ErasStakersOverview::<Runtime>::contains_key(ended, &dave);
			assert_eq!(exposed, was_there, "era {ended}");
			if !was_there {
				let issued = Balances::total_issuance();
				assert_ok!(pay(dave.clone(), ended));
				assert_eq!(Balances::total_issuance(), issued, "it has earned nothing");
			}
			let paid = pay_all(ended);
			assert!(paid <= reward && reward - paid < 10, "era {ended}: {paid} of {reward}");
		}
	});
}

#[test]
fn slash_should_not_touch_a_reward_when_it_comes_between_the_pages_of_a_payout() {
	/// More than a page has.
	const NOMINATORS: u8 = 70;
	const STAKE: Balance = 1_000 * AIT;
	on_local_network(|| {
		let validator = Session::validators()[1].clone();
		let nominators: Vec<AccountId> =
			(1..=NOMINATORS).map(|number| [number; 32].into()).collect();
		for nominator in &nominators {
			let origin = || RuntimeOrigin::signed(nominator.clone());
			let ferdie = RuntimeOrigin::signed(Ferdie.to_account_id());
			assert_ok!(Balances::transfer_keep_alive(ferdie, nominator.clone().into(), 2 * STAKE));
			let payee = RewardDestination::Account(nominator.clone());
			assert_ok!(Staking::bond(origin(), STAKE, payee));
			assert_ok!(Staking::nominate(origin(), vec![validator.clone().into()]));
		}
		// Who is elected for an era is known before the era begins, so it takes two.
		next_era();
		next_era();
		let paid_era = era();
		let exposure = ErasStakersOverview::<Runtime>::get(paid_era, &validator);
		let exposure = exposure.expect("it was elected");
		assert_eq!((exposure.nominator_count, exposure.page_count), (NOMINATORS.into(), 2));
		<Staking as pallet_authorship::EventHandler<_, _>>::note_author(validator.clone());
		next_era();
		let owned = |one: &AccountId| Balances::free_balance(one);
		let before: Vec<_> = nominators.iter().map(owned).collect();
		let gains = || -> Vec<Balance> {
			nominators.iter().zip(&before).map(|(one, before)| owned(one) - before).collect()
		};
		let pay = |page| {
			let validator_stash = validator.clone();
			send(Ferdie, Call::payout_stakers_by_page { validator_stash, era: paid_era, page })
		};

		assert_ok!(pay(0));
		let bonded = Staking::stake(&validator).expect("it has bonded").total;
		report(&validator);
		next_era();
		next_era();
		let left = Staking::stake(&validator).expect("it has bonded").total;
		let paid_first = gains();
		assert_ok!(pay(1));

		// 56.25 % for one of four, and who was paid before it lost as much as who was not.
		let slashed = &ValidatorPerformance::slash_history(validator.clone())[0];
		let SlashState::Applied { before: had, after, .. } = slashed.state else {
			panic!("it is not applied: {slashed:?}")
		};
		assert_eq!((had, after), (bonded, left));
		for nominator in &nominators {
			let left = Staking::stake(nominator).expect("it has bonded").total;
			assert_eq!(left, STAKE - Perbill::from_parts(562_500_000) * STAKE);
		}
		assert_eq!(paid_first.iter().filter(|gain| **gain > 0).count(), 64);

		// All are paid as they were staked when they earned it.
		let points = ErasRewardPoints::<Runtime>::get(paid_era);
		let share = Perbill::from_rational(points.individual[&validator], points.total);
		let reward = ErasValidatorReward::<Runtime>::get(paid_era).expect("it has ended");
		let commission = ErasValidatorPrefs::<Runtime>::get(paid_era, &validator).commission;
		let due = share * reward;
		let left = due - commission * due;
		let each = Perbill::from_rational(STAKE, exposure.total) * left;
		assert!(each > 0);
		assert_eq!(gains(), vec![each; NOMINATORS.into()]);
	});
}

/// Who stakes and unstakes at the same time.
const STAKERS: [Sr25519Keyring; 5] = [Bob, Charlie, Dave, Eve, Ferdie];

#[test]
fn bonds_should_add_up_when_many_stake_and_unstake_in_one_block() {
	on_development_network(|| {
		let reason: RuntimeHoldReason = pallet_staking::HoldReason::Staking.into();
		let held = |who: &AccountId| Balances::balance_on_hold(&reason, who);
		let all = |call: fn(Balance) -> Call<Runtime>| {
			for (one, staker) in STAKERS.iter().enumerate() {
				assert_ok!(send(*staker, call(one as Balance + 1)));
			}
		};
		let before = held(&AliceStash.to_account_id());
		all(|one| Call::bond { value: 100 * one * AIT, payee: RewardDestination::Staked });
		all(|_| Call::nominate { targets: vec![AliceStash.to_account_id().into()] });
		all(|one| Call::unbond { value: 40 * one * AIT });
		all(|one| Call::bond_extra { max_additional: 10 * one * AIT });
		all(|one| Call::rebond { value: 15 * one * AIT });
		let refused = send(Bob, Call::unbond { value: 80 * AIT });
		assert_eq!(refused, Err(Error::<Runtime>::InsufficientBond.into()));

		let check = |leaving: Balance| {
			for (one, staker) in STAKERS.iter().enumerate() {
				let (one, who) = (one as Balance + 1, staker.to_account_id());
				let stake = Staking::stake(&who).expect("it has bonded");
				assert_eq!(stake.active, 85 * one * AIT, "{staker:?}");
				assert_eq!(stake.total, stake.active + leaving * one * AIT, "{staker:?}");
				assert_eq!(held(&who), stake.total, "{staker:?}");
			}
		};
		check(25);
		all(|_| Call::withdraw_unbonded { num_slashing_spans: 0 });
		check(25);
		// Three eras, and the rest of this one.
		for _ in 0..3 {
			next_era();
		}
		all(|_| Call::withdraw_unbonded { num_slashing_spans: 0 });
		check(0);
		assert_eq!(held(&AliceStash.to_account_id()), before);
	});
}

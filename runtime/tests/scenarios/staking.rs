//! Stake comes and goes, and is paid and slashed, over whole eras and in single blocks.

use crate::{
	network::{begin_block, end_block, genesis, on_development_network, pass_blocks, submit},
	validator_performance::{era, pass_era, report},
};
use aitbc_core::money::AIT;
use aitbc_runtime::{
	genesis_config_presets::LOCAL, AccountId, Balance, Balances, Runtime, RuntimeCall,
	RuntimeHoldReason, Session, Staking, ValidatorPerformance,
};
use frame_support::{assert_ok, traits::fungible::InspectHold};
use pallet_staking::{
	Call, ErasRewardPoints, ErasStakersOverview, ErasValidatorReward, Error, RewardDestination,
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
fn slash_should_not_touch_a_reward_when_both_are_due_in_one_block() {
	on_local_network(|| {
		let validator = Session::validators()[1].clone();
		<Staking as pallet_authorship::EventHandler<_, _>>::note_author(validator.clone());
		let stake = || Staking::stake(&validator).expect("it has bonded").total;
		let bonded = stake();
		let points = ErasRewardPoints::<Runtime>::get(0);
		assert_eq!(points.individual.get(&validator), Some(&20));
		next_era();
		report(&validator);
		next_era();
		next_era();

		let record = || ValidatorPerformance::slash_history(validator.clone())[0].clone();
		let issued = Balances::total_issuance();
		let slashed = record();
		let SlashState::Applied { before, after, .. } = slashed.state else {
			panic!("it is not applied: {slashed:?}")
		};
		assert_eq!((before, after), (bonded, stake()));
		assert_eq!(Balances::total_issuance(), issued);

		let reward = ErasValidatorReward::<Runtime>::get(0).expect("it has ended");
		let total = ErasRewardPoints::<Runtime>::get(0).total;
		let share = Perbill::from_rational(20, total) * reward;
		assert_ok!(pay(validator.clone(), 0));
		// Its reward is bonded. Nobody nominates it, so all of it is its own.
		let paid = stake() - after;
		assert!(share > 0 && share.abs_diff(paid) < 10, "{paid}, not {share}");
		assert_eq!(Balances::total_issuance() - issued, paid);
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

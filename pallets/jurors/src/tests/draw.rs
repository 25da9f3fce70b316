//! Tests of drawing a jury.

use crate::{
	mock::{Jurors, *},
	*,
};
use aitbc_core::{Balance, CaseId, Round};
use aitbc_traits::{JurorPool, OnJuryDrawn, ReputationInspect};
use frame_support::{assert_noop, assert_ok, traits::Randomness, weights::Weight};
use sp_io::hashing::blake2_128;
use sp_runtime::Perbill;
use std::collections::BTreeMap;

/// The first account of a large pool.
const POOL: AccountId = 1_000;

#[test]
fn draw_should_lock_the_stakes_and_tell_who_asked() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(request(CASE, Round(2), 3, STAKE));
		wait_epochs(DELAY - 1);
		begin_epoch();
		reset_events();

		poll();

		assert_eq!(Heard::get(), [(CASE, Round(2), vec![(JUROR, 3)])]);
		assert_eq!((juror(JUROR).locked, juror(JUROR).bond), (300, BOND));
		let epoch = CurrentEpoch::get();
		assert_eq!(changes(JUROR), [((BOND - 300) / 2, epoch + DELAY)]);
		assert_eq!(weight(JUROR), BOND / 2);
		let drawn = Event::JuryDrawn {
			case: CASE,
			round: Round(2),
			jury: vec![(JUROR, 3)],
			wanted: 3,
			stake: STAKE,
		};
		assert_eq!(events(), [queued((BOND - 300) / 2, epoch + DELAY), drawn]);
		assert_eq!(DrawQueue::<Test>::iter().count(), 0);
		assert_eq!(Requests::<Test>::iter().count(), 0);
	});
}

#[test]
fn draw_should_give_an_account_as_many_seats_as_its_bond_backs() {
	build_and_execute(|| {
		jurors(&[(JUROR, MIN_BOND)]);
		assert_eq!(draw(CASE, 31, 300), [(JUROR, 3)]);
		assert_eq!(juror(JUROR).locked, 900);
		assert_eq!(draw(CaseId(8), 3, 101), []);
		assert_eq!(draw(CaseId(9), 3, 100), [(JUROR, 1)]);
		assert_eq!(juror(JUROR).locked, MIN_BOND);
	});
}

#[test]
fn draw_should_leave_seats_vacant_when_there_are_fewer_jurors_than_seats() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND), (OTHER, BOND)]);
		reset_events();
		let mut jury = draw(CASE, 31, BOND);
		jury.sort();
		assert_eq!(jury, [(JUROR, 1), (OTHER, 1)]);
		let drawn = events().into_iter().find_map(|event| match event {
			Event::JuryDrawn { jury, wanted, .. } => Some((jury.len(), wanted)),
			_ => None,
		});
		assert_eq!(drawn, Some((2, 31)));
	});
}

#[test]
fn draw_should_leave_all_seats_vacant_when_there_are_no_jurors() {
	build_and_execute(|| {
		assert_eq!(draw(CASE, 3, STAKE), []);
		let drawn =
			Event::JuryDrawn { case: CASE, round: FIRST, jury: vec![], wanted: 3, stake: STAKE };
		assert_eq!(events().last(), Some(&drawn));
	});
}

#[test]
fn draw_should_never_seat_who_is_excluded() {
	build_and_execute(|| {
		ServiceWeight::set(&Weight::MAX);
		jurors(&[(JUROR, 10 * BOND), (OTHER, BOND)]);
		for case in (0..50).map(CaseId) {
			exclude(case, JUROR);
			assert_ok!(request(case, FIRST, 3, 1));
		}
		wait_epochs(DELAY);
		let heard = Heard::get();
		assert_eq!(heard.len(), 50);
		assert!(heard.iter().all(|(_, _, jury)| jury.iter().all(|(who, _)| *who == OTHER)));
		assert!(heard.iter().any(|(_, _, jury)| !jury.is_empty()));
		assert_eq!(draw(CaseId(99), 31, 1).len(), 2, "it may judge other cases");
	});
}

#[test]
fn draw_should_leave_seats_vacant_when_all_are_excluded() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND), (OTHER, BOND)]);
		exclude(CASE, JUROR);
		exclude(CASE, OTHER);
		assert_eq!(draw(CASE, 3, STAKE), []);
		assert_eq!(juror(JUROR).locked + juror(OTHER).locked, 0);
	});
}

#[test]
fn draw_should_seat_who_takes_its_bond_out_as_long_as_its_weight_counts() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_ok!(request(CASE, FIRST, 3, STAKE));
		assert_ok!(Jurors::unbond(signed(JUROR), BOND));
		assert_ok!(request(CaseId(8), FIRST, 3, STAKE));
		begin_epoch();
		assert_ok!(request(CaseId(9), FIRST, 3, STAKE));
		wait_epochs(DELAY);

		let seats: Vec<_> = Heard::get().into_iter().map(|(_, _, jury)| jury).collect();
		assert_eq!(seats, [vec![(JUROR, 3)], vec![(JUROR, 3)], vec![]]);
		assert_eq!(juror(JUROR).locked, 600);
		assert_ok!(Jurors::withdraw(signed(JUROR), JUROR));
		assert_noop!(Jurors::withdraw(signed(JUROR), JUROR), Error::<Test>::BondLocked);
		assert_eq!(held(JUROR), 600);
	});
}

#[test]
fn draw_should_seat_by_stake_and_not_at_all_when_the_stake_is_beyond_all_bonds() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND)]);
		assert_eq!(draw(CASE, 3, Balance::MAX), []);
		assert_eq!(draw(CaseId(8), 3, Balance::MAX / 2), []);
		assert_eq!(draw(CaseId(9), 3, 0), [(JUROR, 3)]);
		assert_eq!(juror(JUROR).locked, 0);
	});
}

#[test]
fn draw_should_give_no_more_seats_than_a_jury_may_have_by_now() {
	build_and_execute(|| {
		jurors(&[(JUROR, 100 * BOND)]);
		assert_ok!(request(CASE, FIRST, 31, STAKE));
		MaxSeats::set(&5);
		wait_epochs(DELAY);
		assert_eq!(Heard::get(), [(CASE, FIRST, vec![(JUROR, 5)])]);
	});
}

#[test]
fn draw_should_ask_for_randomness_by_case_round_seat_and_attempt() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND), (OTHER, BOND)]);
		let case = CaseId(0x0102);
		assert_ok!(request(case, Round(3), 2, 0));
		wait_epochs(DELAY);
		let jury = Heard::get().pop().expect("a jury was drawn").2;

		let mut expected = BTreeMap::<_, u32>::new();
		for seat in 0..2u8 {
			let mut subject = b"aitbc/jury".to_vec();
			subject.extend([2, 1, 0, 0, 0, 0, 0, 0, 3, seat, 0, 0, 0, 0]);
			let (random, _) = EpochRandomness::random(&subject);
			let point = u128::from_le_bytes(blake2_128(&random.0)) % BOND;
			*expected.entry(if point < BOND / 2 { JUROR } else { OTHER }).or_default() += 1;
		}
		assert_eq!(jury.into_iter().collect::<BTreeMap<_, _>>(), expected);
	});
}

#[test]
fn draw_should_differ_when_the_randomness_does() {
	let juries: Vec<_> = (0..20)
		.map(|seed| {
			let mut jury = vec![];
			build_and_execute(|| {
				Seed::set(&seed);
				let pool: Vec<_> = (POOL..POOL + 10).map(|who| (who, BOND)).collect();
				jurors(&pool);
				jury = draw(CASE, 3, STAKE);
			});
			jury
		})
		.collect();
	assert!(juries.windows(2).filter(|pair| pair[0] != pair[1]).count() > 15, "{juries:?}");
}

/// Pearson's statistic of how often each juror got a seat, against its share of the weight.
fn chi_square(seats: &BTreeMap<AccountId, u32>, weights: &[(AccountId, Balance)]) -> f64 {
	let drawn: u32 = seats.values().sum();
	let total: Balance = weights.iter().map(|(_, weight)| weight).sum();
	let deviation = |(who, weight): &(AccountId, Balance)| {
		let expected = f64::from(drawn) * *weight as f64 / total as f64;
		let got = f64::from(seats.get(who).copied().unwrap_or(0));
		(got - expected).powi(2) / expected
	};
	weights.iter().map(deviation).sum()
}

#[test]
fn draw_should_seat_jurors_in_proportion_to_their_weights() {
	build_and_execute(|| {
		ServiceWeight::set(&Weight::MAX);
		set_reputation(POOL + 3, Perbill::from_percent(50));
		let pool: Vec<_> = (0..40).map(|n| (POOL + n, BOND + 100 * Balance::from(n))).collect();
		jurors(&pool);
		for case in (0..2_000).map(CaseId) {
			assert_ok!(request(case, FIRST, 5, 0));
		}
		wait_epochs(DELAY);

		let mut seats = BTreeMap::new();
		for (_, _, jury) in Heard::get() {
			for (who, count) in jury {
				*seats.entry(who).or_default() += count;
			}
		}
		assert_eq!(seats.values().sum::<u32>(), 10_000);
		let weights: Vec<_> = pool.iter().map(|(who, _)| (*who, weight(*who))).collect();
		let statistic = chi_square(&seats, &weights);
		println!("chi-square with 39 degrees of freedom: {statistic:.1}");
		// One fair draw in a thousand is beyond this.
		assert!(statistic < 72.1, "{statistic}");
		let equal: Vec<_> = pool.iter().map(|(who, _)| (*who, 1)).collect();
		assert!(chi_square(&seats, &equal) > 200.0, "the measure tells other shares apart");
	});
}

#[test]
fn draw_should_unlock_what_it_locked_when_nobody_waits_for_the_jury() {
	build_and_execute(|| {
		jurors(&[(JUROR, BOND), (OTHER, BOND)]);
		Listens::set(&false);
		let seats: u32 = draw(CASE, 3, STAKE).iter().map(|(_, seats)| seats).sum();
		assert_eq!(seats, 3);
		assert_eq!(juror(JUROR).locked + juror(OTHER).locked, 0);
		let unlocked = events().into_iter().filter_map(|event| match event {
			Event::StakeUnlocked { amount, .. } => Some(amount),
			_ => None,
		});
		assert_eq!(unlocked.sum::<Balance>(), 3 * STAKE);
	});
}

#[test]
fn draw_should_weigh_what_all_attempts_and_seats_come_to() {
	new_test_ext().execute_with(|| {
		let largest = Jurors::draw_weight(MAX_SEATS);
		let exclusions = Court::exclusion_weight() * 31 * 8;
		let unlock = <Jurors as JurorPool<AccountId>>::unlock_weight();
		let seats = (<()>::seat() + Reputations::weight() + unlock) * 31;
		assert_eq!(largest, <()>::draw(31) + exclusions + seats + Court::weight(31));
		assert_eq!(Jurors::draw_weight(u32::MAX), largest);
	});
}

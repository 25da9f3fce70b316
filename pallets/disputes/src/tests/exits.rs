//! Tests of the ways out: from each state, a stranger alone ends the case, whoever stays silent, and
//! whether the pool finds jurors or not.

use crate::mock::*;
use aitbc_core::{CaseId, Choice, Party};
use frame_support::assert_ok;
use sp_runtime::Perbill;

/// Who sits when the pool has to draw a jury. Whoever it is stays silent.
type Drawn = fn(u32) -> Vec<(AccountId, u32)>;

/// Has a stranger end the case that `begin` sets up, and checks that nothing is left of it, and that
/// exactly one ruling was told.
#[track_caller]
fn assert_ends(begin: impl Fn() -> CaseId) {
	let pools: [Drawn; 3] = [
		|_| vec![],
		|seats| vec![(ANN, seats)],
		|seats| JURORS.take(seats as usize).map(|juror| (juror, 1)).collect(),
	];
	for pool in pools {
		build_and_execute(|| {
			let id = begin();
			let mut steps = 0;
			while let Some(info) = Disputes::case(id) {
				match (info.next, info.round) {
					(Some(next), _) => {
						set_now(Now::get().max(next.from));
						progress(id);
					},
					(None, Some(round)) => draw(id, &pool(round.seats)),
					(None, None) => panic!("no round waits for a jury"),
				}
				steps += 1;
				assert!(steps < 20, "it finds no end");
			}
			assert_nothing_left();
			assert_eq!(Rulings::get().len(), 1);
		});
	}
}

#[test]
fn stranger_should_end_a_case_when_nobody_settles() {
	for opener in [Party::Client, Party::Provider] {
		for trial in [Trial::default(), Trial::small()] {
			assert_ends(|| trial.clone().by(opener).open());
			assert_ends(|| trial.clone().by(opener).defend());
			assert_ends(|| {
				let id = trial.clone().by(opener).defend();
				assert_ok!(Disputes::offer(signed(CLIENT), id, Perbill::zero()));
				id
			});
		}
	}
}

#[test]
fn stranger_should_end_a_case_when_a_jury_is_drawn_or_sits() {
	assert_ends(|| Trial::default().draw());
	assert_ends(|| Trial::default().sit());
	assert_ends(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(3));
		id
	});
	assert_ends(|| {
		let id = Trial::default().sit();
		for juror in [ANN, BEN, CAT] {
			commit(id, juror, share(3));
		}
		reveal(id, BEN, share(3));
		id
	});
	assert_ends(|| {
		let id = Trial::default().sit();
		wait(COMMIT + REVEAL);
		progress(id);
		seat(id, SEATS);
		id
	});
}

#[test]
fn stranger_should_end_a_case_when_a_jury_has_judged() {
	for choice in [share(10), share(5), share(0), Choice::Refuse] {
		assert_ends(|| Trial::default().judge([choice; 3]));
	}
}

#[test]
fn stranger_should_end_a_case_when_a_side_or_both_appealed() {
	assert_ends(|| {
		let id = Trial::default().judge([share(10); 3]);
		stake(id, BACKER, Party::Provider);
		id
	});
	assert_ends(|| {
		let id = Trial::default().judge([share(10); 3]);
		appeal(id, Party::Provider);
		id
	});
	assert_ends(|| {
		let id = Trial::default().judge([share(10); 3]);
		appeal_to_the_end(id, Party::Provider, share(10));
		id
	});
}

#[test]
fn stranger_should_end_a_case_when_the_parties_drained_or_froze_their_accounts() {
	let begins: [fn(&Trial) -> CaseId; 4] = [Trial::open, Trial::defend, Trial::draw, Trial::sit];
	let hinders: [fn(AccountId); 3] =
		[freeze_all, |who| leave_dust(who, 0), |who| leave_dust(who, ED - 1)];
	for begin in begins {
		for hinder in hinders {
			assert_ends(|| {
				let id = begin(&Trial::default());
				for party in [CLIENT, PROVIDER] {
					if staked(party) > 0 {
						hinder(party);
					}
				}
				id
			});
		}
	}
}

//! Juries: who is drawn, who is missing, who leaves, and what becomes of votes that are no secret, come
//! late, or never.

use crate::{
	books::Books,
	court::{
		a_juror, court_is_closed, jurors, ruled, share, Deal, DisputesCall, DisputesError,
		DisputesEvent, JurorsCall, JurorsError, Trial, CHANGE, COURT_FEE, JUROR_BOND, SEAT_STAKE,
		SILENT,
	},
	deals::{barred, client, did, endowed, give, governed, names, pass, stranger},
	network::on_development_network,
};
use aitbc_core::{money::AIT, Choice, Salt};
use aitbc_runtime::{
	configs::parameters::{dynamic_params, PayablePrice, RuntimeParameters},
	ActiveClock, Balance, Jurors, Runtime, RuntimeEvent,
};
use pallet_disputes::{Ballot, CaseState, RulingCause};
use pallet_jurors::HoldReason as JurorHold;
use sp_keyring::Sr25519Keyring::Alice;
use std::collections::BTreeSet;

/// What each seat of cases from now on puts at risk.
fn set_seat_stake(amount: Balance) {
	use dynamic_params::disputes::{Parameters, SeatStake};
	let value = Some(PayablePrice::clamped(amount));
	let key_value = RuntimeParameters::Disputes(Parameters::SeatStake(SeatStake, value));
	governed(pallet_parameters::Call::<Runtime>::set_parameter { key_value });
}

/// Whether the case was ruled because nobody decides, and against nobody.
fn is_undecided(told: &[RuntimeEvent]) -> bool {
	let (cause, loser) = match ruled(told) {
		DisputesEvent::CaseRuled { cause, loser, .. } => (cause, loser),
		_ => unreachable!("it is a ruling"),
	};
	(cause, loser) == (RulingCause::Undecided, None)
}

#[test]
fn juries_should_differ_by_case_and_be_spread_over_the_jurors() {
	on_development_network(|| {
		jurors(20);
		let cases: Vec<_> = (0..10).map(|_| Deal::defended(10, 0)).collect();
		let mut juries = BTreeSet::new();
		let mut seated = BTreeSet::new();
		let mut trials: Vec<_> = cases.into_iter().map(|(_, trial)| trial).collect();
		for trial in &mut trials {
			trial.step();
		}
		for trial in &mut trials {
			trial.await_jury();
			let jury: Vec<_> = trial.jury().into_iter().map(|one| (one.juror, one.seats)).collect();
			seated.extend(jury.iter().map(|(juror, _)| juror.clone()));
			juries.insert(jury);
		}
		assert_eq!(juries.len(), 10, "two cases have the same jury");
		assert!(seated.len() > 10, "thirty seats went to {} of twenty jurors", seated.len());
		for trial in &mut trials {
			trial.open_votes();
			trial.vote_all(share(5));
		}
		for trial in &mut trials {
			trial.step();
			trial.pay();
		}
		court_is_closed();
	});
}

#[test]
fn second_jury_should_be_drawn_when_the_first_is_silent() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.go_to_court();
		let first = trial.jury();

		let told = trial.vote(|_| None);

		let names = names(&told);
		let forfeits = names.iter().filter(|name| *name == "Jurors.StakeForfeited").count();
		assert_eq!(forfeits, first.len());
		assert_eq!(names.last().map(String::as_str), Some("Disputes.JuryRequested"));
		assert!(matches!(trial.state(), CaseState::Drawing { redrawn: true, .. }));
		trial.seat();
		trial.vote_all(share(10));
		trial.step();
		trial.pay();
		deal.after(&trial, 10, 10)
			.dismissed(&first)
			.judged(&[(&deal.provider.wallet, COURT_FEE)], &trial.said[1], share(10))
			.check();
		court_is_closed();
	});
}

#[test]
fn parties_should_have_the_middle_and_their_stakes_when_two_juries_are_silent() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.go_to_court();
		let first = trial.jury();
		trial.vote(|_| None);
		trial.seat();
		let second = trial.jury();
		let told = trial.vote(|_| None);
		assert!(is_undecided(&told));
		trial.pay();
		deal.after(&trial, 5, 0).dismissed(&first).dismissed(&second).check();
		court_is_closed();
	});
}

#[test]
fn case_should_end_in_the_middle_when_there_are_no_jurors() {
	on_development_network(|| {
		let (deal, mut trial) = Deal::defended(8, 0);
		trial.step();
		let told = trial.await_jury();
		assert!(names(&told).contains(&"Disputes.RoundFailed".into()));
		assert!(is_undecided(&told));
		trial.pay();
		deal.after(&trial, 4, 0).check();
		court_is_closed();
	});
}

#[test]
fn jury_should_be_let_go_when_fewer_than_most_of_its_seats_are_taken() {
	on_development_network(|| {
		set_seat_stake(JUROR_BOND);
		jurors(1);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.step();
		let told = trial.await_jury();
		// Its one seat took the whole bond, which is free again.
		assert_eq!(
			names(&told).into_iter().filter(|name| name.starts_with("Jurors")).collect::<Vec<_>>(),
			["WeightQueued", "JuryDrawn", "WeightQueued", "StakeUnlocked"]
				.map(|name| format!("Jurors.{name}"))
		);
		assert!(is_undecided(&told));
		trial.pay();
		deal.after(&trial, 5, 0).check();
		court_is_closed();
	});
}

#[test]
fn jury_should_judge_when_most_of_its_seats_are_taken() {
	on_development_network(|| {
		set_seat_stake(JUROR_BOND);
		let jurors = jurors(2);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.go_to_court();
		let mut seated: Vec<_> = trial.jury().into_iter().map(|one| one.juror).collect();
		seated.sort();
		assert_eq!(seated, jurors);
		// Of an even number, the outcome is the middle of the two in the middle.
		trial.vote(|juror| Some(share(if *juror == jurors[0] { 9 } else { 7 })));
		trial.step();
		trial.pay();
		deal.after(&trial, 8, 8)
			.judged(&[(&deal.provider.wallet, COURT_FEE)], &trial.said[0], share(8))
			.check();
		court_is_closed();
	});
}

#[test]
fn parties_and_who_is_close_to_them_should_never_judge() {
	on_development_network(|| {
		let jurors = jurors(4);
		for _ in 0..5 {
			let (deal, mut trial) = Deal::defended(10, 0);
			// The client, the provider, and who owns its agent: six tenths of all weight.
			let (client, wallet, owner) = (client(), &deal.provider.wallet, &deal.provider.owner);
			give(&client, owner, JUROR_BOND);
			let close = [(&client, 4 * JUROR_BOND), (wallet, JUROR_BOND), (owner, JUROR_BOND)];
			for (who, amount) in close {
				did(who, JurorsCall::bond { amount });
			}
			trial.step();
			trial.seat();
			assert_eq!(Jurors::total_weight(), 10 * JUROR_BOND / 2);
			for member in trial.jury() {
				assert!(jurors.contains(&member.juror), "{member:?} is close to a party");
			}
			trial.vote_all(share(5));
			trial.step();
			trial.pay();
			for (who, amount) in close {
				did(who, JurorsCall::unbond { amount });
			}
			pass(CHANGE);
			for (who, _) in close {
				did(&stranger(), JurorsCall::withdraw { account: who.clone() });
			}
		}
		court_is_closed();
	});
}

#[test]
fn juror_should_judge_and_leave_when_it_unbonds_while_drawn() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.step();
		trial.await_jury();
		let leaver = trial.least();
		let locked = SEAT_STAKE * trial.seats_of(&leaver);
		let withdraw = JurorsCall::withdraw { account: leaver.clone() };
		did(&leaver, JurorsCall::unbond { amount: JUROR_BOND });
		barred(&stranger(), withdraw.clone(), JurorsError::StillCounted);
		let leaves = ActiveClock::now() + CHANGE;
		trial.open_votes();
		trial.note(|_| Some(share(10)));
		let others = trial.others(&leaver);
		trial.commit_all(&others, share(10));
		trial.commit_all(std::slice::from_ref(&leaver), share(10));
		trial.reveal_all(&others, share(10));
		trial.pass_to(leaves.max(ActiveClock::now()));

		// All but what it has at stake may go, and it judges to the end.
		let before = Books::now();
		did(&stranger(), withdraw.clone());
		before.release(&leaver, JurorHold::Bond, JUROR_BOND - locked).check();
		barred(&stranger(), withdraw.clone(), JurorsError::BondLocked);
		trial.reveal_all(std::slice::from_ref(&leaver), share(10));
		trial.step();
		trial.step();
		trial.pay();

		did(&stranger(), withdraw);
		assert_eq!(Jurors::juror(&leaver), None);
		deal.after(&trial, 10, 10)
			.judged(&[(&deal.provider.wallet, COURT_FEE)], &trial.said[0], share(10))
			.release(&leaver, JurorHold::Bond, JUROR_BOND)
			.check();
		court_is_closed();
	});
}

/// Has the votes counted that were revealed, lets the outcome stand, and pays for all.
fn conclude(trial: &mut Trial) {
	assert_eq!(names(&trial.step()), ["Disputes.RoundJudged"]);
	trial.step();
	trial.pay();
}

/// Checks that ten tenths were ruled, after what was said in the only round of `trial`.
fn all_is_the_clients(deal: &Deal, trial: &Trial) {
	deal.after(trial, 10, 10)
		.judged(&[(&deal.provider.wallet, COURT_FEE)], &trial.said[0], share(10))
		.check();
	court_is_closed();
}

#[test]
fn reveal_should_be_refused_when_it_is_not_what_was_committed() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.go_to_court();
		let (liar, case) = (trial.least(), trial.case);
		let others = trial.others(&liar);
		trial.note(|juror| (*juror != liar).then_some(share(10)));
		trial.commit_all(&others, share(10));
		trial.commit_all(std::slice::from_ref(&liar), share(0));
		let unsalted =
			DisputesCall::reveal { case, choice: share(0), salt: Salt(stranger().into()) };
		for wrong in [trial.reveal(&liar, share(10)), trial.reveal(&liar, Choice::Refuse), unsalted]
		{
			barred(&liar, wrong, DisputesError::CommitmentMismatch);
		}
		barred(&stranger(), trial.reveal(&liar, share(0)), DisputesError::NotJuror);
		trial.reveal_all(&others, share(10));
		barred(&others[0], trial.reveal(&others[0], share(10)), DisputesError::NotCommitted);

		// Who shows nothing else is silent.
		conclude(&mut trial);
		all_is_the_clients(&deal, &trial);
	});
}

#[test]
fn vote_should_be_refused_when_it_is_early_or_late() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.step();
		trial.await_jury();
		let late = trial.least();
		let others = trial.others(&late);
		trial.note(|juror| (*juror != late).then_some(share(10)));
		let (commit, reveal) = (trial.commit(&late, share(10)), trial.reveal(&late, share(10)));
		let CaseState::Voting { evidence_until, commit_until, reveal_until, .. } = trial.state()
		else {
			panic!("a jury sits")
		};
		trial.pass_to(evidence_until);
		barred(&late, commit.clone(), DisputesError::VotingNotBegun);
		trial.pass_to(evidence_until + 1);
		trial.commit_all(&others, share(10));
		barred(&others[0], trial.reveal(&others[0], share(10)), DisputesError::RevealNotBegun);
		trial.pass_to(commit_until);
		did(&late, commit.clone());
		trial.pass_to(commit_until + 1);
		barred(&late, commit, DisputesError::AlreadyCommitted);
		trial.pass_to(reveal_until);
		trial.reveal_all(&others, share(10));
		trial.pass_to(reveal_until + 1);
		barred(&late, reveal, DisputesError::RevealOver);
		conclude(&mut trial);
		all_is_the_clients(&deal, &trial);
	});
}

#[test]
fn commitment_should_be_refused_when_its_time_is_over() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.go_to_court();
		let late = trial.least();
		let others = trial.others(&late);
		trial.note(|juror| (*juror != late).then_some(share(10)));
		trial.commit_all(&others, share(10));
		let CaseState::Voting { commit_until, .. } = trial.state() else { panic!("a jury sits") };
		trial.pass_to(commit_until + 1);
		barred(&late, trial.commit(&late, share(10)), DisputesError::CommitOver);
		trial.reveal_all(&others, share(10));
		conclude(&mut trial);
		all_is_the_clients(&deal, &trial);
	});
}

#[test]
fn commitment_should_be_void_and_pay_who_knew_it_when_it_is_denounced() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.go_to_court();
		let talker = trial.least();
		let others = trial.others(&talker);
		trial.note(|juror| (*juror != talker).then_some(share(10)));
		trial.commit_all(std::slice::from_ref(&talker), share(0));
		let denounce = trial.denounce(&talker, share(0));
		barred(&talker, denounce.clone(), DisputesError::OwnVote);
		let guess = trial.denounce(&talker, share(1));
		barred(&stranger(), guess, DisputesError::CommitmentMismatch);

		let before = Books::now();
		let told = did(&stranger(), denounce.clone());

		assert_eq!(names(&told), ["Jurors.StakeForfeited", "Disputes.VoteDenounced"]);
		let reward = SILENT / 2 * trial.seats_of(&talker);
		before.pay(&talker, &stranger(), JurorHold::Bond, reward).check();
		let member = trial.jury().into_iter().find(|one| one.juror == talker).expect("it sits");
		assert_eq!(member.ballot, Ballot::Denounced { reward });
		barred(&stranger(), denounce, DisputesError::NotCommitted);
		let again = trial.commit(&talker, share(10));
		barred(&talker, again, DisputesError::AlreadyCommitted);
		trial.commit_all(&others, share(10));
		// All have committed, so nothing is secret any longer.
		let last = trial.denounce(&others[0], share(10));
		barred(&stranger(), last, DisputesError::NoLongerSecret);
		trial.reveal_all(&others, share(10));
		conclude(&mut trial);

		// It loses as much as by silence, what the denouncer got included.
		for one in trial.said[0].iter_mut().filter(|one| one.juror == talker) {
			one.to_denouncer = reward;
		}
		deal.after(&trial, 10, 10)
			.pay(&talker, &stranger(), JurorHold::Bond, reward)
			.judged(&[(&deal.provider.wallet, COURT_FEE)], &trial.said[0], share(10))
			.check();
		court_is_closed();
	});
}

#[test]
fn commitment_should_be_worth_nothing_when_it_is_somebody_elses() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = Deal::defended(10, 0);
		trial.go_to_court();
		let (copier, case) = (trial.least(), trial.case);
		let others = trial.others(&copier);
		trial.note(|juror| (*juror != copier).then_some(share(10)));
		trial.commit_all(&others, share(10));
		let commitment = trial.commitment(&others[0], share(10));
		did(&copier, DisputesCall::commit { case, commitment });
		trial.reveal_all(&others, share(10));
		let salt = Trial::salt(&others[0]);
		let copied = DisputesCall::reveal { case, choice: share(10), salt };
		barred(&copier, copied, DisputesError::CommitmentMismatch);
		conclude(&mut trial);
		all_is_the_clients(&deal, &trial);
	});
}

#[test]
fn bond_should_back_no_more_seats_than_it_can_pay_for() {
	on_development_network(|| {
		// Alice could take eleven seats, the others none.
		let alice = Alice.to_account_id();
		did(&alice, JurorsCall::bond { amount: 11 * SEAT_STAKE });
		pass(CHANGE);
		let mut trials: Vec<_> = (0..4).map(|_| Deal::defended(10, 0).1).collect();
		for trial in &mut trials {
			trial.step();
		}
		for trial in &mut trials {
			trial.await_jury();
		}
		let seats: Vec<u32> =
			trials.iter().map(|trial| trial.jury().iter().map(|one| one.seats).sum()).collect();
		assert_eq!(seats, [3, 3, 3, 2]);
		assert_eq!(Jurors::juror(&alice).expect("it is one").locked, 11 * SEAT_STAKE);
		for trial in &mut trials {
			trial.open_votes();
			trial.vote_all(share(5));
		}
		for trial in &mut trials {
			trial.pay();
		}
		court_is_closed();
	});
}

#[test]
fn weight_should_count_in_the_third_epoch_after_the_bond() {
	on_development_network(|| {
		let juror = a_juror(0, JUROR_BOND);
		pass(CHANGE - 1);
		assert_eq!(Jurors::total_weight(), 0);
		pass(1);
		assert_eq!(Jurors::total_weight(), JUROR_BOND / 2);
		assert_eq!(Jurors::juror(&juror).expect("it is one").weight, JUROR_BOND / 2);
		let small = endowed(0xd1, 0, 1_000 * AIT);
		let bond = JurorsCall::bond { amount: 999 * AIT };
		barred(&small, bond, JurorsError::BondTooSmall);
	});
}

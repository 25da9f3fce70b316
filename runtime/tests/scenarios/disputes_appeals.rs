//! Appeals: up to the last instance and beyond it, by whom, up to when, and who pays for them.

use crate::{
	books::Books,
	court::{
		court_is_closed, jurors, ruled, share, Deal, DisputesCall, DisputesError, DisputesEvent,
		Trial, APPEAL, CHANGE, COURT_FEE, JUROR_BOND, OVERSIGHT, SEAT_FEE,
	},
	deals::{barred, client, did, governed, names, pass, stranger},
	network::on_development_network,
};
use aitbc_core::{Choice, Party, Round};
use aitbc_runtime::{AccountId, ActiveClock, Balance, Jurors, RuntimeOrigin};
use pallet_disputes::{CaseState, HoldReason as CaseHold, RulingCause};
use sp_runtime::{traits::Dispatchable, DispatchError, Perbill};

/// What the jury of a round of so many seats costs, in plancks.
fn fee_of(seats: u32) -> Balance {
	SEAT_FEE * Balance::from(seats)
}

/// A job whose parties claim all of the first milestone, after a first jury said so many tenths.
fn judged(said: u8) -> (Deal, Trial) {
	let (deal, mut trial) = Deal::defended(10, 0);
	trial.go_to_court();
	trial.vote_all(share(said));
	(deal, trial)
}

/// Lets `first` appeal for its side and `second` stake for the other, and the next jury say so.
fn next_round(
	trial: &mut Trial,
	first: (&AccountId, Party),
	second: (&AccountId, Party),
	choice: impl Fn(&AccountId) -> Option<Choice>,
) {
	trial.appeal(first.0, first.1);
	trial.appeal(second.0, second.1);
	trial.seat();
	trial.vote(choice);
}

/// Brings a case through all four instances: the provider loses the first, the client the second, the
/// provider the third, and the client the last.
fn up_to_the_last_instance() -> (Deal, Trial) {
	let (deal, mut trial) = judged(9);
	let (client, wallet) = (client(), deal.provider.wallet.clone());
	let (of_client, of_provider) = ((&client, Party::Client), (&wallet, Party::Provider));
	for (round, said) in [(1, 1), (2, 8), (3, 1)] {
		let (first, second) =
			if round == 2 { (of_client, of_provider) } else { (of_provider, of_client) };
		trial.appeal(first.0, first.1);
		barred(first.0, appeal(&trial, first.1), DisputesError::AlreadyStaked);
		trial.appeal(second.0, second.1);
		assert_eq!(trial.round(), Round(round));
		trial.seat();
		let least = trial.least();
		trial.vote(|juror| Some(share(if *juror == least { 10 } else { said })));
	}
	(deal, trial)
}

/// The call that stakes for `side`.
fn appeal(trial: &Trial, side: Party) -> DisputesCall {
	DisputesCall::appeal { case: trial.case, side }
}

#[test]
fn last_instance_should_decide_when_both_sides_appeal_up_to_it() {
	on_development_network(|| {
		jurors(30);
		let (deal, mut trial) = up_to_the_last_instance();
		let (client, wallet) = (client(), deal.provider.wallet.clone());
		let seats: Vec<u32> =
			trial.said.iter().map(|said| said.iter().map(|one| one.seats).sum()).collect();
		assert_eq!(seats, [3, 7, 15, 31]);
		for (who, side) in [(&client, Party::Client), (&wallet, Party::Provider)] {
			barred(who, appeal(&trial, side), DisputesError::LastInstance);
		}

		// Governance has its time first.
		let next = trial.info().next.expect("no jury is drawn");
		assert_eq!(next.from, ActiveClock::now() + OVERSIGHT + 1);

		let told = trial.step();

		let DisputesEvent::CaseRuled { cause, ruling, loser, agent_slashed, .. } = ruled(&told)
		else {
			unreachable!()
		};
		assert_eq!((cause, loser, agent_slashed), (RulingCause::Jury, Some(Party::Client), 0));
		assert_eq!(ruling.client, Perbill::from_percent(10));
		let paid = trial.pay();
		assert_eq!(names(&paid).iter().filter(|name| *name == "Disputes.RoundPaid").count(), 4);
		// The client pays each round out of what it staked. Where it had appealed, it staked twice the
		// fee, and the second half is the provider's.
		let books = deal.after(&trial, 1, 0).give(&client, &wallet, fee_of(15));
		let rounds = trial.said.iter().zip(seats);
		rounds
			.fold(books, |books, (said, seats)| {
				books.judged(&[(&client, fee_of(seats))], said, share(1))
			})
			.check();
		court_is_closed();
	});
}

#[test]
fn governance_should_rule_after_the_last_instance_and_not_before() {
	on_development_network(|| {
		jurors(30);
		let force_rule = |trial: &Trial, percent| DisputesCall::force_rule {
			case: trial.case,
			client_share: Perbill::from_percent(percent),
		};
		let (first, trial) = judged(9);
		let early = aitbc_runtime::RuntimeCall::from(force_rule(&trial, 50));
		let result = early.dispatch(RuntimeOrigin::root()).map_err(|failure| failure.error);
		assert_eq!(result.err(), Some(DisputesError::NotLastInstance.into()));
		barred(&first.provider.wallet, force_rule(&trial, 50), DispatchError::BadOrigin);
		let mut trial = trial;
		trial.step();
		trial.pay();

		let (deal, mut trial) = up_to_the_last_instance();
		governed(force_rule(&trial, 100));
		let CaseState::Ruled { cause, client_share, loser, .. } = trial.state() else {
			panic!("governance ruled")
		};
		assert_eq!((cause, client_share), (RulingCause::Governance, Perbill::one()));
		assert_eq!(loser, Some(Party::Provider));
		trial.pay();

		// Seats are measured by what governance ruled, and the provider, wholly wrong, pays each round.
		let (client, wallet) = (client(), deal.provider.wallet.clone());
		let books = deal.after(&trial, 10, 10).give(&wallet, &client, fee_of(7) + fee_of(31));
		let rounds = trial.said.iter().zip([3, 7, 15, 31]);
		rounds
			.fold(books, |books, (said, seats)| {
				books.judged(&[(&wallet, fee_of(seats))], said, share(10))
			})
			.check();
		court_is_closed();
	});
}

#[test]
fn appeal_should_win_when_nobody_stakes_for_the_other_side() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = judged(9);
		let wallet = deal.provider.wallet.clone();
		let before = Books::now();
		trial.appeal(&wallet, Party::Provider);
		let case = trial.info().case;
		let deposit = Books::now().held_for(CaseHold::Deposit) - case.deposit - case.filing_fee;
		before
			.hold(&wallet, CaseHold::Stake, 2 * fee_of(7))
			.hold(&wallet, CaseHold::Deposit, deposit)
			.check();

		let told = trial.step();

		assert!(matches!(
			ruled(&told),
			DisputesEvent::CaseRuled {
				cause: RulingCause::Silence { of: Party::Client },
				loser: Some(Party::Client),
				agent_slashed: 0,
				..
			}
		));
		trial.pay();
		// The client pays the round that was judged, whose seats are measured by what they said.
		deal.after(&trial, 0, 0)
			.judged(&[(&client(), COURT_FEE)], &trial.said[0], share(9))
			.check();
		court_is_closed();
	});
}

#[test]
fn strangers_should_stake_for_a_side_and_get_it_back() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = judged(9);
		let wallet = deal.provider.wallet.clone();
		barred(&stranger(), appeal(&trial, Party::Client), DisputesError::NotLoser);
		let provider = (&wallet, Party::Provider);
		next_round(&mut trial, provider, (&stranger(), Party::Client), |_| Some(share(10)));
		trial.step();
		trial.pay();

		// The provider pays both rounds, and what it staked beyond that is the client's.
		let (first, second) = (&trial.said[0], &trial.said[1]);
		deal.after(&trial, 10, 10)
			.give(&wallet, &client(), fee_of(7))
			.judged(&[(&wallet, COURT_FEE)], first, share(10))
			.judged(&[(&wallet, fee_of(7))], second, share(10))
			.check();
		court_is_closed();
	});
}

#[test]
fn jurors_should_lose_when_an_appeal_overturns_them() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = judged(9);
		let (client, wallet) = (client(), deal.provider.wallet.clone());
		let provider = (&wallet, Party::Provider);
		next_round(&mut trial, provider, (&client, Party::Client), |_| Some(share(0)));
		trial.step();
		trial.pay();

		// No seat of the first jury is coherent, so what it would share goes to the treasury.
		deal.after(&trial, 0, 0)
			.judged(&[(&client, COURT_FEE)], &trial.said[0], share(0))
			.judged(&[(&client, fee_of(7))], &trial.said[1], share(0))
			.check();
		court_is_closed();
	});
}

#[test]
fn appeal_should_count_on_the_last_block_of_its_time_and_not_after() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = judged(9);
		let wallet = deal.provider.wallet.clone();
		let at = ActiveClock::now();
		trial.pass_to(at + APPEAL / 2);
		trial.appeal(&wallet, Party::Provider);
		trial.pass_to(at + APPEAL);
		trial.appeal(&client(), Party::Client);
		assert!(matches!(trial.state(), CaseState::Drawing { round: Round(1), .. }));

		// Next time nobody comes in time.
		trial.seat();
		trial.vote_all(share(8));
		let at = ActiveClock::now();
		trial.pass_to(at + APPEAL / 2 + 1);
		let late = appeal(&trial, Party::Provider);
		barred(&wallet, late.clone(), DisputesError::AppealOver);
		trial.step();
		barred(&wallet, late, DisputesError::AlreadyRuled);
		trial.pay();
		deal.after(&trial, 8, 8)
			.give(&wallet, &client(), fee_of(7))
			.judged(&[(&wallet, COURT_FEE)], &trial.said[0], share(8))
			.judged(&[(&wallet, fee_of(7))], &trial.said[1], share(8))
			.check();
		court_is_closed();
	});
}

#[test]
fn second_stake_should_come_too_late_when_the_time_is_over() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = judged(9);
		let at = ActiveClock::now();
		trial.appeal(&deal.provider.wallet, Party::Provider);
		trial.pass_to(at + APPEAL + 1);
		barred(&client(), appeal(&trial, Party::Client), DisputesError::AppealOver);
		trial.step();
		trial.pay();
		deal.after(&trial, 0, 0)
			.judged(&[(&client(), COURT_FEE)], &trial.said[0], share(9))
			.check();
		court_is_closed();
	});
}

#[test]
fn either_side_should_be_free_to_appeal_when_neither_lost() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = judged(5);
		let (client, wallet) = (client(), deal.provider.wallet.clone());
		let side = (&client, Party::Client);
		next_round(&mut trial, side, (&wallet, Party::Provider), |_| Some(share(6)));
		trial.step();
		trial.pay();

		// Five tenths are within one of the six that were ruled.
		deal.after(&trial, 6, 6)
			.judged(&[(&wallet, COURT_FEE)], &trial.said[0], share(6))
			.judged(&[(&wallet, fee_of(7))], &trial.said[1], share(6))
			.check();
		court_is_closed();
	});
}

#[test]
fn outcome_before_should_stand_when_nobody_judges_the_appeal() {
	on_development_network(|| {
		jurors(20);
		let (deal, mut trial) = judged(9);
		let (client, wallet) = (client(), deal.provider.wallet.clone());
		trial.appeal(&wallet, Party::Provider);
		trial.appeal(&client, Party::Client);
		trial.seat();
		let first = trial.jury();
		assert_eq!(
			names(&trial.vote(|_| None)).last().map(String::as_str),
			Some("Disputes.JuryRequested")
		);
		trial.seat();
		let second = trial.jury();
		let told = trial.vote(|_| None);

		let events = ["Disputes.JuryDismissed", "Disputes.RoundFailed"].map(String::from);
		assert!(events.iter().all(|name| names(&told).contains(name)));
		assert!(matches!(
			ruled(&told),
			DisputesEvent::CaseRuled { cause: RulingCause::Jury, loser: Some(Party::Provider), .. }
		));
		trial.pay();
		// The round that nobody judged costs the sides nothing.
		deal.after(&trial, 9, 9)
			.dismissed(&first)
			.dismissed(&second)
			.judged(&[(&wallet, COURT_FEE)], &trial.said[0], share(9))
			.check();
		court_is_closed();
	});
}

#[test]
fn who_staked_should_not_judge() {
	on_development_network(|| {
		jurors(4);
		// Half of all weight is Eve's, who stakes for the client.
		did(&stranger(), pallet_jurors::Call::bond { amount: 4 * JUROR_BOND });
		pass(CHANGE);
		assert_eq!(Jurors::total_weight(), 8 * JUROR_BOND / 2);
		let (deal, mut trial) = judged(9);
		let wallet = deal.provider.wallet.clone();
		trial.appeal(&wallet, Party::Provider);
		trial.appeal(&stranger(), Party::Client);
		trial.seat();
		let jury = trial.jury();
		assert!(jury.iter().all(|member| member.juror != stranger()), "{jury:?}");
		trial.vote_all(share(9));
		trial.step();
		trial.pay();
		deal.after(&trial, 9, 9)
			.give(&wallet, &client(), fee_of(7))
			.judged(&[(&wallet, COURT_FEE)], &trial.said[0], share(9))
			.judged(&[(&wallet, fee_of(7))], &trial.said[1], share(9))
			.check();
		court_is_closed();
	});
}

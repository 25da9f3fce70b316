//! Tests of `denounce`.

use crate::{mock::*, *};
use aitbc_core::{Balance, Salt};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::Perbill;

/// What a juror with one seat loses by silence, in plancks.
const LOSS: Balance = SEAT_STAKE / 2;
/// What of it the denouncer gets, in plancks.
const REWARD: Balance = LOSS * 2 / 5;

/// Denounces the vote of `juror` for ten tenths.
fn denounce(caller: AccountId, juror: AccountId) -> DispatchResult {
	Disputes::denounce(signed(caller), FIRST, juror, share(10), salt(juror))
}

#[test]
fn denounce_should_void_the_vote_and_pay_when_it_became_known() {
	build_and_execute(|| {
		let id = Trial::default().draw();
		draw(id, &[(ANN, 2), (BEN, 1)]);
		end_evidence(id);
		commit(id, ANN, share(10));
		let mut expected = round(id, R0);
		reset_events();

		assert_ok!(denounce(STRANGER, ANN));

		let reward = 2 * REWARD;
		expected.jury[0].ballot = Ballot::Denounced { reward };
		assert_eq!(round(id, R0), expected);
		assert_eq!(at_stake(ANN), 2 * SEAT_STAKE - reward);
		assert_eq!(owned(STRANGER), WEALTH + reward);
		let (round, juror, by) = (R0, ANN, STRANGER);
		assert_eq!(events(), [Event::VoteDenounced { case: id, round, juror, by, reward }]);
	});
}

#[test]
fn denounce_should_cost_as_much_as_silence_when_the_round_is_paid() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		commit(id, BEN, share(10));
		assert_ok!(denounce(CAT, ANN));
		commit(id, CAT, share(10));
		reveal(id, BEN, share(10));
		reveal(id, CAT, share(10));
		progress(id);
		end_appeal(id);
		pay_all(id);
		assert_nothing_left();
		assert_eq!(owned(ANN), WEALTH - LOSS);
		let shared = COURT_FEE + LOSS - REWARD;
		assert_eq!(owned(BEN), WEALTH + shared / 2);
		assert_eq!(owned(CAT), WEALTH + shared / 2 + REWARD);
	});
}

#[test]
fn denounce_should_earn_no_more_than_silence_costs_beyond_a_wrong_vote() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		DenounceReward::set(&Perbill::one());
		assert_ok!(denounce(STRANGER, ANN));
		let wrong = SEAT_STAKE / 5;
		assert_eq!(owned(STRANGER), WEALTH + LOSS - wrong);
		assert_eq!(ballot(id, R0, ANN), Ballot::Denounced { reward: LOSS - wrong });
	});
}

#[test]
fn denounce_should_earn_nothing_when_silence_costs_no_more_than_a_wrong_vote() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		SilenceSlash::set(&Perbill::from_percent(1));
		assert_ok!(denounce(STRANGER, ANN));
		assert_eq!(ballot(id, R0, ANN), Ballot::Denounced { reward: 0 });
		assert_eq!(Disputes::court().silence_slash, IncoherentSlash::get());
	});
}

#[test]
fn denounce_should_earn_nothing_when_the_caller_can_not_take_it() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		drain(STRANGER);
		ExistentialDeposit::set(&(REWARD + 1));

		assert_ok!(denounce(STRANGER, ANN));

		assert_eq!(ballot(id, R0, ANN), Ballot::Denounced { reward: 0 });
		assert_eq!(at_stake(ANN), SEAT_STAKE);
		assert_eq!(owned(STRANGER), 0);
	});
}

#[test]
fn denounce_should_earn_nothing_when_there_is_no_reward() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		DenounceReward::set(&Default::default());
		assert_ok!(denounce(STRANGER, ANN));
		assert_eq!(ballot(id, R0, ANN), Ballot::Denounced { reward: 0 });
	});
}

#[test]
fn denounce_should_fail_when_votes_are_no_secret() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		commit(id, BEN, share(10));
		let last = Now::get() + COMMIT - 1;
		set_now(last + 1);
		assert_noop!(denounce(STRANGER, ANN), Error::<Test>::NoLongerSecret);
		set_now(last);
		assert_ok!(denounce(STRANGER, ANN));
		commit(id, CAT, share(10));
		assert_noop!(denounce(STRANGER, BEN), Error::<Test>::NoLongerSecret);
	});
}

#[test]
fn denounce_should_fail_when_nothing_was_committed_to() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		assert_noop!(denounce(STRANGER, ANN), Error::<Test>::NotCommitted);
		commit(id, ANN, share(10));
		assert_ok!(denounce(STRANGER, ANN));
		assert_noop!(denounce(STRANGER, ANN), Error::<Test>::NotCommitted);
	});
}

#[test]
fn denounce_should_fail_when_the_vote_is_another() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(9));
		assert_noop!(denounce(STRANGER, ANN), Error::<Test>::CommitmentMismatch);
		let guess = || Disputes::denounce(signed(STRANGER), id, ANN, share(9), Salt([0; 32]));
		assert_noop!(guess(), Error::<Test>::CommitmentMismatch);
	});
}

#[test]
fn denounce_should_fail_when_it_is_the_callers_own_vote() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		assert_noop!(denounce(ANN, ANN), Error::<Test>::OwnVote);
	});
}

#[test]
fn denounce_should_fail_when_there_is_no_such_juror() {
	build_and_execute(|| {
		assert_noop!(denounce(STRANGER, ANN), Error::<Test>::CaseNotFound);
		let id = Trial::default().draw();
		assert_noop!(denounce(STRANGER, ANN), Error::<Test>::NotVoting);
		seat(id, SEATS);
		assert_noop!(denounce(STRANGER, CLIENT), Error::<Test>::NotJuror);
	});
}

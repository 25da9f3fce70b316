//! Tests of `commit`.

use crate::{mock::*, *};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_core::H256;

const COMMITMENT: H256 = H256::repeat_byte(0xc0);

fn try_commit(juror: AccountId) -> DispatchResult {
	Disputes::commit(signed(juror), FIRST, COMMITMENT)
}

#[test]
fn commit_should_keep_the_hash_when_evidence_is_closed() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		let mut expected = round(id, R0);
		reset_events();

		assert_ok!(try_commit(BEN));

		expected.jury[1].ballot = Ballot::Committed(COMMITMENT);
		assert_eq!(round(id, R0), expected);
		let (round, juror, commitment) = (R0, BEN, COMMITMENT);
		assert_eq!(events(), [Event::VoteCommitted { case: id, round, juror, commitment }]);
	});
}

#[test]
fn commit_should_fail_when_it_is_too_early_or_too_late() {
	build_and_execute(|| {
		let id = Trial::default().draw();
		draw(id, &[(ANN, 1), (BEN, 1), (CAT, 1)]);
		let closed = Now::get() + EVIDENCE;
		set_now(closed);
		assert_noop!(try_commit(ANN), Error::<Test>::VotingNotBegun);
		set_now(closed + 1);
		assert_ok!(try_commit(ANN));
		set_now(closed + COMMIT);
		assert_ok!(try_commit(BEN));
		set_now(closed + COMMIT + 1);
		assert_noop!(try_commit(CAT), Error::<Test>::CommitOver);
	});
}

#[test]
fn commit_should_have_its_time_when_the_jury_is_drawn_after_evidence() {
	build_and_execute(|| {
		let id = Trial::default().draw();
		wait(2 * EVIDENCE);
		let drawn = Now::get();
		draw(id, &[(ANN, 2), (BEN, 1)]);
		assert_ok!(try_commit(ANN));
		set_now(drawn + COMMIT);
		assert_ok!(try_commit(BEN));
	});
}

#[test]
fn commit_should_fail_when_the_juror_committed_before() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		assert_ok!(try_commit(ANN));
		assert_noop!(try_commit(ANN), Error::<Test>::AlreadyCommitted);
		commit(id, BEN, share(4));
		assert_ok!(Disputes::denounce(signed(STRANGER), id, BEN, share(4), salt(BEN)));
		assert_noop!(try_commit(BEN), Error::<Test>::AlreadyCommitted);
	});
}

#[test]
fn commit_should_fail_when_the_caller_is_no_juror() {
	build_and_execute(|| {
		Trial::default().sit();
		for caller in [STRANGER, CLIENT, ANN + 3] {
			assert_noop!(try_commit(caller), Error::<Test>::NotJuror);
		}
	});
}

#[test]
fn commit_should_fail_when_no_jury_sits() {
	build_and_execute(|| {
		assert_noop!(try_commit(ANN), Error::<Test>::CaseNotFound);
		let id = Trial::default().draw();
		assert_noop!(try_commit(ANN), Error::<Test>::NotVoting);
		seat(id, SEATS);
		judge(id, &[share(5); 3]);
		assert_noop!(try_commit(ANN), Error::<Test>::NotVoting);
	});
}

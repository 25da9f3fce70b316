//! Tests of `reveal`.

use crate::{mock::*, *};
use aitbc_core::{CaseId, Choice, Salt};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};

fn try_reveal(juror: AccountId, choice: Choice) -> DispatchResult {
	Disputes::reveal(signed(juror), FIRST, choice, salt(juror))
}

/// A jury of which all have committed: Ann to 10, Ben to 4, Cat to refuse.
fn committed() -> CaseId {
	let id = Trial::default().sit();
	for (juror, choice) in [(ANN, share(10)), (BEN, share(4)), (CAT, Choice::Refuse)] {
		commit(id, juror, choice);
	}
	id
}

#[test]
fn reveal_should_open_early_when_all_have_committed() {
	build_and_execute(|| {
		let id = committed();
		reset_events();
		for (place, juror, choice) in
			[(0, ANN, share(10)), (1, BEN, share(4)), (2, CAT, Choice::Refuse)]
		{
			let mut expected = round(id, R0);

			assert_ok!(try_reveal(juror, choice));

			expected.jury[place].ballot = Ballot::Revealed(choice);
			assert_eq!(round(id, R0), expected);
			assert_eq!(events(), [Event::VoteRevealed { case: id, round: R0, juror, choice }]);
			reset_events();
		}
	});
}

#[test]
fn reveal_should_open_early_when_only_denounced_jurors_and_those_who_committed_are_left() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		assert_ok!(Disputes::denounce(signed(STRANGER), id, ANN, share(10), salt(ANN)));
		commit(id, BEN, share(4));
		assert_noop!(try_reveal(BEN, share(4)), Error::<Test>::RevealNotBegun);
		commit(id, CAT, share(4));
		assert_ok!(try_reveal(BEN, share(4)));
	});
}

#[test]
fn reveal_should_open_after_the_time_to_commit_when_somebody_did_not() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		commit(id, BEN, share(4));
		let last = Now::get() + COMMIT - 1;
		set_now(last);
		assert_noop!(try_reveal(ANN, share(10)), Error::<Test>::RevealNotBegun);
		set_now(last + 1);
		assert_ok!(try_reveal(ANN, share(10)));
		assert_noop!(try_reveal(CAT, share(10)), Error::<Test>::NotCommitted);
		set_now(last + REVEAL);
		assert_ok!(try_reveal(BEN, share(4)));
	});
}

#[test]
fn reveal_should_fail_when_it_is_too_late() {
	build_and_execute(|| {
		committed();
		wait(COMMIT + REVEAL);
		assert_noop!(try_reveal(ANN, share(10)), Error::<Test>::RevealOver);
	});
}

#[test]
fn reveal_should_fail_when_it_is_not_what_was_committed_to() {
	build_and_execute(|| {
		let id = committed();
		let mismatch = Error::<Test>::CommitmentMismatch;
		assert_noop!(try_reveal(ANN, share(9)), mismatch);
		let mismatch = Error::<Test>::CommitmentMismatch;
		assert_noop!(Disputes::reveal(signed(ANN), id, share(10), Salt([0; 32])), mismatch);
	});
}

#[test]
fn reveal_should_fail_when_the_commitment_is_copied() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		let anns = commitment(id, R0, ANN, share(10));
		for juror in [ANN, BEN, CAT] {
			assert_ok!(Disputes::commit(signed(juror), id, anns));
		}
		assert_ok!(try_reveal(ANN, share(10)));
		let copied = Disputes::reveal(signed(BEN), id, share(10), salt(ANN));
		assert_eq!(copied, Err(Error::<Test>::CommitmentMismatch.into()));
	});
}

#[test]
fn reveal_should_fail_when_it_is_done_or_void() {
	build_and_execute(|| {
		let id = Trial::default().sit();
		commit(id, ANN, share(10));
		assert_ok!(Disputes::denounce(signed(STRANGER), id, ANN, share(10), salt(ANN)));
		commit(id, BEN, share(4));
		commit(id, CAT, share(4));
		reveal(id, BEN, share(4));
		assert_noop!(try_reveal(BEN, share(4)), Error::<Test>::NotCommitted);
		assert_noop!(try_reveal(ANN, share(10)), Error::<Test>::NotCommitted);
	});
}

#[test]
fn reveal_should_fail_when_the_caller_is_no_juror() {
	build_and_execute(|| {
		committed();
		assert_noop!(try_reveal(STRANGER, share(10)), Error::<Test>::NotJuror);
	});
}

#[test]
fn reveal_should_fail_when_no_jury_sits() {
	build_and_execute(|| {
		assert_noop!(try_reveal(ANN, share(10)), Error::<Test>::CaseNotFound);
		let id = Trial::default().draw();
		assert_noop!(try_reveal(ANN, share(10)), Error::<Test>::NotVoting);
		seat(id, SEATS);
		judge(id, &[share(5); 3]);
		assert_noop!(try_reveal(ANN, share(5)), Error::<Test>::NotVoting);
	});
}

//! Each invariant, broken once.

use crate::{mock::*, *};
use aitbc_core::{AgentId, CaseId, Party, Round, Sides};
use frame_support::{
	assert_ok,
	traits::{
		fungible::{MutateHold, UnbalancedHold},
		tokens::Precision,
	},
};
use sp_runtime::DispatchError;

/// May be settled; one piece of evidence.
const SETTLING: CaseId = CaseId(0);
/// Waits for the jury of its first appeal.
const DRAWING: CaseId = CaseId(1);
/// A jury votes.
const VOTING: CaseId = CaseId(2);
/// Was judged, and the provider appealed.
const APPEALED: CaseId = CaseId(3);
/// Is ruled, and its first round is paid; the second is not.
const RULED: CaseId = CaseId(4);

/// Sets up a case in each state.
fn set_up() {
	let settling = Trial::default().open();
	submit(CLIENT, settling);
	let drawing = Trial::default().judge([share(10); 3]);
	appeal(drawing, Party::Provider);
	let voting = Trial::default().sit();
	commit(voting, ANN, share(10));
	let appealed = Trial::default().judge([share(10); 3]);
	stake(appealed, BACKER, Party::Provider);
	let ruled = Trial::default().judge([share(10); 3]);
	appeal(ruled, Party::Provider);
	seat(ruled, 7);
	judge(ruled, &[share(10); 7]);
	end_appeal(ruled);
	progress(ruled);
	assert_eq!(
		[settling, drawing, voting, appealed, ruled],
		[SETTLING, DRAWING, VOTING, APPEALED, RULED]
	);
}

/// Files evidence.
fn submit(who: AccountId, id: CaseId) {
	let (kind, uri) = (EvidenceKind::Terms, URI.to_vec());
	assert_ok!(Disputes::submit_evidence(signed(who), id, kind, uri, document()));
}

/// Lets `corrupt` break the storage, and expects to hear `complaint`.
#[track_caller]
fn assert_noticed(complaint: &'static str, corrupt: impl FnOnce()) {
	new_test_ext().execute_with(|| {
		set_up();
		assert_ok!(Disputes::do_try_state());

		corrupt();

		assert_eq!(Disputes::do_try_state(), Err(DispatchError::Other(complaint)));
	});
}

/// Changes a case behind the pallet's back.
fn alter(id: CaseId, change: impl FnOnce(&mut CaseOf<Test>)) {
	Cases::<Test>::mutate(id, |case| change(case.as_mut().expect("it is in storage")));
}

/// Changes a round behind the pallet's back.
fn alter_round(id: CaseId, round: Round, change: impl FnOnce(&mut RoundOf<Test>)) {
	Rounds::<Test>::mutate(id, round, |record| change(record.as_mut().expect("it is in storage")));
}

#[test]
fn try_state_should_notice_when_a_case_has_a_future_id() {
	assert_noticed("a case has a future id", || NextCaseId::<Test>::put(RULED));
}

#[test]
fn try_state_should_notice_when_an_opener_claims_nothing() {
	for id in [SETTLING, RULED] {
		assert_noticed("an opener claims nothing", || alter(id, |case| case.claims.client = None));
	}
}

#[test]
fn try_state_should_notice_when_a_case_is_in_court_that_can_not_be() {
	let complaint = "a case is in court that can't be";
	for id in [DRAWING, VOTING, APPEALED] {
		assert_noticed(complaint, || alter(id, |case| case.claims.provider = None));
		assert_noticed(complaint, || alter(id, |case| case.court = None));
	}
}

#[test]
fn try_state_should_notice_when_the_rounds_are_not_those_of_the_cases() {
	let complaint = "the rounds in storage are not those of the cases";
	for (id, round) in [(SETTLING, R0), (DRAWING, R1), (VOTING, R0), (APPEALED, R1), (RULED, R1)] {
		assert_noticed(complaint, || Rounds::<Test>::remove(id, round));
	}
	for (id, round) in [(VOTING, R1), (APPEALED, R2), (RULED, R0), (CaseId(99), R0)] {
		assert_noticed(complaint, || Rounds::<Test>::insert(id, round, RoundRecord::new(3)));
	}
}

#[test]
fn try_state_should_notice_when_an_outcome_does_not_fit() {
	let complaint = "a round's outcome does not fit its case";
	for (id, round) in [(DRAWING, R0), (APPEALED, R0)] {
		assert_noticed(complaint, || alter_round(id, round, |record| record.outcome = None));
	}
	for (id, round) in [(SETTLING, R0), (DRAWING, R1), (VOTING, R0), (APPEALED, R1)] {
		let refused = Some(Outcome::Refused);
		assert_noticed(complaint, || alter_round(id, round, |record| record.outcome = refused));
	}
	assert_noticed(complaint, || {
		alter_round(APPEALED, R0, |record| record.outcome = Some(outcome(99)));
	});
	assert_noticed(complaint, || {
		alter(APPEALED, |case| match &mut case.state {
			CaseState::Appealable { loser, .. } => *loser = None,
			other => panic!("{other:?}"),
		});
	});
}

#[test]
fn try_state_should_notice_when_a_case_without_a_court_has_a_round() {
	assert_noticed("a case without a court has a round", || {
		alter(RULED, |case| case.court = None);
	});
}

#[test]
fn try_state_should_notice_when_the_wrong_side_has_staked() {
	let complaint = "the wrong side has staked";
	for (id, round) in [(DRAWING, R0), (DRAWING, R1), (VOTING, R0), (APPEALED, R0), (APPEALED, R1)]
	{
		assert_noticed(complaint, || {
			alter_round(id, round, |record| record.stakes.provider = None);
		});
	}
	for (id, round) in [(SETTLING, R0), (APPEALED, R1)] {
		let stake = || Stake { payer: BACKER, amount: 100_000, deposit: 0 };
		assert_noticed(complaint, || {
			alter_round(id, round, |record| {
				record.stakes = Sides { client: Some(stake()), provider: Some(stake()) };
			});
		});
	}
}

#[test]
fn try_state_should_notice_when_a_stake_does_not_cover_the_fee() {
	assert_noticed("a stake does not cover the round's fee", || {
		alter_round(VOTING, R0, |record| {
			record.stakes.client.as_mut().expect("it staked").amount = COURT_FEE - 1;
		});
	});
}

#[test]
fn try_state_should_notice_when_a_jury_is_impossible() {
	assert_noticed("a juror is a member of a jury twice", || {
		alter_round(VOTING, R0, |record| record.jury[0].juror = BEN);
	});
	assert_noticed("a member has no seat", || {
		alter_round(VOTING, R0, |record| record.jury[0].seats = 0);
	});
	assert_noticed("a jury has too many seats", || {
		alter_round(VOTING, R0, |record| record.jury[0].seats = 2);
	});
}

#[test]
fn try_state_should_notice_when_a_jury_has_no_majority() {
	for (id, round) in [(VOTING, R0), (APPEALED, R0), (RULED, R1)] {
		assert_noticed("a jury has no majority of the seats", || {
			alter_round(id, round, |record| record.jury.truncate(1));
		});
	}
}

#[test]
fn try_state_should_notice_when_a_jury_has_nothing_to_judge() {
	assert_noticed("a jury sits that has nothing to judge", || {
		alter_round(DRAWING, R1, |record| {
			record.jury.try_push(JuryMember::new((ANN, 1))).expect("within the bound");
		});
	});
}

#[test]
fn try_state_should_notice_when_evidence_is_not_numbered_in_order() {
	let complaint = "evidence is not numbered in order";
	assert_noticed(complaint, || Evidence::<Test>::swap(SETTLING, 0, SETTLING, 1));
	assert_noticed(complaint, || Evidence::<Test>::remove(SETTLING, 0));
	assert_noticed(complaint, || alter(VOTING, |case| case.evidence.client = 1));
}

#[test]
fn try_state_should_notice_when_a_case_miscounts_its_evidence() {
	assert_noticed("a case miscounts its evidence", || {
		alter(SETTLING, |case| {
			case.evidence = Sides { client: 0, provider: 1 };
		});
	});
}

#[test]
fn try_state_should_notice_when_a_party_filed_too_much_evidence() {
	assert_noticed("a party filed too much evidence", || {
		let item = Evidence::<Test>::get(SETTLING, 0).expect("it is filed");
		for number in 1..=MAX_EVIDENCE {
			Evidence::<Test>::insert(SETTLING, number, item.clone());
		}
		alter(SETTLING, |case| case.evidence.client = MAX_EVIDENCE + 1);
	});
}

#[test]
fn try_state_should_notice_when_there_is_evidence_without_a_case() {
	assert_noticed("there is evidence without a case", || {
		let item = Evidence::<Test>::get(SETTLING, 0).expect("it is filed");
		Evidence::<Test>::insert(CaseId(99), 0, item);
	});
}

#[test]
fn try_state_should_notice_when_the_index_differs_from_who_takes_part() {
	let complaint = "the index differs from who takes part";
	for (who, id) in [(CLIENT, SETTLING), (PROVIDER, RULED), (ANN, VOTING)] {
		assert_noticed(complaint, || CasesByAccount::<Test>::remove(who, id));
		assert_noticed(complaint, || CasesByAccount::<Test>::insert(who, id, 2));
	}
	for (who, id) in [(STRANGER, SETTLING), (CLIENT, CaseId(99))] {
		assert_noticed(complaint, || CasesByAccount::<Test>::insert(who, id, 1));
	}
}

#[test]
fn try_state_should_notice_when_an_agents_cases_are_miscounted() {
	let complaint = "the count of an agent's cases is wrong";
	assert_noticed(complaint, || CasesByAgent::<Test>::remove(AGENT));
	assert_noticed(complaint, || CasesByAgent::<Test>::insert(AgentId(1), 0));
	assert_noticed(complaint, || alter(VOTING, |case| case.agent = None));
}

#[test]
fn try_state_should_notice_when_a_ruled_case_keeps_its_filing_fee() {
	assert_noticed("a ruled case keeps its filing fee", || {
		alter(RULED, |case| case.filing_fee = 1);
	});
}

#[test]
fn try_state_should_notice_when_an_overseen_case_has_another_outcome() {
	assert_noticed("a round's outcome does not fit its case", || {
		let id = Trial::default().judge([share(10); 3]);
		appeal_to_the_end(id, Party::Provider, share(10));
		assert_ok!(Disputes::do_try_state());
		alter(id, |case| match &mut case.state {
			CaseState::Overseen { outcome, .. } => *outcome = Some(Outcome::Refused),
			other => panic!("{other:?}"),
		});
	});
}

#[test]
fn try_state_should_notice_when_a_stake_is_not_held() {
	let complaint = "stakes held differ from those recorded";
	let reason = HoldReason::Stake.into();
	assert_noticed(complaint, || {
		assert_ok!(Balances::release(&reason, &CLIENT, 1, Precision::Exact));
	});
	assert_noticed(complaint, || {
		assert_ok!(Balances::hold(&reason, &STRANGER, 1));
	});
	assert_noticed(complaint, || {
		alter_round(APPEALED, R1, |record| {
			record.stakes.provider.as_mut().expect("it staked").amount += 1;
		});
	});
}

#[test]
fn try_state_should_notice_when_a_deposit_is_not_held() {
	let complaint = "deposits held differ from those recorded";
	let reason = HoldReason::Deposit.into();
	assert_noticed(complaint, || {
		assert_ok!(Balances::decrease_balance_on_hold(&reason, &CLIENT, 1, Precision::Exact));
	});
	assert_noticed(complaint, || {
		assert_ok!(Balances::hold(&reason, &STRANGER, 1));
	});
	assert_noticed(complaint, || alter(RULED, |case| case.deposit += 1));
	assert_noticed(complaint, || alter(VOTING, |case| case.filing_fee += 1));
	assert_noticed(complaint, || {
		alter_round(APPEALED, R1, |record| {
			record.stakes.provider.as_mut().expect("it staked").deposit += 1;
		});
	});
	assert_noticed(complaint, || {
		Evidence::<Test>::mutate(SETTLING, 0, |item| {
			item.as_mut().expect("it is filed").deposit += 1;
		});
	});
}

//! Tests of reading.

use crate::{mock::*, runtime_api::MAX_PAGE, *};
use aitbc_core::{Balance, BlockNumber, CaseId, Party};
use frame_support::assert_ok;
use sp_runtime::Perbill;

/// What comes next in a case, and from when on.
fn next(id: CaseId) -> Option<(Step, BlockNumber)> {
	let info = Disputes::case(id).expect("the case is in storage");
	assert_eq!((info.id, &info.case), (id, &case(id)));
	assert_eq!(
		info.round.map(|info| info.round),
		case(id).round().filter(|round| { Rounds::<Test>::contains_key(id, round) })
	);
	info.next.map(|next| (next.step, next.from))
}

#[test]
fn case_should_say_what_comes_next_at_every_point() {
	build_and_execute(|| {
		let id = Trial::default().defend();
		assert_eq!(next(id), Some((Step::EndSettlement, START + SETTLEMENT + 1)));
		wait(SETTLEMENT + 1);
		progress(id);
		assert_eq!(next(id), None);
		seat(id, SEATS);
		let CaseState::Voting { reveal_until, .. } = state(id) else { panic!("a jury sits") };
		assert_eq!(next(id), Some((Step::CountVotes, reveal_until + 1)));
		for juror in [ANN, BEN, CAT] {
			commit(id, juror, share(10));
		}
		for juror in [ANN, BEN, CAT] {
			assert_eq!(next(id), Some((Step::CountVotes, reveal_until + 1)));
			reveal(id, juror, share(10));
		}
		assert_eq!(next(id), Some((Step::CountVotes, Now::get())));
		progress(id);
		let judged = Now::get();
		assert_eq!(next(id), Some((Step::EndAppeal, judged + APPEAL / 2 + 1)));
		stake(id, PROVIDER, Party::Provider);
		assert_eq!(next(id), Some((Step::EndAppeal, judged + APPEAL + 1)));
		wait(APPEAL + 1);
		progress(id);
		assert_eq!(next(id), Some((Step::PayRound(R0), Now::get())));
		progress(id);
		assert_eq!(next(id), Some((Step::PayRound(R1), Now::get())));
		progress(id);
		assert_eq!(Disputes::case(id), None);
	});
}

#[test]
fn case_should_wait_for_governance_when_it_was_the_last_instance() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		appeal_to_the_end(id, Party::Provider, share(10));
		assert_eq!(next(id), Some((Step::EndOversight, Now::get() + OVERSIGHT + 1)));
	});
}

#[test]
fn case_should_be_none_when_there_is_none() {
	build_and_execute(|| {
		assert_eq!(Disputes::case(FIRST), None);
		assert_eq!(Disputes::round(FIRST, R0), None);
		assert_eq!(Disputes::rounds(FIRST), []);
		assert_eq!(Disputes::evidence(FIRST), []);
	});
}

#[test]
fn rounds_should_be_in_order() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10); 3]);
		stake(id, PROVIDER, Party::Provider);
		let info = |of| {
			let RoundRecord { seats, stakes, jury, outcome } = round(id, of);
			RoundInfo { round: of, seats, stakes, jury: jury.into_inner(), outcome }
		};
		assert_eq!(Disputes::rounds(id), [info(R0), info(R1)]);
		assert_eq!(Disputes::round(id, R0), Some(info(R0)));
		assert_eq!(Disputes::round(id, R0).unwrap().jury.len(), 3);
		assert_eq!(Disputes::round(id, R1), Some(info(R1)));
		assert_eq!(Disputes::round(id, R2), None);
	});
}

#[test]
fn evidence_should_be_in_order() {
	build_and_execute(|| {
		let id = Trial::default().open();
		let parties = [PROVIDER, CLIENT, CLIENT, PROVIDER];
		for (who, kind) in parties.into_iter().zip([
			EvidenceKind::Deliverable,
			EvidenceKind::Statement,
			EvidenceKind::Terms,
			EvidenceKind::Correspondence,
		]) {
			let uri = URI.to_vec();
			assert_ok!(Disputes::submit_evidence(signed(who), id, kind, uri, document()));
		}
		let evidence = Disputes::evidence(id);
		assert!(evidence.iter().map(|info| info.number).eq(0..4));
		let expected = EvidenceInfo {
			number: 0,
			by: Party::Provider,
			kind: EvidenceKind::Deliverable,
			uri: URI.to_vec(),
			hash: document(),
			at: START,
			deposit: Disputes::evidence_deposit(URI.len() as u32),
		};
		assert_eq!(evidence[0], expected);
		assert_eq!(evidence[2].kind, EvidenceKind::Terms);
	});
}

#[test]
fn cases_of_should_show_each_role_when_an_account_takes_part() {
	build_and_execute(|| {
		let id = Trial::default().judge([share(10), share(9), share(9)]);
		appeal(id, Party::Provider);
		draw(id, &[(BEN, 5), (ANN, 2)]);
		let roles = |who| {
			let page = Disputes::cases_of(&who, None, 10);
			assert_eq!(page.next, None);
			page.cases.into_iter().map(|one| (one.case.id, one.roles)).collect::<Vec<_>>()
		};
		assert_eq!(roles(CLIENT), [(id, vec![Role::Party(Party::Client)])]);
		assert_eq!(roles(PROVIDER), [(id, vec![Role::Party(Party::Provider)])]);
		let ballot = Ballot::Revealed(share(9));
		let first = Role::Juror { round: R0, seats: 1, ballot };
		let second = Role::Juror { round: R1, seats: 5, ballot: Ballot::Awaited };
		assert_eq!(roles(BEN), [(id, vec![first, second])]);
		assert_eq!(roles(CAT), [(id, vec![first])]);
		assert_eq!(roles(STRANGER), []);
	});
}

#[test]
fn cases_of_should_give_every_case_once_when_read_in_pages() {
	build_and_execute(|| {
		let mut expected: Vec<_> = (0..7).map(|_| Trial::small().open()).collect();
		for limit in [0, 1, 3, 7, u32::MAX] {
			let (mut found, mut after) = (Vec::new(), None);
			loop {
				let CasePage { cases, next } = Disputes::cases_of(&CLIENT, after, limit);
				assert!(cases.len() as u32 <= limit.clamp(1, MAX_PAGE));
				found.extend(cases.into_iter().map(|one| one.case.id));
				after = next;
				if after.is_none() {
					break;
				}
			}
			found.sort();
			expected.sort();
			assert_eq!(found, expected);
		}
	});
}

#[test]
fn court_should_tell_what_a_case_costs() {
	build_and_execute(|| {
		let expected = CourtInfo {
			filing_fee: FILING_FEE,
			deposit: Disputes::case_deposit(true),
			terms: CourtTerms { seat_fee: SEAT_FEE, seat_stake: SEAT_STAKE },
			seats: vec![3, 7, 15],
			court_fee: COURT_FEE,
			least_value: LEAST_VALUE,
			incoherent_slash: IncoherentSlash::get(),
			silence_slash: SilenceSlash::get(),
			settlement_period: SETTLEMENT,
			evidence_period: EVIDENCE,
			commit_period: COMMIT,
			reveal_period: REVEAL,
			appeal_period: APPEAL,
			oversight_period: OVERSIGHT,
		};
		assert_eq!(Disputes::court(), expected);
		assert_eq!(Disputes::court_fee(), COURT_FEE);
	});
}

#[test]
fn court_should_name_the_least_value_exactly() {
	build_and_execute(|| {
		for parts in [1, 7, 333_333_333, 200_000_000, 999_999_999, 1_000_000_000] {
			MaxCost::set(&Perbill::from_parts(parts));
			let least = Disputes::court().least_value;
			let has_court = |value| {
				let trial = Trial { value, ..Trial::default() };
				case(trial.open()).court.is_some()
			};
			assert!(has_court(least), "{parts}");
			assert!(!has_court(least - 1), "{parts}");
		}
		MaxCost::set(&Perbill::zero());
		assert_eq!(Disputes::court().least_value, Balance::MAX);
	});
}

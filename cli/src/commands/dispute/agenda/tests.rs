//! What who has to do in each state, before and after each deadline.

use super::*;
use crate::{
	amount::Amount,
	ballot::Choice,
	chain::disputes::{
		Cause, CourtTerms, Due, DueStep, Member, Offer, Outcome, Round, Sides, Subject,
	},
	decimal::Share,
	digest::Hash,
	quantity::Tenths,
};
use subxt::utils::AccountId32;

const COMMITTED: Ballot = Ballot::Committed { commitment: Hash([7; 32]) };

const REVEALED: Ballot = Ballot::Revealed { choice: Choice::Refuse };

/// A case that the client opened, with a court, in which nobody has done anything since.
fn case(state: State, due: Option<u32>) -> Case {
	let amount = Amount(1);
	Case {
		case: 7,
		subject: Subject::Milestone { contract: 3, milestone: 0 },
		client: AccountId32([1; 32]),
		provider: AccountId32([2; 32]),
		opener: Party::Client,
		agent: None,
		since: 1,
		value: Amount(100),
		claims: Sides { client: Some(Tenths::ALL), provider: None },
		court: Some(CourtTerms { seat_fee: amount, seat_stake: amount }),
		deposit: amount,
		filing_fee: amount,
		filed: Sides::default(),
		state,
		rounds: Vec::new(),
		due: due.map(|from| Due { step: DueStep::EndSettlement, from }),
	}
}

fn settling(offer: Option<Party>) -> Case {
	let offer = offer.map(|by| Offer { by, client_share: Share(300_000_000) });
	case(State::Settling { until: 100, offer }, Some(101))
}

/// A jury of which each member has done what is said, with evidence until 100, commitments until 200
/// and votes until 300.
fn voting(ballots: &[Ballot]) -> Case {
	let state = State::Voting {
		round: 0,
		redrawn: false,
		evidence_until: 100,
		commit_until: 200,
		reveal_until: 300,
	};
	let jury = ballots.iter().zip(11..);
	let jury = jury.map(|(ballot, byte)| Member {
		juror: AccountId32([byte; 32]),
		seats: 1,
		ballot: *ballot,
	});
	let round =
		Round { round: 0, seats: 3, stakes: Sides::default(), jury: jury.collect(), outcome: None };
	Case { rounds: vec![round], ..case(state, Some(301)) }
}

fn appealable(loser: Option<Party>, appellant: Option<Party>) -> Case {
	let outcome = Outcome::ClientShare(Share(900_000_000));
	let state =
		State::Appealable { round: 0, outcome, loser, appeal_until: 100, until: 200, appellant };
	case(state, Some(if appellant.is_none() { 101 } else { 201 }))
}

fn ruled(now: u32) -> Case {
	let client_share = Share(0);
	case(State::Ruled { client_share, cause: Cause::Settlement, loser: None }, Some(now))
}

fn agenda(case: &Case, now: u32) -> Agenda<'_> {
	Agenda { case, now }
}

/// What a party can do at `now`, without what anybody can.
fn of_party(case: &Case, side: Party, now: u32) -> Vec<(&'static str, Option<u32>)> {
	let tasks = agenda(case, now).of(&[Role::Party { side }]);
	let own = tasks.into_iter().filter(|task| task.who == side.into());
	own.map(|task| (task.step, task.until)).collect()
}

/// What a juror has to do at `now` that has done what `ballot` says.
fn of_juror(case: &Case, ballot: Ballot, now: u32) -> Option<(&'static str, Option<u32>, u32)> {
	let tasks = agenda(case, now).of(&[Role::Juror { round: 0, seats: 1, ballot }]);
	let mut own = tasks.into_iter().filter(|task| task.who == Who::Juror);
	let task = own.next()?;
	assert!(task.is_required() && own.next().is_none());
	Some((task.step, task.from, task.until.expect("votes have an end")))
}

/// What anybody can do at `now`, and from when.
fn of_anybody(case: &Case, now: u32) -> Vec<(&'static str, Option<u32>)> {
	let tasks = agenda(case, now).of(&[]);
	assert!(tasks.iter().all(|task| task.who == Who::Anybody));
	tasks.into_iter().map(|task| (task.step, task.from)).collect()
}

#[test]
fn respondent_should_defend_first_of_all_until_the_time_to_settle_is_over() {
	let case = settling(None);
	let tasks = agenda(&case, 100).of(&[Role::Party { side: Party::Provider }]);
	let first = tasks[0];
	assert_eq!((first.step, first.until), ("defend", Some(100)));
	assert_eq!(first.otherwise, Some(Otherwise::OpenersClaimStands));
	assert!(first.is_required());
	let rest = tasks[1..].iter().map(|task| task.step).collect::<Vec<_>>();
	assert_eq!(rest, ["offer", "decide", "evidence", "resolve"]);
	assert!(of_party(&case, Party::Provider, 101).is_empty());
}

#[test]
fn respondent_should_only_settle_when_it_has_defended() {
	let mut case = settling(None);
	case.claims.provider = Some(Tenths::NONE);
	assert_eq!(of_party(&case, Party::Provider, 50), [("offer", Some(100)), ("evidence", None)]);
}

#[test]
fn opener_should_never_defend() {
	let case = settling(None);
	assert_eq!(of_party(&case, Party::Client, 50), [("offer", Some(100)), ("evidence", None)]);
	let case = Case { opener: Party::Provider, ..settling(None) };
	let case = Case { claims: Sides { client: None, provider: Some(Tenths::NONE) }, ..case };
	assert_eq!(of_party(&case, Party::Client, 50)[0], ("defend", Some(100)));
}

#[test]
fn offer_should_be_accepted_by_the_other_party_only() {
	let case = settling(Some(Party::Client));
	let steps = |side| of_party(&case, side, 50).into_iter().map(|(step, _)| step);
	assert!(steps(Party::Provider).eq(["defend", "accept", "offer", "evidence"]));
	assert!(steps(Party::Client).eq(["offer", "evidence"]));
}

#[test]
fn evidence_should_not_be_asked_for_when_there_is_no_court() {
	let case = Case { court: None, ..settling(None) };
	assert_eq!(of_party(&case, Party::Client, 50), [("offer", Some(100))]);
}

#[test]
fn settlement_should_be_ended_by_anybody_after_its_time() {
	assert_eq!(of_anybody(&settling(None), 100), [("decide", None), ("resolve", Some(101))]);
	assert_eq!(of_anybody(&settling(None), 101), [("resolve", None)]);
}

#[test]
fn facts_should_decide_about_milestones_and_validations_only() {
	let case = Case { subject: Subject::Validation { validation: 3 }, ..settling(None) };
	assert_eq!(of_anybody(&case, 50), [("decide", None), ("resolve", Some(101))]);
	let case = Case { subject: Subject::Contract { contract: 3 }, ..settling(None) };
	assert_eq!(of_anybody(&case, 50), [("resolve", Some(101))]);
}

#[test]
fn case_that_waits_for_its_jury_should_take_evidence_and_nothing_else() {
	let state = State::Drawing { round: 0, redrawn: false, evidence_until: 100 };
	let case = case(state, None);
	for side in [Party::Client, Party::Provider] {
		assert_eq!(of_party(&case, side, 100), [("evidence", Some(100))]);
		assert!(of_party(&case, side, 101).is_empty());
	}
	assert!(of_anybody(&case, 101).is_empty(), "the chain draws the jury by itself");
	assert_eq!(agenda(&case, 101).all(), []);
}

#[test]
fn party_should_file_evidence_until_votes_begin() {
	let case = voting(&[Ballot::Awaited]);
	assert_eq!(of_party(&case, Party::Client, 100), [("evidence", Some(100))]);
	assert!(of_party(&case, Party::Client, 101).is_empty());
}

#[test]
fn juror_should_commit_between_evidence_and_its_deadline() {
	let case = voting(&[Ballot::Awaited, COMMITTED]);
	assert_eq!(of_juror(&case, Ballot::Awaited, 50), Some(("commit", Some(101), 200)));
	assert_eq!(of_juror(&case, Ballot::Awaited, 101), Some(("commit", None, 200)));
	assert_eq!(of_juror(&case, Ballot::Awaited, 200), Some(("commit", None, 200)));
	assert_eq!(of_juror(&case, Ballot::Awaited, 201), None, "it is too late");
}

#[test]
fn juror_should_reveal_when_the_time_to_commit_is_over() {
	let case = voting(&[Ballot::Awaited, COMMITTED]);
	assert_eq!(of_juror(&case, COMMITTED, 200), Some(("reveal", Some(201), 300)));
	assert_eq!(of_juror(&case, COMMITTED, 201), Some(("reveal", None, 300)));
	assert_eq!(of_juror(&case, COMMITTED, 300), Some(("reveal", None, 300)));
	assert_eq!(of_juror(&case, COMMITTED, 301), None, "it is too late");
}

#[test]
fn juror_should_reveal_at_once_when_all_have_committed() {
	let denounced = Ballot::Denounced { reward: Amount(1) };
	for others in [COMMITTED, REVEALED, denounced] {
		let case = voting(&[COMMITTED, others]);
		assert_eq!(of_juror(&case, COMMITTED, 150), Some(("reveal", None, 300)));
	}
}

#[test]
fn juror_should_have_nothing_to_do_when_it_has_revealed_or_was_denounced() {
	for ballot in [REVEALED, Ballot::Denounced { reward: Amount(1) }] {
		let case = voting(&[ballot, Ballot::Awaited]);
		for now in [50, 150, 250, 350] {
			assert_eq!(of_juror(&case, ballot, now), None);
		}
	}
}

#[test]
fn juror_of_an_earlier_round_should_have_nothing_to_do() {
	let mut case = voting(&[Ballot::Awaited]);
	if let State::Voting { round, .. } = &mut case.state {
		*round = 1;
	}
	assert_eq!(of_juror(&case, Ballot::Awaited, 150), None);
}

#[test]
fn juror_should_have_nothing_to_do_in_any_other_state() {
	for case in [settling(None), appealable(None, None), ruled(50)] {
		for ballot in [Ballot::Awaited, COMMITTED, REVEALED] {
			assert_eq!(of_juror(&case, ballot, 50), None);
		}
	}
}

#[test]
fn votes_should_be_counted_by_anybody_as_the_chain_says() {
	let case = voting(&[COMMITTED, Ballot::Awaited]);
	assert_eq!(of_anybody(&case, 300), [("resolve", Some(301))]);
	assert_eq!(of_anybody(&case, 301), [("resolve", None)]);
	let complete = Case { due: Some(Due { step: DueStep::CountVotes, from: 150 }), ..case };
	assert_eq!(of_anybody(&complete, 150), [("resolve", None)]);
}

#[test]
fn loser_should_appeal_in_the_first_half_of_the_time() {
	let case = appealable(Some(Party::Provider), None);
	assert_eq!(of_party(&case, Party::Provider, 100), [("appeal", Some(100))]);
	assert!(of_party(&case, Party::Provider, 101).is_empty());
	assert!(of_party(&case, Party::Client, 100).is_empty(), "it won");
	let tasks = agenda(&case, 100).of(&[Role::Party { side: Party::Provider }]);
	assert_eq!(tasks[0].otherwise, Some(Otherwise::OutcomeStands));
	assert!(!tasks[0].is_required(), "who thinks it right may leave it");
	assert_eq!(of_anybody(&case, 100), [("resolve", Some(101))]);
}

#[test]
fn either_side_should_appeal_when_none_lost() {
	let case = appealable(None, None);
	for side in [Party::Client, Party::Provider] {
		assert_eq!(of_party(&case, side, 50), [("appeal", Some(100))]);
	}
	assert_eq!(agenda(&case, 50).all()[0].who, Who::Party);
}

#[test]
fn other_side_should_stake_against_an_appeal_to_the_end_of_the_time() {
	let case = appealable(Some(Party::Provider), Some(Party::Provider));
	assert_eq!(of_party(&case, Party::Client, 200), [("appeal", Some(200))]);
	assert!(of_party(&case, Party::Client, 201).is_empty());
	assert!(of_party(&case, Party::Provider, 50).is_empty(), "it has staked");
	let tasks = agenda(&case, 50).of(&[Role::Party { side: Party::Client }]);
	assert_eq!(tasks[0].otherwise, Some(Otherwise::AppellantsClaimStands));
	assert!(tasks[0].is_required());
	assert_eq!(of_anybody(&case, 200), [("resolve", Some(201))]);
}

#[test]
fn nobody_should_appeal_against_the_last_instance() {
	let state = State::Overseen { round: 3, outcome: None, until: 200 };
	let case = case(state, Some(201));
	for side in [Party::Client, Party::Provider] {
		assert!(of_party(&case, side, 50).is_empty());
	}
	assert_eq!(of_anybody(&case, 50), [("resolve", Some(201))]);
}

#[test]
fn ruled_case_should_be_paid_by_anybody_at_once() {
	let case = ruled(50);
	assert_eq!(of_anybody(&case, 50), [("resolve", None)]);
	assert!(of_party(&case, Party::Client, 50).is_empty());
	assert_eq!(agenda(&case, 50).all().len(), 1);
}

#[test]
fn steps_of_both_parties_should_be_named_once() {
	let tasks = agenda(&settling(None), 50).all();
	let named = tasks.iter().map(|task| (task.step, task.who)).collect::<Vec<_>>();
	let expected = [
		("defend", Who::Provider),
		("offer", Who::Party),
		("decide", Who::Anybody),
		("evidence", Who::Party),
		("resolve", Who::Anybody),
	];
	assert_eq!(named, expected);
}

#[test]
fn steps_of_several_jurors_should_be_named_once() {
	let tasks = agenda(&voting(&[Ballot::Awaited, Ballot::Awaited, COMMITTED]), 150).all();
	let named = tasks.iter().map(|task| task.step).collect::<Vec<_>>();
	assert_eq!(named, ["commit", "reveal", "resolve"]);
}

#[test]
fn account_should_be_told_of_all_its_roles() {
	// Nobody is both on one jury and a party, but an account may be on two juries.
	let case = voting(&[Ballot::Awaited]);
	let roles = [
		Role::Party { side: Party::Client },
		Role::Juror { round: 0, seats: 1, ballot: Ballot::Awaited },
	];
	let steps = agenda(&case, 100).of(&roles).into_iter().map(|task| task.step);
	assert!(steps.eq(["evidence", "commit", "resolve"]));
}

#[test]
fn what_must_be_done_should_come_before_what_may_be_and_what_is_to_come() {
	let order = |state: &[Task]| urgency(state);
	let must = Task::new(Who::Juror, "commit").otherwise(Otherwise::SilenceIsSlashed).until(200);
	let sooner = must.until(150);
	let may = Task::new(Who::Party, "offer").until(100);
	let open = Task::new(Who::Anybody, "resolve");
	let later = must.from(120, 90);
	let much_later = must.from(180, 90);
	let expected = [&[sooner][..], &[must], &[may], &[open], &[later], &[much_later], &[]];
	let mut sorted = expected;
	sorted.reverse();
	sorted.sort_by_key(|tasks| order(tasks));
	assert_eq!(sorted, expected);
}

#[test]
fn tasks_should_say_how_much_time_is_left() {
	let task = Task::new(Who::Juror, "commit").until(200);
	assert_eq!(task.when(160), "until active block 200, 2 min left");
	assert_eq!(task.when(200), "until active block 200, 0 s left");
	let later = task.from(180, 160);
	assert_eq!(later.when(160), "active blocks 180 to 200, begins in 1 min");
	assert_eq!(Task::new(Who::Anybody, "resolve").from(161, 160).when(160), {
		"from active block 161, in 3 s"
	});
	assert_eq!(Task::new(Who::Anybody, "resolve").when(160), "now");
}

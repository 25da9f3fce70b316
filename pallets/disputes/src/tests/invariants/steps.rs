//! What can happen.

use super::ACTORS;
use crate::{mock::*, *};
use aitbc_core::{
	AgentId, Balance, BlockNumber, CaseId, Choice, ContractId, Fact, Party, Sides, Subject, Tenths,
};
use aitbc_traits::{Arbitration, Complaint};
use frame_support::{storage::with_storage_layer, traits::fungible::MutateFreeze};
use proptest::{collection::vec, prelude::*, sample::select};
use sp_runtime::{traits::Dispatchable, Perbill};
use std::collections::BTreeSet;

/// Who makes a call.
#[derive(Clone, Copy, Debug)]
pub(super) enum Who {
	Party(Party),
	/// The member at this place of the jury that sits.
	Member(u8),
	Anybody(AccountId),
}

/// What somebody does in a case.
#[derive(Clone, Debug)]
pub(super) enum Act {
	Offer(Perbill),
	/// Accepts what is offered, as the party that did not offer it.
	Accept,
	Defend(Tenths),
	SubmitEvidence(u32),
	RuleByFacts,
	/// Commits to what [`plan`] says.
	Commit,
	/// Reveals it, or something else.
	Reveal {
		honest: bool,
	},
	/// Denounces the member at this place.
	Denounce(u8),
	Appeal(Party),
	Progress,
	ForceRule(Perbill),
}

/// What can happen. See [`pick`] for which case a number means.
#[derive(Clone, Debug)]
pub(super) enum Step {
	Open {
		client: AccountId,
		provider: AccountId,
		opener: Party,
		claim: Tenths,
		value: Balance,
		defence: Option<Tenths>,
	},
	Do {
		who: Who,
		case: u8,
		act: Act,
	},
	/// The pool draws a jury: these jurors, as far as they are eligible, with so many seats each.
	Draw {
		case: u8,
		jury: Vec<(AccountId, u32)>,
	},
	/// All members commit, as [`plan`] says, and reveal, but for those at these places, and the votes
	/// are counted. Before that somebody may show the vote of the member at another place.
	Vote {
		case: u8,
		silent: Vec<u8>,
		leaked: Option<u8>,
	},
	/// Somebody stakes for the side that lost, or that has not staked yet.
	Back {
		case: u8,
		backer: AccountId,
	},
	/// Time goes by until something is due by itself, and that is done.
	Await(u8),
	Wait(BlockNumber),
	SetSlashes(u32, u32, u32),
	OpenPool(bool),
	Freeze(AccountId),
	Thaw(AccountId),
	Drain(AccountId),
	Lend(AccountId),
	SetExistentialDeposit(Balance),
}

/// What `juror` votes in a case.
fn plan(id: CaseId, juror: AccountId) -> Choice {
	match (id.0 + juror) % 7 {
		0 => Choice::Refuse,
		rest => share((rest * rest % 11) as u8),
	}
}

fn actor() -> impl Strategy<Value = AccountId> {
	select(&ACTORS[..])
}

fn party() -> impl Strategy<Value = Party> {
	select(&[Party::Client, Party::Provider][..])
}

fn claim() -> impl Strategy<Value = Tenths> {
	(0..=10u8).prop_map(tenths)
}

fn part() -> impl Strategy<Value = Perbill> {
	(0..=1_000_000_000u32).prop_map(Perbill::from_parts)
}

pub(super) fn open() -> impl Strategy<Value = Step> {
	let value = prop_oneof![1 => 0..LEAST_VALUE, 6 => LEAST_VALUE..3 * LEAST_VALUE];
	let defence = prop::option::weighted(0.85, claim());
	(actor(), 1..ACTORS.len(), party(), claim(), value, defence).prop_map(
		|(client, further, opener, claim, value, defence)| {
			let place = (client as usize - 1 + further) % ACTORS.len();
			Step::Open { client, provider: ACTORS[place], opener, claim, value, defence }
		},
	)
}

fn who() -> impl Strategy<Value = Who> {
	prop_oneof![
		4 => party().prop_map(Who::Party),
		8 => (0..15u8).prop_map(Who::Member),
		2 => actor().prop_map(Who::Anybody),
	]
}

fn act() -> impl Strategy<Value = Act> {
	prop_oneof![
		2 => part().prop_map(Act::Offer),
		1 => Just(Act::Accept),
		2 => claim().prop_map(Act::Defend),
		2 => (0..MAX_URI + 5).prop_map(Act::SubmitEvidence),
		1 => Just(Act::RuleByFacts),
		4 => Just(Act::Commit),
		4 => prop::bool::weighted(0.9).prop_map(|honest| Act::Reveal { honest }),
		2 => (0..7u8).prop_map(Act::Denounce),
		4 => party().prop_map(Act::Appeal),
		3 => Just(Act::Progress),
		1 => part().prop_map(Act::ForceRule),
	]
}

/// Members that are distinct, mostly enough of them.
fn jury() -> impl Strategy<Value = Vec<(AccountId, u32)>> {
	let jurors: Vec<AccountId> = JURORS.collect();
	let jury = Just(jurors).prop_shuffle();
	(jury, 0..=7usize, vec(1..=3u32, 7))
		.prop_map(|(jurors, members, seats)| jurors.into_iter().zip(seats).take(members).collect())
}

pub(super) fn step() -> impl Strategy<Value = Step> {
	let case = || any::<u8>();
	prop_oneof![
		2 => open(),
		22 => (who(), case(), act()).prop_map(|(who, case, act)| Step::Do { who, case, act }),
		12 => (case(), jury()).prop_map(|(case, jury)| Step::Draw { case, jury }),
		20 => (case(), vec(0..15u8, 0..4), prop::option::weighted(0.2, 0..15u8))
			.prop_map(|(case, silent, leaked)| Step::Vote { case, silent, leaked }),
		25 => (case(), actor()).prop_map(|(case, backer)| Step::Back { case, backer }),
		6 => case().prop_map(Step::Await),
		4 => (1..10u32).prop_map(Step::Wait),
		1 => (0..50u32, 50..=100u32, 0..=100u32)
			.prop_map(|(wrong, silent, reward)| Step::SetSlashes(wrong, silent, reward)),
		1 => prop::bool::weighted(0.7).prop_map(Step::OpenPool),
		1 => actor().prop_map(Step::Freeze),
		1 => actor().prop_map(Step::Thaw),
		1 => actor().prop_map(Step::Drain),
		3 => actor().prop_map(Step::Lend),
		2 => select(&[ED, ED, ED, 200, 5_000][..]).prop_map(Step::SetExistentialDeposit),
	]
}

/// The case at this place among those in a fitting state, in the order of their ids. Sometimes, and
/// where none fits, among all in storage.
fn pick(place: u8, fits: impl Fn(&CaseState) -> bool) -> CaseId {
	let among = |fits: &dyn Fn(&CaseState) -> bool| {
		let found: BTreeSet<_> =
			Cases::<Test>::iter().filter(|(_, case)| fits(&case.state)).map(|(id, _)| id).collect();
		found.iter().nth(usize::from(place / 8) % found.len().max(1)).copied()
	};
	let fitting = if place.is_multiple_of(8) { None } else { among(&fits) };
	fitting.or_else(|| among(&|_| true)).unwrap_or_default()
}

/// Makes `call` as a transaction does.
fn dispatch(origin: RuntimeOrigin, call: Call<Test>) {
	let call = RuntimeCall::from(call);
	let _ = with_storage_layer(|| call.dispatch(origin).map_err(|failure| failure.error));
}

/// Lets `step` happen. It may fail, as it may in life.
pub(super) fn take(step: &Step) {
	match step.clone() {
		Step::Open { client, provider, opener, claim, value, defence } => {
			let subject = Subject::Contract(ContractId(value as u64));
			let parties = Sides { client, provider };
			let agent = (provider % 2 == 0).then_some(AgentId(provider));
			let complaint = Complaint { subject, parties, agent, opener, claim, value };
			if let (Ok(case), Some(claim)) = (Disputes::open_case(complaint), defence) {
				let respondent = *parties.of(opener.other());
				dispatch(signed(respondent), Call::defend { case, claim });
			}
		},
		Step::Do { who, case, act } => {
			let id = pick(case, |state| act.fits(state));
			let Some(record) = Cases::<Test>::get(id) else { return };
			let who = match (who, &act, record.state) {
				(_, Act::Accept, CaseState::Settling { offer: Some(offer), .. }) => {
					*record.parties.of(offer.by.other())
				},
				(Who::Party(party), ..) => *record.parties.of(party),
				(Who::Member(place), ..) => member(id, place).unwrap_or(ANN),
				(Who::Anybody(account), ..) => account,
			};
			let origin = match act {
				Act::ForceRule(_) => RuntimeOrigin::root(),
				_ => signed(who),
			};
			if matches!(act, Act::RuleByFacts) {
				Facts::set(&vec![(record.subject, Vec::new(), Fact::NothingShown)]);
			}
			dispatch(origin, act.on(id, who, &record));
		},
		Step::Draw { case, jury } => {
			serve(pick(case, |state| matches!(state, CaseState::Drawing { .. })), jury);
		},
		Step::Vote { case, silent, leaked } => {
			vote(pick(case, |state| matches!(state, CaseState::Voting { .. })), &silent, leaked);
		},
		Step::Back { case, backer } => {
			back(pick(case, |state| matches!(state, CaseState::Appealable { .. })), backer);
		},
		Step::Await(case) => {
			let case = pick(case, |state| !matches!(state, CaseState::Drawing { .. }));
			let next = Disputes::case(case).and_then(|info| info.next);
			if let Some(next) = next {
				set_now(Now::get().max(next.from));
				progress(case);
			}
		},
		other => disturb(other),
	}
}

/// The member at this place of the jury that sits.
fn member(id: CaseId, place: u8) -> Option<AccountId> {
	let jury = Disputes::case(id)?.round?.jury;
	jury.get(usize::from(place) % jury.len().max(1)).map(|member| member.juror)
}

/// Draws those of `jury` who are eligible for a case that waits for one, up to all seats.
fn serve(id: CaseId, jury: Vec<(AccountId, u32)>) {
	let Some(CaseInfo { next: None, round: Some(round), .. }) = Disputes::case(id) else { return };
	let mut free = round.seats;
	let mut drawn = Vec::new();
	for (juror, seats) in jury {
		let seats = seats.min(free);
		if seats > 0 && is_eligible(id, juror, SEAT_STAKE * Balance::from(seats)) {
			drawn.push((juror, seats));
			free -= seats;
		}
	}
	draw(id, &drawn);
}

/// Has all members of the jury that sits commit and reveal, but for those at these places, somebody
/// denounce the member at `leaked`, and a stranger count the votes.
fn vote(id: CaseId, silent: &[u8], leaked: Option<u8>) {
	let Some(CaseState::Voting { .. }) = Cases::<Test>::get(id).map(|case| case.state) else {
		return;
	};
	end_evidence(id);
	let members: Vec<_> = members(id)
		.into_iter()
		.zip(0u8..)
		.filter(|(_, place)| !silent.contains(place))
		.map(|(juror, _)| juror)
		.collect();
	let round = case(id).round().expect("a jury sits");
	for juror in &members {
		let commitment = commitment(id, round, *juror, plan(id, *juror));
		dispatch(signed(*juror), Call::commit { case: id, commitment });
	}
	if let Some(place) = leaked {
		dispatch(signed(STRANGER), Act::Denounce(place).on(id, STRANGER, &case(id)));
	}
	wait(COMMIT);
	for juror in &members {
		let choice = plan(id, *juror);
		dispatch(signed(*juror), Call::reveal { case: id, choice, salt: salt(*juror) });
	}
	wait(REVEAL);
	dispatch(signed(STRANGER), Call::progress { case: id });
}

/// Has `backer` stake for the side that lost, or against the one that appealed.
fn back(case: CaseId, backer: AccountId) {
	let Some(CaseState::Appealable { loser, appellant, .. }) =
		Cases::<Test>::get(case).map(|case| case.state)
	else {
		return;
	};
	let side = match appellant {
		Some(appellant) => appellant.other(),
		None => loser.unwrap_or(Party::Client),
	};
	dispatch(signed(backer), Call::appeal { case, side });
}

impl Act {
	/// Whether this can be done to a case in this state.
	fn fits(&self, state: &CaseState) -> bool {
		match state {
			CaseState::Settling { .. } => matches!(
				self,
				Self::Offer(_)
					| Self::Accept | Self::Defend(_)
					| Self::RuleByFacts
					| Self::SubmitEvidence(_)
			),
			CaseState::Drawing { .. } => matches!(self, Self::SubmitEvidence(_)),
			CaseState::Voting { .. } => matches!(
				self,
				Self::Commit
					| Self::Reveal { .. }
					| Self::Denounce(_)
					| Self::Progress
					| Self::SubmitEvidence(_)
			),
			CaseState::Appealable { .. } => matches!(self, Self::Appeal(_)),
			CaseState::Overseen { .. } => matches!(self, Self::ForceRule(_) | Self::Progress),
			CaseState::Ruled { .. } => matches!(self, Self::Progress),
		}
	}

	/// The call by which `who` does this in the case `id`.
	fn on(self, id: CaseId, who: AccountId, record: &CaseOf<Test>) -> Call<Test> {
		let case = id;
		let round = record.round().unwrap_or_default();
		match self {
			Self::Offer(client_share) => Call::offer { case, client_share },
			Self::Accept => {
				let client_share = match record.state {
					CaseState::Settling { offer: Some(offer), .. } => offer.client_share,
					_ => Perbill::zero(),
				};
				Call::accept { case, client_share }
			},
			Self::Defend(claim) => Call::defend { case, claim },
			Self::SubmitEvidence(length) => Call::submit_evidence {
				case,
				kind: EvidenceKind::Record,
				uri: uri_of(length),
				hash: document(),
			},
			Self::RuleByFacts => Call::rule_by_facts { case, document: Vec::new() },
			Self::Commit => {
				Call::commit { case, commitment: commitment(id, round, who, plan(id, who)) }
			},
			Self::Reveal { honest } => {
				let choice = if honest { plan(id, who) } else { share(1) };
				Call::reveal { case, choice, salt: salt(who) }
			},
			Self::Denounce(place) => {
				let juror = member(id, place).unwrap_or(ANN);
				Call::denounce { case, juror, choice: plan(id, juror), salt: salt(juror) }
			},
			Self::Appeal(side) => Call::appeal { case, side },
			Self::Progress => Call::progress { case },
			Self::ForceRule(client_share) => Call::force_rule { case, client_share },
		}
	}
}

/// Lets something happen that no call of the pallet does.
fn disturb(step: Step) {
	let (who, call) = match step {
		Step::Wait(blocks) => return wait(blocks),
		Step::SetSlashes(wrong, silent, reward) => {
			IncoherentSlash::set(&Perbill::from_percent(wrong));
			SilenceSlash::set(&Perbill::from_percent(silent));
			return DenounceReward::set(&Perbill::from_percent(reward));
		},
		Step::OpenPool(is_open) => return PoolIsOpen::set(&is_open),
		Step::SetExistentialDeposit(minimum) => return ExistentialDeposit::set(&minimum),
		Step::Freeze(who) => {
			let _ = Balances::set_freeze(&(), &who, Balance::MAX);
			return;
		},
		Step::Thaw(who) => {
			let _ = Balances::thaw(&(), &who);
			return;
		},
		Step::Drain(who) => {
			let call = pallet_balances::Call::transfer_all { dest: BANK, keep_alive: false };
			(who, call)
		},
		Step::Lend(who) => {
			let call = pallet_balances::Call::transfer_allow_death { dest: who, value: 100_000 };
			(BANK, call)
		},
		_ => return,
	};
	let _ = RuntimeCall::from(call).dispatch(signed(who));
}

//! What the pallet's events say, checked against what it stores, what accounts own, and what the log says.

use super::ACTORS;
use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_audit::Event as Logged;
use aitbc_core::{ActionId, AgentId, Balance, KindId, Target};
use codec::Encode;
use frame_support::traits::fungible::Inspect;
use std::collections::{BTreeMap, BTreeSet};

/// What the test knows, apart from what the pallet stores.
#[derive(Default)]
pub(super) struct Ledger {
	/// What is held for actions that have not ended, and on whom.
	pub(super) deposits: BTreeMap<ActionId, (AccountId, Balance)>,
	/// The actions that were said to be verified, those that have begun, and those that have ended.
	verified: BTreeSet<ActionId>,
	begun: BTreeSet<ActionId>,
	pub(super) ended: BTreeSet<ActionId>,
	/// The kinds of the actions that agents recommended, and these agents.
	ideas: BTreeMap<ActionId, (KindId, AgentId)>,
	/// What came of the actions of a kind that an agent recommended.
	records: BTreeMap<(KindId, AgentId), TrackRecord>,
}

/// What held before a step.
pub(super) struct Before {
	is_killed: bool,
	brakes: BTreeSet<Target<AccountId>>,
	under_action: BTreeSet<Target<AccountId>>,
	breakers: Breakers,
	oldest: ActionId,
	owned: BTreeMap<AccountId, Balance>,
}

impl Before {
	/// What holds now.
	pub(super) fn take() -> Self {
		Self {
			is_killed: KillSwitch::<Test>::get(),
			brakes: Brakes::<Test>::iter_keys().collect(),
			under_action: UnderAction::<Test>::iter_keys().collect(),
			breakers: AllBreakers::<Test>::get(),
			oldest: OldestActionId::<Test>::get(),
			owned: ACTORS.map(|who| (who.clone(), Balances::total_balance(&who))).into(),
		}
	}

	/// Whether the breaker that stood in the way of `class` was half open.
	fn is_half_open(&self, class: aitbc_core::RiskClass) -> bool {
		let positions =
			[Scope::All, Scope::Class(class)].map(|scope| self.breakers.of(scope).position);
		for position in positions {
			assert!(!matches!(position, Position::Open { .. }), "a breaker was open");
		}
		positions.iter().any(|position| matches!(position, Position::HalfOpen { .. }))
	}

	/// Checks that an action might begin.
	fn check_begun(&self, id: ActionId) {
		let action = stored(id);
		let target = &action.order.target;
		assert!(!self.is_killed, "the kill switch was on");
		assert!(!self.brakes.contains(target), "the brake was on");
		assert!(!self.under_action.contains(target), "the target was under another action");
		let Listed { version, kind } = listed(action.order.kind);
		assert_eq!(version, action.order.version, "the kind changed");
		assert!(now() <= action.expires, "it was over");
		assert_ne!(action.simulation, Simulation::Awaited);
		if action.is_rollback() {
			return;
		}
		let approvers = Approvers::<Test>::get();
		let own = owners_of_the_idea(&action);
		let counts = |who: &&AccountId| approvers.contains(who) && !own.contains(who);
		let approvals = action.approvals.iter().filter(counts).count();
		let by_rule = match kind.verification {
			Verification::Nobody => true,
			Verification::Operator => {
				let operator = Actions::operator(target).expect("there is one");
				action.approvals.contains(&operator)
			},
			Verification::Approvers(needed) => approvals >= needed as usize,
			Verification::Governance => false,
		};
		let is_half_open = self.is_half_open(kind.class);
		let is_approved = by_rule && (approvals > 0 || !is_half_open);
		assert!(is_approved || action.is_forced, "approvals were missing");
		let RateLimit { count, period } = kind.rate_limit;
		let starts = Starts::<Test>::get(action.order.kind);
		let lately = starts.iter().filter(|at| **at + period > now()).count();
		assert!((1..=count as usize).contains(&lately), "too many began");
		if matches!(target, Target::Validator(_)) {
			let validators = Stakes::get().values().filter(|stake| **stake > 0).count() as u32;
			let most = kind.blast_radius.mul_floor(validators).max(1);
			assert!(ValidatorsUnderAction::<Test>::get() <= most, "too many are under action");
		}
	}
}

/// Whose own recommendation `action` is: of who made it, and of who owned the agent that did.
fn owners_of_the_idea(action: &ActionOf<Test>) -> Vec<AccountId> {
	let Source::Account { who, agent, .. } = &action.source else { return Vec::new() };
	let owner = agent.iter().map(|agent| agent.owner.clone());
	owner.chain([who.clone()]).collect()
}

/// The one or the other of these.
fn either(is_first: bool, first: Logged, second: Logged) -> Option<Logged> {
	Some(if is_first { first } else { second })
}

/// What the log has to say of what governance or an operator decided, or of a breaker.
fn record_of_decision(event: &Event<Test>) -> Option<Logged> {
	match event {
		Event::KindSet { .. } => Some(Logged::KindSet),
		Event::KindRemoved { .. } => Some(Logged::KindRemoved),
		Event::ApproversSet { .. } => Some(Logged::ApproversSet),
		Event::RecommenderSet { is_admitted, .. } => {
			either(*is_admitted, Logged::RecommenderAdmitted, Logged::RecommenderDismissed)
		},
		Event::ReflexSet { .. } => Some(Logged::ReflexSet),
		Event::KillSwitchSet { is_on } => {
			either(*is_on, Logged::KillSwitchOn, Logged::KillSwitchOff)
		},
		Event::BreakerMoved { position, .. } => Some(match position {
			Position::Closed => Logged::BreakerClosed,
			Position::Open { .. } => Logged::BreakerOpened,
			Position::HalfOpen { .. } => Logged::BreakerHalfOpened,
		}),
		Event::ExecutorBound { executor, .. } => {
			either(executor.is_some(), Logged::ExecutorBound, Logged::ExecutorReleased)
		},
		Event::BrakeSet { is_on, .. } => either(*is_on, Logged::BrakeOn, Logged::BrakeOff),
		_ => None,
	}
}

/// What the log has to say of what happened to an action, apart from its end.
fn record_of_action(event: &Event<Test>) -> Option<Logged> {
	match event {
		Event::ActionRecommended { .. } => Some(Logged::ActionRecommended),
		Event::ActionSimulated { has_passed, .. } => {
			either(*has_passed, Logged::ActionSimulated, Logged::ActionRefuted)
		},
		Event::ActionApproved { .. } => Some(Logged::ActionApproved),
		Event::ActionVerified { .. } => Some(Logged::ActionVerified),
		Event::ActionVetoed { .. } => Some(Logged::ActionVetoed),
		Event::SpamDeclared { .. } => Some(Logged::ActionSpam),
		Event::ActionClaimed { .. } => Some(Logged::ActionClaimed),
		Event::ActionReported { result, .. } => Some(match result {
			Verdict::Succeeded => Logged::ActionSucceeded,
			Verdict::Failed => Logged::ActionFailed,
			Verdict::Unknown => Logged::ActionUnknown,
		}),
		Event::ActionPerformed { result, .. } => {
			either(result.is_ok(), Logged::ActionSucceeded, Logged::ActionFailed)
		},
		Event::RollbackBlocked { .. } => Some(Logged::ActionBlocked),
		_ => None,
	}
}

/// What the log has to say of how an action ended, unless that was said before.
fn record_of_end(event: &Event<Test>, events: &[Event<Test>]) -> Option<Logged> {
	let Event::ActionEnded { action: ended, outcome, .. } = event else { return None };
	let is_report = |event: &Event<Test>| matches!(event, Event::ActionReported { action, .. } if action == ended);
	match outcome {
		Outcome::Expired => Some(Logged::ActionExpired),
		// Its lease ran out.
		Outcome::Unknown if !events.iter().any(is_report) => Some(Logged::ActionUnknown),
		Outcome::Helped => Some(Logged::ActionHelped),
		Outcome::NoEffect => Some(Logged::ActionNoEffect),
		Outcome::Worse => Some(Logged::ActionWorse),
		Outcome::Unjudged => Some(Logged::ActionUnjudged),
		_ => None,
	}
}

/// What the log has to say when these are the events of a step, apart from the order.
fn due_records(events: &[Event<Test>]) -> Vec<Logged> {
	let record = |event| {
		let of_decision = || record_of_decision(event);
		record_of_action(event).or_else(of_decision).or_else(|| record_of_end(event, events))
	};
	events.iter().filter_map(record).collect()
}

/// The same in an order of their own.
pub(super) fn sorted(events: Vec<Logged>) -> Vec<u8> {
	let mut numbers: Vec<_> = events.iter().map(|event| event.encode()[0]).collect();
	numbers.sort_unstable();
	numbers
}

impl Ledger {
	/// Counts what an action came to for the agent that recommended it.
	fn count(&mut self, id: ActionId, outcome: Outcome) {
		let Some(idea) = self.ideas.get(&id).filter(|_| self.begun.contains(&id)) else { return };
		let record = self.records.entry(*idea).or_default();
		match outcome {
			Outcome::Helped => record.helped += 1,
			Outcome::NoEffect => record.no_effect += 1,
			Outcome::Worse => record.worse += 1,
			Outcome::Unjudged => record.unjudged += 1,
			Outcome::Failed => record.failed += 1,
			Outcome::Unknown => record.unknown += 1,
			other => panic!("it began, and is {other:?}"),
		}
	}

	/// Checks what the pallet wrote down, remembers, and counts as the oldest.
	pub(super) fn check_kept(&self, before: &Before) {
		assert_eq!(sorted(logged()), sorted(due_records(&events())));
		let records: BTreeMap<_, _> = TrackRecords::<Test>::iter()
			.map(|((kind, agent, _), record)| ((kind, agent), record))
			.collect();
		assert_eq!(records, self.records);
		let is_forgotten = |event: &&Event<Test>| matches!(event, Event::ActionForgotten { .. });
		let forgotten = events().iter().filter(is_forgotten).count() as u64;
		let (oldest, most) = (OldestActionId::<Test>::get(), u64::from(MAX_PASSED) * forgotten);
		assert!((before.oldest.0..=before.oldest.0 + most).contains(&oldest.0));
		assert!(oldest <= NextActionId::<Test>::get());
	}

	/// Notes what the pallet says that it did, and checks that it might.
	pub(super) fn note(&mut self, before: &Before, is_transfer: bool) {
		let mut paid = BTreeMap::<AccountId, Balance>::new();
		for record in log() {
			if let Some(payer) = record.payer {
				*paid.entry(payer).or_default() += FEE;
			}
		}
		for event in events() {
			match event {
				Event::ActionRecommended {
					action,
					source: Source::Account { who, agent, deposit },
					order,
					..
				} if deposit > 0 => {
					assert_eq!(self.deposits.insert(action, (who, deposit)), None);
					self.ideas.extend(agent.map(|agent| (action, (order.kind, agent.id))));
				},
				Event::ActionVerified { action } => {
					assert!(self.verified.insert(action), "{action:?} was verified twice");
				},
				Event::ActionClaimed { action, .. } | Event::ActionPerformed { action, .. } => {
					before.check_begun(action);
					assert!(self.verified.contains(&action), "{action:?} was not verified");
					assert!(self.begun.insert(action), "{action:?} began twice");
				},
				Event::ActionReported { action, .. } => assert!(self.begun.contains(&action)),
				Event::ActionEnded { action, outcome, returned } => {
					assert!(self.ended.insert(action), "{action:?} ended twice");
					self.count(action, outcome);
					let deposit = self.deposits.remove(&action);
					let held = deposit.as_ref().map_or(0, |(_, held)| *held);
					if outcome == Outcome::Spam {
						assert_eq!(returned, 0);
						if let Some((who, deposit)) = deposit {
							*paid.entry(who).or_default() += deposit;
						}
					} else {
						assert_eq!(returned, held);
					}
				},
				Event::ActionForgotten { action } => assert!(self.ended.contains(&action)),
				_ => {},
			}
		}
		for (who, owned) in &before.owned {
			let paid = paid.get(who).copied().unwrap_or_default();
			let expected = owned - paid;
			assert!(is_transfer || Balances::total_balance(who) == expected, "{who:?}");
			let deposits = self.deposits.values().filter(|(of, _)| of == who);
			assert_eq!(held(who.clone()), deposits.map(|(_, held)| held).sum::<Balance>());
		}
	}
}

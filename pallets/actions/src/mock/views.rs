//! What tests see of the state, and what they expect to see.

use super::*;

/// An action in storage.
#[track_caller]
pub fn stored(id: ActionId) -> ActionOf<Test> {
	crate::Actions::<Test>::get(id).expect("the action is kept")
}

/// Changes an action in storage, behind the pallet's back.
#[track_caller]
pub fn alter_action(id: ActionId, change: impl FnOnce(&mut ActionOf<Test>)) {
	let mut action = stored(id);
	change(&mut action);
	crate::Actions::<Test>::insert(id, action);
}

/// The hash of an action's order.
#[track_caller]
pub fn hash_of(id: ActionId) -> [u8; 32] {
	stored(id).order.hash()
}

/// How an action ended.
#[track_caller]
pub fn outcome(id: ActionId) -> Outcome {
	match stored(id).state {
		State::Ended { outcome, .. } => outcome,
		other => panic!("it has not ended: {other:?}"),
	}
}

/// The state of an action that ended now.
pub fn ended(outcome: Outcome) -> State<AccountId> {
	State::Ended { outcome, at: now(), until: now() + KEPT }
}

/// Where the chain moves actions on, in order.
pub fn agenda() -> Vec<(BlockNumber, ActionId)> {
	let mut agenda: Vec<_> = Agenda::<Test>::iter_keys().collect();
	agenda.sort();
	agenda
}

/// The order of what is recommended, by the catalogue of now.
pub fn order_of(recommendation: &Recommended) -> Order<AccountId> {
	let work = |proposal: &Proposal<RuntimeCall>| match proposal {
		Proposal::Note => Work::Note,
		Proposal::Command(parameters) => Work::Command(parameters.clone()),
		Proposal::Call(call) => Work::Call(call.encode().try_into().expect("it is short")),
	};
	Order {
		kind: recommendation.kind,
		version: listed(recommendation.kind).version,
		target: recommendation.target.clone(),
		work: work(&recommendation.proposal),
		rollback: recommendation.rollback.as_ref().map(work),
		series: recommendation.series,
	}
}

/// The idea of what is recommended.
pub fn idea_of(recommendation: &Recommended) -> Idea {
	let Rationale { uri, hash } = recommendation.rationale.clone();
	Idea {
		rationale: Rationale { uri: uri.try_into().expect("it is short"), hash },
		model: recommendation.model.clone(),
		confidence: recommendation.confidence,
	}
}

/// Who recommends, as the action says it: [`SAGE`] as [`ADVISOR`], and everybody else as an operator.
pub fn source_of(who: AccountId, deposit: Balance) -> Source<AccountId> {
	let owner = Registry::get().remove(&ADVISOR).map(|agent| agent.owner);
	let agent = owner.filter(|_| who == SAGE).map(|owner| Recommender { id: ADVISOR, owner });
	Source::Account { who, agent, deposit }
}

/// What came of the actions of a kind that [`ADVISOR`] recommended by [`model`].
pub fn record_of(kind: KindId) -> Option<TrackRecord> {
	TrackRecords::<Test>::get((kind, ADVISOR, model()))
}

/// The action that `recommendation` of `who` is at first.
pub fn action_of(who: AccountId, recommendation: &Recommended) -> ActionOf<Test> {
	let kind = listed(recommendation.kind).kind;
	let reversal = kind.reversible_by.map(|kind| Reversal { kind, version: listed(kind).version });
	Action {
		source: source_of(who, DEPOSIT),
		order: order_of(recommendation),
		terms: Terms {
			class: kind.class,
			cooldown: kind.cooldown,
			lease: kind.lease,
			watch: kind.watch,
			reversible_by: reversal,
		},
		idea: Some(idea_of(recommendation)),
		report: recommendation.report,
		expires: recommendation.expires,
		simulation: if kind.needs_simulation { Simulation::Awaited } else { Simulation::NotNeeded },
		approvals: Default::default(),
		is_forced: false,
		spam: Default::default(),
		state: State::Proposed,
	}
}

/// What is told when `action` is recommended.
pub fn told(id: ActionId, action: &ActionOf<Test>) -> Event<Test> {
	Event::ActionRecommended {
		action: id,
		hash: action.order.hash(),
		source: action.source.clone(),
		order: action.order.clone(),
		idea: action.idea.clone(),
		report: action.report,
		expires: action.expires,
	}
}

/// What is told when an action ends without a deposit to return.
pub fn told_end(action: ActionId, outcome: Outcome) -> Event<Test> {
	Event::ActionEnded { action, outcome, returned: 0 }
}

/// What is told when an action ends and its deposit returns.
pub fn told_return(action: ActionId, outcome: Outcome) -> Event<Test> {
	Event::ActionEnded { action, outcome, returned: DEPOSIT }
}

/// What is told when a breaker moves.
pub fn told_moved(scope: Scope, position: Position) -> Event<Test> {
	Event::BreakerMoved { scope, position }
}

/// `who`, as the log says it.
pub fn by(who: AccountId) -> Actor {
	Actor::Account(who.into())
}

/// A record, paid by who caused it.
pub fn written(event: Logged, actor: Actor, subjects: &[Subject], hashes: &[Hash]) -> Written {
	let payer = match actor {
		Actor::Account(bytes) => Some(AccountId::new(bytes)),
		Actor::Chain | Actor::Governance => None,
	};
	Written { entry: Entry::new(event, actor, subjects).with_hashes(hashes), payer }
}

/// A record about an action.
pub fn written_of(event: Logged, actor: Actor, id: ActionId, hashes: &[Hash]) -> Written {
	let order = stored(id).order;
	let target = match order.target {
		Target::Network => Subject::Network,
		Target::Validator(stash) => Subject::Validator(stash.into()),
		Target::Agent(agent) => Subject::Agent(agent.0),
	};
	let kind = Subject::ActionKind(order.kind.0);
	written(event, actor, &[Subject::Action(id.0), target, kind], hashes)
}

/// The records since the last reset, in order.
pub fn log() -> Vec<Written> {
	Log::get()
}

/// What the records since the last reset say that happened, in order.
pub fn logged() -> Vec<Logged> {
	log().into_iter().map(|written| written.entry.event).collect()
}

/// The pallet's events since the last reset, in order.
pub fn events() -> Vec<Event<Test>> {
	System::events()
		.into_iter()
		.filter_map(|record| match record.event {
			RuntimeEvent::Actions(event) => Some(event),
			_ => None,
		})
		.collect()
}

/// Forgets all events and records so far, so that a test sees only those of its own call.
pub fn reset() {
	System::reset_events();
	Log::set(&Vec::new());
}

/// The breaker of `scope`.
pub fn breaker(scope: Scope) -> Breaker {
	*AllBreakers::<Test>::get().of(scope)
}

/// Where the breaker of `scope` stands.
pub fn position(scope: Scope) -> Position {
	breaker(scope).position
}

/// Has the breaker of `scope` stand elsewhere.
pub fn set_position(scope: Scope, position: Position) {
	AllBreakers::<Test>::mutate(|breakers| breakers.of_mut(scope).position = position);
}

/// The breaker of what [`plain`] makes.
pub const LOW: Scope = Scope::Class(RiskClass::Low);
/// The breaker of [`RECONFIGURE`].
pub const MEDIUM: Scope = Scope::Class(RiskClass::Medium);
/// An open breaker, for long.
pub const OPEN: Position = Position::Open { until: 1_000 };
/// A breaker that is half open, and saw no success since.
pub const HALF_OPEN: Position = Position::HalfOpen { successes: 0 };

/// An origin signed by `who`.
pub fn signed(who: AccountId) -> RuntimeOrigin {
	RuntimeOrigin::signed(who)
}

/// The origin of governance.
pub fn root() -> RuntimeOrigin {
	RuntimeOrigin::root()
}

/// What is held on `who`, in plancks.
pub fn held(who: AccountId) -> Balance {
	Balances::balance_on_hold(&HoldReason::Deposit.into(), &who)
}

/// The free balance of `who`, in plancks.
pub fn free(who: AccountId) -> Balance {
	Balances::balance(&who)
}

/// Freezes `amount` of what `who` owns.
pub fn freeze(who: AccountId, amount: Balance) {
	assert_ok!(<Balances as MutateFreeze<_>>::set_freeze(&(), &who, amount));
}

/// Leaves so much free money on `who`, and moves the rest to the bank.
pub fn keep_free(who: AccountId, amount: Balance) {
	let excess = free(who.clone()).checked_sub(amount).expect("it owns as much");
	assert_ok!(Balances::transfer_allow_death(signed(who.clone()), BANK, excess));
	assert_eq!(free(who), amount);
}

/// Leaves nothing but held money on `who`. Only an account with another provider reference, such as
/// one with session keys of its own, can come to this.
pub fn keep_only_holds(who: AccountId) {
	System::inc_providers(&who);
	assert_ok!(Balances::transfer_all(signed(who.clone()), BANK, false));
	assert_eq!(free(who), 0);
}

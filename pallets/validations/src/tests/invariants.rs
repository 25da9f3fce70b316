//! Random sequences of everything that can happen, by several actors.
//!
//! A failure prints the smallest sequence that fails and its seed, which proptest keeps in
//! `proptest-regressions/` and replays in every run of
//! `cargo test --release -p pallet-validations invariants`. `PROPTEST_CASES=1000000` before it asks
//! for a million cases.

use crate::{
	mock::{Validations, *},
	*,
};
use aitbc_core::{AgentId, AgentKind, Balance, BlockNumber, CaseId, Subject, TagId, ValidationId};
use aitbc_traits::{AgentStatus, OnRuling};
use frame_support::{
	assert_ok, hypothetically,
	traits::fungible::{Inspect, Mutate, MutateFreeze},
};
use proptest::prelude::*;
use sp_runtime::traits::Dispatchable;
use std::collections::BTreeMap;

/// The wallet of [`OTHER_VALIDATOR`].
const OTHER_WALLET: AccountId = 9;

/// Every account of the test.
const ACCOUNTS: [AccountId; 9] = [
	REQUESTER,
	OWNER,
	WALLET,
	SUBJECT_OWNER,
	SUBJECT_WALLET,
	STRANGER,
	TREASURY,
	BANK,
	OTHER_WALLET,
];

/// Those who do something.
const ACTORS: [AccountId; 6] =
	[REQUESTER, WALLET, OTHER_WALLET, SUBJECT_OWNER, SUBJECT_WALLET, STRANGER];

/// A validator of [`STRANGER`].
const OTHER_VALIDATOR: AgentId = AgentId(2);

/// Another agent of [`SUBJECT_OWNER`].
const OTHER_SUBJECT: AgentId = AgentId(3);

const VALIDATORS: [AgentId; 2] = [VALIDATOR, OTHER_VALIDATOR];

const TAGS: [Option<TagId>; 3] = [None, Some(TAG), Some(OTHER_TAG)];

/// Up to which number a step may name a validation; this one means the newest.
const NEWEST: u64 = 11;

/// Who makes a call.
#[derive(Clone, Copy, Debug)]
enum Who {
	Requester,
	Wallet,
	Root,
	Anybody(AccountId),
}

/// What is done to a validation.
#[derive(Clone, Debug)]
enum Act {
	Answer { score: u8, finality: Finality },
	Expire,
	ReleaseBond,
	Slash,
	Erase,
	Dispute,
}

/// What can happen. See [`Ledger::pick`] for which validation a number means; for a ruling it is one
/// of those that await one.
#[derive(Clone, Debug)]
enum Step {
	Request(Request),
	Act { who: Who, validation: u64, act: Act },
	Rule { dispute: usize, percent: u32 },
	Wait { blocks: BlockNumber },
	SetStatus { agent: AgentId, status: AgentStatus },
	SetOwner { agent: AgentId, owner: AccountId },
	SetWallet { agent: AgentId, wallet: Option<AccountId> },
	SetBond { bond: Balance },
	SetExistentialDeposit { minimum: Balance },
	Freeze { who: AccountId },
	Thaw { who: AccountId },
	Drain { who: AccountId },
	Lend { who: AccountId },
}

fn one_of<V: Clone + std::fmt::Debug + 'static>(values: &'static [V]) -> impl Strategy<Value = V> {
	proptest::sample::select(values)
}

fn actor() -> impl Strategy<Value = AccountId> {
	one_of(&ACTORS)
}

/// Mostly who has a right to the call, sometimes anybody.
fn caller(entitled: Who) -> impl Strategy<Value = Who> {
	prop_oneof![12 => Just(entitled), 1 => actor().prop_map(Who::Anybody)]
}

/// A request whose deadline counts from the time at which it is made.
fn request() -> impl Strategy<Value = Request> {
	let requester = prop_oneof![8 => one_of(&[REQUESTER, SUBJECT_OWNER]), 1 => actor()];
	let subject = one_of(&[SUBJECT, SUBJECT, OTHER_SUBJECT, OTHER_VALIDATOR]);
	let tag = prop_oneof![12 => one_of(&TAGS), 1 => one_of(&[Some(RETIRED_TAG), Some(NO_TAG)])];
	let fee = prop_oneof![8 => 1_000..20_000u128, 2 => Just(0), 1 => 1..300u128];
	let deadline = prop_oneof![12 => 5..120u32, 1 => 0..2_000u32];
	(requester, one_of(&VALIDATORS), subject, 0..6u8, tag, fee, deadline).prop_map(
		|(requester, validator, subject, work, tag, fee, deadline)| Request {
			requester,
			validator,
			subject,
			tag,
			fee,
			deadline,
			..Request::numbered(work)
		},
	)
}

fn act() -> impl Strategy<Value = Step> {
	let answer = |finality| (0..=MAX_SCORE).prop_map(move |score| Act::Answer { score, finality });
	let on = |who: Who, act: BoxedStrategy<Act>| (caller(who), 0..=NEWEST, act);
	prop_oneof![
		4 => on(Who::Wallet, answer(Finality::Soft).boxed()),
		6 => on(Who::Wallet, answer(Finality::Hard).boxed()),
		4 => on(Who::Anybody(BANK), Just(Act::Expire).boxed()),
		3 => on(Who::Anybody(BANK), Just(Act::ReleaseBond).boxed()),
		2 => on(Who::Root, Just(Act::Slash).boxed()),
		3 => on(Who::Requester, Just(Act::Erase).boxed()),
		2 => (actor().prop_map(Who::Anybody), 0..=NEWEST, Just(Act::Dispute).boxed()),
		2 => on(Who::Anybody(BANK), Just(Act::Dispute).boxed()),
	]
	.prop_map(|(who, validation, act)| Step::Act { who, validation, act })
}

fn step() -> impl Strategy<Value = Step> {
	let agent = || one_of(&[VALIDATOR, OTHER_VALIDATOR, SUBJECT]);
	let status = one_of(&[
		AgentStatus::Active,
		AgentStatus::Active,
		AgentStatus::Inactive,
		AgentStatus::Suspended,
	]);
	let wallet = one_of(&[None, Some(WALLET), Some(OTHER_WALLET), Some(SUBJECT_WALLET)]);
	prop_oneof![
		10 => request().prop_map(Step::Request),
		28 => act(),
		4 => (0..10usize, one_of(&[0, 30, 50, 51, 75, 100]))
			.prop_map(|(dispute, percent)| Step::Rule { dispute, percent }),
		5 => (1..60u32).prop_map(|blocks| Step::Wait { blocks }),
		1 => (agent(), status).prop_map(|(agent, status)| Step::SetStatus { agent, status }),
		1 => (agent(), actor()).prop_map(|(agent, owner)| Step::SetOwner { agent, owner }),
		1 => (agent(), wallet).prop_map(|(agent, wallet)| Step::SetWallet { agent, wallet }),
		1 => one_of(&[0, 2_000, BOND]).prop_map(|bond| Step::SetBond { bond }),
		2 => one_of(&[ED, ED, 200, 50_000])
			.prop_map(|minimum| Step::SetExistentialDeposit { minimum }),
		1 => actor().prop_map(|who| Step::Freeze { who }),
		1 => actor().prop_map(|who| Step::Thaw { who }),
		2 => actor().prop_map(|who| Step::Drain { who }),
		3 => actor().prop_map(|who| Step::Lend { who }),
	]
}

/// A hard answer that stands.
#[derive(Clone)]
struct Standing {
	subject: AgentId,
	validator: AgentId,
	tag: Option<TagId>,
	score: u8,
}

/// What the test knows of the validations, apart from what the pallet stores.
#[derive(Clone, Default)]
struct Ledger {
	/// How many were requested.
	requested: u64,
	/// Every hard answer that stands, erased ones included.
	standing: BTreeMap<ValidationId, Standing>,
	/// What became of the requests of each validator, erased ones included.
	records: BTreeMap<AgentId, ValidatorRecord>,
}

/// Who pays whom in a call, in plancks.
type Payment = Option<(AccountId, AccountId, Balance)>;

impl Ledger {
	/// The validation that a step means: mostly one in storage, sometimes the newest, which may be
	/// erased or not have come to be.
	fn pick(&self, validation: u64) -> ValidationId {
		let mut live: Vec<_> = crate::Validations::<Test>::iter_keys().collect();
		live.sort();
		let place = validation as usize % live.len().max(1);
		match live.get(place) {
			Some(id) if validation < NEWEST => *id,
			_ => ValidationId(self.requested.saturating_sub(1)),
		}
	}

	/// Notes what `call`, which succeeded, did to the validation that was `before`, and says what it
	/// must have paid.
	fn note(&mut self, call: &Call<Test>, before: Option<ValidationOf<Test>>) -> Payment {
		let Some(before) = before else {
			self.requested += 1;
			return None;
		};
		let record = self.records.entry(before.validator).or_default();
		match (call, before.state) {
			(Call::answer { validation, score, finality: Finality::Hard, .. }, _) => {
				record.answered += 1;
				let Validation { subject, validator, tag, .. } = before;
				let standing = Standing { subject, validator, tag, score: score.get() };
				self.standing.insert(*validation, standing);
				let ValidationState::Hard { wallet, .. } = state(*validation) else {
					panic!("a hard answer is kept as one");
				};
				Some((before.requester, wallet, before.fee))
			},
			(Call::expire { .. }, ValidationState::Soft { .. }) => {
				record.missed += 1;
				None
			},
			(Call::slash { validation }, ValidationState::Hard { wallet, bond, .. }) => {
				record.overturned += 1;
				assert!(self.standing.remove(validation).is_some(), "overturned twice");
				let Bond::Held { amount, .. } = bond else { panic!("slashed what is not held") };
				Some((wallet, TREASURY, amount))
			},
			_ => None,
		}
	}

	/// Notes that a ruling overturned the answer of `validation`.
	fn overturn(&mut self, id: ValidationId, validator: AgentId) {
		self.records.entry(validator).or_default().overturned += 1;
		assert!(self.standing.remove(&id).is_some(), "overturned twice");
	}

	/// Checks what answers come to against what was noted.
	fn check(&self) {
		for subject in [SUBJECT, OTHER_SUBJECT, OTHER_VALIDATOR] {
			for validator in [None, Some(VALIDATOR), Some(OTHER_VALIDATOR)] {
				for tag in TAGS {
					let expected = self.summary(subject, validator, tag);
					assert_eq!(Validations::summary(subject, validator, tag), expected);
				}
			}
		}
		for validator in VALIDATORS {
			let expected = self.records.get(&validator).copied().unwrap_or_default();
			assert_eq!(Validations::validator_record(validator), expected);
		}
	}

	/// What a summary must be.
	fn summary(&self, subject: AgentId, validator: Option<AgentId>, tag: Option<TagId>) -> Summary {
		let counts = |one: &&Standing| {
			one.subject == subject
				&& validator.is_none_or(|validator| one.validator == validator)
				&& (tag.is_none() || one.tag == tag)
		};
		let scores: Vec<u128> =
			self.standing.values().filter(counts).map(|one| one.score.into()).collect();
		Summary { count: scores.len() as u64, sum: scores.iter().sum() }
	}
}

/// The call of a request, whose deadline counts from now.
fn request_call(request: Request) -> (RuntimeOrigin, Call<Test>) {
	let Request { requester, validator, subject, uri, hash, tag, fee, deadline } = request;
	let (work, deadline) = (Work { uri, hash }, Now::get() + deadline);
	(signed(requester), Call::request { validator, subject, work, tag, fee, deadline })
}

/// The call of an act on `validation`.
fn act_call(who: Who, validation: ValidationId, act: Act) -> (RuntimeOrigin, Call<Test>) {
	let record = crate::Validations::<Test>::get(validation);
	let wallet = |agent| Registry::get().get(&agent).and_then(|agent: &Agent| agent.wallet);
	let account = match (who, record) {
		(Who::Anybody(account), _) => Some(account),
		(Who::Requester, Some(record)) => Some(record.requester),
		(Who::Wallet, Some(record)) => wallet(record.validator),
		(Who::Root, _) | (_, None) => None,
	};
	let origin = account.map_or(RuntimeOrigin::root(), signed);
	let call = match act {
		Act::Answer { score: number, finality } => {
			let (score, evidence) = (score(number), evidence());
			Call::answer { validation, score, finality, evidence }
		},
		Act::Expire => Call::expire { validation },
		Act::ReleaseBond => Call::release_bond { validation },
		Act::Slash => Call::slash { validation },
		Act::Erase => Call::erase { validation },
		Act::Dispute => Call::dispute { validation },
	};
	(origin, call)
}

/// The validation in storage that `call` is about.
fn target(call: &Call<Test>) -> Option<ValidationOf<Test>> {
	let id = match call {
		Call::answer { validation, .. }
		| Call::expire { validation }
		| Call::release_bond { validation }
		| Call::slash { validation }
		| Call::erase { validation }
		| Call::dispute { validation } => *validation,
		_ => return None,
	};
	crate::Validations::<Test>::get(id)
}

/// What everybody owns, held money included.
fn owned() -> BTreeMap<AccountId, Balance> {
	ACCOUNTS.into_iter().map(|who| (who, Balances::total_balance(&who))).collect()
}

/// Makes `call` as a transaction does, and checks that it moves the money that it must, between the
/// accounts that it must, or nothing if it fails.
///
/// No call may turn money to dust, but for `slash`: what its loser keeps below the existential
/// deposit does not save it.
fn dispatch(origin: RuntimeOrigin, call: Call<Test>, ledger: &mut Ledger) -> bool {
	reset_events();
	let (target, mut expected) = (target(&call), owned());
	let succeeded = RuntimeCall::from(call.clone()).dispatch(origin).is_ok();
	if succeeded {
		if let Some((payer, payee, amount)) = ledger.note(&call, target) {
			*expected.get_mut(&payer).expect("a known account") -= amount;
			*expected.get_mut(&payee).expect("a known account") += amount;
		}
	}
	if made_dust() {
		assert!(matches!(call, Call::slash { .. }), "{call:?} made dust");
	} else {
		assert_eq!(owned(), expected, "{call:?} moved other money");
	}
	succeeded
}

/// Whether some account was swept since the events were reset.
fn made_dust() -> bool {
	System::events().iter().any(|record| {
		matches!(record.event, RuntimeEvent::Balances(pallet_balances::Event::DustLost { .. }))
	})
}

/// A bond that awaits a ruling.
#[derive(Clone)]
struct Awaited {
	validation: ValidationId,
	validator: AgentId,
	wallet: AccountId,
	amount: Balance,
	challenger: AccountId,
	case: CaseId,
	left: BlockNumber,
}

/// Every bond that awaits a ruling, by validation.
fn awaited() -> Vec<Awaited> {
	let of = |(validation, record): (_, ValidationOf<Test>)| {
		let ValidationState::Hard { wallet, bond, .. } = record.state else { return None };
		let Bond::Disputed { amount, challenger, case, left } = bond else { return None };
		let validator = record.validator;
		Some(Awaited { validation, validator, wallet, amount, challenger, case, left })
	};
	let mut all: Vec<_> = crate::Validations::<Test>::iter().filter_map(of).collect();
	all.sort_by_key(|one| one.validation);
	all
}

/// Has the court give so many percent of a bond to the challenger, and checks what that moves.
fn rule(awaited: &Awaited, percent: u32, ledger: &mut Ledger) {
	reset_events();
	let mut expected = owned();
	let subject = Subject::Validation(awaited.validation);
	Validations::on_ruling(subject, awaited.case, &ruling(percent));
	if percent <= 50 {
		let from = Now::get() + 1;
		let bond = Bond::Held { amount: awaited.amount, from, until: from + awaited.left };
		let ValidationState::Hard { bond: stored, .. } = state(awaited.validation) else {
			panic!("an answer stays hard");
		};
		assert_eq!(stored, bond);
	} else {
		ledger.overturn(awaited.validation, awaited.validator);
		divide(awaited, percent, &mut expected);
	}
	if !made_dust() {
		assert_eq!(owned(), expected, "a ruling moved other money");
	}
}

/// What everybody must own after a bond was divided. Who can't take its part leaves all of it to the
/// next: the challenger to the treasury, that to the wallet, that to the treasury.
fn divide(awaited: &Awaited, percent: u32, owned: &mut BTreeMap<AccountId, Balance>) {
	let Awaited { wallet, amount, challenger, .. } = *awaited;
	let events = events();
	let [Event::AnswerOverturned { bond, rewarded, returned, .. }] = events.as_slice() else {
		panic!("other events: {events:?}");
	};
	let due = amount * Balance::from(percent) / 100;
	let reward = due * 3 / 5;
	assert!([0, reward].contains(rewarded), "{rewarded} of {reward}");
	// The treasury of this test can take everything.
	assert_eq!(*bond, due);
	assert!([0, amount - due].contains(returned), "{returned} of {amount}");
	*owned.get_mut(&wallet).expect("a known account") -= amount - returned;
	*owned.get_mut(&challenger).expect("a known account") += rewarded;
	*owned.get_mut(&TREASURY).expect("a known account") += amount - returned - rewarded;
}

/// Lets something happen that is no call of the pallet. It may fail, as it may in life.
fn disturb(step: &Step) {
	let (who, call) = match *step {
		Step::Wait { blocks } => return set_now(Now::get() + blocks),
		Step::SetStatus { agent, status } => return alter_agent(agent, |one| one.status = status),
		Step::SetOwner { agent, owner } => return alter_agent(agent, |one| one.owner = owner),
		Step::SetWallet { agent, wallet } => return alter_agent(agent, |one| one.wallet = wallet),
		Step::SetBond { bond } => return BondAmount::set(&bond),
		Step::SetExistentialDeposit { minimum } => return ExistentialDeposit::set(&minimum),
		Step::Freeze { who } => {
			let _ = Balances::set_freeze(&(), &who, Balance::MAX);
			return;
		},
		Step::Thaw { who } => {
			let _ = Balances::thaw(&(), &who);
			return;
		},
		Step::Drain { who } => {
			let call = pallet_balances::Call::transfer_all { dest: BANK, keep_alive: false };
			(who, call)
		},
		Step::Lend { who } => {
			let call = pallet_balances::Call::transfer_allow_death { dest: who, value: 100_000 };
			(BANK, call)
		},
		Step::Request(_) | Step::Act { .. } | Step::Rule { .. } => return,
	};
	let _ = RuntimeCall::from(call).dispatch(signed(who));
}

/// Lets `step` happen.
fn take(step: &Step, ledger: &mut Ledger) {
	let (origin, call) = match step.clone() {
		Step::Request(request) => request_call(request),
		Step::Act { who, validation, act } => act_call(who, ledger.pick(validation), act),
		Step::Rule { dispute, percent } => {
			if let Some(awaited) = awaited().get(dispute) {
				rule(awaited, percent, ledger);
			}
			return;
		},
		_ => return disturb(step),
	};
	dispatch(origin, call, ledger);
}

/// Checks what must hold after every step.
fn check(issuance: Balance, ledger: &Ledger) {
	assert_ok!(Validations::do_try_state());
	ledger.check();
	assert_eq!(Balances::total_issuance(), issuance, "issuance changed");
	assert_eq!(owned().values().sum::<Balance>(), issuance, "money is where no account is");
}

/// Ends every validation after all periods, the disputes by a ruling of so many percent, the bonds by
/// `end_bond`, and erases it; expects every call to succeed once accounts can be credited, and no
/// money to be left on hold.
fn end_all(ledger: &mut Ledger, percent: u32, end_bond: (Who, Act)) {
	for awaited in awaited() {
		rule(&awaited, percent, ledger);
	}
	set_now(Now::get() + MaxResponseTime::get() + CHALLENGE + 1);
	ExistentialDeposit::set(&ED);
	for who in ACCOUNTS {
		assert_ok!(Balances::transfer_allow_death(signed(BANK), who, ED));
	}
	let mut must = |who, id, act: Act| {
		let (origin, call) = act_call(who, id, act);
		assert!(dispatch(origin, call, ledger), "{id:?} is stuck: {:?}", state(id));
	};
	for (id, record) in crate::Validations::<Test>::iter().collect::<Vec<_>>() {
		if record.state.is_awaited() {
			must(Who::Anybody(BANK), id, Act::Expire);
		} else if !record.state.is_concluded() {
			must(end_bond.0, id, end_bond.1.clone());
		}
		must(Who::Requester, id, Act::Erase);
	}
	assert_eq!(crate::Validations::<Test>::iter().count(), 0);
	assert_eq!(OpenRequests::<Test>::iter().count(), 0);
	assert_eq!(OpenValidations::<Test>::iter().count(), 0);
	for who in ACCOUNTS {
		for reason in [HoldReason::Deposit, HoldReason::Fee, HoldReason::Bond] {
			assert_eq!(held(reason, who), 0);
		}
	}
}

proptest! {
	#[test]
	fn validations_should_conserve_money_and_find_an_end_whatever_happens(
		requests in prop::collection::vec(request(), 0..6),
		steps in prop::collection::vec(step(), 1..100),
	) {
		new_test_ext().execute_with(|| {
			// The bank must never run dry; dust and bonds must find a treasury.
			assert_ok!(Balances::mint_into(&BANK, 1_000 * WEALTH));
			for who in [TREASURY, OTHER_WALLET] {
				assert_ok!(Balances::transfer_allow_death(signed(BANK), who, 100_000));
			}
			put_agent(OTHER_VALIDATOR, AgentKind::Validator, STRANGER, OTHER_WALLET);
			put_agent(OTHER_SUBJECT, AgentKind::Oracle, SUBJECT_OWNER, REQUESTER);
			let issuance = Balances::total_issuance();
			let mut ledger = Ledger::default();
			let requests = requests.into_iter().map(Step::Request);
			for step in requests.chain(steps) {
				take(&step, &mut ledger);
				check(issuance, &ledger);
			}
			let ends = [
				(0, (Who::Anybody(BANK), Act::ReleaseBond)),
				(100, (Who::Anybody(BANK), Act::ReleaseBond)),
				(50, (Who::Root, Act::Slash)),
			];
			for (percent, end_bond) in ends {
				hypothetically!({
					let mut ledger = ledger.clone();
					end_all(&mut ledger, percent, end_bond);
					check(issuance, &ledger);
				});
			}
		});
	}
}

//! The catalogue, the neighbours and everybody's deeds in tests.

use super::*;

/// The catalogue at the start.
pub fn catalogue() -> [(KindId, Kind); 9] {
	let level = Performer::Chain { pallet: 3, call: 0 };
	let high = Kind {
		class: RiskClass::High,
		performer: level,
		targets: Targets::Network,
		..plain("reset-level")
	};
	let medium = Kind { class: RiskClass::Medium, ..plain("restore") };
	[
		(ALERT, Kind { performer: Performer::Nobody, ..unasked("alert") }),
		(LOOK, unasked("look")),
		(RESTART, Kind { performer: commanded(restart_rules()), ..plain("restart") }),
		(RESTORE, medium.clone()),
		(
			RECONFIGURE,
			Kind { name: word("reconfigure"), reversible_by: Some(RESTORE), ..medium.clone() },
		),
		(RESET_LEVEL, high.clone()),
		(SET_LEVEL, Kind { name: word("set-level"), reversible_by: Some(RESET_LEVEL), ..high }),
		(
			TUNE,
			Kind {
				targets: Targets::Agents,
				verification: Verification::Operator,
				..plain("tune")
			},
		),
		(
			REPLACE,
			Kind {
				name: word("replace"),
				verification: Verification::Governance,
				needs_simulation: true,
				..medium
			},
		),
	]
}

/// A kind of low risk for validators, whose executor gets no parameters; two approvers have to agree.
pub fn plain(name: &str) -> Kind {
	Kind {
		name: word(name),
		class: RiskClass::Low,
		performer: commanded(Vec::new()),
		targets: Targets::Validators,
		verification: Verification::Approvers(2),
		rate_limit: RateLimit { count: MAX_KIND_STARTS, period: 10 },
		cooldown: 5,
		blast_radius: Perbill::from_percent(50),
		time_to_live: 30,
		lease: 10,
		watch: 8,
		needs_simulation: false,
		reversible_by: None,
	}
}

/// A kind without risk for validators, whose executor gets no parameters; nobody has to agree.
pub fn unasked(name: &str) -> Kind {
	Kind { class: RiskClass::Info, verification: Verification::Nobody, ..plain(name) }
}

/// Done by executors with these parameters.
pub fn commanded(rules: Vec<ParameterRule>) -> Performer {
	Performer::Executor { parameters: rules.try_into().expect("there are few") }
}

/// The rules of [`RESTART`]'s parameters.
pub fn restart_rules() -> Vec<ParameterRule> {
	let rule = |name: &str, bounds| ParameterRule { name: word(name), bounds };
	let services = vec![word("node"), word("proxy")].try_into().expect("there are few");
	vec![
		rule("service", ParameterBounds::Word(services)),
		rule("delay", ParameterBounds::Integer { least: -1, greatest: 60 }),
		rule("force", ParameterBounds::Flag),
	]
}

/// Parameters within the rules of [`RESTART`].
pub fn restart_parameters() -> Vec<Parameter> {
	vec![Parameter::Word(word("node")), Parameter::Integer(30), Parameter::Flag(true)]
}

/// A word.
pub fn word(text: &str) -> Word {
	Word::new(text.as_bytes()).expect("it is a word")
}

/// The kind `id` as it is in the catalogue.
#[track_caller]
pub fn listed(id: KindId) -> Listed {
	Catalogue::<Test>::get(id).expect("the kind is in the catalogue")
}

/// Changes a kind of the catalogue by governance.
#[track_caller]
pub fn alter_kind(id: KindId, change: impl FnOnce(&mut Kind)) {
	let mut kind = listed(id).kind;
	change(&mut kind);
	assert_ok!(Actions::set_kind(root(), id, kind));
}

/// Has `target` cool down for no time after this kind, from now on.
pub fn without_cooldown(id: KindId) {
	alter_kind(id, |kind| kind.cooldown = 0);
}

/// A set of accounts.
pub fn accounts<const N: usize>(members: [AccountId; N]) -> AccountSet<AccountId> {
	members.to_vec().try_into().expect("there are few")
}

/// Registers an active agent.
pub fn put_agent(agent: AgentId, kind: AgentKind, owner: AccountId, wallet: AccountId) {
	let mut registry = Registry::get();
	let status = AgentStatus::Active;
	registry.insert(agent, Agent { owner, wallet: Some(wallet), kind, status });
	Registry::set(&registry);
}

/// Changes a registered agent.
pub fn alter_agent(agent: AgentId, change: impl FnOnce(&mut Agent)) {
	let mut registry = Registry::get();
	change(registry.get_mut(&agent).expect("the agent is registered"));
	Registry::set(&registry);
}

/// Takes an agent out of the registry.
pub fn remove_agent(agent: AgentId) {
	let mut registry = Registry::get();
	assert!(registry.remove(&agent).is_some());
	Registry::set(&registry);
}

/// Has `who` validate with `stake`, or not at all if that is zero.
pub fn set_stake(who: AccountId, stake: Balance) {
	let mut stakes = Stakes::get();
	stakes.insert(who, stake);
	Stakes::set(&stakes);
}

/// Stores a report.
pub fn put_report(id: u64, reporter: AccountId, series: Series) {
	let mut reports = Reports::get();
	reports.insert(id, (reporter, series, SEEN));
	Reports::set(&reports);
}

/// An anomaly that `reporter` reports.
pub fn anomaly(report: u64, reporter: AccountId, series: Series) -> Anomaly<AccountId> {
	Anomaly { report, reporter, series, evidence: SEEN }
}

/// Has `reporter` report an anomaly.
pub fn notice(report: u64, reporter: AccountId, series: Series) {
	<Actions as OnAnomaly<AccountId>>::on_anomaly(&anomaly(report, reporter, series));
}

/// Begins a window of the feed, which has this reading.
pub fn begin_window(series: Series, reading: Reading) {
	let window = Window::get() + 1;
	Window::set(&window);
	let mut readings = Readings::get();
	readings.insert(series, Reading { window, ..reading });
	Readings::set(&readings);
}

/// Begins a window of the feed, in which all see that finality lags so far.
pub fn see(lag: i64) {
	let (median, spread) = (Value::from_integer(lag), Value::default());
	begin_window(Series::FinalityLag, Reading { window: 0, median, spread });
}

/// The newest reading of the finality lag.
pub fn seen() -> Option<Reading> {
	Readings::latest(Series::FinalityLag)
}

/// Has `agent` carry out actions on the node of `stash`.
pub fn bind(stash: AccountId, agent: AgentId) {
	let target = Target::Validator(stash.clone());
	assert_ok!(Actions::bind_executor(signed(stash), target, Some(agent)));
}

/// The present block.
pub fn now() -> BlockNumber {
	System::block_number().try_into().expect("it is early")
}

/// Lets so many blocks come, each with the hook.
pub fn pass_blocks(count: u32) {
	for _ in 0..count {
		skip_blocks(1);
		poll();
	}
}

/// Lets so many blocks come whose hooks find no room.
pub fn skip_blocks(count: u32) {
	System::set_block_number(System::block_number() + u64::from(count));
}

/// Has the hook run in the present block, and says what it weighed.
pub fn poll() -> Weight {
	let mut meter = WeightMeter::new();
	Actions::on_poll(System::block_number(), &mut meter);
	meter.consumed()
}

/// A recommendation of the mock.
pub type Recommended = Recommendation<AccountId, RuntimeCall>;

/// Recommends something that names neither a report nor a series, and is not reversible.
pub fn recommendation(
	kind: KindId,
	target: Target<AccountId>,
	proposal: Proposal<RuntimeCall>,
) -> Recommended {
	Recommendation {
		kind,
		target,
		proposal,
		rollback: None,
		rationale: Rationale { uri: RATIONALE_URI.to_vec(), hash: RATIONALE },
		model: model(),
		confidence: Percent::from_percent(80),
		report: None,
		series: None,
		expires: now() + 20,
	}
}

/// The model that has every idea.
pub fn model() -> Model {
	Model { name: word("oracle-7b"), version: 3 }
}

/// A command with these parameters.
pub fn command(parameters: Vec<Parameter>) -> Proposal<RuntimeCall> {
	Proposal::Command(parameters.try_into().expect("there are few"))
}

/// Recommends [`ALERT`].
pub fn alert(stash: AccountId) -> Recommended {
	recommendation(ALERT, Target::Validator(stash), Proposal::Note)
}

/// Recommends [`LOOK`].
pub fn look(stash: AccountId) -> Recommended {
	recommendation(LOOK, Target::Validator(stash), command(Vec::new()))
}

/// Recommends [`RESTART`].
pub fn restart(stash: AccountId) -> Recommended {
	recommendation(RESTART, Target::Validator(stash), command(restart_parameters()))
}

/// Recommends [`RECONFIGURE`], which the finality lag judges.
pub fn reconfigure(stash: AccountId) -> Recommended {
	let rollback = Some(command(Vec::new()));
	let recommended = recommendation(RECONFIGURE, Target::Validator(stash), command(Vec::new()));
	watched_by_lag(Recommendation { rollback, ..recommended })
}

/// Recommends [`TUNE`].
pub fn tune() -> Recommended {
	recommendation(TUNE, Target::Agent(SERVICE), command(Vec::new()))
}

/// Recommends [`REPLACE`].
pub fn replace(stash: AccountId) -> Recommended {
	recommendation(REPLACE, Target::Validator(stash), command(Vec::new()))
}

/// Recommends [`SET_LEVEL`], which the finality lag judges.
pub fn set_level(level: u32, back: u32) -> Recommended {
	let proposal = Proposal::Call(Box::new(set_level_call(level)));
	let rollback = Some(Proposal::Call(Box::new(set_level_call(back))));
	let recommended = recommendation(SET_LEVEL, Target::Network, proposal);
	watched_by_lag(Recommendation { rollback, ..recommended })
}

/// The call that sets the machine's level.
pub fn set_level_call(level: u32) -> RuntimeCall {
	machine::Call::set_level { level }.into()
}

/// The machine's level, and the kind of the last action that set it.
pub fn machine_level() -> (u32, Option<KindId>) {
	(machine::Level::<Test>::get(), machine::SetBy::<Test>::get())
}

/// Has an action watched by the finality lag.
pub fn watched_by_lag(recommendation: Recommended) -> Recommended {
	Recommendation { series: Some(Series::FinalityLag), ..recommendation }
}

/// Recommends by `who`.
pub fn try_recommend(who: AccountId, recommendation: Recommended) -> DispatchResult {
	Actions::recommend(signed(who), Box::new(recommendation))
}

/// Recommends by [`SAGE`], and says which action that is.
#[track_caller]
pub fn recommend(recommendation: Recommended) -> ActionId {
	let id = NextActionId::<Test>::get();
	assert_ok!(try_recommend(SAGE, recommendation));
	id
}

/// Approves by `who`.
pub fn try_approve(who: AccountId, id: ActionId) -> DispatchResult {
	Actions::approve(signed(who), id, hash_of(id))
}

/// Approves by [`ANN`] and [`BEN`], or by whoever else has to agree.
#[track_caller]
pub fn approve(id: ActionId) {
	match listed(stored(id).order.kind).kind.verification {
		Verification::Nobody => {},
		Verification::Operator => {
			let operator = Actions::operator(&stored(id).order.target);
			assert_ok!(try_approve(operator.expect("there is one"), id));
		},
		Verification::Approvers(needed) => {
			for who in [ANN, BEN, CLEO].into_iter().take(needed as usize) {
				assert_ok!(try_approve(who, id));
			}
		},
		Verification::Governance => {
			assert_ok!(Actions::force_approve(root(), id, hash_of(id)));
		},
	}
}

/// Claims by `who`.
pub fn try_claim(who: AccountId, id: ActionId) -> DispatchResult {
	Actions::claim(signed(who), id, hash_of(id))
}

/// Claims by the wallet of the executor that is bound to the target.
#[track_caller]
pub fn claim(id: ActionId) {
	assert_ok!(try_claim(hand_of(id), id));
}

/// The wallet of the executor that is bound to the target of an action.
#[track_caller]
pub fn hand_of(id: ActionId) -> AccountId {
	let agent = Executors::<Test>::get(stored(id).order.target).expect("there is an executor");
	Registry::wallet(agent).expect("it has a wallet")
}

/// Reports by `who`.
pub fn try_report(who: AccountId, id: ActionId, result: Verdict) -> DispatchResult {
	Actions::report(signed(who), id, result, EVIDENCE)
}

/// Reports by who claimed it.
#[track_caller]
pub fn report(id: ActionId, result: Verdict) {
	let State::Running { executor, .. } = stored(id).state else { panic!("it does not run") };
	assert_ok!(try_report(executor.wallet, id, result));
}

/// Recommends by [`SAGE`], and has everybody agree.
#[track_caller]
pub fn verified(recommendation: Recommended) -> ActionId {
	let id = recommend(recommendation);
	approve(id);
	id
}

/// The same, and has the executor claim it.
#[track_caller]
pub fn running(recommendation: Recommended) -> ActionId {
	let id = verified(recommendation);
	claim(id);
	id
}

/// The same, and has it done.
#[track_caller]
pub fn done(recommendation: Recommended) -> ActionId {
	let id = running(recommendation);
	report(id, crate::Verdict::Succeeded);
	id
}

/// The same, and has it fail.
#[track_caller]
pub fn failed(recommendation: Recommended) -> ActionId {
	let id = running(recommendation);
	report(id, crate::Verdict::Failed);
	id
}

/// Has an action done that makes the finality lag so much longer, or shorter, and waits for the verdict.
#[track_caller]
pub fn judged(recommendation: Recommended, change: i64) -> ActionId {
	see(50);
	let id = done(watched_by_lag(recommendation));
	see(50 + change);
	pass_blocks(8);
	id
}

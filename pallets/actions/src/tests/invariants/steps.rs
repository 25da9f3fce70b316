//! What can happen.

use super::ACTORS;
use crate::{
	mock::{Actions, *},
	*,
};
use aitbc_core::{ActionId, AgentId, AgentKind, Balance, KindId, Target};
use aitbc_telemetry::Series;
use aitbc_traits::AgentStatus;
use frame_support::assert_ok;
use proptest::{collection::vec, prelude::*, sample::select};
use sp_runtime::{traits::Dispatchable, DispatchResult, Perbill};

/// Something to recommend.
#[derive(Clone, Debug)]
pub(super) enum What {
	Alert(AccountId),
	Look(AccountId),
	Restart(AccountId),
	Reconfigure(AccountId),
	Replace(AccountId),
	Tune,
	SetLevel(u32),
}

/// What can happen. Actions are counted from the last one back.
#[derive(Clone, Debug)]
pub(super) enum Step {
	Recommend {
		who: AccountId,
		what: What,
		is_watched: bool,
		time: u32,
	},
	Approve {
		who: AccountId,
		back: u64,
	},
	/// All approvers and the operator approve.
	Agree {
		back: u64,
	},
	ForceApprove {
		back: u64,
	},
	Veto {
		who: Option<AccountId>,
		back: u64,
	},
	DeclareSpam {
		who: AccountId,
		back: u64,
	},
	Simulate {
		back: u64,
		has_passed: bool,
	},
	/// By `who`, or by the executor that is bound to the target.
	Claim {
		who: Option<AccountId>,
		back: u64,
	},
	/// By `who`, or by who claimed it.
	Report {
		who: Option<AccountId>,
		back: u64,
		result: Verdict,
	},
	/// With the call that was approved, or another.
	Perform {
		back: u64,
		is_other: bool,
	},
	Notice {
		who: AccountId,
		series: Series,
	},
	SetKillSwitch {
		is_on: bool,
	},
	SetBrake {
		target: Target<AccountId>,
		is_on: bool,
	},
	Bind {
		target: Target<AccountId>,
		executor: Option<AgentId>,
	},
	OpenByHalf {
		scope: Scope,
	},
	SetApprovers {
		approvers: Vec<AccountId>,
	},
	SetRecommender {
		is_admitted: bool,
	},
	SetReflex {
		kind: Option<KindId>,
	},
	/// Changes what of a kind holds actions back.
	Tighten {
		kind: KindId,
		share: u32,
		count: u32,
		cooldown: u32,
	},
	RemoveKind {
		kind: KindId,
	},
	/// Lists every kind that was at the start.
	ListAll,
	Blocks {
		count: u32,
		is_polled: bool,
	},
	See {
		lag: i64,
	},
	SetStake {
		who: AccountId,
		stake: Balance,
	},
	SetStatus {
		agent: AgentId,
		status: AgentStatus,
	},
	/// An agent leaves the registry for good.
	Leave {
		agent: AgentId,
	},
	/// It is registered as it was at the start.
	Return {
		agent: AgentId,
	},
	SetMostLevel {
		level: u32,
	},
	SetDeposit {
		amount: Balance,
	},
	Drain {
		who: AccountId,
	},
	Lend {
		who: AccountId,
	},
}

fn actor() -> impl Strategy<Value = AccountId> {
	select(&ACTORS[..])
}

fn stash() -> impl Strategy<Value = AccountId> {
	select(&[ALICE, ALICE, BOB, CAROL, DAVE][..])
}

fn approver() -> impl Strategy<Value = AccountId> {
	prop_oneof![8 => select(&[ANN, BEN, CLEO][..]), 1 => actor()]
}

fn target() -> impl Strategy<Value = Target<AccountId>> {
	prop_oneof![
		4 => stash().prop_map(Target::Validator),
		1 => Just(Target::Agent(SERVICE)),
		1 => Just(Target::Network),
	]
}

fn kind() -> impl Strategy<Value = KindId> {
	(1..=9u16).prop_map(KindId)
}

fn what() -> impl Strategy<Value = What> {
	prop_oneof![
		1 => stash().prop_map(What::Alert),
		3 => stash().prop_map(What::Look),
		3 => stash().prop_map(What::Restart),
		5 => stash().prop_map(What::Reconfigure),
		1 => stash().prop_map(What::Replace),
		2 => Just(What::Tune),
		2 => (0..110u32).prop_map(What::SetLevel),
	]
}

/// How far back an action is: mostly not far.
fn back() -> impl Strategy<Value = u64> {
	prop_oneof![6 => 0..3u64, 1 => 0..12u64]
}

/// What people and programs do with an action.
fn deed() -> impl Strategy<Value = Step> {
	let result = select(
		&[
			Verdict::Succeeded,
			Verdict::Succeeded,
			Verdict::Succeeded,
			Verdict::Failed,
			Verdict::Unknown,
		][..],
	);
	let mostly_none = || prop_oneof![9 => Just(None), 1 => actor().prop_map(Some)];
	let who = prop_oneof![4 => Just(SAGE), 1 => actor()];
	let time = prop_oneof![1 => Just(0), 8 => 1..30u32, 1 => Just(31)];
	prop_oneof![
		16 => (who, what(), any::<bool>(), time).prop_map(|(who, what, is_watched, time)| {
			Step::Recommend { who, what, is_watched, time }
		}),
		6 => (approver(), back()).prop_map(|(who, back)| Step::Approve { who, back }),
		10 => back().prop_map(|back| Step::Agree { back }),
		3 => back().prop_map(|back| Step::ForceApprove { back }),
		1 => (prop_oneof![approver().prop_map(Some), Just(None)], back())
			.prop_map(|(who, back)| Step::Veto { who, back }),
		3 => (approver(), back()).prop_map(|(who, back)| Step::DeclareSpam { who, back }),
		2 => (back(), any::<bool>())
			.prop_map(|(back, has_passed)| Step::Simulate { back, has_passed }),
		14 => (mostly_none(), back()).prop_map(|(who, back)| Step::Claim { who, back }),
		12 => (mostly_none(), back(), result)
			.prop_map(|(who, back, result)| Step::Report { who, back, result }),
		4 => (back(), prop_oneof![9 => Just(false), 1 => Just(true)])
			.prop_map(|(back, is_other)| Step::Perform { back, is_other }),
		2 => (stash(), select(&[Series::Cpu, Series::FinalityLag][..]))
			.prop_map(|(who, series)| Step::Notice { who, series }),
	]
}

/// What governance and operators decide.
fn decision() -> impl Strategy<Value = Step> {
	let switch = || prop_oneof![1 => Just(true), 3 => Just(false)];
	let executor =
		prop_oneof![4 => Just(Some(EXECUTOR)), 1 => Just(Some(OTHER_EXECUTOR)), 1 => Just(None)];
	let some = [ANN, BEN, CLEO, STRANGER, SAGE_OWNER, SERVICE_OWNER, ALICE];
	let approvers = vec(select(some.to_vec()), 0..4);
	let tied =
		prop_oneof![1 => Just(None), 4 => select(&[LOOK, ALERT, RESTORE][..]).prop_map(Some)];
	prop_oneof![
		3 => switch().prop_map(|is_on| Step::SetKillSwitch { is_on }),
		3 => (target(), switch()).prop_map(|(target, is_on)| Step::SetBrake { target, is_on }),
		2 => (target(), executor)
			.prop_map(|(target, executor)| Step::Bind { target, executor }),
		3 => select(&Scope::ALL[..]).prop_map(|scope| Step::OpenByHalf { scope }),
		1 => approvers.prop_map(|approvers| Step::SetApprovers { approvers }),
		2 => Just(Step::SetApprovers { approvers: vec![ANN, BEN, CLEO] }),
		1 => switch().prop_map(|on| Step::SetRecommender { is_admitted: !on }),
		2 => tied.prop_map(|kind| Step::SetReflex { kind }),
		2 => (kind(), 0..101u32, 1..17u32, 0..9u32).prop_map(|(kind, share, count, cooldown)| {
			Step::Tighten { kind, share, count, cooldown }
		}),
		1 => kind().prop_map(|kind| Step::RemoveKind { kind }),
		1 => Just(Step::ListAll),
	]
}

/// What else happens.
fn incident() -> impl Strategy<Value = Step> {
	let count = prop_oneof![8 => 1..4u32, 3 => 4..12u32, 1 => 12..60u32];
	let stake = prop_oneof![1 => Just(0), 3 => Just(STAKE)];
	let status = select(&[AgentStatus::Active, AgentStatus::Active, AgentStatus::Suspended][..]);
	let agent = select(&[ADVISOR, EXECUTOR, OTHER_EXECUTOR][..]);
	let leaver = || select(&[ADVISOR, SERVICE, SERVICE][..]);
	let deposit = select(&[DEPOSIT, ED, 3 * DEPOSIT][..]);
	prop_oneof![
		12 => (count, prop_oneof![9 => Just(true), 1 => Just(false)])
			.prop_map(|(count, is_polled)| Step::Blocks { count, is_polled }),
		8 => (0..60i64).prop_map(|lag| Step::See { lag }),
		1 => (stash(), stake).prop_map(|(who, stake)| Step::SetStake { who, stake }),
		1 => (agent, status).prop_map(|(agent, status)| Step::SetStatus { agent, status }),
		1 => leaver().prop_map(|agent| Step::Leave { agent }),
		3 => leaver().prop_map(|agent| Step::Return { agent }),
		1 => select(&[100, 100, 20][..]).prop_map(|level| Step::SetMostLevel { level }),
		1 => deposit.prop_map(|amount| Step::SetDeposit { amount }),
		1 => actor().prop_map(|who| Step::Drain { who }),
		2 => actor().prop_map(|who| Step::Lend { who }),
	]
}

pub(super) fn step() -> impl Strategy<Value = Step> {
	prop_oneof![10 => deed(), 1 => decision(), 3 => incident()]
}

/// The recommendation of `what`.
fn recommended(what: &What, is_watched: bool, time: u32) -> Recommended {
	let recommended = match what.clone() {
		What::Alert(stash) => alert(stash),
		What::Look(stash) => look(stash),
		What::Restart(stash) => restart(stash),
		What::Reconfigure(stash) => reconfigure(stash),
		What::Replace(stash) => replace(stash),
		What::Tune => tune(),
		What::SetLevel(level) => set_level(level, 1),
	};
	let recommended = if is_watched { watched_by_lag(recommended) } else { recommended };
	Recommendation { expires: now() + time, ..recommended }
}

/// The action so far back, and the hash of its order, if it is kept.
fn nth_last(back: u64) -> (ActionId, [u8; 32]) {
	let id = ActionId(NextActionId::<Test>::get().0.saturating_sub(back + 1));
	let hash = crate::Actions::<Test>::get(id).map(|action| action.order.hash());
	(id, hash.unwrap_or_default())
}

/// The wallet of the executor that is bound to the target of an action.
fn bound(id: ActionId) -> Option<AccountId> {
	let target = crate::Actions::<Test>::get(id)?.order.target;
	Registry::get().remove(&Executors::<Test>::get(target)?)?.wallet
}

/// Who claimed an action that runs.
fn claimant(id: ActionId) -> Option<AccountId> {
	match crate::Actions::<Test>::get(id)?.state {
		State::Running { executor, .. } => Some(executor.wallet),
		_ => None,
	}
}

/// The origin that decides about `target`: anybody's if nobody operates it any more.
fn operator(target: &Target<AccountId>) -> RuntimeOrigin {
	match target {
		Target::Network => root(),
		_ => signed(Actions::operator(target).unwrap_or(STRANGER)),
	}
}

/// Does something with an action. It may fail, as it may in life.
pub(super) fn act(step: &Step) -> Option<DispatchResult> {
	let done = match step.clone() {
		Step::Recommend { who, what, is_watched, time } => {
			try_recommend(who, recommended(&what, is_watched, time))
		},
		Step::Approve { who, back } => {
			let (id, hash) = nth_last(back);
			Actions::approve(signed(who), id, hash)
		},
		Step::Agree { back } => {
			let (id, hash) = nth_last(back);
			for who in [ANN, BEN, CLEO, SERVICE_OWNER] {
				let _ = Actions::approve(signed(who), id, hash);
			}
			Ok(())
		},
		Step::ForceApprove { back } => {
			let (id, hash) = nth_last(back);
			Actions::force_approve(root(), id, hash)
		},
		Step::Veto { who, back } => {
			Actions::veto(who.map_or_else(root, signed), nth_last(back).0, REASON)
		},
		Step::DeclareSpam { who, back } => Actions::declare_spam(signed(who), nth_last(back).0),
		Step::Simulate { back, has_passed } => {
			let (id, hash) = nth_last(back);
			Actions::simulate(signed(bound(id)?), id, hash, has_passed, EVIDENCE)
		},
		Step::Claim { who, back } => {
			let (id, hash) = nth_last(back);
			Actions::claim(signed(who.or_else(|| bound(id))?), id, hash)
		},
		Step::Report { who, back, result } => {
			let id = nth_last(back).0;
			try_report(who.or_else(|| claimant(id))?, id, result)
		},
		Step::Perform { back, is_other } => {
			let id = nth_last(back).0;
			let work = crate::Actions::<Test>::get(id)?.order.work;
			let aitbc_core::Work::Call(bytes) = work else { return None };
			let mut call = codec::Decode::decode(&mut &bytes[..]).expect("it is a call");
			if is_other {
				call = set_level_call(109);
			}
			Actions::perform(signed(STRANGER), id, Box::new(call))
		},
		_ => return None,
	};
	Some(done)
}

/// Decides something, by whoever may.
pub(super) fn decide(step: &Step) -> Option<DispatchResult> {
	let done = match step.clone() {
		Step::SetKillSwitch { is_on } => Actions::set_kill_switch(root(), is_on),
		Step::SetBrake { target, is_on } => Actions::set_brake(operator(&target), target, is_on),
		Step::Bind { target, executor } => {
			Actions::bind_executor(operator(&target), target, executor)
		},
		Step::OpenByHalf { scope } => Actions::open_by_half(root(), scope),
		Step::SetApprovers { approvers } => {
			Actions::set_approvers(root(), approvers.try_into().expect("there are few"))
		},
		Step::SetRecommender { is_admitted } => {
			Actions::set_recommender(root(), ADVISOR, is_admitted)
		},
		Step::SetReflex { kind } => {
			let reflex = kind.map(|kind| Reflex { kind, parameters: Default::default() });
			Actions::set_reflex(root(), Series::Cpu, reflex)
		},
		Step::Tighten { kind: id, share, count, cooldown } => {
			let kind = Catalogue::<Test>::get(id)?.kind;
			let blast_radius = Perbill::from_percent(share);
			let rate_limit = RateLimit { count, period: 10 };
			Actions::set_kind(root(), id, Kind { blast_radius, rate_limit, cooldown, ..kind })
		},
		Step::RemoveKind { kind } => Actions::remove_kind(root(), kind),
		Step::ListAll => {
			for (id, kind) in catalogue() {
				let _ = Actions::set_kind(root(), id, kind);
			}
			Ok(())
		},
		_ => return None,
	};
	Some(done)
}

/// Lets something else happen.
pub(super) fn befall(step: &Step) {
	match step.clone() {
		Step::Notice { who, series } => notice(0, who, series),
		Step::Blocks { count, is_polled: true } => pass_blocks(count),
		Step::Blocks { count, is_polled: false } => skip_blocks(count),
		Step::See { lag } => see(lag),
		Step::SetStake { who, stake } => set_stake(who, stake),
		Step::SetStatus { agent, status } if Registry::get().contains_key(&agent) => {
			alter_agent(agent, |agent| agent.status = status);
		},
		Step::Leave { agent } if Registry::get().contains_key(&agent) => remove_agent(agent),
		Step::Return { agent: ADVISOR } => {
			put_agent(ADVISOR, AgentKind::AiModel, SAGE_OWNER, SAGE);
		},
		Step::Return { agent: SERVICE } => {
			put_agent(SERVICE, AgentKind::Provider, SERVICE_OWNER, extra(20));
		},
		Step::SetMostLevel { level } => MostLevel::set(&level),
		Step::SetDeposit { amount } => Deposit::set(&amount),
		Step::Drain { who } => {
			let call = pallet_balances::Call::transfer_all { dest: BANK, keep_alive: true };
			let _ = RuntimeCall::from(call).dispatch(signed(who));
		},
		Step::Lend { who } => pay(who, 10 * DEPOSIT),
		_ => {},
	}
}

/// Pays `who` out of the bank.
fn pay(who: AccountId, value: Balance) {
	assert_ok!(Balances::transfer_allow_death(signed(BANK), who, value));
}

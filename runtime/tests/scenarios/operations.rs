//! An anomaly is handled: a node reports it, an agent recommends what to do, people approve, an executor
//! does it, all validators measure whether it helped, and the audit log has each step.

use crate::{
	network::{as_root, events, pass_blocks, submit},
	telemetry::{enter, key, measure, name_workers, on_four_validators, send, sign},
};
use aitbc_anomaly::{Feature, Score, Value};
use aitbc_audit::{Event as Logged, RecordId, Subject};
use aitbc_core::{
	money::AIT, ActionId, AgentId, AgentKind, CardHash, DocumentHash, EvidenceHash, KindId,
	Parameter, Target, Word,
};
use aitbc_runtime::{
	AccountId, Actions, AuditLog, Balance, Balances, Runtime, RuntimeCall, RuntimeEvent, System,
	TxPause,
};
use aitbc_telemetry::{Alarm, Cause, Series};
use frame_support::{assert_err, assert_ok, traits::fungible::InspectHold};
use pallet_actions::{
	Call, Error, Event, HoldReason, Model, Outcome, Proposal, Rationale, Recommendation, Reflex,
	State, Verdict,
};
use pallet_telemetry::types::{RawHash, Statement};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{
	self, Alice, AliceStash, Bob, Charlie, Dave, DaveStash, Eve, Ferdie,
};
use sp_runtime::{DispatchError, DispatchResult, Percent};

/// Kinds of the first catalogue.
const NOTE: KindId = KindId(1);
const RESTART: KindId = KindId(2);
const UNPAUSE: KindId = KindId(7);
const PAUSE: KindId = KindId(8);

/// What a recommendation holds.
const DEPOSIT: Balance = 10 * AIT;

/// How long an action is watched on a development network, in blocks.
const WATCH: u32 = 60;

fn sent(signer: Sr25519Keyring, call: impl Into<RuntimeCall>) -> DispatchResult {
	submit(signer, call).expect("the transaction is valid")
}

/// An active agent of `owner` that works under `wallet`.
fn agent(owner: Sr25519Keyring, wallet: Sr25519Keyring, kind: AgentKind) -> AgentId {
	let agent = pallet_agents::NextAgentId::<Runtime>::get();
	let (uri, hash) = (b"https://agents.example/card.json".to_vec(), CardHash::default());
	assert_ok!(sent(owner, pallet_agents::Call::register { kind, uri, hash }));
	let wallet_id = wallet.to_account_id();
	let set = pallet_agents::Call::set_wallet { agent, wallet: wallet_id, proof: None };
	assert_ok!(sent(owner, set));
	assert_ok!(sent(wallet, pallet_agents::Call::accept_wallet { agent }));
	assert_ok!(sent(owner, pallet_agents::Call::activate { agent }));
	agent
}

/// Dave's node, which Eve's executor looks after; Ferdie's agent recommends.
fn set_up() -> Target<AccountId> {
	let executor = agent(Dave, Eve, AgentKind::Executor);
	let watcher = agent(Dave, Ferdie, AgentKind::AiModel);
	as_root(Call::<Runtime>::set_recommender { agent: watcher, is_admitted: true });
	let target = Target::Validator(DaveStash.to_account_id());
	let bind = Call::<Runtime>::bind_executor { target: target.clone(), executor: Some(executor) };
	assert_ok!(sent(DaveStash, bind));
	target
}

fn recommendation(
	kind: KindId,
	target: Target<AccountId>,
	proposal: Proposal<RuntimeCall>,
	rollback: Option<Proposal<RuntimeCall>>,
) -> Box<Recommendation<AccountId, RuntimeCall>> {
	Box::new(Recommendation {
		kind,
		target,
		proposal,
		rollback,
		rationale: Rationale {
			uri: b"ipfs://why".to_vec(),
			hash: DocumentHash(H256::repeat_byte(1)),
		},
		model: Model { name: word("watcher"), version: 3 },
		confidence: Percent::from_percent(90),
		report: None,
		series: Some(Series::FinalityLag),
		expires: System::block_number() + 50,
	})
}

fn word(text: &str) -> Word {
	Word::new(text.as_bytes()).expect("it is a word")
}

fn restart() -> Proposal<RuntimeCall> {
	let service = Parameter::Word(word("node"));
	Proposal::Command(vec![service].try_into().expect("it is one"))
}

/// The call that stops bids, or lets them go on.
fn pause(is_on: bool) -> RuntimeCall {
	let name = |text: &str| text.as_bytes().to_vec().try_into().expect("it is short");
	let (pallet, call) = (name("Market"), name("bid"));
	match is_on {
		true => pallet_tx_pause::Call::pause { full_name: (pallet, call) }.into(),
		false => pallet_tx_pause::Call::unpause { ident: (pallet, call) }.into(),
	}
}

fn hash(action: ActionId) -> [u8; 32] {
	Actions::action_info(action).expect("it is there").hash
}

fn approve(action: ActionId, approvers: &[Sr25519Keyring]) {
	for approver in approvers {
		assert_ok!(sent(*approver, Call::<Runtime>::approve { action, hash: hash(action) }));
	}
}

fn outcome(action: ActionId) -> Outcome {
	match Actions::action_info(action).expect("it is kept").action.state {
		State::Ended { outcome, .. } => outcome,
		state => panic!("it is {state:?}"),
	}
}

/// What the log has about `subject`, oldest first.
fn logged(subject: Subject) -> Vec<Logged> {
	let query = pallet_audit_log::Query { subject: Some(subject), ..Default::default() };
	let page = AuditLog::records(query, None, 100);
	let events: Vec<_> = page.records.iter().rev().map(|record| record.entry.event).collect();
	events
}

fn held() -> Balance {
	Balances::balance_on_hold(&HoldReason::Deposit.into(), &Ferdie.to_account_id())
}

#[test]
fn node_should_be_restarted_and_the_feed_tell_that_it_helped() {
	on_four_validators(|| {
		name_workers();
		let target = set_up();
		measure(0, [30, 30, 31, 29]);
		let recommend = recommendation(RESTART, target.clone(), restart(), None);
		assert_ok!(sent(Ferdie, Call::<Runtime>::recommend { recommendation: recommend }));
		let action = ActionId(0);
		assert_eq!(held(), DEPOSIT);
		approve(action, &[Alice, Charlie]);
		assert_ok!(sent(Eve, Call::<Runtime>::claim { action, hash: hash(action) }));
		let busy = Call::<Runtime>::recommend {
			recommendation: recommendation(RESTART, target.clone(), restart(), None),
		};
		assert_err!(sent(Ferdie, busy), Error::<Runtime>::TargetBusy);
		// An agent that carries something out can't leave.
		assert_eq!(Actions::running_of(AgentId(0)), 1);
		let leave = pallet_agents::Call::deregister { agent: AgentId(0) };
		assert_err!(sent(Dave, leave), pallet_agents::Error::<Runtime>::WorkOpen);
		let evidence = EvidenceHash(H256::repeat_byte(2));
		let verdict = Verdict::Succeeded;
		let report = Call::<Runtime>::report { action, result: verdict, evidence };
		assert_ok!(sent(Eve, report));

		measure(5, [2, 3, 2, 3]);
		pass_blocks(WATCH);

		assert_eq!(outcome(action), Outcome::Helped);
		assert_eq!(held(), 0);
		let records = Actions::track_records(RESTART, None, 100).records;
		assert_eq!((records.len(), records[0].record.helped), (1, 1));
		let stash: [u8; 32] = DaveStash.to_account_id().into();
		let expected = [
			Logged::ExecutorBound,
			Logged::ActionRecommended,
			Logged::ActionApproved,
			Logged::ActionApproved,
			Logged::ActionVerified,
			Logged::ActionClaimed,
			Logged::ActionSucceeded,
			Logged::ActionHelped,
		];
		assert_eq!(logged(Subject::Validator(stash)), expected);
		assert_eq!(logged(Subject::Action(0)), expected[1..]);
	});
}

#[test]
fn call_should_be_dispatched_without_root_and_reversed_when_things_get_worse() {
	on_four_validators(|| {
		name_workers();
		set_up();
		measure(0, [2, 2, 2, 2]);
		let (on, off) =
			(Proposal::Call(Box::new(pause(true))), Proposal::Call(Box::new(pause(false))));
		let recommend = recommendation(PAUSE, Target::Network, on, Some(off));
		assert_ok!(sent(Ferdie, Call::<Runtime>::recommend { recommendation: recommend }));
		assert!(!TxPause::is_paused_unbound("Market".into(), "bid".into()), "it was only tried");
		let action = ActionId(0);
		approve(action, &[Alice, Bob]);
		let perform = |action, call| Call::<Runtime>::perform { action, call: Box::new(call) };
		assert_err!(sent(Eve, perform(action, pause(true))), Error::<Runtime>::NotVerified);
		approve(action, &[Charlie]);
		assert_err!(sent(Eve, perform(action, pause(false))), Error::<Runtime>::CallNotAllowed);

		assert_ok!(sent(Eve, perform(action, pause(true))));

		assert!(TxPause::is_paused_unbound("Market".into(), "bid".into()));
		measure(5, [40, 40, 41, 40]);
		pass_blocks(WATCH);
		assert_eq!(outcome(action), Outcome::Worse);
		let rollback = ActionId(1);
		let reverse = Actions::action_info(rollback).expect("the chain put it there").action;
		assert_eq!((reverse.order.kind, &reverse.state), (UNPAUSE, &State::Verified));

		assert_ok!(sent(Eve, perform(rollback, pause(false))));

		assert!(!TxPause::is_paused_unbound("Market".into(), "bid".into()));
		// It opened when the action was found to make things worse, and some blocks have passed since.
		assert_eq!(Actions::info().breakers.high.openings, 1);
	});
}

#[test]
fn catalogue_should_give_no_action_more_rights_than_the_runtime_does() {
	on_four_validators(|| {
		set_up();
		let transfer: RuntimeCall = pallet_balances::Call::force_transfer {
			source: AliceStash.to_account_id().into(),
			dest: Ferdie.to_account_id().into(),
			value: AIT,
		}
		.into();
		let set_code: RuntimeCall = frame_system::Call::set_code { code: vec![1] }.into();
		let fee = aitbc_runtime::configs::parameters::dynamic_params::escrow::Parameters::Fee(
			aitbc_runtime::configs::parameters::dynamic_params::escrow::Fee,
			None,
		);
		let key_value = aitbc_runtime::configs::parameters::RuntimeParameters::Escrow(fee);
		let tune: RuntimeCall = pallet_parameters::Call::set_parameter { key_value }.into();
		for call in [transfer, set_code, tune] {
			let bytes = codec::Encode::encode(&call);
			let mut kind = Actions::kind_info(UNPAUSE).expect("it is there").kind;
			kind.name = word("anything");
			kind.performer = pallet_actions::Performer::Chain { pallet: bytes[0], call: bytes[1] };
			as_root(Call::<Runtime>::set_kind { id: KindId(20), kind });
			let proposal = Proposal::Call(Box::new(call.clone()));
			let recommend = recommendation(KindId(20), Target::Network, proposal, None);
			let recommend = Call::<Runtime>::recommend { recommendation: recommend };
			assert_err!(sent(Ferdie, recommend), Error::<Runtime>::CallNotAllowed);
			// Nor would the call take the origin.
			let origin = pallet_actions::Origin::Verified(KindId(20)).into();
			let dispatched = sp_runtime::traits::Dispatchable::dispatch(call, origin);
			assert_eq!(dispatched.map_err(|error| error.error), Err(DispatchError::BadOrigin));
		}
	});
}

#[test]
fn report_should_lead_to_what_governance_tied_to_its_series() {
	on_four_validators(|| {
		name_workers();
		let reflex = Reflex { kind: NOTE, parameters: Default::default() };
		as_root(Call::<Runtime>::set_reflex { series: Series::DiskFree, reflex: Some(reflex) });
		enter(2);
		let value = Value::default();
		let cause = Cause::Anomaly {
			score: Score::ALARM,
			feature: Feature::Value,
			expected: value,
			seen: value,
		};
		let alarm = Alarm { series: Series::DiskFree, at: 1, cause };
		let evidence = RawHash([9; 32]);
		let (window, model) = (2, 1);
		let signature = sign(DaveStash, Statement::Reports(window, &alarm, model, &evidence));
		let report = pallet_telemetry::Call::report {
			key: key(DaveStash),
			window,
			alarm,
			model,
			evidence,
			signature,
		};

		assert_ok!(send(report).expect("valid"));

		let recommended = events().into_iter().find_map(|event| match event {
			RuntimeEvent::Actions(Event::ActionRecommended { action, order, report, .. }) => {
				Some((action, order.target, report))
			},
			_ => None,
		});
		let target = Target::Validator(DaveStash.to_account_id());
		assert_eq!(recommended, Some((ActionId(0), target, Some(0))));
		assert_eq!(outcome(ActionId(0)), Outcome::Noted);
		let record = AuditLog::record(RecordId(1)).expect("it is written down");
		assert_eq!(record.entry.event, Logged::ActionRecommended);
		assert_eq!(record.entry.hashes[1], Some([9; 32]));
	});
}

#[test]
fn operations_should_go_on_in_safe_mode() {
	on_four_validators(|| {
		let target = set_up();
		as_root(pallet_safe_mode::Call::<Runtime>::force_enter {});
		let recommend = recommendation(RESTART, target, restart(), None);
		assert_ok!(sent(Ferdie, Call::<Runtime>::recommend { recommendation: recommend }));
		approve(ActionId(0), &[Alice, Bob]);
		let claim = Call::<Runtime>::claim { action: ActionId(0), hash: hash(ActionId(0)) };
		assert_ok!(sent(Eve, claim));
	});
}

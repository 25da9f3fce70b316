//! A chain on which every method about operations actions has something to tell.
//!
//! Alice's stash operates the validator. Agent 2, whose wallet is the account of Bob's stash, carries
//! actions out on it; agent 0 may recommend for anything. Alice, Bob and Charlie are the approvers:
//!
//! | action | kind | what becomes of it |
//! |---|---|---|
//! | 0 | raise-alert | it is noted |
//! | 1 | rotate-peers, which agent 0 recommends | two approve, agent 2 claims it, and it fails |
//! | 2 | pause-rpc, which resume-rpc reverses | Bob vetoes |
//! | 3 | restart-service | Alice approves, and one more would have to |
//! | 4 | prune | two approve, agent 2 claims it, and is at it |
//! | 5 | pause-call, which unpause-call reverses | agent 0 recommends it for the network; it waits |
//!
//! Eve, who owns agent 1, pulls its brake.

use crate::{
	agents::scenario::{CHECKER, RENDERER},
	harness::{wait_until, Node},
	transactions::{bytes, send, send_together},
};
use aitbc_core::{
	ActionId, AgentId, AgentKind, BlockNumber, CardHash, DocumentHash, EvidenceHash, Hash, KindId,
	Parameter, Target, Word, Work,
};
use aitbc_runtime::{AccountId, RuntimeCall};
use aitbc_telemetry::Series;
use codec::{Decode, Encode};
use pallet_actions::types::{Model, Order, Proposal, Rationale, Recommendation};
use serde_json::json;
use sp_keyring::Sr25519Keyring::{Alice, AliceStash, Bob, BobStash, Dave, Eve};
use sp_runtime::Percent;

/// The agent that carries actions out.
const EXECUTOR: AgentId = AgentId(2);

/// The actions that go on after they were recommended.
const FAILING: ActionId = ActionId(1);
const UNWANTED: ActionId = ActionId(2);
const PROPOSED: ActionId = ActionId(3);
const RUNNING: ActionId = ActionId(4);

/// Kinds of the development network's genesis.
const RAISE_ALERT: KindId = KindId(1);
const RESTART_SERVICE: KindId = KindId(2);
const ROTATE_PEERS: KindId = KindId(3);
const PRUNE: KindId = KindId(4);
const PAUSE_RPC: KindId = KindId(6);
const PAUSE_CALL: KindId = KindId(8);

/// Where the runtime has `tx-pause`, and in it the calls that pause and unpause another: docs/wire-format.md.
const TX_PAUSE: u8 = 61;
const PAUSE: u8 = 0;
const UNPAUSE: u8 = 1;

/// The series that most recommendations want to get better, or one or the other of them.
const LAG: Option<Series> = Some(Series::FinalityLag);
const BLOCK_TIME: Option<Series> = Some(Series::BlockTime);

/// A block that is far enough for nothing to expire, and near enough to be allowed.
const EXPIRES: BlockNumber = 300;

/// Plays it.
pub fn play(node: &Node) {
	begin(node);
	recommend(node);
	verify(node);
	let claim = |action| pallet_actions::Call::claim { action, hash: hash(node, action) }.into();
	let evidence = EvidenceHash(Hash::repeat_byte(0xa2));
	let result = pallet_actions::types::Verdict::Failed;
	let report = pallet_actions::Call::report { action: FAILING, result, evidence };
	// One validator at a time may be under action.
	send(node, BobStash, vec![claim(FAILING), report.into(), claim(RUNNING)]);
}

/// The validator.
fn validator() -> Target<AccountId> {
	Target::Validator(AliceStash.to_account_id())
}

/// The order of the action that waits for its second approval, as it was recommended.
pub fn proposed_order() -> Order<AccountId> {
	let given = vec![Parameter::Word(word("node"))].try_into().expect("it is one");
	Order {
		kind: RESTART_SERVICE,
		version: 2,
		target: validator(),
		work: Work::Command(given),
		rollback: None,
		series: LAG,
	}
}

/// The bytes of the call that is recommended for the network, or of the one that reverses it.
pub fn call(is_rollback: bool) -> Vec<u8> {
	let call = if is_rollback { UNPAUSE } else { PAUSE };
	(TX_PAUSE, call, (b"Market".to_vec(), b"post".to_vec())).encode()
}

/// Agent 2 gets its wallet, agent 0 is admitted, and agent 1 is left alone from now on.
fn begin(node: &Node) {
	let hash = CardHash(Hash::repeat_byte(0xca));
	let uri = b"https://agents.example/executor.json".to_vec();
	let register = pallet_agents::Call::register { kind: AgentKind::Executor, uri, hash };
	let wallet = BobStash.to_account_id();
	let propose = pallet_agents::Call::set_wallet { agent: EXECUTOR, wallet, proof: None };
	let admit = pallet_actions::Call::set_recommender { agent: RENDERER, is_admitted: true };
	let admit: RuntimeCall = admit.into();
	let brake = pallet_actions::Call::set_brake { target: Target::Agent(CHECKER), is_on: true };
	send_together(
		node,
		[
			(AliceStash, vec![register.into(), propose.into()]),
			(Alice, vec![pallet_sudo::Call::sudo { call: Box::new(admit) }.into()]),
			(Eve, vec![brake.into()]),
		],
	);
	send(node, BobStash, vec![pallet_agents::Call::accept_wallet { agent: EXECUTOR }.into()]);
}

/// The operator has agent 2 carry actions out, and recommends some, as agent 0 does.
fn recommend(node: &Node) {
	let bind =
		pallet_actions::Call::bind_executor { target: validator(), executor: Some(EXECUTOR) };
	let restart = command([Parameter::Word(word("node"))]);
	let recommend = |kind, proposal, rollback, series| {
		recommendation(kind, validator(), proposal, rollback, series)
	};
	let activate = pallet_agents::Call::activate { agent: EXECUTOR };
	let note = recommend(RAISE_ALERT, Proposal::Note, None, None);
	send(node, AliceStash, vec![activate.into(), bind.into(), note]);
	send(node, Dave, vec![recommend(ROTATE_PEERS, command([]), None, LAG)]);
	let others = vec![
		recommend(PAUSE_RPC, command([]), Some(command([])), LAG),
		recommend(RESTART_SERVICE, restart, None, LAG),
		recommend(PRUNE, command([]), None, BLOCK_TIME),
	];
	send(node, AliceStash, others);
}

/// Approvers say what they think of it, and agent 0 recommends something else.
fn verify(node: &Node) {
	let approve =
		|action| pallet_actions::Call::approve { action, hash: hash(node, action) }.into();
	let reason = DocumentHash(Hash::repeat_byte(0xbe));
	let veto = pallet_actions::Call::veto { action: UNWANTED, reason };
	let proposal = |is_rollback| {
		let call = RuntimeCall::decode(&mut &call(is_rollback)[..]).expect("it is a call");
		Proposal::Call(Box::new(call))
	};
	let pause = recommendation(
		PAUSE_CALL,
		Target::Network,
		proposal(false),
		Some(proposal(true)),
		BLOCK_TIME,
	);
	send_together(
		node,
		[
			(Alice, [FAILING, PROPOSED, RUNNING].map(approve).into()),
			(Bob, vec![approve(FAILING), approve(RUNNING), veto.into()]),
			(Dave, vec![pause]),
		],
	);
}

/// The hash of an action's order, which may be in a block that the node takes for the best one only now.
fn hash(node: &Node, action: ActionId) -> [u8; 32] {
	let shown = wait_until("the action to be recommended", || {
		let shown = node.get("actions_action", json!([action]))["result"]["hash"].take();
		Some(shown).filter(|shown| !shown.is_null())
	});
	bytes(&shown).try_into().expect("a hash has 32 bytes")
}

fn recommendation(
	kind: KindId,
	target: Target<AccountId>,
	proposal: Proposal<RuntimeCall>,
	rollback: Option<Proposal<RuntimeCall>>,
	series: Option<Series>,
) -> RuntimeCall {
	let recommendation = Recommendation {
		kind,
		target,
		proposal,
		rollback,
		rationale: Rationale {
			uri: b"https://agents.example/rationale.json".to_vec(),
			hash: DocumentHash(Hash::repeat_byte(0xa1)),
		},
		model: Model { name: word("lag-forecast"), version: 3 },
		confidence: Percent::from_percent(85),
		report: None,
		series,
		expires: EXPIRES,
	};
	pallet_actions::Call::recommend { recommendation: Box::new(recommendation) }.into()
}

fn command<const COUNT: usize>(parameters: [Parameter; COUNT]) -> Proposal<RuntimeCall> {
	Proposal::Command(parameters.to_vec().try_into().expect("there are few"))
}

fn word(text: &str) -> Word {
	Word::new(text.as_bytes()).expect("it is a word")
}

//! What is shown of each type.

use super::*;
use aitbc_bitcoin::{BlockHash, InternalKey, Network, Txid};
use aitbc_node_bitcoin::{anchorer, coin::Satoshi, fees::FeeRate};
use serde_json::{json, to_value, Map, Value};

fn as_json(view: impl Serialize) -> Value {
	to_value(view).expect("it is JSON")
}

fn payload() -> aitbc_bitcoin::Payload {
	let network = Network::Regtest;
	let (block_hash, audit_root) = ([0xb0; 32], [0xa0; 32]);
	aitbc_bitcoin::Payload { network, set_id: 7, height: 258, block_hash, audit_root }
}

/// The fields of the payload in its 80 bytes: they have their lowest byte first.
fn payload_bytes() -> String {
	let hashes = format!("{}{}", "b0".repeat(32), "a0".repeat(32));
	format!("{}01030700000002010000{hashes}0000", hex::encode("AITB"))
}

/// Hashes whose last byte comes first when Bitcoin Core prints them.
fn reversed(first: u8) -> ([u8; 32], String) {
	let mut hash = [0; 32];
	hash[0] = first;
	(hash, format!("{}{first:02x}", "00".repeat(31)))
}

fn inclusion(commitment: Commitment) -> chain::Inclusion {
	let [block, txid, funding] = [1, 2, 3].map(|first| reversed(first).0);
	let funded_by = chain::SpentOutput { txid: Txid(funding), index: 4 };
	chain::Inclusion { block: BlockHash(block), txid: Txid(txid), commitment, funded_by }
}

/// What a task's status shows when it has this one.
fn shown(status: chain::Status, confirmations: Option<u32>) -> Value {
	let task = chain::Task { payload: payload(), status };
	let due_until = matches!(status, chain::Status::Due { .. }).then_some(90);
	let mut task = as_json(Task::from(chain::TaskInfo { task, confirmations, due_until }));
	assert_eq!(task["payload"], as_json(Payload::from(payload())));
	task["status"].take()
}

/// The same of one that is included, with these members as well.
fn shown_inclusion(more: Value) -> Value {
	let mut expected = json!({
		"block": reversed(1).1,
		"txid": reversed(2).1,
		"fundedBy": { "txid": reversed(3).1, "index": 4 },
		"internalKey": null,
	});
	let members: Map<_, _> = more.as_object().cloned().expect("it is an object");
	expected.as_object_mut().expect("it is an object").extend(members);
	expected
}

#[test]
fn schedule_should_show_all_of_it() {
	let mut info = chain::ScheduleInfo {
		network: Some(Network::Mainnet),
		period: 7_200,
		next: 14_400,
		timeout: 201_600,
		confirmations: 6,
		final_confirmations: 100,
		latest_final: Some(7_200),
		reward: 10_000_000_000_000,
		deposit: 5,
		max_proof_bytes: 200_000,
	};
	let mut expected = json!({
		"network": "main",
		"period": 7_200,
		"next": 14_400,
		"timeout": 201_600,
		"confirmations": 6,
		"finalConfirmations": 100,
		"latestFinal": 7_200,
		"reward": "10000000000000",
		"deposit": "5",
		"maxProofBytes": 200_000,
	});
	assert_eq!(as_json(Schedule::from(info)), expected);

	(info.network, info.latest_final) = (None, None);
	(expected["network"], expected["latestFinal"]) = (Value::Null, Value::Null);
	assert_eq!(as_json(Schedule::from(info)), expected);
}

#[test]
fn payload_should_show_its_bytes_and_script() {
	let expected = json!({
		"network": "regtest",
		"height": 258,
		"blockHash": format!("0x{}", "b0".repeat(32)),
		"setId": 7,
		"auditRoot": format!("0x{}", "a0".repeat(32)),
		"bytes": format!("0x{}", payload_bytes()),
		"opReturn": format!("0x6a4c50{}", payload_bytes()),
	});
	assert_eq!(as_json(Payload::from(payload())), expected);
}

#[test]
fn status_should_say_how_far_a_task_has_come() {
	let included = inclusion(Commitment::OpReturn);
	let is_final = chain::Status::Final { inclusion: included, at: 30, is_paid: true };
	let members = json!({ "type": "final", "confirmations": null, "at": 30, "isPaid": true });
	for (status, confirmations, expected) in [
		(
			chain::Status::Due { since: 41 },
			None,
			json!({ "type": "due", "since": 41, "until": 90 }),
		),
		(
			chain::Status::Included(included),
			Some(5),
			shown_inclusion(json!({ "type": "included", "confirmations": 5 })),
		),
		(
			chain::Status::Confirmed(included),
			Some(6),
			shown_inclusion(json!({ "type": "confirmed", "confirmations": 6 })),
		),
		(is_final, None, shown_inclusion(members)),
		(chain::Status::Covered { by: 60 }, None, json!({ "type": "covered", "by": 60 })),
		(chain::Status::Missed, None, json!({ "type": "missed" })),
	] {
		assert_eq!(shown(status, confirmations), expected);
	}
}

#[test]
fn inclusion_should_show_the_internal_key_when_the_commitment_is_taproot() {
	let commitment = Commitment::Taproot { internal_key: InternalKey([9; 32]) };
	let status = shown(chain::Status::Included(inclusion(commitment)), Some(1));
	assert_eq!(status["internalKey"], format!("0x{}", "09".repeat(32)));
}

#[test]
fn anchorer_should_show_its_account() {
	let account = AccountId::new([0; 32]);
	let anchorer = chain::Anchorer { account: account.clone(), deposit: 12 };
	let accounts = Accounts::with_prefix(42);
	let expected = json!({ "account": accounts.show(&account), "deposit": "12" });
	assert_eq!(as_json(Anchorer::new(anchorer, &accounts)), expected);
}

fn worker() -> WorkerStatus {
	WorkerStatus {
		mode: "payload",
		relayer: AccountId::new([0; 32]),
		address: None,
		key_hash: None,
		balance: None,
		core_height: None,
		waiting: None,
		problem: None,
		error: None,
	}
}

#[test]
fn worker_should_show_all_of_it() {
	let txid = Txid(reversed(2).0);
	let waiting = anchorer::Waiting { payload: payload(), txid, rate: FeeRate(5_000), since: 107 };
	let status = WorkerStatus {
		mode: "broadcast",
		address: Some("bcrt1q".into()),
		key_hash: Some([7; 20]),
		balance: Some(Satoshi(99)),
		core_height: Some(108),
		waiting: Some(waiting),
		problem: Some("fees are high".into()),
		error: Some("nobody answers".into()),
		..worker()
	};
	let accounts = Accounts::with_prefix(42);
	let expected = json!({
		"mode": "broadcast",
		"relayer": accounts.show(&worker().relayer),
		"address": "bcrt1q",
		"keyHash": format!("0x{}", "07".repeat(20)),
		"balance": 99,
		"coreHeight": 108,
		"waiting": {
			"height": 258,
			"txid": reversed(2).1,
			"feeRate": 5_000,
			"since": 107,
		},
		"problem": "fees are high",
		"error": "nobody answers",
	});
	assert_eq!(as_json(Worker::new(status, &accounts)), expected);
}

#[test]
fn worker_should_show_null_when_there_is_nothing() {
	let view = as_json(Worker::new(worker(), &Accounts::with_prefix(42)));
	let members = view.as_object().expect("it is an object").iter();
	let mut empty: Vec<_> =
		members.filter(|(_, value)| value.is_null()).map(|(name, _)| name).collect();
	empty.sort_unstable();
	assert_eq!(
		empty,
		["address", "balance", "coreHeight", "error", "keyHash", "problem", "waiting"]
	);
}

#[test]
fn registration_should_show_key_and_signature() {
	let expected = json!({
		"keyHash": format!("0x{}", "01".repeat(20)),
		"signature": format!("0x{}", "02".repeat(65)),
	});
	assert_eq!(as_json(Registration::new([1; 20], [2; 65])), expected);
}

#[test]
fn export_should_have_the_bytes_of_the_file() {
	let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../verifier/golden/record.bundle");
	let bytes = std::fs::read(path).expect("there is a golden bundle");
	let bundle = aitbc_evidence::Bundle::from_bytes(&bytes).expect("it is a bundle");
	let expected = json!({ "height": 20, "bundle": format!("0x{}", hex::encode(&bytes)) });
	assert_eq!(as_json(Export::new(20, &bundle)), expected);
}

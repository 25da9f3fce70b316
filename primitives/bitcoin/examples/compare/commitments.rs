//! Anchors: the scripts of payloads, as Core decodes, mines and runs them.

use crate::{
	blocks::Block,
	core::Core,
	purse::{signed, spending, with_witness, Purse, COIN},
	report::{word, Report, ACCEPTED},
};
use aitbc_bitcoin::{
	commitment::{op_return_script, read_op_return},
	Amount, Commitment, InternalKey, Network, OutPoint, Output, Payload, Transaction,
};
use hex_literal::hex;
use serde_json::Value;

/// Internal keys: the generator's, the one of BIP 341 that nobody has a private key for, and those of BIP 341's
/// first two vectors with scripts.
const KEYS: [InternalKey; 4] = [
	InternalKey(hex!("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798")),
	InternalKey(hex!("50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0")),
	InternalKey(hex!("187791b6f712a8ea41c8ecdd0ee77fab3e85263b37e1ec18a3651926b3a6cf27")),
	InternalKey(hex!("93478e9488f956df2396be2ce6c5cced75f900dfa18e7dabd2428aae78451820")),
];

/// No keys: a point that is not on the curve and one that is not below the field's size (BIP 340's vectors 5 and
/// 14).
const NO_KEYS: [InternalKey; 2] = [
	InternalKey(hex!("eefdea4cdb677750a420fee807eacf21eb9898ae79b9768766e4faa04a2d4a34")),
	InternalKey(hex!("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc30")),
];

/// What a transaction leaves to miners, in satoshi: enough to be relayed.
const FEE: u64 = 1_000;

/// What both sides say where an output commits to a payload, and where it does not.
const COMMITTED: &str = "committed";
const NOT_COMMITTED: &str = "not committed";

/// Sends anchors of both kinds, on regtest.
pub fn compare(report: &mut Report, core: &Core, purse: &mut Purse) {
	report.title("Anchors: scripts, and what Core finds in them");
	let payload = Payload::new(Network::Regtest, 7, 1_200, [0x81; 32], [0xee; 32]);
	let payload = payload.expect("the set's number has room");
	op_return(report, core, purse, &payload);
	for key in KEYS {
		taproot(report, core, purse, &payload, key);
	}
	let keys = KEYS.iter().chain(&NO_KEYS).map(|key| {
		let digits = hex::encode(key.0);
		let told = word(&core.ask("getdescriptorinfo", &[&format!("tr({digits})")]));
		let script = Commitment::Taproot { internal_key: *key }.script(&payload);
		(digits, told, word(&script))
	});
	report.compare_all("internal keys, and what is none", keys);
}

/// The payload in the open: Core decodes it, relays it and mines it.
fn op_return(report: &mut Report, core: &Core, purse: &mut Purse, payload: &Payload) {
	let script = Commitment::OpReturn.script(payload).expect("it needs no key");
	let told = core.json("decodescript", &[&hex::encode(&script)]);
	let asm = told["asm"].as_str().unwrap_or_default().to_owned();
	let ours = format!("OP_RETURN {}", hex::encode(payload.to_bytes()));
	report.compare_long("OP_RETURN: what Core reads", asm, ours);
	report.compare("OP_RETURN: its kind", text(&told["type"]), "nulldata");
	let change = purse.output(Amount(COIN.0 - FEE));
	let anchor = purse.spending(1, vec![change, Output { value: Amount(0), script }]);
	report.compare("OP_RETURN: a standard transaction", accepts(core, &signed(&anchor)), ACCEPTED);
	let block = Block::read(core, purse.mine(core, &[signed(&anchor)]));
	let read = Transaction::from_bytes(&block.transactions[1]).expect("it is mined");
	let found = read.outputs.iter().find_map(|output| read_op_return(&output.script));
	assert_eq!(found, Some(Ok(*payload)), "the mined transaction has the payload");
}

/// The payload inside a Taproot output. To spend it by its leaf, Core first checks that the output commits to
/// that leaf, and then runs the script, which fails at once. So its reason tells what it has found.
fn taproot(
	report: &mut Report,
	core: &Core,
	purse: &mut Purse,
	payload: &Payload,
	key: InternalKey,
) {
	let name = format!("Taproot with {}…", hex::encode(&key.0[..4]));
	let commitment = Commitment::Taproot { internal_key: key };
	let script = commitment.script(payload).expect("it is a key");
	let told = core.json("decodescript", &[&hex::encode(&script)]);
	report.compare(&format!("{name}: its kind"), text(&told["type"]), "witness_v1_taproot");
	let address = core.json("validateaddress", &[text(&told["address"])]);
	let case = format!("{name}: its address, and back");
	report.compare_long(&case, text(&address["scriptPubKey"]), hex::encode(&script));

	let value = Amount(COIN.0 - FEE);
	let anchor = purse.spending(1, vec![Output { value, script }]);
	let block = Block::read(core, purse.mine(core, &[signed(&anchor)]));
	let place = OutPoint { txid: block.txids[1], index: 0 };
	let outputs = Transaction::from_bytes(&block.transactions[1]).expect("it is mined").outputs;
	let mut later = *payload;
	later.height += 1;
	let mut other_root = *payload;
	other_root.audit_root[31] ^= 1;
	let other_key = KEYS[usize::from(key == KEYS[0])];
	let claims = [
		("its payload", *payload, key),
		("another height", later, key),
		("one bit of the audit root", other_root, key),
		("another internal key", *payload, other_key),
	];
	for (case, payload, internal_key) in claims {
		let spend = spending(&[place], vec![purse.output(Amount(value.0 - FEE))]);
		let told = leaf_of(core, &spend, &payload, internal_key);
		let verdict = Commitment::Taproot { internal_key }.verify(&payload, &outputs);
		let ours = if verdict.is_ok() { COMMITTED } else { NOT_COMMITTED };
		report.compare(&format!("{name}: {case}"), told, ours);
	}
}

/// What Core finds when a transaction spends an output by the leaf with this payload.
fn leaf_of(core: &Core, spend: &Transaction, payload: &Payload, key: InternalKey) -> String {
	let script = op_return_script(payload);
	// The control block begins with the leaf's version and whether the output key's y is odd: BIP 341.
	let said = [0xc0, 0xc1].map(|first| {
		let control = [&[first][..], &key.0].concat();
		accepts(core, &hex::encode(with_witness(spend, &[&script, &control])))
	});
	let found = |reason: &str| said.iter().filter(|said| said.contains(reason)).count();
	match (found("OP_RETURN was encountered"), found("Witness program hash mismatch")) {
		(1, 1) => COMMITTED.to_owned(),
		(0, 2) => NOT_COMMITTED.to_owned(),
		_ => said.join(", "),
	}
}

/// Whether Core would relay a transaction, or why not.
fn accepts(core: &Core, transaction: &str) -> String {
	let list = Value::from(vec![transaction]).to_string();
	let verdict = core.json("testmempoolaccept", &[&list])[0].take();
	match verdict["allowed"].as_bool() {
		Some(true) => ACCEPTED.to_owned(),
		_ => text(&verdict["reject-reason"]).to_owned(),
	}
}

fn text(value: &Value) -> &str {
	value.as_str().unwrap_or_default()
}

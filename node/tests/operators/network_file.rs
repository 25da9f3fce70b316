//! Networks that operators make of a preset and a file.

use crate::harness::{run, wait_until, Node, Run};
use codec::Encode;
use serde_json::{json, Value};
use sp_core::{
	crypto::Ss58Codec, ed25519, proof_of_possession::ProofOfPossessionGenerator, sr25519, Pair,
};
use sp_io::hashing::blake2_256;
use sp_runtime::AccountId32;
use std::{fmt::Write, fs, path::Path, sync::LazyLock};

/// How many validators the network has.
const VALIDATORS: u8 = 4;

/// The secret of the key for `role` of the validator `index`.
fn seed(role: u8, index: u8) -> [u8; 32] {
	let mut seed = [9; 32];
	seed[..2].copy_from_slice(&[role, index]);
	seed
}

fn account(role: u8, index: u8) -> String {
	AccountId32::from(sr25519::Pair::from_seed(&seed(role, index)).public()).to_ss58check()
}

/// That the validator `index` has its three keys.
fn proof(index: u8) -> String {
	let stash = sr25519::Pair::from_seed(&seed(0, index)).public().0;
	let grandpa = ed25519::Pair::from_seed(&seed(1, index)).generate_proof_of_possession(&stash);
	let [babe, discovery] = [2, 3].map(|role| {
		sr25519::Pair::from_seed(&seed(role, index)).generate_proof_of_possession(&stash)
	});
	format!("0x{}", hex::encode((grandpa, babe, discovery).encode()))
}

/// A file that makes a staging network, written once: a signature is another one each time.
static NETWORK_FILE: LazyLock<String> = LazyLock::new(written);

fn network_file() -> String {
	NETWORK_FILE.clone()
}

/// The line of the file with the proof of the validator `index`.
fn proof_line(index: u8) -> &'static str {
	let mut lines = NETWORK_FILE.lines().filter(|line| line.starts_with("proof = "));
	lines.nth(index.into()).expect("each validator has one")
}

fn written() -> String {
	let members = format!("[\"{}\", \"{}\", \"{}\"]", account(9, 0), account(9, 1), account(9, 2));
	let mut text = format!(
		"name = \"AITBC Rehearsal\"\nid = \"rehearsal\"\ntreasury = \"999_590_000 AIT\"\n\
		 faucet = \"10_000 AIT\"\ncommittee = {members}\napprovers = {members}\nsudo = \"{}\"\n\n\
		 [bitcoin]\nnetwork = \"regtest\"\n",
		account(8, 0)
	);
	for index in 0..VALIDATORS {
		let stash = account(0, index);
		let grandpa = ed25519::Pair::from_seed(&seed(1, index)).public().to_ss58check();
		write!(
			text,
			"\n[[balances]]\naccount = \"{stash}\"\namount = \"100_000 AIT\"\n\n[[validators]]\n\
			 stash = \"{stash}\"\nbond = \"50_000 AIT\"\ncommission = \"10 %\"\n\
			 grandpa = \"{grandpa}\"\nbabe = \"{}\"\nauthority_discovery = \"{}\"\nproof = \"{}\"\n",
			account(2, index),
			account(3, index),
			proof(index),
		)
		.expect("a string can be written to");
	}
	text
}

/// Exports what `text` makes of `preset` to a file in `folder`.
fn export(folder: &Path, preset: &str, text: &str) -> Run {
	export_with(folder, preset, text, &[])
}

/// The same, with `more` arguments.
fn export_with(folder: &Path, preset: &str, text: &str, more: &[&str]) -> Run {
	let file = folder.join("network.toml");
	fs::write(&file, text).expect("the folder is writable");
	let (file, output) = (file.to_string_lossy(), folder.join("spec.json"));
	let from = ["--preset", preset, "--from", &file];
	let command = ["export-chain-spec", "--output", &output.to_string_lossy()];
	run(&[&command[..], &from, more].concat())
}

#[test]
fn network_should_make_blocks_when_its_file_is_sound() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let exported = export(folder.path(), "staging", &network_file());
	assert!(exported.success, "{exported:?}");
	let spec = folder.path().join("spec.json").to_string_lossy().into_owned();
	let base = folder.path().join("data").to_string_lossy().into_owned();
	for index in 0..VALIDATORS {
		let secret = format!("0x{}", hex::encode(seed(2, index)));
		let place = ["key", "insert", "--chain", &spec, "--base-path", &base];
		let key = ["--key-type", "babe", "--scheme", "sr25519", "--suri", &secret];
		let inserted = run(&[&place[..], &key].concat());
		assert!(inserted.success, "{inserted:?}");
	}

	// One node with the keys of all: it has each slot, and one of four votes.
	let options = ["--validator", "--unsafe-force-node-key-generation", "--force-authoring"];
	let chain = ["--chain", &spec, "--base-path", &base];
	let node = Node::listening(&[&chain[..], &options].concat());

	wait_until("two blocks", || (node.best() >= 2).then_some(()));
	assert_eq!(node.get("system_chain", json!([])), json!("AITBC Rehearsal"));
	assert_eq!(node.get("system_chainType", json!([])), json!("Live"));
	let authorities = node.get("babe_epochAuthorship", json!([]));
	assert_eq!(authorities.as_object().map(|owners| owners.len()), Some(4), "{authorities}");
	let bitcoin = node.get("bitcoin_lightClient", json!([]));
	assert_eq!(bitcoin["result"]["network"], json!("regtest"), "{bitcoin}");
}

#[test]
fn export_should_say_every_reason_and_write_nothing_when_the_network_is_unsafe() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let alice = "5GrwvaEF5zXb26Fz9rcQpDWS57CtERHpNehXCPcNoHGKutQY";
	// Its key is that of the secret 0x00..01.
	let boot_node =
		"/ip4/10.0.0.1/tcp/30333/p2p/12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
	let mut odd = sr25519::Pair::from_seed(&seed(3, 3)).public().0;
	odd[0] |= 1;
	let unsafe_file = network_file()
		.replacen("\n\n[bitcoin]", &format!("\nboot_nodes = [\"{boot_node}\"]\n[bitcoin]"), 1)
		.replacen(&account(2, 1), alice, 1)
		.replacen(proof_line(2), "", 1)
		.replacen(&account(3, 3), &format!("0x{}", hex::encode(odd)), 1);

	let refused = export(folder.path(), "production", &unsafe_file);

	assert!(!refused.success && refused.output.is_empty(), "{refused:?}");
	assert!(!folder.path().join("spec.json").exists());
	for reason in [
		"network.toml makes no network of the preset `production`, for 8 reasons:",
		"line 4, faucet: is not for the preset `production`: leave it out, because everybody",
		"line 7, sudo: is not for the preset `production`: leave it out, because whoever",
		"line 8, boot_nodes[0]: is a boot node that others can't reach, because it is an address of private",
		"line 8, boot_nodes[0]: is a node with a simple key (0x0000",
		"line 10, bitcoin.network: proves nothing to this preset",
		"validators[1].babe: is //Alice (sr25519), whose secret everybody knows",
		"validators[2].proof: is not there, and the preset `production` takes no keys without",
		"validators[3].authority_discovery: is no sr25519 key",
	] {
		assert!(refused.errors.contains(reason), "{reason} in:\n{}", refused.errors);
	}
	println!("{}", refused.errors);
}

#[test]
fn export_should_take_the_keys_and_proofs_that_a_node_makes() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let keystore = folder.path().join("keystore");
	let node = Node::listening(&["--chain", "dev", "--keystore-path", &keystore.to_string_lossy()]);
	let mut text = network_file();
	for index in 0..VALIDATORS {
		let stash = sr25519::Pair::from_seed(&seed(0, index)).public().0;
		let owner = format!("0x{}", hex::encode(stash));
		let made = node.get("author_rotateKeysWithOwner", json!([owner]));
		let keys = made["keys"].as_str().expect("it is hexadecimal");
		let proof = made["proof"].as_str().expect("it is hexadecimal");
		let grandpa = ed25519::Pair::from_seed(&seed(1, index)).public().to_ss58check();
		text = text
			.replacen(&grandpa, &keys[..66], 1)
			.replacen(&account(2, index), &format!("0x{}", &keys[66..130]), 1)
			.replacen(&account(3, index), &format!("0x{}", &keys[130..]), 1)
			.replacen(proof_line(index), &format!("proof = \"{proof}\""), 1);
	}

	let exported = export(folder.path(), "staging", &text);

	assert!(exported.success, "{exported:?}");
	let files = fs::read_dir(&keystore).expect("the node made it");
	assert_eq!(files.count(), usize::from(VALIDATORS) * 3);
}

#[test]
fn export_should_be_the_same_when_the_file_is() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let read = || -> Value {
		assert!(export(folder.path(), "staging", &network_file()).success);
		let text = fs::read_to_string(folder.path().join("spec.json")).expect("it was written");
		serde_json::from_str(&text).expect("it is JSON")
	};
	assert_eq!(read(), read());
}

#[test]
fn export_should_begin_with_the_code_of_a_file_and_say_its_hash() {
	let folder = tempfile::tempdir().expect("a temporary folder can be made");
	let output = folder.path().join("spec.json");
	let read = || -> Value {
		let text = fs::read_to_string(&output).expect("it was written");
		serde_json::from_str(&text).expect("it is JSON")
	};
	let built_in = export(folder.path(), "staging", &network_file());
	let spec = read();
	let code = spec["genesis"]["runtimeGenesis"]["code"].as_str().expect("it is hexadecimal");
	let code = hex::decode(code.trim_start_matches("0x")).expect("it is hexadecimal");
	let said = format!("the code 0x{} (BLAKE2b-256)", hex::encode(blake2_256(&code)));
	assert!(built_in.errors.contains(&said), "{said} in:\n{}", built_in.errors);
	fs::remove_file(&output).expect("it was written");
	let file = folder.path().join("runtime.wasm");
	let with_code = |content: &[u8]| {
		fs::write(&file, content).expect("the folder is writable");
		export_with(folder.path(), "staging", &network_file(), &["--code", &file.to_string_lossy()])
	};

	let from_file = with_code(&code);

	assert!(from_file.success && from_file.errors.contains(&said), "{from_file:?}");
	assert_eq!(read(), spec);
	fs::remove_file(&output).expect("it was written");
	let wrong = with_code(b"no Wasm");
	assert!(!wrong.success && wrong.errors.contains("builds no genesis"), "{wrong:?}");
	let nowhere = ["--code", "/nowhere/runtime.wasm"];
	let missing = export_with(folder.path(), "staging", &network_file(), &nowhere);
	assert!(!missing.success && missing.errors.contains("cannot read the Wasm"), "{missing:?}");
	assert!(!output.exists());
}

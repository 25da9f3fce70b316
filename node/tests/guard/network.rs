//! One of four validators: killed, with an old database, with an old disk, and twice.

mod open_round;

use crate::{
	chain_folder, figure, guard_file,
	harness::{base_path, new_folder, wait_until, Node},
	insert_keys, WAITS,
};
use serde_json::{json, Value};
use sp_io::hashing::{sha2_256, twox_128, twox_64};
use std::{array, fs, path::Path, process::Command, sync::Arc};
use tempfile::TempDir;

/// The options of all validators. They must not find those of other tests, which have the same chain.
const OPTIONS: [&str; 6] = [
	"--chain",
	"local",
	"--no-mdns",
	"--unsafe-force-node-key-generation",
	"--prometheus-port",
	"0",
];

/// What a node logs when it sees a block or vote of its own that it has not made.
const TWIN: &str = "ANOTHER NODE HAS THIS VALIDATOR'S KEYS";

/// The kind under which pallet-babe reports two blocks of one slot.
const TWO_BLOCKS: &[u8] = b"babe:equivocatio";

/// How many more rounds show that a validator votes, and is not just where it was.
const ROUNDS: u64 = 5;

/// By how much a guard file is made older: more than the ten minutes in which it counts as fresh.
const AGE: u64 = 700;

/// Four validators that run.
struct Network {
	alice: Node,
	others: [Node; 3],
}

impl Network {
	/// Starts them, and waits until all have seen a block that is final.
	fn new() -> Self {
		let network = Self::in_folders(array::from_fn(|_| new_folder()));
		for node in network.nodes() {
			wait_until("a final block", || (finalized(node) > 0).then_some(()));
		}
		network
	}

	/// Starts them in these folders: Alice, Bob, Charlie, Dave.
	fn in_folders(folders: [Arc<TempDir>; 4]) -> Self {
		let start = |folder, options: &[&str]| {
			Node::listening_in(folder, &[&OPTIONS[..], options].concat())
		};
		let [alice, bob, charlie, dave] = folders;
		let bob = start(bob, &["--bob"]);
		let boot = bob.p2p_address();
		let join = |folder, name| start(folder, &["--bootnodes", &boot, name]);
		let others = [bob, join(charlie, "--charlie"), join(dave, "--dave")];
		Self { alice: join(alice, "--alice"), others }
	}

	fn nodes(&self) -> [&Node; 4] {
		let [bob, charlie, dave] = &self.others;
		[&self.alice, bob, charlie, dave]
	}

	/// Starts a validator in `folder`, with the keys that are in its keystore.
	fn validator_in(&self, folder: Arc<TempDir>) -> Node {
		self.validator_with(folder, &[])
	}

	/// The same with more options.
	fn validator_with(&self, folder: Arc<TempDir>, more: &[&str]) -> Node {
		let boot = self.others[0].p2p_address();
		let options = ["--validator", "--bootnodes", &boot];
		Node::listening_in(folder, &[&OPTIONS[..], &options, more].concat())
	}

	/// Ends Alice's node, and gives her keys to the one that runs in its folder next.
	fn take_over(&mut self) -> Arc<TempDir> {
		self.alice.stop();
		let folder = self.alice.folder();
		insert_keys(&folder, "local");
		folder
	}

	/// Asserts that nobody has seen anything signed twice, and that finality goes on.
	fn assert_well(&self) {
		for node in &self.others {
			let log = node.log();
			assert!(!log.to_lowercase().contains("equivocat"), "{log}");
			assert_eq!(offences(node), json!([]));
			let height = finalized(node);
			wait_until("finality", || (finalized(node) > height).then_some(()));
		}
	}
}

/// The height of the last final block.
fn finalized(node: &Node) -> u64 {
	let head = node.get("chain_getFinalizedHead", json!([]));
	let header = node.get("chain_getHeader", json!([head]));
	let height = header["number"].as_str().expect("a header has a number");
	u64::from_str_radix(height.trim_start_matches("0x"), 16).expect("it is hexadecimal")
}

/// The offences that were reported to the chain: the keys of pallet-offences' `Reports`.
fn offences(node: &Node) -> Value {
	let prefix = [twox_128(b"Offences"), twox_128(b"Reports")].concat();
	node.get("state_getKeysPaged", json!([format!("0x{}", hex::encode(prefix)), 10]))
}

/// Of how many slots authors were reported for two blocks: the keys of pallet-offences' `ConcurrentReportsIndex`.
fn double_blocks(node: &Node) -> usize {
	let prefix = [twox_128(b"Offences"), twox_128(b"ConcurrentReportsIndex")].concat();
	let prefix = [&prefix[..], &twox_64(TWO_BLOCKS), TWO_BLOCKS].concat();
	let prefix = format!("0x{}", hex::encode(prefix));
	let keys = node.get("state_getKeysPaged", json!([prefix, 10]));
	keys.as_array().expect("it is a list").len()
}

/// Waits until this process has voted in more rounds.
fn wait_for_votes(node: &Node) {
	let votes = || figure(node, "substrate_finality_grandpa_prevotes_total").unwrap_or_default();
	let before = votes();
	wait_until("votes in more rounds", || (votes() >= before + ROUNDS).then_some(()));
}

/// Copies folders of Alice's chain from one base path to another, in place of those that are there.
fn copy(from: &Path, to: &Path, folders: &[&str]) {
	let (from, to) = (chain_folder(from, "local"), chain_folder(to, "local"));
	fs::create_dir_all(&to).expect("the folder is writable");
	for folder in folders {
		let _ = fs::remove_dir_all(to.join(folder));
		let copied = Command::new("cp").arg("-a").arg(from.join(folder)).arg(&to).status();
		assert!(copied.is_ok_and(|status| status.success()), "{folder} is copied");
	}
}

/// Makes the guard file under `base` older, as if its node had been switched off since.
fn age(base: &Path) {
	let path = guard_file(base, "local");
	let text = fs::read_to_string(&path).expect("it can be read");
	let (json, _) = text.split_once("\nsha256 ").expect("it has a checksum");
	let mut record: Value = serde_json::from_str(json).expect("it is JSON");
	let alone = record["alone_until"].as_u64().expect("it says when it was alone");
	record["alone_until"] = (alone - AGE).into();
	let json = record.to_string();
	let checksum = hex::encode(sha2_256(json.as_bytes()));
	fs::write(path, format!("{json}\nsha256 {checksum}\n")).expect("it can be written");
}

#[test]
fn validator_should_vote_again_when_it_was_killed() {
	let mut network = Network::new();
	for node in network.nodes() {
		assert!(!node.log().contains(WAITS), "{}", node.log());
	}
	wait_for_votes(&network.alice);
	let folder = network.take_over();
	network.alice = network.validator_in(folder.clone());
	wait_for_votes(&network.alice);

	network.alice.kill();
	network.alice = network.validator_in(folder);
	wait_for_votes(&network.alice);

	let log = network.alice.log();
	assert!(!log.contains("of a form that the signing guard does not know"), "{log}");
	assert!(!log.contains(WAITS), "{log}");
	network.assert_well();
}

#[test]
fn finality_should_go_on_when_all_validators_were_killed() {
	let mut network = Network::new();
	let folders = network.nodes().map(Node::folder);
	network.alice.kill();
	network.others.iter_mut().for_each(Node::kill);

	let network = Network::in_folders(folders);

	for node in network.nodes() {
		wait_for_votes(node);
		assert!(!node.log().contains(WAITS), "{}", node.log());
	}
	network.assert_well();
}

#[test]
fn nothing_should_be_signed_twice_when_an_old_disk_is_restored() {
	let mut network = Network::new();
	wait_for_votes(&network.alice);
	let folder = network.take_over();
	let (base, old) = (base_path(&folder), new_folder());
	copy(&base, old.path(), &["paritydb", "guard"]);
	network.alice = network.validator_in(folder.clone());
	wait_for_votes(&network.alice);

	for restored in [&["paritydb"][..], &["guard"], &["paritydb", "guard"]] {
		network.alice.stop();
		copy(old.path(), &base, restored);
		network.alice = network.validator_in(folder.clone());

		wait_for_votes(&network.alice);

		assert_eq!(figure(&network.alice, "aitbc_guard_twin"), Some(0));
		network.assert_well();
	}
}

#[test]
fn twin_should_sign_nothing_and_raise_the_alarm_when_the_other_one_runs() {
	let mut network = Network::new();
	wait_for_votes(&network.alice);
	let folder = network.take_over();
	let base = base_path(&folder);
	let (without, with_old) = (new_folder(), new_folder());
	copy(&base, &base_path(&without), &["paritydb", "keystore"]);
	copy(&base, &base_path(&with_old), &["paritydb", "keystore", "guard"]);
	age(&base_path(&with_old));
	network.alice = network.validator_in(folder);
	wait_for_votes(&network.alice);

	let twins = [without, with_old].map(|folder| network.validator_in(folder));
	for twin in &twins {
		twin.wait_for_log(TWIN);
	}

	for twin in &twins {
		assert_eq!(figure(twin, "aitbc_guard_twin"), Some(1));
		assert_eq!(figure(twin, "aitbc_blocks_authored_total"), Some(0));
		assert_eq!(figure(twin, "substrate_finality_grandpa_prevotes_total"), Some(0));
	}
	assert_eq!(figure(&network.alice, "aitbc_guard_twin"), Some(0));
	wait_for_votes(&network.alice);
	network.assert_well();
}

/// The control of the tests above: what they look for is there without the guard.
#[test]
#[ignore = "takes up to three minutes: both have to make a block for one slot"]
fn twins_should_be_reported_for_two_blocks_when_their_guards_are_off() {
	// Two votes in a round would have Alice disabled, so that she makes no more blocks.
	let off = ["--unsafe-disable-signing-guard", "--no-grandpa"];
	let mut network = Network::new();
	let base = base_path(&network.take_over());
	let twins = [new_folder(), new_folder()];
	for twin in &twins {
		copy(&base, &base_path(twin), &["paritydb", "keystore"]);
	}

	let _twins = twins.map(|twin| network.validator_with(twin, &off));

	let [bob, ..] = &network.others;
	wait_until("a report", || (double_blocks(bob) > 0).then_some(()));
}

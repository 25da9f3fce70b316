//! An old database while a round of GRANDPA does not end.
//!
//! As long as finality goes on, a validator whose database is older than its votes finds its rounds over. While
//! a third of the validators is away, a round stays open, and who forgot its vote casts it again, for what is the best
//! block by then.

use super::*;

/// How many blocks pass until a vote would be for another block.
const BLOCKS: u64 = 8;

/// What Bob logs of each vote that contradicts another one.
const CONTRADICTION: &str = "equivocation in the finality worker";

/// Who is away while the round is open.
const AWAY: [&str; 2] = ["--charlie", "--dave"];

/// Four validators, of which two are away. Alice runs with a database that is older than her last vote, and has all
/// blocks again.
struct OpenRound {
	network: Network,
	away: Vec<Arc<TempDir>>,
}

impl OpenRound {
	/// Has Alice's nodes run with `options`.
	fn new(options: &[&str]) -> Self {
		let mut network = Network::new();
		let folder = network.take_over();
		let (base, old) = (base_path(&folder), new_folder());
		network.alice = network.validator_with(folder.clone(), options);
		wait_for_votes(&network.alice);
		network.alice.stop();
		copy(&base, old.path(), &["paritydb"]);
		network.alice = network.validator_with(folder.clone(), options);
		wait_for_votes(&network.alice);

		let [bob, away @ ..] = &mut network.others;
		away.iter_mut().for_each(Node::kill);
		let away = away.iter().map(Node::folder).collect();
		wait_for_blocks(bob);
		network.alice.stop();
		copy(old.path(), &base, &["paritydb"]);
		network.alice = network.validator_with(folder, options);
		let [bob, ..] = &network.others;
		wait_until("all blocks", || (network.alice.best() >= bob.best()).then_some(()));
		Self { network, away }
	}

	/// How often Bob saw a vote of Alice's that contradicts another one.
	fn contradictions(&self) -> usize {
		let [bob, ..] = &self.network.others;
		bob.log().lines().filter(|line| line.contains(CONTRADICTION)).count()
	}

	/// Starts those that are away, and gives the network back.
	fn end(self) -> Network {
		let Self { mut network, away } = self;
		let boot = network.others[0].p2p_address();
		for ((node, folder), name) in network.others[1..].iter_mut().zip(away).zip(AWAY) {
			let join = ["--bootnodes", &boot, name];
			*node = Node::listening_in(folder, &[&OPTIONS[..], &join].concat());
		}
		network
	}
}

/// Waits until the chain has grown.
fn wait_for_blocks(node: &Node) {
	let best = node.best();
	wait_until("more blocks", || (node.best() >= best + BLOCKS).then_some(()));
}

#[test]
#[ignore = "takes three minutes: finality stops, and goes on"]
fn vote_should_not_be_cast_again_when_an_old_disk_is_restored_in_an_open_round() {
	let open = OpenRound::new(&[]);
	let waiting = || figure(&open.network.alice, "aitbc_guard_keys_waiting");
	wait_until("a key that may vote", || (waiting() == Some(0)).then_some(()));
	wait_for_blocks(&open.network.others[0]);
	println!("slashable votes with the guard: {}", open.contradictions());
	assert_eq!(open.contradictions(), 0);

	let network = open.end();

	wait_for_votes(&network.alice);
	network.assert_well();
}

/// The control of the test above.
#[test]
#[ignore = "takes three minutes: finality stops, and a vote is reported"]
fn vote_should_be_cast_again_when_no_guard_remembers_it() {
	let open = OpenRound::new(&["--unsafe-disable-signing-guard"]);
	let [bob, ..] = &open.network.others;
	wait_until("a contradiction", || (open.contradictions() > 0).then_some(()));
	wait_until("a report", || (offences(bob) != json!([])).then_some(()));
	println!("slashable votes without the guard: {}", open.contradictions());
}

//! Four validators of the `local` network, and one that joins them, each a process of its own.

#[path = "../harness/mod.rs"]
mod harness;

use harness::{wait_until, Cli, Node};
use std::time::Instant;

/// How many blocks must be finalized before something is taken as going on.
const SOME_BLOCKS: u64 = 3;

/// How many blocks a step of joining may take: four eras of three sessions of 20. One era elects, the next one is the first.
const JOINING_BLOCKS: u64 = 240;

#[tokio::test]
async fn validators_should_finalize_when_one_is_down_and_take_it_back() {
	let [alice, bob, charlie, mut dave] = Node::four(Node::validator).await;
	for node in [&alice, &bob, &charlie, &dave] {
		wait_until("every validator to see the others", || async {
			(node.peers().await == 3).then_some(())
		})
		.await;
		node.wait_for_finalized(SOME_BLOCKS).await;
	}

	dave.stop();
	let when_stopped = alice.finalized().await;
	for node in [&alice, &bob, &charlie] {
		node.wait_for_finalized(when_stopped + SOME_BLOCKS).await;
	}

	dave.resume().await;
	let when_back = alice.finalized().await;
	dave.wait_for_finalized(when_back + SOME_BLOCKS).await;
	let height = dave.finalized().await;
	alice.wait_for_finalized(height).await;
	assert_eq!(
		dave.block_hash(height).await,
		alice.block_hash(height).await,
		"what came back finalized another chain"
	);
}

#[tokio::test]
#[ignore = "takes ten minutes: a validator is elected at the end of an era"]
async fn validator_should_author_when_onboard_was_all_that_its_operator_ran() {
	let [alice, bob, charlie, dave] = Node::four(Node::validator).await;
	alice.wait_for_finalized(SOME_BLOCKS).await;
	let eve = Node::builder("eve", "local")
		.arg("--validator")
		.arg("--unsafe-force-node-key-generation")
		.bootnode(&alice)
		.await
		.start()
		.await;
	eve.wait_for_finalized(SOME_BLOCKS).await;
	// Her own node makes her keys; more stake than anybody has takes one of the four seats.
	let operator = Cli::new(eve.ws_url()).among_authors();
	let onboard = ["validator", "onboard", "--bond", "150000 AIT", "--commission", "10%"];
	let how = ["--wait-active", "--from", "//Eve", "--yes", "--wait", "finalized"];
	let begin = Instant::now();

	let joining = operator.start(&[&onboard[..], &how].concat());
	let joined =
		wait_in_blocks(&alice, "the new validator to be active", || joining.written().pop());
	let joined = joined.await["data"].take();

	assert_eq!(joined["is_active"], true, "{joined:#}");
	println!("onboard ended after {:.1?}, active", begin.elapsed());
	let asked = Cli::new(alice.ws_url());
	let authored = || {
		let history = asked.json(&["validator", "history", "//Eve"]);
		let eras = history["data"]["eras"].as_array().cloned().unwrap_or_default();
		eras.into_iter().find(|era| era["missed"].as_u64() < era["assigned"].as_u64())
	};
	let era = wait_in_blocks(&alice, "the new validator to author", authored).await;
	println!("authored by then, {:.1?} after onboard began: {era:#}", begin.elapsed());
	let height = alice.finalized().await + SOME_BLOCKS;
	for node in [&bob, &charlie, &dave, &eve] {
		node.wait_for_finalized(height).await;
		assert_eq!(node.block_hash(height).await, alice.block_hash(height).await);
	}
}

/// Asks `condition` at each block that `node` finalizes, until it gives something.
async fn wait_in_blocks<T>(node: &Node, what: &str, condition: impl Fn() -> Option<T>) -> T {
	let begin = node.finalized().await;
	for block in begin..begin + JOINING_BLOCKS {
		node.wait_for_finalized(block).await;
		if let Some(found) = condition() {
			return found;
		}
	}
	panic!("waited {JOINING_BLOCKS} blocks in vain for {what}");
}

//! Four validators of the `local` network, each a process of its own.

#[path = "../harness/mod.rs"]
mod harness;

use harness::{wait_until, Node, NodeBuilder};

/// How many blocks must be finalized before something is taken as going on.
const SOME_BLOCKS: u64 = 3;

/// The validator of the `local` network whose keys the node gets with `--NAME`.
fn validator(name: &str) -> NodeBuilder {
	Node::builder(name, "local")
		.arg(format!("--{name}"))
		// The node's folder is new, and nobody has to find the node again after the test.
		.arg("--unsafe-force-node-key-generation")
}

#[tokio::test]
async fn validators_should_finalize_when_one_is_down_and_take_it_back() {
	let alice = validator("alice").start().await;
	let bob = validator("bob").bootnode(&alice).await.start().await;
	let charlie = validator("charlie").bootnode(&alice).await.start().await;
	let mut dave = validator("dave").bootnode(&alice).await.start().await;
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

//! What gets in the way of anchors: Bitcoin reorganizes, programs are killed, others are faster, nothing is final.

use super::{
	anchoring::{
		broadcast, data, following, fund, pay_relayer, spenders, text, treasury,
		wait_for_broadcast, wait_for_relay, wallet, Anchoring, Broadcast, FIRST,
	},
	core::Core,
	AIT,
};
use crate::harness::{wait_until, Cli, Node, NodeBuilder};

#[tokio::test]
async fn block_should_be_anchored_again_when_bitcoin_drops_its_anchor() {
	let Some((anchoring, funding)) = Anchoring::start_funded().await else { return };
	let Anchoring { core, .. } = &anchoring;
	let height = anchoring.wait_for_broadcast().await.height;
	let block = core.mine(1).pop().expect("a block was mined");
	let before = anchoring.wait_to_be(height, "included").await;
	assert_eq!(before["block"], block.as_str());

	// Two blocks without it have more work than the one with it.
	core.invalidate(&block);
	for _ in 0..2 {
		core.ask("generateblock", &["raw(51)", "[]"]);
	}
	anchoring.wait_to_be(height, "due").await;
	// By now a later block may be due, which it says then.
	let height = anchoring.wait_for_broadcast().await.height;
	let block = core.mine(1).pop().expect("a block was mined");

	let after = anchoring.wait_to_be(height, "included").await;
	assert_eq!(after["block"], block.as_str());
	assert_eq!(spenders(core, &funding).len(), 1);
}

#[tokio::test]
async fn anchor_should_be_sent_again_when_bitcoind_was_killed() {
	let Some((mut anchoring, funding)) = Anchoring::start_funded().await else { return };
	anchoring.wait_for_broadcast().await;
	// It writes down its blocks to answer this. The mempool it does not, so the anchor is lost.
	anchoring.core.ask("gettxoutsetinfo", &[]);
	anchoring.core.kill();
	wait_until("the worker to miss Bitcoin Core", || async {
		wallet(&anchoring.cli)["error"].is_string().then_some(())
	})
	.await;
	let best = anchoring.node.best().await;
	anchoring.node.wait_for_best(best + 2).await;

	anchoring.core.resume().await;
	let Broadcast { height, txid } = anchoring.wait_for_broadcast().await;
	anchoring.core.mine(1);

	let included = anchoring.wait_to_be(height, "included").await;
	assert_eq!(included["txid"], txid.as_str());
	wait_until("the worker to go on", || async {
		wallet(&anchoring.cli)["error"].is_null().then_some(())
	})
	.await;
	assert_eq!(spenders(&anchoring.core, &funding), [txid]);
}

#[tokio::test]
async fn coin_should_be_spent_once_when_the_node_is_killed_before_it_proves() {
	let Some((mut anchoring, funding)) = Anchoring::start_funded().await else { return };
	let Broadcast { height, txid } = anchoring.wait_for_broadcast().await;

	anchoring.node.kill();
	anchoring.core.mine(1);
	anchoring.node.resume().await;
	anchoring.cli.ask(anchoring.node.ws_url());

	let included = anchoring.wait_to_be(height, "included").await;
	assert_eq!(included["txid"], txid.as_str());
	assert_eq!(spenders(&anchoring.core, &funding), [txid]);
}

/// An anchorer: a user of a node of its own, who gets its rewards, and what paid its address.
struct Anchorer {
	cli: Cli,
	account: &'static str,
	funding: String,
}

impl Anchorer {
	async fn start(node: &Node, core: &Core, account: &'static str) -> Self {
		let cli = Cli::new(node.ws_url());
		pay_relayer(&cli);
		cli.send(account, &["anchor", "register"]);
		let funding = fund(core, &cli).await;
		Self { cli, account, funding }
	}
}

/// Waits until the anchors of both wait, of the same block, and gives that and their ids.
async fn wait_for_both(core: &Core, anchorers: &[Anchorer; 2]) -> (u64, [String; 2]) {
	wait_until("both to anchor the same block", || async {
		let [one, two] = anchorers.each_ref().map(|anchorer| broadcast(core, &anchorer.cli));
		let (one, two) = one.zip(two)?;
		(one.height == two.height).then_some((one.height, [one.txid, two.txid]))
	})
	.await
}

#[tokio::test]
async fn one_reward_should_be_paid_when_two_anchor_the_same_block() {
	let Some(core) = Core::start().await else { return };
	let first = following(Node::dev_builder(), &core, "broadcast").start().await;
	first.wait_for_best(1).await;
	let second = following(Node::builder("second", "dev"), &core, "broadcast");
	let second = second.bootnode(&first).await.start().await;
	second.wait_for_best(2).await;
	let anchorers = [
		Anchorer::start(&first, &core, "//Bob").await,
		Anchorer::start(&second, &core, "//Charlie").await,
	];
	for node in [&first, &second] {
		node.wait_for_finalized(FIRST + 1).await;
	}
	let (height, sent) = wait_for_both(&core, &anchorers).await;
	assert_ne!(sent[0], sent[1]);
	core.mine(100);

	let anchoring = Anchoring { core, node: first, cli: Cli::new(second.ws_url()) };
	let proven = anchoring.wait_to_be(height, "final").await;
	let (core, cli) = (&anchoring.core, &anchoring.cli);
	let is_first = proven["txid"] == sent[0].as_str();
	assert!(is_first || proven["txid"] == sent[1].as_str(), "{proven:#}");
	let [one, two] = &anchorers;
	let (winner, other) = if is_first { (one, two) } else { (two, one) };
	let before = [winner, other].map(|anchorer| cli.total_balance(anchorer.account));
	cli.send("//Alice", &["account", "transfer", &treasury(), "100 AIT"]);
	// Whoever funded it claims without being told.
	wait_until("the reward to be paid", || async {
		let task = anchoring.task(height)?;
		(task["status"]["is_paid"] == true).then_some(())
	})
	.await;

	let after = [winner, other].map(|anchorer| cli.total_balance(anchorer.account));
	assert_eq!(after, [before[0] + 10 * AIT, before[1]]);
	let claim = |funding: &str| {
		let raw = core.raw(funding).expect("it is mined");
		["anchor", "claim", &height.to_string(), "--funding", &raw].map(str::to_owned)
	};
	let funding = text(&proven["funded_by"]["txid"]);
	let claims = [claim(&other.funding), claim(&funding)];
	let [others, own] = claims.each_ref().map(|words| words.each_ref().map(String::as_str));
	let said = cli.send_in_vain(2, "//Dave", &others);
	assert!(said.contains(&funding), "{said}");
	let said = cli.send_in_vain(5, "//Dave", &own);
	assert!(said.contains("BitcoinAnchor::AlreadyPaid"), "{said}");
}

/// A validator of the local network, which is not started yet.
fn validator(name: &str) -> NodeBuilder {
	// The node's folder is new, and nobody has to find the node again after the test.
	let key = "--unsafe-force-node-key-generation";
	Node::builder(name, "local").arg(format!("--{name}")).arg(key)
}

#[tokio::test]
async fn nothing_should_be_anchored_when_it_is_not_final() {
	let Some(core) = Core::start().await else { return };
	// Two of four make blocks, every other slot, and finalize none.
	let alice = following(validator("alice"), &core, "broadcast").start().await;
	let _bob = validator("bob").bootnode(&alice).await.start().await;
	alice.wait_for_best(1).await;
	let cli = Cli::new(alice.ws_url());
	pay_relayer(&cli);
	fund(&core, &cli).await;
	for height in [FIRST / 2, FIRST + 2] {
		alice.wait_for_best(height).await;
	}
	let latest = || data(&cli, &["anchor", "latest"])["latest"].take();
	assert_eq!(latest()["status"]["type"], "due", "{:#}", latest());
	// The worker makes its rounds, and waits.
	core.mine(1);
	wait_for_relay(&core, &cli).await;
	assert_eq!(alice.finalized().await, 0);
	assert!(core.mempool().is_empty(), "{:?}", core.mempool());
	assert!(wallet(&cli)["waiting"].is_null(), "{:#}", wallet(&cli));

	let _charlie = validator("charlie").bootnode(&alice).await.start().await;
	let height = wait_for_broadcast(&core, &cli).await.height.to_string();
	assert_eq!(data(&cli, &["anchor", "show", &height])["status"]["type"], "due");
}

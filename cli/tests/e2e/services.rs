//! Commands that go on until they are ended.

use crate::harness::{wait_until, Cli, Node};

const HASH: &str = "0x0707070707070707070707070707070707070707070707070707070707070707";

#[tokio::test]
async fn agent_should_be_kept_live_and_watched_until_that_is_ended() {
	let node = Node::dev().await;
	node.wait_for_best(1).await;
	let cli = Cli::new(node.ws_url());
	let card = ["--card", "ipfs://one", "--card-hash", HASH];
	cli.send("//Bob", &[&["agent", "register", "--kind", "oracle"], &card[..]].concat());
	let every = ["agent", "heartbeat", "0", "--from", "//Bob", "--wait", "best", "--every", "2"];
	assert!(cli.fail(2, &every).contains("--yes"));
	let inactive = cli.fail(1, &[&every[..], &["--yes"]].concat());
	assert!(inactive.contains("agent 0 is not active"), "{inactive}");
	cli.send(
		"//Bob",
		&["agent", "set-wallet", "0", "--wallet", "//Dave", "--wallet-key", "//Dave"],
	);
	cli.send("//Bob", &["agent", "activate", "0"]);

	let mut heart = cli.start(&[&every[..], &["--yes"]].concat());
	let mut watch = cli.start(&["agent", "monitor", "0"]);
	wait_until("three heartbeats", || async { (heart.written().len() >= 3).then_some(()) }).await;
	wait_until("the agent to be seen live at two blocks", || async {
		let seen = watch.written();
		let live = seen.iter().filter(|one| one["data"]["agents"][0]["live"] == true);
		(live.count() >= 2).then_some(())
	})
	.await;
	assert_eq!(heart.end("TERM").code(), Some(0));
	assert_eq!(watch.end("INT").code(), Some(0));

	let beats = heart.written();
	let live_until = |beat: &serde_json::Value| {
		beat["data"]["transactions"][0]["events"][0]["fields"]["standing"]["live_until"].as_u64()
	};
	assert!(live_until(&beats[0]) < live_until(&beats[1]), "{beats:#?}");
}

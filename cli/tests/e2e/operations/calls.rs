//! Operations that are calls of the chain.

use super::{register, Network, HASH, WATCHER};
use crate::harness::{Cli, Node};

/// The arguments of a recommendation for the network.
fn recommend<'a>(kind: &'a str, more: &[&'a str]) -> Vec<&'a str> {
	let what = ["action", "recommend", kind, "--target", "network", "--rationale", "ipfs://why"];
	let who = ["--rationale-hash", HASH, "--model", "watcher@3", "--confidence", "90"];
	[&what[..], &who, more].concat()
}

#[tokio::test]
async fn call_should_be_paused_when_three_approve_and_anybody_performs_it() {
	let node = Node::dev().await;
	node.wait_for_finalized(1).await;
	let network = Network { cli: Cli::new(node.ws_url()), nodes: vec![node] };
	let cli = &network.cli;
	register(cli, "//Dave", WATCHER, "ai-model", "0");
	cli.send("//Alice", &["action", "recommender", "0", "on"]);
	let refused = |kind, more: &[_]| {
		cli.fail(2, &[&recommend(kind, more)[..], &["--from", WATCHER, "--yes"]].concat())
	};

	// What is no such call is refused before it is sent.
	for (kind, more, words) in [
		("pause-call", &[][..], "say which by `--call`"),
		("pause-call", &["--call", "Agents.register"], "pause:PALLET.CALL"),
		("pause-call", &["--call", "0xffff"], "is no call of this chain's runtime"),
		("pause-call", &["--call", "pause:Agents.register"], "say by `--series`"),
		("pause-call", &["--call", "pause:Agents.nothing"], "`Agents.nothing` is no call"),
		("pause-call", &["--call", "pause:Agents.register", "--set", "to=1"], "no parameters"),
		("unpause-call", &["--call", "0x00", "--rollback-call", "0x00"], "is no call"),
		("prune", &["--call", "pause:Agents.register"], "it is no call of the chain"),
	] {
		let said = refused(kind, more);
		assert!(said.contains(words), "{more:?}: {said}");
	}
	let send_in_vain = |more: &[_]| {
		let more = [more, &["--series", "block-time"]].concat();
		cli.send_in_vain(5, WATCHER, &recommend("pause-call", &more))
	};
	let unpaused = recommend("unpause-call", &["--call", "unpause:Agents.register"]);
	let unpaused = cli.send_in_vain(5, WATCHER, &unpaused);
	assert!(unpaused.contains("Actions::CallWouldFail"), "{unpaused}");
	let other = send_in_vain(&["--call", "unpause:Agents.register"]);
	assert!(other.contains("Actions::CallNotAllowed"), "{other}");

	// Three approve what they are shown, and somebody else has the chain do it.
	let call = ["--call", "pause:Agents.register", "--series", "block-time"];
	cli.send(WATCHER, &recommend("pause-call", &call));
	let shown = cli.run(&["action", "show", "0"]).stdout;
	for words in ["TxPause", "pause", "unpause", "Agents", "register", "agent 0, by"] {
		assert!(shown.contains(words), "{words}: {shown}");
	}
	let early = cli.send_in_vain(5, "//Eve", &["action", "perform", "0"]);
	assert!(early.contains("Actions::NotVerified"), "{early}");
	for approver in ["//Alice", "//Bob", "//Charlie"] {
		cli.send(approver, &["action", "approve", "0"]);
	}
	cli.send("//Eve", &["action", "perform", "0"]);
	assert_eq!(network.standing(0), "watching");
	let card = ["--card", "ipfs://card", "--card-hash", HASH];
	let agent = [&["agent", "register", "--kind", "executor"], &card[..]].concat();
	let paused = cli.send_in_vain(5, "//Bob", &agent);
	assert!(paused.contains("CallFiltered"), "{paused}");

	// Approvers can be others, and kinds go, by governance.
	cli.send("//Alice", &["action", "set-approvers", "//Dave", "//Eve"]);
	assert_eq!(network.data(&["action", "status"])["approvers"].as_array().map(Vec::len), Some(2));
	cli.send("//Alice", &["action", "set-reflex", "cpu", "--kind", "raise-alert"]);
	cli.send("//Alice", &["action", "set-reflex", "cpu"]);
	cli.send("//Alice", &["action", "remove-kind", "prune"]);
	let gone = cli.fail(1, &["action", "kind", "prune"]);
	assert!(gone.contains("no kind `prune`"), "{gone}");
	let closed = cli.send_in_vain(5, "//Alice", &["action", "open-by-half", "medium"]);
	assert!(closed.contains("Actions::BreakerNotOpen"), "{closed}");
	let file = cli.file("kind.json", "{\"data\": {\"name\": \"prune\"}}");
	let set = ["action", "set-kind", "4", "--file", &file, "--from", "//Alice", "--yes"];
	let bad = cli.fail(2, &set);
	assert!(bad.contains("missing field `class`") && bad.contains("kind.json"), "{bad}");
}

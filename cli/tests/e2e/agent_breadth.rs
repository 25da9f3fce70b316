//! All that an agent can do and be, in one journey: it comes to life, is found, works, is rated,
//! and changes its owner.

use crate::harness::{plancks, Cli, Node};
use serde_json::Value;

const AIT: u128 = 1_000_000_000_000;

const HASH: &str = "0x0505050505050505050505050505050505050505050505050505050505050505";

/// RFC 8410, section 10.3: an example, so that everybody knows its secret.
const CARD_KEY: &str = "-----BEGIN PRIVATE KEY-----\n\
	MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n\
	-----END PRIVATE KEY-----\n";

/// RFC 8410, section 10.1: the public key that belongs to it.
const PUBLIC_CARD_KEY: &str =
	"ed25519:0x19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";

/// A user of a new node, and what the journey needs again and again.
struct Journey {
	cli: Cli,
	node: Node,
}

impl Journey {
	async fn begin() -> Self {
		let node = Node::dev().await;
		node.wait_for_best(1).await;
		Self { cli: Cli::new(node.ws_url()), node }
	}

	fn data(&self, arguments: &[&str]) -> Value {
		self.cli.json(arguments)["data"].take()
	}

	fn refused(&self, key: &str, arguments: &[&str], error: &str) {
		let said = self.cli.send_in_vain(5, key, arguments);
		assert!(said.contains(error), "{said}");
	}

	/// Bob's agent 0 with a signed card, the wallet `worker` and something to offer, active.
	fn come_to_life(&self) {
		let cli = &self.cli;
		cli.new_key("worker");
		cli.send("//Alice", &["account", "transfer", "worker", "10 AIT"]);
		let card = cli.file("card.json", r#"{ "name": "GPUs", "version": "1.0" }"#);
		let key = cli.file("key.pem", CARD_KEY);
		let signed = cli.run(&["agent", "sign-card", &card, "--key-file", &key]);
		let signed = cli.file("signed.json", &signed.stdout);

		let register = ["agent", "register", "--kind", "provider", "--card", "https://a.example/c"];
		let more = ["--card-file", &signed, "--metadata", "region=eu", "--metadata", "model=a=b"];
		let registered = cli.send("//Bob", &[&register[..], &more].concat());
		assert_eq!(registered["agent"], 0);
		assert_eq!(registered["transactions"].as_array().map(Vec::len), Some(3));
		cli.send("//Bob", &["agent", "card-key", "add", "0", "--key", PUBLIC_CARD_KEY]);
		self.check_card(&signed);

		let wallet = ["--wallet", "worker", "--wallet-key", "worker"];
		cli.send("//Bob", &[&["agent", "set-wallet", "0"], &wallet[..]].concat());
		let offer = ["agent", "capabilities", "set", "0", "--tag", "training.gpu"];
		let terms =
			["--version", "1.2", "--performance", "90", "--price", "0.1 AIT", "--capacity", "4"];
		self.refused(
			"//Bob",
			&[&offer[..], &["--performance", "101", "--price", "0 AIT"]].concat(),
			"Agents::PerformanceOffScale",
		);
		cli.send("//Bob", &[&offer[..], &terms].concat());
		self.refused("worker", &["agent", "heartbeat", "0"], "Agents::NotActive");
		cli.send("//Bob", &["agent", "activate", "0"]);
	}

	/// The card in the file `signed` is agent 0's, and no other is.
	fn check_card(&self, signed: &str) {
		let verify = |code, file: &str| {
			let arguments = ["agent", "verify-card", file, "--agent", "0", "--require-signature"];
			self.cli.check(code, &arguments)["data"].take()
		};
		let good = verify(0, signed);
		assert_eq!((&good["passed"], &good["signed"]), (&true.into(), &true.into()), "{good:#}");
		assert_eq!(good["steps"][2]["key"], PUBLIC_CARD_KEY);

		let content = std::fs::read_to_string(signed).expect("the card was written");
		let tampered = self.cli.file("tampered.json", &content.replace("GPUs", "CPUs"));
		let bad = verify(7, &tampered);
		assert_eq!(
			(&bad["steps"][1]["result"], &bad["steps"][2]["result"]),
			(&"failed".into(), &"failed".into()),
			"{bad:#}"
		);
	}

	/// Agent 0 is live, and found by what it offers and by nothing else.
	fn be_found(&self) {
		let cli = &self.cli;
		cli.send("worker", &["agent", "heartbeat", "0"]);
		self.refused("//Dave", &["agent", "heartbeat", "0"], "Agents::NotOwnerNorWallet");
		let profile = self.data(&["agent", "info", "0"]);
		assert_eq!(profile["live"], true, "{profile:#}");
		assert_eq!(profile["capabilities"][0]["tag_name"], "training.gpu");
		assert_eq!(profile["capabilities"][0]["version"], "1.2");
		assert_eq!(profile["metadata"].as_array().map(Vec::len), Some(2));
		assert_eq!(profile["card_keys"][0], PUBLIC_CARD_KEY);

		let search = ["agent", "match", "--tag", "training.gpu", "--max-price"];
		let found = |rest: &[&str]| self.data(&[&search[..], rest].concat());
		let best = found(&["0.2 AIT", "--performance", "80", "--version", "1.1", "--job", HASH]);
		assert_eq!(best["matches"][0]["agent"], 0, "{best:#}");
		assert_eq!(best["matches"][0]["fit"]["cost"], "0.500000000");
		assert_eq!(best["matches"][0]["fit"]["performance"], "0.500000000");
		for nobody in [
			&["0.05 AIT"][..],
			&["1 AIT", "--performance", "95"],
			&["1 AIT", "--capacity", "5"],
			&["1 AIT", "--version", "1.3"],
		] {
			assert_eq!(found(nobody)["matches"].as_array().map(Vec::len), Some(0), "{nobody:?}");
		}
		let off = cli.fail(2, &[&search[..], &["1 AIT", "--performance", "101"]].concat());
		assert!(off.contains("101 is not on the scale of `training.gpu`, 0 to 100"), "{off}");
		let unknown = cli.fail(1, &["agent", "match", "--tag", "magic", "--max-price", "1 AIT"]);
		assert!(unknown.contains("there is no tag `magic`"), "{unknown}");

		let offers = |kind: &str| {
			self.data(&["agent", "list", "--capability", "training.gpu", "--kind", kind])["offers"]
				.take()
		};
		assert_eq!(offers("provider")[0]["agent"], 0);
		assert_eq!(offers("oracle").as_array().map(Vec::len), Some(0));
		let of_kind = self.data(&["agent", "list", "--kind", "provider"]);
		assert_eq!(of_kind["agents"][0]["agent"], 0);
	}

	/// Agent 0 is paid 50 AIT by Alice.
	fn work(&self) {
		let cli = &self.cli;
		let create = ["contract", "create", "--provider", "worker", "--terms", HASH, "--fund"];
		cli.send("//Alice", &[&create[..], &["--milestone", "50 AIT@+1h"]].concat());
		let watched = self.data(&["agent", "info", "0"])["open_work"].take();
		assert_eq!((&watched["contracts"], plancks(&watched["amount"])), (&1.into(), 50 * AIT));
		cli.send("worker", &["contract", "submit", "0", "--milestone", "0", "--evidence", HASH]);
		cli.send("//Alice", &["contract", "release", "0", "--milestone", "0"]);

		let score = self.data(&["agent", "reputation", "0"]);
		assert_eq!(score["completed"], 1, "{score:#}");
		// Little less than the 2.5 % of 50 AIT that the protocol took.
		let completion = plancks(&score["components"][0]["evidence"]);
		assert!((AIT..=AIT * 5 / 4).contains(&completion), "{score:#}");
		assert_eq!(score["level"], "beginner", "a single contract is little evidence");
	}

	/// Alice says what she thinks, the agent answers, and Alice takes it back.
	fn be_rated(&self) {
		let cli = &self.cli;
		let rate = |contract, value: &'static str, tag| {
			["agent", "rate", "0", "--contract", contract, "--tag", tag, "--value", value]
		};
		self.refused("//Dave", &rate("0", "1", "quality"), "Reputation::NotParty");
		self.refused("//Alice", &rate("9", "1", "quality"), "Reputation::WorkNotFound");
		self.refused("//Alice", &rate("0", "101", "quality"), "Reputation::ValueOutOfRange");
		self.refused("//Alice", &rate("0", "1", "training.gpu"), "Reputation::TagNotForRating");
		let half = cli.fail(
			2,
			&[&rate("0", "1", "quality")[..], &["--uri", "ipfs://a", "--from", "//Alice"]].concat(),
		);
		assert!(half.contains("--document"), "{half}");

		let more = ["--about", "training.gpu", "--uri", "ipfs://review", "--document", HASH];
		let rated = cli.send("//Alice", &[&rate("0", "92.5", "quality")[..], &more].concat());
		assert_eq!(rated["feedback"], 1);
		self.refused("//Alice", &rate("0", "1", "quality"), "Reputation::AlreadyRated");
		let summary =
			self.data(&["agent", "reputation", "0", "--tag", "quality", "--about", "training.gpu"]);
		assert_eq!((&summary["count"], &summary["mean"]), (&1.into(), &"92.5".into()));

		let answer = ["agent", "respond", "0", "--author", "//Alice", "--index", "1"];
		let answer = [&answer[..], &["--uri", "ipfs://answer", "--document", HASH]].concat();
		self.refused("//Dave", &answer, "Reputation::NotRatedAgent");
		cli.send("worker", &answer);
		let list = |more: &[&str]| {
			self.data(&[&["agent", "feedback", "0"], more].concat())["feedback"].take()
		};
		let feedback = list(&["--author", "//Alice", "--tag", "quality"]);
		assert_eq!(feedback[0]["value"], "92.5", "{feedback:#}");
		assert_eq!(feedback[0]["response"]["uri"], "ipfs://answer");
		assert_eq!(list(&["--author", "//Dave"]).as_array().map(Vec::len), Some(0));

		self.refused(
			"//Dave",
			&["agent", "revoke-feedback", "0", "--index", "1"],
			"Reputation::FeedbackNotFound",
		);
		cli.send("//Alice", &["agent", "revoke-feedback", "0", "--index", "1"]);
		assert_eq!(list(&[]).as_array().map(Vec::len), Some(0));
		assert_eq!(list(&["--revoked"])[0]["revoked"], true);
		cli.send(
			"//Alice",
			&["agent", "erase-feedback", "0", "--author", "//Alice", "--index", "1"],
		);
		assert_eq!(list(&["--revoked"]).as_array().map(Vec::len), Some(0));
	}

	/// The wallet's key is lost, and the agent goes to Charlie.
	fn change_hands(&self) {
		let cli = &self.cli;
		let spare = cli.new_key("spare");
		self.refused("//Dave", &["agent", "rotate-key", "0", "--to", "spare"], "Agents::NotOwner");
		cli.send("//Bob", &["agent", "rotate-key", "0", "--to", "spare"]);
		let rotated = self.data(&["agent", "info", "0"]);
		assert_eq!((&rotated["wallet"], &rotated["status"]), (&spare.into(), &"active".into()));
		assert_eq!(rotated["reputation"]["completed"], 1, "the agent is the same");

		self.refused("//Charlie", &["agent", "transfer", "accept", "0"], "Agents::NotRecipient");
		cli.send("//Bob", &["agent", "transfer", "offer", "0", "--to", "//Dave"]);
		cli.send("//Bob", &["agent", "transfer", "withdraw", "0"]);
		cli.send("//Bob", &["agent", "transfer", "offer", "0", "--to", "//Charlie"]);
		let accept = ["agent", "transfer", "accept", "0"];
		let dry = self.data(&[&accept[..], &["--from", "//Charlie", "--dry-run"]].concat());
		let held = || plancks(&self.data(&["account", "balance", "//Charlie"])["held"]);
		let before = held();
		cli.send("//Charlie", &accept);
		let cost = &dry["consequences"];
		let foreseen = plancks(&cost["bond"]) + plancks(&cost["deposit"]);
		assert_eq!(held() - before, foreseen, "what is held was told beforehand");
		let moved = self.data(&["agent", "info", "0"]);
		assert_eq!(moved["status"], "inactive", "{moved:#}");
		assert!(moved["wallet"].is_null() && moved["card_keys"] == serde_json::json!([]));
		assert_eq!(moved["reputation"]["transfers"], 1);
		assert_eq!(moved["capability_count"], 1, "what it offers stays");
	}

	/// Charlie sees the agent once that is finalized.
	async fn be_watched(&self) {
		self.node.wait_for_finalized(self.node.best().await).await;
		let watched = self.data(&["agent", "monitor", "--owner", "//Charlie", "--once"]);
		assert_eq!(watched["agents"][0]["agent"], 0, "{watched:#}");
		assert_eq!(watched["agents"][0]["open_work"]["contracts"], 0);
		assert!(self.cli.fail(1, &["agent", "monitor", "9", "--once"]).contains("no agent 9"));
	}

	/// Governance takes the agent out of business and lets it back.
	fn be_governed(&self) {
		let cli = &self.cli;
		cli.send("//Alice", &["agent", "suspend", "0"]);
		assert_eq!(self.data(&["agent", "info", "0"])["status"], "suspended");
		self.refused("//Alice", &["agent", "suspend", "0"], "Agents::AgentSuspended");
		self.refused("//Dave", &["agent", "reinstate", "0"], "Sudo::RequireSudo");
		cli.send("//Alice", &["agent", "reinstate", "0"]);

		let reserved = ["agent", "metadata", "set", "0", "--key", "agentWallet", "--value", "me"];
		self.refused("//Charlie", &reserved, "Agents::MetadataKeyReserved");
		cli.send("//Charlie", &["agent", "metadata", "remove", "0", "--key", "region"]);
		cli.send("//Charlie", &["agent", "capabilities", "remove", "0", "--tag", "training.gpu"]);
		let profile = self.data(&["agent", "info", "0"]);
		assert_eq!(profile["metadata"][0]["text"], "a=b", "{profile:#}");
		assert_eq!(profile["capability_count"], 0);
	}
}

#[tokio::test]
async fn agent_should_be_found_paid_rated_and_handed_over() {
	let journey = Journey::begin().await;
	journey.come_to_life();
	journey.be_found();
	journey.work();
	journey.be_rated();
	journey.change_hands();
	journey.be_watched().await;
	journey.be_governed();
}

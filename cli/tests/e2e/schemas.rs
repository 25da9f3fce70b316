//! The JSON of every command keeps its shape.
//!
//! A member may be added: look at the change and accept it with `INSTA_UPDATE=always`. One that
//! goes away, or changes its meaning, needs a new version of the schema.

use crate::harness::{schema, Cli, Node};

const HASH: &str = "0x0404040404040404040404040404040404040404040404040404040404040404";

#[tokio::test]
async fn json_should_keep_its_shape() {
	let node = Node::dev().await;
	node.wait_for_finalized(1).await;
	let cli = Cli::new(node.ws_url());
	let snapshot = |name: &str, arguments: &[&str]| {
		insta::assert_json_snapshot!(name, schema(&cli.json(arguments)));
	};

	snapshot("account_new", &["account", "new", "agent"]);
	snapshot("account_list", &["account", "list"]);
	snapshot("account_balance", &["account", "balance", "//Alice"]);
	snapshot("node_status", &["node", "status"]);
	snapshot("network_status", &["network", "status"]);
	snapshot("validator_list", &["validator", "list"]);

	let from = ["--from", "//Alice", "--yes", "--wait", "best"];
	let register =
		["agent", "register", "--kind", "broker", "--card", "ipfs://card", "--card-hash", HASH];
	snapshot("dry_run", &[&register[..], &["--from", "//Alice", "--dry-run"]].concat());
	let sent = cli.json(&["account", "transfer", "//Bob", "1 AIT", "--from", "//Alice", "--yes"]);
	let hash = sent["data"]["transactions"][0]["hash"].as_str().expect("it has one");
	snapshot("transaction_status", &["transaction", "status", hash]);
	snapshot("agent_register", &[&register[..], &from].concat());
	snapshot("agent_info", &["agent", "info", "0"]);
	snapshot("agent_list", &["agent", "list"]);

	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH, "--fund"];
	let milestones = ["--milestone", "1 AIT@+1h", "--milestone", "2 AIT@+2h"];
	snapshot("contract_create", &[&create[..], &milestones, &from].concat());
	cli.send("//Bob", &["contract", "submit", "0", "--milestone", "0", "--evidence", HASH]);
	snapshot("contract_status", &["contract", "status", "0"]);
	snapshot("contract_list", &["contract", "list", "//Bob"]);

	cli.send("//Alice", &["agent", "deregister", "0"]);
	snapshot("agent_leaving", &["agent", "info", "0"]);
}

/// RFC 8032, section 7.1, test 1.
const CARD_KEY: &str = "ed25519:0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

#[tokio::test]
async fn json_about_agents_should_keep_its_shape() {
	let node = Node::dev().await;
	node.wait_for_finalized(1).await;
	let cli = Cli::new(node.ws_url());
	let snapshot = |name: &str, arguments: &[&str]| {
		insta::assert_json_snapshot!(name, schema(&cli.json(arguments)));
	};
	let sends = |name: &str, key: &str, arguments: &[&str]| {
		let how = ["--from", key, "--yes", "--wait", "best"];
		snapshot(name, &[arguments, &how].concat());
	};
	let foresees = |name: &str, key: &str, arguments: &[&str]| {
		snapshot(name, &[arguments, &["--from", key, "--dry-run"]].concat());
	};

	snapshot("tag_list", &["tag", "list"]);
	snapshot("tag_show", &["tag", "show", "quality"]);
	let card = cli.file("card.json", "{}");
	let card = ["--card", "ipfs://card", "--card-file", &card, "--metadata", "region=eu"];
	let register = [&["agent", "register", "--kind", "validator"], &card[..]].concat();
	sends("agent_register_with_metadata", "//Bob", &register);
	let wallet = ["agent", "set-wallet", "0", "--wallet", "//Bob//wallet"];
	cli.send("//Bob", &[&wallet[..], &["--wallet-key", "//Bob//wallet"]].concat());
	let offer = ["agent", "capabilities", "set", "0", "--tag", "oracle.price"];
	let terms = ["--performance", "99.5", "--price", "1 mAIT", "--parameters", HASH];
	sends("agent_capabilities_set", "//Bob", &[&offer[..], &terms].concat());
	sends("agent_card_key_add", "//Bob", &["agent", "card-key", "add", "0", "--key", CARD_KEY]);
	cli.send("//Bob", &["agent", "activate", "0"]);
	sends("agent_heartbeat", "//Bob", &["agent", "heartbeat", "0"]);
	snapshot("agent_capabilities", &["agent", "capabilities", "list", "0"]);
	snapshot("agent_metadata", &["agent", "metadata", "list", "0"]);
	snapshot("agent_card_keys", &["agent", "card-key", "list", "0"]);
	snapshot("agent_offers", &["agent", "list", "--capability", "oracle.price"]);
	snapshot(
		"agent_match",
		&["agent", "match", "--tag", "oracle.price", "--max-price", "1 AIT", "--parameters", HASH],
	);
	let checked = cli.file("checked.json", "{}");
	snapshot("agent_verify_card", &["agent", "verify-card", &checked, "--agent", "0"]);

	// Work, so that there is something to rate.
	cli.send("//Alice", &["account", "transfer", "//Bob//wallet", "200 AIT"]);
	let create = ["contract", "create", "--provider", "//Bob//wallet", "--terms", HASH, "--fund"];
	cli.send("//Alice", &[&create[..], &["--milestone", "50 AIT@+1h"]].concat());
	let submit = ["contract", "submit", "0", "--milestone", "0", "--evidence", HASH];
	cli.send("//Bob//wallet", &submit);
	sends("contract_release", "//Alice", &["contract", "release", "0", "--milestone", "0"]);
	let rate = ["agent", "rate", "0", "--contract", "0", "--tag", "quality", "--value", "92.5"];
	let document = ["--about", "oracle.price", "--uri", "ipfs://review", "--document", HASH];
	sends("agent_rate", "//Alice", &[&rate[..], &document].concat());
	let respond = ["agent", "respond", "0", "--author", "//Alice", "--index", "1"];
	let answer = ["--uri", "ipfs://answer", "--document", HASH];
	sends("agent_respond", "//Bob", &[&respond[..], &answer].concat());
	snapshot("agent_reputation", &["agent", "reputation", "0"]);
	snapshot("agent_rating_summary", &["agent", "reputation", "0", "--tag", "quality"]);
	snapshot("agent_feedback", &["agent", "feedback", "0"]);
	snapshot("agent_profile", &["agent", "info", "0"]);

	let of = ["validation", "request", "--validator", "0", "--subject", "1"];
	cli.send("//Dave", &register);
	let work = ["--uri", "ipfs://work", "--work", HASH, "--fee", "1 AIT", "--deadline", "+1h"];
	sends("validation_request", "//Alice", &[&of[..], &work].concat());
	let answer = ["validation", "answer", "0", "--score", "90", "--uri", "ipfs://report"];
	let answer = [&answer[..], &["--evidence", HASH, "--hard"]].concat();
	sends("validation_answer", "//Bob//wallet", &answer);
	snapshot("validation_status", &["validation", "status", "0"]);
	snapshot("validation_list_of_subject", &["validation", "list", "--subject", "1"]);
	snapshot("validation_list_of_validator", &["validation", "list", "--validator", "0"]);
	let dispute = ["validation", "dispute", "0"];
	foresees("validation_dispute_dry_run", "//Alice", &dispute);
	sends("validation_dispute", "//Alice", &dispute);
	snapshot("validation_status_disputed", &["validation", "status", "0"]);
	snapshot("dispute_status_of_validation", &["dispute", "status", "0"]);

	sends("account_proxy_add", "//Bob", &["account", "proxy", "add", "//Dave", "--rights", "jobs"]);
	snapshot("account_proxy_list", &["account", "proxy", "list", "//Bob"]);
	node.wait_for_finalized(node.best().await).await;
	snapshot("agent_monitor", &["agent", "monitor", "0", "--once"]);
}

#[tokio::test]
async fn json_about_disputes_should_keep_its_shape() {
	let node = Node::dev().await;
	node.wait_for_finalized(1).await;
	let cli = Cli::new(node.ws_url());
	let snapshot = |name: &str, arguments: &[&str]| {
		insta::assert_json_snapshot!(name, schema(&cli.json(arguments)));
	};
	let sends = |name: &str, key: &str, arguments: &[&str]| {
		let how = ["--from", key, "--yes", "--wait", "best"];
		snapshot(name, &[arguments, &how].concat());
	};
	let foresees = |name: &str, key: &str, arguments: &[&str]| {
		snapshot(name, &[arguments, &["--from", key, "--dry-run"]].concat());
	};

	foresees("juror_bond_dry_run", "//Dave", &["juror", "bond", "2000 AIT"]);
	sends("juror_bond", "//Dave", &["juror", "bond", "2000 AIT"]);
	foresees("juror_unbond_dry_run", "//Dave", &["juror", "unbond", "--all"]);
	snapshot("juror_status", &["juror", "status", "//Dave"]);
	snapshot("juror_pool", &["juror", "pool"]);

	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH, "--fund"];
	cli.send("//Alice", &[&create[..], &["--milestone", "400 AIT@+1h"]].concat());
	cli.send("//Bob", &["contract", "submit", "0", "--milestone", "0", "--evidence", HASH]);
	let create = ["dispute", "create", "0", "--milestone", "0", "--claim", "10"];
	foresees("dispute_create_dry_run", "//Alice", &create);
	sends("dispute_create", "//Alice", &create);
	snapshot("contract_status_disputed", &["contract", "status", "0"]);
	foresees("dispute_offer_dry_run", "//Alice", &["dispute", "offer", "0", "--client", "30%"]);
	cli.send("//Alice", &["dispute", "offer", "0", "--client", "30%"]);
	foresees("dispute_accept_dry_run", "//Bob", &["dispute", "accept", "0"]);
	foresees("dispute_defend_dry_run", "//Bob", &["dispute", "defend", "0", "--claim", "0"]);
	let evidence = ["dispute", "evidence", "0", "--kind", "record", "--uri", "ipfs://log"];
	let evidence = [&evidence[..], &["--document", HASH]].concat();
	foresees("dispute_evidence_dry_run", "//Bob", &evidence);
	cli.send("//Bob", &evidence);
	snapshot("dispute_status", &["dispute", "status", "0"]);
	snapshot("dispute_list", &["dispute", "list", "//Bob"]);
	snapshot("dispute_mine_settling", &["dispute", "status", "--mine", "--from", "//Bob"]);
}

#[tokio::test]
async fn json_about_the_market_should_keep_its_shape() {
	let node = Node::dev().await;
	node.wait_for_finalized(1).await;
	let cli = Cli::new(node.ws_url());
	let snapshot = |name: &str, arguments: &[&str]| {
		insta::assert_json_snapshot!(name, schema(&cli.json(arguments)));
	};
	let sends = |name: &str, key: &str, arguments: &[&str]| {
		let how = ["--from", key, "--yes", "--wait", "best"];
		snapshot(name, &[arguments, &how].concat());
	};
	let foresees = |name: &str, key: &str, arguments: &[&str]| {
		snapshot(name, &[arguments, &["--from", key, "--dry-run"]].concat());
	};

	let card = ["--kind", "provider", "--card", "ipfs://card", "--card-hash", HASH];
	cli.send("//Charlie", &[&["agent", "register"], &card[..]].concat());
	let wallet = ["agent", "set-wallet", "0", "--wallet", "//Dave", "--wallet-key", "//Dave"];
	cli.send("//Charlie", &wallet);
	cli.send("//Charlie", &["agent", "activate", "0"]);
	let create = ["offer", "create", "--capability", "training.gpu", "--unit", "gpu-second"];
	let terms = ["--price", "1 mAIT", "--max-units", "100000", "--latency", "2s"];
	let more = ["--availability", "99.9%", "--gpus", "8", "--gpu", "H100", "--vram", "80GiB"];
	let rest = ["--cpu-cores", "64", "--memory", "1TiB", "--model", "a", "--region", "eu"];
	let create = [&create[..], &terms, &more, &rest].concat();
	foresees("offer_create_dry_run", "//Dave", &create);
	sends("offer_create", "//Dave", &create);
	snapshot("offer_show", &["offer", "show", "0"]);
	snapshot("offer_list", &["offer", "list", "--agent", "0"]);
	foresees("offer_withdraw_dry_run", "//Dave", &["offer", "withdraw", "0"]);
	let search = ["offer", "match", "--capability", "training.gpu", "--unit", "gpu-second"];
	let asked = ["--units", "60000", "--max-price", "1 AIT", "--gpus", "4", "--seed", HASH];
	snapshot("offer_match", &[&search[..], &asked].concat());

	let work = ["--uri", "ipfs://work", "--specification", HASH, "--units", "60000"];
	let plan = ["--milestone", "1/2@1h", "--milestone", "1/2@2h"];
	let post = ["job", "create", "--capability", "training.gpu", "--unit", "gpu-second"];
	let post = [&post[..], &work, &plan, &["--max-price", "100 AIT", "--gpus", "4"]].concat();
	foresees("job_create_dry_run", "//Bob", &post);
	sends("job_create", "//Bob", &post);
	snapshot("job_match", &["job", "match", "0"]);
	sends("job_bid", "//Dave", &["job", "bid", "0", "--offer", "0", "--price", "60 AIT"]);
	snapshot("job_bids", &["job", "bids", "0"]);
	snapshot("job_list_open", &["job", "list", "--open", "training.gpu"]);
	snapshot("job_status_bidding", &["job", "status", "0"]);
	let assign = ["job", "assign", "0", "--agent", "0"];
	foresees("job_assign_dry_run", "//Bob", &assign);
	sends("job_assign", "//Bob", &assign);
	foresees("job_give_up_dry_run", "//Dave", &["job", "give-up", "0"]);
	cli.send("//Dave", &["job", "start", "0"]);
	let file = cli.file("unused", "") + ".json";
	let submit = ["job", "submit", "0", "--milestone", "0", "--result", HASH, "--receipt", &file];
	let attestation = format!("measurement={HASH}");
	let submit = [&submit[..], &["--attestation", &attestation]].concat();
	foresees("job_submit_dry_run", "//Dave", &submit);
	sends("job_submit", "//Dave", &submit);
	snapshot("job_receipt_show", &["job", "receipt", "show", &file]);
	snapshot("job_receipt_list", &["job", "receipt", "list", "0"]);
	snapshot("job_receipt_verify", &["job", "receipt", "verify", &file]);
	snapshot("job_status_under_review", &["job", "status", "0"]);
	foresees("job_accept_dry_run", "//Bob", &["job", "accept", "0"]);
	cli.send("//Bob", &["job", "accept", "0"]);
	let second = file.replace(".json", ".second.json");
	cli.send("//Dave", &["job", "submit", "0", "--result", HASH, "--receipt", &second]);
	sends("job_accept", "//Bob", &["job", "accept", "0"]);
	snapshot("job_status_settled", &["job", "status", "0"]);
	snapshot("job_list", &["job", "list", "//Bob"]);
	snapshot("job_counters", &["job", "counters"]);

	let hire = [&["job", "hire", "0"], &work[..]].concat();
	foresees("job_hire_dry_run", "//Bob", &[&hire[..], &["--stream", "1h"]].concat());
	sends("job_hire", "//Bob", &[&hire[..], &["--meter", "1h"]].concat());
	snapshot("job_status_metered", &["job", "status", "1"]);
	snapshot("contract_status_metered", &["contract", "status", "1"]);
	snapshot(
		"contract_voucher_sign",
		&["contract", "voucher", "sign", "1", "--units", "5", "--from", "//Bob"],
	);

	cli.send("//Bob", &post);
	foresees("job_cancel_dry_run", "//Bob", &["job", "cancel", "2"]);
	sends("job_cancel", "//Bob", &["job", "cancel", "2"]);
}

#[tokio::test]
async fn json_about_contracts_should_keep_its_shape() {
	let node = Node::dev().await;
	node.wait_for_finalized(1).await;
	let cli = Cli::new(node.ws_url());
	let snapshot = |name: &str, arguments: &[&str]| {
		insta::assert_json_snapshot!(name, schema(&cli.json(arguments)));
	};
	let foresees = |name: &str, key: &str, arguments: &[&str]| {
		snapshot(name, &[arguments, &["--from", key, "--dry-run"]].concat());
	};
	let create = ["contract", "create", "--provider", "//Bob", "--terms", HASH];

	let bonds = ["--bond", "2 AIT", "--client-bond", "1 AIT"];
	let approvers = ["--approver", "//Charlie", "--milestone", "4 AIT@+1h"];
	cli.send("//Alice", &[&create[..], &bonds, &approvers].concat());
	foresees("contract_accept_dry_run", "//Bob", &["contract", "accept", "0"]);
	cli.send("//Bob", &["contract", "accept", "0"]);
	foresees("contract_cancel_dry_run", "//Alice", &["contract", "cancel", "0"]);
	foresees("contract_fund_dry_run", "//Alice", &["contract", "fund", "0"]);
	cli.send("//Alice", &["contract", "fund", "0"]);
	cli.send("//Bob", &["contract", "submit", "0", "--milestone", "0", "--evidence", HASH]);
	let of_milestone = ["0", "--milestone", "0"];
	foresees(
		"contract_approve_dry_run",
		"//Charlie",
		&[&["contract", "approve"], &of_milestone[..]].concat(),
	);
	let offer = [&["contract", "split", "offer"], &of_milestone[..]].concat();
	cli.send("//Bob", &[&offer[..], &["--provider-share", "3 AIT"]].concat());
	snapshot("contract_status_bonded", &["contract", "status", "0"]);
	let accept = [&["contract", "split", "accept"], &of_milestone[..]].concat();
	foresees("contract_split_accept_dry_run", "//Alice", &accept);

	let stream = ["--stream", "0.5 AIT@+1h", "--amount", "100 AIT", "--fund"];
	cli.send("//Alice", &[&create[..], &stream].concat());
	let top_up = ["contract", "top-up", "1", "--amount", "1 AIT"];
	cli.send("//Bob", &["contract", "start", "1"]);
	node.wait_for_best(node.best().await + 1).await;
	foresees("contract_settle_dry_run", "//Charlie", &["contract", "settle", "1"]);
	foresees("contract_stop_dry_run", "//Alice", &["contract", "stop", "1"]);
	cli.send("//Charlie", &["contract", "settle", "1"]);
	foresees("contract_top_up_dry_run", "//Charlie", &top_up);
	snapshot("contract_status_stream", &["contract", "status", "1"]);
}

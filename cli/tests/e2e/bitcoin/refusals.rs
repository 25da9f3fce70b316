//! What the chain does not take: forged payloads, payloads and headers for another network.

use super::anchoring::{text, Anchoring, FIRST};
use serde_json::Value;
use subxt::{dynamic::Value as Dynamic, OnlineClient, SubstrateConfig};
use subxt_signer::sr25519::dev;

/// Block 1 of mainnet.
const MAINNET_HEADER: &str =
	"010000006fe28c0ab6f1b372c1a6a246ae63f74f931e8365e15a089c68d6190000000000982051fd1e4ba744bbbe680e\
	 1fee14677ba1a3c3540bf7b1cdb606e857233e0e61bc6649ffff001d01e36299";

/// Where the payload has its network, and where its block's hash begins.
const NETWORK_AT: usize = 5;
const HASH_AT: usize = 14;

/// The bytes that name networks there.
const MAINNET: u8 = 0;
const REGTEST: u8 = 3;

/// A payload with some bits of one byte flipped, as digits.
fn flipped(payload: &str, place: usize, bits: u8) -> String {
	let mut bytes = hex::decode(payload).expect("a payload is hexadecimal");
	bytes[place] ^= bits;
	hex::encode(bytes)
}

#[tokio::test]
async fn anchor_should_be_proven_by_hand_when_its_payload_is_the_chains() {
	let Some(anchoring) = Anchoring::start("payload").await else { return };
	let Anchoring { core, cli, .. } = &anchoring;
	let wallet = cli.json(&["anchor", "wallet"])["data"].take();
	assert_eq!((&wallet["mode"], &wallet["address"]), (&"payload".into(), &Value::Null));
	assert!(cli.fail(1, &["anchor", "wallet", "--rescan"]).contains("--anchor-mode broadcast"));
	let said = cli.send_in_vain(1, "//Bob", &["anchor", "register"]);
	assert!(said.contains("--anchor-mode broadcast"), "{said}");
	anchoring.wait_for_task().await;
	let height = FIRST.to_string();
	let payload = text(&anchoring.data(&["anchor", "show", &height])["payload"]["bytes"]);
	let payload = payload.trim_start_matches("0x");

	let publish = |data: &str| core.publish(data);
	let forged = publish(&flipped(payload, HASH_AT, 1));
	let foreign = publish(&flipped(payload, NETWORK_AT, REGTEST ^ MAINNET));
	let strange = publish("00112233");
	let own = publish(payload);
	anchoring.wait_for_relay().await;
	let submit = |(txid, block): &(String, String), options: &[&str]| -> Vec<String> {
		let words = ["anchor", "submit", txid, "--block", block];
		words.iter().chain(options).map(|word| (*word).to_owned()).collect()
	};
	for (published, options, code, words) in [
		(&forged, &[][..], 5, "BitcoinAnchor::ForgedPayload"),
		(&foreign, &[], 5, "BitcoinAnchor::ForeignNetwork"),
		(&own, &["--height", "7"], 5, "BitcoinAnchor::TaskNotFound"),
		(&strange, &["--height", &height], 5, "BitcoinAnchor::NotCommitted"),
		(&strange, &[], 2, "no output of transaction"),
		(&(own.0.clone(), strange.1.clone()), &[], 1, "does not have the transaction"),
	] {
		let arguments = submit(published, options);
		let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
		let said = cli.send_in_vain(code, "//Charlie", &arguments);
		assert!(said.contains(words), "{words}: {said}");
	}

	let arguments = submit(&own, &[]);
	let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
	let sent = cli.send("//Charlie", &arguments);
	assert_eq!(sent["transactions"][0]["events"][0]["event"], "AnchorIncluded", "{sent:#}");
	let included = anchoring.wait_to_be(FIRST, "included").await;
	assert_eq!(included["txid"], own.0.as_str());
	let said = cli.send_in_vain(5, "//Charlie", &arguments);
	assert!(said.contains("BitcoinAnchor::AlreadyIncluded"), "{said}");
	assert!(header_is_refused(&anchoring, None).await.contains("UnknownParent"));
	let tip = core.tip().hash;
	assert!(header_is_refused(&anchoring, Some(&tip)).await.contains("NoProofOfWork"));
}

/// Submits the header of another network, after another block if one is named, and gives what the chain says.
async fn header_is_refused(anchoring: &Anchoring, parent: Option<&str>) -> String {
	let bytes = hex::decode(MAINNET_HEADER).expect("it is hexadecimal");
	let number = |at: usize| {
		let bytes: [u8; 4] = bytes[at..at + 4].try_into().expect("there are four");
		u32::from_le_bytes(bytes)
	};
	let parent = match parent {
		// Text has the last byte first.
		Some(parent) => {
			let mut parent = hex::decode(parent).expect("a hash is hexadecimal");
			parent.reverse();
			parent
		},
		None => bytes[4..36].to_vec(),
	};
	let hash = |bytes: &[u8]| Dynamic::unnamed_composite([Dynamic::from_bytes(bytes)]);
	let header = Dynamic::named_composite([
		("version", Dynamic::i128(1)),
		("previous", hash(&parent)),
		("merkle_root", hash(&bytes[36..68])),
		("time", Dynamic::u128(number(68).into())),
		("bits", Dynamic::unnamed_composite([Dynamic::u128(number(72).into())])),
		("nonce", Dynamic::u128(number(76).into())),
	]);
	let url = anchoring.node.ws_url();
	let client = OnlineClient::<SubstrateConfig>::from_insecure_url(url).await;
	let client = client.expect("the node answers");
	let headers = Dynamic::unnamed_composite([Dynamic::unnamed_composite([header])]);
	let submit = subxt::dynamic::transaction("BitcoinLightClient", "submit", vec![headers]);
	let at = client.at_current_block().await.expect("the node has blocks");
	let sent = at.transactions().sign_and_submit_then_watch_default(&submit, &dev::dave()).await;
	let ended = sent.expect("the pool takes it").wait_for_finalized_success().await;
	ended.expect_err("it is refused").to_string()
}

//! The committed metadata is the runtime's.

use crate::harness::Node;
use std::{env, fs};
use subxt::rpcs::{client::RpcParams, RpcClient};

/// Version 16 of the metadata, in SCALE encoding.
const VERSION: &str = "0x10000000";

/// A SCALE `Option` and the length of a list of between 2^14 and 2^30 bytes.
const PREFIX_BYTES: usize = 1 + 4;

/// Fails when the runtime has changed since `scripts/metadata --write`. The node of
/// `AITBC_TEST_URL` is asked, or else a new one.
#[tokio::test]
async fn committed_metadata_should_be_the_nodes() {
	let mut parameters = RpcParams::new();
	parameters.push("Metadata_metadata_at_version").expect("a string is JSON");
	parameters.push(VERSION).expect("a string is JSON");
	let answer: String = match env::var("AITBC_TEST_URL") {
		Ok(url) => {
			let client = RpcClient::from_insecure_url(url).await.expect("the node answers");
			client.request("state_call", parameters).await.expect("the node has metadata")
		},
		Err(_) => {
			let answer = Node::dev().await.request("state_call", parameters).await;
			answer.as_str().expect("bytes are a string").to_owned()
		},
	};

	let nodes = hex::decode(answer.trim_start_matches("0x")).expect("bytes are hexadecimal");
	let path = concat!(env!("CARGO_MANIFEST_DIR"), "/artifacts/metadata.scale");
	let committed = fs::read(path).expect("the metadata is committed");

	assert!(
		nodes.get(PREFIX_BYTES..) == Some(&committed[..]),
		"cli/artifacts/metadata.scale is stale: start a node of this build and run \
		 `scripts/metadata --write`"
	);
}

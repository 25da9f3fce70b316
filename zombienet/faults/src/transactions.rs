//! Transactions: single ones that must succeed, and floods.

use crate::{chain::client, Node};
use serde_json::Value;
use std::str::FromStr;
use subxt::{
	config::DefaultExtrinsicParamsBuilder as Params,
	dynamic::{self, Value as Dynamic},
	transactions::Payload,
};
use subxt_signer::{
	sr25519::{dev, Keypair},
	SecretUri,
};

/// How many transactions of one account the nodes' pools take while it waits for a block.
const PER_ACCOUNT: u64 = 500;

/// What each transfer carries, in plancks: 0.01 AIT, with less of which no account begins.
pub(crate) const EXISTENTIAL_DEPOSIT: u128 = 10_000_000_000;

/// How many transactions are sent at a time.
const AT_ONCE: usize = 50;

/// Sends the call, signed with a development secret, and waits until it is finalized. It must succeed.
pub async fn send(
	node: &Node,
	secret: &str,
	pallet: &str,
	call: &str,
	fields: Vec<(&str, Dynamic)>,
) {
	let payload = dynamic::tx(pallet, call, Dynamic::named_composite(fields));
	send_with_tip(node, secret, &payload, 0).await;
}

/// Sends a transfer, signed with a development secret, that pays a tip in plancks, and waits until it is
/// finalized. It must succeed.
pub async fn send_tipped_transfer(node: &Node, secret: &str, tip: u128) {
	send_with_tip(node, secret, &transfer(&dev::one(), EXISTENTIAL_DEPOSIT), tip).await;
}

/// Sends the call with a tip in plancks, and waits until it is finalized. It must succeed.
async fn send_with_tip(node: &Node, secret: &str, payload: &impl Payload, tip: u128) {
	let (pallet, call) = (payload.pallet_name(), payload.call_name());
	let at = client(node).await.at_current_block().await.expect("the node has blocks");
	let parameters = Params::new().tip(tip).build();
	let mut transactions = at.transactions();
	let sent = transactions.sign_and_submit_then_watch(payload, &key(secret), parameters).await;
	let sent = sent.unwrap_or_else(|error| panic!("the pool refuses {pallet}.{call}: {error}"));
	let done = sent.wait_for_finalized_success().await;
	done.unwrap_or_else(|error| panic!("{pallet}.{call} fails: {error}"));
}

/// A transfer of `amount` plancks.
pub(crate) fn transfer(target: &Keypair, amount: u128) -> impl Payload {
	let fields = Dynamic::named_composite(transfer_fields(target, amount));
	dynamic::tx("Balances", "transfer_keep_alive", fields)
}

/// The same as a call that another one makes.
pub(crate) fn transfer_call(target: &Keypair, amount: u128) -> Dynamic {
	let call = Dynamic::named_variant("transfer_keep_alive", transfer_fields(target, amount));
	Dynamic::unnamed_variant("Balances", [call])
}

fn transfer_fields(target: &Keypair, amount: u128) -> [(&'static str, Dynamic); 2] {
	let account = Dynamic::from_bytes(target.public_key());
	[("dest", Dynamic::unnamed_variant("Id", [account])), ("value", Dynamic::u128(amount))]
}

/// The key of a development secret.
pub(crate) fn key(secret: &str) -> Keypair {
	let secret = SecretUri::from_str(secret).expect("a test's secret is one");
	Keypair::from_uri(&secret).expect("a test's secret is one")
}

/// Signs transfers of six accounts, which nobody else may use meanwhile: `PER_ACCOUNT` of each.
pub async fn transfers(node: &Node) -> Vec<Value> {
	let at = client(node).await.at_current_block().await.expect("the node has blocks");
	let transactions = at.transactions();
	let accounts =
		[dev::alice(), dev::bob(), dev::charlie(), dev::dave(), dev::eve(), dev::ferdie()];
	let mut first = Vec::new();
	for account in &accounts {
		let nonce = transactions.account_nonce(&account.public_key().to_account_id()).await;
		first.push(nonce.expect("the node counts an account's transactions"));
	}
	let mut signed = Vec::new();
	for number in 0..PER_ACCOUNT {
		for (account, first) in accounts.iter().zip(&first) {
			let call = transfer(&dev::one(), EXISTENTIAL_DEPOSIT);
			let parameters = Params::new().nonce(first + number).build();
			let signable = transactions.create_signable_offline(&call, parameters);
			let transaction = signable.expect("the call exists").sign(account);
			let bytes = transaction.expect("the call can be signed").into_encoded();
			signed.push(format!("0x{}", hex::encode(bytes)).into());
		}
	}
	signed
}

/// Sends transactions to `nodes` in turn, as fast as they take them, and gives how many they took.
pub async fn flood(nodes: &[&Node], transactions: &[Value]) -> usize {
	let mut taken = 0;
	for (batch, node) in transactions.chunks(AT_ONCE).zip(nodes.iter().cycle()) {
		let parameters: Vec<_> = batch.iter().map(std::slice::from_ref).collect();
		let answers = parameters.iter().map(|one| node.ask("author_submitExtrinsic", one));
		let answers = futures::future::join_all(answers).await;
		taken += answers.iter().filter(|answer| answer.is_ok()).count();
	}
	taken
}

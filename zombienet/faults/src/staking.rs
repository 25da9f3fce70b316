//! Who validates, with what stake, and how one becomes a validator.

use crate::{chain::client, send, wait_until, Event, Keys, Network, Node};
use serde_json::Value;
use subxt::{
	dynamic::{self, At, Value as Dynamic},
	OnlineClient, SubstrateConfig,
};

/// What a newcomer bonds, in plancks: 2,000 AIT.
const BOND: u128 = 2_000_000_000_000_000;

/// The commission that it takes, in parts per billion: the least that is allowed.
const COMMISSION: u128 = 50_000_000;

/// How many bytes an account and a public key have.
const ACCOUNT: usize = 32;

/// The stashes of the present validators, in hexadecimal digits, as the client's node has finalized them.
async fn present_validators(client: &OnlineClient<SubstrateConfig>) -> Vec<String> {
	let address = dynamic::storage::<(), Vec<[u8; ACCOUNT]>>("Session", "Validators");
	let at = client.at_current_block().await.expect("the node has blocks");
	let found = at.storage().fetch(address, ()).await;
	let validators = found.expect("a network has validators").decode();
	validators.expect("they are accounts").into_iter().map(hex::encode).collect()
}

impl Network {
	/// The stashes of the present validators, in hexadecimal digits, as `node` has finalized them.
	pub async fn validators(&self, node: usize) -> Vec<String> {
		present_validators(&client(&self.nodes[node]).await).await
	}

	/// Waits until the validators, as `node` has finalized them, are as wanted, and gives them.
	pub async fn wait_for_validators(
		&self,
		node: usize,
		is_wanted: impl Fn(&[String]) -> bool,
	) -> Vec<String> {
		// One connection for all questions: a node closes them later than they come.
		let client = client(&self.nodes[node]).await;
		wait_until("the validators to change", || async {
			let validators = present_validators(&client).await;
			is_wanted(&validators).then_some(validators)
		})
		.await
	}

	/// Makes the node at `index` a validator for a stash with money, from the next election on.
	pub async fn onboard(&self, index: usize, keys: &Keys) {
		let node = &self.nodes[index];
		let owner = format!("0x{}", keys.stash_digits());
		let made = node.request("author_rotateKeysWithOwner", &[owner.into()]).await;
		let bytes = |field: &str| {
			let digits = made[field].as_str().expect("the node gives keys and a proof");
			hex::decode(digits.trim_start_matches("0x")).expect("they are hexadecimal")
		};
		let session = bytes("keys");
		let names = ["grandpa", "babe", "authority_discovery"];
		let named = names.into_iter().zip(session.chunks(ACCOUNT).map(Dynamic::from_bytes));
		let secret = keys.stash_secret();
		let (keys, proof) = (Dynamic::named_composite(named), Dynamic::from_bytes(bytes("proof")));
		send(node, &secret, "Session", "set_keys", vec![("keys", keys), ("proof", proof)]).await;
		let bond =
			vec![("value", Dynamic::u128(BOND)), ("payee", Dynamic::unnamed_variant("Staked", []))];
		send(node, &secret, "Staking", "bond", bond).await;
		let preferences = Dynamic::named_composite([
			("commission", Dynamic::u128(COMMISSION)),
			("blocked", Dynamic::bool(false)),
		]);
		send(node, &secret, "Staking", "validate", vec![("prefs", preferences)]).await;
	}
}

/// What the stash has bonded, in plancks, as `node` has finalized it.
pub async fn bonded(node: &Node, stash: &str) -> u128 {
	let account: [u8; ACCOUNT] =
		hex::decode(stash).ok().and_then(|bytes| bytes.try_into().ok()).expect("it is an account");
	let address = dynamic::storage::<([u8; ACCOUNT],), Dynamic>("Staking", "Ledger");
	let at = client(node).await.at_current_block().await.expect("the node has blocks");
	let ledger = at.storage().fetch(address, (account,)).await.expect("the stash has bonded");
	let ledger = ledger.decode().expect("the metadata describes it");
	ledger.at("total").and_then(Dynamic::as_u128).expect("a ledger has a total")
}

impl Event {
	/// The field with this name, as a number.
	pub fn number(&self, field: &str) -> Option<u128> {
		let value = self.field(field)?;
		// A newtype, such as a fraction, is a list of one.
		value.as_u128().or_else(|| value.at(0)?.as_u128())
	}

	/// The field with this name, as bytes: an account, or a text of fixed length.
	pub fn bytes(&self, field: &str) -> Option<Vec<u8>> {
		let text = Value::from(self.field(field)?.to_string());
		let numbers = text.as_str()?.split(|letter: char| !letter.is_ascii_digit());
		Some(numbers.filter_map(|number| number.parse().ok()).collect())
	}

	/// The field with this name.
	fn field(&self, field: &str) -> Option<&Dynamic> {
		self.fields.at(0)?.at(field)
	}
}

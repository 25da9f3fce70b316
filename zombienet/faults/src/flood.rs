//! More transactions than a network takes, for as long as one wants.

use crate::{
	chain::client,
	send,
	transactions::{key, transfer, transfer_call, EXISTENTIAL_DEPOSIT},
	Node,
};
use futures::future::{join_all, select, Either};
use serde_json::Value;
use std::{cell::Cell, convert::Infallible, future::Future, pin::pin, time::Duration};
use subxt::{
	client::OnlineClientAtBlockImpl,
	config::DefaultExtrinsicParamsBuilder as Params,
	dynamic::{self, Value as Dynamic},
	transactions::{Payload, TransactionsClient},
	SubstrateConfig,
};
use subxt_signer::sr25519::{dev, Keypair};

/// How many accounts send to each node. In a round each of them sends one transaction.
const ACCOUNTS: usize = 15;

/// How many transfers a transaction has. They let some hundred transactions fill a block: checking
/// signatures takes more of a machine on which all nodes run than executing transfers does.
const TRANSFERS: usize = 25;

/// How long to wait between rounds. Four nodes get at most 240 transactions a second, which is more
/// than twice what blocks have room for, if each transaction declares about 2.8 ms.
const PAUSE: Duration = Duration::from_millis(250);

/// What each account begins with, in plancks: 1,000 AIT, for some thousand of its transactions.
const ENDOWMENT: u128 = 1_000_000_000_000_000;

/// Who pays these endowments, with the first of its transactions.
const SPONSOR: &str = "//Alice";

/// What a node says when its pool is full.
const FULL: &str = "Immediately Dropped";

/// Why a transaction must not get into a pool.
#[derive(Clone, Copy, Debug)]
enum Flaw {
	/// It was changed after it was signed.
	Signature,
	/// Its sender used its nonce before.
	Nonce,
	/// Its sender has no money.
	Fee,
}

/// What became of the transactions that one node was offered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offers {
	/// Valid ones that the pool took.
	pub taken: u64,
	/// Valid ones that a full pool refused.
	pub too_many: u64,
	/// Valid ones that were refused for another reason: such as when a block came in between.
	pub otherwise_refused: u64,
	/// Refused ones with a bad signature, a stale nonce, or an unpayable fee.
	pub invalid: u64,
}

impl Offers {
	/// What became of all transactions of both.
	fn plus(self, other: Self) -> Self {
		Self {
			taken: self.taken + other.taken,
			too_many: self.too_many + other.too_many,
			otherwise_refused: self.otherwise_refused + other.otherwise_refused,
			invalid: self.invalid + other.invalid,
		}
	}
}

/// Accounts that send valid and invalid transactions to nodes.
pub struct Flood {
	/// For each node those that send to it.
	senders: Vec<Vec<Keypair>>,
	/// Has used its first nonce.
	sponsor: Keypair,
	/// Has no money.
	pauper: Keypair,
	offers: Vec<Cell<Offers>>,
	transactions: TransactionsClient<SubstrateConfig, OnlineClientAtBlockImpl<SubstrateConfig>>,
}

impl Flood {
	/// Gives money to new accounts, which send to `nodes` later.
	pub async fn prepare(nodes: &[&Node]) -> Self {
		let account = |node: usize, number: usize| key(&format!("//Flood//{node}//{number}"));
		let senders: Vec<Vec<_>> = (0..nodes.len())
			.map(|node| (0..ACCOUNTS).map(|number| account(node, number)).collect())
			.collect();
		let endowments = senders.iter().flatten();
		let endowments = endowments.map(|sender| transfer_call(sender, ENDOWMENT));
		let calls = vec![("calls", Dynamic::unnamed_composite(endowments))];
		send(nodes[0], SPONSOR, "Utility", "batch_all", calls).await;
		// Elsewhere these accounts would be unknown, and the sponsor's first nonce good.
		let height = nodes[0].finalized().await;
		for node in nodes {
			node.wait_for_finalized(height).await;
		}
		let at = client(nodes[0]).await.at_current_block().await.expect("the node has blocks");
		Self {
			senders,
			sponsor: key(SPONSOR),
			pauper: key("//Flood//pauper"),
			offers: nodes.iter().map(|_| Cell::default()).collect(),
			transactions: at.transactions(),
		}
	}

	/// Floods `nodes`, which are those that it was prepared for, until `work` is done.
	pub async fn during<T>(&self, nodes: &[&Node], work: impl Future<Output = T>) -> T {
		match select(pin!(work), pin!(self.go_on(nodes))).await {
			Either::Left((done, _)) => done,
			Either::Right((never, _)) => match never {},
		}
	}

	/// What became of the transactions so far, node by node.
	pub fn offers(&self) -> Vec<Offers> {
		self.offers.iter().map(Cell::get).collect()
	}

	/// What became of the transactions so far.
	pub fn all_offers(&self) -> Offers {
		self.offers().into_iter().fold(Offers::default(), Offers::plus)
	}

	async fn go_on(&self, nodes: &[&Node]) -> Infallible {
		loop {
			join_all((0..nodes.len()).map(|place| self.offer(place, nodes[place]))).await;
			tokio::time::sleep(PAUSE).await;
		}
	}

	/// Offers the node at `place` a transaction of each account that sends to it, and one with each flaw.
	async fn offer(&self, place: usize, node: &Node) {
		let senders = &self.senders[place];
		let nonces = join_all(senders.iter().map(|sender| next_nonce(node, sender))).await;
		let call = batch();
		let valid = senders.iter().zip(&nonces).map(|(sender, nonce)| {
			let transaction = self.sign(&call, sender, *nonce);
			async move { submit(node, &transaction).await }
		});
		let mut offers = self.offers[place].get();
		for answer in join_all(valid).await {
			match answer {
				Ok(()) => offers.taken += 1,
				Err(reason) if reason.contains(FULL) => offers.too_many += 1,
				Err(_) => offers.otherwise_refused += 1,
			}
		}
		for flaw in [Flaw::Signature, Flaw::Nonce, Flaw::Fee] {
			let transaction = self.flawed(flaw, &senders[0], nonces[0]);
			let answer = submit(node, &transaction).await;
			assert!(answer.is_err(), "{} takes a transaction with a bad {flaw:?}", node.name);
			offers.invalid += 1;
		}
		self.offers[place].set(offers);
	}

	/// A transfer with a flaw. Where that is not its sender, it is of `sender`.
	fn flawed(&self, flaw: Flaw, sender: &Keypair, nonce: u64) -> Vec<u8> {
		let call = transfer(&dev::one(), EXISTENTIAL_DEPOSIT);
		match flaw {
			Flaw::Signature => {
				let mut transaction = self.sign(&call, sender, nonce);
				// The highest byte of the amount, which is the last of the call.
				*transaction.last_mut().expect("a transaction is not empty") ^= 1;
				transaction
			},
			Flaw::Nonce => self.sign(&call, &self.sponsor, 0),
			Flaw::Fee => self.sign(&call, &self.pauper, 0),
		}
	}

	/// The call, signed by `sender` and encoded.
	fn sign(&self, call: &impl Payload, sender: &Keypair, nonce: u64) -> Vec<u8> {
		let parameters = Params::new().nonce(nonce).build();
		let signable = self.transactions.create_signable_offline(call, parameters);
		let transaction = signable.expect("the call exists").sign(sender);
		transaction.expect("the call can be signed").into_encoded()
	}
}

/// Many transfers in one transaction.
fn batch() -> impl Payload {
	let call = transfer_call(&dev::one(), EXISTENTIAL_DEPOSIT);
	let calls = Dynamic::unnamed_composite(vec![call; TRANSFERS]);
	dynamic::tx("Utility", "batch_all", Dynamic::named_composite([("calls", calls)]))
}

/// The nonce that follows on all transactions of `sender` which the node has in blocks and in its pool.
async fn next_nonce(node: &Node, sender: &Keypair) -> u64 {
	let account = sender.public_key().to_account_id().to_string();
	let nonce = node.request("system_accountNextIndex", &[account.into()]).await;
	nonce.as_u64().expect("a nonce is a number")
}

/// Offers the node an encoded transaction; an error says why it is refused.
async fn submit(node: &Node, transaction: &[u8]) -> Result<(), String> {
	let digits = Value::from(format!("0x{}", hex::encode(transaction)));
	node.ask("author_submitExtrinsic", &[digits]).await.map(drop)
}

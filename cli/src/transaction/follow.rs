//! Following a transaction into its block.

use super::{error::FailedInBlock, Error, LastSeen, NonceLock, Receipt, Sent, Timeout, Wait};
use crate::{
	chain::{self, Block, Chain, Events, Included, Progress, SubmitError, Submitted, Transaction},
	terminal::{self, Spinner},
};
use std::cell::RefCell;
use subxt::{config::substrate::H256, utils::AccountId32};

/// Hands a transaction to the pool and follows it from there, remembering where it was seen.
struct Follower<'a> {
	chain: &'a Chain,
	from: AccountId32,
	wait: Wait,
	timeout: Timeout,
	seen: RefCell<LastSeen>,
}

impl<'a> Follower<'a> {
	/// Is about to follow the transaction `hash`, which calls `call`, as far as `wait` says.
	fn new(
		chain: &'a Chain,
		from: AccountId32,
		call: String,
		hash: H256,
		(wait, timeout): (Wait, Timeout),
	) -> Self {
		let seen = RefCell::new(LastSeen { call, hash, block: None });
		Self { chain, from, wait, timeout, seen }
	}

	/// What is known of the transaction by now.
	fn last_seen(&self) -> Box<LastSeen> {
		Box::new(self.seen.borrow().clone())
	}

	/// Hands `transaction` to the pool, which frees the nonce's `lock`, and waits until it has come
	/// as far as was asked.
	async fn send(&self, transaction: Transaction, lock: NonceLock) -> Result<Sent, Error> {
		let LastSeen { call, hash, .. } = *self.last_seen();
		let submitted = self.submit(transaction).await?;
		drop(lock);
		let from = self.from;
		let Some(wanted) = self.wait.wanted() else {
			let receipt = Receipt { call, hash, from, block: None, fee: None, events: Vec::new() };
			return Ok(Sent::Done { receipt, events: None });
		};
		let watched = tokio::time::timeout(self.timeout.0, self.watch(submitted)).await;
		let included = watched.map_err(|_| Error::TimedOut {
			seen: self.last_seen(),
			wanted,
			timeout: self.timeout,
		})??;
		let (receipt, events) = conclude(hash, included)?;
		Ok(Sent::Done { receipt, events: Some(events) })
	}

	async fn submit(&self, transaction: Transaction) -> Result<Submitted, Error> {
		let call = self.last_seen().call;
		let _spinner = Spinner::start(format!("sending {call}"));
		self.chain.submit(transaction).await.map_err(|error| match error {
			SubmitError::Refused(reason) => Error::Refused { call, reason },
			// The pool may have taken it before the answer was lost, or was not understood.
			SubmitError::Chain(error) => self.out_of_sight(error),
		})
	}

	/// Waits for the block that is wanted.
	async fn watch(&self, mut submitted: Submitted) -> Result<Included, Error> {
		let call = self.last_seen().call;
		let spinner = Spinner::start(format!("{call} waits for a block"));
		loop {
			let progress = submitted.next().await.map_err(|error| self.out_of_sight(error))?;
			match progress {
				Progress::Waiting => (),
				Progress::Included(hash) => {
					let block = self.see_in(hash).await?;
					if self.wait == Wait::Best {
						return self.look_up(&block).await;
					}
					spinner.say(format!("{call} waits for finality"));
				},
				Progress::Finalized(hash) => return self.look_up(&self.see_in(hash).await?).await,
				Progress::Dropped(reason) => return Err(self.given_up(reason)),
			}
		}
	}

	/// The block with this hash, in which the transaction is seen.
	async fn see_in(&self, hash: H256) -> Result<Block, Error> {
		let block = self.chain.block(hash).await.map_err(|error| self.out_of_sight(error))?;
		self.seen.borrow_mut().block = Some(block.id);
		Ok(block)
	}

	/// Reads what the transaction did in `block`.
	async fn look_up(&self, block: &Block) -> Result<Included, Error> {
		let found = block.transaction(self.last_seen().hash).await;
		let found = found.map_err(|error| self.out_of_sight(error))?;
		found.ok_or_else(|| {
			self.out_of_sight(chain::Error::Refused {
				url: self.chain.url().to_owned(),
				reason: format!("block {} does not have the transaction", block.id.number),
			})
		})
	}

	fn out_of_sight(&self, source: chain::Error) -> Error {
		Error::OutOfSight { seen: self.last_seen(), source }
	}

	/// The pool follows the transaction no more, for the reason given.
	fn given_up(&self, reason: String) -> Error {
		let seen = self.last_seen();
		match seen.block {
			None => Error::Dropped { call: seen.call, hash: seen.hash, reason },
			Some(_) => Error::GivenUp { seen, reason },
		}
	}
}

/// Hands `transaction` of `from` in and follows it, unless somebody ends the program.
pub async fn submit(
	chain: &Chain,
	from: AccountId32,
	call: String,
	transaction: Transaction,
	lock: NonceLock,
	how: (Wait, Timeout),
) -> Result<Sent, Error> {
	let follower = Follower::new(chain, from, call, transaction.hash(), how);
	let sent = terminal::unless_ended(follower.send(transaction, lock)).await;
	sent.unwrap_or_else(|| Err(Error::Interrupted { seen: follower.last_seen() }))
}

/// What the transaction `hash` did in its block, or why it failed there.
pub fn conclude(hash: H256, included: Included) -> Result<(Receipt, Events), Error> {
	let receipt = Receipt::of(hash, &included);
	let Included { call, block, fee, result, .. } = included;
	match result {
		Ok(events) => Ok((receipt, events)),
		Err(failure) => Err(Box::new(FailedInBlock { call, hash, block, fee, failure }).into()),
	}
}

//! Sending a call: its fee is shown, somebody consents, it is signed, submitted and followed.

mod args;
mod nonce_lock;
mod report;

pub use args::{Timeout, TransactionArgs, Wait};
pub use report::{DryRun, Receipt, Written};

use crate::{
	amount::Amount,
	chain::{self, Call, Chain, Events, Failure, Outcome, Progress, SubmitError, Submitted, Value},
	keys::{self, KeyFolder, SignerName},
	terminal::{self, Spinner},
};
use nonce_lock::NonceLock;
use std::{cell::OnceCell, io, path::PathBuf};
use subxt::{config::substrate::H256, utils::AccountId32};
use subxt_signer::sr25519::Keypair;

/// Why a call had no effect, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The key could not be had.
	#[error(transparent)]
	Keys(#[from] keys::Error),
	/// The node could not be asked.
	#[error(transparent)]
	Chain(#[from] chain::Error),
	/// Nobody could be asked for consent.
	#[error(
		"nobody can confirm the transaction, because this is no terminal; give `--yes` to send \
		 it, or `--dry-run` to look at it"
	)]
	NoTerminal,
	/// The terminal failed.
	#[error("cannot ask on the terminal: {0}; give `--yes` to send without being asked")]
	Terminal(io::Error),
	/// Somebody did not consent.
	#[error("nothing was sent: the transaction was not confirmed")]
	NotConfirmed,
	/// The lock on the account's nonce could not be had.
	#[error(
		"cannot lock the account's nonce with `{path}`: {source}; make the folder writable, or \
		 name another with `XDG_STATE_HOME`",
		path = path.display()
	)]
	Lock {
		/// The lock's file.
		path: PathBuf,
		/// What the system says.
		source: io::Error,
	},
	/// Another command held the lock all the time.
	#[error(
		"another `aitbc` has been sending from this account for {0}; wait for it, or give a \
		 longer `--timeout`"
	)]
	LockTimedOut(Timeout),
	/// The pool refused the transaction.
	#[error("the node's pool refused {call}: {reason}; {advice}")]
	Refused {
		/// What was called.
		call: String,
		/// What the pool says.
		reason: String,
		/// What to do.
		advice: &'static str,
	},
	/// The pool dropped the transaction.
	#[error("the node's pool dropped {call}: {reason}; {advice}")]
	Dropped {
		/// What was called.
		call: String,
		/// What the pool says.
		reason: String,
		/// What to do.
		advice: &'static str,
	},
	/// The transaction is in a block, and failed there.
	#[error(
		"{call} failed in block {block}: {}\n  {}\n  the fee of {fee} is paid",
		failure.name, failure.meaning
	)]
	Failed {
		/// What was called.
		call: String,
		/// In which block.
		block: u64,
		/// Why.
		failure: Failure,
		/// What it cost nevertheless.
		fee: Amount,
	},
	/// The transaction did not come as far as was asked in time.
	#[error(
		"{call} is in the node's pool, but was not {wanted} within {timeout}: it may still be; \
		 look for the transaction {hash:?}, or give a longer `--timeout`"
	)]
	TimedOut {
		/// What was called.
		call: String,
		/// What was waited for.
		wanted: &'static str,
		/// For how long.
		timeout: Timeout,
		/// The transaction.
		hash: H256,
	},
}

/// What to do about a pool's reason. Pools give no codes for them, only words.
fn advice(reason: &str) -> &'static str {
	let says = |words: &[&str]| words.iter().any(|word| reason.contains(word));
	if says(&["inability to pay", "balance too low"]) {
		"send the account enough for the fee with `aitbc account transfer`"
	} else if says(&["outdated", "stale", "priority is too low", "usurped"]) {
		"another transaction of the account took its nonce, so send it again"
	} else if says(&["already imported"]) {
		"the same transaction is on its way already"
	} else if says(&["bad signature", "ancient birth block"]) {
		"the chain has changed since it was signed, so send it again"
	} else {
		"look at the node's log, and send it again later"
	}
}

/// What became of a call.
pub enum Sent {
	/// It was only looked at.
	DryRun(DryRun),
	/// It was sent.
	Done {
		/// Where it is and what it cost.
		receipt: Receipt,
		/// What happened, if that was waited for.
		events: Option<Events>,
	},
}

/// Sends calls from one account.
pub struct Sender<'a> {
	folder: KeyFolder,
	args: &'a TransactionArgs,
	timeout: Timeout,
	account: AccountId32,
	/// Whom the account is a proxy of.
	on_behalf_of: Option<AccountId32>,
	/// The account's key, once it was needed, so that nobody is asked for its password twice.
	key: OnceCell<Keypair>,
}

/// A call, priced and shown.
struct Offer {
	/// Its name, `Escrow.fund`.
	name: String,
	/// Its arguments.
	arguments: Value,
	/// Its bytes.
	call_data: Vec<u8>,
	fee: Amount,
}

impl<'a> Sender<'a> {
	/// Finds the account that `args` name.
	pub fn new(
		folder: KeyFolder,
		args: &'a TransactionArgs,
		timeout: Timeout,
	) -> Result<Self, keys::Error> {
		let account = args.from.resolve(&folder)?;
		let on_behalf_of = args.on_behalf_of.as_ref();
		let on_behalf_of = on_behalf_of.map(|real| real.resolve(&folder)).transpose()?;
		if let SignerName::Development(uri) = &args.from {
			terminal::note(format!(
				"{uri} is a public development key: everybody knows its secret"
			));
		}
		Ok(Self { folder, args, timeout, account, on_behalf_of, key: OnceCell::new() })
	}

	/// Sends `call` to `chain`, or looks at it only when asked to.
	pub async fn send(&self, chain: &Chain, call: &impl Call) -> Result<Sent, Error> {
		match self.on_behalf_of {
			None => self.send_call(chain, call).await,
			Some(real) => {
				let block = chain.signing_block().await?;
				self.send_call(chain, &block.as_proxy(call, real)?).await
			},
		}
	}

	/// Sends `call` as the chain's sudo key, or looks at it only when asked to.
	pub async fn send_as_sudo(&self, chain: &Chain, call: &impl Call) -> Result<Sent, Error> {
		let block = chain.signing_block().await?;
		self.send(chain, &block.as_sudo(call)?).await
	}

	async fn send_call(&self, chain: &Chain, call: &impl Call) -> Result<Sent, Error> {
		let offer = self.price(chain, call).await?;
		terminal::note(format!("{} from {}: {}", offer.name, self.account, offer.arguments));
		terminal::note(format!("fee: {}", offer.fee));
		if self.args.dry_run {
			return Ok(Sent::DryRun(DryRun {
				call: offer.name,
				arguments: offer.arguments,
				call_data: format!("0x{}", hex::encode(offer.call_data)),
				from: self.account,
				fee: offer.fee,
			}));
		}
		self.confirm()?;
		let (hash, submitted) = self.submit(chain, call, &offer.name).await?;
		self.follow(offer.name, hash, submitted).await
	}

	/// Decodes `call` as the chain will, and asks what it costs.
	async fn price(&self, chain: &Chain, call: &impl Call) -> Result<Offer, chain::Error> {
		let block = chain.signing_block().await?;
		let nonce = chain.next_nonce(&self.account).await?;
		let (call_data, value) = block.encode(call)?;
		let fee = block.fee(call, &self.account, nonce).await?;
		let (pallet, value) = value.into_variant();
		let (function, arguments) = value.into_variant();
		Ok(Offer { name: format!("{pallet}.{function}"), arguments, call_data, fee })
	}

	/// Asks for consent, unless it was given.
	fn confirm(&self) -> Result<(), Error> {
		if self.args.yes {
			return Ok(());
		}
		match terminal::confirm("Send it?").map_err(Error::Terminal)? {
			Some(true) => Ok(()),
			Some(false) => Err(Error::NotConfirmed),
			None => Err(Error::NoTerminal),
		}
	}

	/// The account's key.
	fn unlock(&self) -> Result<&Keypair, keys::Error> {
		if let Some(key) = self.key.get() {
			return Ok(key);
		}
		let key = self.args.from.unlock(&self.folder, &self.args.password)?;
		Ok(self.key.get_or_init(|| key))
	}

	/// Signs `call` and hands it to the pool, while no other command uses the account's nonce.
	async fn submit(
		&self,
		chain: &Chain,
		call: &impl Call,
		name: &str,
	) -> Result<(H256, Submitted), Error> {
		let key = self.unlock()?;
		let spinner = Spinner::start(format!("sending {name}"));
		let block = chain.signing_block().await?;
		let genesis = chain.genesis_hash();
		let lock = NonceLock::acquire(genesis, &self.account, self.timeout).await?;
		let nonce = chain.next_nonce(&self.account).await?;
		let transaction = block.sign(call, key, nonce)?;
		let hash = transaction.hash();
		let submitted = chain.submit(transaction).await;
		drop((lock, spinner));
		submitted.map(|submitted| (hash, submitted)).map_err(|error| match error {
			SubmitError::Chain(error) => Error::Chain(error),
			SubmitError::Refused(reason) => {
				let advice = advice(&reason);
				Error::Refused { call: name.to_owned(), reason, advice }
			},
		})
	}

	/// Waits until the transaction has come as far as was asked.
	async fn follow(&self, call: String, hash: H256, submitted: Submitted) -> Result<Sent, Error> {
		let from = self.account;
		let Some(wanted) = self.args.wait.wanted() else {
			let receipt = Receipt { call, hash, from, block: None, fee: None, events: Vec::new() };
			return Ok(Sent::Done { receipt, events: None });
		};
		let outcome = tokio::time::timeout(self.timeout.0, self.watch(&call, submitted)).await;
		let outcome = outcome.map_err(|_| Error::TimedOut {
			call: call.clone(),
			wanted,
			timeout: self.timeout,
			hash,
		})??;
		let Outcome { block, fee, result } = outcome;
		match result {
			Err(failure) => Err(Error::Failed { call, block: block.number, failure, fee }),
			Ok(events) => Ok(Sent::Done {
				receipt: Receipt {
					call,
					hash,
					from,
					block: Some(block),
					fee: Some(fee),
					events: events.shown(),
				},
				events: Some(events),
			}),
		}
	}

	/// Follows the transaction into a block.
	async fn watch(&self, call: &str, mut submitted: Submitted) -> Result<Outcome, Error> {
		let spinner = Spinner::start(format!("{call} waits for a block"));
		loop {
			match submitted.next().await? {
				Progress::Waiting => (),
				Progress::Included(place) if self.args.wait == Wait::Best => {
					return Ok(place.outcome(false).await?)
				},
				Progress::Included(_) => spinner.say(format!("{call} waits for finality")),
				Progress::Finalized(place) => return Ok(place.outcome(true).await?),
				Progress::Dropped(reason) => {
					let advice = advice(&reason);
					return Err(Error::Dropped { call: call.to_owned(), reason, advice });
				},
			}
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn advice_should_fit_what_the_pool_says() {
		let poor = "invalid transaction: inability to pay some fees (e.g. account balance too low)";
		assert!(advice(poor).contains("aitbc account transfer"));
		assert!(advice("transaction is outdated").contains("nonce"));
		assert!(advice("the moon is full").contains("log"));
	}
}

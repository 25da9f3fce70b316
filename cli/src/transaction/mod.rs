//! Sending a call: the chain tries it out, its fee is shown, somebody consents, it is signed,
//! submitted and followed.

mod args;
mod error;
mod follow;
mod nonce_lock;
pub mod offline;
mod report;

pub use args::{OfflineArgs, Timeout, TransactionArgs, Wait};
pub use error::{Error, LastSeen};
pub use follow::conclude;
pub use report::{DryRun, Handover, Prospect, Receipt, Written};

use crate::{
	amount::Amount,
	chain::{self, Call, Chain, Events, Transaction, Trial, Value},
	keys::{self, KeyFolder, SecretScalar, SenderName, SignerName},
	terminal,
};
use nonce_lock::NonceLock;
use offline::{Paper, Unsigned};
use std::{cell::OnceCell, path::Path};
use subxt::utils::AccountId32;
use subxt_signer::sr25519::Keypair;

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

/// What a call has become before anything is sent.
enum Prepared {
	/// It is to be looked at only.
	DryRun(DryRun),
	/// It is to be sent.
	Signed(Box<Signed>),
}

/// A call that is ready to be sent.
struct Signed {
	/// Its name.
	call: String,
	transaction: Transaction,
	/// Held until the pool has it.
	lock: NonceLock,
}

impl<'a> Sender<'a> {
	/// Finds the account that `args` name, which must have its key here if something is to be sent.
	pub fn new(
		folder: KeyFolder,
		args: &'a TransactionArgs,
		timeout: Timeout,
	) -> Result<Self, keys::Error> {
		let account = args.from.resolve(&folder)?;
		if !args.sends_nothing() {
			args.from.signer()?;
		}
		let on_behalf_of = args.on_behalf_of.as_ref();
		let on_behalf_of = on_behalf_of.map(|real| real.resolve(&folder)).transpose()?;
		if let SenderName::Signer(SignerName::Development(uri)) = &args.from {
			terminal::note(format!(
				"{uri} is a public development key: everybody knows its secret"
			));
		}
		Ok(Self { folder, args, timeout, account, on_behalf_of, key: OnceCell::new() })
	}

	/// Whose call it is: the sender's, or that of whom it is a proxy of.
	pub fn acts_for(&self) -> AccountId32 {
		self.on_behalf_of.unwrap_or(self.account)
	}

	/// Sends `call` to `chain`, or looks at it only when asked to.
	pub async fn send(&self, chain: &Chain, call: &impl Call) -> Result<Sent, Error> {
		match self.prepare(chain, call).await? {
			Prepared::DryRun(dry_run) => Ok(Sent::DryRun(dry_run)),
			Prepared::Signed(signed) => self.submit(chain, *signed).await,
		}
	}

	/// As [`Self::send`], and says so when somebody ends the program before it is sent.
	pub async fn send_next(&self, chain: &Chain, call: &impl Call) -> Result<Sent, Error> {
		// Never one watch for the end within another: which one hears of it first is a race.
		let prepared = terminal::unless_ended(self.prepare(chain, call)).await;
		match prepared.unwrap_or(Err(Error::InterruptedBefore))? {
			Prepared::DryRun(dry_run) => Ok(Sent::DryRun(dry_run)),
			Prepared::Signed(signed) => self.submit(chain, *signed).await,
		}
	}

	/// Sends `call` as the chain's sudo key, or looks at it only when asked to.
	pub async fn send_as_sudo(&self, chain: &Chain, call: &impl Call) -> Result<Sent, Error> {
		let block = chain.signing_block().await?;
		self.send(chain, &block.as_sudo(call)?).await
	}

	async fn prepare(&self, chain: &Chain, call: &impl Call) -> Result<Prepared, Error> {
		match self.on_behalf_of {
			None => self.prepare_call(chain, call).await,
			Some(real) => {
				let block = chain.signing_block().await?;
				self.prepare_call(chain, &block.as_proxy(call, real)?).await
			},
		}
	}

	async fn prepare_call(&self, chain: &Chain, call: &impl Call) -> Result<Prepared, Error> {
		let offer = self.price(chain, call).await?;
		offer.show(&self.account);
		let next_nonce = match self.args.offline.nonce {
			Some(nonce) => nonce,
			None => chain.next_nonce(&self.account).await?,
		};
		let prospect = foresee(chain, &self.account, &offer, next_nonce).await?;
		if let Some(path) = &self.args.offline.file {
			let unsigned = self.write(chain, &offer, next_nonce, path).await?;
			let dry_run = DryRun::of(offer, self.account, prospect);
			return Ok(Prepared::DryRun(DryRun { unsigned: Some(unsigned), ..dry_run }));
		}
		if self.args.dry_run {
			return Ok(Prepared::DryRun(DryRun::of(offer, self.account, prospect)));
		}
		confirm(self.args.yes).await?;
		let (transaction, lock) = self.sign(chain, call).await?;
		Ok(Prepared::Signed(Box::new(Signed { call: offer.name, transaction, lock })))
	}

	/// Hands in what is signed and follows it, unless somebody ends the program.
	async fn submit(&self, chain: &Chain, signed: Signed) -> Result<Sent, Error> {
		let Signed { call, transaction, lock } = signed;
		let how = (self.args.wait, self.timeout);
		follow::submit(chain, self.account, call, transaction, lock, how).await
	}

	/// Writes a call to the file at `path`, for whoever has the account's key.
	async fn write(
		&self,
		chain: &Chain,
		offer: &Offer,
		nonce: u64,
		path: &Path,
	) -> Result<Handover, Error> {
		let block = chain.signing_block().await?;
		let terms = block.terms(nonce, self.args.offline.lifetime);
		let unsigned = Unsigned {
			network: chain.network_at(&block).await?,
			from: self.account,
			call: offer.name.clone(),
			arguments: serde_json::to_value(&offer.arguments).unwrap_or_default(),
			call_data: format!("0x{}", hex::encode(&offer.call_data)),
			fee: offer.fee,
			terms,
		};
		unsigned.write(path)?;
		let file = path.display().to_string();
		terminal::note(format!(
			"nothing is sent: sign it with `aitbc transaction sign {file} --key KEY`, and hand it in with \
			 `aitbc transaction submit` before block {}",
			terms.last_block()
		));
		Ok(Handover { file, nonce, valid_until: terms.last_block() })
	}

	/// Decodes `call` as the chain will, and asks what it costs.
	async fn price(&self, chain: &Chain, call: &impl Call) -> Result<Offer, chain::Error> {
		let block = chain.signing_block().await?;
		let nonce = chain.next_nonce(&self.account).await?;
		let (call_data, value) = block.encode(call)?;
		let fee = block.fee(call, &self.account, nonce).await?;
		let (name, arguments) = offline::named(value);
		Ok(Offer { name, arguments, call_data, fee })
	}

	/// The account's key.
	pub fn unlock(&self) -> Result<&Keypair, keys::Error> {
		if let Some(key) = self.key.get() {
			return Ok(key);
		}
		let key = self.args.from.signer()?.unlock(&self.folder, &self.args.password)?;
		Ok(self.key.get_or_init(|| key))
	}

	/// The secret of the sender's key, from which it makes what nobody else can.
	pub fn secret(&self) -> Result<SecretScalar, keys::Error> {
		let signer = self.args.from.signer()?;
		let (key, secret) = signer.unlock_secret(&self.folder, &self.args.password)?;
		self.key.get_or_init(|| key);
		Ok(secret)
	}

	/// Signs `call` with the account's next nonce, which no other command takes while the lock is
	/// held.
	async fn sign(
		&self,
		chain: &Chain,
		call: &impl Call,
	) -> Result<(Transaction, NonceLock), Error> {
		let key = self.unlock()?;
		let block = chain.signing_block().await?;
		let lock = NonceLock::acquire(chain.genesis_hash(), &self.account, self.timeout).await?;
		let nonce = chain.next_nonce(&self.account).await?;
		Ok((block.sign(call, key, nonce)?, lock))
	}
}

impl Offer {
	/// Shows it to whoever is to consent.
	fn show(&self, from: &AccountId32) {
		terminal::note(format!("{} from {from}: {}", self.name, self.arguments));
		terminal::note(format!("fee: {}", self.fee));
	}
}

/// Has the chain try a call of `account` out, so that nobody pays for one that fails. What comes before
/// `nonce` and waits in the pool may change how it ends: then that it would fail is a warning.
async fn foresee(
	chain: &Chain,
	account: &AccountId32,
	offer: &Offer,
	nonce: u64,
) -> Result<Prospect, Error> {
	let best = chain.best().await?;
	let call = offer.name.clone();
	let error = match best.dry_run(*account, offer.call_data.clone()).await? {
		Trial::Succeeds => return Ok(Prospect::Succeeds),
		Trial::Fails(failure) => Error::WouldFail { call, failure },
		Trial::Unacceptable(reason) => Error::Unacceptable { call, reason },
	};
	if nonce <= best.nonce(account).await? {
		return Err(error);
	}
	let error = error.to_string();
	let first_line = error.lines().next().unwrap_or_default();
	terminal::warn(format!(
		"as the chain stands now, {first_line}; but transactions of the account come before it, which \
		 may change that"
	));
	Ok(Prospect::Unknown)
}

/// Asks for consent, unless it was given.
async fn confirm(is_given: bool) -> Result<(), Error> {
	if is_given {
		return Ok(());
	}
	match terminal::confirm("Send it?").await.map_err(Error::Terminal)? {
		Some(true) => Ok(()),
		Some(false) => Err(Error::NotConfirmed),
		None => Err(Error::NoTerminal),
	}
}

//! `aitbc account`: keys, balances, transfers.

mod balance;
mod faucet;
mod transfer;

pub use faucet::FaucetError;

use super::Context;
use crate::{
	amount::Amount,
	chain::{
		proxies::{self, Proxies, Rights},
		Call,
	},
	error::Error,
	keys::{
		self, ask_secret, AccountName, KeyFile, KeyFolder, KeyName, PasswordArgs, Phrase, Secret,
		WordCount,
	},
	output::{fields, table, Report},
	terminal,
	transaction::TransactionArgs,
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::{fmt, io::IsTerminal, path::PathBuf};
use subxt::utils::AccountId32;
use zeroize::Zeroizing;

/// What can be done with accounts.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Make a key and keep it encrypted
	New(NewArgs),

	/// Keep a key that exists already: a recovery phrase, or a wallet's JSON export
	Import(ImportArgs),

	/// List the keys of the key folder
	List,

	/// Show what an account owns, and what it is held for
	Balance {
		/// Whose balance: an address, a key's name, or a development key such as //Alice
		account: AccountName,
	},

	/// Send money to an account
	Transfer(transfer::TransferArgs),

	/// Get money to try a development network with, or a network for tests
	Faucet(faucet::FaucetArgs),

	/// Who may act for an account, and how far
	#[command(subcommand)]
	Proxy(ProxyCommand),
}

/// What can be done with proxies. What a proxy sends carries `--for ACCOUNT`.
#[derive(Debug, Subcommand)]
pub enum ProxyCommand {
	/// List who may act for an account
	List {
		/// For whom: an address, a key's name, or a development key such as //Alice
		account: AccountName,
	},

	/// Let somebody act for you
	Add(ProxyArgs),

	/// Let somebody act for you no longer
	Remove(ProxyArgs),
}

/// Who may act, and how far.
#[derive(Debug, Args)]
pub struct ProxyArgs {
	/// Who: an address, a key's name, or a development key such as //Bob
	delegate: AccountName,

	/// What for
	#[arg(long)]
	rights: Rights,

	#[command(flatten)]
	transaction: TransactionArgs,
}

/// A key to be made.
#[derive(Debug, Args)]
pub struct NewArgs {
	/// Name of the new key
	name: KeyName,

	/// How many words its recovery phrase has
	#[arg(long, value_name = "COUNT", default_value = "12")]
	words: WordCount,

	/// Show the recovery phrase, once: without it, the key file and its password are all there is
	#[arg(long)]
	show_phrase: bool,

	#[command(flatten)]
	password: PasswordArgs,
}

/// A key to be kept.
#[derive(Debug, Args)]
pub struct ImportArgs {
	/// Name of the key
	name: KeyName,

	/// A wallet's export in polkadot-js's format, which keeps its password
	#[arg(long, value_name = "FILE", conflicts_with = "phrase_file")]
	json: Option<PathBuf>,

	/// File with the recovery phrase; else you are asked for it
	#[arg(long, value_name = "FILE")]
	phrase_file: Option<PathBuf>,

	#[command(flatten)]
	password: PasswordArgs,
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::New(args) => new(args, context),
		Command::Import(args) => import(args, context),
		Command::List => list(context),
		Command::Balance { account } => balance::run(&account, context).await,
		Command::Transfer(args) => transfer::run(args, context).await,
		Command::Faucet(args) => faucet::run(args, context).await,
		Command::Proxy(command) => proxy(command, context).await,
	}
}

async fn proxy(command: ProxyCommand, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	match command {
		ProxyCommand::List { account } => {
			let account = account.resolve(&folder)?;
			let block = context.connect().await?.best().await?;
			let proxies = proxies::proxies(&block, &account).await?;
			context.print(&ProxiesReport { account, proxies }, Some(block.id))
		},
		ProxyCommand::Add(args) => {
			let call = proxies::add(args.delegate.resolve(&folder)?, args.rights);
			add_proxy(&args.transaction, &folder, &call, context).await
		},
		ProxyCommand::Remove(args) => {
			let call = proxies::remove(args.delegate.resolve(&folder)?, args.rights);
			context.send(&args.transaction, &call).await
		},
	}
}

/// Sends the call that adds a proxy.
async fn add_proxy(
	args: &TransactionArgs,
	folder: &KeyFolder,
	call: &impl Call,
	context: &Context,
) -> Result<(), Error> {
	let account = payer(args, folder)?;
	let sender = context.sender(args)?;
	let chain = context.connect().await?;
	let deposit = proxies::deposit_with_another(&chain.best().await?, &account).await?;
	context.send_knowing(&chain, &sender, call, Delegation { account, deposit }).await
}

/// What adding a proxy takes.
#[derive(Clone, Copy, Debug, Serialize)]
struct Delegation {
	/// For whom the proxy may act.
	account: AccountId32,
	/// What is held for all of that account's proxies then.
	deposit: Amount,
}

impl fmt::Display for Delegation {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		let Self { account, deposit } = self;
		write!(f, "the proxies of {account} will hold {deposit} on it until they are removed")
	}
}

/// Whose money it is: the sender's, or that of whom it acts for.
fn payer(args: &TransactionArgs, folder: &KeyFolder) -> Result<AccountId32, keys::Error> {
	match &args.on_behalf_of {
		Some(real) => real.account(folder),
		None => args.from.account(folder),
	}
}

fn new(args: NewArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	folder.ensure_free(&args.name)?;
	let password = args.password.choose(&args.name)?;
	let phrase = Phrase::generate(args.words)?;
	let key = KeyFile::encrypt(&args.name, &Secret::from_phrase(&phrase)?, &password)?;
	let mut stored = store(&folder, args.name, &key)?;
	terminal::note("keep a copy of the file and its password: without them the account is lost");
	if args.show_phrase {
		terminal::warn(
			"whoever sees the recovery phrase has the account: write it down, show nobody",
		);
		stored.phrase = Some(phrase);
	}
	context.print(&stored, None)
}

fn import(args: ImportArgs, context: &Context) -> Result<(), Error> {
	let folder = context.keys()?;
	folder.ensure_free(&args.name)?;
	let key = match &args.json {
		Some(path) => {
			let key = KeyFile::parse(path, &keys::read_secret(path)?)?;
			// Only to see that the file is whole and its password known.
			key.decrypt(path, &args.password.read(&args.name)?)?;
			key
		},
		None => {
			let phrase = Phrase::parse(&phrase(args.phrase_file)?)?;
			let password = args.password.choose(&args.name)?;
			KeyFile::encrypt(&args.name, &Secret::from_phrase(&phrase)?, &password)?
		},
	};
	context.print(&store(&folder, args.name, &key)?, None)
}

/// The phrase from the file, or from somebody at the terminal.
fn phrase(file: Option<PathBuf>) -> Result<Zeroizing<String>, Error> {
	match file {
		Some(path) => Ok(keys::read_secret(&path)?),
		None if std::io::stdin().is_terminal() => Ok(ask_secret("Recovery phrase: ")?),
		None => Err(Error::NoPhrase),
	}
}

fn store(folder: &KeyFolder, name: KeyName, key: &KeyFile) -> Result<StoredKey, Error> {
	let file = folder.store(&name, key)?;
	Ok(StoredKey { name, address: key.address(), file, phrase: None })
}

fn list(context: &Context) -> Result<(), Error> {
	let (folder, mut keys) = (context.keys()?, Vec::new());
	for (name, key) in folder.list()? {
		folder.warn_if_exposed(&name);
		match key {
			Ok(key) => keys.push(ListedKey { name, address: key.address() }),
			Err(error) => terminal::warn(error),
		}
	}
	if keys.is_empty() {
		terminal::note("there are no keys; `aitbc account new NAME` makes one");
	}
	context.print(&KeyList { keys }, None)
}

/// A key that was just stored.
#[derive(Serialize)]
struct StoredKey {
	name: KeyName,
	address: AccountId32,
	file: PathBuf,
	/// Only when asked for.
	#[serde(skip_serializing_if = "Option::is_none")]
	phrase: Option<Phrase>,
}

impl Report for StoredKey {
	const KIND: &'static str = "account.key";

	fn text(&self) -> String {
		let phrase = self.phrase.iter().map(|phrase| ("phrase", phrase.expose().to_owned()));
		let rows = [
			("name", self.name.to_string()),
			("address", self.address.to_string()),
			("file", self.file.display().to_string()),
		];
		fields(rows.into_iter().chain(phrase))
	}
}

#[derive(Serialize)]
struct ListedKey {
	name: KeyName,
	address: AccountId32,
}

#[derive(Serialize)]
struct KeyList {
	keys: Vec<ListedKey>,
}

impl Report for KeyList {
	const KIND: &'static str = "account.list";

	fn text(&self) -> String {
		let rows = self.keys.iter().map(|key| [key.name.to_string(), key.address.to_string()]);
		table(["name", "address"], rows)
	}
}

#[derive(Serialize)]
struct ProxiesReport {
	account: AccountId32,
	#[serde(flatten)]
	proxies: Proxies,
}

impl Report for ProxiesReport {
	const KIND: &'static str = "account.proxies";

	fn text(&self) -> String {
		let rows = self.proxies.proxies.iter().map(|proxy| {
			[proxy.delegate.to_string(), proxy.rights.to_string(), proxy.delay.to_string()]
		});
		let deposit = fields([("deposit", self.proxies.deposit.to_string())]);
		format!("{}\n\n{deposit}", table(["delegate", "rights", "delay"], rows))
	}
}

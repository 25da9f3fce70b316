//! `aitbc transaction sign`: a signature where the key is, without a network.

use crate::{
	chain::{
		offline::{OwnRuntime, Terms},
		EncodedCall, Value,
	},
	commands::Context,
	digest::Hash,
	error::Error,
	keys::{KeyFolder, PasswordArgs, SignerName},
	output::{fields, Report},
	terminal,
	transaction::{
		self,
		offline::{self, Paper, Unsigned},
	},
};
use clap::Args;
use serde::Serialize;
use std::path::{Path, PathBuf};
use subxt::{config::substrate::H256, utils::AccountId32};

/// What to sign, and with what.
#[derive(Debug, Args)]
pub struct SignArgs {
	/// The file that a command wrote with --offline
	file: PathBuf,

	/// Key that signs: a name in the key folder, or a development key such as //Alice
	#[arg(long, value_name = "KEY")]
	key: SignerName,

	#[command(flatten)]
	password: PasswordArgs,

	/// Hash of the first block of the network that you mean: a file for another one is refused
	#[arg(long, value_name = "HASH")]
	genesis: Option<Hash>,

	/// Where the signed transaction goes, which must be a new file [default: FILE with `signed` before its end]
	#[arg(long, value_name = "FILE")]
	to: Option<PathBuf>,

	/// Sign without asking
	#[arg(long, short)]
	yes: bool,
}

/// Signs a transaction, and writes it to another file.
pub async fn run(args: SignArgs, context: &Context) -> Result<(), Error> {
	let (path, folder) = (&args.file, context.keys()?);
	let unsigned = Unsigned::read(path).map_err(transaction::Error::from)?;
	let own = OwnRuntime::read().map_err(|reason| unsignable(path, reason))?;
	let Words { arguments, call } = check(&args, &unsigned, &own, &folder)?;
	show(&unsigned, &arguments, args.genesis.is_some());
	confirm(args.yes).await?;

	let key = args.key.unlock(&folder, &args.password)?;
	let signed = own
		.sign(unsigned.network.genesis, &call, &unsigned.terms, &key)
		.map_err(|reason| unsignable(path, reason))?;
	let signed = unsigned.signed(signed);
	let to = args.to.clone().unwrap_or_else(|| signed_path(path));
	signed.write(&to).map_err(transaction::Error::from)?;
	let offline::Signed { unsigned, hash, .. } = signed;
	let report = SignReport {
		file: to.display().to_string(),
		hash,
		call: unsigned.call,
		arguments,
		from: unsigned.from,
		genesis: unsigned.network.genesis,
		valid_until: unsigned.terms.last_block(),
		terms: unsigned.terms,
	};
	context.print(&report, None)
}

/// What a file's bytes are.
struct Words {
	call: EncodedCall,
	arguments: Value,
}

/// Checks that what `unsigned` says can be signed with what `args` name, and reads it.
fn check(
	args: &SignArgs,
	unsigned: &Unsigned,
	own: &OwnRuntime,
	folder: &KeyFolder,
) -> Result<Words, Error> {
	let (path, network) = (args.file.clone(), &unsigned.network);
	let refused = |error: offline::Error| Error::from(transaction::Error::from(error));
	if !own.is_that_of(network) {
		let (its, own) = (network.spec_version, own.spec_version);
		return Err(refused(offline::Error::OtherProgram { path, its, own }));
	}
	if let Some(own) = args.genesis.filter(|own| own.0 != network.genesis.0) {
		let its = network.genesis;
		return Err(refused(offline::Error::OtherNetwork { path, its, own }));
	}
	let (signs, from) = (args.key.resolve(folder)?, unsigned.from);
	if signs != from {
		let key = args.key.to_string();
		return Err(refused(offline::Error::OtherKey { path, key, signs, from }));
	}
	let read = unsigned.check_words(&path, |bytes| own.explained_call(bytes));
	let (call, arguments) = read.map_err(refused)?;
	Ok(Words { call, arguments })
}

/// Says what is about to be signed. What the file alone says, and is not signed, is said to be so.
fn show(unsigned: &Unsigned, arguments: &Value, knows_network: bool) {
	let Unsigned { network, from, call, terms, fee, .. } = unsigned;
	let Terms { nonce, tip, birth, .. } = terms;
	terminal::note(format!("{call} from {from}: {arguments}"));
	terminal::note(format!(
		"nonce {nonce}, from block {} to {}, tip {tip}; its fee was {fee} when the file was written",
		birth.number,
		terms.last_block()
	));
	terminal::note(format!("for the network with the first block {:?}", network.genesis));
	if !knows_network {
		terminal::warn(format!(
			"only the file says that this is `{}`: compare the first block with that of the network you \
			 mean, or give it with `--genesis`",
			network.chain
		));
	}
}

/// Asks for consent, unless it was given.
async fn confirm(is_given: bool) -> Result<(), transaction::Error> {
	if is_given {
		return Ok(());
	}
	match terminal::confirm("Sign it?").await.map_err(transaction::Error::Terminal)? {
		Some(true) => Ok(()),
		Some(false) => Err(offline::Error::NotConfirmed.into()),
		None => Err(offline::Error::NoTerminal.into()),
	}
}

fn unsignable(path: &Path, reason: String) -> transaction::Error {
	offline::Error::Unsignable { path: path.to_owned(), reason }.into()
}

/// Where the signed transaction goes of the file at `path`: `pay.json` becomes `pay.signed.json`.
fn signed_path(path: &Path) -> PathBuf {
	match path.extension() {
		Some(end) => path.with_extension(format!("signed.{}", end.to_string_lossy())),
		None => path.with_extension("signed"),
	}
}

/// What was signed.
#[derive(Serialize)]
struct SignReport {
	/// Where the signed transaction is.
	file: String,
	/// Its hash, by which it is found in its block.
	hash: H256,
	call: String,
	arguments: Value,
	from: AccountId32,
	/// The first block of the network that it is for.
	genesis: H256,
	terms: Terms,
	/// The last block that can have it.
	valid_until: u64,
}

impl Report for SignReport {
	const KIND: &'static str = "transaction.sign";

	fn text(&self) -> String {
		fields([
			("signed", self.call.clone()),
			("from", self.from.to_string()),
			("transaction", format!("{:?}", self.hash)),
			("nonce", self.terms.nonce.to_string()),
			("valid until", format!("block {}", self.valid_until)),
			("written to", self.file.clone()),
		])
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn signed_transactions_should_go_beside_the_unsigned_ones() {
		for (path, expected) in [
			("pay.json", "pay.signed.json"),
			("/media/stick/pay", "/media/stick/pay.signed"),
			("a.b/pay.json", "a.b/pay.signed.json"),
		] {
			assert_eq!(signed_path(Path::new(path)), Path::new(expected));
		}
	}
}

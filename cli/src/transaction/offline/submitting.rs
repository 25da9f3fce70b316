//! Handing in a transaction that was signed elsewhere.

use super::{Error as FileError, Signed, Unsigned};
use crate::{
	chain::{offline::Terms, Block, Chain, Transaction},
	digest::Hash,
	terminal,
	transaction::{
		confirm, follow, foresee, nonce_lock::NonceLock, DryRun, Error, Offer, Sent, Timeout, Wait,
	},
};
use std::path::Path;

/// How a signed transaction is handed in.
#[derive(Clone, Copy, Debug)]
pub struct Submission<'a> {
	/// The file that it is from.
	pub path: &'a Path,
	/// Whether nobody is asked.
	pub yes: bool,
	/// Whether it is looked at only.
	pub dry_run: bool,
	/// How far it is followed.
	pub wait: Wait,
	/// For how long.
	pub timeout: Timeout,
}

/// Checks `signed` against `chain`, shows it, hands it in and follows it.
pub async fn submit(chain: &Chain, signed: &Signed, how: Submission<'_>) -> Result<Sent, Error> {
	let Unsigned { from, terms, .. } = &signed.unsigned;
	let best = chain.best().await?;
	check_network(chain, &best, &signed.unsigned, how.path)?;
	check_terms(chain, &best, terms, how.path).await?;
	check_nonce(chain, &best, signed, how.path).await?;
	let (transaction, offer) = read(&best, signed, how.path).await?;
	offer.show(from);
	if terms.tip.0 > 0 {
		terminal::note(format!("tip: {}", terms.tip));
	}
	let prospect = foresee(chain, from, &offer, terms.nonce).await?;
	if how.dry_run {
		return Ok(Sent::DryRun(DryRun::of(offer, *from, prospect)));
	}
	confirm(how.yes).await?;
	let lock = NonceLock::acquire(chain.genesis_hash(), from, how.timeout).await?;
	check_nonce(chain, &chain.best().await?, signed, how.path).await?;
	follow::submit(chain, *from, offer.name, transaction, lock, (how.wait, how.timeout)).await
}

/// Checks that `chain` is the network that was signed for, with its runtime.
fn check_network(
	chain: &Chain,
	best: &Block,
	unsigned: &Unsigned,
	path: &Path,
) -> Result<(), FileError> {
	let network = &unsigned.network;
	let path = path.to_owned();
	if network.genesis != chain.genesis_hash() {
		let own = Hash(chain.genesis_hash().0);
		return Err(FileError::OtherNetwork { path, its: network.genesis, own });
	}
	let (own, own_transactions) = best.versions();
	if (network.spec_version, network.transaction_version) != (own, own_transactions) {
		return Err(FileError::OtherRuntime { path, its: network.spec_version, own });
	}
	Ok(())
}

/// Checks that the next block can have a transaction with these terms.
async fn check_terms(chain: &Chain, best: &Block, terms: &Terms, path: &Path) -> Result<(), Error> {
	let (last, best) = (terms.last_block(), best.id.number);
	if best >= last {
		return Err(FileError::Expired { path: path.to_owned(), last, best }.into());
	}
	let birth = terms.birth.number;
	match chain.hash_at(birth).await? {
		Some(hash) if hash == terms.birth.hash => Ok(()),
		found => {
			let is_other = found.is_some();
			Err(FileError::BirthNotThere { path: path.to_owned(), birth, is_other }.into())
		},
	}
}

/// Checks that the transaction is the account's next one.
async fn check_nonce(
	chain: &Chain,
	best: &Block,
	signed: &Signed,
	path: &Path,
) -> Result<(), Error> {
	let Unsigned { from, terms, .. } = &signed.unsigned;
	let (path, nonce, hash) = (path.to_owned(), terms.nonce, signed.hash);
	// What waits in the pool counts as well, and may be this very transaction.
	let next = chain.next_nonce(from).await?.max(best.nonce(from).await?);
	match nonce.cmp(&next) {
		std::cmp::Ordering::Equal => Ok(()),
		std::cmp::Ordering::Less => Err(FileError::NonceTaken { path, nonce, next, hash }.into()),
		std::cmp::Ordering::Greater => Err(FileError::NonceAhead { path, nonce, next }.into()),
	}
}

/// The transaction that the chain would get, of which the file says all that counts.
async fn read(best: &Block, signed: &Signed, path: &Path) -> Result<(Transaction, Offer), Error> {
	let unsigned = &signed.unsigned;
	let (call, arguments) = unsigned.check_words(path, |bytes| best.explained_call(bytes))?;
	let from = unsigned.from;
	let transaction = best.assemble(&call, &unsigned.terms, &from, signed.signature.0)?;
	let transaction =
		transaction.ok_or_else(|| FileError::BadSignature { path: path.to_owned(), from })?;
	let bytes = format!("0x{}", hex::encode(transaction.bytes()));
	if (bytes.as_str(), transaction.hash()) != (signed.transaction.as_str(), signed.hash) {
		let reason = "its bytes are not the transaction that was signed".to_owned();
		return Err(FileError::Altered { path: path.to_owned(), reason }.into());
	}
	let fee = best.fee(&call, &from, unsigned.terms.nonce).await?;
	let name = call.full_name();
	let offer = Offer { name, arguments, call_data: call.bytes().to_vec(), fee };
	Ok((transaction, offer))
}

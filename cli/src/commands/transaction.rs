//! `aitbc transaction`: what became of a transaction, and transactions that are signed without a network.

mod signing;
mod submitting;

use super::Context;
use crate::{
	chain::{self, Chain, Failure, Included, Place, LIFETIME},
	digest::{Hash, ParseHashError},
	error::Error,
	output::{fields, Report},
	transaction::{conclude, Receipt},
};
use clap::{Args, Subcommand};
use serde::Serialize;
use std::{fmt, str::FromStr};
use subxt::config::substrate::H256;

/// What can be done with transactions.
#[derive(Debug, Subcommand)]
pub enum Command {
	/// Say where a transaction is, and whether it succeeded
	Status(StatusArgs),

	/// Sign a transaction that a command wrote with `--offline`, for which no network is needed
	///
	/// Shows what is signed, as this program reads its bytes, and refuses what it can't vouch for: another
	/// release's runtime, words that are not those of the bytes, another account's key.
	Sign(signing::SignArgs),

	/// Send a transaction that was signed, and follow it as any other
	Submit(submitting::SubmitArgs),
}

/// Which transaction, and where to look for it.
#[derive(Debug, Args)]
pub struct StatusArgs {
	/// Hash of the transaction, as 0x and 64 hexadecimal digits
	hash: Hash,

	/// Look in this block of the best chain and nowhere else: its number or hash
	#[arg(long, value_name = "BLOCK", conflicts_with = "blocks")]
	block: Option<BlockName>,

	/// How many blocks to search, from the best one back. As many can pass until a transaction of
	/// this program is in a block, or never will be
	#[arg(long, value_name = "COUNT", default_value_t = LIFETIME, value_parser = clap::value_parser!(u32).range(1..))]
	blocks: u32,
}

/// A block, as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockName {
	/// By its number.
	Number(u64),
	/// By its hash.
	Hash(Hash),
}

/// Why a text names no block.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no block: write its number, or its hash as `0x` and 64 hexadecimal digits")]
pub struct ParseBlockError(String);

impl FromStr for BlockName {
	type Err = ParseBlockError;

	fn from_str(text: &str) -> Result<Self, Self::Err> {
		let number = text.parse().map(Self::Number);
		let hash = || text.parse().map(Self::Hash);
		number.or_else(|_| hash()).map_err(|_: ParseHashError| ParseBlockError(text.to_owned()))
	}
}

impl fmt::Display for BlockName {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Number(number) => number.fmt(f),
			Self::Hash(hash) => hash.fmt(f),
		}
	}
}

/// Does what `command` says.
pub async fn run(command: Command, context: &Context) -> Result<(), Error> {
	match command {
		Command::Status(args) => status(args, context).await,
		Command::Sign(args) => signing::run(args, context).await,
		Command::Submit(args) => submitting::run(args, context).await,
	}
}

async fn status(args: StatusArgs, context: &Context) -> Result<(), Error> {
	let hash = H256(args.hash.0);
	let chain = context.connect().await?;
	let found = match args.block {
		Some(block) => Some(look_in(block, hash, &chain).await?),
		None => search(hash, args.blocks, &chain).await?,
	};
	match found {
		None => {
			context.print(&Status::Pending { hash }, None)?;
			Err(Error::TransactionPending(hash))
		},
		Some(included) => {
			context.print(&Status::of(hash, &included), None)?;
			Ok(conclude(hash, included).map(|_| ())?)
		},
	}
}

/// Looks for the transaction in one block.
async fn look_in(name: BlockName, hash: H256, chain: &Chain) -> Result<Included, Error> {
	let place = place(name, chain).await?.ok_or(Error::BlockNotFound(name))?;
	let found = read(place, hash, chain).await?;
	found.ok_or(Error::NotInBlock { hash, block: place.number })
}

/// The block of the best chain that `name` means, if there is one.
async fn place(name: BlockName, chain: &Chain) -> Result<Option<Place>, Error> {
	let number = match name {
		BlockName::Number(number) => Some(number),
		BlockName::Hash(hash) => chain.number_of(H256(hash.0)).await?,
	};
	let Some(number) = number else { return Ok(None) };
	let Some(hash) = chain.hash_at(number).await? else { return Ok(None) };
	let is_meant = match name {
		BlockName::Number(_) => true,
		// Another block took the place of one that is not on the best chain.
		BlockName::Hash(meant) => H256(meant.0) == hash,
	};
	Ok(is_meant.then_some(Place { number, hash }))
}

/// Looks for the transaction in the node's last blocks and in its pool, where it is nothing yet.
async fn search(hash: H256, blocks: u32, chain: &Chain) -> Result<Option<Included>, Error> {
	// In this order, so that one that leaves the pool for a block meanwhile is found there.
	let is_pending = chain.is_pending(hash).await?;
	let search = chain.search(hash, blocks).await?;
	let included = match search.found {
		Some(place) => read(place, hash, chain).await?,
		None => None,
	};
	if included.is_none() && !is_pending {
		return Err(Error::TransactionNotFound { hash, from: search.from, to: search.to });
	}
	Ok(included)
}

/// Reads what the transaction did in the block at `place`, if it is there.
async fn read(place: Place, hash: H256, chain: &Chain) -> Result<Option<Included>, Error> {
	let read = async { chain.block(place.hash).await?.transaction(hash).await };
	read.await.map_err(|error: chain::Error| match error {
		error if error.is_connection() => error.into(),
		source => Error::BlockUnreadable { hash, block: place.number, source },
	})
}

/// What became of a transaction.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
enum Status {
	/// It waits in the node's pool.
	Pending { hash: H256 },
	/// It is in a block, and did what it was to do.
	Succeeded(Receipt),
	/// It is in a block, and had no effect but its fee.
	Failed {
		#[serde(flatten)]
		receipt: Receipt,
		#[serde(flatten)]
		failure: Failure,
	},
}

impl Status {
	/// What the transaction `hash` did, which is in a block.
	fn of(hash: H256, included: &Included) -> Self {
		let receipt = Receipt::of(hash, included);
		match &included.result {
			Ok(_) => Self::Succeeded(receipt),
			Err(failure) => Self::Failed { receipt, failure: failure.clone() },
		}
	}
}

impl Report for Status {
	const KIND: &'static str = "transaction.status";

	fn text(&self) -> String {
		match self {
			Self::Pending { hash } => fields([
				("transaction", format!("{hash:?}")),
				("state", "waits in the node's pool".to_owned()),
			]),
			Self::Succeeded(receipt) => receipt.text([("state", "succeeded".to_owned())]),
			Self::Failed { receipt, failure } => receipt.text([
				("state", "failed".to_owned()),
				("error", failure.name.clone()),
				("meaning", failure.meaning.clone()),
			]),
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn blocks_should_be_named_by_number_or_hash() {
		let hash = format!("0x{}", "07".repeat(32));
		assert_eq!("12".parse(), Ok(BlockName::Number(12)));
		assert_eq!(hash.parse(), Ok(BlockName::Hash(Hash([7; 32]))));
		for text in ["", "-1", "0x12", "best", &hash[2..]] {
			assert_eq!(text.parse::<BlockName>(), Err(ParseBlockError(text.into())), "{text}");
		}
	}
}

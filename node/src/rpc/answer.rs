//! What every answer has in common: it is true as of one block, and says which.

use super::error::Error;
use crate::service::{Block, FullClient};
use aitbc_runtime::{BlockNumber, Hash};
use serde::Serialize;
use sp_api::{CallApiAt, ProvideRuntimeApi, RuntimeApiInfo};
use sp_blockchain::HeaderBackend;
use sp_core::traits::CallContext;
use std::sync::Arc;

/// What asks the runtime.
pub type Api = <FullClient as ProvideRuntimeApi<Block>>::Api;

/// The block that an answer is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BlockRef {
	/// Its hash.
	pub hash: Hash,
	/// Its number.
	pub height: BlockNumber,
	/// Whether it was finalized when the answer was given. If not, another block may take its place.
	pub finalized: bool,
}

/// An answer.
#[derive(Clone, Debug, Serialize)]
pub struct Answer<T> {
	/// As of when.
	pub block: BlockRef,
	/// What was asked for.
	pub result: T,
}

/// A part of a list.
#[derive(Clone, Debug, Serialize)]
pub struct Page<T> {
	/// As of when.
	pub block: BlockRef,
	/// What is on this page.
	pub result: T,
	/// The cursor of the next page, or `None` at the end of the list.
	pub next: Option<String>,
}

/// A runtime API that answers rest on.
#[derive(Clone, Copy, Debug)]
pub struct RequiredApi {
	name: &'static str,
	id: [u8; 8],
	/// The oldest version that gives what this node reads.
	version: u32,
}

impl RequiredApi {
	/// The API `A` as this node knows it, which people call `name`.
	pub fn of<A: RuntimeApiInfo + ?Sized>(name: &'static str) -> Self {
		Self { name, id: A::ID, version: A::VERSION }
	}

	/// Whether it is among `apis`: ids and versions.
	fn is_among(&self, apis: &[([u8; 8], u32)]) -> bool {
		apis.iter().any(|(id, version)| *id == self.id && *version >= self.version)
	}
}

/// The chain, as of any block that the node has the state of.
pub struct Chain {
	client: Arc<FullClient>,
	/// What is read through it.
	apis: Vec<RequiredApi>,
}

impl Chain {
	/// Reads through `client` by means of `apis`.
	pub fn new(client: Arc<FullClient>, apis: Vec<RequiredApi>) -> Self {
		Self { client, apis }
	}

	/// The hash of the genesis block, which names the chain.
	pub fn genesis(&self) -> Hash {
		self.client.info().genesis_hash
	}

	/// Answers with what `read` finds as of the block `at`, or of the best block.
	pub fn answer<T>(
		&self,
		at: Option<Hash>,
		read: impl FnOnce(&Api, Hash) -> Result<T, Error>,
	) -> Result<Answer<T>, Error> {
		let (block, result) = self.read(at, read)?;
		Ok(Answer { block, result })
	}

	/// Answers with the page and the cursor that `read` finds as of the block `at`, or of the best
	/// block.
	pub fn page<T>(
		&self,
		at: Option<Hash>,
		read: impl FnOnce(&Api, Hash) -> Result<(T, Option<String>), Error>,
	) -> Result<Page<T>, Error> {
		let (block, (result, next)) = self.read(at, read)?;
		Ok(Page { block, result, next })
	}

	fn read<T>(
		&self,
		at: Option<Hash>,
		read: impl FnOnce(&Api, Hash) -> Result<T, Error>,
	) -> Result<(BlockRef, T), Error> {
		let (hash, number) = match at {
			Some(hash) => (hash, self.client.number(hash)?.ok_or(Error::UnknownBlock(hash))?),
			None => {
				let info = self.client.info();
				(info.best_hash, info.best_number)
			},
		};
		let result = read(&self.client.runtime_api(), hash)
			.map_err(|error| error.place(hash, number, || self.missing_api(hash)))?;
		let finalized = self.is_finalized(hash, number)?;
		Ok((BlockRef { hash, height: number, finalized }, result))
	}

	/// Whether the block is an ancestor of the last finalized one, or that one itself.
	fn is_finalized(&self, hash: Hash, number: BlockNumber) -> Result<bool, Error> {
		let is_deep_enough = number <= self.client.info().finalized_number;
		Ok(is_deep_enough && self.client.hash(number)? == Some(hash))
	}

	/// A required API that the runtime of the block `hash` lacks, or has in an older version only, if
	/// that can be found out.
	fn missing_api(&self, hash: Hash) -> Option<&'static str> {
		let version = self.client.runtime_version_at(hash, CallContext::Offchain).ok()?;
		self.apis.iter().find(|api| !api.is_among(&version.apis)).map(|api| api.name)
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn required_apis_should_be_there_in_their_version_or_a_later_one() {
		let api = RequiredApi { name: "EscrowApi", id: [7; 8], version: 2 };

		for (apis, is_there) in [
			(&[][..], false),
			(&[([8; 8], 2)], false),
			(&[([7; 8], 1)], false),
			(&[([8; 8], 2), ([7; 8], 2)], true),
			(&[([7; 8], 3)], true),
		] {
			assert_eq!(api.is_among(apis), is_there, "{apis:?}");
		}
	}
}

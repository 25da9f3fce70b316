//! The methods, and what clients may ask with them.
//!
//! Every method takes the hash of a block *of this chain* as its last parameter, `at`, and asks about the best
//! block without. Hashes of Bitcoin are written as Bitcoin Core prints them. `docs/rpc/openrpc.json` describes the
//! same for clients; a test holds it to the node.

use super::{inputs::BlockHash, views};
use crate::rpc::{answer::Answer, error::Error};
use aitbc_runtime::Hash;
use jsonrpsee::proc_macros::rpc;

/// Reads Bitcoin's headers.
#[rpc(server, namespace = "bitcoin")]
pub trait BitcoinRpc {
	/// Which network is followed, and how far. Null if this chain follows no Bitcoin.
	#[method(name = "lightClient", blocking)]
	fn light_client(&self, at: Option<Hash>) -> Result<Answer<Option<views::LightClient>>, Error>;

	/// The header with this hash, best or stale. Null if it is not here, or not any more.
	#[method(name = "header", blocking)]
	fn header(
		&self,
		hash: BlockHash,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::Header>>, Error>;

	/// The header of the best chain at this height. Null if it is not here, or not any more.
	#[method(name = "headerAt", blocking)]
	fn header_at(
		&self,
		height: u32,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::Header>>, Error>;

	/// The headers of the best chain from the height `from` down, or from the tip. `limit` is clamped to what the
	/// runtime API says, and is the most when left out. The next ones begin at the height below the last one's.
	#[method(name = "headers", blocking)]
	fn headers(
		&self,
		from: Option<u32>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::Header>>, Error>;

	/// The headers at this height that are not in the best chain.
	#[method(name = "stale", blocking)]
	fn stale(&self, height: u32, at: Option<Hash>) -> Result<Answer<Vec<views::Header>>, Error>;
}

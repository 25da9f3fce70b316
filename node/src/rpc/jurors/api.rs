//! The methods, and what clients may ask with them.
//!
//! Every method takes the hash of a block as its last parameter, `at`, and asks about the best block
//! without. Parameters can be sent by position or by name. `docs/rpc/openrpc.json` describes the same
//! for clients; a test holds it to the node.

use super::views;
use crate::rpc::{accounts::Address, answer::Answer, error::Error};
use aitbc_runtime::Hash;
use jsonrpsee::proc_macros::rpc;

/// Reads jurors, and the pool that they make up.
#[rpc(server, namespace = "jurors")]
pub trait JurorsRpc {
	/// The juror that `account` is, or null if it is none.
	#[method(name = "juror", blocking)]
	fn juror(
		&self,
		account: Address,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::juror::Juror>>, Error>;

	/// All jurors together, and the first of the juries that are to be drawn: as many as the runtime
	/// API says.
	#[method(name = "pool", blocking)]
	fn pool(&self, at: Option<Hash>) -> Result<Answer<views::pool::Pool>, Error>;
}

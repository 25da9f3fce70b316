//! The methods, and what clients may ask with them.
//!
//! Every method takes the hash of a block as its last parameter, `at`, and asks about the best block
//! without. Parameters can be sent by position or by name. `docs/rpc/openrpc.json` describes the same
//! for clients; a test holds it to the node.

use super::views;
use crate::rpc::{
	accounts::Address,
	answer::{Answer, Page},
	cursor::Cursor,
	error::Error,
};
use aitbc_runtime::Hash;
use jsonrpsee::proc_macros::rpc;

/// Reads how validators do their slots, and what they were slashed for.
///
/// `era` is the active one when left out. `limit` is clamped to what the runtime API says, and is the most when left
/// out.
#[rpc(server, namespace = "validators")]
pub trait ValidatorsRpc {
	/// How the validator `stash` did its slots of `era`, or does them, or null if it had none and did not validate
	/// when the era ended, or if the era is not kept.
	#[method(name = "performance", blocking)]
	fn performance(
		&self,
		stash: Address,
		era: Option<u32>,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::performance::Performance>>, Error>;

	/// How all of them did, in an order of the chain's own.
	#[method(name = "list", blocking)]
	fn list(
		&self,
		era: Option<u32>,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::performance::Performance>>, Error>;

	/// The offences of `stash` that are remembered, the oldest first, and what became of the slashes.
	#[method(name = "slashes", blocking)]
	fn slashes(
		&self,
		stash: Address,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::slash::Slash>>, Error>;
}

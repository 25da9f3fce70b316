//! The methods, and what clients may ask with them.
//!
//! Every method takes the hash of a block as its last parameter, `at`, and asks about the best block
//! without. Parameters can be sent by position or by name. `docs/rpc/openrpc.json` describes the same
//! for clients; a test holds it to the node.

use super::{inputs::Query, views};
use crate::rpc::{
	answer::{Answer, Page},
	cursor::Cursor,
	error::Error,
};
use aitbc_runtime::Hash;
use jsonrpsee::proc_macros::rpc;

/// Reads the audit log.
#[rpc(server, namespace = "audit")]
pub trait AuditRpc {
	/// Where the log stands, and on which terms.
	#[method(name = "log", blocking)]
	fn log(&self, at: Option<Hash>) -> Result<Answer<views::Log>, Error>;

	/// The record with this id, or null if there is none or its body is not kept any more.
	#[method(name = "record", blocking)]
	fn record(&self, record: u64, at: Option<Hash>)
		-> Result<Answer<Option<views::Record>>, Error>;

	/// The records that `query` wants, newest first; all that are kept, without one. `limit` is clamped to
	/// what the runtime API says, and is the most when left out. A page may be empty and not the last one.
	#[method(name = "records", blocking)]
	fn records(
		&self,
		query: Option<Query>,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::Record>>, Error>;

	/// The proof that the log has the record with this id, against what the digest of the block `at`
	/// commits to: the log as that block's parent left it. Null if the record is not in that, or the block
	/// commits to nothing.
	#[method(name = "proof", blocking)]
	fn proof(&self, record: u64, at: Option<Hash>) -> Result<Answer<Option<views::Proof>>, Error>;
}

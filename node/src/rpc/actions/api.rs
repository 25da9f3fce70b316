//! The methods, and what clients may ask with them.
//!
//! Every method takes the hash of a block as its last parameter, `at`, and asks about the best block
//! without. Parameters can be sent by position or by name. `docs/rpc/openrpc.json` describes the same
//! for clients; a test holds it to the node.

use super::{
	inputs::{Filter, Target},
	views,
};
use crate::rpc::{
	answer::{Answer, Page},
	cursor::Cursor,
	error::Error,
};
use aitbc_runtime::Hash;
use jsonrpsee::proc_macros::rpc;

/// Reads the catalogue, actions, and what stops them.
#[rpc(server, namespace = "actions")]
pub trait ActionsRpc {
	/// Where actions stand as a whole: kill switch, breakers, who may approve, and on which terms.
	#[method(name = "status", blocking)]
	fn status(&self, at: Option<Hash>) -> Result<Answer<views::Status>, Error>;

	/// The catalogue, by id.
	#[method(name = "kinds", blocking)]
	fn kinds(&self, at: Option<Hash>) -> Result<Answer<Vec<views::Kind>>, Error>;

	/// The kind with this id, or null if the catalogue has none.
	#[method(name = "kind", blocking)]
	fn kind(&self, kind: u16, at: Option<Hash>) -> Result<Answer<Option<views::Kind>>, Error>;

	/// The action with this id, or null if there is none or it is forgotten.
	#[method(name = "action", blocking)]
	fn action(&self, action: u64, at: Option<Hash>)
		-> Result<Answer<Option<views::Action>>, Error>;

	/// The actions that `filter` wants, newest first; all that are kept, without one. `limit` is clamped to
	/// what the runtime API says, and is the most when left out. A page may be empty and not the last one.
	#[method(name = "actions", blocking)]
	fn actions(
		&self,
		filter: Option<Filter>,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::Action>>, Error>;

	/// Who operates a target, who carries actions out on it, and whether it is under one or braked.
	#[method(name = "target", blocking)]
	fn target(&self, target: Target, at: Option<Hash>) -> Result<Answer<views::Standing>, Error>;

	/// What came of the actions of a kind that were carried out, for each agent that recommended them and
	/// each of its models, in no order. `limit` is clamped to what the runtime API says, and is the most
	/// when left out.
	#[method(name = "trackRecords", blocking)]
	fn track_records(
		&self,
		kind: u16,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::TrackRecord>>, Error>;
}

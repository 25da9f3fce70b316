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
use aitbc_core::CaseId;
use aitbc_runtime::Hash;
use jsonrpsee::proc_macros::rpc;

/// Reads cases, their rounds, and what the parties show.
///
/// `limit` is clamped to what the runtime API says, and is the most when left out.
#[rpc(server, namespace = "disputes")]
pub trait DisputesRpc {
	/// The case with this id, or null if it closed or was never opened. What comes next, and from
	/// when on, is as of the active clock then.
	#[method(name = "case", blocking)]
	fn case(
		&self,
		case: CaseId,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::case::Case>>, Error>;

	/// A round of `case`, or null if it is paid or nobody staked for it.
	#[method(name = "round", blocking)]
	fn round(
		&self,
		case: CaseId,
		round: u8,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::round::Round>>, Error>;

	/// All rounds of `case` that are not paid, in their order.
	#[method(name = "rounds", blocking)]
	fn rounds(
		&self,
		case: CaseId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::round::Round>>, Error>;

	/// What the parties of `case` filed, in the order in which they did.
	#[method(name = "evidence", blocking)]
	fn evidence(
		&self,
		case: CaseId,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::evidence::Evidence>>, Error>;

	/// The cases in which `account` is a party or a juror, and as what, in an order of the chain's
	/// own.
	#[method(name = "casesOf", blocking)]
	fn cases_of(
		&self,
		account: Address,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::case::Involvement>>, Error>;

	/// What a case that is opened now costs and how long it takes.
	#[method(name = "courtTerms", blocking)]
	fn court_terms(&self, at: Option<Hash>) -> Result<Answer<views::court::Court>, Error>;
}

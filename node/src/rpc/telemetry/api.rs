//! The methods, and what clients may ask with them.
//!
//! Every method about the chain takes the hash of a block as its last parameter, `at`, and asks about the
//! best block without. Those about this node's own worker are unsafe: a node does not answer them over the
//! network unless its operator lets it. Parameters can be sent by position or by name.
//! `docs/rpc/openrpc.json` describes the same for clients; a test holds it to the node.

use super::views;
use crate::rpc::{
	accounts::Address,
	answer::{Answer, Page},
	cursor::Cursor,
	error::Error,
};
use aitbc_runtime::Hash;
use jsonrpsee::proc_macros::rpc;
use pallet_telemetry::types::Window;

/// Reads the feed, reporters, reports, and what this node's own worker keeps.
///
/// `limit` is clamped to what the runtime API says, and is the most when left out.
#[rpc(server, namespace = "telemetry")]
pub trait TelemetryRpc {
	/// Where telemetry stands, and on which terms.
	#[method(name = "overview", blocking)]
	fn overview(&self, at: Option<Hash>) -> Result<Answer<views::feed::Overview>, Error>;

	/// What is known of `account` as a reporter, or null if it never was one.
	#[method(name = "reporter", blocking)]
	fn reporter(
		&self,
		account: Address,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::reporter::Reporter>>, Error>;

	/// The accounts with a worker key, in an order of the chain's own.
	#[method(name = "reporters", blocking)]
	fn reporters(
		&self,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::reporter::Reporter>>, Error>;

	/// What `account` has not claimed, by era.
	#[method(name = "claimable", blocking)]
	fn claimable(
		&self,
		account: Address,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::reporter::Claimable>>, Error>;

	/// The feed of `window`, or null if it is not settled, not kept, or nobody revealed.
	#[method(name = "feed", blocking)]
	fn feed(
		&self,
		window: Window,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::feed::Feed>>, Error>;

	/// The feeds of the last windows up to `until`, or up to the last settled one, newest first.
	#[method(name = "feeds", blocking)]
	fn feeds(
		&self,
		until: Option<Window>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Answer<Vec<views::feed::Feed>>, Error>;

	/// The report with this id, or null if it was never made or is not kept any more.
	#[method(name = "report", blocking)]
	fn report(
		&self,
		report: u64,
		at: Option<Hash>,
	) -> Result<Answer<Option<views::report::Report>>, Error>;

	/// The reports, newest first.
	#[method(name = "reports", blocking)]
	fn reports(
		&self,
		after: Option<Cursor>,
		limit: Option<u32>,
		at: Option<Hash>,
	) -> Result<Page<Vec<views::report::Report>>, Error>;

	/// What this node's worker does: its settings, what it reads, what it makes of it. Unsafe.
	#[method(name = "worker", with_extensions, blocking)]
	fn worker(&self) -> Result<views::worker::Worker, Error>;

	/// The alarms that this node's worker keeps, newest first. Unsafe.
	#[method(name = "alarms", with_extensions, blocking)]
	fn alarms(&self) -> Result<Vec<views::worker::Alarm>, Error>;

	/// The raw samples of `window` that this node's worker keeps, or null. Unsafe.
	#[method(name = "recording", with_extensions, blocking)]
	fn recording(&self, window: Window) -> Result<Option<views::worker::Recording>, Error>;

	/// Makes a worker key in this node's keystore, and its proof for the validator `account`. Unsafe.
	#[method(name = "newKey", with_extensions, blocking)]
	fn new_key(&self, account: Address) -> Result<views::worker::NewKey, Error>;
}

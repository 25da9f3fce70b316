//! What the node's clients may ask about the audit log.

use crate::types::{LogInfo, Proven, Query, RecordPage};
use aitbc_audit::{Entry, Record, RecordId};
use aitbc_core::Balance;

/// The most records on one page.
pub const MAX_PAGE: u32 = 100;

/// The most records that are looked at for one page.
pub const MAX_SCANNED: u32 = 1_000;

sp_api::decl_runtime_apis! {
	/// Reads the audit log.
	pub trait AuditApi {
		/// Where the log stands, and on which terms.
		fn audit_log() -> LogInfo;

		/// The record with this id, while its body is kept.
		fn record(id: RecordId) -> Option<Record>;

		/// The records that `query` wants, from the last one before `before` on, newest first. `limit` is
		/// clamped to 1 up to [`MAX_PAGE`]. A page may have fewer, and even none, and still say where the
		/// next one begins: [`MAX_SCANNED`] records are looked at for one.
		fn records(query: Query, before: Option<RecordId>, limit: u32) -> RecordPage;

		/// The record with this id, and the proof that the log of its first `count` records has it; of all
		/// records without a `count`. None if there is no such record or no such log.
		fn prove(id: RecordId, count: Option<u64>) -> Option<Proven>;

		/// What writing `entry` costs whoever causes it, in plancks.
		fn fee(entry: Entry) -> Balance;
	}
}

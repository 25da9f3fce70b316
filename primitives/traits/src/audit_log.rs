//! Who writes down for good what happened.

use aitbc_audit::{Entry, RecordId};
use aitbc_core::Balance;
use frame_support::weights::Weight;
use sp_runtime::DispatchError;

/// Appends to the log that nothing is ever taken from.
///
/// Asked by whoever acts on something that people will want explained; answered by audit-log.
pub trait AuditLog<AccountId> {
	/// Writes `entry` down, and gives its place. `payer`, who caused it, pays [`AuditLog::fee`] for it, which
	/// does not return; what the chain does by its own rules nobody pays.
	///
	/// Fails, and changes nothing, when the payer can't pay and keep the existential deposit, or when the
	/// log is full.
	fn append(entry: Entry, payer: Option<&AccountId>) -> Result<RecordId, DispatchError>;

	/// What writing `entry` costs, in plancks.
	fn fee(entry: Entry) -> Balance;

	/// The most that [`AuditLog::append`] can weigh.
	fn append_weight() -> Weight;

	/// How much more than on an empty log that is: what the benchmarks of those who ask don't see, because
	/// the log is empty in these.
	fn growth_weight() -> Weight;
}

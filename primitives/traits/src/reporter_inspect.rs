//! Who validates.

use aitbc_core::Balance;
use frame_support::weights::Weight;

/// Knows who validates now, and in which era.
///
/// Asked by telemetry and actions; answered by staking. Reading changes nothing.
pub trait ReporterInspect<AccountId> {
	/// What backs `account` as a validator in the present era, in plancks: its own stake and that of its
	/// nominators. Zero if it does not validate.
	fn stake(account: &AccountId) -> Balance;

	/// How many validate in the present session.
	fn validators() -> u32;

	/// The present era. It never goes back.
	fn era() -> u32;

	/// The most that any of these can weigh.
	fn weight() -> Weight;
}

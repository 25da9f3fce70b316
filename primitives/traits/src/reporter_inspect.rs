//! Who validates.

use aitbc_core::Balance;
use frame_support::weights::Weight;

/// Knows who validates now, and in which era.
///
/// Asked by telemetry; answered by staking. Reading changes nothing.
pub trait ReporterInspect<AccountId> {
	/// What backs `account` as a validator in the present era, in plancks: its own stake and that of its
	/// nominators. Zero if it does not validate.
	fn stake(account: &AccountId) -> Balance;

	/// The present era. It never goes back.
	fn era() -> u32;

	/// The most that either can weigh.
	fn weight() -> Weight;
}

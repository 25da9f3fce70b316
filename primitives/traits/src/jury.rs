//! Who judges a case, and with what at stake.

use aitbc_core::{Balance, CaseId, Round};
use alloc::vec::Vec;
use frame_support::weights::Weight;
use sp_runtime::DispatchResult;

/// Draws juries and holds what jurors have at stake.
///
/// Asked by disputes; answered by jurors.
pub trait JurorPool<AccountId> {
	/// Asks for a jury of `seats` for `round` of `case`, with `stake` plancks at risk for each seat.
	///
	/// The jury is drawn with randomness that nobody knows yet, from jurors whose weight was fixed
	/// before, and [`OnJuryDrawn`] is told once, later. Fails, and changes nothing, when this round of
	/// the case waits for a jury already, or when `seats` is zero or more than a jury can have.
	fn request_jury(case: CaseId, round: Round, seats: u32, stake: Balance) -> DispatchResult;

	/// Pays `amount` plancks of what `juror` has at stake to `to`, which exists. Fails, and changes
	/// nothing, when less is at stake or `to` can't take it.
	fn forfeit(juror: &AccountId, amount: Balance, to: &AccountId) -> DispatchResult;

	/// Ends the risk of `amount` plancks that `juror` has at stake, or of what there is.
	fn unlock(juror: &AccountId, amount: Balance);

	/// The most that [`JurorPool::request_jury`] can weigh.
	fn request_weight() -> Weight;

	/// The most that [`JurorPool::forfeit`] can weigh.
	fn forfeit_weight() -> Weight;

	/// The most that [`JurorPool::unlock`] can weigh.
	fn unlock_weight() -> Weight;
}

/// A member of a jury, and how many of its seats it has.
pub type Seated<AccountId> = (AccountId, u32);

/// Hears of each jury, exactly once.
///
/// Sent by jurors.
pub trait OnJuryDrawn<AccountId> {
	/// Whether `juror` is too close to `case` to judge it.
	fn is_excluded(case: CaseId, juror: &AccountId) -> bool;

	/// Takes note that `jury` judges `round` of `case`: distinct accounts, which may have fewer seats
	/// than asked for, or none, when there were not enough jurors. Each has its stake locked.
	///
	/// Fails, with the reason, and changes nothing, when nobody waits for this jury. The pool then
	/// unlocks what it locked.
	fn on_jury_drawn(
		case: CaseId,
		round: Round,
		jury: Vec<Seated<AccountId>>,
	) -> Result<(), &'static str>;

	/// The most that [`OnJuryDrawn::is_excluded`] can weigh.
	fn exclusion_weight() -> Weight;

	/// The most that [`OnJuryDrawn::on_jury_drawn`] can weigh with a jury of `seats`.
	fn weight(seats: u32) -> Weight;
}

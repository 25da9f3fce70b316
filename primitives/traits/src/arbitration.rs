//! Who decides when two parties can't agree.

use aitbc_core::{Balance, CaseId, Ruling, Subject};
use frame_support::weights::Weight;
use sp_runtime::DispatchError;

/// Takes cases.
///
/// Asked by whoever has something that may be disputed; answered by disputes. A case that was
/// opened ends with exactly one [`OnRuling`], whoever stays silent.
pub trait Arbitration<AccountId> {
	/// Opens a case of `opener` against `respondent` about `subject`, where `value` plancks are at
	/// stake. The opener pays what it costs.
	///
	/// Fails, and changes nothing, when no case can be opened.
	fn open_case(
		subject: Subject,
		opener: &AccountId,
		respondent: &AccountId,
		value: Balance,
	) -> Result<CaseId, DispatchError>;

	/// The most that [`Arbitration::open_case`] can weigh.
	fn weight() -> Weight;
}

/// Hears of the ruling of each case, exactly once.
///
/// Sent by disputes. The listener can't refuse, and ignores what is not about it.
pub trait OnRuling {
	/// Executes `ruling` of `case` on `subject`.
	fn on_ruling(subject: Subject, case: CaseId, ruling: &Ruling);

	/// The most that [`OnRuling::on_ruling`] can weigh.
	fn weight() -> Weight;
}

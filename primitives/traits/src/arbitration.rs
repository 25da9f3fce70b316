//! Who decides when two parties can't agree.

use aitbc_core::{
	AgentId, Balance, BlockNumber, CaseId, Fact, Party, Ruling, Sides, Subject, Tenths,
};
use codec::{Decode, Encode};
use frame_support::weights::Weight;
use sp_runtime::DispatchError;

/// What one party asks a court to decide.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Complaint<AccountId> {
	/// What it is about.
	pub subject: Subject,
	/// Between whom.
	pub parties: Sides<AccountId>,
	/// The agent that answers for the provider, if one does.
	pub agent: Option<AgentId>,
	/// Which of them opens the case, and pays what that costs.
	pub opener: Party,
	/// What the opener says is the client's.
	pub claim: Tenths,
	/// How much is at stake, in plancks.
	pub value: Balance,
}

/// Takes cases.
///
/// Asked by whoever has something that may be disputed; answered by disputes. A case that was
/// opened ends with exactly one [`OnRuling`], whoever stays silent.
pub trait Arbitration<AccountId> {
	/// Opens a case.
	///
	/// Fails, and changes nothing, when no case can be opened.
	fn open_case(complaint: Complaint<AccountId>) -> Result<CaseId, DispatchError>;

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

/// Knows what the chain itself can say about a subject.
///
/// Asked by disputes before it asks anybody else; answered by whoever keeps the subject. Reading
/// changes nothing.
pub trait CaseFacts {
	/// What decides about `subject`, if anything does. `document` is what somebody shows for it: it
	/// counts only if its hash is on chain. It may be empty.
	fn fact(subject: Subject, document: &[u8]) -> Option<Fact>;

	/// The most that [`CaseFacts::fact`] can weigh with a document of `bytes`.
	fn weight(bytes: u32) -> Weight;
}

/// Tells who is too close to whom to judge.
///
/// Asked by disputes; answered by whoever knows owners, wallets and open business. Reading changes
/// nothing. Nobody may be able to make two others look close without their consent, or it could
/// choose its judges.
pub trait ConflictInspect<AccountId> {
	/// Whether `one` and `other` are the same, have the same owner, or have open business that began
	/// before the active block `before`.
	fn are_close(one: &AccountId, other: &AccountId, before: BlockNumber) -> bool;

	/// The most that [`ConflictInspect::are_close`] can weigh.
	fn weight() -> Weight;
}

//! Money held for a job.

use aitbc_core::{
	Agreement, Balance, BlockNumber, ContractId, EvidenceHash, JobId, MilestoneIndex,
};
use alloc::vec::Vec;
use frame_support::weights::Weight;
use sp_runtime::{DispatchError, DispatchResult};

/// Where a contract stands, as far as its controller has to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContractStanding {
	/// When the provider started, in active blocks; `None` as long as it has not.
	pub started: Option<BlockNumber>,
	/// Whether submitted work awaits the client's review, or a dispute its ruling.
	pub under_review: bool,
	/// Whether the due block of a milestone passed without the work, or the time of a stream ended,
	/// or that of a meter which the client has not stopped, with the provider's time for a last
	/// voucher. The end of a stream or a meter is nobody's failure.
	pub overdue: bool,
	/// Whether the client gave notice to a meter: it wants no more units, and the provider may still
	/// bring in a last voucher. Not once what is held is under dispute.
	pub under_notice: bool,
	/// What is held and not yet earned, in plancks.
	pub outstanding: Balance,
	/// The milestones that wait for work. Empty for a stream or a meter.
	pub pending: Vec<MilestoneIndex>,
}

/// What a terminated contract leaves to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remainder {
	/// What returned to the client, in plancks.
	pub amount: Balance,
	/// The milestones that were not done. Empty for a stream or a meter.
	pub milestones: Vec<MilestoneIndex>,
	/// The units that were not billed. Zero but for a meter.
	pub units: u64,
	/// What was slashed of the provider's bond in all, in plancks.
	pub slashed: Balance,
}

/// Opens and ends contracts for a controller.
///
/// Asked by the market; answered by escrow. Each function does all of what it says, or fails and
/// changes nothing. What the parties may do without the controller, to release, to approve, to
/// settle, to pay out, they do on the escrow itself; the controller then hears of the end by
/// [`OnContractClosed`](crate::OnContractClosed).
pub trait Escrow<AccountId> {
	/// Opens a contract between `client` and `provider` for `job`, holds the provider's bond, the
	/// client's, the deposit, and all of the client's money. The provider is taken to have agreed.
	///
	/// Fails as opening, accepting and funding would.
	fn engage(
		job: JobId,
		client: &AccountId,
		provider: &AccountId,
		agreement: Agreement<AccountId>,
	) -> Result<ContractId, DispatchError>;

	/// The provider starts. Fails for a contract that started before, or that is not `job`'s.
	fn start(job: JobId, contract: ContractId) -> DispatchResult;

	/// The provider submits a milestone. Fails as escrow's call would.
	fn submit(
		job: JobId,
		contract: ContractId,
		milestone: MilestoneIndex,
		evidence: EvidenceHash,
	) -> DispatchResult;

	/// Where `contract` stands, or `None` once it closed. One storage read, and one of the clock.
	fn standing(contract: ContractId) -> Option<ContractStanding>;

	/// Returns all that is outstanding to the client and closes the contract, which tells
	/// [`OnContractClosed`](crate::OnContractClosed) before this returns. A stream pays what was
	/// earned first. A milestone that is overdue is slashed for, if the provider had started by its
	/// due block.
	///
	/// Fails while [`ContractStanding::under_review`].
	fn terminate(job: JobId, contract: ContractId) -> Result<Remainder, DispatchError>;

	/// The most that [`Escrow::engage`] can weigh.
	fn engage_weight() -> Weight;

	/// The most that [`Escrow::start`] can weigh.
	fn start_weight() -> Weight;

	/// The most that [`Escrow::submit`] can weigh.
	fn submit_weight() -> Weight;

	/// The most that [`Escrow::terminate`] can weigh, but for whom it tells.
	fn terminate_weight() -> Weight;
}

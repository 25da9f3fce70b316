//! What the pallet stores, and what it tells its clients.

mod causes;
mod claim;
mod contract;
mod funded;
mod info;
mod meter;
mod milestone;
mod party;
mod payment;
mod stream;

pub use causes::{RefundCause, ReleaseCause};
pub use claim::{Claim, ClaimKind};
pub use contract::{Contract, ContractState};
pub(crate) use contract::{Money, Sheet};
pub use funded::{Commitment, Funded, Progress};
pub use info::{ContractInfo, ContractPage, MeterInfo, PaymentInfo, StreamInfo};
pub use meter::{Meter, MeterPhase};
pub(crate) use milestone::position;
pub use milestone::{Approvals, Milestone, MilestoneState, SplitOffer};
pub use party::{Dispute, OpenBusiness, Party};
pub use payment::{ApproverSet, Payment};
pub use stream::Stream;

use aitbc_core::Balance;
use sp_runtime::Perbill;

/// The sum of `amounts`, or `None` when it exceeds what a balance can be.
pub(crate) fn checked_sum(amounts: impl IntoIterator<Item = Balance>) -> Option<Balance> {
	amounts.into_iter().try_fold(0, Balance::checked_add)
}

/// What the protocol takes of a payment of `amount`, when `paid` was paid before.
///
/// The fee on the new sum less the fee on the old one. However many parts a sum is paid in, its fees
/// add up to that of one payment.
pub(crate) fn fee_on_top(rate: Perbill, paid: Balance, amount: Balance) -> Balance {
	let sum = paid.saturating_add(amount);
	rate.mul_ceil(sum).saturating_sub(rate.mul_ceil(paid))
}

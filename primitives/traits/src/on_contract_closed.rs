//! The news that an escrow contract closed.

use aitbc_core::ClosedContract;
use frame_support::weights::Weight;

/// Hears of every escrow contract that closes, whoever pushed it, exactly once.
///
/// Sent by escrow after all money has moved and the contract has left storage. The listener can't
/// refuse: a settlement must not fail because of who listens.
pub trait OnContractClosed<AccountId, Balance> {
	/// Takes note of `closed`.
	fn on_contract_closed(closed: &ClosedContract<AccountId, Balance>);

	/// The most that [`OnContractClosed::on_contract_closed`] can weigh.
	fn weight() -> Weight;
}

impl<AccountId, Balance> OnContractClosed<AccountId, Balance> for () {
	fn on_contract_closed(_: &ClosedContract<AccountId, Balance>) {}

	fn weight() -> Weight {
		Weight::zero()
	}
}

//! How much of the fee a provider is spared.

use frame_support::weights::Weight;
use sp_runtime::Perbill;

/// Tells the rebate that a provider's reputation earns.
///
/// Asked by escrow when a contract opens; answered by the runtime from agents and reputation.
pub trait RebateInspect<AccountId> {
	/// The share of the protocol's fee that `provider` is spared.
	fn rebate(provider: &AccountId) -> Perbill;

	/// The most that [`RebateInspect::rebate`] can weigh.
	fn weight() -> Weight;
}

impl<AccountId> RebateInspect<AccountId> for () {
	fn rebate(_: &AccountId) -> Perbill {
		Perbill::zero()
	}

	fn weight() -> Weight {
		Weight::zero()
	}
}

//! What the node's clients may ask about validators.

use crate::types::{PerformanceInfo, PerformancePage, SlashRecord};
use alloc::vec::Vec;
use codec::Codec;
use sp_staking::EraIndex;

/// The most validators on one page.
pub const MAX_PAGE: u32 = 100;

sp_api::decl_runtime_apis! {
	/// Reads how validators do their slots, and what they were slashed for.
	pub trait ValidatorPerformanceApi<AccountId>
	where
		AccountId: Codec,
	{
		/// How `validator` did its slots of `era`. Of the present era, how it does. `None` if it had no slot and did
		/// not validate at the era's end, or if the era is not kept.
		fn performance(validator: AccountId, era: EraIndex) -> Option<PerformanceInfo<AccountId>>;

		/// How all of them did, from the one after `after` on. `limit` is clamped to 1 up to [`MAX_PAGE`].
		fn performances(
			era: EraIndex,
			after: Option<AccountId>,
			limit: u32,
		) -> PerformancePage<AccountId>;

		/// The offences of `validator` that are remembered, the oldest first.
		fn slash_history(validator: AccountId) -> Vec<SlashRecord<AccountId>>;
	}
}

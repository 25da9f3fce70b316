//! What clients are told.

use super::{Consequence, PointsChange, SlotCount};
use alloc::vec::Vec;
use codec::{Decode, Encode};
use scale_info::TypeInfo;
use sp_runtime::Perbill;
use sp_staking::EraIndex;

/// How a validator did its slots of an era.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct PerformanceInfo<AccountId> {
	/// The validator.
	pub validator: AccountId,
	/// The era.
	pub era: EraIndex,
	/// The era's slots.
	pub slots: SlotCount,
	/// Slots of the eras before that count with them when silence is judged.
	pub carried: SlotCount,
	/// The share of the era's slots that it filled.
	pub uptime: Perbill,
	/// The part of its due that it is paid. Of an era that has not ended, what it would be now.
	pub factor: Perbill,
	/// What became of its points. Of an era that has not ended, what would now.
	pub points: PointsChange,
	/// What followed. `None` if the era has not ended.
	pub consequence: Option<Consequence>,
}

/// One page of validators.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct PerformancePage<AccountId> {
	/// Those of this page, in the order of storage.
	pub performances: Vec<PerformanceInfo<AccountId>>,
	/// Where the next page begins: pass it as `after`. `None` on the last page.
	pub next: Option<AccountId>,
}

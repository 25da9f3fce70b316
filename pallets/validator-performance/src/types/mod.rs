//! What the pallet stores, and what it tells.

mod info;
mod performance;
mod slashes;
mod slots;

pub use info::{PerformanceInfo, PerformancePage};
pub use performance::{Consequence, Performance, Points, PointsChange, Reward};
pub use slashes::{
	CancelledBy, OffenceKind, SlashAmount, SlashRecord, SlashState, TrackName, WaitingSlash,
	MAX_TRACK_NAME,
};
pub use slots::{Epoch, SlotCount};

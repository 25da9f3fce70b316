//! Whether the chain is paused.

use frame_support::weights::Weight;

/// Tells whether people are kept from meeting their deadlines.
///
/// Asked by active-clock; answered by the runtime from safe mode and paused calls.
pub trait PauseInspect {
	/// Whether safe mode is entered, or a call is paused that somebody may need to meet a deadline.
	fn is_paused() -> bool;

	/// The most that [`PauseInspect::is_paused`] can weigh.
	fn weight() -> Weight;
}

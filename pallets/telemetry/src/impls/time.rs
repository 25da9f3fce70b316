//! Windows, and which of them a block is in.

use crate::*;
use aitbc_core::BlockNumber;
use frame_support::traits::Get;
use frame_system::pallet_prelude::BlockNumberFor;
use sp_runtime::traits::SaturatedConversion;

/// How many windows after its own a digest is committed to.
pub(crate) const COMMIT_LAG: Window = 1;

/// How many windows after its own a digest is revealed.
pub(crate) const REVEAL_LAG: Window = 2;

impl<T: Config> Pallet<T> {
	/// The window of this block.
	pub fn present_window() -> Window {
		Self::window_of(frame_system::Pallet::<T>::block_number())
	}

	/// The window of `block`.
	pub fn window_of(block: BlockNumberFor<T>) -> Window {
		let block: BlockNumber = block.saturated_into();
		block.checked_div(T::WindowLength::get()).unwrap_or_default()
	}

	/// The first block of `window`.
	pub fn first_block(window: Window) -> BlockNumber {
		window.saturating_mul(T::WindowLength::get())
	}

	/// Whether a window begins with this block.
	pub(crate) fn is_first_block() -> bool {
		let block: BlockNumber = frame_system::Pallet::<T>::block_number().saturated_into();
		block == Self::first_block(Self::present_window())
	}

	/// How many blocks of the present window come after this one.
	pub(crate) fn blocks_left() -> u64 {
		let block: BlockNumber = frame_system::Pallet::<T>::block_number().saturated_into();
		let next = Self::first_block(Self::present_window().saturating_add(1));
		next.saturating_sub(block).saturating_sub(1).into()
	}
}

//! What the pallet asks of its neighbours. [`crate::sdk`] answers for the SDK's pallets.
//!
//! What they do is measured with this pallet's benchmarks, in the runtime's configuration.

use crate::types::{Epoch, Points, WaitingSlash};
use aitbc_core::Balance;
use alloc::vec::Vec;
use sp_consensus_babe::{AuthorityIndex, Slot};
use sp_staking::{EraIndex, SessionIndex};

/// Knows who makes which block.
///
/// Reading changes nothing.
pub trait SlotInspect<AccountId> {
	/// The slot of the present block, and its author's place among the epoch's validators. `None` in genesis,
	/// whose block has neither.
	fn block() -> Option<(Slot, AuthorityIndex)>;

	/// The present epoch.
	///
	/// When this pallet's `on_initialize` runs, it has to be the epoch of the present block's slot: whoever changes
	/// epochs must have done so before.
	fn epoch() -> Epoch<AccountId>;
}

/// Knows who validates.
///
/// Reading changes nothing.
pub trait ValidatorInspect<AccountId> {
	/// The era whose blocks are counted now. It goes up by one when an era ends, and never back.
	fn era() -> EraIndex;

	/// The present session.
	fn session() -> SessionIndex;

	/// Those who validate in the present session. At most [`crate::Config::MaxValidators`].
	fn active() -> Vec<AccountId>;

	/// How many want to validate: those among whom the next election chooses.
	fn candidates() -> u32;

	/// How few validators an election may have.
	fn minimum() -> u32;
}

/// Takes validators off the candidates.
pub trait Chill<AccountId> {
	/// Takes `validator` off the candidates of the next election. Returns whether it was one, and is none now.
	fn chill(validator: &AccountId) -> bool;
}

/// Keeps the points by which an era's reward is divided.
pub trait EraPoints<AccountId> {
	/// What a block earns its author, in points.
	fn per_block() -> u32;

	/// The points of `era`.
	fn get(era: EraIndex) -> Points<AccountId>;

	/// Replaces the points of `era`.
	fn set(era: EraIndex, points: Points<AccountId>);
}

/// Keeps the slashes that wait.
///
/// Slashes are deferred by one era at least.
pub trait Slashes<AccountId> {
	/// The era that `session` belongs to. `None` if it is too long ago for a slash.
	fn era_of(session: SessionIndex) -> Option<EraIndex>;

	/// The era at whose beginning the slashes for offences of `era` are applied.
	fn due(era: EraIndex) -> EraIndex;

	/// The slashes that wait for the beginning of the era `due`, in the order in which they were deferred.
	fn waiting(due: EraIndex) -> Vec<WaitingSlash<AccountId>>;

	/// Removes the slashes of `validator` that wait for `due`. Returns how many there were.
	fn cancel(due: EraIndex, validator: &AccountId) -> u32;

	/// What `validator` has bonded, in plancks. While it is told of a slash, what it had before.
	fn stake(validator: &AccountId) -> Balance;
}
